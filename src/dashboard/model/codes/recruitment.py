"""Codes of recruitment: by whom, where and with what promise a person was drawn in.

What came of it does not belong here: see ``crimes`` for exploitation, ``journeys`` for travel.
The act of recruitment as an element of the crime stands in ``crimes`` too.
"""

from __future__ import annotations

from dashboard.model.codes.code_list import HTCDS, OTHER, UNKNOWN, WORKING_GROUP, Code, CodeList
from dashboard.model.country import PACK

RECRUITER = CodeList(
    "recruiter_relation",
    "Recruiter's relation",
    HTCDS,
    (
        Code("intimate_partner", "Intimate partner"),
        Code("friend", "Friend"),
        Code("family", "Family"),
        Code("neighbour_or_community", "Neighbour or community"),
        Code("broker", "Broker"),
        Code("employer", "Employer"),
        Code("smuggler", "Smuggler"),
        Code("online_contact", "Online contact"),
        OTHER,
        UNKNOWN,
    ),
)
RECRUITMENT_PLACE = CodeList(
    "recruitment_place",
    "Place of recruitment",
    WORKING_GROUP,
    (
        Code("home", "Home"),
        Code("market", "Market"),
        Code("workplace", "Workplace"),
        Code("school", "School"),
        Code(
            "public_place_in_camp", f"Public place in a {PACK.levels['site'].names['en'].lower()}"
        ),
        Code("online", "Online"),
        Code("transport_hub", "Transport hub"),
        OTHER,
        UNKNOWN,
    ),
)
PROMISE = CodeList(
    "promise",
    "Promise at recruitment",
    WORKING_GROUP,
    (
        Code("job", "Job"),
        Code("marriage", "Marriage"),
        Code("education", "Education"),
        Code("travel_abroad", "Travel abroad"),
        Code("family_reunion", "Family reunion"),
        Code("loan", "Money or loan"),
        Code("medical_care", "Medical care"),
        Code("safety", "Safety"),
        OTHER,
        Code("none", "None"),
    ),
)
