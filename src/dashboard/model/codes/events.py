"""Codes of events: roles of places, precision, verification, and bands of reports.

Codes about a report as a whole belong here, and those of an operator's notes on months. Codes of
its contents do not: see ``people``, ``crimes``, ``journeys`` and ``referrals``.
"""

from __future__ import annotations

from dashboard.model.codes.code_list import (
    ICTIP,
    OTHER,
    OWN,
    UNKNOWN,
    Code,
    CodeList,
    code_of_level,
)

PLACE_ROLE = CodeList(
    "place_role",
    "Role of the place",
    ICTIP,
    (
        Code("recruitment", "Recruitment"),
        Code("exploitation", "Exploitation"),
        Code("transit", "Transit"),
        Code("interception", "Interception"),
        Code("disembarkation", "Disembarkation"),
        Code("intended_destination", "Intended destination"),
    ),
)
#: A release keeps the first known of these for each event; the later two only on request.
PLACE_ROLE_ORDER = ("recruitment", "exploitation", "transit", "interception", "disembarkation")
SHOWN_PLACE_ROLES = ("recruitment", "exploitation", "transit")
LOCATION_PRECISION = CodeList(
    "location_precision",
    "Precision of the place",
    OWN,
    (
        *(code_of_level(role) for role in ("site", "third", "second")),
        Code("country", "Country"),
        Code("sea_area", "Sea area"),
        UNKNOWN,
    ),
)
DATE_PRECISION = CodeList(
    "date_precision",
    "Precision of the date",
    OWN,
    (Code("month", "Month"), Code("quarter", "Quarter"), Code("year", "Year"), UNKNOWN),
)
VERIFICATION = CodeList(
    "verification",
    "Verification",
    OWN,
    (
        Code("verified", "Verified"),
        Code("unverified", "Unverified"),
        Code("pending", "Pending"),
        Code("rejected", "Rejected"),
    ),
)
#: What is neither trafficking nor smuggling enters no figure of the two.
EVENT = CodeList(
    "event",
    "Kind of event",
    OWN,
    (Code("trafficking_or_smuggling", "Trafficking or smuggling"), OTHER),
)
DEAD_OR_MISSING_BAND = CodeList(
    "dead_or_missing_band",
    "People dead or missing",
    OWN,
    (
        Code("none", "None"),
        Code("1_4", "1–4"),
        Code("5_19", "5–19"),
        Code("20_99", "20–99"),
        Code("100_plus", "100 or more"),
        UNKNOWN,
    ),
    is_scale=True,
)
REPORTING_BAND = CodeList(
    "reporting_band",
    "Partners reporting",
    OWN,
    (Code("none", "None"), Code("1_2", "1–2"), Code("3_5", "3–5"), Code("6_plus", "6 or more")),
)
EVENT_NOTE = CodeList(
    "event_note",
    "What the operator noted",
    OWN,
    (
        Code("flood", "Flood or cyclone"),
        Code("operation", "Raid or operation"),
        Code("reporting_starts", "A partner starts reporting"),
        Code("reporting_stops", "A partner stops reporting"),
        Code("sailing_season", "Sailing season"),
        Code("displacement", "Displacement"),
        Code("policy", "Change of law or policy"),
        OTHER,
    ),
)
