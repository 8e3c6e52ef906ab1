"""From, way and to of a corridor: three stops whose numbers each sum to its people.

As data a strip is a list of three stops, ``origin``, ``transit`` and ``destination``, with ``id``,
``title`` and ``rows`` of code, label, is_told (whether places are known), value, text, range, and
ends (the range where there is little room). From and to are by the ladder. A way is the places
between them in their order, each as finely as it was recorded. Journeys count people once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts import leg_counts
from dashboard.exhibits.counts.leg_counts import STOPS, UNKNOWN, is_place
from dashboard.exhibits.exhibit import Cell
from dashboard.exhibits.parts import breakdowns, flow_ends, ranges
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.groups import Strip
from dashboard.exhibits.parts.ladder import DetailLevel, choose_detail
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
    """People at one stop of the journeys of a corridor.

    Attributes:
        id: ``origin``, ``transit`` or ``destination``.
        sizes: People by row: a place, a way as its places joined by ``_THEN``, NOT_RECORDED, REST
            or UNKNOWN; they sum to all people.
    """

    id: str
    sizes: Mapping[str, int]

    @property
    def title(self) -> str:
        """Which stop it is; of the way of more than a few also for how many it was recorded."""
        recorded = self.total - self.sizes.get(NOT_RECORDED, 0)
        if self.id != "transit" or not recorded or self.breakdown.is_few(self.total):
            return self.translate(f"routes.stops.{self.id}")
        return self.translate(
            "routes.stops.transit_of", n=self.mark(recorded), of=self.mark(self.total)
        )

    def ends(self, code: str) -> tuple[int, int]:
        """What the number of a row is at least and at most."""
        size, breakdown = self.sizes[code], self.breakdown
        if code == REST:
            others = [other for row, other in self.sizes.items() if row != REST]
            breakdown = breakdowns.rest_of(self.question, breakdown, size, others)
        return breakdown.error.interval(size)

    @property
    def rows(self) -> list[tuple[str, str, int]]:
        """Code, name and number of each row."""
        return [(code, self._label(code), size) for code, size in self.sizes.items()]

    def is_known(self, code: str) -> bool:
        """Whether the people of a row have places that are known."""
        return code not in (NOT_RECORDED, UNKNOWN)

    def text(self, code: str) -> str:
        """The number of a row; of people without a recorded way with that of all, if no few."""
        text = self.mark(self.sizes[code])
        if code != NOT_RECORDED or self.breakdown.is_few(self.total):
            return text
        return self.translate("numbers.of", part=text, whole=self.mark(self.total))

    def _label(self, code: str) -> str:
        """Name of a row: its place, the places of its way, or what else it stands for."""
        if code == NOT_RECORDED:
            return self.translate("routes.stops.not_recorded")
        if code == REST:
            is_only = all(row == REST or not self.is_known(row) for row in self.sizes)
            return self.translate("groups.all" if is_only else "routes.stops.rest")
        return arrow(self.question.lang).join(
            flow_ends.place_name(self.question, place) for place in code.split(_THEN)
        )


def strip(question: Question) -> Strip:
    """The stops of the journeys of a corridor.

    Args:
        question: The question with one corridor chosen, in whole quarters; it has journeys.
    """
    # A level is shown even if no place of its ends is surely above 0.
    ladder = replace(STOPS, is_shown=lambda _: True)
    step = choose_detail(question, ladder, partial(_count, question), drawn=_drawn)
    stops = step.counted
    return Strip(
        [*map(_stop_data, stops)],
        [row for stop in stops for row in _table_rows(stop)],
        [stop.breakdown for stop in stops],
        [_sentence(stop) for stop in stops],
        step.detail(question),
    )


def _count(question: Question, level: DetailLevel) -> list[_Stop]:
    """Origin, way and destination of all journeys, with the places of both ends at a level."""
    people = {"origin": Counter[str](), "transit": Counter[str](), "destination": Counter[str]()}
    for chain, size in leg_counts.chains(question, level.id).items():
        people["origin"][chain.origin] += size
        people["destination"][chain.destination] += size
    for way, size in leg_counts.ways(question).items():
        people["transit"][_THEN.join(way) if way else NOT_RECORDED] += size
    return [_stop(question, level, name, sizes) for name, sizes in people.items()]


def _drawn(stops: Sequence[_Stop]) -> Breakdown:
    """The breakdown that decides how fine stops are: that of an end too uncertain to show, if any.

    Few journeys have a place on the way, so the way does not decide it.
    """
    origin, _, destination = (stop.breakdown for stop in stops)
    return destination if origin.is_informative else origin


def _stop(question: Question, level: DetailLevel, name: str, sizes: Counter[str]) -> _Stop:
    """People at one stop: at most five places, or ways, surely above 0, all others as REST.

    The stop is the origin, the destination, or what is between them, where a row is a whole way.

    Args:
        question: The question with one corridor chosen.
        level: Level of places in the country.
        name: Id of the stop.
        sizes: People by code of the row; codes of what is not known are taken out of it.
    """
    apart = {code: sizes.pop(code) for code in (NOT_RECORDED, UNKNOWN) if code in sizes}
    places = dict(sizes.most_common())
    by = tuple(column for column in level.by if column_of(column).startswith(name))
    breakdown = breakdowns.breakdown_of(question, JOURNEYS, by, list(places.values()))
    codes = [code for code, n in places.items() if breakdown.error.interval(n)[0] > 0][:_MOST]
    rows = {code: places[code] for code in sorted(codes, key=lambda code: not is_place(code))}
    if rest := sum(places.values()) - sum(rows.values()):
        rows[REST] = rest
    rows |= apart
    return _Stop(question, JOURNEYS, sum(rows.values()), breakdown, id=name, sizes=rows)


def _stop_data(stop: _Stop) -> Mapping[str, Any]:
    """A stop as the figure has it."""
    return {
        "id": stop.id,
        "title": stop.title,
        "rows": [
            {
                "code": code,
                "label": label,
                "is_told": stop.is_known(code),
                "value": size,
                "text": stop.text(code),
                "range": ranges.between(stop.question, *stop.ends(code)),
                "ends": _short_range(stop, code),
            }
            for code, label, size in stop.rows
        ],
    }


def _short_range(stop: _Stop, code: str) -> str:
    """A range where there is little room: "51–69"; '' of a number that is as reported."""
    low, high = stop.ends(code)
    return stop.reach(low, high) if low < high else ""


def _table_rows(stop: _Stop) -> Iterator[tuple[Cell, ...]]:
    """Rows of ``groups.table``: stop, codes of its places, name, number, range and unit."""
    unit, name = stop.unit, stop.translate(f"routes.stops.{stop.id}")
    for code, label, size in stop.rows:
        places = code.split(_THEN) if stop.is_known(code) and code != REST else []
        areas = "; ".join(map(leg_counts.area_of, places))
        yield (name, areas, label, size, *stop.ends(code), unit)


def _sentence(stop: _Stop) -> str:
    """A stop with its rows and their people, in words."""
    sizes = ((label, size) for _, label, size in stop.rows)
    name = stop.translate(f"routes.stops.{stop.id}")
    return f"{name}: {stop.question.named(sizes, JOURNEYS)}."
