"""Ends of flows in tables: the code and the name of where each begins and where it ends.

An end may be an area, a country or a part of the sea; one that is not known has a name and no
code. Which ends there are stands in ``counts.leg_counts``.
"""

from __future__ import annotations

from dashboard.exhibits.counts.leg_counts import area_of
from dashboard.exhibits.exhibit import Column
from dashboard.exhibits.parts.leg_map import place_name
from dashboard.exhibits.question import Question
from dashboard.model import hxl

#: Ends by the name of their columns, with the HXL attribute of each.
_ENDS = {"from": "+origin", "to": "+dest"}


def columns(question: Question) -> tuple[Column, ...]:
    """Code and name of the beginning, then of the end."""
    return tuple(
        column
        for end, about in _ENDS.items()
        for column in (
            Column(
                f"{end}_code",
                question.say(f"routes.column_{end}_code"),
                hxl=hxl.code_of("place", about),
            ),
            Column(
                end,
                question.say(f"routes.column_{end}"),
                hxl=hxl.name_of("place", question.lang, about),
            ),
        )
    )


def cells(question: Question, code: str) -> tuple[str, str]:
    """Code and name of one end."""
    return area_of(code), place_name(question, code)
