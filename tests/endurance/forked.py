"""Forked: trials in a process of one thread, from which children are forked in milliseconds.

A child that is warm, because everything is imported before it is forked, makes a trial cost a
fraction of a second. A process with threads, as that of the test runner is, must not be forked;
``measured`` therefore starts a program of its own for a module of trials: it makes the stores,
calls the module's ``trials`` and prints their figures as JSON.
"""

from __future__ import annotations

import argparse
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

from tests.endurance import stores
from tests.support.served import ROOT


def measured(
    module: str, folder: Path, *, processes: int = 2, within: Sequence[str] = (), **counts: object
) -> list[Any]:
    """Run the trials of a module, shared among so many processes.

    Args:
        module: Name of a module of this package with a function ``trials(folder, share, shares,
            **counts)`` that returns what JSON can hold.
        folder: Folder for the stores.
        processes: How many run at once.
        within: Words of a command that runs the program.
        counts: Passed on.

    Returns:
        What each process found.

    Raises:
        AssertionError: If one of them failed.
    """
    words = [*within, sys.executable, "-m", __name__, module, "--folder", str(folder)]
    running = [
        subprocess.Popen(
            [*words, "--share", str(share), str(processes), "--counts", json.dumps(counts)],
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for share in range(processes)
    ]
    ended = [(process, *process.communicate()) for process in running]
    for process, _, said in ended:
        if process.returncode != 0:
            raise AssertionError(f"{module} ended with {process.returncode}: {said}")
    return [json.loads(out) for _, out, _ in ended]


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
        try:
            answer = json.dumps({"result": work()})
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
    return answer["result"]


def main() -> None:
    """Make the stores, run one share of a module's trials, and print what they found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--share", type=int, nargs=2, default=(0, 1))
    parser.add_argument("--counts", type=json.loads, default={})
    asked = parser.parse_args()
    module = importlib.import_module(f"tests.endurance.{asked.module}")
    with tempfile.TemporaryDirectory(dir=asked.folder) as made:
        folder = Path(made)
        in_child(lambda: stores.make(folder))
        found = module.trials(folder, *asked.share, **asked.counts)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
