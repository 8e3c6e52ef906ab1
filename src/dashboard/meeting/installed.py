"""The pages of a meeting on a server that has accounts."""

from __future__ import annotations

from flask import Blueprint, Flask

from dashboard.access.accounts import Accounts
from dashboard.access.pages.frame import page
from dashboard.meeting.pages import data_requests, decisions, flags, month_notes, views
from dashboard.meeting.pages.frame import Context, render_page
from dashboard.release.folder import NoRelease, Releases


def install(server: Flask, accounts: Accounts, releases: Releases, public: Releases) -> None:
    """Add the pages; the gate of access stands before them.

    Args:
        server: The server.
        accounts: The accounts; what people write is kept in their file.
        releases: The whole folder of releases.
        public: Releases for the public made beside them.
    """
    context = Context(accounts, releases, public)
    blueprint = Blueprint("meeting", __name__, template_folder="templates")
    for pages in (data_requests, decisions, flags, month_notes, views):
        pages.add(blueprint, context)
    blueprint.register_error_handler(NoRelease, lambda _: render_page("nothing", 503))
    blueprint.register_error_handler(404, lambda _: page("refused", 404, why="gone"))
    server.register_blueprint(blueprint)
