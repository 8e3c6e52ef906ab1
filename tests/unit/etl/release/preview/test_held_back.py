"""How many files had rows that were held back is told where those rows are no few."""

from __future__ import annotations

from pathlib import Path

from etl.release.preview import preview
from etl.release.preview.preview import HeldBack
from tests.unit.etl.release import registers


def test_files_with_rows_held_back_are_counted_from_a_base_on(tmp_path: Path) -> None:
    settings = registers.make(tmp_path)
    told: list[HeldBack] = []
    for held in (4, 0, 1):
        registers.fill(settings, {}, held=held)
        told.append(preview._held_back(settings))
    assert told == [HeldBack(0, False), HeldBack(0, False), HeldBack(2, True)]
