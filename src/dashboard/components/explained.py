"""What the group said beside a card, of flags or of months, and the way to where it is said."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.components import links
from dashboard.components.writer import write
from dashboard.filters import Filters

#: Notes beside one card; a page has them all.
_NOTES = 5


def explained(said: Sequence[tuple[str, str, str]], lang: str) -> Markup:
    """The list, and its way.

    Args:
        said: Each flag, what was said of it, and whose word it is.
        lang: The reader's language.
    """
    return write("said", lang, of_flags=True, entries=said)


def noted(said: Sequence[tuple[str, str, str]], filters: Filters, *, writes: bool) -> Markup:
    """Notes on the months of a line, the newest few of them, and the way to all.

    Args:
        said: Each note, its words, and whose they are, those of the earliest months first.
        filters: What the reader looks at, in which language.
        writes: Whether the reader may write one.
    """
    lang, target = filters.lang, ""
    if writes:
        month = str(filters.period.end) if filters.period else ""
        area, *others = filters.codes_of("area") or ("",)
        given = {"month": month, "area": "several" if others else area}
        target = links.page("/notes/new", lang, **given)
    more = max(len(said) - _NOTES, 0)
    return write("said", lang, of_flags=False, entries=said[-_NOTES:], more=more, write_at=target)
