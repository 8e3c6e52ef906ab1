"""The one menu of a card, for what is done less often than looking at its table or saving a file.

On a phone it holds those two as well, and its button is the only one that a card shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from dashboard.components import links
from dashboard.components.detail_menu import details
from dashboard.components.downloads import copies
from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import Option
from dashboard.filters import Reading
from dashboard.words.catalogue import say

#: What a report says itself: whose edition, in which language.
_OF_REPORT = ("edition", "lang", "audience")

#: Where a question is asked on.
_EXPLORE = "explore.answer"


def card_menu(
    exhibit: Exhibit,
    reading: Reading,
    ladder: Option | None,
    *,
    drawn: bool,
    tabled: bool,
    asked: str,
    decides: bool,
    more: Sequence[html.Li] = (),
) -> html.Details:
    """The menu of an exhibit.

    Args:
        exhibit: The rendered exhibit.
        reading: The view it answers.
        ladder: Its choice among rungs, where the head of the card does not show it.
        drawn: Whether scripts draw its figure, so that it can be enlarged.
        tabled: Whether it has a table beside its figure.
        asked: What its files are asked for by.
        decides: Whether the reader may note a decision.
        more: Choices that the head of the card has no room for.
    """
    lang = reading.filters.lang
    label = say("shell.card.more", lang)
    entries = [
        html.Li(_swap(lang), className="on-phones") if tabled else None,
        html.Li(_files(lang), className="on-phones"),
        html.Li(_enlarge(lang), className="card-enlarge") if drawn else None,
        html.Li(_notes(exhibit, lang)) if exhibit.notes else None,
        html.Li(_ask_on(exhibit.ask, lang)) if exhibit.ask and exhibit.id != _EXPLORE else None,
        html.Li(_report(exhibit.id, asked, lang)),
        html.Li(_decision(exhibit.id, asked, lang)) if decides else None,
        details(exhibit, ladder, reading) if ladder else None,
        *more,
        copies(lang),
    ]
    return html.Details(
        [
            html.Summary(
                [icon("more"), html.Span(label, className="sr-only")],
                className="icon-button",
                title=label,
                **{"aria-label": f"{label}: {exhibit.title}"},
            ),
            html.Ul([entry for entry in entries if entry], className="menu"),
        ],
        className="disclosure more",
        **{"data-disclosure": ""},
    )


def _entry(drawing: str, words: Any, attribute: str) -> html.Button:
    """An entry that the browser carries out; its attribute says what."""
    return html.Button(
        [icon(drawing), *words], type="button", className="menu-item", **{attribute: ""}
    )


def _swap(lang: str) -> html.Button:
    """The way to the table and, while that is seen, back to the figure."""
    shown = [
        html.Span(say(f"shell.card.{name}", lang), className=f"to-{name}")
        for name in ("table", "figure")
    ]
    return _entry("table", shown, "data-card-show")


def _files(lang: str) -> html.Button:
    return _entry("download", [say("shell.card.download", lang)], "data-card-files")


def _enlarge(lang: str) -> html.Button:
    return _entry("expand", [say("shell.card.expand", lang)], "data-card-expand")


def _notes(exhibit: Exhibit, lang: str) -> html.Details:
    """All notes, for who reads this figure alone; they open inside of the menu."""
    label = say("shell.card.notes", lang)
    return html.Details(
        [
            html.Summary(
                [icon("note"), label],
                className="menu-item",
                **{"aria-label": f"{label}: {exhibit.title}"},
            ),
            html.Div(
                [
                    html.P(" ".join(exhibit.notes), className="card-notes"),
                    html.A(
                        say("shell.methods_link", lang),
                        href=links.page("/methods", lang),
                        **{"data-nav": "/methods"},
                    ),
                ],
                className="notes-panel",
            ),
        ],
        className="notes",
    )


def _ask_on(ask: str, lang: str) -> html.A:
    """The way to the same cut as a question of the reader's own."""
    return html.A(
        [icon("explore"), say("shell.card.ask_on", lang)],
        href=f"/explore?{ask}",
        className="menu-item",
        **{"data-view": ""},
    )


def _report(exhibit_id: str, asked: str, lang: str) -> html.A:
    """The way into the report that is being made; a link alone where no script runs."""
    parts = (part for part in asked.split("&") if part.partition("=")[0] not in _OF_REPORT)
    figure = f"{exhibit_id}?{'&'.join(parts)}".rstrip("?")
    return html.A(
        [icon("note"), say("report.page.to_report", lang)],
        href=links.page("/report", lang, figures=figure),
        className="menu-item",
        **{
            "data-report": figure,
            "data-added": say("report.page.added", lang, n="{n}"),
            "data-full": say("report.page.full", lang),
            "data-open": say("report.page.open", lang),
        },
    )


def _decision(exhibit_id: str, asked: str, lang: str) -> html.A:
    """The way to the form of a decision, with the figure and its release in it."""
    figure = quote(f"{exhibit_id}?{asked}", safe="")
    form = links.page("/decisions/new", lang)
    return html.A(
        [icon("note"), say("files.note_decision", lang)],
        href=f"{form}{'&' if '?' in form else '?'}figure={figure}",
        className="menu-item",
    )
