"""The group's own words beside a card, on flags or months, and the link to their page."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.components import links
from dashboard.components.writer import write
from dashboard.filters import Filters

#: Notes beside one card; a page has them all.
_NOTES = 5


def flag_explanations(entries: Sequence[tuple[str, str, str]], lang: str) -> Markup:
    """Explanations of flags, and the link to their page.

    Args:
        entries: Each flag, its explanation, and whose that is.
        lang: The reader's language.
    """
    return write("group_texts", lang, of_flags=True, entries=entries)


def month_notes(notes: Sequence[tuple[str, str, str]], filters: Filters, *, writes: bool) -> Markup:
    """Notes on the months of a line, the newest few of them, and the link to all.

    Args:
        notes: Each note, its words, and whose they are, those of the earliest months first.
        filters: What the reader looks at, in which language.
        writes: Whether the reader may write one.
    """
    lang, target = filters.lang, ""
    if writes:
        month = str(filters.period.end) if filters.period else ""
        area, *others = filters.codes_of("area") or ("",)
        parameters = {"month": month, "area": "several" if others else area}
        target = links.page("/notes/new", lang, **parameters)
    more = max(len(notes) - _NOTES, 0)
    newest = notes[-_NOTES:]
    return write("group_texts", lang, of_flags=False, entries=newest, more=more, write_at=target)
