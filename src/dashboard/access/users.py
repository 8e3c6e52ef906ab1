"""Users: what an administrator, or an operator at the machine, does with accounts of others.

Who may, and which page or command asks, is decided above.
"""

from __future__ import annotations

from dashboard.access import accounts, attempts, invitations, program_tokens
from dashboard.access.accounts import Account
from dashboard.access.desk import Desk, record
from dashboard.access.roles import Role
from dashboard.access.signing_in import end_all

_DAY = 86_400


def add(desk: Desk, name: str, role: Role, by: str, partner: str | None = None) -> str:
    """Add an account, for a partner where it signs; the secret part of the link for its password.

    Raises:
        BadName: If the name is none, or taken.
    """
    with desk.store.writing() as connection:
        account = accounts.add(connection, name, role, desk.clock(), partner)
        token = invitations.invite(connection, account.id, desk.keys, desk.now())
        about = {"partner": partner} if partner else {}
        record(desk, connection, "account added", by, account=account.name, role=role.name, **about)
    return token


def reset(desk: Desk, account: Account, by: str) -> str:
    """Take password and authenticator of an account away; the secret part of a new link."""
    with desk.store.writing() as connection:
        accounts.reset(connection, account.id, desk.clock())
        end_all(connection, account)
        attempts.forget(connection, attempts.of_name(account.name), desk.keys)
        attempts.forget(connection, attempts.of_account(account), desk.keys)
        token = invitations.invite(connection, account.id, desk.keys, desk.now())
        record(desk, connection, "account reset", by, account=account.name)
    return token


def invite_by_provider(desk: Desk, account: Account, by: str) -> str:
    """The secret part of a link that binds an account to who a provider says somebody is."""
    with desk.store.writing() as connection:
        now = desk.now()
        token = invitations.invite(connection, account.id, desk.keys, now, only_provider=True)
        record(desk, connection, "provider link made", by, account=account.name)
    return token


def disconnect(desk: Desk, account: Account, by: str) -> None:
    """Let an account in by its provider no more; its sessions end."""
    with desk.store.writing() as connection:
        accounts.disconnect(connection, account.id)
        end_all(connection, account)
        record(desk, connection, "provider disconnected", by, account=account.name)


def disable(desk: Desk, account: Account, by: str) -> None:
    """Let an account in no more, at once."""
    with desk.store.writing() as connection:
        accounts.disable(connection, account.id)
        end_all(connection, account)
        invitations.withdraw(connection, account.id)
        record(desk, connection, "account disabled", by, account=account.name)


def give_grace(desk: Desk, account: Account, days: int, by: str) -> int:
    """Let an account do without a second factor for some days; until when, by the clock."""
    until = desk.now() + days * _DAY
    with desk.store.writing() as connection:
        accounts.set_grace(connection, account.id, until)
        record(desk, connection, "grace given", by, account=account.name, days=str(days))
    return desk.moment(until)


def set_partner(desk: Desk, account: Account, partner: str, by: str) -> None:
    """Say for which partner a focal point signs from now on."""
    with desk.store.writing() as connection:
        accounts.set_partner(connection, account.id, partner, desk.clock())
        record(desk, connection, "partner set", by, account=account.name, partner=partner)


def end_tokens(desk: Desk, by: str) -> int:
    """End the tokens of all accounts; how many there were."""
    with desk.store.writing() as connection:
        ended = program_tokens.end_all(connection)
        record(desk, connection, "tokens ended", by, tokens=str(ended))
    return ended


def everybody(desk: Desk) -> list[Account]:
    """All accounts by name."""
    with desk.store.reading() as connection:
        return accounts.every(connection)


def named(desk: Desk, name: str) -> Account | None:
    """The account with a name, or None."""
    with desk.store.reading() as connection:
        return accounts.named(connection, name)
