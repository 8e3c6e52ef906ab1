"""The stops of a corridor in order, with numbers by the ladder and the transport between them.

As data a strip is a list of ``stop`` (``kind``, ``id``, ``title``, and ``rows`` of code, label,
value, text and range) and ``way`` (``kind``, ``text``, ``said``) in turn, from origin to
destination. Journeys count people once; the transport to places on the way is that of legs between
these places, the transport to the destination that of the journeys themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from dashboard import queries
from dashboard.exhibits.counts import leg_counts
from dashboard.exhibits.counts.leg_counts import STOPS, UNKNOWN, Chain, is_place
from dashboard.exhibits.exhibit import Cell, Detail
from dashboard.exhibits.parts import display_rule, flow_ends, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.ladder import Rung, climb
from dashboard.exhibits.question import Question
from dashboard.model.counted_by import column_of
from dashboard.model.facts import JOURNEYS, LEGS
from dashboard.words import numbers

#: Places of a stop that have a row of their own at most.
_MOST = 5
#: A journey with no place recorded there, and all places of a stop that are not named.
DIRECT, REST = "direct", "rest"


@dataclass(frozen=True)
class _Stop:
    """People at a stop: by place, DIRECT, REST or UNKNOWN; they sum to all people."""

    inside: Question
    id: str
    level: str
    sizes: Mapping[str, int]
    drawn: Drawn

    @property
    def named(self) -> tuple[str, ...]:
        """Ends with a row of their own."""
        return tuple(code for code in self.sizes if code not in (DIRECT, REST, UNKNOWN))

    @property
    def places(self) -> tuple[str, ...]:
        """Those of the level that is counted by, and abroad."""
        return tuple(filter(is_place, self.named))

    @property
    def title(self) -> str:
        """Which stop it is, in words."""
        name, _, number = self.id.partition("_")
        return self.inside.say(f"routes.stops.{'further' if number else name}")

    @property
    def rows(self) -> list[tuple[str, str, int]]:
        """Code, name and number of each place."""
        return [(code, self._label(code), size) for code, size in self.sizes.items()]

    def _label(self, code: str) -> str:
        if code == DIRECT:
            name = "direct" if self.id == "transit" else "no_further"
            return self.inside.say(f"routes.stops.{name}")
        if code == REST:
            return self.inside.say("routes.stops.rest" if self.named else "groups.all")
        return flow_ends.place_name(self.inside, code)


@dataclass(frozen=True)
class Strip:
    """A strip; without journeys there is none.

    Attributes:
        figure: As the module describes it.
        rows: Its numbers as rows of ``groups.table``.
        drawn: The cuts that it draws.
        detail: How fine it is.
        notes: What must be said of it.
        described: The same in sentences.
    """

    figure: Sequence[Mapping[str, Any]] | None = None
    rows: Sequence[tuple[Cell, ...]] = ()
    drawn: Sequence[Drawn] = ()
    detail: Detail | None = None
    notes: Sequence[str] = ()
    described: Sequence[str] = ()


def strip(inside: Question) -> Strip:
    """The stops of the journeys of a corridor.

    Args:
        inside: The question with one corridor chosen, in whole quarters; it has journeys.
    """
    ladder = replace(STOPS, stands=lambda _: True)
    step = climb(inside, ladder, lambda rung: _count(inside, rung))
    first, *others = stops = step.counted
    figure = [_drawn(first)]
    for start, end in pairwise(stops):
        modes = _of_legs(inside, start, end) if end is not stops[-1] else _of_journeys(inside)
        figure += [_way(inside, modes), _drawn(end)]
    return Strip(
        figure,
        [row for stop in stops for row in _table_rows(stop)],
        [stop.drawn for stop in stops],
        step.detail(inside),
        [inside.say("routes.stops.note_ways")] if others[1:] else [],
        [_described(stop) for stop in stops],
    )


def _count(inside: Question, rung: Rung) -> tuple[list[_Stop], Drawn]:
    """The stops on one rung, and what tells least of what they would draw."""
    counted = leg_counts.chains(inside, rung.id).items()
    between = max(len(chain.transit) for chain, _ in counted)
    names = ["transit", *(f"transit_{at + 1}" for at in range(1, between))][:between]
    stops = [
        _stop(inside, rung, "origin", ((chain.origin, n) for chain, n in counted)),
        *(
            _stop(inside, rung, name, ((_at(chain, at), n) for chain, n in counted))
            for at, name in enumerate(names)
        ),
        _stop(inside, rung, "destination", ((chain.destination, n) for chain, n in counted)),
    ]
    # Few journeys have a place on the way: that none stands there does not make both ends coarser.
    ends = [stop.drawn for stop in (stops[0], stops[-1])]
    rough = next((drawn for drawn in ends if not drawn.holds), ends[0])
    return stops, rough


def _at(chain: Chain, at: int) -> str:
    """The place on the way at a position, DIRECT where the journey has none there."""
    return chain.transit[at] if at < len(chain.transit) else DIRECT


def _stop(inside: Question, rung: Rung, name: str, people: Iterable[tuple[str, int]]) -> _Stop:
    """People at one stop; places that tell too little are one row, all others keep their own."""
    sizes: Counter[str] = Counter()
    for code, size in people:
        sizes[code] += size
    apart = {code: sizes.pop(code) for code in (DIRECT, UNKNOWN) if code in sizes}
    places = dict(sizes.most_common())
    column = name.split("_")[0]
    by = tuple(each for each in rung.by if column_of(each).startswith(column))
    drawn = display_rule.drawn(inside, JOURNEYS, by, list(places.values()))
    kept = [code for code, n in places.items() if drawn.error.interval(n)[0] > 0][:_MOST]
    shown = {code: places[code] for code in sorted(kept, key=lambda code: not is_place(code))}
    if rest := sum(places.values()) - sum(shown.values()):
        shown[REST] = rest
    return _Stop(inside, name, rung.id, shown | apart, drawn)


def _of_journeys(inside: Question) -> Counter[str]:
    """Transport of the journeys, which is that of their last leg."""
    rows = queries.counts(inside.release, JOURNEYS, inside.filters, inside.period, ("mode",))
    return _known(display_rule.drawn(inside, JOURNEYS, ("mode",), [n for _, n in rows]), rows)


def _of_legs(inside: Question, start: _Stop, end: _Stop) -> Counter[str]:
    """Transport of legs of any corridor from the places of one stop to those of the next."""
    by = (f"from_{start.level}", f"to_{start.level}", "mode")
    everywhere = inside.filters.with_codes("corridor", ())
    rows = [
        (mode, size)
        for origin, target, mode, size in queries.counts(
            inside.release, LEGS, everywhere, inside.period, by
        )
        if origin in start.places and target in end.places
    ]
    sizes = [size for _, size in rows]
    return _known(display_rule.drawn(inside, LEGS, by, sizes, filters=everywhere), rows)


def _known(drawn: Drawn, rows: Iterable[Sequence[Any]]) -> Counter[str]:
    """Known transport whose number tells something; nothing where all tell too little."""
    sizes: Counter[str] = Counter()
    for mode, size in rows:
        if mode not in (None, "unknown"):
            sizes[mode] += size
    return Counter({mode: n for mode, n in sizes.items() if drawn.error.interval(n)[0] > 0})


def _way(inside: Question, modes: Counter[str]) -> Mapping[str, Any]:
    """Transport in words: the main one, or the two that carry most."""
    text = flow_ends.modes_in_words(inside, modes) or inside.say("routes.stops.no_transport")
    return {"kind": "way", "text": text, "said": inside.say("routes.stops.way", modes=text)}


def _drawn(stop: _Stop) -> Mapping[str, Any]:
    return {
        "kind": "stop",
        "id": stop.id,
        "title": stop.title,
        "largest": max(stop.sizes.values()),
        "rows": [
            {
                "code": code,
                "label": label,
                "is_place": code in stop.places,
                "value": size,
                "text": numbers.at_mark(size, stop.drawn.base, stop.inside.lang),
                "range": ranges.in_words(stop.inside, stop.drawn, size),
            }
            for code, label, size in stop.rows
        ],
    }


def _table_rows(stop: _Stop) -> Iterator[tuple[Cell, ...]]:
    unit = JOURNEYS.unit_in(stop.inside.lang)
    for code, label, size in stop.rows:
        own = leg_counts.area_of(code) if code in stop.named else ""
        yield (stop.title, own, label, size, *stop.drawn.error.interval(size), unit)


def _described(stop: _Stop) -> str:
    told = ((label, size) for _, label, size in stop.rows)
    return f"{stop.title}: {stop.inside.named(told, JOURNEYS)}."
