"""What an operator does with accounts and the record at the machine.

The only way to a first administrator, and the way back where the last one lost the phone.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from dashboard.access import audit
from dashboard.access import desk as at
from dashboard.access.accounts import Account, BadName, plain_partner
from dashboard.access.desk import Desk
from dashboard.access.keys import HOW, WeakSecret, read_keys
from dashboard.access.roles import BY_NAME, Role
from dashboard.access.signing import NoExport, export, published_head
from dashboard.access.store import NewerStore, UnwritableState
from dashboard.settings import Settings, SettingsError

_PARTNER = "for which partner it signs, as the declarations of sources name it"


class _Refusal(Exception):  # noqa: N818 -- says a state, as its message does
    """Something that cannot be done; the message says why."""


_LOST = (
    "The record does not hold the entry that the last publication took along: it was cut, written "
    "anew or put back from a copy."
)
#: What a command ends with in one sentence.
_TOLD = (
    _Refusal,
    SettingsError,
    WeakSecret,
    NewerStore,
    UnwritableState,
    BadName,
    audit.BrokenRecord,
    NoExport,
)


def add_parsers(commands: Any) -> None:
    """Add ``users``, ``signoff`` and ``audit`` to a parser; each puts ``run`` in place."""
    users = commands.add_parser("users", help="accounts: add, reset, disable, list")
    changes = users.add_subparsers(dest="change", required=True)
    add = changes.add_parser("add", help="add an account and print the link that sets its password")
    add.add_argument("name", help="work email or a short name")
    add.add_argument("--role", choices=sorted(BY_NAME), default="member")
    add.add_argument("--partner", metavar="CODE", help=_PARTNER)
    partner = changes.add_parser("partner", help="say for which partner a focal point signs")
    partner.add_argument("name")
    partner.add_argument("partner", metavar="CODE", help=_PARTNER)
    reset = changes.add_parser("reset", help="take password and authenticator away, print a link")
    reset.add_argument("name")
    disable = changes.add_parser("disable", help="let an account in no more, at once")
    disable.add_argument("name")
    changes.add_parser("end-tokens", help="end the program tokens of all accounts")
    changes.add_parser("list", help="list accounts")
    users.set_defaults(run=_users)
    signing = commands.add_parser("signoff", help="sign-off: hand the answers of partners over")
    asked = signing.add_subparsers(dest="ask", required=True)
    handed = asked.add_parser("export", help="print the answers to a round, sealed")
    handed.add_argument("--round", metavar="NAME", help="a closed round; the open one unless given")
    signing.set_defaults(run=_signoff)
    record = commands.add_parser("audit", help="the record: verify it, print its head")
    asked = record.add_subparsers(dest="ask", required=True)
    verify = asked.add_parser("verify", help="read the whole record; 1 when it is broken")
    verify.add_argument("--head", help="a head that was kept: it must be in the record")
    asked.add_parser("head", help="print number and digest of the last entry, to be kept")
    record.set_defaults(run=_audit)


def run(arguments: argparse.Namespace) -> int:
    """Run a command; 1 when it cannot be done, after one sentence about it."""
    try:
        settings = Settings.from_environment(os.environ)
        if settings.secret is None:
            raise _Refusal(f"Set ATLAS_SECRET_FILE to a file made with: {HOW}")
        desk = at.open_desk(settings.state, read_keys(settings.secret))
        for line in arguments.run(arguments, desk, settings):
            print(line)
    except _TOLD as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _users(arguments: argparse.Namespace, desk: Desk, settings: Settings) -> list[str]:
    if arguments.change == "list":
        return [_line(account) for account in at.everybody(desk)]
    if arguments.change == "add":
        role = BY_NAME[arguments.role]
        link = at.add(desk, arguments.name, role, at.OPERATOR, _partner(arguments.partner, role))
        return _told(link, settings)
    if arguments.change == "end-tokens":
        return [f"Ended: {at.end_tokens(desk, at.OPERATOR)} program tokens."]
    account = at.named(desk, arguments.name)
    if account is None:
        raise _Refusal(f"There is no account {arguments.name}.")
    if arguments.change == "reset":
        return _told(at.reset(desk, account, at.OPERATOR), settings)
    if arguments.change == "partner":
        partner = _partner(arguments.partner, account.role) or ""
        at.set_partner(desk, account, partner, at.OPERATOR)
        return [f"{account.name} signs for {partner} from now on."]
    at.disable(desk, account, at.OPERATOR)
    return [f"{account.name} is let in no more."]


def _audit(arguments: argparse.Namespace, desk: Desk, settings: Settings) -> list[str]:
    with desk.store.writing() as connection:  # so that no line is half written meanwhile
        kept = arguments.head if arguments.ask == "verify" else None
        head = audit.verify(connection, desk.folder, desk.keys, kept)
        broken = audit.breaks(connection, desk.folder)
    told = published_head(desk, settings.releases, head)
    if arguments.ask == "verify" and (broken or not told.follows):
        lost = [] if told.follows else [_LOST]
        raise audit.BrokenRecord("\n".join([*map(str, broken), *lost, f"Since then: {told}"]))
    return [str(told)]


def _partner(typed: str | None, role: Role) -> str | None:
    """The partner for whom a role signs; a role that signs needs one, and others have none."""
    partner = plain_partner(typed or "")
    if role.signs and partner is None:
        raise _Refusal("A focal point signs for a partner: give --partner CODE.")
    if not role.signs and partner is not None:
        raise _Refusal(f"The role {role.name} signs for no partner; leave the partner out.")
    return partner


def _signoff(arguments: argparse.Namespace, desk: Desk, settings: Settings) -> list[str]:
    return [export(desk, settings.releases, arguments.round).decode("ascii").strip()]


def _line(account: Account) -> str:
    state = "disabled" if account.disabled else "active" if account.password else "invited"
    code = "with a code" if account.has_code else "without a code"
    signs = f"  for {account.partner}" if account.partner else ""
    return f"{account.name}  {account.role.name}  {state}  {code}{signs}"


def _told(link: str, settings: Settings) -> list[str]:
    host = settings.public_host
    start = f"https://{host}" if host else f"http://localhost:{settings.port}"
    return [
        "This link sets the password, once and within two days:",
        f"{start}/set-password/{link}",
    ]
