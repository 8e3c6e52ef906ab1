"""Keys: identifiers of a partner's record, replaced by a keyed hash before anything is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import partial

from etl.read.grid import Cell

_LENGTH = 32
_BLOCK = 64


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
    held = hashlib.sha256(secret).digest() if len(secret) > _BLOCK else secret
    padded = held.ljust(_BLOCK, b"\0")
    inner = bytes(byte ^ 0x36 for byte in padded) + f"{partner}\x1f{kind}\x1f".encode()
    outer = bytes(byte ^ 0x5C for byte in padded)
    return partial(_key, inner, outer)


def _key(inner: bytes, outer: bytes, parts: Iterable[Cell]) -> str:
    message = "\x1f".join([str(part) for part in parts])
    first = hashlib.sha256(inner + message.encode()).digest()
    return hashlib.sha256(outer + first).hexdigest()[:_LENGTH]
