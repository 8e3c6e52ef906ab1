"""Who refers to which service, and what came of it. Id: referrals.pathway.

Requests and endings are separate events: what is waiting is requested less ended, never below 0.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from dashboard.exhibits.counts.referral_counts import (
    IN_GROUPS,
    MOST_BANDS,
    OTHER,
    OUTCOMES,
    Pathway,
    count_pathway,
)
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.ladder import Ladder, Rung, Step, climb
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, query_of, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures import plot, theme
from dashboard.figures.drawing import draw
from dashboard.figures.plot import NumberFormat, Plot, Series
from dashboard.figures.sankey import Clicks, Link, Node, sankey
from dashboard.model.codes import SERVICE, SERVICE_GROUPS
from dashboard.model.counted_by import By
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, in_sentence, say

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


_SERVICES = Ladder(
    "services",
    (
        Rung("agency_service", ("from_agency_type", "service")),
        Rung("service", ("service",)),
        Rung("group", (IN_GROUPS,)),
    ),
)
#: Rungs of one service alone, whose numbers are not those of its kind.
_ONE_SERVICE = Ladder(_SERVICES.name, _SERVICES.rungs[:-1])


_ALL = "all"
#: Pairs of agency and service that are drawn as bars.
_PAIRS = 12
#: The service, or kind of services, whose referrals alone are shown.
_THROUGH = Option("through", (_ALL, *SERVICE_GROUPS, *SERVICE.values))


@exhibit(
    "referrals.pathway",
    facts=("requests", "endings"),
    options=(_THROUGH, _SERVICES.option),
    by_quarter=True,
)
def referrals_pathway(question: Question) -> Exhibit:
    """Bands from the type of agency through the service to what came of the referral."""
    if unkept(question, REQUESTS):
        around = frame(question, REQUESTS, ENDINGS)
        return offered("referrals.pathway", around, not_kept(question, REQUESTS))
    whole = _whole_quarters(question)
    step, crossing = _step(whole)
    pathway, service = step.counted, step.rung.by[-1]
    ended = {key: size for key, size in pathway.outcomes.items() if key[1] != "waiting"}
    outcomes = display_rule.drawn(whole, ENDINGS, (service, "status"), tuple(ended.values()))
    detail = step.detail(whole)
    around = frame(
        whole,
        REQUESTS,
        ENDINGS,
        drawn=(step.drawn, outcomes),
        what=_what(question),
        note=question.say("referrals.note_waiting"),
        notes=_notes(question, whole, pathway),
        detail=replace(detail, said=crossing or detail.said),
        options={_THROUGH.name: question.options[_THROUGH.name]},
    )
    if not pathway.total:
        return offered("referrals.pathway", around, _nothing(question))
    return made(
        "referrals.pathway",
        around,
        title=_title(question, whole, pathway, service),
        figure=_figure(question, pathway, step),
        table=_table(question, pathway, step.drawn, outcomes),
        description=_description(whole, pathway),
    )


def _step(whole: Question) -> tuple[Step[Pathway], str]:
    """The finest rung that tells and whose bands can be followed, and what is said where not."""
    crossing: dict[tuple[By, ...], bool] = {}

    def count(rung: Rung) -> tuple[Pathway, Drawn]:
        *agencies, service = rung.by
        only = _only(whole, rung)
        pathway = count_pathway(whole, by_agency=bool(agencies), service=service, only=only)
        sizes = pathway.requests if agencies else pathway.sums(1)
        drawn = display_rule.drawn(whole, REQUESTS, rung.by, tuple(sizes.values()))
        crossing[drawn.by] = _is_crowded(pathway)
        return pathway, drawn

    ladder = _ONE_SERVICE if whole.options[_THROUGH.name] in SERVICE.values else _SERVICES
    step = climb(whole, ladder, count, stands=lambda drawn: not crossing[drawn.by])
    if step.is_chosen or not any(crossing.values()):
        return step, ""
    rung = whole.say(f"ladder.{_SERVICES.name}.{step.rung.id}")
    return step, whole.say("referrals.pathway.crossing", rung=rung)


def _is_crowded(pathway: Pathway) -> bool:
    """Whether its bands would be too many to follow, so that bars stand for them."""
    return pathway.bands > MOST_BANDS


def _only(question: Question, rung: Rung) -> Collection[str]:
    """Codes of a rung that the chosen service, or kind of services, stands for."""
    chosen = question.options[_THROUGH.name]
    if chosen == _ALL:
        return ()
    if rung.by[-1] is IN_GROUPS:
        return (chosen,)
    return SERVICE_GROUPS.get(chosen, (chosen,))


def _nothing(question: Question) -> Offer:
    """That nothing stands under its name; of one service the next step is all of them."""
    if not (service := _chosen(question)):
        return nothing(question, REQUESTS)
    everything = replace(question, options={**question.options, _THROUGH.name: _ALL})
    return Offer(
        question.say("referrals.pathway.none", service=service),
        question.say("referrals.pathway.all"),
        query_of(everything, question.filters),
    )


def _chosen(question: Question) -> str:
    """Name of the service, or kind of services, that a reader chose; '' for none."""
    chosen = question.options[_THROUGH.name]
    return "" if chosen == _ALL else names.service(question, chosen)


def _what(question: Question) -> str:
    """First words of the subtitle where one service is chosen."""
    if service := _chosen(question):
        label = REQUESTS.label_in(question.lang)
        return question.say("referrals.pathway.what", label=label, service=service)
    return ""


def _whole_quarters(question: Question) -> Question:
    """The view in whole quarters, since endings know the quarter of their request only."""
    return replace(question, period=question.period.snapped("quarter"))


def _figure(question: Question, pathway: Pathway, step: Step[Pathway]) -> dict[str, Any]:
    said = number_format(question, REQUESTS, error=step.drawn.error, rough=step.is_rough)
    if _is_crowded(pathway):
        return draw(_bars(question, pathway, said))
    return _bands(question, pathway, said)


def _bars(question: Question, pathway: Pathway, said: NumberFormat) -> Plot:
    """The largest pairs of agency and service, where bands would be too many to follow."""
    shown = pathway.shown()[:_PAIRS]
    labels = [
        question.say("referrals.pathway.pair", agency=_agency(question, agency),
                     service=names.service_of(question, pathway, service))
        for (agency, service), _ in shown
    ]  # fmt: skip
    codes = [_code(question, pathway, service) for (_, service), _ in shown]
    clicks = plot.Clicks(
        _THROUGH.name,
        codes,
        [names.service_of(question, pathway, code) if code else "" for code in codes],
        [question.say("referrals.pathway.click_only")] * len(codes),
    )
    pairs = Series("", said.numbers(size for _, size in shown), theme.BLUE)
    return Plot("bars", tuple(labels), (pairs,), is_rough=said.rough, clicks=clicks)


def _bands(question: Question, pathway: Pathway, said: NumberFormat) -> dict[str, Any]:
    agencies = pathway.agencies if pathway.by_agency else ()
    outcomes = [outcome for outcome in OUTCOMES if pathway.ended()[outcome]]
    by_agency, by_service, ended = pathway.sums(0), pathway.sums(1), pathway.ended()
    first = 1 if agencies else 0
    nodes = [
        *(Node(_agency(question, code), by_agency[code], 0, theme.TEXT_2) for code in agencies),
        *(
            Node(
                names.service_of(question, pathway, c),
                by_service[c],
                first,
                theme.BLUE,
                _code(question, pathway, c),
            )
            for c in pathway.services
        ),
        *(Node(names.outcome(question, o), ended[o], first + 1, _COLOURS[o]) for o in outcomes),
    ]
    service_at = {code: len(agencies) + index for index, code in enumerate(pathway.services)}
    outcome_at = {o: len(agencies) + len(service_at) + index for index, o in enumerate(outcomes)}
    links = [
        Link(index, service_at[service], size, _BANDS["request"], _code(question, pathway, service))
        for index, agency in enumerate(agencies)
        for service in pathway.services
        if (size := pathway.requests[agency, service])
    ] + [
        Link(
            service_at[service], outcome_at[outcome], size, _BANDS[outcome],
            _code(question, pathway, service),
        )
        for service in pathway.services
        for outcome in outcomes
        if (size := pathway.outcomes[service, outcome])
    ]  # fmt: skip
    way = "all" if _is_alone(question, pathway) else "only"
    clicks = Clicks(_THROUGH.name, question.say(f"referrals.pathway.click_{way}"))
    return sankey(nodes, links, number_format=said, clicks=clicks)


def _agency(question: Question, code: str) -> str:
    """Name of a type of agency; of all others with those of which none is recorded."""
    return question.say("groups.rest") if code == OTHER else names.agency(question, code)


def _is_alone(question: Question, pathway: Pathway) -> bool:
    """Whether nothing but what the reader chose is shown."""
    return len(pathway.services) == 1 and question.options[_THROUGH.name] != _ALL


def _code(question: Question, pathway: Pathway, service: str) -> str:
    """What a click on a service chooses: nothing where several stand together.

    What alone is shown is let go by a second click.
    """
    if _is_alone(question, pathway):
        return question.options[_THROUGH.name]
    return "" if service == OTHER and pathway.small_services else service


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
            names.service_of(question, pathway, s),
            size,
            *within(size, asked),
        )
        for (a, s), size in pathway.shown()
    ]
    rows += [
        (
            ended,
            names.service_of(question, pathway, service),
            names.outcome(question, outcome),
            (size := pathway.outcomes[service, outcome]),
            *within(size, None if outcome == "waiting" else came_of),
        )
        for service in pathway.services
        for outcome in OUTCOMES
        if pathway.outcomes[service, outcome]
    ]
    rows += [
        (every, every, names.outcome(question, o), totals[o], *within(totals[o], None))
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


def _title(question: Question, whole: Question, pathway: Pathway, by: By) -> str:
    base, asked = question.base(REQUESTS), pathway.sums(1)
    sizes = [asked[code] for code in pathway.services if code != OTHER]
    services = display_rule.drawn(whole, REQUESTS, (by,), sizes)
    service = in_sentence(names.service_of(question, pathway, pathway.services[0]))
    reached = min(pathway.ended()["done"], pathway.total)
    # Of none a share is not said, since it may be a very few.
    share = numbers.share(reached, pathway.total, base, question.lang) if reached else None
    if chosen := _chosen(question):
        return _title_chosen(question, pathway, chosen, share)
    if len(sizes) > 1 and not services.leads(sizes):
        second = in_sentence(names.service_of(question, pathway, pathway.services[1]))
        if share is None:
            return begin(question.say("referrals.title_services", first=service, second=second))
        return question.say("referrals.title_share_services", share=share)
    if share is None:
        return question.say("referrals.title_service", service=service)
    return question.say("referrals.title_share", share=share, service=service)


def _title_chosen(question: Question, pathway: Pathway, service: str, share: str | None) -> str:
    if share is None:
        number = question.about(pathway.total, REQUESTS)
        return question.say("referrals.pathway.title_requests", service=service, number=number)
    return question.say("referrals.pathway.title_share", service=service, share=share)


def _description(question: Question, pathway: Pathway) -> str:
    period = dates.period(question.period, question.lang)
    ended = pathway.ended()
    named = ", ".join(
        question.say(
            "shared.named",
            name=names.outcome(question, outcome),
            number=question.about(ended[outcome], REQUESTS),
        )
        for outcome in OUTCOMES
        if ended[outcome]
    )
    form = "description" if pathway.by_agency else "description_services"
    if _is_crowded(pathway):
        form = "description_pairs"
    text = question.say(f"referrals.{form}", period=period)
    outcomes = question.say("referrals.described", names=named)
    largest = question.say("referrals.largest", names=_largest(question, pathway))
    return f"{text} {largest} {outcomes}"


def _largest(question: Question, pathway: Pathway) -> str:
    """The largest band of what was requested, with its number."""
    ((agency, service), size) = max(pathway.requests.items(), key=lambda entry: entry[1])
    named = names.service_of(question, pathway, service)
    number = question.about(size, REQUESTS)
    if not pathway.by_agency:
        return question.say("shared.named", name=named, number=number)
    asked_by = names.agency_of(question, pathway, agency)
    return question.say("referrals.named_pair", agency=asked_by, service=named, number=number)


def _gathered(question: Question, pathway: Pathway) -> str:
    if _is_crowded(pathway):
        return question.say("referrals.pathway.note_pairs", n=_PAIRS)
    others = names.all_others(question)
    return question.say("referrals.note_gathered", others=others, n=MOST_BANDS)


def _notes(question: Question, whole: Question, pathway: Pathway) -> list[str]:
    lang = question.lang
    period = dates.period(whole.period, lang)
    is_gathered = pathway.small_agencies or pathway.small_services
    return [
        question.say("referrals.note_declined"),
        question.say("referrals.note_late"),
        *([_gathered(question, pathway)] if is_gathered or _is_crowded(pathway) else []),
        *([say("shared.note.snapped", lang, period=period)] if whole != question else []),
    ]
