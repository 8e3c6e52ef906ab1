"""Who refers to which service, and what came of it. Id: referrals.pathway.

Requests and endings are separate events: what is waiting is requested less ended, never below 0.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from dashboard.exhibits.charts import tables
from dashboard.exhibits.counts.referral_counts import (
    IN_GROUPS,
    MOST_BANDS,
    OTHER,
    OUTCOMES,
    Pathway,
    count_pathway,
    whole_quarters,
)
from dashboard.exhibits.exhibit import Cell, Exhibit, Offer, Table
from dashboard.exhibits.parts import display_rule
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format, snapped_note
from dashboard.exhibits.parts.ladder import Ladder, Rung, Step, climb
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, query_of, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures import plot, theme
from dashboard.figures.plot import NumberFormat, Plot, Series
from dashboard.figures.sankey import Clicks, Link, Node, sankey
from dashboard.model.codes import SERVICE, SERVICE_GROUPS
from dashboard.model.counted_by import By
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.words import numbers
from dashboard.words.catalogue import begin, in_sentence

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
def referrals_pathway(asked: Question) -> Exhibit:
    """Bands from the type of agency through the service to what came of the referral."""
    if unkept(asked, REQUESTS):
        around = frame(asked, REQUESTS, ENDINGS)
        return offered("referrals.pathway", around, not_kept(asked, REQUESTS))
    question = whole_quarters(asked)
    step, crossing = _step(question)
    pathway, service = step.counted, step.rung.by[-1]
    ended = [size for (_, outcome), size in pathway.outcomes.items() if outcome != "waiting"]
    outcomes = display_rule.drawn(question, ENDINGS, (service, "status"), ended)
    detail = step.detail(question)
    around = frame(
        question,
        REQUESTS,
        ENDINGS,
        drawn=(step.drawn, outcomes),
        what=_what(question),
        note=question.say("referrals.note_waiting"),
        notes=[*_notes(question, pathway), *snapped_note(asked, question)],
        detail=replace(detail, said=crossing or detail.said),
        options={_THROUGH.name: question.options[_THROUGH.name]},
    )
    if not pathway.total:
        return offered("referrals.pathway", around, _nothing(asked))
    said = number_format(question, REQUESTS, error=step.drawn.error, rough=step.is_rough)
    bars = _bars(question, pathway, said) if _is_crowded(pathway) else None
    return made(
        "referrals.pathway",
        around,
        title=_title(question, pathway, service),
        plot=bars,
        figure=None if bars else _bands(question, pathway, said),
        table=_table(question, pathway, step.drawn, outcomes),
        description=_description(question, pathway),
    )


def _step(question: Question) -> tuple[Step[Pathway], str]:
    """The finest rung that tells and whose bands can be followed, and what is said where not."""
    crossing: dict[str, bool] = {}

    def count(rung: Rung) -> tuple[Pathway, Drawn]:
        *agencies, service = rung.by
        only = _only(question, rung)
        pathway = count_pathway(question, by_agency=bool(agencies), service=service, only=only)
        sizes = pathway.requests if agencies else pathway.sums(1)
        drawn = display_rule.drawn(question, REQUESTS, rung.by, tuple(sizes.values()))
        crossing[drawn.cut.id] = _is_crowded(pathway)
        return pathway, drawn

    ladder = _ONE_SERVICE if question.options[_THROUGH.name] in SERVICE.values else _SERVICES
    step = climb(question, ladder, count, stands=lambda drawn: not crossing[drawn.cut.id])
    if step.is_chosen or not any(crossing.values()):
        return step, ""
    rung = question.say(f"ladder.{_SERVICES.name}.{step.rung.id}")
    return step, question.say("referrals.pathway.crossing", rung=rung)


def _is_crowded(pathway: Pathway) -> bool:
    """Whether its bands would be too many to follow, so that bars stand for them."""
    return pathway.bands > MOST_BANDS


def _only(question: Question, rung: Rung) -> Collection[str]:
    """Codes of a rung that the chosen service, or kind of services, stands for."""
    chosen = question.options[_THROUGH.name]
    if chosen == _ALL:
        return ()
    return (chosen,) if rung.by[-1] is IN_GROUPS else SERVICE_GROUPS.get(chosen, (chosen,))


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
    by_agency, by_service, ended = pathway.sums(0), pathway.sums(1), pathway.ended()
    code = {service: _code(question, pathway, service) for service in pathway.services}
    first = 1 if agencies else 0
    nodes = {
        **{("agency", a): Node(_agency(question, a), by_agency[a], 0, theme.TEXT_2)
           for a in agencies},
        **{("service", s): Node(names.service_of(question, pathway, s), by_service[s], first,
                                theme.BLUE, code[s])
           for s in pathway.services},
        **{("outcome", o): Node(names.outcome(question, o), ended[o], first + 1, _COLOURS[o])
           for o in OUTCOMES if ended[o]},
    }  # fmt: skip
    at = {key: index for index, key in enumerate(nodes)}
    links = [
        Link(at["agency", agency], at["service", service], size, _BANDS["request"], code[service])
        for agency in agencies
        for service in pathway.services
        if (size := pathway.requests[agency, service])
    ] + [
        Link(at["service", service], at["outcome", outcome], size, _BANDS[outcome], code[service])
        for service in pathway.services
        for outcome in OUTCOMES
        if (size := pathway.outcomes[service, outcome])
    ]
    way = "all" if _is_alone(question, pathway) else "only"
    clicks = Clicks(_THROUGH.name, question.say(f"referrals.pathway.click_{way}"))
    return sankey([*nodes.values()], links, number_format=said, clicks=clicks)


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
    name = {code: names.service_of(question, pathway, code) for code in pathway.services}
    rows: list[tuple[tuple[Cell, ...], Drawn | None]] = [
        ((requested, _agency(question, agency) if pathway.by_agency else every,
          name[service], size), asked)
        for (agency, service), size in pathway.shown()
    ]  # fmt: skip
    rows += [
        ((ended, name[service], names.outcome(question, outcome), size),
         None if outcome == "waiting" else came_of)
        for service in pathway.services
        for outcome in OUTCOMES
        if (size := pathway.outcomes[service, outcome])
    ]  # fmt: skip
    rows += [((every, every, outcome, size), None) for outcome, size in _ended(question, pathway)]
    return tables.of_cuts(question, REQUESTS, names.columns(question, "part", "from", "to"), rows)


def _ended(question: Question, pathway: Pathway) -> list[tuple[str, int]]:
    """Outcomes by name with their referrals."""
    ended = pathway.ended()
    return [(names.outcome(question, code), ended[code]) for code in OUTCOMES if ended[code]]


def _title(question: Question, pathway: Pathway, by: By) -> str:
    asked, reached = pathway.sums(1), min(pathway.ended()["done"], pathway.total)
    # Of none a share is not said, since it may be a very few.
    share = (
        numbers.share(reached, pathway.total, question.base(REQUESTS), question.lang)
        if reached
        else None
    )
    if chosen := _chosen(question):
        number = question.about(pathway.total, REQUESTS)
        key = "requests" if share is None else "share"
        return question.say(
            f"referrals.pathway.title_{key}", service=chosen, number=number, share=share
        )
    first, *others = (
        in_sentence(names.service_of(question, pathway, code)) for code in pathway.services
    )
    sizes = [asked[code] for code in pathway.services if code != OTHER]
    services = display_rule.drawn(question, REQUESTS, (by,), sizes)
    if len(sizes) < 2 or services.leads(sizes):  # noqa: PLR2004 -- nothing to compare
        key = "service" if share is None else "share"
        return question.say(f"referrals.title_{key}", share=share, service=first)
    key = "services" if share is None else "share_services"
    return begin(question.say(f"referrals.title_{key}", first=first, second=others[0], share=share))


def _description(question: Question, pathway: Pathway) -> str:
    form = "description" if pathway.by_agency else "description_services"
    if _is_crowded(pathway):
        form = "description_pairs"
    text = question.say(f"referrals.{form}", period=question.period_in_words)
    largest = question.say("referrals.largest", names=_largest(question, pathway))
    ended = question.named(_ended(question, pathway), REQUESTS)
    return f"{text} {largest} {question.say('referrals.described', names=ended)}"


def _largest(question: Question, pathway: Pathway) -> str:
    """The largest band of what was requested, with its number."""
    ((agency, service), size) = max(pathway.requests.items(), key=lambda entry: entry[1])
    named = names.service_of(question, pathway, service)
    if not pathway.by_agency:
        return question.named([(named, size)], REQUESTS)
    number, asked_by = question.about(size, REQUESTS), names.agency_of(question, pathway, agency)
    return question.say("referrals.named_pair", agency=asked_by, service=named, number=number)


def _notes(question: Question, pathway: Pathway) -> list[str]:
    notes = [question.say("referrals.note_declined"), question.say("referrals.note_late")]
    if _is_crowded(pathway):
        notes.append(question.say("referrals.pathway.note_pairs", n=_PAIRS))
    elif pathway.small_agencies or pathway.small_services:
        others = names.all_others(question)
        notes.append(question.say("referrals.note_gathered", others=others, n=MOST_BANDS))
    return notes
