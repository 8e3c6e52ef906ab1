"""Partner B: two CSV files of codes and P-codes, as a case database exports them."""

from __future__ import annotations

import numpy as np

from dashboard.model import codes
from dashboard.model.periods import Month
from tools.sample.dialect import Cells, Dialect, numbers, place_codes
from tools.sample.draws import Codes, Numbers
from tools.sample.invention import Invention
from tools.sample.legs import legs
from tools.sample.sheet import Sheet, case_numbers, citizenship, referral_codes

REFERRAL_HEADERS = {
    "service": "svc",
    "step": "step",
    "priority": "prio",
    "from_agency": "from_ag",
    "to_agency": "to_ag",
    "status": "stat",
    "reason": "reason",
    "consent": "consent",
}


def people_sheet(invention: Invention, dialect: Dialect, people: Numbers) -> Sheet:
    """Partner B's people with up to two legs."""
    columns = {
        **_case(invention, dialect, people),
        **_person(invention, dialect, people),
        **_legs(invention, dialect, people),
    }
    return Sheet(dialect.headers, tuple(columns[header] for header in dialect.headers))


def _case(invention: Invention, dialect: Dialect, people: Numbers) -> dict[str, Cells]:
    incidents, journeys = invention.incidents, invention.journeys
    incident = invention.people.incident[people]
    places = {
        "rec_pcode": incidents.recruitment,
        "exp_pcode": journeys.exploited_at,
        "int_pcode": journeys.intercepted_at,
        "dst_pcode": journeys.destination,
    }
    return {
        "case_id": case_numbers(invention, incident, "B"),
        "pers_no": numbers(invention.people.number[people]),
        "inc_month": months(invention, incidents.month[incident]),
        "rep_month": months(invention, incidents.report_month[incident]),
        "verif": dialect.code("verif", codes.VERIFICATION, incidents.verification[incident]),
        "n_case": numbers(incidents.persons_count[incident]),
        "n_dead": numbers(incidents.dead_or_missing[incident]),
        "ransom": dialect.flag("ransom", invention.people.ransom[people]),
        **{h: place_codes(invention.world, spots[incident]) for h, spots in places.items()},
    }


def _person(invention: Invention, dialect: Dialect, people: Numbers) -> dict[str, Cells]:
    who = invention.people
    single = {
        "sex": (codes.SEX, who.sex),
        "age_band": (codes.AGE_BAND, who.age_band),
        "under18": (codes.IS_CHILD, who.is_child),
        "pop": (codes.POPULATION_GROUP, who.population),
        "cls": (codes.CLASS, who.class_),
        "act": (codes.ACT, who.act),
        "stage": (codes.STAGE, who.stage),
        "sector": (codes.INDUSTRY, who.industry),
        "rec_at": (codes.RECRUITMENT_PLACE, who.recruited_at),
        "idby": (codes.AGENCY_TYPE, who.identified_by),
        "idstep": (codes.IDENTIFICATION_STEP, who.identification_step),
    }
    several = {
        "legal": (codes.LEGAL_STATUS, who.legal_status),
        "expl": (codes.EXPLOITATION, who.exploitation),
        "means": (codes.MEANS, who.means),
        "recr": (codes.RECRUITER, who.recruiter),
        "prom": (codes.PROMISE, who.promise),
    }
    return {
        "cit": citizenship(invention, people, names=False),
        **{h: dialect.code(h, code_list, v[people]) for h, (code_list, v) in single.items()},
        **{h: dialect.codes(h, code_list, v[people]) for h, (code_list, v) in several.items()},
    }


def _legs(invention: Invention, dialect: Dialect, people: Numbers) -> dict[str, Cells]:
    incident = invention.people.incident[people]
    cells: dict[str, Cells] = {}
    for number, leg in enumerate(legs(invention), start=1):
        for name, spots in leg.places.items():
            header = f"l{number}_{name}"
            cells[header] = place_codes(invention.world, spots[incident])
        for name, (code_list, values) in leg.coded.items():
            header = f"l{number}_{name}"
            cells[header] = dialect.code(header, code_list, values[incident])
    return cells


def referral_sheet(invention: Invention, dialect: Dialect, referrals: Numbers) -> Sheet:
    """Partner B's referrals: months and numbers of days."""
    records = invention.referrals
    person = records.person[referrals]
    columns = {
        "case_id": case_numbers(invention, invention.people.incident[person], "B"),
        "pers_no": numbers(invention.people.number[person]),
        "ref_no": numbers(records.number[referrals]),
        "req_month": _month_texts(invention, records.requested[referrals]),
        "end_month": _month_texts(invention, records.ended[referrals]),
        "days_resp": numbers(records.days_to_response[referrals]),
        "days_svc": numbers(records.days_to_service[referrals]),
        "stat_ok": dialect.flag("stat_ok", records.shared[referrals]),
        "dist": place_codes(invention.world, records.place[referrals]),
        **referral_codes(dialect, REFERRAL_HEADERS, invention, referrals),
    }
    return Sheet(dialect.headers, tuple(columns[header] for header in dialect.headers))


def months(invention: Invention, offsets: Codes) -> Cells:
    """Months as ``YYYY-MM`` by their number since the start of the plan."""
    return np.array([str(month) for month in invention.plan.span], dtype=object)[offsets]


def _month_texts(invention: Invention, days: Numbers) -> Cells:
    texts = ["" if day is None else str(Month.of(day)) for day in invention.dates(days)]
    return np.array(texts, dtype=object)
