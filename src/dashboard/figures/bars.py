"""Bar charts: ranked, grouped and mirrored, with the value at each bar instead of gridlines.

Only drawing belongs here; callers rank, fold and choose colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures import theme
from dashboard.figures.text import NumberFormat, escaped, wrapped
from dashboard.figures.theme import Figure

#: Pixels of a bar with its label. Few bars have more air than many, and two lines need more.
_ROW, _MANY, _LOW_ROW, _FEW = 36, 8, 27, 3
_LABEL_WIDTH = 22


@dataclass(frozen=True)
class Group:
    """One group of bars over the same labels: its name, numbers and look."""

    name: str
    values: Sequence[int]
    colour: str
    pattern: str = ""


def bars(
    labels: Sequence[str],
    values: Sequence[int],
    *,
    colour: str | Sequence[str],
    number_format: NumberFormat,
    texts: Sequence[str] | None = None,
    patterns: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
) -> Figure:
    """Horizontal bars, the first one on top, each with its value.

    Args:
        labels: Name of each bar.
        values: Length of each bar, 0 or more.
        colour: One colour, or one per bar.
        number_format: How the numbers are said.
        texts: What stands at each bar's end; the number alone when left out.
        patterns: Fill pattern per bar, for codes that mean "uncertain".
        codes: Code per bar, given to a click as ``customdata``.

    Returns:
        A figure as a dict.
    """
    trace = _bar(labels, Group("", values, ""), number_format) | {
        "marker": {"color": colour if isinstance(colour, str) else list(colour)},
        "text": list(map(number_format.mark, values)) if texts is None else list(texts),
    }
    if patterns is not None:
        trace["marker"]["pattern"] = _pattern(list(patterns))
    if codes is not None:
        trace["customdata"] = list(codes)
    return {
        "data": [trace],
        "layout": theme.layout(
            bargap=0.32 if len(labels) > _FEW else 0.6,
            xaxis=theme.axis(visible=False, range=[0, _reach(values, trace["text"])]),
            yaxis=_label_axis(labels),
            meta={"form": "bars", "height": 32 + _row(labels) * len(labels)},
        ),
    }


def share_bars(
    labels: Sequence[str],
    shares: Sequence[int],
    *,
    colour: str,
    number_format: NumberFormat,
    codes: Sequence[str],
) -> Figure:
    """Horizontal bars of percents, each on a track that ends at 100, with its value behind it.

    Args:
        labels: Name of each bar, the first one on top.
        shares: Length of each bar in percent, 0 to 100.
        colour: Colour of the bars.
        number_format: How percents are said.
        codes: Code per bar, given to a click as ``customdata``.
    """
    track = _bar(labels, Group("", [100] * len(labels), theme.SUNKEN), number_format) | {
        "hoverinfo": "skip",
        "text": list(map(number_format.mark, shares)),
        "textfont": {"size": 13, "color": theme.TEXT, "weight": 600},
    }
    del track["hovertemplate"], track["hovertext"]
    trace = _bar(labels, Group("", shares, colour), number_format) | {
        "textposition": "none",
        "customdata": list(codes),
    }
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
) -> Figure:
    """Horizontal bars of several groups over the same labels, with a legend on top.

    Stacked bars carry no values inside: their parts stand in the table twin and on hover.
    """
    traces = [_bar(labels, group, number_format) for group in groups]
    texts = [[number_format.mark(value) for value in group.values] for group in groups]
    for trace, own in zip(traces, texts, strict=True):
        trace["text"] = None if stacked else own
    totals = [
        sum(row) if stacked else max(row) for row in zip(*(g.values for g in groups), strict=True)
    ]
    rows = len(labels) * (1 if stacked else max(1, 0.62 * len(groups)))
    return {
        "data": traces,
        "layout": theme.layout(
            barmode="stack" if stacked else "group",
            bargroupgap=0.12,
            showlegend=True,
            legend={
                "orientation": "h",
                "x": 0,
                "y": 1.02,
                "yanchor": "bottom",
                "font": {"size": 12, "color": theme.TEXT_2},
                "traceorder": "normal",
            },
            xaxis=theme.axis(visible=False, range=[0, _reach(totals, sum(texts, []))]),
            yaxis=_label_axis(labels),
            meta={"form": "grouped-bars", "height": round(72 + _ROW * rows)},
        ),
    }


def mirrored_bars(
    labels: Sequence[str], left: Group, right: Group, *, number_format: NumberFormat
) -> Figure:
    """Two groups back to back over the same labels, such as age by sex.

    Args:
        labels: Name of each pair, the first one on top.
        left: Group drawn to the left; its values are given as they are, 0 or more.
        right: Group drawn to the right.
        number_format: How the numbers are said.
    """
    longest = 1.25 * max(1, *left.values, *right.values)
    traces = [_bar(labels, group, number_format) for group in (left, right)]
    traces[0]["x"] = [-value for value in left.values]
    for trace, group in zip(traces, (left, right), strict=True):
        trace["text"] = list(map(number_format.mark, group.values))
    return {
        "data": traces,
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
            meta={"form": "mirrored-bars", "height": 64 + _row(labels) * len(labels)},
        ),
    }


def _bar(labels: Sequence[str], group: Group, number_format: NumberFormat) -> Figure:
    named = f"<b>{escaped(group.name)}</b>, " if group.name else ""
    return {
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


def _row(labels: Sequence[str]) -> int:
    short = all("<br>" not in wrapped(label, _LABEL_WIDTH) for label in labels)
    return _LOW_ROW if short and len(labels) > _MANY else _ROW


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
