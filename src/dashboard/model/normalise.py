"""Normalising: the one spelling of a cell before anything looks at it.

Only changes that keep the meaning belong here. Translating values stands in ``harmonise``.
"""

from __future__ import annotations

import unicodedata

from dashboard.model.languages import ENGLISH, digits


def normalise(text: str) -> str:
    """A text in compatibility form, with ASCII digits, single spaces and nothing invisible.

    Zero-width and other format characters go, the joiners that some languages need inside a word
    among them: two spellings that differ only by them would be two values.
    """
    if text.isascii() and "  " not in text and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFKC", text)
    visible = "".join(c for c in composed if unicodedata.category(c) != "Cf")
    # Removing a format character may bring a base and its mark together.
    composed = unicodedata.normalize("NFKC", visible)
    return " ".join(digits(composed, ENGLISH).split())


def casefold(text: str) -> str:
    """A normalised text without differences of case, the form in which values are compared."""
    return normalise(normalise(text).casefold())
