"""The server: settings from the environment, then serve until stopped.

What ``python app.py`` and the installed command ``atlas`` run, and what other servers are given.
What is served is built in ``dashboard.application``.
"""

from __future__ import annotations

import argparse
import logging
import os
import socket
import sys
from collections.abc import Sequence
from errno import errorcode
from importlib.metadata import version
from typing import Any, NoReturn

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server
from waitress.task import ThreadedTaskDispatcher

# Before anything that reads the pack.
from dashboard.model import entry

# isort: split
from dashboard import processes
from dashboard.access import commands
from dashboard.access.pages.frame import PROVING
from dashboard.application import create_app, releases_of
from dashboard.report import command as report
from dashboard.security import limits
from dashboard.settings import Settings, SettingsError

#: The limits as waitress names them. ``poll`` has no bound of open files, as ``select`` has. What a
#: proxy says of a reader's address is left in place, and never stands for the peer's own.
_OPTIONS: dict[str, Any] = {
    "threads": limits.THREADS,
    "connection_limit": limits.CONNECTIONS,
    "channel_timeout": limits.SILENCE,
    "cleanup_interval": limits.LOOK,
    "max_request_body_size": limits.MAX_BODY,
    "max_request_header_size": limits.MAX_HEADER,
    "asyncore_use_poll": True,
    "clear_untrusted_proxy_headers": False,
}
#: Connections that may wait to be accepted, as many as waitress has wait.
_BACKLOG = 1024
_VARIABLES = """settings, all from the environment:
  ATLAS_STORE     folder of the store (default: data/store)
  ATLAS_RELEASES  folder of releases (default: releases in the store)
  ATLAS_PUBLISHED folder of published releases, shown beside (default: none)
  ATLAS_STATE     folder of what the server keeps (default: state in the store)
  ATLAS_SECRET_FILE  secret of 32 bytes or more: with it, people sign in (default: none)
  ATLAS_OIDC_ISSUER, ATLAS_OIDC_CLIENT_ID, ATLAS_OIDC_SECRET_FILE, ATLAS_OIDC_NAME
                  a provider by which people sign in too (default: none)
  ATLAS_PUBLIC_HOST  name that a proxy on this machine asks for, over HTTPS (default: none)
  ATLAS_HOST      loopback address to listen on (default: 127.0.0.1)
  ATLAS_PORT      port (default: 8050)
  ATLAS_PROCESSES processes that answer (default: one a processor, at most 4)
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Serve the dashboard, see to accounts or make a report; 1 when it cannot be done."""
    arguments = _parse(argv)
    if arguments.command and arguments.command != "report":
        return commands.run(arguments)
    try:
        settings = Settings.from_environment(os.environ)
        if arguments.command == "report":
            return report.run(arguments, settings, *releases_of(settings))
        app = create_app(settings)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        sockets = _listening(settings.host, settings.port)
    except OSError as error:
        # The words of a socket that is made in one step name its address once more.
        code = error.errno or 0
        reason = os.strerror(code) if code in errorcode else str(error)
        print(f"Port {settings.port} cannot be used ({reason}); set ATLAS_PORT.", file=sys.stderr)
        return 1
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"Situation Atlas is at http://{host}:{settings.port} (stop with Ctrl+C)", flush=True)
    count = settings.processes or processes.usual()
    if count > 1:
        return processes.share(lambda: _serve(app.server, sockets), count)
    _serve(app.server, sockets)
    return 0


def _listening(host: str, port: int) -> list[socket.socket]:
    """A socket for each address that a name of this machine has.

    Raises:
        OSError: If one cannot be used.
    """
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    families = {family: address for family, _, _, _, address in addresses}
    return [
        socket.create_server(address[:2], family=family, backlog=_BACKLOG)
        for family, address in families.items()
    ]


def _serve(application: Flask, sockets: Sequence[socket.socket]) -> None:
    """Answer what arrives there until interrupted."""
    # A page asks for more at once than there are threads, which is no trouble to be told.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    _server(application, sockets).run()


def _server(
    application: Any, sockets: Sequence[socket.socket]
) -> MultiSocketServer | BaseWSGIServer:
    """The server of waitress within our limits."""
    server = create_server(
        application, sockets=sockets, ident=None, _dispatcher=_Threads(), **_OPTIONS
    )
    _refuse_double_meanings(server)
    return server


def build() -> Flask:
    """The application for a server that somebody else starts.

    Raises:
        SystemExit: If a setting cannot be used, after one sentence about it.
    """
    try:
        return create_app().server
    except SettingsError as error:
        _leave(error)


def _leave(error: SettingsError) -> NoReturn:
    """Print the error and end with the code after which gunicorn starts no worker again."""
    print(error, file=sys.stderr, flush=True)
    sys.exit(entry.CANNOT_START)


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments of ``atlas``; without a command it serves."""
    parser = argparse.ArgumentParser(
        prog="atlas",
        description="Situation Atlas, the reader's side: serve the dashboard, see to accounts.",
        epilog=_VARIABLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=version("situation-atlas"))
    added = parser.add_subparsers(dest="command", metavar="users | signoff | audit | report")
    commands.add_parsers(added)
    report.add_parser(added)
    return parser.parse_args(argv)


class _Parser(HTTPRequestParser):
    """Refuses what two servers may read as two different requests."""

    #: A request that cannot be read has no path, and is answered too.
    path = ""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers of a request.

        Raises:
            ParsingError: If it has both a length and a transfer coding (RFC 9112, 6.1), or is one
                that waitress cannot read.
        """
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding exclude each other")


class _Channel(HTTPChannel):
    """A connection of our own server."""

    parser_class = _Parser


class _Threads(ThreadedTaskDispatcher):
    """Threads that answer pages, and others that check passwords: no page waits for a check."""

    def __init__(self) -> None:
        super().__init__()
        self._proving = ThreadedTaskDispatcher()
        self.set_thread_count(limits.THREADS)
        self._proving.set_thread_count(limits.PROOF_THREADS)

    def add_task(self, task: Any) -> None:
        """Queue a connection, for the threads that its first request is for."""
        proves = task.requests[0].path.startswith(PROVING)
        (self._proving if proves else super()).add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """End the threads."""
        self._proving.shutdown(cancel_pending, timeout)
        return super().shutdown(cancel_pending, timeout)


def _refuse_double_meanings(server: MultiSocketServer | BaseWSGIServer) -> None:
    """Have every socket of a server answer 400 to what could be read as two requests."""
    many = server.map if isinstance(server, MultiSocketServer) else None
    one_a_socket = [server] if many is None else many.values()
    for one in one_a_socket:
        if isinstance(one, BaseWSGIServer):
            one.channel_class = _Channel
