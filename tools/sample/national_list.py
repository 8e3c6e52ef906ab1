"""Partner D: a national line list of people, districts and upazilas in words, dates as 05-Mar-2025.

It keeps no referrals: services stand elsewhere.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from dashboard.model import codes
from tools.sample.dialect import Cells, Dialect, numbers, place_names, spell_in_words
from tools.sample.draws import Numbers
from tools.sample.invention import Invention
from tools.sample.legs import legs
from tools.sample.sheet import Sheet, case_numbers

_BROAD = ("district", "anchor", "country", "sea_area")
#: What the list holds of a leg, under which name; not by which vehicle.
_LEG_NAMES = {
    "from": "from",
    "to": "to",
    "mode": "transport",
    "end": "result",
    "scope": "border",
    "corr": "route",
    "auth": "found by",
    "role": "part",
}


def people_sheet(invention: Invention, dialect: Dialect, people: Numbers) -> Sheet:
    """The national list of some people, with up to two legs."""
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
        "Home district": (incidents.recruitment, ("district",)),
        "Home upazila": (incidents.recruitment, ("upazila",)),
        "Exploited in": (journeys.exploited_at, _BROAD),
        "Stopped at": (journeys.intercepted_at, _BROAD),
        "Bound for": (journeys.destination, _BROAD),
    }
    happened = invention.day(incidents.month, incidents.day)[incident]
    reported = invention.day(incidents.report_month, incidents.report_day)[incident]
    return {
        "Case": case_numbers(invention, incident, "D/"),
        "Person": numbers(invention.people.number[people]),
        "Happened": _dates(invention.dates(happened)),
        "Recorded": _dates(invention.dates(reported)),
        "Checked": dialect.code("Checked", codes.VERIFICATION, incidents.verification[incident]),
        "Persons": numbers(incidents.persons_count[incident]),
        "Ransom": dialect.flag("Ransom", invention.people.ransom[people]),
        **{
            header: place_names(invention.world, spots[incident], levels, spell_in_words)
            for header, (spots, levels) in places.items()
        },
    }


def _person(invention: Invention, dialect: Dialect, people: Numbers) -> dict[str, Cells]:
    who = invention.people
    single = {
        "Gender": (codes.SEX, who.sex),
        "Group": (codes.POPULATION_GROUP, who.population),
        "Offence": (codes.CLASS, who.class_),
        "Act": (codes.ACT, who.act),
        "Stage": (codes.STAGE, who.stage),
        "Work": (codes.INDUSTRY, who.industry),
        "Approached at": (codes.RECRUITMENT_PLACE, who.recruited_at),
        "Identified by": (codes.AGENCY_TYPE, who.identified_by),
        "Identification": (codes.IDENTIFICATION_STEP, who.identification_step),
    }
    several = {
        "Purpose": (codes.EXPLOITATION, who.exploitation),
        "Means": (codes.MEANS, who.means),
        "Recruiter": (codes.RECRUITER, who.recruiter),
        "Promised": (codes.PROMISE, who.promise),
    }
    return {
        "Age": numbers(who.age[people]),
        **{h: dialect.code(h, code_list, v[people]) for h, (code_list, v) in single.items()},
        **{h: dialect.codes(h, code_list, v[people]) for h, (code_list, v) in several.items()},
    }


def _legs(invention: Invention, dialect: Dialect, people: Numbers) -> dict[str, Cells]:
    incident = invention.people.incident[people]
    cells: dict[str, Cells] = {}
    for way, leg in zip(("Way", "Onward"), legs(invention), strict=True):
        for name, spots in leg.places.items():
            cells[f"{way} {_LEG_NAMES[name]}"] = place_names(
                invention.world, spots[incident], _BROAD, spell_in_words
            )
        for name, (code_list, values) in leg.coded.items():
            if name not in _LEG_NAMES:
                continue
            header = f"{way} {_LEG_NAMES[name]}"
            cells[header] = dialect.code(header, code_list, values[incident])
    return cells


def _dates(dates: list[date | None]) -> Cells:
    """Days as ``05-Mar-2025``, in English whatever the language of the machine."""
    return np.array(
        ["" if d is None else f"{d.day:02d}-{_MONTHS[d.month - 1]}-{d.year}" for d in dates],
        dtype=object,
    )


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
