"""Passwords: how they are kept and which are too easy.

Kept as argon2id of a keyed digest, so that a stolen file of accounts cannot be tried without the
secret. No rule asks for kinds of characters, and none grows old (NIST SP 800-63B, ASVS 5.0 V6.2).
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, RLock
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from dashboard.access.keys import Keys

#: Characters at least, alone and with a code beside it.
SHORTEST, SHORTEST_WITH_CODE = 15, 8
LONGEST = 256
#: A password made of repetitions of a shorter piece is refused.
_PIECE = 8
#: Characters of a name at least that a password may not contain.
_TELLING = 4
_PRODUCT = ("situationatlas", "situation atlas", "situation-atlas")
_LIST = Path(__file__).with_name("common_passwords.txt")
#: Each verification takes 64 MiB and a processor: one at a time in each process of a server.
_AT_A_TIME = RLock()
#: Who may wait for it, so that threads of a server are left for others.
_WAITING = BoundedSemaphore(1)
#: As much memory and as many passes as RFC 9106 has them; its four lanes would only have a sign-in
#: end earlier, on processors that pages are made on meanwhile.
_HASHER = PasswordHasher(parallelism=1)

Fault = Literal["short", "long", "common", "repeated", "named"]


def fault_of(password: str, name: str, *, with_code: bool) -> Fault | None:
    """What is wrong with a new password, None where nothing is.

    Args:
        password: The password as it was typed.
        name: Name of its account.
        with_code: Whether the account signs in with a code too.
    """
    text = _plain(password)
    if len(text) < (SHORTEST_WITH_CODE if with_code else SHORTEST):
        return "short"
    if len(text) > LONGEST:
        return "long"
    folded = text.casefold()
    if folded in _common():
        return "common"
    piece = _piece(folded)
    if piece != folded and (len(piece) < _PIECE or piece in _common()):
        return "repeated"
    names = (name.casefold(), name.casefold().partition("@")[0], *_PRODUCT)
    if any(part in folded for part in names if len(part) >= _TELLING):
        return "named"
    return None


def hash_password(password: str, keys: Keys) -> str:
    """A password as it is kept: an argon2id string."""
    with _AT_A_TIME:
        return _HASHER.hash(_peppered(password, keys))


def is_right(password: str, hashed: str | None, keys: Keys) -> bool:
    """Whether a password is the hashed one; as much work for ``hashed`` None, which none is."""
    with _AT_A_TIME:
        try:
            _HASHER.verify(hashed or _nobodys(keys), _peppered(password, keys))
        except VerifyMismatchError:
            return False
    return hashed is not None


def is_long(password: str) -> bool:
    """Whether a password is long enough to let in without a second factor."""
    return len(_plain(password)) >= SHORTEST


@contextmanager
def turn(*, waits: bool) -> Iterator[bool]:
    """Whether a password may be checked now: one at a time, and at most one waits for its turn.

    Args:
        waits: Whether this one may wait, as for a browser that is known.
    """
    is_mine = False
    if not waits:
        is_mine = _AT_A_TIME.acquire(blocking=False)
    elif _WAITING.acquire(blocking=False):
        try:
            is_mine = _AT_A_TIME.acquire()
        finally:
            _WAITING.release()
    try:
        yield is_mine
    finally:
        if is_mine:
            _AT_A_TIME.release()


def needs_renewal(hashed: str) -> bool:
    """Whether a password was hashed with less work than is usual now."""
    return _HASHER.check_needs_rehash(hashed)


def _plain(password: str) -> str:
    """A password in one Unicode form: keyboards differ in how they write some characters."""
    return unicodedata.normalize("NFKC", password)


def _peppered(password: str, keys: Keys) -> bytes:
    """A keyed digest of a password, which is hashed in its place."""
    return keys.digest("password", _plain(password))


@cache
def _nobodys(keys: Keys) -> str:
    """A hash to verify where there is no account, or it has no password."""
    return _HASHER.hash(keys.digest("nobody", secrets.token_hex()))


@cache
def _common() -> frozenset[str]:
    """Common passwords, in small letters."""
    return frozenset(_LIST.read_text(encoding="ascii").split("\n"))


def _piece(text: str) -> str:
    """The shortest piece that a text repeats, or the text itself.

    >>> _piece("abcabcabc"), _piece("abcab")
    ('abc', 'abcab')
    """
    return text[: (text + text).index(text, 1)]
