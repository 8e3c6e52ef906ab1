"""Judging the distinct cells of a column once and giving the answers to its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from etl.findings import Finding, Place, Severity
from etl.read.coded import Coded, combined

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Hashable)

#: A column of texts, None where nothing is known.
Texts = Coded[str | None]
#: Rows, by their index, that break a rule.
Faults = list[tuple[int, str]]

#: Rules that a value may break and yet be taken, as its declaration says.
_SEVERITIES: dict[str, Severity] = {"other_value": "review"}


@dataclass(frozen=True)
class CellResult(Generic[V]):
    """What a cell means, or the rule it breaks; both None where the cell says nothing.

    Both are set where a value is taken that somebody should look at.
    """

    value: V | None = None
    rule: str | None = None


def judge_cells(
    cells: Coded[K], judge: Callable[[K], CellResult[V]]
) -> tuple[Coded[V | None], Faults]:
    """Values of all cells, and (index, rule) of each cell that breaks a rule.

    Args:
        cells: Cells of one column, or tuples of cells of several.
        judge: Pure function; called once per distinct cell.
    """
    answers = [judge(cell) for cell in cells.values]
    values = cells.recoded([answer.value for answer in answers])
    if not any(answer.rule for answer in answers):
        return values, []
    codes: list[int] = cells.codes.tolist()
    rules = ((row, answers[code].rule) for row, code in enumerate(codes))
    return values, [(row, rule) for row, rule in rules if rule is not None]


def findings_of(faults: Faults, rows: list[int], place: Place, column: str) -> list[Finding]:
    """Findings for broken rules of one column; ``rows`` are the numbers that the sender sees."""
    return [
        place.finding(rule, row=rows[i], column=column, severity=_SEVERITIES.get(rule, "error"))
        for i, rule in faults
    ]


def first_known(columns: Sequence[Texts]) -> Texts:
    """Row by row the first value that is neither None nor ``unknown``, else the first at all."""
    if len(columns) == 1:
        return columns[0]
    return combined(columns).mapped(_first_known)


def _first_known(values: tuple[str | None, ...]) -> str | None:
    return next(
        (v for v in values if v is not None and v != "unknown"),
        next((v for v in values if v is not None), None),
    )
