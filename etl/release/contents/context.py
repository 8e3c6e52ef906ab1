"""Context: what an edition tells beside its units, such as notes, populations and targets.

None of it comes from a record. What is kept of it for which audience is decided here; reading and
checking it belong to ``etl.notes``, ``etl.population``, ``etl.outlines``, ``etl.targets`` and
``etl.capacity``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.model.capacity import Capacity
from dashboard.model.codes import COUNTED_GROUP
from dashboard.model.edition import Audience
from dashboard.model.event_note import EventNote
from dashboard.model.outline import Outline
from dashboard.model.periods import Month, Span
from dashboard.model.population import Population
from dashboard.model.release import CAPACITY, EVENT_NOTE, OUTLINE, POPULATION, TARGET
from dashboard.model.target import Target
from etl.capacity.capacities import loaded_capacities
from etl.notes.note import Known, Note
from etl.notes.notes_file import read_notes
from etl.outlines.outlines import loaded_outlines
from etl.population.counts import all_counts
from etl.register.access import CONFIG
from etl.release.contents.geography import Geography, PlaceRow
from etl.release.contents.reporting import ReportingRow
from etl.settings import Settings
from etl.targets.target_file import Entry, read_targets

#: Kind of an edition of invented data.
_INVENTED = "invented"
_GROUPS = {group: number for number, group in enumerate(COUNTED_GROUP.values)}


@dataclass(frozen=True)
class Told:
    """What one edition tells.

    Attributes:
        notes: Notes of its months.
        counts: Populations of the places that it names.
        home: Area on which maps open, '' where none was chosen.
        reporting: Areas and the months in which some agency reported from them.
        outlines: Outlines of camps that it names.
        targets: What plans want in its months.
        capacities: Places of services in areas that it names.
    """

    notes: tuple[EventNote, ...] = ()
    counts: tuple[Population, ...] = ()
    home: str = ""
    reporting: Sequence[ReportingRow] = ()
    outlines: tuple[Outline, ...] = ()
    targets: tuple[Target, ...] = ()
    capacities: tuple[Capacity, ...] = ()

    def peopled(self, places: Sequence[PlaceRow]) -> list[PlaceRow]:
        """Places with the newest count of each, of everybody where that year has several."""
        newest: Mapping[str, Population] = {
            count.place: count
            for count in sorted(self.counts, key=lambda c: (c.year, -_GROUPS[c.group]))
        }
        return [
            (*place[:6], count.people, count.year, count.group)
            if (count := newest.get(place[0]))
            else place
            for place in places
        ]


@dataclass(frozen=True)
class Context:
    """What a store has to tell, before it is known in which edition.

    Attributes:
        notes: The operator's notes.
        counts: Populations of every place, with the census that comes along.
        home: Area on which maps open, '' where none was chosen.
        outlines: Outlines of camps that the operator loaded.
        targets: What plans want, and which of it is invented.
        capacities: Places of services that the operator loaded.
    """

    notes: tuple[Note, ...]
    counts: tuple[Population, ...]
    home: str
    outlines: tuple[Outline, ...] = ()
    targets: tuple[Entry, ...] = ()
    capacities: tuple[Capacity, ...] = ()

    def of(self, audience: Audience, span: Span, geography: Geography, kind: str) -> Told:
        """What an edition of an audience, some months and a kind of data tells.

        Invented targets stand in editions of invented data alone. For the public, notes about an
        area that it may not see are left out, and those that the operator keeps for members.
        """
        places = {place[0] for place in geography.places}
        notes = (
            note.event
            for note in self.notes
            if note.event.meets(span)
            and (audience == "member" or note.public)
            and (not note.event.area or note.event.area in places)
        )
        in_order = sorted(notes, key=lambda note: (note.month, note.last_month, note.text_en))
        counts = tuple(count for count in self.counts if count.place in places)
        outlines = tuple(outline for outline in self.outlines if outline.place in places)
        targets = tuple(
            entry.target
            for entry in self.targets
            if entry.target.meets(span)
            and (kind == _INVENTED or not entry.invented)
            and (not entry.target.area or entry.target.area in places)
        )
        capacities = tuple(held for held in self.capacities if held.area in places)
        return Told(
            tuple(in_order), counts, self.home,
            outlines=outlines, targets=targets, capacities=capacities,
        )  # fmt: skip


def read_context(settings: Settings, geography: Geography, partners: Sequence[str]) -> Context:
    """What a store has to tell.

    Args:
        settings: Paths of the store.
        geography: The places that a release may name.
        partners: Names of partners, which no note may tell.

    Raises:
        OperatorError: With file, entry and rule, if a note or target breaks one or a file is
            damaged.
    """
    places = frozenset(place[0] for place in geography.places)
    return Context(
        read_notes(settings, Known(places, frozenset(partners))),
        all_counts(settings, places),
        settings.home,
        loaded_outlines(settings, places),
        read_targets(settings, places),
        loaded_capacities(settings),
    )


def tells_something_else(path: Path, context: Context, geography: Geography) -> bool:
    """Whether a release tells other notes, populations, targets and so on than it would today."""
    with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
        row = connection.execute(
            "SELECT audience, first_month, last_month, kind FROM edition"
        ).fetchone()
        assert row is not None  # noqa: S101 - it was published
        audience, first, last, kind = row
        now = context.of(audience, Span(Month.of(first), Month.of(last)), geography, kind)
        held = [
            sorted(connection.execute(f"SELECT {', '.join(n for n, _ in columns)} FROM {table}")  # noqa: S608
                   .fetchall(), key=repr)
            for table, columns in (
                ("event_note", EVENT_NOTE),
                ("population", POPULATION),
                ("outline", OUTLINE),
                ("target", TARGET),
                ("capacity", CAPACITY),
            )
        ]  # fmt: skip
    every = (now.notes, now.counts, now.outlines, now.targets, now.capacities)
    rows = [[each.row for each in told] for told in every]
    return held != [sorted(told, key=repr) for told in rows]
