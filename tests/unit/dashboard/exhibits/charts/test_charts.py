"""A chart says what it counts: its figure, its table and its sentences are of the same counts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits, queries
from dashboard.exhibits.charts import sentences
from dashboard.exhibits.charts.chart import Chart, show
from dashboard.exhibits.charts.counts import count
from dashboard.exhibits.charts.dimensions import REST, UNKNOWN, by_leading
from dashboard.exhibits.charts.forms import bars
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import definitions, question_of, render
from dashboard.figures.drawing import draw
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.release.open_release import Release
from tests.support.readings import few_filters, reading

exhibits.load()
WHO = Chart(
    "test.who",
    (INCIDENTS, PEOPLE),
    Ladder("who", (DetailLevel("sex", ("sex",)),)),
    bars(),
    sentences.leader("sheet.scope"),
)


def whole_question(release: Release, filters: Filters = Filters()) -> Question:  # noqa: B008
    return replace(question_of(filters, release), period=release.span)


@given(data=st.data(), by=st.sampled_from(["sex", "exploitation", "promise", "mode"]))
def test_rows_hold_everybody_and_largest_ones_stand_before_all_others(
    protected: Release, data: st.DataObject, by: str
) -> None:
    question = whole_question(protected, data.draw(few_filters(protected)))
    every = count(question, PEOPLE, DetailLevel("codes", (by,)))
    assert every.total == queries.total(protected, PEOPLE, question.filters, question.period)
    if not PEOPLE.is_set(by):
        assert sum(every.by_row.values()) == every.total
    few = count(question, PEOPLE, by_leading("test", by).levels[1])
    assert few.total == every.total
    assert [code for code in few.answered_rows if code != REST] == list(every.answered_rows[:2])
    assert REST not in few.answered_rows[:-1]
    assert few.by_row.get(UNKNOWN, 0) == every.by_row.get(UNKNOWN, 0)
    assert few.rows[-1:] == (UNKNOWN,) if UNKNOWN in few.rows else REST not in few.rows[:-1]


@given(data=st.data())
def test_a_share_stands_beside_a_number_of_its_own(protected: Release, data: st.DataObject) -> None:
    """Not beside a range that begins at none, nor as "15 · of 18"."""
    filters = data.draw(few_filters(protected))
    plot = render("sheet.rescuing-authority", reading(filters), protected).plot
    shares = [text for text in plot.texts if " · " in text] if plot else []
    assert all(re.fullmatch(r"[\d,]+ · (under )?\d+ %", text) for text in shares)


@given(data=st.data())
def test_columns_sum_to_rows(protected: Release, data: st.DataObject) -> None:
    question = whole_question(protected, data.draw(few_filters(protected)))
    crossed = count(question, PEOPLE, DetailLevel("both", ("mode", "sex")))
    alone = count(question, PEOPLE, DetailLevel("one", ("mode",)))
    assert crossed.by_row == {row: alone.by_row[row] for row in crossed.rows}
    assert sum(crossed.by_column.values()) == crossed.total == alone.total


@given(data=st.data())
def test_a_title_names_a_leader_only_beyond_the_error(
    protected: Release, data: st.DataObject
) -> None:
    question = whole_question(protected, data.draw(few_filters(protected)))
    counts = count(question, PEOPLE, DetailLevel("sex", ("sex",)))
    title = sentences.leader("sheet.scope")(counts)
    rows = [row for row in counts.answered_rows if row != REST]
    sizes = [counts.by_row[row] for row in rows]
    if sizes and not counts.rows_breakdown.is_nameable(sizes[0]):
        assert title == "Too few people to rank"
    elif len(rows) > 1 and not counts.breakdown.leads(sizes):
        assert all(counts.row_name(row).lower() in title.lower() for row in rows[:2])
    elif rows:
        assert counts.row_name(rows[0]) in title


def test_a_chart_counts_the_first_measure_that_the_view_keeps(protected: Release) -> None:
    assert show(WHO, whole_question(protected, Filters(sex=("female",)))).unit == "people"


def test_what_has_no_coarser_form_has_no_choice_and_is_drawn_as_it_is(protected: Release) -> None:
    alone = replace(WHO, measures=(PEOPLE,))
    exhibit = show(alone, replace(question_of(Filters(), protected), period=protected.span))
    assert exhibit.detail is None
    assert not exhibit.plot.is_rough


@pytest.mark.parametrize("entry", definitions(), ids=lambda entry: entry.id)
def test_a_chart_is_drawn_from_its_neutral_figure(protected: Release, entry: Any) -> None:
    for options in ({}, *({o.name: value} for o in entry.options for value in o.values[1:3])):
        exhibit: Exhibit = render(entry.id, reading(Filters(), **options), protected)
        form = ((exhibit.figure or {}).get("layout") or {}).get("meta", {}).get("form")
        if exhibit.plot is None:
            assert form in (None, "dots"), "a chart without a neutral figure"
            continue
        assert exhibit.figure is not None
        if "form" in exhibit.figure or form == "sankey":  # files draw HTML and bands as a chart
            continue
        of_figure, of_plot = (each["data"][0] for each in (exhibit.figure, draw(exhibit.plot)))
        assert [of_figure.get(axis) for axis in "xyz"] == [of_plot.get(axis) for axis in "xyz"]
        for series in exhibit.plot.series:
            for number in filter(None, series.numbers):
                assert number.low <= number.value <= number.high
                assert number.text
