"""The foot of a card: what a reader must know to trust the figure, and the files it comes as."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components import links
from dashboard.components.downloads import downloads
from dashboard.exhibits.exhibit import Exhibit, Stamp
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
        html.Div([_note(notes, lang), _origin(source, stamp, lang)], className="card-text"),
        html.Div(
            [
                _whole_note(exhibit, lang) if notes else None,
                downloads(exhibit, reading, name),
            ],
            className="card-actions",
        ),
    ]


def _note(notes: str, lang: str) -> html.P | None:
    """The notes; where they are long, two lines of them until a reader asks for all."""
    if not notes:
        return None
    return html.P(
        [
            html.Strong(say("shell.card.note", lang)),
            html.A(
                "?",
                href=links.page("/methods", lang),
                className="note-mark",
                title=say("shell.methods_link", lang),
                **{"aria-label": say("shell.methods_link", lang), "data-nav": "/methods"},
            ),
            html.Span(f" {notes}", className="card-notes"),
        ],
        className="card-note",
    )


def _whole_note(exhibit: Exhibit, lang: str) -> html.Button:
    """Hidden until the browser finds that the notes are cut (``assets/js/notes.js``)."""
    label = say("shell.card.whole_note", lang)
    return html.Button(
        label,
        type="button",
        hidden=True,
        className="button button--quiet note-more",
        **{"data-note": "", "aria-expanded": "false", "aria-label": f"{label}: {exhibit.title}"},
    )


def _origin(source: str, stamp: Stamp, lang: str) -> html.P:
    """Source, release and kind of data."""
    return html.P(
        [
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
        className="card-origin",
    )
