"""Time: months and quarters, and how exactly a date is known.

Points in time belong here. Durations and their bands do not: see ``referrals`` and ``classes``;
nor the calendar itself: see ``dashboard.model.periods``.
"""

from __future__ import annotations

from dashboard.model import codes
from dashboard.model.fields.field import Field, Kind, coded

REPORT_MONTH = Field(
    "report_month",
    "Month of report",
    Kind.MONTH,
    required=True,
    about="Month in which the partner reported the incident.",
)
INCIDENT_MONTH = Field(
    "incident_month",
    "Month of incident",
    Kind.MONTH,
    required=True,
    about="Month in which the incident happened.",
)
MONTH = Field("month", "Month", Kind.MONTH, required=True, about="Month of the event.")
QUARTER = Field("quarter", "Quarter", Kind.QUARTER, required=True, about="Quarter of the event.")
REQUESTED_MONTH = Field(
    "requested_month",
    "Month of request",
    Kind.MONTH,
    required=True,
    about="Month in which the referral was requested.",
)
ENDED_MONTH = Field(
    "ended_month",
    "Month of ending",
    Kind.MONTH,
    about="Month in which the referral was rejected, done or revoked.",
)
DECIDED_MONTH = Field(
    "decided_month",
    "Month of decision",
    Kind.MONTH,
    required=True,
    about="Month in which the class was decided.",
)
DATE_PRECISION = coded("date_precision", codes.DATE_PRECISION, "How exactly the date is known.")
