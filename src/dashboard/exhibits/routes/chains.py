"""Chains of stops: origin, places on the way and destination, as a ranked list. Id: routes.chains.

Journeys count people once, so that the sum is that of the list of corridors by journey. Bars beside
a chain are its last quarters where these tell something, else its last years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.exhibits.counts.journey_counts import STOPS, Chain, chains
from dashboard.exhibits.counts.leg_counts import UNKNOWN
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, flow_ends, leg_map, ranges, rankings
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.ladder import Rung, climb
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.parts.rankings import Beside
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.exhibits.routes.corridors import last_quarters
from dashboard.model import hxl
from dashboard.model.facts import JOURNEYS
from dashboard.model.periods import Span
from dashboard.model.protection import is_few
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin

_ID = "routes.chains"
#: Chains that are listed; the table has all of them.
_MOST = 12
#: Chains that a description names.
_DESCRIBED = 5
#: Months of a year, and years that are drawn beside a chain.
_YEAR, _YEARS = 12, 3
_QUARTER = 3


@dataclass(frozen=True)
class _Chains:
    """Chains of a view.

    Attributes:
        level: Level of the stops in Bangladesh.
        sizes: People by chain, the largest first.
        drawn: The same as a cut.
        spans: Stretches of time beside the period: quarters or years.
        steps: People by chain in each of these.
    """

    level: str
    sizes: Mapping[Chain, int]
    drawn: Drawn
    spans: tuple[Span, ...] = ()
    steps: Mapping[Chain, tuple[int, ...]] | None = None

    @property
    def total(self) -> int:
        """All people."""
        return sum(self.sizes.values())

    @property
    def are_quarters(self) -> bool:
        """Whether the stretches are quarters."""
        return any(span.months == _QUARTER for span in self.spans)


@exhibit(_ID, facts=("journeys",), options=(STOPS.option,))
def routes_chains(question: Question) -> Exhibit:
    """Chains by people, with their share and how they stood in earlier quarters or years."""
    if unkept(question, JOURNEYS):
        return offered(_ID, frame(question, JOURNEYS), not_kept(question, JOURNEYS))
    step = climb(
        question,
        STOPS,
        lambda rung: _count(question, rung),
        stands=lambda drawn: drawn.total > 0,
    )
    found = _in_time(question, step.counted)
    around = frame(
        question,
        JOURNEYS,
        drawn=(found.drawn,),
        what=question.say("routes.what_chains"),
        note=question.say("routes.note_per_journeys"),
        notes=_notes(question, found),
        detail=step.detail(question),
        options={"level": found.level},
    )
    if not found.total:
        return offered(_ID, around, nothing(question, JOURNEYS))
    return made(
        _ID,
        around,
        title=_title(question, found),
        figure=rankings.figure(
            question,
            found.drawn,
            _rows(question, found),
            label=question.say("routes.chains.column"),
            beside=_beside(question, found),
        ),
        table=_table(question, found),
        description=_description(question, found),
    )


def _count(question: Question, rung: Rung) -> tuple[_Chains, Drawn]:
    """Chains on one rung, and what they would draw: those with known stops."""
    sizes = chains(question, rung.id)
    told = [size for chain, size in sizes.items() if _is_known(chain)]
    drawn = display_rule.drawn(question, JOURNEYS, rung.by, told)
    return _Chains(rung.id, sizes, drawn), drawn


def _is_known(chain: Chain) -> bool:
    """Whether all stops are known, be it by the area around them."""
    return UNKNOWN not in chain.stops


def _in_time(question: Question, found: _Chains) -> _Chains:
    """The chains with their last quarters where most tell something, else with their last years."""
    by = next(rung.by for rung in STOPS.rungs if rung.id == found.level)
    for spans in (last_quarters(question), last_years(question)):
        each = [chains(replace(question, period=span), found.level) for span in spans]
        steps = {chain: tuple(own.get(chain, 0) for own in each) for chain in found.sizes}
        listed = [size for chain in [*found.sizes][:_MOST] for size in steps[chain]]
        months = spans[0].months if spans else None
        drawn = display_rule.drawn(question, JOURNEYS, by, listed, months=months, are_alike=True)
        if drawn.holds:
            break
    return replace(found, spans=spans, steps=steps)


def last_years(question: Question) -> tuple[Span, ...]:
    """The last stretches of twelve months up to the end of the period, in order of time."""
    known = question.period.snapped("quarter").clipped(question.release.span)
    end = (known or question.release.span).end
    spans = (Span.last(_YEAR, until=end.plus(-_YEAR * back)) for back in reversed(range(_YEARS)))
    return tuple(span for span in spans if span.within(question.release.span))


def _rows(question: Question, found: _Chains) -> list[rankings.Row]:
    """The largest chains, all others together, and those with a stop that is not known."""
    named = [chain for chain in found.sizes if _is_known(chain)]
    rows = [_row(question, found, (chain,), name_of(question, chain)) for chain in named[:_MOST]]
    if others := named[_MOST:]:
        label = question.say("routes.chains.others", n=len(others))
        rows.append(_row(question, found, others, label, ranked=False))
    if unknown := [chain for chain in found.sizes if not _is_known(chain)]:
        rows.append(
            _row(question, found, unknown, question.say("routes.chains.unknown"), ranked=False)
        )
    return rows


def _row(
    question: Question,
    found: _Chains,
    of: Sequence[Chain],
    label: str,
    *,
    ranked: bool = True,
) -> rankings.Row:
    own = [(found.steps or {})[chain] for chain in of]
    return rankings.Row(
        "",
        label,
        sum(found.sizes[chain] for chain in of),
        None,
        None,
        "",
        is_ranked=ranked,
        steps=tuple(map(sum, zip(*own, strict=True))),
    )


def name_of(question: Question, chain: Chain) -> str:
    """A chain in words: its stops in order."""
    return " → ".join(leg_map.place_name(question, stop) for stop in chain.stops)


def _beside(question: Question, found: _Chains) -> Beside:
    if not found.spans:
        return Beside()
    kind = "quarters" if found.are_quarters else "years"
    return Beside(
        steps=tuple(_span_name(question, span) for span in found.spans),
        steps_label=question.say(f"routes.{kind}_label", n=len(found.spans)),
    )


def _span_name(question: Question, span: Span) -> str:
    if span.months == _QUARTER:
        return dates.quarter(span.start.first_day, question.lang)
    return dates.period(span, question.lang)


def _notes(question: Question, found: _Chains) -> list[str]:
    if not found.spans:
        return []
    first, last = (_span_name(question, found.spans[at]) for at in (0, -1))
    name = "steps" if found.are_quarters else "years"
    return [question.say(f"routes.note_{name}", first=first, last=last)]


def _title(question: Question, found: _Chains) -> str:
    named = [chain for chain in found.sizes if _is_known(chain)]
    if not named:
        return question.say("routes.chains.title_none")
    if not found.drawn.leads([found.sizes[chain] for chain in named]):
        return question.say("routes.chains.title_close")
    size = found.sizes[named[0]]
    share = numbers.share(size, found.total, question.base(JOURNEYS), question.lang)
    name = name_of(question, named[0])
    if share is None:
        number = question.about(size, JOURNEYS)
        return question.say("routes.chains.title_number", chain=name, number=number)
    return question.say("routes.chains.title", chain=name, share=share)


def _table(question: Question, found: _Chains) -> Table:
    unit = JOURNEYS.unit_in(question.lang)
    ends = ranges.columns(question, JOURNEYS, found.drawn)
    columns = (
        Column(
            "origin_code",
            question.say("routes.column_from_code"),
            hxl=hxl.code_of("place", "+origin"),
        ),
        Column("origin", question.say("routes.column_from")),
        Column("transit", question.say("routes.stops.transit")),
        Column(
            "destination_code",
            question.say("routes.column_to_code"),
            hxl=hxl.code_of("place", "+dest"),
        ),
        Column("destination", question.say("routes.column_to")),
        Column(JOURNEYS.unit, begin(unit), unit),
        *ends,
        *(
            Column(
                span.start.quarter if span.months == _QUARTER else str(span),
                _span_name(question, span),
                unit,
                period=str(span),
                in_files=found.are_quarters,
            )
            for span in found.spans
        ),
    )
    return Table(
        columns, tuple(_cells(question, found, chain, bool(ends)) for chain in found.sizes)
    )


def _cells(question: Question, found: _Chains, chain: Chain, with_ends: bool) -> tuple[Cell, ...]:
    size = found.sizes[chain]
    return (
        *flow_ends.cells(question, chain.origin),
        "; ".join(leg_map.place_name(question, code) for code in chain.transit),
        *flow_ends.cells(question, chain.destination),
        size,
        *(found.drawn.error.interval(size) if with_ends else ()),
        *(found.steps or {})[chain],
    )


def _description(question: Question, found: _Chains) -> str:
    period = dates.period(question.period.snapped(JOURNEYS.grain), question.lang)
    named = ", ".join(
        question.say(
            "shared.named",
            name=name_of(question, chain),
            number=question.about(found.sizes[chain], JOURNEYS),
        )
        for chain in [*filter(_is_known, found.sizes)][:_DESCRIBED]
        if not is_few(found.sizes[chain], question.base(JOURNEYS))
    )
    text = question.say("routes.chains.description", period=period)
    return f"{text} {question.say('routes.described', names=named)}" if named else text
