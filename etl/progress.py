"""Progress: how work that takes a while says which step begins.

How a bar shows it stands in ``commands.answer``.
"""

from __future__ import annotations

from collections.abc import Callable

#: Called with the name of each step as it begins.
OnStep = Callable[[str], None]


def silent(step: str) -> None:
    """Do nothing with a step."""
