"""Counts: a fact by one or two dimensions, from which form, title, table and notes are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter

from dashboard import queries
from dashboard.analysis.expected_error import ExpectedError
from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.charts.dimensions import REST, UNKNOWN
from dashboard.exhibits.parts import breakdowns, usual
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.frame import number_format
from dashboard.exhibits.parts.ladder import DetailLevel
from dashboard.exhibits.question import InWords, Question
from dashboard.figures.plot import Number, NumberFormat
from dashboard.model.counted_by import By, Gathered, column_of
from dashboard.model.facts import Fact
from dashboard.model.languages import Language
from dashboard.words import numbers

#: The only column of what is counted by one dimension.
ALL = ""

Cell = tuple[str, str]
Name = Callable[[str], str]
Numbers = tuple[Number, ...]


@dataclass(frozen=True)
class Counted(InWords):
    """What a chart counted for a question: the least that every form, title and table needs.

    Attributes:
        question: What the reader looks at.
        fact: What is counted.
        total: All events.
        breakdown: The numbers that are drawn, and how far they are off.
        is_rough: Whether these tell little, so that ranges are drawn; ``chart.show`` decides.
    """

    question: Question
    fact: Fact
    total: int
    breakdown: Breakdown
    is_rough: bool = field(default=False, kw_only=True)

    @property
    def lang(self) -> Language:
        """Language of words and digits."""
        return self.question.lang

    @property
    def unit(self) -> str:
        """What is counted, in words: "people"."""
        return self.fact.unit_in(self.lang)

    def about(self, number: int) -> str:
        """A number in words: "about 27", "a few"."""
        return self.question.about(number, self.fact)

    def mark(self, number: int) -> str:
        """A number where there is little room: "27", "a few"."""
        return numbers.at_mark(number, self.breakdown.base, self.lang)

    def share_of(self, size: int, breakdown: Breakdown | None = None) -> str:
        """A number as a share of everything counted, before the unit: "45 % of".

        Args:
            size: The number.
            breakdown: What it is a number of, where that is not what is drawn.
        """
        cut = breakdown or self.breakdown
        between = cut.error.interval(size)
        return numbers.share_of(size, self.total, cut.base, self.lang, between)

    def numbers(self, sizes: Iterable[int], error: ExpectedError | None = None) -> Numbers:
        """Numbers with their text and range: those that are drawn, or others with their error."""
        return tuple(map(self.format_of(error).number, sizes))

    def format_of(self, error: ExpectedError | None = None) -> NumberFormat:
        """How figures write these numbers and their ranges, or others with their own error."""
        is_rough = self.is_rough and error is None
        error = error or self.breakdown.error
        return number_format(self.question, self.fact, error=error, rough=is_rough)


@dataclass(frozen=True, kw_only=True)
class Counts(Counted):
    """A fact by one or two dimensions, at one level of detail.

    Shares are of everything counted, and what is not known is a row of its own.

    Attributes:
        by: Dimension of the rows, and of the columns where there are any.
        rows, columns: Codes in the order drawn; ``columns`` is (ALL,) without a second dimension.
        cells: Numbers by row and column; of a set their sum may be more than the total.
        row_name, column_name: Codes in words.
        usual_values: What is usual of each row, where that is not the mean of the months before;
            None for a row where that is not known.
    """

    by: tuple[By, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Cell, int]
    row_name: Name
    column_name: Name
    usual_values: Mapping[str, int | None] | None = None

    @property
    def is_crossed(self) -> bool:
        """Whether there is a second dimension."""
        return self.columns != (ALL,)

    def size(self, row: str, column: str = ALL) -> int:
        """Number of one cell."""
        return self.cells.get((row, column), 0)

    @cached_property
    def by_row(self) -> Mapping[str, int]:
        """Sums of the rows."""
        return {row: sum(self.size(row, column) for column in self.columns) for row in self.rows}

    @cached_property
    def by_column(self) -> Mapping[str, int]:
        """Sums of the columns."""
        return {column: sum(self.size(row, column) for row in self.rows) for column in self.columns}

    @property
    def answered_rows(self) -> tuple[str, ...]:
        """Known rows that hold something, the largest first; REST, which holds all others, last."""
        rows = (row for row in self.rows if row != UNKNOWN and self.by_row[row])
        return tuple(sorted(rows, key=lambda row: (row == REST, -self.by_row[row])))

    @cached_property
    def rows_breakdown(self) -> Breakdown:
        """The sums of ``answered_rows``, whatever the columns, with their own error."""
        if not self.is_crossed:
            return self.breakdown
        sizes = [self.by_row[row] for row in self.answered_rows]
        return breakdowns.breakdown_of(self.question, self.fact, self.by[:1], sizes)

    @cached_property
    def usual(self) -> Mapping[str, int | None]:
        """What is usual of each row; nothing where that is not known."""
        if self.usual_values is not None:
            return self.usual_values
        return usual.sizes(self.question, self.fact, self.by[0]) or {}

    def share(self, row: str) -> int | None:
        """Share of a row of everything counted, in percent where that may be said."""
        return numbers.percent(self.by_row[row], self.total, self.question.base(self.fact))

    def share_of(self, size: int, breakdown: Breakdown | None = None) -> str:
        """A number as a share of everything counted, before the unit: "45 % of".

        Args:
            size: The number.
            breakdown: What it is a number of; None for a sum of a row.
        """
        return super().share_of(size, breakdown or self.rows_breakdown)

    def sums(self) -> Numbers:
        """Sums of the rows with their text and range."""
        return self.numbers(self.by_row.values(), self.rows_breakdown.error)


def count(question: Question, fact: Fact, level: DetailLevel, *, ordered: bool = False) -> Counts:
    """Count a fact by one or two coded columns, or groups of their codes.

    Args:
        question: What the reader looks at.
        fact: What to count.
        level: By what, and how many of the largest codes stand alone.
        ordered: Whether rows keep the order of the code list instead of the largest first.

    Returns:
        Counts; a set counts once under each of its codes. Columns keep the order of their list.
    """
    if level.largest:
        # Counted again in groups, since an event with several codes counts once in each group.
        (by,) = level.by
        by_code = count(question, fact, DetailLevel(level.id, (by,)))
        largest = {code: code for code in by_code.answered_rows[: level.largest]}
        by = Gathered(column_of(by), largest | {UNKNOWN: UNKNOWN}, rest=REST)
        return count(question, fact, DetailLevel(level.id, (by,)), ordered=ordered)
    view = (question.release, fact, question.filters, question.period)

    def cell(*codes: str | None) -> Cell:
        row, column = [*(code or UNKNOWN for code in codes), ALL][:2]
        return row, column

    cells = question.sums(fact, *level.by, key=cell)
    total, row_column = cells.total(), column_of(level.by[0])
    if fact.is_set(row_column):
        total = queries.total(*view)
        if unknown := total - queries.answered(*view, row_column):
            cells[UNKNOWN, ALL] = unknown
    return from_cells(question, fact, level.by, cells, total, ordered=ordered)


def from_cells(
    question: Question,
    fact: Fact,
    by: Sequence[By],
    cells: Mapping[Cell, int],
    total: int | None = None,
    *,
    ordered: bool = False,
    ordered_columns: bool = True,
    column_name: Name | None = None,
) -> Counts:
    """Counts made of cells that were counted already, in the order of their sums or lists.

    Args:
        question: What the reader looks at.
        fact: What was counted.
        by: By what.
        cells: Numbers by row and column, the latter ALL where there is one dimension.
        total: All events, where that is not their sum.
        ordered: Whether rows keep the order of the code list instead of the largest first.
        ordered_columns: The same of columns.
        column_name: Codes of columns in words, where these are no labels of theirs.
    """
    of_rows, of_columns = (queries.summed(cells.items(), itemgetter(side)) for side in (0, 1))
    rows = dimensions.in_order(fact, by[0], of_rows) if ordered else _largest_first(of_rows)
    if ordered and (asked := dimensions.asked_codes(question, fact, by[0])):
        rows = [code for code in rows if of_rows[code] or code in asked]
    columns: Sequence[str] = _largest_first(of_columns) if len(by) > 1 else (ALL,)
    if len(by) > 1 and ordered_columns:
        columns = [c for c in dimensions.in_order(fact, by[1], of_columns) if c in of_columns]
    sizes = sorted((size for cell, size in cells.items() if UNKNOWN not in cell), reverse=True)
    counts = as_counted(question, fact, by, cells, rows, columns, column_name=column_name)
    return replace(
        counts,
        total=counts.total if total is None else total,
        breakdown=breakdowns.breakdown_of(question, fact, by, sizes),
    )


def _largest_first(sums: Counter[str]) -> list[str]:
    """Codes by their number, but REST and UNKNOWN last."""
    return dimensions.unknown_last(code for code, _ in sums.most_common())


def as_counted(
    question: Question,
    fact: Fact,
    by: Sequence[By],
    cells: Mapping[Cell, int],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    row_name: Name | None = None,
    column_name: Name | None = None,
) -> Counts:
    """Counts made of cells that were counted and ordered already; all belong to the breakdown."""

    def name_of(dimension: By) -> Name:
        return lambda code: dimensions.label(question, fact, dimension, code)

    return Counts(
        question=question,
        fact=fact,
        total=sum(cells.values()),
        breakdown=breakdowns.breakdown_of(question, fact, by, list(cells.values())),
        by=tuple(by),
        rows=tuple(rows),
        columns=tuple(columns),
        cells=cells,
        row_name=row_name or name_of(by[0]),
        column_name=column_name or name_of(by[-1]),
    )
