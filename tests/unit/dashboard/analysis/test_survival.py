"""Shares served in time are those of the reference, and bands hold what exact times give."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.survival import Incidence, Waits, incidence, log_rank

CASES = Path(__file__).parents[3] / "cases"
#: Status of who died in the reference, and of who was last heard of alive.
DIED = "2"

#: A waiting time in days, and what ended it.
Record = tuple[int, Literal["served", "left", "censored"]]
RECORDS = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(("served", "left", "censored"))), max_size=60
)
#: Last days of bands, as those of referrals; the last one is open.
ENDS = (1, 3, 5, 14, 30, 90)


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def counted(records: list[Record], times: np.ndarray) -> Waits:
    """Records by the first of some times that is not before theirs."""

    def of(kind: str) -> np.ndarray:
        at = np.searchsorted(times, [days for days, what in records if what == kind])
        return np.bincount(at, minlength=len(times)).astype(float)

    return Waits(of("served"), of("left"), of("censored"))


def lung(sex: str, times: np.ndarray) -> Waits:
    records: list[Record] = [
        (int(row["time"]), "served" if row["status"] == DIED else "censored")
        for row in rows("km-lung.csv")
        if row["sex"] == sex
    ]
    return counted(records, times)


def lung_times() -> np.ndarray:
    return np.unique([int(row["time"]) for row in rows("km-lung.csv")])


@pytest.mark.parametrize(("sex", "median"), [("1", 270), ("2", 426)])
def test_exact_times_give_the_shares_errors_and_medians_of_the_reference(
    sex: str, median: int
) -> None:
    times = lung_times()
    waits = lung(sex, times)
    result, risks = incidence(waits), waits.risks("end")
    expected = [row for row in rows("km-lung-survival.csv") if row["strata"] == f"sex={sex}"]
    assert len(expected) > 40
    for row in expected:
        at = int(np.flatnonzero(times == int(row["time"]))[0])
        assert (risks[at], waits.served[at]) == (int(row["n_risk"]), int(row["n_event"]))
        assert 1 - result.share[at] == pytest.approx(float(row["surv"]), abs=1e-12)
        assert result.error[at] == pytest.approx(float(row["se"]), abs=1e-12)
        assert 1 - result.high[at] == pytest.approx(float(row["lo"]), abs=1e-12)
        assert 1 - result.low[at] == pytest.approx(float(row["hi"]), abs=1e-12)
    assert result.median is not None
    assert times[result.median] == median


def test_two_groups_differ_as_in_the_reference() -> None:
    times = lung_times()
    statistic, likely = log_rank(lung("1", times), lung("2", times))
    assert statistic == pytest.approx(10.3267, abs=5e-5)
    assert likely == pytest.approx(0.001311, abs=5e-7)


@pytest.mark.parametrize("sex", ["1", "2"])
def test_bands_of_the_reference_hold_its_exact_estimate(sex: str) -> None:
    exact = incidence(lung(sex, lung_times()))
    ends = np.array([100, 200, 300, 400, 500, 700, 1100])
    banded = lung(sex, ends)
    at = np.searchsorted(lung_times(), ends, side="right") - 1
    least, most = incidence(banded, "end"), incidence(banded, "begin")
    assert (least.share <= exact.share[at] + 1e-12).all()
    assert (most.share >= exact.share[at] - 1e-12).all()
    assert (most.share - least.share).max() > 0.01


@given(RECORDS)
def test_bands_hold_what_exact_times_give_where_none_leave(records: list[Record]) -> None:
    days, records = np.arange(91), [record for record in records if record[1] != "left"]
    exact = incidence(counted(records, days)).share[np.array(ENDS)]
    banded = counted(records, np.array(ENDS))
    assert (incidence(banded, "end").share <= exact + 1e-9).all()
    assert (incidence(banded, "begin").share >= exact - 1e-9).all()


@given(RECORDS)
def test_shares_rise_and_lie_in_their_interval(records: list[Record]) -> None:
    for censored in ("begin", "end"):
        result = incidence(counted(records, np.array(ENDS)), censored)
        check(result)


def check(result: Incidence) -> None:
    for values in (result.share, result.error, result.low, result.high):
        assert np.isfinite(values).all()
    assert (np.diff(result.share) >= -1e-12).all()
    assert ((result.low >= -1e-12) & (result.low <= result.share + 1e-12)).all()
    assert ((result.share <= result.high + 1e-12) & (result.high <= 1 + 1e-12)).all()


@given(RECORDS)
def test_where_all_is_known_shares_are_those_of_all_who_waited(records: list[Record]) -> None:
    complete = [record for record in records if record[1] != "censored"]
    waits = counted(complete, np.array(ENDS))
    result = incidence(waits)
    share = waits.served.cumsum() / max(len(complete), 1)
    assert result.share == pytest.approx(share)
    # That of a share: some are served by then, and the others are not.
    assert result.error**2 == pytest.approx(share * (1 - share) / max(len(complete), 1), abs=1e-9)


@given(RECORDS, RECORDS)
def test_the_pace_of_two_groups_is_compared_the_same_from_either(
    records: list[Record], others: list[Record]
) -> None:
    one, other = (counted(own, np.array(ENDS)) for own in (records, others))
    assert log_rank(one, other) == pytest.approx(log_rank(other, one), abs=1e-9)
    assert log_rank(one, one) == pytest.approx((0, 1))
    assert log_rank(one, other, spread=5.0)[0] <= log_rank(one, other)[0] + 1e-9


def test_protection_widens_an_interval() -> None:
    waits = Waits(np.full(3, 20.0), np.full(3, 5.0), np.full(3, 5.0))
    plain, widened = incidence(waits), incidence(waits, spread=6.0)
    assert (widened.low < plain.low).all()
    assert (widened.high > plain.high).all()
    assert widened.share.tolist() == plain.share.tolist()


def test_a_half_that_is_never_reached_has_no_median() -> None:
    result = incidence(Waits(np.array([2.0, 1.0]), np.array([9.0, 0.0]), np.array([0.0, 3.0])))
    assert result.median is None
    nobody = incidence(Waits(np.zeros(2), np.zeros(2), np.zeros(2)))
    assert nobody.share.tolist() == [0, 0]


def test_where_a_part_is_told_larger_than_all_nobody_else_waits() -> None:
    zero = np.zeros(2)
    every = Waits(np.array([4.0, 2.0]), zero, np.array([0.0, 3.0]))
    part = Waits(np.array([4.0, 2.0]), zero, np.array([0.0, 5.0]))
    others = every.less(part)
    assert others.at_risk == 0
    assert log_rank(part, others) == (0.0, 1.0)
