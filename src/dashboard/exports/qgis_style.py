"""How QGIS shows a layer when it is opened: its classes and labels as QML, QGIS's style format.

Classes and colours are those of the maps; only what QGIS needs is written, and it fills in the
rest. How a style is stored in a file stands in ``geopackage``.
"""

from __future__ import annotations

# Written here, never read.
import xml.etree.ElementTree as ET  # noqa: S405 # nosec B405
from dataclasses import dataclass

from dashboard.analysis.classes import NumberClass, classes_of
from dashboard.analysis.flows import width_classes
from dashboard.exports.map_layer import MapLayer
from dashboard.figures import theme
from dashboard.model.protection import is_few
from dashboard.words import numbers
from dashboard.words.catalogue import begin, translate

#: The oldest QGIS whose style format this is; newer ones read it.
_VERSION = "3.22"
_LARGEST = 2**31 - 1
#: The number of an area that has none, since QGIS draws no missing one; dots are its pattern.
_MISSING, _DOTS = -1, "dense6"
#: Millimetres of the thinnest line of a flow, and by how much each class is wider.
_WIDTH, _WIDER = 0.3, 0.5
#: Millimetres of a point.
_DOT = "4"
#: QGIS's numbers for where a label lies, and for a property that an expression decides.
_PLACEMENTS = {"Point": "0", "MultiPolygon": "1", "LineString": "2"}
_EXPRESSION = "3"


@dataclass(frozen=True)
class _Class:
    """Numbers from ``low`` to ``high``, their name in the legend, and their symbol."""

    low: int
    high: int
    label: str
    symbol: ET.Element


def qgis_style(layer: MapLayer, lang: str) -> str:
    """The style as QML: areas and points by colour, flows by width, with name and number.

    Args:
        layer: The layer that it is for.
        lang: Language of the legend.
    """
    root = ET.Element(
        "qgis", version=_VERSION, styleCategories="Symbology|Labeling", labelsEnabled="1"
    )
    flows = layer.geometry_type == "LineString"
    classes = _flow_classes(layer, lang) if flows else _area_classes(layer, lang)
    root.append(_renderer(layer, classes))
    root.append(_labeling(layer))
    return f"<!DOCTYPE qgis>\n{ET.tostring(root, encoding='unicode')}"


def _area_classes(layer: MapLayer, lang: str) -> list[_Class]:
    classes = classes_of(layer.sizes, layer.base)
    colours = theme.shades(layer.ramp, len(classes))
    symbol = _dot if layer.geometry_type == "Point" else _fill
    nothing = _Class(0, 0, numbers.about(0, layer.base, lang), symbol(theme.SURFACE))
    silent_label = translate("hotspots.silent.said", lang)
    silent = _Class(_MISSING, _MISSING, silent_label, _fill(theme.BORDER_STRONG, _DOTS))
    some = [
        _Class(entry.low, entry.high or _LARGEST, _class_label(layer, entry, lang), symbol(colour))
        for entry, colour in zip(classes, colours, strict=True)
    ]
    return [*([silent] if _lacks(layer) else []), nothing, *some]


def _lacks(layer: MapLayer) -> bool:
    """Whether any feature has no number."""
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
    _, lows = width_classes(layer.sizes, least=layer.base)
    highs = [*(low - 1 for low in lows[1:]), None]
    return [
        _Class(low, high or _LARGEST, _range(low, high, lang), _line(_WIDTH + _WIDER * index))
        for index, (low, high) in enumerate(zip(lows, highs, strict=True))
    ]


def _range(low: int, high: int | None, lang: str) -> str:
    """A class in numbers: "10–19", "80+"."""
    if high == low:
        return numbers.number(low, lang)
    return f"{numbers.number(low, lang)}{'–' + numbers.number(high, lang) if high else '+'}"


def _renderer(layer: MapLayer, classes: list[_Class]) -> ET.Element:
    """One symbol a class; the classes are read from the number of each feature."""
    renderer = ET.Element(
        "renderer-v2",
        type="graduatedSymbol",
        attr=f'coalesce("{layer.measure}", {_MISSING})' if _lacks(layer) else layer.measure,
        graduatedMethod="GraduatedColor",
    )
    ranges = ET.SubElement(renderer, "ranges")
    symbols = ET.SubElement(renderer, "symbols")
    for index, entry in enumerate(classes):
        ET.SubElement(
            ranges,
            "range",
            symbol=str(index),
            lower=str(entry.low),
            upper=str(entry.high),
            label=entry.label,
            render="true",
        )
        entry.symbol.set("name", str(index))
        symbols.append(entry.symbol)
    return renderer


def _fill(colour: str, style: str = "solid") -> ET.Element:
    return _symbol("fill", "SimpleFill", {"color": _rgba(colour), "style": style, **_OUTLINED})


def _dot(colour: str) -> ET.Element:
    look = {"name": "circle", "color": _rgba(colour), "size": _DOT, "size_unit": "MM"}
    return _symbol("marker", "SimpleMarker", {**look, **_OUTLINED})


def _line(width: float) -> ET.Element:
    options = {
        "line_color": _rgba(theme.BLUE),
        "line_style": "solid",
        "line_width": f"{width:.1f}",
        "line_width_unit": "MM",
        "capstyle": "round",
    }
    return _symbol("line", "SimpleLine", options)


def _symbol(kind: str, layer_class: str, options: dict[str, str]) -> ET.Element:
    symbol = ET.Element("symbol", type=kind, alpha="1")
    layer = ET.SubElement(symbol, "layer", {"class": layer_class, "enabled": "1"})
    layer.set("pass", "0")  # in the mapping above it would be read as a password (bandit)
    parent = ET.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(parent, "Option", type="QString", name=name, value=value)
    return symbol


def _labeling(layer: MapLayer) -> ET.Element:
    """Name and number in words; over a halo, so that they are read on any colour."""
    title = " || ' → ' || ".join(f'"{name}"' for name in layer.titles)
    labeling = ET.Element("labeling", type="simple")
    settings = ET.SubElement(labeling, "settings")
    style = ET.SubElement(
        settings,
        "text-style",
        fieldName=f"""{title} || '\n' || "{layer.measure}_words\"""",
        isExpression="1",
        fontSize="8",
        fontSizeUnit="Point",
        textColor=_rgba(theme.TEXT),
    )
    ET.SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor=_rgba(theme.SURFACE),
    )
    placement = _PLACEMENTS[layer.geometry_type]
    ET.SubElement(settings, "placement", placement=placement, centroidInside="1")
    settings.append(_priority(layer))
    return labeling


def _priority(layer: MapLayer) -> ET.Element:
    """Where not every label has room, those of the largest numbers stay."""
    share = f'10 * sqrt("{layer.measure}" / {max(layer.sizes, default=0) or 1}.0)'
    properties = ET.Element("dd_properties")
    options = ET.SubElement(
        ET.SubElement(properties, "Option", type="Map"), "Option", name="properties", type="Map"
    )
    one = ET.SubElement(options, "Option", name="Priority", type="Map")
    ET.SubElement(one, "Option", name="active", type="bool", value="true")
    ET.SubElement(one, "Option", name="expression", type="QString", value=share)
    ET.SubElement(one, "Option", name="type", type="int", value=_EXPRESSION)
    return properties


def _rgba(colour: str) -> str:
    """A colour ``#rrggbb`` as QGIS writes it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"


_OUTLINED = {
    "outline_color": _rgba(theme.BORDER_STRONG),
    "outline_style": "solid",
    "outline_width": "0.15",
    "outline_width_unit": "MM",
}
