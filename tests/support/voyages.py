"""Published releases for tests: boats at sea, by month, source and what became of people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support.releases import build_release, day, point_to

BAY, ANDAMAN, ADEN = "SEA-BOB", "SEA-AND", "SEA-GAD"


def voyage(
    month: str, *, source: str = "Publisher A", sea: str = BAY, boats: int = 0, **people: int
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Units of people and of boats that one row of a published source becomes."""
    shared = {"month": day(month), "sea_area": sea, "departure": "BD", "bound_for": "MY"}
    shared |= {"source": source}
    told = [{**shared, "sea_outcome": code, "size": n} for code, n in people.items() if n]
    return told, [{**shared, "size": boats}] if boats else []


def published(path: Path, voyages: Sequence[Any], **rest: Any) -> Path:
    """A release of published sources with some voyages."""
    units = {
        "voyages": [unit for people, _ in voyages for unit in people],
        "boats": [unit for _, boats in voyages for unit in boats],
    }
    made = {"base": 1, "kind": "published", "months": 24, "units": units, **rest}
    return build_release(path, **made)


def published_folder(folder: Path, voyages: Sequence[Any], **rest: Any) -> Path:
    """A folder of published releases with one, which its pointer names."""
    folder.mkdir(parents=True)
    published(folder / "2026-09-sea.duckdb", voyages, **rest)
    point_to(folder, "2026-09-sea")
    return folder
