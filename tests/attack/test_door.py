"""A reader with patience asks the running dashboard's own routes."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.model.periods import Month, Span
from tests.attack.attackers.door import left, random_pair, too_small
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


def test_the_second_of_two_random_questions_lies_in_the_first() -> None:
    random = np.random.default_rng(1)
    span = Span(Month(2021, 1), Month(2022, 12))
    for _ in range(500):
        wide, narrow = random_pair(("BD30", "BD31", "BD32"), span, random)
        added = {name for name in narrow if narrow[name] != wide.get(name)}
        assert len(added) <= 1
        assert wide.keys() - narrow.keys() == set()
        assert "role" not in narrow or set(narrow["role"]) <= set(wide["role"])
