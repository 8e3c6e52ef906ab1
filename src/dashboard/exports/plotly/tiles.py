"""Tiles: the description of a tile map as plotly traces, in radii of tiles with y downwards.

An analyst who wants camps where they lie takes ``geoframe``, which holds their points in degrees.
How a page draws tiles stands in ``atlas_map/source/map/tiles.js``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboard.figures import theme
from dashboard.figures.text import escaped
from dashboard.model.hexagons import CORNERS

Trace = dict[str, Any]
#: Radius of a hexagon as a share of its room, so that gaps show.
_TILE_SHARE = 0.945
_LABEL, _NAME = 13, 12
#: Pixels from dot to dot.
_DOTS = 6


def tile_traces(layer: Mapping[str, Any]) -> Iterator[Trace]:
    """Hexagons, strong outlines of some, the texts on them, and the names of their groups."""
    for tile in layer["tiles"]:
        yield _hexagon(tile, layer["classes"][tile["class"]])
    for tile in layer["tiles"]:
        if tile["code"] in layer["outlined"]:
            yield _outline(tile, layer)
    for ink in dict.fromkeys(look["ink"] for look in layer["classes"]):
        inked = [t for t in layer["tiles"] if layer["classes"][t["class"]]["ink"] == ink]
        if inked:
            texts = [_tile_text(tile) for tile in inked]
            yield texts_at([tile["at"] for tile in inked], texts, ink, "middle center", _LABEL)
    groups = layer["groups"]
    names = [f"<b>{escaped(group['name'])}</b>" for group in groups]
    yield texts_at([group["at"] for group in groups], names, layer["ink"], "top right", _NAME)


def tile_axes(box: Sequence[float]) -> dict[str, dict[str, Any]]:
    """Axes that show a box of left, top, right and bottom whole and in proportion."""
    left, top, right, bottom = box
    hidden = {"visible": False, "fixedrange": True}
    return {
        "xaxis": theme.axis(range=[left - 0.5, right + 0.5], **hidden),
        "yaxis": theme.axis(range=[bottom + 0.5, top - 1], scaleanchor="x", **hidden),
    }


def dotted(look: Mapping[str, Any]) -> dict[str, Any]:
    """The pattern of a look that has dots, as a trace has it."""
    if not look["dots"]:
        return {}
    pattern = {"shape": ".", "fgcolor": look["dots"], "bgcolor": look["fillcolor"], "size": _DOTS}
    return {"fillpattern": pattern}


def _hexagon(tile: Mapping[str, Any], look: Mapping[str, Any]) -> Trace:
    """A tile filled in the look of its class."""
    line = look["line"] or look["fillcolor"]
    return {
        **_ring(tile["at"], _TILE_SHARE),
        "name": tile["code"],
        "fill": "toself",
        "fillcolor": look["fillcolor"],
        **dotted(look),
        "line": {"color": line, "width": 1, "dash": "dot" if look["dash"] else "solid"},
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": hover_text(tile["lines"]),
    }


def _outline(tile: Mapping[str, Any], layer: Mapping[str, Any]) -> Trace:
    """The outline of a tile that is chosen, as a strong line."""
    line = {"color": layer["line"], "width": layer["width"]}
    return {**_ring(tile["at"], 1), "hoverinfo": "skip", "line": line}


def _ring(centre: Sequence[float], radius: float) -> Trace:
    """The outline of a hexagon around a centre."""
    corners = [*CORNERS, CORNERS[0]]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [centre[0] + radius * x for x, _ in corners],
        "y": [centre[1] + radius * y for _, y in corners],
        "showlegend": False,
    }


def _tile_text(tile: Mapping[str, Any]) -> str:
    """The text on a tile: its label, and its number below."""
    label, number = escaped(tile["label"]), escaped(tile["number"])
    return f"<b>{label}</b><br>{number}" if number else f"<b>{label}</b>"


def hover_text(lines: Sequence[str]) -> str:
    """The text when a mark is pointed at; its first line is its name."""
    first, *rest = map(escaped, lines)
    return "<br>".join((f"<b>{first}</b>", *rest))


def texts_at(
    points: Sequence[Sequence[float]], texts: Sequence[str], ink: str, position: str, size: int
) -> Trace:
    """Texts at points, without a text of their own when pointed at."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "text": list(texts),
        "textposition": position,
        "textfont": {"size": size, "color": ink},
        "hoverinfo": "skip",
        "showlegend": False,
    }
