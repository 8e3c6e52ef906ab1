"""Wilson's interval: the range of a true share, given a count, by chance alone.

Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference.
Journal of the American Statistical Association 22, 209-212. Protection's error does not belong
here: see ``expected_error``.
"""

from __future__ import annotations

from math import sqrt

#: Nineteen times in twenty.
_Z = 1.959963984540054


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The ends of a share, each from 0 to 1, nineteen times in twenty.

    Args:
        part: How many of the whole, 0 to ``whole``.
        whole: At least 1.

    Raises:
        ValueError: For a part that is none of the whole, or for no whole.

    >>> [round(end, 4) for end in wilson(573, 7117)]
    [0.0744, 0.0871]
    """
    if whole < 1 or not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    share, spread = part / whole, _Z * _Z / whole
    middle = share + spread / 2
    reach = _Z * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    # At either end the formula gives 0 or 1 but for rounding.
    low = 0.0 if part == 0 else (middle - reach) / (1 + spread)
    high = 1.0 if part == whole else (middle + reach) / (1 + spread)
    return low, high
