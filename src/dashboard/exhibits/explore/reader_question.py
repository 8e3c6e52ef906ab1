"""Asked: what a question of a reader's own counts, by what, and as what it is drawn.

Everything that may be chosen follows from the registry: what is counted, its dimensions, the pairs
that a question begins with. What cannot be had in a view comes to the nearest that can. How it is
counted stands in ``crossing``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from dashboard.analysis.expected_error import DIRECTION
from dashboard.exhibits.counts.area_counts import LEVELS
from dashboard.exhibits.counts.expected_error import association_of, columns_used
from dashboard.exhibits.exhibit import AUTO
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option
from dashboard.model.counted_by import (
    STEPS,
    By,
    by_dimension,
    by_step,
    column_of,
    dimensions,
    place_of,
)
from dashboard.model.country import REGION, SITE, THIRD
from dashboard.model.facts import MEMBER_FACTS, Fact, fact, parent_prefix
from dashboard.model.pairs import PAIRS, apart
from dashboard.release.open_release import Release

NONE = "none"
#: What cells show: how many, a share of their row or column, or how they are against usual.
NUMBER, ROW, COLUMN, USUAL = VALUES = ("number", "row", "column", "usual")
BARS, LINES, MATRIX, MAP, LIST = FORMS = ("bars", "lines", "matrix", "map", "list")
#: How well numbers of a pair are told: by what units are fitted to, with a wider range, as a
#: direction, or not at all.
FITTED, WIDER, DIRECTIONS, COARSE = TOLD = ("fitted", "wider", "direction", "coarse")
#: Places and steps that are too fine for what is told by district and quarter.
_FINE = (SITE, REGION, THIRD, "month")
_NAMES = tuple(dict.fromkeys(name for each in MEMBER_FACTS for name in dimensions(each)))


def _reported_facts(release: Release) -> tuple[str, ...]:
    facts = [each.id for each in MEMBER_FACTS]
    return tuple(name for name in facts if release.has(fact(name))) or tuple(facts)


def _names_of(release: Release) -> tuple[str, ...]:
    known = {name for each in MEMBER_FACTS for name in dimensions_of(release, each)}
    return tuple(name for name in (*_NAMES, *STEPS) if name in known or name in STEPS)


OPTIONS = (
    Option("count", tuple(each.id for each in MEMBER_FACTS), _reported_facts),
    Option("rows", (AUTO, *_NAMES, *STEPS), lambda release: (AUTO, *_names_of(release))),
    Option(
        "columns",
        (AUTO, NONE, *_NAMES, *STEPS),
        lambda release: (AUTO, NONE, *_names_of(release)),
    ),
    Option("value", VALUES),
    Option("as", (AUTO, *FORMS)),
)


@dataclass(frozen=True)
class ReaderQuestion:
    """A question of a reader's own, as it can be answered.

    Attributes:
        fact: What is counted.
        rows: A dimension; a step of time where there are no columns.
        columns: Another dimension or a step of time, or ''.
        value: What cells show, as it was asked for.
        form: As what it is drawn, likewise.
    """

    fact: Fact
    rows: str
    columns: str
    value: str
    form: str

    @property
    def step(self) -> str:
        """The step of time that it is counted by, or ''."""
        return next((name for name in (self.rows, self.columns) if name in STEPS), "")

    @property
    def names(self) -> tuple[str, ...]:
        """Its dimensions that are no time."""
        return tuple(name for name in (self.rows, self.columns) if name and name not in STEPS)

    def by(self, question: Question) -> tuple[By, ...]:
        """What it counts by, over the months of a question."""
        return tuple(
            by_step(self.fact, name, question.period) if name in STEPS else by_dimension(name)
            for name in (self.rows, self.columns)
            if name
        )

    def whole(self, question: Question) -> Question:
        """The question over the whole steps of time that it counts by."""
        if not self.step:
            return question
        period = question.period.in_steps(STEPS[self.step], question.release.span)
        return replace(question, period=period or question.period)

    def forms(self, *, as_direction: bool) -> tuple[str, ...]:
        """As what it may be drawn, the usual one first."""
        if as_direction:
            return (MATRIX,)
        if self.value == USUAL:
            return (MATRIX,) if self.columns else (LIST, *((MAP,) if self.rows in LEVELS else ()))
        if self.step:
            return (LINES, MATRIX) if self.names else (LINES,)
        if self.columns:
            return (MATRIX, BARS, *((LIST,) if self.value == NUMBER else ()))
        return (BARS, *((MAP,) if self.rows in LEVELS else ()), LIST)

    def values(self, *, as_direction: bool, is_judged: bool) -> tuple[str, ...]:
        """What its cells may show."""
        if as_direction:
            return (NUMBER,)
        shares = (ROW, COLUMN) if self.columns else ()
        return (NUMBER, *shares, *((USUAL,) if is_judged else ()))

    @property
    def options(self) -> Mapping[str, str]:
        """The question as the options of a page's address."""
        return {
            "count": self.fact.id,
            "rows": self.rows,
            "columns": self.columns or NONE,
            "value": self.value,
            "as": self.form,
        }

    def came_to(self, *, as_direction: bool, is_judged: bool) -> ReaderQuestion:
        """What its cells and its form come to.

        Args:
            as_direction: Whether numbers are a direction only.
            is_judged: Whether they can be held against usual.
        """
        values = self.values(as_direction=as_direction, is_judged=is_judged)
        asked = replace(self, value=self.value if self.value in values else NUMBER)
        forms = asked.forms(as_direction=as_direction)
        return replace(asked, form=self.form if self.form in forms else forms[0])


def dimensions_of(release: Release, counted: Fact) -> tuple[str, ...]:
    """Dimensions of a fact that readers of a release may ask for: no place finer than theirs."""
    places = {name: place_of(counted, name) for name in dimensions(counted)}
    offers = release.edition.offers_level
    return tuple(name for name, place in places.items() if place is None or offers(place[1]))


def dimensions_in(question: Question, counted: Fact) -> tuple[str, ...]:
    """Those of a view: what is told by district and quarter at the finest of no smaller one."""
    places = question.release.places
    areas = (places[code].level for code in question.filters.codes_of("area") if code in places)
    is_small = question.period.months < STEPS["quarter"] or any(level in _FINE for level in areas)
    return tuple(
        name
        for name in dimensions_of(question.release, counted)
        if not (is_small and name in counted and counted[name].is_coarse)
    )


def steps_of(question: Question, counted: Fact) -> tuple[str, ...]:
    """Steps of time of which the period of a question has more than one."""
    within = {step: question.period.in_steps(n, question.release.span) for step, n in STEPS.items()}
    fine = (*STEPS,) if counted.grain == "month" else (*STEPS,)[1:]
    return tuple(s for s in fine if (span := within[s]) and span.months > STEPS[s])


def read(question: Question) -> ReaderQuestion:
    """What the options of a question ask, with what cannot be had left out or turned round."""
    given = question.options
    counted = fact(given["count"])
    known = [*dimensions_in(question, counted), *steps_of(question, counted)]
    rows, columns = (_nearest(given[name], known) for name in ("rows", "columns"))
    if "month" in (rows, columns) and is_too_fine(counted, rows, columns):
        known.remove("month")
        rows, columns = (_nearest(name, known) for name in (rows, columns))
    usual = usual_pair(question.release, counted)
    if not rows and columns not in usual[:1]:
        rows, left = usual[0], usual[1]
        columns = columns or (left if given["rows"] == given["columns"] == AUTO else "")
    rows = rows or usual[1]
    if not go_together(counted, rows, columns) or is_too_fine(counted, rows, columns):
        columns = ""
    if rows in STEPS and columns:
        rows, columns = columns, rows
    return ReaderQuestion(counted, rows, columns, given["value"], given["as"])


def _nearest(name: str, known: Sequence[str]) -> str:
    """A name that is known, the next longer step of time that is, or ''."""
    longer = (*STEPS,)[(*STEPS,).index(name) :] if name in STEPS else (name,)
    return next((each for each in longer if each in known), "")


def go_together(counted: Fact, rows: str, columns: str) -> bool:
    """Whether two may cross: not two of several answers, two steps, or a place and its area."""
    if counted.is_set(rows) and counted.is_set(columns):
        return False
    one, other = (
        "time" if name in STEPS else (name and place_of(counted, name) or (name,))[0]
        for name in (rows, columns)
    )
    return one != other


def is_too_fine(counted: Fact, *names: str) -> bool:
    """Whether two cross finer than the registry tells one of them."""
    levels = (name if name in STEPS else (place_of(counted, name) or ("", ""))[1]
              for name in names if name)  # fmt: skip
    return any(name in counted and counted[name].is_coarse for name in names) and any(
        level in _FINE for level in levels
    )


def usual_pair(release: Release, counted: Fact) -> tuple[str, str]:
    """The first pair that units are fitted to, of an area where there is one: a beginning."""
    offered = {*dimensions_of(release, counted)}
    kept = [(one, other) for one, other in _pairs(counted) if {one, other} <= offered]
    return next((pair for pair in kept if pair[0] not in counted), kept[0])


def _pairs(counted: Fact) -> list[list[str]]:
    """Names of the two dimensions of each fitted pair."""
    return [[*map(_name, pair.split())] for pair in PAIRS[counted.id].split(",")]


def _name(part: str) -> str:
    """A part of a fitted pair as a dimension: ``origin.district`` is ``origin_district``."""
    place, _, level = part.partition(".")
    return f"{parent_prefix(place)}{level}" if level else place


def is_fitted(question: Question, counted: Fact, names: tuple[str, ...]) -> bool:
    """Whether units are fitted to each two of some dimensions and what a question is filtered by.

    That is at just their levels: what is finer, or one value of units only, is told within its
    range, but leans to its share. So do places of all levels: rare ones count under what is around.
    """
    if any(name in counted and place_of(counted, name) for name in names):
        return False
    held = {*names}
    for name, codes in question.filters.chosen:
        for column in counted.filters.get(name, ()):
            listed = counted[column].codes if column in counted else None
            if listed is None or not {*codes}.isdisjoint(listed.values):
                held.add(column)
    place = {name: (place_of(counted, name) or (name,))[0] for name in held}
    pairs = [{*pair} for pair in _pairs(counted)]
    return all(place[one] == place[other] or {one, other} in pairs
               for one, other in combinations(held, 2))  # fmt: skip


def leaning(question: Question, reader_question: ReaderQuestion) -> list[tuple[str, str]]:
    """Pairs that units are not fitted to, among what a question is counted and filtered by."""
    by = [*map(by_dimension, reader_question.names)]
    return apart(reader_question.fact, columns_used(reader_question.fact, question.filters, by))


def precision(release: Release, counted: Fact, names: tuple[str, ...]) -> str:
    """How well numbers of a pair are told, all else aside: one of TOLD."""
    if is_too_fine(counted, *names):
        return COARSE
    columns = (column_of(by_dimension(name)) for name in names if name not in STEPS)
    pairs = apart(counted, {*columns})
    if not pairs:
        return FITTED
    strongest = max(association_of(release, counted, pair) for pair in pairs)
    return DIRECTIONS if strongest >= DIRECTION else WIDER


def beside(question: Question, asked: ReaderQuestion) -> dict[str, list[str]]:
    """What may be asked together with the rows of a question, by how well its numbers are told."""
    found: dict[str, list[str]] = {name: [] for name in TOLD}
    fine = {*dimensions_in(question, asked.fact), *STEPS}
    for name in (*dimensions_of(question.release, asked.fact), *steps_of(question, asked.fact)):
        if go_together(asked.fact, asked.rows, name):
            told = precision(question.release, asked.fact, (asked.rows, name))
            found[told if name in fine else COARSE].append(name)
    return found
