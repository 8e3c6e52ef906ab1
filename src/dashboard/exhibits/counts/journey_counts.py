"""Journeys by their stops: people per chain of origin, transit and destination, each once.

Counting only. How chains and stops are drawn and worded stands in ``routes``. A stop is an end as
legs have them (``leg_counts``); ends abroad are countries on each level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import queries
from dashboard.exhibits.counts.leg_counts import UNKNOWN, end_of
from dashboard.exhibits.parts.ladder import Ladder, Rung
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


#: Levels of the stops of a journey in Bangladesh, from fine to coarse.
STOPS = Ladder(
    "level",
    tuple(
        Rung(level, tuple(dict.fromkeys((
            f"origin_{level}", "origin_country", "transit",
            f"destination_{level}", "destination_country",
        ))))
        for level in ("district", "division", "country")
    ),
)  # fmt: skip

#: Places on the way, in their order.
_TRANSIT = Whole("transit")


def chains(question: Question, level: str) -> dict[Chain, int]:
    """People per chain of stops at a level, the largest first; they sum to all journeys."""
    release = question.release
    ends = [(f"{end}_{level}", f"{end}_country", end) for end in ("origin", "destination")]
    sizes: Counter[Chain] = Counter()
    for row in queries.counts(
        release, JOURNEYS, question.filters, question.period, (*ends[0], _TRANSIT, *ends[1])
    ):
        origin, transit, destination = row[:3], row[3], row[4:7]
        chain = Chain(
            end_of(release, *origin),
            _between(release, transit, level),
            end_of(release, *destination),
        )
        sizes[chain] += row[-1]
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
