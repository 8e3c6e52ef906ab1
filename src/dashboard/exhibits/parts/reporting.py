"""Reporting: notes beside every change that it may be a change of who reports.

Changes of coverage are found by ``counts.coverage``; charts over time mark their months by
``time_marks``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard import queries
from dashboard.exhibits.counts import coverage
from dashboard.exhibits.counts.coverage import Step
from dashboard.exhibits.exhibit import Column, Frame, Table
from dashboard.exhibits.parts.frame import frame_of_release
from dashboard.exhibits.question import Question
from dashboard.model import codes
from dashboard.model.facts import INCIDENTS
from dashboard.model.partner_share import BANDS, Band
from dashboard.model.periods import Month, Span

#: The bands of coverage and of months, from the fewest partners on.
STEPS = codes.REPORTING_BAND.values
#: A month and its band.
Reported = tuple[date, str]
#: Months of coverage shown at least, so that a short period is seen against its year.
CONTEXT = 12


def notes(question: Question, before: Span | None) -> list[str]:
    """A note that more or fewer partners reported than in the compared period; none if as many.

    Without such a period: that the one which a reader asked for has no numbers, if so.
    """
    if before is None:
        return not_compared(question)
    moved = coverage.moved(question.release, question.period, before)
    if not moved:
        return []
    more = "more" if moved > 0 else "fewer"
    return [question.translate(f"shared.note.partners_{more}")]


def not_compared(question: Question) -> list[str]:
    """That the other period that a reader asked for has no numbers; nothing where it has."""
    period = question.compared_period
    if period is None or question.compared_span:
        return []
    return [question.translate("shared.note.no_comparison", period=question.dated(period))]


def band_name(question: Question, code: str) -> str:
    """A band of reporting partners in words."""
    return question.label(codes.REPORTING_BAND, code)


def since(question: Question, words: str, now: str, month: Month | date, before: str) -> str:
    """From which month on which band reports, and which one did before.

    Args:
        question: What the reader looks at.
        words: Where the catalogue holds ``since``.
        now: The band from the month on.
        month: The month.
        before: The band before it.
    """
    names = {"band": band_name(question, now), "before": band_name(question, before)}
    return question.translate(f"{words}.since", **names, month=question.month(month))


def table(question: Question, months: Sequence[Reported]) -> Table:
    """Each month with its band as a row."""
    month, band, unit = (
        question.translate(f"quality.coverage.{word}") for word in ("month", "band", "unit")
    )
    rows = ((str(start)[:7], band_name(question, code)) for start, code in months)
    return Table((Column("month", month), Column("band", band, unit)), tuple(rows))


def described(question: Question, months: Sequence[Reported]) -> str:
    """Each month with its band, in a sentence."""
    texts = (f"{question.month(month)}: {band_name(question, band)}" for month, band in months)
    return question.translate("quality.coverage.description", months="; ".join(texts))


def frame(question: Question, span: Span, *notes: str) -> Frame:
    """The frame of the months of a span that the release has, to which no other filter applies."""
    period = question.dated(span.clipped(question.release.span) or span)
    note = question.translate("quality.coverage.note")
    return frame_of_release(question, "quality.coverage", note, *notes, period=period)


def in_context(question: Question) -> Span:
    """The chosen months, with those before them where they are fewer than a year."""
    chosen = question.period
    return Span(min(chosen.start, chosen.end.plus(1 - CONTEXT)), chosen.end)


def step(question: Question) -> Step | None:
    """The last lasting change of partners in the months of ``in_context``.

    None without one, and where the band varies after it.
    """
    span = in_context(question)
    last = next(reversed(coverage.steps(question.release, span)), None)
    if last is None:
        return None
    since = queries.coverage(question.release, Span(last.month, span.end))
    return last if len({band for _, band in since}) == 1 else None


def widest(question: Question) -> tuple[Band, ...]:
    """Bands of the largest share that partners could explain of a fall, and of a rise.

    They are the widest of the months of ``in_context``; () where none is known.
    """
    shares = question.release.partner_share(INCIDENTS.id)
    sides = zip(*(shares[month] for month in in_context(question) if month in shares), strict=True)
    return tuple(max(side, key=BANDS.index) for side in sides)


def caution(question: Question) -> str:
    """What a lasting change of partners means for a fall or a rise; '' without one."""
    change, bands = step(question), widest(question)
    if change is None or not bands:
        return ""
    of_fall, of_rise = bands
    side, band = ("rise", of_rise) if change.sign > 0 else ("fall", of_fall)
    return question.translate(f"quality.care_{side}_{band}")
