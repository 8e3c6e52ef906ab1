"""Days to a service: a row each on a scale of days, with what came in time behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.components.elements import html
from dashboard.components.scale import scale
from dashboard.filters import Reading


def days(figure: Mapping[str, Any], _: Reading) -> html.Div:
    """A ``days`` figure, which ``exhibits.referrals.bottlenecks`` describes."""
    ticks: Sequence[Mapping[str, Any]] = figure["ticks"]
    said, in_time, range_ = figure["head"]
    labels = (html.Span(tick["text"], style={"left": f"{100 * tick['at']:.1f}%"}) for tick in ticks)
    head = html.Tr(
        [
            html.Td(),
            html.Th(
                [
                    html.Span(said, className="scale-name"),
                    html.Span([*labels], className="scale-ticks", **{"aria-hidden": "true"}),
                ],
                scope="col",
            ),
            html.Th(in_time, scope="col", className="number"),
            html.Th(html.Span(range_, className="sr-only"), scope="col"),
        ]
    )
    at = [tick["at"] for tick in ticks[:-1]]
    return html.Div(
        [
            html.Table(
                [html.Thead(head), html.Tbody([_row(row, at) for row in figure["rows"]])],
                className="measures measures--days",
            ),
            html.Ul([_key(*each) for each in figure["key"].items()], className="legend"),
            *(html.P(told, className="measures-told") for told in figure["told"]),
        ]
    )


def _row(row: Mapping[str, Any], ticks: Sequence[float]) -> html.Tr:
    drawn = scale(
        row["low"],
        row["high"],
        {"quarter": row["quarter"], "half": row["half"]},
        due=row["due"],
        ticks=ticks,
        is_open=row["is_open"],
    )
    return html.Tr(
        [
            html.Th(row["label"], scope="row"),
            html.Td(
                [drawn, html.Span(row["said"], className="sr-only")],
                className="measure-bar",
                title=row["said"],
            ),
            html.Td(html.Strong(row["text"]), className="number"),
            html.Td(row["range"], className="number measure-range"),
        ],
        className="is-apart" if row["is_apart"] else None,
    )


def _key(name: str, label: str) -> html.Li:
    look = {"range": "scale-range", "due": "scale-due"}.get(name, f"scale-dot scale-dot--{name}")
    return html.Li([html.Span(className=f"scale-key {look}"), label])
