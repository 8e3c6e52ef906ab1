"""Bar charts: ranked, grouped and mirrored, with the value at each bar instead of gridlines.

Only drawing belongs here; callers rank, gather and choose colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures import theme
from dashboard.figures.text import NumberFormat, escaped, wrapped
from dashboard.figures.theme import Figure

#: Pixels of a bar with its label. Few bars have more air than many, and two lines need more.
_ROW, _MANY, _LOW_ROW, _FEW = 36, 8, 27, 3
#: Lines of a label that a row holds, and pixels of one more.
_TWO, _LINE = 2, 16
_LABEL_WIDTH = 22
#: Between a line and what stands behind it.
_GAP = "\u2002"
#: Pixels of names and stacks beside texts of more than a number, and of a letter of these.
_BESIDE, _LETTER = 300, 7
#: Pixels between a legend and the first bar under it.
_ABOVE = 4
#: Bars whose numbers tell little are lighter.
_ROUGH = 0.55


@dataclass(frozen=True)
class Group:
    """One group of bars over the same labels: its name, numbers and look."""

    name: str
    values: Sequence[int]
    colour: str
    pattern: str = ""


@dataclass(frozen=True)
class Clicks:
    """What a click on a bar chooses.

    Attributes:
        name: A filter.
        codes: Its code per bar, '' for a bar without one.
        labels: Name of each bar.
        said: What a click on each bar does, in words.
    """

    name: str
    codes: Sequence[str]
    labels: Sequence[str]
    said: Sequence[str]


def bars(
    labels: Sequence[str],
    values: Sequence[int],
    *,
    colour: str | Sequence[str],
    number_format: NumberFormat,
    texts: Sequence[str] | None = None,
    patterns: Sequence[str] | None = None,
    clicks: Clicks | None = None,
    usual: Sequence[int | None] | None = None,
) -> Figure:
    """Horizontal bars, the first one on top, each with its value.

    A thin line at the end of a bar is where its number lies, nineteen times in twenty.

    Args:
        labels: Name of each bar.
        values: Length of each bar, 0 or more.
        colour: One colour, or one per bar.
        number_format: How the numbers are said.
        texts: What stands at each bar's end; the number alone when left out.
        patterns: Fill pattern per bar, for codes that mean "uncertain".
        clicks: What a click on a bar chooses.
        usual: What each bar usually is, drawn as a ring; None for a bar without.

    Returns:
        A figure as a dict.
    """
    said = list(map(number_format.mark, values)) if texts is None else list(texts)
    trace = _bar(labels, Group("", values, ""), number_format) | {
        "marker": {"color": colour if isinstance(colour, str) else list(colour)},
        "textposition": "none",
    }
    if patterns is not None and any(patterns):
        # Of many colours plotly cannot tell one that stands out, and says so in the console.
        trace["marker"]["pattern"] = {**_pattern(list(patterns)), "fgcolor": theme.SURFACE}
    if clicks is not None:
        trace["customdata"] = list(clicks.codes)
    known = [value or 0 for value in usual or [0] * len(labels)]
    highs = [_high(value, number_format) for value in values]
    ends = [max(pair) for pair in zip(highs, known, strict=True)]
    # A ring is wider than the end of a line.
    said = [
        f"{_GAP if ring >= high else ''}{text}"
        for text, ring, high in zip(said, known, highs, strict=True)
    ]
    return {
        "data": [
            trace,
            *([_rings(trace["y"], usual, number_format)] if usual else []),
            _texts(trace["y"], ends, said),
        ],
        "layout": theme.layout(
            bargap=_gap(len(labels)),
            xaxis=theme.axis(visible=False, range=[0, _reach(ends, said)]),
            yaxis=_label_axis(labels),
            meta={
                "form": "bars",
                "height": 32 + _row(labels) * len(labels),
                **_clicked(clicks),
            },
        ),
    }


def share_bars(
    labels: Sequence[str],
    shares: Sequence[int],
    *,
    colour: str,
    number_format: NumberFormat,
) -> Figure:
    """Horizontal bars of percents, each on a track that ends at 100, with its value behind it.

    Args:
        labels: Name of each bar, the first one on top.
        shares: Length of each bar in percent, 0 to 100.
        colour: Colour of the bars.
        number_format: How percents are said.
    """
    track = _bar(labels, Group("", [100] * len(labels), theme.SUNKEN), number_format) | {
        "hoverinfo": "skip",
        "text": list(map(number_format.mark, shares)),
        "textfont": {"size": 13, "color": theme.TEXT, "weight": 600},
    }
    del track["hovertemplate"], track["hovertext"]
    trace = _bar(labels, Group("", shares, colour), number_format) | {"textposition": "none"}
    return {
        "data": [track, trace],
        "layout": theme.layout(
            barmode="overlay",
            bargap=0.5,
            xaxis=theme.axis(visible=False, range=[0, 116]),
            yaxis=_label_axis(labels),
            meta={"form": "share-bars", "height": 32 + _row(labels) * len(labels)},
        ),
    }


def _reach(values: Sequence[float], texts: Sequence[str]) -> float:
    """End of the axis: the longest bar, and room for the longest text behind it."""
    room = 1.06 + 0.03 * max(map(len, texts), default=0)
    return room * max(1, max(values, default=1))


def grouped_bars(
    labels: Sequence[str],
    groups: Sequence[Group],
    *,
    number_format: NumberFormat,
    stacked: bool = False,
    totals: NumberFormat | None = None,
    texts: Sequence[str] | None = None,
    clicks: Clicks | None = None,
) -> Figure:
    """Horizontal bars of several groups over the same labels, with a legend on top.

    Each bar has its number and where that lies. Parts of a stack have neither inside: they stand
    in the table twin and on hover; behind the stack stands what it adds up to, with its line.

    Args:
        labels: Name of each bar or stack, the first one on top.
        groups: The groups, each with a number for every label.
        number_format: How the numbers are said.
        stacked: Whether the groups are parts of one bar.
        totals: How the sums of a stack are said; they are not where it is left out.
        texts: What stands behind each stack; the sum alone when left out.
        clicks: What a click on a bar or stack chooses.
    """
    traces = [_bar(labels, group, number_format, whiskers=not stacked) for group in groups]
    for at, trace in enumerate(traces):
        trace |= {"textposition": "none", "offsetgroup": str(0 if stacked else at)}
        if clicks:
            trace["customdata"] = list(clicks.codes)
    if stacked:
        for trace in traces:
            trace["marker"]["line"] = {"color": theme.SURFACE, "width": 1}
        sums = [sum(row) for row in zip(*(group.values for group in groups), strict=True)]
        ends = [_high(value, totals) if totals else value for value in sums]
        said = [*texts] if texts else list(map(totals.mark, sums)) if totals else []
        behind = _behind_stacks(traces[0]["y"], sums, totals, said) if traces and totals else []
        reach = _reach(ends, said)
    else:
        behind = [
            _texts_of_group(trace, group, number_format)
            for trace, group in zip(traces, groups, strict=True)
        ]
        reach = _reach(
            [_high(value, number_format) for group in groups for value in group.values],
            [number_format.mark(value) for group in groups for value in group.values],
        )
    rows = len(labels) * (1 if stacked else max(1, 0.62 * len(groups)))
    # Its legend needs room on a phone, however few stacks there are; those stay as thin as bars.
    low = stacked and len(labels) < _FEW
    height = round(72 + _ROW * (max(rows, _FEW) if low else rows))
    return {
        "data": [*traces, *behind],
        "layout": theme.layout(
            barmode="stack" if stacked else "group",
            **({"bargap": _gap(len(labels))} if low else {}),
            bargroupgap=0.12,
            showlegend=True,
            legend={
                "orientation": "h",
                "x": 0,
                "y": 1 + _ABOVE / height,
                "yanchor": "bottom",
                "font": {"size": 12, "color": theme.TEXT_2},
                "traceorder": "normal",
            },
            xaxis=theme.axis(visible=False, range=[0, reach]),
            yaxis=_label_axis(labels) | {"range": [len(labels) - 0.5, -0.5], "autorange": False},
            meta={
                "form": "grouped-bars",
                "height": height,
                **(
                    {"min_width": _BESIDE + _LETTER * max(map(len, texts), default=0)}
                    if texts
                    else {}
                ),
                **_clicked(clicks),
            },
        ),
    }


def mirrored_bars(
    labels: Sequence[str],
    left: Group,
    right: Group,
    *,
    number_format: NumberFormat,
    clicks: Clicks | None = None,
) -> Figure:
    """Two groups back to back over the same labels, such as age by sex.

    Args:
        labels: Name of each pair, the first one on top.
        left: Group drawn to the left; its values are given as they are, 0 or more.
        right: Group drawn to the right.
        number_format: How the numbers are said.
        clicks: What a click on either bar of a pair chooses.
    """
    sides = (left, right)
    ends = [[_high(value, number_format) for value in group.values] for group in sides]
    longest = 1.25 * max(1, *ends[0], *ends[1])
    traces = [_bar(labels, group, number_format) | {"textposition": "none"} for group in sides]
    if clicks is not None:
        traces = [trace | {"customdata": list(clicks.codes)} for trace in traces]
    traces[0]["x"] = [-value for value in left.values]
    ways: Any = traces[0].get("error_x")
    if ways:
        ways["array"], ways["arrayminus"] = ways["arrayminus"], ways["array"]
    texts = [
        _texts(traces[0]["y"], [sign * end for end in own], map(number_format.mark, group.values))
        for sign, own, group in zip((-1, 1), ends, sides, strict=True)
    ]
    return {
        "data": [*traces, *texts],
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
                "height": 64 + _row(labels) * len(labels),
                **_clicked(clicks),
            },
        ),
    }


def _bar(
    labels: Sequence[str], group: Group, number_format: NumberFormat, *, whiskers: bool = True
) -> Figure:
    named = f"<b>{escaped(group.name)}</b>, " if group.name else ""
    return {
        **({"opacity": _ROUGH} if number_format.rough else {}),
        **(_whiskers(group.values, number_format) if whiskers else {}),
        "type": "bar",
        "orientation": "h",
        "name": escaped(group.name),
        "y": [wrapped(label, _LABEL_WIDTH) for label in labels],
        "x": list(group.values),
        "marker": {"color": group.colour, "pattern": _pattern(group.pattern)},
        "textposition": "outside",
        "textfont": {"size": 12, "color": theme.TEXT},
        "cliponaxis": False,
        "constraintext": "none",
        "hovertext": [escaped(number_format.hover(value)) for value in group.values],
        "hovertemplate": f"{named}%{{y}}: %{{hovertext}}<extra></extra>",
    }


def _whiskers(values: Sequence[int], number_format: NumberFormat) -> Figure:
    """Lines from what each number stands for at least to what it stands for at most."""
    ends = list(map(number_format.interval, values))
    if all(low == high for low, high in ends):
        return {}
    return {
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [high - value for value, (_, high) in zip(values, ends, strict=True)],
            "arrayminus": [value - low for value, (low, _) in zip(values, ends, strict=True)],
            "color": theme.TEXT_2,
            "thickness": 1,
            "width": 3,
        }
    }


def _high(value: int, number_format: NumberFormat) -> int:
    """Where a bar with its line ends."""
    return max(value, number_format.interval(value)[1])


def _texts(places: Sequence[str], ends: Sequence[float], texts: Iterable[str]) -> Figure:
    """What stands behind each bar and its line; a bar's own text would stand on the line."""
    said = list(texts)
    return {
        "type": "scatter",
        "mode": "text",
        "y": list(places),
        "x": list(ends),
        "text": [
            f"{text}{_GAP}" if end < 0 else f"{_GAP}{text}"
            for text, end in zip(said, ends, strict=True)
        ],
        "textposition": ["middle left" if end < 0 else "middle right" for end in ends],
        "textfont": {"size": 12, "color": theme.TEXT},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _texts_of_group(trace: Figure, group: Group, number_format: NumberFormat) -> Figure:
    """Texts behind the bars of one of several groups, and behind their lines.

    Only bars know which place in a row is theirs, so these are bars of no length.
    """
    return {
        "type": "bar",
        "orientation": "h",
        "y": trace["y"],
        "base": [_high(value, number_format) for value in group.values],
        "x": [0] * len(group.values),
        "offsetgroup": trace["offsetgroup"],
        "marker": {"color": "rgba(0,0,0,0)"},
        "text": [f"{_GAP}{number_format.mark(value)}" for value in group.values],
        "textposition": "outside",
        "textfont": {"size": 12, "color": theme.TEXT},
        "cliponaxis": False,
        "constraintext": "none",
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _behind_stacks(
    places: Sequence[str], sums: Sequence[int], number_format: NumberFormat, said: Sequence[str]
) -> list[Figure]:
    """What is said of each stack, behind a line over what its sum stands for."""
    ends = [_high(value, number_format) for value in sums]
    texts = _texts(places, ends, said)
    whiskers = _whiskers(sums, number_format)
    if not whiskers:
        return [texts]
    lines = {
        "type": "scatter",
        "mode": "markers",
        "y": list(places),
        "x": list(sums),
        "marker": {"symbol": "circle", "size": 1, "color": theme.TEXT_2},
        "hoverinfo": "skip",
        "showlegend": False,
        **whiskers,
    }
    return [lines, texts]


def _clicked(clicks: Clicks | None) -> Figure:
    """What scripts are told of a click: its filter, and of each code the name and what is said."""
    if clicks is None or not any(clicks.codes):
        return {}
    told = zip(clicks.codes, clicks.labels, clicks.said, strict=True)
    choices = {
        code: {"label": escaped(label), "said": escaped(said)} for code, label, said in told if code
    }
    return {"click": clicks.name, "choices": choices}


def _rings(
    places: Sequence[str], usual: Sequence[int | None], number_format: NumberFormat
) -> Figure:
    """A ring where each bar usually ends."""
    return {
        "type": "scatter",
        "mode": "markers",
        "y": list(places),
        "x": list(usual),
        "marker": {
            "symbol": "circle",
            "size": 9,
            "color": theme.SURFACE,
            "line": {"color": theme.TEXT, "width": 1.5},
        },
        "cliponaxis": False,
        "hovertext": [
            "" if value is None else escaped(number_format.hover(value)) for value in usual
        ],
        "hovertemplate": "%{y}: %{hovertext}<extra></extra>",
    }


def _gap(bars: int) -> float:
    """Share of a bar's room that is air, so that one bar is no block."""
    return 0.32 if bars > _FEW else 0.6 if bars == _FEW else 0.78


def _row(labels: Sequence[str]) -> int:
    lines = max((wrapped(label, _LABEL_WIDTH).count("<br>") + 1 for label in labels), default=1)
    if lines == 1 and len(labels) > _MANY:
        return _LOW_ROW
    return _ROW + _LINE * max(0, lines - _TWO)


def _pattern(shape: str | list[str]) -> dict[str, Any]:
    return {"shape": shape, "size": 6, "solidity": 0.35, "fillmode": "overlay"}


def _label_axis(labels: Sequence[str]) -> Figure:
    shown = [wrapped(label, _LABEL_WIDTH) for label in labels]
    return theme.axis(
        type="category",
        categoryorder="array",
        categoryarray=shown,
        autorange="reversed",
        tickfont={"size": 13, "color": theme.TEXT},
        ticklabelstandoff=6,
    )


def _side(group: Group, *, anchor: str, shift: int) -> Figure:
    return {
        "x": 0,
        "xref": "x",
        "xanchor": anchor,
        "xshift": shift,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 4,
        "text": f"<span style='color:{group.colour}'>■</span> <b>{escaped(group.name)}</b>",
        "font": {"size": 13, "color": theme.TEXT},
        "showarrow": False,
    }
