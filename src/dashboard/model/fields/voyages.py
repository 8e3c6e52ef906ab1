"""Fields of voyages: where boats were, where they came from and went, and what became of people.

What published sources count of whole boats belongs here. How one person travelled does not: see
``journeys``; nor what a partner counts of an incident: see ``incidents``.
"""

from __future__ import annotations

from dashboard.model import codes
from dashboard.model.fields.field import Field, Kind, coded
from dashboard.model.fields.places import PCODE

VOYAGE_ID = Field(
    "voyage_id",
    "Voyages",
    Kind.KEY,
    required=True,
    restricted=True,
    about="Keyed hash of the source's own key of the row.",
)
SEA_AREA = Field(
    "sea_area",
    "Sea area",
    Kind.PLACE,
    standard=PCODE,
    required=True,
    about="Waters in which the boats were.",
)
DEPARTURE = Field(
    "departure", "Left from", Kind.PLACE, standard=PCODE, about="Where the boats set out from."
)
BOUND_FOR = Field(
    "bound_for", "Bound for", Kind.PLACE, standard=PCODE, about="Where the boats were heading."
)
SEA_OUTCOME = coded("sea_outcome", codes.SEA_OUTCOME, "What became of the people.")
SOURCE = Field(
    "source",
    "Published source",
    Kind.NAME,
    about="Whose published figures they are; those of two sources may tell of the same boats.",
)
BOATS = Field("boats", "Boats", Kind.COUNT, about="Boats of the row.")
SET_OUT = Field(
    "set_out",
    "People who set out",
    Kind.COUNT,
    about="People on board; the sum of what became of them where the source does not say.",
)
ARRIVED = Field("arrived", "Arrived", Kind.COUNT, about="People who came ashore.")
INTERCEPTED_OR_RETURNED = Field(
    "intercepted_or_returned",
    "Intercepted or returned",
    Kind.COUNT,
    about="People who were stopped at sea or turned back.",
)
SURVIVED = Field(
    "survived",
    "Survived",
    Kind.COUNT,
    about="People who lived, where the source does not say how their voyage ended.",
)
DEAD_OR_MISSING_AT_SEA = Field(
    "dead_or_missing", "Dead or missing", Kind.COUNT, about="People reported dead or missing."
)
STATUS_UNKNOWN = Field(
    "status_unknown", "Status unknown", Kind.COUNT, about="People of whom nothing more is known."
)
