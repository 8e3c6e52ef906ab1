"""Nearest: which of several words is most like one that is not among them.

What a cell or a header means is never guessed by it: it only helps an operator to see a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from dashboard.model.normalise import casefold

_WORD = re.compile(r"[^\W_]+")
#: How alike two words must be, of 1, to be taken for a slip.
_ALIKE = 0.6


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that is most like a word, capitals apart; None where none is alike.

    One that has all its words, or whose words it has, counts as alike where no spelling does.

    >>> nearest("Age (years)", ["Age", "Sex"])
    'Age'
    """
    folded = {casefold(name): name for name in candidates}
    matches = get_close_matches(casefold(word), folded, n=1, cutoff=_ALIKE)
    if matches:
        return folded[matches[0]]
    words = _words(word)
    sharing = [name for name in folded.values() if _one_holds_other(words, _words(name))]
    return max(sharing, key=lambda name: len(words & _words(name)), default=None)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(casefold(text)))


def _one_holds_other(one: set[str], other: set[str]) -> bool:
    """Whether one of two sets, neither of them empty, has all that is in the other."""
    return bool(one and other) and (one <= other or other <= one)
