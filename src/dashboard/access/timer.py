"""Timer: seconds that only go forward, for what ends or counts by itself.

A machine's clock can be set back, by hand or by a time server. What counts seconds (sessions,
tries, links, tokens) then counts on by the time that the machine has been running, which all its
processes share; what a person reads, and the codes of authenticators, go by the clock. How far both
were apart stands in the file of accounts, so each step is noticed once, and a restart goes on from
there. Which functions ask for which time is decided in ``accounts``.
"""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

#: Seconds by which the clock may differ from the time that runs, such as by a leap second.
TOLERANCE = 5
#: Seconds after which both times are written to the file again, for a restart with a wrong clock.
_KEPT = 300
#: Seconds for which operators are shown that the clock was set back.
TOLD = 86_400
_BOOT = Path("/proc/sys/kernel/random/boot_id")
#: The clock of how long the machine has run, with its sleep; None where the system has none.
_RUNS = getattr(time, "CLOCK_BOOTTIME", None)


def running() -> float:
    """Seconds since the machine started, or since some other moment that stays."""
    return time.monotonic() if _RUNS is None else time.clock_gettime(_RUNS)


def boot() -> str:
    """A name of this start of the machine; of this program where the system has none."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return uuid.uuid4().hex


@dataclass(frozen=True)
class _Anchor:
    """Both times at one moment.

    Attributes:
        boot: The start of the machine in which they were read.
        steady: Seconds that only go forward; at first those since 1970.
        running: Seconds that the machine had been running.
        ahead: Seconds by which the machine's clock was ahead of ``running``.
    """

    boot: str
    steady: float
    running: float
    ahead: float


class Timer:
    """A clock of seconds that is never set back, the same in all processes of one machine."""

    def __init__(self, runs: Callable[[], float] = running, name: str | None = None) -> None:
        """Take what counts the seconds.

        Args:
            runs: Gives the seconds that the machine has been running.
            name: Name of this start of the machine; asked of the system when left out.
        """
        self._runs = runs
        self._boot = boot() if name is None else name
        self._anchor: _Anchor | None = None

    def now(self) -> int:
        """Seconds of this clock, which is never set back.

        Raises:
            RuntimeError: If they were never settled with the file of accounts.
        """
        anchor = self._anchor
        if anchor is None:
            raise RuntimeError("the timer is not settled")
        return int(anchor.steady + self._runs() - anchor.running)

    def is_settled(self, clock: float) -> bool:
        """Whether ``settle`` ran not long ago, and the clock has made no step since."""
        anchor, runs = self._anchor, self._runs()
        if anchor is None or runs - anchor.running >= _KEPT:
            return False
        return abs(clock - runs - anchor.ahead) < TOLERANCE

    def settle(self, connection: sqlite3.Connection, clock: float) -> int:
        """Write both times to the file of accounts, going on from those that it has.

        Where the clock was set back while the machine was off, nobody knows how long that was:
        then every session ends.

        Args:
            connection: The file of accounts, being written.
            clock: Seconds since 1970 by the machine's clock.

        Returns:
            By how many seconds the clock was found to be set back, 0 where it was not.
        """
        runs = self._runs()
        ahead = clock - runs
        row = connection.execute("SELECT * FROM clock").fetchone()
        steady, back = clock, 0.0
        if row and row["boot"] == self._boot:
            steady = row["steady"] + max(0.0, runs - row["running"])
            back = row["ahead"] - ahead
            if abs(back) < TOLERANCE:
                ahead = row["ahead"]  # so that many small steps are noticed as one
        elif row:
            by_clock = row["steady"] + clock - row["running"] - row["ahead"]
            steady = max(by_clock, row["steady"], _latest(connection))
            back = steady - by_clock
            if back >= TOLERANCE:
                connection.execute("DELETE FROM session")
        self._anchor = _Anchor(self._boot, steady, runs, ahead)
        connection.execute(
            "INSERT INTO clock (one, boot, steady, running, ahead) VALUES (1, ?, ?, ?, ?) "
            "ON CONFLICT (one) DO UPDATE SET boot = excluded.boot, steady = excluded.steady, "
            "running = excluded.running, ahead = excluded.ahead",
            [self._boot, steady, runs, ahead],
        )
        if back < TOLERANCE:
            return 0
        connection.execute("UPDATE clock SET back = ?, back_at = ?", [round(back), int(steady)])
        return round(back)


def _latest(connection: sqlite3.Connection) -> int:
    """The latest moment that the file of accounts has, 0 where it has none."""
    (latest,) = connection.execute(
        "SELECT max(at) FROM (SELECT max(seen_at) AS at FROM session UNION ALL "
        "SELECT max(at) FROM attempt UNION ALL SELECT max(at) FROM used_word)"
    ).fetchone()
    return latest or 0


def set_back(connection: sqlite3.Connection, now: int) -> int:
    """By how many seconds the clock was set back within the last day, 0 where it was not."""
    row = connection.execute("SELECT back FROM clock WHERE back_at > ?", [now - TOLD]).fetchone()
    return row["back"] if row else 0
