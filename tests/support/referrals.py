"""Invented requests and endings of referrals, and releases of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.releases import built, day

#: The quarter of what is invented here.
QUARTER = Filters(period=Span.parse("2026-04..2026-06"))


def request(
    service: str = "health", agency: str | None = "police", **more: object
) -> dict[str, object]:
    """Ten first referrals of May 2026 for a service, with what else is given."""
    own = {"month": day("2026-05"), "step": "first", "size": 10}
    return {**own, "service": service, "from_agency_type": agency} | more


def ending(
    status: str, service: str = "health", reason: str | None = None, **more: object
) -> dict[str, object]:
    """Ten of them that ended in the same month, with what else is given."""
    own = {"month": day("2026-05"), "step": "first", "size": 10, "lag_quarters": "0"}
    return {**own, "service": service, "status": status, "no_service_reason": reason} | more


def release_of(
    folder: Path,
    requests: Sequence[Mapping[str, object]],
    endings: Sequence[Mapping[str, object]] = (),
) -> Release:
    """A release of these and nothing else."""
    units = {"requests": requests, "endings": endings}
    return built(folder, units=units)
