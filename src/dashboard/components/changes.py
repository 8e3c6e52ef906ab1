"""What changed: a row each with a dot plot, the judge's word, and the way to look into it.

On one scale for all rows, by square roots so that small rows are seen beside large ones: a ring is
what is usual, a dot the number now, a tick where a change would be noticed. The sentence of a row
is for screen readers; the picture says it to everybody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.filters import Reading
from dashboard.words.catalogue import say

_ARROWS = {"more": "arrow-up", "new": "arrow-up", "fewer": "arrow-down"}
_KEYS = ("usual", "now", "noticed")
#: Share of the scale that a number beside its mark takes.
_NEAR = 16
_HIDDEN = {"aria-hidden": "true"}


def changes(figure: Mapping[str, Any], reading: Reading) -> html.Div:
    """The list of a ``changes`` figure, whose items ``exhibits.overview.changes`` describes."""
    lang, items = reading.filters.lang, figure["items"]
    left = figure["left_out"]
    more = say("overview.changes.more", lang, n=left) if left else ""
    said, action = figure["said"], figure["action"]
    most = max((max(_numbers(item)) for item in items), default=1)
    return html.Div(
        [
            _key(lang) if items else None,
            html.Ul([_item(item, most, reading) for item in items], className="changes")
            if items
            else None,
            html.P(said) if said else None,
            html.P(figure["compared"], className="change-foot") if figure["compared"] else None,
            html.P(
                html.A(action, href=f"?{figure['query']}", **{"data-view": ""}),
                className="change-action",
            )
            if action
            else None,
            html.P(more, className="quiet") if more else None,
        ]
    )


def _key(lang: str) -> html.P:
    """What ring, dot and tick are."""
    return html.P(
        [
            html.Span(
                [html.Span(className=f"change-{name}"), say(f"overview.changes.key_{name}", lang)]
            )
            for name in _KEYS
        ],
        className="change-key",
        **_HIDDEN,
    )


def _item(item: Mapping[str, Any], most: float, reading: Reading) -> html.Li:
    word = item["word"]
    return html.Li(
        [
            html.Div(
                [
                    _link(item, reading),
                    html.P(item["under"], className="change-under", **_HIDDEN),
                ]
            ),
            _dots(item, most),
            html.Span(
                [icon(_ARROWS[word["id"]]) if word["id"] in _ARROWS else None, word["text"]],
                className="change-word",
                **_HIDDEN,
            ),
        ],
        className=f"change is-{item['direction']} is-{word['id']}",
    )


def _numbers(item: Mapping[str, Any]) -> list[float]:
    return [item["now"], item["usual"], item["noticed"] or 0]


def _dots(item: Mapping[str, Any], most: float) -> html.Div:
    """The dot plot of a row; the smaller number stands left of its mark, the larger one right."""
    now, usual, noticed = (100 * sqrt(number / most) for number in _numbers(item))
    left, right = sorted((now, usual))
    ticks = [noticed] if item["noticed"] is not None else []

    def mark(name: str, at: float) -> html.Span:
        return html.Span(className=f"change-{name}", style={"left": f"{at:.1f}%"})

    def number(name: str, at: float) -> html.Span:
        """Behind its mark, and behind a tick that would stand in it."""
        side = "right" if at == right else "left"
        met = [tick for tick in ticks if 0 < (tick - at if side == "right" else at - tick) < _NEAR]
        return html.Span(
            item[f"{name}_text"],
            className=f"change-number is-{name} is-{side}",
            style={"left": f"{(met or [at])[0]:.1f}%"},
        )

    span = {"left": f"{left:.1f}%", "width": f"{right - left:.1f}%"}
    return html.Div(
        html.Div(
            [
                html.Span(className="change-span", style=span),
                *(mark("noticed", tick) for tick in ticks),
                *(mark(name, at) for name, at in (("usual", usual), ("now", now))),
                *(number(name, at) for name, at in (("usual", usual), ("now", now))),
            ],
            className="change-scale",
        ),
        className="change-dots",
        **_HIDDEN,
    )


def _link(item: Mapping[str, Any], reading: Reading) -> html.A:
    """The name, and for screen readers the sentence, as a link to the filtered page or a panel."""
    sentence = [
        html.Strong(item["label"], **_HIDDEN),
        html.Span(item["sentence"], className="sr-only"),
    ]
    if item["page"]:
        path = item["page"]
        target = links.href(reading.filters, reading.options, path)
        return html.A(sentence, href=target, className="change-link", **{"data-nav": path})
    if item["panel"]:
        return html.A(sentence, href=f"#title-{item['panel']}", className="change-link")
    chosen = reading.filters.with_codes(item["filter"], (item["code"],))
    target = links.href(chosen, reading.options)
    return html.A(sentence, href=target, className="change-link", **{"data-view": ""})
