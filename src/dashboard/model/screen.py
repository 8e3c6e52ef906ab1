"""The value screens: what may never stand in a kept column.

A screen reads one normalised text and names the rule it breaks. It works on patterns alone and
knows no name of a person; text that matches no declared value is refused anyway (unknown_code).
Words of the country's language and numbers that it gives to people are its pack's.
"""

from __future__ import annotations

import re

from dashboard.model.country import FIRST, PACK, SECOND, SITE, THIRD
from dashboard.model.languages import LETTERS, OWN
from dashboard.model.normalise import normalise


def _or_own(kind: str) -> str:
    """Words of a kind in the country's language, as further alternatives of a pattern."""
    return "".join(f"|{re.escape(normalise(word))}" for word in OWN.personal[kind])


def _number_pattern(rule: str, *more: str) -> re.Pattern[str]:
    """A pattern of numbers of people: those of the country, and ``more`` in use anywhere."""
    return re.compile("|".join((PACK.screens[rule].pattern, *more)), re.IGNORECASE)


_JOINED_DIGITS = re.compile(r"(?<=\d)[\s\-‐-―./()]+(?=[\d(])")

#: Rules in the order in which they are tried: the more specific first.
_PHONE = _number_pattern("phone_number", r"(?<!\d)\+\d{9,15}(?!\d)")
_EMAIL = re.compile(r"(?<![^\s@])[^\s@]++@[^\s@]+\.[^\s@]+")
_POINT = re.compile(r"(?<![\d.])-?\d{1,3}\.\d{3,}(?![\d.])|\d{1,3}\s?°\s?\d{1,2}(?:\.\d+)?\s?['′’]")
_REGISTRATION = _number_pattern(
    "registration_number",
    r"(?<!\w)\d{3}-\d{2}[A-Z]\d{5}(?!\w)",  # individual and group numbers of the registration
    r"(?<!\w)(?:PROGRES|UNHCR|SCOPE|GRC|REG)\s?(?:ID|NO|NUMBER)?[\s.:#/-]*\d{4,}",
)
_PASSPORT = re.compile(r"(?<!\w)(?:[A-Z]{2}\d{7}|[A-Z]\d{8}|M[A-Z]\d{6})(?!\w)", re.IGNORECASE)
_NATIONAL_ID = _number_pattern("national_id")
_BLOCK = re.compile(
    r"_B\d{1,3}(?!\d)|(?<!\w)(?:sub-?\s?)?block(?!ed(?!\w))[\s:#-]*[A-Z]{0,2}-?\d{0,3}(?!\w)"
    + _or_own("block"),
    re.IGNORECASE,
)
#: No word has more than 60 letters: a bound keeps long cells from taking minutes.
_ADDRESS = re.compile(
    r"(?<!\w)(?:house|holding|flat|road|street|lane|shelter|vill(?:age)?|ward|p\.?o\.?|post)"
    r"(?:\s?(?:no|number)\.?)?[\s:#.-]*\d"
    r"|(?<!\d)\d++[\s,/-]*+(?:\w{1,60}+\s)?(?:road|street|lane|avenue)(?!\w)"
    rf"|(?<!\w)(?:vill(?:age)?{_or_own('village')})\s?[:-]|(?<!\w)c/o(?!\w)",
    re.IGNORECASE,
)
_OWN_BLOCK = _or_own("block")[1:] or "(?!)"
#: The same in a sentence, where "block the road", "post 2 officers" or "24 hour road patrol" are
#: plain words: a code beside "block"; a house, holding or village with a number, others with "no".
_BLOCK_IN_WORDS = re.compile(
    r"_B\d{1,3}(?!\d)"
    r"|(?<!\w)(?i:block)[\s:#-]*(?:[A-Za-z]{0,2}-?\d{1,3}|[A-Zb-hj-z])(?!\w)"
    r"|(?<!\w)(?:[A-Za-z]-?\d{1,3}|[B-HJ-Z])[\s-]+(?i:block)(?!\w)"
    rf"|(?:{_OWN_BLOCK})[\s:#-]*"
    rf"(?:[A-Za-z]{{0,2}}-?\d{{1,3}}|[A-Za-z]{_or_own('blocks')})(?![\w{LETTERS}])"
    rf"|(?<![\w{LETTERS}])(?:[A-Za-z]-?\d{{0,3}}{_or_own('blocks')})[\s-]*(?:{_OWN_BLOCK})"
)
_NUMBER = rf"(?:no|number{_or_own('number')})\.?"
_ADDRESS_IN_WORDS = re.compile(
    rf"(?<!\w)(?:house|holding|vill(?:age)?{_or_own('house')})(?:\s?{_NUMBER})?[\s:#.-]*\d"
    rf"|(?<!\w)(?:flat|road|street|lane|shelter|ward{_or_own('street')})\s?{_NUMBER}[\s:#.-]*\d"
    r"|(?<!\w)c/o(?!\w)",
    re.IGNORECASE,
)

_PERSONAL = re.compile(
    r"(?<![^\W_])(?:(?:nick|first|last|sur|full|given|family)?\s?names?|alias|nick"
    r"|father|mother|husband|wife|spouse|guardian|phone|telephone|mobile|whatsapp|facebook|e-?mail"
    r"|nid|national id|passport|address|date of birth|birth ?date|dob|birth certificate"
    r"|registration (?:no|number|id)|fcn|mrc|progres id|gps|latitude|longitude|coordinates"
    rf"{_or_own('headers')})(?![^\W_])",
    re.IGNORECASE,
)
#: Words for things that have a name and are no person.
_NOBODY = "|".join(
    (SITE, THIRD, SECOND, FIRST, "country", "place", "union", "agency", "partner",
     "organi[sz]ation", "service", "route", "corridor")
)  # fmt: skip
_IMPERSONAL = re.compile(
    rf"(?<![^\W_])(?:(?:{_NOBODY})s?'? names?|names? of (?:the )?(?:{_NOBODY}))(?![^\W_])",
    re.IGNORECASE,
)


def screen(text: str, *, lookup: bool = False, written: bool = False) -> str | None:
    """The rule that a normalised text breaks, or None.

    Args:
        text: A normalised cell.
        lookup: Whether the text is only looked up in the gazetteer, where addresses fail anyway.
        written: Whether it is a sentence and no cell, so that plain words are no address.

    >>> screen("Post 2 officers"), screen("Post 2 officers", written=True)
    ('address', None)
    """
    if len(text) < 5:
        return None
    joined = _JOINED_DIGITS.sub("", text)
    if _EMAIL.search(text):
        return "email"
    if _REGISTRATION.search(text):
        return "registration_number"
    if _POINT.search(text):
        return "coordinates"
    if _PHONE.search(joined):
        return "phone_number"
    if _PASSPORT.search(text):
        return "passport_number"
    if _NATIONAL_ID.search(joined):
        return "national_id"
    if (_BLOCK_IN_WORDS if written else _BLOCK).search(text):
        return "block_code"
    if not lookup and (_ADDRESS_IN_WORDS if written else _ADDRESS).search(text):
        return "address"
    return None


def is_personal_header(header: str) -> bool:
    """Whether a header speaks of a name, a contact or an identity document of a person."""
    return _PERSONAL.search(_IMPERSONAL.sub(" ", header)) is not None
