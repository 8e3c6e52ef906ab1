"""Maps of areas in number classes, as a description that the browser draws.

Callers decide the class of each area and the labels of classes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.analysis.extents import Box
from dashboard.figures import theme
from dashboard.figures.map_description import Label, Layer, LegendPart, description
from dashboard.figures.theme import Figure
from dashboard.model.country import FIRST, SECOND, SITE, THIRD

#: Boundary file of each level.
BOUNDARIES = {FIRST: "adm1", SECOND: "adm2", THIRD: "adm3"}
#: What the name of the file with a release's outlines of camps begins with, before its id.
OUTLINES = "camps-"
#: Pixels of the line around chosen areas.
_STRONG = 2.0
#: Strokes and gaps of the line around areas without a number, in pixels.
DASH = (3, 2)


def boundaries_of(release_id: str) -> dict[str, str]:
    """Boundary file of each level, that of camps too, which a release brings along."""
    return {**BOUNDARIES, SITE: f"{OUTLINES}{release_id}"}


@dataclass(frozen=True)
class Area:
    """One area: its code, the index of its class, and what pointing at it says (plain lines)."""

    code: str
    class_index: int
    lines: Sequence[str]


@dataclass(frozen=True)
class MapClass:
    """One class of the legend, from low to high: its label and fill.

    Attributes:
        label: Its text in the legend.
        colour: Its fill.
        apart: Whether it has no number of its own, such as areas outside of a choice.
        dots: Colour of dots on it, '' for none: nothing is known there.
        is_ground: Whether it is mere ground, which no legend names.
    """

    label: str
    colour: str
    apart: bool = False
    dots: str = ""
    is_ground: bool = False


@dataclass(frozen=True)
class Outline:
    """Areas drawn with a strong line: the chosen ones, or the one that is looked into."""

    level: str
    codes: Sequence[str]


def choropleth(
    areas: Sequence[Area],
    classes: Sequence[MapClass],
    *,
    level: str,
    box: Box,
    view: str,
    legend_title: str,
    labels: Sequence[Label] = (),
    outlines: Sequence[Outline] = (),
    notice: str,
    lang: str,
    boundaries: Mapping[str, str] = BOUNDARIES,
    fit: Outline | None = None,
    beside: Figure | None = None,
) -> Figure:
    """A map of areas.

    Args:
        areas: Every area to draw, the empty ones too, in the order in which a reader without a
            pointer goes through them; a click gives the code.
        classes: Classes that ``Area.class_index`` counts into.
        level: Level of the areas, a key of ``boundaries``.
        box: What the map must show.
        view: Changes only when the map must move, such as level and chosen area.
        legend_title: What the classes count.
        labels: Names with numbers, the most important first.
        outlines: Areas with a strong line.
        notice: What the boundaries of the map do not mean.
        lang: Language of the basemap's names.
        boundaries: Boundary file of each level.
        fit: Areas that the map opens on, as large as it has room for; else it opens on the box.
        beside: Another map in a corner of it, with its title: what ``corner`` gives.
    """
    layer: Layer = {
        "kind": "areas",
        "boundaries": boundaries[level],
        "classes": [_look(entry) for entry in classes],
        "areas": [
            {"code": area.code, "class": area.class_index, "lines": list(area.lines)}
            for area in areas
        ],
    }
    figure = description(
        [layer, *(_outline(outline, boundaries) for outline in outlines)],
        box=box,
        view=view,
        legend=[legend_of(legend_title, classes)],
        labels=labels,
        notice=notice,
        lang=lang,
    )
    fitted = {"boundaries": boundaries[fit.level], "codes": list(fit.codes)} if fit else None
    return figure | {"fit": fitted, "beside": beside}


def corner(figure: Figure, title: str, under: str = "") -> Figure:
    """A map as it stands in the corner of another: under a title, and without names of the ground.

    Args:
        figure: The map.
        title: What it is of.
        under: A second line, such as the months that its colours are about.

    >>> corner({"layers": [], "way": ()}, "Nation")["title"]
    'Nation'
    """
    return figure | {"title": title, "under": under, "isUnnamed": True}


def _look(entry: MapClass) -> dict[str, Any]:
    """Fill, line and dots of a class; white areas need a line that is seen."""
    line = theme.BOUNDARY if entry.apart or entry.colour == theme.SURFACE else theme.SURFACE
    dash = list(DASH) if entry.apart else []
    return {"fillcolor": entry.colour, "line": line, "dash": dash, "dots": entry.dots}


def legend_of(
    title: str, classes: Sequence[MapClass], *, apart_line: str = theme.BORDER_STRONG
) -> LegendPart:
    """The part of a legend that lists classes from many to few, then those without a number.

    Args:
        title: Its title.
        classes: The classes from low to high; those of the ground are left out.
        apart_line: Colour of the line around those without a number.
    """
    listed = [entry for entry in classes if not entry.is_ground]
    numbered = [entry for entry in listed if not entry.apart]
    apart = [entry for entry in listed if entry.apart]
    entries = [
        {
            "mark": "area",
            "label": entry.label,
            "fillcolor": entry.colour,
            "line": apart_line if entry.apart else theme.BORDER_STRONG,
            "dash": list(DASH) if entry.apart else [],
            "dots": entry.dots,
        }
        for entry in (*reversed(numbered), *apart)
    ]
    return LegendPart(title, entries)


def _outline(outline: Outline, boundaries: Mapping[str, str]) -> Layer:
    """Areas with a strong line as a layer of the map; ``boundaries`` are files by level."""
    return {
        "kind": "outlines",
        "boundaries": boundaries[outline.level],
        "codes": list(outline.codes),
        "line": theme.TEXT,
        "width": _STRONG,
    }
