"""Sankey diagrams: columns of nodes in the caller's order.

Callers decide which nodes are grouped under "Other", so that a column has four at most, and the
meaning of colours. Names stand beside the outer columns, where no band lies under them: Plotly has
no word for that, so ``assets/js/figures.js`` moves them into the margins that are left free here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures import theme
from dashboard.figures.plot import NumberFormat
from dashboard.figures.text import broken, escaped, letters
from dashboard.figures.theme import Figure

#: Letters in a line of a name, and pixels that a letter takes.
_LINE = 14
_LETTER = 7


@dataclass(frozen=True)
class Node:
    """One node: its name, its number as drawn, its column from 0, and its colour."""

    name: str
    value: int
    column: int
    colour: str


@dataclass(frozen=True)
class Link:
    """A band from one node to another (by index), with its size and colour."""

    source: int
    target: int
    value: int
    colour: str


def sankey(nodes: Sequence[Node], links: Sequence[Link], *, number_format: NumberFormat) -> Figure:
    """A Sankey diagram: nodes in columns, and bands between them.

    Args:
        nodes: Nodes from top to bottom within each column.
        links: Bands between them.
        number_format: How the numbers are worded.
    """
    columns = [node.column for node in nodes]
    tallest = max((columns.count(column) for column in set(columns)), default=0)
    names = [
        broken(f"{node.name} {number_format.mark(node.value)}", lambda line: letters(line) <= _LINE)
        for node in nodes
    ]
    beside = 16 + _LETTER * max((letters(line) for name in names for line in name), default=0)

    def hover_text(part: Node | Link) -> str:
        return escaped(number_format.hover(part.value))

    return {
        "data": [
            {
                "type": "sankey",
                "arrangement": "fixed",
                "node": {
                    "label": ["<br>".join(map(escaped, name)) for name in names],
                    "color": [node.colour for node in nodes],
                    "pad": 24,
                    "thickness": 12,
                    "line": {"width": 0},
                    "sort": "input",
                    "customdata": [f"{escaped(node.name)}: {hover_text(node)}" for node in nodes],
                    "hovertemplate": "%{customdata}<extra></extra>",
                },
                "link": {
                    "source": [link.source for link in links],
                    "target": [link.target for link in links],
                    "value": [link.value for link in links],
                    "color": [link.colour for link in links],
                    "sort": "input",
                    "customdata": [
                        f"{escaped(nodes[link.source].name)} → {escaped(nodes[link.target].name)}"
                        f"<br>{hover_text(link)}"
                        for link in links
                    ],
                    "hovertemplate": "%{customdata}<extra></extra>",
                },
                "textfont": {"size": 12, "color": theme.TEXT},
            }
        ],
        "layout": theme.layout(
            margin={"l": beside, "r": beside, "t": 16, "b": 16},
            meta={"form": "sankey", "height": 72 + 60 * tallest, "min_width": 340},
        ),
    }
