"""Sankey diagrams."""

from __future__ import annotations

from dashboard.figures import theme
from dashboard.figures.sankey import Link, Node, sankey
from tests.unit.dashboard.figures.figures import counted


def test_nodes_and_bands_keep_their_order_and_say_their_number() -> None:
    figure = sankey(
        [Node("Police", 1200, 0, theme.TEXT_2), Node("Health", 1200, 1, theme.BLUE)],
        [Link(0, 1, 1200, "rgba(0,0,0,.2)")],
        number_format=counted("referrals"),
    )
    trace = figure["data"][0]
    assert trace["node"]["sort"] == trace["link"]["sort"] == "input"
    assert trace["node"]["label"] == ["Police 1,200", "Health 1,200"]


def test_it_fits_a_phone() -> None:
    assert sankey([], [], number_format=counted("referrals"))["layout"]["meta"]["min_width"] == 340
