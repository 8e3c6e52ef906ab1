"""Chains of stops: origin, places on the way and destination, as a ranked list. Id: routes.chains.

Journeys count people once, so that the sum is that of the list of corridors by journey. Small bars
beside a chain are its last quarters where their numbers are certain enough, else its last years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

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


class _Bars(NamedTuple):
    """The small bars beside chains: quarters or years, and people by chain, one number a span."""

    spans: tuple[Span, ...]
    sizes: Mapping[Chain, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class _Chains(Counted):
    """People by chain of stops; chains with known stops are drawn.

    Attributes:
        level: Level of the stops in the country.
        sizes: People by chain, the largest first.
    """

    level: DetailLevel
    sizes: Mapping[Chain, int]

    @property
    def known_chains(self) -> list[Chain]:
        """Chains of which all stops are known, if only by an area around, the largest first."""
        return [chain for chain in self.sizes if UNKNOWN not in chain.stops]

    @cached_property
    def bars(self) -> _Bars:
        """The small bars: of quarters where these numbers are certain enough, else of years."""
        question, level, bars = self.question, self.level, _Bars((), {})
        for spans in (quarters_to_end(question), last_years(question)):
            views = (replace(question, period=span) for span in spans)
            by_span = [leg_counts.chains(view, level.id) for view in views]
            steps = {chain: tuple(sizes.get(chain, 0) for sizes in by_span) for chain in self.sizes}
            bars = _Bars(spans, steps)
            listed = [size for chain in [*self.sizes][:_MOST] for size in steps[chain]]
            months = spans[0].months if spans else None
            if breakdowns.breakdown_of(
                question, JOURNEYS, level.by, listed, months=months, are_alike=True
            ).is_informative:
                break
        return bars

    @property
    def are_quarters(self) -> bool:
        """Whether the small bars are quarters."""
        return any(span.months == in_time.MONTHS["quarter"] for span in self.bars.spans)

    @property
    def span_names(self) -> tuple[str, ...]:
        """The quarters or years in words."""
        return tuple(in_time.name(span, self.lang) for span in self.bars.spans)


def _count(question: Question, fact: Fact, level: DetailLevel) -> _Chains:
    """People by chain, with stops in the country at a level."""
    sizes = leg_counts.chains(question, level.id)
    known_sizes = [size for chain, size in sizes.items() if UNKNOWN not in chain.stops]
    breakdown = breakdowns.breakdown_of(question, fact, level.by, known_sizes)
    return _Chains(question, fact, sum(sizes.values()), breakdown, level=level, sizes=sizes)


def _list(chains: _Chains) -> Mapping[str, Any]:
    """The figure: the largest chains, all others as one row, and those with an unknown stop."""
    known_chains = chains.known_chains
    listed, others = known_chains[:_MOST], known_chains[_MOST:]
    rows = [_row(chains, (chain,), _chain_name(chains, chain)) for chain in listed]
    unknown = [chain for chain in chains.sizes if UNKNOWN in chain.stops]
    if others:
        label = chains.translate("routes.chains.others", n=len(others))
        row = _row(chains, others, label, ranked=False)
        apart = [chains.sizes[chain] for chain in listed]
        apart.append(sum(chains.sizes[chain] for chain in unknown))
        left = breakdowns.rest_of(chains.question, chains.breakdown, row.value, apart)
        rows.append(replace(row, breakdown=left))
    if unknown:
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
    """A row of one chain, or of several together, with the sums of their small bars."""
    steps = zip(*(chains.bars.sizes[chain] for chain in members), strict=True)
    size = sum(chains.sizes[chain] for chain in members)
    return Row("", label, size, is_ranked=ranked, steps=tuple(map(sum, steps)))


def _chain_name(chains: _Chains, chain: Chain) -> str:
    """A chain in words: its stops in order, with arrows between."""
    names = (flow_ends.place_name(chains.question, stop) for stop in chain.stops)
    return arrow(chains.lang).join(names)


def _title(chains: _Chains) -> str:
    """The largest chain with its share of all, unless the first are too close to rank."""
    known_chains = chains.known_chains
    if not known_chains:
        return chains.translate("routes.chains.title_none")
    if not chains.breakdown.leads([chains.sizes[chain] for chain in known_chains]):
        return chains.translate("routes.chains.title_close")
    size, name = chains.sizes[known_chains[0]], _chain_name(chains, known_chains[0])
    return chains.translate("routes.chains.title", chain=name, share=chains.share_of(size))


def _table(chains: _Chains) -> Table:
    """A row for every chain: its stops, people, and the numbers of its small bars."""
    bars, question = chains.bars, chains.question
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
            for s, name in zip(bars.spans, chains.span_names, strict=True)
        ),
    )

    def row(chain: Chain) -> tuple[Cell, ...]:
        transit = (flow_ends.place_name(question, code) for code in chain.transit)
        start, end = (flow_ends.cells(question, at) for at in (chain.origin, chain.destination))
        return (*start, "; ".join(transit), *end, chains.sizes[chain], *bars.sizes[chain])

    return tables.ranged(chains, columns, map(row, chains.sizes))


def _description(chains: _Chains) -> str:
    """The chains with known stops and their people, for who does not see the list."""
    sizes = ((_chain_name(chains, chain), chains.sizes[chain]) for chain in chains.known_chains)
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
