"""Beside: blocks of several facts made in two processes, where there is much to do.

Facts know nothing of each other and every draw follows from its name, so it changes no unit which
process makes them. What a fact needs for its blocks is read before and stored after by whoever
has the database; nothing here knows of one.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Protocol

from etl.protect.block import BlockKind
from etl.protect.chance import Chance
from etl.protect.history import History
from etl.protect.margins import Margin
from etl.protect.walk import Closed, close_blocks

#: Events from which a second process saves more than its start costs, and how many of them take as
#: long as a block does by itself.
WORTH = 40_000
BLOCK = 280


@dataclass(frozen=True)
class Task:
    """The blocks of one fact that are to be made; see ``close_blocks``."""

    history: History
    due: Sequence[tuple[date, BlockKind]]
    margins: Sequence[Margin]
    base: int
    dither: int
    chance: Chance
    always_exact: bool

    def done(self) -> Closed:
        """Make them.

        Raises:
            RuntimeError: If a forbidden pair could not be avoided.
        """
        return close_blocks(
            self.history,
            self.due,
            margins=self.margins,
            base=self.base,
            dither=self.dither,
            chance=self.chance,
            always_exact=self.always_exact,
        )


class Answers(Protocol):
    """Waits for what a second process made, in the order of what it was given."""

    def __call__(self) -> list[Closed]:
        """Wait.

        Raises:
            RuntimeError: If a forbidden pair could not be avoided, or the process was stopped.
        """
        ...


def is_worth(events: int, blocks: int) -> bool:
    """Whether a second process saves time, for so many new events in so many blocks."""
    return events + BLOCK * blocks >= WORTH and (os.cpu_count() or 1) > 1


@contextmanager
def beside(tasks: Iterable[Task]) -> Generator[Answers]:
    """Give tasks to a second process, which ends with the block, or when this one is killed."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    there.close()
    try:
        for task in tasks:
            here.send(task)
        here.send(None)
        yield partial(_answers, here)
    finally:
        here.close()
        process.terminate()
        process.join()
        process.close()


def _answers(connection: Connection) -> list[Closed]:
    try:
        answer: list[Closed] | Exception = connection.recv()
    except EOFError:
        raise RuntimeError("the second process that made blocks was stopped") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _serve(connection: Connection) -> None:
    """The second process: take every task, then do them and answer once."""
    # An interrupt is the business of the process that asked; it stops this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        tasks: list[Task] = list(iter(connection.recv, None))
        connection.send(_done(tasks))
    except (EOFError, BrokenPipeError):
        # Whoever asked was killed; nobody waits for an answer.
        return


def _done(tasks: Sequence[Task]) -> list[Closed] | Exception:
    try:
        return [task.done() for task in tasks]
    except Exception as problem:  # noqa: BLE001 -- raised by whoever asked
        return problem
