"""Hints of a first visit: three things to know, each put away by itself and never shown again."""

from __future__ import annotations

from dash import html

from dashboard.components.icon import icon
from dashboard.model.protection import is_protected
from dashboard.words.catalogue import say

#: Hints in the order in which they are read, with their icons.
_HINTS = {"filters": "filters", "table": "table", "numbers": "quality"}


def hints(base: int, lang: str) -> html.Section:
    """The hints, hidden until the browser knows which of them its reader has not put away.

    Args:
        base: Protection base of people; at 1 nothing is protected, and no hint says so.
        lang: Language of the words.
    """
    return html.Section(
        html.Ul(
            [
                html.Li(
                    [
                        icon(picture),
                        html.P(
                            [
                                html.Strong(say(f"shell.hints.{name}.lead", lang)),
                                " ",
                                say(f"shell.hints.{name}.text", lang, base=base),
                            ]
                        ),
                        html.Button(
                            say("shell.hints.away", lang),
                            type="button",
                            className="button button--quiet",
                            **{
                                "data-hint-away": "",
                                "aria-label": say(f"shell.hints.{name}.away", lang),
                            },
                        ),
                    ],
                    className="hint-card",
                    **{"data-hint": name},
                )
                for name, picture in _HINTS.items()
                if name != "numbers" or is_protected(base)
            ],
            className="hint-row",
        ),
        id="hints",
        className="hints",
        hidden=True,
        **{"aria-label": say("shell.hints.title", lang)},
    )
