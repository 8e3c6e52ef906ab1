"""Codes: the six digits of an authenticator, and the recovery codes for a lost phone.

The authenticator's key is derived from the secret and a salt of the account, so the file of
accounts alone makes no codes (RFC 6238; 30 seconds; one step early or late).
"""

from __future__ import annotations

import base64
import hmac
import secrets
import sqlite3

import segno
from pyotp.totp import TOTP

from dashboard.access.keys import Keys

ISSUER = "Situation Atlas"
_STEP = 30
_KEY_BYTES = 20
RECOVERY_CODES = 10
#: How many codes of an account that were used last are kept, so that none is taken twice even when
#: the clock is set back.
_REMEMBERED = 1_000
#: Letters and digits that are not mistaken for others; ten of them are 50 bits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 10


def key_of(account: int, salt: str, keys: Keys) -> str:
    """An authenticator's key in letters, as a reader types it."""
    whole = keys.digest("authenticator", str(account), salt)
    return base64.b32encode(whole[:_KEY_BYTES]).decode("ascii")


def address_of(key: str, name: str) -> str:
    """The ``otpauth`` address with which a phone adds a key to its authenticator."""
    return TOTP(key).provisioning_uri(name=name, issuer_name=ISSUER)


def picture_of(address: str) -> str:
    """An address as a QR code (ISO/IEC 18004), an SVG that a page may hold; black on white."""
    code = segno.make_qr(address, error="m")
    return code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, lineclass=None)


def step_of(code: str, key: str, now: int) -> int | None:
    """The step of time whose code this is, None where it is that of no step near now.

    Args:
        code: What was typed; spaces in it do not matter.
        key: The authenticator's key.
        now: Seconds since 1970.
    """
    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdigit()):
        return None
    totp = TOTP(key, interval=_STEP)
    steps = [now // _STEP + shift for shift in (-1, 0, 1)]
    # All are compared, so that the time says nothing.
    fits = [hmac.compare_digest(totp.generate_otp(step), typed) for step in steps]
    return next((step for step, fit in zip(steps, fits, strict=True) if fit), None)


def use_code(connection: sqlite3.Connection, account: int, step: int) -> bool:
    """Use the code of a step up; False where it was used before, whatever the clock says now."""
    done = connection.execute(
        "INSERT OR IGNORE INTO used_code (account, step) VALUES (?, ?)", [account, step]
    )
    connection.execute(
        "DELETE FROM used_code WHERE account = ? AND rowid NOT IN "
        "(SELECT rowid FROM used_code WHERE account = ? ORDER BY rowid DESC LIMIT ?)",
        [account, account, _REMEMBERED],
    )
    return done.rowcount == 1


def new_recovery_codes(connection: sqlite3.Connection, account: int, keys: Keys) -> list[str]:
    """Make the recovery codes of an account in place of those before; only digests are kept."""
    new_codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    connection.execute("DELETE FROM recovery_code WHERE account = ?", [account])
    connection.executemany(
        "INSERT INTO recovery_code (digest, account) VALUES (?, ?)",
        [(_digest(code, account, keys), account) for code in new_codes],
    )
    return [f"{code[: _LENGTH // 2]}-{code[_LENGTH // 2 :]}" for code in new_codes]


def use_recovery_code(connection: sqlite3.Connection, account: int, code: str, keys: Keys) -> bool:
    """Use a recovery code up; False where the account has no such one."""
    typed = "".join(letter for letter in code.casefold() if letter in _LETTERS)
    done = connection.execute(
        "DELETE FROM recovery_code WHERE digest = ? AND account = ?",
        [_digest(typed, account, keys), account],
    )
    return done.rowcount == 1


def recovery_codes_left(connection: sqlite3.Connection, account: int) -> int:
    """How many recovery codes an account has left."""
    return connection.execute(
        "SELECT count(*) FROM recovery_code WHERE account = ?", [account]
    ).fetchone()[0]


def _recovery_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def _digest(code: str, account: int, keys: Keys) -> bytes:
    """A recovery code, without its hyphen, as it is kept."""
    return keys.digest("recovery", str(account), code)
