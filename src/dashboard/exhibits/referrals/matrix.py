"""Type of agency by service: the same requests as a table. Id: referrals.matrix.

Where bands of the pathway would be too many to follow.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exhibits.charts import counts as counting
from dashboard.exhibits.charts import forms
from dashboard.exhibits.charts.chart import Chart, declare
from dashboard.exhibits.charts.counts import Counts
from dashboard.exhibits.counts.referral_counts import (
    IN_GROUPS,
    Pair,
    count_requests,
    grouped,
    is_named,
)
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.parts import ranges
from dashboard.exhibits.parts.ladder import Ladder, Rung
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.referrals.names import EVERY
from dashboard.model import hxl
from dashboard.model.facts import REQUESTS, Fact
from dashboard.words import dates
from dashboard.words.catalogue import begin, in_sentence

#: How many pairs a description names.
_DESCRIBED = 5
_MATRIX = Ladder(
    "cells",
    (
        Rung("agency_service", ("from_agency_type", "service")),
        Rung("agency_group", ("from_agency_type", IN_GROUPS)),
        Rung("group", (IN_GROUPS,)),
    ),
)


def _count(question: Question, fact: Fact, rung: Rung) -> Counts:
    """Requests by agency, or of all agencies together, and service; small ones are others."""
    *agencies, service = rung.by
    pathway = grouped(count_requests(question, service), {}, by_agency=bool(agencies))
    if not agencies:
        everyone = {(EVERY, code): size for code, size in pathway.sums(1).items()}
        pathway = grouped(everyone, {}, by_agency=True)
    return counting.as_counted(
        question, fact, rung.by, pathway.requests, pathway.agencies, pathway.services,
        row_name=lambda code: names.agency_of(question, pathway, code),
        column_name=lambda code: names.service_of(question, pathway, code),
    )  # fmt: skip


def _pairs(counts: Counts) -> list[tuple[Pair, int]]:
    """Pairs of agency and service, the largest first."""
    return sorted(counts.cells.items(), key=lambda entry: (-entry[1], entry[0]))


def _title(counts: Counts) -> str:
    pairs = _pairs(counts)
    named = [entry for entry in pairs if is_named(entry[0])] or pairs
    (agency, service), size = named[0]
    if agency == EVERY:
        return _services_title(counts, named)
    if len(named) > 1 and not counts.drawn.leads([size for _, size in named]):
        return _close_pairs_title(counts.question, named[0][0], named[1][0])
    return counts.question.say(
        "referrals.title_matrix",
        agency=in_sentence(names.agency(counts.question, agency)),
        service=in_sentence(names.service(counts.question, service)),
        number=counts.about(size),
    )


def _close_pairs_title(question: Question, one: Pair, other: Pair) -> str:
    """Of two pairs that are too close to rank, what they have in common, and where they differ."""
    agencies = [in_sentence(names.agency(question, pair[0])) for pair in (one, other)]
    services = [in_sentence(names.service(question, pair[1])) for pair in (one, other)]
    if one[0] == other[0]:
        first, second = services
        title = question.say(
            "referrals.title_matrix_agency", agency=agencies[0], first=first, second=second
        )
    elif one[1] == other[1]:
        first, second = agencies
        title = question.say(
            "referrals.title_matrix_service", service=services[0], first=first, second=second
        )
    else:
        title = question.say("referrals.title_matrix_close")
    return begin(title)


def _services_title(counts: Counts, named: Sequence[tuple[Pair, int]]) -> str:
    """Which kind of service is asked for most, where agencies are not told apart."""
    question = counts.question
    first, *others = (in_sentence(names.service(question, code)) for (_, code), _ in named)
    if others and not counts.drawn.leads([size for _, size in named]):
        return begin(question.say("referrals.title_services", first=first, second=others[0]))
    return question.say("referrals.title_service", service=first)


def _table(counts: Counts) -> Table:
    question, unit = counts.question, counts.fact.unit_in(counts.question.lang)
    agency = Column(
        "agency",
        question.say("referrals.column_agency"),
        hxl=hxl.name_of("from_agency_type", question.lang),
    )
    services = (Column(code, counts.column_name(code), unit) for code in counts.columns)
    rows = (
        (counts.row_name(row), *(counts.size(row, code) for code in counts.columns))
        for row in counts.rows
    )
    table = Table((agency, *services), tuple(rows))
    return ranges.beside(table, counts.columns, counts.drawn.error, question.lang)


def _description(counts: Counts) -> str:
    question = counts.question
    named = ", ".join(
        question.say(
            "referrals.named_pair",
            agency=counts.row_name(agency),
            service=counts.column_name(service),
            number=counts.about(size),
        )
        for (agency, service), size in _pairs(counts)[:_DESCRIBED]
    )
    period = dates.period(question.period, question.lang)
    text = question.say("referrals.description_matrix", period=period)
    return f"{text} {question.say('referrals.largest', names=named)}"


declare(
    Chart(
        "referrals.matrix",
        (REQUESTS,),
        _MATRIX,
        forms.matrix,
        _title,
        count=_count,
        table=_table,
        description=_description,
        what=None,
    )
)
