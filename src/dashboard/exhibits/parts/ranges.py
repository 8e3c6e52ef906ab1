"""Ranges in tables: what a number stands for at least and at most, nineteen times in twenty.

A table of one kind of number shows both beside it. Where a row holds several, both stand in files
alone, since a table on a page would be three times as wide; there its figure draws them. Of
numbers that are read as "a few", as none or very few or as nearly all, files say so in a column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from dashboard.analysis.expected_error import ExpectedError
from dashboard.exhibits.exhibit import Cell, Column, Row, Table
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.question import Question
from dashboard.model.facts import Fact
from dashboard.model.protection import RECORDS, is_protected, noise
from dashboard.words import numbers
from dashboard.words.catalogue import translate

_ENDS = ("low", "high")
#: Expected error of each row; None of what is of no breakdown.
Errors = Sequence[ExpectedError | None]
#: The ends of what has none.
_NO_RANGE = (None, None)
#: The columns of both ends of a column.
_Ends = Callable[[Column], Iterable[Column]]
#: Times the number below which all is read as a few, from which a number is not few any more.
_MANY = 2
#: Code of the column that says in words what few numbers are read as.
IN_WORDS = "in_words"


def in_words(question: Question, breakdown: Breakdown, size: int) -> str:
    """What a number stands for at least and at most, in words; '' where it is as reported."""
    return between(question, *breakdown.error.interval(size))


def between(question: Question, low: int, high: int) -> str:
    """Both ends of a range in words; '' where there is none."""
    if low == high:
        return ""
    return question.translate("shared.between", range=question.reach(low, high))


def at_mark(question: Question, breakdown: Breakdown, size: int) -> str:
    """A number where there is little room; a few with their range: "27", "a few, 0–11"."""
    if breakdown.is_few(size):
        return numbers.few_between(*breakdown.error.interval(size), question.lang)
    return numbers.at_mark(size, breakdown.base, question.lang)


def about(question: Question, fact: Fact, error: ExpectedError, size: int) -> str:
    """A number in a sentence: "about 27", "a few"; "0 to 54" where few may as well be many.

    Few may be many in what filters leave of one number less another, such as open referrals.
    """
    low, high = error.interval(size)
    is_few = not size or question.is_few(size, fact)
    if is_few and low < high >= _MANY * noise(question.base(fact)):
        return question.from_to(low, high)
    return question.about(size, fact)


def with_ends(
    table: Table, code: str, error: ExpectedError, lang: str, *, by_row: Errors | None = None
) -> Table:
    """A table with both ends behind its only number, on pages too.

    Args:
        table: A table; the cells of this column are whole numbers or None.
        code: Code of the column.
        error: Expected error of the numbers; nothing is added where there is none.
        lang: Language of the labels.
        by_row: Expected error of each row, where they are of several breakdowns.
    """

    def ends(column: Column) -> Iterator[Column]:
        for end in _ENDS:
            yield Column(end, translate(f"breakdown.{end}", lang), column.unit)

    return _with_ranges(table, (code,), error, by_row or [error] * len(table.rows), ends, lang)


def with_ends_in_files(
    table: Table,
    codes: Collection[str],
    error: ExpectedError,
    lang: str,
    *,
    last: ExpectedError | None = None,
) -> Table:
    """A table with both ends behind each of some columns, in files alone.

    Args:
        table: A table; the cells of these columns are whole numbers or None.
        codes: Codes of the columns.
        error: Expected error of their numbers; nothing is added where there is none.
        lang: Language of the labels.
        last: Expected error of the last row, where it holds sums of the others.
    """

    def ends(column: Column) -> Iterator[Column]:
        for end in _ENDS:
            text = translate(f"breakdown.{end}_of", lang, label=column.label)
            code = f"{column.code}_{end}"
            yield replace(column, code=code, label=text, in_files=True, base=RECORDS)

    errors = [error] * len(table.rows)
    errors[-1:] = [last or error] if table.rows else []
    return _with_ranges(table, tuple(codes), error, errors, ends, lang)


def _with_ranges(
    table: Table, codes: Sequence[str], error: ExpectedError, by_row: Errors, ends: _Ends, lang: str
) -> Table:
    """A table with both ends behind some columns; without where their numbers have no error.

    Args:
        table: The table.
        codes: Codes of the columns.
        error: Expected error of their numbers, or the largest of several breakdowns.
        by_row: Expected error of each row.
        ends: From a column to the two columns of its ends.
        lang: Language of the labels.
    """
    if not error.typical:
        return _with_words(table, lang)
    columns = list[Column]()
    for column in table.columns:
        is_ranged = column.code in codes
        columns += (replace(column, base=error.base), *ends(column)) if is_ranged else (column,)

    def cells(row: Row, of_row: ExpectedError | None) -> Iterator[Cell]:
        for column, cell in zip(table.columns, row, strict=True):
            yield cell
            if column.code in codes:
                yield from of_row.interval(cell) if of_row and isinstance(cell, int) else _NO_RANGE

    rows = (tuple(cells(row, of_row)) for row, of_row in zip(table.rows, by_row, strict=True))
    return _with_words(Table(tuple(columns), tuple(rows)), lang)


def read_as(cell: Cell, column: Column, lang: str) -> str:
    """The words that a page shows for a number of a table, such as a few; '' where it shows that.

    >>> read_as(9, Column("people", "People", "people", base=5), "en")
    'a few'
    >>> read_as(100, Column("share", "Share", "%", base=5), "en")
    'nearly all'
    """
    if not isinstance(cell, int):
        return ""
    if column.unit == "%":
        return numbers.words_of_all(cell, column.base, lang)
    return numbers.words_of_few(cell, column.base, lang)


def _with_words(table: Table, lang: str) -> Table:
    """A table with a last column, in files alone, of protected numbers in words, if it has any."""
    kept = [
        (index, column) for index, column in enumerate(table.columns) if column.code != IN_WORDS
    ]
    protected = [(index, column) for index, column in kept if is_protected(column.base)]
    if not protected:
        return table

    def row_words(row: tuple[Cell, ...]) -> str:
        texts = [(column.label, read_as(row[index], column, lang)) for index, column in protected]
        if len(texts) == 1:
            return "".join(text for _, text in texts)
        return "; ".join(
            translate("breakdown.in_words_of", lang, label=label, words=text)
            for label, text in texts
            if text
        )

    last = Column(IN_WORDS, translate("breakdown.in_words", lang), in_files=True)
    rows = ((*(row[index] for index, _ in kept), row_words(row)) for row in table.rows)
    return Table((*(column for _, column in kept), last), tuple(rows))
