"""A page's cards in their places."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.exhibit_card import card
from dashboard.pages.page import Page, Section
from dashboard.words.catalogue import say


def arranged(page: Page, lang: str) -> list[Any]:
    """Heading and cards of a page in a language, still empty."""
    shown = page.heading == "shown"
    return [
        html.Div(
            [
                html.H1(say(f"shell.page.{page.name}.title", lang), tabIndex="-1"),
                html.P(say(f"shell.page.{page.name}.lead", lang), className="lead"),
            ],
            className="page-heading" if shown else "page-heading sr-only",
        ),
        *(_section(section, lang) for section in page.sections),
        *(page.body(lang) if page.body else ()),
    ]


def _section(section: Section, lang: str) -> html.Section | html.Div:
    grid = html.Div(
        [
            card(slot.exhibit, slot.shape, slot.width, lang, drawn=slot.drawn)
            for slot in section.slots
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
            html.P(say(f"shell.section.{section.name}_lead", lang), className="lead"),
            grid,
        ],
        className=f"section section--{section.name}",
        **{"aria-labelledby": heading},
    )
