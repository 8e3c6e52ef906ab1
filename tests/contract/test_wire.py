"""The wire: what one visitor may take of the server, asked as the bytes that a visitor sends."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from dashboard.security import limits
from tests.endurance.signed_in import measure_signed_in
from tests.endurance.wire import GROWTH, WireFigures, measure_wire
from tests.support.served import ROOT, serving

CALLBACK = "/_dash-update-component"
PLAIN = ("Host: localhost", "Content-Type: application/json")


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with serving(tmp_path_factory.mktemp("wire"), answers="/healthz") as (number, _):
        yield number


def connection(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def status(port: int, *head: str, body: bytes = b"") -> int:
    with connection(port) as wire:
        wire.sendall("\r\n".join([*head, "", ""]).encode("latin-1") + body)
        with wire.makefile("rb") as answer:
            return int(answer.readline().split()[1])


def test_a_length_and_a_transfer_coding_together_are_refused(port: int) -> None:
    chunked = b"2\r\n{}\r\n0\r\n\r\n"
    both = ("Content-Length: 2", "Transfer-Encoding: chunked")
    for order in (both, both[::-1]):
        assert status(port, f"POST {CALLBACK} HTTP/1.1", *PLAIN, *order, body=chunked) == 400
    assert status(port, "GET /healthz HTTP/1.1", *PLAIN, *both, body=b"0\r\n\r\n") == 400


def test_a_body_that_no_callback_has_is_refused_before_it_is_read(port: int) -> None:
    said = f"Content-Length: {limits.MAX_BODY + 1}"
    assert status(port, f"POST {CALLBACK} HTTP/1.1", *PLAIN, said) == 413


def test_headers_longer_than_any_address_are_refused(port: int) -> None:
    long = "X-Long: " + "a" * limits.MAX_HEADER
    assert status(port, "GET /healthz HTTP/1.1", *PLAIN, long) == 431


def test_who_says_nothing_or_little_keeps_nobody_waiting(port: int) -> None:
    with ExitStack() as held:
        for _ in range(200):
            held.enter_context(connection(port))
        for _ in range(32):
            slow = held.enter_context(connection(port))
            slow.sendall(f"POST {CALLBACK} HTTP/1.1\r\nHost: localhost\r\nContent-".encode())
        assert status(port, "GET /healthz HTTP/1.1", *PLAIN) == 200


def test_a_body_in_pieces_is_as_short_as_any_other(port: int) -> None:
    piece = b"3e8\r\n%s\r\n" % (b"a" * 1_000)
    body = piece * (limits.MAX_BODY // 1_000 + 2) + b"0\r\n\r\n"
    head = (f"POST {CALLBACK} HTTP/1.1", *PLAIN, "Transfer-Encoding: chunked")
    assert status(port, *head, body=body) == 413


def test_the_operators_page_tells_the_limits_that_hold() -> None:
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    others = {
        r"--threads (\d+)": limits.THREADS,
        r"--worker-connections (\d+)": limits.CONNECTIONS,
        r"--keep-alive (\d+)": limits.SILENCE,
        r"client_max_body_size (\d+)k": limits.MAX_BODY // 1024,
    }
    for pattern, limit in others.items():
        assert {int(number) for number in re.findall(pattern, text)} == {limit}, pattern
    told = dict(re.findall(r"^\| ([a-z ]+) \| ([0-9,]+) \|", text, re.MULTILINE))
    assert {name: int(number.replace(",", "")) for name, number in told.items()} == {
        "bytes of a body": limits.MAX_BODY,
        "bytes of a request line and headers": limits.MAX_HEADER,
        "connections at a time": limits.CONNECTIONS, "seconds of silence": limits.SILENCE,
        "threads": limits.THREADS, "threads that look at passwords": limits.PROOF_THREADS,
    }  # fmt: skip


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> WireFigures:
    return measure_wire(tmp_path_factory.mktemp("odd"), callbacks=600, routes=300, seed=2)


def test_no_odd_request_is_answered_500(odd: WireFigures) -> None:
    assert odd.wrong == []
    assert (sum(odd.callbacks.values()), sum(odd.routes.values())) == (600, 300)
    # Whole ones are among them, or nothing was made meanwhile.
    assert odd.callbacks[200] > 10
    assert odd.routes[200] > 10
    assert odd.callbacks[400] > 300


def test_a_server_does_not_grow_by_odd_requests(odd: WireFigures) -> None:
    assert 0 < odd.growth <= GROWTH


def test_a_reader_is_answered_within_a_second_beside_idle_and_slow_connections(
    odd: WireFigures,
) -> None:
    assert odd.slowest < 1


def test_nothing_odd_of_people_who_signed_in_is_answered_500(tmp_path: Path) -> None:
    found = measure_signed_in(tmp_path, each=60, seed=3)
    assert found.wrong == []
    assert sum(found.callbacks.values()) == sum(found.forms.values()) == 300
    assert sum(found.strangers.values()) == 180
    assert found.strangers[401] > 100
    # Nobody was signed out meanwhile, and some of it was taken.
    assert found.callbacks[200] > 5
    assert found.callbacks[401] == 0
    assert found.forms[303] > 10
