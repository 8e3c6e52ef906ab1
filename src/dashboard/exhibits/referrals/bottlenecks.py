"""How long a service takes: median and share in time, by priority and service.

Id: referrals.bottlenecks. Of all that were requested in the period half have their service by the
median; who declined, was rejected or was lost cannot have it any more, and who waits may. Where
people wait now stands in ``waiting``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import ceil, floor, hypot, sqrt
from typing import NamedTuple

from dashboard.analysis.expected_error import TELLING
from dashboard.analysis.survival import incidence, log_rank
from dashboard.exhibits.counts.referral_counts import OTHER
from dashboard.exhibits.counts.referral_times import BANDS, DUE, Times, count_times
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.ladder import Rung, climb
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.referrals.kinds import KINDS
from dashboard.exhibits.registry import exhibit
from dashboard.figures.dots import Interval, intervals
from dashboard.model.codes import PRIORITY
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.model.protection import COARSE_STEP, is_protected
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, in_sentence

#: Units that must be at risk before a row stands for itself.
LEAST_UNITS = 10
#: How unlikely a slower pace must be by chance before a title calls a service the slowest.
_BY_CHANCE = 0.01
#: How many rows a description names.
_DESCRIBED = 4
#: The step of those of whom half never have the service.
_NEVER = len(BANDS)
#: Kinds of rows.
_ALL, _PRIORITY, _SERVICE = "all", "priority", "service"
#: Services that are too few to stand for themselves, and rows that are no service of their own.
_REST = "rest"
_NO_SERVICE = (_REST, OTHER)


class InTime(NamedTuple):
    """Percent that had their service by the standard of their priority, at least and at most."""

    share: int
    low: int
    high: int


@dataclass(frozen=True)
class _Row:
    """How long the referrals of a row took.

    Attributes:
        kind: All, a priority or a service.
        code, label: What they are of.
        times: The referrals.
        at, low, high: Steps of the median, at least and at most.
        soonest: The median if those who still wait were requested last.
        in_time: The share in time; None where it may not be said.
    """

    kind: str
    code: str
    label: str
    times: Times
    at: int
    low: int
    high: int
    soonest: int
    in_time: InTime | None


@dataclass(frozen=True)
class _Counted:
    """All rows, and the service that is clearly the slowest, if one is."""

    rows: tuple[_Row, ...]
    slowest: str


@exhibit(
    "referrals.bottlenecks", facts=("requests", "endings"), options=(KINDS.option,), by_quarter=True
)
def referrals_bottlenecks(question: Question) -> Exhibit:
    """Dots on lines over bands of days, with the standard of each priority."""
    if unkept(question, REQUESTS):
        around = frame(question, REQUESTS, ENDINGS)
        return offered("referrals.bottlenecks", around, not_kept(question, REQUESTS))
    whole = replace(question, period=question.period.snapped("quarter"))
    step = climb(
        whole, KINDS, lambda rung: _count(whole, rung), stands=lambda drawn: _stands(whole, drawn)
    )
    rows = step.counted.rows
    around = frame(
        whole,
        REQUESTS,
        ENDINGS,
        drawn=(step.drawn,),
        note=question.say("referrals.bottlenecks.note"),
        notes=_notes(question, whole),
        detail=step.detail(whole),
    )
    if not rows:
        return offered("referrals.bottlenecks", around, nothing(question, REQUESTS))
    return made(
        "referrals.bottlenecks",
        around,
        title=_title(question, step.counted),
        figure=intervals(
            [_interval(question, at, row, rows[at - 1]) for at, row in enumerate(rows)],
            [_took(question, at) for at in range(_NEVER + 1)],
            due=question.say("referrals.bottlenecks.due"),
            text=question.say("referrals.bottlenecks.in_time"),
        ),
        table=_table(question, rows),
        description=_description(question, whole, rows),
    )


def _count(whole: Question, rung: Rung) -> tuple[_Counted, Drawn]:
    (by,) = rung.by
    times = count_times(whole, by)
    services, priorities, everyone = times.services, times.priorities, times.everyone
    sizes = [own.referrals for own in services.values()]
    drawn = display_rule.drawn(whole, ENDINGS, (by, "service_band"), sizes)
    told = display_rule.drawn(whole, ENDINGS, ("priority", "service_band"), sizes)
    if not sum(sizes):
        return _Counted((), ""), drawn
    spread, by_priority = drawn.error.error, told.error.error
    # What of a service is in time is a sum of one number for each priority, and each of these is a
    # number of three things at once, which protection holds less well than those of two.
    crossed = display_rule.drawn(whole, ENDINGS, (by, "priority", "service_band"), sizes)
    asked = display_rule.drawn(whole, REQUESTS, (by, "priority"), sizes)
    in_time = sqrt(len(DUE)) * hypot(crossed.error.error, asked.error.error)
    alone = {code: own for code, own in services.items() if own.referrals >= _least(whole)}
    rows = [
        _row(whole, _ALL, _ALL, everyone, by_priority, by_priority),
        *(
            _row(whole, _PRIORITY, code, priorities[code], by_priority, by_priority)
            for code in DUE
            if code in priorities and priorities[code].referrals
        ),
        *sorted(
            (_row(whole, _SERVICE, code, own, spread, in_time) for code, own in alone.items()),
            key=lambda row: (-row.at, _served(row.times)),
        ),
    ]
    rest = [own for code, own in services.items() if code not in alone and own.referrals]
    if rest and alone:
        rows.append(_row(whole, _SERVICE, _REST, _sum(rest), spread, in_time))
    return _Counted(tuple(rows), _slowest(rows, everyone, spread)), drawn


def _least(whole: Question) -> int:
    """Referrals that a service must have to stand for itself."""
    return LEAST_UNITS * whole.base(REQUESTS)


def _stands(whole: Question, drawn: Drawn) -> bool:
    """Whether most referrals are of services that stand for themselves."""
    told = [size for size in drawn.sizes if size >= _least(whole)]
    return sum(told) >= TELLING * drawn.total


def _sum(times: Iterable[Times]) -> Times:
    return reduce(Times.__add__, times)


def _row(
    whole: Question, kind: str, code: str, times: Times, spread: float, in_time: float
) -> _Row:
    """A row, with what protection did to its numbers in bands, and to those in time."""
    late = incidence(times.late, "end", spread=spread)
    early = incidence(times.early, "begin", spread=spread)
    at, low, high, soonest = (
        _NEVER if step is None else step
        for step in (late.median, early.median_interval[0], late.median_interval[1], early.median)
    )
    told = _in_time(whole, times, in_time)
    return _Row(kind, code, _label(whole, kind, code), times, at, low, high, soonest, told)


def share_in_time(question: Question) -> InTime | None:
    """The share of what a view's whole quarters requested that had its service in time."""
    whole = replace(question, period=question.period.snapped("quarter"))
    times = count_times(whole).everyone
    drawn = display_rule.drawn(whole, ENDINGS, ("priority", "service_band"), (times.referrals,))
    return _in_time(whole, times, drawn.error.error)


def _in_time(whole: Question, times: Times, spread: float) -> InTime | None:
    """The share in time, as exactly as a share may be said."""
    late = incidence(times.late_due, "end", spread=spread)
    early = incidence(times.early_due, "begin", spread=spread)
    size, base = int(times.late_due.at_risk), whole.base(REQUESTS)
    share = numbers.percent(round(float(late.share[0]) * size), size, base)
    if share is None:
        return None
    step = COARSE_STEP if is_protected(base) else 1
    low, high = float(late.low[0]), float(early.high[0])
    return InTime(share, min(step * floor(100 * low / step), share), step * ceil(100 * high / step))


def _slowest(rows: Sequence[_Row], everyone: Times, spread: float) -> str:
    """The service of the longest median, where its pace is clearly slower than all others'."""
    services = [row for row in rows if row.kind == _SERVICE and row.code not in _NO_SERVICE]
    if len(services) < 2:  # noqa: PLR2004 -- no choice to make
        return ""
    last = services[0]
    others = everyone.late.less(last.times.late)
    _, likely = log_rank(last.times.late, others, spread=spread)
    theirs = incidence(others).median
    is_longer = theirs is not None and last.at > theirs
    return last.code if likely < _BY_CHANCE and is_longer else ""


def _served(times: Times) -> float:
    """The share that has the service after all bands."""
    return float(incidence(times.late).share[-1])


def _label(question: Question, kind: str, code: str) -> str:
    if kind == _SERVICE:
        if code == _REST:
            return question.say("referrals.bottlenecks.rest")
        return names.service(question, code)
    if kind == _PRIORITY:
        return question.release.label(PRIORITY.id, code, question.lang)
    return question.say("referrals.bottlenecks.all")


def _took(question: Question, step: int) -> str:
    """A step in words: "4 to 5 days", "not reached"."""
    return question.say(f"referrals.bottlenecks.took_{'never' if step == _NEVER else BANDS[step]}")


def _median(question: Question, row: _Row) -> str:
    """The median in words, by either way to count who waits."""
    first, last = _took(question, row.soonest), _took(question, row.at)
    if first == last:
        return first
    return question.say("referrals.bottlenecks.either", first=first, last=last)


def _interval(question: Question, at: int, row: _Row, above: _Row) -> Interval:
    percent = _percent(question, row.in_time.share) if row.in_time else ""
    hover = question.say(
        "referrals.bottlenecks.hover",
        name=row.label,
        median=_median(question, row),
        low=_took(question, row.low),
        high=_took(question, row.high),
    )
    due = DUE[row.code] if row.kind == _PRIORITY else None
    return Interval(
        row.label, row.at, row.low, row.high, due, percent, hover,
        is_apart=at > 0 and row.kind != above.kind,
    )  # fmt: skip


def _percent(question: Question, value: int) -> str:
    return question.say("numbers.percent", number=value)


def _title(question: Question, counted: _Counted) -> str:
    slow = next((row for row in counted.rows if row.code == counted.slowest), None)
    row, kind = (slow, "service") if slow else (counted.rows[0], "all")
    if row.soonest != row.at:
        return question.say("referrals.bottlenecks.title_unsure")
    form = "_never" if row.at == _NEVER else ""
    return question.say(
        f"referrals.bottlenecks.title_{kind}{form}",
        service=in_sentence(row.label),
        took=_took(question, row.at),
    )


def _table(question: Question, rows: Sequence[_Row]) -> Table:
    unit = REQUESTS.unit_in(question.lang)

    def column(code: str, unit: str = "") -> Column:
        return Column(code, question.say(f"referrals.bottlenecks.column_{code}"), unit)

    percents = ("in_time", "in_time_low", "in_time_high")
    columns = (
        column("part"),
        Column("code", question.say("rankings.code")),
        column("name"),
        Column("referrals", begin(unit), unit),
        column("waiting", unit),
        *(column(code) for code in ("median", "median_low", "median_high")),
        *(column(code, "%") for code in percents),
    )
    return Table(columns, tuple(_cells(question, row) for row in rows))


def _cells(question: Question, row: _Row) -> tuple[Cell, ...]:
    return (
        question.say(f"referrals.bottlenecks.part_{row.kind}"),
        row.code,
        row.label,
        row.times.referrals,
        int(row.times.late.censored.sum()),
        _median(question, row),
        _took(question, row.low),
        _took(question, row.high),
        *(row.in_time or (None, None, None)),
    )


def _description(question: Question, whole: Question, rows: Sequence[_Row]) -> str:
    named = "; ".join(
        question.say("referrals.bottlenecks.named", name=row.label, median=_median(question, row))
        for row in rows[1 : 1 + _DESCRIBED]
    )
    return question.say(
        "referrals.bottlenecks.description",
        period=dates.period(whole.period, question.lang),
        number=question.about(rows[0].times.referrals, REQUESTS),
        median=_median(question, rows[0]),
        names=named,
    )


def _notes(question: Question, whole: Question) -> list[str]:
    period = dates.period(whole.period, question.lang)
    return [
        question.say("referrals.bottlenecks.note_waiting"),
        question.say("referrals.bottlenecks.note_alone", n=_least(whole)),
        question.say("referrals.bottlenecks.note_slowest"),
        *([question.say("shared.note.snapped", period=period)] if whole != question else []),
    ]
