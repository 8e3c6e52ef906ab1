"""Flow maps: curves between centres of areas, as a description that the browser draws.

Hue and dash show the class or the transport, width how many, chevrons and an arrow the direction,
halves of circles how many leave and arrive. Callers decide which flows are drawn, which of them are
faint, in which width class, and what is left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dashboard.analysis.extents import Box
from dashboard.analysis.flows import Point
from dashboard.figures import theme
from dashboard.figures.map_description import Label, Layer, LegendPart, description
from dashboard.figures.theme import Figure, Look

#: Line widths in pixels by class.
WIDTHS = (1.6, 2.8, 4.4, 6.6)
#: Strokes and gaps of each dash, in widths of the line.
_DASHES = {
    "solid": [],
    "dash": [2.2, 1.3],
    "dot": [0.9, 0.9],
    "dashdot": [3, 1, 0.8, 1],
    "longdash": [5, 1.2],
    "longdashdot": [5, 1, 0.8, 1, 0.8, 1],
}
#: Width of the lines that stand for hues in the legend.
_SWATCH = 4.0
#: The name of the look of faint flows, and their colour and width class.
_FAINT, _FAINT_INK = "faint", theme.faded(theme.TEXT_3, 0.4)
#: Radii in pixels of a half circle: of the most, and the least of any.
_MOST_RADIUS, _LEAST_RADIUS = 12.0, 3.5
#: Radius of a place that only faint flows touch.
_DOT = 3.0


@dataclass(frozen=True)
class Flow:
    """One flow.

    Attributes:
        start, end: Its ends in degrees.
        group: Code of the ``Group`` whose look it has; '' of none.
        width: Width class.
        lines: The text when it is pointed at.
        ends: Codes of the places at its ends.
        is_faint: Whether it is only context of the others.
    """

    start: Point
    end: Point
    group: str
    width: int
    lines: Sequence[str]
    ends: tuple[str, str] = ("", "")
    is_faint: bool = False


@dataclass(frozen=True)
class Node:
    """A place where flows begin or end.

    Attributes:
        point: Where it is, in degrees.
        code: Its code.
        lines: The text when it is pointed at.
        leaving, arriving: How many leave it and how many reach it; neither where it is faint.
        is_home: Whether an inset shows it.
        edges: Labels at the edge of a map for flows that leave it to this place, and that come from
            it: a name and a number each.
    """

    point: Point
    code: str
    lines: Sequence[str]
    leaving: int = 0
    arriving: int = 0
    is_home: bool = False
    edges: tuple[tuple[str, str], tuple[str, str]] = (("", ""), ("", ""))


@dataclass(frozen=True)
class Group:
    """A hue: its code in ``Flow.group``, its label in the legend ('' for none), and its look."""

    code: str
    label: str
    look: Look


@dataclass(frozen=True)
class WithoutLine:
    """Flows without a line: their name and number in the margin, and the text when pointed at.

    ``code`` is what a click on it chooses, '' for nothing.
    """

    code: str
    label: str
    number: str
    lines: Sequence[str]


def flowmap(
    flows: Sequence[Flow],
    nodes: Sequence[Node],
    groups: Sequence[Group],
    widths: Sequence[str],
    *,
    box: Box,
    view: str,
    hue_title: str,
    width_title: str,
    halves: str = "",
    faint: str = "",
    labels: Sequence[Label] = (),
    margin_title: str = "",
    without_line: Sequence[WithoutLine] = (),
    inset: tuple[Box, str] | None = None,
    chosen: str = "",
    notice: str,
    lang: str,
) -> Figure:
    """A map of flows.

    Args:
        flows: What to draw, at most two hundred that are not faint.
        nodes: Places, in the order in which a reader without a pointer goes through them; a click
            gives their code.
        groups: Hues in the order of the legend.
        widths: Label of each width class that is used, from thin to thick.
        box: What the map must show.
        view: Changes only when the map must move.
        hue_title: What hue means, in the legend.
        width_title: What width counts.
        halves: Text of the entry for halves of circles; '' for none.
        faint: Text of the entry for faint lines; '' for none.
        labels: Names with numbers, the most important first.
        margin_title: Title of the flows without a line, below the map.
        without_line: These flows.
        inset: What is shown below the map at a scale of its own, in degrees, and what it is called.
        chosen: Code of the place whose flows are lit, '' for none.
        notice: What the boundaries of the map do not mean.
        lang: Language of the basemap's names.
    """
    radii = _radii(nodes)
    used = {flow.group for flow in flows if not flow.is_faint}
    looks = {group.code: _look(group.look) for group in groups if group.code in used}
    is_faint = any(flow.is_faint for flow in flows)
    faint_look = {"line": _FAINT_INK, "dash": []}
    layers: list[Layer] = [
        {
            "kind": "flows",
            "groups": looks | ({_FAINT: faint_look} if is_faint else {}),
            "widths": list(WIDTHS),
            # The widest lie lowest, so that no thin one is covered; faint ones below all.
            "flows": [
                _flow(flow, radii)
                for flow in sorted(flows, key=lambda flow: (not flow.is_faint, -flow.width))
            ],
        },
        {
            "kind": "nodes",
            "line": theme.TEXT,
            "fill": theme.SURFACE,
            "faint": theme.BORDER_STRONG,
            "nodes": [_node(node, radii[node.code]) for node in nodes],
        },
    ]
    hues = [
        _entry(group.label, looks[group.code], _SWATCH)
        for group in groups
        if group.code in used and group.label
    ]
    if is_faint and faint:
        hues.append(_entry(faint, faint_look, WIDTHS[1]))
    thick = {"line": theme.TEXT_3, "dash": []}
    wide = [_entry(label, thick, WIDTHS[index]) for index, label in enumerate(widths)]
    if halves:
        look = {"line": theme.TEXT, "fillcolor": theme.SURFACE}
        wide.append({"mark": "halves", "label": halves, **look})
    figure = description(
        layers,
        box=box,
        view=view,
        legend=[LegendPart(hue_title, hues), LegendPart(width_title, wide)],
        labels=labels,
        notice=notice,
        lang=lang,
    )
    return figure | {
        "click": "place",
        "chosen": chosen,
        "margin": {"title": margin_title, "entries": [asdict(entry) for entry in without_line]},
        "inset": inset and dict(zip(("box", "title"), inset, strict=True)),
    }


def _radii(nodes: Sequence[Node]) -> dict[str, tuple[float, float]]:
    """Radii in pixels of the halves of each place, leaving and arriving, whose areas are counts.

    A half without anybody has the radius 0, and so have both of a faint place.
    """
    most = max((max(node.leaving, node.arriving) for node in nodes), default=0)

    def radius(size: int) -> float:
        return max(_LEAST_RADIUS, round(_MOST_RADIUS * math.sqrt(size / most), 1)) if size else 0.0

    return {node.code: (radius(node.leaving), radius(node.arriving)) for node in nodes}


def _look(look: Look) -> dict[str, Any]:
    """Colour and dash of a line as the browser takes them."""
    return {"line": look.colour, "dash": list(_DASHES[look.dash])}


def _entry(label: str, look: dict[str, Any], width: float) -> dict[str, Any]:
    """A line in the legend, of a width in pixels."""
    return {"mark": "line", "label": label, "width": width, **look}


def _flow(flow: Flow, radii: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """A flow as data, with the radii of the circles at its ends, where its line stops."""
    return {
        "start": list(flow.start),
        "end": list(flow.end),
        "ends": list(flow.ends),
        "radii": [max(*radii.get(code, (0.0, 0.0)), _DOT) for code in flow.ends],
        "group": _FAINT if flow.is_faint else flow.group,
        "width": flow.width,
        "faint": flow.is_faint,
        "lines": list(flow.lines),
    }


def _node(node: Node, radii: tuple[float, float]) -> dict[str, Any]:
    """A place as data, with the radii of its halves."""
    return {
        "code": node.code,
        "point": list(node.point),
        "radii": list(radii),
        "home": node.is_home,
        "edges": [list(edge) for edge in node.edges],
        "lines": list(node.lines),
    }
