"""The foot of a card: what a reader must know to trust the figure, and the files it comes as."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components import links
from dashboard.components.icon import icon
from dashboard.exhibits.exhibit import Exhibit
from dashboard.filters import Reading
from dashboard.words.catalogue import say


def foot(exhibit: Exhibit, reading: Reading) -> list[Any]:
    """Notes, source, release and kind of data, and the menu of files."""
    stamp, lang = exhibit.release, reading.filters.lang
    notes = " ".join(exhibit.notes)
    source = (
        f"{exhibit.source.rstrip('.')} · {say('shared.data_until', lang, month=stamp.data_until)}"
    )
    return [
        html.P(
            [
                html.Strong(say("shell.card.note", lang)) if notes else None,
                html.A(
                    "?",
                    href=links.page("/methods", lang),
                    className="note-mark",
                    title=say("shell.methods_link", lang),
                    **{"aria-label": say("shell.methods_link", lang), "data-nav": "/methods"},
                )
                if notes
                else None,
                html.Span(f" {notes} " if notes else "", className="card-notes"),
                html.Span(source, className="card-source"),
                html.Span(
                    f" · {say('shell.card.release', lang, id=stamp.release_id)}",
                    className="card-release",
                ),
                " ",
                html.Span(
                    stamp.label, className="tag card-label", **{"data-release": stamp.release_id}
                ),
            ],
            className="card-note",
        ),
        html.Div(
            _downloads(exhibit, links.query(reading.filters, reading.options), lang),
            className="card-actions",
        ),
    ]


def _downloads(exhibit: Exhibit, query: str, lang: str) -> html.Details:
    address = f"/exhibit/{exhibit.id}"
    return html.Details(
        [
            html.Summary(
                [icon("download"), html.Span(say("shell.card.download", lang))],
                className="button button--quiet",
                **{"aria-label": f"{say('shell.card.download', lang)}: {exhibit.title}"},
            ),
            html.Ul(
                [
                    *(
                        html.Li(
                            html.A(
                                [icon("table"), say(f"shell.card.{kind}", lang)],
                                href=f"{address}.{kind}?{query}",
                                download=f"{exhibit.id}.{kind}",
                                className="menu-item",
                            )
                        )
                        for kind in ("csv", "xlsx")
                    ),
                    html.Li(
                        html.Button(
                            [icon("picture"), say("shell.card.png", lang)],
                            type="button",
                            className="menu-item",
                            **{"data-card-picture": ""},
                        )
                    ),
                    html.Li(
                        html.A(
                            [icon("data"), say("shell.card.json", lang)],
                            href=f"{address}.json?{query}",
                            className="menu-item",
                            target="_blank",
                        )
                    ),
                    html.Li(
                        html.Button(
                            [icon("link"), say("shell.card.copy", lang)],
                            type="button",
                            className="menu-item",
                            **{"data-share": ""},
                        )
                    ),
                ],
                className="menu",
            ),
        ],
        className="disclosure downloads",
        **{"data-disclosure": ""},
    )
