"""Where people wait: open referrals by service, by how long since. Id: referrals.waiting.

Open is what was requested until the end of the period less what ended until then. How long those of
a period took stands in ``bottlenecks``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.analysis.expected_error import ExpectedError, leads
from dashboard.exhibits.charts.chart import Chart, declare
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts.open_referrals import COHORTS, Open, count_open, until
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.ladder import Rung
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.figures import theme
from dashboard.figures.plot import Number, Plot, Series
from dashboard.model.counted_by import By
from dashboard.model.facts import ENDINGS, REQUESTS, Fact
from dashboard.model.periods import Month, Span
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin

_ID = "referrals.waiting"
#: How many services a description names.
_DESCRIBED = 4
#: The longer they wait, the darker.
_, _PALE, _MIDDLE, _, _DARK, _ = theme.SEQUENTIAL["total"]
_COLOURS = dict(zip(COHORTS, (_DARK, _MIDDLE, _PALE), strict=True))


@dataclass(frozen=True, kw_only=True)
class _Waiting(Counted):
    """Open referrals: those that need a meeting first, and all together, at the end of a month."""

    services: Mapping[str, Open]
    everyone: Open
    cohorts: ExpectedError
    all_error: ExpectedError
    end: Month


def count_waiting(question: Question) -> tuple[Open, Drawn]:
    """All open referrals together, and their number with its error."""
    whole = until(question) or question
    everyone = count_open(question).get("other", Open((0, 0, 0), 0, 0))
    return everyone, _less(whole, None, everyone.waiting)


def _less(whole: Question, by: By | None, *sizes: int) -> Drawn:
    """Numbers that are all requests less all endings until the end of a view."""
    columns = (by,) if by else ()
    asked, ended = (display_rule.drawn(whole, fact, columns, sizes) for fact in (REQUESTS, ENDINGS))
    return display_rule.difference(asked, ended, sizes)


def _count(question: Question, fact: Fact, rung: Rung) -> _Waiting:
    (by,) = rung.by
    whole = until(question) or question
    ranked = sorted(count_open(question, by).items(), key=lambda entry: _pressing(entry[1]))
    shown = {code: one for code, one in ranked if one.waiting or one.requested or one.ended}
    sizes = [one.waiting for one in shown.values()]
    asked = display_rule.drawn(whole, REQUESTS, (by,), sizes, months=3)
    ended = display_rule.drawn(whole, ENDINGS, (by, "lag_quarters"), sizes, months=3)
    everyone, total = count_waiting(question)
    return _Waiting(
        question=question,
        fact=fact,
        total=len(shown),
        drawn=_less(whole, by, *sizes),
        services=shown,
        everyone=everyone,
        cohorts=asked.error.less(ended.error),
        all_error=total.error,
        end=whole.period.end,
    )


def _pressing(one: Open) -> tuple[int, int, int]:
    """What a meeting must look at comes first: the oldest, then what grows most, then the most."""
    return -one.earlier, one.ended - one.requested, -one.waiting


def _plot(found: _Waiting) -> Plot:
    """Bars of what is open, the oldest part first, with what comes and goes in a month."""
    totals = found.numbers(one.waiting for one in found.services.values())
    within = found.question.period.clipped(found.question.release.span) or found.question.period

    def monthly(size: int) -> str:
        return numbers.number(round(size / within.months), found.lang)

    def text(total: Number, one: Open) -> str:
        asked, ended = monthly(one.requested), monthly(one.ended)
        return found.say(f"{_ID}.text", number=total.text, asked=asked, ended=ended)

    return Plot(
        "stacked",
        tuple(names.service(found.question, code) for code in found.services),
        tuple(
            Series(
                _cohort(found, cohort),
                found.numbers((one.cohorts[at] for one in found.services.values()), found.cohorts),
                _COLOURS[cohort],
            )
            for at, cohort in enumerate(COHORTS)
        ),
        totals=totals,
        texts=tuple(map(text, totals, found.services.values())),
    )


def _cohort(found: _Waiting, cohort: str) -> str:
    """When those of a cohort were requested, in words."""
    this = found.end.quarter_start
    last = Span.last(3, until=this.plus(-1))
    if cohort == "earlier":
        return found.say(f"{_ID}.before", month=dates.month(last.start, found.lang))
    period = last if cohort == "last" else Span(this, found.end)
    return found.say(f"{_ID}.since", period=dates.period(period, found.lang))


def _title(found: _Waiting) -> str:
    """The service that waits longest where that is beyond doubt, else all of them."""
    services = found.services
    oldest = sorted((one.earlier for one in services.values()), reverse=True)
    code, first = next(iter(services.items()))
    alone = len(services) > 1 and first.earlier and leads(oldest, found.drawn.error)
    kind, one = ("service", first) if alone else ("all", found.everyone)
    if not one.waiting:
        return found.say(f"{_ID}.title_none")
    title = found.say(
        f"{_ID}.title_{kind}{'' if one.earlier else '_new'}",
        number=found.about(one.waiting),
        earlier=found.about(one.earlier),
        month=dates.month(found.end.quarter_start.plus(-3), found.lang),
        service=names.service(found.question, code),
    )
    return begin(title)


def _table(found: _Waiting) -> Table:
    question, unit, lang = found.question, found.unit, found.lang
    waiting, *flows = names.columns(question, "waiting", "requested", "ended", of=_ID, unit=unit)
    cohorts = (Column(cohort, _cohort(found, cohort), unit) for cohort in COHORTS)
    every = {names.EVERY: (names.agency(question, names.EVERY), found.everyone)}
    shown = {code: (names.service(question, code), one) for code, one in found.services.items()}
    table = Table(
        (*names.service_columns(question), waiting, *cohorts, *flows),
        tuple(
            (code, name, one.waiting, *one.cohorts, one.requested, one.ended)
            for code, (name, one) in (shown | every).items()
        ),
    )
    error, total = found.drawn.error, found.all_error
    table = ranges.beside(table, ("waiting",), error, lang, last=total)
    table = ranges.beside(table, ("earlier",), error, lang)
    return ranges.beside(table, ("last", "this"), found.cohorts, lang)


def _description(found: _Waiting) -> str:
    question, everyone = found.question, found.everyone
    first = list(found.services.items())[:_DESCRIBED]
    sizes = ((names.service(question, code), one.waiting) for code, one in first)
    month, number = dates.month(found.end, found.lang), found.about(everyone.waiting)
    flow = found.say(
        f"{_ID}.described_flow",
        period=question.period_in_words,
        asked=found.about(everyone.requested),
        ended=question.about(everyone.ended, ENDINGS),
    )
    text = found.say(f"{_ID}.description", month=month, number=number)
    return f"{text} {found.say(f'{_ID}.described', names=question.named(sizes, REQUESTS))} {flow}"


def _what(question: Question, _: Fact) -> str:
    whole = until(question) or question
    return question.say(f"{_ID}.what", month=dates.month(whole.period.end, question.lang))


declare(
    Chart(
        _ID,
        (REQUESTS,),
        names.KINDS,
        _plot,
        _title,
        _count,
        _table,
        _description,
        what=_what,
        note=f"{_ID}.note",
        beside=(ENDINGS,),
    )
)
