"""Round content: what a round shows of an edition, coarser than the edition itself.

Made of ``Differences`` alone, which come from two release files. Every number of the tables is a
multiple of ``STEP``; counts that the edition calls a few are ``STEP``. What stands beside the
numbers holds counts of areas as they are, which are no records. A round never says who is missing,
whose rows were left out, how many were held back, how many units a month has, or what waits.
"""

from __future__ import annotations

from typing import Any

from dashboard.model.protection import is_few
from dashboard.model.signoff import STEP, in_steps, nearest_step
from etl.release.preview.comparison import Differences, First, Suspicion


def round_content(differences: Differences) -> dict[str, Any]:
    """Rows of each section, with texts first and numbers last.

    Returns:
        ``totals``: fact, period, before (None where it is new), now. ``categories``, ``places``:
        fact, attribute, value, first period, size. ``jumps``: fact, "total" or a class, period,
        value and usual value, of a class in percent. ``beside``: kind, whether it was added, parts
        by name (``table_changes.Change.parts``).
    """
    return {
        "totals": [
            [
                t.fact,
                t.period,
                None if t.before is None else _count(t.before, t.base),
                _count(t.now, t.base),
            ]
            for t in differences.totals
        ],
        "categories": [_first(first) for first in differences.categories],
        "places": [_first(first) for first in differences.places],
        "jumps": [_suspicion(jump) for jump in differences.jumps],
        "beside": [[c.kind, c.added, dict(c.parts)] for c in differences.beside],
    }


def _first(first: First) -> list[Any]:
    """The row of what appears for the first time."""
    size = _count(first.size, first.base)
    return [first.fact, first.dimension, first.label, first.period, size]


def _suspicion(suspicion: Suspicion) -> list[Any]:
    """The row of a suspicious period: a total is a count; a share has no rule of few."""
    values = (suspicion.value, suspicion.usual)
    if suspicion.what == "total":
        rounded = [_count(value, suspicion.base) for value in values]
    else:
        rounded = [nearest_step(value) for value in values]
    return [suspicion.fact, suspicion.what, suspicion.period, *rounded]


def _count(value: float, base: int) -> int:
    """A count in steps; what the edition calls a few by the base of its fact is one step."""
    return STEP if is_few(value, base) else in_steps(value)
