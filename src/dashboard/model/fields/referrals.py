"""Fields of referrals: who asked whom for which service, and what came of it.

Consent belongs here, to the referral as to being counted. Months of request and ending do not:
see ``time``.
"""

from __future__ import annotations

from dashboard.model import codes
from dashboard.model.fields.field import Field, Kind, coded

STEP = coded(
    "step",
    codes.REFERRAL_STEP,
    "First, second or later referral of a person.",
    required=True,
    label_bn="রেফারেলের ধাপ",
)
FROM_AGENCY_TYPE = coded(
    "from_agency_type",
    codes.AGENCY_TYPE,
    "Type of referring agency.",
    label="Referred by",
    label_bn="রেফারকারী",
)
TO_AGENCY_TYPE = coded(
    "to_agency_type",
    codes.AGENCY_TYPE,
    "Type of receiving agency.",
    label="Referred to",
    label_bn="যেখানে রেফার করা",
)
SERVICE = coded("service", codes.SERVICE, "Service asked for.", required=True, label_bn="সেবা")
PRIORITY = coded("priority", codes.PRIORITY, "How soon the service is due.", label_bn="অগ্রাধিকার")
DAYS_TO_RESPONSE = Field(
    "days_to_response", "Days to response", Kind.DAYS, about="Empty while pending."
)
DAYS_TO_SERVICE = Field(
    "days_to_service", "Days to service", Kind.DAYS, about="Empty while pending or without service."
)
RESPONSE_BAND = coded(
    "response_band",
    codes.DELAY_BAND,
    "Time to the response, in bands.",
    label="Time to response",
    label_bn="সাড়া পাওয়ার সময়",
)
SERVICE_BAND = coded(
    "service_band",
    codes.DELAY_BAND,
    "Time to the service, in bands.",
    label="Time to service",
    label_bn="সেবা পাওয়ার সময়",
)
STATUS = coded(
    "status",
    codes.REFERRAL_STATUS,
    "Where the referral stands.",
    required=True,
    label_bn="রেফারেলের অবস্থা",
)
REASON = coded(
    "no_service_reason",
    codes.NO_SERVICE_REASON,
    "Why there was no service.",
    label_bn="সেবা না পাওয়ার কারণ",
)
CONSENT = coded("consent", codes.CONSENT, "Consent to the referral.", required=True)
SHARE_CONSENT = Field(
    "share_consent",
    "Consent to statistics",
    Kind.FLAG,
    restricted=True,
    about="Whether the person agreed to be counted in shared statistics.",
)
LAG_QUARTERS = coded(
    "lag_quarters",
    codes.LAG_QUARTERS,
    "Quarters between request and ending.",
    label_bn="অনুরোধ থেকে সমাপ্তি (ত্রৈমাসিক)",
)
