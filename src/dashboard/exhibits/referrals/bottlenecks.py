"""How long a service takes: median and share in time, by priority and service.

Id: referrals.bottlenecks. Of all that were requested in the period half have their service by the
median; who declined, was rejected or was lost cannot have it any more, and who waits may. Where
people wait now stands in ``waiting``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import ceil, floor, hypot, sqrt
from typing import Any, NamedTuple

from dashboard.analysis.expected_error import TELLING
from dashboard.analysis.survival import incidence, log_rank
from dashboard.exhibits.charts.chart import Chart, declare
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts.referral_counts import OTHER, whole_quarters
from dashboard.exhibits.counts.referral_times import BANDS, DUE, Times, count_times
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.parts import display_rule
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.ladder import Rung
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.figures.dots import Interval, intervals
from dashboard.model.codes import PRIORITY
from dashboard.model.counted_by import By
from dashboard.model.facts import ENDINGS, REQUESTS, Fact
from dashboard.model.protection import COARSE_STEP, is_protected
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


@dataclass(frozen=True, kw_only=True)
class _Waits(Counted):
    """All, priorities, and services, those that take longest first."""

    rows: tuple[_Row, ...]


def _count(question: Question, fact: Fact, rung: Rung) -> _Waits:
    (by,) = rung.by
    times = count_times(question, by)
    services, priorities = times.services, times.priorities
    sizes = [own.referrals for own in services.values()]

    def off(fact: Fact, *columns: By) -> float:
        return display_rule.drawn(question, fact, columns, sizes).error.error

    drawn = display_rule.drawn(question, ENDINGS, (by, "service_band"), sizes)
    found = _Waits(question=question, fact=fact, total=sum(sizes), drawn=drawn, rows=())
    if not found.total:
        return found
    by_priority = off(ENDINGS, "priority", "service_band")
    # What of a service is in time is a sum of one number for each priority, and each of these is a
    # number of three things at once, which protection holds less well than those of two.
    crossed, asked = off(ENDINGS, by, "priority", "service_band"), off(REQUESTS, by, "priority")
    in_time = sqrt(len(DUE)) * hypot(crossed, asked)

    def service(code: str, label: str, own: Times) -> _Row:
        return _row(question, (_SERVICE, code, label), own, drawn.error.error, in_time)

    alone = {
        code: own for code, own in services.items() if _stands_alone(own.referrals, drawn.base)
    }
    rest = [own for code, own in services.items() if code not in alone and own.referrals]
    kinds = {(_ALL, _ALL, question.say(f"{_ID}.all")): times.everyone} | {
        (_PRIORITY, code, question.label(PRIORITY, code)): own
        for code in DUE
        if (own := priorities.get(code)) and own.referrals
    }
    rows = [_row(question, name, own, by_priority, by_priority) for name, own in kinds.items()]
    rows += sorted(
        (service(code, names.service(question, code), own) for code, own in alone.items()),
        key=lambda row: (-row.at, _served(row.times)),
    )
    if rest and alone:
        rows.append(service(_REST, question.say(f"{_ID}.rest"), reduce(Times.__add__, rest)))
    return replace(found, rows=tuple(rows))


def _stands_alone(size: int, base: int) -> bool:
    """Whether a service has as many referrals as it must to stand for itself."""
    return size >= LEAST_UNITS * base


def _stands(drawn: Drawn) -> bool:
    """Whether most referrals are of services that stand for themselves."""
    told = sum(size for size in drawn.sizes if _stands_alone(size, drawn.base))
    return told >= TELLING * drawn.total


def _row(
    question: Question, name: tuple[str, str, str], times: Times, spread: float, in_time: float
) -> _Row:
    """How long the referrals of a row took.

    Args:
        question: What the reader looks at.
        name: Its kind, its code and its label.
        times: Its referrals.
        spread: What protection did to their numbers in bands.
        in_time: The same of those in time.
    """
    late = incidence(times.late, "end", spread=spread)
    early = incidence(times.early, "begin", spread=spread)
    at, low, high, soonest = (
        _NEVER if step is None else step
        for step in (late.median, early.median_interval[0], late.median_interval[1], early.median)
    )
    return _Row(*name, times, at, low, high, soonest, _in_time(question, times, in_time))


def share_in_time(asked: Question) -> InTime | None:
    """The share of what a view's whole quarters requested that had its service in time."""
    question = whole_quarters(asked)
    times = count_times(question).everyone
    by = ("priority", "service_band")
    drawn = display_rule.drawn(question, ENDINGS, by, (times.referrals,))
    return _in_time(question, times, drawn.error.error)


def _in_time(question: Question, times: Times, spread: float) -> InTime | None:
    """The share in time, as exactly as a share may be said."""
    late = incidence(times.late_due, "end", spread=spread)
    early = incidence(times.early_due, "begin", spread=spread)
    size, base = int(times.late_due.at_risk), question.base(REQUESTS)
    share = numbers.percent(round(float(late.share[0]) * size), size, base)
    if share is None:
        return None
    step = COARSE_STEP if is_protected(base) else 1
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


def _took(question: Question, step: int) -> str:
    """A step in words: "4 to 5 days", "not reached"."""
    return question.say(f"{_ID}.took_{'never' if step == _NEVER else BANDS[step]}")


def _median(question: Question, row: _Row) -> str:
    """The median in words, by either way to count who waits."""
    first, last = _took(question, row.soonest), _took(question, row.at)
    if first == last:
        return first
    return question.say(f"{_ID}.either", first=first, last=last)


def _figure(found: _Waits) -> Mapping[str, Any]:
    """Dots on lines over bands of days, with the standard of each priority."""
    above = (found.rows[0], *found.rows)
    return intervals(
        [_interval(found, row, last.kind) for row, last in zip(found.rows, above, strict=False)],
        [_took(found.question, at) for at in range(_NEVER + 1)],
        due=found.say(f"{_ID}.due"),
        text=found.say(f"{_ID}.in_time"),
    )


def _interval(found: _Waits, row: _Row, above: str) -> Interval:
    question = found.question
    low, high, median = _took(question, row.low), _took(question, row.high), _median(question, row)
    return Interval(
        row.label, row.at, row.low, row.high,
        due=DUE[row.code] if row.kind == _PRIORITY else None,
        text=question.percent(row.in_time.share) if row.in_time else "",
        hover=found.say(f"{_ID}.hover", name=row.label, median=median, low=low, high=high),
        is_apart=row.kind != above,
    )  # fmt: skip


def _title(found: _Waits) -> str:
    slow = _slowest(found.rows, found.drawn.error.error)
    row, kind = (slow, "service") if slow else (found.rows[0], "all")
    if row.soonest != row.at:
        return found.say(f"{_ID}.title_unsure")
    form, took = "_never" if row.at == _NEVER else "", _took(found.question, row.at)
    return found.say(f"{_ID}.title_{kind}{form}", service=in_sentence(row.label), took=took)


def _table(found: _Waits) -> Table:
    question, unit = found.question, found.unit
    part, name, *medians = names.columns(
        question, "part", "name", "median", "median_low", "median_high", of=_ID
    )
    in_time = ("in_time", "in_time_low", "in_time_high")
    columns = (
        part,
        Column("code", found.say("rankings.code")),
        name,
        Column("referrals", begin(unit), unit),
        *names.columns(question, "waiting", of=_ID, unit=unit),
        *medians,
        *names.columns(question, *in_time, of=_ID, unit="%"),
    )
    rows = (
        (
            *(found.say(f"{_ID}.part_{row.kind}"), row.code, row.label),
            *(row.times.referrals, int(row.times.late.censored.sum())),
            *(_median(question, row), _took(question, row.low), _took(question, row.high)),
            *(row.in_time or (None, None, None)),
        )
        for row in found.rows
    )
    return Table(columns, tuple(rows))


def _description(found: _Waits) -> str:
    everyone, *others = found.rows
    named = (
        found.say(f"{_ID}.named", name=row.label, median=_median(found.question, row))
        for row in others[:_DESCRIBED]
    )
    return found.say(
        f"{_ID}.description",
        period=found.question.period_in_words,
        number=found.about(everyone.times.referrals),
        median=_median(found.question, everyone),
        names="; ".join(named),
    )


def _notes(found: _Waits) -> list[str]:
    return [
        found.say(f"{_ID}.note_waiting"),
        found.say(f"{_ID}.note_alone", n=LEAST_UNITS * found.drawn.base),
        found.say(f"{_ID}.note_slowest"),
    ]


declare(
    Chart(
        _ID,
        (REQUESTS,),
        replace(names.KINDS, stands=_stands),
        _figure,
        _title,
        _count,
        _table,
        _description,
        what=None,
        note=f"{_ID}.note",
        notes=_notes,
        beside=(ENDINGS,),
        view=whole_quarters,
    ),
    by_quarter=True,
)
