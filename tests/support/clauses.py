"""Filters as a condition in SQL over a fact's units, which columns are compared and timed with."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.filters import Condition, Filters, conditions
from dashboard.model.facts import Fact
from dashboard.model.periods import Span


@dataclass(frozen=True)
class Clause:
    """A condition over a fact's units: text for WHERE with '?' marks, and what they stand for."""

    sql: str
    values: tuple[object, ...]


def clause(fact: Fact, filters: Filters, period: Span) -> Clause:
    """What units of a fact meet in a period, which is widened outward to the fact's own."""
    span = period.snapped(fact.grain)
    parts = [f"{fact.time.name} BETWEEN ? AND ?"]
    values: list[object] = [span.start.first_day, span.end.first_day]
    for condition in conditions(fact, filters):
        parts.append(_as_sql(fact, condition))
        values.extend([list(condition.codes)] * len(condition.columns))
    return Clause(" AND ".join(parts), tuple(values))


def _as_sql(fact: Fact, condition: Condition) -> str:
    tests = (
        f"list_has_any({name}, ?)"
        if fact.is_set(name)
        else f"list_contains(?, coalesce({name}, 'unknown'))"  # not recorded
        for name in condition.columns
    )
    return f"({' OR '.join(tests)})"
