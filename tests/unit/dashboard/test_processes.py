"""Processes of a server: each serves, one that ends is replaced, and all end with the first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import pytest

from dashboard import processes
from tests.support.served import family

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="one process elsewhere")
#: A program whose processes say who they are, and do nothing until they are interrupted.
_PROGRAM = """
import os, sys, time
from dashboard import processes

processes._LIVED, processes._TOGETHER, processes._PATIENCE = map(float, sys.argv[1:])

def say(what):
    os.write(1, f"{{what}}\\n".encode())  # in one piece: others say something too

def serve():
    try:
        say(os.getpid())
        time.sleep({seconds})
    except KeyboardInterrupt:
        say("asked")
        time.sleep({longer})
        say("in peace")
        raise

code = processes.share(serve, 2)
say("left")
sys.exit(code)
"""


@contextmanager
def shared(
    lived: float = 0.0,
    together: float = processes._TOGETHER,
    patience: float = processes._PATIENCE,
    *,
    seconds: float = 60.0,
    longer: float = 0.0,
    ignored: Sequence[signal.Signals] = (),
) -> Iterator[subprocess.Popen[str]]:
    """The first process of such a program, in a group of its own, as a terminal has it.

    Whoever waits for what never comes waits half a minute: then the whole group is killed.
    """
    words = [sys.executable, "-c", _PROGRAM.format(seconds=seconds, longer=longer)]
    kept = {number: signal.signal(number, signal.SIG_IGN) for number in ignored}
    program = subprocess.Popen(  # noqa: S603 -- our own
        [*words, str(lived), str(together), str(patience)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    for number, handler in kept.items():
        signal.signal(number, handler)
    last = threading.Timer(30, kill_all, [program])
    last.start()
    try:
        yield program
    finally:
        last.cancel()
        kill_all(program)
        program.communicate(timeout=20)


def kill_all(program: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)


def said(program: subprocess.Popen[str]) -> int:
    """The process that says next that it serves."""
    assert program.stdout is not None
    return int(program.stdout.readline())


def is_alive(process: int) -> bool:
    """Whether a process runs; one that ended and was not waited for does not."""
    try:
        with open(f"/proc/{process}/stat") as told:  # noqa: PTH123 -- of the system
            return told.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_as_many_serve_as_are_asked_for() -> None:
    with shared() as program:
        serving = {said(program), said(program)}
        assert program.pid not in serving
        assert set(family(program.pid)) == {program.pid, *serving}


@pytest.mark.parametrize(("asked", "code"), [(signal.SIGTERM, -signal.SIGTERM), (signal.SIGINT, 0)])
def test_all_end_when_the_first_is_asked_to(asked: signal.Signals, code: int) -> None:
    with shared() as program:
        serving = [said(program), said(program)]
        program.send_signal(asked)
        assert program.wait(timeout=20) == code
        assert not any(map(is_alive, serving))


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_asked_together_they_end_as_when_the_first_is(asked: signal.Signals) -> None:
    with shared(lived=60) as program:
        said(program), said(program)
        os.killpg(program.pid, asked)
        assert program.wait(timeout=20) == (0 if asked == signal.SIGINT else -asked)
        assert program.stderr is not None
        assert program.stderr.read() == ""


def test_the_others_of_a_group_may_hear_it_before_the_first() -> None:
    with shared(lived=60, together=20) as program:
        serving = [said(program), said(program)]
        for process in serving:
            os.kill(process, signal.SIGTERM)
            until(lambda process=process: not is_alive(process))
        program.terminate()
        assert program.wait(timeout=20) == -signal.SIGTERM


def test_interrupted_by_a_terminal_and_by_the_first_they_end_what_they_answer() -> None:
    with shared(lived=60, together=20, longer=3) as program:
        for process in (said(program), said(program)):
            os.kill(process, signal.SIGINT)
        assert program.stdout is not None
        assert [program.stdout.readline() for _ in range(2)] == ["asked\n"] * 2
        program.send_signal(signal.SIGINT)
        output, told = program.communicate(timeout=20)
        assert output.splitlines() == ["in peace", "in peace", "left"]
        assert (program.returncode, told) == (0, "")


def test_one_that_does_not_end_is_killed_in_the_end() -> None:
    with shared(patience=0.5) as program:
        stuck, _ = said(program), said(program)
        os.kill(stuck, signal.SIGSTOP)
        program.terminate()
        assert program.wait(timeout=20) == -signal.SIGTERM
        assert not is_alive(stuck)


def test_it_hears_of_its_own_where_whoever_began_it_does_not() -> None:
    with shared(ignored=[signal.SIGCHLD]) as program:
        killed, _ = said(program), said(program)
        os.kill(killed, signal.SIGKILL)
        assert is_alive(said(program))
        program.terminate()
        assert program.wait(timeout=20) == -signal.SIGTERM


def test_all_end_with_the_first_however_it_ends() -> None:
    with shared() as program:
        serving = [said(program), said(program)]
        program.kill()
        until(lambda: not any(map(is_alive, serving)))


def test_one_that_is_killed_is_replaced_and_that_is_told() -> None:
    with shared() as program:
        killed, other = said(program), said(program)
        os.kill(killed, signal.SIGKILL)
        new = said(program)
        assert set(family(program.pid)) == {program.pid, other, new}
        program.terminate()
        _, told = program.communicate(timeout=20)
        assert told == "a process of the server ended unasked, with SIGKILL\n"
        assert not is_alive(new)


def test_where_one_ends_as_soon_as_it_begins_the_program_ends_with_1() -> None:
    with shared(lived=60, seconds=0.1) as program:
        output, told = program.communicate(timeout=20)
        assert program.returncode == 1
        assert output.split()[-1] == "left"
        assert "ended unasked, with code 0" in told


def test_what_goes_wrong_in_one_is_told_whole_and_it_never_goes_on_as_the_first() -> None:
    with shared(lived=60, seconds=-1) as program:
        output, told = program.communicate(timeout=20)
        assert program.returncode == 1
        assert output.count("left") == 1
        assert "ValueError: sleep length must be non-negative" in told


def test_one_a_processor_is_usual_up_to_four(monkeypatch: pytest.MonkeyPatch) -> None:
    for processors, usual in ((1, 1), (2, 2), (64, 4)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, own=processors: set(range(own)))
        assert processes.usual() == usual
