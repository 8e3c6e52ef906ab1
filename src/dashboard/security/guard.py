"""The guard: only what is listed may be asked for, and only in the shape that callbacks have.

Who may ask for what, where there are accounts, ``access.gate`` has said before. A body that a
browser would not send is answered 400 before any callback runs; errors after that stay errors and
are logged.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from dash import Dash
from dash.exceptions import (
    CallbackException,
    InvalidCallbackReturnValue,
    UnsupportedRelativePath,
)
from flask import Flask, Response, abort, request

from dashboard.access.roles import ANYBODY, FILES, ROLES
from dashboard.security.limits import MAX_BODY

CALLBACK = "/_dash-update-component"
_SUITES = "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"
#: Endpoints that serve files by a path.
_FILES = frozenset({_SUITES, "_dash_assets.static"})
#: Endpoints by name; anything else is answered 404.
ALLOWED = frozenset(
    {
        "/",
        "/<path:path>",
        "/_dash-layout",
        "/_dash-dependencies",
        CALLBACK,
        _SUITES,
        "_dash_assets.static",
        "bundle",
        "definitions",
        "geography",
        "healthz",
        "readyz",
        "report.file",
        *FILES,
    }
)
#: Endpoints that are there too where there are accounts.
WITH_ACCOUNTS = ANYBODY.union(*(role.endpoints for role in ROLES)) - ALLOWED
#: Characters of an address as long as any that is read, and of the fragment that says what for.
_MAX_TEXT = 6_000
#: An address of this server as a browser writes it, or a part of one.
_ADDRESS = re.compile(r"(?:/(?![/\\])|\?|#|\Z)[^\x00-\x1f\x7f]*")
_FIELDS = {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}


def install(app: Dash, suites: Callable[[], Collection[str]], *, accounts: bool = False) -> None:
    """Refuse requests for other endpoints or files, and bodies that no callback of the app takes.

    Args:
        app: The app.
        suites: Gives the paths of those files of installed packages that pages use.
        accounts: Whether the server has accounts and their pages.
    """
    server: Flask = app.server
    allowed = ALLOWED | WITH_ACCOUNTS if accounts else ALLOWED

    def admit() -> None:
        """End a request that is not listed with 404, one of another shape with 400."""
        if request.endpoint is None:
            return  # no such route: Flask answers 404 or 405 itself
        if request.endpoint not in allowed or not _is_whole(request.path):
            abort(404)
        if request.endpoint == _SUITES and request.path not in suites():
            abort(404)
        if "HTTP_TRANSFER_ENCODING" in request.environ and request.content_length is not None:
            abort(400)  # two servers may read two requests in it
        if request.endpoint == CALLBACK and not _is_callback(_body(), app):
            abort(400)

    server.before_request(admit)
    for error in (UnsupportedRelativePath, CallbackException, InvalidCallbackReturnValue):
        server.register_error_handler(error, _bad_request)


def _is_whole(path: str) -> bool:
    """Whether a path of a file is normal (no "..", no "//"), so that a cache has it only once."""
    return request.endpoint not in _FILES or posixpath.normpath(path) == path


def _bad_request(_: Exception) -> Response:
    return Response("The request does not fit any part of the page.", 400, mimetype="text/plain")


def _body() -> Any:
    """The JSON of a request's body; 400 where it is missing, too long or no JSON."""
    if (request.content_length or MAX_BODY + 1) > MAX_BODY or not request.is_json:
        abort(400)
    try:
        return json.loads(request.get_data(), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        abort(400)


def _no_constant(name: str) -> None:
    """Refuse NaN and Infinity, which Python's parser would take."""
    raise ValueError(f"{name} is not JSON")


def _is_callback(body: Any, app: Dash) -> bool:
    """Whether a body asks for a callback of the server, with its own inputs, state and outputs."""
    if not isinstance(body, dict) or not _FIELDS.issuperset(body):
        return False
    output = body.get("output")
    registered = app.callback_map.get(output) if isinstance(output, str) else None
    if not isinstance(output, str) or registered is None or "callback" not in registered:
        return False  # not there, or one that runs in the browser
    return (
        _are_names(body.get("changedPropIds", []))
        and _are_names(body.get("parsedChangedPropsIds", []))
        and _fits(body.get("inputs", []), registered["inputs"])
        and _fits(body.get("state", []), registered["state"])
        and _is_outputs(body.get("outputs"), output)
    )


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _fits(sent: Any, registered: list[Mapping[str, Any]]) -> bool:
    """Whether what was sent are the inputs, or the state, of a callback in their order."""
    if not isinstance(sent, list) or len(sent) != len(registered):
        return False
    return all(map(_is_dependency, sent, registered))


def _is_dependency(sent: Any, registered: Mapping[str, Any]) -> bool:
    """Whether one input or state is the registered one with a text, or an address where due."""
    if not isinstance(sent, dict) or not {"id", "property", "value"}.issuperset(sent):
        return False
    if any(sent.get(name) != registered[name] for name in ("id", "property")):
        return False
    value = sent.get("value")
    is_address = value is None or (_is_text(value) and bool(_ADDRESS.fullmatch(value)))
    return is_address if registered["id"] == "asked" else _is_text(value)


def _is_text(value: Any) -> bool:
    """Whether a value is None, or a text as short as an address that UTF-8 can write."""
    if value is None:
        return True
    return (
        isinstance(value, str)
        and len(value) < _MAX_TEXT
        and not any("\ud800" <= character <= "\udfff" for character in value)
    )


def _is_outputs(sent: Any, output: str) -> bool:
    """Whether the outputs are those of a callback's key, one or many of them."""
    entries = sent if isinstance(sent, list) else [sent]
    expected = output.strip(".").split("...") if output.startswith("..") else [output]
    return [_key(entry) for entry in entries] == expected


def _key(entry: Any) -> str | None:
    """One output as "id.property", as it stands in a callback's key; None for what is none."""
    if not isinstance(entry, dict) or set(entry) != {"id", "property"}:
        return None
    name, prop = entry["id"], entry["property"]
    return f"{name}.{prop}" if isinstance(name, str) and isinstance(prop, str) else None
