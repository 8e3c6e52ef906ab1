"""Coverage: which months had reports, by bands of partners; national, never by partner.

Id: quality.coverage. The finding above the page is of the same months.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard import queries
from dashboard.exhibits.exhibit import Column, Exhibit, Offer, Table
from dashboard.exhibits.parts.frame import frame_of_release, made
from dashboard.exhibits.parts.offers import offered, query_of
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.dots import dots
from dashboard.filters import Filters
from dashboard.model import codes
from dashboard.model.periods import Span
from dashboard.words import dates

_ID = "quality.coverage"
_STEPS = codes.REPORTING_BAND.values
#: Months drawn at least, so that a short period is seen against its year.
_CONTEXT = 12


@exhibit(_ID, facts=())
def coverage(question: Question) -> Exhibit:
    """Band of partners that reported, month by month; national, never by partner."""
    lang, chosen = question.lang, question.period
    span = Span(min(chosen.start, chosen.end.plus(1 - _CONTEXT)), chosen.end)
    months = queries.coverage(question.release, span)
    bands = [_band(question, band) for _, band in months]
    table = Table(
        (
            Column("month", question.say(f"{_ID}.month")),
            Column("band", question.say(f"{_ID}.band"), question.say(f"{_ID}.unit")),
        ),
        tuple((str(month)[:7], band) for (month, _), band in zip(months, bands, strict=True)),
    )
    shown = dates.period(span.clipped(question.release.span) or span, lang)
    notes = [question.say("quality.unfiltered")] if question.filters.active else []
    around = frame_of_release(question, _ID, question.say(f"{_ID}.note"), *notes, period=shown)
    if not queries.coverage(question.release, chosen):
        return offered(_ID, around, _no_months(question), table)
    kind, values = _fewest(question, months)
    named = [dates.month(month, lang) for month, _ in months]
    hover = [
        question.say(f"{_ID}.hover", month=month, band=band)
        for month, band in zip(named, bands, strict=True)
    ]
    each = "; ".join(f"{month}: {band}" for month, band in zip(named, bands, strict=True))
    return made(
        _ID,
        around,
        title=question.say(f"{_ID}.{kind}", **values),
        figure=dots(
            [_STEPS.index(band) for _, band in months],
            [_band(question, step) for step in _STEPS[1:]],
            months=[dates.month_at_tick(month, lang) for month, _ in months],
            hover=hover,
        ),
        table=table,
        description=question.say(f"{_ID}.description", months=each),
    )


def headline(question: Question) -> str:
    """How partners reported, above the page."""
    reported = queries.coverage(question.release, question.period)
    if not reported:
        return question.say("quality.headline_outside")
    kind, values = _fewest(question, reported)
    return question.say(f"quality.headline_{'month' if len(reported) == 1 else kind}", **values)


def _fewest(question: Question, months: Sequence[tuple[date, str]]) -> tuple[str, dict[str, str]]:
    """Whether one month stands alone with the fewest partners, and the first of these in words."""
    bands = [band for _, band in months]
    month, least = min(months, key=lambda entry: _STEPS.index(entry[1]))
    kind = "fewest" if bands.count(least) == 1 else "several"
    values = {"band": _band(question, least), "month": dates.month(month, question.lang)}
    return "same" if len(set(bands)) == 1 else kind, values


def _band(question: Question, code: str) -> str:
    return question.label(codes.REPORTING_BAND, code)


def _no_months(question: Question) -> Offer:
    period = question.period_in_words
    return Offer(
        question.say(f"{_ID}.empty", period=period),
        question.say("shared.offer.empty_action"),
        query_of(question, Filters(lang=question.lang, edition=question.filters.edition)),
    )
