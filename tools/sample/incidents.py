"""Invented incidents: how many people each holds, when it happened and who reports it.

Ways of travelling come first, because a boat holds more people than a bus and leaves in another
season. What changes over time stands in ``streams``, where an incident leads in ``journeys``, its
people in ``people``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.model import codes
from tools.sample.draws import NONE, Codes, Mask, Numbers, Weights, chance, draw, draw_by, shares
from tools.sample.streams import (
    GROUP_SIZES,
    GROUPS,
    NATIONAL,
    PARTNERS,
    SILENT_MONTHS,
    SMALL,
    STOPPING,
    STREAMS,
    Stream,
    people_of_streams,
)
from tools.sample.world import Plan, World


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
    """Weights over the codes of ``population_group``."""
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
#: Assumed: a boat holds about three times as many as a group on land, up to so many.
LARGEST = 40
#: Assumed: share of incidents that are reported one to three months late.
LATE = 0.10
#: Assumed: cases a month of each of the two small partners, at most.
SMALL_CASES = 2

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
        stream: Position in ``STREAMS``, NONE for who is shared out as published figures say.
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
    stream: Codes
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

    @property
    def national(self) -> Mask:
        """Whether it stands in the national line list."""
        return self.partner == PARTNERS.index(NATIONAL)


#: Incidents before anybody reports them: arrays of ``Incidents`` by name.
_Sampled = dict[str, NDArray[Any]]


def make_incidents(rng: np.random.Generator, plan: Plan, world: World) -> Incidents:
    """Incidents whose people add up to the plan's."""
    people = people_of_streams(plan.people, plan.months)
    parts = [_shared_out(rng, plan, world, plan.people - sum(people))]
    for number, count in enumerate(people):
        parts.append(_of_stream(rng, plan, world, number, count))
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return _with_small_partners(plan, _with_reports(rng, plan, world, whole))


def _shared_out(rng: np.random.Generator, plan: Plan, world: World, people: int) -> _Sampled:
    """Incidents of so many people, whose ways and groups are as published figures say."""
    way, size = _ways_and_sizes(rng, people)
    month = _months(rng, plan, way)
    population = draw_by(rng, [entry.population for entry in WAYS], way)
    return {
        "way": way,
        "stream": np.full(len(way), NONE, dtype=np.int16),
        "size": size,
        "month": month,
        "partner": draw_by(rng, _PARTNER_OF_GROUP, population),
        "population": population,
        "home": _homes(rng, plan, world, population, month),
    }


def _of_stream(
    rng: np.random.Generator, plan: Plan, world: World, index: int, people: int
) -> _Sampled:
    """So many people of the stream at an index."""
    stream = STREAMS[index]
    size, month = _by_quarter(rng, plan, stream, people)
    count = len(size)
    partners = dict(stream.partners)
    homes, weights = _homes_of(rng, world, stream)
    return {
        "way": np.full(count, [way.name for way in WAYS].index(stream.way), dtype=np.int16),
        "stream": np.full(count, index, dtype=np.int16),
        "size": size,
        "month": month,
        "partner": draw(rng, [partners.get(name, 0.0) for name in PARTNERS], count),
        "population": draw(rng, stream.population, count),
        "home": homes[draw(rng, weights, count)],
    }


def _by_quarter(
    rng: np.random.Generator, plan: Plan, stream: Stream, people: int
) -> tuple[Codes, Codes]:
    """Sizes of the groups of a stream, which add up to so many people, and their months.

    Each quarter has the people that its rate gives it; their months in it are random.
    """
    rates = np.cumsum([stream.in_month(month) for month in reversed(range(plan.months))])
    people_until = people * rates // max(int(rates[-1]), 1)
    months = np.arange(plan.months)
    quarter = (plan.months - 1 - months) // 3
    people_in_month = np.diff(people_until, prepend=0)
    sizes, drawn_months = [np.zeros(0, np.int16)], [np.zeros(0, np.int16)]
    for quarter_number in np.unique(quarter)[::-1]:
        among = months[quarter == quarter_number]
        sizes.append(_sizes(rng, int(people_in_month[among].sum()), stream.sizes))
        drawn_months.append(rng.choice(among, len(sizes[-1])).astype(np.int16))
    return np.concatenate(sizes), np.concatenate(drawn_months)


def _with_reports(
    rng: np.random.Generator, plan: Plan, world: World, sampled: _Sampled
) -> Incidents:
    """Incidents in the order of their reports: some come late, some leave things out."""
    count = len(sampled["way"])
    lag = np.where(chance(rng, LATE, count), rng.integers(1, 4, count), 0)
    reported = np.minimum(sampled["month"] + lag, plan.months - 1).astype(np.int16)
    order = np.lexsort((rng.random(count), reported))
    columns = {name: values[order] for name, values in sampled.items()}
    month, size, report_month = columns["month"], columns["size"], reported[order]
    day = rng.integers(1, 29, count).astype(np.int16)
    report_day = np.where(
        report_month == month, rng.integers(day, 29), rng.integers(1, 29, count)
    ).astype(np.int16)
    boat = np.array([entry.boat for entry in WAYS])[columns["way"]]
    unseen = np.where(chance(rng, 0.2, count), rng.integers(1, 4, count), 0) + boat * rng.integers(
        0, 6, count
    )
    dead_or_missing = np.where(boat & chance(rng, 0.06, count), rng.integers(1, 9, count), 0)
    return Incidents(
        **columns,
        report_month=report_month,
        day=day,
        report_day=report_day,
        recruitment=_reported_places(rng, world, columns["home"]),
        verification=_leave_blank(rng, draw(rng, _VERIFICATION, count), 0.05),
        persons_count=_leave_blank(rng, (size + unseen + dead_or_missing).astype(np.int16), 0.12),
        dead_or_missing=_leave_blank(rng, dead_or_missing.astype(np.int16), 0.08),
    )


def _with_small_partners(plan: Plan, incidents: Incidents) -> Incidents:
    """Some of partner A's cases of each month are those of two small partners; one stops."""
    partner = incidents.partner.copy()
    of_a = (partner == PARTNERS.index("partner-a")) & (incidents.stream == NONE)
    reported_at_once = of_a & ~incidents.at_sea & (incidents.report_month == incidents.month)
    for month in range(plan.months):
        cases = np.flatnonzero(reported_at_once & (incidents.month == month))[: 3 * SMALL_CASES]
        # Of each three cases one becomes that of each small partner.
        partner[cases[::3]] = PARTNERS.index(SMALL)
        if month < plan.months - SILENT_MONTHS:
            partner[cases[1::3]] = PARTNERS.index(STOPPING)
    return replace(incidents, partner=partner)


def _ways_and_sizes(rng: np.random.Generator, people: int) -> tuple[Codes, Codes]:
    """Ways and sizes of groups that add up to so many people; rounding adds to the first way."""
    goals = np.floor(np.array([way.share for way in WAYS]) * people).astype(int)
    goals[0] += people - goals.sum()
    sizes = [
        _sizes(rng, int(goal), GROUPS, boat=way.boat) for goal, way in zip(goals, WAYS, strict=True)
    ]
    ways = np.repeat(np.arange(len(WAYS)), [len(entry) for entry in sizes])
    return ways.astype(np.int16), np.concatenate(sizes)


def _sizes(
    rng: np.random.Generator, people: int, weights: Sequence[float], *, boat: bool = False
) -> Codes:
    """Sizes of groups that add up to so many people; the last group takes the rest."""
    sizes = np.array(GROUP_SIZES, dtype=np.int16)[draw(rng, weights, people)]
    if boat:
        sizes = np.minimum(sizes * 3 - rng.integers(0, 3, people), LARGEST).astype(np.int16)
    total = np.cumsum(sizes)
    fitting = sizes[: int(np.searchsorted(total, people)) + 1]
    if people:
        fitting[-1] -= int(fitting.sum()) - people
    return fitting


def _months(rng: np.random.Generator, plan: Plan, way: Codes) -> Codes:
    """Months of incidents: evenly on land, by their season at sea."""
    season = np.array([SEA_SEASON[month.month - 1] for month in plan.span])
    flat = np.ones(plan.months)
    return draw_by(rng, [season if entry.boat else flat for entry in WAYS], way)


def _homes(
    rng: np.random.Generator, plan: Plan, world: World, population: Codes, month: Codes
) -> Numbers:
    """Refugees in camps, hosts in the upazilas around them, others anywhere in the country."""
    town_weights = world.town_weights(rng, world.district_weights)
    # In the order of the population groups.
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


def _homes_of(rng: np.random.Generator, world: World, stream: Stream) -> tuple[Numbers, Weights]:
    """Areas of a stream's homes with their weights; a district's is shared by its upazilas."""
    upazilas, districts = (
        np.array([stream.homes.get(world.spots[int(i)].code, 0.0) for i in indices])
        for indices in (world.upazilas, world.districts)
    )
    return (
        np.concatenate([world.upazilas, world.towns]),
        np.concatenate([upazilas, world.town_weights(rng, districts)]),
    )


def _leave_blank(rng: np.random.Generator, values: Codes, share: float) -> Codes:
    return np.where(chance(rng, share, len(values)), np.int16(NONE), values)


def _reported_places(rng: np.random.Generator, world: World, home: Numbers) -> Numbers:
    """Places as reports give them: some name only the area around, some name none."""
    level = np.array([spot.level for spot in world.spots])[home]
    coarse = chance(rng, np.where(level == "camp", 0.06, 0.2), len(home))
    return np.where(
        chance(rng, 0.08, len(home)), NONE, np.where(coarse, world.parent[home], home)
    ).astype(np.int32)
