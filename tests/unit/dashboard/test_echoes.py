"""Echoes in columns: what they tell of a figure is what statements over the same tables tell."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import queries
from dashboard.echoes import Echoed, echoed
from dashboard.filters import Filters
from dashboard.model import facts
from dashboard.model.counted_by import By, Gathered
from dashboard.model.cuts import CUTS
from dashboard.model.facts import FACTS, INCIDENTS, JOURNEYS, LEGS, PEOPLE, REQUESTS, Fact, fact
from dashboard.model.periods import Month, Span
from dashboard.model.release import echo_table
from dashboard.queries import Stretches
from dashboard.release.open_release import Release
from tests.support.echoed import echoed_statement
from tests.support.examples import examples
from tests.support.groups import GROUPED, columns_and_groups, groups_by_hand
from tests.support.readings import any_filters, few_filters
from tests.support.releases import build_release

#: Facts with echoes in the release of random units.
ECHOED = tuple(entry for entry in FACTS if not entry.published)


def numbers(told: Echoed) -> Counter[tuple[int, int]]:
    """How often each number that is shown has each error; what shows nothing and is right apart."""
    found = Counter(zip(told.shown.tolist(), told.errors.tolist(), strict=True))
    return Counter({number: times for number, times in found.items() if number != (0, 0)})


def numbers_in_sql(
    release: Release, counted: Fact, filters: Filters, stretches: Stretches, by: tuple[By, ...]
) -> Counter[tuple[int, int]]:
    """The same by one statement."""
    rows = release.query(*echoed_statement(counted, filters, stretches, by))
    return Counter({(shown, error): times for shown, error, times in rows if shown or error})


def figure(data: st.DataObject, release: Release) -> tuple[Fact, tuple[By, ...], Stretches]:
    """A fact, up to three of its columns, maybe in groups and one a set, and stretches."""
    counted = data.draw(st.sampled_from(ECHOED))
    by = data.draw(columns_and_groups(release, counted, sets=1))
    step = 1 if counted.grain == "month" else 3
    span = release.span.snapped(counted.grain)
    months = data.draw(st.integers(1, span.months // step)) * step
    start = span.start.plus(data.draw(st.integers(0, (span.months - months) // step)) * step)
    return counted, by, Stretches.like(Span(start, start.plus(months - 1)), span)


@settings(max_examples=examples(120))
@given(data=st.data())
def test_columns_tell_what_a_statement_tells(protected: Release, data: st.DataObject) -> None:
    counted, by, stretches = figure(data, protected)
    filters = data.draw(st.one_of(few_filters(protected), any_filters(protected, most=4)))
    told = echoed(protected, counted, filters, stretches, by)
    assert numbers(told) == numbers_in_sql(protected, counted, filters, stretches, by)


def test_rows_that_a_file_lost_leave_gaps_and_no_numbers(tmp_path: Path) -> None:
    path = build_release(tmp_path / "2026-09-a.duckdb")
    with duckdb.connect(str(path)) as connection:
        for table in ("people", "echo_people"):
            connection.execute(f"DELETE FROM {table} WHERE sex = 'male' OR place_role = 'transit'")  # noqa: S608
        connection.execute("UPDATE people SET promise = []")
        # Echoes tell of women on land, of whom the fact shows none.
        connection.execute("DELETE FROM people WHERE sex = 'female' AND mode = 'land'")
    release = Release(path)
    stretches = Stretches(release.span, 12)
    for by in ((), ("sex",), ("sex", "mode"), ("exploitation", "class_group"), ("month",)):
        told = echoed(release, PEOPLE, Filters(), stretches, by)
        assert numbers(told) == numbers_in_sql(release, PEOPLE, Filters(), stretches, by)
        assert len(told.shown)
    assert not len(echoed(release, PEOPLE, Filters(), stretches, ("promise",)).shown)


def test_most_figures_without_filters_have_errors(protected: Release) -> None:
    """What the property compares is something; totals alone are exact."""
    stretches = Stretches.like(protected.default_period, protected.span)
    for counted in (PEOPLE, INCIDENTS, JOURNEYS, LEGS, REQUESTS, facts.ENDINGS):
        told = echoed(protected, counted, Filters(), stretches, ("class_group",))
        assert told.shown.sum() > 0
        assert np.any(told.errors)


@settings(max_examples=examples(40))
@given(data=st.data())
def test_each_cell_that_the_figure_shows_has_a_number_in_each_stretch_and_echo(
    protected: Release, data: st.DataObject
) -> None:
    shown = data.draw(st.sampled_from([entry for entry in CUTS if entry.dimensions]))
    counted = fact(shown.fact)
    filters = data.draw(any_filters(protected))
    stretches = Stretches(protected.span, 12)
    rows = queries.counts(protected, counted, filters, stretches.span, shown.dimensions)
    told = echoed(protected, counted, filters, stretches, shown.dimensions)
    assert len(told.shown) == len(rows) * stretches.number * protected.replicates(counted.id)


def test_cells_that_a_fact_never_shows_have_no_number(protected: Release) -> None:
    women = Filters(sex=("female",))
    stretches = Stretches(protected.span, 12)
    told = echoed(protected, PEOPLE, women, stretches, ("sex",))
    assert len(told.shown) == stretches.number * protected.replicates("people")


@pytest.mark.parametrize(("counted", "by"), GROUPED)
@pytest.mark.parametrize("months", [3, 12])
def test_groups_have_what_is_summed_by_hand(
    protected: Release, counted: Fact, by: Gathered, months: int
) -> None:
    stretches = Stretches(protected.span, months)
    time = counted.time.name
    shown: Counter[tuple[object, ...]] = Counter()
    errors: Counter[tuple[object, ...]] = Counter()
    table = echo_table(counted)
    sql = f"SELECT {time}, replicate, {by.column}, size FROM {table}"  # noqa: S608 -- names of the test
    for start, replicate, value, size in protected.query(sql, ()):
        stretch = Month.of(start).minus(protected.span.start) // months
        for group in groups_by_hand(by, value):
            shown[group, stretch, replicate] += max(size, 0)
            errors[group, stretch, replicate] += size
    by_hand = Counter((size, errors[cell]) for cell, size in shown.items())
    by_hand.pop((0, 0), None)
    told = echoed(protected, counted, Filters(), stretches, (by,))
    assert numbers(told) == by_hand
    assert numbers_in_sql(protected, counted, Filters(), stretches, (by,)) == by_hand
    assert any(error for _, error in by_hand)
    cells = len({group for group, *_ in shown})
    assert len(told.shown) == cells * stretches.number * protected.replicates(counted.id)


def test_what_is_held_of_a_release_goes_with_it(tmp_path: Path) -> None:
    release = Release(build_release(tmp_path / "2026-09-a.duckdb", months=6))
    told = echoed(release, PEOPLE, Filters(), Stretches(release.span, 3), ("sex",))
    assert len(told.shown)
    held = weakref.ref(release)
    del release
    gc.collect()
    assert held() is None
