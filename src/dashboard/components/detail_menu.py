"""Choices of a card that are menus: how fine it shows its numbers, and what it shows of them.

How fine is a group of the card's menu: the rungs that the exhibit offers in this view, and the
usual choice among them. A finer one than that is drawn as rough; the exhibit decides that, not the
menu.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parts.ladder import detail_label
from dashboard.exhibits.registry import Option
from dashboard.filters import Reading
from dashboard.words.catalogue import begin, say


def details(exhibit: Exhibit, option: Option, reading: Reading) -> html.Li | None:
    """The rungs of an exhibit's ladder under a heading; None where it has one rung or none.

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
    words = {value: detail_label(detail.ladder, value, lang) for value in detail.rungs}
    name = say("ladder.menu", lang)
    entries = {usual: say("ladder.auto", lang), **words}
    listed = _listed(entries, option, reading, now)
    return html.Li(
        [
            html.Span(name, className="menu-heading"),
            html.Ul(listed, **{"aria-label": f"{name}: {exhibit.title}"}),
        ],
        className="menu-choice",
    )


def choice_menu(exhibit: Exhibit, option: Option, reading: Reading) -> html.Details:
    """The menu of what a card shows; it is called by what it shows now, where that is short.

    Args:
        exhibit: The rendered exhibit.
        option: The choice, the usual one first.
        reading: The view it answers.
    """
    lang = reading.filters.lang
    entries = {
        value: option.names.get(value) or say(f"shell.option.{option.name}_{value}", lang)
        for value in option.values
    }
    now = exhibit.options.get(option.name, option.values[0])
    about = say(f"shell.option.{option.name}", lang)
    name = f"{about}: {entries[now]}. {exhibit.title}"
    # Names that a release gives can be long.
    label = about if option.names else entries[now]
    return html.Details(
        [
            html.Summary(label, className="button button--quiet", **{"aria-label": name}),
            html.Ul(_listed(entries, option, reading, now), className="menu menu-choice"),
        ],
        className="disclosure detail-menu",
        **{"data-disclosure": ""},
    )


def _listed(
    entries: Mapping[str, str], option: Option, reading: Reading, now: str
) -> list[html.Li]:
    """Links, one for each value of an option."""
    return [
        html.Li(_entry(value, words, option, reading, is_now=value == now))
        for value, words in entries.items()
    ]


def _entry(value: str, words: str, option: Option, reading: Reading, *, is_now: bool) -> html.A:
    current: dict[str, Any] = {"aria-current": "true"} if is_now else {}
    return html.A(
        begin(words),
        href=links.with_option(reading, option.name, value, default=option.values[0]),
        className="menu-item",
        **{"data-view": "", **current},
    )
