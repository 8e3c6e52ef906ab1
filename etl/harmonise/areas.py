"""Places for harmonising: names and points become codes of the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from dashboard.model.codes import INSIDE
from dashboard.model.country import FIRST, REGION, SECOND, SITE, THIRD
from dashboard.model.normalise import casefold
from dashboard.model.screen import screen
from etl.declaration.source import Column
from etl.harmonise.cells import CellResult, Faults, Texts, judge_cells
from etl.places.gazetteer import AMBIGUOUS, UNKNOWN, Gazetteer
from etl.read import Cell, Coded, combined
from etl.read.coded import Mask

#: Precision of a place by its level; never finer than the place is.
_PRECISION: Mapping[str, str] = {
    SITE: SITE,
    REGION: THIRD,
    THIRD: THIRD,
    SECOND: SECOND,
    FIRST: "country",
    "country": "country",
    "anchor": "country",
    "sea_area": "sea_area",
}
_FROM_FINE = (THIRD, SECOND, FIRST, "country")


@dataclass(frozen=True)
class Areas:
    """The gazetteer, with the day for which parents are asked."""

    gazetteer: Gazetteer
    day: date
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def resolve(
        self, column: Column, text: Cell, within: tuple[Column, Cell] | None
    ) -> CellResult[str]:
        """Code of a place by its name, inside the area that the cell of another column names."""
        if not isinstance(text, str):
            return CellResult(rule=UNKNOWN)
        if not text or casefold(text) in column.missing:
            return CellResult()
        hit = screen(text, lookup=True)
        if hit is not None:
            return CellResult(rule=hit)
        answer = self._resolve(column, text, within)
        if answer.rule in (UNKNOWN, AMBIGUOUS) and column.others is not None:
            return CellResult(rule="other_value")
        return answer

    def _resolve(
        self, column: Column, text: str, within: tuple[Column, Cell] | None
    ) -> CellResult[str]:
        """Code of a place by its name, which is neither missing nor personal.

        Args:
            column: The column.
            text: The name.
            within: Column and cell of the area that the place lies in, if one is declared.
        """
        declared = (column.values or {}).get(casefold(text))
        if declared is not None:
            # The declaration itself says which place is meant, wherever that lies.
            code = self.gazetteer.resolve(declared).code
            return CellResult(code) if code else CellResult(rule=UNKNOWN)
        area = None
        if within is not None:
            area_column, area_cell = within
            outer = self.resolve(area_column, area_cell, None)
            if outer.rule is not None and area_column.how == "part":
                return CellResult(rule=outer.rule)  # no column of its own tells of it
            area = outer.value
        resolved = self.gazetteer.resolve(text, within=area, levels=column.levels or None)
        return CellResult(resolved.code, resolved.problem)

    def locate(self, points: Coded[tuple[float, float] | None]) -> tuple[Texts, Faults]:
        """Places that hold points (longitude, latitude), and (index, rule) of those in none."""
        exact = [point for point in points.values if point is not None]
        code_of = dict(zip(exact, self.gazetteer.locate(exact) if exact else [], strict=True))

        def place_of(point: tuple[float, float] | None) -> CellResult[str]:
            code = code_of[point] if point is not None else None
            return CellResult(code, UNKNOWN if point is not None and code is None else None)

        return judge_cells(points, place_of)

    def line(self, code: str) -> tuple[str, ...]:
        """A place and the areas above it, from fine to coarse."""
        if code not in self._lines:
            above = (self.gazetteer.parent(code, level, self.day) for level in _FROM_FINE)
            self._lines[code] = tuple(dict.fromkeys((code, *(c for c in above if c))))
        return self._lines[code]

    def country(self, code: str) -> str | None:
        """Country of a place; None for a sea area."""
        return self.gazetteer.parent(code, "country", self.day)

    def is_at_sea(self, code: str) -> bool:
        """Whether a place is open water."""
        return self.gazetteer.place(code).level == "sea_area"

    def countries(self) -> list[tuple[str, str]]:
        """Code and country of every place that lies in one."""
        pairs = ((place.code, self.country(place.code)) for place in self.gazetteer.places())
        return [(code, country) for code, country in pairs if country is not None]

    def scopes(self, starts: Texts, ends: Texts) -> Texts:
        """Scope of each leg, inside the country or across a border; None if an end is unknown."""
        return combined([starts, ends]).mapped(self._scope)

    def _scope(self, ends: tuple[str | None, str | None]) -> str | None:
        """Scope of a leg between two places."""
        countries = [self.country(code) if code else None for code in ends]
        if None in countries:
            return None
        return INSIDE if countries[0] == countries[1] else "cross_border"

    def precisions(self, places: Texts) -> Texts:
        """Precision of each place; None where there is none."""
        return places.mapped(
            lambda code: _PRECISION[self.gazetteer.place(code).level] if code else None
        )

    def shared(self, keys: Texts, places: Texts) -> tuple[Texts, list[int], list[int]]:
        """One place per key: the finest area that holds all places of the rows of that key.

        Args:
            keys: Key of each row.
            places: Place of each row, or None.

        Returns:
            Places; indices of rows whose place became wider; indices of rows whose places lie in
            no area together.
        """
        pairs = combined([keys, places])
        of_key: dict[str | None, list[str]] = {}
        for key, place in pairs.values:
            if place is not None:
                of_key.setdefault(key, []).append(place)
        common = {key: self._common(codes) for key, codes in of_key.items() if len(codes) > 1}

        def area_of(pair: tuple[str | None, str | None]) -> str | None:
            """The area for a key and a place, None where its places lie in none together."""
            key, place = pair
            return place and common.get(key, place)

        shared = pairs.mapped(area_of)
        wider = pairs.where(lambda pair: area_of(pair) not in (None, pair[1]))
        apart = pairs.where(lambda pair: pair[1] is not None and area_of(pair) is None)
        return shared, _indices(wider), _indices(apart)

    def _common(self, codes: Iterable[str]) -> str | None:
        """The finest area that holds all of several places, None where none does."""
        first, *others = [self.line(code) for code in codes]
        return next((area for area in first if all(area in line for line in others)), None)


def _indices(mask: Mask) -> list[int]:
    """Indices of the rows at which a mask holds."""
    indices: list[int] = np.flatnonzero(mask).tolist()
    return indices
