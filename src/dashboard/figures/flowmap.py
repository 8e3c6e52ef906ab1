"""Flow maps: curves between centres of areas, over the basemap of ``mapstyle``.

Hue and dash say the class, width says how many people, a chevron says where to. Which flows
are drawn, in which width class, and what is left out is decided by the caller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.analysis.extents import Box
from dashboard.analysis.flows import Point, chevron, curve, middle
from dashboard.figures import mapstyle, theme
from dashboard.figures.choropleth import map_layout
from dashboard.figures.mapstyle import Label
from dashboard.figures.text import escaped
from dashboard.figures.theme import Figure, Look

#: Line widths in pixels by class.
WIDTHS = (1.4, 2.4, 3.8, 5.6, 8.0)
#: Pixels that a chevron reaches beyond its line, its stroke, and the map width they are meant for.
_BEYOND, _STROKE, _MAP_WIDTH = 5.0, 2.2, 800
_OPACITY = 0.82
_DASHES = {"dash": [2.2, 1.3], "dot": [0.9, 0.9], "dashdot": [3, 1, 0.8, 1]}


@dataclass(frozen=True)
class Flow:
    """One flow: its ends in degrees, class, width class, and what hovering says."""

    start: Point
    end: Point
    group: str
    width: int
    hover: Sequence[str]
    code: str = ""


@dataclass(frozen=True)
class Node:
    """A place where flows begin or end: its point, code, and what hovering says."""

    point: Point
    code: str
    hover: Sequence[str]


@dataclass(frozen=True)
class Group:
    """A class group: its code in ``Flow.group``, its label in the legend, and its look."""

    code: str
    label: str
    look: Look


@dataclass(frozen=True)
class LegendTitles:
    """Titles of the two parts of the legend: what hue means, and what width counts."""

    groups: str
    widths: str


def flowmap(
    flows: Sequence[Flow],
    nodes: Sequence[Node],
    groups: Sequence[Group],
    widths: Sequence[str],
    *,
    box: Box,
    view: str,
    titles: LegendTitles,
    labels: Sequence[Label] = (),
    notice: str,
    lang: str,
) -> Figure:
    """A map of flows.

    Args:
        flows: What to draw, at most a hundred.
        nodes: Places; a click gives their code.
        groups: Class groups in the order of the legend.
        widths: Label of each width class that is used, from thin to thick.
        box: What the map must show.
        view: Changes only when the map must move.
        titles: Titles of the legend's two parts.
        labels: Names with numbers, the most important first.
        notice: What the boundaries of the map do not mean.
        lang: Language of the basemap's names.
    """
    curves = [curve(flow.start, flow.end) for flow in flows]
    layers: list[dict[str, Any]] = []
    for group in groups:
        layers.extend(_layers(group, flows, curves, box))
    drawn = {flow.group for flow in flows}
    legend = [
        *(
            _swatch(group.label, group.look.colour, 4, titles.groups)
            for group in groups
            if group.code in drawn
        ),
        *(
            _swatch(label, theme.TEXT_3, WIDTHS[index], titles.widths)
            for index, label in enumerate(widths)
        ),
    ]
    layout = map_layout(
        box,
        view=view,
        legend_entries=len(legend) + 2,
        style=mapstyle.style(lang, labels=labels),
        notice=notice,
        meta={"form": "flows"},
    )
    layout["map"]["layers"] = layers
    return {"data": [*legend, _hover_points(flows, curves), *_circles(nodes)], "layout": layout}


def _layers(
    group: Group, flows: Sequence[Flow], curves: Sequence[list[Point]], box: Box
) -> list[dict[str, Any]]:
    """One line layer per width class of a group, and one layer of chevrons."""
    lines: dict[int, list[list[Point]]] = defaultdict(list)
    chevrons: list[list[Point]] = []
    pixel = (box[2] - box[0]) / _MAP_WIDTH
    for flow, points in zip(flows, curves, strict=True):
        if flow.group == group.code:
            lines[flow.width].append(points)
            chevrons.append(chevron(points, (WIDTHS[flow.width] / 2 + _BEYOND) * pixel))
    if not chevrons:
        return []
    return [
        *(
            _layer(group.look, lines[width], WIDTHS[width]) | {"opacity": _OPACITY}
            for width in sorted(lines)
        ),
        _layer(replace(group.look, dash="solid"), chevrons, _STROKE),
    ]


def _layer(look: Look, lines: Sequence[Sequence[Point]], width: float) -> dict[str, Any]:
    dash = {"dash": _DASHES[look.dash]} if look.dash in _DASHES else {}
    return {
        "type": "line",
        "sourcetype": "geojson",
        "source": {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "MultiLineString", "coordinates": lines},
        },
        "color": look.colour,
        "line": {"width": width, **dash},
        "below": mapstyle.BELOW_POINTS,
    }


def _swatch(label: str, colour: str, width: float, title: str) -> Figure:
    """A trace without points that stands in the legend; lines of layers have none there."""
    return {
        "type": "scattermap",
        "mode": "lines",
        "lon": [None],
        "lat": [None],
        "name": label,
        "line": {"color": colour, "width": width},
        "showlegend": True,
        "legendgroup": title,
        "legendgrouptitle": {"text": escaped(title), "font": {"size": 12, "color": theme.TEXT}},
        "hoverinfo": "skip",
    }


def _hover_points(flows: Sequence[Flow], curves: Sequence[list[Point]]) -> Figure:
    return _markers(
        [middle(points) for points in curves],
        [flow.code for flow in flows],
        [flow.hover for flow in flows],
        {"size": 22, "color": theme.SURFACE, "opacity": 0.01},
    )


def _circles(nodes: Sequence[Node]) -> tuple[Figure, Figure]:
    """Rings: a dark disc with a white one in it, since circles of a map have no outline."""
    disc, inner = (
        _markers(
            [node.point for node in nodes],
            [node.code for node in nodes],
            [node.hover for node in nodes],
            {"size": size, "color": colour, "opacity": 1},
        )
        for size, colour in ((11, theme.TEXT), (7, theme.SURFACE))
    )
    return disc, inner


def _markers(
    points: Sequence[Point],
    codes: Sequence[str],
    hovers: Sequence[Sequence[str]],
    marker: dict[str, Any],
) -> Figure:
    return {
        "type": "scattermap",
        "mode": "markers",
        "lon": [point[0] for point in points],
        "lat": [point[1] for point in points],
        "customdata": list(codes),
        "text": ["<br>".join(escaped(line) for line in hover) for hover in hovers],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {**marker, "symbol": "circle", "allowoverlap": True},
        "showlegend": False,
        "below": mapstyle.BELOW_LABELS,
    }
