"""Open referrals by age of request, and by service. Id: referrals.waiting.

Open is what was requested until the end of the period less what ended until then. What was asked
for before the last four quarters and never ended is to be closed or confirmed, so nobody is said to
wait for it. How long referrals of a period took stands in ``bottlenecks``.

The figure is drawn as HTML (``components.open_referrals``): ``ages``, the parts of all that is open
with ``code``, ``label``, ``value``, ``text`` and ``range``; ``head``, the labels of the columns;
``rows``, the services with ``label``, ``recent``, ``parts`` (numbers in the order of ``ages``),
``text``, ``range`` and ``said``; ``largest``, what the longest bar stands for; and ``rest_lead``
with ``rest``, which small services there are besides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.analysis.expected_error import ExpectedError
from dashboard.exhibits.charts.tables import columns
from dashboard.exhibits.counts.open_referrals import (
    AGES,
    AllOpen,
    Open,
    count_all_open,
    is_whole_year,
)
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import empty_state, ranges
from dashboard.exhibits.parts.frame import frame, make_exhibit, number_format
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.plot import Plot, Series
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.model.protection import is_protected
from dashboard.words.catalogue import begin, in_sentence

_ID = "referrals.waiting"
#: Services with a bar of their own, and those that a description names.
_ROWS, _DESCRIBED = 10, 4
#: One in so many is hardly any.
_HARDLY = 10
#: The older the paler; what is to be closed or confirmed is grey.
_COLOURS = dict(zip(AGES, (theme.BLUE, theme.SKY, theme.BORDER), strict=True))


@exhibit(_ID, facts=("requests", "endings"))
def referrals_waiting(question: Question) -> Exhibit:
    """Everything open in three parts by age of request, and the same of each service."""
    if empty_state.unkept(question, REQUESTS):
        return empty_state.not_recorded_exhibit(question, REQUESTS, ENDINGS)
    all_open = count_all_open(question)
    end = all_open.end if all_open else question.period.end
    around = frame(
        question,
        REQUESTS,
        ENDINGS,
        cuts=(all_open.total,) if all_open else (),
        what=question.translate(f"{_ID}.what", month=question.month(end)),
        note=question.translate(f"{_ID}.note"),
    )
    if all_open is None or not any(map(_has_requests, all_open.services.values())):
        return empty_state.empty_exhibit(around, empty_state.nothing(question, REQUESTS))
    return make_exhibit(
        around,
        title=headline(question, all_open, f"{_ID}.title"),
        plot=_plot(question, all_open),
        figure=_figure(question, all_open),
        table=_table(question, all_open),
        description=_description(question, all_open),
    )


def headline(question: Question, all_open: AllOpen, words: str = "referrals.headline") -> str:
    """A title: how many referrals are open, and how many of these for long.

    Args:
        question: What the reader looks at.
        all_open: What is open.
        words: Key of the phrase that says both, where surely more than a few are old.
    """
    everyone = all_open.everyone
    number = ranges.about(question, REQUESTS, all_open.total.error, everyone.total)
    if number == question.about(0, REQUESTS):
        return question.translate(f"{_ID}.title_none")
    few = not everyone.older or question.is_few(everyone.older, REQUESTS)
    fewest, most = all_open.ages.interval(everyone.older)
    hardly = most * _HARDLY <= all_open.total.error.interval(everyone.total)[0]
    title = question.translate(
        words if fewest and not few else f"{_ID}.title_{'recent' if few and hardly else 'open'}",
        number=number,
        older=question.about(everyone.older, REQUESTS),
        recent=question.about(everyone.recent, REQUESTS),
        when=names.request_age(question, all_open.end, "older"),
    )
    return begin(title)


def _has_requests(service: Open) -> bool:
    return bool(service.total or service.requested or service.ended)


def _ranked(all_open: AllOpen) -> list[tuple[str, Open]]:
    """Services with their open referrals, the one with most requests of the last year first."""
    services = [(code, one) for code, one in all_open.services.items() if _has_requests(one)]
    return sorted(services, key=lambda entry: (-entry[1].recent, -entry[1].total))


def _large_and_small(all_open: AllOpen) -> tuple[list[tuple[str, Open]], list[tuple[str, Open]]]:
    """Services that surely have open referrals, ten at most, and all others; as ``_ranked``."""
    ranked, interval = _ranked(all_open), all_open.of_service.interval
    large = [(code, one) for code, one in ranked if one.total and interval(one.total)[0] > 0]
    large = large[:_ROWS]
    return large, [entry for entry in ranked if entry not in large]


def _number_texts(question: Question, size: int, error: ExpectedError) -> dict[str, str]:
    """``text``, a number where there is little room, and ``range``, '' where it is as reported.

    Of a few or none that are protected the text is the range too.
    """
    low, high = error.interval(size)
    between, is_few = question.from_to(low, high), not size or question.is_few(size, REQUESTS)
    text = between if is_few and is_protected(question.base(REQUESTS)) else question.number(size)
    return {"text": text, "range": between if low < high else ""}


def _age_label(question: Question, all_open: AllOpen, age: str) -> str:
    """When referrals of an age, one of ``AGES``, were asked for, in words.

    It names months where the last quarter is not over.
    """
    if age == "older":
        when = names.request_age(question, all_open.end, "older")
        return question.translate(f"{_ID}.older", when=when)
    if is_whole_year(all_open.end):
        return question.translate(f"{_ID}.{age}")
    half_year, year = all_open.halves
    return question.dated(half_year if age == "half_year" else year)


def _ages_in_words(question: Question, all_open: AllOpen, one: Open) -> str:
    """The parts of what is open by age of request, with their numbers."""
    labels = (_age_label(question, all_open, age) for age in AGES)
    return question.named(zip(labels, one.ages, strict=True), REQUESTS)


def _figure(question: Question, all_open: AllOpen) -> Mapping[str, Any]:
    """The figure: all that is open by age, the services with most, and a line on the others."""
    large, small = _large_and_small(all_open)
    ages = _known_ages(question, all_open)
    most = max((all_open.of_service.interval(one.total)[1] for _, one in small), default=0)
    rest = ", ".join(in_sentence(names.service(question, code)) for code, _ in small)
    service, bar, every = (
        question.translate(f"{_ID}.head_{name}") for name in ("service", "bar", "all")
    )
    recent = begin(names.request_age(question, all_open.end, "recent"))
    return {
        "form": "open",
        "ages": [
            {
                "code": age,
                "label": _age_label(question, all_open, age),
                "value": size,
                **_number_texts(question, size, all_open.ages),
            }
            for age, size in zip(AGES, all_open.everyone.ages, strict=True)
            if age in ages
        ],
        "head": [service, recent, bar, every],
        "rows": [_row(question, all_open, code, one, ages) for code, one in large],
        "largest": max((one.total for _, one in large), default=0),
        # Where nothing is open in all, services are not said to have up to so many each.
        "rest_lead": question.translate(
            f"{_ID}.rest{'_none' if not all_open.everyone.total else '' if large else '_all'}",
            n=len(small),
            most=question.number(most)
        ) if small else "",
        "rest": rest
    }  # fmt: skip


def _known_ages(question: Question, all_open: AllOpen) -> tuple[str, ...]:
    """The ages with any referral, or whose months the data reach."""
    parts = zip(
        *(one.ages for one in (all_open.everyone, *all_open.services.values())), strict=True
    )
    start = question.release.span.start
    return tuple(
        age
        for age, sizes in zip(AGES, parts, strict=True)
        if any(sizes) or all_open.last_of(age) >= start
    )


def _row(
    question: Question, all_open: AllOpen, code: str, one: Open, ages: Sequence[str]
) -> Mapping[str, Any]:
    """A row of the figure: a service and its open referrals, in parts by these ages."""
    recent_texts = _number_texts(question, one.recent, all_open.of_recent)
    return {
        "label": names.service(question, code),
        "recent": recent_texts["text"],
        "recent_range": recent_texts["range"],
        "parts": [size for age, size in zip(AGES, one.ages, strict=True) if age in ages],
        **_number_texts(question, one.total, all_open.of_service),
        "said": _ages_in_words(question, all_open, one),
    }


def _plot(question: Question, all_open: AllOpen) -> Plot:
    """The same bars as a neutral figure, for files that draw it themselves."""
    large, _ = _large_and_small(all_open)

    def with_ranges(error: ExpectedError, *sizes: int) -> tuple[Any, ...]:
        return tuple(map(number_format(question, REQUESTS, error=error).number, sizes))

    return Plot(
        "stacked",
        tuple(names.service(question, code) for code, _ in large),
        tuple(
            Series(
                _age_label(question, all_open, age),
                with_ranges(all_open.of_recent, *(one.ages[index] for _, one in large)),
                _COLOURS[age],
            )
            for index, age in enumerate(AGES)
        ),
        totals=with_ranges(all_open.of_service, *(one.total for _, one in large)),
    )


def _table(question: Question, all_open: AllOpen) -> Table:
    """A row a service, then all: open by age, requested and ended; with ranges in files."""
    unit, lang = REQUESTS.unit_in(question.lang), question.lang
    total, *flows = columns(question, f"{_ID}.column_", "open", "requested", "ended", unit=unit)
    ages = (Column(age, begin(_age_label(question, all_open, age)), unit) for age in AGES)
    rows = [(code, names.service(question, code), one) for code, one in _ranked(all_open)]
    every = (names.EVERY, names.agency(question, names.EVERY), all_open.everyone)
    table = Table(
        (*names.service_columns(question), total, *ages, *flows),
        tuple(
            (code, name, one.total, *one.ages, one.requested, one.ended)
            for code, name, one in (*rows, every)
        ),
    )
    last = all_open.total.error
    table = ranges.with_ends_in_files(table, ("open",), all_open.of_service, lang, last=last)
    return ranges.with_ends_in_files(table, AGES, all_open.of_recent, lang, last=all_open.ages)


def _description(question: Question, all_open: AllOpen) -> str:
    """How many are open by age, and the services with most requests of the last year."""
    first = [(names.service(question, code), one.recent) for code, one in _ranked(all_open)]
    return question.translate(
        f"{_ID}.description",
        month=question.month(all_open.end),
        number=ranges.about(question, REQUESTS, all_open.total.error, all_open.everyone.total),
        ages=_ages_in_words(question, all_open, all_open.everyone),
        recent=names.request_age(question, all_open.end, "recent"),
        names=question.named(first[:_DESCRIBED], REQUESTS),
    )
