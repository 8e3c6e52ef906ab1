"""Bar charts: ranked, grouped and mirrored, with the value at each bar instead of gridlines.

Only drawing belongs here; callers rank, group and choose colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from dashboard.figures import theme
from dashboard.figures.elements import ROUGH, texts, whiskers
from dashboard.figures.plot import Clicks, Look, Number, Plot, Series
from dashboard.figures.text import escaped, wrapped
from dashboard.figures.theme import Figure

#: Pixels of a bar with its label, more than so many bars, pixels of one of these, and few bars.
_ROW, _MANY, _LOW_ROW, _FEW = 36, 8, 27, 3
#: Lines of a label that a row holds, and pixels of one more.
_TWO, _LINE = 2, 16
_LABEL_WIDTH = 22
#: Between a line and the text behind it.
_GAP = "\u2002"
#: Pixels of names and stacks beside texts of more than a number, and of a letter of these.
_BESIDE, _LETTER = 300, 7
#: Pixels between a legend and the first bar under it.
_ABOVE = 4


def bars(plot: Plot) -> Figure:
    """Horizontal bars of one series, the first one on top, each with its number.

    A thin line at the end of a bar is its range, nineteen times in twenty; a ring is the usual
    number.
    """
    labels, (series,) = plot.categories, plot.series
    bar_texts = list(plot.texts) or [number.text for number in series.known_numbers]
    marker: Figure = {"color": _as_json(series.colour)}
    # With a colour for each bar plotly finds none for the pattern, and warns in the console; there
    # "unknown" has a colour of its own instead.
    if any(series.pattern) and isinstance(series.colour, str):
        marker["pattern"] = {**_pattern(series.pattern), "fgcolor": theme.SURFACE}
    trace: Figure = _bar(plot, series) | {"marker": marker}
    usual = [number.value if number else 0 for number in plot.usual] or [0] * len(labels)
    highs = [number.reach for number in series.known_numbers]
    ends = [max(pair) for pair in zip(highs, usual, strict=True)]
    # A ring is wider than the end of a line.
    bar_texts = [
        f"{_GAP if ring >= high else ''}{text}"
        for text, ring, high in zip(bar_texts, usual, highs, strict=True)
    ]
    rings = [_rings(trace["y"], plot.usual)] if plot.usual else []
    data = [trace, *rings, _texts(trace["y"], ends, bar_texts)]
    meta = {"height": 32 + _row_height(labels) * len(labels)}
    return _figure(plot, "bars", data, _reach(ends, bar_texts), meta, bargap=_gap(len(labels)))


def shares(plot: Plot) -> Figure:
    """Horizontal bars of percents, each on a track that ends at 100, with its number behind it."""
    labels, (series,) = plot.categories, plot.series
    whole = tuple(replace(number, value=100) for number in series.known_numbers)
    track = _bar(plot, replace(series, numbers=whole, colour=theme.SUNKEN), has_whiskers=False) | {
        "hoverinfo": "skip",
        "text": [number.text for number in whole],
        "textposition": "outside",
        "textfont": {"size": 13, "color": theme.TEXT, "weight": 600},
    }
    del track["hovertemplate"], track["hovertext"]
    data, reach = [track, _bar(plot, series)], _reach([100], track["text"])
    meta = {"height": 32 + _row_height(labels) * len(labels)}
    return _figure(plot, "share-bars", data, reach, meta, barmode="overlay", bargap=0.5)


def _figure(
    plot: Plot, form: str, data: list[Figure], reach: float, meta: Figure, **layout: Any
) -> Figure:
    """Bars with what stands behind them, on a scale from 0 that is not shown.

    Args:
        plot: The chart.
        form: Name of the form for the browser.
        data: Traces of plotly.
        reach: End of the scale.
        meta: What the browser must know besides, such as the height.
        **layout: What else plotly's layout takes.
    """
    return {
        "data": data,
        "layout": theme.layout(
            **layout,
            xaxis=theme.axis(visible=False, range=[0, reach]),
            yaxis=_label_axis(plot.categories),
            meta={"form": form, **meta, **_click_meta(plot.clicks)},
        ),
    }


def _reach(values: Sequence[float], texts: Sequence[str]) -> float:
    """End of the axis: the longest bar, and room for the longest text behind it."""
    room = 1.06 + 0.03 * max(map(len, texts), default=0)
    return room * max(1, max(values, default=1))


def grouped(plot: Plot) -> Figure:
    """Horizontal bars of several series beside each other, with a legend on top.

    Each bar has its number and the range of that.
    """
    traces = _traces(plot, apart=True)
    behind = [
        _texts_of_group(trace, series) for trace, series in zip(traces, plot.series, strict=True)
    ]
    numbers = [number for series in plot.series for number in series.known_numbers]
    reach = _reach([number.reach for number in numbers], [number.text for number in numbers])
    rows = len(plot.categories) * max(1, 0.62 * len(plot.series))
    return _with_legend(plot, [*traces, *behind], "group", reach, round(72 + _ROW * rows))


def stacked(plot: Plot) -> Figure:
    """Horizontal bars whose parts are the series, with a legend on top.

    Parts have neither number nor line inside: their numbers stand in the table twin and where a
    reader points; behind the stack stands its total with its range, where there is one.
    """
    traces = _traces(plot, apart=False)
    for trace in traces:
        trace["marker"]["line"] = {"color": theme.SURFACE, "width": 1}
    stacks = zip(*(series.numbers for series in plot.series), strict=True)
    sums = [sum(number.value for number in parts if number) for parts in stacks]
    ends = [number.reach for number in plot.totals] or sums
    words = list(plot.texts) or [number.text for number in plot.totals]
    behind = _behind_stacks(traces[0]["y"], plot.totals, words) if traces and plot.totals else []
    # Its legend needs room on a phone, however few stacks there are; those stay as thin as bars.
    rows = len(plot.categories)
    low = {"bargap": _gap(rows)} if rows < _FEW else {}
    height = round(72 + _ROW * max(rows, _FEW))
    return _with_legend(plot, [*traces, *behind], "stack", _reach(ends, words), height, **low)


def _traces(plot: Plot, *, apart: bool) -> list[Figure]:
    """A trace of bars for each series; ``apart`` they stand side by side, each with its range."""
    return [
        _bar(plot, series, has_whiskers=apart) | {"offsetgroup": str(index if apart else 0)}
        for index, series in enumerate(plot.series)
    ]


def _with_legend(
    plot: Plot, data: list[Figure], mode: str, reach: float, height: int, **layout: Any
) -> Figure:
    """Bars of several series with a legend on top; ``mode`` is plotly's: "group" or "stack"."""
    meta: Figure = {"height": height}
    if plot.texts:
        meta["min_width"] = _BESIDE + _LETTER * max(map(len, plot.texts))
    legend = {
        "orientation": "h",
        "x": 0,
        "y": 1 + _ABOVE / height,
        "yanchor": "bottom",
        "font": {"size": 12, "color": theme.TEXT_2},
        "traceorder": "normal",
    }
    layout |= {"bargroupgap": 0.12, "showlegend": True, "legend": legend}
    figure = _figure(plot, "grouped-bars", data, reach, meta, barmode=mode, **layout)
    ends = [len(plot.categories) - 0.5, -0.5]
    figure["layout"]["yaxis"] |= {"range": ends, "autorange": False}
    return figure


def mirrored(plot: Plot) -> Figure:
    """Two series back to back, such as age by sex: the first one to the left."""
    labels, (left, right) = plot.categories, plot.series
    left_ends = [-number.reach for number in left.known_numbers]
    right_ends = [number.reach for number in right.known_numbers]
    longest = 1.25 * max(1, -min(left_ends, default=0), max(right_ends, default=0))
    left_bars, right_bars = _bar(plot, left), _bar(plot, right)
    # Values to the left are below 0, so the ends of their lines change sides.
    left_bars["x"] = [-number.value for number in left.known_numbers]
    lines: Any = left_bars.get("error_x")
    if lines:
        lines["array"], lines["arrayminus"] = lines["arrayminus"], lines["array"]
    behind = [
        _texts(left_bars["y"], ends, [number.text for number in side.known_numbers])
        for ends, side in ((left_ends, left), (right_ends, right))
    ]
    return {
        "data": [left_bars, right_bars, *behind],
        "layout": theme.layout(
            barmode="overlay",
            margin={"l": 8, "r": 16, "t": 32, "b": 8},
            xaxis=theme.axis(
                showticklabels=False,
                range=[-longest, longest],
                zeroline=True,
                zerolinecolor=theme.BORDER_STRONG,
            ),
            yaxis=_label_axis(labels),
            annotations=[
                _side(left, anchor="right", shift=-8),
                _side(right, anchor="left", shift=8),
            ],
            meta={
                "form": "mirrored-bars",
                "height": 64 + _row_height(labels) * len(labels),
                **_click_meta(plot.clicks),
            },
        ),
    }


def _bar(plot: Plot, series: Series, *, has_whiskers: bool = True) -> Figure:
    """The horizontal bars of a series as a trace, with the range of each number as a line."""
    lead = f"<b>{escaped(series.name)}</b>, " if series.name else ""
    numbers = series.known_numbers
    return {
        **({"opacity": ROUGH} if plot.is_rough else {}),
        **(_whiskers(numbers) if has_whiskers else {}),
        **({"customdata": list(plot.clicks.codes)} if plot.clicks else {}),
        "type": "bar",
        "orientation": "h",
        "name": escaped(series.name),
        "y": [wrapped(label, _LABEL_WIDTH) for label in plot.categories],
        "x": [number.value for number in numbers],
        "marker": {"color": _as_json(series.colour), "pattern": _pattern(series.pattern)},
        "textposition": "none",
        "textfont": {"size": 12, "color": theme.TEXT},
        "cliponaxis": False,
        "constraintext": "none",
        "hovertext": [escaped(number.hover) for number in numbers],
        "hovertemplate": f"{lead}%{{y}}: %{{hovertext}}<extra></extra>",
    }


def _as_json(look: Look) -> str | list[str]:
    """A colour or pattern of all bars, or of each, as plotly takes it."""
    return look if isinstance(look, str) else list(look)


def _whiskers(numbers: Sequence[Number]) -> Figure:
    """Lines over the range of each number, along the bars."""
    return whiskers("x", numbers, theme.TEXT_2, width=3)


def _texts(places: Sequence[str], ends: Sequence[float], bar_texts: Iterable[str]) -> Figure:
    """The text behind each bar and its line; a bar's own text would stand on the line."""
    return texts(
        ends,
        places,
        (
            f"{text}{_GAP}" if end < 0 else f"{_GAP}{text}"
            for text, end in zip(bar_texts, ends, strict=True)
        ),
        textposition=["middle left" if end < 0 else "middle right" for end in ends],
        showlegend=False,
    )


def _texts_of_group(trace: Figure, series: Series) -> Figure:
    """Texts behind the bars of one of several series, and behind their lines.

    Only bars know which place in a row is theirs, so these are bars of no length.
    """
    numbers = series.known_numbers
    return {
        "type": "bar",
        "orientation": "h",
        "y": trace["y"],
        "base": [number.reach for number in numbers],
        "x": [0] * len(numbers),
        "offsetgroup": trace["offsetgroup"],
        "marker": {"color": "rgba(0,0,0,0)"},
        "text": [f"{_GAP}{number.text}" for number in numbers],
        "textposition": "outside",
        "textfont": {"size": 12, "color": theme.TEXT},
        "cliponaxis": False,
        "constraintext": "none",
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _behind_stacks(
    places: Sequence[str], totals: Sequence[Number], words: Sequence[str]
) -> list[Figure]:
    """The text of each stack, behind a line over the range of its total."""
    behind = _texts(places, [number.reach for number in totals], words)
    ranges = _whiskers(totals)
    if not ranges:
        return [behind]
    lines = {
        "type": "scatter",
        "mode": "markers",
        "y": list(places),
        "x": [number.value for number in totals],
        "marker": {"symbol": "circle", "size": 1, "color": theme.TEXT_2},
        "hoverinfo": "skip",
        "showlegend": False,
        **ranges,
    }
    return [lines, behind]


def _click_meta(clicks: Clicks | None) -> Figure:
    """What scripts need for a click: its filter, and the name and hint of each code."""
    if clicks is None or not any(clicks.codes):
        return {}
    rows = zip(clicks.codes, clicks.labels, clicks.hints, strict=True)
    choices = {
        code: {"label": escaped(label), "said": escaped(hint)} for code, label, hint in rows if code
    }
    return {"click": clicks.name, "choices": choices}


def _rings(places: Sequence[str], usual: Sequence[Number | None]) -> Figure:
    """A ring at the usual end of each bar."""
    return {
        "type": "scatter",
        "mode": "markers",
        "y": list(places),
        "x": [number and number.value for number in usual],
        "marker": {
            "symbol": "circle",
            "size": 9,
            "color": theme.SURFACE,
            "line": {"color": theme.TEXT, "width": 1.5},
        },
        "cliponaxis": False,
        "hovertext": [escaped(number.hover) if number else "" for number in usual],
        "hovertemplate": "%{y}: %{hovertext}<extra></extra>",
    }


def _gap(bars: int) -> float:
    """Share of a bar's room that stays empty, so that bars stay thin in a card that grew."""
    if bars > _MANY:
        return 0.32
    if bars > _FEW:
        return 0.5
    return 0.6 if bars == _FEW else 0.78


def _row_height(labels: Sequence[str]) -> int:
    """Pixels of a bar with its label: low for many short labels, high for long ones."""
    lines = max((wrapped(label, _LABEL_WIDTH).count("<br>") + 1 for label in labels), default=1)
    if lines == 1 and len(labels) > _MANY:
        return _LOW_ROW
    return _ROW + _LINE * max(0, lines - _TWO)


def _pattern(shape: Look) -> dict[str, Any]:
    """The pattern on all bars, or on each."""
    return {"shape": _as_json(shape), "size": 6, "solidity": 0.35, "fillmode": "overlay"}


def _label_axis(labels: Sequence[str]) -> Figure:
    """The axis of labels beside bars, the first one on top."""
    names = [wrapped(label, _LABEL_WIDTH) for label in labels]
    return theme.axis(
        type="category",
        categoryorder="array",
        categoryarray=names,
        autorange="reversed",
        tickfont={"size": 13, "color": theme.TEXT},
        ticklabelstandoff=6,
    )


def _side(series: Series, *, anchor: str, shift: int) -> Figure:
    """The name of one side above the middle, with its colour."""
    text = f"<span style='color:{series.colour}'>■</span> <b>{escaped(series.name)}</b>"
    return theme.annotation(text, 0, 1, size=13, xanchor=anchor, xshift=shift, yshift=4)
