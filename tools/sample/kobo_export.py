"""Partner C: exports of a mobile form, with the tool's own columns, groups and Bangla digits."""

from __future__ import annotations

from datetime import date

import numpy as np

from dashboard.model import codes
from tools.sample.dialect import Cells, Dialect, numbers, place_names, spell_short
from tools.sample.draws import Numbers
from tools.sample.invention import Invention
from tools.sample.legs import legs
from tools.sample.sheet import Sheet, case_numbers, citizenship, referral_codes

REFERRAL_HEADERS = {
    "service": "referral/service",
    "step": "referral/step",
    "priority": "referral/priority",
    "from_agency": "referral/referred_by",
    "to_agency": "referral/referred_to",
    "status": "referral/status",
    "reason": "referral/no_service_reason",
    "consent": "referral/consent",
}
#: Columns that the tool adds around the form's own.
_BEFORE = ("start", "end", "deviceid")
_AFTER = ("_id", "_uuid", "_submission_time", "_submitted_by", "_index")
_LEVELS = ("camp", "district", "anchor", "country", "sea_area")


def people_sheet(invention: Invention, dialect: Dialect, people: Numbers) -> Sheet:
    """Partner C's people, one submission each."""
    answers = {
        **_case(invention, dialect, people),
        **_person(invention, dialect, people),
        **_legs(invention, dialect, people),
    }
    incidents, incident = invention.incidents, invention.people.incident[people]
    days = invention.day(incidents.report_month, incidents.report_day)[incident]
    return _submissions(invention, dialect, answers, days, seed=1)


def _case(invention: Invention, dialect: Dialect, people: Numbers) -> dict[str, Cells]:
    incidents, journeys = invention.incidents, invention.journeys
    incident = invention.people.incident[people]
    places = {
        "place/camp": (incidents.recruitment, ("camp",)),
        "place/upazila": (incidents.recruitment, ("upazila",)),
        "place/district": (incidents.recruitment, ("district",)),
        "place/exploited_in": (journeys.exploited_at, _LEVELS),
        "place/intercepted_in": (journeys.intercepted_at, _LEVELS),
        "place/destination": (journeys.destination, _LEVELS),
    }
    happened = invention.day(incidents.month, incidents.day)[incident]
    reported = invention.day(incidents.report_month, incidents.report_day)[incident]
    return {
        "case/case_ref": case_numbers(invention, incident, "C"),
        "case/person_no": numbers(invention.people.number[people]),
        "case/incident_date": _iso(invention.dates(happened)),
        "case/report_date": _iso(invention.dates(reported)),
        "case/people_in_case": numbers(incidents.persons_count[incident], bangla=True),
        "case/dead_or_missing": numbers(incidents.dead_or_missing[incident], bangla=True),
        "case/ransom": dialect.flag("case/ransom", invention.people.ransom[people]),
        "case/verification": dialect.code(
            "case/verification", codes.VERIFICATION, incidents.verification[incident]
        ),
        **{
            header: place_names(invention.world, spots[incident], levels, spell_short)
            for header, (spots, levels) in places.items()
        },
    }


def _person(invention: Invention, dialect: Dialect, people: Numbers) -> dict[str, Cells]:
    who = invention.people
    single = {
        "person/sex": (codes.SEX, who.sex),
        "person/group": (codes.POPULATION_GROUP, who.population),
        "abuse/class": (codes.CLASS, who.class_),
        "abuse/act": (codes.ACT, who.act),
        "abuse/stage": (codes.STAGE, who.stage),
        "abuse/sector": (codes.INDUSTRY, who.industry),
        "recruitment/where": (codes.RECRUITMENT_PLACE, who.recruited_at),
        "identification/by": (codes.AGENCY_TYPE, who.identified_by),
        "identification/step": (codes.IDENTIFICATION_STEP, who.identification_step),
    }
    several = {
        "person/legal_status": (codes.LEGAL_STATUS, who.legal_status),
        "abuse/exploitation": (codes.EXPLOITATION, who.exploitation),
        "abuse/means": (codes.MEANS, who.means),
        "recruitment/recruiter": (codes.RECRUITER, who.recruiter),
        "recruitment/promise": (codes.PROMISE, who.promise),
    }
    return {
        "person/age": numbers(who.age[people], bangla=True),
        "person/citizenship": citizenship(invention, people, names=False),
        **{h: dialect.code(h, code_list, v[people]) for h, (code_list, v) in single.items()},
        **{h: dialect.codes(h, code_list, v[people]) for h, (code_list, v) in several.items()},
    }


def _legs(invention: Invention, dialect: Dialect, people: Numbers) -> dict[str, Cells]:
    incident = invention.people.incident[people]
    cells: dict[str, Cells] = {}
    for number, leg in enumerate(legs(invention), start=1):
        for name, spots in leg.places.items():
            cells[f"leg_{number}/{name}"] = place_names(
                invention.world, spots[incident], _LEVELS, spell_short
            )
        for name, (code_list, values) in leg.coded.items():
            header = f"leg_{number}/{name}"
            cells[header] = dialect.code(header, code_list, values[incident])
    return cells


def referral_sheet(invention: Invention, dialect: Dialect, referrals: Numbers) -> Sheet:
    """Partner C's referrals, one submission each."""
    records = invention.referrals
    person = records.person[referrals]
    requested = records.requested[referrals]
    answers = {
        "case/case_ref": case_numbers(invention, invention.people.incident[person], "C"),
        "case/person_no": numbers(invention.people.number[person]),
        "referral/no": numbers(records.number[referrals]),
        "referral/requested_on": _iso(invention.dates(requested)),
        "referral/ended_on": _iso(invention.dates(records.ended[referrals])),
        "referral/days_to_response": numbers(records.days_to_response[referrals], bangla=True),
        "referral/days_to_service": numbers(records.days_to_service[referrals], bangla=True),
        "referral/statistics": dialect.flag("referral/statistics", records.shared[referrals]),
        "referral/district": place_names(
            invention.world, records.place[referrals], ("district",), spell_short
        ),
        **referral_codes(dialect, REFERRAL_HEADERS, invention, referrals),
    }
    return _submissions(invention, dialect, answers, requested, seed=2)


def _submissions(
    invention: Invention, dialect: Dialect, answers: dict[str, Cells], days: Numbers, *, seed: int
) -> Sheet:
    """The form's columns with those that the collection tool adds."""
    count = len(days)
    rng = np.random.default_rng([invention.plan.seed, 2, seed])
    day = _iso(invention.dates(days))
    minute = rng.integers(0, 480, count)
    started = [f"T{9 + m // 60:02d}:{m % 60:02d}:00.000+06:00" for m in minute.tolist()]
    ended = [f"T{9 + m // 60:02d}:{m % 60:02d}:59.000+06:00" for m in minute.tolist()]
    device = [f"invented-device-{n}" for n in rng.integers(1, 9, count).tolist()]
    tool = {
        "start": day + np.array(started, dtype=object),
        "end": day + np.array(ended, dtype=object),
        "deviceid": np.array(device, dtype=object),
        "_id": numbers(np.arange(1001, 1001 + count, dtype=np.int32)),
        "_uuid": _uuids(rng, count),
        "_submission_time": day + np.array([text[:9] for text in ended], dtype=object),
        "_submitted_by": np.full(count, "invented", dtype=object),
        "_index": numbers(np.arange(1, 1 + count, dtype=np.int32)),
    }
    headers = (*_BEFORE, *dialect.headers, *_AFTER)
    return Sheet(headers, tuple((tool | answers)[header] for header in headers))


def _uuids(rng: np.random.Generator, count: int) -> Cells:
    """Ids of letters only, so that none of them reads like a number of a document."""
    letters = np.array(list("abcdef"))[rng.integers(0, 6, (count, 32))]
    texts = ["".join(row) for row in letters.tolist()]
    return np.array(
        [f"{t[:8]}-{t[8:12]}-{t[12:16]}-{t[16:20]}-{t[20:]}" for t in texts], dtype=object
    )


def _iso(dates: list[date | None]) -> Cells:
    return np.array(["" if day is None else day.isoformat() for day in dates], dtype=object)
