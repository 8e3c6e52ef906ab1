"""Groups of numbers about one thing, each number with its bar, its range and the way into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.filters import Filters, Reading


def group_of(group: Mapping[str, Any], about: str, reading: Reading) -> html.Section:
    """A group of numbers.

    Args:
        group: As ``exhibits.parts.groups`` describes it.
        about: The filter that takes its codes.
        reading: The view, which its links keep.
    """
    chosen = reading.filters.with_codes(about, tuple(group["codes"]))
    more = html.A(
        group["more"],
        href=links.href(chosen, reading.options, group["page"]),
        className="area-more",
        **{"data-nav": group["page"]},
    )
    return html.Section(
        [
            html.H3([group["title"], html.Span(f" ({group['unit']})", className="area-unit")]),
            html.Ul(
                [_row(row, group, chosen, reading) for row in group["rows"]], className="area-rows"
            ),
            more if group["more"] else None,
        ],
        className=f"area-group area-group--{group['id']}",
    )


def _row(
    row: Mapping[str, Any], group: Mapping[str, Any], chosen: Filters, reading: Reading
) -> html.Li:
    width = 100 * row["value"] / max(group["largest"], 1)
    code = row["code"] if group["id"] == "class" and row["code"] else "all"
    return html.Li(
        [
            _label(row, group, chosen, reading),
            html.Span(
                html.Span(
                    className=f"area-bar rank-part--{code}", style={"width": f"{width:.1f}%"}
                ),
                className="area-track",
                **{"aria-hidden": "true"},
            ),
            html.Span(row["text"], className="area-number", title=row["range"]),
            html.Span(row["range"], className="sr-only"),
        ]
    )


def _label(
    row: Mapping[str, Any], group: Mapping[str, Any], chosen: Filters, reading: Reading
) -> html.A | html.Span:
    """A row's name, as a link where filters look into it."""
    if not row["filters"]:
        return html.Span(row["label"], className="area-label")
    filters = chosen
    for name, code in row["filters"].items():
        filters = filters.with_codes(name, (code,))
    href = links.href(filters, reading.options, group["page"])
    return html.A(row["label"], href=href, className="area-label", **{"data-nav": group["page"]})
