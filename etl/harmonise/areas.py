"""Places as the gate asks for them: names and points become codes of the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from etl.harmonise.cells import Judgement
from etl.normalise import fold
from etl.places.gazetteer import AMBIGUOUS, BLOCK_CODE, UNKNOWN, Gazetteer
from etl.read.grid import Cell
from etl.screen import screen
from etl.sources import Column

Texts = list[str | None]

#: Precision of a place by its level; never finer than the place is.
_PRECISION: Mapping[str, str] = {
    "camp": "camp",
    "camp_region": "upazila",
    "upazila": "upazila",
    "district": "district",
    "division": "country",
    "country": "country",
    "anchor": "country",
    "sea_area": "sea_area",
}
#: Rule that a problem of the gazetteer breaks.
_RULES = {
    UNKNOWN: "unknown_place",
    AMBIGUOUS: "ambiguous_place",
    BLOCK_CODE: "block_code",
}
_FROM_FINE = ("upazila", "district", "division", "country")


@dataclass(frozen=True)
class Areas:
    """The gazetteer, with the day for which parents are asked."""

    gazetteer: Gazetteer
    day: date
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def resolve(
        self, column: Column, text: Cell, within: tuple[Column, Cell] | None
    ) -> Judgement[str]:
        """Code of a place by its name, inside the area that another column names."""
        if not isinstance(text, str):
            return Judgement(rule="unknown_place")
        if not text or fold(text) in column.missing:
            return Judgement()
        hit = screen(text, lookup=True)
        if hit is not None:
            return Judgement(rule=hit)
        area = None
        if within is not None:
            holder = self.resolve(*within, None)
            if holder.rule is not None and within[0].how == "part":
                return Judgement(rule=holder.rule)  # no column of its own tells of it
            area = holder.value
        found = self.gazetteer.resolve(text, within=area, levels=column.levels or None)
        if found.problem is not None:
            return Judgement(rule=_RULES[found.problem])
        return Judgement(found.code)

    def locate(
        self, points: list[tuple[float, float] | None]
    ) -> tuple[Texts, list[tuple[int, str]]]:
        """Places that hold points (longitude, latitude), and (index, rule) of those in none."""
        distinct = sorted({point for point in points if point is not None})
        if not distinct:
            return [None] * len(points), []
        located = self.gazetteer.locate_many(
            [lon for lon, _ in distinct], [lat for _, lat in distinct]
        )
        known = dict(zip(distinct, (place.code for place in located), strict=True))
        found: Texts = [known[point] if point is not None else None for point in points]
        faults = [
            (i, "unknown_place")
            for i, (point, code) in enumerate(zip(points, found, strict=True))
            if point is not None and code is None
        ]
        return found, faults

    def line(self, code: str) -> tuple[str, ...]:
        """A place and the areas above it, from fine to coarse."""
        if code not in self._lines:
            above = (self.gazetteer.parent(code, level, self.day) for level in _FROM_FINE)
            self._lines[code] = tuple(dict.fromkeys((code, *(c for c in above if c))))
        return self._lines[code]

    def country(self, code: str) -> str | None:
        """Country of a place; None for a sea area."""
        return self.gazetteer.parent(code, "country", self.day)

    def countries(self) -> list[tuple[str, str]]:
        """Code and country of every place that lies in one."""
        known = ((place.code, self.country(place.code)) for place in self.gazetteer.places())
        return [(code, country) for code, country in known if country is not None]

    def scopes(self, starts: Texts, ends: Texts) -> Texts:
        """Whether each leg crosses a border; None where an end or its country is not known."""
        pairs = list(zip(starts, ends, strict=True))
        scope = {pair: self._scope(*pair) for pair in set(pairs)}
        return [scope[pair] for pair in pairs]

    def _scope(self, start: str | None, end: str | None) -> str | None:
        countries = [self.country(code) if code else None for code in (start, end)]
        if None in countries:
            return None
        return "internal" if countries[0] == countries[1] else "cross_border"

    def precisions(self, places: Texts) -> Texts:
        """Precision of each place; None where there is none."""
        levels = {
            code: _PRECISION[self.gazetteer.place(code).level] for code in set(places) if code
        }
        return [levels[code] if code else None for code in places]

    def shared(self, keys: Texts, places: Texts) -> tuple[Texts, list[int], list[int]]:
        """One place per key: the finest area that holds all places of the rows of that key.

        Args:
            keys: Key of each row.
            places: Place of each row, or None.

        Returns:
            Places; indices of rows whose place became wider; indices of rows whose places lie in
            no area together.
        """
        by_key: dict[str | None, dict[str, None]] = {}
        for key, code in zip(keys, places, strict=True):
            if code is not None:
                by_key.setdefault(key, {})[code] = None
        common = {key: self._common(codes) for key, codes in by_key.items() if len(codes) > 1}
        if not common:
            return places, [], []
        made = [
            common.get(key, code) if code is not None else None
            for key, code in zip(keys, places, strict=True)
        ]
        told = [i for i, code in enumerate(places) if code is not None and made[i] != code]
        wider = [i for i in told if made[i] is not None]
        return made, wider, [i for i in told if made[i] is None]

    def _common(self, codes: Iterable[str]) -> str | None:
        first, *others = [self.line(code) for code in codes]
        return next((area for area in first if all(area in line for line in others)), None)
