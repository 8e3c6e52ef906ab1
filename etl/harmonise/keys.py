"""Keys: identifiers of a partner's record, replaced by a keyed hash before anything is kept.

Beside the key itself stands the hash of its plain spelling, by which the same record is known under
another spelling; of a day, the hash of itself and of its neighbours. No other nearness is kept.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from datetime import date, timedelta

from dashboard.model.normalise import casefold
from etl.read.grid import Cell

_LENGTH = 32
#: What a spreadsheet adds to a whole number.
_DECIMALS = re.compile(r"(\d+)\.0+")
#: Letters before the first digit, and the zeros before a number.
_PREFIX = re.compile(r"^[^\W\d]+(?=\d)")


def record_key(secret: bytes, partner: str, kind: str, parts: Iterable[Cell]) -> str:
    """The key of a record: 32 hexadecimal digits of HMAC-SHA-256.

    The same partner, kind of record and normalised parts give the same key in every source of
    that partner, so that a referral finds its person.
    """
    message = "\x1f".join([partner, kind, *map(str, parts)])
    return hmac.digest(secret, message.encode(), "sha256").hex()[:_LENGTH]


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


def spelling_key(secret: bytes, partner: str, kind: str, parts: Iterable[Cell]) -> str:
    """The hash of the plain spelling of a key."""
    return record_key(secret, partner, f"{kind} spelling", map(plain_spelling, parts))


def day_key(secret: bytes, day: date, later: int = 0) -> str:
    """The hash of a day, or of one so many days later; of every partner the same."""
    return record_key(secret, "", "day", [(day + timedelta(days=later)).isoformat()])
