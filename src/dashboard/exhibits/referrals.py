"""Referrals: who refers to which service, and what came of it.

Requests and endings are separate events: what is waiting is requested less ended, never below 0.
Steps, waiting times, bottlenecks and coverage have exhibits of their own. Ids: referrals.pathway,
referrals.matrix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard.exhibits.counts.referral_counts import (
    KEPT,
    OTHER,
    OUTCOMES,
    Pair,
    Pathway,
    count_pathway,
    count_requests,
    grouped,
)
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.ladder import Ladder, Rung, Step, climb
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.heatmap import heatmap
from dashboard.figures.sankey import Link, Node, sankey
from dashboard.model import hxl
from dashboard.model.codes import AGENCY_TYPE, SERVICE, SERVICE_GROUPS
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.queries import By, Gathered
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, in_sentence, say

#: How many pairs a description names.
_DESCRIBED = 5
#: All agencies together, where they are not told apart.
_EVERY = "all"
#: Declining is a valid outcome, so its colour is neutral.
_COLOURS = {
    "done": theme.BLUE,
    "waiting": theme.SKY,
    "declined": theme.NEUTRAL,
    "rejected": theme.SLATE,
    "revoked": theme.TEXT_3,
}
_BANDS = {outcome: theme.faded(colour, 0.28) for outcome, colour in _COLOURS.items()} | {
    "request": theme.faded(theme.NEUTRAL, 0.28)
}


_IN_GROUPS = Gathered(
    "service",
    {code: group for group, services in SERVICE_GROUPS.items() for code in services},
    rest=OTHER,
)
_SERVICES = Ladder(
    "services",
    (
        Rung("agency_service", ("from_agency_type", "service")),
        Rung("service", ("service",)),
        Rung("group", (_IN_GROUPS,)),
    ),
)
_MATRIX = Ladder(
    "cells",
    (
        Rung("agency_service", ("from_agency_type", "service")),
        Rung("agency_group", ("from_agency_type", _IN_GROUPS)),
        Rung("group", (_IN_GROUPS,)),
    ),
)


@exhibit("referrals.pathway", facts=("requests", "endings"), options=(_SERVICES.option,))
def referrals_pathway(question: Question) -> Exhibit:
    """Bands from the type of agency through the service to what came of the referral."""
    if unkept(question, REQUESTS):
        around = frame(question, REQUESTS, ENDINGS)
        return offered("referrals.pathway", around, not_kept(question, REQUESTS))
    whole = _whole_quarters(question)

    def count(rung: Rung) -> tuple[Pathway, Drawn]:
        *agencies, service = rung.by
        pathway = count_pathway(whole, by_agency=bool(agencies), service=service)
        sizes = pathway.requests if agencies else pathway.sums(1)
        return pathway, display_rule.drawn(whole, REQUESTS, rung.by, tuple(sizes.values()))

    step = climb(whole, _SERVICES, count)
    pathway, service = step.counted, step.rung.by[-1]
    ended = {key: size for key, size in pathway.outcomes.items() if key[1] != "waiting"}
    outcomes = display_rule.drawn(whole, ENDINGS, (service, "status"), tuple(ended.values()))
    around = frame(
        whole,
        REQUESTS,
        ENDINGS,
        drawn=(step.drawn, outcomes),
        note=question.say("referrals.note_waiting"),
        notes=_notes(question, whole, pathway),
        detail=step.detail(whole),
    )
    if not pathway.total:
        return offered("referrals.pathway", around, nothing(question, REQUESTS))
    return made(
        "referrals.pathway",
        around,
        title=_title(question, whole, pathway, service),
        figure=_figure(question, pathway, step),
        table=_table(question, pathway, step.drawn, outcomes),
        description=_description(whole, pathway),
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
            everyone = {(_EVERY, code): size for code, size in pathway.sums(1).items()}
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
        title=_matrix_title(question, step.drawn, pathway),
        figure=heatmap(
            [_agency(question, code) for code in pathway.agencies],
            [_service(question, code) for code in pathway.services],
            [[pathway.requests[a, s] for s in pathway.services] for a in pathway.agencies],
            number_format=number_format(
                question, REQUESTS, error=step.drawn.error, rough=step.is_rough
            ),
        ),
        table=_matrix_table(question, pathway, step.drawn),
        description=_matrix_description(question, pathway),
    )


def _whole_quarters(question: Question) -> Question:
    """The view in whole quarters, since endings know the quarter of their request only."""
    return replace(question, period=question.period.snapped("quarter"))


def _figure(question: Question, pathway: Pathway, step: Step[Pathway]) -> dict[str, Any]:
    agencies = pathway.agencies if pathway.by_agency else ()
    outcomes = [outcome for outcome in OUTCOMES if pathway.ended()[outcome]]
    by_agency, by_service, ended = pathway.sums(0), pathway.sums(1), pathway.ended()
    first = 1 if agencies else 0
    nodes = [
        *(Node(_agency(question, code), by_agency[code], 0, theme.TEXT_2) for code in agencies),
        *(Node(_service(question, c), by_service[c], first, theme.BLUE) for c in pathway.services),
        *(Node(_outcome(question, o), ended[o], first + 1, _COLOURS[o]) for o in outcomes),
    ]
    service_at = {code: len(agencies) + index for index, code in enumerate(pathway.services)}
    outcome_at = {o: len(agencies) + len(service_at) + index for index, o in enumerate(outcomes)}
    links = [
        Link(index, service_at[service], size, _BANDS["request"])
        for index, agency in enumerate(agencies)
        for service in pathway.services
        if (size := pathway.requests[agency, service])
    ] + [
        Link(service_at[service], outcome_at[outcome], size, _BANDS[outcome])
        for service in pathway.services
        for outcome in outcomes
        if (size := pathway.outcomes[service, outcome])
    ]
    said = number_format(question, REQUESTS, error=step.drawn.error, rough=step.is_rough)
    return sankey(nodes, links, number_format=said)


def _agency(question: Question, code: str) -> str:
    if code == _EVERY:
        return question.say("referrals.part_all")
    return question.release.label(AGENCY_TYPE.id, code, question.lang)


def _service(question: Question, code: str) -> str:
    if code in SERVICE_GROUPS:
        return question.say(f"ladder.group.{code}")
    return question.release.label(SERVICE.id, code, question.lang)


def _outcome(question: Question, outcome: str) -> str:
    return question.say(f"referrals.outcome_{outcome}")


def _table(question: Question, pathway: Pathway, asked: Drawn, came_of: Drawn) -> Table:
    """What is drawn, each with its range; what waits is a difference, and sums are no cut."""
    requested, ended, every = (
        question.say(f"referrals.part_{p}") for p in ("requested", "ended", "all")
    )
    unit = REQUESTS.unit_in(question.lang)
    agency_of = {code: _agency(question, code) for code in pathway.agencies}
    totals = pathway.ended()
    ends = ranges.columns(question, REQUESTS, asked)

    def within(size: int, drawn: Drawn | None) -> tuple[Cell, ...]:
        if not ends:
            return ()
        return drawn.error.interval(size) if drawn else (None, None)

    rows: list[tuple[Cell, ...]] = [
        (
            requested,
            agency_of[a] if pathway.by_agency else every,
            _service(question, s),
            size,
            *within(size, asked),
        )
        for (a, s), size in _shown_requests(pathway)
    ]
    rows += [
        (
            ended,
            _service(question, service),
            _outcome(question, outcome),
            (size := pathway.outcomes[service, outcome]),
            *within(size, None if outcome == "waiting" else came_of),
        )
        for service in pathway.services
        for outcome in OUTCOMES
        if pathway.outcomes[service, outcome]
    ]
    rows += [
        (every, every, _outcome(question, o), totals[o], *within(totals[o], None))
        for o in OUTCOMES
        if totals[o]
    ]
    return Table(
        (
            Column("part", question.say("referrals.column_part")),
            Column("from", question.say("referrals.column_from")),
            Column("to", question.say("referrals.column_to")),
            Column("referrals", begin(unit), unit),
            *ends,
        ),
        tuple(rows),
    )


def _shown_requests(pathway: Pathway) -> list[tuple[Pair, int]]:
    """Requests as they are drawn: without their agency where agencies cannot be told apart."""
    if not pathway.by_agency:
        return [((OTHER, service), size) for service, size in pathway.sums(1).most_common()]
    return sorted(pathway.requests.items(), key=lambda entry: (-entry[1], entry[0]))


def _title(question: Question, whole: Question, pathway: Pathway, by: By) -> str:
    base, asked = question.base(REQUESTS), pathway.sums(1)
    sizes = [asked[code] for code in pathway.services if code != OTHER]
    services = display_rule.drawn(whole, REQUESTS, (by,), sizes)
    service = in_sentence(_service(question, pathway.services[0]))
    reached = min(pathway.ended()["done"], pathway.total)
    # Of none a share is not said, since it may be a very few.
    share = numbers.share(reached, pathway.total, base, question.lang) if reached else None
    if len(sizes) > 1 and not services.leads(sizes):
        second = in_sentence(_service(question, pathway.services[1]))
        if share is None:
            return begin(question.say("referrals.title_services", first=service, second=second))
        return question.say("referrals.title_share_services", share=share)
    if share is None:
        return question.say("referrals.title_service", service=service)
    return question.say("referrals.title_share", share=share, service=service)


def _description(question: Question, pathway: Pathway) -> str:
    period = dates.period(question.period, question.lang)
    ended = pathway.ended()
    named = ", ".join(
        question.say(
            "referrals.named",
            name=_outcome(question, outcome),
            number=question.about(ended[outcome], REQUESTS),
        )
        for outcome in OUTCOMES
        if ended[outcome]
    )
    form = "description" if pathway.by_agency else "description_services"
    text = question.say(f"referrals.{form}", period=period)
    return f"{text} {question.say('referrals.described', names=named)}"


def _notes(question: Question, whole: Question, pathway: Pathway) -> list[str]:
    lang = question.lang
    period = dates.period(whole.period, lang)
    return [
        question.say("referrals.note_declined"),
        question.say("referrals.note_late"),
        *([question.say("referrals.note_folded", n=KEPT)] if pathway.grouped else []),
        *([say("shared.note.snapped", lang, period=period)] if whole != question else []),
    ]


def _matrix_title(question: Question, drawn: Drawn, pathway: Pathway) -> str:
    pairs = _shown_requests(pathway)
    named = [entry for entry in pairs if OTHER not in entry[0]] or pairs
    (agency, service), size = named[0]
    if agency == _EVERY:
        return _services_title(question, drawn, named)
    if len(named) > 1 and not drawn.leads([size for _, size in named]):
        return _close_pairs_title(question, named[0][0], named[1][0])
    return question.say(
        "referrals.title_matrix",
        agency=in_sentence(_agency(question, agency)),
        service=in_sentence(_service(question, service)),
        number=question.about(size, REQUESTS),
    )


def _close_pairs_title(question: Question, one: Pair, other: Pair) -> str:
    """Of two pairs that are too close to rank, what they have in common, and where they differ."""
    agencies = [in_sentence(_agency(question, pair[0])) for pair in (one, other)]
    services = [in_sentence(_service(question, pair[1])) for pair in (one, other)]
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
    first, *others = (in_sentence(_service(question, code)) for (_, code), _ in named)
    if others and not drawn.leads([size for _, size in named]):
        return begin(question.say("referrals.title_services", first=first, second=others[0]))
    return question.say("referrals.title_service", service=first)


def _matrix_table(question: Question, pathway: Pathway, drawn: Drawn) -> Table:
    services = [_service(question, code) for code in pathway.services]
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
            (_agency(question, agency), *(pathway.requests[agency, s] for s in pathway.services))
            for agency in pathway.agencies
        ),
    )
    return ranges.beside(table, pathway.services, drawn.error, question.lang)


def _matrix_description(question: Question, pathway: Pathway) -> str:
    period = dates.period(question.period, question.lang)
    named = ", ".join(
        question.say("referrals.named_pair", agency=_agency(question, agency),
            service=_service(question, service), number=question.about(size, REQUESTS),
        )
        for (agency, service), size in _shown_requests(pathway)[:_DESCRIBED]
    )  # fmt: skip
    text = question.say("referrals.description_matrix", period=period)
    return f"{text} {question.say('referrals.largest', names=named)}"
