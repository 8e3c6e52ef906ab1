"""Chains of stops: origin, places on the way and destination, as a ranked list. Id: routes.chains.

Journeys count people once, so that the sum is that of the list of corridors by journey. Bars beside
a chain are its last quarters where these tell something, else its last years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dashboard.exhibits.charts import tables
from dashboard.exhibits.charts.chart import Chart
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts.leg_counts import STOPS, UNKNOWN, Chain, chains
from dashboard.exhibits.exhibit import Cell, Column, Table
from dashboard.exhibits.parts import breakdowns, flow_ends, in_time, rankings
from dashboard.exhibits.parts.ladder import DetailLevel
from dashboard.exhibits.parts.rankings import Beside
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
    """Chains of a view, of which those with known stops are drawn.

    Attributes:
        level: Level of the stops in the country.
        sizes: People by chain, the largest first.
    """

    level: DetailLevel
    sizes: Mapping[Chain, int]

    @property
    def known_chains(self) -> list[Chain]:
        """Chains of which all stops are known, be it by the area around them."""
        return [chain for chain in self.sizes if UNKNOWN not in chain.stops]

    @cached_property
    def bars(self) -> tuple[tuple[Span, ...], Mapping[Chain, tuple[int, ...]]]:
        """The last quarters where most tell something, else the last years; people in each."""
        question, spans, steps = self.question, tuple[Span, ...](), dict[Chain, tuple[int, ...]]()
        for spans in (quarters_to_end(question), last_years(question)):
            each = [chains(replace(question, period=span), self.level.id) for span in spans]
            steps = {chain: tuple(own.get(chain, 0) for own in each) for chain in self.sizes}
            listed = [size for chain in [*self.sizes][:_MOST] for size in steps[chain]]
            months = spans[0].months if spans else None
            if breakdowns.breakdown_of(
                question, JOURNEYS, self.level.by, listed, months=months, are_alike=True
            ).is_informative:
                break
        return spans, steps

    @property
    def are_quarters(self) -> bool:
        """Whether these are quarters."""
        return any(span.months == in_time.MONTHS["quarter"] for span in self.bars[0])

    @property
    def span_names(self) -> tuple[str, ...]:
        """The quarters or years in words."""
        return tuple(in_time.name(span, self.lang) for span in self.bars[0])


def _count(question: Question, fact: Fact, level: DetailLevel) -> _Chains:
    sizes = chains(question, level.id)
    told = [size for chain, size in sizes.items() if UNKNOWN not in chain.stops]
    return _Chains(
        question=question,
        fact=fact,
        total=sum(sizes.values()),
        breakdown=breakdowns.breakdown_of(question, fact, level.by, told),
        level=level,
        sizes=sizes,
    )


def _list(found: _Chains) -> Mapping[str, Any]:
    """The largest chains, all others together, and those with a stop that is not known."""
    named = found.known_chains
    rows = [_row(found, (chain,), _name(found, chain)) for chain in named[:_MOST]]
    if others := named[_MOST:]:
        label = found.translate("routes.chains.others", n=len(others))
        rows.append(_row(found, others, label, ranked=False))
    if unknown := [chain for chain in found.sizes if UNKNOWN in chain.stops]:
        rows.append(_row(found, unknown, found.translate("routes.chains.unknown"), ranked=False))
    names, kind = found.span_names, "quarters" if found.are_quarters else "years"
    return rankings.figure(
        found.question,
        found.breakdown,
        rows,
        label=found.translate("routes.chains.column"),
        beside=Beside(
            steps=names, steps_label=found.translate(f"routes.{kind}_label", n=len(names))
        ),
    )


def _row(found: _Chains, of: Sequence[Chain], label: str, *, ranked: bool = True) -> rankings.Row:
    steps = zip(*(found.bars[1][chain] for chain in of), strict=True)
    size = sum(found.sizes[chain] for chain in of)
    return rankings.Row("", label, size, is_ranked=ranked, steps=tuple(map(sum, steps)))


def _name(found: _Chains, chain: Chain) -> str:
    """A chain in words: its stops in order."""
    return arrow(found.question.lang).join(
        flow_ends.place_name(found.question, stop) for stop in chain.stops
    )


def _title(found: _Chains) -> str:
    named = found.known_chains
    if not named:
        return found.translate("routes.chains.title_none")
    if not found.breakdown.leads([found.sizes[chain] for chain in named]):
        return found.translate("routes.chains.title_close")
    size, name = found.sizes[named[0]], _name(found, named[0])
    return found.translate("routes.chains.title", chain=name, share=found.share_of(size))


def _table(found: _Chains) -> Table:
    spans, steps = found.bars
    origin, destination = (hxl.code_of("place", about) for about in ("+origin", "+dest"))
    columns = (
        Column("origin_code", found.translate("routes.column_from_code"), hxl=origin),
        Column("origin", found.translate("routes.column_from")),
        Column("transit", found.translate("routes.stops.transit")),
        Column("destination_code", found.translate("routes.column_to_code"), hxl=destination),
        Column("destination", found.translate("routes.column_to")),
        tables.number(found),
        *(
            Column(
                in_time.code(span),
                name,
                found.unit,
                period=str(span),
                in_files=found.are_quarters,
            )
            for span, name in zip(spans, found.span_names, strict=True)
        ),
    )

    def row(chain: Chain) -> tuple[Cell, ...]:
        transit = (flow_ends.place_name(found.question, code) for code in chain.transit)
        start, end = (
            flow_ends.cells(found.question, code) for code in (chain.origin, chain.destination)
        )
        return (*start, "; ".join(transit), *end, found.sizes[chain], *steps[chain])

    return tables.ranged(found, columns, map(row, found.sizes))


def _description(found: _Chains) -> str:
    sizes = ((_name(found, chain), found.sizes[chain]) for chain in found.known_chains)
    return flow_ends.description(found, "routes.chains.description", sizes)


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
    notes=lambda found: bars_note(
        found, found.span_names, "steps" if found.are_quarters else "years"
    ),
    options=lambda found: {"level": found.level.id},
).declare()
