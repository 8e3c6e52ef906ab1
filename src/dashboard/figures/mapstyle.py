"""The basemap: land, sea, borders and names as a MapLibre style of our own.

Everything it draws is served by the product itself, so a map needs no network and tells nobody
what is looked at. Lines and names lie above the data; what the data looks like stands in
``choropleth`` and ``flowmap``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures import theme
from dashboard.figures.text import wrapped
from dashboard.model.languages import words_of

#: Fills go below this layer, so that borders and names stay readable over them.
BELOW_BORDERS = "borders"
#: Lines go below this layer, so that points stay over them.
BELOW_POINTS = "points-anchor"
#: Points go below this layer, so that names stay readable over them.
BELOW_LABELS = "labels-anchor"

#: Cities are named from this zoom on; below it countries are enough.
_CITY_ZOOM = 4.4
#: Names of low rank wait for a closer view.
_IMPORTANT = ["<=", ["get", "rank"], ["step", ["zoom"], 3, 3, 4, 4.4, 5, 5.5, 99]]
_REGULAR, _BOLD, _ITALIC = "Noto Sans", "Noto Sans Bold", "Noto Sans Italic"
_FONT_FILES = {_REGULAR: "Regular", _BOLD: "Bold", _ITALIC: "Italic"}
_BANGLA_FILES = {_REGULAR: "Regular", _BOLD: "Bold", _ITALIC: "Regular"}
_BANGLA = ["U+0964-0965", "U+0980-09FF", "U+200C-200D", "U+25CC"]
#: Around names, so that they can be read over any area.
_HALO = theme.faded(theme.SURFACE, 0.8)
_LATIN = ["U+0000-0963", "U+1E00-25CB", "U+FB00-FB06"]


@dataclass(frozen=True)
class Label:
    """A name with its number on the map, at a point; ``emphasis`` is the part set in bold."""

    text: str
    emphasis: str
    lon: float
    lat: float


def style(lang: str, *, labels: Sequence[Label] = ()) -> dict[str, Any]:
    """A style of version 8 for ``layout.map.style``.

    Args:
        lang: Language of the names.
        labels: Names with numbers, the most important first; those that do not fit are left out.
    """
    return {
        "version": 8,
        "name": "atlas",
        "font-faces": _font_faces(),
        "sources": {
            name: {"type": "geojson", "data": f"/geography/{name}.geojson"}
            for name in ("countries", "adm1", "lakes", "borders", "labels")
        }
        | {"values": {"type": "geojson", "data": _points(labels)}},
        "layers": [
            {"id": "sea", "type": "background", "paint": {"background-color": theme.SEA}},
            _fill("land", "countries", theme.LAND) | {"filter": ["!=", ["get", "code"], "BD"]},
            _fill("land-bd", "adm1", theme.LAND),
            _fill("lakes", "lakes", theme.SEA),
            _line("divisions", "adm1", theme.BOUNDARY, 0.6),
            *_borders(),
            *(_anchor(layer) for layer in (BELOW_POINTS, BELOW_LABELS)),
            *_names(lang),
            _values(),
        ],
    }


def disclaimer(text: str, *, narrow: bool = False) -> dict[str, Any]:
    """The annotation below a map that says what its boundaries do not mean; short lines."""
    return {
        "text": wrapped(text, 62 if narrow else 110),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -6,
        "xshift": 10,
        "align": "left",
        "font": {"size": 10, "color": theme.TEXT_2, "style": "italic"},
        "showarrow": False,
    }


def _font_faces() -> dict[str, Any]:
    return {
        name: [
            {"url": f"/assets/fonts/NotoSans-{latin}.woff2", "unicode-range": _LATIN},
            {
                "url": f"/assets/fonts/NotoSansBengali-{_BANGLA_FILES[name]}.woff2",
                "unicode-range": _BANGLA,
            },
        ]
        for name, latin in _FONT_FILES.items()
    }


def _fill(layer: str, source: str, colour: str) -> dict[str, Any]:
    return {"id": layer, "type": "fill", "source": source, "paint": {"fill-color": colour}}


def _anchor(layer: str) -> dict[str, Any]:
    """A layer that draws nothing and only marks a height."""
    return {"id": layer, "type": "background", "layout": {"visibility": "none"}}


def _line(layer: str, source: str, colour: str, width: float) -> dict[str, Any]:
    return {
        "id": layer,
        "type": "line",
        "source": source,
        "paint": {"line-color": colour, "line-width": width},
    }


def _borders() -> list[dict[str, Any]]:
    disputed = ["==", ["get", "kind"], "disputed"]
    line = _line(BELOW_BORDERS, "borders", theme.BORDER_STRONG, 1.0)
    dashed = line["paint"] | {"line-dasharray": [3, 2]}
    return [
        line | {"filter": ["!", disputed]},
        line | {"id": "borders-disputed", "filter": disputed, "paint": dashed},
    ]


def _names(lang: str) -> list[dict[str, Any]]:
    words = words_of(lang)
    name = ["coalesce", ["get", f"name_{words}"], ["get", "name_en"]]
    if words != "en":
        name = ["case", ["!=", ["get", f"name_{words}"], ""], *name[1:]]
    # Letters of Bangla are joined by a line on top, which a wider spacing would break.
    spacing_of_countries = 0.08 if words == "en" else 0.0
    kinds = (
        ("country", _REGULAR, 11, theme.TEXT_2, ["upcase", name], spacing_of_countries, 0),
        ("sea", _ITALIC, 12, theme.SEA_INK, name, 0.0, 0),
        ("city", _REGULAR, 11, theme.TEXT_2, name, 0.0, _CITY_ZOOM),
    )
    return [
        {
            "id": f"names-{kind}",
            "type": "symbol",
            "source": "labels",
            "minzoom": zoom,
            "filter": ["all", ["==", ["get", "kind"], kind], _IMPORTANT],
            "layout": {
                "text-field": text,
                "text-font": [font],
                "text-size": size,
                "text-letter-spacing": spacing,
                "text-max-width": 8,
                "symbol-sort-key": ["get", "rank"],
            },
            "paint": {
                "text-color": colour,
                "text-halo-color": theme.SEA if kind == "sea" else _HALO,
                "text-halo-width": 1.2,
            },
        }
        for kind, font, size, colour, text, spacing, zoom in kinds
    ]


def _points(labels: Sequence[Label]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"text": label.text, "emphasis": label.emphasis, "order": order},
                "geometry": {"type": "Point", "coordinates": [label.lon, label.lat]},
            }
            for order, label in enumerate(labels)
        ],
    }


def _values() -> dict[str, Any]:
    return {
        "id": "values",
        "type": "symbol",
        "source": "values",
        "layout": {
            "text-field": [
                "format",
                ["get", "text"],
                {"text-font": ["literal", [_REGULAR]]},
                " ",
                {},
                ["get", "emphasis"],
                {"text-font": ["literal", [_BOLD]]},
            ],
            "text-font": [_REGULAR],
            "text-size": 12.5,
            "text-max-width": 12,
            "text-variable-anchor": ["center", "left", "right", "top", "bottom"],
            "text-radial-offset": 0.4,
            "symbol-sort-key": ["get", "order"],
        },
        "paint": {
            "text-color": theme.TEXT,
            "text-halo-color": theme.SURFACE,
            "text-halo-width": 1.6,
        },
    }
