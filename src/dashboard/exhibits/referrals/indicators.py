"""Indicators of referrals: five numbers at a glance. Id: referrals.indicators.

The figure is drawn as HTML, as that of ``overview.indicators`` describes it. Each number is the
same as in the exhibit below that it is taken from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.exhibits.counts.international_protection import (
    count_may_need,
    count_referred,
    may_need,
)
from dashboard.exhibits.counts.open_referrals import until
from dashboard.exhibits.counts.referral_counts import count_ends
from dashboard.exhibits.counts.referral_steps import count_first_requests
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, lateness
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, total_in_words
from dashboard.exhibits.parts.offers import is_told, not_kept, not_reported
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals.bottlenecks import share_in_time
from dashboard.exhibits.referrals.tile_lines import open_line, people_line
from dashboard.exhibits.referrals.waiting import count_waiting
from dashboard.exhibits.registry import exhibit
from dashboard.model.facts import ENDINGS, PEOPLE, REQUESTS, Fact
from dashboard.model.periods import Span
from dashboard.words import dates
from dashboard.words.catalogue import begin

_DIRECTIONS = {1: "rose", 0: "none", -1: "fell"}
_ARROWS = {"rose": "up", "fell": "down", "level": "level"}


@exhibit("referrals.indicators", facts=("people", "requests", "endings"))
def referrals_indicators(question: Question) -> Exhibit:
    """People and first referrals, services in time, open now, who declined, and one need."""
    before = question.compared_span
    then = replace(question, period=before) if before else None
    makers: tuple[Callable[[Question, Question | None], dict[str, Any]], ...] = (
        _identified, _in_time, _open, _declined, _protection,
    )  # fmt: skip
    items = [make(question, then) for make in makers]
    facts = [fact for fact in (PEOPLE, REQUESTS, ENDINGS) if is_told(question, fact)]
    return made(
        "referrals.indicators",
        frame(
            question,
            *(facts or [PEOPLE]),
            notes=[*_notes(question, before), question.say("referrals.indicators.note_protection")],
        ),
        title=_title(question, items),
        figure={"form": "indicators", "items": items},
        table=_table(question, items, before),
        description=" ".join(
            question.say(
                "referrals.indicators.described",
                label=item["label"],
                text=item["text"],
                change=item["change"],
            ).strip()
            for item in items
        ),
    )


def _notes(question: Question, before: Span | None) -> list[str]:
    if before or question.filters.compare == "none":
        return []
    span = question.compared_period or question.period
    period = dates.period(span, question.lang)
    return [question.say("shared.note.no_comparison", period=period)]


def _title(question: Question, items: list[dict[str, Any]]) -> str:
    waiting = items[2]
    if not question.release.holds(REQUESTS):
        return not_reported(question, REQUESTS).reason
    if waiting["value"] is None:
        return begin(question.say("referrals.steps.title_people", people=items[0]["text"]))
    return begin(question.say("referrals.indicators.title", number=waiting["text"]))


def _item(
    question: Question, name: str, fact: Fact, text: str, value: int | None, **more: Any
) -> dict[str, Any]:
    """A tile; what is not given of a change stays open."""
    return {
        "id": name,
        "label": question.say(f"referrals.indicators.{name}"),
        "value": value,
        "text": text,
        "unit": fact.unit_in(question.lang),
        "periods": [], "series": [], "before": None, "before_text": "", "change": "",
        "interval": "", "low": None, "high": None, "word": "", "direction": None, "arrow": None,
    } | more  # fmt: skip


def _untold(question: Question, name: str, fact: Fact) -> dict[str, Any]:
    """A tile of what is not told says so in place of a number."""
    if not question.release.holds(fact):
        text = question.say("overview.indicators.not_reported")
        return _item(question, name, fact, text, None)
    return _item(question, name, fact, not_kept(question, fact).reason, None)


def _moved(
    question: Question, now: int, before: int, drawn: Drawn, said: str = ""
) -> dict[str, Any]:
    """A change of a number in words; a sign only where it is clear or about the same."""
    text = said or question.about(before, drawn.fact)
    comparison = display_rule.comparison(drawn, before, now)
    direction, past = comparison.direction, question.compared_span
    late = past is not None and lateness.waits(question.release, question.period, past)
    # Of what is still reported nobody can say yet that it stays the same.
    kind = "level" if comparison.is_level and not late else direction
    return {
        "before": before,
        "before_text": text,
        "change": question.say(f"referrals.indicators.change_{kind}", before=text),
        "direction": direction,
        "arrow": _ARROWS.get(kind),
    }


def _identified(question: Question, then: Question | None) -> dict[str, Any]:
    if not question.release.holds(PEOPLE):
        return _untold(question, "people", PEOPLE)

    def people(asked: Question) -> int:
        return queries.total(asked.release, PEOPLE, asked.filters, asked.period)

    def text(asked: Question, size: int) -> str:
        return total_in_words(asked, PEOPLE, size) if size else asked.about(0, PEOPLE)

    size = people(question)
    drawn = display_rule.drawn(question, PEOPLE, (), (size,))
    moved: dict[str, Any] = {}
    if then:
        before = people(then)
        moved = _moved(question, size, before, drawn, text(then, before))
    if is_told(question, REQUESTS):
        first = question.about(count_first_requests(question), REQUESTS)
        beside = question.say("referrals.indicators.first", number=first)
        moved["change"] = _one_after_the_other(moved.get("change"), beside)
    moved |= people_line(question, question.filters)
    return _item(question, "people", PEOPLE, text(question, size), size, **moved)


def _in_time(question: Question, then: Question | None) -> dict[str, Any]:
    if not is_told(question, REQUESTS):
        return _untold(question, "in_time", REQUESTS)
    now, before = share_in_time(question), share_in_time(then) if then else None
    if now is None:
        text = question.say("referrals.indicators.too_few")
        return _item(question, "in_time", REQUESTS, text, None)
    own: dict[str, Any] = {"unit": "", "low": now.low, "high": now.high}
    if before:
        apart = (now.low > before.high) - (now.high < before.low)
        direction, share = _DIRECTIONS[apart], question.say("numbers.percent", number=before.share)
        own |= {
            "before": before.share,
            "before_text": share,
            "change": question.say(f"referrals.indicators.change_{direction}", before=share),
            "direction": direction,
            "arrow": _ARROWS.get(direction),
        }
    text = question.say("numbers.percent", number=now.share)
    return _item(question, "in_time", REQUESTS, text, now.share, **own)


def _open(question: Question, then: Question | None) -> dict[str, Any]:
    whole = until(question)
    if not is_told(question, REQUESTS):
        return _untold(question, "open", REQUESTS)
    if whole is None:
        return _item(question, "open", REQUESTS, question.about(0, REQUESTS), 0)
    now, drawn = count_waiting(question, whole)
    moved: dict[str, Any] = {}
    if then and (past := until(then)):
        moved = _moved(question, now.waiting, count_waiting(then, past)[0].waiting, drawn)
    beside = question.say(
        "referrals.indicators.earlier",
        number=question.about(now.earlier, REQUESTS),
        month=dates.month(whole.period.end.quarter_start.plus(-3), question.lang),
    )
    moved["change"] = _one_after_the_other(moved.get("change"), begin(beside))
    moved |= open_line(question)
    return _item(
        question, "open", REQUESTS, question.about(now.waiting, REQUESTS), now.waiting, **moved
    )


def _declined(question: Question, then: Question | None) -> dict[str, Any]:
    if not is_told(question, ENDINGS):
        return _untold(question, "declined", ENDINGS)

    def declined(asked: Question) -> int:
        return sum(n for (_, end), n in count_ends(asked).items() if end == "declined")

    size = declined(question)
    by = ("status", "no_service_reason")
    drawn = display_rule.drawn(question, ENDINGS, by, (size,))
    moved = _moved(question, size, declined(then), drawn) if then else {}
    return _item(question, "declined", ENDINGS, question.about(size, ENDINGS), size, **moved)


def _protection(question: Question, then: Question | None) -> dict[str, Any]:
    """People who may need international protection; referrals for it are said beside them."""
    name, narrowed = "protection", may_need(question)
    if not question.release.holds(PEOPLE):
        return _untold(question, name, PEOPLE)
    if narrowed is None:
        text = question.say("referrals.indicators.protection_other")
        return _item(question, name, PEOPLE, text, None)
    drawn = count_may_need(question, narrowed)
    moved: dict[str, Any] = {}
    if then:
        before = count_may_need(then, narrowed).total
        moved = _moved(question, drawn.total, before, drawn)
    who = question.say("referrals.indicators.protection_who")
    moved["change"] = _one_after_the_other(who, moved.get("change"), _referred(question))
    moved |= people_line(question, narrowed)
    text = question.about(drawn.total, PEOPLE)
    return _item(question, name, PEOPLE, text, drawn.total, **moved)


def _one_after_the_other(*sentences: str | None) -> str:
    """Sentences of a tile: a change stands before other numbers, or it would be read as theirs."""
    return " ".join(filter(None, sentences))


def _referred(question: Question) -> str:
    if not is_told(question, REQUESTS):
        return ""
    number = question.about(count_referred(question), REQUESTS)
    return question.say("referrals.indicators.protection_referred", number=number)


def _table(question: Question, items: list[dict[str, Any]], before: Span | None) -> Table:
    lang = question.lang
    columns = [
        Column("code", question.say("rankings.code")),
        Column("label", question.say("overview.indicators.label")),
        Column("unit", question.say("overview.changes.column_unit")),
        Column("value", dates.period(question.period, lang), number=True),
    ]
    if before:
        columns.append(
            Column("before", dates.period(before, lang), number=True, period=str(before))
        )
    percent = "%"

    def cells(item: Mapping[str, Any]) -> tuple[Any, ...]:
        own = (item["id"], item["label"], item["unit"] or percent, item["value"], item["before"])
        return own[: len(columns)]

    return Table(tuple(columns), tuple(map(cells, items)))
