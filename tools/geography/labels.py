"""Names on the map: points with both names and a rank.

Only what a map writes by itself belongs here. Numbers beside names do not.
"""

# The types of shapely and geopandas leave keyword arguments unknown.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false

from __future__ import annotations

from collections.abc import Iterator

import shapely

from tools.geography.gazetteer import Row
from tools.geography.output import Feature
from tools.geography.sources import Country, read_names

#: Rank by level: 1 is written first.
_RANKS = {"division": 2, "district": 4, "anchor": 3}
_KINDS = {"division": "division", "district": "district", "anchor": "city"}
#: Seas that are written first.
_WIDE_SEAS = {"SEA-BOB", "SEA-AND", "SEA-ARB", "SEA-SCS", "SEA-IND", "SEA-MED"}
#: Districts whose town is written on the map: the seats of divisions and the host district's.
_TOWNS = {
    "BD1006": "Barisal",
    "BD2015": "Chattogram",
    "BD2022": "Coxsbazar",
    "BD3026": "Dhaka",
    "BD4047": "Khulna",
    "BD4561": "Mymensingh",
    "BD5081": "Rajshahi",
    "BD5585": "Rangpur",
    "BD6091": "Sylhet",
}


def label_features(places: list[Row], countries: list[Country]) -> Iterator[Feature]:
    """Labels of countries, seas, divisions, districts and cities, as points.

    Raises:
        MissingSourceError: If the package of names is not installed.
    """
    ranks = {country.code: country.rank for country in countries}
    _, districts, _ = read_names()
    towns = {name.name_en: (name.lon, name.lat) for name in districts}
    for place in places:
        if place.lon is None or place.lat is None:
            continue
        point = (place.lon, place.lat)
        if place.level == "country":
            yield _label(place.code, place, "country", ranks[place.code], point)
        elif place.level == "sea_area":
            yield _label(place.code, place, "sea", 1 if place.code in _WIDE_SEAS else 3, point)
        elif place.level in _KINDS:
            yield _label(place.code, place, _KINDS[place.level], _RANKS[place.level], point)
        if place.code in _TOWNS:
            lon, lat = towns[_TOWNS[place.code]]
            yield _label(f"{place.code}-TOWN", place, "city", 2, (round(lon, 3), round(lat, 3)))


def _label(code: str, place: Row, kind: str, rank: int, point: tuple[float, float]) -> Feature:
    """A label of a place in both languages; rank 1 is written first."""
    names = {"name_en": place.name_en, "name_bn": place.name_bn}
    return code, {"kind": kind, **names, "rank": rank}, shapely.Point(point)
