"""Kills: commands stopped with kill -9, at every point that they name and at any moment.

A trial copies a store, runs one command in a child process that is killed, and then does what an
operator would do: give the same command again, or ask for the status first and do as told. In
between nothing may be half there, and at the end the store holds exactly what it holds when nobody
kills the command.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from etl.settings import Settings
from tests.endurance import stores
from tests.endurance.forked import in_child, measured
from tests.endurance.watch import Watch

#: Points of the small form: new names, and the step after the register has kept a load. That of the
#: generation comes with every other one alike; tests of the seal are killed there.
_NAMED = re.compile(r"rename (?!.*generation)|step Settling")
#: How many of these, the last: before each change of a file, loads, publications, erasures and
#: removals are stopped by tests of their own (of the journal, recovery, erasure and retention).
_LAST = 2
#: What an operator does after a kill.
_WAYS = ("the same command", "status, and what it asks for")
#: What is told of an erasure or removal that was stopped, and the command that it asks for.
UNFINISHED = re.compile(r"was begun and not finished; run `erase --finish` first")
_FINISH = ("erase", "--finish")


@dataclass(frozen=True)
class Deed:
    """A command that is killed.

    Attributes:
        name: What it is called in the report.
        store: Which store it works on (see ``stores.make``).
        words: Its words; ``{files}`` stands for the folder of the invented files, ``{beside}`` for
            the one in which the store lies.
        done: What it says when it is given again after it was finished (a regular expression).
        typed: Name of the file with what is typed when it asks.
        full: Whether only the full form kills it.
        asks: Whether it asks for ``erase --finish`` when it is given again half-way.
    """

    name: str
    store: str
    words: tuple[str, ...]
    done: str
    typed: str = ""
    full: bool = False
    asks: bool = False


DEEDS = (
    Deed(
        "load",
        "published",
        (
            "load", *(f"{{files}}/{n}" for n in stores.LAST_FILES), "--source", stores.LAST_SOURCE,
            "--yes",
        ),
        "was loaded before",
    ),
    Deed(
        "close", "loaded", ("close", "--month", stores.LAST_MONTH, "--as-of", stores.LAST),
        "is closed", full=True,
    ),
    Deed(
        "publish", "loaded", ("publish", "--as-of", stores.LAST, "--no-public"), "No month is due"
    ),
    Deed(
        "publish for members and the public", "loaded",
        ("publish", "--as-of", stores.LAST, "--public"), "No month is due", full=True,
    ),
    Deed(
        "erase", "complete", ("erase", "--source", stores.LAST_SOURCE, "--record", "person"),
        "Nothing was erased", typed=stores.ERASED,
    ),
    Deed(
        "unload", "complete",
        ("unload", f"{{files}}/{stores.LAST_FILES[1]}", "--source", stores.LAST_SOURCE),
        "holds no load of this file", typed=stores.CONSENT, full=True, asks=True,
    ),
    Deed(
        "retain", "complete", ("retain", "--years", "1", "--apply", "--as-of", stores.RETAINED),
        "kept",
    ),
    Deed("rollback", "complete", ("rollback",), "There is no"),
    Deed("backup", "complete", ("backup", f"{{beside}}/{stores.ARCHIVE}"), "is there already"),
)  # fmt: skip


@dataclass
class KillFigures:
    """What came of the trials of one command.

    Attributes:
        deed: Name of the command.
        points: Points that it passes when nobody kills it.
        seconds: Seconds that it takes then.
        at_points: Trials that were killed at a point.
        at_moments: Trials that were killed at a random moment.
        finished: Trials that were finished before their moment came, beside those.
        states: Different stores, to the last byte, that the kills left.
        wrong: What did not hold, in words; must be empty.
    """

    deed: str
    points: int = 0
    seconds: float = 0.0
    at_points: int = 0
    at_moments: int = 0
    finished: int = 0
    states: int = 0
    wrong: list[str] = field(default_factory=list)


def measure_kills(
    made: Path, folder: Path, *, moments: int, every: bool, seed: int, processes: int = 2,
    only: Sequence[str] = (),
) -> list[KillFigures]:  # fmt: skip
    """Kill every command, or some only, at their points and at so many random moments.

    Args:
        made: Folder with the stores.
        folder: Folder for the trials.
        moments: Random moments in all, at least, shared among the commands.
        every: Whether to kill every command at every point, or some at the named ones.
        seed: Seed of the moments.
        processes: How many processes share the trials.
        only: Names of the commands; all without.
    """
    counts = {"moments": moments, "every": every, "seed": seed, "only": list(only)}
    shares = measured("kills", made, folder, processes=processes, **counts)
    found: list[KillFigures] = []
    for entries in zip(*shares, strict=True):
        parts = [KillFigures(**entry) for entry in entries]
        found.append(
            KillFigures(
                parts[0].deed, parts[0].points, parts[0].seconds,
                sum(part.at_points for part in parts), sum(part.at_moments for part in parts),
                sum(part.finished for part in parts), sum(part.states for part in parts),
                [words for part in parts for words in part.wrong],
            )
        )  # fmt: skip
    return found


def trials(
    made: Path, folder: Path, share: int, shares: int, *, moments: int = 0, every: bool = False,
    seed: int = 1, only: Sequence[str] = (),
) -> list[dict[str, Any]]:  # fmt: skip
    """One share of the trials of every command, or of some only."""
    chance = random.Random(f"{seed} {share}")
    chosen = [d for d in DEEDS if (d.name in only if only else every or not d.full)]
    found = []
    for deed in chosen:
        tried = Trials(made, folder, deed)
        for number in tried.numbers(every=every)[share::shares]:
            tried.at_point(number)
        for _ in range(share, -(-moments // len(chosen)), shares):
            tried.at_moment(chance)
        found.append(asdict(tried.figures))
        sys.stderr.write(f"  {tried.figures}\n")
    return found


def given_again(
    deed: Deed, settings: Settings, give: Callable[[Settings], stores.Said]
) -> list[str]:
    """Give a command again that was stopped, and do as it says; tell what does not hold.

    Args:
        deed: The command.
        settings: The store in which it was stopped.
        give: Gives the command.
    """
    again = give(settings)
    problems: list[str] = []
    if deed.asks and UNFINISHED.search(again.text):
        problems = _finished(settings)
        again = give(settings)
    if again.code != 0 and not re.search(deed.done, again.text):
        problems.append(f"given again it says: {again.text}")
    return problems


def _finished(settings: Settings) -> list[str]:
    """Finish what was begun; tell what does not hold."""
    finished = stores.run(settings, *_FINISH)
    return [f"finishing says: {finished.text}"] if finished.code else []


class Trials:
    """Trials of one command on copies of one store.

    Attributes:
        points: The points that it passes when nobody kills it.
        figures: What came of the trials so far.
    """

    def __init__(self, made: Path, folder: Path, deed: Deed) -> None:
        self._deed = deed
        self._template = made / deed.store
        self._work = folder / "trial"
        places = {"files": made, "beside": self._work}
        self._words = tuple(word.format(**places) for word in deed.words)
        self._typed = (made / deed.typed).read_text() if deed.typed else ""
        self._judged: dict[str, set[str]] = {}
        settings = self._copy()
        self._before = in_child(lambda: stores.content(settings))
        started = time.monotonic()
        self.points: list[str] = in_child(lambda: self._watched(settings))
        seconds = time.monotonic() - started
        self._after = in_child(lambda: stores.content(settings))
        if self._before == self._after:
            raise AssertionError(f"{deed.name} changes nothing, so no trial could tell")
        self.figures = KillFigures(deed.name, len(self.points), seconds)

    def numbers(self, *, every: bool) -> list[int]:
        """Numbers of all points, or of the last names among those of the small form."""
        if every:
            return list(range(len(self.points)))
        named = {point: n for n, point in enumerate(self.points) if _NAMED.match(point)}
        return sorted(named.values())[-_LAST:]

    def at_point(self, number: int) -> None:
        """Kill the command at one of its points."""
        settings = self._copy()
        child = os.fork()
        if child == 0:
            Watch(self._work, stop_at=number).start()
            self._do(settings)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        self.figures.at_points += 1
        where = f"killed at point {number} ({self.points[number]})"
        if os.WIFSIGNALED(status):
            self._judge(settings, where)
        else:
            self.figures.wrong.append(f"{where}: it passed other points this time")

    def at_moment(self, chance: random.Random) -> None:
        """Kill the command at a random moment; draw another one when it was finished before."""
        killed = False
        while not killed:
            seconds = chance.random() * self.figures.seconds
            settings = self._copy()
            child = os.fork()
            if child == 0:
                self._do(settings)
                os._exit(0)
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            killed = os.WIFSIGNALED(status)
            if not killed:
                # It is faster now than it was when nobody killed it.
                self.figures.seconds = seconds
                self.figures.finished += 1
            self._judge(settings, f"killed after {seconds:.3f} s")
        self.figures.at_moments += 1

    def _copy(self) -> Settings:
        return stores.copied(self._template, self._work)

    def _do(self, settings: Settings) -> stores.Said:
        return stores.run(settings, *self._words, typed=self._typed)

    def _watched(self, settings: Settings) -> list[str]:
        watch = Watch(self._work)
        watch.start()
        said = self._do(settings)
        if said.code != 0:
            raise AssertionError(f"{self._deed.name} fails without a kill: {said.text}")
        return watch.points

    def _judge(self, settings: Settings, where: str) -> None:
        """Go on in one of the ways; equal stores need each way once."""
        judged = self._judged.setdefault(stores.state(settings), set())
        trial = self.figures.at_points + self.figures.at_moments
        way = next((way for way in (_WAYS[trial % 2], *_WAYS) if way not in judged), None)
        if way is None:
            return
        judged.add(way)
        self.figures.states = len(self._judged)
        try:
            problems = in_child(lambda: self._problems(settings, way))
        except AssertionError as problem:
            problems = [str(problem)]
        self.figures.wrong += [f"{where}, then {way}: {problem}" for problem in problems]
        sys.stderr.write("".join(f"  {self._deed.name}, {where}: {p}\n" for p in problems))

    def _problems(self, settings: Settings, way: str) -> list[str]:
        """What does not hold after the kill, and after the same command again."""
        problems = stores.other_shown(settings, self._before, self._after)
        if way != _WAYS[0]:
            problems += self._told(settings)
        problems += given_again(self._deed, settings, self._do)
        return problems + stores.difference(stores.content(settings), self._after)

    def _told(self, settings: Settings) -> list[str]:
        """What does not hold after the status, and after what it asks for."""
        status = stores.run(settings, "status")
        unfinished = UNFINISHED.search(status.text) is not None
        found = stores.content(settings)
        problems = stores.halves(found, self._before, self._after, told=unfinished)
        if unfinished:
            problems += _finished(settings)
        elif status.code != 0:
            problems.append(f"status says: {status.text}")
        return problems
