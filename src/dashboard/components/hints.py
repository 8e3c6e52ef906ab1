"""The hint of a first visit: one line, gone after whatever its reader does first."""

from __future__ import annotations

from dashboard.components.elements import html
from dashboard.words.catalogue import say


def hint(lang: str) -> html.P:
    """The hint, hidden until the browser knows that its reader is here for the first time."""
    return html.P(
        say("shell.hint", lang), id="hint", className="hint-line", role="status", hidden=True
    )
