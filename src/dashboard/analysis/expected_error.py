"""Expected error: how far protection put a figure's numbers from what they stand for.

It is read from echoes: the units of a release taken as if they were the truth and protected again
(``etl.protect.echoes``). Each number of a figure has one error in each echo; what they have in
common is what a reader may expect of the number that is shown. Measured against the truth of
invented registers in ``tests/attack/measures/echoes.py``. How a figure's echoes are asked for
stands in ``exhibits.counts.expected_error``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]

#: By how much the errors of echoes fall short of those of the first protection.
FACTOR = 1.10
#: Where one size ends and the next begins: nothing, 1 to 7, 8 to 15, 16 to 40, more.
EDGES = (0.5, 7.5, 15.5, 40.5)
#: Numbers of all sizes that each size borrows, so that one with few is not judged by them alone.
BORROWED = 10
#: Fewer numbers than this are few to tell an error from.
FEW = 30


@dataclass(frozen=True)
class Spread:
    """How the numbers of one size lie about what they stand for.

    Attributes:
        shift: How much is shown too much on average, in the figure's unit.
        spread: Standard deviation of what is shown about that, in the figure's unit.
    """

    shift: float
    spread: float


@dataclass(frozen=True)
class ExpectedError:
    """What may be expected of the numbers of a figure.

    Attributes:
        error: Expected error of a number above 0, in the figure's unit: about two numbers in three
            are right to it, nineteen in twenty to twice as much.
        numbers: How many numbers of echoes it is told from.
        sizes: The same for each size of a number, nothing first.
    """

    error: float
    numbers: int
    sizes: tuple[Spread, ...]

    @property
    def is_from_few(self) -> bool:
        """Whether it is estimated from few numbers."""
        return self.numbers < FEW

    def of(self, shown: float) -> Spread:
        """Shift and spread of a number as it is shown."""
        return self.sizes[int(np.digitize(shown, EDGES))]


#: What is expected of units that are the records themselves.
NO_ERROR = ExpectedError(0.0, FEW, (Spread(0.0, 0.0),) * (len(EDGES) + 1))


def expected_error(shown: Floats, errors: Floats, *, base: int) -> ExpectedError:
    """The expected error of a figure from the numbers of its echoes.

    Numbers that an echo shows as 0 do not count for the error, since most of them are right and
    would hide how far the others are off; they have a size of their own.

    Args:
        shown: What the echoes show in each number of the figure, shape (numbers,).
        errors: How much that is above what the echoes are made of, same shape.
        base: Smallest size of a unit: the error where no echo shows anything.
    """
    seen = shown > 0
    numbers = int(seen.sum())
    root = float(np.sqrt(np.mean(errors[seen] ** 2))) if numbers else float(base)
    usual = float(np.std(errors[seen])) if numbers else float(base)
    sizes = np.digitize(shown, EDGES)
    return ExpectedError(
        FACTOR * root,
        numbers,
        tuple(_spread(errors[sizes == size], usual) for size in range(len(EDGES) + 1)),
    )


def _spread(errors: Floats, usual: float) -> Spread:
    """Shift and spread of the errors of one size, drawn to no shift and the usual spread."""
    weight = len(errors) + BORROWED
    shift = float(errors.sum()) / weight
    squares = float(((errors - shift) ** 2).sum()) + BORROWED * usual**2
    return Spread(shift, FACTOR * (squares / weight) ** 0.5)
