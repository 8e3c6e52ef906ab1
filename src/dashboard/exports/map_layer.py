"""A map as a layer: areas, points or flows as features with numbers, for GeoJSON and GeoPackage.

Everything comes from the exhibit's table, row by row; what has no place on the ground stays in the
notes. An area from which no agency reported has no number and says so. Beside the number of an area
stands its rate, where its population is known, whatever the map shows. The shapes of areas are read
in ``boundaries``; points are centres of places, and flows straight lines between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import centre
from dashboard.exhibits.exhibit import Cell, Column, Table
from dashboard.exhibits.hotspots import rates
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Geometry
from dashboard.exports.about import texts_about
from dashboard.exports.boundaries import geometries_in
from dashboard.exports.source import Source
from dashboard.model.facts import PARENT_LEVELS
from dashboard.model.languages import LOCAL
from dashboard.model.protection import RECORDS
from dashboard.release.open_release import Release
from dashboard.words import numbers

#: Columns that say where a row lies, by the geometry of the exhibit; the name stands beside each.
_KEYS = {"areas": ("code",), "points": ("code",), "flows": ("from_code", "to_code")}
#: Measures that have a rate by 100,000 people, and the column of these, which is not protected.
_RATED, _POPULATION = ("incidents", "people"), "population"
_TYPES = {"areas": "MultiPolygon", "points": "Point", "flows": "LineString"}
_TEXT = "string"

Feature = dict[str, Any]


@dataclass(frozen=True)
class MapLayer:
    """A map as a table of features.

    Attributes:
        name: Its name: the exhibit's id with an underscore.
        geometry_type: MultiPolygon, Point or LineString.
        schema: Names and types of the properties, as a Table Schema names these, in their order;
            numbers may be missing.
        features: GeoJSON features with exactly these properties; longitude and latitude in degrees
            (WGS 84).
        titles: Properties that name a feature in the language of the file.
        measure: Property that holds its number; ``{measure}_words`` has it in words, as exactly as
            it may be read. '' where nothing may be drawn.
        base: Smallest size of a unit of the measure; 1 for exact numbers.
        ramp: Name of the colours of its number classes.
        about: Texts beside its numbers, by kind.
    """

    name: str
    geometry_type: str
    schema: Mapping[str, str]
    features: tuple[Feature, ...]
    titles: tuple[str, ...]
    measure: str
    base: int
    ramp: str
    about: Mapping[str, Sequence[str]]

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of every feature that has one."""
        sizes = (feature["properties"][self.measure] for feature in self.features)
        return tuple(size for size in sizes if size is not None)


def map_layer(source: Source) -> MapLayer:
    """The layer of a map exhibit; without features where the exhibit has nothing to draw.

    Raises:
        ValueError: If the exhibit is no map.
    """
    kind = source.geometry
    if kind is None:
        raise ValueError(f"{source.exhibit.id} is no map")
    source, keys = _with_rates(source), _KEYS[kind]
    schema = dict(_fields(source.exhibit.table, keys))
    codes = [column.code for column in source.exhibit.table.columns]
    measure = _measure(source)
    bases = (source.release.base(fact.id) for fact in source.facts if fact.unit == measure)
    base = next(bases, RECORDS)
    return MapLayer(
        name=source.exhibit.id.replace(".", "_").replace("-", "_"),
        geometry_type=_TYPES[kind],
        schema=schema,
        features=tuple(_features(source, kind, schema, base)),
        titles=tuple(codes[codes.index(key) + 1] for key in keys if key in codes),
        measure=measure,
        base=base,
        ramp=splits.ramp(source.filters),
        about=texts_about(source.exhibit, source.address, source.lang),
    )


def schema_of(source: Source) -> dict[str, str] | None:
    """The properties of a map's features with their types; None of what is no map."""
    kind = source.geometry
    return dict(_fields(_with_rates(source).exhibit.table, _KEYS[kind])) if kind else None


def _measure(source: Source) -> str:
    """Code of the first column of numbers of its table; '' where that has none."""
    return next((column.code for column in source.exhibit.table.columns if column.is_value), "")


def _with_rates(source: Source) -> Source:
    """The source with the columns of a map of rates, where populations match what is counted."""
    exhibit, period, places = source.exhibit, source.period, source.release.places
    column_codes, measure = {column.code for column in exhibit.table.columns}, _measure(source)
    if measure not in _RATED or "code" not in column_codes or "rate" in column_codes:
        return source
    codes, sizes = exhibit.table.column("code"), exhibit.table.column(measure)
    counts = {
        str(code): size if isinstance(size, int) else 0
        for code, size in zip(codes, sizes, strict=True)
        if code in places
    }
    if period is None or not counts:
        return source
    question = Question(source.release, source.filters, period, exhibit.options)
    columns, rates_of = rates.columns_beside(question, places[next(iter(counts))].level, counts)
    if not columns:
        return source
    no_rate = (None,) * len(columns)
    rows = (
        (*row, *(no_rate if size is None else rates_of.get(str(code), no_rate)))
        for row, code, size in zip(exhibit.table.rows, codes, sizes, strict=True)
    )
    table = Table((*exhibit.table.columns, *columns), tuple(rows))
    return replace(source, exhibit=replace(exhibit, table=table))


def _fields(table: Table, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names and types of the properties of features; ``keys`` are columns of codes of places."""
    for column in table.columns:
        if column.code in keys:
            yield column.code, _TEXT
            yield from ((name, _TEXT) for name in _place_fields(column.code))
        elif column.is_value:
            is_whole = not any(isinstance(cell, float) for cell in table.column(column.code))
            yield column.code, "integer" if is_whole else "number"
            if is_whole and column.code != _POPULATION:
                yield _words_property(column), _TEXT
            yield "unit", _TEXT
        else:
            yield column.code, _TEXT
    for name in ("period_start", "period_end", "release_id", "handling"):
        yield name, _TEXT


def _words_property(column: Column) -> str:
    """Name of the property with a number in words, as exactly as it may be read."""
    return f"{column.code}_words"


def _place_fields(key: str) -> tuple[str, ...]:
    """Names of the properties of a place: names, level, and the codes of what it lies in."""
    end = key.removesuffix("code")
    above = (f"{end}{level}_code" for level in reversed(PARENT_LEVELS))
    return f"{end}name_en", f"{end}name_{LOCAL}", f"{end}level", *above


def _place_values(release: Release, code: str) -> tuple[str, ...]:
    """Values of the properties that ``_place_fields`` names, in their order; '' for no area."""
    place = release.places[code]
    above = (release.parent(code, level) or "" for level in reversed(PARENT_LEVELS))
    return place.name_en, place.name_local, place.level, *above


def _features(
    source: Source, kind: Geometry, schema: Mapping[str, str], base: int
) -> Iterator[Feature]:
    """A feature for each row whose places are known and have a shape."""
    columns, keys = source.exhibit.table.columns, _KEYS[kind]
    places = source.release.places
    for cells in source.exhibit.table.rows:
        row = dict(zip((column.code for column in columns), cells, strict=True))
        codes = [str(row[key]) for key in keys]
        if not all(code in places for code in codes):
            continue  # elsewhere or unknown: a note says how many
        shape = _SHAPES[kind](source, *codes)
        if shape is not None:
            yield {
                "type": "Feature",
                "id": "-".join(codes),
                "properties": _properties(source, kind, row, schema, base),
                "geometry": shape,
            }


def _point(source: Source, code: str) -> Mapping[str, Any] | None:
    """The centre of a place, or None where none is known."""
    point = centre(source.release, code)
    return {"type": "Point", "coordinates": list(point)} if point else None


def _area(source: Source, code: str) -> Mapping[str, Any] | None:
    """The shape of an area; None for a camp whose outline nobody loaded."""
    level = source.release.places[code].level
    shape = geometries_in(source.release, source.geography, level).get(code)
    if shape is None or shape["type"] == "MultiPolygon":
        return shape
    # One type in the whole layer: GIS programs take that of the first features for all.
    return {"type": "MultiPolygon", "coordinates": [shape["coordinates"]]}


def _line(source: Source, start: str, end: str) -> Mapping[str, Any] | None:
    """A straight line between two centres; None within one area, or if a centre is not known."""
    ends = [centre(source.release, code) for code in (start, end)]
    if start == end or None in ends:
        return None
    return {"type": "LineString", "coordinates": [list(point) for point in ends if point]}


#: The shape of each kind of feature from the codes of its row; None where it has no place.
_SHAPES: Mapping[Geometry, Callable[..., Mapping[str, Any] | None]] = {
    "areas": _area,
    "points": _point,
    "flows": _line,
}


def _properties(
    source: Source, kind: Geometry, row: Mapping[str, Cell], schema: Mapping[str, str], base: int
) -> dict[str, Cell]:
    """The properties of the feature of a row, which maps column codes to cells."""
    properties: dict[str, Cell] = {}
    for column in source.exhibit.table.columns:
        cell = row[column.code]
        properties[column.code] = cell
        if column.code in _KEYS[kind]:
            values = _place_values(source.release, str(cell))
            properties |= zip(_place_fields(column.code), values, strict=True)
        elif column.is_value:
            if _words_property(column) in schema:
                words = numbers.about(cell, base, source.lang) if isinstance(cell, int) else ""
                properties[_words_property(column)] = words
            properties.setdefault("unit", column.unit)  # that of the measure, which is first
    stamp, period = source.exhibit.release, source.period
    return {
        **properties,
        "period_start": str(period.start.first_day) if period else "",
        "period_end": str(period.end.last_day) if period else "",
        "release_id": stamp.release_id,
        "handling": stamp.label,
    }
