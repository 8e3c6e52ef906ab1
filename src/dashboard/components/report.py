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
    """A link that changes the report.

    Attributes:
        label: Its words.
        href: Where it leads.
        is_now: Whether the report is so already.
        about: A line about it, or ''.
    """

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
        left_out: Sentences on figures that are left out, each with the reason.
        problem: Why there is no report, or ''.
        templates, months, readers, forms, langs: Choices.
        more: Figures that can be added, by page.
        shown: Id and shape of the exhibit in the preview, and whether scripts draw it; or None.
        handling, foot: What stands on every page of it.
        command: The command that makes the same every month, or '' where no template does.
        refused: Why no file can be had, or ''.
        save: Address at which it is saved as a template, or ''.
        longest: Most characters of a text that somebody writes under a figure.
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
    """All of the page below its heading; ``item`` is the figure that is looked at, if any."""
    item = next((item for item in view.items if item.is_now), None)
    return write("report", lang, view=view, item=item)
