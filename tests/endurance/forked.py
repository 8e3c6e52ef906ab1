"""Forked: trials in a process of one thread, from which children are forked in milliseconds.

A child that is warm, because everything is imported and the places are read before it is forked,
makes a trial cost a fraction of a second. A process with threads, as that of the test runner is,
must not be forked; ``measured`` therefore starts a program of its own for a module of trials,
which calls the module's ``trials`` and prints their figures as JSON.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from etl.__main__ import COMMANDS
from etl.release.contents import geography
from tests.endurance import stores
from tests.support.echoes import at_most
from tests.support.served import ROOT


def measured(
    module: str, made: Path, folder: Path, *, processes: int = 2, within: Sequence[str] = (),
    **counts: object,
) -> list[Any]:  # fmt: skip
    """Run the trials of a module, shared among so many processes.

    Args:
        module: Name of a module of this package with a function ``trials(made, folder, share,
            shares, **counts)`` that returns what JSON can hold.
        made: Folder with the stores that are copied (see ``stores.make``).
        folder: Folder for the copies.
        processes: How many run at once.
        within: Words of a command that runs the program.
        counts: Passed on.

    Returns:
        What each process found.

    Raises:
        AssertionError: If one of them failed.
    """
    words = [*within, sys.executable, "-m", __name__, module, str(made), str(folder)]
    running = [
        subprocess.Popen(
            [*words, "--share", str(share), str(processes), "--counts", json.dumps(counts)],
            cwd=ROOT, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}, stdout=subprocess.PIPE,
            text=True,
        )
        for share in range(processes)
    ]  # fmt: skip
    # What they say meanwhile goes to the standard error of this process.
    answers = [process.communicate()[0] for process in running]
    for process in running:
        if process.returncode != 0:
            raise AssertionError(f"{module} ended with {process.returncode}")
    return [json.loads(answer) for answer in answers]


def in_child(work: Callable[[], Any]) -> Any:
    """The result of some work done in a child process, as JSON gives it back.

    Raises:
        AssertionError: If the work failed.
    """
    return answer_of(started(work))


def started(work: Callable[[], Any]) -> tuple[int, int]:
    """Start some work in a child process; give its id and where it will answer."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        before = set(stores.KNOWN)
        try:
            result = work()
            known = {key: stores.KNOWN[key] for key in stores.KNOWN.keys() - before}
            answer = json.dumps({"result": result, "known": known})
        except BaseException:
            answer = json.dumps({"error": traceback.format_exc()})
        with os.fdopen(writing, "w") as out:
            out.write(answer)
        os._exit(0)
    os.close(writing)
    return child, reading


def answer_of(process: tuple[int, int]) -> Any:
    """Wait for a child process and give its result; raise AssertionError where it failed."""
    child, reading = process
    with os.fdopen(reading) as said:
        answer = json.loads(said.read() or '{"error": "the child process ended without a word"}')
    os.waitpid(child, 0)
    if "error" in answer:
        raise AssertionError(answer["error"])
    stores.KNOWN.update(answer["known"])
    return answer["result"]


def main() -> None:
    """Run one share of a module's trials, and print what they found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module")
    parser.add_argument("made", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--share", type=int, nargs=2, default=(0, 1))
    parser.add_argument("--counts", type=json.loads, default={})
    asked = parser.parse_args()
    module = importlib.import_module(f"tests.endurance.{asked.module}")
    for command in COMMANDS:
        importlib.import_module(f"etl.commands.{command}")  # as the first that is given would
    _read_places_once()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder, at_most(1):
        found = module.trials(asked.made, Path(folder), *asked.share, **asked.counts)
    sys.stdout.write(json.dumps(found))


def _read_places_once() -> None:
    """Read the committed places here; no command changes them, and every child would read them."""
    geography.geography_of = functools.cache(geography.geography_of)
    geography.read_geography(stores.settings_of(Path()))


if __name__ == "__main__":
    main()
