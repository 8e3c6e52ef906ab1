"""Column: what one column of a file holds, how surely its header speaks of something, and a guess.

What it may be is guessed in ``guesses`` and ``coded``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.model.normalise import casefold
from etl.draft.dates import Dates
from etl.draft.words import WORDS, Cue, words_of
from etl.read import Cell

#: Of the values of a column, how many a guess must explain.
MOST, HALF = 0.9, 0.5
SURE, LIKELY = 1.0, 0.5
#: A guess that is less sure is none.
LEAST = 0.9
#: Longest text that is no free text.
FREE_TEXT = 40


@dataclass(frozen=True)
class Profile:
    """A column as it was found.

    Attributes:
        header: Its header, normalised.
        words: Its header as words, with that of its group and its hashtag.
        leaf: The last part of its header as words.
        cells: Its cells.
        counts: Rows of each distinct value that says something, most rows first.
        missing: Distinct values that mean that nothing is known, as they are written.
    """

    header: str
    words: str
    leaf: str
    cells: tuple[Cell, ...]
    counts: Mapping[str, int]
    missing: tuple[str, ...]

    @property
    def answered_count(self) -> int:
        """Rows that say something."""
        return sum(self.counts.values())

    @property
    def filled(self) -> float:
        """Share of rows that say something."""
        return self.answered_count / len(self.cells) if self.cells else 0.0

    @property
    def unique(self) -> bool:
        """Whether every row has a value of its own."""
        return self.answered_count == len(self.cells) == len(self.counts)


@dataclass(frozen=True)
class Guess:
    """One thing that a column may be.

    Attributes:
        name: ``table.field``, or ``place``, ``day``, ``birth``, ``point``, ``lon``, ``lat``,
            ``year`` or ``month_name``.
        score: How sure it is, from 0 to 2.
        keys: Keys of its table in the declaration beside ``use`` and ``field``.
        unmatched: Values of which nothing is known, with their rows.
        level: Level of its places.
        dates: How its days are written.
    """

    name: str
    score: float
    keys: Mapping[str, Any] = field(default_factory=dict[str, Any])
    unmatched: Mapping[str, int] = field(default_factory=dict[str, int])
    level: str = ""
    dates: Dates | None = None


def profile(header: str, cells: Sequence[Cell], tag: str = "") -> Profile:
    """What a column holds, by its header, its cells and its HXL hashtag."""
    counts: Counter[str] = Counter()
    missing: dict[str, None] = {}
    for cell in cells:
        text = cell if isinstance(cell, str) else cell.isoformat()
        if casefold(text) in WORDS.missing:
            missing[text] = None
        elif text:
            counts[text] += 1
    # What stands in brackets explains, such as the choices of Sex (M/F).
    bare = re.sub(r"\(.*?\)", " ", header)
    leaf = words_of(bare.split("/")[-1]) or words_of(header.split("/")[-1]) or words_of(header)
    ordered = dict(counts.most_common())
    words = words_of(f"{header} {tag}")
    return Profile(header, words, leaf, tuple(cells), ordered, tuple(missing))


def numbers_something(column: Profile) -> bool:
    """Whether a header speaks of a number, or is the plain name of what is numbered."""
    if WORDS.keys["mark"].search(column.leaf):
        return True
    is_named = any(WORDS.keys[sort].search(column.leaf) for sort in ("case", "person"))
    return is_named and len(column.leaf.split()) == 1


def cue(cues: Cue, column: Profile) -> float:
    """How surely a header speaks of something, 0 to 1; its own part counts more than its group."""
    sure, likely = cues
    if sure.search(column.leaf):
        return SURE
    if sure.search(column.words):
        return 0.8 * SURE
    return LIKELY if likely.search(column.leaf) else 0.0
