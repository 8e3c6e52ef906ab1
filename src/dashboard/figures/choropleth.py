"""Maps of areas in number classes, over the basemap of ``mapstyle``.

One trace per class, so that the legend, the hover and image files come from the figure itself.
Which class an area is in and how a class is called is decided by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.analysis.extents import Box, camera
from dashboard.figures import mapstyle, theme
from dashboard.figures.mapstyle import Label
from dashboard.figures.text import escaped
from dashboard.figures.theme import Figure

#: Boundary file of each level.
BOUNDARIES = {"division": "adm1", "district": "adm2", "upazila": "adm3"}


@dataclass(frozen=True)
class Area:
    """One area: its code, the index of its class, and what hovering says (plain lines)."""

    code: str
    class_index: int
    hover: Sequence[str]


@dataclass(frozen=True)
class MapClass:
    """One class of the legend, from low to high: its label and fill."""

    label: str
    colour: str


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
) -> Figure:
    """A map of areas.

    Args:
        areas: Every area to draw, the empty ones too; a click gives its code.
        classes: Classes that ``Area.class_index`` counts into.
        level: division, district or upazila.
        box: What the map must show.
        view: Changes only when the map must move, such as level and chosen area.
        legend_title: What the classes count.
        labels: Names with numbers, the most important first.
        outlines: Areas with a strong line.
        notice: What the boundaries of the map do not mean.
        lang: Language of the basemap's names.
    """
    traces = [
        _trace([a for a in areas if a.class_index == index], entry, level)
        for index, entry in reversed(list(enumerate(classes)))
    ]
    traces += [_outline(outline) for outline in outlines]
    layout = map_layout(
        box,
        view=view,
        legend_title=legend_title,
        legend_entries=len(classes),
        style=mapstyle.style(lang, labels=labels),
        notice=notice,
        meta={"form": "map"},
    )
    layout["shapes"] = [_swatch(entry) for entry in reversed(classes)]
    layout["legend"]["indentation"] = -8  # squares are narrower than the lines they stand for
    return {"data": traces, "layout": layout}


def map_layout(
    box: Box,
    *,
    view: str,
    style: dict[str, Any],
    notice: str,
    meta: dict[str, Any],
    legend_entries: int,
    legend_title: str = "",
) -> dict[str, Any]:
    """Layout of every map: camera, legend in the lower left, disclaimer below.

    ``meta.bounds`` lets the browser fit the box to the room it has, ``meta.view`` says when, and
    ``meta.narrow`` moves the legend below the map where it would cover it.
    """
    seen = camera(box)
    return theme.layout(
        margin={"l": 0, "r": 0, "t": 0, "b": _NOTE_ROOM},
        map={"style": style, "center": {"lon": seen.lon, "lat": seen.lat}, "zoom": seen.zoom},
        uirevision=view,
        dragmode="pan",
        showlegend=True,
        legend={**_LEGEND, "title": _title(legend_title)},
        annotations=[mapstyle.disclaimer(notice)],
        meta={
            **meta,
            "view": view,
            "bounds": list(box),
            "height": 560,
            "narrow": _narrow(legend_entries, notice),
        },
    )


_NOTE_ROOM, _NOTE_ROOM_NARROW = 44, 58  # pixels below the map for the disclaimer
_LEGEND = {
    "x": 0.012,
    "y": 0.016,
    "xanchor": "left",
    "yanchor": "bottom",
    "bgcolor": "rgba(255,255,255,0.92)",
    "bordercolor": theme.BORDER,
    "borderwidth": 1,
    "font": {"size": 12, "color": theme.TEXT_2},
    "tracegroupgap": 6,
    "itemclick": False,
    "itemdoubleclick": False,
}


def _title(text: str) -> dict[str, Any]:
    return {"text": f"<b>{escaped(text)}</b>" if text else "", "font": {"size": 12}, "side": "top"}


def _narrow(entries: int, notice: str) -> dict[str, Any]:
    """What changes on a phone: the legend in rows of two under the disclaimer."""
    below = 28 + 20 * -(-entries // 2)
    return {
        "height": 440 + below,
        "annotations": [mapstyle.disclaimer(notice, narrow=True)],
        "margin": {"b": _NOTE_ROOM_NARROW + below},
        "legend": {
            "orientation": "h",
            "x": 0.02,
            "y": 0,
            "yref": "container",
            "entrywidth": 0.46,
            "entrywidthmode": "fraction",
            "bgcolor": theme.TRANSPARENT,
            "borderwidth": 0,
        },
    }


def _trace(areas: Sequence[Area], entry: MapClass, level: str) -> Figure:
    return {
        "type": "choroplethmap",
        "name": entry.label,
        "geojson": f"/geography/{BOUNDARIES[level]}.geojson",
        "locations": [area.code for area in areas],
        "z": [1] * len(areas),
        "customdata": [area.code for area in areas],
        "text": ["<br>".join(escaped(line) for line in area.hover) for area in areas],
        "hovertemplate": "%{text}<extra></extra>",
        "colorscale": [[0, entry.colour], [1, entry.colour]],
        "showscale": False,
        "showlegend": False,
        "marker": {
            "line": {
                "color": theme.BOUNDARY if entry.colour == theme.SURFACE else theme.SURFACE,
                "width": 0.8,
            },
            "opacity": 1,
        },
        "below": mapstyle.BELOW_BORDERS,
    }


def _swatch(entry: MapClass) -> dict[str, Any]:
    """A legend entry: a rimmed shape without extent, so that empty and white classes show too."""
    return {
        "type": "rect",
        "xref": "paper",
        "yref": "paper",
        "x0": 0,
        "x1": 0,
        "y0": 0,
        "y1": 0,
        "fillcolor": entry.colour,
        "line": {"color": theme.BORDER_STRONG, "width": 1},
        "name": entry.label,
        "showlegend": True,
    }


def _outline(outline: Outline) -> Figure:
    return {
        "type": "choroplethmap",
        "geojson": f"/geography/{BOUNDARIES[outline.level]}.geojson",
        "locations": list(outline.codes),
        "z": [1] * len(outline.codes),
        "colorscale": [[0, theme.TRANSPARENT], [1, theme.TRANSPARENT]],
        "showscale": False,
        "showlegend": False,
        "hoverinfo": "skip",
        "marker": {"line": {"color": theme.TEXT, "width": 2.4}},
        "below": mapstyle.BELOW_BORDERS,
    }
