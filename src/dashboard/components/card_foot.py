"""The foot of a card: what a reader must know to trust the figure, and the files it comes as."""

from __future__ import annotations

from typing import Any

from dashboard.components import links
from dashboard.components.downloads import downloads
from dashboard.components.elements import html
from dashboard.exhibits.exhibit import Exhibit, Stamp
from dashboard.filters import Reading
from dashboard.words.catalogue import say


def foot(exhibit: Exhibit, reading: Reading, name: str, *, decides: bool) -> list[Any]:
    """The one note that changes how the figure is read, source, all notes, and the menu of files.

    What holds for all figures of a page stands once on it (``components.how_to_read``); here it
    opens on demand, and pictures carry it.
    """
    stamp, lang = exhibit.release, reading.filters.lang
    source = (
        f"{exhibit.source.rstrip('.')} · {say('shared.data_until', lang, month=stamp.data_until)}"
    )
    note = html.P(exhibit.note, className="card-note") if exhibit.note else None
    return [
        html.Div([note, _origin(source, stamp, lang)], className="card-text"),
        html.Div(
            [_all_notes(exhibit, lang), downloads(exhibit, reading, name, decides=decides)],
            className="card-actions",
        ),
    ]


def _all_notes(exhibit: Exhibit, lang: str) -> html.Details | None:
    if not exhibit.notes:
        return None
    label = say("shell.card.notes", lang)
    return html.Details(
        [
            html.Summary(
                label,
                className="button button--quiet",
                **{"aria-label": f"{label}: {exhibit.title}"},
            ),
            html.Div(
                [
                    html.P(" ".join(exhibit.notes), className="card-notes"),
                    html.A(
                        say("shell.methods_link", lang),
                        href=links.page("/methods", lang),
                        **{"data-nav": "/methods"},
                    ),
                ],
                className="menu notes-panel",
            ),
        ],
        className="disclosure notes",
        **{"data-disclosure": ""},
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
