"""Codes of referrals: services, priority, consent, steps, status and time taken.

Everything about one request from agency to agency belongs here. The agencies themselves do not:
see ``agencies``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.model.codes.code_list import (
    OTHER,
    OWN,
    PRIMERO,
    REFERRAL_FORM,
    UNKNOWN,
    Code,
    CodeList,
)

SERVICE = CodeList(
    "service",
    "Service",
    f"{PRIMERO}; {REFERRAL_FORM}",
    (
        Code("case_management", "Case management", "কেস ম্যানেজমেন্ট"),
        Code("psychosocial", "Psychosocial support", "মনোসামাজিক সহায়তা"),
        Code("health", "Health care", "স্বাস্থ্যসেবা"),
        Code("mental_health", "Mental health care", "মানসিক স্বাস্থ্যসেবা"),
        Code("safe_shelter", "Safe shelter", "নিরাপদ আশ্রয়"),
        Code("legal_aid", "Legal aid", "আইনি সহায়তা"),
        Code("police_protection", "Police protection", "পুলিশি সুরক্ষা"),
        Code("child_protection", "Child protection", "শিশু সুরক্ষা"),
        Code("gbv_services", "Services for gender-based violence", "লিঙ্গভিত্তিক সহিংসতা সেবা"),
        Code("family_tracing", "Family tracing", "পরিবার অনুসন্ধান"),
        Code("livelihoods", "Livelihoods", "জীবিকা"),
        Code("education", "Education", "শিক্ষা"),
        Code("cash", "Cash assistance", "নগদ সহায়তা"),
        Code("relief_items", "Relief items", "ত্রাণসামগ্রী"),
        Code("food", "Food", "খাদ্য"),
        Code("shelter_housing", "Housing", "আবাসন"),
        Code("documentation", "Documentation", "নথিপত্র"),
        Code("return_and_reintegration", "Return and reintegration", "প্রত্যাবর্তন ও পুনঃএকত্রীকরণ"),
        Code("international_protection", "International protection", "আন্তর্জাতিক সুরক্ষা"),
        OTHER,
    ),
)
#: Services by group, where single ones are too few; a service of no group is "other".
SERVICE_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "protection": (
            "case_management", "safe_shelter", "police_protection", "child_protection",
            "gbv_services", "family_tracing", "international_protection",
        ),
        "health_and_mind": ("health", "mental_health", "psychosocial"),
        "legal": ("legal_aid", "documentation"),
        "livelihood_and_cash": (
            "livelihoods", "cash", "relief_items", "food", "shelter_housing", "education",
        ),
    }
)  # fmt: skip
PRIORITY = CodeList(
    "priority",
    "Priority",
    REFERRAL_FORM,
    (
        Code("emergency_24h", "Emergency, 24 hours", "জরুরি, ২৪ ঘণ্টা"),
        Code("urgent_72h", "Urgent, 72 hours", "দ্রুত, ৭২ ঘণ্টা"),
        Code("normal_2w", "Normal, two weeks", "সাধারণ, দুই সপ্তাহ"),
    ),
    is_scale=True,
)
CONSENT = CodeList(
    "consent",
    "Consent to the referral",
    REFERRAL_FORM,
    (
        Code("given", "Given", "দেওয়া হয়েছে"),
        Code(
            "best_interests",
            "Best interests of a child, or imminent danger",
            "শিশুর সর্বোত্তম স্বার্থ বা আসন্ন বিপদ",
        ),
        UNKNOWN,
    ),
)
REFERRAL_STEP = CodeList(
    "referral_step",
    "Step of referral",
    PRIMERO,
    (
        Code("first", "First", "প্রথম"),
        Code("second", "Second", "দ্বিতীয়"),
        Code("later", "Later", "পরবর্তী"),
    ),
)
REFERRAL_STATUS = CodeList(
    "referral_status",
    "Status of the referral",
    PRIMERO,
    (
        Code("in_progress", "In progress", "চলমান"),
        Code("accepted", "Accepted", "গৃহীত"),
        Code("rejected", "Rejected", "প্রত্যাখ্যাত"),
        Code("done", "Service received", "সেবা পেয়েছেন"),
        Code("revoked", "Revoked", "প্রত্যাহৃত"),
    ),
)
#: A referral with one of these has ended; the other two are still open.
ENDED_STATUSES = ("rejected", "done", "revoked")
NO_SERVICE_REASON = CodeList(
    "no_service_reason",
    "Why no service",
    REFERRAL_FORM,
    (
        Code("declined_by_person", "Person declined", "ব্যক্তি রাজি হননি"),
        Code("service_unavailable", "Service unavailable", "সেবা নেই"),
        Code("already_received", "Already received", "আগেই পেয়েছেন"),
        Code("not_applicable", "Not applicable", "প্রযোজ্য নয়"),
        Code("lost_contact", "Contact lost", "যোগাযোগ বিচ্ছিন্ন"),
    ),
)
DELAY_BAND = CodeList(
    "delay_band",
    "Time taken",
    REFERRAL_FORM,
    (
        Code("within_1", "Within 1 day", "১ দিনের মধ্যে"),
        Code("2_3", "2–3 days", "২–৩ দিন"),
        Code("4_5", "4–5 days", "৪–৫ দিন"),
        Code("6_14", "6–14 days", "৬–১৪ দিন"),
        Code("15_30", "15–30 days", "১৫–৩০ দিন"),
        Code("over_30", "Over 30 days", "৩০ দিনের বেশি"),
        Code("pending", "Pending", "অপেক্ষমাণ"),
    ),
    is_scale=True,
)
#: By when a service is due, as a code of ``DELAY_BAND``, by priority.
SERVICE_DUE: Mapping[str, str] = MappingProxyType(
    {"emergency_24h": "within_1", "urgent_72h": "2_3", "normal_2w": "6_14"}
)
LAG_QUARTERS = CodeList(
    "lag_quarters",
    "Quarters from request to ending",
    OWN,
    (
        Code("0", "Same quarter", "একই ত্রৈমাসিক"),
        Code("1", "Next quarter", "পরবর্তী ত্রৈমাসিক"),
        Code("2_plus", "Later", "আরও পরে"),
    ),
    is_scale=True,
)
