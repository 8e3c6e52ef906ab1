"""What all tests share: which are chosen and in which order, and releases opened once."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import settings

from dashboard.access.store import Store
from dashboard.release.open_release import Release
from tests import halves
from tests.support.echoes import at_most
from tests.support.examples import FEW, USUAL
from tests.support.programs import missing
from tests.support.releases import build_release, working_group_sheet

# A machine that is busy is not a failure: no test of this suite is about time. The same examples
# every time, so that a change alone makes a run fail; `make explore` draws others, for as long as
# one likes. In `make test` and with other versions of the packages a few are enough.
settings.register_profile("atlas", deadline=None, max_examples=USUAL, derandomize=True)
settings.register_profile("few", deadline=None, max_examples=FEW, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=50, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "atlas"))
# Cycles are looked for seldom: collecting spent a fifth of its time on it, exhibits a seventh.
gc.set_threshold(50_000, 20, 20)


#: Folders whose files take longest begin first, so that at the end no core waits for one of them.
_FIRST = (
    "words", "endurance", "attack", "bench", "unit/dashboard/report", "browser", "contract",
    "unit/etl",
)  # fmt: skip


#: What is said of a test whose programs are not here.
_LEFT_OUT = "they need "


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of ``make test-all``, leave out what cannot run here, put slow folders first.

    Inside of a folder, the order stays as it was.
    """

    def place(item: pytest.Item) -> int:
        found = (at for at, name in enumerate(_FIRST) if item.nodeid.startswith(f"tests/{name}/"))
        return next(found, len(_FIRST))

    items.sort(key=place)
    later = halves.rest(item.nodeid for item in items)
    lacking = {program.name for program in missing(everything=True)}
    for item in items:
        if item.nodeid in later:
            item.add_marker("rest")
        if lacked := [name for name in halves.needs(item.nodeid) if name in lacking]:
            item.add_marker(pytest.mark.skip(reason=_LEFT_OUT + ", ".join(lacked)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End with how many tests were left out, and for want of which programs."""
    skipped = (report.longrepr for report in terminalreporter.stats.get("skipped", ()))
    reasons = Counter(told[2].partition(_LEFT_OUT)[2] for told in skipped if _LEFT_OUT in told[2])
    for names, number in reasons.items():
        terminalreporter.write_line(f"{number} tests left out: {_LEFT_OUT}{names}")


_NUMBERS = count()


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """A folder whose path no test of this run had before.

    Folders of what passed are removed and their names given again, but DuckDB knows a file by its
    path for as long as one connection to it is not collected.
    """
    own = tmp_path / str(next(_NUMBERS))
    own.mkdir()
    return own


@pytest.fixture(scope="session")
def protected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """Three years of random units of at least 5 (10 for referrals and legs)."""
    yield from _opened(
        build_release(tmp_path_factory.mktemp("protected") / "protected.duckdb", seed=7, months=36)
    )


@pytest.fixture(scope="session")
def unprotected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """A year of random records."""
    yield from _opened(
        build_release(
            tmp_path_factory.mktemp("unprotected") / "unprotected.duckdb",
            seed=8,
            months=12,
            base=1,
            per_month=20,
        )
    )


@pytest.fixture(scope="session")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """The people of the working group's sheet of November 2020, unprotected."""
    yield from _opened(working_group_sheet(tmp_path_factory.mktemp("sheet") / "sheet.duckdb"))


def _opened(path: Path) -> Iterator[Release]:
    release = Release(path)
    yield release
    release.close()


@pytest.fixture(scope="session", autouse=True)
def memory_will_do() -> Iterator[None]:
    """What a test writes need not reach the disk.

    No test takes the power away, and a process that is killed leaves all that it wrote.
    """
    connect = Store._connect

    def at_once(store: Store) -> sqlite3.Connection:
        connection = connect(store)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    with patch.object(os, "fsync", lambda _: None), patch.object(Store, "_connect", at_once):
        yield


@pytest.fixture(scope="session", autouse=True)
def one_echo() -> Iterator[None]:
    """Releases that are published in this process have one echo of a fact."""
    with at_most(1):
        yield
