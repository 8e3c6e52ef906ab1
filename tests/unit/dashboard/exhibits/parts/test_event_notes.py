"""Which notes of the operator a reader gets, and how they are said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.exhibits.parts import event_notes
from dashboard.exhibits.question import Question
from dashboard.filters import Filters
from dashboard.model.event_note import EventNote
from dashboard.model.periods import Month, Span
from tests.support.releases import built

PERIOD = Span.parse("2026-04..2026-09")


def note(month: str, kind: str, area: str, text: str, bangla: str = "") -> EventNote:
    return EventNote(Month.parse(month), Month.parse(month), kind, area, text, bangla)


@pytest.fixture
def asked(tmp_path: Path) -> Question:
    notes = [
        note("2026-08", "flood", "BD2022", "Flood on the coast", "উপকূলে বন্যা"),
        note("2026-05", "policy", "", "A new law"),
        note("2026-06", "operation", "BD30", "Raids in the capital"),
        note("2025-01", "other", "", "Long ago"),
    ]
    release = built(tmp_path, months=24, notes=notes)
    return Question(release, Filters(), PERIOD, {})


def texts(question: Question, *areas: str) -> list[str]:
    chosen = replace(question, filters=Filters(area=areas))
    return [found.text_en for found in event_notes.notes_in(chosen, PERIOD)]


def test_notes_are_those_of_the_months_in_order(asked: Question) -> None:
    assert texts(asked) == ["A new law", "Raids in the capital", "Flood on the coast"]


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("BD20220094", ["A new law", "Flood on the coast"]),  # lies in the area of the note
        ("BD20", ["A new law", "Flood on the coast"]),  # holds it
        ("BD3026", ["A new law", "Raids in the capital"]),
        ("MY", ["A new law"]),
    ],
)
def test_a_note_about_an_area_is_for_who_looks_at_it(
    asked: Question, area: str, said: list[str]
) -> None:
    assert texts(asked, area) == said


def test_a_note_is_said_with_its_kind_place_and_months(asked: Question) -> None:
    said = event_notes.sentences(asked)[-1]
    assert said == "Flood or cyclone in Cox's Bazar, Aug 2026. Flood on the coast."
    bangla = replace(asked, filters=Filters(lang="bn"))
    assert "উপকূলে বন্যা" in event_notes.sentences(bangla)[-1]
