"""Places of services beside referrals: what the figure of gaps says of them.

Numbers of places and of referrals stand side by side and are never divided: a place serves several
people, and not all who are referred come. Counting stands in ``counts.capacities``.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exhibits.counts.capacities import Places
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.words import dates, numbers

_PEOPLE = "people"


def named(question: Question, service: str, places: Places | None) -> str:
    """Name of a service with its places, where they are known."""
    name = names.service(question, service)
    if places is None or service not in places.by_service:
        return name
    number = numbers.number(places.by_service[service], question.lang)
    return question.say("referrals.coverage.places_of", service=name, number=number)


def notes(question: Question, places: Places | None) -> list[str]:
    """When places were counted, where any are known, and which of them are left out."""
    if places is None:
        return []
    notes = []
    if places.counted:
        first, last = (dates.day(day, question.lang) for day in places.counted)
        both = question.say("referrals.coverage.days", first=first, last=last)
        days = first if first == last else both
        notes.append(question.say("referrals.coverage.note_places", days=days))
    if places.is_left_out:
        notes.append(question.say("referrals.coverage.note_places_left_out"))
    return notes


def beside(
    question: Question, table: Table, columns: Sequence[str], places: Places | None
) -> Table:
    """The table of gaps with all places of each service, and in files those of each column."""
    if places is None or not places.by_service:
        return table
    known = {**places.by_group, **places.by_area}
    label = question.say("referrals.coverage.column_places")
    own = [code for code in columns if any(column == code for _, column in known)]
    headings = {column.code: column.label for column in table.columns}
    added = (
        Column("places", label, number=True),
        *(
            Column(
                f"places_{code}",
                question.say("referrals.coverage.column_places_of", name=headings[code]),
                number=True,
                in_files=True,
            )
            for code in own
        ),
    )
    at = [column.code for column in table.columns].index("code")
    rows = (
        (*row, places.by_service.get(str(row[at])), *(known.get((str(row[at]), c)) for c in own))
        for row in table.rows
    )
    return Table((*table.columns, *added), tuple(rows))
