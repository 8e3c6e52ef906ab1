"""Fields of classes: the crime, its elements, its exploitation, and decisions about it.

What makes a class or follows from it belongs here. The person it is decided about does not: see
``people``.
"""

from __future__ import annotations

from dashboard.model import codes
from dashboard.model.fields.field import Field, Kind, coded

CLASS = coded("class", codes.CLASS, "Crime, as decided about the person.", required=True)
INCIDENT_CLASS = coded("class", codes.CLASS_OR_MIXED, "Class of its people, or mixed.")
CLASS_GROUP = coded(
    "class_group", codes.CLASS_GROUP, "Roll-up of class and first form of exploitation."
)
INCIDENT_CLASS_GROUP = coded(
    "class_group", codes.CLASS_GROUP_OR_MIXED, "Roll-up shared by its people, or mixed."
)
STAGE = coded("exploitation_stage", codes.STAGE, "Whether exploitation had begun.")
EXPLOITATION = coded(
    "exploitation", codes.EXPLOITATION, "Forms of exploitation, first leads.", many=True
)
MEANS = coded("means_of_control", codes.MEANS, "How the person was controlled.", many=True)
INDUSTRY = coded("industry", codes.INDUSTRY, "Where the person was exploited.", many=True)
ACT = coded("act", codes.ACT, "Palermo element: act.", many=True)
PURPOSE = coded(
    "purpose", codes.EXPLOITATION, "Palermo element: purpose.", label="Purpose", many=True
)
MEANS_ELEMENT = coded("means", codes.MEANS, "Palermo element: means.", label="Means", many=True)
DECIDED_BY = coded(
    "decided_by", codes.AGENCY_TYPE, "Type of agency that decided.", label="Decided by"
)
BASIS = Field(
    "basis",
    "Basis of the decision",
    Kind.NAME,
    about="A basis that the source's declaration lists.",
)
FROM_CLASS = coded("from_class", codes.CLASS, "Class before the decision.", label="Class before")
TO_CLASS = coded("to_class", codes.CLASS, "Class after the decision.", label="Class after")
DECISION_BAND = coded(
    "decision_band", codes.DECISION_BAND, "Months from identification to the decision."
)
