"""The switch between languages: plain links to the same view, and for Bangla a choice of digits.

A language is part of the address, so a link loads the page anew in it. Which view the links keep
is known to the browser only: ``assets/js/address.js`` writes it into them.
"""

from __future__ import annotations

from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.model.languages import words_of
from dashboard.words.catalogue import say


def language_switch(lang: str) -> html.Nav:
    """EN and বাংলা, the present one marked; beside them in Bangla Latin and Bangla digits."""
    words = words_of(lang)
    return html.Nav(
        [
            html.Span(
                [
                    _choice("en", "EN", "en", "English", current=words == "en"),
                    _choice("bn", "বাংলা", "bn", "বাংলা", current=words == "bn"),
                ],
                className="languages-words",
            ),
            html.Span(_digits(lang), className="languages-digits") if words == "bn" else None,
        ],
        className="languages",
        **{"aria-label": say("shell.language.label", lang)},
    )


def _digits(lang: str) -> list[Any]:
    return [
        _choice(code, text, "bn", say(f"shell.language.{name}", lang), current=lang == code)
        for code, text, name in (("bn", "123", "latin"), ("bn-beng", "১২৩", "bangla"))
    ]


def _choice(code: str, text: str, words: str, title: str, *, current: bool) -> html.A:
    return html.A(
        text,
        href=links.page("/", code),
        lang=words,
        hrefLang=words,
        title=title,
        className="language",
        **{"data-language": code, **({"aria-current": "true"} if current else {})},
    )
