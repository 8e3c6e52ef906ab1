"""Margins: the totals people look at, per fact, with the weights of their grains.

A margin is a set of attributes whose every combination of values is a cell. It is written as
names joined by blanks. A place with a level behind a dot (``place.country``) is counted under its
area of that level, or under the finest area known above it. Weights are those of month, quarter and
year; the total of all time weighs half of the year's. A fact with quarterly blocks has no month, so
its first weight is not read.

What pages show is listed fact by fact, with each attribute alone; so are the pairs of
``dashboard.model.pairs``. Any other two attributes of a
fact can meet through a filter, so the registry gives their pairs, with little weight; a few
questions of three attributes are held where a fact has them. How cells are counted stands in
``layout``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from dashboard.model.country import COUNTRY_LEVEL, FIRST, SECOND, THIRD
from dashboard.model.facts import MEMBER_FACTS, Fact
from dashboard.model.fields import Field, Kind
from dashboard.model.filters import filter_of
from dashboard.model.pairs import PAIRS

#: Weights are multiples of this part of 1, so that errors can be summed without rounding.
SCALE = 40
#: Grains at which a margin is held, from fine to coarse.
GRAINS = ("month", "quarter", "year", "all")


@dataclass(frozen=True)
class Weights:
    """How much an error counts at each grain, in whole parts of ``1 / SCALE``.

    Attributes:
        month, quarter, year: The weights.
        few: So many events too many are counted, at every grain, in a cell that too few holders
            have; for attributes of one value.
    """

    month: float
    quarter: float
    year: float
    few: int = 0

    @property
    def all(self) -> float:
        """Weight of the total over all time."""
        return self.year / 2


@dataclass(frozen=True)
class Margin:
    """Attributes that are counted together, and how much their errors weigh.

    Attributes:
        attributes: Their names.
        weights: How much an error of each cell weighs.
        unknown_areas: Whether that holds of cells of an area that is not recorded, too.
    """

    attributes: tuple[str, ...]
    weights: Weights
    unknown_areas: bool = True


DAILY = Weights(2, 2, 2)
OTHER = Weights(0.7, 1.5, 2)
PLACE = Weights(0.2, 1, 3)
THIRD_AREA = Weights(1, 2, 3)
PAIR = Weights(0.3, 1, 1.5)
#: Districts by corridor and by transport, by which maps are filtered: seldom do two share both. Of
#: people, who have most other attributes, areas would be off by a quarter more with twice as much.
WAY_OF_AREA = Weights(0.3, 1, 1.5, few=8)
WAY_OF_PEOPLE = Weights(0.3, 1, 1.5, few=4)
#: Where journeys begin by where they lead, and corridors by transport: no bundle holds these
#: together, and what nobody went must not be shown. Where few cost more, districts of origin alone
#: are off by a tenth more.
FLOW = Weights(2, 4, 6, few=2)
#: Sex by age: the pair with most cells that every page about people shows.
SEX_AND_AGE = Weights(0.5, 1.5, 2)
#: Pairs with a camp or another single place: too many cells to mind a month.
FINE_PAIR = Weights(0, 0.4, 1)
#: Pairs that no page shows.
UNSEEN_PAIR = Weights(0, 0.05, 0.3)
THREE_WAY = Weights(0, 0.15, 0.5)


#: For the public, whose units are twice as large: hardly a cell of a pair holds as much as a unit,
#: and many such cells together pull units away from the totals of single attributes. So these weigh
#: more over a quarter and a year, and what is shown together weighs less.
_FOR_PUBLIC = MappingProxyType(
    {
        DAILY: Weights(2, 5, 6),
        OTHER: Weights(0.5, 3, 6),
        SEX_AND_AGE: Weights(0.5, 2, 5),
        PAIR: Weights(0, 0.5, 1),
        WAY_OF_AREA: Weights(0, 0.5, 1),
        WAY_OF_PEOPLE: Weights(0, 0.5, 1),
        FLOW: Weights(0, 1, 2),
        FINE_PAIR: Weights(0, 0.2, 0.4),
        UNSEEN_PAIR: Weights(0, 0, 0.1),
        THREE_WAY: Weights(0, 0, 0.2),
    }
)
#: For the public, a set alone: a unit adds to up to three of its codes, or to none.
_SET_FOR_PUBLIC = Weights(0, 2, 30)
#: Attributes that nearly follow from the rest of their bundle: for the public they need little.
_NEARLY_IMPLIED = ("class", "exploitation_stage")
_NEARLY_IMPLIED_FOR_PUBLIC = Weights(0.5, 1.5, 3)
#: For the public, pairs of the class roll-up that no page shows: what readers ask for first.
_CLASS_PAIR_FOR_PUBLIC = Weights(0, 0.2, 0.8)


def _margins(*groups: tuple[Weights, str]) -> tuple[Margin, ...]:
    """Margins of groups of one weight: divided by commas, their attributes by blanks.

    What several groups name has the weight of the first.
    """
    margins: dict[tuple[str, ...], Margin] = {}
    for weights, lines in groups:
        for names in (tuple(line.split()) for line in lines.split(",")):
            margins.setdefault(names, Margin(names, weights))
    return tuple(margins.values())


PEOPLE = _margins(
    (DAILY, "class_group, class, sex, age_band, is_child, population_group, mode, scope"),
    (PLACE, "place"),
    (THIRD_AREA, f"place.{THIRD}, place.{SECOND}"),
    (
        OTHER,
        f"""place.{FIRST}, place_role, exploitation_stage, exploitation, corridor, destination,
        destination.country, recruitment_place, promise, recruiter_relation, rescuing_authority,
        means_of_control, legal_status, identified_by, identification_step""",
    ),
    (SEX_AND_AGE, "sex age_band"),
    (WAY_OF_PEOPLE, f"place.{SECOND} corridor, place.{SECOND} mode"),
    (PAIR, PAIRS["people"]),
    (FINE_PAIR, "place class_group, place sex, destination class_group"),
)

INCIDENTS = _margins(
    (DAILY, "class_group, class, mode, scope, verification"),
    (PLACE, "place"),
    (THIRD_AREA, f"place.{THIRD}, place.{SECOND}"),
    (
        OTHER,
        f"""place.{FIRST}, place_role, corridor, destination, destination.country, route,
        dead_or_missing_band""",
    ),
    (WAY_OF_AREA, f"place.{SECOND} corridor, place.{SECOND} mode"),
    (PAIR, PAIRS["incidents"]),
    (FINE_PAIR, "place class_group"),
)

LEGS = _margins(
    (DAILY, "class_group, mode, completed, sex, age_band, is_child, population_group"),
    (PLACE, "from_place, to_place"),
    (THIRD_AREA, f"from_place.{SECOND}, to_place.{SECOND}"),
    (OTHER, "class, leg_role, corridor, to_place.country, legal_status"),
    (PAIR, PAIRS["legs"]),
    (FINE_PAIR, "from_place to_place"),
)

JOURNEYS = _margins(
    (DAILY, "class_group, mode, sex, age_band, is_child, population_group"),
    (PLACE, "origin, destination"),
    (THIRD_AREA, f"origin.{SECOND}, destination.{SECOND}"),
    (OTHER, "class, transit, corridor, destination.country, legal_status"),
    (FLOW, f"origin.{SECOND} destination.{SECOND}, origin.{SECOND} corridor, corridor mode"),
    (PAIR, PAIRS["journeys"]),
    (FINE_PAIR, "origin destination"),
)

REQUESTS = _margins(
    (DAILY, "service, step, priority, class_group, sex, is_child, population_group"),
    (THIRD_AREA, f"place.{THIRD}, place.{SECOND}"),
    (OTHER, f"class, from_agency_type, to_agency_type, place.{FIRST}, mode, corridor"),
    (PAIR, PAIRS["requests"]),
)

ENDINGS = _margins(
    (DAILY, "service, status, step, priority, class_group, sex, is_child, population_group"),
    (THIRD_AREA, f"place.{THIRD}, place.{SECOND}"),
    (
        OTHER,
        f"""class, to_agency_type, no_service_reason, response_band, service_band, lag_quarters,
        place.{FIRST}, mode, corridor""",
    ),
    (PAIR, PAIRS["endings"]),
)

RECLASSIFICATIONS = _margins(
    (DAILY, "from_class, to_class"),
    (OTHER, "decision_band"),
    (PAIR, PAIRS["reclassifications"]),
)

#: Fact id to the margins that pages show, and those close to them.
_LISTED = {
    "people": PEOPLE,
    "incidents": INCIDENTS,
    "legs": LEGS,
    "journeys": JOURNEYS,
    "requests": REQUESTS,
    "endings": ENDINGS,
    "reclassifications": RECLASSIFICATIONS,
}

#: Questions that three attributes answer, or a single place with a destination.
_QUESTIONS = (
    ("sex", "class_group", "is_child"),
    ("area", "sex", "class_group"),
    ("place", "sex", "class_group"),
    ("place", "destination.country"),
    ("area", "sex", "age_band"),
)
#: Facts of large units, whose places stand as second areas in pairs; third areas are shown with
#: services alone.
_BY_DISTRICT = ("requests", "endings")


def _questions(fact: Fact) -> list[Margin]:
    """The questions that a fact has all attributes of, each once, an area as its pairs hold it."""
    area = _pair_name(fact, fact["place"]) if "place" in fact else ""
    areas = ("area", "place") if fact.id in _BY_DISTRICT else ("area",)
    questions = [tuple(area if name in areas else name for name in names) for names in _QUESTIONS]
    held = [names for names in questions if all(name.split(".")[0] in fact for name in names)]
    return [Margin(names, THREE_WAY) for names in dict.fromkeys(held)]


def _unseen_pairs(fact: Fact, margins: Sequence[Margin]) -> list[Margin]:
    """Pairs of a fact's attributes that are not among its margins, in either order."""
    seen = {frozenset(margin.attributes) for margin in margins}
    names = [_pair_name(fact, field) for field in fact.dimensions if not _has_group(fact, field)]
    return [
        Margin(pair, UNSEEN_PAIR)
        for pair in combinations(names, 2)
        if frozenset(pair) not in seen and not _two_places(pair)
    ]


def _pair_name(fact: Fact, field: Field) -> str:
    """A dimension's name in pairs: of places with their level, third, second or the country."""
    if field.kind is not Kind.PLACE:
        return field.name
    if fact.id in _BY_DISTRICT:
        return f"{field.name}.{SECOND}"
    return f"{field.name}.{THIRD if filter_of(field) == 'area' else COUNTRY_LEVEL}"


def _has_group(fact: Fact, field: Field) -> bool:
    """Whether pairs hold a coarser dimension of the fact instead, such as the class group."""
    return f"{field.name}_group" in fact


def _two_places(pair: tuple[str, str]) -> bool:
    """Whether both are areas of the third level; of these ``PAIRS`` holds the second one."""
    return all(name.endswith(f".{THIRD}") for name in pair)


def _margins_of(fact: Fact) -> tuple[Margin, ...]:
    """All margins of a fact: those of pages, its questions, and every pair that is left."""
    margins = (*_LISTED[fact.id], *_questions(fact))
    return (*margins, *_unseen_pairs(fact, margins))


#: Fact id to its margins; nothing is fitted to figures that were published already.
MARGINS = MappingProxyType({fact.id: _margins_of(fact) for fact in MEMBER_FACTS})


def _for_public(fact: Fact, margin: Margin) -> Margin:
    """A margin with the weights that it has for the public.

    An area that too few share is not recorded. To be fitted to how many these are, units of another
    area lose theirs, and as many too many stand in the largest area.
    """
    weights = _FOR_PUBLIC.get(margin.weights, margin.weights)
    if len(margin.attributes) == 1:
        name = margin.attributes[0]
        if name in _NEARLY_IMPLIED:
            weights = _NEARLY_IMPLIED_FOR_PUBLIC
        elif name in fact and fact[name].kind is Kind.CODES:
            weights = _SET_FOR_PUBLIC
    elif margin.weights == UNSEEN_PAIR and "class_group" in margin.attributes:
        weights = _CLASS_PAIR_FOR_PUBLIC
    return Margin(margin.attributes, weights, unknown_areas=False)


#: The same with the weights that they have for the public.
PUBLIC_MARGINS = MappingProxyType(
    {
        fact.id: tuple(_for_public(fact, margin) for margin in MARGINS[fact.id])
        for fact in MEMBER_FACTS
    }
)
