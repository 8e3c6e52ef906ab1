"""Referrals: who refers to which service, and what came of it.

Requests and endings are separate events: what is waiting is requested less ended, never below 0.
Steps, waiting times, bottlenecks and coverage have exhibits of their own. Ids: referrals.pathway,
referrals.matrix.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.exhibits import display, making
from dashboard.exhibits.breakdown import is_close
from dashboard.exhibits.display import Drawn
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.pathways import (
    KEPT,
    OTHER,
    OUTCOMES,
    Pair,
    Pathway,
    count_pathway,
    count_requests,
    folded,
)
from dashboard.exhibits.registry import View, exhibit
from dashboard.figures import theme
from dashboard.figures.heatmap import heatmap
from dashboard.figures.sankey import Link, Node, sankey
from dashboard.model.codes import AGENCY_TYPE, SERVICE
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.words import dates, numbers
from dashboard.words.catalogue import say

#: How many pairs a description names.
_DESCRIBED = 5
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


@exhibit("referrals.pathway", facts=("requests", "endings"))
def referrals_pathway(view: View) -> Exhibit:
    """Bands from the type of agency through the service to what came of the referral."""
    whole = _whole_quarters(view)
    total = queries.total(view.release, REQUESTS, view.filters, whole.period)
    drawn = _agencies_or_services(whole, total)
    by_agency = "from_agency_type" in drawn.shown.dimensions
    pathway = count_pathway(whole, by_agency=by_agency)
    ended = sum(size for (_, outcome), size in pathway.outcomes.items() if outcome != "waiting")
    outcomes = display.drawn(whole, ENDINGS, ("service", "status"), ended)
    offer = making.too_small(whole, drawn)
    if ended and not offer:
        offer = making.too_small(whole, outcomes)
    if offer:
        around = making.frame(whole, REQUESTS, ENDINGS, drawn=(drawn,))
        return making.offered("referrals.pathway", around, offer)
    return making.made(
        "referrals.pathway",
        making.frame(
            whole, REQUESTS, ENDINGS, drawn=(drawn, outcomes), notes=_notes(view, whole, pathway)
        ),
        title=_title(view, pathway),
        figure=_figure(view, pathway),
        table=_table(view, pathway),
        description=_description(whole, pathway),
    )


@exhibit("referrals.matrix", facts=("requests",))
def referrals_matrix(view: View) -> Exhibit:
    """Type of agency by service: the same requests where bands would be too many to follow."""
    by = ("from_agency_type", "service")
    total = queries.total(view.release, REQUESTS, view.filters, view.period)
    drawn = display.drawn(view, REQUESTS, by, total)
    around = making.frame(view, REQUESTS, drawn=(drawn,))
    offer = making.too_small(view, drawn)
    if offer:
        return making.offered("referrals.matrix", around, offer)
    pathway = folded(count_requests(view), {}, by_agency=True)
    return making.made(
        "referrals.matrix",
        around,
        title=_matrix_title(view, pathway),
        figure=heatmap(
            [_agency(view, code) for code in pathway.agencies],
            [_service(view, code) for code in pathway.services],
            [[pathway.requests[a, s] for s in pathway.services] for a in pathway.agencies],
            said=making.said(view, REQUESTS),
        ),
        table=_matrix_table(view, pathway),
        description=_matrix_description(view, pathway),
    )


def _whole_quarters(view: View) -> View:
    """The view in whole quarters, since endings know the quarter of their request only."""
    return replace(view, period=view.period.snapped("quarter"))


def _agencies_or_services(view: View, total: int) -> Drawn:
    """Agencies by service where agencies can be told apart, else services alone."""
    both = display.drawn(view, REQUESTS, ("from_agency_type", "service"), total)
    return both if both.may_be_drawn else display.drawn(view, REQUESTS, ("service",), total)


def _figure(view: View, pathway: Pathway) -> dict[str, Any]:
    agencies = pathway.agencies if pathway.by_agency else ()
    outcomes = [outcome for outcome in OUTCOMES if pathway.ended()[outcome]]
    by_agency, by_service, ended = pathway.sums(0), pathway.sums(1), pathway.ended()
    first = 1 if agencies else 0
    nodes = [
        *(Node(_agency(view, code), by_agency[code], 0, theme.TEXT_2) for code in agencies),
        *(Node(_service(view, c), by_service[c], first, theme.BLUE) for c in pathway.services),
        *(Node(_outcome(view, o), ended[o], first + 1, _COLOURS[o]) for o in outcomes),
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
    return sankey(nodes, links, said=making.said(view, REQUESTS))


def _agency(view: View, code: str) -> str:
    return view.release.label(AGENCY_TYPE.id, code, view.filters.lang)


def _service(view: View, code: str) -> str:
    return view.release.label(SERVICE.id, code, view.filters.lang)


def _outcome(view: View, outcome: str) -> str:
    return _say(view, f"outcome_{outcome}")


def _say(view: View, key: str, **values: object) -> str:
    return say(f"referrals.{key}", view.filters.lang, **values)


def _about(view: View, size: int) -> str:
    return numbers.about(size, view.release.base(REQUESTS.id), view.filters.lang)


def _table(view: View, pathway: Pathway) -> Table:
    requested, ended, every = (_say(view, f"part_{p}") for p in ("requested", "ended", "all"))
    agency_of = {code: _agency(view, code) for code in pathway.agencies}
    totals = pathway.ended()
    rows: list[tuple[Cell, ...]] = [
        (requested, agency_of[a] if pathway.by_agency else every, _service(view, s), size)
        for (a, s), size in _shown_requests(pathway)
    ]
    rows += [
        (
            ended,
            _service(view, service),
            _outcome(view, outcome),
            pathway.outcomes[service, outcome],
        )
        for service in pathway.services
        for outcome in OUTCOMES
        if pathway.outcomes[service, outcome]
    ]
    rows += [(every, every, _outcome(view, o), totals[o]) for o in OUTCOMES if totals[o]]
    return Table(
        (
            Column("part", _say(view, "column_part")),
            Column("from", _say(view, "column_from")),
            Column("to", _say(view, "column_to")),
            Column(
                "referrals", _say(view, "column_referrals"), REQUESTS.unit_in(view.filters.lang)
            ),
        ),
        tuple(rows),
    )


def _shown_requests(pathway: Pathway) -> list[tuple[Pair, int]]:
    """Requests as they are drawn: without their agency where agencies cannot be told apart."""
    if not pathway.by_agency:
        return [((OTHER, service), size) for service, size in pathway.sums(1).most_common()]
    return sorted(pathway.requests.items(), key=lambda entry: (-entry[1], entry[0]))


def _title(view: View, pathway: Pathway) -> str:
    base = view.release.base(REQUESTS.id)
    asked = pathway.sums(1)
    sizes = [asked[code] for code in pathway.services if code != OTHER]
    service = _service(view, pathway.services[0])
    reached = min(pathway.ended()["done"], pathway.total)
    share = numbers.share(reached, pathway.total, base, view.filters.lang)
    if len(sizes) > 1 and is_close(sizes[0], sizes[1], base):
        second = _service(view, pathway.services[1])
        if share is None:
            return _say(view, "title_services", first=service, second=second)
        return _say(view, "title_share_services", share=share, first=service, second=second)
    if share is None:
        return _say(view, "title_service", service=service)
    return _say(view, "title_share", share=share, service=service)


def _description(view: View, pathway: Pathway) -> str:
    period = dates.period(view.period, view.filters.lang)
    ended = pathway.ended()
    named = ", ".join(
        _say(view, "named", name=_outcome(view, outcome), number=_about(view, ended[outcome]))
        for outcome in OUTCOMES
        if ended[outcome]
    )
    form = "description" if pathway.by_agency else "description_services"
    return f"{_say(view, form, period=period)} {_say(view, 'described', names=named)}"


def _notes(view: View, whole: View, pathway: Pathway) -> list[str]:
    lang = view.filters.lang
    period = dates.period(whole.period, lang)
    return [
        _say(view, "note_declined"),
        _say(view, "note_waiting"),
        _say(view, "note_late"),
        *([_say(view, "note_folded", n=KEPT)] if pathway.folded else []),
        *([] if pathway.by_agency else [_say(view, "note_no_agency")]),
        *([say("shared.note.snapped", lang, period=period)] if whole != view else []),
    ]


def _matrix_title(view: View, pathway: Pathway) -> str:
    pairs = _shown_requests(pathway)
    named = [entry for entry in pairs if OTHER not in entry[0]] or pairs
    (agency, service), size = named[0]
    if len(named) > 1 and is_close(size, named[1][1], view.release.base(REQUESTS.id)):
        first, second = (
            _say(view, "pair", agency=_agency(view, pair[0]), service=_service(view, pair[1]))
            for pair, _ in named[:2]
        )
        return _say(view, "title_matrix_close", first=first, second=second)
    return _say(
        view, "title_matrix", agency=_agency(view, agency), service=_service(view, service),
        number=_about(view, size),
    )  # fmt: skip


def _matrix_table(view: View, pathway: Pathway) -> Table:
    services = [_service(view, code) for code in pathway.services]
    return Table(
        (
            Column("agency", _say(view, "column_agency")),
            *(
                Column(code, name, REQUESTS.unit_in(view.filters.lang))
                for code, name in zip(pathway.services, services, strict=True)
            ),
        ),
        tuple(
            (_agency(view, agency), *(pathway.requests[agency, s] for s in pathway.services))
            for agency in pathway.agencies
        ),
    )


def _matrix_description(view: View, pathway: Pathway) -> str:
    period = dates.period(view.period, view.filters.lang)
    named = ", ".join(
        _say(
            view, "named_pair", agency=_agency(view, agency), service=_service(view, service),
            number=_about(view, size),
        )
        for (agency, service), size in _shown_requests(pathway)[:_DESCRIBED]
    )  # fmt: skip
    return f"{_say(view, 'description_matrix', period=period)} {_say(view, 'largest', names=named)}"
