"""Figures for notebooks: maps without a basemap of others, ranked lists, and what stands around."""

from __future__ import annotations

import io
import re
import tomllib
from dataclasses import replace
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.analyst import OpenedRelease, figure
from dashboard.components import exhibit_card
from dashboard.exports.plotly.figures import figure_of
from dashboard.figures import theme
from dashboard.release.open_release import Release
from tests.support import sources
from tests.support.releases import ROOT


def areas_of(figure: go.Figure) -> dict[str, go.Scatter]:
    """Traces of areas by their P-code."""
    return {trace.name: trace for trace in figure.data if str(trace.name).startswith("BD")}


def test_every_area_is_drawn_in_the_colour_of_its_class(opened: OpenedRelease) -> None:
    exhibit = opened.exhibit("hotspots.map", measure="people", show="number")
    figure, shapes = exhibit.figure(), exhibit.geoframe()
    areas = areas_of(figure)
    assert set(areas) == set(shapes.index)
    classes = {trace.name: trace.marker.color for trace in figure.data if trace.mode == "markers"}
    assert set(trace.fillcolor for trace in areas.values()) <= set(classes.values())
    largest, least = shapes["people"].idxmax(), shapes["people"].idxmin()
    assert areas[largest].fillcolor != areas[least].fillcolor
    assert areas[least].fillcolor == classes["None or very few"]
    assert shapes.loc[largest, "people_words"] in areas[largest].text
    assert shapes.loc[largest, "name_en"] in areas[largest].text


def test_an_area_is_drawn_where_it_is(opened: OpenedRelease) -> None:
    exhibit = opened.exhibit("hotspots.map", area="BD20", measure="people")
    west, south, east, north = exhibit.geoframe().total_bounds
    traces = areas_of(exhibit.figure()).values()
    xs = [x for trace in traces for x in trace.x if x is not None]
    ys = [y for trace in traces for y in trace.y if y is not None]
    assert (min(xs), min(ys), max(xs), max(ys)) == pytest.approx((west, south, east, north))
    figure = exhibit.figure()
    assert figure.layout.xaxis.range[0] < west
    assert figure.layout.yaxis.range[1] > north
    assert figure.layout.yaxis.scaleanchor == "x"


def test_flows_bend_and_end_at_their_places(opened: OpenedRelease) -> None:
    exhibit = opened.exhibit("routes.map", period="2023-10..2026-09", level="division")
    figure = exhibit.figure()
    flows = [trace for trace in figure.data if trace.mode == "lines+markers"]
    (nodes,) = [trace for trace in figure.data if trace.customdata is not None]
    points = set(zip(nodes.x, nodes.y, strict=True))
    assert flows
    for flow in flows:
        assert {(flow.x[0], flow.y[0]), (flow.x[-1], flow.y[-1])} <= points
        assert max(flow.marker.size[:-1]) == 0 < flow.marker.size[-1]
    there = {(flow.x[0], flow.x[-1]): flow for flow in flows}
    back = [(there[a, b], there[b, a]) for a, b in there if (b, a) in there]
    assert all(one.y[12] != other.y[12] for one, other in back)
    assert [flow.line.width for flow in flows] == sorted(
        (flow.line.width for flow in flows), reverse=True
    )


def test_labels_of_a_map_do_not_cover_each_other(opened: OpenedRelease) -> None:
    figure = opened.exhibit(
        "hotspots.map", level="upazila", measure="people", show="number"
    ).figure()
    (labels,) = [trace for trace in figure.data if trace.mode == "text"]
    assert len(labels.text) > 1
    points = sorted(zip(labels.x, labels.y, strict=True))
    assert all(one != other for one, other in pairwise(points))


def test_a_ranked_list_is_bars_that_add_up_to_its_numbers(opened: OpenedRelease) -> None:
    exhibit = opened.exhibit("hotspots.ranking", measure="people", top="15")
    frame = exhibit.frame()
    people = frame[frame["measure"] == "people"]
    ranked = people["code"].isin([code for code in people["code"] if str(code).startswith("BD")])
    values = people[ranked]["value"].head(15)
    values = values[values >= 10].tolist()
    assert 0 < (~ranked).sum() < len(people)
    bars, _ = exhibit.figure().data
    assert list(bars.x[: len(values)]) == values
    # Those with a few each stand together, and what is elsewhere comes last and is never cut.
    assert len(values) < len(bars.x) < len(people)
    assert sum(bars.x) == people["value"].sum()
    assert max(bars.error_x.array) > 0  # what each stands for at most


def test_what_is_a_table_on_a_page_is_a_table(opened: OpenedRelease) -> None:
    page = opened.exhibit("quality.accuracy")
    (table,) = page.figure().data
    assert table.type == "table"
    assert (
        len(table.cells["values"][0]) == page.frame()[["fact", "view"]].drop_duplicates().shape[0]
    )


def test_where_nothing_can_be_drawn_the_figure_says_why(opened: OpenedRelease) -> None:
    exhibit = opened.exhibit("sheet.people", period="2031-01")
    figure = exhibit.figure()
    assert len(figure.data) == 0
    assert figure.layout.annotations[0].text.replace("<br>", " ") == exhibit.why_empty


def test_a_figure_can_stand_alone(opened: OpenedRelease) -> None:
    exhibit = opened.exhibit("hotspots.map", lang="bn")
    figure = exhibit.figure()
    title = figure.layout.title.text.replace("<br>", " ")
    assert exhibit.title in title
    assert exhibit.subtitle in title
    below = figure.layout.annotations[-1].text.replace("<br>", " ")
    assert opened.name in below
    assert figure.layout.template.layout.plot_bgcolor is None
    assert figure.layout.meta is None
    assert figure.layout.height > 620


def test_names_that_plotly_would_read_as_markup_are_escaped(opened: OpenedRelease) -> None:
    figure = opened.exhibit("hotspots.map").figure()
    assert "Cox's Bazar" in areas_of(figure)["BD2022"].text
    assert all("<script" not in str(trace.text) for trace in figure.data)


def test_camps_are_hexagons_without_a_basemap(opened: OpenedRelease) -> None:
    exhibit = opened.exhibit("hotspots.camps", period="2023-10..2026-09", area="CXB-216")
    figure = exhibit.figure()
    hexagons = {t.name: t for t in figure.data if str(t.name).startswith(("CXB-", "BHASAN"))}
    assert len(hexagons) == 34
    for trace in hexagons.values():
        assert (len(trace.x), trace.x[0], trace.y[0]) == (7, trace.x[-1], trace.y[-1])
    (outline,) = [t for t in figure.data if t.line.width and t.line.width > 2]
    assert min(outline.x) < min(hexagons["CXB-216"].x)
    # Rows are counted downwards: Camp 01E lies north of Camp 16.
    low, high = figure.layout.yaxis.range
    assert low > high
    assert max(hexagons["CXB-201"].y) < min(hexagons["CXB-224"].y)
    notes = "".join(annotation.text for annotation in figure.layout.annotations)
    assert "not to scale" in notes.replace("<br>", " ")
    letters = {text for t in figure.data if t.mode == "text" for text in t.text}
    assert {"<b>4X</b>", "<b>KRC</b>", "<b>Teknaf south</b>"} <= letters


def test_a_picture_names_the_extra_that_it_needs(
    opened: OpenedRelease, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure, "find_spec", lambda _: None)
    drawing = opened.exhibit("sheet.people").figure()
    for picture in (drawing.to_image, lambda: drawing.write_image("people.png")):
        with pytest.raises(ImportError, match=r"pip install 'situation-atlas\[image\]'"):
            picture()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (needed,) = project["optional-dependencies"]["image"]
    assert needed.startswith("kaleido")


def test_a_picture_is_drawn_with_nothing_from_another_host(
    opened: OpenedRelease, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = list[dict[str, Any]]()
    monkeypatch.setattr("kaleido.calc_fig_sync", lambda _, **given: calls.append(given) or b"")
    opened.exhibit("sheet.people").figure().write_image(io.BytesIO(), "svg")
    (given,) = calls
    assert given["kopts"] == {"mathjax": False}
    assert (given["opts"]["format"], given["opts"]["width"]) == ("svg", figure.WIDTH)


@pytest.mark.parametrize("chart", ["overview.trend", "hotspots.time"])
def test_a_figure_says_of_its_flags_what_its_card_says(protected: Release, chart: str) -> None:
    drawn = {"kind": "more", "number": "1", "when": "Q1", "text": "More than usual", "said": ""}
    source = sources.source(chart, protected)
    exhibit = source.exhibit
    layout = theme.layout(meta={"marks": [drawn]})
    source = replace(source, exhibit=replace(exhibit, figure={"data": [], "layout": layout}))
    beside = re.search(r"marks-flags\">([^<]+)<", exhibit_card._marks(source.exhibit, "en"))
    assert beside is not None
    assert beside[1] in str(figure_of(source)).replace("<br>", " ")
