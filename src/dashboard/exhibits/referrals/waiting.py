"""Where people wait: open referrals by service, by how long since. Id: referrals.waiting.

Open is what was requested until the end of the period less what ended until then. How long those of
a period took stands in ``bottlenecks``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.analysis.expected_error import ExpectedError, leads
from dashboard.exhibits.counts.open_referrals import COHORTS, Open, count_open, until
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
from dashboard.figures.plot import Plot, Series
from dashboard.model import hxl
from dashboard.model.counted_by import By
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.model.periods import Month, Span
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin

#: How many services a description names.
_DESCRIBED = 4
#: The longer they wait, the darker.
_, _PALE, _MIDDLE, _, _DARK, _ = theme.SEQUENTIAL["total"]
_COLOURS = dict(zip(COHORTS, (_DARK, _MIDDLE, _PALE), strict=True))


@dataclass(frozen=True)
class _Counted:
    """Open referrals as they are drawn: those that need a meeting first, and all together."""

    services: Mapping[str, Open]
    everyone: Open
    cohorts: ExpectedError
    all_error: ExpectedError


@exhibit("referrals.waiting", facts=("requests", "endings"), options=(KINDS.option,))
def referrals_waiting(question: Question) -> Exhibit:
    """Bars of what is open now, the oldest part first, with what comes and goes in a month."""
    whole = until(question)
    if whole is None or unkept(question, REQUESTS):
        offer = (not_kept if unkept(question, REQUESTS) else nothing)(question, REQUESTS)
        return offered("referrals.waiting", frame(question, REQUESTS, ENDINGS), offer)
    step = climb(whole, KINDS, lambda rung: _count(question, whole, rung))
    end = whole.period.end
    around = frame(
        question,
        REQUESTS,
        ENDINGS,
        drawn=(step.drawn,),
        what=question.say("referrals.waiting.what", month=dates.month(end, question.lang)),
        note=question.say("referrals.waiting.note"),
        detail=step.detail(question),
    )
    if not step.counted.services:
        return offered("referrals.waiting", around, nothing(question, REQUESTS))
    return made(
        "referrals.waiting",
        around,
        title=_title(question, step, end),
        plot=_plot(question, step, end),
        table=_table(question, step, end),
        description=_description(question, step, end),
    )


def count_waiting(question: Question, whole: Question) -> tuple[Open, Drawn]:
    """All open referrals together, and their number with its error."""
    everyone = count_open(question).get("other", Open((0, 0, 0), 0, 0))
    return everyone, _less(whole, None, everyone.waiting)


def _less(whole: Question, by: By | None, *sizes: int) -> Drawn:
    """Numbers that are all requests less all endings until the end of a view."""
    columns = (by,) if by else ()
    asked, ended = (display_rule.drawn(whole, fact, columns, sizes) for fact in (REQUESTS, ENDINGS))
    return display_rule.difference(asked, ended, sizes)


def _count(question: Question, whole: Question, rung: Rung) -> tuple[_Counted, Drawn]:
    (by,) = rung.by
    counted = count_open(question, by)
    shown = {c: o for c, o in counted.items() if o.waiting or o.requested or o.ended}
    ranked = dict(sorted(shown.items(), key=lambda entry: _pressing(entry[1])))
    sizes = [one.waiting for one in ranked.values()]
    asked = display_rule.drawn(whole, REQUESTS, (by,), sizes, months=3)
    ended = display_rule.drawn(whole, ENDINGS, (by, "lag_quarters"), sizes, months=3)
    everyone, total = count_waiting(question, whole)
    counted = _Counted(ranked, everyone, asked.error.less(ended.error), total.error)
    return counted, _less(whole, by, *sizes)


def _pressing(one: Open) -> tuple[int, int, int]:
    """What a meeting must look at comes first: the oldest, then what grows most, then the most."""
    return -one.earlier, one.ended - one.requested, -one.waiting


def _plot(question: Question, step: Step[_Counted], end: Month) -> Plot:
    services = step.counted.services
    said = number_format(question, REQUESTS, error=step.drawn.error, rough=step.is_rough)
    parts = number_format(question, REQUESTS, error=step.counted.cohorts)
    return Plot(
        "stacked",
        tuple(names.service(question, code) for code in services),
        tuple(
            Series(
                _cohort(question, cohort, end),
                parts.numbers(one.cohorts[at] for one in services.values()),
                _COLOURS[cohort],
            )
            for at, cohort in enumerate(COHORTS)
        ),
        totals=tuple(said.number(one.waiting) for one in services.values()),
        texts=tuple(
            question.say("referrals.waiting.text", number=said.mark(one.waiting),
                asked=_monthly(question, one.requested), ended=_monthly(question, one.ended))
            for one in services.values()
        ),
    )  # fmt: skip


def _monthly(question: Question, size: int) -> str:
    """A number a month of the period, in whole ones."""
    within = question.period.clipped(question.release.span) or question.period
    return numbers.number(round(size / within.months), question.lang)


def _cohort(question: Question, cohort: str, end: Month) -> str:
    """When those of a cohort were requested, in words."""
    this, lang = end.quarter_start, question.lang
    if cohort == "this":
        return question.say("referrals.waiting.since", period=dates.period(Span(this, end), lang))
    last = Span.last(3, until=this.plus(-1))
    if cohort == "last":
        return question.say("referrals.waiting.since", period=dates.period(last, lang))
    return question.say("referrals.waiting.before", month=dates.month(last.start, lang))


def _title(question: Question, step: Step[_Counted], end: Month) -> str:
    """The service that waits longest where that is beyond doubt, else all of them."""
    services, error = step.counted.services, step.drawn.error
    oldest = sorted((one.earlier for one in services.values()), reverse=True)
    (code, first), everyone = next(iter(services.items())), step.counted.everyone
    alone = len(services) > 1 and first.earlier and leads(oldest, error)
    one = first if alone else everyone
    values = {
        "number": question.about(one.waiting, REQUESTS),
        "earlier": question.about(one.earlier, REQUESTS),
        "month": dates.month(end.quarter_start.plus(-3), question.lang),
    }
    if not one.waiting:
        return question.say("referrals.waiting.title_none")
    kind = "service" if alone else "all"
    if not one.earlier:
        return begin(question.say(f"referrals.waiting.title_{kind}_new", **values,
                                  service=names.service(question, code)))  # fmt: skip
    return begin(
        question.say(
            f"referrals.waiting.title_{kind}", **values, service=names.service(question, code)
        )
    )


def _table(question: Question, step: Step[_Counted], end: Month) -> Table:
    unit, lang = REQUESTS.unit_in(question.lang), question.lang
    cohorts = [Column(cohort, _cohort(question, cohort, end), unit) for cohort in COHORTS]
    words = {
        name: question.say(f"referrals.waiting.column_{name}")
        for name in ("waiting", "requested", "ended")
    }
    columns = (
        Column("code", question.say("rankings.code"), hxl=hxl.code_of("service")),
        Column("service", question.say("referrals.column_service"),
               hxl=hxl.name_of("service", lang)),
        Column("waiting", words["waiting"], unit),
        *cohorts,
        Column("requested", words["requested"], unit),
        Column("ended", words["ended"], unit),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (code, names.service(question, code), one.waiting, *one.cohorts, one.requested, one.ended)
        for code, one in step.counted.services.items()
    ]
    everyone = step.counted.everyone
    rows.append(
        (names.EVERY, names.agency(question, names.EVERY), everyone.waiting, *everyone.cohorts,
         everyone.requested, everyone.ended)
    )  # fmt: skip
    table = Table(columns, tuple(rows))
    error, total, cohorts = step.drawn.error, step.counted.all_error, step.counted.cohorts
    table = ranges.beside(table, ("waiting",), error, lang, last=total)
    table = ranges.beside(table, ("earlier",), error, lang)
    return ranges.beside(table, ("last", "this"), cohorts, lang)


def _description(question: Question, step: Step[_Counted], end: Month) -> str:
    everyone = step.counted.everyone
    named = ", ".join(
        question.say("referrals.named", name=names.service(question, code),
                     number=question.about(one.waiting, REQUESTS))
        for code, one in list(step.counted.services.items())[:_DESCRIBED]
    )  # fmt: skip
    text = question.say(
        "referrals.waiting.description",
        month=dates.month(end, question.lang),
        number=question.about(everyone.waiting, REQUESTS),
    )
    flow = question.say(
        "referrals.waiting.described_flow",
        period=dates.period(question.period, question.lang),
        asked=question.about(everyone.requested, REQUESTS),
        ended=question.about(everyone.ended, ENDINGS),
    )
    return f"{text} {question.say('referrals.waiting.described', names=named)} {flow}"
