"""Reporting: that a change in reports may be one in who reports, said beside every change.

How coverage moved is told by ``counts.coverage``; charts over time mark its months by
``time_marks``.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.exhibits.counts import coverage
from dashboard.exhibits.counts.coverage import Step
from dashboard.exhibits.question import Question
from dashboard.model.facts import INCIDENTS
from dashboard.model.partner_share import BANDS, Band
from dashboard.model.periods import Span

#: Months of coverage shown at least, so that a short period is seen against its year.
CONTEXT = 12


def notes(question: Question, before: Span) -> list[str]:
    """One note where more or fewer partners reported than in the period compared with, or none."""
    moved = coverage.moved(question.release, question.period, before)
    if not moved:
        return []
    more = "more" if moved > 0 else "fewer"
    return [question.say(f"shared.note.partners_{more}")]


def in_context(question: Question) -> Span:
    """The chosen months, with those before them where they are fewer than a year."""
    chosen = question.period
    return Span(min(chosen.start, chosen.end.plus(1 - CONTEXT)), chosen.end)


def step(question: Question) -> Step | None:
    """From which of these months on more or fewer partners report; None where it varies."""
    span = in_context(question)
    found = next(reversed(coverage.steps(question.release, span)), None)
    if found is None:
        return None
    since = queries.coverage(question.release, Span(found.month, span.end))
    return found if len({band for _, band in since}) == 1 else None


def widest(question: Question) -> tuple[Band, ...]:
    """The bands of these months of which partners could explain most; () where none is told."""
    told = question.release.partner_share(INCIDENTS.id)
    sides = zip(*(told[month] for month in in_context(question) if month in told), strict=True)
    return tuple(max(side, key=BANDS.index) for side in sides)


def caution(question: Question) -> str:
    """What a lasting change of partners means for a fall or a rise; '' without one."""
    found, told = step(question), widest(question)
    if found is None or not told:
        return ""
    side, band = ("rise", told[1]) if found.sign > 0 else ("fall", told[0])
    return question.say(f"quality.care_{side}_{band}")
