"""Left out: rows that were refused while the others of their file loaded, as the loads record it.

Whoever publishes must know that they are not counted. Why a row is left out is decided in
``etl.intake.decide``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import duckdb

from etl.plural import plural


@dataclass(frozen=True)
class LeftOut:
    """Rows of one source that were left out.

    Attributes:
        source: Name of its declaration.
        rows: How many; rows that came again later are among them.
        files: Files that had such rows.
        rules: Rule to the rows that broke it; a row that breaks several counts under each.
    """

    source: str
    rows: int
    files: int
    rules: tuple[tuple[str, int], ...]

    @property
    def sentence(self) -> str:
        """The entry in words."""
        rules = ", ".join(f"{rule} {count}" for rule, count in self.rules)
        return f"{self.source}: {self.rows} rows of {plural(self.files, 'file')} ({rules})"


def rows_left_out(connection: duckdb.DuckDBPyConnection, schema: str = "") -> tuple[LeftOut, ...]:
    """Rows left out, by source.

    Args:
        connection: Has the register.
        schema: Name under which it is attached, or "".
    """
    load = f"{schema}.load" if schema else "load"
    rows = connection.execute(
        f"""SELECT source, sum(left_out)::INTEGER, count(*), list(left_rules)
        FROM {load} WHERE left_out > 0 GROUP BY source ORDER BY source"""  # noqa: S608
    ).fetchall()
    return tuple(
        LeftOut(str(source), int(left), int(files), _sum_by_rule(rules))
        for source, left, files, rules in rows
    )


def _sum_by_rule(left_rules: list[str]) -> tuple[tuple[str, int], ...]:
    """Rules with their rows, most first, summed over the ``left_rules`` of several extracts."""
    counts: Counter[str] = Counter()
    for rules in left_rules:
        for part in rules.split():
            rule, _, rows = part.partition(":")
            counts[rule] += int(rows)
    return tuple(counts.most_common())
