"""Filtered pairs: whether a number under a filter lies in the range that is stated beside it.

A page that is asked for districts under one corridor takes the error of this very figure from the
echoes. Here every pair that readers filter by together is asked for so, by year, under each code of
the filter. That nothing large is shown where nobody was is asked of districts, which maps show; a
unit whose district is not told says so much of the area above it, and is asked about that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.analysis.expected_error import Sums, expected_error
from tests.attack.events import Events, Floats, read_release
from tests.attack.invented.aftermath import population
from tests.attack.invented.published import publisher
from tests.attack.measures.bounds import FILTERED, PAIRS, Figures, named
from tests.attack.measures.echo_figures import read_echoes

PER_MONTH = 50
_AREA_FILTERS = ("corridor", "mode", "class_group", "exploitation")
#: Lists of areas to what an area stands under where it is not told.
_ABOVE = {"district": "division", "upazila": "district"}
_GROUPS = ("sex", "is_child", "population_group")
#: Fact, what is listed, and the filters it is listed under; in the order of ``FILTERED``.
_PAIRS = (
    ("people", "district", _AREA_FILTERS), ("people", "upazila", _AREA_FILTERS),
    ("incidents", "district", _AREA_FILTERS[:3]), ("requests", "service", _GROUPS),
    ("endings", "service", _GROUPS),
)  # fmt: skip


@dataclass
class _Counted:
    """Numbers that were looked at.

    Attributes:
        shown: Numbers above 0.
        inside: How many of these have the truth in their range.
        ghosts: Numbers of two bases and more where nobody was.
    """

    shown: int = 0
    inside: int = 0
    ghosts: int = 0


def filtered_pairs(seed: int, years: int = 3) -> Figures:
    """Shares of right ranges, and numbers where nobody was, for each list."""
    facts = tuple(dict.fromkeys(fact_id for fact_id, *_ in _PAIRS))
    counted: dict[str, _Counted] = defaultdict(_Counted)
    with publisher(population(PER_MONTH, years, seed).only(*facts)) as store:
        store.close_all()
        path = store.release(echoed=True, checked=False)
        for name, (fact_id, listed, filters) in zip(FILTERED, _PAIRS, strict=True):
            truth = store.truth(fact_id)
            parts = truth, read_release(path, truth), [*read_echoes(path, truth)]
            for filter_ in filters:
                _count(counted[name], *parts, listed, filter_, 12 * years)
    found: Figures = {}
    for name, own in counted.items():
        found[f"{name}: truth inside the range stated, share"] = own.inside / own.shown
        found[f"{name}: two bases and more shown where nobody was"] = own.ghosts
    return named(PAIRS, found)


def _count(
    counted: _Counted, truth: Events, shown: Events, echoes: Sequence[tuple[Events, Events]],
    listed: str, filter_: str, months: int,
) -> None:  # fmt: skip
    base = truth.fact.base
    for code in range(len(truth.domains[filter_])):
        seen, true = (_by_year(part, listed, filter_, code, months) for part in (shown, truth))
        live = seen.any(axis=1)
        if not live.any():
            continue
        units, errors = (
            np.concatenate([_by_year(part, listed, filter_, code, months)[live] for part in parts])
            for parts in zip(*echoes, strict=True)
        )
        expected = expected_error(Sums.of(units.ravel(), errors.ravel()), base=base)
        for number, held in zip(seen[seen > 0].astype(int).tolist(), true[seen > 0], strict=True):
            low, high = expected.interval(number)
            counted.shown += 1
            counted.inside += bool(low <= held <= high)
        counted.ghosts += _ghosts(shown, truth, listed, filter_, code, months)


def _ghosts(shown: Events, truth: Events, listed: str, filter_: str, code: int, months: int) -> int:
    """Numbers of two bases and more where nobody was."""

    def found(units: Events, column: str, rows: slice) -> int:
        seen, true = (
            _by_year(part, column, filter_, code, months)[rows] for part in (units, truth)
        )
        return int(((true == 0) & (seen >= 2 * truth.fact.base)).sum())

    if listed not in _ABOVE:
        return found(shown, listed, slice(None))
    untold = shown.where(shown.first(listed) < 0)
    return found(shown, listed, slice(-1)) + found(untold, _ABOVE[listed], slice(None))


def _by_year(part: Events, listed: str, filter_: str, code: int, months: int) -> Floats:
    values = part.columns[filter_]
    values = values[:, None] if values.ndim == 1 else values
    return part.where((values == code).any(axis=1)).table((listed,), "year", months)
