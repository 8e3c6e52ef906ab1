"""What an operator does with accounts and the record at the machine.

The only way to a first administrator, and the way back where the last one lost the phone.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from dashboard.access import audit, users
from dashboard.access.account_table import Account, BadName, plain_partner
from dashboard.access.accounts import OPERATOR, Accounts, day_of, open_accounts
from dashboard.access.keys import HOW, WeakSecret, read_keys
from dashboard.access.roles import BY_NAME, Role
from dashboard.access.signing import NoExport, export, published_head
from dashboard.access.store import NewerStore, UnwritableState
from dashboard.model.command_line import declare, read_commands
from dashboard.model.partner_state import FILE, UnreadableStates, read_states
from dashboard.settings import Settings, SettingsError

#: Days that an account may be given to do without a second factor.
_MOST_DAYS = 90
_COMMANDS = read_commands(Path(__file__).with_name("commands.toml"))
_VALUES = {"roles": sorted(BY_NAME), "days": _MOST_DAYS}


class _Refusal(Exception):  # noqa: N818 -- says a state, as its message does
    """Something that cannot be done; the message says why."""


_LOST = (
    "The record does not hold the entry that the last publication took along: it was cut, written "
    "anew or put back from a copy."
)
#: Errors of which a command prints its one sentence.
_REFUSALS = (
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
    """Add ``users``, ``signoff`` and ``audit`` to a parser; each sets ``run`` to its function."""
    for name, run_command in (("users", _users), ("signoff", _signoff), ("audit", _audit)):
        parser = commands.add_parser(name, help=_COMMANDS[name]["help"])
        declare(parser, _COMMANDS[name], _VALUES)
        parser.set_defaults(run=run_command)


def run(arguments: argparse.Namespace) -> int:
    """Run a command and print its lines; 1 when it cannot be done, after one sentence about it."""
    try:
        settings = Settings.from_environment(os.environ)
        if settings.secret is None:
            raise _Refusal(f"Set ATLAS_SECRET_FILE to a file made with: {HOW}")
        accounts = open_accounts(settings.state, read_keys(settings.secret))
        for line in arguments.run(arguments, accounts, settings):
            print(line)
    except _REFUSALS as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _users(arguments: argparse.Namespace, accounts: Accounts, settings: Settings) -> list[str]:
    """Run ``users``; the lines to print."""
    if arguments.change == "list":
        return [_account_line(accounts, account) for account in users.everybody(accounts)]
    if arguments.change == "add":
        role = BY_NAME[arguments.role]
        partner = _partner(arguments, role, settings)
        link = users.add(accounts, arguments.name, role, OPERATOR, partner)
        return _link_lines(link, settings)
    if arguments.change == "end-tokens":
        return [f"Ended: {users.end_tokens(accounts, OPERATOR)} program tokens."]
    account = users.by_name(accounts, arguments.name)
    if account is None:
        raise _Refusal(f"There is no account {arguments.name}.")
    return _change(arguments, accounts, settings, account)


def _change(
    arguments: argparse.Namespace, accounts: Accounts, settings: Settings, account: Account
) -> list[str]:
    """Change an account as the command says; the lines to print."""
    match arguments.change:
        case "reset":
            return _link_lines(users.reset(accounts, account, OPERATOR), settings)
        case "partner":
            partner = _partner(arguments, account.role, settings) or ""
            users.set_partner(accounts, account, partner, OPERATOR)
            return [f"{account.name} signs for {partner} from now on."]
        case "disable":
            users.disable(accounts, account, OPERATOR)
            return [f"{account.name} is let in no more."]
        case "grace":
            return _grace(accounts, account, arguments.days)
        case "connect":
            return _connect(accounts, settings, account)
        case _:
            users.disconnect(accounts, account, OPERATOR)
            return [f"{account.name} is let in by the provider no more."]


def _grace(accounts: Accounts, account: Account, days: int) -> list[str]:
    """Let an account do without a second factor for some days; the line to print."""
    if not account.role.needs_second_factor:
        raise _Refusal(f"The role {account.role.name} needs no second factor.")
    if not 1 <= days <= _MOST_DAYS:
        raise _Refusal(f"Give it 1 to {_MOST_DAYS} days.")
    until = day_of(users.give_grace(accounts, account, days, OPERATOR))
    return [f"{account.name} may do without a second factor until {until}."]


def _connect(accounts: Accounts, settings: Settings, account: Account) -> list[str]:
    """Make a link that binds an account to the provider; the lines to print."""
    if settings.provider is None:
        raise _Refusal("No provider is set: ATLAS_OIDC_ISSUER.")
    if account.disabled:
        raise _Refusal(f"{account.name} is disabled; reset it first.")
    return _link_lines(users.invite_by_provider(accounts, account, OPERATOR), settings)


def _audit(arguments: argparse.Namespace, accounts: Accounts, settings: Settings) -> list[str]:
    """Verify the record and give its head as the line to print, for ``verify`` and ``head``.

    Raises:
        BrokenRecord: If it is broken now; for ``verify`` also if it was once, or lost entries.
    """
    with accounts.store.writing() as connection:  # so that no line is half written meanwhile
        earlier_head = arguments.head if arguments.ask == "verify" else None
        head = audit.verify(connection, accounts.folder, accounts.keys, earlier_head)
        breaks = audit.breaks(connection, accounts.folder)
    published = published_head(accounts, settings.releases, head)
    if arguments.ask == "verify" and (breaks or not published.follows):
        lost = [] if published.follows else [_LOST]
        raise audit.BrokenRecord("\n".join([*map(str, breaks), *lost, f"Since then: {published}"]))
    return [str(published)]


def _partner(arguments: argparse.Namespace, role: Role, settings: Settings) -> str | None:
    """The partner that was typed for an account; its role must sign, and with none must not.

    One that no edition knows is refused unless it is said to be new: it would never be asked.
    """
    partner = plain_partner(arguments.partner or "")
    if role.signs and partner is None:
        raise _Refusal("A focal point signs for a partner: give --partner CODE.")
    if not role.signs and partner is not None:
        raise _Refusal(f"The role {role.name} signs for no partner; leave the partner out.")
    known = _known_partners(settings)
    if partner and known and partner not in known and not arguments.new_partner:
        raise _Refusal(
            f"No edition has a partner {partner}. There are {', '.join(known)}. "
            "Is it a new one, add --new-partner."
        )
    return partner


def _known_partners(settings: Settings) -> list[str]:
    """The partners of the edition that is shown; empty where nobody says so."""
    try:
        states = read_states((settings.releases / FILE).read_bytes())
    except (OSError, UnreadableStates):
        return []
    return [plain_partner(state.partner) or "" for state in states.partners]


def _signoff(arguments: argparse.Namespace, accounts: Accounts, settings: Settings) -> list[str]:
    """The sealed answers to a round, in one line."""
    return [export(accounts, settings.releases, arguments.round).decode("ascii").strip()]


def _account_line(accounts: Accounts, account: Account) -> str:
    """An account in the list: name, role, state and how it signs in."""
    signs = f"  for {account.partner}" if account.partner else ""
    provider = "  by provider" if account.is_connected else ""
    second = _second_factor(accounts, account)
    return f"{account.name}  {account.role.name}  {account.state}  {second}{provider}{signs}"


def _second_factor(accounts: Accounts, account: Account) -> str:
    """Which second factors an account has, or until when it may sign in without one."""
    factors = ["authenticator"] if account.has_code else []
    factors += [f"passkeys: {account.passkeys}"] if account.passkeys else []
    if factors:
        return ", ".join(factors)
    until = users.waits_until(accounts, account)
    return "no second factor" + (f", may wait until {day_of(until)}" if until is not None else "")


def _link_lines(link: str, settings: Settings) -> list[str]:
    """The lines to print for the secret part of a link."""
    host = settings.public_host
    start = f"https://{host}" if host else f"http://localhost:{settings.port}"
    return [
        "This link lets its owner set up how to sign in, once and within two days:",
        f"{start}/set-password/{link}",
    ]
