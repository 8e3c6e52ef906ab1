"""Keys: identifiers of a partner's record, replaced by a keyed hash before anything is kept.

Beside the key itself stands the hash of its plain spelling, by which the same record is known under
another spelling; of a day, the hash of itself and of its neighbours. No other nearness is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial

from dashboard.model.normalise import casefold
from etl.read.grid import Cell

_LENGTH = 32
_BLOCK = 64
#: What a spreadsheet adds to a whole number.
_DECIMALS = re.compile(r"(\d+)\.0+")
#: Letters before the first digit, and the zeros before a number.
_PREFIX = re.compile(r"^[^\W\d]+(?=\d)")


def record_key(secret: bytes, partner: str, kind: str, parts: Iterable[Cell]) -> str:
    """The key of a record: 32 hexadecimal digits.

    The same partner, kind of record and normalised parts give the same key in every source of
    that partner, so that a referral finds its person.
    """
    return key_maker(secret, partner, kind)(parts)


def key_maker(secret: bytes, partner: str, kind: str) -> Callable[[Iterable[Cell]], str]:
    """A function that gives the keys of many records of one kind.

    The keys are HMAC-SHA-256 as in RFC 2104; the two padded secrets are made once.
    """
    short_secret = hashlib.sha256(secret).digest() if len(secret) > _BLOCK else secret
    padded = short_secret.ljust(_BLOCK, b"\0")
    inner = bytes(byte ^ 0x36 for byte in padded) + f"{partner}\x1f{kind}\x1f".encode()
    outer = bytes(byte ^ 0x5C for byte in padded)
    return partial(_key, inner, outer)


def _key(inner: bytes, outer: bytes, parts: Iterable[Cell]) -> str:
    message = "\x1f".join([str(part) for part in parts])
    first = hashlib.sha256(inner + message.encode()).digest()
    return hashlib.sha256(outer + first).hexdigest()[:_LENGTH]


def plain_spelling(cell: Cell) -> str:
    """A part of a key without case, spaces, punctuation, prefix and leading zeros.

    >>> [plain_spelling(text) for text in ("CAS-0012", "cas 12", "0012", "12.0", "A")]
    ['12', '12', '12', '12', 'a']
    """
    text = casefold(str(cell))
    if whole := _DECIMALS.fullmatch(text):
        text = whole[1]
    plain = _PREFIX.sub("", "".join(char for char in text if char.isalnum()))
    return plain.lstrip("0") or plain[:1]


def spelling_maker(secret: bytes, partner: str, kind: str) -> Callable[[Iterable[Cell]], str]:
    """A function that gives the hash of the plain spelling of keys of one kind."""
    make = key_maker(secret, partner, f"{kind} spelling")
    return lambda parts: make(map(plain_spelling, parts))


def day_maker(secret: bytes) -> Callable[[date, int], str]:
    """A function that gives the hash of a day, or of one so many days later; of every partner."""
    make = key_maker(secret, "", "day")
    return lambda day, later: make(((day + timedelta(days=later)).isoformat(),))
