"""Ranges in tables: what a number stands for at least and at most, nineteen times in twenty.

A table of one kind of number shows both beside it. Where a row holds several, both stand in files
alone, since a table on a page would be three times as wide; there its figure draws them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from dashboard.analysis.expected_error import ExpectedError
from dashboard.exhibits.exhibit import Cell, Column, Table
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.question import Question
from dashboard.model.facts import Fact
from dashboard.model.protection import is_few
from dashboard.words import numbers
from dashboard.words.catalogue import say

_ENDS = ("low", "high")


def columns(question: Question, fact: Fact, drawn: Drawn) -> tuple[Column, ...]:
    """The two columns beside the only number of a row; none where it is as reported."""
    if not drawn.error.error:
        return ()
    lang, unit = question.lang, fact.unit_in(question.lang)
    return tuple(Column(end, say(f"breakdown.{end}", lang), unit) for end in _ENDS)


def in_words(question: Question, drawn: Drawn, size: int) -> str:
    """What a number stands for at least and at most, in words; '' where it is as reported."""
    low, high = drawn.error.interval(size)
    if low == high:
        return ""
    return question.say("shared.between", range=numbers.span(low, high, question.lang))


def at_mark(question: Question, drawn: Drawn, size: int) -> str:
    """A number where there is little room; a few with their range: "27", "a few, 0–11"."""
    said = numbers.at_mark(size, drawn.base, question.lang)
    if not is_few(size, drawn.base):
        return said
    return numbers.few_between(*drawn.error.interval(size), question.lang)


def shown(
    table: Table,
    code: str,
    error: ExpectedError,
    lang: str,
    *,
    each: Sequence[ExpectedError | None] | None = None,
) -> Table:
    """A table with both ends behind its only number, on pages too.

    Args:
        table: A table; the cells of this column are whole numbers or None.
        code: Code of the column.
        error: Expected error of the numbers; nothing is added where there is none.
        lang: Language of the labels.
        each: Expected error of each row, where they are of several cuts; None of what is of none.
    """
    if not error.error:
        return table
    at = [column.code for column in table.columns].index(code) + 1
    unit = table.columns[at - 1].unit
    ends = (Column(end, say(f"breakdown.{end}", lang), unit) for end in _ENDS)
    rows = (
        (*row[:at], *_ends(row[at - 1], own), *row[at:])
        for row, own in zip(table.rows, each or [error] * len(table.rows), strict=True)
    )
    return Table((*table.columns[:at], *ends, *table.columns[at:]), tuple(rows))


def _ends(cell: Cell, error: ExpectedError | None) -> tuple[int, int] | tuple[None, None]:
    return error.interval(cell) if error and isinstance(cell, int) else (None, None)


def beside(
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
    if not error.error:
        return table
    errors = [error] * len(table.rows)
    errors[-1:] = [last or error] if table.rows else []
    return Table(
        tuple(_columns(table, codes, lang)),
        tuple(
            tuple(_cells(table, codes, own, row))
            for own, row in zip(errors, table.rows, strict=True)
        ),
    )


def _columns(table: Table, codes: Collection[str], lang: str) -> Iterator[Column]:
    for column in table.columns:
        yield column
        if column.code in codes:
            for end in _ENDS:
                said = say(f"breakdown.{end}_of", lang, label=column.label)
                yield replace(column, code=f"{column.code}_{end}", label=said, in_files=True)


def _cells(
    table: Table, codes: Collection[str], error: ExpectedError, row: tuple[Cell, ...]
) -> Iterator[Cell]:
    for column, cell in zip(table.columns, row, strict=True):
        yield cell
        if column.code in codes:
            yield from _ends(cell, error)
