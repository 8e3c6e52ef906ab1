"""Random views of a release, for contracts that hold over all of them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from dashboard.filters import Filters
from dashboard.model.filters import FILTERS
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release

AREAS = ("BD20", "BD2022", "BD20220094", "BD60", "BD6091", "BD30")
#: Every filter with every code that it takes; of places some of each level.
VALUES = [(entry.name, code) for entry in FILTERS for code in entry.codes or AREAS]


def periods(release: Release, draw: random.Random) -> list[Span]:
    """Any month, any quarter and any year of a release."""
    months = list(release.span)
    return [
        Span(month := draw.choice(months), month),
        Span(start := Month.of(draw.choice(months[:-2]).quarter_start.first_day), start.plus(2)),
        Span(start := draw.choice(months[:-11]), start.plus(11)),
    ]


def random_filters(release: Release, draw: random.Random) -> Filters:
    """A random period, and up to two filters."""
    chosen = dict(draw.sample(VALUES, draw.choice((0, 1, 1, 2))))
    period = draw.choice(periods(release, draw)).clipped(release.span)
    codes: Mapping[str, Any] = {name: (code,) for name, code in chosen.items()}
    return Filters(period=period, **codes)
