"""Fields of people: who a person is, how they were identified and recruited.

The crime and what was done to the person do not belong here: see ``classes``.
"""

from __future__ import annotations

from dashboard.model import codes
from dashboard.model.fields.field import Field, Kind, coded

SEX = coded("sex", codes.SEX, "Sex or gender as recorded.")
AGE_BAND = coded("age_band", codes.AGE_BAND, "Age in the working group's bands.")
IS_CHILD = coded("is_child", codes.IS_CHILD, "Whether the person is under 18.")
POPULATION_GROUP = coded(
    "population_group", codes.POPULATION_GROUP, "Group to which the person belongs."
)
LEGAL_STATUS = coded(
    "legal_status", codes.LEGAL_STATUS, "Statuses of the person; several may hold.", many=True
)
CITIZENSHIP = Field(
    "citizenship",
    "Citizenship",
    Kind.PLACE,
    standard="ISO 3166",
    about="Country, or empty when stateless or not known.",
)
IDENTIFIED_BY = coded(
    "identified_by", codes.AGENCY_TYPE, "Type of the identifying agency.", label="Identified by"
)
IDENTIFICATION_STEP = coded(
    "identification_step", codes.IDENTIFICATION_STEP, "How far identification went."
)
RECRUITER = coded("recruiter_relation", codes.RECRUITER, "Who recruited the person.", many=True)
RECRUITMENT_PLACE = coded(
    "recruitment_place", codes.RECRUITMENT_PLACE, "Where the person was recruited."
)
PROMISE = coded("promise", codes.PROMISE, "What was promised.", many=True)
