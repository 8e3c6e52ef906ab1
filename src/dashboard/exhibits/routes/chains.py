"""Chains of stops: origin, places on the way and destination, as a ranked list. Id: routes.chains.

Journeys count people once, so that the sum is that of the list of corridors by journey. Small bars
beside a chain are its last quarters where these tell something, else its last years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dashboard.exhibits.charts import tables
from dashboard.exhibits.charts.chart import Chart
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts import leg_counts
from dashboard.exhibits.counts.leg_counts import STOPS, UNKNOWN, Chain
from dashboard.exhibits.exhibit import Cell, Column, Table
from dashboard.exhibits.parts import breakdowns, flow_ends, in_time, rankings
from dashboard.exhibits.parts.ladder import DetailLevel
from dashboard.exhibits.parts.rankings import Row, SideColumns
from dashboard.exhibits.question import Question
from dashboard.exhibits.routes.corridors import bars_note, quarters_to_end
from dashboard.exhibits.routes.seasons import last_years
from dashboard.model import hxl
from dashboard.model.facts import JOURNEYS, Fact
from dashboard.model.languages import arrow
from dashboard.model.periods import Span

#: Chains that are listed; the table has all of them.
_MOST = 12


@dataclass(frozen=True, kw_only=True)
class _Chains(Counted):
    """People by chain; chains with known stops are drawn.

    Attributes:
        level: Level of the stops in the country.
        sizes: People by chain, the largest first.
    """

    level: DetailLevel
    sizes: Mapping[Chain, int]

    @property
    def known_chains(self) -> list[Chain]:
        """Chains of which all stops are known, if only by the area around them."""
        return [chain for chain in self.sizes if UNKNOWN not in chain.stops]

    @cached_property
    def bars(self) -> tuple[tuple[Span, ...], Mapping[Chain, tuple[int, ...]]]:
        """Spans of the small bars and people in each: quarters where these tell enough."""
        question, level = self.question, self.level
        spans, steps = tuple[Span, ...](), dict[Chain, tuple[int, ...]]()
        for spans in (quarters_to_end(question), last_years(question)):
            each = (replace(question, period=span) for span in spans)
            by_span = [leg_counts.chains(of_span, level.id) for of_span in each]
            steps = {chain: tuple(sizes.get(chain, 0) for sizes in by_span) for chain in self.sizes}
            listed = [size for chain in [*self.sizes][:_MOST] for size in steps[chain]]
            months = spans[0].months if spans else None
            if breakdowns.breakdown_of(
                question, JOURNEYS, level.by, listed, months=months, are_alike=True
            ).is_informative:
                break
        return spans, steps

    @property
    def are_quarters(self) -> bool:
        """Whether the small bars are quarters."""
        return any(span.months == in_time.MONTHS["quarter"] for span in self.bars[0])

    @property
    def span_names(self) -> tuple[str, ...]:
        """The quarters or years in words."""
        return tuple(in_time.name(span, self.lang) for span in self.bars[0])


def _count(question: Question, fact: Fact, level: DetailLevel) -> _Chains:
    sizes = leg_counts.chains(question, level.id)
    known_sizes = [size for chain, size in sizes.items() if UNKNOWN not in chain.stops]
    breakdown = breakdowns.breakdown_of(question, fact, level.by, known_sizes)
    return _Chains(question, fact, sum(sizes.values()), breakdown, level=level, sizes=sizes)


def _list(chains: _Chains) -> Mapping[str, Any]:
    """The largest chains, all others together, and those with a stop that is not known."""
    known_chains = chains.known_chains
    rows = [_row(chains, (chain,), _name(chains, chain)) for chain in known_chains[:_MOST]]
    if others := known_chains[_MOST:]:
        label = chains.translate("routes.chains.others", n=len(others))
        rows.append(_row(chains, others, label, ranked=False))
    if unknown := [chain for chain in chains.sizes if UNKNOWN in chain.stops]:
        rows.append(_row(chains, unknown, chains.translate("routes.chains.unknown"), ranked=False))
    names, kind = chains.span_names, "quarters" if chains.are_quarters else "years"
    return rankings.figure(
        chains.question,
        chains.breakdown,
        rows,
        label=chains.translate("routes.chains.column"),
        beside=SideColumns(
            steps=names, steps_label=chains.translate(f"routes.{kind}_label", n=len(names))
        ),
    )


def _row(chains: _Chains, members: Sequence[Chain], label: str, *, ranked: bool = True) -> Row:
    steps = zip(*(chains.bars[1][chain] for chain in members), strict=True)
    size = sum(chains.sizes[chain] for chain in members)
    return Row("", label, size, is_ranked=ranked, steps=tuple(map(sum, steps)))


def _name(chains: _Chains, chain: Chain) -> str:
    """A chain in words: its stops in order."""
    names = (flow_ends.place_name(chains.question, stop) for stop in chain.stops)
    return arrow(chains.lang).join(names)


def _title(chains: _Chains) -> str:
    known_chains = chains.known_chains
    if not known_chains:
        return chains.translate("routes.chains.title_none")
    if not chains.breakdown.leads([chains.sizes[chain] for chain in known_chains]):
        return chains.translate("routes.chains.title_close")
    size, name = chains.sizes[known_chains[0]], _name(chains, known_chains[0])
    return chains.translate("routes.chains.title", chain=name, share=chains.share_of(size))


def _table(chains: _Chains) -> Table:
    (spans, steps), question = chains.bars, chains.question
    origin, destination = (hxl.code_of("place", about) for about in ("+origin", "+dest"))
    are_quarters = chains.are_quarters
    columns = (
        Column("origin_code", chains.translate("routes.column_from_code"), hxl=origin),
        Column("origin", chains.translate("routes.column_from")),
        Column("transit", chains.translate("routes.stops.transit")),
        Column("destination_code", chains.translate("routes.column_to_code"), hxl=destination),
        Column("destination", chains.translate("routes.column_to")),
        tables.number(chains),
        *(
            Column(in_time.code(s), name, chains.unit, period=str(s), in_files=are_quarters)
            for s, name in zip(spans, chains.span_names, strict=True)
        ),
    )

    def row(chain: Chain) -> tuple[Cell, ...]:
        transit = (flow_ends.place_name(question, code) for code in chain.transit)
        start, end = (flow_ends.cells(question, at) for at in (chain.origin, chain.destination))
        return (*start, "; ".join(transit), *end, chains.sizes[chain], *steps[chain])

    return tables.ranged(chains, columns, map(row, chains.sizes))


def _description(chains: _Chains) -> str:
    sizes = ((_name(chains, chain), chains.sizes[chain]) for chain in chains.known_chains)
    return flow_ends.description(chains, "routes.chains.description", sizes)


Chart(
    "routes.chains",
    (JOURNEYS,),
    STOPS,
    _list,
    _title,
    count=_count,
    table=_table,
    description=_description,
    what=lambda question, _: question.translate("routes.what_chains"),
    note="routes.note_per_journeys",
    notes=lambda chains: bars_note(
        chains, chains.span_names, "steps" if chains.are_quarters else "years"
    ),
    options=lambda chains: {"level": chains.level.id},
).declare()
