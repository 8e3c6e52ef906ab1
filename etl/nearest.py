"""Nearest: which of several known words is most like one that is not known.

What a cell or a header means is never guessed by it: it only helps an operator to see a slip.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from dashboard.model.normalise import casefold

#: How alike two words must be, of 1, to be taken for a slip.
_ALIKE = 0.6


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like another, capitals apart; None where none is alike."""
    folded = {casefold(entry): entry for entry in known}
    found = get_close_matches(casefold(word), folded, n=1, cutoff=_ALIKE)
    return folded[found[0]] if found else None
