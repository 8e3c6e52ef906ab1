"""Coverage: which months had reports, by bands of partners; national, never by partner.

Id: quality.coverage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard import queries
from dashboard.exhibits.exhibit import Column, Exhibit, Offer, Table
from dashboard.exhibits.parts.frame import Frame, made, source, stamp
from dashboard.exhibits.parts.offers import offered, query_of
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.dots import dots
from dashboard.filters import Filters
from dashboard.model import codes
from dashboard.model.periods import Span
from dashboard.words import dates
from dashboard.words.catalogue import say

#: Months drawn at least, so that a short period is seen against its year.
_CONTEXT = 12


@exhibit("quality.coverage", facts=())
def coverage(question: Question) -> Exhibit:
    """Band of partners that reported, month by month; national, never by partner."""
    lang = question.lang
    span = Span(
        min(question.period.start, question.period.end.plus(1 - _CONTEXT)), question.period.end
    )
    months = queries.coverage(question.release, span)
    labels = [band_of(question, entry) for entry in months]
    table = Table(
        (
            Column("month", say("quality.coverage.month", lang)),
            Column("band", say("quality.coverage.band", lang), say("quality.coverage.unit", lang)),
        ),
        tuple((str(month)[:7], label) for (month, _), label in zip(months, labels, strict=True)),
    )
    around = _unfiltered_frame(
        replace(question, period=span.clipped(question.release.span) or span)
    )
    if not queries.coverage(question.release, question.period):
        return offered("quality.coverage", around, _no_months(question), table)
    least = fewest(months)
    kind = "same" if len({band for _, band in months}) == 1 else fewest_kind(months)
    steps = codes.REPORTING_BAND.values
    return made(
        "quality.coverage",
        around,
        title=say(f"quality.coverage.{kind}", lang,
                  band=band_of(question, least), month=month_of(question, least)),
        figure=dots(
            [steps.index(band) for _, band in months],
            [question.release.label(codes.REPORTING_BAND.id, step, lang) for step in steps[1:]],
            months=[dates.month_at_tick(month, lang) for month, _ in months],
            hover=[
                say("quality.coverage.hover", lang, month=month_of(question, entry), band=label)
                for entry, label in zip(months, labels, strict=True)
            ],
        ),
        table=table,
        description=say(
            "quality.coverage.description",
            lang,
            months="; ".join(
                f"{month_of(question, entry)}: {label}"
                for entry, label in zip(months, labels, strict=True)
            ),
        ),
    )  # fmt: skip


def fewest(months: Sequence[tuple[date, str]]) -> tuple[date, str]:
    """The first of the months in which the fewest partners reported."""
    return min(months, key=lambda entry: codes.REPORTING_BAND.values.index(entry[1]))


def fewest_kind(months: Sequence[tuple[date, str]]) -> str:
    """Whether one month stands alone with the fewest partners, for the key of a phrase."""
    least = fewest(months)[1]
    return "fewest" if [band for _, band in months].count(least) == 1 else "several"


def band_of(question: Question, entry: tuple[date, str]) -> str:
    """The band of a month in words."""
    return question.release.label(codes.REPORTING_BAND.id, entry[1], question.lang)


def month_of(question: Question, entry: tuple[date, str]) -> str:
    """A month in words."""
    return dates.month(entry[0], question.lang)


def _unfiltered_frame(question: Question) -> Frame:
    """The frame of coverage: known for the whole country, so that only the period applies."""
    lang = question.lang
    period = dates.period(question.period, lang)
    notes = [say("quality.coverage.note", lang)]
    if question.filters.active:
        notes.append(say("quality.unfiltered", lang))
    return Frame(
        say("quality.coverage.subtitle", lang, period=period),
        say("quality.coverage.unit", lang),
        tuple(notes),
        source(question.release, lang),
        stamp(question.release, question.filters),
    )


def _no_months(question: Question) -> Offer:
    lang = question.lang
    return Offer(
        say("quality.coverage.empty", lang, period=dates.period(question.period, lang)),
        say("shared.offer.empty_action", lang),
        query_of(question, Filters(lang=lang, edition=question.filters.edition)),
    )
