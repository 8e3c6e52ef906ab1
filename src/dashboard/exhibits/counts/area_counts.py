"""Areas of a map: which level is drawn, which areas of it, how many events each holds.

Only levels with boundaries belong here. Words and colours stand with the exhibits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import queries
from dashboard.analysis.extents import BANGLADESH, Box, box_around
from dashboard.exhibits.parts import display_rule
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.question import Question
from dashboard.filters import Filters
from dashboard.model.facts import PARENT_LEVELS, Fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release

COUNTRY = "BD"
#: Levels with boundaries, from coarse to fine, and the next finer one of each.
LEVELS = ("division", "district", "upazila")
_FINER = {"country": "district", "division": "district", "district": "upazila"}


def chosen_areas(release: Release, filters: Filters) -> tuple[str, ...]:
    """Chosen areas that lie in Bangladesh; a chosen country is not one."""
    return tuple(
        code for code in filters.codes_of("area")
        if release.places[code].level in (*LEVELS, "camp", "camp_region", "anchor")
    )  # fmt: skip


def map_level(release: Release, filters: Filters, asked: str) -> str:
    """Level to draw: the one asked for, never coarser than a chosen area.

    ``auto`` gives districts, and inside chosen divisions or districts the next finer level. None is
    finer than the release offers.
    """
    levels = [release.places[code].level for code in chosen_areas(release, filters)]
    if asked == "auto":
        finer = [_FINER.get(level, "upazila") for level in levels]
        wanted = max(finer, key=LEVELS.index, default="district")
    else:
        floor = [level if level in LEVELS else "upazila" for level in levels]
        wanted = max([asked, *floor], key=LEVELS.index)
    offered = levels_offered(release)
    return wanted if wanted in offered else offered[-1]


def levels_offered(release: Release) -> tuple[str, ...]:
    """Levels with boundaries that a release's readers may ask for, from coarse to fine."""
    return tuple(level for level in LEVELS if release.edition.offers_level(level))


def areas_shown(release: Release, level: str, chosen: Sequence[str]) -> list[str]:
    """Codes of a level that lie in the chosen areas, or hold them; all without a choice."""
    codes: list[str] = release.remember(
        ("areas", level), lambda: [c for c, place in release.places.items() if place.level == level]
    )
    if not chosen:
        return codes
    holding = {release.parent(code, level) for code in chosen}
    return [
        code
        for code in codes
        if code in holding or not set(chosen).isdisjoint(ancestors(release, code))
    ]


def ancestors(release: Release, code: str) -> tuple[str, ...]:
    """A place and what it lies in, from fine to coarse."""
    above = (release.parent(code, level) for level in PARENT_LEVELS)
    return (code, *(parent for parent in above if parent))


def box_of(release: Release, areas: Sequence[str], chosen: Sequence[str]) -> Box:
    """What a map of some areas must show."""
    if not chosen:
        return BANGLADESH
    points = [point for code in areas if (point := centre(release, code))]
    return box_around(points, margin=0.4, least=0.25) or BANGLADESH


def centre(release: Release, code: str) -> tuple[float, float] | None:
    """Centre of a place in degrees, or None where it has none."""
    place = release.places.get(code)
    if place is None or place.lon is None or place.lat is None:
        return None
    return place.lon, place.lat


@dataclass(frozen=True)
class AreaCount:
    """Events of a fact by area of one level, and those that have no such area.

    Attributes:
        fact: What is counted.
        level: Level of the areas.
        chosen: Areas in Bangladesh that the reader chose.
        sizes: Events by area, the empty ones too.
        elsewhere: Events without such an area: by ``abroad``, ``sea``, ``coarser``, ``unknown``.
        drawn: The areas as a cut, for the display rule.
    """

    fact: Fact
    level: str
    chosen: tuple[str, ...]
    sizes: dict[str, int]
    elsewhere: dict[str, int]
    drawn: Drawn

    @property
    def mapped(self) -> int:
        """Events that have an area."""
        return sum(self.sizes.values())

    @property
    def total(self) -> int:
        """All events."""
        return self.mapped + sum(self.elsewhere.values())

    @property
    def ranked(self) -> list[tuple[str, int]]:
        """Areas that hold anything, the largest first."""
        held = [entry for entry in self.sizes.items() if entry[1] > 0]
        return sorted(held, key=lambda entry: -entry[1])


ELSEWHERE: tuple[str, ...] = ("abroad", "sea", "coarser", "unknown")


def count_areas(
    question: Question, fact: Fact, level: str, period: Span | None = None
) -> AreaCount:
    """Count a fact by area, leaving checkpoints out unless they are asked for."""
    release = question.release
    filters = queries.shown_roles(question.filters)
    chosen = chosen_areas(release, question.filters)
    sizes = dict.fromkeys(areas_shown(release, level, chosen), 0)
    elsewhere = dict.fromkeys(ELSEWHERE, 0)
    for area, country, place, size in queries.counts(
        release, fact, filters, period or question.period, (level, "country", "place")
    ):
        if area in sizes:
            sizes[area] += size
        else:
            elsewhere[_whereabouts(release, country, place)] += size
    drawn = drawn_areas(question, fact, (level,), chosen, sum(sizes.values()))
    return AreaCount(fact, level, chosen, sizes, elsewhere, drawn)


def drawn_areas(
    question: Question, fact: Fact, by: tuple[str, ...], chosen: tuple[str, ...], total: int
) -> Drawn:
    """A cut by area within the chosen areas; its cells hold something in any period."""
    release = question.release
    within = queries.shown_roles(Filters(area=chosen, role=question.filters.codes_of("role")))

    def count() -> int:
        rows = queries.counts(release, fact, within, release.span, by)
        return sum(1 for row in rows if row[0] is not None)

    cells: int = release.remember(("live areas", fact.id, by, within), count)
    filters = queries.shown_roles(question.filters)
    return display_rule.drawn(question, fact, by, total, cells=cells, filters=filters)


def _whereabouts(release: Release, country: str | None, place: str | None) -> str:
    if country == COUNTRY:
        return "coarser"
    if country:
        return "abroad"
    known = release.places.get(place or "")
    return "sea" if known and known.level == "sea_area" else "unknown"
