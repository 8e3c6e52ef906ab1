"""Invented referrals: about three for each person of a partner who keeps them, each to one service.

Every share and every duration here is assumed. Days count from the first day of the plan; what
would lie after its last day has not happened yet, so such a referral is still open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
from tools.sample.incidents import Incidents
from tools.sample.people import CHILD, FEMALE, People
from tools.sample.streams import PARTNERS, REFERRING
from tools.sample.world import HOST_DISTRICT, Plan, World

PER_PERSON = 3.0
STATUS = {code: position(codes.REFERRAL_STATUS, code) for code in codes.REFERRAL_STATUS.values}
SERVICE = {code: position(codes.SERVICE, code) for code in codes.SERVICE.values}

_SERVICES = shares(
    codes.SERVICE,
    case_management=0.20, psychosocial=0.24, health=0.12, mental_health=0.05, safe_shelter=0.08,
    legal_aid=0.14, police_protection=0.01, child_protection=0.06, gbv_services=0.04,
    family_tracing=0.02, livelihoods=0.08, education=0.01, cash=0.05, relief_items=0.03,
    food=0.02, shelter_housing=0.01, documentation=0.01, return_and_reintegration=0.01,
    international_protection=0.005, other=0.015,
)  # fmt: skip
_STATUS = shares(
    codes.REFERRAL_STATUS, in_progress=0.11, accepted=0.13, rejected=0.07, done=0.64, revoked=0.05
)
_REASONS = np.array(
    [
        shares(codes.NO_SERVICE_REASON, declined_by_person=0.3, service_unavailable=0.4,
               already_received=0.1, not_applicable=0.1, lost_contact=0.1),
        shares(codes.NO_SERVICE_REASON, declined_by_person=0.4, service_unavailable=0.1,
               already_received=0.1, not_applicable=0.1, lost_contact=0.3),
    ]
)  # fmt: skip
_PRIORITY = shares(codes.PRIORITY, emergency_24h=0.1, urgent_72h=0.3, normal_2w=0.6)
_FROM = shares(
    codes.AGENCY_TYPE,
    un=0.12, international_ngo=0.18, national_ngo=0.30, police=0.12, border_or_coast_guard=0.03,
    camp_administration=0.06, district_counter_trafficking_committee=0.02, health=0.08,
    legal_aid=0.03, court=0.01, social_welfare=0.03, shelter=0.01, other=0.01,
)  # fmt: skip
_TO = np.array(
    [
        shares(codes.AGENCY_TYPE, un=0.15, international_ngo=0.25, national_ngo=0.30, police=0.02,
               camp_administration=0.03, district_counter_trafficking_committee=0.02, health=0.10,
               legal_aid=0.02, social_welfare=0.05, shelter=0.06),
        shares(codes.AGENCY_TYPE, international_ngo=0.1, national_ngo=0.2,
               district_counter_trafficking_committee=0.05, legal_aid=0.5, court=0.05,
               social_welfare=0.05, shelter=0.05),
    ]
)  # fmt: skip
#: First and last day of each band of time taken, and the shares of responses and of services.
_BANDS = ((0, 1), (2, 3), (4, 5), (6, 14), (15, 30), (31, 90))
_RESPONSES = (0.40, 0.15, 0.20, 0.15, 0.08, 0.02)
_SERVICES_AFTER = (0.20, 0.15, 0.25, 0.25, 0.11, 0.04)


@dataclass(frozen=True)
class Referrals:
    """Referrals in the order of their people; every array has one element for each.

    Attributes:
        person: Position of the person.
        number: Number of the referral within the person, from 1 in order of request.
        requested: Day of the request, counted from the first day of the plan.
        days_to_response, days_to_service: Days, NONE while there is none.
        ended: Day of the ending, NONE while open.
        place: Spot: the district in which the service was asked for.
        consent: Position in its code list.
        shared: 1 where the person agreed to be counted, 0 where not, NONE where not asked.
    """

    person: Numbers
    number: Numbers
    requested: Numbers
    days_to_response: Numbers
    days_to_service: Numbers
    ended: Numbers
    service: Codes
    priority: Codes
    status: Codes
    reason: Codes
    from_agency: Codes
    to_agency: Codes
    place: Numbers
    consent: Codes
    shared: Codes

    def __len__(self) -> int:
        return len(self.person)

    @property
    def step(self) -> Codes:
        """Position in the steps: first, second, later."""
        return np.minimum(self.number - 1, 2).astype(np.int16)


def make_referrals(
    rng: np.random.Generator, plan: Plan, world: World, incidents: Incidents, people: People
) -> Referrals:
    """Referrals of all people, as far as they were requested within the plan."""
    last_day = (plan.until.plus(1).first_day - plan.span.start.first_day).days - 1
    person, requested = _requests(rng, plan, incidents, people, last_day)
    count = len(person)
    child = people.is_child[person] == CHILD
    service = draw(rng, _SERVICES, count)
    violence = (people.sex[person] == FEMALE) & chance(rng, 0.1, count)
    service = np.where(violence, np.int16(SERVICE["gbv_services"]), service)
    service = np.where(
        child & chance(rng, 0.3, count), np.int16(SERVICE["child_protection"]), service
    )
    status = draw(rng, _STATUS, count)
    response, served, ended = _times(rng, status, requested)
    still_open = (ended > last_day) & (ended != NONE)
    status = np.where(still_open, np.int16(STATUS["accepted"]), status)
    unanswered = (response == NONE) | (requested + response > last_day)
    status = np.where(
        unanswered & (status == STATUS["accepted"]), np.int16(STATUS["in_progress"]), status
    )
    refused = np.isin(status, (STATUS["rejected"], STATUS["revoked"]))
    reason = draw_by(rng, _REASONS, (status == STATUS["revoked"]).astype(np.int16))
    legal = (service == SERVICE["legal_aid"]).astype(np.int16)
    return Referrals(
        person=person,
        number=_numbers(person),
        requested=requested,
        days_to_response=np.where(unanswered, np.int32(NONE), response),
        days_to_service=np.where(status == STATUS["done"], served, np.int32(NONE)),
        ended=np.where(still_open, np.int32(NONE), ended),
        service=service,
        priority=draw(rng, _PRIORITY, count),
        status=status,
        reason=np.where(refused, reason, np.int16(NONE)),
        from_agency=forget(rng, draw(rng, _FROM, count), 0.03),
        to_agency=forget(rng, draw_by(rng, _TO, legal), 0.03),
        place=_districts(rng, world, incidents.home[people.incident[person]]),
        consent=_consent(rng, child),
        shared=forget(rng, chance(rng, 0.95, count).astype(np.int16), 0.05),
    )


def _requests(
    rng: np.random.Generator, plan: Plan, incidents: Incidents, people: People, last_day: int
) -> tuple[Numbers, Numbers]:
    """Person and day of each request until the last day, in the order of people and days."""
    start = plan.span.start
    month_starts = np.array(
        [(month.first_day - start.first_day).days for month in plan.span], dtype=np.int32
    )
    incident_day = (month_starts[incidents.month] + incidents.day - 1)[people.incident]
    keeps_referrals = np.isin(incidents.partner, [PARTNERS.index(name) for name in REFERRING])
    how_many = rng.poisson(PER_PERSON * keeps_referrals[people.incident])
    person = np.repeat(np.arange(len(people), dtype=np.int32), how_many)
    months_later = draw(rng, (0.60, 0.25, 0.10, 0.05), len(person)).astype(np.int32)
    requested = incident_day[person] + months_later * 30 + rng.integers(0, 28, len(person))
    order = np.lexsort((requested, person))
    within = order[requested[order] <= last_day]
    return person[within], requested[within].astype(np.int32)


def _times(
    rng: np.random.Generator, status: Codes, requested: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Days to response (or NONE), to service if there is one, and day of the ending (or NONE)."""
    count = len(status)
    served = _days(rng, _SERVICES_AFTER, count)
    response = np.minimum(_days(rng, _RESPONSES, count), served)
    withdrawn = response + rng.integers(0, 40, count).astype(np.int32)
    silent: Mask = (status == STATUS["revoked"]) & chance(rng, 0.3, count)
    ended = np.select(
        [status == STATUS["done"], status == STATUS["rejected"], status == STATUS["revoked"]],
        [requested + served, requested + response, requested + withdrawn],
        NONE,
    ).astype(np.int32)
    no_answer = silent | (status == STATUS["in_progress"])
    return np.where(no_answer, np.int32(NONE), response), served, ended


def _days(rng: np.random.Generator, weights: tuple[float, ...], count: int) -> Numbers:
    """Durations in days, drawn from ``_BANDS`` by their weights."""
    low, high = (np.array(column) for column in zip(*_BANDS, strict=True))
    band = draw(rng, weights, count)
    return rng.integers(low[band], high[band] + 1).astype(np.int32)


def _numbers(person: Numbers) -> Numbers:
    """Number of each referral among those of its person, from 1."""
    first: NDArray[np.int64] = np.searchsorted(person, person, side="left")
    return (np.arange(len(person)) - first + 1).astype(np.int32)


def _districts(rng: np.random.Generator, world: World, home: Numbers) -> Numbers:
    """The district of recruitment, or now and then the one where most services are."""
    names = {spot.name: i for i, spot in enumerate(world.spots) if spot.level == "district"}
    district = np.array([names.get(spot.district, NONE) for spot in world.spots], dtype=np.int32)
    host = np.int32(world.at(HOST_DISTRICT))
    return np.where(chance(rng, 0.15, len(home)), host, district[home])


def _consent(rng: np.random.Generator, child: Mask) -> Codes:
    """Consent of each person: given, best interests for some children, for a few unknown."""
    consent = {code: position(codes.CONSENT, code) for code in codes.CONSENT.values}
    best = chance(rng, np.where(child, 0.4, 0.01), len(child))
    consents = np.where(best, np.int16(consent["best_interests"]), np.int16(consent["given"]))
    return forget(rng, consents, 0.02, consent["unknown"])
