"""Requests by type of agency and service. Id: referrals.matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from operator import itemgetter

from dashboard.analysis.flows import keep_largest
from dashboard.exhibits.charts import counts as counting
from dashboard.exhibits.charts import forms
from dashboard.exhibits.charts.chart import Chart
from dashboard.exhibits.charts.counts import Counts
from dashboard.exhibits.charts.tables import columns
from dashboard.exhibits.counts.referral_counts import (
    IN_GROUPS,
    NOT_RECORDED,
    OTHER,
    Pair,
    count_requests,
)
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.parts import ranges
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.model import hxl
from dashboard.model.facts import REQUESTS, Fact
from dashboard.queries import summed
from dashboard.words.catalogue import begin, in_sentence

#: Agencies and services with a row or column of their own, at most.
_LARGEST = 9
#: Codes that name no agency or service.
_NO_NAME = {OTHER, NOT_RECORDED}
#: How many pairs a description names.
_DESCRIBED = 5
#: By agency and service, by agency and kind of service, or by kind alone.
_MATRIX = Ladder.of(
    "cells",
    agency_service=("from_agency_type", "service"),
    agency_group=("from_agency_type", IN_GROUPS),
    group=(IN_GROUPS,),
)


def _count(question: Question, fact: Fact, level: DetailLevel) -> Counts:
    """Requests by agency, or of all agencies together, and service; small ones are "other".

    "Other" comes last; of agencies followed by those of no recorded type.
    """
    *agency, service = level.by
    requests = count_requests(question, service)
    if not agency:
        requests = summed(requests.items(), lambda pair: (names.EVERY, pair[1]))
    by_agency = summed(requests.items(), itemgetter(0))
    by_service = summed(requests.items(), itemgetter(1))
    unrecorded = by_agency.pop(NOT_RECORDED, 0)
    agencies, has_other_agencies = _keep_largest(by_agency)
    services, has_other_services = _keep_largest(by_service)
    if unrecorded:
        agencies = (*agencies, NOT_RECORDED)

    def cell(pair: Pair) -> Pair:
        """The agency and service that a pair counts under: small ones are OTHER."""
        agency, service = pair
        return agency if agency in agencies else OTHER, service if service in services else OTHER

    return counting.as_counted(
        question, fact, level.by, summed(requests.items(), cell), agencies, services,
        row_name=partial(names.agency, question, has_others=has_other_agencies),
        column_name=partial(names.service, question, has_others=has_other_services),
    )  # fmt: skip


def _keep_largest(sizes: Mapping[str, int]) -> tuple[tuple[str, ...], bool]:
    """The largest codes, then ``OTHER``, and whether this stands for smaller codes too."""
    largest = keep_largest(sizes, _LARGEST, OTHER)
    return tuple(largest), not largest.keys() >= sizes.keys()


def _pairs(counts: Counts) -> list[tuple[Pair, int]]:
    """Pairs of agency and service, the largest first."""
    return sorted(counts.cells.items(), key=lambda entry: (-entry[1], entry[0]))


def _title(counts: Counts) -> str:
    """The largest pair; of two that are too close to rank, what they have in common."""
    question, pairs = counts.question, _pairs(counts)
    pairs = [(pair, size) for pair, size in pairs if _NO_NAME.isdisjoint(pair)] or pairs
    is_close = len(pairs) > 1 and not counts.breakdown.leads([size for _, size in pairs])
    (agency, service), size = pairs[0]
    (other_agency, other_service), _ = pairs[1 if is_close else 0]
    agencies = [in_sentence(names.agency(question, code)) for code in (agency, other_agency)]
    services = [in_sentence(names.service(question, code)) for code in (service, other_service)]
    first, second = services
    if agency == names.EVERY:
        key = "services" if is_close else "service"
    elif not is_close:
        key = "matrix"
    elif agency == other_agency:
        key = "matrix_agency"
    elif service == other_service:
        key, (first, second) = "matrix_service", agencies
    else:
        key = "matrix_close"
    return begin(counts.translate(
        f"referrals.title_{key}", agency=agencies[0], service=services[0],
        first=first, second=second, number=counts.about(size),
    ))  # fmt: skip


def _table(counts: Counts) -> Table:
    """A row an agency with its requests of each service, and their ranges in files."""
    (agency,) = columns(counts.question, "referrals.column_", "agency")
    agency = replace(agency, hxl=hxl.name_of("from_agency_type", counts.lang))
    services = (Column(code, counts.column_name(code), counts.unit) for code in counts.columns)
    rows = (
        (counts.row_name(row), *(counts.size(row, code) for code in counts.columns))
        for row in counts.rows
    )
    table = Table((agency, *services), tuple(rows))
    return ranges.with_ends_in_files(table, counts.columns, counts.breakdown.error, counts.lang)


def _description(counts: Counts) -> str:
    """The largest pairs of agency and service with their requests, in words."""
    pairs = ", ".join(
        counts.translate(
            "referrals.named_pair",
            agency=counts.row_name(agency),
            service=counts.column_name(service),
            number=counts.about(size),
        )
        for (agency, service), size in _pairs(counts)[:_DESCRIBED]
    )
    text = counts.translate("referrals.description_matrix", period=counts.question.period_in_words)
    return f"{text} {counts.translate('referrals.largest', names=pairs)}"


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
).declare()
