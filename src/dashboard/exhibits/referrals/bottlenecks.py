"""How long a service takes: median and share in time, by priority and service.

Id: referrals.bottlenecks. Of all that were requested in the period half have their service by the
median; who declined, was rejected or was lost cannot have it any more, and who waits may. Where
people wait now stands in ``waiting``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil, floor, hypot, sqrt
from typing import NamedTuple

from dashboard.analysis.expected_error import TELLING
from dashboard.analysis.survival import incidence, log_rank
from dashboard.exhibits.counts.referral_counts import OTHER, whole_quarters
from dashboard.exhibits.counts.referral_times import BANDS, DUE, Times, count_times
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, snapped_note
from dashboard.exhibits.parts.ladder import Rung, climb
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import exhibit
from dashboard.figures.dots import Interval, intervals
from dashboard.model.codes import PRIORITY
from dashboard.model.counted_by import By
from dashboard.model.facts import ENDINGS, REQUESTS, Fact
from dashboard.model.protection import is_protected
from dashboard.words import numbers
from dashboard.words.catalogue import begin, in_sentence

_ID = "referrals.bottlenecks"
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


@exhibit(_ID, facts=("requests", "endings"), options=(names.KINDS.option,), by_quarter=True)
def referrals_bottlenecks(asked: Question) -> Exhibit:
    """Dots on lines over bands of days, with the standard of each priority."""
    if unkept(asked, REQUESTS):
        return offered(_ID, frame(asked, REQUESTS, ENDINGS), not_kept(asked, REQUESTS))
    question = whole_quarters(asked)
    step = climb(
        question,
        names.KINDS,
        lambda rung: _count(question, rung),
        stands=lambda drawn: _stands(question, drawn),
    )
    rows = step.counted
    around = frame(
        question,
        REQUESTS,
        ENDINGS,
        drawn=(step.drawn,),
        note=question.say(f"{_ID}.note"),
        notes=[
            question.say(f"{_ID}.note_waiting"),
            question.say(f"{_ID}.note_alone", n=_least(question)),
            question.say(f"{_ID}.note_slowest"),
            *snapped_note(asked, question),
        ],
        detail=step.detail(question),
    )
    if not rows:
        return offered(_ID, around, nothing(asked, REQUESTS))
    return made(
        _ID,
        around,
        title=_title(question, rows, step.drawn.error.error),
        figure=intervals(
            [_interval(question, at, row, rows[at - 1]) for at, row in enumerate(rows)],
            [_took(question, at) for at in range(_NEVER + 1)],
            due=question.say(f"{_ID}.due"),
            text=question.say(f"{_ID}.in_time"),
        ),
        table=_table(question, rows),
        description=question.say(
            f"{_ID}.description",
            period=question.period_in_words,
            number=question.about(rows[0].times.referrals, REQUESTS),
            median=_median(question, rows[0]),
            names="; ".join(
                question.say(f"{_ID}.named", name=row.label, median=_median(question, row))
                for row in rows[1 : 1 + _DESCRIBED]
            ),
        ),
    )


def _count(question: Question, rung: Rung) -> tuple[list[_Row], Drawn]:
    """All, priorities, and services, those that take longest first."""
    (by,) = rung.by
    times = count_times(question, by)
    services, priorities = times.services, times.priorities
    sizes = [own.referrals for own in services.values()]

    def off(fact: Fact, *columns: By) -> float:
        return display_rule.drawn(question, fact, columns, sizes).error.error

    drawn = display_rule.drawn(question, ENDINGS, (by, "service_band"), sizes)
    if not sum(sizes):
        return [], drawn
    by_priority = off(ENDINGS, "priority", "service_band")
    # What of a service is in time is a sum of one number for each priority, and each of these is a
    # number of three things at once, which protection holds less well than those of two.
    crossed, asked = off(ENDINGS, by, "priority", "service_band"), off(REQUESTS, by, "priority")
    in_time = sqrt(len(DUE)) * hypot(crossed, asked)

    def service(code: str, own: Times) -> _Row:
        return _row(question, _SERVICE, code, own, drawn.error.error, in_time)

    alone = {code: own for code, own in services.items() if own.referrals >= _least(question)}
    rest = [own for code, own in services.items() if code not in alone and own.referrals]
    kinds = {(_ALL, _ALL): times.everyone} | {
        (_PRIORITY, code): priorities[code]
        for code in DUE
        if code in priorities and priorities[code].referrals
    }
    rows = [_row(question, *name, own, by_priority, by_priority) for name, own in kinds.items()]
    rows += sorted(
        (service(code, own) for code, own in alone.items()),
        key=lambda row: (-row.at, _served(row.times)),
    )
    if rest and alone:
        rows.append(service(_REST, reduce(Times.__add__, rest)))
    return rows, drawn


def _least(whole: Question) -> int:
    """Referrals that a service must have to stand for itself."""
    return LEAST_UNITS * whole.base(REQUESTS)


def _stands(whole: Question, drawn: Drawn) -> bool:
    """Whether most referrals are of services that stand for themselves."""
    told = [size for size in drawn.sizes if size >= _least(whole)]
    return sum(told) >= TELLING * drawn.total


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


def share_in_time(asked: Question) -> InTime | None:
    """The share of what a view's whole quarters requested that had its service in time."""
    question = whole_quarters(asked)
    times = count_times(question).everyone
    by = ("priority", "service_band")
    drawn = display_rule.drawn(question, ENDINGS, by, (times.referrals,))
    return _in_time(question, times, drawn.error.error)


def _in_time(whole: Question, times: Times, spread: float) -> InTime | None:
    """The share in time, as exactly as a share may be said."""
    late = incidence(times.late_due, "end", spread=spread)
    early = incidence(times.early_due, "begin", spread=spread)
    size, base = int(times.late_due.at_risk), whole.base(REQUESTS)
    share = numbers.percent(round(float(late.share[0]) * size), size, base)
    if share is None:
        return None
    step = numbers.COARSE_STEP if is_protected(base) else 1
    low, high = float(late.low[0]), float(early.high[0])
    return InTime(share, min(step * floor(100 * low / step), share), step * ceil(100 * high / step))


def _slowest(rows: Sequence[_Row], spread: float) -> _Row | None:
    """The service of the longest median, where its pace is clearly slower than all others'."""
    services = [row for row in rows if row.kind == _SERVICE and row.code not in _NO_SERVICE]
    if len(services) < 2:  # noqa: PLR2004 -- no choice to make
        return None
    last, everyone = services[0], rows[0].times
    others = everyone.late.less(last.times.late)
    _, likely = log_rank(last.times.late, others, spread=spread)
    theirs = incidence(others).median
    is_longer = theirs is not None and last.at > theirs
    return last if likely < _BY_CHANCE and is_longer else None


def _served(times: Times) -> float:
    """The share that has the service after all bands."""
    return float(incidence(times.late).share[-1])


def _label(question: Question, kind: str, code: str) -> str:
    if kind == _SERVICE:
        if code == _REST:
            return question.say(f"{_ID}.rest")
        return names.service(question, code)
    if kind == _PRIORITY:
        return question.label(PRIORITY, code)
    return question.say(f"{_ID}.all")


def _took(question: Question, step: int) -> str:
    """A step in words: "4 to 5 days", "not reached"."""
    return question.say(f"{_ID}.took_{'never' if step == _NEVER else BANDS[step]}")


def _median(question: Question, row: _Row) -> str:
    """The median in words, by either way to count who waits."""
    first, last = _took(question, row.soonest), _took(question, row.at)
    if first == last:
        return first
    return question.say(f"{_ID}.either", first=first, last=last)


def _interval(question: Question, at: int, row: _Row, above: _Row) -> Interval:
    percent = question.percent(row.in_time.share) if row.in_time else ""
    hover = question.say(
        f"{_ID}.hover",
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


def _title(question: Question, rows: Sequence[_Row], spread: float) -> str:
    slow = _slowest(rows, spread)
    row, kind = (slow, "service") if slow else (rows[0], "all")
    if row.soonest != row.at:
        return question.say(f"{_ID}.title_unsure")
    form = "_never" if row.at == _NEVER else ""
    return question.say(
        f"{_ID}.title_{kind}{form}", service=in_sentence(row.label), took=_took(question, row.at)
    )


def _table(question: Question, rows: Sequence[_Row]) -> Table:
    unit = REQUESTS.unit_in(question.lang)
    part, name, *medians = names.columns(
        question, "part", "name", "median", "median_low", "median_high", of=_ID
    )
    waiting = names.columns(question, "waiting", of=_ID, unit=unit)
    in_time = ("in_time", "in_time_low", "in_time_high")
    return Table(
        (
            part,
            Column("code", question.say("rankings.code")),
            name,
            Column("referrals", begin(unit), unit),
            *waiting,
            *medians,
            *names.columns(question, *in_time, of=_ID, unit="%"),
        ),
        tuple(
            (
                question.say(f"{_ID}.part_{row.kind}"),
                row.code,
                row.label,
                row.times.referrals,
                int(row.times.late.censored.sum()),
                _median(question, row),
                _took(question, row.low),
                _took(question, row.high),
                *(row.in_time or (None, None, None)),
            )
            for row in rows
        ),
    )
