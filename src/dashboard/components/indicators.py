"""Indicators: a few numbers, each with its change in words and the line of its last months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.components.term_mark import term_mark
from dashboard.figures.theme import TEXT_2
from dashboard.words import numbers
from dashboard.words.catalogue import begin, say
from dashboard.words.glossary import glossary

_WIDTH, _HEIGHT, _PAD = 120, 36, 3
_ARROWS = {"up": "arrow-up", "down": "arrow-down", "level": "no-change"}


def indicators(figure: Mapping[str, Any], lang: str) -> html.Ul:
    """The tiles of an ``indicators`` figure, whose items ``exhibits.overview`` describes."""
    return html.Ul([_tile(item, lang) for item in figure["items"]], className="tiles")


def _tile(item: Mapping[str, Any], lang: str) -> html.Li:
    named = item["value"] is None or item["unit"].lower() in item["label"].lower()
    unit = "" if named else item["unit"]
    return html.Li(
        [
            html.Div(
                [
                    html.Span(item["label"], className="tile-label"),
                    _mark(item, lang),
                ],
                className="tile-head",
            ),
            html.Div(
                [
                    html.P(
                        [_number(item, lang), html.Span(f" {unit}" if unit else "")],
                        className=f"tile-value{' is-said' if _is_said(item, lang) else ''}",
                    ),
                    html.Img(src=sparkline(item["series"]), alt="", className="tile-line")
                    if item["series"]
                    else None,
                ],
                className="tile-body",
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


def sparkline(values: Sequence[float | None]) -> str:
    """A line without axes as an SVG image, for an ``img``; gaps stay gaps.

    Args:
        values: Numbers in order of time; the line runs from 0 to the largest.

    Returns:
        A data address.
    """
    known = [value for value in values if value is not None]
    top = max(known, default=0) or 1
    step = (_WIDTH - 2 * _PAD) / max(len(values) - 1, 1)
    runs: list[list[str]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        y = _HEIGHT - _PAD - value / top * (_HEIGHT - 2 * _PAD)
        runs[-1].append(f"{_PAD + index * step:.1f} {y:.1f}")
    path = "".join(f"M{'L'.join(run)}" for run in runs if run)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}"><path d="{path}" fill="none" stroke="{TEXT_2}" '
        'stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round"/></svg>'
    )
    return f"data:image/svg+xml,{quote(svg, safe='')}"
