"""The invented world: the plan of a sample, its places and how much happens in each.

Weights are random, from the seed alone, so that a map of a sample is no claim about a real camp,
upazila or district. What happens at the places stands in ``incidents`` and ``journeys``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dashboard.model.country import read_csv
from dashboard.model.periods import Month, Span
from tools.sample.draws import NONE, Codes, Numbers, Weights, draw, draw_by, zipf

HOST_DISTRICT = "BD2022"
MAIN_UPAZILAS = ("BD20220090", "BD20220094")
#: Camps of the gazetteer that are closed, or that are not one of the 33 of the district.
NOT_OPEN = ("CXB-032", "CXB-235", "BHASAN-CHAR")
_ABOVE = ("upazila", "district")
#: Ordered pairs of two of the 64 districts.
MOST_FLOWS = 64 * 63


@dataclass(frozen=True)
class Plan:
    """What to invent: so many people over so many months until a month, from one seed.

    Attributes:
        flows: Pairs of districts over which journeys inside the country are shared out evenly;
            0 for journeys as they are between a few.

    Raises:
        ValueError: For fewer than one person or month, a negative seed, or more flows than pairs.
    """

    people: int
    months: int
    seed: int
    until: Month
    flows: int = 0

    def __post_init__(self) -> None:
        if self.people < 1 or self.months < 1 or self.seed < 0:
            raise ValueError(
                "a sample needs at least one person, one month and a seed of 0 or more"
            )
        if not 0 <= self.flows <= MOST_FLOWS:
            raise ValueError(f"a sample has at most {MOST_FLOWS:,} flows between districts")

    @property
    def span(self) -> Span:
        """The months in which incidents happen and are reported."""
        return Span.last(self.months, until=self.until)


@dataclass(frozen=True)
class Spot:
    """A place of the world and the upazila and district it is or lies in ('' for none)."""

    code: str
    level: str
    name: str
    upazila: str = ""
    district: str = ""


@dataclass(frozen=True)
class World:
    """Places and the weights with which people are recruited there.

    Attributes:
        spots: Every place by index.
        camps, upazilas, towns, districts: Indices into ``spots``; towns are upazilas outside the
            host district, several for each district, in the same order as ``town_district``.
        camp_weights, upazila_weights, district_weights: Random weights, same order as the indices.
        parent: Index of the place that holds each spot, NONE where there is none.
        drift: Random growth of each spot over the whole span, as the exponent of a factor.
    """

    spots: tuple[Spot, ...]
    camps: Numbers
    upazilas: Numbers
    towns: Numbers
    town_district: Numbers
    districts: Numbers
    camp_weights: Weights
    upazila_weights: Weights
    district_weights: Weights
    parent: Numbers
    drift: Weights

    def at(self, code: str) -> int:
        """Index of a place; KeyError when the gazetteer does not have it."""
        for index, spot in enumerate(self.spots):
            if spot.code == code:
                return index
        raise KeyError(f"the gazetteer has no place {code!r}")

    def indices(self, *codes: str) -> Numbers:
        """Indices of places; KeyError for one that the gazetteer does not have."""
        return np.array([self.at(code) for code in codes], dtype=np.int32)

    def recruitment(
        self,
        rng: np.random.Generator,
        indices: Numbers,
        weights: Weights,
        month: Codes,
        months: int,
    ) -> Numbers:
        """Spots drawn from some indices by their weights, as they drift over the months."""
        time = (np.arange(months) + 0.5) / months - 0.5
        table = weights * np.exp(time[:, None] * self.drift[indices])
        return indices[draw_by(rng, table, month)]

    def town_weights(self, rng: np.random.Generator, districts: Weights) -> Weights:
        """Weights of the towns: their district's, shared out at random within it.

        Args:
            rng: Draws the shares.
            districts: Weights of the districts, in the order of ``districts``.
        """
        weights = rng.random(len(self.towns)) ** 3 + 0.01
        within = np.bincount(self.town_district, weights, len(self.districts))
        return weights / within[self.town_district] * districts[self.town_district]

    def destinations(self, rng: np.random.Generator, count: int) -> Numbers:
        """Districts to which people are taken inside the country; the host district leads."""
        chosen = np.append(self.districts, np.int32(self.at(HOST_DISTRICT)))
        return chosen[draw(rng, np.append(self.district_weights * 0.7, 0.3), count)]


def make_world(plan: Plan, country: Path) -> World:
    """The world of a plan, from the committed gazetteer and the plan's seed.

    Raises:
        OSError: If the gazetteer cannot be read.
    """
    rng = np.random.default_rng([plan.seed, 0])
    rows = {row["code"]: row for row in read_csv(country / "gazetteer.csv")}
    spots = tuple(
        Spot(code, row["level"], row["name_en"], *(_above(rows, code, level) for level in _ABOVE))
        for code, row in rows.items()
    )
    index = {spot.code: position for position, spot in enumerate(spots)}
    level = {
        name: [i for i, spot in enumerate(spots) if spot.level == name]
        for name in ("camp", "upazila", "district")
    }
    host = spots[index[HOST_DISTRICT]].name
    upazilas = [i for i in level["upazila"] if spots[i].district == host]
    districts = [i for i in level["district"] if spots[i].code != HOST_DISTRICT]
    district_order = {spots[i].name: position for position, i in enumerate(districts)}
    towns = [i for i in level["upazila"] if spots[i].district in district_order]
    camps = [i for i in level["camp"] if spots[i].code not in NOT_OPEN]
    return World(
        spots,
        np.array(camps, dtype=np.int32),
        np.array(upazilas, dtype=np.int32),
        np.array(towns, dtype=np.int32),
        np.array([district_order[spots[i].district] for i in towns], dtype=np.int32),
        np.array(districts, dtype=np.int32),
        zipf(rng, len(camps), 0.8),
        _host_weights(rng, [spots[i].code for i in upazilas]),
        zipf(rng, len(districts), 1.0),
        np.array([index.get(row["parent"], NONE) for row in rows.values()], dtype=np.int32),
        rng.normal(0, 0.6, len(spots)),
    )


def _host_weights(rng: np.random.Generator, codes: list[str]) -> Weights:
    """Weights of the upazilas of the host district: large ones for the two main ones."""
    main = np.array([code in MAIN_UPAZILAS for code in codes])
    weights = np.where(main, 0.3, 0.0)
    weights[~main] = zipf(rng, int((~main).sum()), 0.9) * 0.4
    return weights


def _above(rows: Mapping[str, Mapping[str, str]], code: str, level: str) -> str:
    """Name of the area of a level that a place is or lies in; '' for none."""
    while code in rows:
        if rows[code]["level"] == level:
            return rows[code]["name_en"]
        code = rows[code]["parent"]
    return ""
