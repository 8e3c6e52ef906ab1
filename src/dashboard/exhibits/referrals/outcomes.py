"""What became of referrals that ended in the period, by service. Id: referrals.outcomes.

Second and later referrals are next steps and stand in the table beside. What still waits stands in
``waiting``, and what became of the requests of the period in ``pathway``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from dashboard import queries
from dashboard.exhibits.charts import counts as counting
from dashboard.exhibits.charts import forms
from dashboard.exhibits.charts.chart import Chart, declare
from dashboard.exhibits.charts.counts import Counts
from dashboard.exhibits.counts.referral_counts import ENDS, OTHER, count_ends
from dashboard.exhibits.exhibit import Cell, Column, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.ladder import Rung
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.referrals.kinds import KINDS
from dashboard.figures import theme
from dashboard.model.codes import NO_SERVICE_REASON, REFERRAL_STEP
from dashboard.model.facts import ENDINGS, REQUESTS, Fact
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


def _count(question: Question, fact: Fact, rung: Rung) -> Counts:
    """Endings by service and outcome; services that are no kind of their own come last."""
    (by,) = rung.by
    ends = count_ends(question, by)
    services = Counter[str]()
    for (service, _), size in ends.items():
        services[service] += size
    ranked = sorted(services, key=lambda code: (code == OTHER, -services[code], code))
    present = {end for (_, end), size in ends.items() if size}
    return counting.as_counted(
        question, fact, (by, *_BY_END), ends, ranked, [end for end in ENDS if end in present],
        row_name=lambda code: names.service(question, code),
        column_name=lambda code: names.outcome(question, code),
    )  # fmt: skip


def _title(counts: Counts) -> str:
    """The share that was served, and what else became of most where that is beyond doubt."""
    question, of = counts.question, counts.by_column
    done = of.get("done", 0)
    share = numbers.share(done, counts.total, question.base(ENDINGS), question.lang)
    if not done or share is None:
        number = counts.about(counts.total)
        return begin(question.say("referrals.outcomes.title", number=number))
    others = sorted(ENDS[1:], key=lambda end: -of.get(end, 0))
    sizes = [of.get(end, 0) for end in others]
    if sizes[0] and _of_all(counts).leads(sizes):
        other = in_sentence(names.outcome(question, others[0]))
        return question.say("referrals.outcomes.title_other", share=share, other=other)
    return question.say("referrals.outcomes.title_share", share=share)


def _of_all(counts: Counts) -> Drawn:
    """Endings of all services by what became of them."""
    sizes = list(counts.by_column.values())
    return display_rule.drawn(counts.question, ENDINGS, _BY_END, sizes)


def _table(counts: Counts) -> Table:
    """Endings by service and outcome, of all by reason, and requests that are next steps."""
    question, unit = counts.question, ENDINGS.unit_in(counts.question.lang)
    ends = ranges.columns(question, ENDINGS, counts.drawn)
    every, everyone = question.say("referrals.part_all"), _of_all(counts)
    rows: list[tuple[Cell, ...]] = []

    def add(part: str, service: str, name: str, size: int, drawn: Drawn) -> None:
        within = drawn.error.interval(size) if ends else ()
        part = question.say(f"referrals.outcomes.part_{part}")
        rows.append((part, service, name, size, *within))

    for code in counts.rows:
        for end in counts.columns:
            if size := counts.size(code, end):
                add("ended", counts.row_name(code), counts.column_name(end), size, counts.drawn)
    for end, size in counts.by_column.items():
        add("ended", every, counts.column_name(end), size, everyone)
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


def _description(counts: Counts) -> str:
    question = counts.question
    named = ", ".join(
        question.say("shared.named", name=counts.column_name(end), number=counts.about(size))
        for end, size in counts.by_column.items()
    )
    period = dates.period(question.period, question.lang)
    text = question.say("referrals.outcomes.description", period=period)
    return f"{text} {question.say('referrals.described', names=named)}"


declare(
    Chart(
        "referrals.outcomes",
        (ENDINGS,),
        KINDS,
        forms.parts(forms.by_column(_COLOURS), stacked=True),
        _title,
        count=_count,
        table=_table,
        description=_description,
        what=None,
        note="referrals.note_declined",
        beside=(REQUESTS,),
    )
)
