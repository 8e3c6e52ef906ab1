"""Definitions for the browser: every term in words, as one file that the first "?" asks for."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from dashboard.words.catalogue import translate
from dashboard.words.glossary import glossary, in_words


@cache
def as_json(lang: str) -> str:
    """All terms in a language, with the words that stand around them.

    Args:
        lang: One of LANGUAGES.
    """
    terms = {term.id: in_words(term, lang) for term in glossary().terms}
    value = {
        "words": {
            "not": translate("glossary.is_not", lang),
            "source": translate("glossary.source", lang),
        },
        "terms": {
            name: {
                "term": words.term,
                "definition": words.definition,
                "not": words.is_not,
                "source": "; ".join(words.sources),
            }
            for name, words in terms.items()
        },
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def address(lang: str) -> str:
    """Where the browser finds the definitions of a language; it changes with every word."""
    version = hashlib.sha256(as_json(lang).encode()).hexdigest()[:12]
    return f"/definitions/{lang}.json?v={version}"
