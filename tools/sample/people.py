"""Invented people: who they are, how they were recruited and who identified them.

What was done to them stands in ``exploitation``.
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
    with_second,
)
from tools.sample.exploitation import (
    TRAFFICKING,
    draw_classes,
    draw_exploitation,
    draw_means,
    draw_ransom,
)
from tools.sample.incidents import Incidents
from tools.sample.journeys import Journeys

FEMALE = position(codes.SEX, "female")
CHILD, ADULT = position(codes.IS_CHILD, "yes"), position(codes.IS_CHILD, "no")
CHILD_UNKNOWN = position(codes.IS_CHILD, "unknown")
_SEX_ON_LAND = shares(codes.SEX, female=0.55, male=0.44, hijra_or_other=0.003, unknown=0.007)
_SEX_AT_SEA = shares(codes.SEX, female=0.33, male=0.662, hijra_or_other=0.003, unknown=0.005)
#: Share of children on land and at sea, so that all together are .20.
_CHILD = (0.176, 0.35)
#: Assumed: first age, last age and share, of children and of adults.
_CHILD_AGES = ((3, 9, 0.12), (10, 14, 0.30), (15, 17, 0.58))
_ADULT_AGES = ((18, 18, 0.06), (19, 24, 0.34), (25, 49, 0.50), (50, 60, 0.07), (61, 75, 0.03))
#: First age of each band in the order of the code list.
_BAND_STARTS = (0, 15, 19, 25, 50, 61)

_INDUSTRY = shares(
    codes.INDUSTRY,
    agriculture=0.22, manufacturing=0.10, construction=0.18, trade=0.06, transport=0.05,
    accommodation_food=0.07, domestic_work=0.27, other=0.05,
)  # fmt: skip
_RECRUITER = shares(
    codes.RECRUITER,
    intimate_partner=0.03, friend=0.08, family=0.10, neighbour_or_community=0.12, broker=0.30,
    employer=0.03, smuggler=0.02, online_contact=0.03, other=0.03, unknown=0.26,
)  # fmt: skip
_PROMISE = np.array(
    [
        shares(codes.PROMISE, job=0.68, marriage=0.03, travel_abroad=0.12, loan=0.09,
               education=0.02, family_reunion=0.01, medical_care=0.01, safety=0.02, other=0.02),
        shares(codes.PROMISE, job=0.52, marriage=0.26, travel_abroad=0.08, loan=0.07,
               education=0.02, family_reunion=0.02, medical_care=0.01, safety=0.01, other=0.01),
    ]
)  # fmt: skip
#: Around the camps, and in the national line list; so are the next two.
_IDENTIFIED_BY = np.array(
    [
        shares(codes.AGENCY_TYPE, un=0.15, international_ngo=0.22, national_ngo=0.35, police=0.10,
               border_or_coast_guard=0.05, camp_administration=0.06, health=0.03, legal_aid=0.02,
               social_welfare=0.02),
        shares(codes.AGENCY_TYPE, national_ngo=0.40, police=0.30, border_or_coast_guard=0.12,
               district_counter_trafficking_committee=0.08, legal_aid=0.05, social_welfare=0.05),
    ]
)  # fmt: skip
_RECRUITED_AT = np.array(
    [
        shares(codes.RECRUITMENT_PLACE, home=0.80, market=0.05, workplace=0.03, school=0.01,
               public_place_in_camp=0.05, online=0.02, transport_hub=0.02, other=0.02),
        shares(codes.RECRUITMENT_PLACE, home=0.72, market=0.06, workplace=0.06, school=0.01,
               online=0.07, transport_hub=0.05, other=0.03),
    ]
)  # fmt: skip
_STEP = shares(codes.IDENTIFICATION_STEP, screened=0.1, interviewed=0.2, identified=0.7)
_ACT = shares(
    codes.ACT, recruitment=0.62, transportation=0.2, transfer=0.06, harbouring=0.07, receipt=0.05
)
_ALL_GROUPS = np.array(
    [
        shares(codes.POPULATION_GROUP, rohingya_refugee=0.55, host_community=0.35,
               other_bangladeshi=0.08, other_foreign=0.02),
        shares(codes.POPULATION_GROUP, other_bangladeshi=0.99, other_foreign=0.01),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """People in the order of their incidents; every array has one row for each.

    A set of codes has several columns, filled from the left, ``NONE`` behind.

    Attributes:
        incident: Position of the incident.
        number: Number of the person within the incident, from 1.
        age: Years, NONE where not recorded.
        population: Position in its code list, so are the others.
        ransom: 1 where a ransom was asked in the incident, 0 where not, NONE where not recorded.
    """

    incident: Numbers
    number: Numbers
    sex: Codes
    age: Codes
    age_band: Codes
    is_child: Codes
    population: Codes
    legal_status: Codes
    class_: Codes
    stage: Codes
    exploitation: Codes
    means: Codes
    act: Codes
    industry: Codes
    recruiter: Codes
    recruited_at: Codes
    promise: Codes
    identified_by: Codes
    identification_step: Codes
    ransom: Codes

    def __len__(self) -> int:
        return len(self.incident)


def make_people(rng: np.random.Generator, incidents: Incidents, journeys: Journeys) -> People:
    """The people of each incident."""
    size = incidents.size.astype(np.int64)
    incident = np.repeat(np.arange(len(incidents), dtype=np.int32), size)
    count = len(incident)
    first_person = np.repeat(np.cumsum(size) - size, size)
    at_sea = incidents.at_sea[incident]
    national = incidents.national[incident].astype(np.int16)
    sex = draw_by(rng, [_SEX_ON_LAND, _SEX_AT_SEA], at_sea.astype(np.int16))
    female = sex == FEMALE
    child = chance(rng, np.array(_CHILD)[at_sea.astype(int)], count)
    age, is_child = _ages(rng, child)
    population = np.where(
        chance(rng, 0.92, count),
        incidents.population[incident],
        draw_by(rng, _ALL_GROUPS, national),
    )
    class_ = draw_classes(rng, incidents, incident)
    trafficked = np.isin(class_, TRAFFICKING)
    exploitation, stage = draw_exploitation(rng, class_, journeys.end[incident], female, child)
    labour = trafficked & np.isin(
        exploitation[:, 0], [position(codes.EXPLOITATION, c) for c in codes.LABOUR_EXPLOITATION]
    )
    recruiter = draw(rng, _RECRUITER, count)
    is_recruiter_known = recruiter != position(codes.RECRUITER, "unknown")
    promise = forget(rng, draw_by(rng, _PROMISE, female.astype(np.int16)), 0.1)
    return People(
        incident=incident,
        number=(np.arange(count) - first_person + 1).astype(np.int32),
        sex=sex,
        age=age,
        age_band=_bands(age),
        is_child=is_child,
        population=forget(rng, population, 0.03, position(codes.POPULATION_GROUP, "unknown")),
        legal_status=_legal_status(rng, population),
        class_=class_,
        stage=stage,
        exploitation=exploitation,
        means=draw_means(rng, female, class_),
        act=np.where(trafficked, draw(rng, _ACT, count), np.int16(NONE)),
        industry=np.where(
            labour & chance(rng, 0.8, count), draw(rng, _INDUSTRY, count), np.int16(NONE)
        ),
        recruiter=with_second(rng, recruiter, _RECRUITER, 0.08, is_recruiter_known),
        recruited_at=forget(
            rng,
            draw_by(rng, _RECRUITED_AT, national),
            0.15,
            position(codes.RECRUITMENT_PLACE, "unknown"),
        ),
        promise=with_second(rng, promise, _PROMISE[0], 0.12, promise != NONE),
        identified_by=forget(rng, draw_by(rng, _IDENTIFIED_BY, national), 0.05),
        identification_step=forget(rng, draw(rng, _STEP, count), 0.1),
        ransom=draw_ransom(rng, incidents, incident, class_),
    )


def _ages(rng: np.random.Generator, child: Mask) -> tuple[Codes, Codes]:
    """Ages, some not recorded, and whether a person is a child, which may then be known still."""
    age = np.zeros(len(child), dtype=np.int16)
    for ages, among in ((_CHILD_AGES, child), (_ADULT_AGES, ~child)):
        low, high, weights = (np.array(column) for column in zip(*ages, strict=True))
        band = draw(rng, weights, int(among.sum()))
        age[among] = rng.integers(low[band], high[band] + 1)
    is_recorded = chance(rng, 0.94, len(child))
    is_side_known = is_recorded | chance(rng, 0.5, len(child))
    is_child = np.where(is_side_known, np.where(child, CHILD, ADULT), CHILD_UNKNOWN)
    return np.where(is_recorded, age, np.int16(NONE)), is_child.astype(np.int16)


def _bands(age: Codes) -> Codes:
    """Bands of ages, the code for unknown where no age is recorded."""
    band = np.searchsorted(_BAND_STARTS, age, side="right") - 1
    return np.where(age == NONE, position(codes.AGE_BAND, "unknown"), band).astype(np.int16)


def _legal_status(rng: np.random.Generator, population: Codes) -> Codes:
    """Refugees are refugees and stateless; everyone else has one status."""
    status = {code: position(codes.LEGAL_STATUS, code) for code in codes.LEGAL_STATUS.values}
    refugee = population == position(codes.POPULATION_GROUP, "rohingya_refugee")
    foreign = population == position(codes.POPULATION_GROUP, "other_foreign")
    returned = chance(rng, 0.02, len(population))
    first = np.select(
        [refugee, foreign, returned],
        [status["refugee"], status["foreign_national"], status["returnee"]],
        status["national"],
    )
    both = np.stack([first, np.where(refugee, status["stateless"], NONE)], axis=1)
    return np.where(chance(rng, 0.07, len(population))[:, None], NONE, both).astype(np.int16)
