"""The list of areas: ranks in bands beside what is usual, then what is too small to rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.components.ranking import chosen_codes, dot, more, name_of, pick
from dashboard.filters import Reading
from dashboard.words import numbers
from dashboard.words.catalogue import say

_ARROWS = {"up": "arrow-up", "down": "arrow-down"}
#: Columns of what is usual: now, usual, noticed from, and the word.
_AGAINST = 4


def area_list(figure: Mapping[str, Any], reading: Reading, tops: Sequence[str]) -> html.Div:
    """The list of a ``ranking`` figure with bands, which ``exhibits.hotspots.bands`` describes.

    Args:
        figure: The figure.
        reading: The view, to mark rows that are chosen and to make the link to more rows.
        tops: Values of the exhibit's ``top`` option, smallest first.
    """
    lang, ranked = reading.filters.lang, [row for row in figure["rows"] if row["rank"] is not None]
    chosen = chosen_codes(reading)
    rows = [
        _row(figure, row, at, lang, chosen=row["code"] in chosen) for at, row in enumerate(ranked)
    ]
    table = html.Table(
        [_head(figure, lang), html.Tbody(rows)], className="ranking areas-ranked"
    ) if ranked else None  # fmt: skip
    return html.Div(
        [table, more(figure, reading, tops), _small(figure["small"])], className="rows area-list"
    )


def _head(figure: Mapping[str, Any], lang: str) -> html.Thead:
    """Two windows of time have two headed groups."""
    columns: list[Any] = [
        html.Th(say("shell.card.rank", lang), scope="col", className="number"),
        html.Th(figure["label"], scope="col"),
        html.Th(figure["value_label"], scope="col", className="number"),
        html.Th(say("shell.card.range", lang), scope="col", className="rank-bar-column"),
    ]
    if not figure["window"]:
        return html.Thead(html.Tr(columns))
    against = [
        html.Th(say(f"hotspots.list.{name}", lang), scope="col", className="number area-against")
        for name in ("column_now", "column_usual", "column_noticed")
    ]
    word = html.Th(say("judge.column_word", lang), scope="col", className="area-word")
    group = html.Th(
        figure["window"], colSpan=_AGAINST, scope="colgroup", className="area-window"
    )  # fmt: skip
    return html.Thead(
        [
            html.Tr([html.Td(colSpan=len(columns)), group]),
            html.Tr([*columns, *against, word]),
        ]
    )


def _row(
    figure: Mapping[str, Any], row: Mapping[str, Any], at: int, lang: str, *, chosen: bool
) -> html.Tr:
    band = next(b for b in figure["bands"] if b["first"] <= at + 1 <= b["last"])
    ranks, is_first = band["last"] - band["first"] + 1, at + 1 == band["first"]
    low, high = (numbers.number(band[end], lang) for end in ("first", "last"))
    rank = low if ranks == 1 else f"{low}–{high}"
    cells: list[Any] = [
        html.Td(pick(row, rank, lang, chosen=chosen), className="number rank-number"),
        html.Th(name_of({**row, "marks": ()}), scope="row"),
        html.Td(
            [row["value_text"], html.Span(row["range"], className="sr-only")],
            className="number rank-value",
            title=row["range"],
        ),
        html.Td(dot(figure, row), className="rank-bar-column"),
    ]
    if figure["window"]:
        cells += _against(figure, band, row, at, is_first=is_first)
    look = [
        *(["area-band"] if ranks > 1 else []),
        *(["area-band--first"] if ranks > 1 and is_first else []),
        *(["is-chosen"] if chosen else []),
        *([f"is-called is-called--{row['direction']}"] if row["direction"] in _ARROWS else []),
    ]
    return html.Tr(cells, className=" ".join(look))


def _against(
    figure: Mapping[str, Any],
    band: Mapping[str, Any],
    row: Mapping[str, Any],
    at: int,
    *,
    is_first: bool,
) -> list[html.Td]:
    """What is usual of a row; of ranks that stand together it is said once, beside the first."""
    if band["said"]:
        ranks = band["last"] - band["first"] + 1
        said = [html.Strong(row["change"]), html.Span(band["said"])]
        cell = html.Td(
            html.Div(said, className="area-together"), colSpan=_AGAINST, rowSpan=ranks
        )  # fmt: skip
        return [cell] if is_first else []
    against = figure["against"][at]
    arrow = _ARROWS.get(row["direction"] or "")
    word = html.Span(
        [icon(arrow) if arrow else None, row["change"]],
        className=f"area-call is-{row['direction']}" if arrow else "rank-unclear",
    )
    names = ("now", "usual", "noticed")
    return [
        *(html.Td(against[name], className=f"number area-against area-{name}") for name in names),
        html.Td(word if row["change"] else None, className="area-word"),
    ]


def _small(small: Mapping[str, Any]) -> html.Table | None:
    if not small["lines"]:
        return None
    lines = [
        html.Tr(
            [
                html.Th(_line_name(line), scope="row"),
                html.Td(line["names"]),
                html.Td(
                    [
                        html.Strong(line["aside"]),
                        html.Span(f" {line['range']}", className="rank-note"),
                    ]
                    if line["aside"]
                    else None,
                    className="number",
                ),
            ]
        )
        for line in small["lines"]
    ]
    head = html.Tr(
        [
            html.Th(small["label"], scope="col", colSpan=2),
            html.Th(small["aside_label"], scope="col", className="number"),
        ]
    )
    return html.Table([html.Thead(head), html.Tbody(lines)], className="ranking areas-small")


def _line_name(line: Mapping[str, Any]) -> html.A | str:
    if not line["query"]:
        return line["label"]
    return html.A(line["label"], href=f"?{line['query']}", **{"data-view": ""})
