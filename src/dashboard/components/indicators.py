"""Indicators: a few numbers in one band, each with what it counts and its change in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.components.term_mark import term_mark
from dashboard.words import numbers
from dashboard.words.catalogue import begin, say
from dashboard.words.glossary import glossary

_ARROWS = {"up": "arrow-up", "down": "arrow-down", "level": "no-change"}


def indicators(figure: Mapping[str, Any], lang: str) -> html.Ul:
    """The tiles of an ``indicators`` figure, whose items ``exhibits.overview`` describes."""
    return html.Ul([_tile(item, lang) for item in figure["items"]], className="tiles")


def _tile(item: Mapping[str, Any], lang: str) -> html.Li:
    said = " is-said" if _is_said(item, lang) else ""
    return html.Li(
        [
            html.P(
                [
                    html.Span(_number(item, lang), className=f"tile-value{said}"),
                    " ",
                    html.Span(item["label"], className="tile-label"),
                    " ",
                    _mark(item, lang),
                ],
                className="tile-head",
            ),
            _change(item),
        ],
        className="tile",
    )


def _is_said(item: Mapping[str, Any], lang: str) -> bool:
    """Whether words stand in place of a number, which may take more than a line."""
    return item["value"] is None or numbers.number(item["value"], lang) not in item["text"]


def _number(item: Mapping[str, Any], lang: str) -> html.Span:
    """The number large, and small what is said around it ("about") or instead of it ("a few")."""
    if _is_said(item, lang):
        return html.Span(html.Strong(item["text"], className="tile-words"), className="tile-text")
    before, number, after = item["text"].partition(numbers.number(item["value"], lang))
    return html.Span([before, html.Strong(number), after], className="tile-text")


def _mark(item: Mapping[str, Any], lang: str) -> html.Button | None:
    terms = glossary().of_indicator(item["id"])
    return term_mark(terms, say("glossary.mark.term", lang, term=item["label"]))


def _change(item: Mapping[str, Any]) -> html.P | None:
    if not item["change"]:
        return None
    direction = item["direction"] or "none"
    # Of what is not clear no sign says how it is.
    arrow = icon(_ARROWS[item["arrow"]]) if item["arrow"] else None
    return html.P(
        [arrow, html.Span(begin(item["change"]))], className=f"tile-change is-{direction}"
    )
