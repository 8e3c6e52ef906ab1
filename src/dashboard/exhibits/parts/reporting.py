"""Reporting: that a change in reports may be one in who reports, said beside every change.

How coverage moved is told by ``counts.coverage``; charts over time mark its months by
``time_marks``.
"""

from __future__ import annotations

from dashboard.exhibits.counts import coverage
from dashboard.exhibits.question import Question
from dashboard.model.periods import Span


def notes(question: Question, before: Span) -> list[str]:
    """One note where more or fewer partners reported than in the period compared with, or none."""
    moved = coverage.moved(question.release, question.period, before)
    if not moved:
        return []
    more = "more" if moved > 0 else "fewer"
    return [question.say(f"shared.note.partners_{more}")]
