"""The list of keys, which opens with "?" or from the footer. What keys do stands in assets/js."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.words.catalogue import say

#: Keys that are pressed alone, by what they do.
_ALONE = {"/": "filter", "t": "table", "p": "present", "c": "copy", "?": "list", "Esc": "close"}


def keys(destinations: Mapping[str, tuple[str, str]], lang: str) -> html.Dialog:
    """The dialog with every key and the switch that silences them.

    Args:
        destinations: Letter after "g" to the path and the name of its page.
        lang: Language of the words.
    """
    pages = [
        _row(
            ("g", letter),
            say("shell.keys.page", lang, page=name),
            **{"data-key": f"g {letter}", "data-path": path},
        )
        for letter, (path, name) in destinations.items()
    ]
    alone = [_row((key,), say(f"shell.keys.{name}", lang)) for key, name in _ALONE.items()]
    return html.Dialog(
        [
            html.Div(
                [
                    html.H2(say("shell.keys.title", lang), id="keys-title"),
                    html.Button(
                        [icon("close"), html.Span(say("shell.keys.close_list", lang),
                                                  className="sr-only")],
                        type="button",
                        className="icon-button",
                        **{"data-keys-close": ""},
                    ),
                ],
                className="keys-head",
            ),
            html.Dl([*alone, *pages], className="keys-list"),
            html.Button(
                [html.Span(className="switch", **{"aria-hidden": "true"}),
                 say("shell.keys.switch", lang)],
                type="button",
                role="switch",
                className="keys-switch",
                **{"data-keys-on": "", "aria-checked": "true"},
            ),
        ],
        id="keys",
        className="keys",
        **{"aria-labelledby": "keys-title"},
    )  # fmt: skip


def keys_button(lang: str) -> html.Button:
    """The button that opens the list, for who does not know the key."""
    return html.Button(
        say("shell.keys.title", lang),
        type="button",
        className="link-button",
        **{"data-keys-open": "", "aria-haspopup": "dialog"},
    )


def _row(pressed: tuple[str, ...], meaning: str, **rest: str) -> html.Div:
    return html.Div(
        [html.Dt([html.Kbd(key) for key in pressed]), html.Dd(meaning)],
        className="keys-row",
        **rest,
    )
