"""Who reported, in bands for all, and what to say with care. Id: brief.reported.

The figure is drawn as HTML (``components.brief``): ``months``, the twelve up to the month of the
brief, each with label, band and ``is_few`` (fewer partners than in most months); ``first`` and
``last``, the names of the ends; ``silent``, the areas without any report, or ''; and ``care``,
cautions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter

from dashboard import queries
from dashboard.exhibits.brief.choice import WINDOWS
from dashboard.exhibits.brief.month import MONTH, month_of
from dashboard.exhibits.counts import coverage
from dashboard.exhibits.counts.area_counts import count_areas
from dashboard.exhibits.counts.home import home, way_up
from dashboard.exhibits.exhibit import EmptyState, Exhibit
from dashboard.exhibits.parts import lateness, reporting
from dashboard.exhibits.parts.empty_state import empty_exhibit, leading
from dashboard.exhibits.parts.frame import make_exhibit
from dashboard.exhibits.parts.reporting import band_name, caution
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.filters import Filters
from dashboard.model.country import SECOND, THIRD
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.model.periods import Month, Span
from dashboard.words import dates

_ID = "brief.reported"
_MONTHS = 12
#: Areas without reports that are named.
_NAMED = 3


@exhibit(_ID, facts=(), options=(MONTH,), by_month=True)
def reported(question: Question) -> Exhibit:
    """Band of partners that reported in each of twelve months; national, never by partner."""
    end = month_of(question)
    span = Span.last(_MONTHS, until=end)
    months = queries.coverage(question.release, span)
    around, table = reporting.frame(question, span), reporting.table(question, months)
    if not months:
        reason = question.translate("quality.coverage.empty", period=question.month(end))
        return empty_exhibit(around, EmptyState(reason), table)
    few = coverage.fewer(question.release, span)
    silent, care = _silent(question, end), _care(question, end)
    return make_exhibit(
        around,
        title=_title(question, months),
        figure={
            "form": "reported",
            "months": [
                {
                    "label": question.month(month),
                    "band": band_name(question, band),
                    "is_few": Month.of(month) in few,
                }
                for month, band in months
            ],
            "first": dates.month_at_tick(months[0][0], question.lang),
            "last": dates.month_at_tick(months[-1][0], question.lang),
            "silent": silent,
            "care": care,
        },
        table=table,
        description=" ".join(filter(None, (reporting.described(question, months), silent, *care))),
    )


def _title(question: Question, months: Sequence[tuple[date, str]]) -> str:
    """How many partners report now, since when, and how many did before, all in bands."""
    # Each band with the first month of its run.
    runs = [(band, next(run)[0]) for band, run in groupby(months, key=itemgetter(1))]
    band, since = runs[-1]
    if len(runs) == 1:
        return question.translate(f"{_ID}.same", band=band_name(question, band))
    if len(runs) > 2:  # noqa: PLR2004
        name = band_name(question, band)
        return question.translate(f"{_ID}.varied", band=name, month=question.month(since))
    return reporting.since(question, _ID, band, since, runs[0][0])


def _silent(question: Question, end: Month) -> str:
    """Areas of the home, and whole districts, that maps of a quarter dot; or ''."""
    release, period = question.release, Span.last(WINDOWS[0], until=end)
    quarter = period.clipped(release.span) or period
    around, level = home(release), SECOND if release.edition.is_public else THIRD
    everywhere = replace(question, filters=Filters(lang=question.lang), period=quarter)
    fact = leading(everywhere, INCIDENTS, PEOPLE) or PEOPLE
    inside, districts = (
        [(code, way_up(release, code)) for code in count_areas(everywhere, fact, each).silent]
        for each in (level, SECOND)
    )
    places: list[str] = []
    if areas := [code for code, way in inside if around in way[1:]]:
        names, rest = sorted(map(question.place_name, areas)), len(areas) - _NAMED
        key = "silent_home_more" if rest > 0 else "silent_home"
        places.append(
            question.translate(
                f"{_ID}.{key}",
                names=", ".join(names[:_NAMED]),
                n=max(rest, 0),
                home=question.place_name(around),
            )
        )
    if number := sum(around not in way for _, way in districts):
        key = "silent_elsewhere" if places else "silent_districts"
        places.append(question.translate(f"{_ID}.{key}", n=number))
    if not places:
        return ""
    dated = question.dated(quarter)
    return question.translate(f"{_ID}.silent", places="; ".join(places), period=dated)


def _care(question: Question, end: Month) -> list[str]:
    """What a change of partners means for a fall or a rise, and that reports still come in."""
    care = [caution(replace(question, period=Span(end, end)))]
    if late := lateness.provisional(question.release, Span.last(WINDOWS[0], until=end)):
        care.append(question.translate(f"{_ID}.care_late", period=question.dated(late)))
    return [*filter(None, care)]
