"""Bounds: every measure of the suite with the bound that it must keep.

Bounds are those of the design of protection. They are never loosened to let a release pass: a
measure that breaks its bound says that the protection does not hold. An aim is what protection was
meant to reach and may miss: the report says so, and what is said to readers says it too. A few
measures are told alone. How measures are taken stands in the modules beside this one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.model.facts import MEMBER_FACTS
from tests.attack.attackers.cells import CellView

Sense = Literal["at most", "at least"]
Kind = Literal["bound", "aim", "told"]
#: Figures of a seed by the name of their measure.
Figures = dict[str, float]

MEMBERS, TEN, PUBLIC = "members", "base 10", "public"
CONTROL, TIME, DOOR = "control", "time", "door"
ECHO = "echoes"
ALL_BUT_ONE, PARTNERS, EDITIONS = "all but one", "partners", "editions"
LISTS = "known lists"
OUTPUTS = "all outputs"
PAIRS = "filtered pairs"

#: Views of a year that must be right, by the words of the report.
YEARLY = {
    "sex by age": ("sex", "age_band"), "exploitation": ("exploitation",),
    "transport by destination": ("mode", "destination_country"), "corridor": ("corridor",),
    "promises": ("promise",), "authority": ("rescuing_authority",),
    "recruitment place by sex": ("recruitment_place", "sex"),
}  # fmt: skip
#: Of these, the views of a quarter.
QUARTERLY = {"promises": 3, "authority": 3, "sex by age": 2.5}
#: Pairs of columns that no page shows together.
UNSEEN_PAIRS = {
    "promise by recruiter": ("promise", "recruiter_relation"),
    "age by destination": ("age_band", "destination_country"),
    "authority by class": ("rescuing_authority", "class_group"),
    "exploitation by age": ("exploitation", "age_band"),
    "authority by exploitation": ("rescuing_authority", "exploitation"),
}


@dataclass(frozen=True)
class Asked:
    """What readers ask of a fact.

    Attributes:
        fact_id: The fact.
        view: Its columns.
        limit: How far off a number may be on average over the seeds.
        grain: Length of its periods.
    """

    fact_id: str
    view: tuple[str, ...]
    limit: float
    grain: str = "year"


#: Words of the report to what is asked of all facts, each measured against the records as they are.
ASKED: Mapping[str, Asked] = {
    "people by place": Asked("people", ("place",), 2.4),
    "people by place over three years": Asked("people", ("place",), 3.2, "all"),
    "people by upazila": Asked("people", ("upazila",), 2.4),
    "people by district": Asked("people", ("district",), 2.4),
    "people by corridor": Asked("people", ("corridor",), 2.6),
    "people by class": Asked("people", ("class",), 3),
    "people by exploitation": Asked("people", ("exploitation",), 3),
    "people by promise": Asked("people", ("promise",), 3),
    "people by means of control": Asked("people", ("means_of_control",), 3),
    "legs by corridor": Asked("legs", ("corridor",), 6.5),
    "journeys by corridor": Asked("journeys", ("corridor",), 3),
    "journeys by origin": Asked("journeys", ("origin",), 3),
    "requests by service": Asked("requests", ("service",), 5),
    "requests by upazila": Asked("requests", ("upazila",), 5.5),
    "endings by service": Asked("endings", ("service",), 5),
    "endings by upazila": Asked("endings", ("upazila",), 5.5),
}
#: Of these, those of which a list must neither overlook a large value nor show one that is not.
LISTED = ("people by place", "people by class", "requests by service", "endings by service")
OF_FEW = "people by place, 20 people a month, mean error"
#: Units tell a place that one incident alone holds by the area above it; how many, over 5 years.
UNTOLD = "people over 5 years told by a wider area than their district"
#: What an attacker wants to know of a person.
TARGETS = {"class": "class_group", "exploitation": "exploitation", "promise": "promise"}
CELLS = {
    "place by class by sex, year": CellView(("place", "class_group", "sex"), "year"),
    "place by class, quarter": CellView(("place", "class_group"), "quarter"),
    "area by sex by age, quarter": CellView(("area", "sex", "age_band"), "quarter"),
    "place, month": CellView(("place",), "month"),
}
#: Where no place is finer than a district, cells are small only where more is asked of them.
PUBLIC_CELLS = {
    "district by group by sex by age, month": CellView(
        ("place", "population_group", "sex", "age_band"), "month"
    ),
    "district by sex by age, month": CellView(("place", "sex", "age_band"), "month"),
    "district by class by transport, month": CellView(("place", "class_group", "mode"), "month"),
    "division by class by sex, month": CellView(("division", "class", "sex"), "month"),
}


#: A register of few people a month, on which the joint attack is tried too.
FEW = "few people a month"
#: Facts that the joint attack puts together.
JOINED = ("three facts", "three facts by upazila", "four facts")


@dataclass(frozen=True)
class Bound:
    """What a measure must keep.

    Attributes:
        section: Part of the report it stands in.
        limit: The bound.
        sense: On which side of it the measure must lie.
        kind: Whether it must be kept, is aimed at, or the measure is only told.
        of_mean: Whether the mean over the seeds is held to it, not the worst seed.
    """

    section: str
    limit: float
    sense: Sense = "at most"
    kind: Kind = "bound"
    of_mean: bool = False

    def judged(self, values: Sequence[float]) -> float:
        """The value that is held to the bound: the worst, or the mean where that was asked for."""
        if self.of_mean or any(value != value for value in values):
            return sum(values) / len(values)
        return max(values) if self.sense == "at most" else min(values)

    def reached(self, value: float) -> bool:
        """Whether a value lies on the right side; a value that is no number does not."""
        return value <= self.limit if self.sense == "at most" else value >= self.limit

    def holds(self, value: float) -> bool:
        """Whether a value breaks nothing: an aim may be missed, but not by what is no number."""
        return self.reached(value) if self.kind == "bound" else value == value


#: What is asked of the ranking of 67 places, of which the public sees districts alone, and few.
_OF_PLACES = "place by year"


def _accuracy() -> Iterator[tuple[str, float, float, Sense]]:
    """Accuracy: measure, bound at base 5, bound at base 10."""
    yield "block total at close, error", 0, 0, "at most"
    yield "block total at close where it is not exact, error", 5, 10, "at most"
    for grain in ("month", "quarter", "year"):
        yield f"total of a {grain} after late blocks, largest error", 10, 20, "at most"
    for grain, five, ten in (("month", 3.5, 6), ("quarter", 4, 8), ("year", 4, 10)):
        yield f"class by {grain}, mean error", five, ten, "at most"
    for name in YEARLY:
        yield f"{name} by year, mean error", 3, 6.5, "at most"
    yield "place by year, mean error", 2, 4.5, "at most"
    yield "place by year, relative error", 0.22, 0.45, "at most"
    yield "place by year, rank correlation", 0.88, 0.75, "at least"
    yield "place by year, share of the top ten", 0.80, 0.70, "at least"
    for name in UNSEEN_PAIRS:
        yield f"{name} by year, relative error", 0.45, 0.65, "at most"


def _cells(views: Iterable[str]) -> Iterator[tuple[str, float, float, Sense]]:
    """Attacks on cells: measure, bound at base 5, bound at base 10."""
    for view in views:
        yield f"cells of {view}: calibrated attacker right", 0.40, 0.30, "at most"
        yield f"cells of {view}: 0 told from 1", 0.65, 0.60, "at most"
        yield f"cells of {view}: gain by differencing", 0.02, 0.02, "at most"
        yield f"cells of {view}: gain by averaging", 0.02, 0.02, "at most"


def _people() -> Iterator[tuple[str, float, float, Sense]]:
    """Attacks on a known person: measure, bound at base 5, bound at base 10."""
    for target in TARGETS:
        yield f"{target} of a known person: precision above others", 0.20, 0.15, "at most"
        yield f"{target} of a known person: coverage", 0.20, 0.10, "at most"
    for grain in ("month", "quarter"):
        yield f"member told from others by {grain}, area under the curve", 0.65, 0.65, "at most"


def _member_accuracy() -> Iterator[tuple[str, float, Sense]]:
    """Accuracy that is asked of the members' release alone."""
    for name, limit in QUARTERLY.items():
        yield f"{name} by quarter, mean error", limit, "at most"
    yield "place by year, error with carry over error without", 0.7, "at most"
    yield "any one-way total over 5 years, largest error", 20, "at most"


def _member_attacks() -> Iterator[tuple[str, float, Sense]]:
    """Attacks on the members' release alone."""
    for view in CELLS:
        yield f"cells of {view}: forest above one-way totals", 0.12, "at most"
        yield f"cells of {view}: forest on 0 and 1 above one-way totals", 0.12, "at most"
    for gain in _joint_gains():
        yield gain, 0.05, "at most"
        yield f"{FEW}, {gain}", 0.05, "at most"
    yield "share of units that agree with nobody on month, place, sex, age", 0.40, "at least"
    yield "share of units that agree with nobody on these and class", 0.60, "at least"
    yield "late person told from others, area under the curve", 0.75, "at most"
    yield "cells pinned by linear programming", 0, "at most"


def _integrity() -> Iterator[tuple[str, float, Sense]]:
    yield "columns whose parts do not sum to the total", 0, "at most"
    yield "answers and differences between 0 and the base, 3,000 nested filters", 0, "at most"


def _joint_gains() -> Iterator[str]:
    for facts in JOINED:
        for gain in ("telling members", "reading the class"):
            yield f"joint attack on {facts}: gain in {gain}"


#: Twice what a protected release may let the joint attack gain.
_JOINT_MUST_GAIN = 0.10


def _asked() -> Iterator[tuple[str, float]]:
    """What readers ask of every fact, as a mean over the seeds."""
    for name, asked in ASKED.items():
        yield f"{name}, mean error", asked.limit
        if name in LISTED:
            yield f"{name}, cells of ten and more that show 0, share", 1 / 100
            yield f"{name}, shown cells where nobody was, share", 1 / 25
    yield OF_FEW, 2.6


def _control() -> Iterator[tuple[str, float, Sense]]:
    """What the attacks must reach where nothing is protected, or they prove nothing."""
    for view in CELLS:
        yield f"cells of {view}: calibrated attacker right", 0.95, "at least"
    yield "member told from others by month, area under the curve", 0.95, "at least"
    yield "class of a known person: precision", 0.85, "at least"
    yield "late person told from others, area under the curve", 0.90, "at least"
    yield "rounded cells, class of a known person: precision above others", 0.20, "at least"
    yield "whole record told from another, every edition", 0.95, "at least"
    yield f"all outputs, {in_outputs('a member')['all but one', 'person'][0]}", 0.95, "at least"
    yield "unusual record told from an ordinary one, area under the curve", 0.95, "at least"
    yield "error against the truth that another record would change", 0.50, "at least"
    yield f"people: {HELD_BY_ONE}", 0.03, "at least"
    yield "totals always exact: a partner's rest is fewer than two units", 0.10, "at least"
    for change in CHANGES:
        yield f"{change}, told from another, next edition", 0.95, "at least"
    for change in BETWEEN:
        name = f"{change} after a preview, told from another"
        yield f"{name} by the records of both", 0.95, "at least"
        if change in BY_CODES:
            yield f"{name} by the total of every code", 0.95, "at least"
    for gain in _joint_gains():
        yield f"{FEW}, {gain}", _JOINT_MUST_GAIN, "at least"


def _time() -> Iterator[tuple[str, float, Sense]]:
    yield "5 years at 50 people a month, all facts, seconds", 30, "at most"
    yield "100,000 people, seconds", 300, "at most"


def _aims_of_time() -> Iterator[tuple[str, float, Sense, Kind]]:
    name = "100,000 people, time of their echoes over that of protection"
    yield name, 2, "at most", "aim"
    yield f"{name} month by month, with late blocks", 2, "at most", "aim"


def _told_of_echoes() -> Iterator[tuple[str, float, Sense, Kind]]:
    for release in ("members", "public"):
        name = f"{release}: changes of 30 % or more at 200 or more, number"
        yield name, math.nan, "at most", "told"


def _door() -> Iterator[tuple[str, float, Sense]]:
    """Attacks on the routes of the running dashboard."""
    yield "numbers and differences between 0 and the base, 3,000 filter pairs", 0, "at most"
    yield "people told by averaging over 300 pairs beyond the plain answer", 0, "at most"
    yield "numbers added to closed months that lie below the base", 0, "at most"
    yield "late person told from others by two editions, area under the curve", 0.75, "at most"
    yield "facts whose numbers were asked for", 5, "at least"


def _echo() -> Iterator[tuple[str, float, Sense]]:
    """The expected error of figures against their true one."""
    for release in ("members", "public"):
        yield f"{release}: share of figures whose error is within .75 to 1.33", 0.90, "at least"
        yield f"{release}: share of figures whose error is below .75", 0.03, "at most"
        yield f"{release}: share of figures whose error is below half", 0.02, "at most"
        yield f"{release}: median over figures of expected over true error", 1.00, "at least"
        yield f"{release}: how far that median is from 1.10", 0.10, "at most"
        for grain in ("month", "quarter", "year", "all time"):
            name = f"{release}: numbers by {grain} right to twice the error, share"
            yield name, 0.94, "at least"
        yield f"{release}: the largest of these shares", 0.985, "at most"
        yield f"{release}: numbers shown as 0 right to twice their spread, share", 0.93, "at least"
        yield f"{release}: titles that name a largest which is not, share", 0.04, "at most"
        name = f"{release}: changes of 30 % or more at 200 or more"
        yield f"{name} without a clear change", 0, "at most"
        yield f"{name} that are called unchanged", 0, "at most"
        yield f"{name} that are called about the same", 0, "at most"
        yield f"{name} within the range told beside, share", 0.95, "at least"
    yield "members: titles of flows that name a largest which is not, share", 0.04, "at most"
    yield "units expanded to equal records, expected over true error of a month", 0.75, "at most"
    yield "three years of people, processor seconds an echo", 5, "at most"
    yield "three years of people, megabytes", 0.5, "at most"


#: Lists that people filter, by the words of the report.
FILTERED = (
    "people by district under a way, class or exploitation",
    "people by upazila under a way, class or exploitation",
    "incidents by district under a way or class",
    "requests by service under a group of people",
    "endings by service under a group of people",
)
#: How visible a boat of like people is.
BOATS = (
    "shown on its way and class in its month, over the truth",
    "shown on its way and class in a month without one",
    "its month is the largest of its way and class, share of boats",
    "shown as units that are like it in everything, people",
)
#: What is guessed of the people of a boat, to how many a guess must be off by on average over the
#: seeds: nine tenths of what it was off by while rare values were folded (3.7, 4.1 and 2.9).
GUESSED: Mapping[str, float] = {
    "boat of 30 from one report: women, guess off by people": 3.4,
    "boat of 30 from one report: trafficked, guess off by people": 3.6,
    "boat of 30 from one report: bound for Malaysia, guess off by people": 2.5,
}
#: What may change between two editions.
CHANGES = ("erased record", "corrected class", "late record")
#: Where nothing is to be found a guess is right in half of the tries.
_PLACEBO = 0.10
#: What one record is told from another by.
RELEASES = ("one release", "every edition", "every edition, weights learned")
#: How often a whole record may be told from another, as a mean over the seeds.
MEANS: Mapping[str, float] = {
    "whole record told, one release": 0.90,
    "whole record told, one release, weights learned": 0.92,
    "whole record told, the public release alone": 0.76,
}
#: What differs between two records, and the columns of it.
DIFFERING = {
    "class": ("class", "class_group"),
    "class and exploitation": ("class", "class_group", "exploitation_stage", "exploitation"),
    "sex": ("sex",),
}
#: What somebody may know who asks which of two people was counted.
KNOWN_LISTS = (
    "nobody", "the largest partner's own list", "the two largest lists", "nine in ten records",
    "all records but one",
)  # fmt: skip
#: Whom an attacker knows who holds all outputs, and what he asks.
Knows = Literal["nobody", "own list", "all but one"]
What = Literal["person", "class"]
_KNOWN: Mapping[Knows, str] = {
    "nobody": "nobody",
    "own list": "his own list, the largest",
    "all but one": "all records but one person's",
}
_ASKED_OF: Mapping[What, str] = {
    "person": "which of two people was counted",
    "class": "which of two classes somebody who was counted has",
}
_WHOLE_AND_CLASS: tuple[tuple[Knows, What], ...] = (
    ("all but one", "person"),
    ("all but one", "class"),
)
#: Readers to what they are tried at.
ROLES: Mapping[str, tuple[tuple[Knows, What], ...]] = {
    "the public": (("nobody", "person"), *_WHOLE_AND_CLASS),
    "a member": (("nobody", "person"), *_WHOLE_AND_CLASS),
    "a partner": (("own list", "person"), ("own list", "class")),
    "an analyst": _WHOLE_AND_CLASS,
}
HELD_BY_ONE = "values of a bundle shown that one incident alone holds"


def _one_record() -> Iterator[tuple[str, float, Sense, Kind]]:
    """Attacks of someone who knows all records but one, and the code."""
    for release in RELEASES:
        yield f"whole record told from another, {release}", 0.75, "at most", "aim"
    for what in DIFFERING:
        yield f"{what} of a record told from another, every edition", 0.75, "at most", "aim"
        name = f"{what} of a record told from another, every edition, weights learned"
        yield name, 0.75, "at most", "aim"
    yield "whole record told from another, the public release alone", 0.75, "at most", "aim"
    yield "gain of holding the public release beside the members'", 0.05, "at most", "bound"
    for release in (*RELEASES, "the public release alone"):
        yield f"placebo, {release}: how far from .5", _PLACEBO, "at most", "bound"
    yield "unusual record told from an ordinary one, area under the curve", 0.75, "at most", "aim"
    name = "unusual record told from an ordinary one, trained on shadow releases"
    yield f"{name}, area under the curve", 0.75, "at most", "aim"
    yield f"{name}, found at 2 % false alarms", math.nan, "at most", "told"
    yield "placebo of shadow releases: how far from .5", _PLACEBO, "at most", "bound"
    yield "rows of a release that other records would change", 0, "at most", "bound"
    for fact in MEMBER_FACTS:
        yield f"{fact.id}: {HELD_BY_ONE}", 0, "at most", "bound"


def in_lists(known: str) -> tuple[str, str]:
    """Names of what somebody who knows so much tells by the weights of the fit, and learned."""
    name = f"who knows {known}: which of two people was counted, one release"
    return name, f"{name}, weights learned"


def in_outputs(role: str) -> dict[tuple[Knows, What], tuple[str, str]]:
    """Names of what a reader of a role tells by all that he holds, by whom he knows and asks.

    The second of each says what stands beside it: how far a placebo is from chance, and how much
    more often a class is told of who was counted than of others.
    """
    found: dict[tuple[Knows, What], tuple[str, str]] = {}
    for knows, what in ROLES[role]:
        name = f"{role} who knows {_KNOWN[knows]}: {_ASKED_OF[what]}"
        beside = {
            "person": f"placebo, {name}: how far from .5",
            "class": f"{name}, beyond who was not",
        }
        found[knows, what] = name, beside[what]
    return found


def _outputs() -> Iterator[tuple[str, float, Sense, Kind]]:
    """Everything that a reader of a role holds, put together."""
    for role in ROLES:
        for (_, what), (name, beside) in in_outputs(role).items():
            yield name, math.nan, "at most", "told"
            if what == "person":
                yield beside, _PLACEBO, "at most", "bound"
            else:
                yield beside, math.nan, "at most", "told"


def _lists() -> Iterator[tuple[str, float, Sense, Kind]]:
    """Attacks of someone who knows some of the records, or none."""
    for known in KNOWN_LISTS:
        for name in in_lists(known):
            yield name, math.nan, "at most", "told"


def _partners() -> Iterator[tuple[str, float, Sense, Kind]]:
    """Exact totals of registers with three or four partners of unequal size."""
    yield "exact totals by which one partner reads another's number", 0, "at most", "bound"
    name = "exact totals of which one partner's rest is fewer than two units"
    yield name, 0, "at most", "bound"
    yield "exact totals where a partner reports more than its share", 0, "at most", "bound"
    yield "exact totals in all, share of months", math.nan, "at most", "told"
    yield "exact totals by which two partners read the third's number", math.nan, "at most", "told"
    name = "exact totals by which two partners read a number of 2 or less"
    yield name, math.nan, "at most", "told"
    yield "bands that say how much where two partners report", 0, "at most", "bound"
    for who in ("stopped", "began"):
        name = f"months after a partner {who} whose band says how much, share"
        yield name, math.nan, "at least", "told"
        name = f"numbers that who {who} may have, to another partner, by one band, fewest"
        yield name, math.nan, "at least", "told"
        name = f"bands of who {who} that leave fewer numbers than two units, share"
        yield name, 0, "at most", "bound"
    for which in ("fewest", "median"):
        name = f"numbers that who stopped may have, to another partner, by every band, {which}"
        yield name, math.nan, "at least", "told"


#: What may come between a preview and its edition.
BETWEEN = ("record erased", "class corrected", "record told")
#: Which of these change the totals of codes otherwise for each record. Where one or another of a
#: class has the same new class now, the totals are the same.
BY_CODES = ("record erased", "record told")


def _previews() -> Iterator[tuple[str, float, Sense, Kind]]:
    """A preview and the edition that follows it, which knows of one record more or less."""
    for change in BETWEEN:
        name = f"{change} after a preview"
        yield f"{name}, told from another by what both tell", 0.75, "at most", "aim"
        yield f"{name}: gain of holding the preview beside the edition", 0.05, "at most", "bound"
        yield f"{name}, told from another by the units of both", 0.75, "at most", "aim"
        yield f"placebo, {name}: how far from .5", _PLACEBO, "at most", "bound"
    name = "exact totals of a preview and its edition that tell a change of less than a unit"
    yield name, 0, "at most", "aim"


def _editions() -> Iterator[tuple[str, float, Sense, Kind]]:
    """Two editions of which the later knows of a change of one record."""
    yield "units of an edition that the next one does not have", 0, "at most", "bound"
    for change in CHANGES:
        yield f"{change}, told from another, next edition", 0.75, "at most", "aim"
        yield f"placebo, {change}: how far from .5", _PLACEBO, "at most", "bound"
    for name in BOATS:
        yield f"boat of 30 like people: {name}", math.nan, "at most", "told"
    for name in GUESSED:
        yield f"{name}, without the release", math.nan, "at most", "told"


def _bounds() -> Iterator[tuple[str, Bound]]:
    for name, five, ten, sense in (*_accuracy(), *_cells(CELLS), *_people()):
        yield f"{MEMBERS}: {name}", Bound(MEMBERS, five, sense)
        yield f"{TEN}: {name}", Bound(TEN, ten, sense)
    for name, _, ten, sense in (*_accuracy(), *_cells(PUBLIC_CELLS), *_people()):
        if not name.startswith(_OF_PLACES) and not name.endswith("coverage"):
            yield f"{PUBLIC}: {name}", Bound(PUBLIC, ten, sense)
    for name, limit, sense in (*_member_accuracy(), *_member_attacks()):
        yield f"{MEMBERS}: {name}", Bound(MEMBERS, limit, sense)
    for section, told in (
        (ALL_BUT_ONE, _one_record()),
        (LISTS, _lists()),
        (OUTPUTS, _outputs()),
        (PARTNERS, _partners()),
        (EDITIONS, _editions()),
        (EDITIONS, _previews()),
        (TIME, _aims_of_time()),
        (ECHO, _told_of_echoes()),
    ):
        for name, limit, sense, kind in told:
            yield f"{section}: {name}", Bound(section, limit, sense, kind)
    yield f"{MEMBERS}: {UNTOLD}", Bound(MEMBERS, math.nan, kind="told")
    for section in (MEMBERS, PUBLIC):
        name = "rows that differ between two builds of the same input and secret"
        yield f"{section}: {name}", Bound(section, 0)
    for section, rows in (
        (MEMBERS, _integrity()),
        (TEN, _integrity()),
        (PUBLIC, _integrity()),
        (TIME, _time()),
        (DOOR, _door()),
        (ECHO, _echo()),
    ):
        for name, limit, sense in rows:
            yield f"{section}: {name}", Bound(section, limit, sense)


def _bounds_of_means() -> Iterator[tuple[str, Bound]]:
    """Bounds that the mean over the seeds must keep."""
    # Whether the suite works is the same for all seeds.
    for name, limit, sense in _control():
        yield f"{CONTROL}: {name}", Bound(CONTROL, limit, sense, of_mean=True)
    for name, limit in _asked():
        yield f"{MEMBERS}: {name}", Bound(MEMBERS, limit, of_mean=True)
    for name, limit in MEANS.items():
        yield f"{ALL_BUT_ONE}: {name}", Bound(ALL_BUT_ONE, limit, of_mean=True)
    for name in FILTERED:
        inside = f"{PAIRS}: {name}: truth inside the range stated, share"
        yield inside, Bound(PAIRS, 0.95, "at least", of_mean=True)
        kind: Kind = "bound" if "district" in name else "told"
        ghosts = f"{PAIRS}: {name}: two bases and more shown where nobody was"
        yield ghosts, Bound(PAIRS, 0, kind=kind)
    for name, limit in GUESSED.items():
        yield f"{EDITIONS}: {name}", Bound(EDITIONS, limit, "at least", of_mean=True)


#: Name of each measure, with its section first, to its bound.
BOUNDS: Mapping[str, Bound] = dict((*_bounds(), *_bounds_of_means()))


def named(section: str, figures: Figures) -> Figures:
    """Figures under the names of a section."""
    return {f"{section}: {name}": float(value) for name, value in figures.items()}
