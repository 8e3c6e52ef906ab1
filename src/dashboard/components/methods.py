"""The methods page: protection in plain words, around an example in four steps.

The example itself stands in ``methods_example``.
"""

from __future__ import annotations

from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.components.methods_example import example_card
from dashboard.methods.example import example
from dashboard.words.catalogue import say

_SHORT = ("once", "units", "sums")
_TEXTS = ("exact", "small", "late", "limits", "sources")
_DESIGNS = ("chance", "hide", "round", "noise", "units")


def methods(lang: str) -> list[Any]:
    """Everything below the page's heading."""
    return [
        html.Div(
            [
                _in_short(lang),
                example_card(example(), lang),
                _why(lang),
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
    columns = ("averaging", "presence")
    return html.Section(
        [
            html.Div(
                [html.H2(say("methods.why.heading", lang)), html.P(say("methods.why.text", lang)),
                 html.P(say("methods.why.cells", lang))]
            ),
            html.Div(
                html.Table(
                    [
                        html.Caption(say("methods.why.caption", lang)),
                        html.Thead(
                            html.Tr(
                                [
                                    html.Th(say(f"methods.why.{name}", lang), scope="col",
                                            className="" if name == "design" else "number")
                                    for name in ("design", *columns)
                                ]
                            )
                        ),
                        html.Tbody(
                            [
                                html.Tr(
                                    [
                                        html.Th(say(f"methods.why.{design}", lang), scope="row"),
                                        *(
                                            html.Td(say(f"methods.why.{design}_{column}", lang),
                                                    className="number")
                                            for column in columns
                                        ),
                                    ],
                                    className=f"is-{design}",
                                )
                                for design in _DESIGNS
                            ]
                        ),
                    ],
                    className="table",
                ),
                className="card methods-table",
            ),
        ],
        className="methods-why",
    )  # fmt: skip


def _text(name: str, lang: str) -> html.Section:
    return html.Section(
        [html.H2(say(f"methods.{name}.heading", lang)), html.P(say(f"methods.{name}.text", lang))]
    )
