"""What follows from the invented people: incidents, legs, journeys, referrals, later classes.

All of it happens to the same people, so that an attacker can put several facts together.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dashboard.model import codes
from dashboard.model.facts import (
    ENDINGS,
    INCIDENTS,
    JOURNEYS,
    LEGS,
    MEMBER_FACTS,
    PEOPLE,
    RECLASSIFICATIONS,
    REQUESTS,
)
from tests.attack.events import SLOTS, Events, Ints
from tests.attack.invented import country
from tests.attack.invented.country import DISTRICTS, PLACES, UPAZILAS
from tests.attack.invented.draws import Draws, by_row, code
from tests.attack.invented.population import Arriving, Population, events_of, identified

_SERVICES = (
    *(0.20, 0.24, 0.12, 0.05, 0.08, 0.14, 0.01, 0.06, 0.04, 0.02),
    *(0.08, 0.01, 0.05, 0.03, 0.02, 0.01, 0.01, 0.01, 0.005, 0.015),
)
_ASKING = (0.12, 0.18, 0.30, 0.12, 0.03, 0.06, 0.02, 0.08, 0.03, 0.01, 0.03, 0.01, 0.01)
_ASKED = (0.15, 0.25, 0.30, 0.02, 0, 0.03, 0.02, 0.10, 0.02, 0, 0.05, 0.06, 0)
_ASKED_FOR_LAW = (0, 0.10, 0.20, 0, 0, 0, 0.05, 0, 0.50, 0.05, 0.05, 0.05, 0)
#: What legs and journeys take from their person.
_OF_A_WAY = (
    *("mode", "corridor", "class", "class_group"),
    *("sex", "age_band", "is_child", "population_group", "legal_status"),
)
_STATUS = (0.12, 0.14, 0.07, 0.62, 0.05)


def population(per_month: int, years: int, seed: int) -> Population:
    """People of some years, about so many a month, and everything that follows."""
    draws = Draws(seed)
    people = identified(draws, per_month, 12 * years)
    requests = _requests(draws, people)
    facts = {
        PEOPLE.id: people, INCIDENTS.id: _incidents(draws, people), LEGS.id: _legs(draws, people),
        JOURNEYS.id: _journeys(people), REQUESTS.id: requests,
        ENDINGS.id: _endings(draws, requests),
        RECLASSIFICATIONS.id: _reclassifications(draws, people),
    }  # fmt: skip
    return Population(12 * years, {fact.id: facts[fact.id] for fact in MEMBER_FACTS})


def _incidents(draws: Draws, people: Arriving) -> Arriving:
    """One incident for each group of people, told when the first of them is."""
    events = people.events
    first = np.flatnonzero(np.r_[True, people.incident[1:] != people.incident[:-1]])
    lead, count = events.where(first), len(first)
    same = ("place", "place_role", "mode", "scope", "corridor", "destination")
    column = {name: lead.columns[name] for name in same}
    for name, mixed in (
        ("class", code(codes.CLASS_OR_MIXED, "mixed")),
        ("class_group", code(codes.CLASS_GROUP_OR_MIXED, "mixed")),
    ):
        least = np.minimum.reduceat(events.columns[name], first)
        most = np.maximum.reduceat(events.columns[name], first)
        column[name] = np.where(least == most, least, mixed)
    column["verification"] = draws.one((0.7, 0.15, 0.12, 0.03), count)
    column["dead_or_missing_band"] = draws.one((0.80, 0.08, 0.04, 0.01, 0, 0.07), count)
    column["route"] = np.where(draws.yes(0.3, count), draws.one((0.5, 0.3, 0.2), count), -1)
    return Arriving(
        events_of(INCIDENTS, lead.months, column), np.minimum.reduceat(people.arrival, first),
        people.partner[first], people.person[first], people.incident[first],
    )  # fmt: skip


def _requests(draws: Draws, people: Arriving) -> Arriving:
    """Referrals requested, about three for each person."""
    told = people.events
    who = np.repeat(np.arange(len(told)), draws.random.poisson(3, len(told)))
    count, person = len(who), told.where(who)
    service = draws.one(_SERVICES, count)
    woman = (person.columns["sex"] == 0) & draws.yes(0.1, count)
    service[woman] = code(codes.SERVICE, "gbv_services")
    child = (person.columns["is_child"] == 0) & draws.yes(0.3, count)
    service[child] = code(codes.SERVICE, "child_protection")
    law = service == code(codes.SERVICE, "legal_aid")
    same = ("population_group", "sex", "is_child", "class", "class_group", "mode", "corridor")
    column = {name: person.columns[name] for name in same} | {
        "place": _upazilas()[person.columns["place"]],
        "service": service,
        "step": np.minimum(np.arange(count) - np.searchsorted(who, who), 2),
        "priority": draws.one((0.1, 0.3, 0.6), count),
        "from_agency_type": draws.one(_ASKING, count),
        "to_agency_type": draws.one(by_row(law, _ASKED_FOR_LAW, _ASKED), count),
    }
    lag = draws.one((0.6, 0.25, 0.1, 0.05), count)
    return Arriving(
        events_of(REQUESTS, person.months + lag, column), people.arrival[who] + lag,
        people.partner[who], people.person[who], people.incident[who],
    )  # fmt: skip


def _upazilas() -> Ints:
    """Number of the upazila of each place, or of the place itself where it lies in none."""
    above = [country.areas(place).get("upazila", place) for place in PLACES]
    return np.array([country.number(area) for area in above])


def _endings(draws: Draws, requests: Arriving) -> Arriving:
    """Endings of the referrals that end; the others are still open."""
    status = draws.one(_STATUS, len(requests.events))
    ends = [code(codes.REFERRAL_STATUS, value) for value in codes.ENDED_STATUSES]
    chosen = np.flatnonzero(np.isin(status, ends))
    ended, status, count = requests.where(chosen), status[chosen], len(chosen)
    done = status == code(codes.REFERRAL_STATUS, "done")
    refused = status == code(codes.REFERRAL_STATUS, "rejected")
    reasons = by_row(refused, (0.3, 0.4, 0.1, 0.1, 0.1), (0.4, 0.1, 0.1, 0.1, 0.3))
    served = draws.one((0.20, 0.15, 0.25, 0.25, 0.15), count)
    later = draws.one((0.5, 0.3, 0.15, 0.05), count)
    month = ended.events.months + later
    column = dict(ended.events.columns) | {
        "status": status,
        "no_service_reason": np.where(done, -1, draws.one(reasons, count)),
        "response_band": draws.one((0.40, 0.15, 0.20, 0.15, 0.10), count),
        "service_band": np.where(done, served, -1),
        "lag_quarters": np.minimum(month // 3 - ended.events.months // 3, 2),
    }
    events = events_of(ENDINGS, month, column)
    return replace(ended, events=events, arrival=ended.arrival + later)


def _legs(draws: Draws, people: Arriving) -> Arriving:
    """One leg for each person; a second for who crosses a border and for some others."""
    events = people.events
    crossing = events.columns["scope"] == 1
    two = crossing | draws.yes(0.3, len(events))
    who = np.repeat(np.arange(len(events)), 1 + two)
    second = np.r_[False, who[1:] == who[:-1]]
    first = ~second & two[who]
    person = events.where(who)
    hubs = np.array([country.number(place) for place in DISTRICTS[:6]])
    hub = hubs[draws.one((0.4, 0.25, 0.15, 0.1, 0.05, 0.05), len(events))][who]
    inside = np.array([country.number(place) for place in (*UPAZILAS, *DISTRICTS)])
    near = inside[np.minimum(draws.random.zipf(1.6, len(events)), len(inside)) - 1][who]
    end = np.where(crossing[who], person.columns["destination"], near)
    finished = draws.one((0.45, 0.40, 0.05, 0.10), len(who))
    roles = [code(codes.LEG_ROLE, r) for r in ("to_exploitation", "recruitment_to_transit")]
    column = {name: person.columns[name] for name in _OF_A_WAY}
    column |= {
        "from_place": np.where(second, hub, person.columns["place"]),
        "to_place": np.where(first, hub, end),
        "leg_role": np.array(roles)[first.astype(np.int64)],
        "completed": np.where(first, code(codes.COMPLETED, "completed"), finished),
    }
    return _in_quarters(people.where(who), events_of(LEGS, person.months, column))


def _journeys(people: Arriving) -> Arriving:
    """The whole way of each person."""
    events = people.events
    column = {name: events.columns[name] for name in _OF_A_WAY}
    column |= {
        "origin": events.columns["place"],
        "transit": np.full((len(events), SLOTS), -1),
        "destination": events.columns["destination"],
    }
    return _in_quarters(people, events_of(JOURNEYS, events.months, column))


def _reclassifications(draws: Draws, people: Arriving) -> Arriving:
    """A tenth of the people are given another class some months later."""
    part = people.where(np.flatnonzero(draws.yes(0.1, len(people.events))))
    count, before = len(part.events), part.events.columns["class"]
    step = draws.random.integers(1, len(codes.CLASS.values), count)
    later = draws.random.integers(1, 6, count)
    bands = [code(codes.DECISION_BAND, b) for b in ("within_1", "2_3", "2_3", "4_6", "4_6")]
    column = {
        "from_class": before,
        "to_class": (before + step) % len(codes.CLASS.values),
        "decision_band": np.array(bands)[later - 1],
    }
    changed = replace(part, arrival=part.arrival + later)
    return _in_quarters(changed, events_of(RECLASSIFICATIONS, part.events.months + later, column))


def _in_quarters(told: Arriving, events: Events) -> Arriving:
    """Events of a fact whose own period is the quarter."""
    return replace(told, events=replace(events, months=events.months - events.months % 3))
