"""How long a service takes: when a quarter and half have it, by priority and service.

Id: referrals.bottlenecks. Shares are of all that was requested in the period: who declined, was
rejected or was lost cannot have the service any more, and who is still open may. Times are known by
bands of days; within a band a day is interpolated on the logarithm of days. What is open now stands
in ``waiting``.

The figure is drawn as HTML (``components.days``), positions being shares of its width: ``ticks``
with ``at`` and ``text``; ``rows`` with ``label``, ``quarter``, ``half``, ``low``, ``high`` and
``due`` (None where there is none), ``is_open`` (the range has no end in sight), ``is_apart`` (it
begins another group), ``text``, ``range`` and ``said``; ``head`` and ``key``, what columns and
marks are; and ``told``, sentences of what has no row. Of fewer than ten units nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil, floor, hypot, log, sqrt
from typing import Any, NamedTuple

from dashboard.analysis.survival import incidence, log_rank, time_of
from dashboard.exhibits.counts.referral_counts import OTHER, whole_quarters
from dashboard.exhibits.counts.referral_times import BANDS, DAYS, DUE, AllTimes, Times, count_times
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import breakdowns, empty_state
from dashboard.exhibits.parts.frame import frame, make_exhibit, snapped_note
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import exhibit
from dashboard.model.codes import PRIORITY
from dashboard.model.counted_by import By
from dashboard.model.facts import ENDINGS, REQUESTS, Fact
from dashboard.model.protection import COARSE_STEP, is_protected
from dashboard.words import numbers
from dashboard.words.catalogue import begin, in_sentence

_ID = "referrals.bottlenecks"
#: Units of referrals that a service needs for a row of its own.
LEAST_UNITS = 10
#: How unlikely a slower pace must be by chance before a title calls a service the slowest.
_BY_CHANCE = 0.01
#: How many rows a description names.
_DESCRIBED = 4
#: In place of the band of a median that is not reached.
_NEVER = len(BANDS)
#: Kinds of rows.
_ALL, _PRIORITY, _SERVICE = "all", "priority", "service"
#: The row of all services too small for a row of their own; rows that are no single service.
_REST = "rest"
_NO_SERVICE = (_REST, OTHER)
#: The service that has a sentence where it is too few for a row.
_SHELTER = "safe_shelter"
#: The shares whose time is given.
_QUARTER, _HALF = 0.25, 0.5
#: A title calls a priority late where surely no more percent than this are in time.
_LATE = 50
#: Where the scale of days ends; what comes later has the rest of the width.
_END = 0.82


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
        code, label: Which priority or service.
        times: The referrals.
        median_band: Index in ``BANDS`` of the band by which half have the service, or _NEVER.
        earliest_band: The same if those still open were requested last.
        quarter, half: Days until a quarter and half have it; None where not within the last band
            that ends.
        low, high: The same of half, at least and at most.
        in_time: The share in time; None where referrals are too few.
    """

    kind: str
    code: str
    label: str
    times: Times
    median_band: int
    earliest_band: int
    quarter: float | None
    half: float | None
    low: float | None
    high: float | None
    in_time: InTime | None


@exhibit(_ID, facts=("requests", "endings"), by_quarter=True)
def referrals_bottlenecks(question: Question) -> Exhibit:
    """Days until a quarter and half of all requests have a service, with the range of half."""
    in_quarters = whole_quarters(question)
    if empty_state.unkept(question, REQUESTS):
        return empty_state.not_recorded_exhibit(question, REQUESTS, ENDINGS)
    times = count_times(in_quarters)
    sizes = [own.referrals for own in times.services.values()]
    by: tuple[By, ...] = ("service", "service_band")
    breakdown = breakdowns.breakdown_of(in_quarters, ENDINGS, by, sizes)
    least = LEAST_UNITS * question.base(REQUESTS)
    around = frame(
        in_quarters,
        REQUESTS,
        ENDINGS,
        cuts=(breakdown,),
        what=question.translate(f"{_ID}.what"),
        note=question.translate(f"{_ID}.note"),
        notes=[
            question.translate(f"{_ID}.note_waiting"),
            question.translate(f"{_ID}.note_alone", n=least),
            question.translate(f"{_ID}.note_bands"),
            question.translate(f"{_ID}.note_slowest"),
            *snapped_note(question, in_quarters),
        ],
    )
    if not sum(sizes):
        return empty_state.empty_exhibit(around, empty_state.nothing(question, REQUESTS))
    if not _is_enough(in_quarters, times.everyone):
        return empty_state.empty_exhibit(around, empty_state.too_little(question, REQUESTS))
    large = {code: own for code, own in times.services.items() if _is_enough(in_quarters, own)}
    spread = breakdown.error.typical
    rows = _rows(in_quarters, times, large, spread)
    shelter = "" if _SHELTER in large else _shelter_sentence(in_quarters, times, spread)
    return make_exhibit(
        around,
        title=_title(in_quarters, rows, spread),
        figure=_figure(in_quarters, rows, shelter),
        table=Table.of(_cells(in_quarters, row) for row in rows),
        description=_description(in_quarters, rows, shelter),
    )


def _is_enough(question: Question, times: Times) -> bool:
    """Whether referrals are enough to show how long they took."""
    return times.referrals >= LEAST_UNITS * question.base(REQUESTS)


def _rows(
    question: Question, times: AllTimes, large: Mapping[str, Times], spread: float
) -> list[_Row]:
    """All, priorities, large services from the slowest on, and the other services together.

    Args:
        question: What the reader looks at, in whole quarters.
        times: All referrals.
        large: Those of services with a row of their own.
        spread: How far off protection makes a number of a service in a band.
    """
    error = _error_of(question, ENDINGS, "priority", "service_band")
    # Those of a service in time are a sum over priorities, each a number of three columns at once,
    # which protection keeps less well than numbers of two.
    of_endings = _error_of(question, ENDINGS, "service", "priority", "service_band")
    of_requests = _error_of(question, REQUESTS, "service", "priority")
    due_error = sqrt(len(DUE)) * hypot(of_endings, of_requests)

    def service_row(code: str, label: str, own: Times) -> _Row:
        return _row(question, (_SERVICE, code, label), own, spread, due_error)

    rest = [own for code, own in times.services.items() if code not in large and own.referrals]
    rows = [_row_of_all(question, times)]
    rows += [
        _row(question, (_PRIORITY, code, question.label(PRIORITY, code)), own, error, error)
        for code in DUE
        if (own := times.priorities.get(code)) and own.referrals
    ]
    rows += sorted(
        (service_row(code, names.service(question, code), own) for code, own in large.items()),
        key=lambda row: (-row.median_band, float(incidence(row.times.late).share[-1])),
    )
    if rest and large:
        others, label = reduce(Times.__add__, rest), question.translate(f"{_ID}.rest")
        rows.append(service_row(_REST, label, others))
    return rows


def _error_of(question: Question, fact: Fact, *by: By) -> float:
    """How far off protection makes a number of a fact by some columns: its standard deviation."""
    return breakdowns.breakdown_of(question, fact, by, ()).error.typical


def _row(
    question: Question, name: tuple[str, str, str], times: Times, spread: float, due_spread: float
) -> _Row:
    """How long the referrals of a row took.

    Args:
        question: What the reader looks at.
        name: Its kind, its code and its label.
        times: Its referrals.
        spread: How far off protection makes their numbers in bands.
        due_spread: The same of those in time.
    """
    late = incidence(times.late, "end", spread=spread)
    early = incidence(times.early, "begin", spread=spread)
    median, earliest = (_NEVER if band is None else band for band in (late.median, early.median))
    quarter, half, low, high = (
        time_of(shares, level, DAYS)
        for shares, level in (
            (late.share, _QUARTER), (late.share, _HALF), (early.high, _HALF), (late.low, _HALF)
        )
    )  # fmt: skip
    in_time = _share_in_time(question, times, due_spread)
    return _Row(*name, times, median, earliest, quarter, half, low, high, in_time)


def _row_of_all(question: Question, times: AllTimes) -> _Row:
    """How long all referrals took."""
    spread = _error_of(question, ENDINGS, "priority", "service_band")
    name = (_ALL, _ALL, question.translate(f"{_ID}.all"))
    return _row(question, name, times.everyone, spread, spread)


def share_in_time(question: Question) -> InTime | None:
    """The share of what a view's whole quarters requested that had its service in time."""
    in_quarters = whole_quarters(question)
    return _row_of_all(in_quarters, count_times(in_quarters)).in_time


def _share_in_time(question: Question, times: Times, spread: float) -> InTime | None:
    """The share of some referrals in time, as exactly as protection allows; None of too few.

    Args:
        question: What the reader looks at.
        times: The referrals.
        spread: How far off protection makes their number in time.
    """
    late = incidence(times.late_due, "end", spread=spread)
    early = incidence(times.early_due, "begin", spread=spread)
    size, base = int(times.late_due.at_risk), question.base(REQUESTS)
    share = numbers.percent(round(float(late.share[0]) * size), size, base)
    if share is None:
        return None
    step = COARSE_STEP if is_protected(base) else 1
    low, high = float(late.low[0]), float(early.high[0])
    return InTime(share, min(step * floor(100 * low / step), share), step * ceil(100 * high / step))


def half_within(question: Question) -> str:
    """The days in which half of what a view's whole quarters requested had its service, in words.

    '' where half of them did not have it within the bands of days, and where they are too few.
    """
    in_quarters = whole_quarters(question)
    times = count_times(in_quarters)
    if not _is_enough(in_quarters, times.everyone):
        return ""
    row = _row_of_all(in_quarters, times)
    return "" if row.half is None else _half_in_words(in_quarters, row)


def _slowest(rows: Sequence[_Row], spread: float) -> _Row | None:
    """The service of the longest median, where its pace is clearly slower than all others'.

    Args:
        rows: Those of ``_rows``: all, priorities, large services from the slowest on, the rest.
        spread: How far off protection makes a number of a service in a band.
    """
    services = [row for row in rows if row.kind == _SERVICE and row.code not in _NO_SERVICE]
    if len(services) < 2:  # noqa: PLR2004 -- no choice to make
        return None
    slowest, everyone = services[0], rows[0].times
    others = everyone.late.less(slowest.times.late)
    _, chance = log_rank(slowest.times.late, others, spread=spread)
    others_median = incidence(others).median
    is_longer = others_median is not None and slowest.median_band > others_median
    return slowest if chance < _BY_CHANCE and is_longer else None


def _half_in_words(question: Question, row: _Row) -> str:
    """When half have it, with its range: "11 days (7 to 13)", "not reached"."""
    if row.half is None:
        band = "never" if row.median_band == _NEVER else BANDS[row.median_band]
        half = question.translate(f"{_ID}.took_{band}")
    else:
        half = question.translate(f"{_ID}.days", n=round(row.half))
    if row.low is None:
        return half
    low = question.number(round(row.low))
    high = _over(question) if row.high is None else question.number(round(row.high))
    between = question.translate("judge.range", low=low, high=high)
    return question.translate(f"{_ID}.half", half=half, range=between)


def _over(question: Question) -> str:
    """A time after the last band that ends, in words."""
    return question.translate(f"{_ID}.over", n=DAYS[-1])


def _position(days: float | None) -> float | None:
    """Where a number of days stands on the scale, as a share of its width; None where unknown."""
    return None if days is None else _END * log(days) / log(DAYS[-1])


def _figure(question: Question, rows: Sequence[_Row], shelter: str) -> Mapping[str, Any]:
    """The figure of the rows, with a sentence on safe shelter where that has no row."""
    ticks = [{"at": _position(day), "text": question.number(day)} for day in DAYS]
    later = {"at": 1.0, "text": question.translate(f"{_ID}.later")}
    return {
        "form": "days",
        "ticks": [*ticks, later],
        "head": [question.translate(f"{_ID}.{name}") for name in ("scale", "in_time", "range")],
        "key": {
            mark: question.translate(f"{_ID}.key_{mark}")
            for mark in ("quarter", "half", "range", "due")
        },
        "rows": [
            _row_data(question, row, is_apart=row.kind != above.kind)
            for row, above in zip(rows, (rows[0], *rows), strict=False)
        ],
        "told": [shelter] if shelter else [],
    }


def _row_data(question: Question, row: _Row, *, is_apart: bool) -> Mapping[str, Any]:
    """A row as the figure has it."""
    share = row.in_time
    low, high = _position(row.low), _position(row.high)
    return {
        "label": row.label,
        "quarter": _position(row.quarter),
        "half": _position(row.half),
        "low": 1.0 if low is None else low,
        "high": 1.0 if high is None else high,
        "due": _position(DAYS[DUE[row.code]]) if row.kind == _PRIORITY else None,
        "is_open": row.high is None,
        "is_apart": is_apart,
        "text": question.number(share.share) if share else "",
        "range": question.from_to(share.low, share.high) if share else "",
        "said": _row_in_words(question, row),
    }


def _row_in_words(question: Question, row: _Row) -> str:
    """A sentence with the days of a row."""
    quarter, half, low, high = (
        _over(question) if days is None else question.translate(f"{_ID}.days", n=round(days))
        for days in (row.quarter, row.half, row.low, row.high)
    )
    return question.translate(
        f"{_ID}.said", name=row.label, quarter=quarter, half=half, low=low, high=high
    )


def _shelter_sentence(question: Question, times: AllTimes, spread: float) -> str:
    """A sentence: how many requests of safe shelter were not served in the days of the scale.

    '' where the release has none of them; without numbers where they are a few or none.

    Args:
        question: What the reader looks at.
        times: All referrals.
        spread: How far off protection makes a number of a service in a band.
    """
    if (own := times.services.get(_SHELTER)) is None:
        return ""
    size, service = own.referrals, names.service(question, _SHELTER)
    if not size or question.is_few(size, REQUESTS):
        return question.translate(f"{_ID}.told_few", service=service)
    last = len(DAYS) - 1
    late = incidence(own.late, "end", spread=spread)
    early = incidence(own.early, "begin", spread=spread)
    unserved, low, high = (
        round(size * (1 - float(shares[last]))) for shares in (late.share, early.high, late.low)
    )
    least, most = min(low, unserved), max(high, unserved)
    number = question.about(unserved, REQUESTS)
    if least < most:
        reach = question.reach(least, most)
        number = question.translate("numbers.between", number=number, range=reach)
    return question.translate(
        f"{_ID}.told",
        service=service,
        number=number,
        all=question.number(size),
        days=question.translate(f"{_ID}.days", n=DAYS[-1]),
    )


def _title(question: Question, rows: Sequence[_Row], spread: float) -> str:
    """The slowest service where one is, else a priority that comes late, else when half have it.

    Args:
        question: What the reader looks at.
        rows: Those of ``_rows``: all, priorities, large services from the slowest on, the rest.
        spread: How far off protection makes a number of a service in a band.
    """
    slow = _slowest(rows, spread)
    if slow is None:
        for row in rows:
            if row.kind == _PRIORITY and row.in_time and row.in_time.high <= _LATE:
                high = question.number(row.in_time.high)
                return question.translate(f"{_ID}.title_{row.code}", high=high)
    row, kind = (slow, "service") if slow else (rows[0], "all")
    if row.earliest_band != row.median_band:
        return question.translate(f"{_ID}.title_unsure")
    form, took = "_never" if row.median_band == _NEVER else "", _half_in_words(question, row)
    return question.translate(
        f"{_ID}.title_{kind}{form}", service=in_sentence(row.label), took=took
    )


def _cells(question: Question, row: _Row) -> Iterator[tuple[Column, Cell]]:
    """The columns of the table with the cells of a row."""
    unit, days = REQUESTS.unit_in(question.lang), question.translate(f"{_ID}.unit_days")

    def column(code: str, unit: str = "") -> Column:
        return Column(code, question.translate(f"{_ID}.column_{code}"), unit)

    yield column("part"), question.translate(f"{_ID}.part_{row.kind}")
    yield Column("code", question.translate("rankings.code")), row.code
    yield column("name"), row.label
    yield Column("referrals", begin(unit), unit), row.times.referrals
    yield column("open", unit), int(row.times.late.censored.sum())
    yield column("median"), _half_in_words(question, row)
    times = {"quarter": row.quarter, "half": row.half, "half_low": row.low, "half_high": row.high}
    for code, time in times.items():
        yield column(code, days), None if time is None else round(time)
    in_time = row.in_time or (None, None, None)
    for code, share in zip(("in_time", "in_time_low", "in_time_high"), in_time, strict=True):
        yield column(code, "%"), share


def _description(question: Question, rows: Sequence[_Row], shelter: str) -> str:
    """How long all requests took and the first rows after that, with the sentence on shelter."""
    everyone, *others = rows
    row_texts = (
        question.translate(f"{_ID}.named", name=row.label, median=_half_in_words(question, row))
        for row in others[:_DESCRIBED]
    )
    text = question.translate(
        f"{_ID}.description",
        period=question.period_in_words,
        number=question.about(everyone.times.referrals, REQUESTS),
        median=_half_in_words(question, everyone),
        names="; ".join(row_texts),
    )
    return f"{text} {shelter}".strip()
