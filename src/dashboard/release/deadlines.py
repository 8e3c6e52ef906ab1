"""Deadlines: stop queries of one open file that run too long.

One watching thread a file instead of a timer a query: starting a thread costs more than the
queries themselves.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

#: Seconds between two looks at what is running.
LOOK_EVERY = 0.25


class Deadlines:
    """Interrupts every watched cursor whose time is over, until it is stopped.

    Attributes:
        seconds: How long a query may run.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        #: By ``id`` of a cursor, when its time is over by the monotonic clock, and the cursor.
        self._running: dict[int, tuple[float, duckdb.DuckDBPyConnection]] = {}
        self._stopped = threading.Event()
        threading.Thread(target=self._watch, name="deadlines", daemon=True).start()

    @contextmanager
    def watched(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Watch a cursor while it works; it is never interrupted after that."""
        with self._lock:
            self._running[id(cursor)] = (time.monotonic() + self.seconds, cursor)
        try:
            yield
        finally:
            with self._lock:
                del self._running[id(cursor)]

    def stop(self) -> None:
        """End the watching thread."""
        self._stopped.set()

    def _watch(self) -> None:
        """Interrupt cursors whose time is over, until ``stop``; what the thread runs."""
        while not self._stopped.wait(LOOK_EVERY):
            with self._lock:
                now = time.monotonic()
                for ends_at, cursor in self._running.values():
                    if now >= ends_at:
                        cursor.interrupt()
