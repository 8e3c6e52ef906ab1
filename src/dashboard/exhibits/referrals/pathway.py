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
from dashboard.exhibits.parts import display_rule
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format, snapped_note
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, too_little, unkept
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
    requested: Drawn
    outcomes: Drawn

    def service(self, code: str) -> str:
        """Name of a service; of all smaller ones together."""
        if code == OTHER and self.pathway.has_others:
            return names.all_others(self.question)
        return names.service(self.question, code)

    def outcome(self, code: str) -> str:
        """Name of what came of a referral, whenever that was."""
        return (
            self.question.say(f"{_ID}.done")
            if code == "done"
            else names.outcome(self.question, code)
        )

    @property
    def tells(self) -> bool:
        """Whether the requests of any service are more than a few."""
        return any(map(self.requested.names, self.pathway.requested.values()))


@exhibit(_ID, facts=("requests", "endings"), by_quarter=True)
def referrals_pathway(asked: Question) -> Exhibit:
    """Bands from the services asked for most to what came of the referrals."""
    if unkept(asked, REQUESTS):
        return offered(_ID, frame(asked, REQUESTS, ENDINGS), not_kept(asked, REQUESTS))
    question = whole_quarters(asked)
    pathway = count_pathway(question)
    ended = [size for (_, end), size in pathway.outcomes.items() if end != "open"]
    found = _Flows(
        question,
        pathway,
        display_rule.drawn(question, REQUESTS, ("service",), [*pathway.requested.values()]),
        display_rule.drawn(question, ENDINGS, ("service", "status"), ended),
    )
    around = frame(
        question,
        REQUESTS,
        ENDINGS,
        drawn=(found.requested, found.outcomes),
        what=question.say(f"{_ID}.what"),
        note=question.say(f"{_ID}.note"),
        notes=[
            question.say("referrals.note_declined"),
            question.say("referrals.note_late"),
            *snapped_note(asked, question),
        ],
    )
    if not pathway.total:
        return offered(_ID, around, nothing(asked, REQUESTS))
    if not found.tells:
        return offered(_ID, around, too_little(asked, REQUESTS))
    return made(
        _ID,
        around,
        title=_title(found),
        figure=_bands(found),
        plot=_plot(found),
        table=_table(found),
        description=_description(found),
    )


def _bands(found: _Flows) -> dict[str, Any]:
    # What ended of services of which nothing is requested has no band to come from.
    pathway = found.pathway
    sizes = {
        (service, outcome): size
        for service, requested in pathway.requested.items()
        for outcome in pathway.ended
        if requested and (size := pathway.outcomes[service, outcome])
    }
    ends = {outcome for _, outcome in sizes}
    nodes = {
        **{("service", s): Node(found.service(s), size, 0, theme.TEXT_2)
           for s, size in pathway.requested.items() if size},
        **{("outcome", o): Node(found.outcome(o), size, 1, _COLOURS[o])
           for o, size in pathway.ended.items() if o in ends},
    }  # fmt: skip
    at = {key: index for index, key in enumerate(nodes)}
    links = [
        Link(at["service", s], at["outcome", o], size, _BANDS[o]) for (s, o), size in sizes.items()
    ]
    said = number_format(found.question, REQUESTS, error=found.requested.error)
    return sankey([*nodes.values()], links, number_format=said)


def _plot(found: _Flows) -> Plot:
    """The same as bars, for files that draw it themselves: services with what came of each."""
    question, pathway = found.question, found.pathway
    requested = {code: size for code, size in pathway.requested.items() if size}
    asked, came = (
        number_format(question, REQUESTS, error=drawn.error)
        for drawn in (found.requested, found.outcomes)
    )
    return Plot(
        "stacked",
        tuple(map(found.service, requested)),
        tuple(
            Series(
                found.outcome(outcome),
                came.numbers(pathway.outcomes[service, outcome] for service in requested),
                _COLOURS[outcome],
            )
            for outcome in pathway.ended
        ),
        totals=tuple(map(asked.number, requested.values())),
    )


def _table(found: _Flows) -> Table:
    """What is drawn, each with its range; what is open is a difference, and sums are no cut."""
    requested, ended, every = (
        found.question.say(f"referrals.part_{part}") for part in ("requested", "ended", "all")
    )
    rows: list[tuple[tuple[Cell, ...], Drawn | None]] = [
        ((requested, every, found.service(s), size), found.requested)
        for s, size in found.pathway.requested.items()
    ]
    rows += [
        ((ended, found.service(s), found.outcome(o), size), None if o == "open" else found.outcomes)
        for s in found.pathway.requested
        for o in OUTCOMES
        if (size := found.pathway.outcomes[s, o])
    ]
    rows += [((every, every, *outcome), None) for outcome in _ended(found)]
    about = columns(found.question, "referrals.column_", "part", "from", "to")
    return tables.of_cuts(found.question, REQUESTS, about, rows)


def _ended(found: _Flows) -> list[tuple[str, int]]:
    """Outcomes by name with their referrals."""
    return [(found.outcome(code), size) for code, size in found.pathway.ended.items()]


def _title(found: _Flows) -> str:
    question, total = found.question, found.pathway.total
    number = question.about(min(found.pathway.ended.get("done", 0), total), REQUESTS)
    every = question.number(total)
    return begin(question.say(f"{_ID}.title", number=number, all=every))


def _description(found: _Flows) -> str:
    question = found.question
    asked = ((found.service(code), size) for code, size in found.pathway.requested.items())
    return question.say(
        f"{_ID}.description",
        period=question.period_in_words,
        services=question.named(asked, REQUESTS),
        outcomes=question.named(_ended(found), REQUESTS),
    )
