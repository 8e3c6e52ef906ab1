"""Fold: a rare code stands under another one, a rare place under the area above it.

The verb is *fold* and a code that stands under another is *folded*. What is rare is decided when
units are made; which folds a figure must mention, when it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: What a class stands under that is shown in its roll-up alone: no code of its own list.
IN_ROLL_UP = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """What a code of a dimension stands under from a period on: under itself where it is not rare.

    Attributes:
        fact: Id of the fact.
        dimension: Name of the dimension.
        code: The code, or the place.
        shown_as: What it stands under; IN_ROLL_UP for a class.
        from_period: First day of the first month or quarter of which this holds.
    """

    fact: str
    dimension: str
    code: str
    shown_as: str
    from_period: date

    @property
    def is_folded(self) -> bool:
        """Whether it stands under another code."""
        return self.code != self.shown_as


@dataclass(frozen=True, slots=True)
class Standing:
    """A stretch of time in which a place stands for itself.

    Attributes:
        fact: Id of the fact.
        dimension: Name of the dimension that holds the place.
        place: Its code.
        from_period: First day of the first month or quarter of which this holds.
        until_period: First day of the first one of which it no longer holds; None where it still
            does.
    """

    fact: str
    dimension: str
    place: str
    from_period: date
    until_period: date | None
