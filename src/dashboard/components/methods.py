"""The methods page: protection in plain words, around an example in four steps.

The example itself stands in ``methods_example``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.components.methods_example import example_card
from dashboard.methods.example import example
from dashboard.model.protection import TOLD_APART
from dashboard.words.catalogue import say

_SHORT = ("once", "units", "sums")
_TEXTS = ("exact", "small", "worth", "late", "limits", "sources")
_DESIGNS = ("chance", "hide", "round", "noise", "units")


def methods(lang: str) -> list[Any]:
    """Everything below the page's heading."""
    return [
        html.Div(
            [
                _in_short(lang),
                example_card(example(), lang),
                _why(lang),
                _risk(lang),
                html.Div([_text(name, lang) for name in _TEXTS], className="methods-texts"),
            ],
            className="methods",
            **{"data-static": ""},
        )
    ]  # fmt: skip


def _in_short(lang: str) -> html.Section:
    return html.Section(
        [
            html.H2(say("methods.short.heading", lang), className="sr-only"),
            html.Ul(
                [
                    html.Li(
                        [
                            html.H3(say(f"methods.short.{name}", lang)),
                            html.P(say(f"methods.short.{name}_text", lang)),
                        ]
                    )
                    for name in _SHORT
                ],
                className="methods-short",
            ),
            html.P(
                [
                    say("methods.short.here", lang),
                    " ",
                    html.A(say("methods.short.here_link", lang), href=links.page("/quality", lang),
                           **{"data-nav": "/quality"}),
                    " · ",
                    html.A(say("glossary.methods_link", lang), href=links.page("/glossary", lang),
                           **{"data-nav": "/glossary"}),
                ],
                className="quiet",
            ),
        ]
    )  # fmt: skip


def _why(lang: str) -> html.Section:
    texts = ("text", "cells")
    return _told("why", texts, ("design", "averaging", "presence"), _DESIGNS, lang)


def _risk(lang: str) -> html.Section:
    return _told("risk", ("text", "more"), ("knows", "tries"), ("chance", *TOLD_APART), lang)


def _told(
    name: str, texts: Sequence[str], columns: Sequence[str], rows: Sequence[str], lang: str
) -> html.Section:
    """A section of texts with a table beside them, whose first column names its rows."""

    def said(phrase: str) -> str:
        return say(f"methods.{name}.{phrase}", lang)

    first, *others = columns
    head = [html.Th(said(first), scope="col", className="")]
    head += [html.Th(said(column), scope="col", className="number") for column in others]
    body = [
        html.Tr(
            [
                html.Th(said(row), scope="row"),
                *(html.Td(said(f"{row}_{column}"), className="number") for column in others),
            ],
            className=f"is-{row}",
        )
        for row in rows
    ]
    return html.Section(
        [
            html.Div([html.H2(said("heading")), *(html.P(said(text)) for text in texts)]),
            html.Div(
                html.Table(
                    [html.Caption(said("caption")), html.Thead(html.Tr(head)), html.Tbody(body)],
                    className="table",
                ),
                className="card methods-table",
            ),
        ],
        className="methods-why",
    )


def _text(name: str, lang: str) -> html.Section:
    return html.Section(
        [html.H2(say(f"methods.{name}.heading", lang)), html.P(say(f"methods.{name}.text", lang))]
    )
