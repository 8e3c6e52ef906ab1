"""What holds for every figure: valid, plain, at home, without red, without a title of its own."""

from __future__ import annotations

import colorsys
import json
import re
from collections.abc import Iterator

import plotly.graph_objects as go
import pytest

from dashboard.figures import theme
from dashboard.figures.drawing import draw
from tests.unit.dashboard.figures.figures import NASTY, charts, every, plot

CHARTS = charts()
FIGURES = every()
KINDS = sorted(FIGURES)
ALLOWED = {"scatter", "bar", "heatmap", "sankey"}


def leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for child in value.values():
            yield from leaves(child)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from leaves(child)
    else:
        yield value


def texts(kind: str) -> list[str]:
    return [leaf for leaf in leaves(FIGURES[kind]) if isinstance(leaf, str)]


@pytest.mark.parametrize("kind", sorted(CHARTS))
def test_plotly_accepts_a_chart_that_stays_at_home_under_a_title_of_the_page(kind: str) -> None:
    figure = FIGURES[kind]
    go.Figure(figure)
    assert {trace["type"] for trace in figure["data"]} <= ALLOWED
    assert "title" not in figure["layout"]
    assert figure["layout"]["paper_bgcolor"] == theme.TRANSPARENT
    assert figure["layout"]["meta"]["height"] > 0
    # Names cannot bring markup; those of traces alone are not drawn.
    assert not [text for text in texts(kind) if "<b>bold" in text and text != NASTY]


@pytest.mark.parametrize("kind", KINDS)
def test_the_figure_is_plain_json_and_no_address_leaves_the_product(kind: str) -> None:
    assert json.loads(json.dumps(FIGURES[kind], allow_nan=False))
    assert not [text for text in texts(kind) if "//" in text]


@pytest.mark.parametrize("kind", KINDS)
def test_no_colour_is_red(kind: str) -> None:
    for text in texts(kind):
        if not re.fullmatch("#[0-9A-Fa-f]{6}", text):
            continue
        red, green, blue = (int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))
        hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
        assert not (saturation > 0.4 and (hue < 0.03 or hue > 0.94)), text


def test_where_a_reader_points_at_a_cell_its_names_are_not_broken() -> None:
    long = "Services for gender-based violence"
    (matrix, _) = draw(plot("matrix", [long], ("Police", [12], "")))["data"]
    assert "<br>" in matrix["x"][0]
    assert matrix["hovertext"][0][0].startswith(f"Police → {long}<br>")
