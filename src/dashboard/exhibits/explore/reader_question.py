"""The reader's question: what it counts, by what, and as which figure it is drawn.

Everything that may be chosen follows from the registry: facts, their dimensions, the pairs that a
question begins with. What a view cannot answer becomes the nearest that it can. How a question is
counted stands in ``crosstab``.
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
from dashboard.model import facts
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
from dashboard.model.facts import MEMBER_FACTS, Fact, parent_prefix
from dashboard.model.pairs import PAIRS, unfitted
from dashboard.release.open_release import Release

NONE = "none"
#: What cells show: how many, a share of their row or column, or how they are against usual.
NUMBER, ROW, COLUMN, USUAL = VALUES = ("number", "row", "column", "usual")
BARS, LINES, MATRIX, MAP, LIST = FORMS = ("bars", "lines", "matrix", "map", "list")
#: How well numbers of a pair are known: units are fitted to it, or its ranges are wider, or only a
#: direction is known, or nothing.
FITTED, WIDER, DIRECTIONS, COARSE = PRECISIONS = ("fitted", "wider", "direction", "coarse")
#: Places and steps that are too fine for fields known by district and quarter (``is_coarse``).
_FINE = (SITE, REGION, THIRD, "month")
_NAMES = tuple(dict.fromkeys(name for fact in MEMBER_FACTS for name in dimensions(fact)))


def _reported_facts(release: Release) -> tuple[str, ...]:
    """Ids of the facts that a release reports; of all where it reports none."""
    reported = tuple(fact.id for fact in MEMBER_FACTS if release.has(fact))
    return reported or tuple(fact.id for fact in MEMBER_FACTS)


def _available_names(release: Release) -> tuple[str, ...]:
    """Dimensions that a release offers of any fact, and the steps of time."""
    available = {name for fact in MEMBER_FACTS for name in dimensions_of(release, fact)}
    return tuple(name for name in (*_NAMES, *STEPS) if name in available or name in STEPS)


OPTIONS = (
    Option("count", tuple(fact.id for fact in MEMBER_FACTS), _reported_facts),
    Option("rows", (AUTO, *_NAMES, *STEPS), lambda release: (AUTO, *_available_names(release))),
    Option(
        "columns",
        (AUTO, NONE, *_NAMES, *STEPS),
        lambda release: (AUTO, NONE, *_available_names(release)),
    ),
    Option("value", VALUES),
    Option("as", (AUTO, *FORMS)),
)


@dataclass(frozen=True)
class ReaderQuestion:
    """A reader's own question.

    Attributes:
        fact: What is counted.
        rows: A dimension; a step of time where there are no columns.
        columns: Another dimension or a step of time, or ''.
        value: What cells show: one of ``VALUES``.
        form: As what it is drawn: one of ``FORMS``, or AUTO.
    """

    fact: Fact
    rows: str
    columns: str
    value: str
    form: str

    @property
    def step(self) -> str:
        """The step of time that it counts by, or ''."""
        return next((name for name in (self.rows, self.columns) if name in STEPS), "")

    @property
    def names(self) -> tuple[str, ...]:
        """Its dimensions without time."""
        return tuple(name for name in (self.rows, self.columns) if name and name not in STEPS)

    def by(self, question: Question) -> tuple[By, ...]:
        """The dimensions that it counts by, steps of time over the months of a question."""
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
        """The figures that it may be drawn as, the usual one first.

        Args:
            as_direction: Whether numbers are a direction only.
        """
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
        """What its cells may show, of ``VALUES``.

        Args:
            as_direction: Whether numbers are a direction only.
            is_judged: Whether they can be compared with usual.
        """
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

    def resolved(self, *, as_direction: bool, is_judged: bool) -> ReaderQuestion:
        """The same with a value and a form that it can have.

        Args:
            as_direction: Whether numbers are a direction only.
            is_judged: Whether they can be compared with usual.
        """
        values = self.values(as_direction=as_direction, is_judged=is_judged)
        with_value = replace(self, value=self.value if self.value in values else NUMBER)
        forms = with_value.forms(as_direction=as_direction)
        return replace(with_value, form=self.form if self.form in forms else forms[0])


def dimensions_of(release: Release, fact: Fact) -> tuple[str, ...]:
    """Dimensions of a fact that a release offers its readers: no finer place than theirs."""
    levels = {name: _level(fact, name) for name in dimensions(fact)}
    offers = release.edition.offers_level
    return tuple(name for name, level in levels.items() if not level or offers(level))


def dimensions_in(question: Question, fact: Fact) -> tuple[str, ...]:
    """Dimensions of a fact in a view: without coarse fields where its areas or months are fine."""
    places = question.release.places
    levels = (places[code].level for code in question.filters.codes_of("area") if code in places)
    is_small = question.period.months < STEPS["quarter"] or any(level in _FINE for level in levels)
    return tuple(
        name
        for name in dimensions_of(question.release, fact)
        if not (is_small and name in fact and fact[name].is_coarse)
    )


def steps_of(question: Question, fact: Fact) -> tuple[str, ...]:
    """Steps of time that the period of a question has more than one of."""
    steps = {step: n for step, n in STEPS.items() if n >= STEPS[fact.grain]}
    spans = {step: question.period.in_steps(n, question.release.span) for step, n in steps.items()}
    return tuple(step for step, span in spans.items() if span and span.months > steps[step])


def read_question(question: Question) -> ReaderQuestion:
    """The question in the options of a view: what cannot be had is left out, or swapped."""
    options = question.options
    fact = facts.fact(options["count"])
    available = [*dimensions_in(question, fact), *steps_of(question, fact)]
    rows, columns = (_nearest(options[name], available) for name in ("rows", "columns"))
    # Where months are too fine, quarters stand in for them.
    if "month" in (rows, columns) and is_too_fine(fact, rows, columns):
        available.remove("month")
        rows, columns = (_nearest(name, available) for name in (rows, columns))
    # Without rows the usual ones, or the usual columns where those are the columns already.
    usual_rows, usual_columns = usual_pair(question.release, fact)
    if not rows and columns != usual_rows:
        rows = usual_rows
        if options["rows"] == options["columns"] == AUTO:
            columns = usual_columns
    rows = rows or usual_columns
    if not go_together(fact, rows, columns) or is_too_fine(fact, rows, columns):
        columns = ""
    if rows in STEPS and columns:
        rows, columns = columns, rows
    return ReaderQuestion(fact, rows, columns, options["value"], options["as"])


def _nearest(name: str, available: Sequence[str]) -> str:
    """A name if it is available, else the next longer step of time that is, else ''."""
    steps = tuple(STEPS)
    candidates = steps[steps.index(name) :] if name in STEPS else (name,)
    return next((candidate for candidate in candidates if candidate in available), "")


def go_together(fact: Fact, rows: str, columns: str) -> bool:
    """Whether two dimensions may cross: not two sets, two steps, or a place and its own area."""
    if fact.is_set(rows) and fact.is_set(columns):
        return False
    return _subject(fact, rows) != _subject(fact, columns)


def _subject(fact: Fact, name: str) -> str:
    """What a dimension is about, so that none is crossed with its own; '' of no dimension.

    A step is about "time", a place or an area around it about the place ("origin_district" about
    "origin_place"), all others about themselves.
    """
    if name in STEPS:
        return "time"
    place, _ = place_of(fact, name) or (name, "") if name else ("", "")
    return place


def _level(fact: Fact, name: str) -> str:
    """The level of a dimension of places; '' of any other."""
    _, level = place_of(fact, name) or ("", "")
    return level


def is_too_fine(fact: Fact, *names: str) -> bool:
    """Whether dimensions cross a coarse field with a place or step finer than it is known by."""
    levels = (name if name in STEPS else _level(fact, name) for name in names if name)
    return any(name in fact and fact[name].is_coarse for name in names) and any(
        level in _FINE for level in levels
    )


def usual_pair(release: Release, fact: Fact) -> tuple[str, str]:
    """The fitted pair that a question begins with: the first with an area, else the first."""
    offered = {*dimensions_of(release, fact)}
    pairs = [(one, other) for one, other in _pairs(fact) if {one, other} <= offered]
    with_area = ((one, other) for one, other in pairs if one not in fact)
    return next(with_area, pairs[0])


def _pairs(fact: Fact) -> list[list[str]]:
    """The dimensions of each pair that units are fitted to."""
    return [[*map(_dimension, pair.split())] for pair in PAIRS[fact.id].split(",")]


def _dimension(part: str) -> str:
    """A part of a fitted pair as a dimension: ``origin.district`` is ``origin_district``."""
    place, _, level = part.partition(".")
    return f"{parent_prefix(place)}{level}" if level else place


def is_fitted(question: Question, fact: Fact, names: tuple[str, ...]) -> bool:
    """Whether units are fitted to each pair of some dimensions and what a question is filtered by.

    Fitted are pairs at just their levels. Finer numbers, and those by one code alone, lie in their
    range, but protection moves them towards what chance alone would give. So it does with
    places themselves: a rare one counts as the area around it.
    """
    if any(name in fact and place_of(fact, name) for name in names):
        return False
    columns = {*names}
    for name, codes in question.filters.chosen:
        for column in fact.filters.get(name, ()):
            code_list = fact[column].codes if column in fact else None
            if code_list is None or not {*codes}.isdisjoint(code_list.values):
                columns.add(column)
    pairs = [{*pair} for pair in _pairs(fact)]
    return all(_subject(fact, one) == _subject(fact, other) or {one, other} in pairs
               for one, other in combinations(columns, 2))  # fmt: skip


def leaning(question: Question, reader_question: ReaderQuestion) -> list[tuple[str, str]]:
    """Pairs that units are not fitted to among what a question counts and is filtered by."""
    by = [*map(by_dimension, reader_question.names)]
    return unfitted(reader_question.fact, columns_used(reader_question.fact, question.filters, by))


def precision(release: Release, fact: Fact, names: tuple[str, ...]) -> str:
    """How well numbers of a pair are known, whatever the filters: one of PRECISIONS."""
    if is_too_fine(fact, *names):
        return COARSE
    columns = (column_of(by_dimension(name)) for name in names if name not in STEPS)
    pairs = unfitted(fact, {*columns})
    if not pairs:
        return FITTED
    strongest = max(association_of(release, fact, pair) for pair in pairs)
    return DIRECTIONS if strongest >= DIRECTION else WIDER


def columns_by_precision(
    question: Question, reader_question: ReaderQuestion
) -> dict[str, list[str]]:
    """What may cross the rows of a question, by how well numbers of the pair are known."""
    release, fact, rows = question.release, reader_question.fact, reader_question.rows
    columns: dict[str, list[str]] = {how: [] for how in PRECISIONS}
    available = {*dimensions_in(question, fact), *STEPS}
    for name in (*dimensions_of(release, fact), *steps_of(question, fact)):
        if go_together(fact, rows, name):
            how = precision(release, fact, (rows, name)) if name in available else COARSE
            columns[how].append(name)
    return columns
