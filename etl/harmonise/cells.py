"""Judging the distinct cells of a column once and mapping the answers back to its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from etl.findings import Finding, Place

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True)
class Judgement(Generic[V]):
    """What a cell means, or the rule it breaks; both None where the cell says nothing."""

    value: V | None = None
    rule: str | None = None


def judged(
    cells: Sequence[K], judge: Callable[[K], Judgement[V]]
) -> tuple[list[V | None], list[tuple[int, str]]]:
    """Values of all cells, and (index, rule) of each cell that breaks a rule.

    Args:
        cells: Cells of one column, or tuples of cells of several, in the order of the rows.
        judge: Pure function; called once per distinct cell.
    """
    answers = {cell: judge(cell) for cell in set(cells)}
    broken = {cell: a.rule for cell, a in answers.items() if a.rule is not None}
    faults = [(i, broken[c]) for i, c in enumerate(cells) if c in broken] if broken else []
    return [answers[cell].value for cell in cells], faults


def findings_of(
    faults: list[tuple[int, str]], rows: list[int], place: Place, column: str
) -> list[Finding]:
    """Findings for broken rules of one column."""
    return [place.finding(rule, row=rows[i], column=column) for i, rule in faults]


def first_known(columns: Sequence[list[str | None]]) -> list[str | None]:
    """Row by row the first value that is neither None nor ``unknown``, else the first at all."""
    if len(columns) == 1:
        return columns[0]
    return [
        next(
            (v for v in values if v is not None and v != "unknown"),
            next((v for v in values if v is not None), None),
        )
        for values in zip(*columns, strict=True)
    ]
