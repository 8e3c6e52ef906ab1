"""Indicators of referrals: five numbers at a glance. Id: referrals.indicators.

The figure is drawn as HTML: each of ``items`` is a tile (``parts.tiles``). Each number is the
same as in the exhibit below that it is taken from, and so is the line of its last twelve months.
Services in time and people who declined have no line, since a month has too few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import accumulate
from typing import Any

from dashboard.exhibits.counts.comparisons import compare_codes, compare_total
from dashboard.exhibits.counts.open_referrals import count_open_in_all, until
from dashboard.exhibits.counts.referral_counts import DECLINED, count_ends, count_first_requests
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parts import ranges, reporting, tiles
from dashboard.exhibits.parts.breakdowns import Breakdown, breakdown_of
from dashboard.exhibits.parts.empty_state import (
    empty_exhibit,
    is_reported,
    is_without_data,
    not_recorded,
    not_reported,
    nothing,
    unkept,
)
from dashboard.exhibits.parts.frame import frame, make_exhibit, total_in_words
from dashboard.exhibits.parts.tiles import Tile
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.referrals.bottlenecks import share_in_time
from dashboard.exhibits.registry import exhibit
from dashboard.filters import Filters
from dashboard.model.codes import MAY_NEED_PROTECTION
from dashboard.model.facts import ENDINGS, PEOPLE, REQUESTS, Fact
from dashboard.model.periods import Month
from dashboard.words.catalogue import begin

_ID = "referrals.indicators"
#: The service of the last tile.
_SERVICE = "international_protection"
#: The number of a tile, its text, and the cut that it is a number of.
_Number = tuple[int, str, Breakdown]
#: What a tile says, as keyword arguments of ``tiles.tile``.
_TileValues = dict[str, Any]
#: Makes these of what the reader looks at, and of the same in the compared period, if any.
_Make = Callable[[Question, Question | None], _TileValues]


@exhibit(_ID, facts=("people", "requests", "endings"), compares=True)
def referrals_indicators(question: Question) -> Exhibit:
    """People and first referrals, services in time, open now, who declined, and one need."""
    if is_without_data(question):
        return empty_exhibit(frame(question, PEOPLE), nothing(question, PEOPLE))
    span = question.compared_span
    before = replace(question, period=span) if span else None
    makers: Mapping[str, tuple[Fact, _Make]] = {
        "people": (PEOPLE, _people),
        "in_time": (REQUESTS, _in_time),
        "open": (REQUESTS, _open),
        "declined": (ENDINGS, _declined),
        "protection": (PEOPLE, _protection),
    }
    items = [_tile(question, before, name, *maker) for name, maker in makers.items()]
    people, _, waiting, *_ = items
    facts = [fact for fact in (PEOPLE, REQUESTS, ENDINGS) if is_reported(question, fact)]
    notes = [*reporting.not_compared(question), question.translate(f"{_ID}.note_protection")]
    return make_exhibit(
        frame(question, *(facts or [PEOPLE]), notes=notes),
        title=_title(question, people, waiting),
        figure={"form": "indicators", "items": items},
        table=tiles.table(question, items),
        description=" ".join(
            question.translate(
                f"{_ID}.described", label=tile["label"], text=tile["text"], change=tile["change"]
            ).strip()
            for tile in items
        ),
    )


def _title(question: Question, people: Tile, waiting: Tile) -> str:
    """How many referrals are open; people where some chosen filter does not apply to referrals."""
    if not question.release.has(REQUESTS):
        return not_reported(question, REQUESTS).reason
    if waiting["value"] is None:
        return begin(question.translate("referrals.steps.title_people", people=people["text"]))
    return begin(question.translate(f"{_ID}.title", number=waiting["text"]))


def _tile(question: Question, before: Question | None, name: str, fact: Fact, make: _Make) -> Tile:
    """A number of the page with its change (a tile), or why it has none.

    It has none where its fact is not reported, or some chosen filter does not apply to it.
    """
    values: _TileValues = {"unit": fact.unit_in(question.lang)}
    if not question.release.has(fact):
        values["text"] = question.translate("overview.indicators.not_reported")
    elif fact is not PEOPLE and unkept(question, fact):
        values["text"] = not_recorded(question, fact).reason
    else:
        values |= make(question, before)
    return tiles.tile(question, name, question.translate(f"{_ID}.{name}"), **values)


def _tile_values(
    question: Question, before: Question | None, count: Callable[[Question], _Number], **more: Any
) -> _TileValues:
    """Values of a tile: its number with its range, that of the compared period, and more."""
    value, text, breakdown = count(question)
    ends = breakdown.error.interval(value)
    number_before = count(before)[:2] if before else None
    return {"value": value, "text": text, "ends": ends, "before": number_before, **more}


def _people(question: Question, before: Question | None) -> _TileValues:
    """People identified, and their first referrals."""

    def people(view: Question) -> _Number:
        """People identified in a view; 0 of them may be very few, however it was reported."""
        size = view.total(PEOPLE)
        text = total_in_words(view, PEOPLE, size) if size else view.about(0, PEOPLE)
        return size, text, breakdown_of(view, PEOPLE, (), (size,))

    first = ""
    if is_reported(question, REQUESTS):
        number = question.about(count_first_requests(question), REQUESTS)
        first = question.translate(f"{_ID}.first", number=number)
    comparison = compare_total(question, PEOPLE)
    line = _by_month(question, PEOPLE)
    return _tile_values(question, before, people, comparison=comparison, last=first, line=line)


def _in_time(question: Question, before: Question | None) -> _TileValues:
    """The share of requests that had their service in time."""
    now, earlier = share_in_time(question), share_in_time(before) if before else None
    if now is None:
        return {"text": question.translate(f"{_ID}.too_few")}
    number_before = (earlier.share, question.percent(earlier.share)) if earlier else None
    text = question.percent(now.share)
    ends = now.low, now.high
    return {"value": now.share, "text": text, "ends": ends, "unit": "", "before": number_before}


def _open(question: Question, before: Question | None) -> _TileValues:
    """Referrals that are open at the end of the period, and how many of these for long."""
    open_now, open_breakdown = count_open_in_all(question)

    def waiting(view: Question) -> _Number:
        """Referrals that are open at the end of a view's period."""
        counts, breakdown = open_now, open_breakdown
        if view is not question:
            counts, breakdown = count_open_in_all(view)
        return counts.total, ranges.about(view, REQUESTS, breakdown.error, counts.total), breakdown

    end = whole.period.end if (whole := until(question)) else question.period.end
    older = question.translate(
        f"{_ID}.older",
        number=question.about(open_now.older, REQUESTS),
        when=names.request_age(question, end, "older"),
    )
    # What was open at the end of each month is all that was requested less all that ended.
    requested, ended = (_by_month(question, fact) for fact in (REQUESTS, ENDINGS))
    sizes = accumulate(size - ended.get(month, 0) for month, size in requested.items())
    line = {month: max(size, 0) for month, size in zip(requested, sizes, strict=True)}
    return _tile_values(question, before, waiting, last=begin(older), line=line)


def _declined(question: Question, before: Question | None) -> _TileValues:
    """Referrals that ended in the period since the person declined."""

    def declined(view: Question) -> _Number:
        """Referrals of a view that ended since the person declined."""
        size = sum(n for (_, end), n in count_ends(view).items() if end == "declined")
        by = ("no_service_reason",)
        return size, view.about(size, ENDINGS), breakdown_of(view, ENDINGS, by, (size,))

    comparisons = compare_codes(question, ENDINGS, "no_service_reason")
    comparison = comparisons.rows.get(DECLINED) if comparisons else None
    return _tile_values(question, before, declined, comparison=comparison)


def _protection(question: Question, before: Question | None) -> _TileValues:
    """People who may need international protection, and referrals for it.

    It follows from the legal status that partners registered, and is never guessed of a person. The
    view is the reader's own with the filter by legal status, so whoever sets it sees this number.
    """
    chosen = question.filters.codes_of("status")
    codes = tuple(code for code in MAY_NEED_PROTECTION if not chosen or code in chosen)
    if not codes:
        return {"text": question.translate(f"{_ID}.protection_other")}
    filters = question.filters.with_codes("status", codes)

    def need(view: Question) -> _Number:
        """People in a view's period who may need protection."""
        size = view.total(PEOPLE, filters)
        breakdown = breakdown_of(view, PEOPLE, (), (size,), filters=filters)
        return size, view.about(size, PEOPLE), breakdown

    referred = ""
    if is_reported(question, REQUESTS):
        by_service = dict(question.counts(REQUESTS, "service"))
        number = question.about(by_service.get(_SERVICE, 0), REQUESTS)
        referred = question.translate(f"{_ID}.protection_referred", number=number)
    who = question.translate(f"{_ID}.protection_who")
    values = {"comparison": compare_total(replace(question, filters=filters), PEOPLE)}
    values |= {"line": _by_month(question, PEOPLE, filters), "first": who, "last": referred}
    return _tile_values(question, before, need, **values)


def _by_month(question: Question, fact: Fact, filters: Filters | None = None) -> dict[Month, int]:
    """Sizes by month of the release until the end of the period, in order of time."""
    sizes = question.by_month(fact, filters, question.release.span)
    return {month: size for month, size in sizes.items() if month <= question.period.end}
