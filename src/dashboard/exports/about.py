"""What every file says beside its numbers: what is shown, how far to trust it, where it is from.

CSV writes these lines above the table, XLSX on a sheet of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.exhibits.exhibit import Exhibit
from dashboard.words.catalogue import say


def about(exhibit: Exhibit, query: str, lang: str) -> Iterator[tuple[str, str]]:
    """Names and texts: title, filters, unit, notes, source, release, handling, view.

    Args:
        exhibit: What the file holds.
        query: Canonical query string of the view, so that the file leads back to it.
        lang: Language of the names.
    """
    stamp = exhibit.release
    yield say("shell.file.title", lang), exhibit.title
    yield say("shell.file.filters", lang), exhibit.subtitle
    yield say("shell.file.unit", lang), exhibit.unit
    for note in exhibit.notes:
        yield say("shell.file.note", lang), note
    yield say("shell.file.source", lang), exhibit.source
    yield say("shell.file.release", lang), f"{stamp.release_id}, {stamp.data_until}"
    yield say("shell.file.handling", lang), stamp.label
    yield say("shell.file.view", lang), f"{exhibit.id}?{query}"


def header(label: str, unit: str) -> str:
    """Header of a column with its unit, unless the label names it already."""
    return label if not unit or unit.lower() in label.lower() else f"{label} ({unit})"
