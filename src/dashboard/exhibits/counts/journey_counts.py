"""Journeys by their stops: people per chain of origin, transit and destination, each once.

Counting only. How chains and stops are drawn and worded stands in ``routes``. A stop is an end as
legs have them (``leg_counts``); ends abroad are countries on each level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import queries
from dashboard.exhibits.counts.leg_counts import UNKNOWN, by_level, end_of
from dashboard.exhibits.question import Question
from dashboard.model.counted_by import Whole
from dashboard.model.facts import JOURNEYS
from dashboard.release.open_release import Release


@dataclass(frozen=True, order=True)
class Chain:
    """The stops of a journey: where it began, places on the way in order, where it ended."""

    origin: str
    transit: tuple[str, ...]
    destination: str

    @property
    def stops(self) -> tuple[str, ...]:
        """All stops in order."""
        return (self.origin, *self.transit, self.destination)


#: Levels of the stops of a journey in Bangladesh.
STOPS = by_level("origin", "destination", between=("transit",))

#: Places on the way, in their order.
_TRANSIT = Whole("transit")


def chains(question: Question, level: str) -> dict[Chain, int]:
    """People per chain of stops at a level, the largest first; they sum to all journeys."""
    release = question.release
    ends = [(f"{end}_{level}", f"{end}_country", end) for end in ("origin", "destination")]
    sizes: Counter[Chain] = Counter()
    by = (*ends[0], _TRANSIT, *ends[1])
    for *stops, size in queries.counts(release, JOURNEYS, question.filters, question.period, by):
        origin, destination = end_of(release, *stops[:3]), end_of(release, *stops[4:])
        sizes[Chain(origin, _between(release, stops[3], level), destination)] += size
    return dict(sorted(sizes.items(), key=lambda entry: (-entry[1], entry[0])))


def _between(release: Release, places: Sequence[str], level: str) -> tuple[str, ...]:
    """Places on the way at a level, in order; several in one area are one."""
    stops = (_stop(release, place, level) for place in places)
    return tuple(dict.fromkeys(stops))


def _stop(release: Release, place: str, level: str) -> str:
    """A place on the way at a level, as an end of a journey has it."""
    known = release.places.get(place)
    if known is None:
        return UNKNOWN
    area = place if known.level == level else release.parent(place, level)
    country = place if known.level == "country" else release.parent(place, "country")
    return end_of(release, area, country, place)
