"""Menus of a card: how fine it shows its numbers, and what it shows of them.

The entries of the first are the rungs that the exhibit offers in this view, and the usual choice
among them. A finer one than that is drawn as rough; the exhibit decides that, not the menu.
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
    words = {value: detail_label(detail.ladder, value, lang) for value in detail.rungs}
    name = say("ladder.menu", lang)
    entries = {usual: say("ladder.auto", lang), **words}
    return _menu(name, f"{name}: {exhibit.title}", entries, option, reading, now)


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
    return _menu(label, name, entries, option, reading, now)


def _menu(
    label: str, name: str, entries: Mapping[str, str], option: Option, reading: Reading, now: str
) -> html.Details:
    """A menu of links, one for each value of an option."""
    return html.Details(
        [
            html.Summary(label, className="button button--quiet", **{"aria-label": name}),
            html.Ul(
                [
                    html.Li(_entry(value, words, option, reading, is_now=value == now))
                    for value, words in entries.items()
                ],
                className="menu",
            ),
        ],
        className="disclosure detail-menu",
        **{"data-disclosure": ""},
    )


def _entry(value: str, words: str, option: Option, reading: Reading, *, is_now: bool) -> html.A:
    current: dict[str, Any] = {"aria-current": "true"} if is_now else {}
    return html.A(
        begin(words),
        href=links.with_option(reading, option.name, value, default=option.values[0]),
        className="menu-item",
        **{"data-view": "", **current},
    )
