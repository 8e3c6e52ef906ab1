"""Beside: work on several facts done in two processes, where there is much to do.

Facts know nothing of each other and every draw follows from its name, so it changes no unit which
process makes them. What a fact needs for its blocks is read before and stored after by whoever
has the database; nothing here knows of one.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Protocol, TypeVar

Made = TypeVar("Made")
Made_co = TypeVar("Made_co", covariant=True)

#: Events from which a second process saves more than its start costs, and how many of them take as
#: long as a block does by itself.
WORTH = 40_000
BLOCK = 280


class Work(Protocol[Made_co]):
    """Something that a process can do by itself, such as a ``Task``."""

    def done(self) -> Made_co:
        """Do it."""
        ...


class Answers(Protocol[Made_co]):
    """Waits for what a second process made, in the order of what it was given."""

    def __call__(self) -> Sequence[Made_co]:
        """Wait.

        Raises:
            RuntimeError: If the process was stopped; and whatever the work raised.
        """
        ...


def is_worth(events: int, blocks: int) -> bool:
    """Whether a second process saves time, for so many new events in so many blocks."""
    return events + BLOCK * blocks >= WORTH and (os.cpu_count() or 1) > 1


@contextmanager
def beside(tasks: Iterable[Work[Made]]) -> Generator[Answers[Made]]:
    """Give work to a second process, which ends with the block, or when this one is killed."""
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


def _answers(connection: Connection) -> list[Any]:
    try:
        answer: list[Any] | Exception = connection.recv()
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
        tasks: list[Work[object]] = list(iter(connection.recv, None))
        connection.send(_done(tasks))
    except (EOFError, BrokenPipeError):
        # Whoever asked was killed; nobody waits for an answer.
        return


def _done(tasks: Sequence[Work[object]]) -> list[object] | Exception:
    try:
        return [task.done() for task in tasks]
    except Exception as problem:  # noqa: BLE001 -- raised by whoever asked
        return problem
