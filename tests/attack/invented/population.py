"""The invented register of the acceptance table: who is identified, when, and where from.

67 places (33 camps, 9 upazilas, 25 districts) with Zipf weights, seasons at sea, groups and boats
whose people share route, class, authority and often the place, and a tenth that arrives one to
three months late. Every share is made up; nothing here is taken from a real person. What follows
from a person (referrals, legs, incidents) stands in ``aftermath``, how all is closed in
``published``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from dashboard.model import codes
from dashboard.model.facts import PARENT_LEVELS, PEOPLE, Fact, parent_prefix
from dashboard.model.fields import Kind
from tests.attack.events import SLOTS, Events, Flags, Floats, Ints, joined
from tests.attack.invented import country
from tests.attack.invented.country import CAMPS, PLACES, UPAZILAS
from tests.attack.invented.draws import Draws, by_row, code

PARTNERS = ("partner-a", "partner-b", "partner-c", "partner-d")
ROUTES = ("Route one", "Route two", "Route three")

_SEA_SEASON = np.array([15, 13, 12, 8, 5, 1, 1, 1, 2, 9, 17, 16]) * 0.14 * 12 / 100
_GROUP_SIZES = np.array([1, 2, 3, 6, 12, 25])
_GROUP_SHARES = (0.72, 0.14, 0.07, 0.045, 0.02, 0.005)
_BOAT = 40
_LATE = 0.10
_POPULATION = (0.55, 0.33, 0.09, 0.02, 0.01)
_CROSSING_CLASSES = (0.24, 0.22, 0.06, 0.22, 0.06, 0.05, 0.02, 0.12, 0.01)
_INTERNAL_CLASSES = (0.42, 0.30, 0, 0, 0, 0.08, 0.05, 0.10, 0.05)
_OWN_CLASSES = (0.30, 0.25, 0.04, 0.16, 0.04, 0.05, 0.03, 0.10, 0.03)
_FORMS = (0.66, 0.16, 0.06, 0.06, 0.02, 0.02, 0.03, 0.003, 0.005, 0.002, 0.002, 0.03)
_PROMISES = (0.60, 0.13, 0.04, 0.10, 0.02, 0.08, 0.01, 0.01, 0.03, 0.03)
_RECRUITERS = (0.03, 0.08, 0.10, 0.12, 0.30, 0.03, 0.02, 0.03, 0.03, 0.26)
_MEANS = (
    *(0.20, 0.15, 0.06, 0.25, 0.04, 0.12, 0.20, 0.05),
    *(0.60, 0.01, 0.15, 0.03, 0.30, 0.10, 0.05, 0.03),
)
_RECRUITED_FROM_CAMP = (0.70, 0.05, 0.04, 0.01, 0.08, 0.03, 0.03, 0.03, 0.03)
_RECRUITED_ELSEWHERE = (0.66, 0.08, 0.06, 0.02, 0, 0.07, 0.04, 0.04, 0.03)
_AUTHORITIES = (0.25, 0.15, 0.08, 0.08, 0.01, 0, 0.02, 0.20, 0.12, 0.05, 0.01, 0.03)
_AUTHORITIES_AT_SEA = (0.10, 0.05, 0.03, 0.10, 0.35, 0.10, 0.02, 0.05, 0.05, 0.05, 0.05, 0.05)
_IDENTIFIERS = (0.12, 0.18, 0.30, 0.12, 0.03, 0.06, 0.02, 0.08, 0.03, 0.01, 0.03, 0.01, 0.01)
#: Corridors by land and river, and where each of them ends.
_OVERLAND = {
    "naf_river": (0.20, "MM"), "bd_india_southwest": (0.45, "IN"),
    "bd_india_northeast": (0.15, "IN"), "hill_tracts_myanmar": (0.10, "MM"),
    "bd_nepal": (0.05, "NP"), "other": (0.03, "KH"), "unknown": (0.02, None),
}  # fmt: skip
_BY_SEA = {"MY": 0.7, "TH": 0.2, "ID": 0.1}
_BY_AIR = {
    "air_gulf": (0.7, {"SA": 0.60, "AE": 0.25, "QA": 0.15}),
    "air_north_africa_europe": (0.1, {"LY": 0.7, "IT": 0.3}),
    "air_southeast_asia": (0.2, {"MY": 1.0}),
}


@dataclass(frozen=True)
class Arriving:
    """Events of one fact and when the register learns of them.

    Attributes:
        events: The events.
        arrival: Month in which each becomes known, shape (events,).
        partner: Number of the partner that tells it, shape (events,).
        person: Number of the person it happened to, shape (events,).
        incident: Number of the incident in which it did, shape (events,).
    """

    events: Events
    arrival: Ints
    partner: Ints
    person: Ints
    incident: Ints

    def where(self, chosen: Flags | Ints) -> Arriving:
        """The events of a mask or of some numbers."""
        return Arriving(
            self.events.where(chosen), self.arrival[chosen], self.partner[chosen],
            self.person[chosen], self.incident[chosen],
        )  # fmt: skip

    def and_more(
        self, events: Events, arrival: Ints, partner: Ints, group: Ints | None = None
    ) -> Arriving:
        """These and further ones, each of another person.

        Args:
            events: The further ones.
            arrival: Month in which each becomes known, shape (further,).
            partner: Number of the partner that tells it, same shape.
            group: Number that those of one incident have in common, same shape; without it each is
                an incident of its own.
        """
        own = np.arange(len(events))
        return Arriving(
            joined([self.events, events]), np.r_[self.arrival, arrival],
            np.r_[self.partner, partner], np.r_[self.person, self.person.max() + 1 + own],
            np.r_[self.incident, self.incident.max() + 1 + (own if group is None else group)],
        )  # fmt: skip


@dataclass(frozen=True)
class Population:
    """People of the invented country and everything that was reported of them.

    Attributes:
        months: Months it covers from ``events.FIRST``.
        facts: Fact id to what happens of it.
    """

    months: int
    facts: Mapping[str, Arriving]

    @property
    def people(self) -> Arriving:
        """The people themselves."""
        return self.facts[PEOPLE.id]

    def only(self, *ids: str) -> Population:
        """The same country in which nothing else is ever reported."""
        return replace(self, facts={name: self.facts[name] for name in ids})

    def halves(self, seed: int) -> tuple[Population, Population]:
        """Who is in the data and who is not, by the throw of a coin."""
        count = int(self.people.person.max()) + 1
        inside = np.random.default_rng([seed, 9]).random(count) < 0.5
        return self.of(inside), self.of(~inside)

    def of(self, people: Flags) -> Population:
        """What happened to some people, by a mask over their numbers."""
        kept = {name: part.where(people[part.person]) for name, part in self.facts.items()}
        return replace(self, facts=kept)


def identified(draws: Draws, per_month: int, months: int) -> Arriving:
    """People of so many months, about so many a month, before anything follows."""
    incidents = _incidents(draws, per_month, months)
    people, incident = _people(draws, incidents)
    count = len(people)
    late = np.where(draws.yes(_LATE, count), draws.random.integers(1, 4, count), 0)
    partner = draws.one((0.4, 0.3, 0.2, 0.1), len(incidents["month"]))[incident]
    return Arriving(people, people.months + late, partner, np.arange(count), incident)


def events_of(fact: Fact, months: Ints, columns: Mapping[str, Ints]) -> Events:
    """Events with the areas above their places."""
    domains = {field.name: _domain(fact, field.name) for field in fact.dimensions}
    found = {field.name: columns[field.name] for field in fact.dimensions}
    for name in fact.place_dimensions:
        for level in PARENT_LEVELS:
            area = f"{parent_prefix(name)}{level}"
            above = [country.areas(place).get(level) for place in PLACES]
            domains[area] = tuple(sorted({held for held in above if held}))
            table = [domains[area].index(held) if held else -1 for held in above]
            found[area] = np.array([*table, -1])[found[name]]
    return Events(fact, months, np.ones(len(months), dtype=np.int64), found, domains)


def _domain(fact: Fact, name: str) -> tuple[str, ...]:
    """The codes that a column of a fact may hold."""
    field = fact[name]
    if field.codes is not None:
        return field.codes.values
    return ROUTES if field.kind is Kind.NAME else PLACES


def _incidents(draws: Draws, per_month: int, months: int) -> dict[str, Ints]:
    """Incidents with what their people share, and how many they are."""
    month = np.repeat(np.arange(months), _wanted(draws, per_month, months))
    count = len(month)
    size = _GROUP_SIZES[draws.one(_GROUP_SHARES, count)]
    group = draws.one(_POPULATION, count)
    crossing = draws.yes(np.where(group == 0, 0.40, 0.28), count)
    mode = draws.one(_mode_shares(month, group, crossing), count)
    sea = mode == code(codes.MODE, "sea")
    corridor, destination = _ways(draws, group, crossing, mode)
    found = {
        "month": month, "population_group": group, "scope": crossing.astype(np.int64), "mode": mode,
        "corridor": corridor, "destination": destination,
        "class": draws.one(by_row(crossing, _CROSSING_CLASSES, _INTERNAL_CLASSES), count),
        "rescuing_authority": draws.one(by_row(sea, _AUTHORITIES_AT_SEA, _AUTHORITIES), count),
        "place_role": draws.one((0.7, 0.15, 0.1, 0.05), count),
        "identified_by": draws.one(_IDENTIFIERS, count),
    }  # fmt: skip
    size = np.where(sea, np.minimum(_BOAT, 3 * size), size)
    size = np.minimum(size, max(1, per_month // 2))
    left = np.bincount(month, minlength=months)[month] - _before(size, month)
    found["size"] = np.minimum(size, left)
    return {name: values[left > 0] for name, values in found.items()}


def _wanted(draws: Draws, per_month: int, months: int) -> Ints:
    """People of each month: a slow swell, a little growth, and one wave in two years."""
    steps = np.arange(months)
    swell = 1 + 0.25 * np.sin(steps / 5) + 0.1 * steps / months
    wave = np.where(steps % 24 == 16, 1.8, 1)
    return np.maximum(6, draws.random.poisson(per_month * swell * wave))


def _before(sizes: Ints, months: Ints) -> Ints:
    """Sum of the sizes that stand before each row in its own month."""
    heaped = np.cumsum(sizes) - sizes
    starts = np.r_[True, months[1:] != months[:-1]]
    return heaped - np.maximum.accumulate(np.where(starts, heaped, 0))


def _mode_shares(month: Ints, group: Ints, crossing: Flags) -> Floats:
    season, sea = _SEA_SEASON[month % 12], code(codes.MODE, "sea")
    shares = np.tile([0.95, 0.03, 0, 0, 0.01, 0.01], (len(month), 1))
    refugee, other = crossing & (group == 0), crossing & (group != 0)
    shares[refugee] = [0.40, 0.08, 0, 0.02, 0.06, 0.02]
    shares[refugee, sea] = np.minimum(0.5, 2 * season[refugee])
    shares[other] = [0.40, 0.05, 0, 0.35, 0.05, 0.03]
    shares[other, sea] = np.minimum(0.3, season[other])
    return shares


def _ways(draws: Draws, group: Ints, crossing: Flags, mode: Ints) -> tuple[Ints, Ints]:
    """Corridors, and where they end."""
    count = len(mode)
    ways = np.array([code(codes.CORRIDOR, name) for name in _OVERLAND])
    ends = np.array([country.number(end) if end else -1 for _, end in _OVERLAND.values()])
    taken = draws.one([share for share, _ in _OVERLAND.values()], count)
    corridor, end = ways[taken], ends[taken]
    sea = crossing & (mode == code(codes.MODE, "sea"))
    corridor[sea] = code(codes.CORRIDOR, "bay_of_bengal_andaman")
    end[sea] = _ends(draws, _BY_SEA, count)[sea]
    flight = draws.one([share for share, _ in _BY_AIR.values()], count)
    for number, (name, (_, places)) in enumerate(_BY_AIR.items()):
        flown = crossing & (mode == code(codes.MODE, "air")) & (flight == number)
        corridor[flown] = code(codes.CORRIDOR, name)
        end[flown] = _ends(draws, places, count)[flown]
    in_camps = (group == 0) & draws.yes(0.3, count)
    inside = [code(codes.CORRIDOR, name) for name in ("bd_internal", "camp_internal")]
    corridor[~crossing] = np.array(inside)[in_camps.astype(np.int64)][~crossing]
    end[~crossing] = country.number("BD")
    return corridor, end


def _ends(draws: Draws, shares: Mapping[str, float], count: int) -> Ints:
    numbers = np.array([country.number(place) for place in shares])
    return numbers[draws.one(list(shares.values()), count)]


def _people(draws: Draws, incidents: Mapping[str, Ints]) -> tuple[Events, Ints]:
    """People, and the number of each one's incident."""
    incident = np.repeat(np.arange(len(incidents["month"])), incidents["size"])
    column = {name: values[incident] for name, values in incidents.items() if name != "size"}
    month, count = column.pop("month"), len(incident)
    own = draws.one(_POPULATION, count)
    column["population_group"] = np.where(draws.yes(0.85, count), column["population_group"], own)
    column |= _who(draws, column["mode"] == code(codes.MODE, "sea"))
    column |= _what(draws, column)
    column |= _how(draws, column)
    column["place"] = _places(draws, incident, column["population_group"])
    return events_of(PEOPLE, month, column), incident


def _who(draws: Draws, sea: Flags) -> dict[str, Ints]:
    """Sex, age and whether a child."""
    count = len(sea)
    sex = draws.one(by_row(sea, (0.36, 0.635, 0, 0.005), (0.55, 0.44, 0.003, 0.007)), count)
    at_sea = (0.14, 0.20, 0.30, 0.30, 0.02, 0.01, 0.03)
    age = draws.one(by_row(sea, at_sea, (0.09, 0.17, 0.24, 0.38, 0.06, 0.02, 0.04)), count)
    yes, no, unknown = (code(codes.IS_CHILD, value) for value in ("yes", "no", "unknown"))
    child = np.full(count, no)
    under_15, near_18, not_known = 0, 1, len(codes.AGE_BAND.values) - 1
    child[(age == under_15) | ((age == near_18) & draws.yes(0.75, count))] = yes
    child[(age == not_known) & draws.yes(0.8, count)] = unknown
    return {"sex": sex, "age_band": age, "is_child": child}


def _what(draws: Draws, person: Mapping[str, Ints]) -> dict[str, Ints]:
    """Class, its roll-up, exploitation and its stage."""
    count, internal = len(person["sex"]), person["scope"] == 0
    shares = np.tile(_OWN_CLASSES, (count, 1))
    shares[internal, 2:5] = 0
    class_ = np.where(draws.yes(0.85, count), person["class"], draws.one(shares, count))
    early = np.isin(class_, [code(codes.CLASS, c) for c in ("smuggling", "undetermined")])
    drawn = draws.one(by_row(early, (0.7, 0.1, 0.2), (0.08, 0.82, 0.10)), count)
    stages = [code(codes.STAGE, c) for c in ("attempted_or_intercepted", "exploited", "none_yet")]
    shares = np.tile(_FORMS, (count, 1))
    man, child = person["sex"] == 1, person["is_child"] == 0
    shares[man, 1], shares[man, 3] = 0.03, 0.01
    shares[~child, 2] = 0.005
    forms = draws.two(shares, 0.09)
    said = (drawn == 1) | draws.yes(0.25, count)
    forms[~said | (class_ == code(codes.CLASS, "not_trafficking_or_smuggling"))] = -1
    return {
        "class": class_, "class_group": _class_groups(class_, forms[:, 0]), "exploitation": forms,
        "exploitation_stage": np.array(stages)[drawn],
    }  # fmt: skip


def _class_groups(class_: Ints, form: Ints) -> Ints:
    """The roll-up of the registry, for each person."""
    groups = codes.CLASS_GROUP.values
    forms = [[value] for value in codes.EXPLOITATION.values]
    rolled = [
        [groups.index(codes.class_group(value, listed)) for listed in (*forms, [])]
        for value in codes.CLASS.values
    ]
    return np.array(rolled)[class_, form]


def _how(draws: Draws, person: Mapping[str, Ints]) -> dict[str, Ints]:
    """How people were drawn in, held, found and registered."""
    sex, group = person["sex"], person["population_group"]
    count = len(sex)
    promises = np.tile(_PROMISES, (count, 1))
    promises[sex != 0, 1] = 0.02
    means = np.tile(_MEANS, (count, 1))
    means[sex != 1, code(codes.MEANS, "sexual_abuse")] = 0.12
    recruited = by_row(group == 0, _RECRUITED_FROM_CAMP, _RECRUITED_ELSEWHERE)
    known = code(codes.RECRUITER, "unknown")
    by_helpers = code(codes.RESCUING_AUTHORITY, "ngo_or_un")
    authority = np.where(draws.yes(0.9, count), person["rescuing_authority"], by_helpers)
    return {
        "recruitment_place": draws.one(recruited, count), "promise": draws.two(promises, 0.12),
        "recruiter_relation": draws.two(np.tile(_RECRUITERS, (count, 1)), 0.08, alone=known),
        "rescuing_authority": authority,
        "means_of_control": draws.some(means, draws.one((0.15, 0.35, 0.30, 0.20), count)),
        "legal_status": _status(group), "identification_step": draws.one((0.1, 0.2, 0.7), count),
    }  # fmt: skip


def _status(group: Ints) -> Ints:
    """Legal status follows from the group: two codes for refugees, none where unknown."""
    listed = codes.LEGAL_STATUS.values
    table = np.full((len(_POPULATION), SLOTS), -1)
    table[0, :2] = listed.index("refugee"), listed.index("stateless")
    table[1:3, 0] = listed.index("national")
    table[3, 0] = listed.index("foreign_national")
    return table[group]


def _places(draws: Draws, incident: Ints, group: Ints) -> Ints:
    """Places: of a camp for refugees, of an upazila for hosts; companions often share one."""
    count = len(group)
    camp = draws.one(draws.camps, count)
    upazila = len(CAMPS) + draws.one(draws.upazilas, count)
    district = len(CAMPS) + len(UPAZILAS) + draws.one(draws.districts, count)
    near = (group == 1) | draws.yes(0.2, count)
    place = np.where(group == 0, camp, np.where(near, upazila, district))
    same = np.r_[False, (incident[1:] == incident[:-1]) & (group[1:] == group[:-1])]
    follows = same & draws.yes(0.6, count)
    return place[np.maximum.accumulate(np.where(follows, 0, np.arange(count)))]
