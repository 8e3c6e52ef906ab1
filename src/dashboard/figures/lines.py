"""Line charts over time, each line named at its end instead of in a legend.

Only drawing belongs here. Classes get their colour and dash from ``theme.CLASS_LOOK``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from dashboard.figures import theme
from dashboard.figures.elements import ROUGH, whiskers
from dashboard.figures.marks import boxes, room_above, stems
from dashboard.figures.plot import Look, Number, Plot, Series
from dashboard.figures.text import escaped, letters, nice_ceiling, wrapped
from dashboard.figures.theme import Figure

#: Share of the plot's height that a line of a label needs, and the air between two labels.
_LABEL_LINE, _LABEL_AIR = 0.07, 0.03
_TICKS = 6
#: Pixels of a chart without marks.
_HEIGHT = 320
#: Letters of ticks that fit beside each other on a phone.
_TICK_LETTERS = 26
#: Letters in a line of a label at the end of a line and of the name of a mark, and on a phone.
_END_LETTERS, _NARROW_END, _NARROW_MARK = 16, 9, 14
#: Opacity of the usual band and of the range of expected numbers, in a line's colour.
_USUAL, _EXPECTED = 0.12, 0.22
#: Share of a plot's height in which names of marks stand.
_BESIDE_AXIS = 0.2
#: Share of it that a line of letters is high.
_NAME = 0.06
#: Gridlines above zero at most.
_GRIDLINES = 5
#: Pixels above a plot, and of the word above unsettled periods.
_AIR, _WORD = 12, 14


def lines(plot: Plot) -> Figure:
    """Lines over periods, from zero, with a label at each end and thin lines for ranges.

    The last periods, where their numbers may still rise, are shaded. There a line is dotted; where
    a final number is expected, a dashed line leads to that inside its range, and rings are the
    numbers reported so far. The usual range is a band behind the lines. The list of marks goes into
    ``layout.meta.marks``.
    """
    labels, marks = list(plot.categories), plot.marks
    numbers = [n for line in plot.series for n in (*line.numbers, *line.expected) if n]
    usual = [number.high for number in plot.usual if number]
    top = nice_ceiling(max([*(n.reach for n in numbers), *usual], default=1))
    traces = band(plot, plot.usual, plot.series[0].colour) if usual else []
    traces += [trace(plot, line) for line in plot.series]
    for line in plot.series:
        if any(line.expected[plot.settled :]):
            traces += _expected(plot, line)
        elif plot.provisional and not line.is_target:
            traces.append(dotted(plot, line))
    room = room_above(marks, len(labels))
    step = max(1, -(-len(labels) // _TICKS))
    ticks = labels[(len(labels) - 1) % step :: step]
    return {
        "data": traces,
        "layout": theme.layout(
            margin={
                "l": 8,
                "r": _end_room(plot.series, _END_LETTERS),
                "t": _AIR + room + (_WORD if plot.provisional else 0),
                "b": 8,
            },
            xaxis=theme.axis(
                type="category",
                showline=True,
                linecolor=theme.BORDER_STRONG,
                range=[-0.3, len(labels) - 0.7],
                tickangle=0,
                **tick_names(ticks),
            ),
            yaxis=scale(top, plot.tick),
            annotations=_texts(plot, top, room, _END_LETTERS),
            shapes=[
                *([_shade(plot.settled, len(labels))] if plot.provisional else []),
                *stems(marks, len(labels)),
            ],
            meta={
                "form": "lines",
                "height": _HEIGHT + room,
                "narrow": {
                    **_narrow(ticks),
                    "margin": {"r": _end_room(plot.series, _NARROW_END)},
                    "annotations": _texts(plot, top, room, _NARROW_END, _NARROW_MARK),
                },
                **({"marks": marks.listed} if marks.listed else {}),
            },
        ),
    }


def _texts(plot: Plot, top: float, room: int, letters: int, *of_mark: int) -> list[Figure]:
    """All words in the plot and beside it.

    Args:
        plot: The chart.
        top: Upper end of its scale.
        room: Pixels above it that marks need.
        letters: Letters in a line of a label at the end of a line.
        *of_mark: Letters in a line of the name of a mark, where they are not as usual.
    """
    periods = len(plot.categories)
    return [
        *_end_labels(plot.series, top, letters),
        *([_usual_name(plot, top, letters)] if any(plot.usual) else []),
        *([_word(plot.provisional_name, periods, room)] if plot.provisional else []),
        *boxes(plot.marks, periods, *of_mark),
    ]


def tick_names(ticks: Sequence[str]) -> Figure:
    """Names of an axis at some of its periods."""
    return {"tickvals": list(ticks), "ticktext": [*map(escaped, ticks)]}


def _narrow(ticks: Sequence[str]) -> dict[str, Figure]:
    """The axis for a phone, or a third of a page: every other name where names are long."""
    if sum(map(letters, ticks)) <= _TICK_LETTERS:
        return {}
    return {"xaxis": tick_names(ticks[::-2][::-1])}


def scale(top: float, tick: Callable[[int], str]) -> Figure:
    """The axis of numbers, from zero to a round number, with four or five gridlines."""
    step = next(s for s in _steps(top) if top / s <= _GRIDLINES)
    values = [step * index for index in range(int(top / step) + 1)]
    return theme.axis(
        range=[0, top],
        showgrid=True,
        tickvals=values,
        ticktext=[escaped(tick(value)) for value in values],
    )


def _steps(top: float) -> Iterator[int]:
    """Distances between gridlines, from near to far: 1, 2, 5, 10, 20, 50 and so on."""
    power = 1
    while power <= 10 * top:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def trace(plot: Plot, line: Series) -> Figure:
    """A line over its settled periods, with a dot where it ends; a target runs through."""
    settled = len(plot.categories) if line.is_target else plot.settled
    return _line(plot, line, range(settled)) | {
        "line": {"color": line.colour, "dash": line.dash, "width": 2.5},
        "marker": _dot(plot, line.last, line.colour, theme.SURFACE, 1.5),
    }


def _dot(plot: Plot, index: int, fill: Look, rim: Look = "", width: float = 0) -> Figure:
    """Markers of a line: a dot at one period alone, with a rim so many pixels wide."""
    return {
        "size": [9 if period == index else 0 for period in range(len(plot.categories))],
        "color": fill,
        "opacity": 1,
        **({"line": {"color": rim, "width": width}} if rim else {}),
    }


def band(
    plot: Plot, usual: Sequence[Number | None], colour: str | tuple[str, ...], **axes: str
) -> list[Figure]:
    """The band of the usual range: its lower end, its upper one, and a thin middle if it has words.

    Args:
        plot: The chart.
        usual: The usual range of each period.
        colour: Colour of the line that it lies behind.
        **axes: Names of its axes, where these are not the first ones.
    """
    named = {"name": escaped(plot.usual_name)}
    fill = theme.faded(str(colour), _USUAL)
    low, high = (end | named for end in _range_ends(plot.categories, usual, fill, **axes))
    if not any(number and number.text for number in usual):
        return [low, high]
    middle = {"line": {"width": 1, "color": theme.faded(str(colour), 0.6), "dash": "dot"}}
    return [low, high, low | {"y": [number and number.value for number in usual]} | middle]


def _range_ends(
    periods: Sequence[str], ranges: Sequence[Number | None], fill: str, **axes: str
) -> list[Figure]:
    """The lower ends of ranges without a line, and the upper ones filled down to them."""
    common: Figure = {
        "type": "scatter",
        "mode": "lines",
        "x": list(periods),
        "line": {"width": 0},
        "hoverinfo": "skip",
        **axes,
    }
    lows = [number and number.low for number in ranges]
    highs = [number and number.high for number in ranges]
    return [common | {"y": lows}, common | {"y": highs, "fill": "tonexty", "fillcolor": fill}]


def _usual_name(plot: Plot, top: float, letters_in_line: int) -> Figure:
    """The name of the band at one of its edges where it begins, off the lines if it can be.

    Where the band begins late, the name ends as the band does. Names of marks stand near the axis.
    A long one does not reach over what the last lines end at: it has two lines of its own.
    """
    name = plot.usual_name
    is_long = letters(name) > 3 * letters_in_line
    periods = len(plot.categories)
    known = [(at, each) for at, each in enumerate(plot.usual) if each]
    is_late = known[0][0] > periods / 2
    at, usual = known[-1 if is_late else 0]
    # A name does not reach to where the other side's lines end.
    beside = range(periods // 4, periods) if is_late else range(at, max(periods - 1, at + 1))
    paths = [[n.value / top for n in map(line.numbers.__getitem__, beside) if n]
             for line in plot.series]  # fmt: skip
    low, high = usual.low / top, usual.high / top
    places = [(low, "bottom"), (high, "top"), (low, "top"), (high, "bottom")]  # inside first
    off_axis = [each for each in places if _BESIDE_AXIS <= _middle(*each) < 1 - _NAME]
    edge, anchor = max(
        off_axis or places[:1],
        key=lambda each: min([_NAME, *(_distance(path, _middle(*each)) for path in paths)]),
    )
    return theme.annotation(
        wrapped(name, 2 * letters_in_line) if is_long else escaped(name),
        at,
        edge,
        colour=theme.ink(str(plot.series[0].colour)),
        align="right" if is_late else "left",
        xanchor="right" if is_late else "left",
        xshift=-4 if is_late else 4,
        yanchor=anchor,
    )


def _middle(edge: float, anchor: str) -> float:
    """The middle of a name above or below an edge, as a share of a plot's height."""
    return edge + (_NAME / 2 if anchor == "bottom" else -_NAME / 2)


def _distance(path: Sequence[float], height: float) -> float:
    """How far a line keeps from a height; 0 where it crosses it."""
    below, above = min(path, default=1.0), max(path, default=1.0)
    return 0.0 if below < height < above else min(abs(height - below), abs(height - above))


def _expected(plot: Plot, line: Series) -> list[Figure]:
    """Rings of reported numbers, and a dashed line to the expected ones, in their range.

    The line starts from the last settled period, and passes through the reported number of a period
    of which nothing more is expected.
    """
    periods, settled = len(plot.categories), plot.settled
    unsettled = range(max(settled - 1, 0), periods)
    exact = plain(line).numbers
    expected = dict(enumerate(line.expected[settled:], start=settled))
    final = [expected.get(index) or number for index, number in enumerate(exact)]
    path = [number if index in unsettled else None for index, number in enumerate(final)]
    last = max(index for index in unsettled if path[index])
    dashed = _line(plot, replace(line, numbers=tuple(path)), unsettled, has_whiskers=False) | {
        "line": {"color": line.colour, "dash": "dash", "width": 2},
        "marker": _dot(plot, last, line.colour),
    }
    rings = _line(plot, line, range(settled, periods), has_whiskers=False) | {
        "mode": "markers",
        "marker": _dot(plot, last, theme.SURFACE, line.colour, 2) | {"size": 8},
    }
    fill = theme.faded(str(line.colour), _EXPECTED)
    return [*_range_ends(plot.categories, path, fill), dashed, rings]


def plain(line: Series) -> Series:
    """A line without the ranges of its numbers."""
    exact = (n and replace(n, low=n.value, high=n.value) for n in line.numbers)
    return replace(line, numbers=tuple(exact))


def dotted(plot: Plot, line: Series) -> Figure:
    """The rest of a line, from its last settled period on, with an open dot where it ends."""
    periods, settled = len(plot.categories), plot.settled
    trace: Figure = _line(plot, line, range(max(settled - 1, 0), periods)) | {
        "line": {"color": line.colour, "dash": "dot", "width": 2},
        "marker": _dot(plot, line.last, theme.SURFACE, line.colour, 2),
    }
    word = f" · {escaped(plot.provisional_name)}"
    for index in range(settled, periods):
        trace["hovertext"][index] += word if trace["hovertext"][index] else ""
    return trace


def _line(plot: Plot, line: Series, periods: range, *, has_whiskers: bool = True) -> Figure:
    """A line over some of its periods, by index."""
    numbers = [number if index in periods else None for index, number in enumerate(line.numbers)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": escaped(line.name),
        "x": list(plot.categories),
        "y": [number and number.value for number in numbers],
        "cliponaxis": False,
        **({"opacity": ROUGH} if plot.is_rough else {}),
        **(whiskers("y", numbers, theme.faded(str(line.colour), 0.35)) if has_whiskers else {}),
        "hovertext": [escaped(number.hover) if number else "" for number in numbers],
        "hovertemplate": f"<b>{escaped(line.name)}</b><br>%{{x}}: %{{hovertext}}<extra></extra>",
    }


def _shade(settled: int, periods: int) -> Figure:
    """A quiet ground behind the periods after the settled ones."""
    return theme.ground(settled - 0.5, periods - 0.7, theme.SUNKEN, y0=0, y1=1)


def _word(label: str, periods: int, above: int) -> Figure:
    """The word above the last periods and all marks; it ends where they end, so it fits one too."""
    end, shift = periods - 0.7, 4 + above
    return theme.annotation(
        escaped(label), end, 1, colour=theme.TEXT_2, xanchor="right", yshift=shift
    )


def _end_room(series: Sequence[Series], width: int) -> int:
    """Pixels right of the plot for labels whose lines have about so many letters."""
    parts = (part for _, text, _ in _ends(series, width) for part in text.split("<br>"))
    longest = max((letters(part.removeprefix("<b>").removesuffix("</b>")) for part in parts),
                  default=0)  # fmt: skip
    return 28 + 7 * max(longest, 4)


def _ends(series: Sequence[Series], width: int) -> list[tuple[int, str, str]]:
    """Labels at the ends of lines, from low to high: value, text and colour of each.

    Where a final number is expected, that has a label of its own and the name of the line none.
    """
    ends: list[tuple[int, str, str]] = []
    for line in series:
        colour = theme.ink(str(line.colour))
        expected = line.expected[-1] if line.expected else None
        last = next((n for n in reversed(line.numbers) if n), None)
        if expected:
            ends.append((expected.value, f"<b>{wrapped(expected.hover, width)}</b>", colour))
        if last:
            name = "" if expected else f"<b>{wrapped(line.name, width)}</b><br>"
            ends.append((last.value, f"{name}{escaped(last.text)}", colour))
    return sorted(ends)


def _end_labels(series: Sequence[Series], top: float, width: int) -> list[Figure]:
    """Labels right of each line's last point, moved apart where they would overlap."""
    ends = _ends(series, width)
    rooms = [_LABEL_LINE * (text.count("<br>") + 1) + _LABEL_AIR for _, text, _ in ends]
    heights = spread([value / top for value, *_ in ends], rooms)
    return [
        theme.label(text, 1, height, colour=colour, xshift=12, yanchor="middle")
        for (_, text, colour), height in zip(ends, heights, strict=True)
    ]


def spread(heights: Sequence[float], rooms: Sequence[float]) -> list[float]:
    """Heights of labels, moved up and down until none overlaps, and none is above the plot.

    Args:
        heights: Heights of their middles as shares of the plot, from low to high.
        rooms: How much height each needs, likewise.

    >>> [round(h, 2) for h in spread([0.1, 0.12, 0.9], [0.1, 0.2, 0.1])]
    [0.1, 0.25, 0.9]
    """
    gaps = [(below + above) / 2 for below, above in pairwise(rooms)]
    placed = list(heights)
    for index, gap in enumerate(gaps):
        placed[index + 1] = max(placed[index + 1], placed[index] + gap)
    placed[-1:] = [min(height, 1.0) for height in placed[-1:]]
    for index, gap in reversed([*enumerate(gaps)]):
        placed[index] = min(placed[index], placed[index + 1] - gap)
    return placed
