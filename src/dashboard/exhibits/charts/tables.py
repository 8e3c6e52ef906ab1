"""Tables of counts: code and name of each row, every number with its range, and sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dashboard.analysis.expected_error import NO_ERROR
from dashboard.exhibits.charts.counts import Counted, Counts
from dashboard.exhibits.charts.dimensions import is_time, title_of
from dashboard.exhibits.exhibit import ROW_MONTHS, Column, FilledColumn, Row, Table
from dashboard.exhibits.parts import ranges
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.ranges import Errors
from dashboard.exhibits.question import Question
from dashboard.model import hxl
from dashboard.model.counted_by import STEPS, By, dimension_of
from dashboard.model.facts import Fact
from dashboard.model.languages import Language
from dashboard.model.periods import Span
from dashboard.model.protection import RECORDS
from dashboard.words.catalogue import begin, translate


def table(counts: Counts) -> Table:
    """Rows with their number, range and share; or rows by columns with their sums."""
    return crossed(counts, summed=True) if counts.is_crossed else parts(counts)


def parts(counts: Counts) -> Table:
    """Code, label, number with its range, share, and the usual number of every row."""
    lang, fact = counts.lang, counts.fact
    share = Column("share", counts.translate("breakdown.share"), "%", base=counts.breakdown.base)
    columns = [
        *_about_rows(counts),
        (
            Column(fact.unit, fact.label_in(lang), counts.unit),
            map(counts.by_row.__getitem__, counts.rows),
        ),
        (share, map(counts.share, counts.rows)),
    ]
    if usual := counts.usual:
        column = Column("usual", counts.translate("breakdown.usual"), counts.unit)
        columns.append((column, [usual.get(row, 0) for row in counts.rows]))
    table = Table.by_column(*columns)
    return ranges.with_ends(table, fact.unit, counts.breakdown.error, lang)


def _about_rows(counts: Counts) -> list[FilledColumn]:
    """Code and name of each row as two columns."""
    code, name = about(counts.fact, counts.by[0], counts.lang)
    return [(code, counts.rows), (name, map(counts.row_name, counts.rows))]


def crossed(counts: Counts, *, summed: bool = False) -> Table:
    """Rows by columns with sums at the right, and in files the range of each number.

    Args:
        counts: The numbers.
        summed: Whether sums have their range too, as where a page shows them by themselves.
    """
    lang, unit, error = counts.lang, counts.unit, counts.rows_breakdown.error
    period = str(counts.question.period) if _is_timed(counts) else ""
    label = counts.translate("breakdown.total")
    total = Column("total", label, unit, period=period, base=error.base)
    cells = ([counts.size(row, column) for row in counts.rows] for column in counts.columns)
    columns = zip(across(counts, unit), cells, strict=True)
    table = Table.by_column(
        *_about_rows(counts), *columns, (total, map(counts.by_row.__getitem__, counts.rows))
    )
    table = ranges.with_ends_in_files(table, counts.columns, counts.breakdown.error, lang)
    return ranges.with_ends_in_files(table, ("total",), error, lang) if summed else table


def across(counts: Counts, unit: str, base: int = RECORDS) -> Iterator[Column]:
    """A table column for each column of counts; a step of time has its months as period."""
    for code in counts.columns:
        period = str(Span.named(code)) if _is_timed(counts) else ""
        yield Column(code, counts.column_name(code), unit, period=period, base=base)


def _is_timed(counts: Counts) -> bool:
    """Whether the last dimension is time."""
    return is_time(counts.fact, counts.by[-1])


def windows(question: Question) -> list[Column]:
    """The columns of the months that each row counts: in words, and as files name them."""
    row_months = Column(ROW_MONTHS, question.translate("judge.column_row_months"), in_files=True)
    return [*columns(question, "judge.column_", "window"), row_months]


def columns(question: Question, words: str, *codes: str, **look: Any) -> list[Column]:
    """Columns whose labels are the phrases of a prefix and their code.

    Args:
        question: What the reader looks at.
        words: Beginning of the phrases' keys.
        *codes: Codes of the columns.
        **look: What else ``Column`` takes, the same for all.
    """
    return [Column(code, question.translate(f"{words}{code}"), **look) for code in codes]


def number(counts: Counted) -> Column:
    """The column of numbers where each row has one."""
    return Column(counts.fact.unit, begin(counts.unit), counts.unit)


def ranged(
    counts: Counted, columns: Iterable[Column], rows: Iterable[Row], errors: Errors | None = None
) -> Table:
    """A table with one ``number`` a row, whose range pages show too.

    Args:
        counts: What the numbers count.
        columns: Its columns; among them ``number``.
        rows: Its rows.
        errors: The error of each row, as ``by_row`` of ``ranges.with_ends``.
    """
    table, unit = Table(tuple(columns), tuple(rows)), counts.fact.unit
    return ranges.with_ends(table, unit, counts.breakdown.error, counts.lang, by_row=errors)


def by_column(counts: Counted, *columns: FilledColumn) -> Table:
    """``ranged`` of columns with their cells."""
    table = Table.by_column(*columns)
    return ranged(counts, table.columns, table.rows)


def of_cuts(
    question: Question,
    fact: Fact,
    about: Iterable[Column],
    rows: Iterable[tuple[Row, Breakdown | None]],
) -> Table:
    """A table of one number a row with its range, where rows belong to several breakdowns.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        about: Columns that say what a row is about.
        rows: Cells of each row, its number last, with its breakdown; without one it has no range.
    """
    cells, breakdowns = zip(*rows, strict=True)
    unit = fact.unit_in(question.lang)
    errors = [breakdown and breakdown.error for breakdown in breakdowns]
    widest = max(filter(None, errors), key=lambda error: error.typical, default=NO_ERROR)
    table = Table((*about, Column(fact.unit, begin(unit), unit)), cells)
    return ranges.with_ends(table, fact.unit, widest, question.lang, by_row=errors)


def about(fact: Fact, by: By, lang: Language) -> tuple[Column, Column]:
    """The columns of a dimension: code and name."""
    name = dimension_of(by)
    if name in STEPS:  # no date as HXL has it: files give each row's first and last day beside it
        label = title_of(fact, name, lang)
        return Column(name, translate("breakdown.code", lang), hxl=f"#x_{name}+code"), Column(
            "label", label
        )
    return (
        Column("code", translate("breakdown.code", lang), hxl=hxl.code_of(name)),
        Column("label", title_of(fact, name, lang), hxl=hxl.name_of(name, lang)),
    )
