"""Normalising: the one spelling of a cell before anything looks at it.

Only what changes no meaning belongs here. Translating values stands in ``harmonise``.
"""

from __future__ import annotations

import unicodedata

_BANGLA_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")


def normalise(text: str) -> str:
    """A text in compatibility form, with ASCII digits, single spaces and nothing invisible.

    Zero-width and other format characters go, except the joiners that Bangla needs inside a word:
    two spellings that differ only by them would be two values, so they go as well.
    """
    if text.isascii() and "  " not in text and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFKC", text)
    visible = "".join(c for c in composed if unicodedata.category(c) != "Cf")
    # Removing a format character may bring a base and its mark together.
    composed = unicodedata.normalize("NFKC", visible)
    return " ".join(composed.translate(_BANGLA_DIGITS).split())


def casefold(text: str) -> str:
    """A normalised text without differences of case, the form in which values are compared."""
    return normalise(normalise(text).casefold())
