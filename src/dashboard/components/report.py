"""The page of a report: its figures and their order, a preview, for whom, and as what.

What it shows is made in ``dashboard.report.page``; ``assets/js/report.js`` adds dragging and own
words, and fetches the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.components.writer import write


@dataclass(frozen=True)
class Choice:
    """A link that changes the report: its words, where it leads, if it is so, a line about it."""

    label: str
    href: str
    is_now: bool = False
    about: str = ""


@dataclass(frozen=True)
class Item:
    """A figure of the report.

    Attributes:
        figure: The exhibit with its query string.
        title, kind, subtitle: Its finding, what a page calls it, and what it shows.
        look, up, down, away: Links that look at it, move it, and take it out; '' for none.
        page: Where its own page shows it.
        is_now: Whether it is looked at.
    """

    figure: str
    title: str
    kind: str
    subtitle: str
    look: str
    up: str
    down: str
    away: str
    page: str
    is_now: bool


@dataclass(frozen=True)
class ReportView:
    """What the page shows.

    Attributes:
        title: What the report is called, and its month.
        items: Its figures.
        left_out: Figures that fall away, each with the reason.
        problem: Why there is no report, or ''.
        templates, months, readers, forms, langs: Choices.
        more: Figures that can be added, by page.
        shown: Id and shape of the exhibit in the preview, or None.
        handling, foot: What stands on every side of it.
        command: What makes the same every month, or '' where no template does.
        refused: Why no file can be had, or ''.
        save: Where it is kept as a template, or ''.
        longest: Letters of own words.
    """

    title: str
    items: Sequence[Item]
    left_out: Sequence[str]
    problem: str
    templates: Sequence[Choice]
    months: Sequence[Choice]
    readers: Sequence[Choice]
    forms: Sequence[Choice]
    langs: Sequence[Choice]
    more: Sequence[tuple[str, Sequence[Choice]]]
    shown: tuple[str, str, bool] | None
    handling: str
    foot: str
    command: str
    refused: str
    save: str
    longest: int


def report(view: ReportView, lang: str) -> Markup:
    """All of it."""
    item = next((each for each in view.items if each.is_now), None)
    return write("report", lang, view=view, item=item)
