"""Flow maps: curves between centres of areas, as a description that the browser draws.

Hue and dash say the class, width says how many people, an arrow says where to. Which flows are
drawn, in which width class, and what is left out is decided by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.analysis.extents import Box
from dashboard.analysis.flows import Point
from dashboard.figures import theme
from dashboard.figures.map_description import Label, Layer, LegendPart, description
from dashboard.figures.theme import Figure, Look

#: Line widths in pixels by class.
WIDTHS = (1.4, 2.4, 3.8, 5.6, 8.0)
#: Strokes and gaps of each dash, in widths of the line.
_DASHES = {"solid": [], "dash": [2.2, 1.3], "dot": [0.9, 0.9], "dashdot": [3, 1, 0.8, 1]}
#: Width of the lines that stand for hues in the legend.
_SWATCH = 4.0


@dataclass(frozen=True)
class Flow:
    """One flow: its ends in degrees, class, width class, and what pointing at it says."""

    start: Point
    end: Point
    group: str
    width: int
    lines: Sequence[str]


@dataclass(frozen=True)
class Node:
    """A place where flows begin or end: its point, code, and what pointing at it says."""

    point: Point
    code: str
    lines: Sequence[str]


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
        nodes: Places, in the order in which a reader without a pointer goes through them; a click
            gives their code.
        groups: Class groups in the order of the legend.
        widths: Label of each width class that is used, from thin to thick.
        box: What the map must show.
        view: Changes only when the map must move.
        titles: Titles of the legend's two parts.
        labels: Names with numbers, the most important first.
        notice: What the boundaries of the map do not mean.
        lang: Language of the basemap's names.
    """
    used = {flow.group for flow in flows}
    looks = {group.code: _look(group.look) for group in groups if group.code in used}
    layers: list[Layer] = [
        {
            "kind": "flows",
            "groups": looks,
            "widths": list(WIDTHS),
            # The widest lie lowest, so that no thin one is covered.
            "flows": [_flow(flow) for flow in sorted(flows, key=lambda flow: -flow.width)],
        },
        {
            "kind": "nodes",
            "line": theme.TEXT,
            "fill": theme.SURFACE,
            "nodes": [_node(node) for node in nodes],
        },
    ]
    hues = [
        _entry(group.label, looks[group.code], _SWATCH) for group in groups if group.code in used
    ]
    thick = {"line": theme.TEXT_3, "dash": []}
    return description(
        layers,
        box=box,
        view=view,
        legend=[
            LegendPart(titles.groups, hues),
            LegendPart(
                titles.widths,
                [_entry(label, thick, WIDTHS[index]) for index, label in enumerate(widths)],
            ),
        ],
        labels=labels,
        notice=notice,
        lang=lang,
    )


def _look(look: Look) -> dict[str, Any]:
    return {"line": look.colour, "dash": list(_DASHES[look.dash])}


def _entry(label: str, look: dict[str, Any], width: float) -> dict[str, Any]:
    return {"mark": "line", "label": label, "width": width, **look}


def _flow(flow: Flow) -> dict[str, Any]:
    return {
        "start": list(flow.start),
        "end": list(flow.end),
        "group": flow.group,
        "width": flow.width,
        "lines": list(flow.lines),
    }


def _node(node: Node) -> dict[str, Any]:
    return {"code": node.code, "point": list(node.point), "lines": list(node.lines)}
