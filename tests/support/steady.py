"""Registers that stay the same until a last window: what the judge of change is tried on."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.model.periods import Month
from tests.support.releases import LAST_MONTH

Unit = Mapping[str, object]


def steady(
    before: int, now: int, *, months: int = 36, window: int = 3, last: Month = LAST_MONTH,
    **values: object,
) -> list[Unit]:  # fmt: skip
    """Units of five events: so many each month, and so many each month of the last window.

    Args:
        before: Units of each month before the window.
        now: Units of each month of the window.
        months: Months in all, the window's too.
        window: Months of the window.
        last: Last of them.
        **values: What the units hold beside their month and size.
    """
    starts = [last.plus(-back) for back in reversed(range(months))]
    return [
        {"month": month.first_day, "size": 5, "place_role": "exploitation", **values}
        for at, month in enumerate(starts)
        for _ in range(now if at >= months - window else before)
    ]
