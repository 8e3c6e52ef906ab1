"""Languages: what a reader may choose, and which words and digits belong to each choice.

The choice is one code, passed to every function that words something. English is the product's
own; the others are the country's. Phrases stand in ``words``, labels in the pack.
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
    """Ranges as style sheets write them (``U+0980-09FF``) for the brackets of a pattern."""
    ends = (part.removeprefix("U+").split("-") for part in text.split(", ") if part)
    return "".join("-".join(f"\\U{end:0>8}" for end in pair) for pair in ends)


#: Letters of that language, and all letters of its font, for the brackets of a pattern.
LETTERS, SIGNS = _ranges(OWN.letters), _ranges(OWN.font_range)
_LETTER = re.compile(f"[{LETTERS}]" if LETTERS else "(?!)")
_LATIN = "0123456789"
_OWN_DIGITS, _LATIN_DIGITS = str.maketrans(_LATIN, OWN.digits), str.maketrans(OWN.digits, _LATIN)
#: Small numbers as words, from nought on.
_NUMBER_WORDS: Mapping[str, tuple[str, ...]] = {
    ENGLISH: ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    LOCAL: OWN.spelled,
}
#: "{} times", then the words for once and twice.
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
    """The arrow from a start to an end, in the direction of reading.

    >>> f"A{arrow('en')}B"
    'A → B'
    """
    return " ← " if direction(lang) == "rtl" else " → "


def as_it_is(text: str, lang: str) -> str:
    """A code in a sentence, kept in its own order where the sentence runs from the right."""
    return f"\u2066{text}\u2069" if direction(lang) == "rtl" else text


def in_words_of(lang: str, english: str, own: str) -> str:
    """One of two texts by the reader's choice, in its digits; English where there is no other.

    >>> in_words_of("en", "Place", "Lieu"), in_words_of("fr", "Place", "Lieu")
    ('Place', 'Lieu')
    >>> in_words_of("fr", "Place", "")
    'Place'
    """
    return digits(own, lang) if own and words_of(lang) != ENGLISH else english


def label_in(lang: str, *names: str) -> str:
    """The pack's label in a language, of the first name that has one; else ''."""
    labels = (PACK.labels[name].get(lang, "") for name in names if name in PACK.labels)
    return next(filter(None, labels), "")


def spelled(number: int, lang: str) -> str:
    """A number in a sentence: small ones as a word.

    >>> spelled(3, "en"), spelled(12, "en")
    ('three', '12')
    """
    words = _NUMBER_WORDS[words_of(lang)]
    return words[number] if 0 <= number < len(words) else str(number)


def times(number: int, lang: str) -> str:
    """A factor in words.

    >>> times(2, "en"), times(3, "en")
    ('twice', 'three times')
    """
    words = _TIMES[words_of(lang)]
    return words[number] if 0 < number < len(words) else words[0].format(spelled(number, lang))


def digits(text: str, lang: str) -> str:
    """A text with its digits as a choice writes them."""
    return text.translate(_OWN_DIGITS if lang == LANGUAGES[-1] else _LATIN_DIGITS)


def is_own(text: str) -> bool:
    """Whether a text has a letter of the country's language that is no Latin one."""
    return _LETTER.search(text) is not None
