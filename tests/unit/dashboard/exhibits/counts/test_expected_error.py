"""A figure's expected error is read from the echoes by the figure's own query."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pytest

from dashboard import queries
from dashboard.analysis.expected_error import (
    APART,
    BORROWED,
    DRIFT,
    FACTOR,
    FEW,
    NO_ERROR,
    Sums,
    assumed,
    expected_error,
)
from dashboard.echoes import echoed
from dashboard.exhibits.counts.expected_error import error_of
from dashboard.filters import Filters
from dashboard.model import codes
from dashboard.model.counted_by import Gathered
from dashboard.model.edition import Audience
from dashboard.model.facts import FACTS, LEGS, PEOPLE
from dashboard.model.periods import Month, Span
from dashboard.queries import Stretches
from dashboard.release.open_release import Release
from tests.support.releases import build_release, day

SPAN = Span(Month(2025, 7), Month(2025, 12))
LAST = SPAN.end
#: Numbers as small as these drift by less than this share of their error.
DRIFTS = 0.001


def units(*rows: tuple[str, str, int]) -> list[dict]:
    """Units of months with a sex, or records of an echo where the size is -1."""
    return [
        {"month": day(month), "sex": sex, "size": size, "promise": ["job", "loan"]}
        for month, sex, size in rows
    ]


def release_of(
    folder: Path, people: list[dict], echoes: dict[int, list[dict]], **options
) -> Release:
    """A release with these units and echoes of people."""
    path = build_release(
        folder / "2025-12-a.duckdb", months=6, last_month=LAST, echoes=0,
        units={"people": people}, **options,
    )  # fmt: skip
    with duckdb.connect(str(path)) as connection:
        for replicate, rows in echoes.items():
            for row in rows:
                connection.execute(
                    "INSERT INTO echo_people BY NAME SELECT ? AS replicate, ?::DATE AS month, "
                    "? AS sex, ?::INTEGER AS size, ? AS promise",
                    [replicate, row["month"], row["sex"], row["size"], row["promise"]],
                )
    return Release(path)


@pytest.fixture
def small(tmp_path: Path) -> Release:
    people = units(("2025-08", "female", 6), ("2025-12", "female", 5), ("2025-12", "male", 5))
    return release_of(
        tmp_path,
        people,
        {
            1: units(("2025-08", "female", 5), *[("2025-08", "female", -1)] * 3,
                     ("2025-12", "male", 5), *[("2025-12", "female", -1)] * 2),
            2: units(("2025-12", "female", 6), *[("2025-12", "male", -1)] * 4,
                     ("2025-11", "unknown", 5)),
        },
    )  # fmt: skip


def root(*errors: float) -> float:
    """The error of few numbers, which borrow that of a unit."""
    lent = BORROWED * (1 - len(errors) / FEW)
    summed = np.sum(np.square(errors)) + lent * PEOPLE.base**2
    return FACTOR * float(np.sqrt(summed / (len(errors) + lent)))


def test_a_total_by_month_has_the_errors_of_all_months_that_show_anything(small: Release) -> None:
    error = error_of(small, PEOPLE, Filters(), Span(LAST, LAST))
    # Echo 1 shows 2 too many in August and 3 in December, echo 2 5 in November, 2 in December.
    assert error.typical == pytest.approx(root(2, 3, 5, 2))
    assert error.numbers == 4


def test_groups_and_filters_are_those_of_the_figure(small: Release) -> None:
    half = Span(Month(2025, 7), LAST)
    by_sex = error_of(small, PEOPLE, Filters(), half, ("sex",))
    # Nobody of unknown sex is shown, so nothing is expected of their number.
    assert by_sex.typical == pytest.approx(root(0, 5, 6))
    female = error_of(small, PEOPLE, Filters(sex=["female"]), half)
    assert (female.typical, female.numbers) == (pytest.approx(root(0, 6)), 2)


def test_what_a_figure_puts_together_is_put_together(small: Release) -> None:
    half = Span(Month(2025, 7), LAST)
    by = Gathered("sex", {"female": "all", "male": "all"}, rest="all")
    error = error_of(small, PEOPLE, Filters(), half, (by,))
    assert error.typical == pytest.approx(root(5, 7))
    apart = Gathered("sex", {"female": "all", "male": "all"})
    error = error_of(small, PEOPLE, Filters(), half, (apart,))
    # Nobody of unknown sex is shown, so the five of echo 2 are left out.
    assert error.typical == pytest.approx(root(5, 2))


def test_a_set_counts_once_under_each_of_its_codes_or_groups_of_them(small: Release) -> None:
    half = Span(Month(2025, 7), LAST)
    both = Gathered("promise", {"job": "money", "loan": "money"})
    for by, errors in ((both, (5, 7)), ("promise", (5, 7, 5, 7))):
        error = error_of(small, PEOPLE, Filters(), half, (by,))
        assert error.typical == pytest.approx(root(*errors), rel=DRIFTS)
        assert error.numbers == len(errors)


def test_figures_by_other_groups_of_a_column_have_other_errors(small: Release) -> None:
    """The same column by other groups is another question, also to what is kept of answers."""
    half = Span(Month(2025, 7), LAST)
    one, other = (
        error_of(small, PEOPLE, Filters(), half, (Gathered("sex", groups),)).typical
        for groups in ({"female": "all", "male": "all"}, {"female": "f", "male": "m"})
    )
    assert one != other


def test_of_two_columns_that_are_not_told_together_the_error_is_wider(protected: Release) -> None:
    pair = ("identified_by", "recruitment_place")
    police = Filters(identified_by=["police"])
    for filters, by in ((Filters(), pair), (police, pair[1:])):
        stretches = Stretches.like(protected.default_period, protected.span)
        numbers = echoed(protected, PEOPLE, filters, stretches, by)
        sums = Sums.of(numbers.shown, numbers.errors)
        plain = expected_error(sums, base=PEOPLE.base, drift=DRIFT["member"])
        error = error_of(protected, PEOPLE, filters, protected.default_period, by)
        assert error.typical == pytest.approx(APART[0] * plain.typical)
        here, there = error.in_time(20), plain.in_time(20)
        assert here.spread == pytest.approx(APART[0] * there.spread)
        assert here.shift == there.shift


def test_a_place_and_a_corridor_are_told_together_but_loosely(tmp_path: Path) -> None:
    pairs = [("BD20220090", "naf_river", "male"), ("BD20220094", "air_gulf", "female")] * 20
    people = [
        {"month": day("2025-12"), "place": where, "corridor": way, "sex": sex, "size": 5}
        for where, way, sex in pairs
    ]
    release = release_of(tmp_path, people, {1: units(("2025-12", "female", 5))})
    for column, wider in (("corridor", APART[1]), ("sex", 1)):
        error = error_of(release, PEOPLE, Filters(), release.span, ("place", column))
        assert error.typical == pytest.approx(wider * root())
        assert not error.is_direction


@pytest.mark.parametrize(
    ("others", "wider", "direction"), [(0, 1.7, True), (12, 1.7, False), (20, 1.25, False)]
)
def test_of_two_that_go_together_and_are_not_told_so_numbers_are_a_direction(
    tmp_path: Path, others: int, wider: float, direction: bool
) -> None:
    pairs = [("police", "home"), ("health", "online")] * 20
    pairs += [("police", "online"), ("health", "home")] * others
    people = [
        {"month": day("2025-12"), "identified_by": who, "recruitment_place": where, "size": 5}
        for who, where in pairs
    ]
    release = release_of(tmp_path, people, {1: units(("2025-12", "female", 5))})
    police, by = Filters(identified_by=["police"]), ("recruitment_place",)
    error = error_of(release, PEOPLE, police, release.span, by)
    assert error.is_direction is direction
    assert error.typical == pytest.approx(wider * root())
    assert error.less(NO_ERROR).is_direction is error.wider(2).is_direction is direction
    assert not error_of(release, PEOPLE, Filters(), release.span, by).is_direction
    assert not error_of(release, PEOPLE, police, release.span).is_direction


@pytest.mark.parametrize("audience", ["member", "public"])
def test_what_may_be_rare_drifts_as_the_audience_has_it_and_what_is_common_does_not(
    tmp_path: Path, audience: Audience
) -> None:
    people = units(("2025-12", "female", 5))
    release = release_of(tmp_path, people, {1: people}, audience=audience)
    female, police = Filters(sex=["female"]), Filters(identified_by=["police"])
    for filters, by in (
        (Filters(), ()),
        (Filters(), ("sex",)),
        (female, ()),
        (female, ("class_group",)),
        (Filters(class_=["trafficking"]), ("sex",)),
    ):
        assert error_of(release, PEOPLE, filters, release.span, by).drift == 0
    for filters, by in (
        (Filters(), ("promise",)),
        (police, ()),
        (female, ("promise",)),
        (police, ("sex",)),
        (Filters(class_=[codes.CLASS.values[0]]), ()),
    ):
        assert error_of(release, PEOPLE, filters, release.span, by).drift == DRIFT[audience]


def test_records_have_no_error_and_units_without_echoes_that_of_a_unit(tmp_path: Path) -> None:
    plain = Release(build_release(tmp_path / "a" / "2026-09-a.duckdb", months=3, base=1))
    alone = Release(build_release(tmp_path / "b" / "2026-09-a.duckdb", months=3, echoes=0))
    for fact in FACTS:
        assert error_of(plain, fact, Filters(), plain.span) is NO_ERROR
        assert error_of(alone, fact, Filters(), alone.span) == assumed(alone.base(fact.id))


def test_every_fact_is_asked_by_any_of_its_columns(protected: Release) -> None:
    for fact in FACTS:
        for name, _ in fact.columns[1:-1]:
            error = error_of(protected, fact, Filters(), protected.default_period, (name,))
            assert error.typical >= 0
    with pytest.raises(KeyError):
        error_of(protected, PEOPLE, Filters(), protected.span, ("size",))


def test_every_cell_counts_once_in_each_stretch_and_echo(protected: Release) -> None:
    period = protected.default_period
    stretches = Stretches.like(period, protected.span)
    assert stretches.number == 3
    echo = echoed(protected, LEGS, Filters(), stretches, ("mode",))
    rows = queries.counts(protected, LEGS, Filters(), stretches.span, ("mode",))
    assert len(echo.shown) == len(rows) * stretches.number * protected.replicates("legs")
    assert error_of(protected, LEGS, Filters(), period, ("mode",)).numbers == (echo.shown > 0).sum()
