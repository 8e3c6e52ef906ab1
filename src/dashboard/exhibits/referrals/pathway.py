"""What became of the requests of a period, by service. Id: referrals.pathway.

Requests and endings are separate events: what is open is requested less ended, of each service and
never below 0. Where the requests of no service are more than a few, the card leaves its page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from dashboard.analysis.flows import keep_largest
from dashboard.exhibits.charts import tables
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.charts.tables import columns
from dashboard.exhibits.counts.referral_counts import (
    DECLINED,
    OTHER,
    Pair,
    endings_of_requests,
    whole_quarters,
)
from dashboard.exhibits.exhibit import Cell, Exhibit, Table
from dashboard.exhibits.parts import breakdowns, empty_state
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.frame import frame, make_exhibit, number_format, snapped_note
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.plot import Plot, Series
from dashboard.figures.sankey import Link, Node, sankey
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.model.periods import Month
from dashboard.queries import summed
from dashboard.words.catalogue import begin

#: Services with bands of their own, at most.
_LARGEST = 3
#: What becomes of requests, from top to bottom: open is what has not ended. Declining is a valid
#: outcome, so its colour is neutral.
_COLOURS = {
    "done": theme.BLUE,
    "open": theme.SKY,
    "rejected_or_revoked": theme.SLATE,
    "declined": theme.NEUTRAL,
}
_BANDS = {outcome: theme.faded(colour, 0.28) for outcome, colour in _COLOURS.items()}
_ID = "referrals.pathway"


@dataclass(frozen=True, kw_only=True)
class _Pathway(Counted):
    """Referrals that a period requested, by service, and what became of them.

    Attributes:
        requested: Requests by service, the largest first and all others last.
        outcomes: Referrals by (service, outcome), none below 0; what is open is one outcome.
        by_outcome: The same of all services, without those that are 0. What is open is all
            requested less all ended, as in other exhibits; where that is 0, the sum of services.
        ends: The breakdown of ``outcomes`` but what is open, with its error.
        has_others: Whether "other" stands for smaller services too.
    """

    requested: Mapping[str, int]
    outcomes: Counter[Pair]
    by_outcome: Mapping[str, int]
    ends: Breakdown
    has_others: bool

    def service(self, code: str) -> str:
        """Name of a service, or of all smaller ones together."""
        return names.service(self.question, code, has_others=self.has_others)

    def outcome(self, code: str) -> str:
        """Name of an outcome, whether that came in the period or later."""
        if code == "done":
            return self.translate(f"{_ID}.done")
        return names.outcome(self.question, code)


@exhibit(_ID, facts=("requests", "endings"), by_quarter=True)
def referrals_pathway(question: Question) -> Exhibit:
    """Bands from the services asked for most to what came of the referrals."""
    if empty_state.unkept(question, REQUESTS):
        return empty_state.not_recorded_exhibit(question, REQUESTS, ENDINGS)
    in_quarters = whole_quarters(question)
    pathway = _count(in_quarters)
    around = frame(
        in_quarters,
        REQUESTS,
        ENDINGS,
        cuts=(pathway.breakdown, pathway.ends),
        what=question.translate(f"{_ID}.what"),
        note=question.translate(f"{_ID}.note"),
        notes=[
            question.translate("referrals.note_declined"),
            question.translate("referrals.note_late"),
            *snapped_note(question, in_quarters),
        ],
    )
    if not pathway.total:
        return empty_state.empty_exhibit(around, empty_state.nothing(question, REQUESTS))
    if not any(map(pathway.breakdown.is_nameable, pathway.requested.values())):
        return empty_state.empty_exhibit(around, empty_state.too_little(question, REQUESTS))
    return make_exhibit(
        around,
        title=_title(pathway),
        figure=_bands(pathway),
        plot=_plot(pathway),
        table=_table(pathway),
        description=_description(pathway),
    )


def _count(question: Question) -> _Pathway:
    """Referrals requested in a view's period, which is whole quarters, and what came of them."""
    requests = question.sums(REQUESTS, "service", key=lambda code: code or OTHER)
    requested = keep_largest(requests, _LARGEST, OTHER)

    def outcome(_: Month, code: str | None, status: str, reason: str | None) -> Pair:
        """Service and outcome that an ending counts under, by its columns."""
        service = code if code in requested else OTHER
        if status == "done":
            return str(service), status
        return str(service), "declined" if reason == DECLINED else "rejected_or_revoked"

    outcomes: Counter[Pair] = summed(
        endings_of_requests(question, "service", "status", "no_service_reason"), outcome
    )
    ends = breakdowns.breakdown_of(question, ENDINGS, ("service", "status"), [*outcomes.values()])
    if any(code not in requested for code, _ in outcomes):
        # What ended of services without any request is told too.
        requested.setdefault(OTHER, 0)
    ended = summed(outcomes.items(), lambda service_outcome: service_outcome[0])
    for code, size in requested.items():
        outcomes[code, "open"] = max(size - ended[code], 0)
    by_outcome = summed(outcomes.items(), lambda service_outcome: service_outcome[1])
    by_outcome["open"] = max(sum(requested.values()) - ended.total(), 0) or by_outcome["open"]
    breakdown = breakdowns.breakdown_of(question, REQUESTS, ("service",), [*requested.values()])
    return _Pathway(
        question,
        REQUESTS,
        breakdown.total,
        breakdown,
        requested=requested,
        outcomes=outcomes,
        by_outcome={end: by_outcome[end] for end in _COLOURS if by_outcome[end]},
        ends=ends,
        has_others=not requested.keys() >= requests.keys(),
    )


def _bands(pathway: _Pathway) -> dict[str, Any]:
    """The figure: a node for each service and outcome, with bands as wide as their referrals."""
    # What ended of services without any request has no band to come from.
    sizes = {
        (service, outcome): size
        for service, requested in pathway.requested.items()
        for outcome in pathway.by_outcome
        if requested and (size := pathway.outcomes[service, outcome])
    }
    ends = {outcome for _, outcome in sizes}
    nodes = {
        **{("service", s): Node(pathway.service(s), size, 0, theme.TEXT_2)
           for s, size in pathway.requested.items() if size},
        **{("outcome", o): Node(pathway.outcome(o), size, 1, _COLOURS[o])
           for o, size in pathway.by_outcome.items() if o in ends},
    }  # fmt: skip
    at = {key: index for index, key in enumerate(nodes)}
    links = [Link(at["service", s], at["outcome", o], n, _BANDS[o]) for (s, o), n in sizes.items()]
    formatter = number_format(pathway.question, REQUESTS, error=pathway.breakdown.error)
    return sankey([*nodes.values()], links, number_format=formatter)


def _plot(pathway: _Pathway) -> Plot:
    """Services as bars with what came of each, for files that draw the pathway themselves."""
    requested = {code: size for code, size in pathway.requested.items() if size}
    error = pathway.ends.error
    return Plot(
        "stacked",
        tuple(map(pathway.service, requested)),
        tuple(
            Series(
                pathway.outcome(outcome),
                pathway.numbers((pathway.outcomes[code, outcome] for code in requested), error),
                _COLOURS[outcome],
            )
            for outcome in pathway.by_outcome
        ),
        totals=pathway.numbers(requested.values()),
    )


def _table(pathway: _Pathway) -> Table:
    """Requests, what became of them by service, and of all.

    What is open, a difference, and sums over services have no range.
    """
    requested, ended, every = (
        pathway.translate(f"referrals.part_{part}") for part in ("requested", "ended", "all")
    )

    def rows() -> Iterator[tuple[tuple[Cell, ...], Breakdown | None]]:
        """Part, from, to and number of each row, and the breakdown it is one of, if of any."""
        for service, size in pathway.requested.items():
            yield (requested, every, pathway.service(service), size), pathway.breakdown
        for service, end in product(pathway.requested, _COLOURS):
            if size := pathway.outcomes[service, end]:
                cells = ended, pathway.service(service), pathway.outcome(end), size
                yield cells, None if end == "open" else pathway.ends
        for outcome in _sizes_by_outcome(pathway):
            yield (every, every, *outcome), None

    about = columns(pathway.question, "referrals.column_", "part", "from", "to")
    return tables.of_cuts(pathway.question, REQUESTS, about, rows())


def _sizes_by_outcome(pathway: _Pathway) -> list[tuple[str, int]]:
    """Referrals of all services: the name of each outcome, and its number."""
    return [(pathway.outcome(code), size) for code, size in pathway.by_outcome.items()]


def _title(pathway: _Pathway) -> str:
    """How many of all requests had a service, by now."""
    number = pathway.about(min(pathway.by_outcome.get("done", 0), pathway.total))
    every = pathway.number(pathway.total)
    return begin(pathway.translate(f"{_ID}.title", number=number, all=every))


def _description(pathway: _Pathway) -> str:
    """The services with their requests and the outcomes with their referrals, in words."""
    question = pathway.question
    services = ((pathway.service(code), size) for code, size in pathway.requested.items())
    return question.translate(
        f"{_ID}.description",
        period=question.period_in_words,
        services=question.named(services, REQUESTS),
        outcomes=question.named(_sizes_by_outcome(pathway), REQUESTS),
    )
