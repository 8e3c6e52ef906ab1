"""Native charts of figures that the invented releases happen not to have."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from dashboard.figures.plot import Number, Plot, Series
from dashboard.report import chart, public
from dashboard.report.chart import Look
from tests.unit.dashboard.report.reading import ReadChart, chart_of

LOOK = Look(11, 300, 100, "en")


def number(value: int, low: int, high: int, text: str = "") -> Number:
    return Number(value, low, high, text or str(value), "")


def read(plot: Plot) -> ReadChart:
    native = chart.native(plot, LOOK)
    return chart_of("Figure 1", native.xml, native.workbook)


LEFT = Series("Female", (number(0, 0, 5), number(0, 0, 7)), "#D67A05")
RIGHT = Series("Male", (number(12, 9, 20), number(30, 25, 33)), "#2C60CC")
PARTS = (Series("New", (number(2, 0, 9), number(40, 30, 50)), "#2C60CC"),
         Series("Old", (number(4, 0, 9), number(20, 10, 30)), "#D3DAE0"))  # fmt: skip
STACK = Plot("stacked", ("A", "B"), PARTS, totals=(number(6, 0, 14), number(60, 52, 68)))


def test_what_stands_on_the_left_ends_on_the_left_even_where_all_is_nought() -> None:
    chart_read = read(Plot("mirrored", ("a", "b"), (LEFT, RIGHT)))
    assert chart_read.columns["Female >"] == [-5, -7]
    assert chart_read.columns["Male >"] == [20, 33]
    assert chart_read.columns["Female -"] == [5, 7]
    assert chart_read.columns["Male +"] == [8, 3]


def test_ranges_of_a_stack_lie_about_what_it_adds_up_to() -> None:
    chart_read = read(STACK)
    assert chart_read.names == ["A: 6", "B: 60"]
    assert (chart_read.columns["Old -"], chart_read.columns["Old +"]) == ([6, 8], [8, 8])
    assert "New +" not in chart_read.columns


def test_names_beside_bars_of_half_a_page_are_set_smaller_before_they_are_cut() -> None:
    names = tuple(f"By air to the North and South {at:02}" for at in range(12))
    bars = Series("People", tuple(number(9, 7, 11) for _ in names), "#2C60CC")
    native = chart.native(Plot("bars", names, (bars,)), Look(7.5, 87, 47, "en"))
    assert "…" not in native.xml.decode()
    assert names[-1] in native.xml.decode()


def test_a_small_stack_is_told_to_the_public_in_words_and_not_drawn() -> None:
    chart_read = read(public.shown_plot(STACK, "en"))
    assert chart_read.names == ["A: under 10", "B: 60"]
    assert chart_read.columns == {"New": [None, 40], "Old": [None, 20]}


@pytest.mark.parametrize("usual", [(), (None, number(5, 3, 8)), (number(4, 2, 6), number(5, 3, 8))])
def test_what_is_usual_never_falls_to_nought_where_it_is_not_known(
    usual: tuple[Number | None, ...],
) -> None:
    line = Series("People", (number(4, 2, 6), number(9, 7, 11)), "#2C60CC")
    chart_read = read(Plot("lines", ("Aug 26", "Sep 26"), (line,), usual=usual, usual_name="usual"))
    lows = chart_read.columns.get("usual, at least")
    assert lows == ([one and one.low for one in usual] or None)
    if None in usual:  # two lines, of which each has a gap
        assert chart_read.columns["usual"] == [None, 8]


def test_months_that_fill_up_are_a_series_of_their_own() -> None:
    line = Series(
        "People", (number(4, 4, 4), number(9, 9, 9), number(5, 5, 5, "5 so far")), "#2C60CC"
    )
    plot = Plot("lines", ("Jul", "Aug", "Sep"), (line,), provisional=1, provisional_name="open")
    assert read(plot).columns == {"People": [4, 9, None], "People (open)": [None, 9, 5]}
    expecting = replace(line, expected=(None, None, number(8, 6, 10, "8")))
    chart_read = read(replace(plot, series=(expecting,)))
    assert chart_read.columns["People, expected"] == [None, 9, 8]
    assert chart_read.columns["People (open)"] == [None, None, 5]


def test_signs_of_xml_and_quotes_in_a_name_stay_what_they_are() -> None:
    words = (number(3, 0, 9, 'few "<&>'), number(12, 9, 20))
    chart_read = read(Plot("bars", ('<b>&"A"', "B"), (Series("", words, "#2C60CC"),)))
    assert chart_read.names[0] == '<b>&"A"'
    assert chart_read.formats[""][0].startswith('"few')


def test_a_legend_names_each_line_and_the_usual_range_once() -> None:
    lines = tuple(Series(name, (number(4, 2, 6), number(9, 7, 11)), "#2C60CC") for name in "AB")
    usual = (number(4, 2, 6), number(5, 3, 8))
    made = chart.native(Plot("lines", ("Aug", "Sep"), lines, usual=usual, usual_name="usual"), LOOK)
    root = ET.fromstring(made.xml)  # noqa: S314 -- written by our own program
    names = [one.findtext("{*}tx//{*}v") for one in root.findall(".//{*}ser")]
    hidden = {int(one.get("val")) for one in root.findall(".//{*}legendEntry/{*}idx")}
    assert [name for at, name in enumerate(names) if at not in hidden] == ["usual", "A", "B"]
