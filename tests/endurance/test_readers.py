"""Readers notice nothing of a publication but newer numbers."""

from __future__ import annotations

from pathlib import Path

from tests.endurance.readers import measure_readers


def test_readers_see_whole_releases_through_publications(tmp_path: Path) -> None:
    found = measure_readers(tmp_path, publications=2, readers=2)
    assert found.errors == ()
    assert found.backwards == 0
    assert found.wrong == 0
    assert found.held > 0
    assert found.answers > found.publications * found.readers
    # How soon they swap is a matter of seconds, which `make endurance` measures.
