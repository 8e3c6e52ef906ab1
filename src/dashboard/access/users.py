"""Users: what an administrator, or an operator at the machine, does with accounts of others.

Each is recorded, with ``who`` did it. Who may, and which page or command asks, is decided above.
"""

from __future__ import annotations

from dashboard.access import account_table, attempts, invitations, program_tokens
from dashboard.access.account_table import Account
from dashboard.access.accounts import Accounts, record
from dashboard.access.roles import Role
from dashboard.access.signing_in import end_all

_DAY = 86_400


def add(accounts: Accounts, name: str, role: Role, who: str, partner: str | None = None) -> str:
    """Add an account, with the partner that it signs for; the secret part of its first link.

    Raises:
        BadName: If the name is none, or taken.
    """
    with accounts.store.writing() as connection:
        account = account_table.add(connection, name, role, accounts.clock(), partner)
        token = invitations.invite(connection, account.id, accounts.keys, accounts.now())
        about = {"account": account.name, "role": role.name}
        about |= {"partner": partner} if partner else {}
        record(accounts, connection, "account added", who, **about)
    return token


def reset(accounts: Accounts, account: Account, who: str) -> str:
    """Delete all that lets an account in, and end its sessions; the secret part of a new link."""
    with accounts.store.writing() as connection:
        account_table.reset(connection, account.id, accounts.clock())
        end_all(connection, account)
        attempts.forget(connection, attempts.of_name(account.name), accounts.keys)
        attempts.forget(connection, attempts.of_account(account), accounts.keys)
        token = invitations.invite(connection, account.id, accounts.keys, accounts.now())
        record(accounts, connection, "account reset", who, account=account.name)
    return token


def invite_by_provider(accounts: Accounts, account: Account, who: str) -> str:
    """Make a link that binds an account to an identity at the provider; its secret part."""
    with accounts.store.writing() as connection:
        now = accounts.now()
        token = invitations.invite(connection, account.id, accounts.keys, now, only_provider=True)
        record(accounts, connection, "provider link made", who, account=account.name)
    return token


def disconnect(accounts: Accounts, account: Account, who: str) -> None:
    """Unbind an account from its identity at the provider; its sessions end."""
    with accounts.store.writing() as connection:
        account_table.disconnect(connection, account.id)
        end_all(connection, account)
        record(accounts, connection, "provider disconnected", who, account=account.name)


def disable(accounts: Accounts, account: Account, who: str) -> None:
    """Disable an account: its sessions end, and its link is void."""
    with accounts.store.writing() as connection:
        account_table.change(connection, account.id, disabled=1)
        end_all(connection, account)
        invitations.withdraw(connection, account.id)
        record(accounts, connection, "account disabled", who, account=account.name)


def give_grace(accounts: Accounts, account: Account, days: int, who: str) -> int:
    """Let an account do without a second factor for days; until when, in seconds since 1970."""
    until = accounts.now() + days * _DAY
    with accounts.store.writing() as connection:
        account_table.change(connection, account.id, grace_until=until)
        record(accounts, connection, "grace given", who, account=account.name, days=str(days))
    return accounts.moment(until)


def set_partner(accounts: Accounts, account: Account, partner: str, who: str) -> None:
    """Set the partner for which a focal point signs."""
    with accounts.store.writing() as connection:
        now = accounts.clock()
        account_table.change(connection, account.id, partner=partner, settled_at=now)
        record(accounts, connection, "partner set", who, account=account.name, partner=partner)


def end_tokens(accounts: Accounts, who: str) -> int:
    """End the tokens of all accounts; how many there were."""
    with accounts.store.writing() as connection:
        ended = program_tokens.end_all(connection)
        record(accounts, connection, "tokens ended", who, tokens=str(ended))
    return ended


def waits_until(accounts: Accounts, account: Account) -> int | None:
    """Until when, since 1970, an account may lack a second factor; None for never."""
    return accounts.moment(account.grace_until) if account.may_wait(accounts.now()) else None


def everybody(accounts: Accounts) -> list[Account]:
    """All accounts by name."""
    with accounts.store.reading() as connection:
        return account_table.every(connection)


def by_name(accounts: Accounts, name: str) -> Account | None:
    """The account with a name, or None."""
    with accounts.store.reading() as connection:
        return account_table.by_name(connection, name)
