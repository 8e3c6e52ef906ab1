"""The gazetteer: every place once, with both names, its parent and a point.

Only rows of ``gazetteer.csv`` belong here. Other spellings do not: see ``aliases``.
"""

# The types of shapely and geopandas leave keyword arguments unknown.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from etl.places.gazetteer import normalise_name
from tools.geography.boundaries import Bangladesh
from tools.geography.output import read_table
from tools.geography.sources import Area, Country, NamedArea, read_names

COLUMNS = ("code", "level", "name_en", "name_bn", "parent", "lon", "lat", "standard")
CAMP_REGIONS = {
    "CXB-KUTUPALONG": ("Kutupalong-Balukhali", "কুতুপালং-বালুখালী"),
    "CXB-ISOLATED": ("South-west isolated sites", "দক্ষিণ-পশ্চিমের বিচ্ছিন্ন ক্যাম্প"),
    "CXB-TEKNAF-SOUTH": ("Teknaf south", "দক্ষিণ টেকনাফ"),
}
_OWN, _ISO, _OCHA = "Situation Atlas", "ISO 3166-1 alpha-2", "OCHA COD-AB v03"
#: English names where those of Natural Earth are abbreviated or out of use.
_COUNTRY_NAMES = {"KP": "North Korea", "KR": "South Korea", "SS": "South Sudan", "SZ": "Eswatini"}
#: Points where lines to a country end, where its label would mislead: sea journeys from the Bay
#: of Bengal reach the Malay Peninsula, and Natural Earth's label for Malaysia stands on Borneo.
_COUNTRY_POINTS = {"MY": (102.2, 3.9)}
#: Below this likeness two spellings in one district are not taken for the same upazila.
_LIKENESS = 0.6


@dataclass(frozen=True)
class Row:
    """A place; ``lon`` and ``lat`` are None where no source gives a point.

    Attributes:
        spellings: Further spellings that the sources themselves use.
    """

    code: str
    level: str
    name_en: str
    name_bn: str
    parent: str
    lon: float | None
    lat: float | None
    standard: str
    spellings: tuple[str, ...] = ()

    def cells(self) -> tuple[str, ...]:
        """Cells in the order of ``COLUMNS``."""
        point = ("" if value is None else f"{value:.10g}" for value in (self.lon, self.lat))
        return (self.code, self.level, self.name_en, self.name_bn, self.parent, *point,
                self.standard)  # fmt: skip


def gazetteer_rows(
    reference: Path, bangladesh: Bangladesh, countries: list[Country], world: Mapping[str, Any]
) -> list[Row]:
    """All places, from the coarsest level to the finest.

    Args:
        reference: Folder of the tables kept by hand.
        bangladesh: Areas of the country.
        countries: Countries with names.
        world: Polygons of countries by code.

    Raises:
        MissingSourceError: If the package of names is not installed.
        OSError: If a table cannot be read.
    """
    bangla = {row["code"]: row["name_bn"] for row in read_table(reference / "bangla_names.csv")}
    return [
        *_countries(countries, bangla),
        *_areas(bangladesh, bangla),
        *_camp_regions(reference),
        *_camps(reference),
        *_anchors(reference),
        *_seas(reference, world),
    ]


def _countries(countries: list[Country], bangla: Mapping[str, str]) -> Iterator[Row]:
    """Countries, with the names and points of this module where Natural Earth's mislead."""
    for country in countries:
        unabbreviated = country.name_en if "." in country.name_long else country.name_long
        name = _COUNTRY_NAMES.get(country.code, unabbreviated)
        lon, lat = _COUNTRY_POINTS.get(country.code, (country.lon, country.lat))
        name_bn = bangla.get(country.code, country.name_bn)
        spellings = (country.name_en, country.name_long, country.name_bn)
        point = round(lon, 2), round(lat, 2)
        yield Row(country.code, "country", name, name_bn, "", *point, _ISO, spellings)


def _areas(bangladesh: Bangladesh, bangla: Mapping[str, str]) -> Iterator[Row]:
    """Divisions, districts and upazilas; Bangla names by hand go before matched ones."""
    divisions, districts, upazilas = read_names()
    areas = bangladesh.areas
    matches = _match(areas["division"], divisions) | _match(areas["district"], districts)
    for district in areas["district"]:
        inside = [area for area in areas["upazila"] if area.code.startswith(district.code)]
        source = matches[district.code].name_en
        matches |= _match(
            [area for area in inside if area.code not in bangla],
            [name for name in upazilas if name.district == source],
        )
    for level, parent_length in (("division", 2), ("district", 4), ("upazila", 6)):
        for area in areas[level]:
            match = matches.get(area.code)
            point = shapely.point_on_surface(bangladesh.shapes[level][area.code])
            spellings = (match.name_en, match.name_bn) if match else ()
            names = area.name_en, bangla.get(area.code) or (match.name_bn if match else "")
            at = round(point.x, 4), round(point.y, 4)
            yield Row(area.code, level, *names, area.code[:parent_length], *at, _OCHA, spellings)


def _match(areas: list[Area], names: list[NamedArea]) -> dict[str, NamedArea]:
    """The name of each area by code: the most alike pairs first, each name and area once."""
    pairs = sorted(
        (
            (-_likeness(area.name_en, name.name_en), area.code, position)
            for area in areas
            for position, name in enumerate(names)
        )
    )
    matched: dict[str, NamedArea] = {}
    used: set[int] = set()
    for likeness, code, position in pairs:
        if -likeness > _LIKENESS and code not in matched and position not in used:
            matched[code] = names[position]
            used.add(position)
    return matched


def _likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1."""
    joined = [normalise_name(name).replace(" ", "") for name in (one, other)]
    return SequenceMatcher(None, joined[0], joined[1]).ratio()


def _camp_regions(reference: Path) -> Iterator[Row]:
    """Regions of camps, each in the one upazila of its camps and in the middle of them."""
    camps = {row["code"]: row for row in read_table(reference / "camps.csv")}
    located = {code: row for code, row in camps.items() if row["lon"]}
    members = read_table(reference / "camp_regions.csv")
    for code, (name_en, name_bn) in CAMP_REGIONS.items():
        points = [
            (float(located[row["site"]]["lon"]), float(located[row["site"]]["lat"]))
            for row in members
            if row["region"] == code and row["site"] in located
        ]
        lon, lat = np.mean(points, axis=0).round(3)
        (upazila,) = {camps[row["site"]]["upazila"] for row in members if row["region"] == code}
        yield Row(code, "camp_region", name_en, name_bn, upazila, float(lon), float(lat), _OWN)


def _camps(reference: Path) -> Iterator[Row]:
    """Camps of the table kept by hand."""
    for row in read_table(reference / "camps.csv"):
        standard = "Refugee camp code, Cox's Bazar" if row["code"].startswith("CXB") else _OWN
        lon, lat = (float(row[name]) if row[name] else None for name in ("lon", "lat"))
        names = row["name_en"], row["name_bn"]
        yield Row(row["code"], "camp", *names, row["upazila"], lon, lat, standard)


def _anchors(reference: Path) -> Iterator[Row]:
    """Cities abroad of the table kept by hand."""
    for row in read_table(reference / "anchors.csv"):
        names, point = (row["name_en"], row["name_bn"]), (float(row["lon"]), float(row["lat"]))
        yield Row(row["code"], "anchor", *names, row["country"], *point, row["standard"])


def _seas(reference: Path, world: Mapping[str, Any]) -> Iterator[Row]:
    """Sea areas, each with a point in the water that no country and no earlier sea covers."""
    covered = shapely.union_all(list(world.values()))
    rows = read_table(reference / "sea_areas.csv")
    for row in sorted(rows, key=lambda row: int(row["priority"])):
        west, south, east, north = (float(row[side]) for side in ("west", "south", "east", "north"))
        box = shapely.box(west, south, east, north)
        open_water: Any = shapely.difference(box, covered)
        # The first point of the longest radius is the centre of the widest open water.
        radius = shapely.maximum_inscribed_circle(open_water, tolerance=0.1)
        lon, lat = (round(float(at), 2) for at in shapely.get_coordinates(radius)[0])
        covered = shapely.union(covered, box)
        yield Row(row["code"], "sea_area", row["name_en"], row["name_bn"], "", lon, lat, _OWN)
