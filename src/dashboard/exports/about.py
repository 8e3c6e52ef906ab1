"""The texts beside the numbers in every file: what they show, how exact they are, their source.

CSV writes these lines above the table, XLSX on a sheet of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parts.ladder import detail_label
from dashboard.words.catalogue import begin, translate


def about(exhibit: Exhibit, address: str, lang: str) -> Iterator[tuple[str, str]]:
    """Names and texts of ``texts_about``, one text at a time, in the same order."""
    return named(texts_about(exhibit, address, lang), lang)


def named(texts_by_kind: Mapping[str, Sequence[str]], lang: str) -> Iterator[tuple[str, str]]:
    """Texts by kind as pairs of a kind's name in the reader's language and a text."""
    for kind, texts in texts_by_kind.items():
        for text in texts:
            yield translate(f"files.said.{kind}", lang), text


def texts_about(exhibit: Exhibit, address: str, lang: str) -> dict[str, list[str]]:
    """Title, filters, detail, unit, protection, notes, source, release and view, if not empty.

    Args:
        exhibit: What the file holds.
        address: Where the same numbers are shown, so that the file leads back to them.
        lang: Language of the texts.
    """
    stamp = exhibit.release
    texts: dict[str, str | list[str]] = {
        "title": exhibit.title,
        "filters": exhibit.subtitle,
        "detail": _detail(exhibit, lang),
        # Where units differ by row, each row says its own.
        "unit": "" if any(each.code == "unit" for each in exhibit.table.columns) else exhibit.unit,
        "protection": stamp.protection,
        "note": [note for note in exhibit.notes if note != stamp.protection],
        "boundaries": translate("shell.card.disclaimer", lang) if exhibit.is_map else "",
        "description": exhibit.description,
        "source": exhibit.source.removeprefix(translate("shared.source", lang, source="")),
        "release": translate(
            "files.said.release_text", lang, id=stamp.release_id, month=stamp.data_until
        ),
        "handling": stamp.label,
        "view": address,
    }
    lists = {kind: [text] if isinstance(text, str) else text for kind, text in texts.items()}
    return {kind: filled for kind, texts in lists.items() if (filled := [*filter(None, texts)])}


def _detail(exhibit: Exhibit, lang: str) -> str:
    """How fine the numbers are, with the level as an address names it; '' without a ladder."""
    detail = exhibit.detail
    if detail is None:
        return ""
    label = begin(detail.said or detail_label(detail.ladder, detail.rung, lang))
    return f"{label} ({detail.ladder}={detail.rung})"
