"""Fields: each attribute of the register and of a release, described once.

From a field follow its column type, its rules, its menu, its entry in the dictionary and its
header in an export. Which table or fact uses it stands in ``tables`` and ``facts``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from dashboard.model import codes
from dashboard.model.codes import CodeList


class Kind(Enum):
    """What a field holds."""

    KEY = "key"  # keyed hash of an identifier, never the identifier
    CODE = "code"  # one code of a closed list
    CODES = "codes"  # several codes, the first one leads
    PLACE = "place"  # one code of the gazetteer
    PLACES = "places"  # several codes of the gazetteer
    NAME = "name"  # a value that its source declares, such as a route
    MONTH = "month"  # first day of a month
    QUARTER = "quarter"  # first day of a quarter
    COUNT = "count"  # how many, 0 or more
    DAYS = "days"  # a duration in days
    GRADE = "grade"  # 1 to 5
    FLAG = "flag"

    @property
    def sql(self) -> str:
        """DuckDB column type."""
        return _SQL_TYPES.get(self, "VARCHAR")

    @property
    def many(self) -> bool:
        """Whether a value is a list."""
        return self in (Kind.CODES, Kind.PLACES)


_SQL_TYPES = {
    Kind.CODES: "VARCHAR[]",
    Kind.PLACES: "VARCHAR[]",
    Kind.MONTH: "DATE",
    Kind.QUARTER: "DATE",
    Kind.COUNT: "INTEGER",
    Kind.DAYS: "INTEGER",
    Kind.GRADE: "INTEGER",
    Kind.FLAG: "BOOLEAN",
}


@dataclass(frozen=True)
class Field:
    """One attribute.

    Attributes:
        name: Column name.
        label: English label for menus, tables and headers.
        kind: What it holds.
        codes: Closed list for CODE and CODES, else None.
        standard: Standard it follows, as the dictionary names it.
        about: What it means, one sentence.
        filter: Name of the filter it serves, or None.
        required: Whether a register row without it is refused.
        restricted: Whether it may never leave the register.
        label_bn: Bangla label where known.
    """

    name: str
    label: str
    kind: Kind
    codes: CodeList | None = None
    standard: str = ""
    about: str = ""
    filter: str | None = None
    required: bool = False
    restricted: bool = False
    label_bn: str = ""

    def __post_init__(self) -> None:
        if (self.kind in (Kind.CODE, Kind.CODES)) != (self.codes is not None):
            raise ValueError(f"field {self.name}: a code list belongs to coded fields only")

    @property
    def standard_name(self) -> str:
        """The field's standard, or that of its code list."""
        return self.standard or (self.codes.standard if self.codes else "")


def _coded(
    name: str,
    code_list: CodeList,
    about: str = "",
    *,
    label: str = "",
    label_bn: str = "",
    filter: str | None = None,
    required: bool = False,
    many: bool = False,
) -> Field:
    return Field(
        name,
        label or code_list.label,
        Kind.CODES if many else Kind.CODE,
        code_list,
        about=about,
        filter=filter,
        required=required,
        label_bn=label_bn,
    )


PCODE = "OCHA P-codes; ISO 3166; UN/LOCODE"

# --- keys and restricted fields: the register only ------------------------------------------
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

# --- time -----------------------------------------------------------------------------------
REPORT_MONTH = Field(
    "report_month",
    "Month of report",
    Kind.MONTH,
    required=True,
    about="Month in which the partner reported the incident.",
)
INCIDENT_MONTH = Field(
    "incident_month",
    "Month of incident",
    Kind.MONTH,
    required=True,
    about="Month in which the incident happened.",
)
MONTH = Field(
    "month",
    "Month",
    Kind.MONTH,
    filter="period",
    required=True,
    label_bn="মাস",
    about="Month of the event.",
)
QUARTER = Field(
    "quarter",
    "Quarter",
    Kind.QUARTER,
    filter="period",
    required=True,
    label_bn="ত্রৈমাসিক",
    about="Quarter of the event.",
)
REQUESTED_MONTH = Field(
    "requested_month",
    "Month of request",
    Kind.MONTH,
    required=True,
    about="Month in which the referral was requested.",
)
ENDED_MONTH = Field(
    "ended_month",
    "Month of ending",
    Kind.MONTH,
    about="Month in which the referral was rejected, done or revoked.",
)
REQUEST_QUARTER = Field(
    "request_quarter",
    "Quarter of request",
    Kind.QUARTER,
    about="Quarter in which the ended referral was requested.",
)
DECIDED_MONTH = Field(
    "decided_month",
    "Month of decision",
    Kind.MONTH,
    required=True,
    about="Month in which the class was decided.",
)
DATE_PRECISION = _coded("date_precision", codes.DATE_PRECISION, "How exactly the date is known.")

# --- incident -------------------------------------------------------------------------------
VERIFICATION = _coded(
    "verification", codes.VERIFICATION, "Whether the report was checked.", label_bn="যাচাই"
)
PERSONS_COUNT = Field(
    "persons_count",
    "People in the incident",
    Kind.COUNT,
    about="People the report speaks of, identified or not.",
)
DEAD_OR_MISSING = Field(
    "dead_or_missing", "Dead or missing", Kind.COUNT, about="People reported dead or missing."
)
DEAD_OR_MISSING_BAND = _coded(
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

# --- places ---------------------------------------------------------------------------------
PLACE = Field(
    "place",
    "Place",
    Kind.PLACE,
    standard=PCODE,
    filter="area",
    label_bn="স্থান",
    about="The event's place, as fine as it is known.",
)
PLACE_ROLE = _coded(
    "place_role",
    codes.PLACE_ROLE,
    "What happened at the place.",
    filter="role",
    label_bn="স্থানের ভূমিকা",
)
LOCATION_PRECISION = _coded(
    "location_precision", codes.LOCATION_PRECISION, "How finely the place is known."
)
FROM_PLACE = Field(
    "from_place",
    "From",
    Kind.PLACE,
    standard=PCODE,
    filter="area",
    label_bn="হতে",
    about="Where the leg begins.",
)
TO_PLACE = Field(
    "to_place",
    "To",
    Kind.PLACE,
    standard=PCODE,
    filter="area",
    label_bn="পর্যন্ত",
    about="Where the leg ends.",
)
ORIGIN = Field(
    "origin",
    "Origin",
    Kind.PLACE,
    standard=PCODE,
    filter="area",
    label_bn="উৎস",
    about="Where the journey begins.",
)
TRANSIT = Field(
    "transit",
    "Transit",
    Kind.PLACES,
    standard=PCODE,
    about="Places between origin and destination.",
    label_bn="ট্রানজিট",
)
DESTINATION = Field(
    "destination",
    "Destination",
    Kind.PLACE,
    standard=PCODE,
    label_bn="গন্তব্য",
    about="The intended destination, else where the last leg ends.",
)
JOURNEY_DESTINATION = Field(
    "destination",
    "Destination",
    Kind.PLACE,
    standard=PCODE,
    filter="area",
    label_bn="গন্তব্য",
    about="Where the journey ends.",
)

# --- person ---------------------------------------------------------------------------------
N = Field(
    "n",
    "People",
    Kind.COUNT,
    required=True,
    about="How many people the row stands for; 1 for an individual.",
)
SEX = _coded("sex", codes.SEX, "Sex or gender as recorded.", filter="sex", label_bn="লিঙ্গ")
AGE_BAND = _coded(
    "age_band", codes.AGE_BAND, "Age in the working group's bands.", filter="age", label_bn="বয়স"
)
IS_CHILD = _coded(
    "is_child",
    codes.IS_CHILD,
    "Whether the person is under 18.",
    filter="child",
    label_bn="শিশু বা প্রাপ্তবয়স্ক",
)
POPULATION_GROUP = _coded(
    "population_group",
    codes.POPULATION_GROUP,
    "Group to which the person belongs.",
    filter="group",
    label_bn="জনগোষ্ঠী",
)
LEGAL_STATUS = _coded(
    "legal_status",
    codes.LEGAL_STATUS,
    "Statuses of the person; several may hold.",
    filter="status",
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
CLASS = _coded(
    "class",
    codes.CLASS,
    "Crime, as decided about the person.",
    filter="class",
    required=True,
    label_bn="শ্রেণি",
)
INCIDENT_CLASS = _coded(
    "class",
    codes.CLASS_OR_MIXED,
    "Class of its people, or mixed.",
    filter="class",
    label_bn="শ্রেণি",
)
CLASS_GROUP = _coded(
    "class_group",
    codes.CLASS_GROUP,
    "Roll-up of class and first form of exploitation.",
    filter="class",
    label_bn="শ্রেণি",
)
INCIDENT_CLASS_GROUP = _coded(
    "class_group",
    codes.CLASS_GROUP_OR_MIXED,
    "Roll-up shared by its people, or mixed.",
    filter="class",
    label_bn="শ্রেণি",
)
IDENTIFIED_BY = _coded(
    "identified_by",
    codes.AGENCY_TYPE,
    "Type of the identifying agency.",
    label="Identified by",
    label_bn="শনাক্তকারী",
)
IDENTIFICATION_STEP = _coded(
    "identification_step",
    codes.IDENTIFICATION_STEP,
    "How far identification went.",
    label_bn="শনাক্তকরণের ধাপ",
)
STAGE = _coded(
    "exploitation_stage", codes.STAGE, "Whether exploitation had begun.", label_bn="শোষণের পর্যায়"
)
EXPLOITATION = _coded(
    "exploitation",
    codes.EXPLOITATION,
    "Forms of exploitation, first leads.",
    many=True,
    label_bn="শোষণের ধরন",
)
MEANS = _coded(
    "means_of_control",
    codes.MEANS,
    "How the person was controlled.",
    many=True,
    label_bn="নিয়ন্ত্রণের উপায়",
)
INDUSTRY = _coded("industry", codes.INDUSTRY, "Where the person was exploited.", many=True)
RECRUITER = _coded(
    "recruiter_relation",
    codes.RECRUITER,
    "Who recruited the person.",
    many=True,
    label_bn="নিয়োগকারীর সম্পর্ক",
)
RECRUITMENT_PLACE = _coded(
    "recruitment_place",
    codes.RECRUITMENT_PLACE,
    "Where the person was recruited.",
    label_bn="নিয়োগের স্থান",
)
PROMISE = _coded("promise", codes.PROMISE, "What was promised.", many=True, label_bn="প্রতিশ্রুতি")

# --- movement -------------------------------------------------------------------------------
MODE = _coded("mode", codes.MODE, "Transport of the leg.", filter="mode", label_bn="পরিবহন")
MODE_DETAIL = _coded("mode_detail", codes.MODE_DETAIL, "Means of transport of the leg.")
SCOPE = _coded("scope", codes.SCOPE, "Whether a border is crossed.", label_bn="পরিধি")
CORRIDOR = _coded(
    "corridor", codes.CORRIDOR, "Corridor used.", filter="corridor", label_bn="করিডোর"
)
LEG_ROLE = _coded("leg_role", codes.LEG_ROLE, "Part of the journey.")
COMPLETED = _coded("completed", codes.COMPLETED, "How the leg ended.")
RESCUING_AUTHORITY = _coded(
    "rescuing_authority",
    codes.RESCUING_AUTHORITY,
    "Who rescued or intercepted.",
    label_bn="উদ্ধারকারী কর্তৃপক্ষ",
)

# --- referral -------------------------------------------------------------------------------
STEP = _coded(
    "step", codes.REFERRAL_STEP, "First, second or later referral of a person.", required=True
)
FROM_AGENCY_TYPE = _coded(
    "from_agency_type", codes.AGENCY_TYPE, "Type of referring agency.", label="Referred by"
)
TO_AGENCY_TYPE = _coded(
    "to_agency_type", codes.AGENCY_TYPE, "Type of receiving agency.", label="Referred to"
)
SERVICE = _coded("service", codes.SERVICE, "Service asked for.", required=True)
PRIORITY = _coded("priority", codes.PRIORITY, "How soon the service is due.")
DAYS_TO_RESPONSE = Field(
    "days_to_response", "Days to response", Kind.DAYS, about="Empty while pending."
)
DAYS_TO_SERVICE = Field(
    "days_to_service", "Days to service", Kind.DAYS, about="Empty while pending or without service."
)
RESPONSE_BAND = _coded(
    "response_band", codes.DELAY_BAND, "Time to the response, in bands.", label="Time to response"
)
SERVICE_BAND = _coded(
    "service_band", codes.DELAY_BAND, "Time to the service, in bands.", label="Time to service"
)
STATUS = _coded("status", codes.REFERRAL_STATUS, "Where the referral stands.", required=True)
REASON = _coded("no_service_reason", codes.NO_SERVICE_REASON, "Why there was no service.")
CONSENT = _coded("consent", codes.CONSENT, "Consent to the referral.", required=True)
SHARE_CONSENT = Field(
    "share_consent",
    "Consent to statistics",
    Kind.FLAG,
    restricted=True,
    about="Whether the person agreed to be counted in shared statistics.",
)
LAG_QUARTERS = _coded("lag_quarters", codes.LAG_QUARTERS, "Quarters between request and ending.")

# --- classification -------------------------------------------------------------------------
ACT = _coded("act", codes.ACT, "Palermo element: act.", many=True)
PURPOSE = _coded(
    "purpose", codes.EXPLOITATION, "Palermo element: purpose.", label="Purpose", many=True
)
MEANS_ELEMENT = _coded("means", codes.MEANS, "Palermo element: means.", label="Means", many=True)
DECIDED_BY = _coded(
    "decided_by", codes.AGENCY_TYPE, "Type of agency that decided.", label="Decided by"
)
BASIS = Field(
    "basis",
    "Basis of the decision",
    Kind.NAME,
    about="A basis that the source's declaration lists.",
)
FROM_CLASS = _coded(
    "from_class", codes.CLASS, "Class before the decision.", label="Class before", filter="class"
)
TO_CLASS = _coded(
    "to_class", codes.CLASS, "Class after the decision.", label="Class after", filter="class"
)
DECISION_BAND = _coded(
    "decision_band", codes.DECISION_BAND, "Months from identification to the decision."
)

SIZE = Field(
    "size", "Size", Kind.COUNT, required=True, about="Number of events that the unit stands for."
)
