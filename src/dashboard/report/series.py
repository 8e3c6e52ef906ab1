"""Series of a native chart, from a neutral figure: their values and the words at their points.

How they are written to a workbook and a chart part belongs to ``chart``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from dashboard.figures import theme
from dashboard.figures.plot import Number, Plot, Series
from dashboard.words.catalogue import translate

Kind = Literal["bar", "line", "area"]
#: Forms that stand upright, a period beside the next.
OVER_TIME = ("lines", "panels", "strips")


@dataclass(frozen=True)
class ChartSeries:
    """One series of a native chart; what holds for each point is empty where no point has it.

    Attributes:
        name: What the legend calls it.
        values: A number for each category, or None.
        kind: How it is drawn.
        colour: Its colour, or one for each point.
        dash: How its line is broken: a key of plotly, such as "dot".
        words: What stands at its points.
        texts: What cells show in place of their number, where not ''.
        ends: Lowest and highest value of each range.
        words_only: Whether nothing but its words is drawn.
        rings: Whether points are rings without a line.
        listed: Whether the legend names it.
        width: Points of its line.
    """

    name: str
    values: tuple[int | None, ...]
    kind: Kind
    colour: str | tuple[str, ...] = theme.BLUE
    dash: str = "solid"
    words: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    ends: tuple[tuple[int, int] | None, ...] = ()
    words_only: bool = False
    rings: bool = False
    listed: bool = True
    width: float = 2.25


def chart_series(plot: Plot, lang: str) -> tuple[tuple[str, ...], list[ChartSeries]]:
    """Names of the categories of a figure, and its series in the order in which they are drawn."""
    if plot.form in ("lines", "panels"):
        return plot.categories, _lines(plot, lang)
    return _bars(plot, lang)


def _lines(plot: Plot, lang: str) -> list[ChartSeries]:
    """The usual range as a band or two lines, then the lines of each series."""
    lines: list[ChartSeries] = []
    if any(plot.usual):
        name = plot.usual_name or translate("report.usual_name", lang)
        lows = tuple(number and number.low for number in plot.usual)
        highs = tuple(number and number.high for number in plot.usual)
        lower_name = translate("report.low", lang, label=name)
        if all(plot.usual):
            heights = tuple(n.high - n.low for n in plot.usual if n)
            lines.append(ChartSeries(lower_name, lows, "area", "", listed=False))
            lines.append(ChartSeries(name, heights, "area", theme.SEQUENTIAL["total"][0]))
        else:  # a filled band would fall to nought in months without a usual range
            grey = theme.NEUTRAL
            lines.append(ChartSeries(lower_name, lows, "line", grey, "dot", listed=False, width=1))
            lines.append(ChartSeries(name, highs, "line", grey, "dot", width=1))
    for series in plot.series:
        lines += _line(plot, series, lang)
    return lines


def _line(plot: Plot, series: Series, lang: str) -> Iterator[ChartSeries]:
    """The lines of one series: its settled months, then those that still fill up.

    Where more is expected these are rings at what was reported, and a dashed line to the expected.
    """
    periods, colour = len(plot.categories), str(series.colour or theme.BLUE)
    settled = periods if series.is_target else plot.settled
    open_count = periods - settled
    settled_numbers = [number if at < settled else None for at, number in enumerate(series.numbers)]
    expects = open_count > 0 and any(series.expected[settled:])
    yield _series_of(series.name, settled_numbers, "line", colour=colour, dash=series.dash,
                     words=() if open_count else _words_at_end(series.numbers))  # fmt: skip
    if not open_count:
        return
    last_settled = max(settled - 1, 0)
    open_months = [n if at >= last_settled else None for at, n in enumerate(series.numbers)]
    name = f"{series.name} ({plot.provisional_name or translate('report.open', lang)})"
    if not expects:
        yield _series_of(name, open_months, "line", colour=colour, dash="dot", listed=False,
                         words=_words_at_end(series.numbers))  # fmt: skip
        return
    so_far = [n if at >= settled else None for at, n in enumerate(series.numbers)]
    yield _series_of(name, so_far, "line", colour=colour, rings=True,
                     words=_words_at_end(series.numbers))  # fmt: skip
    # Where nearly all is in, the line leads to what was reported.
    expected = [
        (series.expected[at] or number) if at >= last_settled else None
        for at, number in enumerate(series.numbers)
    ]
    words = tuple("" if at < periods - 1 or n is None else n.hover for at, n in enumerate(expected))
    yield _series_of(translate("report.expected", lang, label=series.name), expected, "line",
                     colour=colour, dash="dash", words=words)  # fmt: skip


def _words_at_end(numbers: Sequence[Number | None]) -> tuple[str, ...]:
    """The text of the last number at its place, and '' at all others."""
    last = max((at for at, number in enumerate(numbers) if number), default=-1)
    return tuple(n.text if n and at == last else "" for at, n in enumerate(numbers))


def _bars(plot: Plot, lang: str) -> tuple[tuple[str, ...], list[ChartSeries]]:
    """Names of the categories, and series of bars with the words behind the end of each range."""
    if plot.form == "grouped":
        return _in_one_series(plot)
    names = plot.categories
    if plot.form == "stacked":
        texts = plot.texts or tuple(total.text for total in plot.totals)
        if texts:
            names = tuple(f"{name}: {text}" for name, text in zip(names, texts, strict=True))
        parts = [_bar(series, plain=True) for series in plot.series]
        if parts and plot.totals:
            parts[-1] = replace(parts[-1], ends=_at_end(parts, plot.totals))
        return names, parts
    if plot.form == "mirrored":
        left, right = plot.series
        both = (_mirrored(_bar(left)), _bar(right))
        return names, [*both, *_words_behind(both[0], is_left=True), *_words_behind(both[1])]
    bars = [_bar(series) for series in plot.series]
    if plot.form == "strips":
        open_months = range(plot.settled, len(names))
        return names, [_lightened(bar, open_months) for bar in bars]
    if plot.texts or plot.usual:
        bars = [replace(bars[0], words=_with_usual(plot, bars[0].words, lang))]
    return names, [*bars, *_words_behind(bars[0])]


def _at_end(
    parts: Sequence[ChartSeries], totals: Sequence[Number]
) -> tuple[tuple[int, int] | None, ...]:
    """Ranges of the totals of stacks, as values of their last part, at whose end they are drawn.

    Parts are protected numbers and need not add up to their total.
    """
    ends, stacks = _ends(totals), zip(*(part.values for part in parts), strict=True)
    pairs = zip(stacks, ends, strict=True) if ends else ()
    ranges: list[tuple[int, int] | None] = []
    for stack, end in pairs:
        last, total = stack[-1] or 0, sum(value or 0 for value in stack)
        ranges.append(end and (last + min(0, end[0] - total), last + max(0, end[1] - total)))
    return tuple(ranges)


def _in_one_series(plot: Plot) -> tuple[tuple[str, ...], list[ChartSeries]]:
    """Groups of bars as rows of one series, the words of each behind its range."""
    rows = [
        (f"{name}: {series.name}", series.numbers[at], str(series.colour or theme.BLUE))
        for at, name in enumerate(plot.categories)
        for series in plot.series
    ]
    names, numbers, colours = zip(*rows, strict=True)
    bar = _bar(Series("", numbers, colours))
    return names, [bar, *_words_behind(bar)]


def _with_usual(plot: Plot, words: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """The words of each bar, with its usual number where it has one."""
    texts = plot.texts or words
    if not plot.usual:
        return texts
    return tuple(
        translate("report.usual", lang, text=text, usual=usual.text) if usual else text
        for text, usual in zip(texts, plot.usual, strict=True)
    )


def _bar(series: Series, *, plain: bool = False) -> ChartSeries:
    """A series as bars; ``plain`` ones have neither words nor ranges."""
    words = () if plain else tuple(number.text if number else "" for number in series.numbers)
    bar = _series_of(series.name, series.numbers, "bar", words=words,
                     colour=series.colour or theme.BLUE)  # fmt: skip
    return replace(bar, ends=()) if plain else bar


def _mirrored(bar: ChartSeries) -> ChartSeries:
    """Bars that run to the left: their values and ranges are negative."""
    ends = tuple(end and (-end[1], -end[0]) for end in bar.ends)
    return replace(bar, values=tuple(v and -v for v in bar.values), ends=ends)


def _lightened(bar: ChartSeries, open_months: range) -> ChartSeries:
    """Bars whose colour is pale in the months that still fill up."""
    pale, colour = theme.SEQUENTIAL["total"][1], str(bar.colour)
    colours = tuple(pale if at in open_months else colour for at in range(len(bar.values)))
    return replace(bar, colour=colours if open_months else colour)


def _words_behind(bar: ChartSeries, *, is_left: bool = False) -> Iterator[ChartSeries]:
    """An unseen series with the words of bars that have ranges, at the far ends of these."""
    if not bar.ends or not any(bar.words):
        return
    far = tuple(
        value if value is None or end is None else (end[0] if is_left else end[1])
        for value, end in zip(bar.values, bar.ends, strict=True)
    )
    yield replace(
        bar, name=f"{bar.name} >", values=far, words_only=True, listed=False, ends=(), texts=()
    )


def _series_of(name: str, numbers: Sequence[Number | None], kind: Kind, **look: Any) -> ChartSeries:
    """A series of numbers with their ranges, and with the texts that are shown for some."""
    texts = tuple("" if n is None or reads_as_number(n.text) else n.text for n in numbers)
    values = tuple(number and number.value for number in numbers)
    return ChartSeries(name, values, kind, texts=texts, ends=_ends(numbers), **look)


def reads_as_number(text: str) -> bool:
    """Whether a text gives a number ("27", "54 so far"), and not words or a range.

    >>> reads_as_number("1,285"), reads_as_number("a few"), reads_as_number("3–34")
    (True, False, False)
    """
    return text[:1].isdigit() and "–" not in text


def _ends(numbers: Sequence[Number | None]) -> tuple[tuple[int, int] | None, ...]:
    """The range of each number, which holds the number itself; () where none has any width."""
    ends = tuple(n and (min(n.low, n.value), max(n.high, n.value)) for n in numbers)
    return ends if any(end and end[0] < end[1] for end in ends) else ()
