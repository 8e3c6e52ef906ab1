"""Months of areas: events of each area by month, and how far to trust them.

What is told of areas stands in ``usual_areas`` and ``signals``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from dashboard import queries
from dashboard.analysis.own_past import ByMonth, Spreads, Told, Window, told
from dashboard.exhibits.counts.area_counts import column_of_level
from dashboard.exhibits.counts.expected_error import error_of
from dashboard.exhibits.counts.home import COUNTRY, home, way_up
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS, PARENT_LEVELS, Fact
from dashboard.model.periods import Span
from dashboard.model.protection import SPREAD_OF_HISTORY, SPREAD_OF_WINDOW, is_protected
from dashboard.release.open_release import Release

Level = Literal["upazila", "camp_region", "camp", "district", "country", "sea_area"]


def events_by_month(
    release: Release, fact: Fact, filters: Filters, level: Level, span: Span
) -> ByMonth:
    """Events of a level by area and month, and of all areas and none by month.

    Districts in the home are left out.
    """
    rows = queries.series(release, fact, filters, span, (column_of_level(level),))
    at = {start: n for n, start in enumerate(queries.period_starts(fact, span))}
    totals = np.zeros(len(at))
    areas: dict[str, list[tuple[int, int]]] = {}
    for start, code, size in rows:
        totals[at[start]] += size
        if code is not None and _is_area(release, code, level):
            areas.setdefault(code, []).append((at[start], size))
    sizes = np.zeros((len(areas), len(at)))
    for n, own in enumerate(areas.values()):
        for month, size in own:
            sizes[n, month] = size
    base = release.base(fact.id)
    least = float(base) if is_protected(base) else 0.0
    return ByMonth(tuple(areas), sizes, totals, _together(release, fact), least)


def _is_area(release: Release, code: str, level: Level) -> bool:
    if level == "district":
        seen_from = home(release)
        return seen_from == COUNTRY or seen_from not in way_up(release, code)
    if level in PARENT_LEVELS:
        return True
    place = release.places.get(code)
    return place is not None and place.level == level


def told_of(
    release: Release, fact: Fact, filters: Filters, level: Level, table: ByMonth, *windows: Window
) -> Iterator[Told]:
    """What is told of areas in some windows that have a history, with nothing that came later.

    Args:
        release: The open release.
        fact: What is counted, by month.
        filters: What the numbers obey.
        level: Level of the areas.
        table: Their events by month, from the beginning of the release on.
        *windows: The windows.
    """
    # The error is that of all windows of a length, so one question a length of history is enough.
    blur: dict[tuple[int, int], Spreads] = {}
    for window in windows:
        length = window.length, window.history
        if window.history and length not in blur:
            end = release.span.start.plus(window.stop - 1)
            span = Span.last(window.length, until=end)
            history = Span.last(window.history, until=span.start.plus(-1))
            blur[length] = _spreads(release, fact, filters, level, span, history)
        if window.history:
            yield told(table, window, blur[length])


def _spreads(
    release: Release, fact: Fact, filters: Filters, level: Level, window: Span, history: Span
) -> Spreads:
    """What protection does to counts of a window and of a history: told by echoes, else assumed."""
    base = release.base(fact.id)
    if not is_protected(base):
        return Spreads(0.0, 0.0)
    if not release.replicates(fact.id):
        return Spreads(SPREAD_OF_WINDOW * base, SPREAD_OF_HISTORY * base)
    by = (column_of_level(level),)
    now, before = (error_of(release, fact, filters, span, by).error for span in (window, history))
    return Spreads(now, before)


def _together(release: Release, fact: Fact) -> float:
    """How many events of a fact come with one incident, so that chance makes as many of them."""
    if fact.id == INCIDENTS.id:
        return 1.0
    everything = (Filters(), release.span)
    incidents = queries.total(release, INCIDENTS, *everything)
    return max(queries.total(release, fact, *everything) / incidents, 1.0) if incidents else 1.0
