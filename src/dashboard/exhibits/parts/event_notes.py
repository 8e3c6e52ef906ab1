"""Event notes: what was noted of months, as figures mark it and notes say it.

A note explains and counts nothing. Who looks at an area gets the notes about it, about what it lies
in or holds, and about everywhere.
"""

from __future__ import annotations

from dashboard.exhibits.counts.home import way_up
from dashboard.exhibits.question import Question
from dashboard.model.codes import EVENT_NOTE
from dashboard.model.event_note import EventNote
from dashboard.model.periods import Span
from dashboard.words import dates


def notes_in(question: Question, span: Span) -> list[EventNote]:
    """Notes of the operator that are about any month of a span, the earliest first."""
    found = [note for note in question.release.event_notes if is_about(question, span, note)]
    return sorted(found, key=lambda note: (note.month, note.last_month, note.kind))


def is_about(question: Question, span: Span, note: EventNote) -> bool:
    """Whether a note is about any month of a span, and about what a reader looks at."""
    return note.meets(span) and concerns(question, note.area)


def concerns(question: Question, area: str) -> bool:
    """Whether a place is one that a reader looks at, lies in it or holds it; '' is everywhere."""
    release, chosen = question.release, question.filters.codes_of("area")
    if not area or not chosen:
        return True
    return any(area in way_up(release, code) or code in way_up(release, area) for code in chosen)


def label(question: Question, note: EventNote) -> str:
    """What kind of event it was, with the area that it is about."""
    kind = question.release.label(EVENT_NOTE.id, note.kind, question.lang)
    if not note.area:
        return kind
    place = question.place_name(note.area)
    return question.say("hotspots.event_in", kind=kind, place=place)


def sentence(question: Question, note: EventNote) -> str:
    """A note as a sentence: when, what, and the operator's own words."""
    return question.say(
        "hotspots.event",
        period=dates.period(note.span, question.lang),
        label=label(question, note),
        text=note.text(question.lang),
    )
