"""The glossary page: every term from A to Z, an index by subject, and the sources."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup

from dashboard.components.writer import write
from dashboard.words.glossary import glossary, sort_key


def terms_and_sources(lang: str) -> Markup:
    """Everything below the page's heading."""
    whole = glossary()
    entries = whole.alphabetical(lang)  # terms, each with its words in the language
    by_letter = groupby(entries, key=lambda entry: sort_key(entry[1].term)[:1].upper())
    return write(
        "glossary",
        lang,
        terms=len(whole.terms),
        names={term.id: words.term for term, words in entries},
        letters=[(letter, [*of_letter]) for letter, of_letter in by_letter],
        subjects={
            subject: [(term, words) for term, words in entries if term.subject == subject]
            for subject in whole.subjects
        },
        sources=whole.sources,
    )
