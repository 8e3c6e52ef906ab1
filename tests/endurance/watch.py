"""Watch: the points of a command at which it can be stopped, in their order.

A point is a step that the command tells of, a file of the store that is opened for writing, named
anew or removed, or a statement that begins or ends what a database keeps. The same command on the
same store passes the same points.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from rich.progress import Progress

from tests.endurance.stores import shape

#: Statements between which a database file changes from one state to the next.
_TURNS = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|CHECKPOINT|ATTACH|DETACH|COPY)\b", re.IGNORECASE)
_WRITES = os.O_WRONLY | os.O_RDWR


class Watch:
    """Notes the points of the process it is started in, and kills it at one of them.

    Attributes:
        points: Points passed so far.
    """

    def __init__(self, store: Path, stop_at: int | None = None) -> None:
        self.points: list[str] = []
        self._store = str(store)
        self._stop_at = stop_at

    def start(self) -> None:
        """Watch everything from here on; there is no end but that of the process."""
        sys.addaudithook(self._audited)
        _tell_of_steps(self.passed)
        _tell_of_turns(self.passed)

    def passed(self, point: str) -> None:
        """Note a point, or die here as by kill -9."""
        if len(self.points) == self._stop_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.points.append(point)

    def _audited(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = args
            if self._is_ours(path) and flags & _WRITES:
                self.passed(f"open {self._named(path)}")
        elif event in ("os.rename", "os.remove", "os.chmod") and self._is_ours(args[0]):
            names = " to ".join(self._named(a) for a in args[:2] if isinstance(a, str | Path))
            self.passed(f"{event.removeprefix('os.')} {names}")

    def _is_ours(self, path: object) -> bool:
        return isinstance(path, str | Path) and str(path).startswith(self._store)

    def _named(self, path: object) -> str:
        return shape(str(path).removeprefix(self._store).lstrip("/"))


def _tell_of_steps(passed: Callable[[str], None]) -> None:
    update = Progress.update

    def told(self: Progress, task: Any, **changes: Any) -> None:
        if "description" in changes:
            passed(f"step {changes['description']}")
        update(self, task, **changes)

    Progress.update = told  # type: ignore[method-assign]


def _tell_of_turns(passed: Callable[[str], None]) -> None:
    connect = duckdb.connect
    duckdb.connect = lambda *args, **rest: _Told(connect(*args, **rest), passed)  # type: ignore


def _database(statement: str) -> str:
    """The database that a statement is about, where it names one."""
    named = re.search(r"\b(?:AS|CHECKPOINT|DETACH)\s+(\w+)", statement)
    return f" {named[1]}" if named else ""


class _Told:
    """A connection that tells of its turns before and after each."""

    def __init__(self, connection: Any, passed: Callable[[str], None]) -> None:
        self._connection = connection
        self._passed = passed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def __enter__(self) -> _Told:
        return self

    def __exit__(self, *problem: object) -> None:
        self._connection.close()

    def execute(self, statement: str, *values: Any, **rest: Any) -> Any:
        turn = _TURNS.match(statement)
        name = turn[1].upper() + _database(statement) if turn else ""
        if turn:
            self._passed(f"before {name}")
        self._connection.execute(statement, *values, **rest)
        if turn:
            self._passed(f"after {name}")
        return self
