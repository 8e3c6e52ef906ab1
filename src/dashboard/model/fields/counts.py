"""Counts: how many people or events one row stands for.

What a report counts does not belong here: see ``incidents``; nor durations: see ``referrals``.
"""

from __future__ import annotations

from dashboard.model.fields.field import Field, Kind

N = Field(
    "n",
    "People",
    Kind.COUNT,
    required=True,
    about="How many people the row stands for; 1 for an individual.",
)
SIZE = Field(
    "size", "Size", Kind.COUNT, required=True, about="Number of events that the unit stands for."
)
