"""Writer: the templates of parts of pages, with phrases in a reader's language.

What stands on a page is written here and put in place by ``assets/js/answers.js``: a tree of some
thousand components that listen to nothing would be asked at every change. What listens to callbacks
stands in ``shell`` and ``filter_panels``.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup

from dashboard.components import links
from dashboard.components.term_mark import term_mark
from dashboard.model.html import templates
from dashboard.model.languages import LANGUAGES, as_it_is, digits
from dashboard.words import numbers
from dashboard.words.catalogue import begin, in_sentence, translate


def write(template: str, lang: str, /, **values: Any) -> Markup:
    """A part of a page.

    Args:
        template: The file of its template without the ending.
        lang: The reader's language.
        **values: What the template puts in, beside ``lang``, ``t``, which says a phrase, ``n``,
            which writes a number, ``d``, which writes digits, and ``as_it_is``, which keeps a code
            in its own order.
    """
    return Markup(_template(template, lang).render(values))  # noqa: S704 # nosec B704


def parts(template: str, lang: str, /, **values: Any) -> Any:
    """The parts that a template holds as macros, each to be called by its name."""
    return _template(template, lang).make_module(values)


def load() -> None:
    """Compile all templates, so that no reader waits for it and servers that fork share them."""
    for lang in LANGUAGES:
        environment = _writer(lang)
        for name in environment.list_templates():
            environment.get_template(name)


@cache
def _template(name: str, lang: str) -> Template:
    return _writer(lang).get_template(f"{name}.html")


@cache
def _writer(lang: str) -> Environment:
    """The environment of Jinja for a language, with what every template can call."""

    @cache
    def plain(key: str) -> str:
        return translate(key, lang)

    def translated(key: str, /, **values: object) -> str:
        return translate(key, lang, **values) if values else plain(key)

    def number(value: float) -> str:
        return numbers.number(value, lang)

    def in_digits(value: object) -> str:
        return digits(str(value), lang)

    environment = templates(
        Path(__file__).with_name("templates"),
        **{"lang": lang, "t": translated, "n": number, "d": in_digits},
        as_it_is=partial(as_it_is, lang=lang),
        **{"links": links, "mark_attributes": term_mark, "zip": partial(zip, strict=True)},
    )
    environment.filters |= {"begin": begin, "in_sentence": in_sentence}
    return environment
