"""Our own server: what it leaves of a request that came by a proxy."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterable
from typing import Any

from flask import Request
from waitress.server import create_server

from dashboard import server as ours
from dashboard.access.browser import Browser
from dashboard.access.keys import Keys
from tests.support.accounts import SECRET

PROXIED = Browser(Keys(SECRET), "atlas.example")


def told(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """An application that says who asks, and over which peer."""
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{PROXIED.address(Request(environ))} {environ['REMOTE_ADDR']}".encode()]


def test_the_address_that_a_proxy_says_reaches_the_application_and_the_peer_stays() -> None:
    server = create_server(told, host="127.0.0.1", port=0, ident=None, **ours._OPTIONS)
    threading.Thread(target=server.run, daemon=True).start()
    asked = urllib.request.Request(  # noqa: S310 -- our own
        f"http://127.0.0.1:{server.effective_port}/",
        headers={
            "X-Forwarded-For": "198.51.100.4, 203.0.113.9",
            "X-Forwarded-Host": "evil.example",
        },
    )
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310 -- our own
            assert answer.read() == b"203.0.113.9 127.0.0.1"
    finally:
        server.close()
