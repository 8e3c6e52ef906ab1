"""What changed: sentences with an arrow, their doubts, and the way to look into each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.filters import Reading
from dashboard.words.catalogue import say

_ARROWS = {"up": "arrow-up", "down": "arrow-down"}


def changes(figure: Mapping[str, Any], reading: Reading) -> html.Div:
    """The list of a ``changes`` figure, whose items ``exhibits.changes`` describes."""
    lang = reading.filters.lang
    more = say("overview.changes.more", lang) if figure["left_out"] else ""
    said, action = figure["said"], figure["action"]
    return html.Div(
        [
            html.Ul([_item(item, reading) for item in figure["items"]], className="changes")
            if figure["items"]
            else None,
            html.P(said) if said else None,
            html.P(html.A(action, href=f"?{figure['query']}", **{"data-view": ""}))
            if action
            else None,
            html.P(more, className="quiet") if more else None,
        ]
    )


def _item(item: Mapping[str, Any], reading: Reading) -> html.Li:
    badges = item["doubts"] or [{"id": "sure", "text": item["sure"]}]
    return html.Li(
        [
            html.Span(
                icon(_ARROWS[item["direction"]]),
                className=f"change-mark is-{item['direction']}",
            ),
            html.Div(
                [
                    _link(item, reading),
                    html.Ul([_badge(entry) for entry in badges], className="change-badges"),
                ]
            ),
        ],
        className="change",
    )


def _link(item: Mapping[str, Any], reading: Reading) -> html.A:
    """The sentence with its name in bold, as a link to the filtered page or to a panel of it."""
    before, label, after = item["sentence"].partition(item["label"])
    sentence = [before, html.Strong(label), after]
    if item["page"]:
        path = item["page"]
        target = links.href(reading.filters, reading.options, path)
        return html.A(sentence, href=target, className="change-link", **{"data-nav": path})
    if item["panel"]:
        return html.A(sentence, href=f"#title-{item['panel']}", className="change-link")
    chosen = reading.filters.with_codes(item["filter"], (item["code"],))
    target = links.href(chosen, reading.options)
    return html.A(sentence, href=target, className="change-link", **{"data-view": ""})


def _badge(entry: Mapping[str, str]) -> html.Li:
    sure = entry["id"] == "sure"
    mark = html.Span("✓" if sure else "?", className="change-sign", **{"aria-hidden": "true"})
    return html.Li([mark, entry["text"]], className="badge" if sure else "badge badge--doubt")
