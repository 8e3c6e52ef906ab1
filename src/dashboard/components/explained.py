"""What the group said beside a card, of flags or of months, and the way to where it is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.filters import Filters
from dashboard.words.catalogue import say

#: Notes beside one card; a page has them all.
_NOTES = 5


def explained(said: Sequence[tuple[str, str, str]], lang: str) -> list[Any]:
    """The list, and its way.

    Args:
        said: Each flag, what was said of it, and whose word it is.
        lang: The reader's language.
    """
    way = html.A(say("meeting.flags.way", lang), href=links.page("/flags", lang))
    return [html.Ul(_entries(said), className="flags-said") if said else None, html.P(way)]


def noted(said: Sequence[tuple[str, str, str]], filters: Filters, *, writes: bool) -> list[Any]:
    """Notes on the months of a line, the newest few of them, and the way to all.

    Args:
        said: Each note, its words, and whose they are, those of the earliest months first.
        filters: What the reader looks at, in which language.
        writes: Whether the reader may write one.
    """
    lang, ways = filters.lang, list[Any]()
    if said:
        ways.append(html.A(say("meeting.notes.way", lang), href=links.page("/notes", lang)))
    if writes:
        month = str(filters.period.end) if filters.period else ""
        area, *others = filters.codes_of("area") or ("",)
        given = {"month": month, "area": "several" if others else area}
        target = links.page("/notes/new", lang, **given)
        ways.append(html.A(say("meeting.notes.way_write", lang), href=target))
    if not ways:
        return []
    listed: list[Any] = []
    if said:
        listed = [
            html.P(say("meeting.notes.beside", lang), className="notes-said"),
            html.Ul(_entries(said[-_NOTES:]), className="flags-said"),
        ]
    if len(said) > _NOTES:
        ways.insert(0, html.Span(say("meeting.notes.more", lang, n=len(said) - _NOTES)))
    return [*listed, html.P(ways, className="notes-ways")]


def _entries(said: Sequence[tuple[str, str, str]]) -> list[html.Li]:
    return [html.Li([html.Strong(about), f" – {words} · {whose}"]) for about, words, whose in said]
