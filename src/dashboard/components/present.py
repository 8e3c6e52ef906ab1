"""Present mode: the bar below a card that fills the screen, and the button that begins it.

What both do stands in ``assets/js/present.js``.
"""

from __future__ import annotations

from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.words.catalogue import say

_STEPS = {"earlier": "chevron", "later": "chevron", "leave": "close"}


def present_bar(lang: str) -> html.Div:
    """Which card of how many is shown, the steps to its neighbours, and the way out."""
    earlier, later, leave = (
        html.Button(
            [icon(drawn), html.Span(say(f"shell.present.{name}", lang), className="sr-only")],
            type="button",
            className=f"icon-button present-{name}",
            title=say(f"shell.present.{name}", lang),
            **{"data-present": name},
        )
        for name, drawn in _STEPS.items()
    )
    place = say("shell.present.place", lang, n="{n}", all="{all}")
    return html.Div(
        [
            earlier,
            html.P(role="status", **{"data-place": place}),
            later,
            html.P(say("shell.present.ready", lang), className="present-ready"),
            leave,
        ],
        id="present-bar",
        className="present-bar",
        role="group",
        hidden=True,
        **{"aria-label": say("shell.present.label", lang)},
    )


def present_button(lang: str) -> html.Button:
    """The button that begins it, for who does not know the key."""
    return html.Button(
        say("shell.present.label", lang),
        type="button",
        className="link-button",
        **{"data-present": "", "aria-haspopup": "dialog"},
    )
