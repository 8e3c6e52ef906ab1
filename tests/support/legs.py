"""Invented legs of journeys, and releases of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dashboard.filters import Filters
from dashboard.release.open_release import Release
from tests.support.releases import built, day


def leg(start: str | None, end: str | None, **more: object) -> Mapping[str, object]:
    """A unit of ten people on the sea, with what else is given."""
    own = {"quarter": day("2026-07"), "class_group": "smuggling", "corridor": "naf_river"}
    return {**own, "mode": "sea", "from_place": start, "to_place": end, "size": 10} | more


def release_of(folder: Path, units: Sequence[Mapping[str, object]], base: int = 5) -> Release:
    """A release of these legs and nothing else."""
    return built(folder, units={"legs": units}, base=base)


def whole(release: Release, **more: object) -> Filters:
    """All months of a release, with what else is given."""
    return Filters(period=release.span, **more)  # pyright: ignore[reportArgumentType]
