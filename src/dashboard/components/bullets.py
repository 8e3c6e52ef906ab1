"""Results against targets: a bar for what was reached, a mark for what is wanted, and a word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.elements import html
from dashboard.components.scale import scale
from dashboard.filters import Reading


def bullets(figure: Mapping[str, Any], _: Reading) -> html.Ul:
    """A ``bullets`` figure, which ``exhibits.referrals.targets`` describes."""
    return html.Ul([_bullet(row) for row in figure["rows"]], className="bullets")


def _bullet(row: Mapping[str, Any]) -> html.Li:
    value, low, high = (row[name] or 0.0 for name in ("value", "low", "high"))
    return html.Li(
        [
            html.Span(
                [html.Span(row["label"]), html.Small(row["period"])], className="bullet-label"
            ),
            html.Span(
                [
                    html.Span(className="bullet-bar", style={"width": f"{100 * value:.1f}%"}),
                    scale(low, high, {}, due=row["target"]),
                ],
                className="bullet-track",
            ),
            html.Span(html.Strong(row["text"]), className="bullet-text"),
            html.Span(row["range"], className="measure-range"),
            html.Span(row["word"], className="bullet-word"),
        ],
        className=f"bullet bullet--{row['state']}",
    )
