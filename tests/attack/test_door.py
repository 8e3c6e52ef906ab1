"""A reader with patience asks the running dashboard's own routes."""

from __future__ import annotations

import pytest

from tests.attack.attackers.door import left, too_small
from tests.attack.measures.bounds import BOUNDS, Figures
from tests.attack.measures.door import door


@pytest.fixture(scope="module")
def figures() -> Figures:
    return door(1, years=1, pairs=150, people=25)


@pytest.mark.parametrize("name", [name for name in BOUNDS if name.startswith("door: ")])
def test_nothing_leaves_that_may_not(figures: Figures, name: str) -> None:
    assert BOUNDS[name].holds(figures[name])


def test_a_number_below_the_base_would_be_found() -> None:
    bases = {"people": 5}
    wide, narrow = {("people", "a"): 12}, {("people", "a"): 9}
    assert too_small(wide, bases) == []
    assert too_small(left(wide, narrow), bases) == [("people", "a")]
    assert too_small(left(narrow, wide), bases) == [("people", "a")]
