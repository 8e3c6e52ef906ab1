"""Access on a server: its pages, its desk, and the gate before everything that answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, g

from dashboard.access.browser import BROWSER, Browser
from dashboard.access.desk import Desk
from dashboard.access.gate import gate
from dashboard.access.pages import own, sign_off, signing_in, users
from dashboard.access.pages.frame import House, given
from dashboard.access.reader import EXTENSION

#: Under which a server keeps how browsers are spoken with.
_BROWSER = "situation-atlas-browser"


def install(
    server: Flask, desk: Desk, browser: Browser, styles: Sequence[str], dark: str, releases: Path
) -> None:
    """Put the gate before everything that is added after, and add pages and desk.

    Args:
        server: The server.
        desk: Where accounts are kept.
        browser: How browsers are spoken with.
        styles: Addresses of the style sheets of the pages.
        dark: Address of the one that is added where the system is dark.
        releases: Folder of the members' releases, where the open round of sign-off lies.
    """
    house = House(desk, browser, styles, dark, releases)
    blueprint = Blueprint("access", __name__, template_folder="templates")
    for pages in (signing_in, own, users, sign_off):
        pages.add(blueprint, house)
    server.register_blueprint(blueprint)
    server.extensions[EXTENSION] = desk
    server.extensions[_BROWSER] = browser

    def name_browser(response: Response) -> Response:
        if "browser_named" in g:
            browser.keep(response, BROWSER, g.browser_named)
        return response

    server.before_request(lambda: gate(desk, browser))
    server.context_processor(lambda: given(house))
    server.after_request(name_browser)


def form_token() -> str | None:
    """A token for a form of the page that is being answered, None where there are no accounts."""
    browser = current_app.extensions.get(_BROWSER)
    return browser.form_token(g.holder) if browser else None
