"""The switch between light and dark: one button that says what a press does.

Which of its two labels is shown depends on the theme, which only the browser knows; the theme
itself is set by ``assets/js/theme.js``.
"""

from __future__ import annotations

from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.words.catalogue import say


def theme_switch(lang: str) -> html.Button:
    """The button of the header; it stands outside every callback."""
    return html.Button(
        [_label(theme, lang) for theme in ("dark", "light")],
        type="button",
        className="theme-switch",
        **{"data-theme-switch": ""},
    )


def _label(theme: str, lang: str) -> html.Span:
    label = say(f"shell.theme.{theme}", lang)
    return html.Span(
        [icon(theme), html.Span(label, className="sr-only")], className=f"to-{theme}", title=label
    )
