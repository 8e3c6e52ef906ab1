"""Lateness: how much is reported when a month closes and later, and which months still fill up.

Id: quality.lateness. It is about the open release and its earlier editions, whatever the filters.
The figure is drawn as HTML: ``bars`` have label, share of 100 and text; ``filling`` are months with
what is there so far, and what they will come to, as the trend of the overview draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.exhibits.charts.tables import columns
from dashboard.exhibits.exhibit import EmptyState, Exhibit, Table
from dashboard.exhibits.parts import lateness
from dashboard.exhibits.parts.empty_state import empty_exhibit
from dashboard.exhibits.parts.frame import frame_of_release, make_exhibit, total_in_words
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.plot import Number
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Month, Span
from dashboard.release.cached import once_a_release
from dashboard.release.open_release import Release
from dashboard.words import numbers

_ID = "quality.lateness"
_WHOLE = 100
#: Months after which a month is as complete as it gets, and later ages that are drawn before that.
_SETTLED, _LATER = 6, 3
#: Settled months that shares are of; months to which one that fills up is compared.
_MONTHS, _CONTEXT = 24, 24


@dataclass(frozen=True)
class Arrival:
    """The share of a month's incidents that has arrived some time after it closed.

    Attributes:
        after: Months since the first edition that shows a month; 0 for that edition.
        share: Percent of the incidents that the month has in the end, over all settled months.
        low, high: The same of the month with the least and with the most; None of few incidents.
    """

    after: int
    share: int
    low: int | None
    high: int | None


#: A month that fills up: what is there, and what is expected; None where nearly all is there.
_Filling = tuple[Month, int, Number | None]


@once_a_release
def arrivals(release: Release) -> tuple[Arrival, ...]:
    """How much has arrived by months since a month closed; nothing where too little is known."""
    editions, base = release.edition_series(INCIDENTS.id), release.base(INCIDENTS.id)
    settled = Span.last(_MONTHS, until=release.span.end.plus(-_SETTLED))
    months = [
        month
        for month in settled
        if all(month in editions.get(month.plus(after), {}) for after in range(_SETTLED + 1))
    ]
    in_the_end = [editions[month.plus(_SETTLED)][month] for month in months]
    by_age: list[Arrival] = []
    for after in range(_LATER + 1):
        arrived = [editions[month.plus(after)][month] for month in months]
        share = numbers.percent(sum(arrived), sum(in_the_end), base)
        if share is None:
            return ()
        by_month = (numbers.percent(*pair, base) for pair in zip(arrived, in_the_end, strict=True))
        known = [percent for percent in by_month if percent is not None]
        by_age.append(Arrival(after, share, min(known, default=None), max(known, default=None)))
    return tuple(by_age)


def late_percent(question: Question) -> int | None:
    """How many of 100 incidents come after their month closed; None where that is not known."""
    shares = arrivals(question.release)
    return _WHOLE - shares[0].share if shares else None


@exhibit(_ID, facts=())
def reporting_delay(question: Question) -> Exhibit:
    """Share of incidents that is there when a month closes and later, and what months come to."""
    unfiltered = replace(question, filters=Filters(lang=question.lang))
    shares, filling = arrivals(question.release), _filling(unfiltered)
    around = frame_of_release(question, _ID, question.translate(f"{_ID}.note"))
    table = _table(question, shares, filling)
    if not shares:
        return empty_exhibit(around, EmptyState(question.translate(f"{_ID}.empty")), table)
    # What rounds to all is nearly all.
    nearly_all = {_WHOLE: question.translate("quality.nearly_all")}
    bars = [
        {
            "label": _when(question, arrival.after),
            "share": arrival.share,
            "text": nearly_all.get(arrival.share) or question.number(arrival.share),
        }
        for arrival in shares
    ]
    rows = [_row(unfiltered, *month) for month in filling]
    texts = [f"{bar['label']}: {bar['text']}" for bar in bars]
    for row in rows:
        key = "described" if row["range"] else "described_all"
        texts.append(question.translate(f"{_ID}.{key}", **row))
    return make_exhibit(
        around,
        title=question.translate(f"{_ID}.title", share=shares[0].share),
        figure={"form": "lateness", "bars": bars, "filling": rows},
        table=table,
        description="; ".join(texts),
    )


def _when(question: Question, after: int) -> str:
    """So many months after a month closed, in words."""
    return question.translate(f"{_ID}.{'later' if after else 'closed'}", n=after)


def _filling(question: Question) -> list[_Filling]:
    """Months that still fill up, in order of time, for a question without filters."""
    release = question.release
    late_months = lateness.provisional(release, release.span)
    if late_months is None:
        return []
    context = Span.last(_CONTEXT, until=release.span.end)
    sizes = question.by_month(INCIDENTS, period=context)
    periods = [Span(month, month) for month in late_months]
    expected = lateness.expected(question, INCIDENTS, sizes, periods)
    sizes_of = (sizes[month] for month in late_months)
    return list(zip(late_months, sizes_of, expected, strict=True))


def _row(question: Question, month: Month, size: int, expected: Number | None) -> dict[str, str]:
    """A month in words: what is there, and what it will come to unless nearly all is there."""
    about = question.translate("numbers.about", number=expected.text) if expected else ""
    return {
        "month": question.month(month),
        "so_far": total_in_words(question, INCIDENTS, size, Span(month, month)),
        "expected": about or question.translate(f"{_ID}.no_more"),
        "range": question.reach(expected.low, expected.high) if expected else "",
    }


def _table(question: Question, shares: Sequence[Arrival], filling: Sequence[_Filling]) -> Table:
    """A row for each share, then for each month that fills up; either leaves columns empty."""
    incidents = INCIDENTS.unit_in(question.lang)
    heads = (
        *columns(question, f"{_ID}.", "when"),
        *columns(question, f"{_ID}.", "share", unit="%"),
        *columns(question, f"{_ID}.", "so_far", "expected", unit=incidents),
        *columns(question, "breakdown.", "low", "high", number=True),
    )
    share_rows = [(_when(question, a.after), a.share, None, None, a.low, a.high) for a in shares]
    months = [
        (str(month), None, size, *((final.value, final.low, final.high) if final else (None,) * 3))
        for month, size, final in filling
    ]
    return Table(heads, (*share_rows, *months))
