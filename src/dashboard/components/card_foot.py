"""The foot of a card: the note that changes how its figure is read, and the source of its numbers.

Source and release of a page stand once at its end (``components.page_foot``). On a card they are
seen where it stands alone: on paper, enlarged, presented, and in each of its pictures.
"""

from __future__ import annotations

from typing import Any

from dashboard.components.elements import html
from dashboard.exhibits.exhibit import Exhibit, Stamp
from dashboard.exhibits.registry import definition
from dashboard.words.catalogue import say


def foot(exhibit: Exhibit, lang: str) -> list[Any]:
    """The one note and the source of an exhibit; published sources are always named beside it."""
    note = html.P(exhibit.note, className="card-note") if exhibit.note else None
    own = " card-origin--own" if definition(exhibit.id).published else ""
    parts = [
        *origin(exhibit.source, exhibit.release, lang),
        " ",
        html.Span(
            exhibit.release.label,
            className="tag card-label",
            **{"data-release": exhibit.release.release_id},
        ),
    ]
    return [note, html.P(parts, className=f"card-origin{own}")]


def origin(source: str, stamp: Stamp, lang: str) -> list[Any]:
    """Source, last month of the data, and release, as one line.

    Args:
        source: The sentence that names the source.
        stamp: The release's stamp.
        lang: Language of the words.
    """
    until = say("shared.data_until", lang, month=stamp.data_until)
    return [
        html.Span(f"{source.rstrip('.')} · {until}", className="card-source"),
        html.Span(
            f" · {say('shell.card.release', lang, id=stamp.release_id)}", className="card-release"
        ),
    ]
