"""Codes of agencies: types of agency, who rescues, and how far identification went.

Types only: names of agencies and partners are data and never codes. What agencies ask of each
other does not belong here: see ``referrals``.
"""

from __future__ import annotations

from dashboard.model.codes.code_list import (
    ICTIP,
    OTHER,
    OWN,
    UNKNOWN,
    WORKING_GROUP,
    Code,
    CodeList,
    codes_of_country,
)

AGENCY_TYPE = CodeList(
    "agency_type", "Type of agency", OWN, (*codes_of_country("agency_type"), OTHER)
)
RESCUING_AUTHORITY = CodeList(
    "rescuing_authority",
    "Rescuing authority",
    WORKING_GROUP,
    (*codes_of_country("rescuing_authority"), UNKNOWN),
)
IDENTIFICATION_STEP = CodeList(
    "identification_step",
    "Step of identification",
    ICTIP,
    (
        Code("screened", "Screened"),
        Code("interviewed", "Interviewed"),
        Code("identified", "Identified"),
    ),
)
