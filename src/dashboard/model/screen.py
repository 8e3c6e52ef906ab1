"""The value screens: what may never stand in a kept column.

A screen reads one normalised text and names the rule it breaks. It works on patterns alone and
knows no name of a person; text that matches no declared value is refused anyway (unknown_code).
"""

from __future__ import annotations

import re

from dashboard.model.country import FIRST, SECOND, SITE, THIRD

_JOINED_DIGITS = re.compile(r"(?<=\d)[\s\-‐-―./()]+(?=[\d(])")

#: Rules in the order in which they are tried: the more specific first.
_PHONE = re.compile(r"(?<!\d)(?:\+?88|0088)?01[3-9]\d{8}(?!\d)|\+880\d{6,}|(?<!\d)\+\d{9,15}(?!\d)")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_POINT = re.compile(r"(?<![\d.])-?\d{1,3}\.\d{3,}(?![\d.])|\d{1,3}\s?°\s?\d{1,2}(?:\.\d+)?\s?['′’]")
_REGISTRATION = re.compile(
    r"(?<!\w)\d{3}-\d{2}[A-Z]\d{5}(?!\w)"  # individual and group numbers of the registration
    r"|(?<!\w)(?:FCN|MRC|MOHA|PROGRES|UNHCR|SCOPE|GRC|REG)\s?(?:ID|NO|NUMBER)?[\s.:#/-]*\d{4,}"
    r"|(?<!\w)BGD-?\d{5,}",
    re.IGNORECASE,
)
_PASSPORT = re.compile(r"(?<!\w)(?:[A-Z]{2}\d{7}|[A-Z]\d{8}|M[A-Z]\d{6})(?!\w)", re.IGNORECASE)
_NATIONAL_ID = re.compile(r"(?<![\w])(?:\d{10}|\d{13}|\d{17})(?![\w])")
_BLOCK = re.compile(
    r"_B\d{1,3}(?!\d)|(?<!\w)(?:sub-?\s?)?block(?!ed(?!\w))[\s:#-]*[A-Z]{0,2}-?\d{0,3}(?!\w)|ব্লক",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?<!\w)(?:house|holding|flat|road|street|lane|shelter|vill(?:age)?|ward|p\.?o\.?|post)"
    r"(?:\s?(?:no|number)\.?)?[\s:#.-]*\d"
    r"|\d+[\s,/-]*(?:\w+\s)?(?:road|street|lane|avenue)(?!\w)"
    r"|(?<!\w)(?:vill(?:age)?|গ্রাম)\s?[:-]|(?<!\w)c/o(?!\w)",
    re.IGNORECASE,
)
#: The same of a sentence, where "block the road", "post 2 officers" or "24 hour road patrol" are
#: plain words: a code beside "block", a house, holding or village with a number, or what says "no".
_BLOCK_IN_WORDS = re.compile(
    r"_B\d{1,3}(?!\d)"
    r"|(?<!\w)(?i:block)[\s:#-]*(?:[A-Za-z]{0,2}-?\d{1,3}|[A-Zb-hj-z])(?!\w)"
    r"|(?<!\w)(?:[A-Za-z]-?\d{1,3}|[B-HJ-Z])[\s-]+(?i:block)(?!\w)"
    r"|ব্লক[\s:#-]*(?:[A-Za-z]{0,2}-?\d{1,3}|[A-Za-z]|এ|বি|সি|ডি|ই|এফ|জি|এইচ)(?![\w\u0980-\u09ff])"
    r"|(?<![\w\u0980-\u09ff])(?:[A-Za-z]-?\d{0,3}|এ|বি|সি|ডি|ই|এফ|জি|এইচ)[\s-]*ব্লক"
)
_ADDRESS_IN_WORDS = re.compile(
    r"(?<!\w)(?:house|holding|vill(?:age)?|বাড়ি|হোল্ডিং|গ্রাম)(?:\s?(?:no|number|নং)\.?)?[\s:#.-]*\d"
    r"|(?<!\w)(?:flat|road|street|lane|shelter|ward|বাসা|রোড|শেল্টার)\s?(?:no|number|নং)\.?[\s:#.-]*\d"
    r"|(?<!\w)c/o(?!\w)",
    re.IGNORECASE,
)

_PERSONAL = re.compile(
    r"(?<![^\W_])(?:(?:nick|first|last|sur|full|given|family)?\s?names?|alias|nick"
    r"|father|mother|husband|wife|spouse|guardian|phone|telephone|mobile|whatsapp|facebook|e-?mail"
    r"|nid|national id|passport|address|date of birth|birth ?date|dob|birth certificate"
    r"|registration (?:no|number|id)|fcn|mrc|progres id|gps|latitude|longitude|coordinates"
    r"|নাম|ডাকনাম|পিতা|মাতা|ফোন|মোবাইল|ঠিকানা)(?![^\W_])",
    re.IGNORECASE,
)
#: What has a name and is no person.
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
