"""Steps from identification to a first service. Id: referrals.steps.

As events of the same quarters, or by quarter of request (``by``). Facts are not matched, so the
steps are never called parts of each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.exhibits.counts.referral_steps import (
    UNKNOWN,
    Cohort,
    count_cohorts,
    count_first_ends,
    count_first_requests,
    count_identified,
)
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import Frame, frame, made, number_format, total_in_words
from dashboard.exhibits.parts.offers import is_told, not_kept, nothing, offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures import theme
from dashboard.figures.plot import Plot, Series
from dashboard.model.codes import IDENTIFICATION_STEP
from dashboard.model.facts import ENDINGS, PEOPLE, REQUESTS
from dashboard.model.periods import Month
from dashboard.words import dates
from dashboard.words.catalogue import begin

_BY = Option("by", ("event", "cohort"))
#: Rows that are parts of another or that still wait are paler.
_COLOURS = {"step": theme.SKY, "waiting": theme.NEUTRAL}
_COHORT_COLOURS = {"served": theme.BLUE, "ended": theme.SLATE, "waiting": theme.SKY}


@dataclass(frozen=True)
class _Row:
    """A step: its code and kind, its name, its number, and the cut that it is of."""

    code: str
    kind: str
    label: str
    size: int
    drawn: Drawn


@exhibit(
    "referrals.steps", facts=("people", "requests", "endings"), options=(_BY,), by_quarter=True
)
def referrals_steps(question: Question) -> Exhibit:
    """People identified, first requests, first services, and who waits, side by side."""
    whole = replace(question, period=question.period.snapped("quarter"))
    if question.options["by"] == "cohort" and is_told(question, REQUESTS):
        return _by_cohort(question, whole)
    rows = _rows(whole)
    around = _frame(question, whole, [row.drawn for row in rows], "event")
    if not any(row.size for row in rows):
        return offered("referrals.steps", around, nothing(question, PEOPLE))
    return made(
        "referrals.steps",
        around,
        title=_title(whole, rows),
        plot=_plot(question, rows),
        table=_table(question, rows),
        description=_description(whole, rows),
    )


def _frame(question: Question, whole: Question, drawn: Sequence[Drawn], by: str) -> Frame:
    lang = question.lang
    period = dates.period(whole.period, lang)
    note = question.say("referrals.steps.note")
    told = tuple(fact for fact in (PEOPLE, REQUESTS, ENDINGS) if is_told(question, fact))
    facts = told or (PEOPLE,)
    notes = [] if REQUESTS in told else [not_kept(question, REQUESTS).reason]
    if whole != question:
        notes.append(question.say("shared.note.snapped", period=period))
    return frame(
        whole,
        *facts,
        drawn=drawn,
        what=question.say(f"referrals.steps.what_{by}"),
        note=note,
        notes=notes,
        options={"by": by},
    )


def _rows(whole: Question) -> list[_Row]:
    rows = _people_rows(whole) if whole.release.holds(PEOPLE) else []
    return [*rows, *_referral_rows(whole)] if is_told(whole, REQUESTS) else rows


def _people_rows(whole: Question) -> list[_Row]:
    identified = count_identified(whole)
    told = display_rule.drawn(whole, PEOPLE, ("identification_step",), tuple(identified.values()))
    total = queries.total(whole.release, PEOPLE, whole.filters, whole.period)
    rows = [_row(whole, "people", total, display_rule.drawn(whole, PEOPLE, (), (total,)))]
    rows += [
        _Row(code, "step", _step(whole, code), identified[code], told)
        for code in (*IDENTIFICATION_STEP.values, UNKNOWN)
        if identified.get(code)
    ]
    return rows


def _referral_rows(whole: Question) -> list[_Row]:
    first, (served, ended) = count_first_requests(whole), count_first_ends(whole)
    waiting = sum(cohort.waiting for cohort in count_cohorts(whole).values())
    asked = display_rule.drawn(whole, REQUESTS, ("step",), (first,))
    ends = display_rule.drawn(whole, ENDINGS, ("step", "status"), (served, ended))
    return [
        _row(whole, "first", first, asked),
        _row(whole, "served", served, ends),
        _row(whole, "ended", ended, ends),
        _row(whole, "waiting", waiting, display_rule.difference(asked, ends, (waiting,))),
    ]


def _row(whole: Question, code: str, size: int, drawn: Drawn) -> _Row:
    return _Row(code, code, whole.say(f"referrals.steps.{code}"), size, drawn)


def _step(question: Question, code: str) -> str:
    if code == UNKNOWN:
        return question.say("referrals.steps.step_unknown")
    label = question.release.label(IDENTIFICATION_STEP.id, code, question.lang)
    return question.say("referrals.steps.step", label=label)


def _plot(question: Question, rows: Sequence[_Row]) -> Plot:
    said = [number_format(question, PEOPLE, error=row.drawn.error).number(row.size) for row in rows]
    colours = tuple(_COLOURS.get(row.kind, theme.BLUE) for row in rows)
    return Plot("bars", tuple(row.label for row in rows), (Series("", tuple(said), colours),))


def _title(whole: Question, rows: Sequence[_Row]) -> str:
    sizes = {row.code: row.size for row in rows}
    if "people" not in sizes:
        first = whole.about(sizes["first"], REQUESTS)
        return begin(whole.say("referrals.steps.title_first", first=first))
    people = _people(whole, sizes["people"])
    if "first" not in sizes:
        return begin(whole.say("referrals.steps.title_people", people=people))
    return begin(
        whole.say(
            "referrals.steps.title", people=people, first=whole.about(sizes["first"], REQUESTS)
        )
    )


def _people(whole: Question, size: int) -> str:
    """How many people, exactly where they are a reported total that is not nothing."""
    return total_in_words(whole, PEOPLE, size) if size else whole.about(size, PEOPLE)


def _table(question: Question, rows: Sequence[_Row]) -> Table:
    unit = PEOPLE.unit_in(question.lang)
    doubtful = next((row.drawn for row in rows if row.drawn.error.error), None)
    ends = ranges.columns(question, PEOPLE, doubtful) if doubtful else ()
    cells: list[tuple[Cell, ...]] = [
        (row.code, row.label, row.size, *(row.drawn.error.interval(row.size) if ends else ()))
        for row in rows
    ]
    columns = (
        Column("code", question.say("rankings.code")),
        Column("step", question.say("referrals.steps.column_step")),
        Column("people", begin(unit), unit),
        *ends,
    )
    return Table(columns, tuple(cells))


def _description(whole: Question, rows: Sequence[_Row]) -> str:
    named = ", ".join(
        whole.say(
            "shared.named",
            name=row.label,
            number=_people(whole, row.size)
            if row.code == "people"
            else whole.about(row.size, row.drawn.fact),
        )
        for row in rows
    )
    period = dates.period(whole.period, whole.lang)
    return whole.say("referrals.steps.description", period=period, names=named)


def _by_cohort(question: Question, whole: Question) -> Exhibit:
    """First referrals by quarter of request: served, ended without a service, waiting."""
    cohorts = count_cohorts(whole)
    sizes = [size for own in cohorts.values() for size in (own.served, own.ended, own.waiting)]
    columns = ("step", "status", "lag_quarters")
    ends = display_rule.drawn(whole, ENDINGS, columns, sizes, months=3)
    asked = display_rule.drawn(whole, REQUESTS, ("step",), sizes, months=3)
    waits = display_rule.difference(asked, ends, sizes)
    around = _frame(question, whole, [ends], "cohort")
    if not any(sizes):
        return offered("referrals.steps", around, nothing(question, REQUESTS))
    waiting = sum(own.waiting for own in cohorts.values())
    return made(
        "referrals.steps",
        around,
        title=begin(
            question.say("referrals.steps.title_cohort", number=question.about(waiting, REQUESTS))
        ),
        plot=_cohort_plot(question, cohorts, waits),
        table=_cohort_table(question, cohorts, ends, waits),
        description=question.say(
            "referrals.steps.description_cohort",
            period=dates.period(whole.period, question.lang),
            served=question.about(sum(own.served for own in cohorts.values()), ENDINGS),
            ended=question.about(sum(own.ended for own in cohorts.values()), ENDINGS),
            waiting=question.about(waiting, REQUESTS),
        ),
    )


def _cohort_plot(question: Question, cohorts: Mapping[Month, Cohort], waits: Drawn) -> Plot:
    said = number_format(question, PEOPLE, error=waits.error)
    return Plot(
        "stacked",
        tuple(dates.quarter(start, question.lang) for start in cohorts),
        tuple(
            Series(
                names.outcome(question, _OUTCOME[part]),
                said.numbers(getattr(own, part) for own in cohorts.values()),
                colour,
            )
            for part, colour in _COHORT_COLOURS.items()
        ),
    )


#: Names of the parts of a quarter.
_OUTCOME = {"served": "done", "ended": "without", "waiting": "waiting"}


def _cohort_table(
    question: Question, cohorts: Mapping[Month, Cohort], ends: Drawn, waits: Drawn
) -> Table:
    unit = PEOPLE.unit_in(question.lang)
    columns = (
        Column("quarter", question.say("referrals.steps.column_quarter")),
        *(
            Column(part, names.outcome(question, outcome), unit)
            for part, outcome in _OUTCOME.items()
        ),
    )
    rows: list[tuple[Cell, ...]] = [
        (start.quarter, own.served, own.ended, own.waiting) for start, own in cohorts.items()
    ]
    sums = (sum(getattr(own, part) for own in cohorts.values()) for part in _OUTCOME)
    rows.append((question.say("referrals.part_all"), *sums))
    lang = question.lang
    table = ranges.beside(Table(columns, tuple(rows)), ("served", "ended"), ends.error, lang)
    return ranges.beside(table, ("waiting",), waits.error, lang)
