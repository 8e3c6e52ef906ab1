"""A page's cards in their places, and what Dash's registry holds of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import request

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.components.exhibit_card import card
from dashboard.filters import read_language
from dashboard.model.languages import Language
from dashboard.pages import named
from dashboard.pages.page import Page, Section, path_alone
from dashboard.words.catalogue import phrases, say

#: Where the browser asks for the layout.
LAYOUT = "/_dash-layout"


def registered(page: Page) -> dict[str, Any]:
    """What ``dash.register_page`` is told of a page, beside its module and order.

    Dash calls a layout with the parameters of an address, and a title or description with nothing:
    these are in the language of the request.
    """

    def layout(**asked: Any) -> list[Any]:
        return arranged(page, read_language(urlencode(asked)))

    def title() -> str:
        lang = asked_language()
        return say("shell.document_title", lang, page=say(f"shell.page.{page.name}.name", lang))

    def description() -> str:
        return title_and_lead(page, asked_language())[1]

    return {
        "path": page.path, "name": page.name, "title": title, "description": description,
        "layout": layout, "page": page,
    }  # fmt: skip


def asked_language() -> Language:
    """The language of a request: that of its address, or of the page that asks for its layout.

    Dash asks for the layout at an address without a query string; the browser says in the
    ``Referer`` which page asks, and only ``lang`` is read of it.
    """
    if request.path == LAYOUT:
        return read_language((request.referrer or "").partition("?")[2].partition("#")[0])
    return read_language(request.query_string.decode("utf-8", "replace"))


def arranged(page: Page, lang: str) -> list[Any]:
    """Heading and cards of a page in a language, still empty."""
    return [
        _heading(page, lang),
        *(_section(section, lang) for section in page.sections),
        *(page.body(lang) if page.body else ()),
        *([html.Div(id="page-meeting")] if page.is_meeting else []),
        *([_links(page, lang)] if page.links or page.more else []),
    ]


def title_and_lead(page: Page, lang: str) -> tuple[str, str]:
    """What a page is called and what it is for, whatever the view."""
    return say(f"shell.page.{page.name}.title", lang), say(f"shell.page.{page.name}.lead", lang)


def _heading(page: Page, lang: str) -> html.Div:
    """Title and lead; the finding of a page that opens with one takes their place."""
    title, lead = title_and_lead(page, lang)
    return html.Div(
        [
            html.H1(title, id="headline", tabIndex="-1"),
            html.P(lead, id="lead", className="lead"),
            *([html.Div(id="page-actions", **{"data-static": ""})] if page.is_meeting else []),
        ],
        className=" ".join(_looks(page)),
    )


def _looks(page: Page) -> list[str]:
    """Classes of a heading: whether it is seen, and whether buttons stand beside it."""
    return [
        "page-heading",
        *(["sr-only"] if page.heading == "hidden" else []),
        *(["page-heading--acts"] if page.is_meeting else []),
    ]


def _section(section: Section, lang: str) -> html.Section | html.Div:
    grid = html.Div(
        [
            *([html.Div(id=section.above, className="span-12")] if section.above else []),
            *(
                card(slot.exhibit, slot.shape, slot.width, lang, drawn=slot.drawn, rows=slot.rows)
                for slot in section.slots
            ),
            *([html.Div(id=section.beside, className="span-3")] if section.beside else []),
        ],
        className="grid",
    )
    if not section.name:
        return grid
    heading = f"section-{section.name}"
    return html.Section(
        [
            html.H2(
                say(f"shell.section.{section.name}", lang), id=heading, className="section-title"
            ),
            _section_lead(section.name, lang),
            grid,
        ],
        className=f"section section--{section.name}",
        **{"aria-labelledby": heading},
    )


def _links(page: Page, lang: str) -> html.Nav:
    """One line: other pages of the same, and the exhibits that have a page to themselves."""
    leads = [
        *((named(name).path, say(f"shell.page.{name}.name", lang)) for name in page.links),
        *((path_alone(slot.exhibit), say(f"{slot.exhibit}.kicker", lang)) for slot in page.more),
    ]
    return html.Nav(
        [
            html.Span(say("shell.more", lang)),
            *(
                html.A(label, href=links.page(path, lang), **{"data-nav": path})
                for path, label in leads
            ),
        ],
        className="page-links",
        **{"aria-label": say("shell.more", lang)},
    )


def _section_lead(name: str, lang: str) -> html.Div | None:
    """What stands under the heading of a section that has more to say than its name."""
    phrase = f"shell.section.{name}_lead"
    if phrase not in phrases(lang):
        return None
    lead = html.P(say(phrase, lang), className="lead")
    return html.Div(lead, id=f"{name}-head", className="section-head")
