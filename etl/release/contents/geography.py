"""Geography: the gazetteer's places and areas as rows, with the months in which they held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.model.country import FIRST, PACK, SECOND
from dashboard.model.edition import PUBLIC_LEVELS
from dashboard.model.facts import LEVELS_ABOVE
from etl.events.build import ParentRow
from etl.places.gazetteer import Gazetteer
from etl.settings import OperatorError, Settings

#: Levels on which maps may open: with areas inside, and known to the public.
_HOMES = (FIRST, SECOND)
#: A place in the columns of the contract's ``place`` table.
PlaceRow = tuple[str, str, str, str, float | None, float | None, int | None, int | None, str | None]


@dataclass(frozen=True)
class Geography:
    """Every place a release may name, and the areas that held it.

    Attributes:
        places: Rows of the contract's ``place`` table.
        areas: Area of each level that held a place, and when; a place of such a level holds
            itself, except while it was part of another of its level.
    """

    places: Sequence[PlaceRow]
    areas: Sequence[ParentRow]

    @property
    def ancestors(self) -> list[ParentRow]:
        """Rows whose area is not the place itself: the contract's ``place_parent`` table."""
        return [row for row in self.areas if row[0] != row[2]]

    @property
    def public(self) -> Geography:
        """The places and areas that the public may see."""
        places = [place for place in self.places if place[1] in PUBLIC_LEVELS]
        codes = {code for code, *_ in places}
        areas = [area for area in self.areas if area[0] in codes and area[1] in PUBLIC_LEVELS]
        return Geography(places, areas)


def require_home(geography: Geography, code: str) -> None:
    """Make sure that maps can open on an area, if one was chosen.

    Raises:
        OperatorError: If it is no district or division, nor the country.
    """
    levels = {code: level for code, level, *_ in geography.places}
    if code and code != PACK.code and levels.get(code) not in _HOMES:
        raise OperatorError(
            f"ATLAS_HOME_AREA is {code!r}; use the P-code of a {SECOND} or {FIRST}, such as "
            f"{PACK.example}, or {PACK.code} for the country."
        )


def read_geography(settings: Settings) -> Geography:
    """Places and areas of the committed gazetteer."""
    return geography_of(Gazetteer.load(settings.country))


def geography_of(gazetteer: Gazetteer) -> Geography:
    """Places and areas of a gazetteer; populations are not known to it."""
    changes = sorted(
        {
            day
            for parent in gazetteer.parents_table()
            for day in (parent.valid_from, parent.valid_to)
            if day is not None
        }
    )
    places = gazetteer.places()
    return Geography(
        [
            (p.code, p.level, p.name_en, p.name_local, p.lon, p.lat, None, None, None)
            for p in places
        ],
        [
            row
            for place in places
            for level in LEVELS_ABOVE
            for row in _parent_rows(gazetteer, place.code, level, changes)
        ],
    )


def _parent_rows(
    gazetteer: Gazetteer, code: str, level: str, changes: Sequence[date]
) -> Iterator[ParentRow]:
    """The areas of one level that held a place, a row for each span of time with the same area."""
    starts = (None, *changes)
    areas = [gazetteer.parent(code, level, start or date.min) for start in starts]
    begin = 0
    for number in range(1, len(areas) + 1):
        ended = number == len(areas)
        if ended or areas[number] != areas[begin]:
            area = areas[begin]
            if area is not None:
                yield code, level, area, starts[begin], None if ended else starts[number]
            begin = number
