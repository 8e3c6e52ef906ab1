"""The display rule: whether a view may be drawn with the units that it has.

The rule compares sizes; it protects nobody (that was done before publishing) but keeps readers
from reading noise. What is offered instead stands in ``making``.
"""

from __future__ import annotations

from typing import Literal

Grade = Literal["plain", "rough", "refused"]


def grade(shown: int, cells: int, base: int) -> Grade:
    """How a view may be shown.

    Args:
        shown: Number of events in the view.
        cells: Cells of the view that hold anything in any period of the release.
        base: Protection base of the fact; 1 means no rule.

    Returns:
        "plain"; "rough" where the mean cell is below twice the base; "refused" below the base.
    """
    if base == 1:
        return "plain"
    mean = shown / max(cells, 1)
    if mean < base:
        return "refused"
    return "rough" if mean < 2 * base else "plain"
