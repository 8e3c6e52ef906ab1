"""Accounts: their file, time and the record, as all that is done with them needs them.

What ends or counts by itself goes by ``Accounts.now``, which no clock sets back; what a person
reads, and codes, by ``Accounts.clock``. What is done stands in ``signing_in``, ``own_account`` and
``users``, each thing kept whole or not at all, with its entry in the record. The table of who may
sign in is ``account_table``.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from sqlite3 import Connection

from dashboard.access import audit
from dashboard.access.keys import Keys
from dashboard.access.store import Store, open_store
from dashboard.access.timer import Timer, set_back

#: Whom the record names where an operator sits at the machine.
OPERATOR = "command line"
_HOUR = 3600
#: The numbers of refusals in an hour that are recorded.
_RECORDED = frozenset(10**power for power in range(7))


def _seconds() -> int:
    return int(time.time())


def day_of(seconds: int) -> date:
    """The day, UTC, of seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC).date()


class Denials:
    """How often this process refused each reader something in the current hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hour = 0
        self._counts: Counter[str] = Counter()

    def count(self, name: str, now: int) -> tuple[int, dict[str, int]]:
        """Count one more refusal.

        Returns:
            Its number in this hour, and the sums of an hour that has ended since, by name.
        """
        with self._lock:
            ended: Counter[str] = Counter()
            if now // _HOUR != self._hour:
                self._hour, ended, self._counts = now // _HOUR, self._counts, Counter()
            self._counts[name] += 1
            return self._counts[name], dict(ended)


@dataclass(frozen=True)
class Accounts:
    """The accounts of a server.

    Attributes:
        store: The file of accounts.
        keys: Derives keys from the secret.
        timer: Tells the seconds that only go forward.
        clock: Seconds since 1970, as the machine's clock has them.
        denials: What was refused to whom of late.
    """

    store: Store
    keys: Keys
    timer: Timer
    clock: Callable[[], int] = field(default=_seconds)
    denials: Denials = field(default_factory=Denials, compare=False)

    @property
    def folder(self) -> Path:
        """The folder of what the web process keeps."""
        return self.store.folder

    def now(self) -> int:
        """Seconds that only go forward, at first those since 1970."""
        return self.timer.now()

    def moment(self, seconds: int) -> int:
        """A time of ``now``, past or to come, in seconds since 1970 by the clock."""
        return self.clock() + seconds - self.now()


def open_accounts(folder: Path, keys: Keys) -> Accounts:
    """The accounts of a folder."""
    accounts = Accounts(open_store(folder), keys, Timer())
    look_at_clock(accounts)
    return accounts


def look_at_clock(accounts: Accounts) -> None:
    """Note in the record, once for all processes, that the machine's clock was set back."""
    if accounts.timer.is_settled(accounts.clock()):
        return
    with accounts.store.writing() as connection:
        seconds = accounts.timer.settle(connection, accounts.clock())
        if seconds:
            record(accounts, connection, "clock set back", "", seconds=str(seconds))


def note(accounts: Accounts, event: audit.Event, who: str, **about: str) -> None:
    """Add an entry to the record in a transaction of its own."""
    with accounts.store.writing() as connection:
        record(accounts, connection, event, who, **about)


def deny(accounts: Accounts, who: str, **about: str) -> None:
    """Record the first, tenth, hundredth refusal of an hour, so that nobody fills the record.

    The sum of an hour is recorded with the first refusal after it.
    """
    number, ended = accounts.denials.count(who, accounts.now())
    for name, times in ended.items():
        if times not in _RECORDED:
            note(accounts, "denied", name, in_an_hour=str(times))
    if number in _RECORDED:
        note(accounts, "denied", who, **about, **({"times": str(number)} if number > 1 else {}))


def record(
    accounts: Accounts, connection: Connection, event: audit.Event, who: str, **about: str
) -> None:
    """Add an entry to the record in a transaction: both are kept, or neither."""
    audit.append(connection, accounts.folder, accounts.keys, accounts.clock(), event, who, **about)


def change_recorded(
    accounts: Accounts, statement: str, values: Sequence[object], event: audit.Event, who: str,
    **about: str,
) -> bool:  # fmt: skip
    """Run one statement and record it in the same transaction, if it changes a row; whether so."""
    with accounts.store.writing() as connection:
        is_changed = connection.execute(statement, values).rowcount > 0
        if is_changed:
            record(accounts, connection, event, who, **about)
    return is_changed


def troubles(accounts: Accounts) -> dict[str, str | None]:
    """What an operator has to look at: a sentence each under "record" and "clock", or None."""
    look_at_clock(accounts)
    with accounts.store.reading() as connection:
        breaks = " ".join(map(str, audit.breaks(connection, accounts.folder)))
        seconds = set_back(connection, accounts.now())
    clock = f"The clock of this machine was set back by {seconds} seconds." if seconds else None
    return {"record": breaks or None, "clock": clock}
