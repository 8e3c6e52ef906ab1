"""Languages: what a reader may choose, and which words and digits belong to each choice.

The choice is one code, passed on explicitly to whatever says something. What is said stands in
``words``; labels of codes and fields stand beside them in this package.
"""

from __future__ import annotations

from typing import Literal, get_args

#: English; Bangla words with Latin digits; Bangla words with Bangla digits.
Language = Literal["en", "bn", "bn-beng"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
ENGLISH: Language = "en"

_BANGLA_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_LATIN_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")


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
    >>> in_words_of("bn", "Camp 25", "ক্যাম্প ২৫")
    'ক্যাম্প 25'
    """
    return digits(bangla, lang) if bangla and words_of(lang) == "bn" else english


def digits(text: str, lang: str) -> str:
    """A text with its digits as a choice writes them.

    >>> digits("1,285", "bn-beng"), digits("1,285", "bn")
    ('১,২৮৫', '1,285')
    """
    return text.translate(_BANGLA_DIGITS if lang == "bn-beng" else _LATIN_DIGITS)
