"""Fields of people: who a person is, how they were identified and recruited.

The crime and what was done to the person do not belong here: see ``classes``.
"""

from __future__ import annotations

from dashboard.model import codes
from dashboard.model.fields.field import Field, Kind, coded

SEX = coded("sex", codes.SEX, "Sex or gender as recorded.", label_bn="লিঙ্গ")
AGE_BAND = coded("age_band", codes.AGE_BAND, "Age in the working group's bands.", label_bn="বয়স")
IS_CHILD = coded(
    "is_child",
    codes.IS_CHILD,
    "Whether the person is under 18.",
    label_bn="শিশু বা প্রাপ্তবয়স্ক",
)
POPULATION_GROUP = coded(
    "population_group",
    codes.POPULATION_GROUP,
    "Group to which the person belongs.",
    label_bn="জনগোষ্ঠী",
)
LEGAL_STATUS = coded(
    "legal_status",
    codes.LEGAL_STATUS,
    "Statuses of the person; several may hold.",
    many=True,
    label_bn="আইনি অবস্থা",
)
CITIZENSHIP = Field(
    "citizenship",
    "Citizenship",
    Kind.PLACE,
    standard="ISO 3166",
    about="Country, or empty when stateless or not known.",
)
IDENTIFIED_BY = coded(
    "identified_by",
    codes.AGENCY_TYPE,
    "Type of the identifying agency.",
    label="Identified by",
    label_bn="শনাক্তকারী",
)
IDENTIFICATION_STEP = coded(
    "identification_step",
    codes.IDENTIFICATION_STEP,
    "How far identification went.",
    label_bn="শনাক্তকরণের ধাপ",
)
RECRUITER = coded(
    "recruiter_relation",
    codes.RECRUITER,
    "Who recruited the person.",
    many=True,
    label_bn="নিয়োগকারীর সম্পর্ক",
)
RECRUITMENT_PLACE = coded(
    "recruitment_place",
    codes.RECRUITMENT_PLACE,
    "Where the person was recruited.",
    label_bn="নিয়োগের স্থান",
)
PROMISE = coded("promise", codes.PROMISE, "What was promised.", many=True, label_bn="প্রতিশ্রুতি")
