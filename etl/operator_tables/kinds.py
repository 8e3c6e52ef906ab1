"""Kinds: the registry of handed tables. One more is one entry here and its table in a release.

Who agreed to be named is in no release (``etl.release.partner_states``). What a row becomes for
readers stands in ``dashboard.model``; how cells are read in ``cells``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from dashboard.model.capacity import Capacity
from dashboard.model.codes import (
    BOUNDARIES,
    BOUNDARIES_OF,
    COUNTED_GROUP,
    EVENT_NOTE,
    SERVICE,
    SEX_AGE_GROUP,
)
from dashboard.model.country import FIRST, REGION, SECOND, SITE, THIRD
from dashboard.model.event_note import EventNote
from dashboard.model.languages import LOCAL
from dashboard.model.outline import Outline
from dashboard.model.periods import Span
from dashboard.model.population import Population
from dashboard.model.target import MEASURED, Target
from etl.operator_tables import cells
from etl.operator_tables.kind import Cells, Column, Kind, Reference, Values, never_released
from etl.operator_tables.shipped import census, examples

#: Longest text of a note: it stands beside a chart and in a sentence. Longest source of a target:
#: it stands in a column of a table. Longest name of a partner: several stand in a sentence.
LONGEST_NOTE, LONGEST_SOURCE, LONGEST_NAME = 160, 120, 60
#: More than any place has and any service; the release keeps both in 32 bits.
_MOST_PEOPLE, _MOST_PLACES = 1_000_000_000, 1_000_000
_EVERYBODY = SEX_AGE_GROUP.values[0]
_WHOLE = 100
_AREAS = ("country", FIRST, SECOND, THIRD)
_CAMPS = (SITE, REGION)


def _note_faults(row: Values, _: Reference) -> Iterator[tuple[str, str]]:
    """Column and rule where a note ends before it begins."""
    if row["until"] and row["until"] < row["month"]:
        yield "until", "ends_before_start"


def _count_faults(row: Values, reference: Reference) -> Iterator[tuple[str, str]]:
    """Column and rule where a count names other boundaries than places of its level have."""
    if BOUNDARIES_OF.get(reference.level(row["area_code"]) or "") != row["boundaries"]:
        yield "boundaries", "other_boundaries"


def _target_faults(row: Values, _: Reference) -> Iterator[tuple[str, str]]:
    """Column and rule of a group, number or period that the indicator of a target has not."""
    name, _dot, _service = row["indicator"].partition(".")
    if row["group"] != _EVERYBODY and "sex" not in MEASURED[name].fact:
        yield "group", "no_group"
    if MEASURED[name].is_share and row["target"] > _WHOLE:
        yield "target", "bad_share"
    # A share in time is counted by quarter.
    if name == "in_time" and row["period"] != row["period"].snapped("quarter"):
        yield "period", "whole_quarters"


def _without_outline(rows: Sequence[Cells], reference: Reference) -> list[str]:
    """One line with the camps that have no outline, where any has one; else none."""
    outlined = {row["place"] for row in rows}
    missing = [
        f"{name} ({code})"
        for code, (_, level, name, *_) in reference.places.items()
        if level == SITE and code not in outlined
    ]
    return [f"Without an outline: {', '.join(missing)}"] if outlined and missing else []


NOTES = Kind(
    name="notes",
    one="note",
    table="event_note",
    help="what happened in a month; name no person and no partner, and write nothing by which "
    "somebody could be found",
    columns=(
        Column("month", cells.month),
        Column("until", cells.month_or_none, ""),
        Column("kind", cells.one_of(EVENT_NOTE)),
        Column("area", cells.any_place, ""),
        Column("text", cells.sentence(LONGEST_NOTE)),
        Column(f"text_{LOCAL}", cells.sentence(LONGEST_NOTE, may_be_empty=True), ""),
        Column("public", cells.flag, "yes"),
    ),
    key=("month", "until", "kind", "area", "text"),
    area="area",
    to_release=lambda row: EventNote(
        row["month"], row["until"] or row["month"], row["kind"], row["area"],
        row["text"], row[f"text_{LOCAL}"],
    ),
    faults=_note_faults,
    months=lambda row: Span(row["month"], row["until"] or row["month"]),
    is_for=lambda row, audience, _: audience == "member" or row["public"],
)  # fmt: skip

POPULATIONS = Kind(
    name="populations",
    one="population",
    table="population",
    help="how many people live in places",
    columns=(
        Column("area_code", cells.area_of((*_AREAS, *_CAMPS))),
        Column("population", cells.whole(1, _MOST_PEOPLE)),
        Column("year", cells.year),
        Column("boundaries", cells.one_of(BOUNDARIES)),
        Column("population_group", cells.one_of(COUNTED_GROUP)),
    ),
    key=("area_code", "population_group", "year"),
    area="area_code",
    to_release=lambda row: Population(
        row["area_code"], row["population_group"], row["year"], row["boundaries"],
        row["population"],
    ),
    faults=_count_faults,
    along=census,
    grouped=("year", "population_group", "boundaries"),
)  # fmt: skip

CAPACITIES = Kind(
    name="capacities",
    one="capacity",
    table="capacity",
    help="how many places services have",
    columns=(
        Column("area", cells.area_of(_AREAS)),
        Column("service", cells.one_of(SERVICE)),
        Column("group", cells.one_of(SEX_AGE_GROUP)),
        Column("places", cells.whole(0, _MOST_PLACES)),
        Column("as_of", cells.day),
    ),
    key=("area", "service", "group", "as_of"),
    area="area",
    to_release=lambda row: Capacity(
        row["area"], row["service"], row["group"], row["places"], row["as_of"]
    ),
    grouped=("service", "as_of"),
)

TARGETS = Kind(
    name="targets",
    one="target",
    table="target",
    help="what plans want of an indicator",
    columns=(
        Column("indicator", cells.indicator),
        Column("area", cells.any_place, ""),
        Column("group", cells.one_of(SEX_AGE_GROUP), _EVERYBODY),
        Column("period", cells.months),
        Column("target", cells.whole(1, _MOST_PEOPLE)),
        Column("source", cells.sentence(LONGEST_SOURCE, may_name_partners=True)),
        Column("invented", cells.flag, "no"),
    ),
    key=("indicator", "area", "group", "period"),
    area="area",
    to_release=lambda row: Target(
        row["indicator"], row["area"], row["group"], row["period"], row["target"], row["source"]
    ),
    faults=_target_faults,
    months=lambda row: row["period"],
    is_for=lambda row, _, kind: kind == "invented" or not row["invented"],
    along=examples,
)

OUTLINES = Kind(
    name="outlines",
    one="outline",
    table="outline",
    help="the ground that camps take up, in place of all loaded before",
    columns=(Column("place", cells.area_of((SITE,))), Column("geometry", cells.as_it_is)),
    key=("place",),
    area="place",
    to_release=lambda row: Outline(row["place"], row["geometry"]),
    grouped=("place",),
    remarks=_without_outline,
    of_shapes=True,
)

PARTNERS = Kind(
    name="partners",
    one="partner",
    table="",
    help="which partners agreed that coordinators read by name whether they reported; told at once "
    "and in no release",
    columns=(
        Column("partner", cells.partner),
        Column("name", cells.sentence(LONGEST_NAME, may_name_partners=True)),
        Column("agreed", cells.flag),
    ),
    key=("partner",),
    area="",
    to_release=never_released,
)

#: Every kind by its name, in the order in which they are listed.
KINDS: Mapping[str, Kind] = MappingProxyType(
    {kind.name: kind for kind in (NOTES, POPULATIONS, CAPACITIES, TARGETS, OUTLINES, PARTNERS)}
)
#: Those that a release holds.
RELEASED: Mapping[str, Kind] = MappingProxyType(
    {name: kind for name, kind in KINDS.items() if kind.table}
)
