"""Every usual way to start a Dash application works, and none of them opens it to others."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.access import sessions
from dashboard.access.accounts import open_accounts
from dashboard.access.browser import SESSION
from dashboard.access.keys import Keys
from tests.support.accounts import SECRET, joined, secret_in
from tests.support.releases import build_release, point_to
from tests.support.served import environment, family, free_port, ran, running, serving

BIN = Path(sys.executable).parent
STARTS: dict[str, Callable[[int], list[str]]] = {
    "python": lambda port: [sys.executable, "app.py"],
    "atlas": lambda port: [str(BIN / "atlas")],
    "gunicorn": lambda port: [str(BIN / "gunicorn"), "--bind", f"127.0.0.1:{port}", "app:server"],
    "gunicorn-preload": lambda port: [
        str(BIN / "gunicorn"), "--preload", "--bind", f"127.0.0.1:{port}", "app:server",
    ],
    "waitress": lambda port: [
        str(BIN / "waitress-serve"), f"--listen=127.0.0.1:{port}", "app:server",
    ],
    "flask": lambda port: [str(BIN / "flask"), "--app", "app", "run", "--port", str(port)],
}  # fmt: skip
LOCAL = ["Host: localhost"]
#: The header lines of requests that are answered.
ANSWERED = {
    "name": LOCAL, "name and port": ["Host: localhost:9000"], "capitals": ["HOST: LOCALHOST"],
    "address": ["Host: 127.0.0.1:8050"], "address of six": ["Host: [::1]:8050"],
    "another name forwarded": [*LOCAL, "X-Forwarded-Host: evil.example", "X-Real-IP: 10.0.0.1"],
}  # fmt: skip
#: The header lines of requests that are refused.
REFUSED = {
    "foreign": ["Host: evil.example"], "foreign and its port": ["Host: evil.example:8050"],
    "foreign that ends in a loopback name": ["Host: evil.localhost"],
    "foreign that begins with one": ["Host: localhost.evil.example"],
    "foreign behind a local user": ["Host: localhost@evil.example"],
    "this machine, but not its loopback": ["Host: 192.168.1.4:8050"],
    "double": [*LOCAL, "Host: evil.example"],
    "double, foreign first": ["Host: evil.example", *LOCAL], "double and equal": [*LOCAL, *LOCAL],
    "two in one": ["Host: localhost, evil.example"], "folded": [*LOCAL, " evil.example"],
    "missing": ["Accept: */*"], "empty": ["Host:"], "misspelt": ["Host : localhost"],
    "local name forwarded": ["Host: evil.example", "X-Forwarded-Host: localhost"],
    "forwarded by the standard": ["Host: evil.example", "Forwarded: host=localhost;for=127.0.0.1"],
}  # fmt: skip


@dataclass(frozen=True)
class Started:
    """A server that runs without a release, and what it has written so far."""

    port: int
    log: Path
    releases: Path

    def ask(self, headers: list[str], target: str = "/healthz", version: str = "1.1") -> int:
        """Status of one request that is sent as its bytes say."""
        lines = [f"GET {target} HTTP/{version}", *headers, "Connection: close", "", ""]
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as wire:
            wire.sendall("\r\n".join(lines).encode("latin-1"))
            with wire.makefile("rb") as answer:
                return int(answer.readline().split()[1])


@pytest.fixture(scope="module", params=STARTS)
def started(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Started]:
    folder = tmp_path_factory.mktemp(request.param)
    port = free_port()
    place = environment(folder, ATLAS_PORT=str(port))
    log = folder / "log"
    with running(STARTS[request.param](port), port, place, log, answers="/healthz"):
        yield Started(port, log, folder / "store" / "releases")


def test_a_request_with_a_loopback_name_is_answered(started: Started) -> None:
    assert {name: started.ask(headers) for name, headers in ANSWERED.items()} == dict.fromkeys(
        ANSWERED, 200
    )
    assert started.ask(LOCAL, version="1.0") == 200


def test_a_foreign_double_or_missing_host_is_refused(started: Started) -> None:
    assert {name: started.ask(headers) for name, headers in REFUSED.items()} == dict.fromkeys(
        REFUSED, 400
    )
    assert started.ask([], version="1.0") == 400


@pytest.mark.parametrize("target", ["http://evil.example/healthz", "http://localhost/healthz"])
def test_a_target_that_names_a_host_is_refused(started: Started, target: str) -> None:
    assert started.ask(LOCAL, target) == 400
    assert started.ask([*LOCAL, "Host: evil.example"], target) == 400


def test_a_missing_release_is_told_in_the_log_and_is_not_ready(started: Started) -> None:
    assert started.ask(LOCAL, "/") == 200
    assert started.ask(LOCAL, "/readyz") == 503
    assert f"No release has been published yet in {started.releases}" in started.log.read_text()


@pytest.mark.parametrize("start", STARTS)
def test_a_wrong_setting_is_told_in_one_sentence_and_nothing_starts(
    tmp_path: Path, start: str
) -> None:
    place = environment(tmp_path, ATLAS_PUBLIC_HOST="atlas.example")
    done = ran(*STARTS[start](free_port()), place=place)
    assert done.returncode != 0
    assert "ATLAS_PUBLIC_HOST is 'atlas.example'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("start", STARTS)
def test_with_a_secret_nobody_is_answered_without_signing_in(tmp_path: Path, start: str) -> None:
    port, secret, log = free_port(), secret_in(tmp_path), tmp_path / "log"
    place = environment(tmp_path, ATLAS_PORT=str(port), ATLAS_SECRET_FILE=str(secret))
    with running(STARTS[start](port), port, place, log, answers="/healthz"):
        server = Started(port, log, tmp_path)
        asked = ("/", "/routes", "/_dash-layout", "/exhibits", "/exhibit/overview.trend.csv")
        assert {path: server.ask(LOCAL, path) for path in asked} == dict.fromkeys(asked, 401)
        assert server.ask(LOCAL, "/sign-in") == 200
        assert server.ask(["Host: evil.example"], "/sign-in") == 400


def test_a_weak_secret_starts_nothing(tmp_path: Path) -> None:
    weak = tmp_path / "weak"
    weak.touch(0o600)
    weak.write_text("change-me")
    place = environment(tmp_path, ATLAS_SECRET_FILE=str(weak))
    done = ran(*STARTS[next(iter(STARTS))](free_port()), place=place)
    assert done.returncode != 0
    assert "it needs 32 or more" in done.stderr


def test_a_unix_socket_is_refused_since_only_a_proxy_would_ask_there(tmp_path: Path) -> None:
    port = free_port()
    path = tmp_path / "socket"
    binds = ["--bind", f"127.0.0.1:{port}", "--bind", f"unix:{path}"]
    command = [str(BIN / "gunicorn"), *binds, "app:server"]
    place = environment(tmp_path)
    with (
        running(command, port, place, tmp_path / "log", answers="/healthz"),
        socket.socket(socket.AF_UNIX) as wire,
    ):
        wire.settimeout(20)
        wire.connect(str(path))
        wire.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        with wire.makefile("rb") as answer:
            assert answer.readline().split()[1] == b"403"


@pytest.mark.skipif(sys.platform != "linux", reason="one process elsewhere")
def test_each_process_answers_while_the_others_cannot(tmp_path: Path) -> None:
    with serving(tmp_path, answers="/healthz", ATLAS_PROCESSES="3") as (port, first):
        asked = Started(port, tmp_path, tmp_path)
        for _ in each_alone(first, 3):
            assert [asked.ask(LOCAL) for _ in range(3)] == [200, 200, 200]


@pytest.mark.skipif(sys.platform != "linux", reason="one process elsewhere")
def test_each_process_shows_the_newest_edition_and_none_that_was_held_back(tmp_path: Path) -> None:
    state, releases = (tmp_path / "store" / name for name in ("state", "releases"))
    for folder in (releases, state):
        folder.mkdir(parents=True)
    secret = str(secret_in(state))

    accounts = open_accounts(state, Keys(SECRET))
    account = joined(accounts, "analyst", "analyst")
    with accounts.store.writing() as connection:
        token = sessions.begin(connection, account.id, "whole", accounts.keys, accounts.now()).token

    def shown() -> str:
        asked = urllib.request.Request(  # noqa: S310
            f"http://127.0.0.1:{port}/exhibit/overview.trend.json",
            headers={"Cookie": f"{SESSION}={token}"},
        )
        with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
            return json.load(answer)["release"]["release_id"]

    first, second = (f"2026-09-20261016t09400{number}-0a1b2c3d" for number in range(2))
    build_release(releases / f"{first}.duckdb", months=2)
    point_to(releases, first)
    with serving(tmp_path, ATLAS_PROCESSES="2", ATLAS_SECRET_FILE=secret) as (port, server):
        assert [shown() for _ in each_alone(server, 2)] == [first, first]
        build_release(releases / f"{second}.duckdb", months=2)
        point_to(releases, second)
        assert [shown() for _ in each_alone(server, 2)] == [second, second]
        (state / "held-back").write_text(f"{second}\n")
        assert [shown() for _ in each_alone(server, 2)] == [first, first]


def each_alone(first: int, number: int) -> Iterator[int]:
    """Each of so many processes of a server, while the others are stopped."""
    deadline = time.monotonic() + 20
    while len(answering := family(first)[1:]) < number:
        assert time.monotonic() < deadline, answering
        time.sleep(0.02)
    for one in answering:
        others = [other for other in answering if other != one]
        for other in others:
            os.kill(other, signal.SIGSTOP)
        try:
            yield one
        finally:
            for other in others:
                os.kill(other, signal.SIGCONT)


@pytest.mark.skipif(sys.platform != "linux", reason="of Linux's own words")
def test_a_port_that_is_taken_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        place = environment(tmp_path, ATLAS_PORT=str(port))
        done = ran(sys.executable, "app.py", place=place)
    told = f"Port {port} cannot be used (Address already in use); set ATLAS_PORT."
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, told)
    assert "Traceback" not in done.stderr
    assert "http://" not in done.stdout


def test_a_host_beyond_the_loopback_is_refused(tmp_path: Path) -> None:
    place = environment(tmp_path, ATLAS_HOST="0.0.0.0")  # noqa: S104 -- the refusal is tested
    done = ran(sys.executable, "app.py", place=place)
    assert done.returncode == 1
    assert "this machine only" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="one process elsewhere")
def test_more_at_once_than_there_are_threads_is_no_trouble_to_be_told(tmp_path: Path) -> None:
    log = tmp_path / "store" / "state" / "server.log"
    with serving(tmp_path, answers="/healthz", ATLAS_PROCESSES="1") as (port, _):
        before = log.read_text()
        asked = Started(port, log, tmp_path)
        with ThreadPoolExecutor(16) as many:
            assert set(many.map(lambda _: asked.ask(LOCAL, "/"), range(64))) == {200}
        assert log.read_text() == before
