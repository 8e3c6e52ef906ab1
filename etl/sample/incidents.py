"""Invented incidents: how many people each holds, when it happened and who reports it.

Ways of travelling come first, because a boat holds more people than a bus and leaves in another
season. Where an incident leads stands in ``journeys``; its people in ``people``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.model import codes
from etl.sample.draws import NONE, Codes, Mask, Numbers, Weights, chance, draw, draw_by, shares
from etl.sample.world import Plan, World

PARTNERS = ("partner-a", "partner-b", "partner-c")


@dataclass(frozen=True)
class Way:
    """A way of travelling.

    Attributes:
        name: What it is.
        share: Share of all people who travel so.
        modes: Weights over the codes of ``mode``.
        population: Weights over the codes of ``population_group``.
        abroad: Whether a border is crossed.
        boat: Whether it goes by sea, in larger groups and in its season.
    """

    name: str
    share: float
    modes: Weights
    population: Weights
    abroad: bool = True
    boat: bool = False


def _groups(rohingya: float, host: float, bangladeshi: float, foreign: float) -> Weights:
    return shares(
        codes.POPULATION_GROUP,
        rohingya_refugee=rohingya,
        host_community=host,
        other_bangladeshi=bangladeshi,
        other_foreign=foreign,
    )


#: Together: land .82, sea .14, air .04, inside the country .65; the groups add up to those of all.
WAYS = (
    Way("inside", 0.65, shares(codes.MODE, land=1), _groups(0.515, 0.397, 0.074, 0.014), False),
    Way("sea", 0.14, shares(codes.MODE, sea=1), _groups(0.85, 0.10, 0.03, 0.02), boat=True),
    Way("air", 0.04, shares(codes.MODE, air=1), _groups(0.15, 0.50, 0.30, 0.05)),
    Way(
        "overland", 0.155, shares(codes.MODE, land=0.97, mixed=0.03), _groups(0.5, 0.36, 0.1, 0.04)
    ),
    Way("river", 0.015, shares(codes.MODE, river=1), _groups(0.85, 0.15, 0, 0)),
)
#: Sea journeys from January to December; land is flat.
SEA_SEASON = (0.15, 0.13, 0.12, 0.08, 0.05, 0.01, 0.01, 0.01, 0.02, 0.09, 0.17, 0.16)
#: Assumed: size of a group on land. A boat holds about three times as many, up to ``LARGEST``.
GROUP_SIZES = (1, 2, 3, 6, 12, 25)
GROUP_SHARES = (0.72, 0.14, 0.07, 0.045, 0.02, 0.005)
LARGEST = 40
LATE = 0.10

#: Assumed: partner A works everywhere, B outside the camps, C mostly in them.
_PARTNER_OF_GROUP = np.array(
    [[0.40, 0.20, 0.40], [0.50, 0.35, 0.15], [0.45, 0.55, 0.0], [0.50, 0.50, 0.0], [1.0, 0.0, 0.0]]
)
_VERIFICATION = shares(
    codes.VERIFICATION, verified=0.66, unverified=0.20, pending=0.13, rejected=0.01
)


@dataclass(frozen=True)
class Incidents:
    """Incidents in the order in which they are reported; every array has one element for each.

    Attributes:
        way: Position in ``WAYS``.
        size: Identified people.
        month, report_month: Months since the start of the plan.
        day, report_day: Days of those months, 1 to 28.
        partner: Position in ``PARTNERS``.
        population: Position in the population groups; most of its people belong to it.
        home: Spot where the people were recruited.
        recruitment: The same as it was reported: sometimes coarser, NONE where not recorded.
        verification: Position in its code list, NONE where not recorded.
        persons_count: People the report speaks of, NONE where not recorded.
        dead_or_missing: People dead or missing, NONE where not recorded.
    """

    way: Codes
    size: Codes
    month: Codes
    report_month: Codes
    day: Codes
    report_day: Codes
    partner: Codes
    population: Codes
    home: Numbers
    recruitment: Numbers
    verification: Codes
    persons_count: Codes
    dead_or_missing: Codes

    def __len__(self) -> int:
        return len(self.way)

    @property
    def abroad(self) -> Mask:
        """Whether a border is crossed."""
        return np.array([way.abroad for way in WAYS])[self.way]

    @property
    def at_sea(self) -> Mask:
        """Whether it goes by sea."""
        return np.array([way.boat for way in WAYS])[self.way]


def make_incidents(rng: np.random.Generator, plan: Plan, world: World) -> Incidents:
    """Incidents whose people add up to the plan's."""
    way, size = _ways_and_sizes(rng, plan.people)
    count = len(way)
    month = _months(rng, plan, way)
    lag = np.where(chance(rng, LATE, count), rng.integers(1, 4, count), 0)
    report_month = np.minimum(month + lag, plan.months - 1).astype(np.int16)
    order = np.lexsort((rng.random(count), report_month))
    way, size, month, report_month = way[order], size[order], month[order], report_month[order]

    day = rng.integers(1, 29, count).astype(np.int16)
    report_day = np.where(
        report_month == month, rng.integers(day, 29), rng.integers(1, 29, count)
    ).astype(np.int16)
    population = draw_by(rng, [entry.population for entry in WAYS], way)
    boat = np.array([entry.boat for entry in WAYS])[way]
    unseen = np.where(chance(rng, 0.2, count), rng.integers(1, 4, count), 0) + boat * rng.integers(
        0, 6, count
    )
    home = _homes(rng, plan, world, population, month)
    lost = np.where(boat & chance(rng, 0.06, count), rng.integers(1, 9, count), 0)
    return Incidents(
        way,
        size,
        month,
        report_month,
        day,
        report_day,
        draw_by(rng, _PARTNER_OF_GROUP, population),
        population,
        home,
        _reported(rng, world, home),
        _blank(rng, draw(rng, _VERIFICATION, count), 0.05),
        _blank(rng, (size + unseen + lost).astype(np.int16), 0.12),
        _blank(rng, lost.astype(np.int16), 0.08),
    )


def _ways_and_sizes(rng: np.random.Generator, people: int) -> tuple[Codes, Codes]:
    goals = np.floor(np.array([way.share for way in WAYS]) * people).astype(int)
    goals[0] += people - goals.sum()
    sizes = [_sizes(rng, int(goal), way.boat) for goal, way in zip(goals, WAYS, strict=True)]
    ways = np.repeat(np.arange(len(WAYS)), [len(entry) for entry in sizes])
    return ways.astype(np.int16), np.concatenate(sizes)


def _sizes(rng: np.random.Generator, people: int, boat: bool) -> Codes:
    """Sizes of groups that add up to so many people; the last group takes the rest."""
    sizes = np.array(GROUP_SIZES, dtype=np.int16)[draw(rng, GROUP_SHARES, people)]
    if boat:
        sizes = np.minimum(sizes * 3 - rng.integers(0, 3, people), LARGEST).astype(np.int16)
    total = np.cumsum(sizes)
    kept = sizes[: int(np.searchsorted(total, people)) + 1]
    if people:
        kept[-1] -= int(kept.sum()) - people
    return kept


def _months(rng: np.random.Generator, plan: Plan, way: Codes) -> Codes:
    season = np.array([SEA_SEASON[month.month - 1] for month in plan.span])
    flat = np.ones(plan.months)
    return draw_by(rng, [season if entry.boat else flat for entry in WAYS], way)


def _homes(
    rng: np.random.Generator, plan: Plan, world: World, population: Codes, month: Codes
) -> Numbers:
    """Refugees in camps, hosts in the upazilas around them, others anywhere in the country."""
    town_weights = world.town_weights(rng)
    areas = (
        (world.camps, world.camp_weights),
        (world.upazilas, world.upazila_weights),
        (world.towns, town_weights),
        (world.upazilas, world.upazila_weights),
        (world.towns, town_weights),
    )
    homes = np.full(len(population), NONE, dtype=np.int32)
    for group, (spots, weights) in enumerate(areas):
        among = population == group
        homes[among] = world.recruitment(rng, spots, weights, month[among], plan.months)
    return homes


def _blank(rng: np.random.Generator, values: Codes, share: float) -> Codes:
    return np.where(chance(rng, share, len(values)), np.int16(NONE), values)


def _reported(rng: np.random.Generator, world: World, home: Numbers) -> Numbers:
    """Places as reports give them: some name only the area around, some name none."""
    level = np.array([spot.level for spot in world.spots])[home]
    coarse = chance(rng, np.where(level == "camp", 0.06, 0.2), len(home))
    return np.where(
        chance(rng, 0.08, len(home)), NONE, np.where(coarse, world.parent[home], home)
    ).astype(np.int32)
