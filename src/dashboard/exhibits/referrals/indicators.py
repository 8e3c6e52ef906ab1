"""Indicators of referrals: five numbers at a glance. Id: referrals.indicators.

The figure is drawn as HTML, as that of ``overview.indicators`` describes it. Each number is the
same as in the exhibit below that it is taken from, and so is the line of its last twelve months.
Services in time and people who declined have no line, since a month has too few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple

from dashboard import queries
from dashboard.analysis.judge import Judgement
from dashboard.exhibits.counts.international_protection import (
    count_may_need,
    count_referred,
    may_need,
)
from dashboard.exhibits.counts.judged import judged, judged_whole
from dashboard.exhibits.counts.open_referrals import count_open_in_all, until
from dashboard.exhibits.counts.referral_counts import DECLINED, count_ends
from dashboard.exhibits.counts.referral_steps import count_first_requests
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import against_usual, display_rule
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, total_in_words
from dashboard.exhibits.parts.offers import is_told, not_kept, not_reported, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.referrals.bottlenecks import share_in_time
from dashboard.exhibits.registry import exhibit
from dashboard.filters import Filters
from dashboard.model.facts import ENDINGS, PEOPLE, REQUESTS, Fact
from dashboard.model.periods import Span
from dashboard.words.catalogue import begin

_ID = "referrals.indicators"
#: Months of the line of a tile.
_MONTHS = 12
#: What a tile says, as far as it is not open.
_Tile = dict[str, Any]
_Make = Callable[[Question, Question | None], _Tile]


class _Number(NamedTuple):
    """The number of a tile, the cut that it is of, and how it is said."""

    size: int
    drawn: Drawn
    text: str


@exhibit(_ID, facts=("people", "requests", "endings"))
def referrals_indicators(question: Question) -> Exhibit:
    """People and first referrals, services in time, open now, who declined, and one need."""
    before = question.compared_span
    then = replace(question, period=before) if before else None
    makers: Mapping[str, tuple[Fact, _Make]] = {
        "people": (PEOPLE, _people),
        "in_time": (REQUESTS, _in_time),
        "open": (REQUESTS, _open),
        "declined": (ENDINGS, _declined),
        "protection": (PEOPLE, _protection),
    }
    tiles = [_tile(question, then, name, *maker) for name, maker in makers.items()]
    facts = [fact for fact in (PEOPLE, REQUESTS, ENDINGS) if is_told(question, fact)]
    notes = [question.say(f"{_ID}.note_protection")]
    if question.compared_period and not before:
        period = question.dated(question.compared_period)
        notes.insert(0, question.say("shared.note.no_comparison", period=period))
    return made(
        _ID,
        frame(question, *(facts or [PEOPLE]), notes=notes),
        title=_title(question, *tiles),
        figure={"form": "indicators", "items": tiles},
        table=_table(question, tiles, before),
        description=" ".join(
            question.say(
                f"{_ID}.described", label=tile["label"], text=tile["text"], change=tile["change"]
            ).strip()
            for tile in tiles
        ),
    )


def _title(question: Question, people: _Tile, _: _Tile, waiting: _Tile, *__: _Tile) -> str:
    if not question.release.holds(REQUESTS):
        return not_reported(question, REQUESTS).reason
    if waiting["value"] is None:
        return begin(question.say("referrals.steps.title_people", people=people["text"]))
    return begin(question.say(f"{_ID}.title", number=waiting["text"]))


def _tile(question: Question, then: Question | None, name: str, fact: Fact, make: _Make) -> _Tile:
    """A tile; what is not given of a change stays open, and what is not told says so instead."""
    tile: _Tile = {
        "id": name,
        "label": question.say(f"{_ID}.{name}"),
        "value": None,
        "unit": fact.unit_in(question.lang),
        "periods": [], "series": [], "before": None, "before_text": "", "change": "",
        "word": "", "direction": None, "arrow": None,
    }  # fmt: skip
    if not question.release.holds(fact):
        return tile | {"text": question.say("overview.indicators.not_reported")}
    if fact is not PEOPLE and unkept(question, fact):
        return tile | {"text": not_kept(question, fact).reason}
    return tile | make(question, then)


def _told(
    question: Question,
    then: Question | None,
    count: Callable[[Question], _Number],
    *,
    one: Judgement | None = None,
    first: str = "",
    last: str = "",
) -> _Tile:
    """A number and what is said of it against usual, with sentences before and after that.

    A change stands before other numbers, or it would be read as theirs.
    """
    now = count(question)
    said: _Tile = {} if one is None else against_usual.tile(question, one)
    earlier_ = count(then) if then else None
    before = _before(question, earlier_.size, earlier_.text) if earlier_ else {}
    change = " ".join(filter(None, (first, said.get("change"), before.get("change"), last)))
    return {"value": now.size, "text": now.text, **said, **before, "change": change}


def _before(question: Question, size: int, text: str) -> _Tile:
    """The number of the other period that is seen beside."""
    period = question.dated(question.compared_span or question.period)
    return {
        "before": size,
        "before_text": text,
        "change": question.say("overview.before", number=text, period=period),
    }


def _people(question: Question, then: Question | None) -> _Tile:
    """People identified, and their first referrals."""

    def people(asked: Question) -> _Number:
        size = asked.total(PEOPLE)
        text = total_in_words(asked, PEOPLE, size) if size else asked.about(0, PEOPLE)
        return _Number(size, display_rule.drawn(asked, PEOPLE, (), (size,)), text)

    beside = ""
    if is_told(question, REQUESTS):
        first = question.about(count_first_requests(question), REQUESTS)
        beside = question.say(f"{_ID}.first", number=first)
    one = judged_whole(question, PEOPLE) if question.is_judged else None
    return _told(question, then, people, one=one, last=beside) | _line(
        question, _by_month(question, PEOPLE)
    )


def _in_time(question: Question, then: Question | None) -> _Tile:
    now, before = share_in_time(question), share_in_time(then) if then else None
    if now is None:
        return {"text": question.say(f"{_ID}.too_few")}

    def percent(share: int) -> str:
        return question.percent(share)

    own: _Tile = {"value": now.share, "text": percent(now.share), "unit": ""}
    if before:
        own |= _before(question, before.share, percent(before.share))
    return own


def _open(question: Question, then: Question | None) -> _Tile:
    now = count_open_in_all(question)

    def waiting(asked: Question) -> _Number:
        told, drawn = now if asked is question else count_open_in_all(asked)
        return _Number(told.total, drawn, asked.about(told.total, REQUESTS))

    end = whole.period.end if (whole := until(question)) else question.period.end
    older = question.say(
        f"{_ID}.older",
        number=question.about(now[0].older, REQUESTS),
        when=names.asked_for(question, end, "older"),
    )
    told = _told(question, then, waiting, last=begin(older))
    # What was open at the end of each month is all that was requested less all that ended.
    asked, ended = (_by_month(question, fact) for fact in (REQUESTS, ENDINGS))
    left = accumulate(asked[start] - ended.get(start, 0) for start in asked)
    line = {start: max(size, 0) for start, size in zip(asked, left, strict=True)}
    return told | _line(question, line)


def _declined(question: Question, then: Question | None) -> _Tile:
    def declined(asked: Question) -> _Number:
        size = sum(n for (_, end), n in count_ends(asked).items() if end == "declined")
        drawn = display_rule.drawn(asked, ENDINGS, ("status", "no_service_reason"), (size,))
        return _Number(size, drawn, asked.about(size, ENDINGS))

    found = judged(question, ENDINGS, "no_service_reason") if question.is_judged else None
    one = found.of.get(DECLINED) if found else None
    return _told(question, then, declined, one=one)


def _protection(question: Question, then: Question | None) -> _Tile:
    """People who may need international protection; referrals for it are said beside them."""
    narrowed = may_need(question)
    if narrowed is None:
        return {"text": question.say(f"{_ID}.protection_other")}

    def need(asked: Question) -> _Number:
        drawn = count_may_need(asked, narrowed)
        return _Number(drawn.total, drawn, asked.about(drawn.total, PEOPLE))

    referred = ""
    if is_told(question, REQUESTS):
        number = question.about(count_referred(question), REQUESTS)
        referred = question.say(f"{_ID}.protection_referred", number=number)
    who = question.say(f"{_ID}.protection_who")
    narrow = replace(question, filters=narrowed)
    one = judged_whole(narrow, PEOPLE) if question.is_judged else None
    told = _told(question, then, need, one=one, first=who, last=referred)
    return told | _line(question, _by_month(question, PEOPLE, narrowed))


def _by_month(question: Question, fact: Fact, narrowed: Filters | None = None) -> dict[date, int]:
    """Sizes by month of the whole release, in order of time."""
    filters, span = narrowed or question.filters, question.release.span
    return dict(queries.series(question.release, fact, filters, span))


def _line(question: Question, by_month: Mapping[date, int]) -> _Tile:
    """The months until the end of the period, as a tile has them."""
    end = question.period.end.first_day
    shown = [(start, size) for start, size in by_month.items() if start <= end][-_MONTHS:]
    return {
        "periods": [str(start)[:7] for start, _ in shown],
        "series": [size for _, size in shown],
    }


def _table(question: Question, tiles: list[_Tile], before: Span | None) -> Table:
    value = Column("value", question.period_in_words, number=True)
    columns = [
        Column("code", question.say("rankings.code")),
        Column("label", question.say("overview.indicators.label")),
        Column("unit", question.say("overview.changes.column_unit")),
        value,
    ]
    if before:
        label = question.dated(before)
        columns.append(replace(value, code="before", label=label, period=str(before)))
    rows = (
        (tile["id"], tile["label"], tile["unit"] or "%", tile["value"], tile["before"])
        for tile in tiles
    )
    return Table(tuple(columns), tuple(row[: len(columns)] for row in rows))
