"""Coverage: which months had reports, by bands of partners; national, never by partner.

Id: quality.coverage. The finding above the page is of the same months. The figure is drawn as HTML:
each of ``months`` has name, band, its short ``text`` and its ``step`` from 0 (no partner) on;
``said`` is how much partners who stopped and who began could explain.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard import queries
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parts import reporting
from dashboard.exhibits.parts.empty_state import empty_exhibit, usual_view
from dashboard.exhibits.parts.frame import make_exhibit
from dashboard.exhibits.parts.reporting import CONTEXT, STEPS, band_name, in_context, step, widest
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.words import dates

_ID = "quality.coverage"


@exhibit(_ID, facts=())
def coverage(question: Question) -> Exhibit:
    """Band of partners that reported, month by month; national, never by partner."""
    span = in_context(question)
    months = queries.coverage(question.release, span)
    notes = [question.translate("quality.unfiltered")] if question.filters.active else []
    around = reporting.frame(question, span, *notes)
    table = reporting.table(question, months)
    if not queries.coverage(question.release, question.period):
        reason = question.translate(f"{_ID}.empty", period=question.period_in_words)
        return empty_exhibit(around, usual_view(question, reason), table)
    causes = explained(question)
    is_long = len(months) > CONTEXT
    figure_months = [_month(question, month, band, is_long=is_long) for month, band in months]
    return make_exhibit(
        around,
        title=_title(question, months),
        figure={"form": "coverage", "months": figure_months, "said": causes},
        table=table,
        description=" ".join((reporting.described(question, months), *causes)),
    )


def explained(question: Question) -> list[str]:
    """Sentences: how much of a change partners who stopped, and who began, could explain.

    None where that is not known.
    """
    sides = zip(("silent", "new"), widest(question), strict=False)
    return [question.translate(f"{_ID}.{side}_{band}") for side, band in sides]


def headline(question: Question) -> str:
    """The finding above the page: how many partners reported, or since when more or fewer did."""
    reported = queries.coverage(question.release, question.period)
    if not reported:
        return question.translate("quality.headline_outside")
    if change := step(question):
        kind = "more" if change.sign > 0 else "fewer"
        month = question.month(change.month)
        return question.translate(f"quality.headline_{kind}", month=month)
    kind, values = _fewest(question, reported)
    kind = "month" if len(reported) == 1 else kind
    return question.translate(f"quality.headline_{kind}", **values)


def _month(question: Question, month: date, band: str, *, is_long: bool) -> dict[str, str | int]:
    """A month as it is drawn; of more than a year each has its year too."""
    lang, label = question.lang, band_name(question, band)
    return {
        "name": dates.month_at_tick(month, lang)
        if is_long
        else dates.month_of_year(month.month, lang),
        "band": label,
        "text": question.translate(f"{_ID}.most") if band == STEPS[-1] else label,
        "step": STEPS.index(band),
    }


def _title(question: Question, months: Sequence[tuple[date, str]]) -> str:
    """Since when more or fewer partners report, else in which months fewest did."""
    if change := step(question):
        bands = dict(months)
        now, before = (bands[month.first_day] for month in (change.month, change.month.plus(-1)))
        return reporting.since(question, _ID, now, change.month, before)
    kind, values = _fewest(question, months)
    return question.translate(f"{_ID}.{kind}", **values)


def _fewest(question: Question, months: Sequence[tuple[date, str]]) -> tuple[str, dict[str, str]]:
    """The phrase for the months with the fewest partners, and its values: the first of them.

    The phrase is "fewest" for one month, "several", or "same" where all months have one band.
    """
    bands = [band for _, band in months]
    month, least = min(months, key=lambda month_and_band: STEPS.index(month_and_band[1]))
    kind = "fewest" if bands.count(least) == 1 else "several"
    values = {"band": band_name(question, least), "month": question.month(month)}
    return "same" if len(set(bands)) == 1 else kind, values
