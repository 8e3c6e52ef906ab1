"""Languages: what a reader may choose, and which words and digits belong to each choice.

The choice is one code, passed on explicitly to whatever says something. What is said stands in
``words``; labels of codes and fields stand beside them in this package.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

#: English; Bangla words with Latin digits; Bangla words with Bangla digits.
Language = Literal["en", "bn", "bn-beng"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
ENGLISH: Language = "en"

_BANGLA_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_LATIN_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
#: Small numbers as words, from nought on.
_SPELLED: Mapping[str, tuple[str, ...]] = {
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    "bn": ("শূন্য", "এক", "দুই", "তিন", "চার", "পাঁচ", "ছয়", "সাত", "আট", "নয়", "দশ"),
}
#: So many times as much: by number, and with 0 how all others are said.
_TIMES: Mapping[str, Mapping[int, str]] = {
    "en": {0: "{} times", 1: "once", 2: "twice"},
    "bn": {0: "{} গুণ", 1: "সমান", 2: "দ্বিগুণ"},
}


def words_of(lang: str) -> str:
    """The language whose words a choice has, as the ``lang`` of a page names it.

    >>> words_of("en"), words_of("bn"), words_of("bn-beng")
    ('en', 'bn', 'bn')
    """
    return lang.partition("-")[0]


def in_words_of(lang: str, english: str, bangla: str) -> str:
    """The one of two texts that a choice reads, in its digits; English where there is no Bangla.

    >>> in_words_of("bn-beng", "Place", "স্থান"), in_words_of("bn", "Place", "")
    ('স্থান', 'Place')
    >>> in_words_of("bn", "Part 25", "অংশ ২৫")
    'অংশ 25'
    """
    return digits(bangla, lang) if bangla and words_of(lang) == "bn" else english


def spelled(number: int, lang: str) -> str:
    """A number in a sentence: small ones as a word.

    >>> spelled(3, "en"), spelled(3, "bn"), spelled(12, "en")
    ('three', 'তিন', '12')
    """
    words = _SPELLED[words_of(lang)]
    return words[number] if 0 <= number < len(words) else str(number)


def times(number: int, lang: str) -> str:
    """So many times as much.

    >>> times(2, "en"), times(3, "en"), times(2, "bn"), times(3, "bn")
    ('twice', 'three times', 'দ্বিগুণ', 'তিন গুণ')
    """
    words = _TIMES[words_of(lang)]
    return words[number] if number in words else words[0].format(spelled(number, lang))


def digits(text: str, lang: str) -> str:
    """A text with its digits as a choice writes them.

    >>> digits("1,285", "bn-beng"), digits("1,285", "bn")
    ('১,২৮৫', '1,285')
    """
    return text.translate(_BANGLA_DIGITS if lang == "bn-beng" else _LATIN_DIGITS)
