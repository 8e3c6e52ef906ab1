"""Steps from identification to a first service. Id: referrals.steps.

As events of the same quarters, or by quarter of request (``by``). Counted are first referrals,
since a person's first referral counts that person. Facts are not matched, so the steps are never
called parts of each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from dashboard.exhibits.charts import tables
from dashboard.exhibits.charts.tables import columns
from dashboard.exhibits.counts.referral_counts import (
    FIRST,
    count_first_requests,
    endings_of_requests,
    whole_quarters,
)
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import breakdowns, ranges
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.empty_state import empty_exhibit, is_reported, not_recorded, nothing
from dashboard.exhibits.parts.frame import (
    frame,
    make_exhibit,
    number_format,
    snapped_note,
    total_in_words,
)
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures import theme
from dashboard.figures.plot import Plot, Series
from dashboard.model.codes import IDENTIFICATION_STEP
from dashboard.model.facts import ENDINGS, PEOPLE, REQUESTS
from dashboard.model.periods import Month
from dashboard.queries import summed
from dashboard.words.catalogue import begin

_ID = "referrals.steps"
#: Code of a step of identification that is not known.
_UNKNOWN = "unknown"
#: Breakdowns that are drawn, and arguments of ``make_exhibit``: title, plot, table and description;
#: None for the latter where there is nothing to draw.
_Drawing = tuple[Sequence[Breakdown], dict[str, Any] | None]
#: Rows that are a part of another one, or still open, are paler.
_COLOURS = dict.fromkeys((*IDENTIFICATION_STEP.values, _UNKNOWN), theme.SKY) | {
    "open": theme.NEUTRAL
}
#: Parts of a quarter: their outcome and colour.
_PARTS = {
    "served": ("done", theme.BLUE),
    "ended": ("without", theme.SLATE),
    "open": ("open", theme.SKY),
}


class _Cohort(NamedTuple):
    """First referrals that were requested in one quarter, by what came of them until now.

    Attributes:
        served: Those who had the service.
        ended: Those whose referral ended without it.
        still_open: Those that have not ended.
    """

    served: int
    ended: int
    still_open: int


class _Row(NamedTuple):
    """A step: its code, its name, its number, and the breakdown that it is one of."""

    code: str
    label: str
    size: int
    breakdown: Breakdown


@exhibit(
    _ID,
    facts=("people", "requests", "endings"),
    options=(Option("by", ("event", "cohort")),),
    by_quarter=True,
)
def referrals_steps(question: Question) -> Exhibit:
    """People identified, first requests, first services, and who waits, side by side."""
    in_quarters = whole_quarters(question)
    facts = [fact for fact in (PEOPLE, REQUESTS, ENDINGS) if is_reported(question, fact)]
    is_cohort = question.options["by"] == "cohort" and REQUESTS in facts
    by, fact = ("cohort", REQUESTS) if is_cohort else ("event", PEOPLE)
    cuts, parts = _cohorts(in_quarters) if is_cohort else _events(in_quarters)
    notes = [] if REQUESTS in facts else [not_recorded(question, REQUESTS).reason]
    around = frame(
        in_quarters,
        *(facts or [PEOPLE]),
        cuts=cuts,
        what=question.translate(f"{_ID}.what_{by}"),
        note="" if is_cohort else question.translate(f"{_ID}.note"),
        notes=[*notes, *snapped_note(question, in_quarters)],
        options={"by": by},
    )
    if parts is None:
        return empty_exhibit(around, nothing(question, fact))
    return make_exhibit(around, **parts)


def _events(question: Question) -> _Drawing:
    """The figure by event: what happened in the same quarters, step by step."""
    rows = [*_rows(question)]
    cuts = [row.breakdown for row in rows]
    if not any(row.size for row in rows):
        return cuts, None
    # Exact is a reported total of people above 0.
    numbers = {
        row.code: total_in_words(question, PEOPLE, row.size)
        if row.code == "people" and row.size
        else question.about(row.size, row.breakdown.fact)
        for row in rows
    }
    first, *others = (code for code in ("people", "first") if code in numbers)
    # Facts that are not reported have no number.
    title = question.translate(f"{_ID}.title" if others else f"{_ID}.title_{first}", **numbers)
    row_texts = ", ".join(
        question.translate("shared.named", name=row.label, number=numbers[row.code]) for row in rows
    )
    bars = (
        number_format(question, PEOPLE, error=row.breakdown.error).number(row.size) for row in rows
    )
    colours = tuple(_COLOURS.get(row.code, theme.BLUE) for row in rows)
    labels = tuple(row.label for row in rows)
    code = Column("code", question.translate("rankings.code"))
    about = [code, *columns(question, f"{_ID}.column_", "step")]
    cells = (((row.code, row.label, row.size), row.breakdown) for row in rows)
    period = question.period_in_words
    return cuts, {
        "title": begin(title),
        "plot": Plot("bars", labels, (Series("", tuple(bars), colours),)),
        "table": tables.of_cuts(question, PEOPLE, about, cells),
        "description": question.translate(f"{_ID}.description", period=period, names=row_texts),
    }


def _rows(question: Question) -> Iterator[_Row]:
    """People by step of identification, then first referrals by outcome, where reported."""
    if question.release.has(PEOPLE):
        by, total = ("identification_step",), question.total(PEOPLE)
        identified = question.sums(PEOPLE, *by, key=lambda code: code or _UNKNOWN)
        breakdown = breakdowns.breakdown_of(question, PEOPLE, by, tuple(identified.values()))
        everybody = breakdowns.breakdown_of(question, PEOPLE, (), (total,))
        yield _row(question, "people", total, everybody)
        for code in (*IDENTIFICATION_STEP.values, _UNKNOWN):
            if size := identified[code]:
                yield _Row(code, _step_label(question, code), size, breakdown)
    if is_reported(question, REQUESTS):
        first, by = count_first_requests(question), ("step", "status")
        sizes = question.sums(ENDINGS, *by, key=lambda step, status: (step, status == "done"))
        served, ended = sizes[FIRST, True], sizes[FIRST, False]
        still_open = sum(cohort.still_open for cohort in _count_cohorts(question).values())
        requests = breakdowns.breakdown_of(question, REQUESTS, ("step",), (first,))
        endings = breakdowns.breakdown_of(question, ENDINGS, by, (served, ended))
        yield _row(question, "first", first, requests)
        yield _row(question, "served", served, endings)
        yield _row(question, "ended", ended, endings)
        difference = breakdowns.difference(requests, endings, (still_open,))
        yield _row(question, "open", still_open, difference)


def _row(question: Question, code: str, size: int, breakdown: Breakdown) -> _Row:
    """A row of a code that has a phrase in this exhibit."""
    return _Row(code, question.translate(f"{_ID}.{code}"), size, breakdown)


def _step_label(question: Question, code: str) -> str:
    """Name of a row: a step of identification."""
    if code == _UNKNOWN:
        return question.translate(f"{_ID}.step_unknown")
    label = question.label(IDENTIFICATION_STEP, code)
    return question.translate(f"{_ID}.step", label=label)


def _cohorts(question: Question) -> _Drawing:
    """The figure by quarter of request: first referrals served, ended without, and still open."""
    cohorts, lang = _count_cohorts(question), question.lang
    sizes = [size for cohort in cohorts.values() for size in cohort]
    by = ("step", "status", "lag_quarters")
    endings = breakdowns.breakdown_of(question, ENDINGS, by, sizes, months=3)
    requests = breakdowns.breakdown_of(question, REQUESTS, ("step",), sizes, months=3)
    waits = breakdowns.difference(requests, endings, sizes)
    if not any(sizes):
        return [endings], None
    # The fields of a cohort are in the order of _PARTS.
    by_part = dict(zip(_PARTS, zip(*cohorts.values(), strict=True), strict=True))
    sums = {part: sum(by_quarter) for part, by_quarter in by_part.items()}
    label = {part: names.outcome(question, outcome) for part, (outcome, _) in _PARTS.items()}
    cohort_format, unit = number_format(question, PEOPLE, error=waits.error), PEOPLE.unit_in(lang)
    table = Table(
        (
            *columns(question, f"{_ID}.column_", "quarter"),
            *(Column(part, label[part], unit) for part in _PARTS),
        ),
        (
            *((start.quarter, *cohort) for start, cohort in cohorts.items()),
            (question.translate("referrals.part_all"), *sums.values()),
        ),
    )
    table = ranges.with_ends_in_files(table, ("served", "ended"), endings.error, lang)
    still_open = question.about(sums["open"], REQUESTS)
    return [endings], {
        "title": begin(question.translate(f"{_ID}.title_cohort", number=still_open)),
        "plot": Plot(
            "stacked",
            tuple(question.quarter(start) for start in cohorts),
            tuple(
                Series(label[part], cohort_format.numbers(by_part[part]), colour)
                for part, (_, colour) in _PARTS.items()
            ),
        ),
        "table": ranges.with_ends_in_files(table, ("open",), waits.error, lang),
        "description": question.translate(
            f"{_ID}.description_cohort",
            period=question.period_in_words,
            served=question.about(sums["served"], ENDINGS),
            ended=question.about(sums["ended"], ENDINGS),
            open=still_open,
        ),
    }


def _count_cohorts(question: Question) -> dict[Month, _Cohort]:
    """First referrals by first month of the quarter of request, for quarters that have data.

    Args:
        question: What the reader looks at, in whole quarters.
    """
    span = question.period.clipped(question.release.span.snapped("quarter"))
    if span is None:
        return {}
    requested = question.sums(
        REQUESTS, "month", "step",
        key=lambda month, step: (Month.of(month).quarter_start, step),
    )  # fmt: skip
    endings = summed(
        endings_of_requests(question, "step", "status"),
        lambda quarter, step, status: (quarter, step, status == "done"),
    )
    cohorts: dict[Month, _Cohort] = {}
    for start in (month for month in span if month == month.quarter_start):
        served, unserved = endings[start, FIRST, True], endings[start, FIRST, False]
        still_open = max(requested[start, FIRST] - served - unserved, 0)
        cohorts[start] = _Cohort(served, unserved, still_open)
    return cohorts
