"""Releases of three years in which places hold as many incidents a month as a test says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.releases import LAST_MONTH, build_release

MONTHS = 36
SPAN = Span.last(MONTHS, until=LAST_MONTH)
QUARTER = Span.last(3, until=LAST_MONTH)
CAMP, OTHER_CAMP, UKHIA, TEKNAF = "CXB-017", "CXB-025", "BD20220094", "BD20220090"
#: Month of the release in which ``risen`` begins.
RISE = 24
Unit = Mapping[str, object]


def units(place: str | None, each: int, *, since: int = 0, until: int = MONTHS) -> list[Unit]:
    """One unit a month of a place, from a month on and until another."""
    return [
        {"month": month.first_day, "place": place, "place_role": "recruitment", "size": each}
        for month in list(SPAN)[since:until]
    ]


#: What happens elsewhere stays as it is.
STEADY = units("BD3026", 60)


def risen(months: int) -> list[Unit]:
    """Teknaf has 5 a month and for some months 30."""
    end = RISE + months
    return [
        *units(TEKNAF, 5, until=RISE),
        *units(TEKNAF, 30, since=RISE, until=end),
        *units(TEKNAF, 5, since=end),
    ]


@contextmanager
def opened(folder: Path, *of: Sequence[Unit], **more: object) -> Iterator[Release]:
    """A release of incidents."""
    listed = [unit for own in of for unit in own]
    path = build_release(
        folder / "usual.duckdb",
        **{"months": MONTHS, "units": {"incidents": listed}, **more},  # type: ignore[arg-type]
    )
    release = Release(path)
    yield release
    release.close()
