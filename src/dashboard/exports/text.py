"""Texts: what must be said of an exhibit, as plain text to paste beside its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.exports.about import texts_about
from dashboard.exports.source import Source
from dashboard.words.catalogue import translate
from dashboard.words.glossary import glossary, in_words

#: What follows title and filters, in this order; each line begins with its name.
_SAID = ("unit", "protection", "note", "boundaries", "source", "release", "handling", "view")


def text_of(source: Source) -> str:
    """Title, filters, description, definitions, then unit, notes, source and release, by line.

    Parts are divided by blank lines. Definitions are those that the "?" of its card shows.
    """
    said = texts_about(source.exhibit, source.address, source.lang)
    lines = [
        f"{translate(f'files.said.{kind}', source.lang)}: {text}"
        for kind in _SAID
        for text in said.get(kind, ())
    ]
    head = [text for kind in ("title", "filters") for text in said.get(kind, ())]
    parts = (head, said["description"], list(_definitions(source)), lines)
    return "\n\n".join("\n".join(part) for part in parts if part)


def _definitions(source: Source) -> Iterator[str]:
    for term in glossary().of_exhibit(source.exhibit.id, source.entry.facts):
        words = in_words(term, source.lang)
        yield f"{words.term}: {words.definition}"
