"""Report: which figures a report has, in which order, for whom and as what; and its files."""

from typing import Any

import dash

from dashboard.components.elements import html
from dashboard.pages.arrange import registered
from dashboard.pages.page import Page


def _room(lang: str) -> list[Any]:
    """Where the answer for an address stands; no filters are above it."""
    return [html.Div(id="report", lang=lang.partition("-")[0], **{"data-static": ""})]


PAGE = Page(
    path="/report",
    name="report",
    icon="note",
    key="w",
    heading="shown",
    body=_room,
)
dash.register_page(__name__, order=7, **registered(PAGE))
