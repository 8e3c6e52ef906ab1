"""Processes: several of them answer at one address, so that readers do not wait in one line.

An answer is made in Python, of which one thread at a time runs in a process. All processes accept
from the same sockets and share nothing else: what must be shared lies in files. What they serve is
built before, in ``dashboard.application``.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from types import FrameType
from typing import NoReturn

_log = logging.getLogger(__name__)
#: Processes that are usual at most: each remembers what was asked of a release for itself.
USUAL_MOST = 4
#: Seconds that a process must have lived to be replaced: the next would end as soon.
_LIVED = 5.0
#: Seconds in which a process may end what it answers, and between two looks whether it has.
_PATIENCE, _LOOK = 8.0, 0.02
#: Seconds within which all of a group hear that they are to stop.
_TOGETHER = 0.2
_STOPS = frozenset({signal.SIGINT, signal.SIGTERM})


def usual() -> int:
    """The usual number of processes: one a processor, up to ``USUAL_MOST``; 1 but on Linux.

    macOS copies processes too, but its own libraries do not outlive that.
    """
    return min(len(os.sched_getaffinity(0)), USUAL_MOST) if sys.platform == "linux" else 1


def share(serve: Callable[[], object], count: int) -> int:
    """Run the same server in so many processes until this one is asked to stop.

    A process that ends unasked is replaced, and all end with this one, however it ends. On Linux.

    Args:
        serve: Serves until it is interrupted. No release is open yet, and no thread runs but those
            of libraries that end them where a process is copied.
        count: At least 1.

    Returns:
        What the program ends with: 0 when it was interrupted, 1 when a process ended as soon as it
        had begun. Where it was terminated, it ends of that.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # it may be ignored by who started this one
    # Blocked signals wait for ``sigwait``, so that none comes at a wrong moment.
    signal.pthread_sigmask(signal.SIG_BLOCK, _signals())
    lifeline = os.pipe()
    began_at = dict(_start(serve, lifeline) for _ in range(count))
    while (stop := _wait()) is None:
        lived = [time.monotonic() - began_at.pop(process) for process in _reap(began_at)]
        if min(lived, default=_LIVED) < _LIVED:
            _end(began_at, signal.SIGTERM)
            return 1
        began_at.update(_start(serve, lifeline) for _ in lived)
    _end(began_at, stop)
    if stop == signal.SIGTERM:
        # Who terminates a program reads in how it ended whether it did.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _signals())
        os.kill(os.getpid(), stop)
        return 128 + stop  # the first process of a container outlives its own signals
    return 0


def _signals() -> set[signal.Signals]:
    """Signals that ask for a stop, and the one that says that a process ended."""
    return {*_STOPS, signal.SIGCHLD}  # which Windows cannot name when it imports this


def _wait() -> int | None:
    """Wait for a signal that asks for a stop and return it, or None once a process has ended."""
    number = signal.sigwait(_signals())
    if number != signal.SIGCHLD:
        return number
    # Who stops a whole group of processes may reach the first of them last.
    late = signal.sigtimedwait(_STOPS, _TOGETHER)
    return late.si_signo if late else None


def _start(serve: Callable[[], object], lifeline: tuple[int, int]) -> tuple[int, float]:
    """Start a process that serves; its id, and when it began by the monotonic clock."""
    process = os.fork()
    if process == 0:
        _serve(serve, lifeline)
    return process, time.monotonic()


def _serve(serve: Callable[[], object], lifeline: tuple[int, int]) -> NoReturn:
    """Serve, and never return into what the first process was doing."""
    code = 1
    try:
        signal.signal(signal.SIGINT, _interrupt)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _signals())
        reading, writing = lifeline
        os.close(writing)
        threading.Thread(target=_end_with_the_first, args=(reading,), daemon=True).start()
        serve()
        code = 0
    except KeyboardInterrupt:
        code = 0
    except BaseException:
        _log.exception("a process of the server ended")
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)


def _interrupt(number: int, _: FrameType | None) -> NoReturn:
    """Interrupt once: a terminal and the first process both send the signal."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _end_with_the_first(lifeline: int) -> None:
    """End this process with the first, which alone holds the other end of the pipe open."""
    os.read(lifeline, 1)
    os._exit(1)


def _reap(processes: Iterable[int]) -> list[int]:
    """Log and return the ids of processes that ended unasked; one signal may stand for several."""
    ended: list[int] = []
    for process in processes:
        ended_process, status = os.waitpid(process, os.WNOHANG)
        if ended_process:
            _log.error("a process of the server ended unasked, with %s", _exit_reason(status))
            ended.append(process)
    return ended


def _exit_reason(status: int) -> str:
    """The exit code or the name of the signal, from what ``waitpid`` returns."""
    code = os.waitstatus_to_exitcode(status)
    return f"code {code}" if code >= 0 else signal.Signals(-code).name


def _end(processes: Iterable[int], stop: int) -> None:
    """Send running processes the signal ``stop``, and kill those that do not end in time."""
    running = set(processes)
    for process in running:
        os.kill(process, stop)
    last = time.monotonic() + _PATIENCE
    while running and time.monotonic() < last:
        running = {process for process in running if not os.waitpid(process, os.WNOHANG)[0]}
        time.sleep(_LOOK)
    for process in running:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
