"""Editions as a list: what each one is, and the way to open an earlier one as known then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.filters import Reading
from dashboard.words.catalogue import say


def editions(figure: Mapping[str, Any], reading: Reading) -> html.Ul:
    """The list of an ``editions`` figure, whose items ``exhibits.editions`` describes."""
    lang = reading.filters.lang
    return html.Ul(
        [
            *(_edition(item, reading) for item in figure["items"]),
            *(
                html.Li(
                    [
                        html.Div(
                            [
                                html.P(release_id, className="edition-title"),
                                html.P(say("quality.editions.is_damaged", lang)),
                            ]
                        )
                    ],
                    className="edition",
                )
                for release_id in figure["damaged"]
            ),
        ],
        className="editions",
    )


def _edition(item: Mapping[str, Any], reading: Reading) -> html.Li:
    lang = reading.filters.lang
    if item["shown"]:
        action: Any = html.Span(say("quality.editions.shown", lang), className="badge")
    else:
        # The months of another edition may be others, so its own usual ones are shown.
        there = replace(reading.filters, edition=item["id"], period=None)
        action = html.A(
            say("quality.editions.open", lang),
            href=links.href(there, reading.options),
            className="button",
            **{
                "data-view": "",
                "aria-label": say("quality.editions.open_named", lang, title=item["title"]),
            },
        )
    texts = [
        html.P(item["title"], className="edition-title"),
        html.P(item["text"]),
        html.P(item["id"], className="quiet"),
    ]
    return html.Li([html.Div(texts), action], className="edition")
