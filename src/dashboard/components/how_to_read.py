"""How to read the numbers of a page: one line that opens, said once for all its figures."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.words.catalogue import say


def how_to_read(sentences: Sequence[str], lang: str) -> html.Details:
    """The line, with what holds for every figure below it."""
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
