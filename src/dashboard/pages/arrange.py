"""A page's cards in their places, and what Dash's registry holds of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import dash
from flask import request
from markupsafe import Markup

from dashboard.components.writer import write
from dashboard.filters import read_language
from dashboard.model.languages import Language
from dashboard.pages import by_name
from dashboard.pages.page import Page, path_alone
from dashboard.words.catalogue import phrases, translate

#: Where the browser asks for the layout.
LAYOUT = "/_dash-layout"


def register(module: str, page: Page, order: float | None = None) -> None:
    """Register a page with Dash, and the pages of single exhibits that it opens.

    Dash calls a layout with the parameters of an address, and a title or description with nothing:
    these are in the language of the request.
    """

    def layout(**parameters: Any) -> Markup:
        return arranged(page, read_language(urlencode(parameters)))

    def title() -> str:
        lang = request_language()
        return translate(
            "shell.document_title", lang, page=translate(f"shell.page.{page.name}.name", lang)
        )

    def description() -> str:
        return title_and_lead(page, request_language())[1]

    dash.register_page(
        module, page.path, name=page.name, order=order, title=title, description=description,
        layout=layout, page=page,
    )  # fmt: skip
    for alone in page.alone:
        register(f"{module}:{alone.path}", alone)


def request_language() -> Language:
    """The language of a request: that of its address, or of the page that asks for its layout.

    Dash asks for the layout at an address without a query string; the browser says in the
    ``Referer`` which page asks, and only ``lang`` is read of it.
    """
    if request.path == LAYOUT:
        return read_language((request.referrer or "").partition("?")[2].partition("#")[0])
    return read_language(request.query_string.decode("utf-8", "replace"))


def arranged(page: Page, lang: str) -> Markup:
    """Heading and cards of a page in a language, still empty."""
    title, lead = title_and_lead(page, lang)
    leads = [
        *((by_name(name).path, translate(f"shell.page.{name}.name", lang)) for name in page.links),
        *(
            (path_alone(slot.exhibit), translate(f"{slot.exhibit}.kicker", lang))
            for slot in page.more
        ),
    ]
    sections = [section.name for section in page.sections]
    return write(
        "page",
        lang,
        page=page,
        title=title,
        lead=lead,
        # Sections that have more to say than their name.
        with_lead=[name for name in sections if f"shell.section.{name}_lead" in phrases(lang)],
        body=page.body(lang) if page.body else "",
        leads=leads,
    )


def title_and_lead(page: Page, lang: str) -> tuple[str, str]:
    """The title and lead of a page, whatever the view."""
    return translate(f"shell.page.{page.name}.title", lang), translate(
        f"shell.page.{page.name}.lead", lang
    )
