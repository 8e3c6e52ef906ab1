"""Sankey diagrams: columns of nodes in the caller's order, at most eleven in a column.

Grouping under "Other" and the meaning of colours are decided by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures import theme
from dashboard.figures.plot import NumberFormat
from dashboard.figures.text import escaped
from dashboard.figures.theme import Figure

#: More nodes than these in a column make labels collide: ten and "Other".
MOST_IN_COLUMN = 11


@dataclass(frozen=True)
class Node:
    """One node: its name, its number as drawn, its column from 0, its colour, and its code.

    A node and a band with a code stand for a choice (``Clicks``).
    """

    name: str
    value: int
    column: int
    colour: str
    code: str = ""


@dataclass(frozen=True)
class Link:
    """A band from one node to another (by index), with its size, colour and code."""

    source: int
    target: int
    value: int
    colour: str
    code: str = ""


@dataclass(frozen=True)
class Clicks:
    """What a click on a node or a band chooses: the parameter, and what is said of it."""

    name: str
    said: str


def sankey(
    nodes: Sequence[Node],
    links: Sequence[Link],
    *,
    number_format: NumberFormat,
    clicks: Clicks | None = None,
) -> Figure:
    """Bands between columns.

    Args:
        nodes: Nodes from top to bottom within each column.
        links: Bands between them.
        number_format: How the numbers are said.
        clicks: What their codes choose, where they choose anything.

    Raises:
        ValueError: If a column has more nodes than can be labelled.
    """
    columns = [node.column for node in nodes]
    tallest = max((columns.count(column) for column in set(columns)), default=0)
    if tallest > MOST_IN_COLUMN:
        raise ValueError(f"{tallest} nodes in a column; gather all but ten of them")

    def said(part: Node | Link) -> str:
        text = escaped(number_format.hover(part.value))
        return f"{text}<br>{escaped(clicks.said)}" if clicks and part.code else text

    choices = {n.code: {"label": escaped(n.name), "said": ""} for n in nodes if n.code}
    return {
        "data": [
            {
                "type": "sankey",
                "arrangement": "fixed",
                "node": {
                    "label": [
                        f"{escaped(node.name)} {number_format.mark(node.value)}" for node in nodes
                    ],
                    "color": [node.colour for node in nodes],
                    "pad": 14,
                    "thickness": 12,
                    "line": {"width": 0},
                    "sort": "input",
                    "customdata": [
                        [node.code, f"{escaped(node.name)}: {said(node)}"] for node in nodes
                    ],
                    "hovertemplate": "%{customdata[1]}<extra></extra>",
                },
                "link": {
                    "source": [link.source for link in links],
                    "target": [link.target for link in links],
                    "value": [link.value for link in links],
                    "color": [link.colour for link in links],
                    "sort": "input",
                    "customdata": [[link.code, said(link)] for link in links],
                    "hovertemplate": (
                        "%{source.label} → %{target.label}<br>%{customdata[1]}<extra></extra>"
                    ),
                },
                "textfont": {"size": 12, "color": theme.TEXT},
            }
        ],
        "layout": theme.layout(
            margin={"l": 8, "r": 8, "t": 16, "b": 16},
            meta={
                "form": "sankey",
                "height": 96 + 44 * tallest,
                "min_width": 640,
                "opens": "table",
                **({"click": clicks.name, "choices": choices} if clicks else {}),
            },
        ),
    }
