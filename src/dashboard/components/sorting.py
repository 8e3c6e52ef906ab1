"""What lets a reader order the rows of a table and look among them (``assets/js/rows.js``).

A header sorts by its column: a cell by its number, where it has one, else by its text. Rows of what
is unknown or stands for itself nowhere are marked, and stay last in every order.
"""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc

from dashboard.components.elements import html
from dashboard.model.codes.code_list import UNKNOWN
from dashboard.model.languages import in_words_of
from dashboard.words.catalogue import say

#: Codes of rows that are no place, class or group of their own.
_REST = ("", UNKNOWN.code)
#: So many rows are seen at a glance; more can be looked through.
FEW = 12


def header(
    text: str, column: str, *, numeric: bool, right: bool | None = None, name: str = ""
) -> html.Th:
    """A header that sorts: numbers the largest first, texts from A to Z, then the other way.

    Numbers stand to the right, unless ``right`` says otherwise. ``name`` is what styles call it.
    """
    return html.Th(
        html.Button(
            text,
            type="button",
            className="sort-button",
            **{"data-sort": column, "data-first": "descending" if numeric else "ascending"},
        ),
        scope="col",
        className=" ".join(
            filter(None, ("number" if (numeric if right is None else right) else "", name))
        ),
        **{"aria-sort": "none"},
    )


def is_rest(code: str | None, name: str, lang: str) -> bool:
    """Whether a row stands for what is unknown or elsewhere, by its code or where it has none."""
    return code in _REST if code is not None else name == in_words_of(lang, UNKNOWN.en, UNKNOWN.bn)


def last(rest: bool) -> dict[str, str]:
    """The mark of a row that stays last."""
    return {"data-last": ""} if rest else {}


def search(rows: int, lang: str) -> html.Div | None:
    """A field that leaves the rows that hold what is typed, above more than a few."""
    if rows <= FEW:
        return None
    field: Any = dbc.Input(
        type="search", placeholder=say("shell.card.find_row", lang), autocomplete="off"
    )
    return html.Div(
        [
            html.Label([html.Span(say("shell.card.find_row", lang), className="sr-only"), field]),
            html.P(
                className="quiet",
                role="status",
                **{"data-found": say("shell.card.rows_found", lang, n="#", all=rows)},
            ),
        ],
        className="row-search",
    )
