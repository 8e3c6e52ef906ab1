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
    assert trace["link"]["customdata"] == ["Police → Health<br>1,200 referrals"]


def test_names_break_and_have_room_beside_the_bands() -> None:
    nodes = [Node("Psychosocial support", 12, 0, theme.TEXT_2), Node("Open", 12, 1, theme.BLUE)]
    figure = sankey(nodes, [Link(0, 1, 12, "#fff")], number_format=counted("referrals"))
    assert figure["data"][0]["node"]["label"] == ["Psychosocial<br>support 12", "Open 12"]
    assert figure["layout"]["margin"]["l"] > 12 * 6.5  # noqa: PLR2004 -- its longest line


def test_it_fits_a_phone() -> None:
    assert sankey([], [], number_format=counted("referrals"))["layout"]["meta"]["min_width"] == 340
