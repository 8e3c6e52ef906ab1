"""Passkeys: signing in with a key that a device or a security key holds (WebAuthn, level 3).

A device is asked to make sure who holds it, so a passkey stands for both factors. Each is sealed
with the web secret: who can write the file of accounts cannot put one in. What a browser is told
and what it sends is JSON as the standard has it; reading it is ``webauthn``'s.
"""

from __future__ import annotations

import hmac
import json
import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import webauthn
from webauthn.helpers import base64url_to_bytes, options_to_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from dashboard.access import account_table, attempts, sessions, single_use
from dashboard.access.account_table import Account
from dashboard.access.accounts import Accounts, change_recorded, record
from dashboard.access.codes import ISSUER
from dashboard.access.keys import Keys
from dashboard.access.own_account import restart_session
from dashboard.access.sessions import Origin, Session
from dashboard.access.signing_in import Refused, begin_session, check_owner, note_failure

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
#: Passkeys that an account may have, and characters of a name.
MOST, LONGEST_NAME = 10, 60
#: Characters of what a browser may send of one.
_LONGEST = 12_000
_REQUIRED = UserVerificationRequirement.REQUIRED
#: Milliseconds within which a browser's own dialogue has to end.
_PATIENCE = 1_000 * single_use.LASTS

#: Why a passkey was not taken: "unfit" where it is none, or was one already; "many" where the
#: account has as many as it may.
Fault = Literal["unfit", "many", "no_name"]


@dataclass(frozen=True)
class Place:
    """The site on which passkeys are made and used.

    Attributes:
        name: Its host, to which they belong: no other site is told of them.
        origin: The start of every address there, such as "https://atlas.example.org".
    """

    name: str
    origin: str


@dataclass(frozen=True)
class Passkey:
    """One that an account has.

    Attributes:
        id: Its number.
        name: What its owner calls it.
        made_at: When it was added, in seconds since 1970.
        used_at: When somebody last signed in with it, in seconds since 1970, or None.
    """

    id: int
    name: str
    made_at: int
    used_at: int | None


def of(accounts: Accounts, account: Account) -> list[Passkey]:
    """The passkeys of an account, the oldest first."""
    question = "SELECT id, name, made_at, used_at FROM passkey WHERE account = ? ORDER BY id"
    return [Passkey(*row) for row in accounts.store.rows(question, [account.id])]


# --- adding one, naming and removing it ---------------------------------------------------------


def to_add(accounts: Accounts, session: Session, place: Place) -> str:
    """The options with which a browser makes a passkey, as JSON."""
    account = session.account
    with accounts.store.reading() as connection:
        credentials = _credentials(connection, account.id)
    options = webauthn.generate_registration_options(
        rp_id=place.name,
        rp_name=ISSUER,
        user_name=account.name,
        user_id=_handle(account, accounts.keys),
        challenge=_challenge(accounts, "add", session.token),
        timeout=_PATIENCE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_REQUIRED
        ),
        exclude_credentials=credentials,
    )
    return options_to_json(options)


def add(
    accounts: Accounts,
    session: Session,
    place: Place,
    sent: str,
    typed: str,
    password: str,
    address: str,
) -> tuple[Session, list[str]] | Fault | Refused:
    """Add a passkey.

    Args:
        accounts: The accounts of this server.
        session: Whose browser was told to make it.
        place: The site that it belongs to.
        sent: What the browser sent of it, JSON.
        typed: The name that its owner typed for it.
        password: Asked for where the session is whole, and so may be an old one.
        address: Where the request comes from.

    Returns:
        The session that goes on, another where this is the first second factor of the account, and
        the recovery codes that were made then; or why it was refused.
    """
    account = session.account
    name = account_table.plain_text(typed, LONGEST_NAME)
    if name is None:
        return "no_name"
    if session.stage == "whole" and (refused := check_owner(accounts, session, password, address)):
        return refused
    word = _word_in(sent)
    with accounts.store.writing() as connection:
        used = single_use.use(connection, "add", session.token, word, accounts.keys, accounts.now())
    if not used:
        return "unfit"
    registration = _or_none(
        webauthn.verify_registration_response,
        credential=sent,
        expected_challenge=word.encode("ascii"),
        expected_rp_id=place.name,
        expected_origin=place.origin,
        require_user_verification=True,
    )
    if registration is None:
        return "unfit"
    with accounts.store.writing() as connection:
        current = sessions.find_session(connection, session.token, accounts.keys, accounts.now())
        if current is None or current.account.password != account.password:
            return "wrong"
        if current.account.passkeys >= MOST:
            return "many"
        key = registration.credential_public_key
        try:
            connection.execute(
                "INSERT INTO passkey (account, credential, public_key, seal, sign_count, name, "
                "made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [account.id, registration.credential_id, key,
                 _seal(account.id, registration.credential_id, key, accounts.keys),
                 registration.sign_count, name, accounts.clock()],
            )  # fmt: skip
        except sqlite3.IntegrityError:
            return "unfit"
        record(accounts, connection, "passkey added", account.name, passkey=name)
        if current.account.has_second_factor:
            return current, []
        return restart_session(accounts, connection, current)


def rename(
    accounts: Accounts, account: Account, number: int, typed: str
) -> Literal["no_name"] | None:
    """Rename a passkey of an account; why it was refused, or None."""
    name = account_table.plain_text(typed, LONGEST_NAME)
    if name is None:
        return "no_name"
    statement = "UPDATE passkey SET name = ? WHERE id = ? AND account = ?"
    values = [name, number, account.id]
    change_recorded(accounts, statement, values, "passkey renamed", account.name, passkey=name)
    return None


def remove(
    accounts: Accounts, session: Session, number: int, password: str, address: str
) -> Refused | None:
    """Remove a passkey of an account; why it was refused, or None."""
    account = session.account
    if refused := check_owner(accounts, session, password, address):
        return refused
    with accounts.store.writing() as connection:
        row = connection.execute(
            "DELETE FROM passkey WHERE id = ? AND account = ? RETURNING name", [number, account.id]
        ).fetchone()
        if row:
            record(accounts, connection, "passkey removed", account.name, passkey=row["name"])
    return None


# --- signing in with one ------------------------------------------------------------------------


def to_sign_in(accounts: Accounts, holder: str, waiting: Session | None, place: Place) -> str:
    """The options with which a browser signs in with a passkey, as JSON.

    Args:
        accounts: The accounts of this server.
        holder: The session, or the browser, that is given a challenge.
        waiting: The session of somebody whose password was right, or None where any passkey will
            do that the device has for this place.
        place: The site that they belong to.
    """
    credentials: Sequence[PublicKeyCredentialDescriptor] = ()
    if waiting:
        with accounts.store.reading() as connection:
            credentials = _credentials(connection, waiting.account.id)
    options = webauthn.generate_authentication_options(
        rp_id=place.name,
        challenge=_challenge(accounts, "sign in", holder),
        timeout=_PATIENCE,
        allow_credentials=list(credentials),
        user_verification=_REQUIRED,
    )
    return options_to_json(options)


def sign_in(
    accounts: Accounts,
    holder: str,
    waiting: Session | None,
    place: Place,
    sent: str,
    origin: Origin,
) -> Session | Refused:
    """Begin the whole session of whoever has a passkey; why it was refused, where it was.

    Args:
        accounts: The accounts of this server.
        holder: The session, or the browser, whose challenge was signed.
        waiting: The session of somebody whose password was right: it has to be their passkey.
        place: The site that it belongs to.
        sent: What the browser sent of it, JSON.
        origin: Where the session begins.
    """
    now, address = accounts.now(), origin.address
    with accounts.store.writing() as connection:
        chance = attempts.count(connection, None, address, accounts.keys, now)
        if chance == "locked":
            return "locked"
        word = _word_in(sent)
        if not single_use.use(connection, "sign in", holder, word, accounts.keys, now):
            return "wrong"
        row = connection.execute(
            "SELECT * FROM passkey WHERE credential = ?", [_credential_in(sent)]
        ).fetchone()
    if row is None:
        return "wrong"
    with accounts.store.reading() as connection:
        account = account_table.by_number(connection, row["account"])
    is_theirs = waiting is None or waiting.account.id == account.id
    seal = _seal(account.id, row["credential"], row["public_key"], accounts.keys)
    if account.disabled or not is_theirs or not hmac.compare_digest(seal, row["seal"]):
        return note_failure(accounts, account, address, chance, means="passkey")
    verified = _or_none(
        webauthn.verify_authentication_response,
        credential=sent,
        expected_challenge=word.encode("ascii"),
        expected_rp_id=place.name,
        expected_origin=place.origin,
        credential_public_key=row["public_key"],
        credential_current_sign_count=row["sign_count"],
        require_user_verification=True,
    )
    if verified is None:
        return note_failure(accounts, account, address, chance, means="passkey")
    with accounts.store.writing() as connection:
        updated = connection.execute(
            "UPDATE passkey SET sign_count = ?, used_at = ? WHERE id = ? AND sign_count = ?",
            [verified.new_sign_count, accounts.clock(), row["id"], row["sign_count"]],
        )
        account = account_table.by_number(connection, account.id)
        is_waiting = waiting is None or sessions.find_session(
            connection, waiting.token, accounts.keys, now
        )
        if not updated.rowcount or account.disabled or not is_waiting:
            return "wrong"  # removed, disabled, used or ended while it was checked
        attempts.forgive_address(connection, None, address, accounts.keys)
        attempts.forget(connection, attempts.of_name(account.name), accounts.keys)
        if waiting:
            sessions.end(connection, waiting.token, accounts.keys)
        return begin_session(accounts, connection, account, origin, proved_twice=True)


# --- what browsers send -------------------------------------------------------------------------


def _challenge(accounts: Accounts, purpose: str, holder: str) -> bytes:
    """A word that a browser has to sign, once and by its holder."""
    return single_use.make(purpose, holder, accounts.keys, accounts.now()).encode("ascii")


def _or_none(verify: Callable[..., _Result], **arguments: object) -> _Result | None:
    """What a function of the library returns, None where it refuses what a browser sent.

    It parses certificates and keys of others' making, and its errors are of many kinds.
    """
    try:
        return verify(**arguments)
    except Exception as error:
        _log.warning("What was sent is no passkey of ours: %s.", type(error).__name__)
        return None


def _word_in(sent: str) -> str:
    """The challenge that stands in what a browser sent, '' where none does."""
    try:
        data = json.loads(base64url_to_bytes(_parsed(sent)["response"]["clientDataJSON"]))
        return base64url_to_bytes(data["challenge"]).decode("ascii")
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""


def _credential_in(sent: str) -> bytes:
    """Id of the credential that stands in what a browser sent, empty where none does."""
    try:
        return base64url_to_bytes(str(_parsed(sent)["id"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return b""


def _parsed(sent: str) -> dict[str, dict[str, str]]:
    """What a browser sent, from JSON; empty where it is too long."""
    return json.loads(sent) if len(sent) <= _LONGEST else {}


def _credentials(
    connection: sqlite3.Connection, account: int
) -> list[PublicKeyCredentialDescriptor]:
    """The credentials of an account, as options for a browser list them."""
    rows = connection.execute("SELECT credential FROM passkey WHERE account = ?", [account])
    return [PublicKeyCredentialDescriptor(id=row["credential"]) for row in rows]


def _handle(account: Account, keys: Keys) -> bytes:
    """The id of an account for its devices, which does not tell others the account."""
    return keys.digest("passkey", str(account.id))


def _seal(account: int, credential: bytes, public_key: bytes, keys: Keys) -> bytes:
    """A keyed digest that shows that this server added a passkey to an account."""
    return keys.digest("passkey kept", str(account), credential.hex(), public_key.hex())
