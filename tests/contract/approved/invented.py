"""Invented editions in which stands what the sample has too little of, or nothing of at all.

``rich`` has units of every fact, all that operators hand over, and what editions showed; ``little``
hardly anything; ``published`` has records of published sources, with boats at sea.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dashboard.model.capacity import Capacity
from dashboard.model.event_note import EventNote
from dashboard.model.periods import Month, Span
from dashboard.model.population import Population
from dashboard.model.target import MEASURED, Target
from tests.support.application import CAMP
from tests.support.releases import LAST_MONTH, build_release, point_to

RICH = "rich"
_DISTRICT, _UPAZILA = "BD2022", "BD20220094"
_AREAS = (_DISTRICT, "BD2015", "BD3026", _UPAZILA, "BD20220090")
_SPAN = Span.last(24, until=LAST_MONTH)
_QUARTER = LAST_MONTH.plus(-2)


def editions(folder: Path) -> Iterator[Path]:
    """The file of each, in a folder that shows it."""
    for made in (_rich(folder), _little(folder), _published(folder)):
        point_to(made.parent, made.stem)
        yield made


def _rich(folder: Path) -> Path:
    return build_release(
        folder / RICH / f"{RICH}.duckdb", seed=7, months=24, home=_DISTRICT, per_month=150,
        notes=_notes(), populations=_populations(), outlines=[CAMP], targets=_targets(),
        capacities=_capacities(), series=_series(),
        reporting=[(_DISTRICT, "2024-10", None), ("BD3026", "2025-01", "2026-03")],
        shares=[(fact, "2026-08", "under_third", "none") for fact in ("people", "incidents")],
    )  # fmt: skip


def _little(folder: Path) -> Path:
    """Five months of the public with a few people and an incident, and nothing else."""
    few = [
        {"month": month.first_day, "place": _DISTRICT, "class_group": "smuggling", "size": 10}
        for month in _SPAN.last(3, until=LAST_MONTH)
    ]
    return build_release(
        folder / "little" / "little.duckdb", months=5, kind="real", audience="public",
        units={"people": few, "incidents": few[-1:]},
    )  # fmt: skip


def _published(folder: Path) -> Path:
    return build_release(
        folder / "published" / "published.duckdb", seed=8, months=12, base=1, kind="published",
        per_month=12,
    )  # fmt: skip


def _notes() -> list[EventNote]:
    return [
        EventNote(_QUARTER, LAST_MONTH, "policy", "", "A new rule", "নতুন নিয়ম"),
        EventNote(_QUARTER, _QUARTER, "flood", _DISTRICT, "A flood", ""),
        EventNote(_QUARTER, _QUARTER, "operation", _UPAZILA, "A raid", ""),
    ]


def _populations() -> list[Population]:
    counted = [
        Population(area, group, 2025, "adm_v03", 40_000 * at)
        for at, area in enumerate(_AREAS, 5)
        for group in ("all", "host")
    ]
    camps = [Population(f"CXB-20{at}", "refugees", 2026, "camps_2023", 9_000 * at) for at in (1, 2)]
    return [*counted, Population(_DISTRICT, "refugees", 2026, "adm_v03", 90_000), *camps]


def _targets() -> list[Target]:
    """Of each indicator a low and a high one, of all and of one area, whose months begin or end."""
    names = [name + ".legal_aid" * kind.by_service for name, kind in MEASURED.items()]
    begun = (Span(_QUARTER, LAST_MONTH), Span(LAST_MONTH, LAST_MONTH.plus(5)))
    return [
        Target(name, area, group, begun[at % 2], number, "Plan")
        for at, name in enumerate(names)
        for number, area, group in ((20, "", "all"), (60 + 900 * at, _DISTRICT, "women"))
    ]


def _capacities() -> list[Capacity]:
    return [
        Capacity(area, service, group, 7 * at, date(2026, 7, at))
        for at, (area, service, group) in enumerate(
            (
                (_DISTRICT, "safe_shelter", "women"), (_UPAZILA, "safe_shelter", "women"),
                ("BD2015", "legal_aid", "all"), (_DISTRICT, "legal_aid", "girls"),
            ), 1,
        )
    ]  # fmt: skip


def _series() -> list[tuple[str, str, str, int]]:
    """What editions showed: a fifth of two months comes late."""
    months: list[Month] = list(_SPAN)
    return [
        (fact, str(edition), str(month), 100 - 20 * (edition.minus(month) < 2))
        for fact in ("incidents", "people")
        for edition in months
        for month in months
        if 0 <= edition.minus(month) < 15
    ]
