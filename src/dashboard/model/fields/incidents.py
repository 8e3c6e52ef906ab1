"""Fields of incidents: what a report says of the event as a whole.

Its people and their classes do not belong here: see ``people`` and ``classes``; nor its place:
see ``places``.
"""

from __future__ import annotations

from dashboard.model import codes
from dashboard.model.fields.field import Field, Kind, coded

VERIFICATION = coded("verification", codes.VERIFICATION, "Whether the report was checked.")
PERSONS_COUNT = Field(
    "persons_count",
    "People in the incident",
    Kind.COUNT,
    about="People the report speaks of, identified or not.",
)
DEAD_OR_MISSING = Field(
    "dead_or_missing", "Dead or missing", Kind.COUNT, about="People reported dead or missing."
)
DEAD_OR_MISSING_BAND = coded(
    "dead_or_missing_band", codes.DEAD_OR_MISSING_BAND, "People reported dead or missing, in bands."
)
RANSOM = Field("ransom", "Ransom asked", Kind.FLAG, about="Whether a ransom was asked.")
SOURCE_QUALITY = Field(
    "source_quality",
    "Quality of the source",
    Kind.GRADE,
    about="1 (weak) to 5 (strong), as the source grades itself.",
)
ROUTE = Field(
    "route",
    "Route as the source names it",
    Kind.NAME,
    about="A name that the source's declaration lists.",
)
EVENT = coded(
    "event",
    codes.EVENT,
    "What happened; nothing told is trafficking or smuggling. Others enter no figure of the two.",
)
