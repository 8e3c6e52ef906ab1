"""Partner A: a workbook in plain English, one sheet of people and one of referrals."""

from __future__ import annotations

import numpy as np

from dashboard.model import codes
from tools.sample.dialect import (
    Cells,
    Dialect,
    place_names,
    spell_in_words,
)
from tools.sample.draws import NONE, Codes, Numbers
from tools.sample.invention import Invention
from tools.sample.sheet import Cell, Sheet, case_numbers, citizenship, referral_codes, scope


def people_sheet(invention: Invention, dialect: Dialect, people: Numbers) -> Sheet:
    """The line list of some people."""
    columns = {
        **_case(invention, dialect, people),
        **_person(invention, dialect, people),
        **_journey(invention, dialect, people),
    }
    return Sheet(dialect.headers, tuple(columns[header] for header in dialect.headers))


def _case(invention: Invention, dialect: Dialect, people: Numbers) -> dict[str, list[Cell] | Cells]:
    incidents, incident = invention.incidents, invention.people.incident[people]
    happened = invention.day(incidents.month, incidents.day)[incident]
    reported = invention.day(incidents.report_month, incidents.report_day)[incident]
    return {
        "Case no": case_numbers(invention, incident, "A-"),
        "Person no": _whole(invention.people.number[people]),
        "Date of incident": [*invention.dates(happened)],
        "Date of report": [*invention.dates(reported)],
        "Verification": dialect.code(
            "Verification", codes.VERIFICATION, incidents.verification[incident]
        ),
        "People in case": _whole(incidents.persons_count[incident]),
        "Dead or missing": _whole(incidents.dead_or_missing[incident]),
        "Ransom asked": dialect.flag("Ransom asked", invention.people.ransom[people]),
        "Focal point": np.array([f"FP{1 + n % 7}" for n in people.tolist()], dtype=object),
    }


def _person(
    invention: Invention, dialect: Dialect, people: Numbers
) -> dict[str, list[Cell] | Cells]:
    who = invention.people
    single = {
        "Sex": (codes.SEX, who.sex),
        "Population group": (codes.POPULATION_GROUP, who.population),
        "Recruited at": (codes.RECRUITMENT_PLACE, who.recruited_at),
        "Classification": (codes.CLASS, who.class_),
        "Act": (codes.ACT, who.act),
        "Stage": (codes.STAGE, who.stage),
        "Sector of work": (codes.INDUSTRY, who.industry),
        "Identified by": (codes.AGENCY_TYPE, who.identified_by),
        "Identification step": (codes.IDENTIFICATION_STEP, who.identification_step),
    }
    several = {
        "Legal status": (codes.LEGAL_STATUS, who.legal_status),
        "Recruiter": (codes.RECRUITER, who.recruiter),
        "Promise": (codes.PROMISE, who.promise),
        "Forms of exploitation": (codes.EXPLOITATION, who.exploitation),
        "Means of control": (codes.MEANS, who.means),
    }
    return {
        "Age in years": _whole(who.age[people]),
        "Country of citizenship": citizenship(invention, people, names=True),
        **{h: dialect.code(h, code_list, v[people]) for h, (code_list, v) in single.items()},
        **{h: dialect.codes(h, code_list, v[people]) for h, (code_list, v) in several.items()},
    }


def _journey(
    invention: Invention, dialect: Dialect, people: Numbers
) -> dict[str, list[Cell] | Cells]:
    incident = invention.people.incident[people]
    journeys = invention.journeys
    recruited = invention.incidents.recruitment
    places = {
        "District of recruitment": (recruited, ("district",)),
        "Upazila of recruitment": (recruited, ("upazila",)),
        "Camp of recruitment": (recruited, ("camp",)),
        "Place of exploitation": (journeys.exploited_at, _BROAD),
        "Place of interception": (journeys.intercepted_at, _BROAD),
        "Intended destination": (journeys.destination, _BROAD),
        "Travelled from": (recruited, _BROAD),
        "Travelled to": (journeys.destination, _BROAD),
    }
    coded = {
        "Transport": (codes.MODE, journeys.mode),
        "Vehicle": (codes.MODE_DETAIL, journeys.vehicle),
        "Border crossed": (codes.SCOPE, scope(journeys.crosses)),
        "Corridor": (codes.CORRIDOR, journeys.corridor),
        "Journey ended": (codes.COMPLETED, journeys.end),
        "Intercepted by": (codes.RESCUING_AUTHORITY, journeys.authority),
    }
    return {
        **{
            header: place_names(invention.world, spots[incident], levels, spell_in_words)
            for header, (spots, levels) in places.items()
        },
        **{h: dialect.code(h, code_list, v[incident]) for h, (code_list, v) in coded.items()},
    }


def referral_sheet(invention: Invention, dialect: Dialect, referrals: Numbers) -> Sheet:
    """Referrals of some people, with the keys of the line list."""
    records = invention.referrals
    person = records.person[referrals]
    requested = records.requested[referrals]
    response, service = records.days_to_response[referrals], records.days_to_service[referrals]
    columns: dict[str, list[Cell] | Cells] = {
        "Case no": case_numbers(invention, invention.people.incident[person], "A-"),
        "Person no": _whole(invention.people.number[person]),
        "Referral no": _whole(records.number[referrals]),
        "Date of request": [*invention.dates(requested)],
        "Date of response": [*invention.dates(_later(requested, response))],
        "Date of service": [*invention.dates(_later(requested, service))],
        "Date ended": [*invention.dates(records.ended[referrals])],
        "Consent to statistics": dialect.flag("Consent to statistics", records.shared[referrals]),
        "District": place_names(
            invention.world, records.place[referrals], ("district",), spell_in_words
        ),
        **referral_codes(dialect, REFERRAL_HEADERS, invention, referrals),
    }
    return Sheet(dialect.headers, tuple(columns[header] for header in dialect.headers))


#: Field of a referral to partner A's header.
REFERRAL_HEADERS = {
    "service": "Service",
    "step": "Step",
    "priority": "Priority",
    "from_agency": "Referred by",
    "to_agency": "Referred to",
    "status": "Status",
    "reason": "Reason for no service",
    "consent": "Consent",
}
_BROAD = ("camp", "district", "anchor", "country", "sea_area")


def _whole(values: Codes | Numbers) -> list[Cell]:
    return [None if value == NONE else value for value in values.tolist()]


def _later(day: Numbers, days: Numbers) -> Numbers:
    return np.where(days == NONE, np.int32(NONE), day + days).astype(np.int32)
