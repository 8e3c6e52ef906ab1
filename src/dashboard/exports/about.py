"""What every file says beside its numbers: what is shown, how far to trust it, where it is from.

CSV writes these lines above the table, XLSX on a sheet of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.exhibits.exhibit import Exhibit
from dashboard.words.catalogue import say


def about(exhibit: Exhibit, address: str, lang: str) -> Iterator[tuple[str, str]]:
    """Names and texts: title, filters, unit, protection, notes, source, release, handling, view.

    Args:
        exhibit: What the file holds.
        address: Where the same numbers are shown, so that the file leads back to them.
        lang: Language of the names.
    """
    stamp = exhibit.release
    values = {
        "title": exhibit.title,
        "filters": exhibit.subtitle,
        "unit": exhibit.unit,
        "protection": stamp.protection,
        "note": [note for note in exhibit.notes if note != stamp.protection],
        "boundaries": say("shell.card.disclaimer", lang) if _is_map(exhibit) else "",
        "description": exhibit.description,
        "source": exhibit.source.removeprefix(say("shared.source", lang, source="")),
        "release": say(
            "files.said.release_text", lang, id=stamp.release_id, month=stamp.data_until
        ),
        "handling": stamp.label,
        "view": address,
    }
    for name, said in values.items():
        for text in [said] if isinstance(said, str) else said:
            if text:
                yield say(f"files.said.{name}", lang), text


def _is_map(exhibit: Exhibit) -> bool:
    return "map" in (exhibit.figure or {}).get("layout", {})


def header(label: str, unit: str) -> str:
    """Header of a column with its unit, unless the label names it already."""
    return label if not unit or unit.lower() in label.lower() else f"{label} ({unit})"
