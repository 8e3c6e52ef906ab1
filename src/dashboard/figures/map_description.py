"""The description of a map: what all maps have in common, whatever lies on them.

A map is no plotly figure but plain JSON that ``atlas_map`` draws, on a canvas for the screen and as
SVG for pictures and paper. Layers come from ``choropleth`` and ``flowmap``; the browser adds land,
sea, borders and names from the boundary files. A map of tiles (``tilemap``) has none of these and
needs no file. Colours are those of the light theme.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from dashboard.analysis.extents import Box
from dashboard.figures import theme
from dashboard.figures.theme import Figure
from dashboard.model.country import PACK
from dashboard.model.languages import words_of

Layer = dict[str, Any]

#: Colours of the basemap and the words on it, by the names that the scripts know.
INKS: Mapping[str, str] = {
    "sea": theme.SEA,
    "sea_name": theme.SEA_INK,
    "land": theme.LAND,
    "divisions": theme.BOUNDARY,
    "borders": theme.BORDER_STRONG,
    "surface": theme.SURFACE,
    "frame": theme.BORDER,
    "text": theme.TEXT,
    "name": theme.TEXT_2,
    "halo": theme.faded(theme.SURFACE, 0.85),
    "panel": theme.faded(theme.SURFACE, 0.94),
    "mark": theme.BLUE,
    "more": theme.MORE,
    "fewer": theme.FEWER,
}


@dataclass(frozen=True)
class Label:
    """A name with its number at a point in degrees; ``emphasis`` is the part set in bold.

    ``code`` is that of the place, where it has one; ``notes`` are lines under it, each with its
    direction: "more", "fewer" or ''.
    """

    text: str
    emphasis: str
    lon: float
    lat: float
    code: str = ""
    notes: Sequence[tuple[str, Literal["", "more", "fewer"]]] = ()


@dataclass(frozen=True)
class LegendPart:
    """Entries of the legend under a title; each has ``mark`` (area, line, halves), look, label."""

    title: str
    entries: Sequence[Mapping[str, Any]]


def description(
    layers: Sequence[Layer],
    *,
    box: Box,
    view: str,
    legend: Sequence[LegendPart],
    labels: Sequence[Label],
    notice: str,
    lang: str,
    ground: bool = True,
) -> Figure:
    """A map as plain JSON.

    Args:
        layers: What lies on the basemap, from below to above; ``kind`` is areas, outlines, flows,
            nodes or tiles.
        box: The part that must be in sight: west, south, east and north in degrees; of tiles left,
            top, right and bottom in radii.
        view: Changes only when the map must move, such as level and chosen area.
        legend: Parts of the legend from top to bottom.
        labels: Names with numbers, the most important first; those that do not fit are left out.
        notice: What the boundaries of the map do not mean.
        lang: Language of the basemap's names.
        ground: Whether it stands on land and sea, and can be moved over them.
    """
    return {
        "form": "map",
        "ground": ground,
        "country": PACK.code,
        "click": "area",
        "layers": list(layers),
        "labels": [
            {"text": label.text, "emphasis": label.emphasis, "point": [label.lon, label.lat],
             "code": label.code, "notes": [list(note) for note in label.notes]}
            for label in labels
        ],
        "legend": [asdict(part) for part in legend],
        "box": list(box),
        "view": view,
        "notice": notice,
        "lang": words_of(lang),
        "inks": dict(INKS),
    }  # fmt: skip
