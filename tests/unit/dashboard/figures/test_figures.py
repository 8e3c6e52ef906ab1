"""What holds for every figure: valid, plain, at home, without red, without a title of its own."""

from __future__ import annotations

import colorsys
import json
import re
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.figures import theme
from tests.unit.dashboard.figures.figures import NASTY, charts, every

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
def test_plotly_accepts_the_figure(kind: str) -> None:
    go.Figure(FIGURES[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_the_figure_is_plain_json(kind: str) -> None:
    assert json.loads(json.dumps(FIGURES[kind], allow_nan=False))


@pytest.mark.parametrize("kind", sorted(CHARTS))
def test_only_traces_that_stay_at_home_are_used(kind: str) -> None:
    assert {trace["type"] for trace in FIGURES[kind]["data"]} <= ALLOWED


@pytest.mark.parametrize("kind", KINDS)
def test_no_address_leaves_the_product(kind: str) -> None:
    assert not [text for text in texts(kind) if "//" in text]


@pytest.mark.parametrize("kind", KINDS)
def test_no_colour_is_red(kind: str) -> None:
    for text in texts(kind):
        if not re.fullmatch("#[0-9A-Fa-f]{6}", text):
            continue
        red, green, blue = (int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))
        hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
        assert not (saturation > 0.4 and (hue < 0.03 or hue > 0.94)), text


@pytest.mark.parametrize("kind", sorted(CHARTS))
def test_the_title_stands_outside_and_the_paper_is_transparent(kind: str) -> None:
    layout = FIGURES[kind]["layout"]
    assert "title" not in layout
    assert layout["paper_bgcolor"] == theme.TRANSPARENT
    assert layout["meta"]["height"] > 0


@pytest.mark.parametrize("kind", sorted(CHARTS))
def test_names_cannot_bring_markup(kind: str) -> None:
    number_format: list[Any] = [
        text
        for text in texts(kind)
        if "bold" in text and text != NASTY  # names are not drawn
    ]
    assert not [text for text in number_format if "<b>bold" in text]
