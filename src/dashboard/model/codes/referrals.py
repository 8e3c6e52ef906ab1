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
        Code("case_management", "Case management"),
        Code("psychosocial", "Psychosocial support"),
        Code("health", "Health care"),
        Code("mental_health", "Mental health care"),
        Code("safe_shelter", "Safe shelter"),
        Code("legal_aid", "Legal aid"),
        Code("police_protection", "Police protection"),
        Code("child_protection", "Child protection"),
        Code("gbv_services", "Services for gender-based violence"),
        Code("family_tracing", "Family tracing"),
        Code("livelihoods", "Livelihoods"),
        Code("education", "Education"),
        Code("cash", "Cash assistance"),
        Code("relief_items", "Relief items"),
        Code("food", "Food"),
        Code("shelter_housing", "Housing"),
        Code("documentation", "Documentation"),
        Code("return_and_reintegration", "Return and reintegration"),
        Code("international_protection", "International protection"),
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
        Code("emergency_24h", "Emergency, 24 hours"),
        Code("urgent_72h", "Urgent, 72 hours"),
        Code("normal_2w", "Normal, two weeks"),
    ),
    is_scale=True,
)
CONSENT = CodeList(
    "consent",
    "Consent to the referral",
    REFERRAL_FORM,
    (
        Code("given", "Given"),
        Code("best_interests", "Best interests of a child, or imminent danger"),
        UNKNOWN,
    ),
)
REFERRAL_STEP = CodeList(
    "referral_step",
    "Step of referral",
    PRIMERO,
    (Code("first", "First"), Code("second", "Second"), Code("later", "Later")),
)
REFERRAL_STATUS = CodeList(
    "referral_status",
    "Status of the referral",
    PRIMERO,
    (
        Code("in_progress", "In progress"),
        Code("accepted", "Accepted"),
        Code("rejected", "Rejected"),
        Code("done", "Service received"),
        Code("revoked", "Revoked"),
    ),
)
#: A referral with one of these has ended; the other two are still open.
ENDED_STATUSES = ("rejected", "done", "revoked")
NO_SERVICE_REASON = CodeList(
    "no_service_reason",
    "Why no service",
    REFERRAL_FORM,
    (
        Code("declined_by_person", "Person declined"),
        Code("service_unavailable", "Service unavailable"),
        Code("already_received", "Already received"),
        Code("not_applicable", "Not applicable"),
        Code("lost_contact", "Contact lost"),
    ),
)
DELAY_BAND = CodeList(
    "delay_band",
    "Time taken",
    REFERRAL_FORM,
    (
        Code("within_1", "Within 1 day"),
        Code("2_3", "2–3 days"),
        Code("4_5", "4–5 days"),
        Code("6_14", "6–14 days"),
        Code("15_30", "15–30 days"),
        Code("over_30", "Over 30 days"),
        Code("pending", "Pending"),
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
    (Code("0", "Same quarter"), Code("1", "Next quarter"), Code("2_plus", "Later")),
    is_scale=True,
)
