"""The foot of a page: what holds for all its figures, said once.

The caveat, the source and the release are in sight; how to read the numbers opens on a press.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.components import links
from dashboard.components.card_foot import origin
from dashboard.components.elements import html
from dashboard.exhibits.exhibit import Stamp
from dashboard.words.catalogue import say


def page_foot(source: str, stamp: Stamp, sentences: Sequence[str], lang: str) -> list[Any]:
    """Caveat, source and release, and the line that opens.

    Args:
        source: The sentence that names the source of the release.
        stamp: Its stamp.
        sentences: What holds for every figure of the page; none on a page without figures.
        lang: Language of the words.
    """
    return [
        html.P(
            [html.Strong(say("shell.care_lead", lang)), " ", say("shell.care", lang)],
            className="caveat",
        ),
        html.P(origin(source, stamp, lang), className="page-origin"),
        _how_to_read(sentences, lang) if sentences else None,
    ]


def _how_to_read(sentences: Sequence[str], lang: str) -> html.Details:
    return html.Details(
        [
            html.Summary(say("shell.how_to_read", lang)),
            html.Ul([html.Li(sentence) for sentence in sentences]),
            html.A(
                say("shell.methods_link", lang),
                href=links.page("/methods", lang),
                **{"data-nav": "/methods"},
            ),
        ],
        className="how-to-read",
    )
