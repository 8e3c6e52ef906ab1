"""The report says what broke, and a measure that was not taken is no silence."""

from __future__ import annotations

import pytest

from tests.attack.measures.bounds import BOUNDS, CONTROL, TIME
from tests.attack.measures.timing import CLOCK, LARGE, SMALL
from tests.attack.report import lines, written

PASSING = {name: [bound.limit, bound.limit] for name, bound in BOUNDS.items()}
BY_THE_CLOCK = {
    f"{TIME}: {name}{CLOCK}": [seconds] for name, seconds in ((SMALL, 41.2), (LARGE, 9))
}
BY_MONTH = "members: class by month, mean error"


def test_a_report_in_which_everything_holds() -> None:
    measured = lines(PASSING)
    text = written(measured, BY_THE_CLOCK, seeds=2, minutes=2)
    assert all(line.holds for line in measured)
    assert f"All {len(BOUNDS)} bounds hold" in text
    assert "broken**" not in text
    assert "Took 2 minutes" in text
    assert "By the clock it took 41 and 9 seconds" in text


def test_the_worst_seed_decides() -> None:
    measured = lines({**PASSING, BY_MONTH: [1.0, 3.6]})
    text = written(measured, BY_THE_CLOCK, seeds=2, minutes=2)
    assert [line.name for line in measured if not line.holds] == [BY_MONTH]
    assert "| class by month, mean error | at most 3.500 | 3.600 | 2.300 | **broken** |" in text


def test_a_figure_that_is_no_number_breaks_its_bound() -> None:
    (broken,) = [line for line in lines({**PASSING, BY_MONTH: [1, float("nan")]}) if not line.holds]
    assert broken.name == BY_MONTH


def test_a_control_is_judged_by_its_mean() -> None:
    name = f"{CONTROL}: class of a known person: precision"
    (line,) = [line for line in lines({**PASSING, name: [0.84, 0.87]}) if line.name == name]
    assert line.holds


def test_a_measure_that_was_not_taken_is_refused() -> None:
    found = {name: values for name, values in PASSING.items() if name != BY_MONTH}
    with pytest.raises(KeyError, match="class by month"):
        lines(found)
