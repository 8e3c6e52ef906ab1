"""Open referrals: all of them as one bar by age of request, and a bar for each service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.components.elements import html
from dashboard.filters import Reading


def open_referrals(figure: Mapping[str, Any], _: Reading) -> html.Div:
    """An ``open`` figure, which ``exhibits.referrals.waiting`` describes."""
    ages: Sequence[Mapping[str, Any]] = figure["ages"]
    service, recent, bar, every = figure["head"]
    rest = html.P([html.Strong(figure["rest_lead"]), " ", figure["rest"]], className="open-rest")
    codes = [age["code"] for age in ages]
    return html.Div(
        [
            html.Ul([_age(age) for age in ages], className="open-ages"),
            _bar(codes, [age["value"] for age in ages], 1, "open-bar open-bar--all"),
            html.Table(
                [
                    html.Thead(
                        html.Tr(
                            [
                                html.Th(service, scope="col"),
                                html.Th(recent, scope="col", className="number open-recent"),
                                html.Th(html.Span(bar, className="sr-only"), scope="col"),
                                html.Th(every, scope="col", className="number"),
                            ]
                        )
                    ),
                    html.Tbody([_row(row, codes, figure["largest"]) for row in figure["rows"]]),
                ],
                className="measures open-rows",
            )
            if figure["rows"]
            else None,
            rest if figure["rest"] else None,
        ]
    )


def _age(age: Mapping[str, Any]) -> html.Li:
    return html.Li(
        [
            html.Span(className=f"open-key open-part--{age['code']}", **{"aria-hidden": "true"}),
            html.Strong(age["text"], title=age["range"]),
            html.Span(age["label"]),
        ],
        style={"flexGrow": str(age["value"])},
    )


def _bar(codes: Sequence[str], sizes: Sequence[int], share: float, look: str) -> html.Div:
    parts = [
        html.Span(className=f"open-part--{code}", style={"flexGrow": str(size)})
        for code, size in zip(codes, sizes, strict=True)
        if size
    ]
    return html.Div(
        parts, className=look, style={"width": f"{100 * share:.1f}%"}, **{"aria-hidden": "true"}
    )


def _row(row: Mapping[str, Any], codes: Sequence[str], largest: int) -> html.Tr:
    share = sum(row["parts"]) / max(largest, 1)
    return html.Tr(
        [
            html.Th(row["label"], scope="row"),
            html.Td(row["recent"], className="number open-recent", title=row["recent_range"]),
            html.Td(
                [
                    _bar(codes, row["parts"], share, "open-bar"),
                    html.Span(row["said"], className="sr-only"),
                ],
                className="measure-bar",
                title=row["said"],
            ),
            html.Td(
                [html.Strong(row["text"]), html.Span(row["range"], className="measure-range")]
                if row["text"] != row["range"]
                else row["range"],
                className="number measure-value",
            ),
        ]
    )
