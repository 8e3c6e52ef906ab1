"""Told: what a round shows of an edition, coarser than the edition itself.

Made of ``Differences`` alone, which come from two release files. Every number is a multiple of
``STEP`` (``model.signoff.in_steps``). Not told: who is missing, whose rows were left out, how many
were held back, how many units a month has, what waits.
"""

from __future__ import annotations

from typing import Any

from dashboard.model.protection import is_few
from dashboard.model.signoff import STEP, in_steps
from etl.release.preview.comparison import Differences, First


def told(differences: Differences) -> dict[str, Any]:
    """Rows of each section, with texts first and numbers last.

    Returns:
        ``totals``: fact, period, before (None where it is new), now. ``categories``, ``places``:
        fact, attribute, value, first period, size. ``jumps``: fact, "total" or a class, period,
        value and usual value, of a class in percent. ``folds``: fact, attribute, value, what it is
        shown as, since. ``beside``: sentences.
    """
    return {
        "totals": [
            [t.fact, t.period, None if t.before is None else in_steps(t.before), in_steps(t.now)]
            for t in differences.totals
        ],
        "categories": [_first(first) for first in differences.categories],
        "places": [_first(first) for first in differences.places],
        "jumps": [
            [j.fact, j.what, j.period, in_steps(j.value), in_steps(j.usual)]
            for j in differences.jumps
        ],
        "folds": [[f.fact, f.dimension, f.label, f.shown_as, f.since] for f in differences.folds],
        "beside": list(differences.beside),
    }


def _first(first: First) -> list[Any]:
    size = STEP if is_few(first.size, first.base) else in_steps(first.size)
    return [first.fact, first.dimension, first.label, first.period, size]
