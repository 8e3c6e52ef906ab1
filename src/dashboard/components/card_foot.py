"""The foot of a card: what a reader must know to trust the figure, and the files it comes as."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components import links
from dashboard.components.downloads import downloads
from dashboard.exhibits.exhibit import Exhibit
from dashboard.filters import Reading
from dashboard.words.catalogue import say


def foot(exhibit: Exhibit, reading: Reading, name: str) -> list[Any]:
    """Notes, source, release and kind of data, and the menu of files, which have a name."""
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
        html.Div(downloads(exhibit, reading, name), className="card-actions"),
    ]
