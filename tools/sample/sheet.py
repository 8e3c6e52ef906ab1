"""Sheets: what the columns of a partner's declaration hold for some people or referrals.

A declaration says which field stands under which header, and in which words; a ``Hand`` says the
rest. The values of all partners come from one invention, by the names of the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.model import codes, tables
from dashboard.model.fields import Kind
from tools.sample.dialect import Cells, Dialect, numbers, place_names, spell_in_words
from tools.sample.draws import NONE, Codes, Numbers, position
from tools.sample.invention import Invention
from tools.sample.legs import two_legs, whole_way
from tools.sample.world import Spot

#: A cell of a workbook keeps its type.
Cell = str | int | date | None
#: Values of rows by what a column holds: a field, with the role of the place or the number of the
#: leg. They are positions of codes, flags, spots, days of the invention, counts, or texts.
Values = Mapping[str, NDArray[Any]]

#: What a column holds that gives a band of ages, and one that the declaration drops.
_AGE, _DROPPED = "age", "dropped"


@dataclass(frozen=True)
class Hand:
    """How a partner writes what its declaration leaves open.

    Attributes:
        prefix: What its case numbers begin with.
        spell: How it writes a place.
        typed: Whether days and numbers keep their type, as in a workbook.
        bangla: Whether counts stand in Bangla digits.
    """

    prefix: str
    spell: Callable[[Spot], str] = spell_in_words
    typed: bool = False
    bangla: bool = False


@dataclass(frozen=True)
class Sheet:
    """Headers and columns of one sheet or file, and the name of the declaration that they follow.

    Every column has the same length.
    """

    source: str
    headers: tuple[str, ...]
    columns: tuple[list[Cell] | Cells, ...]


def people_sheet(invention: Invention, dialect: Dialect, hand: Hand, people: Numbers) -> Sheet:
    """The sheet of some people."""
    who, incidents, journeys = invention.people, invention.incidents, invention.journeys
    incident = who.incident[people]
    of_people = {
        _AGE: who.age,
        _DROPPED: np.array([f"FP{1 + n % 7}" for n in range(len(who))], dtype=object),
        "incident.ransom": who.ransom,
        "person.sex": who.sex,
        "person.age_band": who.age_band,
        "person.is_child": who.is_child,
        "person.population_group": who.population,
        "person.citizenship": _citizenship(who.population, names=hand.typed),
        "person.legal_status": who.legal_status,
        "person.class": who.class_,
        "person.exploitation_stage": who.stage,
        "person.exploitation": who.exploitation,
        "person.means_of_control": who.means,
        "person.industry": who.industry,
        "person.recruiter_relation": who.recruiter,
        "person.recruitment_place": who.recruited_at,
        "person.promise": who.promise,
        "person.identified_by": who.identified_by,
        "person.identification_step": who.identification_step,
        "classification.act": who.act,
    }
    of_incidents = {
        "incident.incident_month": invention.day(incidents.month, incidents.day),
        "incident.report_month": invention.day(incidents.report_month, incidents.report_day),
        "incident.verification": incidents.verification,
        "incident.persons_count": incidents.persons_count,
        "incident.dead_or_missing": incidents.dead_or_missing,
        "incident_place.place recruitment": incidents.recruitment,
        "incident_place.place exploitation": journeys.exploited_at,
        "incident_place.place interception": journeys.intercepted_at,
        "incident_place.place intended_destination": journeys.destination,
    }
    has_two = any(declared.get("leg") == 2 for declared in dialect.columns.values())
    legs = two_legs(invention) if has_two else (whole_way(invention),)
    of_legs = {
        f"movement.{name} {number}": column
        for number, leg in enumerate(legs, 1)
        for name, column in leg.items()
    }
    values = {name: column[people] for name, column in of_people.items()}
    values |= {name: column[incident] for name, column in (of_incidents | of_legs).items()}
    keys = (_case_numbers(invention, incident, hand.prefix), who.number[people])
    return _sheet(invention, dialect, hand, keys, values)


def referral_sheet(invention: Invention, dialect: Dialect, hand: Hand, referrals: Numbers) -> Sheet:
    """The sheet of some referrals."""
    who, records = invention.people, invention.referrals
    person = records.person[referrals]
    of_referrals = {
        "referral.service": records.service,
        "referral.step": records.step,
        "referral.priority": records.priority,
        "referral.from_agency_type": records.from_agency,
        "referral.to_agency_type": records.to_agency,
        "referral.requested_month": records.requested,
        "referral.ended_month": records.ended,
        "referral.days_to_response": records.days_to_response,
        "referral.days_to_service": records.days_to_service,
        "referral.status": records.status,
        "referral.no_service_reason": records.reason,
        "referral.consent": records.consent,
        "referral.share_consent": records.shared,
        "referral.place": records.place,
    }
    case = _case_numbers(invention, who.incident[person], hand.prefix)
    keys = (case, who.number[person], records.number[referrals])
    values = {name: column[referrals] for name, column in of_referrals.items()}
    return _sheet(invention, dialect, hand, keys, values)


def _sheet(
    invention: Invention, dialect: Dialect, hand: Hand, keys: Sequence[NDArray[Any]],
    values: Values,
) -> Sheet:  # fmt: skip
    """A sheet with the columns of a declaration; its columns of keys are filled from ``keys``."""
    key = iter(keys)
    columns = tuple(
        _counts(next(key), typed=hand.typed)
        if declared["use"] == "key"
        else _cells(invention, dialect, hand, header, values)
        for header, declared in dialect.columns.items()
    )
    return Sheet(dialect.name, dialect.headers, columns)


def _cells(
    invention: Invention, dialect: Dialect, hand: Hand, header: str, values: Values
) -> list[Cell] | Cells:
    """Cells under a header that is no key, in the words and forms of the declaration."""
    declared = dialect.columns[header]
    column, how = values[_content(declared)], declared.get("how")
    if column.dtype == object:
        return column
    if how == "place":
        return place_names(invention.world, column, declared.get("levels"), hand.spell)
    if how in ("month", "days_between"):
        if how == "days_between":
            since = values["referral.requested_month"]
            column = np.where(column == NONE, NONE, since + column)
        days = invention.dates(column)
        return [*days] if hand.typed else dates_as(declared["format"], days)
    if how != "age_band":
        table, name = declared["field"].split(".")
        field = tables.table(table)[name]
        if field.codes:
            return dialect.code(header, field.codes, column)
        if field.kind is Kind.FLAG:
            return dialect.flag(header, column)
    return _counts(column, typed=hand.typed, bangla=hand.bangla)


def _content(declared: Mapping[str, Any]) -> str:
    """What a column holds, as ``Values`` name it."""
    if declared["use"] == "drop":
        return _DROPPED
    role_or_leg = declared.get("role") or declared.get("leg")
    field = declared.get("field", _AGE)
    return f"{field} {role_or_leg}" if role_or_leg else field


def _counts(column: NDArray[Any], *, typed: bool, bangla: bool = False) -> list[Cell] | Cells:
    """Cells of numbers, empty for NONE: numbers where ``typed``, else text."""
    if column.dtype == object:
        return column
    if typed:
        return [None if value == NONE else value for value in column.tolist()]
    return numbers(column, bangla=bangla)


def dates_as(form: str, days: Sequence[date | None]) -> Cells:
    """Days in the form of a declaration, an empty cell for None."""
    return np.array(["" if day is None else day.strftime(form) for day in days], dtype=object)


def _case_numbers(invention: Invention, incident: Numbers, prefix: str) -> Cells:
    """Case numbers of incidents: prefix, year of report, running number."""
    start = invention.plan.span.start
    months = start.year * 12 + start.month - 1 + invention.incidents.report_month
    texts = [
        f"{prefix}{month // 12}-{number:05d}"
        for number, month in enumerate(months.tolist(), start=1)
    ]
    return np.array(texts, dtype=object)[incident]


def _citizenship(group: Codes, *, names: bool) -> Cells:
    """Country of citizenship by group, as a name or a code; '' if stateless or not known."""
    labels = [""] * (len(codes.POPULATION_GROUP.values) + 1)
    for code in ("host_community", "other_bangladeshi"):
        labels[position(codes.POPULATION_GROUP, code)] = "Bangladesh" if names else "BD"
    labels[position(codes.POPULATION_GROUP, "other_foreign")] = "Myanmar" if names else "MM"
    return np.array(labels, dtype=object)[group]
