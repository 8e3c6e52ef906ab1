"""Figures: an exhibit as a plotly figure that can stand alone, with its title and its source.

Charts are the product's own. What it draws as a map is drawn in ``maps``, a ranked list as bars,
and what is a table or a text on a page as a table. Everything is in the light colours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parts.frame import number_format
from dashboard.exhibits.registry import question_of
from dashboard.exports.plotly.maps import map_figure
from dashboard.exports.source import Source
from dashboard.figures import theme
from dashboard.figures.drawing import draw
from dashboard.figures.marks import FLAGS
from dashboard.figures.plot import Plot, Series
from dashboard.figures.text import letters, wrapped
from dashboard.figures.theme import CLASS_LOOK, Figure
from dashboard.words.catalogue import translate

#: Letters in a line of the title, of the filters under it, and of the source below.
_TITLE, _SMALL = 72, 104
#: Pixels of a line of each, and of the air around them.
_TITLE_LINE, _SMALL_LINE, _AIR = 24, 18, 16
#: Pixels between a chart and its source: the labels of its axis stand there.
_AXIS = 48
#: Height of a chart that states none, and of the head and each row of a table.
_HEIGHT, _HEAD_ROW, _ROW = 360, 34, 28
#: Letters in a line of a table, and of the narrowest and the widest column.
_LINE = 112
_NARROW, _WIDE = 8, 40


def figure_of(source: Source) -> Figure:
    """The figure; where there is nothing to draw, the reason stands in its place."""
    figure = _figure(source)
    layout = {**figure["layout"], "template": {}, "paper_bgcolor": theme.SURFACE}
    meta = layout.pop("meta", {})
    layout["height"] = meta.get("height", _HEIGHT)
    return {"data": list(figure["data"]), "layout": _framed(layout, source)}


def _figure(source: Source) -> Figure:
    """The figure without its frame: a chart as it is, a map, a ranking, or a table."""
    exhibit = source.exhibit
    if exhibit.figure is None:
        return _reason(exhibit)
    match exhibit.figure.get("form"):
        case None:
            return {"data": exhibit.figure["data"], "layout": dict(exhibit.figure["layout"])}
        case "map":
            return map_figure(exhibit.figure, source.geography, source.release)
        case "ranking":
            return _ranking(exhibit.figure, source)
        case _:
            return _table(exhibit)


def _reason(exhibit: Exhibit) -> Figure:
    """Why there is nothing to draw, as the page says it."""
    text = wrapped(exhibit.offer.reason if exhibit.offer else "", _SMALL)
    note = {"text": text, "showarrow": False, "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper"}
    hidden = theme.axis(visible=False)
    layout = theme.layout(
        xaxis=hidden, yaxis=hidden, annotations=[note], meta={"height": _HEIGHT // 2}
    )
    return {"data": [], "layout": layout}


def _ranking(figure: Mapping[str, Any], source: Source) -> Figure:
    """A ranked list as bars with their ranges, divided by class where the list is."""
    question = question_of(source.filters, source.release)
    fact = next(f for f in source.facts if f.unit_in(source.lang) == figure["unit"])
    rows = figure["rows"]
    formatter = number_format(question, fact)
    totals = tuple(
        replace(formatter.number(row["value"]), low=row["low"], high=row["high"]) for row in rows
    )
    labels = tuple(row["label"] for row in rows)
    colour = CLASS_LOOK["all"].colour
    if not figure["parts"]:
        return draw(Plot("bars", labels, (Series("", totals, colour),)))
    parts = [
        Series(
            part["label"],
            formatter.numbers(row["parts"][index] if row["parts"] else 0 for row in rows),
            part["colour"],
            part["pattern"],
        )
        for index, part in enumerate(figure["parts"])
    ]
    undivided = [0 if row["parts"] else row["value"] for row in rows]
    if any(undivided):
        parts.append(Series(figure["value_label"], formatter.numbers(undivided), colour))
    return draw(Plot("stacked", labels, tuple(parts), totals=totals))


def _table(exhibit: Exhibit) -> Figure:
    """The table that a page shows, with texts broken so that rows have room."""
    table = exhibit.table.on_page
    columns, rows = table.columns, table.rows
    heads = [column.heading for column in columns]
    texts = [["–" if row[i] is None else str(row[i]) for row in rows] for i in range(len(columns))]
    shares = [_share(head, column) for head, column in zip(heads, texts, strict=True)]
    widths = [_LINE * share // max(1, sum(shares)) for share in shares]
    cells = [
        [wrapped(text, width) for text in column]
        for column, width in zip(texts, widths, strict=True)
    ]
    breaks = [
        max((text.count("<br>") for text in row), default=0) for row in zip(*cells, strict=True)
    ]
    trace = {
        "type": "table",
        "columnwidth": shares,
        "header": {
            "values": [
                f"<b>{wrapped(head, width)}</b>" for head, width in zip(heads, widths, strict=True)
            ],
            "align": "left",
            "height": _HEAD_ROW,
            "fill": {"color": theme.SUNKEN},
            "line": {"color": theme.BORDER},
        },
        "cells": {
            "values": cells,
            "align": ["right" if column.is_value else "left" for column in columns],
            "height": _ROW,
            "fill": {"color": theme.SURFACE},
            "line": {"color": theme.BORDER},
        },
    }
    height = 2 * (_HEAD_ROW + _AIR) + _ROW * len(rows) + _SMALL_LINE * sum(breaks)
    return {"data": [trace], "layout": theme.layout(meta={"height": height})}


def _share(head: str, cells: Sequence[str]) -> int:
    """How wide a column is beside the others: its longest text, within bounds."""
    words = head.split()
    longest = max(map(letters, (*words, *cells)), default=0)
    return min(max(longest + 2, _NARROW), _WIDE)


def _framed(layout: dict[str, Any], source: Source) -> dict[str, Any]:
    """The layout with title and filters above and the source below, and room for both."""
    exhibit = source.exhibit
    title, filters = wrapped(exhibit.title, _TITLE), wrapped(exhibit.subtitle, _SMALL)
    below = _texts_below(source)
    above = _TITLE_LINE * _line_count(title) + _SMALL_LINE * _line_count(filters) + 2 * _AIR
    under = _SMALL_LINE * _line_count(below) + _AXIS
    margin = {side: max(pixels, _AIR) for side, pixels in layout["margin"].items()}
    margin["t"], margin["b"] = margin["t"] + above, margin["b"] + under
    height = layout["height"] + above + under
    if layout["showlegend"] and layout.get("legend", {}).get("orientation") == "h":
        margin["t"] += 2 * _AIR
    small = f"font-size:13px;color:{theme.TEXT_2}"
    source_line = {
        "text": below,
        "align": "left",
        "font": {"size": 12, "color": theme.TEXT_3},
        "showarrow": False,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -_AXIS + _AIR,
    }
    return {
        **layout,
        "height": height,
        "margin": margin,
        "title": {
            "text": f"<b>{title}</b><br><span style='{small}'>{filters}</span>",
            "font": {"size": 17, "color": theme.TEXT},
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "y": 1 - 1.75 * _AIR / height,
            "yanchor": "top",
            "yref": "container",
            "pad": {"l": _AIR},
        },
        "annotations": [*layout.get("annotations", ()), source_line],
    }


def _texts_below(source: Source) -> str:
    """Marks, source, release and handling; under a map the notice on its boundaries too."""
    exhibit, stamp = source.exhibit, source.exhibit.release
    release = translate("shell.card.release", source.lang, id=stamp.release_id)
    lines = [
        *_marks(exhibit, source.lang),
        f"{exhibit.source.rstrip('.')} · {release} · {stamp.label}",
    ]
    if exhibit.is_map and exhibit.figure:
        lines.append(str(exhibit.figure["notice"]))
    return "<br>".join(wrapped(line, _SMALL) for line in lines)


def _marks(exhibit: Exhibit, lang: str) -> list[str]:
    """What the numbered marks of a chart mean, in one line; empty for a chart without marks."""
    layout = (exhibit.figure or {}).get("layout") or {}
    listed = layout.get("meta", {}).get("marks", ())
    texts = [
        f"({mark['number']}) {mark['when']}: {mark['text']}" if mark["number"] else mark["text"]
        for mark in listed
    ]
    if any(mark["kind"] in FLAGS for mark in listed):
        own = "_own" if exhibit.id.startswith("hotspots.") else ""
        texts.append(translate(f"marks.flags{own}", lang))
    line = "; ".join(texts)
    return [line] if line else []


def _line_count(text: str) -> int:
    return text.count("<br>") + 1 if text else 0
