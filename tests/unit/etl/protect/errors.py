"""Error of units against the records they were made from, recounted without the layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

Grain = Callable[[date], object]


def month(day: date) -> object:
    """The month of a day."""
    return day.year, day.month


def quarter(day: date) -> object:
    """The quarter of a day."""
    return day.year, (day.month - 1) // 3


def year(day: date) -> object:
    """The year of a day."""
    return day.year


def counts(events: Iterable[dict], names: tuple[str, ...], grain: Grain) -> Counter:
    """Sizes by period and values of some dimensions; a list counts once for each code."""
    found: Counter = Counter()
    for event in events:
        cells = [()]
        for name in names:
            value = event[name]
            values = value[:3] if isinstance(value, list) else [value]
            cells = [(*cell, code) for cell in cells for code in values]
        for cell in cells:
            found[(grain(event["month"]), cell)] += event.get("size", 1)
    return found


def errors(
    records: list[dict], units: list[dict], names: tuple[str, ...], grain: Grain
) -> list[int]:
    """Absolute error of every cell that occurs, in every period."""
    true, shown = counts(records, names, grain), counts(units, names, grain)
    periods = {period for period, _ in true}
    cells = {cell for _, cell in true} | {cell for _, cell in shown}
    return [abs(shown[period, cell] - true[period, cell]) for period in periods for cell in cells]


def mean_error(
    records: list[dict], units: list[dict], names: tuple[str, ...], grain: Grain
) -> float:
    """Mean of ``errors``."""
    found = errors(records, units, names, grain)
    return sum(found) / len(found)
