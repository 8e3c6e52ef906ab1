"""What became of referrals that ended in the period, by service. Id: referrals.outcomes.

The table has second and later referrals too, which are next steps. What is still open stands in
``waiting``, and what became of the requests of the period in ``pathway``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from dashboard.exhibits.charts import counts as counting
from dashboard.exhibits.charts import forms, tables
from dashboard.exhibits.charts.chart import Chart
from dashboard.exhibits.charts.counts import Counts
from dashboard.exhibits.charts.tables import columns
from dashboard.exhibits.counts.referral_counts import ENDS, OTHER, count_ends
from dashboard.exhibits.exhibit import Cell, Table
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.ladder import DetailLevel
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.figures import theme
from dashboard.model.codes import NO_SERVICE_REASON, REFERRAL_STEP
from dashboard.model.facts import ENDINGS, REQUESTS, Fact
from dashboard.queries import summed
from dashboard.words.catalogue import begin, in_sentence

#: Declining is a valid outcome, so its colour is neutral.
_COLOURS = {
    "done": theme.BLUE,
    "declined": theme.NEUTRAL,
    "unavailable": theme.UMBER,
    "lost": theme.SKY,
    "rejected": theme.SLATE,
}
#: Columns that tell how a referral ended.
_BY_END = ("status", "no_service_reason")


def _count(question: Question, fact: Fact, level: DetailLevel) -> Counts:
    """Endings by service, or kind of services, and outcome; the largest first, "other" last."""
    (by,) = level.by
    ends = count_ends(question, by)
    services = summed(ends.items(), lambda service_outcome: service_outcome[0])
    ranked = sorted(services, key=lambda code: (code == OTHER, -services[code], code))
    present = {end for (_, end), size in ends.items() if size}
    return counting.as_counted(
        question, fact, (by, *_BY_END), ends, ranked, [end for end in ENDS if end in present],
        row_name=lambda code: names.service(question, code),
        column_name=lambda code: names.outcome(question, code),
    )  # fmt: skip


def _title(counts: Counts) -> str:
    """The share that had a service, and the most frequent other outcome where that is clear.

    Where nobody had one it is how many ended.
    """
    sizes = counts.by_column
    done = sizes.get("done", 0)
    if not done:
        number = counts.about(counts.total)
        return begin(counts.translate("referrals.outcomes.title", number=number))
    others = sorted(ENDS[1:], key=lambda end: -sizes.get(end, 0))
    ranked = [sizes.get(end, 0) for end in others]
    leads = ranked[0] and _breakdown_of_all(counts).leads(ranked)
    other = in_sentence(counts.column_name(others[0]))
    key = "title_other" if leads else "title_share"
    share = counts.share_of(done, _breakdown_of_all(counts))
    return begin(counts.translate(f"referrals.outcomes.{key}", share=share, other=other))


def _breakdown_of_all(counts: Counts) -> Breakdown:
    """The breakdown of the endings of all services together by outcome."""
    sizes = list(counts.by_column.values())
    return breakdowns.breakdown_of(counts.question, ENDINGS, _BY_END, sizes)


def _table(counts: Counts) -> Table:
    """Endings by service and outcome, of all by reason, and requests that are next steps."""
    question, breakdown = counts.question, counts.breakdown
    every, of_all = question.translate("referrals.part_all"), _breakdown_of_all(counts)
    reasons = question.sums(ENDINGS, *_BY_END, key=lambda _, reason: reason)
    steps = dict(question.counts(REQUESTS, "step"))
    steps_breakdown = breakdowns.breakdown_of(question, REQUESTS, ("step",), tuple(steps.values()))

    parts = (f"referrals.outcomes.part_{part}" for part in ("ended", "reason", "next"))
    ended, why, next_ = map(question.translate, parts)

    def rows() -> Iterator[tuple[tuple[Cell, ...], Breakdown]]:
        """Part, service, name and number of each row, and the breakdown that it is one of."""
        for service, end in product(counts.rows, counts.columns):
            if size := counts.size(service, end):
                yield (ended, counts.row_name(service), counts.column_name(end), size), breakdown
        for outcome in _sizes_by_outcome(counts):
            yield (ended, every, *outcome), of_all
        for reason, size in reasons.most_common():
            if reason:
                yield (why, every, question.label(NO_SERVICE_REASON, reason), size), of_all
        for step in REFERRAL_STEP.values[1:]:
            if size := steps.get(step):
                yield (next_, every, question.label(REFERRAL_STEP, step), size), steps_breakdown

    about = columns(question, "referrals.column_", "part", "service")
    about += columns(question, "referrals.outcomes.column_", "name")
    return tables.of_cuts(question, ENDINGS, about, rows())


def _sizes_by_outcome(counts: Counts) -> list[tuple[str, int]]:
    """Endings of all services together: the name of each outcome, and its number."""
    return [(counts.column_name(end), size) for end, size in counts.by_column.items()]


def _description(counts: Counts) -> str:
    """What became of all that ended, by outcome, for who does not see the bars."""
    period = counts.question.period_in_words
    ends = counts.question.named(_sizes_by_outcome(counts), ENDINGS)
    text = counts.translate("referrals.outcomes.description", period=period)
    return f"{text} {counts.translate('referrals.described', names=ends)}"


Chart(
    "referrals.outcomes",
    (ENDINGS,),
    names.KINDS,
    forms.parts(forms.by_column(_COLOURS), stacked=True),
    _title,
    count=_count,
    table=_table,
    description=_description,
    what=None,
    note="referrals.note_declined",
    beside=(REQUESTS,),
).declare()
