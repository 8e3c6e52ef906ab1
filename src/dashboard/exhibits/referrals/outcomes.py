"""What became of referrals that ended in the period, by service. Id: referrals.outcomes.

Second and later referrals are next steps and stand in the table beside. What still waits stands in
``waiting``, and what became of the requests of the period in ``pathway``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import queries
from dashboard.exhibits.counts.referral_counts import ENDS, OTHER, Pair, count_ends
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.ladder import Rung, Step, climb
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.referrals.kinds import KINDS
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.bars import Group, grouped_bars
from dashboard.model.codes import NO_SERVICE_REASON, REFERRAL_STEP
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, in_sentence

#: Declining is a valid outcome, so its colour is neutral.
_COLOURS = {
    "done": theme.BLUE,
    "declined": theme.NEUTRAL,
    "unavailable": theme.UMBER,
    "lost": theme.SKY,
    "rejected": theme.SLATE,
}
_BY_END = ("status", "no_service_reason")
#: Adds a row: part, service, name, number, and the cut that it is of.
_Add = Callable[[str, str, str, int, Drawn], None]


@dataclass(frozen=True)
class _Counted:
    """Endings by (service, outcome), and services in the order drawn."""

    ends: Counter[Pair]
    services: tuple[str, ...]

    def of(self, outcome: str) -> int:
        """Endings of one outcome."""
        return sum(size for (_, end), size in self.ends.items() if end == outcome)


@exhibit("referrals.outcomes", facts=("endings", "requests"), options=(KINDS.option,))
def referrals_outcomes(question: Question) -> Exhibit:
    """Bars of endings by service, split by what became of them."""
    if unkept(question, ENDINGS):
        around = frame(question, ENDINGS)
        return offered("referrals.outcomes", around, not_kept(question, ENDINGS))
    step = climb(question, KINDS, lambda rung: _count(question, rung))
    around = frame(
        question,
        ENDINGS,
        drawn=(step.drawn,),
        note=question.say("referrals.note_declined"),
        detail=step.detail(question),
    )
    if not step.counted.ends:
        return offered("referrals.outcomes", around, nothing(question, ENDINGS))
    return made(
        "referrals.outcomes",
        around,
        title=_title(question, step),
        figure=_figure(question, step),
        table=_table(question, step),
        description=_description(question, step),
    )


def _count(question: Question, rung: Rung) -> tuple[_Counted, Drawn]:
    (by,) = rung.by
    ends = count_ends(question, by)
    sizes: Counter[str] = Counter()
    for (service, _), size in ends.items():
        sizes[service] += size
    ranked = sorted(sizes, key=lambda code: (code == OTHER, -sizes[code], code))
    columns = (by, *_BY_END)
    drawn = display_rule.drawn(question, ENDINGS, columns, tuple(ends.values()))
    return _Counted(ends, tuple(ranked)), drawn


def _figure(question: Question, step: Step[_Counted]) -> dict[str, Any]:
    counted = step.counted
    said = number_format(question, ENDINGS, error=step.drawn.error, rough=step.is_rough)
    return grouped_bars(
        [names.service(question, code) for code in counted.services],
        [
            Group(
                names.outcome(question, end),
                [counted.ends[code, end] for code in counted.services],
                _COLOURS[end],
            )
            for end in ENDS
            if counted.of(end)
        ],
        number_format=said,
        stacked=True,
        totals=said,
    )


def _title(question: Question, step: Step[_Counted]) -> str:
    counted, base = step.counted, question.base(ENDINGS)
    total, done = counted.ends.total(), counted.of("done")
    share = numbers.share(done, total, base, question.lang) if done else None
    if share is None:
        return begin(
            question.say("referrals.outcomes.title", number=question.about(total, ENDINGS))
        )
    reasons = _of_all(question, step.counted)
    others = sorted(ENDS[1:], key=lambda end: -counted.of(end))
    sizes = [counted.of(end) for end in others]
    if sizes[0] and reasons.leads(sizes):
        return question.say(
            "referrals.outcomes.title_other",
            share=share,
            other=in_sentence(names.outcome(question, others[0])),
        )
    return question.say("referrals.outcomes.title_share", share=share)


def _table(question: Question, step: Step[_Counted]) -> Table:
    """Endings by service and outcome, of all by reason, and requests that are next steps."""
    unit = ENDINGS.unit_in(question.lang)
    ends = ranges.columns(question, ENDINGS, step.drawn)
    every, everyone = question.say("referrals.part_all"), _of_all(question, step.counted)
    rows: list[tuple[Cell, ...]] = []

    def add(part: str, service: str, name: str, size: int, drawn: Drawn) -> None:
        within = drawn.error.interval(size) if ends else ()
        part = question.say(f"referrals.outcomes.part_{part}")
        rows.append((part, service, name, size, *within))

    for code in step.counted.services:
        for end in ENDS:
            if size := step.counted.ends[code, end]:
                service = names.service(question, code)
                add("ended", service, names.outcome(question, end), size, step.drawn)
    for end in ENDS:
        if size := step.counted.of(end):
            add("ended", every, names.outcome(question, end), size, everyone)
    _add_reasons(question, every, everyone, add)
    _add_next(question, every, add)
    columns = (
        Column("part", question.say("referrals.column_part")),
        Column("service", question.say("referrals.column_service")),
        Column("name", question.say("referrals.outcomes.column_name")),
        Column("referrals", begin(unit), unit),
        *ends,
    )
    return Table(columns, tuple(rows))


def _of_all(question: Question, counted: _Counted) -> Drawn:
    """Endings of all services by what became of them."""
    sizes = [counted.of(end) for end in ENDS]
    return display_rule.drawn(question, ENDINGS, _BY_END, sizes)


def _add_reasons(question: Question, every: str, everyone: Drawn, add: _Add) -> None:
    reasons: Counter[str] = Counter()
    for _, reason, size in queries.counts(
        question.release, ENDINGS, question.filters, question.period, _BY_END
    ):
        if reason:
            reasons[reason] += size
    for reason, size in reasons.most_common():
        label = question.release.label(NO_SERVICE_REASON.id, reason, question.lang)
        add("reason", every, label, size, everyone)


def _add_next(question: Question, every: str, add: _Add) -> None:
    steps = dict(
        queries.counts(question.release, REQUESTS, question.filters, question.period, ("step",))
    )
    drawn = display_rule.drawn(question, REQUESTS, ("step",), tuple(steps.values()))
    for code in REFERRAL_STEP.values[1:]:
        if code in steps:
            label = question.release.label(REFERRAL_STEP.id, code, question.lang)
            add("next", every, label, steps[code], drawn)


def _description(question: Question, step: Step[_Counted]) -> str:
    named = _named(question, [(end, step.counted.of(end)) for end in ENDS])
    text = question.say(
        "referrals.outcomes.description", period=dates.period(question.period, question.lang)
    )
    return f"{text} {question.say('referrals.described', names=named)}"


def _named(question: Question, sizes: Sequence[tuple[str, int]]) -> str:
    return ", ".join(
        question.say(
            "referrals.named",
            name=names.outcome(question, end),
            number=question.about(size, ENDINGS),
        )
        for end, size in sizes
        if size
    )
