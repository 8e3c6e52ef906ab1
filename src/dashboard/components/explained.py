"""What the group said of the flags on a card, and the way to the page where it is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.components import links
from dashboard.words.catalogue import say


def explained(said: Sequence[tuple[str, str, str]], lang: str) -> list[Any]:
    """The list, and its way.

    Args:
        said: Each flag, what was said of it, and whose word it is.
        lang: The reader's language.
    """
    entries = [html.Li([html.Strong(flag), f" {words} · {whose}"]) for flag, words, whose in said]
    way = html.A(say("meeting.flags.way", lang), href=links.page("/flags", lang))
    return [html.Ul(entries, className="flags-said") if entries else None, html.P(way)]
