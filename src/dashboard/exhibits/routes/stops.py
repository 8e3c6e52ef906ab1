"""From, way and to of a corridor: three stops whose numbers each sum to its people.

As data a strip is a list of three stops, ``origin``, ``transit`` and ``destination``, with ``id``,
``title`` and ``rows`` of code, label, is_told (whether places are known), value, text, range, and
ends (the range where there is little room). From and to are by the ladder. A way is the places
between them in their order, each as finely as it was recorded; from and to are never among them.
Journeys count people once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts import leg_counts
from dashboard.exhibits.counts.leg_counts import STOPS, UNKNOWN, is_place
from dashboard.exhibits.exhibit import Cell, Detail
from dashboard.exhibits.parts import display_rule, flow_ends, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.ladder import Rung, climb
from dashboard.exhibits.question import Question
from dashboard.model.counted_by import column_of
from dashboard.model.facts import JOURNEYS
from dashboard.model.languages import arrow

#: Rows of a stop that name a place at most.
_MOST = 5
#: Journeys whose way was not recorded, and all rows of a stop that are not named.
NOT_RECORDED, REST = "not_recorded", "rest"
#: Between the places of a way in its code.
_THEN = "+"


@dataclass(frozen=True, kw_only=True)
class _Stop(Counted):
    """People at a stop: by place or way, NOT_RECORDED, REST or UNKNOWN; they sum to all people."""

    id: str
    sizes: Mapping[str, int]

    @property
    def title(self) -> str:
        """Which stop it is, in words; of a way how much of it is told."""
        told = self.total - self.sizes.get(NOT_RECORDED, 0)
        if self.id != "transit" or not told:
            return self.say(f"routes.stops.{self.id}")
        return self.say("routes.stops.transit_of", n=self.mark(told), of=self.mark(self.total))

    @property
    def rows(self) -> list[tuple[str, str, int]]:
        """Code, name and number of each row."""
        return [(code, self._label(code), size) for code, size in self.sizes.items()]

    def is_told(self, code: str) -> bool:
        """Whether the people of a row have places that are known."""
        return code not in (NOT_RECORDED, UNKNOWN)

    def text(self, code: str) -> str:
        """The number of a row; of what was not recorded with that of all."""
        said = self.mark(self.sizes[code])
        if code != NOT_RECORDED:
            return said
        return self.say("routes.stops.of", n=said, of=self.mark(self.total))

    def _label(self, code: str) -> str:
        if code == NOT_RECORDED:
            return self.say("routes.stops.not_recorded")
        if code == REST:
            is_alone = all(own == REST or not self.is_told(own) for own in self.sizes)
            return self.say("groups.all" if is_alone else "routes.stops.rest")
        return arrow(self.question.lang).join(
            flow_ends.place_name(self.question, one) for one in code.split(_THEN)
        )


@dataclass(frozen=True)
class Strip:
    """A strip; without journeys there is none.

    Attributes:
        figure: As the module describes it.
        rows: Its numbers as rows of ``groups.table``.
        drawn: The cuts that it draws.
        detail: How fine its ends are.
        described: The same in sentences.
    """

    figure: Sequence[Mapping[str, Any]] | None = None
    rows: Sequence[tuple[Cell, ...]] = ()
    drawn: Sequence[Drawn] = ()
    detail: Detail | None = None
    described: Sequence[str] = ()


def strip(inside: Question) -> Strip:
    """The stops of the journeys of a corridor.

    Args:
        inside: The question with one corridor chosen, in whole quarters; it has journeys.
    """
    ladder = replace(STOPS, stands=lambda _: True)
    step = climb(inside, ladder, lambda rung: _count(inside, rung))
    stops = step.counted
    return Strip(
        [*map(_drawn, stops)],
        [row for stop in stops for row in _table_rows(stop)],
        [stop.drawn for stop in stops],
        step.detail(inside),
        [_described(stop) for stop in stops],
    )


def _count(inside: Question, rung: Rung) -> tuple[list[_Stop], Drawn]:
    """The stops on one rung, and what tells least of the ends that they would draw."""
    people = {"origin": Counter[str](), "transit": Counter[str](), "destination": Counter[str]()}
    for chain, size in leg_counts.chains(inside, rung.id).items():
        people["origin"][chain.origin] += size
        people["destination"][chain.destination] += size
    for way, size in leg_counts.ways(inside).items():
        people["transit"][_THEN.join(way) if way else NOT_RECORDED] += size
    first, way, last = (_stop(inside, rung, name, sizes) for name, sizes in people.items())
    # Few journeys have a place on the way: that none stands there does not make both ends coarser.
    rough = next((end.drawn for end in (first, last) if not end.drawn.holds), first.drawn)
    return [first, way, last], rough


def _stop(inside: Question, rung: Rung, name: str, sizes: Counter[str]) -> _Stop:
    """People at one stop; rows that tell too little are one, all others keep their own."""
    apart = {code: sizes.pop(code) for code in (NOT_RECORDED, UNKNOWN) if code in sizes}
    places = dict(sizes.most_common())
    by = tuple(each for each in rung.by if column_of(each).startswith(name))
    drawn = display_rule.drawn(inside, JOURNEYS, by, list(places.values()))
    kept = [code for code, n in places.items() if drawn.error.interval(n)[0] > 0][:_MOST]
    shown = {code: places[code] for code in sorted(kept, key=lambda code: not is_place(code))}
    if rest := sum(places.values()) - sum(shown.values()):
        shown[REST] = rest
    sizes_shown = shown | apart
    return _Stop(
        question=inside,
        fact=JOURNEYS,
        total=sum(sizes_shown.values()),
        drawn=drawn,
        id=name,
        sizes=sizes_shown,
    )


def _drawn(stop: _Stop) -> Mapping[str, Any]:
    return {
        "id": stop.id,
        "title": stop.title,
        "rows": [
            {
                "code": code,
                "label": label,
                "is_told": stop.is_told(code),
                "value": size,
                "text": stop.text(code),
                "range": ranges.in_words(stop.question, stop.drawn, size),
                "ends": _ends(stop, size),
            }
            for code, label, size in stop.rows
        ],
    }


def _ends(stop: _Stop, size: int) -> str:
    """A range where there is little room: "51–69"; '' of a number that is as reported."""
    low, high = stop.drawn.error.interval(size)
    return stop.reach(low, high) if low < high else ""


def _table_rows(stop: _Stop) -> Iterator[tuple[Cell, ...]]:
    unit = stop.unit
    name = stop.say(f"routes.stops.{stop.id}")
    for code, label, size in stop.rows:
        told = code.split(_THEN) if stop.is_told(code) and code != REST else []
        own = "; ".join(map(leg_counts.area_of, told))
        yield (name, own, label, size, *stop.drawn.error.interval(size), unit)


def _described(stop: _Stop) -> str:
    told = ((label, size) for _, label, size in stop.rows)
    name = stop.say(f"routes.stops.{stop.id}")
    return f"{name}: {stop.question.named(told, JOURNEYS)}."
