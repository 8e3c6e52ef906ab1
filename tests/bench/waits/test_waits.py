"""Laws are what they say, rows are judged by theirs, and the report says what missed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.bench.waits import measures
from tests.bench.waits.registers import ENDS, Told, band, law
from tests.bench.waits.report import written
from tests.support.served import ROOT

REPORT = ROOT / "docs" / "waits-report.md"


def told(served: list[float], left: list[float], priority: int = 2) -> Told:
    count = len(served)
    return Told(
        np.zeros(count, dtype=np.int64), np.full(count, priority), np.array(served), np.array(left)
    )


@pytest.mark.parametrize(
    ("days", "number"), [(0.2, 0), (1.9, 0), (2.0, 1), (3.9, 1), (14.5, 3), (15, 4), (400, 5)]
)
def test_whole_days_make_the_band(days: float, number: int) -> None:
    assert band(np.array([days])).tolist() == [number]


def test_who_leaves_first_is_among_all_and_never_served() -> None:
    some = told([1.0, 2.5, 7.0, 40.0], [90.0, 2.0, 90.0, 90.0])
    assert measures.shares(some) == [0.25, 0.25, 0.25, 0.5, 0.5, 0.75]
    assert measures.median_step(some) == 3
    assert measures.median_step(told([9.0, 9.0, 9.0], [1.0, 1.0, 90.0])) == measures.NEVER


@pytest.mark.parametrize(("priority", "share"), [(0, 0.25), (1, 0.5), (2, 0.75)])
def test_each_priority_has_its_own_standard(priority: int, share: float) -> None:
    assert measures.share_in_time(told([1.0, 3.0, 14.0, 15.0], [90.0] * 4, priority)) == share


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_half_come_at_the_end_of_a_band_where_a_law_says_so(seed: int) -> None:
    of = measures.shares(law(seed, at_an_end=True).many())
    assert min(abs(share - 1 / 2) for share in of[1 : len(ENDS)]) < 0.001


@pytest.mark.parametrize(("number", "said"), [
    (95, "1 of 1 intervals hold what is true as often as asked."),
    (80, "**Less often**: median, a service."),
    (100, "More often: median, a service."),
])  # fmt: skip
def test_the_report_says_what_is_held_too_rarely_and_too_often(number: int, said: str) -> None:
    found = measures.Found(measures.Share)
    found["median, a service"] = measures.Share(number, 100, 150)
    found[measures.CONTROL] = measures.Share(10, 100)
    text = written({False: found, True: found}, range(4))
    assert said in text
    assert "| 1.5 |" in text


def test_a_report_of_nothing_says_so() -> None:
    assert "Nothing was measured" in written(
        {False: measures.Found(measures.Share), True: measures.Found(measures.Share)}, range(0)
    )


def test_the_table_of_the_report_is_whole() -> None:
    lines = [x for x in REPORT.read_text(encoding="utf-8").splitlines() if x.startswith("|")]
    assert {line.count("|") for line in lines} == {7}
    assert {line.split("|")[1].strip() for line in lines} >= {"median, a service", measures.CONTROL}
