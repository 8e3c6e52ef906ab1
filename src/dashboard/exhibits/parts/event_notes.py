"""Event notes: what the operator noted of months, as figures mark it and notes say it.

A note explains and counts nothing. Who looks at an area gets the notes about it, about what it lies
in or holds, and about everywhere.
"""

from __future__ import annotations

from dashboard.exhibits.counts.home import are_nested
from dashboard.exhibits.question import Question
from dashboard.model.codes import EVENT_NOTE
from dashboard.model.event_note import EventNote
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate


def notes_in(question: Question, span: Span) -> list[EventNote]:
    """Notes of the operator that are about any month of a span, the earliest first."""
    notes = [
        note
        for note in question.release.event_notes
        if note.meets(span) and concerns(question, note.area)
    ]
    return sorted(notes, key=lambda note: (note.month, note.last_month, note.kind))


def concerns(question: Question, area: str) -> bool:
    """Whether a place is one that a reader looks at, inside or around it; '' is everywhere."""
    release, chosen = question.release, question.filters.codes_of("area")
    if not area or not chosen:
        return True
    return any(are_nested(release, area, code) for code in chosen)


def label(release: Release, note: EventNote, lang: str) -> str:
    """The kind of event that a note is about, in words, with its area if it has one."""
    kind = release.label(EVENT_NOTE.id, note.kind, lang)
    if not note.area:
        return kind
    return translate(
        "hotspots.event_in", lang, kind=kind, place=release.place_name(note.area, lang)
    )


def sentences(question: Question) -> list[str]:
    """Every note about a question's months: when, what, and the operator's own words."""
    return [
        question.translate(
            "hotspots.event",
            period=question.dated(note.span),
            label=label(question.release, note, question.lang),
            text=note.text(question.lang),
        )
        for note in notes_in(question, question.period)
    ]
