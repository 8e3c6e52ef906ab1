"""What next: of all that a store's state asks for, the one thing to do now, in one sentence.

``status`` begins with it and ``month`` goes on by it. What the state is stands in ``status``; which
sentence it comes to, in ``templates/next_step.txt``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from etl.commands.answer import lines_of
from etl.release.closing.months import closes_on, last_closed_month


def next_step(state: Mapping[str, Any], today: date) -> str:
    """What to do now, and why.

    Args:
        state: What ``status --json`` tells.
        today: The day.
    """
    next_close = closes_on(last_closed_month(today).plus(1))
    return "\n".join(lines_of("next_step", **state, today=today, next_close=next_close))
