"""Second process: work on several facts done in two processes, where there is much to do.

Facts know nothing of each other and every draw follows from its name, so it changes no unit which
process makes them. What a fact needs for its blocks is read before and stored after by whoever
has the database; nothing here knows of one.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Protocol, TypeVar

from etl.memory import give_back

Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)

#: Events from which a second process saves more than its start costs, and how many of them take as
#: long as a block does by itself.
WORTH = 40_000
BLOCK = 280


class Work(Protocol[Result_co]):
    """Something that a process can do by itself, such as a ``Task``."""

    def make(self) -> Result_co:
        """Do it and return what came of it."""
        ...


class Answers(Iterator[Result]):
    """What a second process made of each piece of work, in order; iterating waits for the next.

    Iterating raises RuntimeError if the process was stopped; and whatever the work raised.
    """

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        self._remaining = number

    def is_ready(self) -> bool:
        """Whether the next answer is there already."""
        return self._remaining > 0 and self._connection.poll()

    def __next__(self) -> Result:
        if not self._remaining:
            raise StopIteration
        try:
            answer: Result | Exception = self._connection.recv()
        except EOFError:
            raise RuntimeError("the second process that made blocks was stopped") from None
        if isinstance(answer, Exception):
            raise answer
        self._remaining -= 1
        return answer


def is_worth(events: int, blocks: int) -> bool:
    """Whether a second process saves time, for so many new events in so many blocks."""
    return events + BLOCK * blocks >= WORTH and (os.cpu_count() or 1) > 1


@contextmanager
def second_process(tasks: Iterable[Work[Result]]) -> Generator[Answers[Result]]:
    """Give work to a second process, which ends with the ``with``, or when this one is killed."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    there.close()
    try:
        number = 0
        for task in tasks:
            here.send(task)
            number += 1
        here.send(None)
        yield Answers(here, number)
    finally:
        here.close()
        process.terminate()
        process.join()
        process.close()


def _serve(connection: Connection) -> None:
    """The second process: take every task, then do them one after the other."""
    # An interrupt is the business of the process that asked; it stops this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    #: Each answer in a tuple, as an answer may be None; None says that there are no more.
    answers: SimpleQueue[tuple[object] | None] = SimpleQueue()
    # Sending waits until the other side has time to receive; the next task does not.
    sender = Thread(target=_send, args=(connection, answers))
    sender.start()
    try:
        tasks: deque[Work[object]] = deque(iter(connection.recv, None))
        for answer in _results(tasks):
            answers.put((answer,))
    except EOFError:
        pass  # whoever asked was killed; nobody waits for an answer
    finally:
        answers.put(None)
        sender.join()


def _send(connection: Connection, answers: SimpleQueue[tuple[object] | None]) -> None:
    """Send answers as they come, until None."""
    # Nobody waits for an answer where whoever asked was killed.
    with suppress(BrokenPipeError, ConnectionResetError):
        while (answer := answers.get()) is not None:
            connection.send(*answer)


def _results(tasks: deque[Work[object]]) -> Iterator[object]:
    """What each task makes; for the first that fails its error, and no more.

    A task is let go once it is done, since what it is made from takes much room.
    """
    try:
        while tasks:
            yield tasks.popleft().make()
            give_back()
    except Exception as problem:  # noqa: BLE001 -- raised by whoever asked
        yield problem
