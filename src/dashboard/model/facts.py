"""Facts: the kinds of event a release counts, and the dimensions it may be asked by.

How records become units stands in ``etl.protect``; how a filter becomes SQL in
``dashboard.filters``. Here stands only what both must agree on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.model import fields as f
from dashboard.model.codes import OWN, Code, CodeList
from dashboard.model.country import FIRST, REGION, SECOND, THIRD
from dashboard.model.fields import Field, Kind
from dashboard.model.filters import filter_of
from dashboard.model.languages import LOCAL, in_words_of, label_in
from dashboard.model.periods import Grain
from dashboard.model.protection import BASE, WIDE_BASE

#: What a number counts.
UNITS = CodeList(
    "unit",
    "Unit",
    OWN,
    (
        Code("people", "people"),
        Code("incidents", "incidents"),
        Code("legs", "legs"),
        Code("referrals", "referrals"),
        Code("boats", "boats"),
    ),
)
#: Levels that are looked up from a place and its month, from fine to coarse.
PARENT_LEVELS = (THIRD, SECOND, FIRST, "country")
#: Levels of areas that a rare place may stand under, from fine to coarse.
LEVELS_ABOVE = (REGION, *PARENT_LEVELS)


@dataclass(frozen=True)
class Fact:
    """A kind of event.

    Attributes:
        id: Name of its table in a release.
        label: English name.
        unit: What a figure counts: a code of ``UNITS``.
        time: Field of its period (MONTH or QUARTER kind).
        dimensions: Its dimensions, without time and size.
        base: Smallest size of a unit for the working group; 1 in a store that is not protected.
        bundles: Dimensions that stay together when units are fitted, the most informative first:
            where too few events share them all, the last becomes "not recorded" first.
        published: Whether published sources alone fill it, in releases of their own.
        has_sites: Whether its places may be sites; else third areas are the finest.
        filters: Filter name to the dimensions that serve it; any of them may match.
    """

    id: str
    label: str
    unit: str
    time: Field
    dimensions: tuple[Field, ...]
    base: int
    bundles: tuple[tuple[str, ...], ...]
    published: bool = False
    has_sites: bool = True

    def __post_init__(self) -> None:
        names = [name for bundle in self.bundles for name in bundle]
        if sorted(names) != sorted(field.name for field in self.dimensions):
            raise ValueError(f"fact {self.id}: each dimension stands in exactly one bundle")

    def __hash__(self) -> int:
        return hash(self.id)  # facts are keys of caches that are looked up often

    def __getitem__(self, name: str) -> Field:
        for field in (self.time, *self.dimensions):
            if field.name == name:
                return field
        raise KeyError(f"{self.id} has no dimension {name!r}")

    def label_in(self, lang: str) -> str:
        """Name in a language."""
        return in_words_of(lang, self.label, label_in(LOCAL, f"fact.{self.id}"))

    def unit_in(self, lang: str) -> str:
        """Name of its unit in a language."""
        return UNITS.label_of(self.unit, lang)

    def __contains__(self, name: object) -> bool:
        return any(field.name == name for field in (self.time, *self.dimensions))

    def is_set(self, column: str) -> bool:
        """Whether a column holds sets of codes, each of which counts."""
        return column in self and self[column].kind.many

    @property
    def grain(self) -> Grain:
        """Length of its own period."""
        return "month" if self.time.kind is Kind.MONTH else "quarter"

    @cached_property
    def filters(self) -> Mapping[str, tuple[str, ...]]:
        """Filter name to the columns that serve it."""
        served: dict[str, tuple[str, ...]] = {}
        for field in (self.time, *self.dimensions):
            name = filter_of(field)
            if name:
                served[name] = (*served.get(name, ()), field.name)
        return served  # a plain one: a fact travels to a second process

    def parents(self, name: str) -> tuple[str, ...]:
        """Columns that hold the parents of a place dimension, in PARENT_LEVELS order."""
        return tuple(f"{parent_prefix(name)}{level}" for level in PARENT_LEVELS)

    @property
    def place_dimensions(self) -> tuple[str, ...]:
        """Names of the single-place dimensions, which have parent columns."""
        return tuple(d.name for d in self.dimensions if d.kind is Kind.PLACE)

    @cached_property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Columns of its release table as (name, DuckDB type): time, dimensions, parents, size."""
        own = [(field.name, field.kind.sql) for field in (self.time, *self.dimensions)]
        looked_up = [(c, "VARCHAR") for name in self.place_dimensions for c in self.parents(name)]
        return (*own, *looked_up, (f.SIZE.name, f.SIZE.kind.sql))


def parent_prefix(place_dimension: str) -> str:
    """Prefix of a place dimension's parent columns: '' for place, 'from_' for from_place."""
    stem = place_dimension.removesuffix("place").rstrip("_")
    return f"{stem}_" if stem else ""


PEOPLE = Fact(
    "people",
    "People identified",
    "people",
    f.MONTH,
    (
        f.PLACE,
        f.PLACE_ROLE,
        f.POPULATION_GROUP,
        f.SEX,
        f.AGE_BAND,
        f.IS_CHILD,
        f.CLASS,
        f.CLASS_GROUP,
        f.STAGE,
        f.EXPLOITATION,
        f.MODE,
        f.SCOPE,
        f.CORRIDOR,
        f.DESTINATION,
        f.RECRUITMENT_PLACE,
        f.PROMISE,
        f.RECRUITER,
        f.RESCUING_AUTHORITY,
        f.MEANS,
        f.LEGAL_STATUS,
        f.IDENTIFIED_BY,
        f.IDENTIFICATION_STEP,
    ),
    base=BASE,
    bundles=(
        ("place", "place_role", "population_group"),
        ("sex", "is_child", "age_band"),
        ("class_group", "class", "exploitation_stage", "exploitation"),
        ("mode", "scope", "corridor", "destination"),
        ("recruitment_place",),
        ("promise",),
        ("recruiter_relation",),
        ("rescuing_authority",),
        ("means_of_control",),
        ("legal_status",),
        ("identified_by", "identification_step"),
    ),
)

INCIDENTS = Fact(
    "incidents",
    "Incidents reported",
    "incidents",
    f.MONTH,
    (
        f.PLACE,
        f.PLACE_ROLE,
        f.INCIDENT_CLASS,
        f.INCIDENT_CLASS_GROUP,
        f.MODE,
        f.SCOPE,
        f.CORRIDOR,
        f.DESTINATION,
        f.ROUTE,
        f.VERIFICATION,
        f.DEAD_OR_MISSING_BAND,
    ),
    base=BASE,
    bundles=(
        ("place", "place_role"),
        ("class_group", "class"),
        ("mode", "scope", "corridor", "destination"),
        ("route",),
        ("verification",),
        ("dead_or_missing_band",),
    ),
)

LEGS = Fact(
    "legs",
    "Legs of journeys",
    "legs",
    f.QUARTER,
    (
        f.FROM_PLACE,
        f.TO_PLACE,
        f.LEG_ROLE,
        f.MODE,
        f.CORRIDOR,
        f.CLASS,
        f.CLASS_GROUP,
        f.COMPLETED,
        f.SEX,
        f.AGE_BAND,
        f.IS_CHILD,
        f.POPULATION_GROUP,
        f.LEGAL_STATUS,
    ),
    base=WIDE_BASE,
    bundles=(
        ("from_place", "to_place", "leg_role", "mode", "corridor"),
        ("class_group", "class"),
        ("completed",),
        ("sex", "is_child", "age_band"),
        ("population_group", "legal_status"),
    ),
)

JOURNEYS = Fact(
    "journeys",
    "Journeys",
    "people",
    f.QUARTER,
    (
        f.ORIGIN,
        f.TRANSIT,
        f.JOURNEY_DESTINATION,
        f.MODE,
        f.CORRIDOR,
        f.CLASS,
        f.CLASS_GROUP,
        f.SEX,
        f.AGE_BAND,
        f.IS_CHILD,
        f.POPULATION_GROUP,
        f.LEGAL_STATUS,
    ),
    base=BASE,
    bundles=(
        # The way is four bundles, since few journeys share all of it; ``PAIRS`` hold it together.
        ("origin",),
        ("transit",),
        ("destination", "corridor"),
        ("mode",),
        ("class_group", "class"),
        ("sex", "is_child", "age_band"),
        ("population_group", "legal_status"),
    ),
)

REQUESTS = Fact(
    "requests",
    "Referrals requested",
    "referrals",
    f.MONTH,
    (
        f.PLACE,
        f.FROM_AGENCY_TYPE,
        f.TO_AGENCY_TYPE,
        f.SERVICE,
        f.STEP,
        f.PRIORITY,
        f.CLASS,
        f.CLASS_GROUP,
        f.SEX,
        f.IS_CHILD,
        f.POPULATION_GROUP,
        f.MODE,
        f.CORRIDOR,
    ),
    base=WIDE_BASE,
    bundles=(
        ("place", "population_group"),
        ("sex", "is_child"),
        ("class_group", "class"),
        ("from_agency_type", "to_agency_type"),
        ("service", "step", "priority"),
        ("mode", "corridor"),
    ),
    has_sites=False,
)

ENDINGS = Fact(
    "endings",
    "Referrals ended",
    "referrals",
    f.MONTH,
    (
        f.PLACE,
        f.TO_AGENCY_TYPE,
        f.SERVICE,
        f.STEP,
        f.PRIORITY,
        f.STATUS,
        f.REASON,
        f.RESPONSE_BAND,
        f.SERVICE_BAND,
        f.LAG_QUARTERS,
        f.CLASS,
        f.CLASS_GROUP,
        f.SEX,
        f.IS_CHILD,
        f.POPULATION_GROUP,
        f.MODE,
        f.CORRIDOR,
    ),
    base=WIDE_BASE,
    bundles=(
        ("place", "population_group"),
        ("sex", "is_child"),
        ("class_group", "class"),
        ("to_agency_type",),
        ("service", "step", "priority"),
        ("mode", "corridor"),
        ("status", "no_service_reason", "response_band", "service_band", "lag_quarters"),
    ),
    has_sites=False,
)

RECLASSIFICATIONS = Fact(
    "reclassifications",
    "Classifications changed",
    "people",
    f.QUARTER,
    (f.FROM_CLASS, f.TO_CLASS, f.DECISION_BAND),
    base=BASE,
    bundles=(("from_class", "to_class", "decision_band"),),
)

VOYAGES = Fact(
    "voyages",
    "People who set out in boats",
    "people",
    f.MONTH,
    (f.SEA_AREA, f.DEPARTURE, f.BOUND_FOR, f.SEA_OUTCOME, f.SOURCE),
    base=BASE,
    bundles=(("sea_area", "departure", "bound_for"), ("sea_outcome",), ("source",)),
    published=True,
)

BOATS = Fact(
    "boats",
    "Boats that set out",
    "boats",
    f.MONTH,
    (f.SEA_AREA, f.DEPARTURE, f.BOUND_FOR, f.SOURCE),
    base=BASE,
    bundles=(("sea_area", "departure", "bound_for"), ("source",)),
    published=True,
)

FACTS: tuple[Fact, ...] = (
    PEOPLE,
    INCIDENTS,
    LEGS,
    JOURNEYS,
    REQUESTS,
    ENDINGS,
    RECLASSIFICATIONS,
    VOYAGES,
    BOATS,
)
#: Those that partners' records fill.
MEMBER_FACTS: tuple[Fact, ...] = tuple(fact for fact in FACTS if not fact.published)
#: Those of them that are counted by month.
MONTHLY_FACTS: tuple[Fact, ...] = tuple(fact for fact in MEMBER_FACTS if fact.grain == "month")
#: Facts of the same records: where one has events and the other none, that none is a number.
TOLD_TOGETHER: tuple[tuple[Fact, ...], ...] = ((REQUESTS, ENDINGS),)


def fact(fact_id: str) -> Fact:
    """The fact of an id; KeyError for no such fact."""
    for entry in FACTS:
        if entry.id == fact_id:
            return entry
    raise KeyError(f"no fact {fact_id!r}")
