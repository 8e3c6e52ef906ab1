"""Access on a server: its pages, its accounts, and the gate before everything that answers."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, current_app, g

from dashboard.access.browser import BROWSER
from dashboard.access.gate import gate
from dashboard.access.pages import by_provider, editions, own, sign_off, signing_in, users
from dashboard.access.pages.frame import Context, page, template_values
from dashboard.access.published import Watch
from dashboard.access.reader import EXTENSION

#: Key under which a server keeps its ``Browser``.
_BROWSER = "situation-atlas-browser"


def install(server: Flask, context: Context) -> None:
    """Put the gate before everything that is added after, and add pages and accounts.

    Args:
        server: The server.
        context: What the pages are given.
    """
    accounts, browser = context.accounts, context.browser
    blueprint = Blueprint("access", __name__, template_folder="templates")
    for pages in (signing_in, by_provider, own, users, editions, sign_off):
        pages.add(blueprint, context)
    blueprint.register_error_handler(404, lambda _: page("refused", 404, why="gone"))
    server.register_blueprint(blueprint)
    server.extensions[EXTENSION] = accounts
    server.extensions[_BROWSER] = browser

    def name_browser(response: Response) -> Response:
        if "browser_named" in g:
            browser.set_cookie(response, BROWSER, g.browser_named)
        return response

    watch = Watch(accounts, context.editions)

    def note_editions() -> None:
        if g.reader is not None:
            watch.look()

    server.before_request(lambda: gate(accounts, browser))
    server.before_request(note_editions)
    server.context_processor(lambda: template_values(context))
    server.after_request(name_browser)


def form_token() -> str | None:
    """A token for a form of the page that is being answered, None where there are no accounts."""
    browser = current_app.extensions.get(_BROWSER)
    return browser.form_token(g.holder) if browser else None
