"""Fields of places: where an event, a leg or a journey is, its role and its precision.

Whatever holds a code of the gazetteer as a place of an event belongs here. Citizenship does not:
see ``people``; nor how one travels between places: see ``journeys``.
"""

from __future__ import annotations

from dashboard.model import codes
from dashboard.model.fields.field import Field, Kind, coded

PCODE = "OCHA P-codes; ISO 3166; UN/LOCODE"
PLACE = Field(
    "place", "Place", Kind.PLACE, standard=PCODE, about="The event's place, as fine as it is known."
)
PLACE_ROLE = coded("place_role", codes.PLACE_ROLE, "What happened at the place.")
LOCATION_PRECISION = coded(
    "location_precision", codes.LOCATION_PRECISION, "How finely the place is known."
)
FROM_PLACE = Field("from_place", "From", Kind.PLACE, standard=PCODE, about="Where the leg begins.")
TO_PLACE = Field("to_place", "To", Kind.PLACE, standard=PCODE, about="Where the leg ends.")
ORIGIN = Field("origin", "Origin", Kind.PLACE, standard=PCODE, about="Where the journey begins.")
TRANSIT = Field(
    "transit",
    "Transit",
    Kind.PLACES,
    standard=PCODE,
    about="Places between origin and destination.",
)
DESTINATION = Field(
    "destination",
    "Destination",
    Kind.PLACE,
    standard=PCODE,
    about="The intended destination, else where the last leg ends.",
)
JOURNEY_DESTINATION = Field(
    "destination", "Destination", Kind.PLACE, standard=PCODE, about="Where the journey ends."
)
