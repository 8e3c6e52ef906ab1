"""The brief: buttons beside its title, decisions at its end, and who reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.components import links
from dashboard.components.writer import write
from dashboard.filters import Filters
from dashboard.model.periods import Month, Span
from dashboard.words import dates


@dataclass(frozen=True)
class OpenDecision:
    """A decision that is open, in words.

    Attributes:
        number: Its number.
        action: What is to be done.
        due: Month in which it is due.
        then, now: Title of its figure then and now; "" where it is not known.
    """

    number: int
    action: str
    due: str
    then: str
    now: str


def who_reported(sentences: Sequence[tuple[str, str]], lang: str) -> Markup:
    """Who reported, as one reader may know it; on the page alone, never presented or printed.

    Args:
        sentences: Pairs of a phrase that says for whom a sentence is, and the sentence.
        lang: Language of the words.
    """
    return write("who_reported", lang, sentences=sentences)


def actions(month: Month, span: Span, filters: Filters) -> Markup:
    """Buttons: to the month before and after, to the month's sheet, and to present.

    Args:
        month: The month that is shown.
        span: The months of the release.
        filters: The view, for its language and edition.
    """
    lang = filters.lang
    view = Filters(lang=lang, edition=filters.edition)
    steps = [
        {
            "name": name,
            "href": links.href(view, {} if target == span.end else {"month": str(target)}, "/"),
            "label": dates.month_of_year(target.month, lang),
            "month": dates.month(target, lang),
        }
        for name, target in (("earlier", month.plus(-1)), ("later", month.plus(1)))
        if span.start <= target <= span.end
    ]
    sheet = Filters(period=Span(month, month), lang=lang, edition=filters.edition)
    return write("brief_actions", lang, steps=steps, sheet=links.href(sheet, {}, "/sheet"))


def decisions(open_: Sequence[OpenDecision], number: int, lang: str) -> Markup:
    """Decisions that are open, each with its figure then and now.

    Args:
        open_: Those that are shown.
        number: How many are open in all.
        lang: Language of the words.
    """
    return write("brief_decisions", lang, open=open_, number=number)
