"""Type of agency by service: the same requests as a table. Id: referrals.matrix."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exhibits.counts.referral_counts import (
    IN_GROUPS,
    Pair,
    Pathway,
    count_requests,
    grouped,
    is_named,
)
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.ladder import Ladder, Rung, climb
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.referrals.names import EVERY
from dashboard.exhibits.registry import exhibit
from dashboard.figures.heatmap import heatmap
from dashboard.model import hxl
from dashboard.model.facts import REQUESTS
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


@exhibit("referrals.matrix", facts=("requests",), options=(_MATRIX.option,))
def referrals_matrix(question: Question) -> Exhibit:
    """Type of agency by service: the same requests where bands would be too many to follow."""
    if unkept(question, REQUESTS):
        around = frame(question, REQUESTS)
        return offered("referrals.matrix", around, not_kept(question, REQUESTS))

    def count(rung: Rung) -> tuple[Pathway, Drawn]:
        *agencies, service = rung.by
        pathway = grouped(count_requests(question, service), {}, by_agency=bool(agencies))
        if not agencies:
            everyone = {(EVERY, code): size for code, size in pathway.sums(1).items()}
            pathway = grouped(everyone, {}, by_agency=True)
        return pathway, display_rule.drawn(
            question, REQUESTS, rung.by, tuple(pathway.requests.values())
        )

    step = climb(question, _MATRIX, count)
    pathway = step.counted
    around = frame(question, REQUESTS, drawn=(step.drawn,), detail=step.detail(question))
    if not pathway.total:
        return offered("referrals.matrix", around, nothing(question, REQUESTS))
    return made(
        "referrals.matrix",
        around,
        title=_title(question, step.drawn, pathway),
        figure=heatmap(
            [names.agency_of(question, pathway, code) for code in pathway.agencies],
            [names.service_of(question, pathway, code) for code in pathway.services],
            [[pathway.requests[a, s] for s in pathway.services] for a in pathway.agencies],
            number_format=number_format(
                question, REQUESTS, error=step.drawn.error, rough=step.is_rough
            ),
        ),
        table=_table(question, pathway, step.drawn),
        description=_description(question, pathway),
    )


def _title(question: Question, drawn: Drawn, pathway: Pathway) -> str:
    pairs = pathway.shown()
    named = [entry for entry in pairs if is_named(entry[0])] or pairs
    (agency, service), size = named[0]
    if agency == EVERY:
        return _services_title(question, drawn, named)
    if len(named) > 1 and not drawn.leads([size for _, size in named]):
        return _close_pairs_title(question, named[0][0], named[1][0])
    return question.say(
        "referrals.title_matrix",
        agency=in_sentence(names.agency(question, agency)),
        service=in_sentence(names.service(question, service)),
        number=question.about(size, REQUESTS),
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


def _services_title(question: Question, drawn: Drawn, named: Sequence[tuple[Pair, int]]) -> str:
    """Which kind of service is asked for most, where agencies are not told apart."""
    first, *others = (in_sentence(names.service(question, code)) for (_, code), _ in named)
    if others and not drawn.leads([size for _, size in named]):
        return begin(question.say("referrals.title_services", first=first, second=others[0]))
    return question.say("referrals.title_service", service=first)


def _table(question: Question, pathway: Pathway, drawn: Drawn) -> Table:
    services = [names.service_of(question, pathway, code) for code in pathway.services]
    table = Table(
        (
            Column(
                "agency",
                question.say("referrals.column_agency"),
                hxl=hxl.name_of("from_agency_type", question.lang),
            ),
            *(
                Column(code, name, REQUESTS.unit_in(question.lang))
                for code, name in zip(pathway.services, services, strict=True)
            ),
        ),
        tuple(
            (
                names.agency_of(question, pathway, agency),
                *(pathway.requests[agency, s] for s in pathway.services),
            )
            for agency in pathway.agencies
        ),
    )
    return ranges.beside(table, pathway.services, drawn.error, question.lang)


def _description(question: Question, pathway: Pathway) -> str:
    period = dates.period(question.period, question.lang)
    named = ", ".join(
        question.say(
            "referrals.named_pair",
            agency=names.agency_of(question, pathway, agency),
            service=names.service_of(question, pathway, service),
            number=question.about(size, REQUESTS),
        )
        for (agency, service), size in pathway.shown()[:_DESCRIBED]
    )
    text = question.say("referrals.description_matrix", period=period)
    return f"{text} {question.say('referrals.largest', names=named)}"
