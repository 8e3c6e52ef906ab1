"""Exhibit by fact by filter: each exhibit answers each filter, or says that it does not apply."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import Definition, definition, definitions, render
from dashboard.filters import Filters
from dashboard.model.facts import FACTS, PEOPLE, fact
from dashboard.model.filters import CODED_FILTERS, FILTERS, NAMES
from dashboard.model.periods import Span
from dashboard.queries import total
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate
from tests.support.readings import any_filters, few_filters, reading

exhibits.load()
IDS = tuple(entry.id for entry in definitions())
#: Flags are of all events and targets of their own people, whatever is chosen; their cards say so.
APART = ("hotspots.signals", "referrals.targets")
#: What counts partners' reports; published sources are asked where their exhibit is tested.
COUNTING = tuple(
    entry.id
    for entry in definitions()
    if entry.facts and entry.id not in APART and not entry.published
)
#: Smaller protected numbers are read in words: "a few", below two units of referrals and legs.
LEAST_SAID = 20


def facts_of(entry: Definition, options: dict[str, str]) -> tuple[str, ...]:
    """The facts that an exhibit counts with some options: a measure chooses one."""
    asked = {option.name: option.values[0] for option in entry.options} | options
    measure = asked.get("measure") or asked.get("count")
    return (measure,) if measure in entry.facts else entry.facts


def variants(entry: Definition) -> list[dict[str, str]]:
    """Every value of every option once."""
    found: list[dict[str, str]] = [{}]
    found += [{option.name: value} for option in entry.options for value in option.values]
    return found


#: Options of explore that have a value for each dimension.
DIMENSIONS = ("rows", "columns")
#: Columns that stand beside a number: where it lies, what it usually is, and what it was.
BESIDE = re.compile(r"(\w+_)?(low|high)|share|usual|before|rank")
#: Quarters, of which small bars are drawn, may reach beyond the period that is described.
QUARTER = re.compile(r"\d{4}-Q\d")
#: Columns of the two ends of a flow.
ENDS = ("from_code", "to_code")
#: Its table holds more than it says: what changed most is often small.
CHANGES = "overview.changes"
#: Its table holds reasons and next steps as well, which are other numbers than those it describes.
OUTCOMES, ENDED = "referrals.outcomes", "Ended as"
#: What is open is described by its age; what came and went in the period stands beside it.
OPEN, FLOWS = "referrals.waiting", ("requested", "ended")


def code_for(name: str) -> str:
    return "BD20" if name == "area" else CODED_FILTERS[name][0]


def test_every_filter_is_served_by_some_fact_and_each_of_its_fields_by_one() -> None:
    dimensions = {dimension for entry in FACTS for dimension in entry.dimensions}
    for entry in FILTERS:
        assert set(entry.fields) <= dimensions, entry.name
        assert entry.name in {name for counted in FACTS for name in counted.filters}


@pytest.mark.parametrize("exhibit_id", COUNTING)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_kept_by_a_filter_is_not_counted_under_its_words(
    protected: Release, exhibit_id: str, name: str
) -> None:
    entry = definition(exhibit_id)
    filters = Filters(period=protected.span).with_codes(name, (code_for(name),))
    for options in variants(entry):
        if not options.keys().isdisjoint(DIMENSIONS):
            continue  # by what is counted changes nothing here
        counted = facts_of(entry, options) if "count" in options else entry.facts
        units = {fact(fact_id).unit for fact_id in counted if name in fact(fact_id).filters}
        found = render(exhibit_id, reading(filters, **options), protected)
        if units:
            assert found.offer is None or "not kept" not in found.title, options
            assert found.unit in units, options
        else:
            assert found.title.endswith(f"not kept by {translate(f'filters.name_{name}', 'en')}"), (
                options
            )


@pytest.mark.parametrize("exhibit_id", IDS)
@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_exhibit_answers_any_view(
    protected: Release, exhibit_id: str, data: st.DataObject
) -> None:
    filters = data.draw(st.one_of(any_filters(protected), few_filters(protected)))
    options = data.draw(st.sampled_from(variants(definition(exhibit_id))))
    found = render(exhibit_id, reading(filters, **options), protected)
    check(found)


@pytest.mark.parametrize("exhibit_id", IDS)
def test_every_exhibit_answers_from_records(unprotected: Release, exhibit_id: str) -> None:
    for options in variants(definition(exhibit_id)):
        check(render(exhibit_id, reading(Filters(), **options), unprotected))


@pytest.mark.parametrize("exhibit_id", IDS)
def test_every_exhibit_answers_from_a_release_of_one_month(sheet: Release, exhibit_id: str) -> None:
    check(render(exhibit_id, reading(Filters()), sheet))


def check(found: Exhibit) -> None:
    """What holds for each exhibit whatever was asked."""
    assert found.title
    assert found.subtitle
    assert found.source
    assert found.release.label
    for text in (found.title, found.subtitle, found.description, *found.notes):
        assert "{" not in text
    if found.offer:
        assert found.table.rows == ()
        return
    if found.id == CHANGES:
        return
    shown = [
        at
        for at, column in enumerate(found.table.columns)
        if not (BESIDE.fullmatch(column.code) or QUARTER.fullmatch(column.code))
        and not (found.id == OPEN and column.code in FLOWS)
    ]
    ends = [at for at, column in enumerate(found.table.columns) if column.code in ENDS]
    # A flow with an end that is not known, or within one area, is drawn nowhere: it is not named.
    rows = [row for row in found.table.rows if len({row[at] for at in ends} - {""}) == len(ends)]
    if found.id == OUTCOMES:
        rows = [row for row in rows if row[0] == ENDED]
    numbers = (row[at] for row in rows for at in shown)
    cells = {cell for cell in numbers if isinstance(cell, int) and cell}
    said = {
        int(number.replace(",", ""))
        for number in re.findall(r"\d+(?:,\d{3})*", found.description + " " + found.title)
    }
    shares = {row[at] for row in found.table.rows for at in set(range(len(row))) - set(shown)}
    assert max(cells, default=0) < LEAST_SAID or (cells | shares) & said


def test_words_of_both_crimes_are_never_summed(protected: Release) -> None:
    for entry in definitions():
        for column in render(entry.id, reading(Filters()), protected).table.columns:
            assert not ("trafficking" in column.label.lower() and "smuggling" in
                        column.label.lower() and "became" not in column.label)  # fmt: skip


@pytest.mark.parametrize("exhibit_id", COUNTING)
def test_every_counting_exhibit_says_protection_and_that_it_is_not_prevalence(
    protected: Release, exhibit_id: str
) -> None:
    notes = " ".join(render(exhibit_id, reading(Filters()), protected).notes)
    assert "Parts are protected" in notes
    assert "not prevalence" in notes


@pytest.mark.parametrize("exhibit_id", ("sheet.people", "sheet.types", "sheet.age-sex"))
@settings(max_examples=25)
@given(data=st.data())
def test_a_table_of_single_values_sums_to_the_page_total(
    unprotected: Release, exhibit_id: str, data: st.DataObject
) -> None:
    filters = data.draw(few_filters(unprotected))
    entry = definition(exhibit_id)
    found = render(exhibit_id, reading(filters), unprotected)
    period: Span = entry.period(filters, unprotected)
    counted = fact(entry.facts[0])
    expected = total(unprotected, counted, filters, period)
    columns = {column.code for column in found.table.columns}
    if found.offer is None and not (counted.unit in columns or "total" in columns):
        counted = PEOPLE  # incidents are not kept by the filters
        expected = total(unprotected, counted, filters, period)
    if found.offer is None:
        column = "total" if "total" in columns else counted.unit
        assert sum(found.table.column(column)) == expected
