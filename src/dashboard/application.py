"""The application: settings in, a complete Dash app out. Nothing happens at import."""

from __future__ import annotations

import os
from functools import partial
from types import SimpleNamespace
from typing import Any

from dash import Dash
from flask import Flask, Response, request
from flask_compress import Compress, DictCache

from dashboard import callbacks, door, exhibits
from dashboard.components.filter_bar import filter_bar
from dashboard.components.shell import Destination, shell
from dashboard.components.states import no_release
from dashboard.pages import PAGES, find
from dashboard.releases import NoRelease, Releases
from dashboard.security import guard, headers
from dashboard.settings import Settings, SettingsError
from dashboard.words.catalogue import say

_INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<title>{%title%}</title>
<link rel="icon" type="image/svg+xml" href="/assets/icons/brand.svg">
<link rel="preload" href="/assets/fonts/NotoSans-Regular.woff2" as="font" crossorigin>
<link rel="preload" href="/assets/fonts/NotoSans-SemiBold.woff2" as="font" crossorigin>
{%css%}
</head>
<body>
{%app_entry%}
{%config%}
{%scripts%}
{%renderer%}
</body>
</html>
"""
#: Endpoints of files that stay the same while the product runs.
_FILES = (
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "_dash_assets.static",
    "geography",
)
_DAY, _YEAR = 86_400, 31_536_000


def create_app(settings: Settings) -> Dash:
    """Build everything: exhibits, layout, callbacks, routes, guard and headers.

    Raises:
        SettingsError: If DASH_MCP_ENABLED is set.
    """
    if "DASH_MCP_ENABLED" in os.environ:
        raise SettingsError(
            "DASH_MCP_ENABLED is set. It would open every callback without sign-in, so "
            "Situation Atlas does not start with it; unset it."
        )
    exhibits.load()
    releases = Releases(settings.releases)
    server = Flask("dashboard", static_folder=None)
    app = Dash(
        "dashboard",
        server=server,  # pyright: ignore[reportArgumentType] -- dash takes a Flask here
        title=say("shell.product"),
        update_title="",
        assets_folder=str(settings.assets),
        index_string=_INDEX,
        serve_locally=True,
        use_pages=False,
        suppress_callback_exceptions=True,
        enable_mcp=False,
        add_log_handler=False,
    )
    app.layout = partial(_layout, releases, settings)
    callbacks.register(app, releases)
    door.install(server, releases, settings.geography)
    guard.install(app)
    _answer_lost_pages(server)
    _compress(server)
    _cache(server)
    headers.install(server, app.csp_hashes())
    return app


def _layout(releases: Releases, settings: Settings) -> Any:
    try:
        release = releases.current()
    except NoRelease as reason:
        return no_release(str(reason), settings.releases)
    known = {
        "default_period": str(release.default_period),
        "geography": door.fingerprint(settings.geography, "*.geojson"),
        "titles": {
            page.path: say("shell.document_title", page=say(f"shell.page.{page.name}.name"))
            for page in PAGES
        },
        "product": say("shell.product"),
    }
    return shell(_destinations(), release, filter_bar(release), known)


def _destinations() -> list[Destination]:
    return [
        Destination(
            page.path,
            say(f"shell.page.{page.name}.name"),
            say(f"shell.page.{page.name}.short"),
            page.icon,
        )
        for page in PAGES
        if page.listed
    ]


def _answer_lost_pages(server: Flask) -> None:
    """An unknown path gets the same shell with the page that says so, and status 404."""

    def mark(response: Response) -> Response:
        lost = request.endpoint == "/<path:path>" and find(request.path) is None
        if lost and response.status_code == 200:
            response.status_code = 404
        return response

    server.after_request(mark)


def _compress(server: Flask) -> None:
    """Compress text by the browser's best encoding; files once and well, then from memory."""
    server.config |= {
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 5,
        "COMPRESS_REGISTER": False,
    }
    passing, lasting = Compress(server), Compress(server)
    thorough = SimpleNamespace(config={**server.config, "COMPRESS_BR_LEVEL": 9})
    lasting.app = thorough  # pyright: ignore[reportAttributeAccessIssue] -- only its config is read
    lasting.cache, lasting.cache_key = DictCache(), lambda asked: asked.path
    lasting.compress_mimetypes_set = {*lasting.compress_mimetypes_set, "application/geo+json"}

    def shrink(response: Response) -> Response:
        if request.endpoint not in _FILES or response.status_code != 200:
            return passing.after_request(response)
        if response.mimetype in lasting.compress_mimetypes_set:
            response.direct_passthrough = False
            response.set_data(response.get_data())  # a stream is never kept
        return lasting.after_request(response)

    server.after_request(shrink)


def _cache(server: Flask) -> None:
    """Files of the product may be kept: for a year by fingerprint, else for a day."""

    def keep(response: Response) -> Response:
        if request.endpoint == "_dash_assets.static" and response.status_code == 200:
            seconds = _YEAR if "m" in request.args else _DAY
            response.headers["Cache-Control"] = f"public, max-age={seconds}"
        return response

    server.after_request(keep)
