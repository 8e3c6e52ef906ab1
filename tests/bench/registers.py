"""Registers: how long loading and publishing take at several sizes, and how much memory.

Every command runs in a process of its own, as an operator runs it. The memory of all its processes
together is looked at many times a second where the system lists them; the kernel says how much the
largest had at most. The bare read is what DuckDB alone needs to read the same files as text.
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
from tests.support.served import ROOT, command, environment, family

#: Day on which every month of a population is closed.
_AS_OF = "2026-10-20"
#: Day on which every month but the last is closed.
_BEFORE = "2026-09-20"
_MEGABYTE = 1024 * 1024
#: Seconds between two looks at the memory of a command.
_LOOK = 0.02


@dataclass(frozen=True)
class Run:
    """One command.

    Attributes:
        seconds: Seconds until it ended; other work on the machine makes them more.
        computing: Seconds of the processor, all cores together.
        megabytes: Memory that its processes had at most together; that of the largest where the
            system does not list them.
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
        echoes: The echoes of the release alone, which are a part of both.
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
    echoes: Run
    units: int
    release: float
    exhibits: list[ExhibitFigures]

    @property
    def load_seconds(self) -> float:
        """Seconds to load both files."""
        return sum(run.seconds for run in self.load)

    @property
    def history_to_load(self) -> float:
        """Time to publish the history over the time to load it, both of the processors."""
        return self.history.computing / sum(run.computing for run in self.load)

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
            *files.rows, months, _bare_read(files.people, files.referrals), load, history, month,
            _echoes(folder, release.path), units, release.path.stat().st_size / _MEGABYTE,
            measure_exhibits(release, rounds=rounds, seed=7),
        )  # fmt: skip
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


def _echoes(folder: Path, release: Path) -> Run:
    """The echoes of a release made and checked again, as publishing does."""
    copied = shutil.copy(release, folder / "echoes.duckdb")
    return _run(folder, str(copied), module="tests.bench.echoes")


def _run(folder: Path, *words: str, module: str = "etl") -> Run:
    """One command in a process of its own; fail with what it said."""
    with tempfile.TemporaryFile("w+") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=ROOT, env=environment(folder), stdout=said, stderr=said,
        )  # fmt: skip
        together = 0.0
        # wait4 tells time and memory of this one child, where Popen.wait would only tell its end.
        while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
            together = max(together, sum(map(_held, family(process.pid))))
            time.sleep(_LOOK)
        seconds = time.perf_counter() - started
        _, status, used = ended
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            raise AssertionError(f"{' '.join(words)}\n{said.read()[-2000:]}")
    # Linux counts kilobytes, macOS bytes.
    largest = used.ru_maxrss / (_MEGABYTE if sys.platform == "darwin" else 1024)
    return Run(seconds, used.ru_utime + used.ru_stime, max(largest, together))


def _held(process: int) -> float:
    """Megabytes that a process holds now; 0 where it has ended or none are listed."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE
