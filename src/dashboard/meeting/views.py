"""Views: addresses that people keep under a name, for themselves or for everybody.

A shared view has the role of who shared it; whose it is stands in the file of accounts alone.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from dashboard.access import audit
from dashboard.access.accounts import Accounts, record
from dashboard.meeting.address import Address

#: Characters of a name, and views of an account.
LONGEST, MOST = 60, 40
#: Shared views that are listed, the newest first.
LISTED = 200

Change = Literal["share", "keep", "rename", "delete"]
#: Selects what ``SavedView`` holds; its value is the number of the account that asks.
_SELECT = (
    "SELECT v.*, a.role, v.account = ? AS own FROM saved_view v JOIN account a ON a.id = v.account"
)
#: What the record says of each change.
_EVENTS: dict[Change, audit.Event] = {
    "share": "view shared",
    "keep": "view kept private",
    "rename": "view renamed",
    "delete": "view deleted",
}


@dataclass(frozen=True)
class SavedView:
    """A view under a name.

    Attributes:
        id: Its number.
        name: Its name.
        address: Where it leads.
        is_shared: Whether everybody who signed in sees it.
        role: Role of the account whose it is.
        is_own: Whether it is the reader's own.
    """

    id: int
    name: str
    address: Address
    is_shared: bool
    role: str
    is_own: bool


def save(
    accounts: Accounts, account: int, name: str, address: Address, *, shared: bool, who: str
) -> bool:
    """Store a view of an account; False where the account has as many as it may."""
    with accounts.store.writing() as connection:
        (count,) = connection.execute(
            "SELECT count(*) FROM saved_view WHERE account = ?", [account]
        ).fetchone()
        if count >= MOST:
            return False
        (number,) = connection.execute(
            "INSERT INTO saved_view (account, name, path, query, shared, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            [account, name, address.path, address.query, shared, accounts.clock()],
        ).fetchone()
        event: audit.Event = "view shared" if shared else "view saved"
        _record(accounts, connection, event, who, number, address)
    return True


def listed(accounts: Accounts, account: int) -> list[SavedView]:
    """The views of an account, then the newest that others share, each by name."""
    rows = accounts.store.rows(
        f"{_SELECT} WHERE v.account = ? OR v.id IN "  # noqa: S608 -- a constant
        "(SELECT id FROM saved_view WHERE shared AND account <> ? ORDER BY id DESC LIMIT ?) "
        "ORDER BY own DESC, v.name, v.id",
        [account, account, account, LISTED],
    )
    return [_view(row) for row in rows]


def change(
    accounts: Accounts,
    number: int,
    account: int,
    action: Change,
    who: str,
    *,
    name: str = "",
    may_delete_shared: bool,
) -> bool:
    """Change a view; whether there is one that the account may change so.

    Args:
        accounts: Where the view is kept.
        number: Number of the view.
        account: Number of the account that asks.
        action: What is changed.
        who: Name of the account, for the record.
        name: The new name, where it is renamed.
        may_delete_shared: Whether the account may delete views that others share.
    """
    with accounts.store.writing() as connection:
        row = connection.execute(f"{_SELECT} WHERE v.id = ?", [account, number]).fetchone()
        if row is None:
            return False
        view = _view(row)
        if not view.is_own and not (may_delete_shared and view.is_shared and action == "delete"):
            return False
        if action == "delete":
            connection.execute("DELETE FROM saved_view WHERE id = ?", [number])
        elif action == "rename":
            connection.execute("UPDATE saved_view SET name = ? WHERE id = ?", [name, number])
        else:
            connection.execute(
                "UPDATE saved_view SET shared = ? WHERE id = ?", [action == "share", number]
            )
        _record(accounts, connection, _EVENTS[action], who, number, view.address)
    return True


def _record(
    accounts: Accounts,
    connection: sqlite3.Connection,
    event: audit.Event,
    who: str,
    number: int,
    address: Address,
) -> None:
    """Add to the record what was done; only who shares a view lets others see where it leads."""
    about = {"view": str(number)}
    if event == "view shared":
        about["address"] = str(address)
    record(accounts, connection, event, who, **about)


def _view(row: sqlite3.Row) -> SavedView:
    """The view in a row of the file of accounts, which also has its owner's role."""
    address = Address(row["path"], row["query"])
    return SavedView(
        row["id"], row["name"], address, bool(row["shared"]), row["role"], bool(row["own"])
    )
