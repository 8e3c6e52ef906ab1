"""Tables of the register: restricted rows that only the operator's side may open.

The release's tables follow from ``facts`` and stand in ``release``.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model import fields as f
from dashboard.model.fields import Field


@dataclass(frozen=True)
class Table:
    """A table of the register: one row per ``row``, found by ``key``."""

    name: str
    row: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    def __getitem__(self, name: str) -> Field:
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field {name!r}")

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(field.name for field in self.fields)


INCIDENT = Table(
    "incident",
    "reported event",
    ("incident_id",),
    (
        f.INCIDENT_ID,
        f.PARTNER,
        f.REPORT_MONTH,
        f.INCIDENT_MONTH,
        f.DATE_PRECISION,
        f.VERIFICATION,
        f.PERSONS_COUNT,
        f.DEAD_OR_MISSING,
        f.RANSOM,
        f.SOURCE_QUALITY,
        f.ROUTE,
        f.EVENT,
        f.DUPLICATE_OF,
    ),
)

INCIDENT_PLACE = Table(
    "incident_place",
    "place of an incident in one role",
    ("incident_id", "place_role"),
    (
        f.INCIDENT_ID,
        f.PLACE_ROLE,
        f.PLACE,
        f.LOCATION_PRECISION,
    ),
)

PERSON = Table(
    "person",
    "person, or group of people known only together",
    ("person_id",),
    (
        f.PERSON_ID,
        f.INCIDENT_ID,
        f.N,
        f.SEX,
        f.AGE_BAND,
        f.IS_CHILD,
        f.POPULATION_GROUP,
        f.LEGAL_STATUS,
        f.CITIZENSHIP,
        f.CLASS,
        f.IDENTIFIED_BY,
        f.IDENTIFICATION_STEP,
        f.STAGE,
        f.EXPLOITATION,
        f.MEANS,
        f.INDUSTRY,
        f.RECRUITER,
        f.RECRUITMENT_PLACE,
        f.PROMISE,
    ),
)

MOVEMENT = Table(
    "movement",
    "leg of a journey",
    ("incident_id", "person_id", "leg_no"),
    (
        f.INCIDENT_ID,
        f.PERSON_ID_OPTIONAL,
        f.LEG_NO,
        f.FROM_PLACE,
        f.TO_PLACE,
        f.MODE,
        f.MODE_DETAIL,
        f.LEG_ROLE,
        f.COMPLETED,
        f.MONTH,
        f.CORRIDOR,
        f.SCOPE,
        f.RESCUING_AUTHORITY,
    ),
)

REFERRAL = Table(
    "referral",
    "referral to one service",
    ("referral_id",),
    (
        f.REFERRAL_ID,
        f.PERSON_ID,
        f.STEP,
        f.FROM_AGENCY_TYPE,
        f.TO_AGENCY_TYPE,
        f.SERVICE,
        f.PRIORITY,
        f.REQUESTED_MONTH,
        f.ENDED_MONTH,
        f.DAYS_TO_RESPONSE,
        f.DAYS_TO_SERVICE,
        f.STATUS,
        f.REASON,
        f.CONSENT,
        f.SHARE_CONSENT,
        f.PLACE,
    ),
)

CLASSIFICATION = Table(
    "classification",
    "decision about a person's class",
    ("person_id", "seq"),
    (
        f.PERSON_ID,
        f.SEQ,
        f.CLASS,
        f.ACT,
        f.MEANS_ELEMENT,
        f.PURPOSE,
        f.DECIDED_BY,
        f.DECIDED_MONTH,
        f.BASIS,
    ),
)

VOYAGE = Table(
    "voyage",
    "boats that a published source counts together",
    ("voyage_id",),
    (
        f.VOYAGE_ID,
        f.MONTH,
        f.SEA_AREA,
        f.DEPARTURE,
        f.BOUND_FOR,
        f.BOATS,
        f.SET_OUT,
        f.ARRIVED,
        f.INTERCEPTED_OR_RETURNED,
        f.SURVIVED,
        f.DEAD_OR_MISSING_AT_SEA,
        f.STATUS_UNKNOWN,
    ),
)

REGISTER: tuple[Table, ...] = (
    INCIDENT,
    INCIDENT_PLACE,
    PERSON,
    MOVEMENT,
    REFERRAL,
    CLASSIFICATION,
    VOYAGE,
)


def table(name: str) -> Table:
    """The register table of a name; KeyError for no such table."""
    for entry in REGISTER:
        if entry.name == name:
            return entry
    raise KeyError(f"no register table {name!r}")
