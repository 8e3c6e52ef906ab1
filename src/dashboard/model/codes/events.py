"""Codes of events: roles of places, precision, verification, and bands of reports.

What is said of a report as a whole, whatever it tells, belongs here, and what an operator notes of
the months in which reports were made. Who and what it tells of
does not: see ``people``, ``crimes``, ``journeys`` and ``referrals``.
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
        Code("recruitment", "Recruitment", "নিয়োগ"),
        Code("exploitation", "Exploitation", "শোষণ"),
        Code("transit", "Transit", "ট্রানজিট"),
        Code("interception", "Interception", "আটক"),
        Code("disembarkation", "Disembarkation", "অবতরণ"),
        Code("intended_destination", "Intended destination", "উদ্দিষ্ট গন্তব্য"),
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
        Code("country", "Country", "দেশ"),
        Code("sea_area", "Sea area", "সমুদ্র এলাকা"),
        UNKNOWN,
    ),
)
DATE_PRECISION = CodeList(
    "date_precision",
    "Precision of the date",
    OWN,
    (
        Code("month", "Month", "মাস"),
        Code("quarter", "Quarter", "ত্রৈমাসিক"),
        Code("year", "Year", "বছর"),
        UNKNOWN,
    ),
)
VERIFICATION = CodeList(
    "verification",
    "Verification",
    OWN,
    (
        Code("verified", "Verified", "যাচাইকৃত"),
        Code("unverified", "Unverified", "অযাচাইকৃত"),
        Code("pending", "Pending", "অপেক্ষমাণ"),
        Code("rejected", "Rejected", "বাতিল"),
    ),
)
#: What is neither trafficking nor smuggling enters no figure of the two.
EVENT = CodeList(
    "event",
    "Kind of event",
    OWN,
    (
        Code("trafficking_or_smuggling", "Trafficking or smuggling", "পাচার বা চোরাচালান"),
        OTHER,
    ),
)
DEAD_OR_MISSING_BAND = CodeList(
    "dead_or_missing_band",
    "People dead or missing",
    OWN,
    (
        Code("none", "None", "কেউ নয়"),
        Code("1_4", "1–4", "১–৪"),
        Code("5_19", "5–19", "৫–১৯"),
        Code("20_99", "20–99", "২০–৯৯"),
        Code("100_plus", "100 or more", "১০০ বা বেশি"),
        UNKNOWN,
    ),
    is_scale=True,
)
REPORTING_BAND = CodeList(
    "reporting_band",
    "Partners reporting",
    OWN,
    (
        Code("none", "None", "কেউ নয়"),
        Code("1_2", "1–2", "১–২"),
        Code("3_5", "3–5", "৩–৫"),
        Code("6_plus", "6 or more", "৬ বা বেশি"),
    ),
)
EVENT_NOTE = CodeList(
    "event_note",
    "What the operator noted",
    OWN,
    (
        Code("flood", "Flood or cyclone", "বন্যা বা ঘূর্ণিঝড়"),
        Code("operation", "Raid or operation", "অভিযান"),
        Code(
            "reporting_starts",
            "A partner starts reporting",
            "একটি অংশীদার সংস্থা প্রতিবেদন দেওয়া শুরু করেছে",
        ),
        Code(
            "reporting_stops",
            "A partner stops reporting",
            "একটি অংশীদার সংস্থা প্রতিবেদন দেওয়া বন্ধ করেছে",
        ),
        Code("sailing_season", "Sailing season", "নৌযাত্রার মৌসুম"),
        Code("displacement", "Displacement", "বাস্তুচ্যুতি"),
        Code("policy", "Change of law or policy", "আইন বা নীতির পরিবর্তন"),
        OTHER,
    ),
)
