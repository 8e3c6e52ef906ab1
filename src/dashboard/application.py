"""The application: settings in, a complete Dash app out. Nothing happens at import."""

from __future__ import annotations

import os
from functools import partial
from html import escape
from types import SimpleNamespace
from typing import Any

from dash import Dash
from flask import Flask, Response, request
from flask_compress import Compress, DictCache

from dashboard import callbacks, door, exhibits
from dashboard.components.filter_bar import filter_bar
from dashboard.components.shell import Destination, shell
from dashboard.components.states import no_release
from dashboard.filters import read_language
from dashboard.model.languages import ENGLISH, Language, words_of
from dashboard.pages import PAGES, Page, find
from dashboard.releases import NoRelease, Releases
from dashboard.security import guard, headers
from dashboard.settings import Settings, SettingsError
from dashboard.words.catalogue import say

_INDEX = """<!DOCTYPE html>
<html lang="{lang}">
<head>
{%metas%}
<title>{%title%}</title>
<link rel="icon" type="image/svg+xml" href="/assets/icons/brand.svg">
<link rel="preload" href="/assets/fonts/{font}-Regular.woff2" as="font" crossorigin>
<link rel="preload" href="/assets/fonts/{font}-SemiBold.woff2" as="font" crossorigin>
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
_ENTRY = """
<div id="react-entry-point">
<div class="_dash-loading">{loading}</div>
</div>
"""
#: The font of most letters of a language, fetched before the style sheet asks for it.
_FONTS = {"en": "NotoSans", "bn": "NotoSansBengali"}
#: Where the browser asks for the layout.
_LAYOUT = "/_dash-layout"
#: Endpoints of files that stay the same while the product runs.
_FILES = (
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "_dash_assets.static",
    "geography",
)
_DAY, _YEAR = 86_400, 31_536_000


class _Product(Dash):
    """Dash whose first answer is in the language that its address asks for."""

    def interpolate_index(self, **parts: str) -> str:  # pyright: ignore[reportIncompatibleMethodOverride] -- dash calls it by name
        """The page before any script runs: its ``lang``, its title, and that it is loading."""
        lang = _language()
        words = words_of(lang)
        found = find(request.path)
        parts["title"] = escape(_title(found, lang) if found else say("shell.product", lang))
        parts["app_entry"] = _ENTRY.format(loading=escape(say("shell.state.loading", lang)))
        page = super().interpolate_index(**parts)
        return page.replace("{lang}", words, 1).replace("{font}", _FONTS[words])


def _language() -> Language:
    """The language of a request: that of its address, or of the page that asks for its layout.

    Dash asks for the layout at an address without a query string; the browser says in the
    ``Referer`` which page asks, and only ``lang`` is read of it.
    """
    if request.path == _LAYOUT:
        return read_language((request.referrer or "").partition("?")[2].partition("#")[0])
    return read_language(request.query_string.decode("utf-8", "replace"))


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
    app = _Product(
        "dashboard",
        server=server,  # pyright: ignore[reportArgumentType] -- dash takes a Flask here
        title=say("shell.product", ENGLISH),
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
    _answer_by_page(server)
    _compress(server)
    _cache(server)
    headers.install(server, app.csp_hashes())
    return app


def _layout(releases: Releases, settings: Settings) -> Any:
    lang = _language()
    try:
        release = releases.current()
    except NoRelease as reason:
        return no_release(str(reason), settings.releases, lang)
    known = {
        "default_period": str(release.default_period),
        "geography": door.fingerprint(settings.geography, "*.geojson"),
        "titles": {page.path: _title(page, lang) for page in PAGES},
        "product": say("shell.product", lang),
    }
    return shell(_destinations(lang), release, filter_bar(release, lang), known, lang)


def _title(page: Page, lang: str) -> str:
    """Title of the window on a page."""
    return say("shell.document_title", lang, page=say(f"shell.page.{page.name}.name", lang))


def _destinations(lang: str) -> list[Destination]:
    return [
        Destination(
            page.path,
            say(f"shell.page.{page.name}.name", lang),
            say(f"shell.page.{page.name}.short", lang),
            page.icon,
        )
        for page in PAGES
        if page.listed
    ]


def _answer_by_page(server: Flask) -> None:
    """Whoever keeps a layout is told that it depends on the page that asked."""

    def mark(response: Response) -> Response:
        if request.path == _LAYOUT:
            response.vary.add("Referer")
        return response

    server.after_request(mark)


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
