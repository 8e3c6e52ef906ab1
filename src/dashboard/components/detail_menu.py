"""The menu of how fine a card shows its numbers.

Its entries are the rungs that the exhibit offers in this view, and the usual choice among them. A
finer one than that is drawn as rough; the exhibit decides that, not the menu.
"""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components import links
from dashboard.exhibits.exhibit import Detail, Exhibit
from dashboard.exhibits.registry import Option
from dashboard.filters import Reading
from dashboard.words.catalogue import begin, say


def detail_menu(exhibit: Exhibit, option: Option, reading: Reading) -> html.Details | None:
    """The menu of an exhibit's ladder; None where it has one rung or none.

    Args:
        exhibit: The rendered exhibit.
        option: Its choice among rungs, the usual one first.
        reading: The view it answers.
    """
    detail, lang = exhibit.detail, reading.filters.lang
    if detail is None or len(detail.rungs) < 2:  # noqa: PLR2004 -- one is no choice
        return None
    usual = option.values[0]
    now = detail.rung if detail.is_chosen else usual
    return html.Details(
        [
            html.Summary(
                say("ladder.menu", lang),
                className="button button--quiet",
                **{"aria-label": f"{say('ladder.menu', lang)}: {exhibit.title}"},
            ),
            html.Ul(
                [
                    html.Li(_entry(value, detail, option, reading, is_now=value == now))
                    for value in (usual, *detail.rungs)
                ],
                className="menu",
            ),
        ],
        className="disclosure detail-menu",
        **{"data-disclosure": ""},
    )


def _entry(value: str, detail: Detail, option: Option, reading: Reading, *, is_now: bool) -> html.A:
    lang, usual = reading.filters.lang, option.values[0]
    key = "ladder.auto" if value == usual else f"ladder.{detail.ladder}.{value}"
    current: dict[str, Any] = {"aria-current": "true"} if is_now else {}
    return html.A(
        begin(say(key, lang)),
        href=links.with_option(reading, option.name, value, default=usual),
        className="menu-item",
        **{"data-view": "", **current},
    )
