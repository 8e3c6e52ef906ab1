"""Invented journeys: where an incident leads, through which corridor, and how it ended.

Corridors agree with destination and transport: a boat goes over the Bay of Bengal, nobody who
stays in the country crosses a border. Shares of corridors are assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.model import codes
from tools.sample.draws import (
    NONE,
    Codes,
    Mask,
    Numbers,
    chance,
    draw,
    draw_by,
    forget,
    position,
    shares,
)
from tools.sample.incidents import WAYS, Incidents
from tools.sample.streams import STREAMS
from tools.sample.world import World

INTERCEPTED = position(codes.COMPLETED, "intercepted")
COMPLETED = position(codes.COMPLETED, "completed")
RETURNED = position(codes.COMPLETED, "returned")
_MODE_UNKNOWN = position(codes.MODE, "unknown")
_CORRIDOR_UNKNOWN = position(codes.CORRIDOR, "unknown")
_LAND = position(codes.MODE, "land")


@dataclass(frozen=True)
class Passage:
    """A corridor as one way of travelling uses it.

    Attributes:
        way: Name of the way.
        corridor: Code of the corridor.
        share: Weight within the way.
        destinations: Weights over countries and cities abroad by code.
        gate: Place in Bangladesh through which it leads.
    """

    way: str
    corridor: str
    share: float
    destinations: dict[str, float]
    gate: str


TEKNAF, DHAKA_DISTRICT, CHATTOGRAM = "BD20220090", "BD3026", "BD2015"
INDIA = {"INCCU": 0.4, "INBOM": 0.2, "INDEL": 0.1, "IN": 0.3}
PASSAGES = (
    Passage("sea", "bay_of_bengal_andaman", 1.0, {"MY": 0.7, "ID": 0.2, "TH": 0.1}, TEKNAF),
    Passage("air", "air_gulf", 0.7, {"SA": 0.6, "AE": 0.25, "OM": 0.15}, DHAKA_DISTRICT),
    Passage("air", "air_north_africa_europe", 0.1, {"LY": 0.7, "IT": 0.3}, DHAKA_DISTRICT),
    Passage("air", "air_southeast_asia", 0.2, {"MY": 1}, DHAKA_DISTRICT),
    Passage("overland", "bd_india_southwest", 0.57, INDIA, "BD40410090"),
    Passage("overland", "hill_tracts_myanmar", 0.22, {"MM": 1}, "BD2003"),
    Passage("overland", "bd_nepal", 0.14, {"NP": 1}, "BD55770090"),
    Passage("overland", "other", 0.07, {"PK": 1}, "BD4087"),
    Passage("river", "naf_river", 1.0, {"MM": 1}, TEKNAF),
)
#: Assumed: share of journeys of refugees inside the country that stay within the camps.
WITHIN_CAMPS = 0.3

_ENDS = shares(codes.COMPLETED, completed=0.45, intercepted=0.40, returned=0.05, unknown=0.10)
_VEHICLES = np.array(
    [
        shares(codes.MODE_DETAIL, foot=0.2, bus=0.4, car=0.25, truck=0.1, rail=0.05),
        shares(codes.MODE_DETAIL, small_boat=0.9, ferry=0.1),
        shares(codes.MODE_DETAIL, trawler=0.6, small_boat=0.25, large_vessel=0.15),
        shares(codes.MODE_DETAIL, plane=1),
        shares(codes.MODE_DETAIL, foot=0.5, small_boat=0.2, bus=0.3),
        shares(codes.MODE_DETAIL, foot=1),
    ]
)
_AUTHORITY_ON_LAND = shares(
    codes.RESCUING_AUTHORITY,
    police=0.25,
    armed_police_battalion=0.15,
    rapid_action_battalion=0.08,
    border_guard=0.08,
    coast_guard=0.01,
    army=0.02,
    ngo_or_un=0.20,
    community_or_family=0.12,
    self_escaped=0.05,
    foreign_authority=0.01,
    unknown=0.03,
)
_AUTHORITY_AT_SEA = shares(
    codes.RESCUING_AUTHORITY,
    police=0.10,
    armed_police_battalion=0.05,
    rapid_action_battalion=0.03,
    border_guard=0.10,
    coast_guard=0.35,
    navy=0.10,
    army=0.02,
    ngo_or_un=0.05,
    community_or_family=0.05,
    self_escaped=0.05,
    foreign_authority=0.05,
    unknown=0.05,
)


@dataclass(frozen=True)
class Journeys:
    """The way of each incident's people; one element for each incident.

    Attributes:
        mode, corridor: Positions in their code lists, "unknown" where not recorded.
        vehicle: Position in the means of transport, NONE where not recorded.
        crosses: 1 where a border is crossed, 0 where not, NONE where not recorded.
        gate: Spot of transit, NONE where the journey has a single leg.
        destination: Spot of intended destination.
        intercepted_at: Spot of interception, NONE where there was none or it is not known.
        exploited_at: Spot of exploitation, NONE where it is not known.
        end: Position in the ends of a leg.
        authority: Position in the rescuing authorities, NONE where not recorded.
    """

    mode: Codes
    corridor: Codes
    vehicle: Codes
    crosses: Codes
    gate: Numbers
    destination: Numbers
    intercepted_at: Numbers
    exploited_at: Numbers
    end: Codes
    authority: Codes


def make_journeys(rng: np.random.Generator, world: World, incidents: Incidents) -> Journeys:
    """A journey for each incident."""
    count = len(incidents)
    corridor, destination, gate = _passages(rng, world, incidents)
    _stay_inside(rng, world, incidents, corridor, destination, gate)
    _follow_streams(rng, world, incidents, corridor, destination, gate)
    mode = draw_by(rng, [way.modes for way in WAYS], incidents.way)
    end = draw(rng, _ENDS, count)
    has_gate = np.where(incidents.abroad, chance(rng, 0.85, count), chance(rng, 0.25, count))
    has_gate &= (gate != incidents.home) & (gate != destination)
    # The national list names districts: who lives in that of the gate has no leg to it.
    has_gate &= ~incidents.national | (world.parent[gate] != world.parent[incidents.home])
    authority = draw_by(
        rng, [_AUTHORITY_ON_LAND, _AUTHORITY_AT_SEA], incidents.at_sea.astype(np.int16)
    )
    intercepted_at = np.where(incidents.abroad, gate, incidents.home)
    at_sea = incidents.at_sea & chance(rng, 0.4, count)
    intercepted_at = np.where(at_sea, world.at("SEA-BOB"), intercepted_at)
    is_place_known = (end == INTERCEPTED) & chance(rng, 0.85, count)
    is_end_known = np.isin(end, (COMPLETED, RETURNED)) & chance(rng, 0.7, count)
    return Journeys(
        mode=forget(rng, mode, 0.05, _MODE_UNKNOWN),
        corridor=forget(rng, corridor, 0.08, _CORRIDOR_UNKNOWN),
        vehicle=forget(rng, draw_by(rng, _VEHICLES, mode), 0.25),
        crosses=np.where(
            ~incidents.abroad & chance(rng, 0.06, count), np.int16(NONE), incidents.abroad
        ),
        gate=_where_known(gate, has_gate),
        destination=_where_known(destination, chance(rng, 0.9, count)),
        intercepted_at=_where_known(intercepted_at, is_place_known),
        exploited_at=_where_known(destination, is_end_known),
        end=end,
        authority=forget(rng, authority, 0.12),
    )


def _passages(
    rng: np.random.Generator, world: World, incidents: Incidents
) -> tuple[Codes, Numbers, Numbers]:
    """Corridor, destination and gate of the journeys that cross a border."""
    count = len(incidents)
    corridor = np.full(count, _CORRIDOR_UNKNOWN, dtype=np.int16)
    destination, gate = np.full(count, NONE, np.int32), np.full(count, NONE, np.int32)
    for number, way in enumerate(WAYS):
        passages = [passage for passage in PASSAGES if passage.way == way.name]
        among = np.flatnonzero(incidents.way == number)
        if not passages:
            continue
        chosen = draw(rng, [passage.share for passage in passages], len(among))
        for index, passage in enumerate(passages):
            travellers = among[chosen == index]
            countries = world.indices(*passage.destinations)
            weights = list(passage.destinations.values())
            corridor[travellers] = position(codes.CORRIDOR, passage.corridor)
            destination[travellers] = countries[draw(rng, weights, len(travellers))]
            gate[travellers] = world.at(passage.gate)
    return corridor, destination, gate


def _stay_inside(
    rng: np.random.Generator,
    world: World,
    incidents: Incidents,
    corridor: Codes,
    destination: Numbers,
    gate: Numbers,
) -> None:
    """Fill in, in place, the journeys that stay in the country."""
    inside = np.flatnonzero(~incidents.abroad)
    refugees = incidents.population[inside] == position(codes.POPULATION_GROUP, "rohingya_refugee")
    local = refugees & chance(rng, WITHIN_CAMPS, len(inside))
    camps = world.camps[draw(rng, world.camp_weights, len(inside))]
    corridor[inside] = np.where(
        local, position(codes.CORRIDOR, "camp_internal"), position(codes.CORRIDOR, "bd_internal")
    )
    destination[inside] = np.where(local, camps, world.destinations(rng, len(inside)))
    gate[inside] = np.where(local, NONE, world.at(CHATTOGRAM))


def _follow_streams(
    rng: np.random.Generator,
    world: World,
    incidents: Incidents,
    corridor: Codes,
    destination: Numbers,
    gate: Numbers,
) -> None:
    """Fill in, in place, the journeys of the streams."""
    for number, stream in enumerate(STREAMS):
        among = np.flatnonzero(incidents.stream == number)
        ends = world.indices(*stream.destinations)
        corridor[among] = position(codes.CORRIDOR, stream.corridor)
        destination[among] = ends[draw(rng, [*stream.destinations.values()], len(among))]
        gate[among] = world.at(stream.gate) if stream.gate else NONE


def _where_known(spots: Numbers, is_known: Mask) -> Numbers:
    return np.where(is_known, spots, np.int32(NONE))


def first_leg_mode(journeys: Journeys) -> Codes:
    """Transport of the leg to the gate: by land, unless the whole journey is by river."""
    return np.where(journeys.mode == position(codes.MODE, "river"), journeys.mode, np.int16(_LAND))
