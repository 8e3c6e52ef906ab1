"""Partners E and F: the short list that a small agency keeps, months and little else."""

from __future__ import annotations

from dashboard.model import codes
from tools.sample.coded_sheet import months
from tools.sample.dialect import Dialect, place_names, spell_in_words
from tools.sample.draws import Numbers
from tools.sample.invention import Invention
from tools.sample.sheet import Sheet, case_numbers, scope


def people_sheet(invention: Invention, dialect: Dialect, people: Numbers) -> Sheet:
    """The people of a small partner."""
    incidents, journeys, who = invention.incidents, invention.journeys, invention.people
    incident = who.incident[people]
    single = {
        "sex": (codes.SEX, who.sex[people]),
        "child": (codes.IS_CHILD, who.is_child[people]),
        "group": (codes.POPULATION_GROUP, who.population[people]),
        "crime": (codes.CLASS, who.class_[people]),
        "act": (codes.ACT, who.act[people]),
        "transport": (codes.MODE, journeys.mode[incident]),
        "border": (codes.SCOPE, scope(journeys.crosses)[incident]),
        "route": (codes.CORRIDOR, journeys.corridor[incident]),
    }
    several = {
        "purpose": (codes.EXPLOITATION, who.exploitation[people]),
        "means": (codes.MEANS, who.means[people]),
    }
    columns = {
        "case": case_numbers(invention, incident, ""),
        "person": who.number[people].tolist(),
        "month": months(invention, incidents.month[incident]),
        "told in": months(invention, incidents.report_month[incident]),
        "upazila": place_names(
            invention.world, incidents.recruitment[incident], ("upazila",), spell_in_words
        ),
        "district": place_names(
            invention.world, incidents.recruitment[incident], ("district",), spell_in_words
        ),
        **{h: dialect.code(h, code_list, v) for h, (code_list, v) in single.items()},
        **{h: dialect.codes(h, code_list, v) for h, (code_list, v) in several.items()},
    }
    return Sheet(dialect.headers, tuple(columns[header] for header in dialect.headers))
