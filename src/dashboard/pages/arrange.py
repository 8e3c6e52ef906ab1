"""A page's cards in their places."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.exhibit_card import card
from dashboard.pages.page import Page, Section
from dashboard.words.catalogue import say


def arranged(page: Page) -> list[Any]:
    """Heading and cards of a page, still empty."""
    shown = page.heading == "shown"
    return [
        html.Div(
            [
                html.H1(say(f"shell.page.{page.name}.title"), tabIndex="-1"),
                html.P(say(f"shell.page.{page.name}.lead"), className="lead"),
            ],
            className="page-heading" if shown else "page-heading sr-only",
        ),
        *map(_section, page.sections),
        *(page.body() if page.body else ()),
    ]


def _section(section: Section) -> html.Section | html.Div:
    grid = html.Div(
        [card(slot.exhibit, slot.shape, slot.width, drawn=slot.drawn) for slot in section.slots],
        className="grid",
    )
    if not section.name:
        return grid
    heading = f"section-{section.name}"
    return html.Section(
        [
            html.H2(say(f"shell.section.{section.name}"), id=heading, className="section-title"),
            html.P(say(f"shell.section.{section.name}_lead"), className="lead"),
            grid,
        ],
        className="section",
        **{"aria-labelledby": heading},
    )
