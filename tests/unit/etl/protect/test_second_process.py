"""A second process changes how long closing takes, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import weakref
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.model.facts import FACTS, JOURNEYS, LEGS, PEOPLE
from dashboard.model.periods import Month
from etl.protect import due_blocks
from etl.protect import second_process as module
from etl.protect.block import Block
from etl.protect.due_blocks import FactReport
from etl.protect.second_process import BLOCK, WORTH, is_worth, second_process
from etl.protect.walk import Task
from tests.unit.etl.protect import invented
from tests.unit.etl.protect.store import Store

LAST = Month(2023, 4)


def closed_store() -> tuple[Store, dict[str, FactReport]]:
    """People, legs and journeys of four months, all closed at once."""
    store = Store()
    people = invented.people(25, 4, 3)
    store.arrive(people)
    store.arrive(invented.legs(people), LEGS)
    journeys = [leg | {"origin": leg["from_place"]} for leg in invented.legs(people)]
    store.arrive(journeys, JOURNEYS)
    return store, store.close(LAST)


def told(store: Store) -> list[list[tuple]]:
    """Everything that is stored."""
    tables = (*(fact.id for fact in FACTS), "block", "ledger")
    return [store.rows(f"SELECT * FROM units.{table} ORDER BY ALL") for table in tables]  # noqa: S608


def test_two_processes_make_the_units_that_one_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(tasks: Sequence[Task]) -> object:
        held = list(tasks)
        asked.append(len(held))
        return second_process(held)

    alone, reports = closed_store()
    monkeypatch.setattr(due_blocks, "is_worth", lambda events, blocks: True)
    monkeypatch.setattr(due_blocks, "second_process", counted)
    both, same = closed_store()
    assert asked == [2]
    assert told(both) == told(alone)
    assert same == reports
    assert reports[PEOPLE.id].units > 10


def test_a_month_is_not_worth_a_process_and_a_long_history_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert not is_worth(500, 7)
    assert is_worth(WORTH, 1)
    assert is_worth(0, WORTH // BLOCK + 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert not is_worth(WORTH, 1)


class Forbidden:
    """A task that cannot be done."""

    def make(self) -> tuple[Block, ...]:
        raise RuntimeError("a block cannot be told")


class Killed:
    """A task in which the process that does it is killed, as where memory runs out."""

    def make(self) -> tuple[Block, ...]:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        raise AssertionError("a killed process goes on")


@pytest.mark.parametrize(
    ("task", "said"), [(Forbidden(), "cannot be told"), (Killed(), "was stopped")]
)
def test_what_goes_wrong_there_is_raised_here(task: Task, said: str) -> None:
    with pytest.raises(RuntimeError, match=said), second_process([task]) as answers:
        next(answers)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed that way there")
def test_it_ends_when_whoever_asked_is_killed() -> None:
    script = """
import os, signal
from etl.protect.second_process import second_process
if __name__ == "__main__":
    with second_process([]) as answers:
        assert list(answers) == []
    with second_process(iter(lambda: os.kill(os.getpid(), signal.SIGKILL), None)):
        pass
"""
    asked = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=120
    )
    assert asked.returncode == -signal.SIGKILL, asked.stderr
    # Its pipes are closed, so the second process has ended too.
    assert asked.stderr == ""


def test_nothing_of_a_process_is_left() -> None:
    with second_process([]) as answers:
        assert list(answers) == []
    assert module.get_context("spawn").active_children() == []


@dataclass(frozen=True)
class Counting:
    """A task that takes a while and makes more than a pipe holds."""

    number: int
    seconds: float = 0.0

    def make(self) -> bytes:
        time.sleep(self.seconds)
        return bytes([self.number]) * 300_000


def test_what_is_made_is_told_while_the_rest_is_being_made() -> None:
    with second_process([Counting(1), Counting(2), Counting(3, seconds=600)]) as answers:
        assert [next(answers)[0], next(answers)[0]] == [1, 2]
        assert not answers.is_ready()


def test_the_next_task_does_not_wait_for_whoever_asked(tmp_path: Path) -> None:
    seen = tmp_path / "done"
    with second_process([Counting(1), Marking(seen)]) as answers:
        deadline = time.monotonic() + 60
        while not seen.exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert list(answers) == [bytes([1]) * 300_000, None]
        assert answers._connection.poll(60)  # the process has ended
        assert not answers.is_ready()


@dataclass(frozen=True)
class Marking:
    """A task that leaves a file."""

    path: Path

    def make(self) -> None:
        self.path.touch()


@dataclass(frozen=True)
class Numbered:
    """A task that makes its number."""

    number: int

    def make(self) -> int:
        return self.number


def test_a_task_is_let_go_once_it_is_done() -> None:
    tasks = deque(Numbered(number) for number in range(3))
    held = [weakref.ref(task) for task in tasks]
    answers = module._results(tasks)
    for number in range(3):
        assert next(answers) == number
        assert [task() is None for task in held] == [other <= number for other in range(3)]
