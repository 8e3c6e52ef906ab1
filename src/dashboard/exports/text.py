"""The texts about an exhibit as plain text, to paste beside its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.exports.about import named, texts_about
from dashboard.exports.source import Source
from dashboard.words.glossary import glossary, in_words

#: Kinds of the last lines, in this order; each line begins with the name of its kind.
_KINDS = ("unit", "protection", "note", "boundaries", "source", "release", "handling", "view")


def text_of(source: Source) -> str:
    """Title, filters, description, definitions, then unit, notes, source and release, by line.

    Parts are divided by blank lines. Definitions are those that the "?" of its card shows.
    """
    texts = texts_about(source.exhibit, source.address, source.lang)
    below = {kind: texts.get(kind, ()) for kind in _KINDS}
    lines = [f"{name}: {text}" for name, text in named(below, source.lang)]
    above = [line for kind in ("title", "filters") for line in texts.get(kind, ())]
    parts = (above, texts["description"], list(_definitions(source)), lines)
    return "\n\n".join("\n".join(part) for part in parts if part)


def _definitions(source: Source) -> Iterator[str]:
    """A line for each term that the exhibit uses, with its definition."""
    for term in glossary().of_exhibit(source.exhibit.id, source.entry.facts):
        words = in_words(term, source.lang)
        yield f"{words.term}: {words.definition}"
