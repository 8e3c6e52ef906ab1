"""Taken columns: codes, numbers and flags, translated as the source declares."""

from __future__ import annotations

from dashboard.model.fields import Kind
from dashboard.model.normalise import casefold
from dashboard.model.screen import screen
from etl.declaration.source import AS_MISSING, Column
from etl.harmonise.cells import CellResult, Texts
from etl.read import Cell, combined

_YES_NO = {
    **dict.fromkeys(("yes", "true", "1"), "true"),
    **dict.fromkeys(("no", "false", "0"), "false"),
}
_NUMBERS = (Kind.COUNT, Kind.DAYS, Kind.GRADE)
_INT_MAX, _LONGEST = 2**31 - 1, 10
#: A longer time than any case takes.
_DAYS_MAX = 36_500


def take(column: Column, cell: Cell) -> CellResult[str]:
    """What a cell of a taken column says; several codes are joined by semicolons."""
    assert column.target is not None  # noqa: S101 - the declaration holds it
    field = column.target.field
    if not isinstance(cell, str):
        return CellResult(rule="unknown_code")
    if column.split is not None:
        return _several(column, cell)
    text = casefold(cell)
    if column.values is not None and text in column.values:
        return CellResult(column.values[text])
    if not text or text in column.missing:
        return CellResult(_unknown_code(column))
    hit = screen(cell)
    return CellResult(rule=hit) if hit else _or_other(column, _single(column, field.kind, text))


def _unknown_code(column: Column) -> str | None:
    """The code ``unknown`` if the column's field holds one code and has it, else None."""
    field = column.target.field if column.target else None
    if field is None or field.kind is not Kind.CODE or field.codes is None:
        return None
    return "unknown" if "unknown" in field.codes else None


def _or_other(column: Column, answer: CellResult[str]) -> CellResult[str]:
    """The answer, or, if it breaks a rule, what the declaration says of values it does not list."""
    if column.others is None or answer.rule is None:
        return answer
    value = _unknown_code(column) if column.others == AS_MISSING else column.others
    return CellResult(value, "other_value")


def _single(column: Column, kind: Kind, text: str) -> CellResult[str]:
    """The code, flag or number that one casefolded text means."""
    if kind in _NUMBERS:
        text = bare_number(text, column.around)
    if column.values is not None:
        value = column.values.get(text)
        if value is None and kind in _NUMBERS:
            return number(text, kind)
        return CellResult(value) if value is not None else CellResult(rule="unknown_code")
    if kind is Kind.FLAG:
        flag = _YES_NO.get(text)
        return CellResult(flag) if flag else CellResult(rule="bad_flag")
    if kind in _NUMBERS:
        return number(text, kind)
    codes = column.target.field.codes if column.target else None
    is_known = codes is not None and text in codes
    return CellResult(text) if is_known else CellResult(rule="unknown_code")


def _several(column: Column, cell: str) -> CellResult[str]:
    """The codes of a cell of several values, each once, joined by semicolons."""
    if screen(cell):
        return CellResult(rule=screen(cell))
    codes: list[str] = []
    rule = None
    for part in cell.split(column.split):
        text = casefold(part)
        if not text or text in column.missing:
            continue
        answer = _or_other(column, _single(column, Kind.CODES, text))
        if answer.rule is not None and column.others is None:
            return answer
        rule = answer.rule or rule
        codes += [answer.value] if answer.value is not None else []
    return CellResult(";".join(dict.fromkeys(codes)) or None, rule)


def bare_number(text: str, around: tuple[str, ...]) -> str:
    """A casefolded text without what the declaration says may stand beside a number.

    >>> bare_number("23 yrs", ("yrs",))
    '23'
    """
    for beside in around:
        text = text.replace(beside, " ")
    return " ".join(text.split())


def whole_number(text: str) -> int | None:
    """A whole number of 0 or more, also where a workbook wrote it as 5.0; None for anything else.

    One of more than ten digits is beyond what any field holds.
    """
    whole, _, rest = text.partition(".")
    digits = whole.lstrip("0")
    if not (whole.isascii() and whole.isdigit()) or rest.strip("0") or len(digits) > _LONGEST:
        return None
    return int(digits or 0)


def number(text: str, kind: Kind) -> CellResult[str]:
    """A text as the number that a field of a kind holds: a count, days, or a grade from 1 to 5."""
    value = whole_number(text)
    if value is None or value > (_DAYS_MAX if kind is Kind.DAYS else _INT_MAX):
        return CellResult(rule="bad_number")
    if kind is Kind.GRADE and not 1 <= value <= 5:
        return CellResult(rule="bad_grade")
    return CellResult(str(value))


def total(parts: tuple[str | None, ...]) -> CellResult[str]:
    """The sum of counts of one row; what is empty adds nothing, and all empty is not known."""
    numbers = [int(part) for part in parts if part is not None]
    if not numbers:
        return CellResult()
    return number(str(sum(numbers)), Kind.COUNT)


def joined_codes(columns: list[Texts]) -> Texts:
    """Codes of several columns of one field, each once, in the order of the columns."""
    if len(columns) == 1:
        return columns[0]
    return combined(columns).mapped(_join_codes)


def _join_codes(values: tuple[str | None, ...]) -> str | None:
    codes = (code for value in values if value for code in value.split(";"))
    return ";".join(dict.fromkeys(codes)) or None
