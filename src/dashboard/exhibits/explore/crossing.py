"""Crossing: a reader's question as counts of one or two dimensions, with their errors.

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
class Crossing(Counts):
    """A reader's question, counted.

    Attributes:
        reader_question: The question, with what it cannot have replaced.
        row_sums, column_sums: Events of each row and column; of a set not the sums of the cells.
        is_direction: Whether the pair, under these filters, is a direction only.
        unjudged: The phrase that says why it cannot be compared with usual; '' where it can.
        usual_of: Its comparison with usual, where that was asked for.
    """

    reader_question: ReaderQuestion
    row_sums: Mapping[str, int]
    column_sums: Mapping[str, int]
    is_direction: bool
    unjudged: str = ""
    usual_of: Usual | None = None

    @cached_property
    def by_row(self) -> Mapping[str, int]:
        """Events of the rows."""
        return self.row_sums

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of time that it is counted by; none where it is not counted by time."""
        return (self.columns if self.is_crossed else self.rows) if self.reader_question.step else ()

    def whole(self, row: str, column: str) -> int:
        """What a cell is shown as a share of; 0 where it is shown as a number."""
        if self.reader_question.value == ROW:
            return self.row_sums[row]
        return self.column_sums[column] if self.reader_question.value == COLUMN else 0

    @cached_property
    def error_of_whole(self) -> ExpectedError:
        """The error of what cells are a share of."""
        if self.reader_question.value == ROW:
            return self.rows_breakdown.error
        across = [each for each in self.by[1:] if not dimensions.is_time(self.fact, each)]
        return self.error_by(across, STEPS.get(self.reader_question.step))

    def error_by(self, by: Sequence[By] = (), months: int | None = None) -> ExpectedError:
        """The error of sums by some of its dimensions, over so many months; of the total."""
        return breakdowns.breakdown_of(self.question, self.fact, by, (), months=months).error

    @cached_property
    def beyond(self) -> Mapping[Cell, float]:
        """How far each cell is from its share, of cells that surely are more or less than that.

        None where units are not fitted to a filter either: then even sums are unsure.
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


def crossing_of(question: Question) -> Crossing:
    """The reader's question in the options of a view, counted over its months."""
    reader_question = read_question(question)
    whole = reader_question.whole(question)
    crossing = count_crossing(whole, reader_question, reader_question.by(whole))
    unjudged = why_not(question, reader_question)
    if crossing.is_direction:
        unjudged = "explore.bar.why_usual_pair"
    if reader_question.value == USUAL and not unjudged:
        if usual := against(question, reader_question):
            whole = replace(whole, period=usual.window)
            crossing = count_crossing(whole, reader_question, reader_question.by(whole))
            crossing = _with_judged_numbers(crossing, usual)
        else:
            unjudged = "judge.why_not_kept"
    answerable = reader_question.resolved(
        as_direction=crossing.is_direction, is_judged=not unjudged
    )
    return replace(crossing, reader_question=answerable, unjudged=unjudged)


def _with_judged_numbers(crossing: Crossing, usual: Usual) -> Crossing:
    """The same with the numbers that are judged; too many rows begin with those off usual."""
    comparisons = {
        cell: one for cell, one in usual.cells.items() if round(one.now) or one.now < one.fewest
    }
    cells = {cell: size for cell, size in crossing.cells.items() if UNKNOWN in cell}
    cells |= {cell: round(one.now) for cell, one in comparisons.items()}
    sums = [summed(cells.items(), itemgetter(side)) for side in (0, 1)]

    def in_order(side: int, most: int) -> tuple[str, ...]:
        codes = _ordered(crossing.fact, crossing.by[side], sums[side], by_list=bool(side))
        if len(codes) <= most:
            return codes
        off = {cell[side] for cell, one in comparisons.items() if one.direction or one.watched}
        return tuple(sorted(codes, key=lambda code: code not in off))

    return replace(
        crossing,
        cells=cells,
        rows=in_order(0, ROWS),
        columns=in_order(1, COLUMNS) if crossing.is_crossed else crossing.columns,
        row_sums=sums[0],
        column_sums=sums[1],
        usual_of=usual,
    )


def largest_of(crossing: Crossing) -> Crossing:
    """What a figure has room for: the largest rows and columns, and all others together.

    It is counted again, so that these others have an error of their own. Of time, the last steps.
    """
    rows, columns = most = plot_limits(crossing)
    if crossing.usual_of:
        return replace(crossing, rows=crossing.rows[:rows], columns=crossing.columns[:columns])
    sums = (crossing.row_sums, crossing.column_sums)
    by = tuple(
        _gathered(crossing.fact, each, own, n)
        for each, own, n in zip(crossing.by, sums, most, strict=False)
    )
    if by != crossing.by:
        crossing = count_crossing(crossing.question, crossing.reader_question, by)
    if not dimensions.is_time(crossing.fact, by[-1]):
        return crossing
    return replace(crossing, columns=crossing.columns[-columns:])


def plot_limits(crossing: Crossing) -> tuple[int, int]:
    """Most rows and columns that its figure draws: of lines few, but over all steps of time."""
    form = crossing.reader_question.form
    if form == LINES:
        return PARTS, len(crossing.columns)
    return ROWS, PARTS if form == BARS else COLUMNS


def _gathered(fact: Fact, by: By, sums: Mapping[str, int], most: int) -> By:
    """A dimension of too many codes with its largest ones alone and all others together."""
    if dimensions.is_time(fact, by) or len(sums) <= most:
        return by
    largest = sorted((code for code in sums if code != UNKNOWN), key=lambda code: -sums[code])
    alone = {code: code for code in (*largest[: most - 1 - (UNKNOWN in sums)], UNKNOWN)}
    groups = by.groups if isinstance(by, Gathered) else {}
    grouped = {code: group for code, group in groups.items() if group in alone}
    return Gathered(column_of(by), {**grouped, **alone}, rest=REST)


def count_crossing(
    question: Question, reader_question: ReaderQuestion, by: tuple[By, ...]
) -> Crossing:
    """Count a reader's question by one or two dimensions as they are."""
    fact = reader_question.fact
    rows, *columns = (
        # A step of time may hold nothing.
        dict.fromkeys(
            dimensions.in_order(fact, each, {}) if dimensions.is_time(fact, each) else (), 0
        )
        | {code: size for (code,), size in sums_of(question, fact, (each,)).items()}
        for each in by
    )
    cells = {(key[0], (*key, ALL)[1]): n for key, n in sums_of(question, fact, by).items()}
    sizes = sorted((size for key, size in cells.items() if UNKNOWN not in key), reverse=True)
    breakdown = breakdowns.breakdown_of(
        question,
        fact,
        [each for each in by if not dimensions.is_time(fact, each)],
        sizes,
        months=STEPS.get(reader_question.step),
    )

    return Crossing(
        question=question,
        fact=fact,
        total=question.total(fact),
        breakdown=breakdown,
        by=by,
        rows=_ordered(fact, by[0], rows, by_list=False),
        columns=_ordered(fact, by[1], columns[0], by_list=True) if columns else (ALL,),
        cells=cells,
        row_name=_code_names(question, fact, by[0], rows),
        column_name=_code_names(question, fact, by[-1], columns[0] if columns else rows),
        usual_values={} if reader_question.step or columns else None,
        reader_question=reader_question,
        row_sums=rows,
        column_sums=columns[0] if columns else {},
        is_direction=len(reader_question.names) > 1 and breakdown.error.is_direction,
    )


def _code_names(question: Question, fact: Fact, by: By, codes: Iterable[str]) -> Name:
    """The names of codes; areas that share a name have the area around them beside it."""
    names = {code: dimensions.label(question, fact, by, code) for code in codes}
    shared = {name for name, number in Counter(names.values()).items() if number > 1}

    def name(code: str) -> str:
        own_name = names.get(code) or dimensions.label(question, fact, by, code)
        return name_with_area(question, own_name, code) if own_name in shared else own_name

    return name


def _ordered(fact: Fact, by: By, sums: Mapping[str, int], *, by_list: bool) -> tuple[str, ...]:
    """Codes, the largest first; time, scales and, ``by_list``, lists of codes keep their order."""
    code_list = dimensions.codes_of(fact, by)
    if dimensions.is_time(fact, by):
        return tuple(sums)
    if code_list and (by_list or code_list.is_scale):
        return tuple(code for code in dimensions.in_order(fact, by, sums) if code in sums)
    return tuple(dimensions.unknown_last(sorted(sums, key=lambda code: -sums[code])))


def sums_of(question: Question, fact: Fact, by: tuple[By, ...]) -> Counter[tuple[str, ...]]:
    """Events by codes; what is not known counts too, and so does a set without any known code."""
    sums = question.sums(fact, *by, under=_codes_or_unknown)
    for index, each in enumerate(by):
        if splits(fact, each):
            others = (*by[:index], *by[index + 1 :])
            gathered = Gathered(column_of(each), {UNKNOWN: UNKNOWN}, rest=_ANY)
            rows = question.counts(fact, *by[:index], gathered, *by[index + 1 :])
            answered_rows = (row[:index] + row[index + 1 :] for row in rows if row[index] == _ANY)
            answered_sums = summed(answered_rows, _codes_or_unknown)
            whole = sums_of(question, fact, others) if others else {(): question.total(fact)}
            for key, size in whole.items():
                sums[(*key[:index], UNKNOWN, *key[index:])] = size - answered_sums[key]
    return +sums


def _codes_or_unknown(*codes: str | None) -> tuple[str, ...]:
    return tuple(code or UNKNOWN for code in codes)
