"""Of two publishers at once exactly one publishes."""

from __future__ import annotations

from pathlib import Path

from tests.endurance.rivals import measure_rivals


def test_exactly_one_publishes_and_the_other_says_so(made: Path, tmp_path: Path) -> None:
    found = measure_rivals(made, tmp_path, pairs=2)
    assert found.pairs == 2
    assert found.wrong == ()
