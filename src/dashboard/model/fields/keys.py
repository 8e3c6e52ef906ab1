"""Keys: what tells rows of the register apart and joins them; never in a release.

Keyed hashes, the sending partner and sequence numbers belong here. Restricted fields that are no
key do not: they stand with their topic.
"""

from __future__ import annotations

from dashboard.model.fields.field import Field, Kind

INCIDENT_ID = Field(
    "incident_id",
    "Incident",
    Kind.KEY,
    required=True,
    restricted=True,
    about="Keyed hash of the source's own case key.",
)
PERSON_ID = Field(
    "person_id",
    "Person",
    Kind.KEY,
    required=True,
    restricted=True,
    about="Keyed hash of partner, kind and key.",
)
PERSON_ID_OPTIONAL = Field(
    "person_id", "Person", Kind.KEY, restricted=True, about="Keyed hash of partner, kind and key."
)
REFERRAL_ID = Field(
    "referral_id",
    "Referral",
    Kind.KEY,
    required=True,
    restricted=True,
    about="Keyed hash of the referral's own key.",
)
DUPLICATE_OF = Field(
    "duplicate_of",
    "Duplicate of",
    Kind.KEY,
    restricted=True,
    about="The incident of another partner that tells the same event.",
)
PARTNER = Field(
    "partner",
    "Partner",
    Kind.NAME,
    required=True,
    restricted=True,
    about="Agency that sent the file.",
)
SEQ = Field(
    "seq",
    "Sequence",
    Kind.COUNT,
    required=True,
    restricted=True,
    about="Order of decisions about one person, from 1.",
)
LEG_NO = Field(
    "leg_no",
    "Leg",
    Kind.COUNT,
    required=True,
    restricted=True,
    about="Order of the legs of one journey, from 1.",
)
