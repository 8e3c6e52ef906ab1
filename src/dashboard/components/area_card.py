"""The card of an area: what is said of it, and its groups of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.elements import html
from dashboard.components.groups import group_of
from dashboard.filters import Reading


def area_card(figure: Mapping[str, Any], reading: Reading) -> html.Div:
    """The groups of an ``area`` figure, which ``exhibits.hotspots.area`` describes."""
    groups = [group_of(group, "area", reading) for group in figure["groups"]]
    verdict = figure["verdict"]
    return html.Div(
        [
            html.P(verdict, className="area-verdict") if verdict else None,
            html.Div(groups, className="area-groups"),
        ]
    )
