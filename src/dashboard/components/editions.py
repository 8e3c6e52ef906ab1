"""Editions as a table: what each one is, and the way to open an earlier one as known then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.filters import Reading
from dashboard.words.catalogue import say

#: What is said of each edition behind its title.
_CELLS = ("period", "as_of", "built_at", "approved_by", "changed")


def editions(figure: Mapping[str, Any], reading: Reading) -> html.Table:
    """The rows of an ``editions`` figure, whose items ``exhibits.quality.editions`` describes."""
    lang = reading.filters.lang
    heads = [html.Th(_said(name, lang), scope="col") for name in ("release", *_CELLS)]
    return html.Table(
        [
            html.Caption(_said("subtitle", lang), className="sr-only"),
            html.Thead(html.Tr([*heads, html.Td()])),
            html.Tbody(
                [
                    *(_edition(item, reading) for item in figure["items"]),
                    *(_damaged(release_id, lang) for release_id in figure["damaged"]),
                ]
            ),
        ],
        className="table editions",
    )


def _edition(item: Mapping[str, Any], reading: Reading) -> html.Tr:
    lang = reading.filters.lang
    if item["shown"]:
        action: Any = html.Span(_said("shown", lang), className="badge")
    else:
        # The months of another edition may be others, so its own usual ones are shown.
        there = replace(reading.filters, edition=item["id"], period=None)
        action = html.A(
            _said("open", lang),
            href=links.href(there, reading.options),
            className="button",
            **{
                "data-view": "",
                "aria-label": say("quality.editions.open_named", lang, title=item["title"]),
            },
        )
    # On a phone each cell says what it is.
    cells = [html.Td(item["cells"][name], **{"data-label": _said(name, lang)}) for name in _CELLS]
    return html.Tr([_name(item["title"], item["id"]), *cells, html.Td(action)])


def _damaged(release_id: str, lang: str) -> html.Tr:
    return html.Tr(
        [_name(release_id, ""), html.Td(_said("is_damaged", lang), colSpan=len(_CELLS) + 1)]
    )


def _name(title: str, release_id: str) -> html.Th:
    below = html.Span(release_id, className="quiet") if release_id else None
    return html.Th([html.Span(title), below], scope="row")


def _said(phrase: str, lang: str) -> str:
    return say(f"quality.editions.{phrase}", lang)
