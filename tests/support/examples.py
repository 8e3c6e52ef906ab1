"""How many examples a property is tried with: as many as the profile of a run says.

``few`` is for ``make test`` while one works, and for other versions of the packages; ``.ci/run``
draws all.
"""

from __future__ import annotations

from hypothesis import settings

#: What a property is tried with that asks for nothing else, and in a run of ``few``.
USUAL, FEW = 25, 5


def examples(number: int) -> int:
    """So many where a property needs more or fewer than usual, in proportion fewer in ``few``."""
    few = settings.default.max_examples < USUAL
    return max(1, number * FEW // USUAL) if few else number
