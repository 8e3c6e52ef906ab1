"""Line charts over time, each line named at its end instead of in a legend.

Only drawing belongs here. Classes get their colour and dash from ``theme.CLASS_LOOK``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.figures import theme
from dashboard.figures.marks import Marks, boxes, room_above, stems
from dashboard.figures.text import NumberFormat, escaped, letters, nice_ceiling, wrapped
from dashboard.figures.theme import Figure

#: Share of the plot's height that a two-line label needs.
_LABEL_ROOM = 0.17
_TICKS = 4
#: Pixels of a chart without marks.
_HEIGHT = 320
#: Letters of ticks that fit beside each other on a phone.
_TICK_LETTERS = 26
#: Gridlines above zero at most.
_GRIDLINES = 5
#: Lines whose numbers tell little are lighter.
_ROUGH = 0.55
#: Pixels above a plot, and what the word above unsettled periods takes of them.
_AIR, _WORD = 12, 14


@dataclass(frozen=True)
class Series:
    """One line.

    Attributes:
        name: What it counts, as a reader reads it.
        values: One number per period; None leaves a gap.
        colour, dash: Its look; no two lines of a chart share both.
        is_exact: Whether its numbers have no error, such as those of a plan.
    """

    name: str
    values: Sequence[int | None]
    colour: str
    dash: str = "solid"
    is_exact: bool = False


@dataclass(frozen=True)
class Unsettled:
    """The last periods of a chart, whose numbers may still rise: shaded, with dotted lines.

    Attributes:
        periods: How many they are.
        label: The word that stands above them.
    """

    periods: int
    label: str


@dataclass(frozen=True)
class Band:
    """What would be usual in each period, shaded behind the lines.

    Attributes:
        label: What it is called where a reader points at it.
        ends: Lowest and highest usual number of each period; None where that is not known.
    """

    label: str
    ends: Sequence[tuple[int, int] | None]


def lines(
    x: Sequence[str],
    series: Sequence[Series],
    *,
    number_format: NumberFormat,
    unsettled: Unsettled | None = None,
    marks: Marks | None = None,
    band: Band | None = None,
) -> Figure:
    """Lines over periods, from zero, with a label at each end.

    Args:
        x: Names of the periods in order; no two are the same.
        series: At most five lines, each as long as ``x``.
        number_format: How the numbers are said; thin lines show where each lies.
        unsettled: The last periods, where their numbers may still rise.
        marks: What there is to know about periods; the list of it goes into ``layout.meta.marks``.
        band: What would be usual.

    Returns:
        A figure as a dict.

    Raises:
        ValueError: If a line has another length than ``x``.
    """
    labels = list(x)
    for line in series:
        if len(line.values) != len(labels):
            raise ValueError(f"{line.name}: {len(line.values)} values for {len(labels)} periods")
    highs = (
        value if line.is_exact else max(value, number_format.interval(value)[1])
        for line in series
        for value in line.values
        if value is not None
    )
    usual = [end for ends in (band.ends if band else ()) if ends for end in ends]
    top = nice_ceiling(max([*highs, *usual], default=1))
    settled = len(labels) - (min(unsettled.periods, len(labels)) if unsettled else 0)
    traces = _band(labels, band) if band else []
    traces += [
        _trace(labels, line, number_format, len(labels) if line.is_exact else settled)
        for line in series
    ]
    if unsettled:
        traces += [
            _dotted(labels, line, number_format, settled, unsettled.label)
            for line in series
            if not line.is_exact
        ]
    marks = marks or Marks()
    room = room_above(marks, len(labels))
    step = max(1, -(-len(labels) // _TICKS))
    ticks = labels[(len(labels) - 1) % step :: step]
    return {
        "data": traces,
        "layout": theme.layout(
            margin={
                "l": 8,
                "r": _end_room(series),
                "t": _AIR + room + (_WORD if unsettled else 0),
                "b": 8,
            },
            xaxis=theme.axis(
                type="category",
                showline=True,
                linecolor=theme.BORDER_STRONG,
                range=[-0.3, len(labels) - 0.7],
                tickangle=0,
                **_named(ticks),
            ),
            yaxis=_scale(top, number_format),
            annotations=[
                *_end_labels(series, top, number_format),
                *([_word(unsettled.label, len(labels), room)] if unsettled else []),
                *boxes(marks, len(labels)),
            ],
            shapes=[
                *([_shade(settled, len(labels))] if unsettled else []),
                *stems(marks, len(labels)),
            ],
            meta={
                "form": "lines",
                "height": _HEIGHT + room,
                **_narrow(ticks),
                **({"marks": marks.listed} if marks.listed else {}),
            },
        ),
    }


def _named(ticks: Sequence[str]) -> Figure:
    return {"tickvals": list(ticks), "ticktext": [*map(escaped, ticks)]}


def _narrow(ticks: Sequence[str]) -> dict[str, Figure]:
    """Where the names of periods are long, a phone has room for every other one."""
    if sum(map(letters, ticks)) <= _TICK_LETTERS:
        return {}
    return {"narrow": {"xaxis": _named(ticks[::-2][::-1])}}


def _scale(top: float, number_format: NumberFormat) -> Figure:
    """The axis of numbers, from zero to a round number, with four or five gridlines."""
    step = next(s for s in _steps(top) if top / s <= _GRIDLINES)
    values = [step * index for index in range(int(top / step) + 1)]
    return theme.axis(
        range=[0, top],
        showgrid=True,
        tickvals=values,
        ticktext=[escaped(number_format.tick(value)) for value in values],
    )


def _steps(top: float) -> Iterator[int]:
    """Distances between gridlines, from near to far: 1, 2, 5, 10, 20, 50 and so on."""
    power = 1
    while power <= 10 * top:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _trace(
    labels: Sequence[str], line: Series, number_format: NumberFormat, settled: int
) -> Figure:
    """A line over its settled periods, with a dot where it ends."""
    values = [value if index < settled else None for index, value in enumerate(line.values)]
    last = _last(line.values)
    return _line(labels, line, values, number_format) | {
        "line": {"color": line.colour, "dash": line.dash, "width": 2.5},
        "marker": {
            "size": [9 if index == last else 0 for index in range(len(labels))],
            "color": line.colour,
            "opacity": 1,
            "line": {"color": theme.SURFACE, "width": 1.5},
        },
    }


def _band(labels: Sequence[str], band: Band) -> list[Figure]:
    """The lower end without a line, and the upper one filled down to it."""
    common: Figure = {
        "type": "scatter",
        "mode": "lines",
        "name": escaped(band.label),
        "x": list(labels),
        "line": {"width": 0, "shape": "hvh"},
        "hoverinfo": "skip",
    }
    lows, highs = ([ends and ends[side] for ends in band.ends] for side in (0, 1))
    filled = {"fill": "tonexty", "fillcolor": theme.SUNKEN}
    return [common | {"y": lows}, common | {"y": highs} | filled]


def _dotted(
    labels: Sequence[str], line: Series, number_format: NumberFormat, settled: int, word: str
) -> Figure:
    """The rest of a line, from its last settled period on, with an open dot where it ends."""
    values = [value if index >= settled - 1 else None for index, value in enumerate(line.values)]
    last = _last(line.values)
    trace: Figure = _line(labels, line, values, number_format) | {
        "line": {"color": line.colour, "dash": "dot", "width": 2},
        "marker": {
            "size": [9 if index == last else 0 for index in range(len(labels))],
            "color": theme.SURFACE,
            "opacity": 1,
            "line": {"color": line.colour, "width": 2},
        },
    }
    for index in range(settled, len(labels)):
        trace["hovertext"][index] += f" · {escaped(word)}" if trace["hovertext"][index] else ""
    return trace


def _line(
    labels: Sequence[str], line: Series, values: Sequence[int | None], number_format: NumberFormat
) -> Figure:
    said = number_format.tick if line.is_exact else number_format.hover
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": escaped(line.name),
        "x": list(labels),
        "y": list(values),
        "cliponaxis": False,
        **({"opacity": _ROUGH} if number_format.rough else {}),
        **_whiskers(line, values, number_format),
        "hovertext": ["" if v is None else escaped(said(v)) for v in values],
        "hovertemplate": f"<b>{escaped(line.name)}</b><br>%{{x}}: %{{hovertext}}<extra></extra>",
    }


def _whiskers(line: Series, values: Sequence[int | None], number_format: NumberFormat) -> Figure:
    """Lines from what each number stands for at least to what it stands for at most."""
    if line.is_exact:
        return {}
    ends = [(0, 0) if v is None else number_format.interval(v) for v in values]
    if all(low == high for low, high in ends):
        return {}
    return {
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [high - (v or 0) for v, (_, high) in zip(values, ends, strict=True)],
            "arrayminus": [(v or 0) - low for v, (low, _) in zip(values, ends, strict=True)],
            "color": theme.faded(line.colour, 0.35),
            "thickness": 1,
            "width": 0,
        }
    }


def _last(values: Sequence[int | None]) -> int:
    return max((index for index, value in enumerate(values) if value is not None), default=0)


def _shade(settled: int, periods: int) -> Figure:
    """A quiet ground behind the last periods."""
    return {
        "type": "rect",
        "x0": settled - 0.5,
        "x1": periods - 0.7,
        "xref": "x",
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "fillcolor": theme.SUNKEN,
        "line": {"width": 0},
        "layer": "below",
    }


def _word(label: str, periods: int, above: int) -> Figure:
    """The word above the last periods and all marks; it ends where they end, so it fits one too."""
    return {
        "x": periods - 0.7,
        "xref": "x",
        "xanchor": "right",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 4 + above,
        "text": escaped(label),
        "font": {"size": 12, "color": theme.TEXT_2},
        "showarrow": False,
    }


def _end_room(series: Sequence[Series]) -> int:
    parts = (part for line in series for part in wrapped(line.name, 16).split("<br>"))
    longest = max(map(letters, parts), default=0)
    return 28 + 7 * max(longest, 4)


def _end_labels(series: Sequence[Series], top: float, number_format: NumberFormat) -> list[Figure]:
    """Labels right of each line's last point, moved apart where they would overlap."""
    ends = [
        (line, next((v for v in reversed(line.values) if v is not None), None)) for line in series
    ]
    shown = sorted(
        ((line, value) for line, value in ends if value is not None), key=lambda end: end[1]
    )
    heights = spread([value / top for _, value in shown], _LABEL_ROOM)
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 12,
            "y": height,
            "yref": "paper",
            "yanchor": "middle",
            "text": f"<b>{wrapped(line.name, 16)}</b><br>{_end(line, value, number_format)}",
            "font": {"size": 12, "color": theme.ink(line.colour)},
            "align": "left",
            "showarrow": False,
        }
        for (line, value), height in zip(shown, heights, strict=True)
    ]


def _end(line: Series, value: int, number_format: NumberFormat) -> str:
    return number_format.tick(value) if line.is_exact else number_format.mark(value)


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Sorted heights (shares of the plot) moved as little as needed to lie ``gap`` apart.

    >>> [round(h, 2) for h in spread([0.1, 0.12, 0.9], 0.1)]
    [0.1, 0.2, 0.9]
    """
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + gap) if placed else height)
    ceiling = 1.0
    for index in reversed(range(len(placed))):
        placed[index] = min(placed[index], ceiling)
        ceiling = placed[index] - gap
    return placed
