"""Single use: words that go to a browser and have to come back with it, once and before long.

The challenge that a passkey signs, and the state of a sign-in at a provider. Nothing is kept of one
until it is used, so whoever asks for pages without end fills nothing. A word belongs to one purpose
and to one session, or to one browser before it has a session.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import sqlite3

from dashboard.access.keys import Keys

#: Seconds within which one has to come back.
LASTS = 600
_RANDOM, _TIME, _CODE = 24, 6, 24


def make(purpose: str, holder: str, keys: Keys, now: int) -> str:
    """A new word: random bytes and the time, with a code that only the secret makes.

    Args:
        purpose: What it is for.
        holder: The session, or the browser, that is given it.
        keys: What it is made of.
        now: Seconds that only go forward.
    """
    start = secrets.token_bytes(_RANDOM) + now.to_bytes(_TIME, "big")
    whole = start + _code(purpose, holder, start, keys)
    return base64.urlsafe_b64encode(whole).decode("ascii").rstrip("=")


def use(
    connection: sqlite3.Connection, purpose: str, holder: str, word: str, keys: Keys, now: int
) -> bool:
    """Use a word up; False where it is none of ours, of another holder, too old, or was used."""
    try:
        whole = base64.urlsafe_b64decode(word.encode("ascii") + b"=" * (-len(word) % 4))
    except ValueError:
        return False
    start, code = whole[: _RANDOM + _TIME], whole[_RANDOM + _TIME :]
    if not holder or not hmac.compare_digest(code, _code(purpose, holder, start, keys)):
        return False
    if not 0 <= now - int.from_bytes(start[_RANDOM:], "big") < LASTS:
        return False
    connection.execute("DELETE FROM used_word WHERE at <= ?", [now - LASTS])
    done = connection.execute(
        "INSERT OR IGNORE INTO used_word (digest, at) VALUES (?, ?)", [code, now]
    )
    return done.rowcount == 1


def _code(purpose: str, holder: str, start: bytes, keys: Keys) -> bytes:
    """The code of a word, which shows that it is ours and for whom; ``start`` is the rest of it."""
    return keys.digest("single use", purpose, holder, start.hex())[:_CODE]
