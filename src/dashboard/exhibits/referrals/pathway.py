"""What became of the requests of a period, by service. Id: referrals.pathway.

Requests and endings are separate events: what is open is requested less ended, of each service and
never below 0. Where the requests of no service are more than a few, the card leaves its page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.exhibits.charts import tables
from dashboard.exhibits.charts.tables import columns
from dashboard.exhibits.counts.referral_counts import (
    OTHER,
    OUTCOMES,
    Pathway,
    count_pathway,
    whole_quarters,
)
from dashboard.exhibits.exhibit import Cell, Exhibit, Table
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.empty_state import (
    empty_exhibit,
    not_recorded,
    nothing,
    too_little,
    unkept,
)
from dashboard.exhibits.parts.frame import frame, made, number_format, snapped_note
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.plot import Plot, Series
from dashboard.figures.sankey import Link, Node, sankey
from dashboard.model.facts import ENDINGS, REQUESTS
from dashboard.words.catalogue import begin

#: Declining is a valid outcome, so its colour is neutral.
_COLOURS = {
    "done": theme.BLUE,
    "open": theme.SKY,
    "rejected_or_revoked": theme.SLATE,
    "declined": theme.NEUTRAL,
}
_BANDS = {outcome: theme.faded(colour, 0.28) for outcome, colour in _COLOURS.items()}
_ID = "referrals.pathway"


@dataclass(frozen=True)
class _Flows:
    """Referrals from services to outcomes, with how far their numbers are off."""

    question: Question
    pathway: Pathway
    requested: Breakdown
    outcomes: Breakdown

    def service(self, code: str) -> str:
        """Name of a service; of all smaller ones together."""
        if code == OTHER and self.pathway.has_others:
            return names.all_others(self.question)
        return names.service(self.question, code)

    def outcome(self, code: str) -> str:
        """Name of what came of a referral, whenever that was."""
        return (
            self.question.translate(f"{_ID}.done")
            if code == "done"
            else names.outcome(self.question, code)
        )

    @property
    def is_informative(self) -> bool:
        """Whether the requests of any service are more than a few."""
        return any(map(self.requested.is_nameable, self.pathway.requested.values()))


@exhibit(_ID, facts=("requests", "endings"), by_quarter=True)
def referrals_pathway(asked: Question) -> Exhibit:
    """Bands from the services asked for most to what came of the referrals."""
    if unkept(asked, REQUESTS):
        return empty_exhibit(_ID, frame(asked, REQUESTS, ENDINGS), not_recorded(asked, REQUESTS))
    question = whole_quarters(asked)
    pathway = count_pathway(question)
    ended = [size for (_, end), size in pathway.outcomes.items() if end != "open"]
    flows = _Flows(
        question,
        pathway,
        breakdowns.breakdown_of(question, REQUESTS, ("service",), [*pathway.requested.values()]),
        breakdowns.breakdown_of(question, ENDINGS, ("service", "status"), ended),
    )
    around = frame(
        question,
        REQUESTS,
        ENDINGS,
        drawn=(flows.requested, flows.outcomes),
        what=question.translate(f"{_ID}.what"),
        note=question.translate(f"{_ID}.note"),
        notes=[
            question.translate("referrals.note_declined"),
            question.translate("referrals.note_late"),
            *snapped_note(asked, question),
        ],
    )
    if not pathway.total:
        return empty_exhibit(_ID, around, nothing(asked, REQUESTS))
    if not flows.is_informative:
        return empty_exhibit(_ID, around, too_little(asked, REQUESTS))
    return made(
        _ID,
        around,
        title=_title(flows),
        figure=_bands(flows),
        plot=_plot(flows),
        table=_table(flows),
        description=_description(flows),
    )


def _bands(flows: _Flows) -> dict[str, Any]:
    # What ended of services of which nothing is requested has no band to come from.
    pathway = flows.pathway
    sizes = {
        (service, outcome): size
        for service, requested in pathway.requested.items()
        for outcome in pathway.ended
        if requested and (size := pathway.outcomes[service, outcome])
    }
    ends = {outcome for _, outcome in sizes}
    nodes = {
        **{("service", s): Node(flows.service(s), size, 0, theme.TEXT_2)
           for s, size in pathway.requested.items() if size},
        **{("outcome", o): Node(flows.outcome(o), size, 1, _COLOURS[o])
           for o, size in pathway.ended.items() if o in ends},
    }  # fmt: skip
    at = {key: index for index, key in enumerate(nodes)}
    links = [
        Link(at["service", s], at["outcome", o], size, _BANDS[o]) for (s, o), size in sizes.items()
    ]
    said = number_format(flows.question, REQUESTS, error=flows.requested.error)
    return sankey([*nodes.values()], links, number_format=said)


def _plot(flows: _Flows) -> Plot:
    """The same as bars, for files that draw it themselves: services with what came of each."""
    question, pathway = flows.question, flows.pathway
    requested = {code: size for code, size in pathway.requested.items() if size}
    asked, came = (
        number_format(question, REQUESTS, error=breakdown.error)
        for breakdown in (flows.requested, flows.outcomes)
    )
    return Plot(
        "stacked",
        tuple(map(flows.service, requested)),
        tuple(
            Series(
                flows.outcome(outcome),
                came.numbers(pathway.outcomes[service, outcome] for service in requested),
                _COLOURS[outcome],
            )
            for outcome in pathway.ended
        ),
        totals=tuple(map(asked.number, requested.values())),
    )


def _table(flows: _Flows) -> Table:
    """What is drawn, each with its range; what is open is a difference, and sums are no cut."""
    requested, ended, every = (
        flows.question.translate(f"referrals.part_{part}") for part in ("requested", "ended", "all")
    )
    rows: list[tuple[tuple[Cell, ...], Breakdown | None]] = [
        ((requested, every, flows.service(s), size), flows.requested)
        for s, size in flows.pathway.requested.items()
    ]
    rows += [
        ((ended, flows.service(s), flows.outcome(o), size), None if o == "open" else flows.outcomes)
        for s in flows.pathway.requested
        for o in OUTCOMES
        if (size := flows.pathway.outcomes[s, o])
    ]
    rows += [((every, every, *outcome), None) for outcome in _ended(flows)]
    about = columns(flows.question, "referrals.column_", "part", "from", "to")
    return tables.of_cuts(flows.question, REQUESTS, about, rows)


def _ended(flows: _Flows) -> list[tuple[str, int]]:
    """Outcomes by name with their referrals."""
    return [(flows.outcome(code), size) for code, size in flows.pathway.ended.items()]


def _title(flows: _Flows) -> str:
    question, total = flows.question, flows.pathway.total
    number = question.about(min(flows.pathway.ended.get("done", 0), total), REQUESTS)
    every = question.number(total)
    return begin(question.translate(f"{_ID}.title", number=number, all=every))


def _description(flows: _Flows) -> str:
    question = flows.question
    asked = ((flows.service(code), size) for code, size in flows.pathway.requested.items())
    return question.translate(
        f"{_ID}.description",
        period=question.period_in_words,
        services=question.named(asked, REQUESTS),
        outcomes=question.named(_ended(flows), REQUESTS),
    )
