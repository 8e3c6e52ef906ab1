"""Counts: a fact by one or two dimensions, from which form, title, table and notes are made."""

from __future__ import annotations

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
        """What one of the numbers is, in words."""
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
            breakdown: The cut that it belongs to, where that is not what is drawn.
        """
        cut = breakdown or self.breakdown
        between = cut.error.interval(size)
        return numbers.share_of(size, self.total, cut.base, self.lang, between)

    def numbers(self, sizes: Iterable[int], error: ExpectedError | None = None) -> Numbers:
        """Numbers with their text and range: those that are drawn, or others with their error."""
        return tuple(map(self.format_of(error).number, sizes))

    def format_of(self, error: ExpectedError | None = None) -> NumberFormat:
        """How figures say these numbers, or others with their error."""
        own, rough = error or self.breakdown.error, self.is_rough and error is None
        return number_format(self.question, self.fact, error=own, rough=rough)


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
        """Rows but the unknown one that hold something, the largest first; all others last."""
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
        """As ``Counted.share_of``; of the sums of rows where no other cut is given."""
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

    def cell(row: str | None, *column: str | None) -> Cell:
        return row or UNKNOWN, column[0] or UNKNOWN if column else ALL

    cells = question.sums(fact, *level.by, under=cell)
    total, first = cells.total(), column_of(level.by[0])
    if fact.is_set(first):
        total = queries.total(*view)
        if unknown := total - queries.answered(*view, first):
            cells[UNKNOWN, ALL] = unknown
    return of(question, fact, level.by, cells, total, ordered=ordered)


def of(
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
    """Counts of cells that were counted already, in the order of their sums or lists.

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
    sums = [queries.summed(cells.items(), itemgetter(side)) for side in (0, 1)]
    ranked = [dimensions.unknown_last(code for code, _ in own.most_common()) for own in sums]
    rows = dimensions.in_order(fact, by[0], sums[0]) if ordered else ranked[0]
    columns: Sequence[str] = ranked[1] if len(by) > 1 else (ALL,)
    if len(by) > 1 and ordered_columns:
        columns = [code for code in dimensions.in_order(fact, by[1], sums[1]) if code in sums[1]]
    sizes = sorted((size for cell, size in cells.items() if UNKNOWN not in cell), reverse=True)
    counts = as_counted(question, fact, by, cells, rows, columns, column_name=column_name)
    return replace(
        counts,
        total=counts.total if total is None else total,
        breakdown=breakdowns.breakdown_of(question, fact, by, sizes),
    )


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
    """Counts of cells that were counted, gathered and ordered already; each is an answer."""

    def labels(of: By) -> Name:
        return lambda code: dimensions.label(question, fact, of, code)

    return Counts(
        question=question,
        fact=fact,
        total=sum(cells.values()),
        breakdown=breakdowns.breakdown_of(question, fact, by, list(cells.values())),
        by=tuple(by),
        rows=tuple(rows),
        columns=tuple(columns),
        cells=cells,
        row_name=row_name or labels(by[0]),
        column_name=column_name or labels(by[-1]),
    )
