"""Panels: small multiples of lines beside each other on one scale, each with its own usual band.

Only drawing belongs here. Lines and bands are those of ``lines``; a phone has two panels a row.
"""

from __future__ import annotations

from typing import Any

from dashboard.figures import theme
from dashboard.figures.elements import numbered
from dashboard.figures.lines import band, dotted, plain, scale, tick_names, trace
from dashboard.figures.plot import Plot, Series
from dashboard.figures.text import escaped, nice_ceiling
from dashboard.figures.theme import Figure

#: Pixels of the figure, of the three lines above each panel, and of the figure on a phone.
_HEIGHT, _HEAD, _NARROW_HEIGHT = 320, 56, 520
#: Share of the width, and of a phone's height, between two panels.
_AIR, _ROW_AIR = 0.04, 0.26
_PER_ROW = 2


def panels(plot: Plot) -> Figure:
    """A line a panel, from zero, named above it; the last number stands at its end.

    The last periods, where their numbers may still rise, are dotted.
    """
    count = len(plot.series)
    numbers = [n for line in plot.series for n in (*line.numbers, *line.usual) if n]
    top = nice_ceiling(max((n.reach for n in numbers), default=1))
    labels = list(plot.categories)
    ticks = list(dict.fromkeys((labels[0], labels[-1])))
    data: list[Figure] = []
    axes: dict[str, Any] = {}
    for index, line in enumerate(plot.series):
        own_axes = {"xaxis": numbered("x", index), "yaxis": numbered("y", index)}
        if any(line.usual):
            data += band(plot, line.usual, line.colour, **own_axes)
        data.append(trace(plot, plain(line)) | own_axes)
        if plot.provisional:
            data.append(dotted(plot, plain(line)) | own_axes)
        axes[numbered("xaxis", index)] = theme.axis(
            type="category",
            domain=_across(index, count),
            anchor=own_axes["yaxis"],
            showline=True,
            linecolor=theme.BORDER_STRONG,
            tickangle=0,
            range=[-0.3, len(labels) - 0.7],
            **tick_names(ticks),
        )
        # All have one scale, so that its numbers stand at the first of a row alone.
        first = {"anchor": own_axes["xaxis"], "showticklabels": index == 0}
        axes[numbered("yaxis", index)] = scale(top, plot.tick) | first
    return {
        "data": data,
        "layout": theme.layout(
            margin={"l": 8, "r": 16, "t": _HEAD, "b": 8},
            annotations=[_head(line, index, count) for index, line in enumerate(plot.series)]
            + [_last(plot, line, index) for index, line in enumerate(plot.series)],
            meta={"form": "panels", "height": _HEIGHT, "narrow": _narrow(plot)},
            **axes,
        ),
    }


def _narrow(plot: Plot) -> Figure:
    """On a phone two panels stand in a row."""
    rows = -(-len(plot.series) // _PER_ROW)
    figure: Figure = {
        "annotations": [
            _head(line, index % _PER_ROW, _PER_ROW) | {"y": max(_under(index, rows))}
            for index, line in enumerate(plot.series)
        ]
        + [_last(plot, line, index) for index, line in enumerate(plot.series)],
        "meta": {"height": _NARROW_HEIGHT},
        "margin": {"l": 8, "r": 8, "t": _HEAD, "b": 8},
    }
    for index in range(len(plot.series)):
        # Names of both ends of two panels would meet.
        figure[numbered("xaxis", index)] = {
            "domain": _across(index % _PER_ROW, _PER_ROW),
            **tick_names(plot.categories[-1:]),
        }
        first = index % _PER_ROW == 0
        figure[numbered("yaxis", index)] = {"domain": _under(index, rows), "showticklabels": first}
    return figure


def _across(index: int, count: int) -> list[float]:
    """Left and right end of one of so many panels in a row, as shares of the figure's width."""
    width = (1 - _AIR * (count - 1)) / count
    left = index * (width + _AIR)
    return [round(left, 4), round(left + width, 4)]


def _under(index: int, rows: int) -> list[float]:
    """Lower and upper end of a panel on a phone, as shares of the figure's height; first on top."""
    height = (1 - _ROW_AIR * (rows - 1)) / rows
    top = 1 - index // _PER_ROW * (height + _ROW_AIR)
    return [round(max(top - height, 0), 4), round(top, 4)]


def _head(line: Series, index: int, count: int) -> Figure:
    """The name of a panel in its colour, and its subtitle, above one of so many in a row."""
    head = "<br>".join((f"<b>{escaped(line.name)}</b>", *map(escaped, line.subtitle.split("\n"))))
    colour = theme.ink(str(line.colour))
    return theme.label(head, min(_across(index, count)), 1, colour=colour, yshift=8)


def _last(plot: Plot, line: Series, index: int) -> Figure:
    """The last number of a panel, above its dot."""
    last = line.last
    number = line.numbers[last]
    return theme.annotation(
        f"<b>{escaped(number.text)}</b>" if number else "",
        last,
        number.value if number else 0,
        size=13,
        colour=theme.ink(str(line.colour)),
        xref=numbered("x", index),
        xanchor="right" if last == len(plot.categories) - 1 else "center",
        yref=numbered("y", index),
        yshift=6,
    )
