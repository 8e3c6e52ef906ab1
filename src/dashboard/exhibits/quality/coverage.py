"""Coverage: which months had reports, by bands of partners; national, never by partner.

Id: quality.coverage. The finding above the page is of the same months. The figure is drawn as HTML:
each of ``months`` has name, band, its short ``text`` and its ``step`` from 0 (no partner) on;
``said`` is what partners who stopped and who began could explain.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard import queries
from dashboard.exhibits.exhibit import Column, Exhibit, Offer, Table
from dashboard.exhibits.parts.frame import frame_of_release, made
from dashboard.exhibits.parts.offers import offered, query_of
from dashboard.exhibits.parts.reporting import CONTEXT, in_context, step, widest
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.filters import Filters
from dashboard.model import codes
from dashboard.words import dates

_ID = "quality.coverage"
_STEPS = codes.REPORTING_BAND.values


@exhibit(_ID, facts=())
def coverage(question: Question) -> Exhibit:
    """Band of partners that reported, month by month; national, never by partner."""
    chosen, span = question.period, in_context(question)
    months = queries.coverage(question.release, span)
    bands = [_band(question, band) for _, band in months]
    table = Table(
        (
            Column("month", question.say(f"{_ID}.month")),
            Column("band", question.say(f"{_ID}.band"), question.say(f"{_ID}.unit")),
        ),
        tuple((str(month)[:7], band) for (month, _), band in zip(months, bands, strict=True)),
    )
    shown = question.dated(span.clipped(question.release.span) or span)
    notes = [question.say("quality.unfiltered")] if question.filters.active else []
    around = frame_of_release(question, _ID, question.say(f"{_ID}.note"), *notes, period=shown)
    if not queries.coverage(question.release, chosen):
        return offered(_ID, around, _no_months(question), table)
    said = explained(question)
    each = "; ".join(
        f"{question.month(month)}: {band}" for (month, _), band in zip(months, bands, strict=True)
    )
    return made(
        _ID,
        around,
        title=_title(question, months),
        figure={
            "form": "coverage",
            "months": [
                _month(question, month, band, is_long=len(months) > CONTEXT)
                for month, band in months
            ],
            "said": said,
        },
        table=table,
        description=" ".join((question.say(f"{_ID}.description", months=each), *said)),
    )


def explained(question: Question) -> list[str]:
    """How much partners could explain of a change: who stopped, and who began; [] if untold."""
    sides = zip(("silent", "new"), widest(question), strict=False)
    return [question.say(f"{_ID}.{side}_{band}") for side, band in sides]


def headline(question: Question) -> str:
    """How partners reported, above the page."""
    reported = queries.coverage(question.release, question.period)
    if not reported:
        return question.say("quality.headline_outside")
    if found := step(question):
        kind = "more" if found.sign > 0 else "fewer"
        month = question.month(found.month)
        return question.say(f"quality.headline_{kind}", month=month)
    kind, values = _fewest(question, reported)
    return question.say(f"quality.headline_{'month' if len(reported) == 1 else kind}", **values)


def _month(question: Question, month: date, band: str, *, is_long: bool) -> dict[str, str | int]:
    """A month as it is drawn; of more than a year each has its year too."""
    lang = question.lang
    with_year = dates.month_at_tick(month, lang)
    is_most = band == _STEPS[-1]
    return {
        "name": with_year if is_long else dates.month_of_year(month.month, lang),
        "band": _band(question, band),
        "text": question.say(f"{_ID}.most") if is_most else _band(question, band),
        "step": _STEPS.index(band),
    }


def _title(question: Question, months: Sequence[tuple[date, str]]) -> str:
    """Since when more or fewer partners report, else in which months fewest did."""
    if found := step(question):
        of = dict(months)
        now, before = (of[month.first_day] for month in (found.month, found.month.plus(-1)))
        return question.say(
            f"{_ID}.since",
            band=_band(question, now),
            month=question.month(found.month),
            before=_band(question, before),
        )
    kind, values = _fewest(question, months)
    return question.say(f"{_ID}.{kind}", **values)


def _fewest(question: Question, months: Sequence[tuple[date, str]]) -> tuple[str, dict[str, str]]:
    """Whether one month stands alone with the fewest partners, and the first of these in words."""
    bands = [band for _, band in months]
    month, least = min(months, key=lambda entry: _STEPS.index(entry[1]))
    kind = "fewest" if bands.count(least) == 1 else "several"
    values = {"band": _band(question, least), "month": question.month(month)}
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
