"""Who refers to which service, and what came of it. Id: referrals.pathway.

Requests and endings are separate events: what is waiting is requested less ended, never below 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dashboard.exhibits.charts import tables
from dashboard.exhibits.charts.counts import Counted
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
from dashboard.exhibits.parts.ladder import Ladder, Rung, climb
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, query_of, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures import plot, theme
from dashboard.figures.plot import Plot, Series
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
_ID = "referrals.pathway"
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


@dataclass(frozen=True, kw_only=True)
class _Flows(Counted):
    """Referrals from agencies through services to outcomes.

    Attributes:
        pathway: The referrals.
        by: By what services are told apart.
        outcomes: What came of them, as it is drawn.
    """

    pathway: Pathway
    by: By
    outcomes: Drawn

    @property
    def is_crowded(self) -> bool:
        """Whether its bands would be too many to follow, so that bars stand for them."""
        return self.pathway.bands > MOST_BANDS

    @property
    def is_alone(self) -> bool:
        """Whether nothing but what the reader chose is shown."""
        return len(self.pathway.services) == 1 and bool(_chosen(self.question))

    @property
    def ended(self) -> list[tuple[str, int]]:
        """Outcomes by name with their referrals."""
        ended = self.pathway.ended()
        return [(self.outcome(code), ended[code]) for code in OUTCOMES if ended[code]]

    def agency(self, code: str) -> str:
        """Name of a type of agency; of all others with those of which none is recorded."""
        return self.say("groups.rest") if code == OTHER else names.agency(self.question, code)

    def service(self, code: str) -> str:
        """Name of a service."""
        return names.service_of(self.question, self.pathway, code)

    def outcome(self, code: str) -> str:
        """Name of what came of a referral."""
        return names.outcome(self.question, code)

    def click(self, service: str) -> str:
        """What a click on a service chooses: nothing where several stand together.

        What alone is shown is let go by a second click.
        """
        if self.is_alone:
            return self.question.options[_THROUGH.name]
        return "" if service == OTHER and self.pathway.small_services else service


@exhibit(_ID, facts=("requests", "endings"), options=(_THROUGH, _SERVICES.option), by_quarter=True)
def referrals_pathway(asked: Question) -> Exhibit:
    """Bands from the type of agency through the service to what came of the referral."""
    if unkept(asked, REQUESTS):
        return offered(_ID, frame(asked, REQUESTS, ENDINGS), not_kept(asked, REQUESTS))
    question, crowded = whole_quarters(asked), set[tuple[By, ...]]()

    def count(rung: Rung) -> tuple[_Flows, Drawn]:
        found = _count(question, rung)
        if found.is_crowded:
            crowded.add(found.drawn.by)
        return found, found.drawn

    through = question.options[_THROUGH.name]
    ladder = _ONE_SERVICE if through in SERVICE.values else _SERVICES
    step = climb(question, ladder, count, stands=lambda drawn: drawn.by not in crowded)
    found, detail = replace(step.counted, is_rough=step.is_rough), step.detail(question)
    if crowded and not step.is_chosen:
        rung = question.say(f"ladder.{ladder.name}.{step.rung.id}")
        detail = replace(detail, said=question.say(f"{_ID}.crossing", rung=rung))
    around = frame(
        question,
        REQUESTS,
        ENDINGS,
        drawn=(found.drawn, found.outcomes),
        what=_what(question),
        note=question.say("referrals.note_waiting"),
        notes=[*_notes(found), *snapped_note(asked, question)],
        detail=detail,
        options={_THROUGH.name: through},
    )
    if not found.total:
        return offered(_ID, around, _nothing(asked))
    return made(
        _ID,
        around,
        title=_title(found),
        plot=_bars(found) if found.is_crowded else None,
        figure=None if found.is_crowded else _bands(found),
        table=_table(found),
        description=_description(found),
    )


def _count(question: Question, rung: Rung) -> _Flows:
    *agencies, service = rung.by
    chosen, only = question.options[_THROUGH.name], ()
    if chosen != _ALL:
        only = (chosen,) if service is IN_GROUPS else SERVICE_GROUPS.get(chosen, (chosen,))
    pathway = count_pathway(question, by_agency=bool(agencies), service=service, only=only)
    sizes = pathway.requests if agencies else pathway.sums(1)
    ended = [size for (_, outcome), size in pathway.outcomes.items() if outcome != "waiting"]
    return _Flows(
        question=question,
        fact=REQUESTS,
        total=pathway.total,
        drawn=display_rule.drawn(question, REQUESTS, rung.by, tuple(sizes.values())),
        pathway=pathway,
        by=service,
        outcomes=display_rule.drawn(question, ENDINGS, (service, "status"), ended),
    )


def _nothing(question: Question) -> Offer:
    """That nothing stands under its name; of one service the next step is all of them."""
    if not (service := _chosen(question)):
        return nothing(question, REQUESTS)
    everything = replace(question, options={**question.options, _THROUGH.name: _ALL})
    return Offer(
        question.say(f"{_ID}.none", service=service),
        question.say(f"{_ID}.all"),
        query_of(everything, question.filters),
    )


def _chosen(question: Question) -> str:
    """Name of the service, or kind of services, that a reader chose; '' for none."""
    chosen = question.options[_THROUGH.name]
    return "" if chosen == _ALL else names.service(question, chosen)


def _what(question: Question) -> str:
    """First words of the subtitle where one service is chosen."""
    label, service = REQUESTS.label_in(question.lang), _chosen(question)
    return question.say(f"{_ID}.what", label=label, service=service) if service else ""


def _bars(found: _Flows) -> Plot:
    """The largest pairs of agency and service, where bands would be too many to follow."""
    shown = found.pathway.shown()[:_PAIRS]
    labels = tuple(
        found.say(f"{_ID}.pair", agency=found.agency(agency), service=found.service(service))
        for (agency, service), _ in shown
    )
    codes = [found.click(service) for (_, service), _ in shown]
    chosen = [found.service(code) if code else "" for code in codes]
    clicks = plot.Clicks(
        _THROUGH.name, codes, chosen, [found.say(f"{_ID}.click_only")] * len(codes)
    )
    pairs = Series("", found.numbers(size for _, size in shown), theme.BLUE)
    return Plot("bars", labels, (pairs,), is_rough=found.is_rough, clicks=clicks)


def _bands(found: _Flows) -> dict[str, Any]:
    pathway, click = found.pathway, found.click
    agencies = pathway.agencies if pathway.by_agency else ()
    asking, asked, ended = pathway.sums(0), pathway.sums(1), pathway.ended()
    first = 1 if agencies else 0
    nodes = {
        **{("agency", a): Node(found.agency(a), asking[a], 0, theme.TEXT_2) for a in agencies},
        **{("service", s): Node(found.service(s), asked[s], first, theme.BLUE, click(s))
           for s in pathway.services},
        **{("outcome", o): Node(found.outcome(o), ended[o], first + 1, _COLOURS[o])
           for o in OUTCOMES if ended[o]},
    }  # fmt: skip
    at = {key: index for index, key in enumerate(nodes)}
    links = [
        Link(at["agency", a], at["service", s], size, _BANDS["request"], click(s))
        for a in agencies
        for s in pathway.services
        if (size := pathway.requests[a, s])
    ] + [
        Link(at["service", s], at["outcome", o], size, _BANDS[o], click(s))
        for s in pathway.services
        for o in OUTCOMES
        if (size := pathway.outcomes[s, o])
    ]
    said = number_format(found.question, REQUESTS, error=found.drawn.error, rough=found.is_rough)
    way = "all" if found.is_alone else "only"
    clicks = Clicks(_THROUGH.name, found.say(f"{_ID}.click_{way}"))
    return sankey([*nodes.values()], links, number_format=said, clicks=clicks)


def _table(found: _Flows) -> Table:
    """What is drawn, each with its range; what waits is a difference, and sums are no cut."""
    pathway, service = found.pathway, found.service
    requested, ended, every = (
        found.say(f"referrals.part_{part}") for part in ("requested", "ended", "all")
    )
    rows: list[tuple[tuple[Cell, ...], Drawn | None]] = []
    for (code, s), size in pathway.shown():
        agency = found.agency(code) if pathway.by_agency else every
        rows.append(((requested, agency, service(s), size), found.drawn))
    for s in pathway.services:
        for o in OUTCOMES:
            if size := pathway.outcomes[s, o]:
                cut = None if o == "waiting" else found.outcomes
                rows.append(((ended, service(s), found.outcome(o), size), cut))
    rows += [((every, every, *outcome), None) for outcome in found.ended]
    about = names.columns(found.question, "part", "from", "to")
    return tables.of_cuts(found.question, REQUESTS, about, rows)


def _title(found: _Flows) -> str:
    pathway, asked = found.pathway, found.pathway.sums(1)
    reached, base = min(pathway.ended()["done"], found.total), found.question.base(REQUESTS)
    # Of none a share is not said, since it may be a very few.
    between = found.outcomes.error.interval(reached)
    share = numbers.share_of(reached, found.total, base, found.lang, between) if reached else None
    if chosen := _chosen(found.question):
        key, number = "requests" if share is None else "share", found.about(found.total)
        return found.say(f"{_ID}.title_{key}", service=chosen, number=number, share=share)
    first, *others = (in_sentence(found.service(code)) for code in pathway.services)
    sizes = [asked[code] for code in pathway.services if code != OTHER]
    services = display_rule.drawn(found.question, REQUESTS, (found.by,), sizes)
    if len(sizes) < 2 or services.leads(sizes):  # noqa: PLR2004 -- nothing to compare
        key = "service" if share is None else "share"
        return found.say(f"referrals.title_{key}", share=share, service=first)
    key = "services" if share is None else "share_services"
    return begin(found.say(f"referrals.title_{key}", first=first, second=others[0], share=share))


def _description(found: _Flows) -> str:
    question, pathway = found.question, found.pathway
    ((agency, service), size) = max(pathway.requests.items(), key=lambda entry: entry[1])
    largest = question.named([(found.service(service), size)], REQUESTS)
    form = "description_services"
    if pathway.by_agency:
        form = "description_pairs" if found.is_crowded else "description"
        largest = found.say(
            "referrals.named_pair",
            agency=names.agency_of(question, pathway, agency),
            service=found.service(service),
            number=found.about(size),
        )
    text = found.say(f"referrals.{form}", period=question.period_in_words)
    ended = found.say("referrals.described", names=question.named(found.ended, REQUESTS))
    return f"{text} {found.say('referrals.largest', names=largest)} {ended}"


def _notes(found: _Flows) -> list[str]:
    notes = [found.say("referrals.note_declined"), found.say("referrals.note_late")]
    if found.is_crowded:
        notes.append(found.say(f"{_ID}.note_pairs", n=_PAIRS))
    elif found.pathway.small_agencies or found.pathway.small_services:
        others = names.all_others(found.question)
        notes.append(found.say("referrals.note_gathered", others=others, n=MOST_BANDS))
    return notes
