"""Maps: the description of a map as a plotly figure of longitudes and latitudes.

An ordinary pair of axes in degrees, in proportion where the map is, so that an analyst may add
traces of their own by ``x`` and ``y``. No trace of plotly's ``geo`` or ``map`` is used: the first
asks another host for a basemap even where it shows none, the second needs WebGL. Which areas and
flows there are is decided by the exhibit; how a page draws them by ``atlas_map``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from dashboard.analysis.extents import Box
from dashboard.analysis.flows import Point
from dashboard.exports.boundaries import Geometries, basemap, geometries_in
from dashboard.exports.plotly.tiles import (
    Trace,
    dotted,
    hover_text,
    texts_at,
    tile_axes,
    tile_traces,
)
from dashboard.figures import theme
from dashboard.figures.choropleth import BOUNDARIES
from dashboard.figures.text import escaped, letters
from dashboard.figures.theme import Figure
from dashboard.model.country import PACK, SITE
from dashboard.release.open_release import Release

#: Geometries by code of what a description calls a boundary file.
_ShapesOf = Callable[[str], Geometries]
#: Pixels of a map.
_HEIGHT = 620
#: The basemap is drawn so much beyond the box on each side, since a map may be wider than its box.
_AROUND = 1.2
_LEVELS = {name: level for level, name in BOUNDARIES.items()}
#: How much a flow bends to the left of its way, so that there and back lie apart.
_BEND = 0.16
_STEPS = 24
_OPACITY = 0.85
_NODE = 11
#: Pixels of a letter and a line of labels, and what keeps a label off its node.
_LETTER, _LABEL_LINE = 7, 15
_BESIDE = "\u2002"
_LEGEND = 14


def map_figure(description: Mapping[str, Any], geography: Path, release: Release) -> Figure:
    """A map as a plotly figure: basemap, layers, labels and legend.

    Args:
        description: What ``figures.map_description`` made.
        geography: Folder of the basemap's files.
        release: Where the outlines of camps are.
    """
    if not description["ground"]:
        return _tile_map(description)
    box: Box = tuple(description["box"])
    # How much longer a degree north is than a degree east.
    ratio = 1 / math.cos(math.radians((box[1] + box[3]) / 2))
    shapes = partial(_shapes, release, geography)
    traces = [
        *_ground(description["inks"], geography, box),
        *(
            trace
            for layer in description["layers"]
            for trace in _LAYERS[layer["kind"]](layer, shapes, ratio)
        ),
        _labels(description, ratio),
        *_legend(description),
    ]
    return {"data": traces, "layout": _layout(description["inks"], box, ratio)}


def _tile_map(description: Mapping[str, Any]) -> Figure:
    """A map of tiles, such as camps: without longitudes and basemap, and not to be moved."""
    traces = [trace for layer in description["layers"] for trace in tile_traces(layer)]
    inks = description["inks"]
    layout = _framed(inks, plot_bgcolor=inks["surface"], **tile_axes(description["box"]))
    return {"data": [*traces, *_legend(description)], "layout": layout}


def _layout(inks: Mapping[str, str], box: Box, ratio: float) -> dict[str, Any]:
    """The layout of a map; a degree north is ``ratio`` times as long as a degree east."""
    west, south, east, north = box
    hidden = {"visible": False, "fixedrange": False}
    return _framed(
        inks,
        plot_bgcolor=inks["sea"],
        dragmode="pan",
        xaxis=theme.axis(range=[west, east], **hidden),
        yaxis=theme.axis(range=[south, north], scaleanchor="x", scaleratio=ratio, **hidden),
    )


def _framed(inks: Mapping[str, str], **rest: Any) -> dict[str, Any]:
    """A layout with a legend in the upper right corner and the height of maps."""
    return theme.layout(
        showlegend=True,
        legend={
            "bgcolor": inks["panel"],
            "bordercolor": inks["frame"],
            "borderwidth": 1,
            "font": {"size": 12, "color": inks["text"]},
            "itemclick": False,
            "itemdoubleclick": False,
            "x": 0.99,
            "xanchor": "right",
            "y": 0.99,
            "yanchor": "top",
        },
        meta={"height": _HEIGHT},
        **rest,
    )


def _legend(description: Mapping[str, Any]) -> list[Trace]:
    """The entries of the legend as traces."""
    return [
        _legend_trace(index, part["title"], entry)
        for index, part in enumerate(description["legend"])
        for entry in part["entries"]
    ]


def _ground(inks: Mapping[str, str], geography: Path, box: Box) -> Iterator[Trace]:
    """Land, lakes, divisions and borders, as far as the map may show them."""

    def visible(name: str) -> list[Mapping[str, Any]]:
        return [feature for feature in basemap(geography, name) if _meets(feature, box)]

    land = [f for f in visible("countries") if f["properties"]["code"] != PACK.code]
    divisions = visible("adm1")
    yield _filled(_rings(land + divisions), inks["land"])
    yield _filled(_rings(visible("lakes")), inks["sea"])
    yield _lined(_rings(divisions), inks["divisions"], 0.6)
    for disputed, dash in ((False, "solid"), (True, "3px,2px")):
        lines = [f for f in visible("borders") if f["properties"]["disputed"] == disputed]
        yield _lined(_rings(lines), inks["borders"], 1, dash)


def _meets(feature: Mapping[str, Any], box: Box) -> bool:
    """Whether a feature reaches into the box and what lies around it."""
    west, south, east, north = box
    beyond_x, beyond_y = (east - west) * _AROUND, (north - south) * _AROUND
    xs, ys = _joined([*_rings([feature])])
    xs, ys = [x for x in xs if x is not None], [y for y in ys if y is not None]
    return not (
        max(xs) < west - beyond_x or min(xs) > east + beyond_x
        or max(ys) < south - beyond_y or min(ys) > north + beyond_y
    )  # fmt: skip


def _rings(features: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Sequence[float]]]:
    """Lines and rings of the geometries of features."""
    for feature in features:
        yield from _rings_of(feature["geometry"])


def _rings_of(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    """Lines and rings of a GeoJSON geometry, whatever its type."""
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "LineString":
            yield coordinates
        case "MultiLineString" | "Polygon":
            yield from coordinates
        case "MultiPolygon":
            for polygon in coordinates:
                yield from polygon


def _joined(
    lines: Sequence[Sequence[Sequence[float]]],
) -> tuple[list[float | None], list[float | None]]:
    """Lines as one list of x and one of y with None between two, as plotly takes them."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for line in lines:
        if xs:
            xs.append(None)
            ys.append(None)
        xs.extend(point[0] for point in line)
        ys.extend(point[1] for point in line)
    return xs, ys


def _line_trace(lines: Iterator[Sequence[Sequence[float]]], **rest: Any) -> Trace:
    """A trace of lines that says nothing when pointed at and has no entry in the legend."""
    xs, ys = _joined([*lines])
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "hoverinfo": "skip",
        "showlegend": False,
        **rest,
    }


def _filled(lines: Iterator[Sequence[Sequence[float]]], colour: str) -> Trace:
    return _line_trace(lines, fill="toself", fillcolor=colour, line={"width": 0}, hoveron="fills")


def _lined(
    lines: Iterator[Sequence[Sequence[float]]], colour: str, width: float, dash: str = "solid"
) -> Trace:
    return _line_trace(lines, line={"color": colour, "width": width, "dash": dash})


def _shapes(release: Release, geography: Path, boundaries: str) -> Geometries:
    """Geometries by code of what a description calls a boundary file."""
    return geometries_in(release, geography, _LEVELS.get(boundaries, SITE))


def _areas(layer: Mapping[str, Any], shapes_of: _ShapesOf, _: float) -> Iterator[Trace]:
    """One trace an area, since plotly says one text for each area that is filled."""
    shapes = shapes_of(layer["boundaries"])
    for area in layer["areas"]:
        look = layer["classes"][area["class"]]
        yield _line_trace(
            _rings_of(shapes[area["code"]]),
            name=area["code"],
            fill="toself",
            fillcolor=look["fillcolor"],
            **dotted(look),
            line={"color": look["line"], "width": 0.8, "dash": "dot" if look["dash"] else "solid"},
            hoveron="fills",
            hoverinfo="text",
            text=hover_text(area["lines"]),
        )


def _outlines(layer: Mapping[str, Any], shapes_of: _ShapesOf, _: float) -> Iterator[Trace]:
    """The outlines of a layer's areas, as far as their shapes are known."""
    shapes = shapes_of(layer["boundaries"])
    for code in layer["codes"]:
        if code in shapes:
            yield _lined(_rings_of(shapes[code]), layer["line"], layer["width"])


def _flows(layer: Mapping[str, Any], _: _ShapesOf, ratio: float) -> Iterator[Trace]:
    """A bent line with an arrow at its end for each flow."""
    for flow in layer["flows"]:
        look, width = layer["groups"][flow["group"]], layer["widths"][flow["width"]]
        curve = _curve(flow["start"], flow["end"], ratio)
        yield _line_trace(
            iter([curve]),
            mode="lines+markers",
            opacity=_OPACITY,
            line={"color": look["line"], "width": width, "dash": _dash(look["dash"], width)},
            marker={
                "symbol": "arrow",
                "angleref": "previous",
                "color": look["line"],
                "opacity": 1,
                "size": [0] * (len(curve) - 1) + [9 + 1.6 * width],
                "standoff": _NODE / 2,
            },
            hoverinfo="text",
            text=hover_text(flow["lines"]),
        )


def _curve(start: Point, end: Point, ratio: float) -> list[Point]:
    """Points of a quadratic curve; it bends by what the map shows, where degrees differ."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, (y1 - y0) * ratio
    x = x0 + dx / 2 - dy * 2 * _BEND
    y = y0 + (dy / 2 + dx * 2 * _BEND) / ratio
    steps = [step / _STEPS for step in range(_STEPS + 1)]
    return [
        (
            (1 - t) ** 2 * x0 + 2 * t * (1 - t) * x + t * t * x1,
            (1 - t) ** 2 * y0 + 2 * t * (1 - t) * y + t * t * y1,
        )
        for t in steps
    ]


def _dash(parts: Sequence[float], width: float) -> str:
    """Strokes and gaps, given in widths of the line, as plotly writes them."""
    return ",".join(f"{part * width:g}px" for part in parts) or "solid"


def _nodes(layer: Mapping[str, Any], _: _ShapesOf, __: float) -> Iterator[Trace]:
    """The ends of flows as circles."""
    nodes = layer["nodes"]
    yield {
        "type": "scatter",
        "mode": "markers",
        "x": [node["point"][0] for node in nodes],
        "y": [node["point"][1] for node in nodes],
        "customdata": [node["code"] for node in nodes],
        "marker": {
            "color": layer["fill"],
            "size": _NODE,
            "line": {"color": layer["line"], "width": 2},
        },
        "hoverinfo": "text",
        "text": [hover_text(node["lines"]) for node in nodes],
        "showlegend": False,
    }


#: How each kind of layer is drawn.
_LAYERS: Mapping[str, Callable[[Mapping[str, Any], _ShapesOf, float], Iterator[Trace]]] = {
    "areas": _areas,
    "outlines": _outlines,
    "flows": _flows,
    "nodes": _nodes,
}


def _labels(description: Mapping[str, Any], ratio: float) -> Trace:
    """Names with their numbers: beside a node, or on an area."""
    inks = description["inks"]
    has_nodes = any(layer["kind"] == "nodes" for layer in description["layers"])
    labels = _uncovered(description["labels"], description["box"], ratio)
    texts = [_BESIDE * has_nodes + _label(label) for label in labels]
    position = "middle right" if has_nodes else "middle center"
    trace = texts_at([label["point"] for label in labels], texts, inks["name"], position, 12)
    trace["textfont"]["shadow"] = _halo(inks["surface"])
    return trace


def _uncovered(
    labels: Sequence[Mapping[str, Any]], box: Sequence[float], ratio: float
) -> list[Mapping[str, Any]]:
    """Labels that do not cover each other at the size of the map, the most important first."""
    degrees_a_pixel = (box[3] - box[1]) / _HEIGHT
    placed: list[Mapping[str, Any]] = []
    for label in labels:
        x, y = label["point"]
        is_free = all(
            abs(x - other["point"][0]) > _needed_width(label, other) * degrees_a_pixel * ratio
            or abs(y - other["point"][1]) > _LABEL_LINE * degrees_a_pixel
            for other in placed
        )
        if is_free:
            placed.append(label)
    return placed


def _needed_width(label: Mapping[str, str], other: Mapping[str, str]) -> float:
    """Pixels that two labels in one line need between their points, at most."""
    return _LETTER * max(letters(one["text"] + one["emphasis"]) + 2 for one in (label, other))


def _halo(colour: str) -> str:
    """A rim of one pixel around letters, as a text shadow of CSS."""
    return ", ".join(f"{x}px {y}px 1px {colour}" for x in (-1, 1) for y in (-1, 1))


def _label(label: Mapping[str, str]) -> str:
    """A name, and its number in bold where it has one."""
    name, number = escaped(label["text"]), escaped(label["emphasis"])
    return f"{name} <b>{number}</b>" if number else name


#: Symbols of marks that are no lines; a place is a circle.
_SYMBOLS = {"area": "square", "halves": "circle"}


def _legend_trace(part: int, title: str, entry: Mapping[str, Any]) -> Trace:
    """An entry of a part of the legend: a trace without points, since only traces have entries."""
    look: dict[str, Any] = (
        {
            "mode": "markers",
            "marker": {
                "symbol": "square-dot" if entry.get("dots") else _SYMBOLS[entry["mark"]],
                "size": _LEGEND,
                "color": entry["fillcolor"],
                "line": {"color": entry["line"], "width": 1},
            },
        }
        if entry["mark"] in _SYMBOLS
        else {
            "mode": "lines",
            "line": {
                "color": entry["line"],
                "width": entry["width"],
                "dash": _dash(entry["dash"], entry["width"]),
            },
        }
    )
    return {
        "type": "scatter",
        "x": [None],
        "y": [None],
        "name": escaped(entry["label"]),
        "showlegend": True,
        "legendgroup": str(part),
        "legendgrouptitle": {"text": escaped(title)},
        **look,
    }
