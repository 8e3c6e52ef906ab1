"""A group that has signed in and reads at once, and what its server keeps in memory meanwhile."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.access import accounts, sessions
from dashboard.access.browser import ECHO, HEADER, SESSION, Browser
from dashboard.access.keys import Keys
from dashboard.access.roles import BY_NAME
from dashboard.access.store import open_store
from tests.bench.readers import ReadersFigures, measure_readers
from tests.support.accounts import SECRET
from tests.support.served import environment, free_port, resident, started

#: Seconds that the group reads; memory is compared from the end of the first half on.
READING = 120.0


@dataclass(frozen=True)
class SignedFigures:
    """What a group that has signed in waited for.

    Attributes:
        reading: Its waits and errors.
        half: Megabytes of the server after half of the time.
        end: Megabytes at the end.
    """

    reading: ReadersFigures
    half: float
    end: float


def measure_signed_in(folder: Path, readers: int) -> SignedFigures:
    """Let so many people with accounts look at a group's views for two minutes."""
    state = folder / "signed"
    state.mkdir()
    port = free_port()
    with _server(folder, state, port) as process:
        half: list[int] = []
        clock = threading.Timer(READING / 2, lambda: half.append(resident(process)))
        clock.start()
        reading = measure_readers(
            f"http://127.0.0.1:{port}",
            folder / "store" / "releases",
            readers=readers,
            in_common=True,
            seconds=READING,
            signed=[_enter(state, number) for number in range(readers)],
        )
        clock.join()
        return SignedFigures(reading, half[0] / 2**20, resident(process) / 2**20)


@contextmanager
def _server(folder: Path, state: Path, port: int) -> Iterator[int]:
    secret = state / "secret"
    secret.write_bytes(SECRET)
    secret.chmod(0o600)
    place = environment(
        folder, ATLAS_PORT=str(port), ATLAS_STATE=str(state), ATLAS_SECRET_FILE=str(secret)
    )
    with started([sys.executable, "app.py"], port, place, state / "server.log") as server:
        yield server.pid


def _enter(state: Path, number: int) -> dict[str, str]:
    """What the browser of a new member brings, who has just signed in."""
    store, keys = open_store(state), Keys(SECRET)
    browser, now = Browser(keys, None), int(time.time())
    with store.writing() as connection:
        made = accounts.add(connection, f"reader{number}@agency.example", BY_NAME["member"], now)
        session = sessions.begin(connection, made.id, "whole", keys, now)
    echo = browser.echo(session.token)
    cookies = f"{browser.cookie(SESSION)}={session.token}; {browser.cookie(ECHO)}={echo}"
    return {"Cookie": cookies, HEADER: echo}
