"""The desk: what everything needs that is done with accounts: their file, time and the record.

What ends or counts by itself goes by ``Desk.now``, which no clock sets back; what a person reads,
and codes, by ``Desk.clock``. What is done stands in ``signing_in``, ``own_account`` and ``users``,
each thing kept whole or not at all, with its entry in the record.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Connection

from dashboard.access import audit
from dashboard.access.keys import Keys
from dashboard.access.store import Store, open_store
from dashboard.access.timer import Timer, set_back

#: Whom the record names where an operator sits at the machine.
OPERATOR = "command line"
_HOUR = 3600
#: At which number in an hour a refusal stands in the record.
_TOLD = frozenset(10**power for power in range(7))


def _seconds() -> int:
    return int(time.time())


class Denials:
    """How often this process refused each reader something in the hour that runs."""

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
class Desk:
    """What everything at the desk needs.

    Attributes:
        store: The file of accounts.
        keys: What is derived of the secret.
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
        """What the clock says of a moment of seconds that only go forward."""
        return self.clock() + seconds - self.now()


def open_desk(folder: Path, keys: Keys) -> Desk:
    """The desk over the accounts of a folder."""
    desk = Desk(open_store(folder), keys, Timer())
    look_at_clock(desk)
    return desk


def look_at_clock(desk: Desk) -> None:
    """Notice once, for all processes, where the machine's clock was set back."""
    if desk.timer.is_settled(desk.clock()):
        return
    with desk.store.writing() as connection:
        back = desk.timer.settle(connection, desk.clock())
        if back:
            record(desk, connection, "clock set back", "", seconds=str(back))


def note(desk: Desk, event: audit.Event, who: str, **about: str) -> None:
    """Put something that was done elsewhere into the record."""
    with desk.store.writing() as connection:
        record(desk, connection, event, who, **about)


def deny(desk: Desk, who: str, **about: str) -> None:
    """Note a refusal at the first, tenth, hundredth of an hour, so that nobody fills the record.

    What an hour came to is told with the first refusal after it.
    """
    number, ended = desk.denials.count(who, desk.now())
    for name, times in ended.items():
        if times not in _TOLD:
            note(desk, "denied", name, in_an_hour=str(times))
    if number in _TOLD:
        note(desk, "denied", who, **about, **({"times": str(number)} if number > 1 else {}))


def record(desk: Desk, connection: Connection, event: audit.Event, who: str, **about: str) -> None:
    """Put something into the record, kept with what else its transaction keeps or not at all."""
    audit.append(connection, desk.folder, desk.keys, desk.clock(), event, who, **about)


def troubles(desk: Desk) -> dict[str, str | None]:
    """What somebody has to look at, in words: the record, and the clock of the last day.

    Each is None where all is well.
    """
    look_at_clock(desk)
    with desk.store.reading() as connection:
        broken = " ".join(map(str, audit.breaks(connection, desk.folder)))
        back = set_back(connection, desk.now())
    told = f"The clock of this machine was set back by {back} seconds." if back else None
    return {"record": broken or None, "clock": told}
