"""Ranked lists: rows with a bar or a dot, a number, its change, and a link that filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.components import links, sorting
from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.filters import Reading
from dashboard.words import numbers
from dashboard.words.catalogue import say

#: Filters that rows of lists stand for.
_PICKED = ("area", "corridor")
_ARROWS = {"up": "arrow-up", "down": "arrow-down"}


def ranking(figure: Mapping[str, Any], reading: Reading, tops: Sequence[str] = ()) -> html.Div:
    """The list of a ``ranking`` figure, which ``exhibits.rankings`` describes.

    Args:
        figure: The figure.
        reading: The view, to mark rows that are chosen and to make the link to more rows.
        tops: Values of the exhibit's ``top`` option, smallest first; empty without one.
    """
    lang = reading.filters.lang
    chosen = chosen_codes(reading)
    bar = "shell.card.range" if figure["dots"] else "shell.card.split"
    if not (figure["dots"] or figure["parts"]):
        bar = "rankings.share"
    head = [
        html.Th(say("shell.card.rank", lang), scope="col", className="number"),
        sorting.header(figure["label"], "name", numeric=False),
        html.Th(say(bar, lang), scope="col", className="rank-bar-column"),
        sorting.header(figure["value_label"], "value", numeric=True),
    ]
    if figure["steps_label"]:
        head.append(html.Th(figure["steps_label"], scope="col", className="rank-steps-column"))
    if figure["aside_label"]:
        aside = figure["aside_label"]
        head.append(sorting.header(aside, "aside", numeric=True, name="rank-aside-column"))
    if figure["usual_label"]:
        head += [
            html.Th(figure[label], scope="col", className="number rank-usual")
            for label in ("usual_label", "noticed_label")
        ]
    if figure["judged_label"]:
        judged = figure["judged_label"]
        head.append(sorting.header(judged, "change", numeric=True, right=False))
    rows = [_row(figure, row, lang, chosen=row["code"] in chosen) for row in figure["rows"]]
    steps = " ranking--steps" if figure["steps_label"] else ""
    usual = " ranking--usual" if figure["usual_label"] else ""
    return html.Div(
        [
            _legend(figure["parts"]),
            sorting.search(len(rows), lang),
            html.Table(
                [html.Thead(html.Tr(head)), html.Tbody(rows)],
                className=f"ranking{steps}{usual}",
            ),
            more(figure, reading, tops),
        ],
        className="rows",
    )


def chosen_codes(reading: Reading) -> set[str]:
    """Codes of rows that are chosen in a view."""
    return {code for name in _PICKED for code in reading.filters.codes_of(name)}


def name_of(row: Mapping[str, Any]) -> html.A | html.Span:
    """The name of a row with its note and its marks, as the link that looks into it."""
    note = html.Span(row["note"], className="rank-note") if row["note"] else None
    marks = [
        html.Span(mark["label"], className=f"rank-mark rank-mark--{mark['code']}")
        for mark in row["marks"]
    ]
    label = [html.Span(row["label"], className="rank-name"), note, *marks]
    return html.A(
        label, href=f"?{row['query']}", className="rank-link", **{"data-view": ""}
    ) if row["query"] else html.Span(label, className="rank-link")  # fmt: skip


def _row(figure: Mapping[str, Any], row: Mapping[str, Any], lang: str, *, chosen: bool) -> html.Tr:
    rank = "" if row["rank"] is None else numbers.number(row["rank"], lang)
    cells = [
        html.Td(pick(row, rank, lang, chosen=chosen), className="number rank-number"),
        html.Th(name_of(row), scope="row"),
        html.Td(
            None if not row["known"] else dot(figure, row) if figure["dots"] else _bar(figure, row),
            className="rank-bar-column",
        ),
        html.Td(
            [row["value_text"], html.Span(_share(figure, row), className="rank-share")]
            if figure["dots"] or figure["steps_label"]
            else row["value_text"],
            className="number rank-value",
            title=row["range"],
            **{"data-value": str(row["value"])},
        ),
    ]
    if figure["steps_label"]:
        cells.append(html.Td(_steps(row, rough=figure["rough"]), className="rank-steps-column"))
    if figure["aside_label"]:
        cells.append(_aside(row))
    if figure["usual_label"]:
        cells += [
            html.Td(row[name], className="number rank-usual")
            for name in ("usual_number", "noticed")
        ]
    if figure["judged_label"]:
        said = _change(row, in_columns=bool(figure["usual_label"]))
        cells.append(html.Td(said, className="rank-change", **_change_value(row)))
    rest = row["rank"] is None or sorting.is_rest(row["code"], row["label"], lang)
    return html.Tr(cells, className="is-chosen" if chosen else "", **sorting.last(rest))


def pick(row: Mapping[str, Any], rank: str, lang: str, *, chosen: bool) -> html.Button | str:
    """The rank of a row, which takes the row together with others (``assets/js/picks.js``)."""
    if row["rank"] is None:
        return ""
    parameters = dict(part.split("=", 1) for part in filter(None, row["query"].split("&")))
    name = next((name for name in _PICKED if parameters.get(name) == row["code"]), None)
    if name is None or not row["code"]:
        return rank
    return html.Button(
        html.Span(rank, className="rank-index"),
        type="button",
        role="checkbox",
        className="rank-pick",
        title=say("shell.picks.pick", lang),
        **{
            "data-pick": name,
            "data-code": row["code"],
            "aria-checked": "true" if chosen else "false",
            "aria-label": say("shell.picks.pick_named", lang, label=row["label"], rank=rank),
        },
    )


def _bar(figure: Mapping[str, Any], row: Mapping[str, Any]) -> html.Div:
    largest = max(figure["largest"], 1)
    if row["value"] > largest:
        # Others together may be more than any row; on their scale no row could be read.
        return html.Div(html.Span(row["said"], className="sr-only"))
    if row["parts"] is None:
        look = "rank-part--all" if row["rank"] is not None else "rank-elsewhere"
        parts = [html.Span(className=f"rank-part {look}")]
    else:
        pieces = list(zip(figure["parts"], row["parts"], strict=True))
        parts = [
            html.Span(
                className=f"rank-part rank-part--{part['code']}",
                style={"flexGrow": value},
            )
            for part, value in pieces
            if value
        ]
    parts_in_words = row["said"]
    bar = html.Span(
        parts,
        className="rank-bar",
        style={"width": f"{100 * row['value'] / largest:.1f}%"},
        title=parts_in_words,
    )
    return html.Div([bar, html.Span(parts_in_words, className="sr-only")])


def dot(figure: Mapping[str, Any], row: Mapping[str, Any]) -> html.Div:
    """A dot at the number on a line over what it stands for; the range in words is read out."""
    most = max(figure["most"], 1)
    low, at, high = (100 * row[name] / most for name in ("low", "value", "high"))
    look = "rank-dot" if row["rank"] is not None else "rank-dot rank-dot--elsewhere"
    line = html.Span(
        className="rank-range", style={"left": f"{low:.1f}%", "width": f"{high - low:.1f}%"}
    )
    return html.Div(
        [
            html.Span(
                [line, html.Span(className=look, style={"left": f"{at:.1f}%"})],
                className="rank-track",
                title=row["range"],
            ),
            html.Span(row["range"], className="sr-only"),
        ]
    )


def _steps(row: Mapping[str, Any], *, rough: bool) -> html.Div:
    """Small bars in order of time, each a share of the largest of the row."""
    bars = [
        html.Span(className="rank-step", style={"height": f"{max(100 * share, 4):.0f}%"})
        for share in row["bars"]
    ]
    look = "rank-steps rank-steps--rough" if rough else "rank-steps"
    return html.Div(
        [
            html.Span(bars, className=look, title=row["bars_said"], **{"aria-hidden": "true"}),
            html.Span(row["bars_said"], className="sr-only"),
        ]
    )


def _aside(row: Mapping[str, Any]) -> html.Td:
    value = {} if row["aside_value"] is None else {"data-value": str(row["aside_value"])}
    said = html.Span(row["aside_said"], className="sr-only")
    return html.Td(
        [html.Span(row["aside"] or "", **{"aria-hidden": "true"}), said],
        className="number rank-aside",
        title=row["aside_said"],
        **value,
    )


def _change_value(row: Mapping[str, Any]) -> dict[str, str]:
    """How far a row is from usual, to sort by."""
    if row["direction"] is None:
        return {}
    return {"data-value": str(row["score"])}


def _share(figure: Mapping[str, Any], row: Mapping[str, Any]) -> list[Any]:
    """The share of a number, and its range where what is usual stands beside it."""
    if not figure["usual_label"] or not row["between"]:
        return [row["share"]]
    between = html.Span(row["between"], className="rank-between")
    return [between, *([html.Span(row["share"])] if row["share"] else [])]


def _change(row: Mapping[str, Any], *, in_columns: bool = False) -> html.Span | None:
    """The word of a row, and what is usual where that has no columns of its own."""
    if row["direction"] is None:
        return None
    # No sign says "not clear": a dash or "≈" would be read as "as usual".
    arrow = _ARROWS.get(row["direction"])
    notes = (row["change_note"], "" if in_columns else row["usual"])
    word = [
        icon(arrow) if arrow else None,
        html.Span(row["change"], className="" if arrow else "rank-unclear"),
    ]
    return html.Span(
        [
            *([html.Span(word, className="rank-chip")] if in_columns else word),
            *(html.Span(note, className="rank-note") for note in notes if note),
        ],
        className=f"is-{row['direction']}",
    )


def _legend(parts: Sequence[Mapping[str, str]]) -> html.Ul | None:
    if not parts:
        return None
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(className=f"legend-mark rank-part--{part['code']}"),
                    part["label"],
                ]
            )
            for part in parts
        ],
        className="legend",
    )


def more(figure: Mapping[str, Any], reading: Reading, tops: Sequence[str]) -> html.A | None:
    """The link to all rows, or to fewer again; None where all are shown as they come."""
    if not tops:
        return None
    lang = reading.filters.lang
    if figure["left_out"]:
        count = len(figure["rows"]) + figure["left_out"]
        label, value = say("shell.card.show_all", lang, n=count), tops[-1]
    elif reading.options.get("top", tops[0]) != tops[0]:
        label, value = say("shell.card.show_fewer", lang), tops[0]
    else:
        return None
    target = links.with_option(reading, "top", value, default=tops[0])
    return html.A(label, href=target, className="button button--quiet", **{"data-view": ""})
