"""The loopback promise: only this machine is answered, whoever bound the socket.

Without accounts nobody beyond this machine may read anything; with them, others come by a proxy on
this machine that asks for one public name. Another server than our own (gunicorn, waitress-serve,
flask run) listens where it is told to, so the application looks itself, before anything else:

- the peer has a loopback address. A Unix socket has no peer address, only a proxy would use one,
  and what stands behind a proxy is not known here: refused;
- the request has one ``Host``, and it is a loopback name, or the public one. This stops a page of
  another site from reading figures through a name that it points to 127.0.0.1. Servers refuse two
  ``Host`` headers or join them with a comma, which is no name. Where there is a public name, a
  loopback name is only asked for whether the server is well;
- the target is a path. A whole address is for proxies; one server lets it replace ``Host``.

Forwarding headers are never read here: nothing that a request says about its way makes it local.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, request

from dashboard.settings import is_loopback

_HOST = re.compile(
    r"(?:(?P<name>[A-Za-z0-9.-]+)|\[(?P<ipv6>[0-9A-Fa-f:.]+)\])(?::(?P<port>[0-9]{1,5}))?"
)
_HIGHEST_PORT = 65_535
#: Where servers put the target of a request as it came.
_TARGETS = ("REQUEST_URI", "RAW_URI")
_FOREIGN_PEER = "Situation Atlas answers this machine only.\n"
_OWN_NAMES = "localhost, 127.0.0.1 and [::1]"


#: What a machine asks of itself where others ask by the public name.
_HEALTH = frozenset({"/healthz", "/readyz"})


def install(server: Flask, public_host: str | None = None) -> None:
    """Refuse every request that is not this machine's own; installed first, so that it runs first.

    Args:
        server: The server.
        public_host: The name under which a proxy on this machine asks, or None.
    """
    foreign_host = f"Situation Atlas answers to {public_host or _OWN_NAMES} only.\n"

    def admit() -> Response | None:
        """The refusal of a request, None where it is this machine's or its proxy's."""
        if not is_loopback(request.environ.get("REMOTE_ADDR") or ""):
            return Response(_FOREIGN_PEER, 403, mimetype="text/plain")
        host = request.environ.get("HTTP_HOST") or ""
        is_own = is_own_name(host) and (public_host is None or request.path in _HEALTH)
        is_public = public_host is not None and host.lower() in (public_host, f"{public_host}:443")
        is_named = is_own or (is_public and request.path not in _HEALTH)
        if not (is_named and _is_path(request.environ)):
            return Response(foreign_host, 400, mimetype="text/plain")
        return None

    server.before_request(admit)


def is_own_name(host: str) -> bool:
    """Whether a ``Host`` header is one loopback name, with or without a port.

    >>> [is_own_name(host) for host in ("localhost:8050", "[::1]", "localhost,evil.example", "")]
    [True, True, False, False]
    """
    parts = _HOST.fullmatch(host)
    if parts is None or int(parts["port"] or "0") > _HIGHEST_PORT:
        return False
    if parts["ipv6"]:
        return ":" in parts["ipv6"] and is_loopback(parts["ipv6"])
    return parts["name"].lower() == "localhost" or is_loopback(parts["name"])


def _is_path(environ: Mapping[str, Any]) -> bool:
    """Whether a request's target is a path, or "*", where the server passes it on as it came."""
    targets = (environ[key] for key in _TARGETS if key in environ)
    return all(target.startswith("/") or target == "*" for target in targets)
