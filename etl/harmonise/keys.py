"""Keys: identifiers of a partner's record, replaced by a keyed hash before anything is kept."""

from __future__ import annotations

import hashlib
import hmac

from etl.read.grid import Cell

_LENGTH = 32


def record_key(secret: bytes, partner: str, kind: str, parts: tuple[Cell, ...]) -> str:
    """The key of a record: 32 hexadecimal digits.

    The same partner, kind of record and normalised parts give the same key in every source of
    that partner, so that a referral finds its person.
    """
    message = "\x1f".join((partner, kind, *(str(part) for part in parts)))
    return hmac.digest(secret, message.encode(), hashlib.sha256).hex()[:_LENGTH]
