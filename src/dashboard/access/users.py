"""Users: what an administrator, or an operator at the machine, does with accounts of others.

Who may, and which page or command asks, is decided above.
"""

from __future__ import annotations

from dashboard.access import account_table, attempts, invitations, program_tokens
from dashboard.access.account_table import Account
from dashboard.access.accounts import Accounts, record
from dashboard.access.roles import Role
from dashboard.access.signing_in import end_all

_DAY = 86_400


def add(accounts: Accounts, name: str, role: Role, by: str, partner: str | None = None) -> str:
    """Add an account, for a partner where it signs; the secret part of the link for its password.

    Raises:
        BadName: If the name is none, or taken.
    """
    with accounts.store.writing() as connection:
        account = account_table.add(connection, name, role, accounts.clock(), partner)
        token = invitations.invite(connection, account.id, accounts.keys, accounts.now())
        about = {"partner": partner} if partner else {}
        record(
            accounts, connection, "account added", by, account=account.name, role=role.name, **about
        )
    return token


def reset(accounts: Accounts, account: Account, by: str) -> str:
    """Take password and authenticator of an account away; the secret part of a new link."""
    with accounts.store.writing() as connection:
        account_table.reset(connection, account.id, accounts.clock())
        end_all(connection, account)
        attempts.forget(connection, attempts.of_name(account.name), accounts.keys)
        attempts.forget(connection, attempts.of_account(account), accounts.keys)
        token = invitations.invite(connection, account.id, accounts.keys, accounts.now())
        record(accounts, connection, "account reset", by, account=account.name)
    return token


def invite_by_provider(accounts: Accounts, account: Account, by: str) -> str:
    """The secret part of a link that binds an account to who a provider says somebody is."""
    with accounts.store.writing() as connection:
        now = accounts.now()
        token = invitations.invite(connection, account.id, accounts.keys, now, only_provider=True)
        record(accounts, connection, "provider link made", by, account=account.name)
    return token


def disconnect(accounts: Accounts, account: Account, by: str) -> None:
    """Let an account in by its provider no more; its sessions end."""
    with accounts.store.writing() as connection:
        account_table.disconnect(connection, account.id)
        end_all(connection, account)
        record(accounts, connection, "provider disconnected", by, account=account.name)


def disable(accounts: Accounts, account: Account, by: str) -> None:
    """Let an account in no more, at once."""
    with accounts.store.writing() as connection:
        account_table.change(connection, account.id, disabled=1)
        end_all(connection, account)
        invitations.withdraw(connection, account.id)
        record(accounts, connection, "account disabled", by, account=account.name)


def give_grace(accounts: Accounts, account: Account, days: int, by: str) -> int:
    """Let an account do without a second factor for some days; until when, by the clock."""
    until = accounts.now() + days * _DAY
    with accounts.store.writing() as connection:
        account_table.change(connection, account.id, grace_until=until)
        record(accounts, connection, "grace given", by, account=account.name, days=str(days))
    return accounts.moment(until)


def set_partner(accounts: Accounts, account: Account, partner: str, by: str) -> None:
    """Say for which partner a focal point signs from now on."""
    with accounts.store.writing() as connection:
        now = accounts.clock()
        account_table.change(connection, account.id, partner=partner, settled_at=now)
        record(accounts, connection, "partner set", by, account=account.name, partner=partner)


def end_tokens(accounts: Accounts, by: str) -> int:
    """End the tokens of all accounts; how many there were."""
    with accounts.store.writing() as connection:
        ended = program_tokens.end_all(connection)
        record(accounts, connection, "tokens ended", by, tokens=str(ended))
    return ended


def waits_until(accounts: Accounts, account: Account) -> int | None:
    """Until when by the clock it may lack a second factor that its role needs, None for never."""
    return accounts.moment(account.grace_until) if account.may_wait(accounts.now()) else None


def everybody(accounts: Accounts) -> list[Account]:
    """All accounts by name."""
    with accounts.store.reading() as connection:
        return account_table.every(connection)


def by_name(accounts: Accounts, name: str) -> Account | None:
    """The account with a name, or None."""
    with accounts.store.reading() as connection:
        return account_table.by_name(connection, name)
