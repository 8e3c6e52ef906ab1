"""Crosstab: a reader's question as counts of one or two dimensions, with their errors.

What may be asked stands in ``reader_question``, how it is drawn and worded in ``forms`` and
``wording``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from operator import itemgetter

from dashboard.analysis.association import beyond_share
from dashboard.analysis.expected_error import ExpectedError
from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.charts.counts import ALL, Cell, Counts, Name
from dashboard.exhibits.charts.dimensions import REST, UNKNOWN
from dashboard.exhibits.explore.reader_question import (
    BARS,
    COLUMN,
    LINES,
    ROW,
    USUAL,
    ReaderQuestion,
    leaning,
    read_question,
)
from dashboard.exhibits.explore.usual import Usual, against, why_not
from dashboard.exhibits.hotspots.wording import name_with_area
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.question import Question
from dashboard.model.counted_by import STEPS, By, Gathered, column_of, splits
from dashboard.model.facts import Fact
from dashboard.queries import summed

#: Most rows and columns of a figure, and most lines or bars side by side, with the unknown and
#: all others together.
ROWS, COLUMNS, PARTS = 15, 12, 5
#: A cell is said to be more or less than its share from so many errors on: at 2.6 one sign in a
#: hundred was wrong on invented registers with planted pairs (``tests/words/truth.py``).
SURE = 3.0
#: What sets with any known code count under.
_ANY = "any"


@dataclass(frozen=True, kw_only=True)
class Crosstab(Counts):
    """A reader's question, counted.

    Attributes:
        reader_question: The question, with what it cannot have replaced.
        row_sums, column_sums: Events of each row and column; of a set not the sums of the cells.
        is_direction: Whether the pair, under these filters, is a direction only.
        unjudged: The phrase that says why it cannot be compared with usual; '' where it can.
        judged: Its comparison with usual, where that was asked for.
    """

    reader_question: ReaderQuestion
    row_sums: Mapping[str, int]
    column_sums: Mapping[str, int]
    is_direction: bool
    unjudged: str = ""
    judged: Usual | None = None

    @cached_property
    def by_row(self) -> Mapping[str, int]:
        """Events of the rows."""
        return self.row_sums

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of time that it is counted by; none where it is not counted by time."""
        return (self.columns if self.is_crossed else self.rows) if self.reader_question.step else ()

    def whole(self, row: str, column: str) -> int:
        """The sum that a cell is shown as a share of; 0 where it is shown as a number."""
        if self.reader_question.value == ROW:
            return self.row_sums[row]
        return self.column_sums[column] if self.reader_question.value == COLUMN else 0

    @cached_property
    def error_of_whole(self) -> ExpectedError:
        """The error of ``whole``; where cells are numbers, of the sums of columns."""
        if self.reader_question.value == ROW:
            return self.rows_breakdown.error
        columns = [by for by in self.by[1:] if not dimensions.is_time(self.fact, by)]
        return self.error_by(columns, STEPS.get(self.reader_question.step))

    def error_by(self, by: Sequence[By] = (), months: int | None = None) -> ExpectedError:
        """The error of sums by some of its dimensions, over so many months each.

        Left out they are the total, over all months.
        """
        return breakdowns.breakdown_of(self.question, self.fact, by, (), months=months).error

    @cached_property
    def beyond(self) -> Mapping[Cell, float]:
        """How many errors a cell is from its share, for cells at least ``SURE`` of them away.

        No cell is where units are not fitted to a filter either: then even sums are unsure.
        """
        if len(leaning(self.question, self.reader_question)) > 1:
            return {}
        base, beyond = self.question.base(self.fact), dict[Cell, float]()
        for row, column in product(self.rows, self.columns):
            if UNKNOWN not in (row, column):
                sums = self.row_sums[row], self.column_sums[column]
                distance = beyond_share(self.size(row, column), *sums, self.total, base)
                if abs(distance) >= SURE:
                    beyond[row, column] = distance
        return beyond


def crosstab_of(question: Question) -> Crosstab:
    """The reader's question in the options of a view, counted over its months."""
    reader_question = read_question(question)
    whole = reader_question.whole(question)
    crosstab = count_crosstab(whole, reader_question, reader_question.by(whole))
    unjudged = why_not(question, reader_question)
    if crosstab.is_direction:
        unjudged = "explore.bar.why_usual_pair"
    if reader_question.value == USUAL and not unjudged:
        if usual := against(question, reader_question):
            whole = replace(whole, period=usual.window)
            crosstab = count_crosstab(whole, reader_question, reader_question.by(whole))
            crosstab = _with_judged_numbers(crosstab, usual)
        else:
            unjudged = "judge.why_not_kept"
    answerable = reader_question.resolved(
        as_direction=crosstab.is_direction, is_judged=not unjudged
    )
    return replace(crosstab, reader_question=answerable, unjudged=unjudged)


def _with_judged_numbers(crosstab: Crosstab, usual: Usual) -> Crosstab:
    """A crossing with the numbers that are judged, and the unknown ones as they were counted.

    More rows or columns than a figure has room for begin with those off usual.
    """
    judged = {cell: c for cell, c in usual.cells.items() if round(c.now) or c.now < c.fewest}
    cells = {cell: size for cell, size in crosstab.cells.items() if UNKNOWN in cell}
    cells |= {cell: round(comparison.now) for cell, comparison in judged.items()}
    off_usual = [cell for cell, c in judged.items() if c.direction or c.watched]
    row_sums, column_sums = (summed(cells.items(), itemgetter(side)) for side in (0, 1))

    def in_order(side: int, sums: Mapping[str, int], most: int) -> tuple[str, ...]:
        codes = _ordered(crosstab.fact, crosstab.by[side], sums, by_list=bool(side))
        if len(codes) <= most:
            return codes
        first = {cell[side] for cell in off_usual}
        return tuple(sorted(codes, key=lambda code: code not in first))

    columns = in_order(1, column_sums, COLUMNS) if crosstab.is_crossed else crosstab.columns
    return replace(
        crosstab,
        cells=cells,
        rows=in_order(0, row_sums, ROWS),
        columns=columns,
        row_sums=row_sums,
        column_sums=column_sums,
        judged=usual,
    )


def largest_of(crosstab: Crosstab) -> Crosstab:
    """What a figure has room for: the largest rows and columns, and all others together.

    It is counted again, so that these others have an error of their own. Of time, the last steps.
    """
    rows, columns = limits = plot_limits(crosstab)
    if crosstab.judged:
        return replace(crosstab, rows=crosstab.rows[:rows], columns=crosstab.columns[:columns])
    sums_by_side = (crosstab.row_sums, crosstab.column_sums)
    by = tuple(
        _gathered(crosstab.fact, dimension, sums, most)
        for dimension, sums, most in zip(crosstab.by, sums_by_side, limits, strict=False)
    )
    if by != crosstab.by:
        crosstab = count_crosstab(crosstab.question, crosstab.reader_question, by)
    if not dimensions.is_time(crosstab.fact, by[-1]):
        return crosstab
    return replace(crosstab, columns=crosstab.columns[-columns:])


def plot_limits(crosstab: Crosstab) -> tuple[int, int]:
    """Most rows and columns that its figure draws: of lines few, but over all steps of time."""
    form = crosstab.reader_question.form
    if form == LINES:
        return PARTS, len(crosstab.columns)
    return ROWS, PARTS if form == BARS else COLUMNS


def _gathered(fact: Fact, by: By, sums: Mapping[str, int], most: int) -> By:
    """A dimension in at most so many groups: its largest codes, the unknown, all others as REST.

    Time, and what has no more codes, stays as it is.
    """
    if dimensions.is_time(fact, by) or len(sums) <= most:
        return by
    largest = sorted((code for code in sums if code != UNKNOWN), key=lambda code: -sums[code])
    alone = {code: code for code in (*largest[: most - 1 - (UNKNOWN in sums)], UNKNOWN)}
    groups = by.groups if isinstance(by, Gathered) else {}
    grouped = {code: group for code, group in groups.items() if group in alone}
    return Gathered(column_of(by), {**grouped, **alone}, rest=REST)


def count_crosstab(
    question: Question, reader_question: ReaderQuestion, by: tuple[By, ...]
) -> Crosstab:
    """Count a reader's question by one or two dimensions, with every code of theirs."""
    fact = reader_question.fact
    rows_by, *columns_by = by
    row_sums = _sums_by_code(question, fact, rows_by)
    column_sums = _sums_by_code(question, fact, columns_by[0]) if columns_by else {}
    sums = sums_of(question, fact, by).items()
    cells = {(row, column[0] if column else ALL): size for (row, *column), size in sums}
    sizes = sorted((size for cell, size in cells.items() if UNKNOWN not in cell), reverse=True)
    coded = [dimension for dimension in by if not dimensions.is_time(fact, dimension)]
    months = STEPS.get(reader_question.step)
    breakdown = breakdowns.breakdown_of(question, fact, coded, sizes, months=months)
    return Crosstab(
        question=question,
        fact=fact,
        total=question.total(fact),
        breakdown=breakdown,
        by=by,
        rows=_ordered(fact, rows_by, row_sums, by_list=False),
        columns=_ordered(fact, columns_by[0], column_sums, by_list=True) if columns_by else (ALL,),
        cells=cells,
        row_name=_code_names(question, fact, rows_by, row_sums),
        column_name=_code_names(question, fact, by[-1], column_sums or row_sums),
        usual_values={} if reader_question.step or columns_by else None,
        reader_question=reader_question,
        row_sums=row_sums,
        column_sums=column_sums,
        is_direction=len(reader_question.names) > 1 and breakdown.error.is_direction,
    )


def _sums_by_code(question: Question, fact: Fact, by: By) -> dict[str, int]:
    """Events by code of one dimension; of time by every step, also of those without events."""
    steps = dimensions.in_order(fact, by, {}) if dimensions.is_time(fact, by) else ()
    sums = {code: size for (code,), size in sums_of(question, fact, (by,)).items()}
    return dict.fromkeys(steps, 0) | sums


def _code_names(question: Question, fact: Fact, by: By, codes: Iterable[str]) -> Name:
    """A function that names codes; areas that share a name have the area around them beside it."""
    names = {code: dimensions.label(question, fact, by, code) for code in codes}
    shared = {name for name, number in Counter(names.values()).items() if number > 1}

    def name(code: str) -> str:
        own_name = names.get(code) or dimensions.label(question, fact, by, code)
        return name_with_area(question, own_name, code) if own_name in shared else own_name

    return name


def _ordered(fact: Fact, by: By, sums: Mapping[str, int], *, by_list: bool) -> tuple[str, ...]:
    """Codes, the largest first, the unknown and all others last; time and scales in their order.

    With ``by_list`` every list of codes keeps its order.
    """
    code_list = dimensions.codes_of(fact, by)
    if dimensions.is_time(fact, by):
        return tuple(sums)
    if code_list and (by_list or code_list.is_scale):
        return tuple(code for code in dimensions.in_order(fact, by, sums) if code in sums)
    return tuple(dimensions.unknown_last(sorted(sums, key=lambda code: -sums[code])))


def sums_of(question: Question, fact: Fact, by: tuple[By, ...]) -> Counter[tuple[str, ...]]:
    """Events by one code of each dimension, without those that have none.

    What is not known counts as UNKNOWN. So does a set without any known code, which rows by code do
    not hold: those are all events less those of a set with any known code.
    """
    sums = question.sums(fact, *by, key=_codes_or_unknown)
    for index, dimension in enumerate(by):
        if splits(fact, dimension):
            others = (*by[:index], *by[index + 1 :])
            gathered = Gathered(column_of(dimension), {UNKNOWN: UNKNOWN}, rest=_ANY)
            rows = question.counts(fact, *by[:index], gathered, *by[index + 1 :])
            answered_rows = (row[:index] + row[index + 1 :] for row in rows if row[index] == _ANY)
            answered_sums = summed(answered_rows, _codes_or_unknown)
            whole = sums_of(question, fact, others) if others else {(): question.total(fact)}
            for key, size in whole.items():
                sums[(*key[:index], UNKNOWN, *key[index:])] = size - answered_sums[key]
    return +sums


def _codes_or_unknown(*codes: str | None) -> tuple[str, ...]:
    return tuple(code or UNKNOWN for code in codes)
