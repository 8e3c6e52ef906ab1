"""Registers: how long loading and publishing take at several sizes, and how much memory.

Every command runs in a process of its own, as an operator runs it; the kernel says how much memory
it had at most. The bare read is what DuckDB alone needs to read the same files as text.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.release.folder import Releases
from tests.bench.exhibits import ExhibitFigures, measure_exhibits
from tests.bench.population import PEOPLE_SOURCE, REFERRAL_SOURCE, write_population
from tests.support.served import ROOT, command, environment

#: Day on which every month of a population is closed.
_AS_OF = "2026-10-20"
#: Day on which every month but the last is closed.
_BEFORE = "2026-09-20"
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Run:
    """One command.

    Attributes:
        seconds: Seconds until it ended; other work on the machine makes them more.
        computing: Seconds of the processor, all cores together.
        megabytes: Memory that it had at most.
    """

    seconds: float
    computing: float
    megabytes: float


@dataclass(frozen=True)
class RegisterFigures:
    """What was measured of a register of one size.

    Attributes:
        people: People in it.
        referrals: Referrals in it.
        months: Months of history.
        read: Seconds in which DuckDB alone reads the two files.
        load: Loading them, one after the other.
        history: Publishing all months but the last at once.
        month: Publishing the last month.
        units: Units in the release, of all facts.
        release: Megabytes of the release file.
        exhibits: What was measured of each exhibit on that release.
    """

    people: int
    referrals: int
    months: int
    read: float
    load: tuple[Run, Run]
    history: Run
    month: Run
    units: int
    release: float
    exhibits: list[ExhibitFigures]

    @property
    def load_seconds(self) -> float:
        """Seconds to load both files."""
        return sum(run.seconds for run in self.load)

    @property
    def rows_a_second(self) -> float:
        """Rows loaded a second."""
        return (self.people + self.referrals) / self.load_seconds

    @property
    def megabytes(self) -> float:
        """Memory of the command that needed most."""
        return max(run.megabytes for run in (*self.load, self.history, self.month))


def measure_register(people: int, months: int, *, rounds: int) -> RegisterFigures:
    """Write, load and publish a register of a size, and answer exhibits of its release."""
    folder = Path(tempfile.mkdtemp(prefix="atlas-bench-"))
    try:
        files = write_population(folder, people, months)
        command(folder, "etl", "init")
        load = (
            _run(folder, "load", str(files.people), "--source", PEOPLE_SOURCE),
            _run(folder, "load", str(files.referrals), "--source", REFERRAL_SOURCE),
        )
        history = _run(folder, "publish", "--as-of", _BEFORE)
        month = _run(folder, "publish", "--as-of", _AS_OF)
        release = Releases(folder / "store" / "releases").current()
        units = sum(
            release.query(f"SELECT count(*) FROM {fact}")[0][0]  # noqa: S608
            for fact in dict(release.query("SELECT fact, base FROM protection"))
        )
        found = RegisterFigures(
            *files.rows,
            months,
            _bare_read(files.people, files.referrals),
            load,
            history,
            month,
            units,
            release.path.stat().st_size / _MEGABYTE,
            measure_exhibits(release, rounds=rounds, seed=7),
        )
        release.close()
        return found
    finally:
        shutil.rmtree(folder)


def _bare_read(*paths: Path) -> float:
    """Seconds in which DuckDB reads files as text into tables."""
    started = time.perf_counter()
    with duckdb.connect() as connection:
        for number, path in enumerate(paths):
            connection.execute(
                f"CREATE TABLE bare_{number} AS SELECT * FROM "  # noqa: S608
                "read_csv(?, delim = ';', header = true, all_varchar = true)",
                [str(path)],
            )
    return time.perf_counter() - started


def _run(folder: Path, *words: str) -> Run:
    """One command in a process of its own; fail with what it said."""
    with tempfile.TemporaryFile("w+") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "etl", *words],
            cwd=ROOT, env=environment(folder), stdout=said, stderr=said,
        )  # fmt: skip
        # wait4 tells the memory of this one child, where Popen.wait would only tell its end.
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        if process.returncode != 0:
            said.seek(0)
            raise AssertionError(f"{' '.join(words)}\n{said.read()[-2000:]}")
    # Linux counts kilobytes, macOS bytes.
    held = used.ru_maxrss / (_MEGABYTE if sys.platform == "darwin" else 1024)
    return Run(seconds, used.ru_utime + used.ru_stime, held)
