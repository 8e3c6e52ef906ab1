"""Languages: what a reader may choose, and which words and digits belong to each choice.

The choice is one code, passed on explicitly to whatever says something. English is the product's
own; the others are the country's. What is said stands in ``words``, labels in the pack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from dashboard.model.country import PACK

#: A code of LANGUAGES.
Language: TypeAlias = str
ENGLISH: Language = "en"
#: The country's own language, in which labels stand beside the English ones.
LOCAL: Language = next(iter(PACK.languages))
OWN = PACK.languages[LOCAL]
#: English; then the country's language, in Latin digits and in its own.
LANGUAGES: tuple[Language, ...] = (ENGLISH, LOCAL, f"{LOCAL}-{OWN.digits_code}")


def _ranges(text: str) -> str:
    """Ranges of a style sheet as they stand between the brackets of a pattern."""
    ends = (part.removeprefix("U+").split("-") for part in text.split(", ") if part)
    return "".join("-".join(f"\\U{end:0>8}" for end in each) for each in ends)


#: Letters of that language, and all that is of their font, between the brackets of a pattern.
LETTERS, SIGNS = _ranges(OWN.letters), _ranges(OWN.font_range)
_LETTER = re.compile(f"[{LETTERS}]" if LETTERS else "(?!)")
_LATIN = "0123456789"
_OWN_DIGITS, _LATIN_DIGITS = str.maketrans(_LATIN, OWN.digits), str.maketrans(OWN.digits, _LATIN)
#: Small numbers as words, from nought on.
_SPELLED: Mapping[str, tuple[str, ...]] = {
    ENGLISH: ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    LOCAL: OWN.spelled,
}
#: So many times as much: how all are said, then once and twice.
_TIMES: Mapping[str, tuple[str, ...]] = {
    ENGLISH: ("{} times", "once", "twice"),
    LOCAL: OWN.times,
}


def words_of(lang: str) -> str:
    """The language whose words a choice has, as the ``lang`` of a page names it.

    >>> words_of("en"), words_of("qaa"), words_of("qaa-arab")
    ('en', 'qaa', 'qaa')
    """
    return lang.partition("-")[0]


def direction(lang: str) -> str:
    """Whether a choice is read from the left (``ltr``) or the right (``rtl``).

    >>> direction("en")
    'ltr'
    """
    return OWN.direction if words_of(lang) == LOCAL else "ltr"


def arrow(lang: str) -> str:
    """Between where something begins and where it ends, as a choice is read.

    >>> f"A{arrow('en')}B"
    'A → B'
    """
    return " ← " if direction(lang) == "rtl" else " → "


def as_it_is(text: str, lang: str) -> str:
    """A code in a sentence, in its own order: from the right, its parts would change places."""
    return f"\u2066{text}\u2069" if direction(lang) == "rtl" else text


def in_words_of(lang: str, english: str, own: str) -> str:
    """The one of two texts that a choice reads, in its digits; English where there is no other.

    >>> in_words_of("en", "Place", "Lieu"), in_words_of("fr", "Place", "Lieu")
    ('Place', 'Lieu')
    >>> in_words_of("fr", "Place", "")
    'Place'
    """
    return digits(own, lang) if own and words_of(lang) != ENGLISH else english


def label_in(lang: str, *names: str) -> str:
    """The label of the first name that the pack has one of in a language, or ''."""
    found = (PACK.labels[name].get(lang, "") for name in names if name in PACK.labels)
    return next(filter(None, found), "")


def spelled(number: int, lang: str) -> str:
    """A number in a sentence: small ones as a word.

    >>> spelled(3, "en"), spelled(12, "en")
    ('three', '12')
    """
    words = _SPELLED[words_of(lang)]
    return words[number] if 0 <= number < len(words) else str(number)


def times(number: int, lang: str) -> str:
    """So many times as much.

    >>> times(2, "en"), times(3, "en")
    ('twice', 'three times')
    """
    words = _TIMES[words_of(lang)]
    known = 0 < number < len(words)
    return words[number] if known else words[0].format(spelled(number, lang))


def digits(text: str, lang: str) -> str:
    """A text with its digits as a choice writes them."""
    return text.translate(_OWN_DIGITS if lang == LANGUAGES[-1] else _LATIN_DIGITS)


def is_own(text: str) -> bool:
    """Whether a text has a letter of the country's language that is no Latin one."""
    return _LETTER.search(text) is not None
