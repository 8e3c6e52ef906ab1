"""One chart and one map of each kind, for the tests that hold for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.figures import theme
from dashboard.figures.choropleth import Area, MapClass, Outline, choropleth
from dashboard.figures.drawing import draw
from dashboard.figures.flowmap import Flow, Group, Node, flowmap
from dashboard.figures.map_description import Label
from dashboard.figures.plot import Clicks, Form, NumberFormat, Plot, Series
from dashboard.figures.sankey import Link, sankey
from dashboard.figures.sankey import Node as Stage
from dashboard.figures.tilemap import Tile, TileGroup, tilemap
from dashboard.model.country import PACK


def counted(unit: str) -> NumberFormat:
    """Numbers as they are, with their unit on hover."""
    return NumberFormat("{:,}".format, lambda value: f"{value:,} {unit}", "{:,}".format)


EXACT = counted("people")


def within(reach: int, *, rough: bool = False) -> NumberFormat:
    """Numbers that lie a little lower and twice as much higher, never below nothing."""
    return replace(
        counted("people"),
        interval=lambda value: (max(value - reach, 0), value + 2 * reach),
        rough=rough,
    )


def plot(
    form: Form,
    categories: Sequence[str],
    *series: tuple[str, Sequence[int | None], str],
    number_format: NumberFormat = EXACT,
    **more: Any,
) -> Plot:
    """A neutral figure of series as name, plain numbers and colour."""
    return Plot(
        form,
        tuple(categories),
        tuple(
            Series(name, number_format.numbers(values), colour) for name, values, colour in series
        ),
        is_rough=number_format.rough,
        tick=number_format.tick,
        **more,
    )


NOTICE = (
    "The boundaries and names shown and the designations used on this map do not imply official "
    "endorsement or acceptance by the United Nations."
)
NASTY = "A <b>bold</b> & long name of a service for somebody"


def map_of_areas() -> dict[str, Any]:
    return choropleth(
        [Area("BD2022", 1, ["Cox's Bazar", "about 12 incidents"]), Area("BD3026", 0, [NASTY])],
        [MapClass("None or very few", theme.SURFACE), MapClass("10 or more", "#14497C")],
        level="district",
        box=PACK.box,
        view="district",
        legend_title="Incidents",
        labels=[Label("Cox's Bazar", "12", 92.0, 21.6)],
        outlines=[Outline("division", ["BD20"])],
        notice=NOTICE,
        lang="en",
    )


def map_of_flows() -> dict[str, Any]:
    there, back = (92.0, 21.6), (102.0, 4.0)
    return flowmap(
        [
            Flow(there, back, "smuggling", 1, ["there"]),
            Flow(back, there, "trafficking", 0, [NASTY]),
        ],
        [Node(there, "BD2022", ["Cox's Bazar"]), Node(back, "MY", ["Malaysia"])],
        [
            Group(code, code, theme.CLASS_LOOK[code])
            for code in ("trafficking", "smuggling", "other")
        ],
        ["10–19", "20 or more"],
        box=PACK.box,
        view="bangladesh",
        hue_title="Main class",
        width_title="People",
        notice=NOTICE,
        lang="en",
    )


def map_of_tiles() -> dict[str, Any]:
    return tilemap(
        [
            Tile("CXB-232", "4X", "north", 0, 3, 1, "64", ["Camp 04 Extension", "about 64"]),
            Tile("CXB-201", "1E", "north", 2, 1, 0, "", [NASTY]),
            Tile("CXB-089", "NRC", "south", 7, 6, 2, "", ["Nayapara RC"]),
        ],
        [
            MapClass("None or very few", theme.SURFACE),
            MapClass("10 or more", "#14497C"),
            MapClass("Counted under its area", theme.SUNKEN, apart=True),
        ],
        groups=[TileGroup("north", "North"), TileGroup("south", "South"), TileGroup("no", "None")],
        view="camps",
        legend_title="Incidents",
        notice=NOTICE,
        lang="en",
        outlined=["CXB-232"],
    )


def charts() -> Mapping[str, dict[str, Any]]:
    two = [("Female", [5, 7], theme.AMBER), ("Male", [4, 0], theme.BLUE)]
    lines = [("Trafficking", [3, 8], theme.PURPLE), (NASTY, [1, None], theme.TEAL)]
    clicks = Clicks("mode", ["a", ""], [NASTY, "Job"], [NASTY, ""])
    return {
        "lines": draw(plot("lines", ["Jan", "Feb"], *lines)),
        "bars": draw(plot("bars", [NASTY, "Job"], ("", [9, 4], theme.PURPLE), clicks=clicks)),
        "grouped": draw(plot("grouped", ["Home", NASTY], *two)),
        "stacked": draw(plot("stacked", ["Home", NASTY], *two)),
        "mirrored": draw(plot("mirrored", ["Under 15", NASTY], *two)),
        "heatmap": draw(plot("matrix", ["Health"], ("Police", [12], ""), (NASTY, [0], ""))),
        "sankey": sankey(
            [Stage(NASTY, 5, 0, theme.BLUE), Stage("Health", 5, 1, theme.BLUE)],
            [Link(0, 1, 5, theme.faded(theme.NEUTRAL, 0.28))],
            number_format=counted("referrals"),
        ),
    }


def maps() -> Mapping[str, dict[str, Any]]:
    return {"areas": map_of_areas(), "flows": map_of_flows(), "tiles": map_of_tiles()}


def every() -> Mapping[str, dict[str, Any]]:
    return {**charts(), **maps()}
