"""Written text: what nobody may write into a text that everybody reads, on either side.

The operator's notes and what people write in the pages of a meeting keep the same rules. They know
patterns of phones, addresses and documents, but no names of people: to write none remains the
writer's duty. Rules of one side alone, such as the names of partners, stand there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dashboard.model.normalise import normalise
from dashboard.model.screen import screen

#: Marks that some languages need inside a word, though nobody sees them.
_JOINERS = "\u200c\u200d"
_LONG_NUMBER = re.compile(r"\d{6,}|\d(?:[\s\-./()]*\d){8,}")


def faults_of(text: str, longest: int) -> Iterator[str]:
    """Names of the rules that a text breaks, the plainest first, without any of its words.

    Args:
        text: What was written.
        longest: Characters that it may have.

    >>> list(faults_of("Call 01712 345678", 160)), list(faults_of("More patrols at night", 160))
    (['phone_number', 'long_number'], [])
    """
    if any(unicodedata.category(c) in ("Cc", "Cf") and c not in _JOINERS for c in text.strip()):
        yield "hidden_character"
    if len(spaced(text)) > longest:
        yield "long_text"
    plain = normalise(text)
    rule = screen(plain, written=True)
    if rule is not None:
        yield rule
    if _LONG_NUMBER.search(plain):
        yield "long_number"


def spaced(text: str) -> str:
    """A text as it is shown: its own letters, single spaces.

    >>> spaced("  more   patrols ")
    'more patrols'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())
