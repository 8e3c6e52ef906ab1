"""How QGIS shows a layer when it is opened: its classes and labels as QML, QGIS's style format.

Classes and colours are those of the maps; only what QGIS needs is written (``qgis_style.xml`` of
``templates``), and it fills in the rest. How a style is stored in a file stands in ``geopackage``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Template

from dashboard.analysis.classes import NumberClass, classes_of
from dashboard.analysis.flows import width_classes
from dashboard.exports.map_layer import MapLayer
from dashboard.figures import theme
from dashboard.model.html import templates
from dashboard.model.protection import is_few
from dashboard.words import numbers
from dashboard.words.catalogue import begin, translate

_LARGEST = 2**31 - 1
#: The number of an area that has none, since QGIS draws no missing one.
_MISSING = -1
#: Millimetres of the thinnest line of a flow, and by how much each class is wider.
_WIDTH, _WIDER = 0.3, 0.5


@dataclass(frozen=True)
class _Class:
    """Numbers from ``low`` to ``high``, their name in the legend, and colour and width of marks."""

    low: int
    high: int
    label: str
    colour: str = theme.BLUE
    width: float = 0


def qgis_style(layer: MapLayer, lang: str) -> str:
    """The style as QML: areas and points by colour, flows by width, with name and number.

    Args:
        layer: The layer that it is for.
        lang: Language of the legend.
    """
    flows = layer.geometry_type == "LineString"
    return _template().render(
        layer=layer,
        classes=_flow_classes(layer, lang) if flows else _area_classes(layer, lang),
        lacks=_lacks(layer),
        most=max(layer.sizes, default=0) or 1,
    )


@cache
def _template() -> Template:
    folder = Path(__file__).with_name("templates")
    writer = templates(folder, theme=theme, missing=_MISSING, rgba=_rgba)
    return writer.get_template("qgis_style.xml")


def _area_classes(layer: MapLayer, lang: str) -> list[_Class]:
    """Classes of areas and points: without a number, none counted, then from few to many."""
    classes = classes_of(layer.sizes, layer.base)
    colours = theme.shades(layer.ramp, len(classes))
    silent_label = translate("hotspots.silent.said", lang)
    silent = _Class(_MISSING, _MISSING, silent_label, theme.BORDER_STRONG)
    numbered = [
        _Class(entry.low, entry.high or _LARGEST, _class_label(layer, entry, lang), colour)
        for entry, colour in zip(classes, colours, strict=True)
    ]
    nothing = _Class(0, 0, numbers.about(0, layer.base, lang), theme.SURFACE)
    return [*([silent] if _lacks(layer) else []), nothing, *numbered]


def _lacks(layer: MapLayer) -> bool:
    """Whether any feature of the layer has no number."""
    return len(layer.sizes) < len(layer.features)


def _class_label(layer: MapLayer, entry: NumberClass, lang: str) -> str:
    """A class of areas in numbers; a few with what those of the layer may be, as on the map."""
    if not entry.few:
        return _range(entry.low, entry.high, lang)
    rows = (feature["properties"] for feature in layer.features if "low" in layer.schema)
    few = [row for row in rows if row[layer.measure] and is_few(row[layer.measure], layer.base)]
    if not few:
        return begin(numbers.about(entry.low, layer.base, lang))
    ends = min(row["low"] for row in few), max(row["high"] for row in few)
    return begin(numbers.few_between(*ends, lang))


def _flow_classes(layer: MapLayer, lang: str) -> list[_Class]:
    """Classes of flows from thin to wide."""
    _, lows = width_classes(layer.sizes, least=layer.base)
    highs = [*(low - 1 for low in lows[1:]), None]
    return [
        _Class(low, high or _LARGEST, _range(low, high, lang), width=_WIDTH + _WIDER * index)
        for index, (low, high) in enumerate(zip(lows, highs, strict=True))
    ]


def _range(low: int, high: int | None, lang: str) -> str:
    """A class in numbers: "10–19", "80+"."""
    if high == low:
        return numbers.number(low, lang)
    return f"{numbers.number(low, lang)}{'–' + numbers.number(high, lang) if high else '+'}"


def _rgba(colour: str) -> str:
    """A colour ``#rrggbb`` as QGIS writes it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"
