"""Our own server: what it leaves of a request that came by a proxy, and who waits for whom."""

from __future__ import annotations

import socket
import threading
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Request

from dashboard import server as ours
from dashboard.access.browser import Browser
from dashboard.access.keys import Keys
from dashboard.access.pages import by_provider, own, signing_in
from dashboard.access.pages.frame import PROVING
from dashboard.security import limits
from tests.support.accounts import SECRET, signed_application

#: Pages whose forms have a password, or lead to who vouches for somebody.
PROVERS = {page.__name__ for page in (by_provider, own, signing_in)}
PROXIED = Browser(Keys(SECRET), "atlas.example")


def told(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """An application that says who asks, and over which peer."""
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{PROXIED.address(Request(environ))} {environ['REMOTE_ADDR']}".encode()]


@contextmanager
def serving(
    application: Any, families: Iterable[socket.AddressFamily] = (socket.AF_INET,)
) -> Iterator[list[str]]:
    """Our own server over an application; the addresses of its sockets."""
    hosts = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}
    sockets = [socket.create_server((hosts[f], 0), family=f) for f in families]
    server = ours._server(application, sockets)
    threading.Thread(target=server.run, daemon=True).start()
    names = [one.getsockname()[:2] for one in sockets]
    try:
        yield [f"http://[{h}]:{p}" if ":" in h else f"http://{h}:{p}" for h, p in names]
    finally:
        server.close()


def answer(address: str, **headers: str) -> bytes:
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310 -- our own
    with urllib.request.urlopen(asked, timeout=10) as given:  # noqa: S310 -- our own
        return given.read()


def test_the_address_that_a_proxy_says_reaches_the_application_and_the_peer_stays() -> None:
    proxied = {"X-Forwarded-For": "198.51.100.4, 203.0.113.9", "X-Forwarded-Host": "evil.example"}
    with serving(told) as (address,):
        assert answer(address, **proxied) == b"203.0.113.9 127.0.0.1"


@pytest.mark.parametrize("families", [[socket.AF_INET], [socket.AF_INET, socket.AF_INET6]])
@pytest.mark.parametrize("path", ["/sign-in", "/%73ign-in/code?next=/", "/account/password"])
def test_no_page_waits_for_a_password(families: list[socket.AddressFamily], path: str) -> None:
    """More of them are looked at than there are threads for that, and none ends meanwhile."""
    begun, end = threading.Semaphore(0), threading.Event()

    def waits(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/":
            begun.release()
            assert end.wait(20)
        return told(environ, start)

    with serving(waits, families) as addresses, ThreadPoolExecutor() as several:
        proofs = [
            several.submit(answer, address + path)
            for address in addresses
            for _ in range(limits.PROOF_THREADS + limits.THREADS)
        ]
        for _ in range(limits.PROOF_THREADS):
            assert begun.acquire(timeout=20)
        try:
            for address in addresses:
                assert answer(f"{address}/")
            assert not begun.acquire(blocking=False)
        finally:
            end.set()
        assert all(proof.result() for proof in proofs)


def test_where_somebody_proves_who_they_are_is_told_by_the_address(tmp_path: Path) -> None:
    server = signed_application(tmp_path, months=3, per_month=20).app.server
    views = {r.rule: server.view_functions[r.endpoint] for r in server.url_map.iter_rules()}
    proving = {
        rule
        for rule, view in views.items()
        if isinstance(view, partial) and view.func.__module__ in PROVERS
    }
    assert proving - {"/sign-out"} == {rule for rule in views if rule.startswith(PROVING)}


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]")])
def test_the_address_that_is_said_can_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    host: str, shown: str,
) -> None:  # fmt: skip
    told = {"HOST": host, "PORT": "8051", "PROCESSES": "1", "STORE": str(tmp_path)}
    for name, value in told.items():
        monkeypatch.setenv(f"ATLAS_{name}", value)
    for name in ("_listening", "_serve"):
        monkeypatch.setattr(ours, name, lambda *_: [])
    assert ours.main([]) == 0
    assert f"Situation Atlas is at http://{shown}:8051 (" in capsys.readouterr().out
