"""Maps as OGC API - Features, Part 1: Core (OGC 17-069r4): the contents of its documents.

A collection is a map that can be saved as GeoJSON, and its features are those of that file. Filters
and options are parameters of every document, since programs such as QGIS repeat the query of the
address that they were given. Routes and access are in ``dashboard.features``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

from dashboard.analysis.extents import Box
from dashboard.exhibits.parameters import (
    FILTER_PARAMETERS,
    Parameter,
    Refusal,
    option_parameters,
)
from dashboard.exhibits.parts.frame import stamp
from dashboard.exhibits.registry import Definition, definitions
from dashboard.exports import geojson
from dashboard.exports.files import KINDS
from dashboard.exports.json import as_text
from dashboard.exports.map_layer import Feature, MapLayer
from dashboard.filters import Filters
from dashboard.model.country import PACK
from dashboard.model.facts import fact
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate

CONTENT_TYPE = "application/json"
ROOT = "/ogc"
#: Media type of the description of the API: QGIS looks for no other version.
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_CLASSES = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
_CRS = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_EARTH: Box = (-180.0, -90.0, 180.0, 90.0)
#: Features of a page: usually, and at most.
_USUAL, _MOST = 1_000, 10_000
_NUMBER = r"-?([0-9]+\.?[0-9]*|\.[0-9]+)(e-?[0-9]{1,2})?"
_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])"
_HOUR = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
#: GDAL writes a day of a filter with a T and no hour.
_INSTANT = rf"{_DAY}(T({_HOUR})?)?"
_OPEN = ("", "..")
_DAY_LETTERS = 10
#: Options of Explore where an address leaves them out, so that the answer is a map.
_AS_MAP = {"as": "map", "columns": "none"}
_PAGED = (
    Parameter(
        "limit",
        f"Features of one page; {_MOST} at most.",
        pattern=r"0*[1-9][0-9]*",
        written=(f"1 to {_MOST}",),
        schema={"type": "integer", "minimum": 1, "maximum": _MOST, "default": _USUAL},
    ),
    Parameter(
        "offset",
        "Features that earlier pages held.",
        pattern=r"[0-9]+",
        written=("a whole number",),
        schema={"type": "integer", "minimum": 0, "default": 0},
    ),
    Parameter(
        "bbox",
        "Only features that meet a box: west, south, east and north in degrees (CRS84); heights "
        "after south and north are left out of account.",
        pattern=rf"(?i){_NUMBER}(,{_NUMBER}){{3}}((,{_NUMBER}){{2}})?",
        written=("west,south,east,north",),
        schema={
            "type": "array",
            "items": {"type": "number"},
            "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        },
    ),
    Parameter(
        "datetime",
        "Only features whose months (period_start to period_end) meet a day or an interval "
        "(RFC 3339). Which months are counted, period says.",
        pattern=rf"{_INSTANT}|({_INSTANT}|(\.\.)?)/({_INSTANT}|(\.\.)?)",
        written=("YYYY-MM-DD", "YYYY-MM-DD/YYYY-MM-DD", "../YYYY-MM-DD", "YYYY-MM-DD/.."),
        schema={"type": "string"},
    ),
)
_GEOJSON = next(kind for kind in KINDS if kind.ending == "geojson")
#: Features of a map as pages, and one of them: as the file, but in no menu.
ITEMS = replace(_GEOJSON, about="Features of a map, a page at a time.", more=_PAGED)
ITEM = replace(_GEOJSON, about="One feature of a map.")


@dataclass(frozen=True)
class Address:
    """Where a document is answered.

    Attributes:
        host: Scheme and host, as the request named them.
        query: Its query string, which its links repeat as it was written.
        filters: Filters of the query, with its language.
    """

    host: str
    query: str
    filters: Filters

    def at(self, path: str = "") -> str:
        """Address of another document."""
        return f"{self.host}{ROOT}{path}" + (f"?{self.query}" if self.query else "")

    def keeping(self, keeps: Callable[[str], bool]) -> Address:
        """The address with only those parameters whose names are kept, as they were written."""
        parts = (p for p in self.query.split("&") if keeps(unquote_plus(p.partition("=")[0])))
        return replace(self, query="&".join(filter(None, parts)))


@dataclass(frozen=True)
class Page:
    """Which features of a collection a page holds.

    Attributes:
        limit: How many it has at most.
        offset: How many come before it.
        box: West, south, east and north in degrees, or None; east of the antimeridian, west is
            larger than east.
        days: First and last day, as ISO 8601; '' where open. None for all.
    """

    limit: int = _USUAL
    offset: int = 0
    box: Box | None = None
    days: tuple[str, str] | None = None


def maps() -> tuple[Definition, ...]:
    """The exhibits that are collections."""
    return tuple(entry for entry in definitions() if ITEMS.serves(entry))


def with_usual(entry: Definition, query: str) -> str:
    """A query string that asks for a map: with the options for one, where it leaves them out."""
    values = dict(parse_qsl(query, keep_blank_values=True))
    missing = {option.name for option in entry.options} - values.keys()
    more = (f"{name}={value}" for name, value in _AS_MAP.items() if name in missing)
    return "&".join(filter(None, (query, *more)))


def page_of(query: str) -> tuple[Page, tuple[Refusal, ...]]:
    """The page that a query string of valid form asks for, and refusals of impossible values."""
    values = dict(parse_qsl(query))
    limit = min(int(values.get("limit", _USUAL)), _MOST)
    page = Page(limit, int(values.get("offset", 0)), _box(values), _days(values))
    wrong: list[str] = []
    if page.box and page.box[1] > page.box[3]:  # its south lies north of its north
        wrong.append("bbox")
    if page.days and all(page.days) and page.days[0] > page.days[1]:
        wrong.append("datetime")
    forms = {parameter.name: parameter.written for parameter in _PAGED}
    return page, tuple(Refusal(name, values[name], "unknown value", forms[name]) for name in wrong)


def _box(values: Mapping[str, str]) -> Box | None:
    """The box that is asked for, of four numbers or of six with heights; None for none."""
    if "bbox" not in values:
        return None
    ends = [float(end) for end in values["bbox"].split(",")]
    half = len(ends) // 2
    return ends[0], ends[1], ends[half], ends[half + 1]


def _days(values: Mapping[str, str]) -> tuple[str, str] | None:
    """First and last day that are asked for, '' where open; None for all days."""
    if "datetime" not in values:
        return None
    first, is_interval, last = values["datetime"].partition("/")
    ends = (first, last if is_interval else first)
    days = ("" if end in _OPEN else end[:_DAY_LETTERS] for end in ends)
    return next(days), next(days)


def landing(address: Address) -> str:
    """The landing page."""
    links = [
        _link(address.at(), "self", title="This document"),
        _link(f"{address.host}/openapi.json", "service-desc", OPENAPI, "What may be asked"),
        _link(address.at("/conformance"), "conformance", title="What of the standard is kept"),
        _link(address.at("/collections"), "data", title="The maps"),
    ]
    return as_text(
        {
            "title": translate("shell.product", address.filters.lang),
            "description": "Maps of the current release, or of the edition that is named, as "
            "features.",
            "links": links,
        }
    )


def conformance() -> str:
    """The classes of the standard that are kept."""
    return as_text({"conformsTo": [f"{_CLASSES}/{name}" for name in ("core", "oas30", "geojson")]})


def collections(entries: Sequence[Definition], release: Release, address: Address) -> str:
    """The list of maps."""
    links = [_link(address.at("/collections"), "self")]
    listed = [_collection(entry, release, address) for entry in entries]
    return as_text({"links": links, "collections": listed})


def collection(entry: Definition, release: Release, address: Address) -> str:
    """One map."""
    return as_text(_collection(entry, release, address))


def _collection(entry: Definition, release: Release, address: Address) -> dict[str, Any]:
    """A map as a collection: its title, its extent in space and time, and its links."""
    path = f"/collections/{entry.id}"
    answering = entry.answered_by(release)
    own_names = {parameter.name for parameter in (*FILTER_PARAMETERS, *option_parameters(entry))}
    address = address.keeping(own_names.__contains__)
    first, last = answering.span.start.first_day, answering.span.end.last_day
    interval = [f"{first}T00:00:00Z", f"{last}T23:59:59Z"]
    fact_labels = ", ".join(fact(name).label_in(address.filters.lang) for name in entry.facts)
    links = [
        _link(address.at(path), "self"),
        _link(address.at(f"{path}/items"), "items", geojson.CONTENT_TYPE),
    ]
    return {
        "id": entry.id,
        "title": translate(f"{entry.id}.kicker", address.filters.lang),
        "description": f"{fact_labels}. {stamp(answering, address.filters).label}",
        "extent": {
            "spatial": {"bbox": [_EARTH if entry.geometry == "flows" else PACK.box], "crs": _CRS},
            "temporal": {"interval": [interval]},
        },
        "itemType": "feature",
        "crs": [_CRS],
        "links": links,
    }


def items(layer: MapLayer, page: Page, address: Address, entry: Definition, edition: str) -> str:
    """A page of features.

    Args:
        layer: The map.
        page: Which of its features.
        address: Where it is answered.
        entry: The map's exhibit.
        edition: Id of the release; the next page is of the same one, whatever is published.
    """
    matched = [*_matching(layer.features, page)]
    features = matched[page.offset : page.offset + page.limit]
    path, next_offset = f"/collections/{entry.id}", page.offset + page.limit
    links = [
        _link(address.at(f"{path}/items"), "self", geojson.CONTENT_TYPE),
        _link(address.at(path), "collection"),
    ]
    if next_offset < len(matched):
        kept = address.keeping(lambda name: name not in ("offset", "edition"))
        query = "&".join(filter(None, (kept.query, f"edition={edition}", f"offset={next_offset}")))
        next_page = replace(address, query=query).at(f"{path}/items")
        links.append(_link(next_page, "next", geojson.CONTENT_TYPE))
    return geojson.as_geojson(
        replace(layer, features=tuple(features)),
        links=links,
        numberMatched=len(matched),
        numberReturned=len(features),
    )


def item(layer: MapLayer, feature_id: str, address: Address, entry: Definition) -> str | None:
    """One feature, or None where there is none of the id."""
    feature = next((each for each in layer.features if each["id"] == feature_id), None)
    if feature is None:
        return None
    path = f"/collections/{entry.id}"
    links = [
        _link(address.at(f"{path}/items/{feature_id}"), "self", geojson.CONTENT_TYPE),
        _link(address.at(path), "collection"),
    ]
    return as_text({**feature, "about": layer.about, "links": links})


def _matching(features: Iterable[Feature], page: Page) -> Iterable[Feature]:
    """Features that meet a box and an interval; one without months meets every interval."""
    if page.days:
        features = [f for f in features if _overlaps(f["properties"], *page.days)]
    if page.box is None:
        return features
    import shapely  # here, since only a box needs it

    features = [*features]
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in features]
    west, south, east, north = page.box
    sides = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    box = shapely.union_all([shapely.box(start, south, end, north) for start, end in sides])
    return [f for f, meets in zip(features, shapely.intersects(shapes, box), strict=True) if meets]


def _overlaps(properties: Mapping[str, Any], first: str, last: str) -> bool:
    """Whether the months of a feature, if it has any, meet days from first to last ('': open)."""
    start, end = properties["period_start"], properties["period_end"]
    return not start or ((not first or end >= first) and (not last or start <= last))


def _link(href: str, rel: str, type_: str = CONTENT_TYPE, title: str = "") -> dict[str, str]:
    """A link of a document, as the standard writes it."""
    return {"href": href, "rel": rel, "type": type_, **({"title": title} if title else {})}
