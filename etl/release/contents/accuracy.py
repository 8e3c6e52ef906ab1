"""Accuracy: how far the units of a release are from the records, for each cut of the pages.

The expected error of a cut at a grain is the mean of |shown - true| over the cells of the cut
that are not zero in every period, and over the periods of that grain. True is what the ledger's
records say today, folded as the units are. It is rounded to .5 and nothing finer leaves this
module: the mean of a few numbers would give each of them away, a single total exactly, so what is
told of them is how far the fact's other cuts are off, and at least half a unit. On the connection
of the public the "records" are the members' units, so that their own error is added (as
independent errors add: the root of the sum of squares).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from typing import cast

import duckdb

from dashboard.model.cuts import CUTS, Cut
from dashboard.model.edition import PUBLIC_LEVELS, Audience
from dashboard.model.facts import FACTS, PARENT_LEVELS, Fact, fact, parent_prefix
from dashboard.model.periods import Month, Span
from etl.protect.coding import Parents
from etl.register.access import CONFIG
from etl.release.contents.areas import areas_above
from etl.release.contents.build import insert
from etl.release.contents.folded_records import create_folds, folded_records

#: (fact, cut, grain) to the expected error.
Errors = Mapping[tuple[str, str, str], float]

_GRAINS = ("month", "quarter", "year", "all")
#: Errors are told in steps of this.
_STEP = 0.5
#: Fewest numbers of which the mean error is told.
FEWEST = 20


@dataclass(frozen=True)
class _Mean:
    """Mean error of a cut at a grain, and of how many numbers it is the mean."""

    error: float
    numbers: int

    @property
    def may_be_told(self) -> bool:
        """Whether it says nothing of a single number."""
        return self.numbers >= FEWEST


def fill_accuracy(
    connection: duckdb.DuckDBPyConnection,
    span: Span,
    *,
    after: Month | None,
    parents: Parents,
    members: Errors | None = None,
) -> None:
    """Fill the table ``accuracy`` of ``release``.

    Args:
        connection: Has the filled release, the stored units as ``units``, the events and the
            table ``area`` (see ``areas``).
        span: Months of the release.
        after: Retention horizon: periods up to this month have no records to compare with.
        parents: Areas above places.
        members: Errors of the members' release, for that of the public.
    """
    start = span.start if after is None else max(span.start, after.plus(1))
    if start > span.end:
        return
    months = Span(start, span.end)
    rows: list[tuple[str, str, str, float]] = []
    for each in FACTS:
        create_folds(connection, each, parents)
        _compare(connection, each, months.snapped(each.grain))
        cuts = stated_cuts(each, "member" if members is None else "public")
        means = {cut: _means(connection, each, cut, months) for cut in cuts}
        for cut, grain, error in _errors_told(connection, each, means):
            before = _before(members, cut, grain)
            rows.append((each.id, cut.id, grain, _rounded(hypot(error, before))))
    insert(connection, "accuracy", rows)


def read_errors(path: Path) -> Errors:
    """What a release says about its errors."""
    with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
        rows = connection.execute("FROM accuracy").fetchall()
    return {(str(f), str(v), str(g)): float(error) for f, v, g, error in rows}


def stated_cuts(each: Fact, audience: Audience) -> list[Cut]:
    """Cuts of a fact whose errors are stated: for the public, those without hidden areas."""
    hidden = {
        f"{parent_prefix(place)}{level}"
        for place in each.place_dimensions
        for level in PARENT_LEVELS
        if audience == "public" and level not in PUBLIC_LEVELS
    }
    return [cut for cut in CUTS if cut.fact == each.id and not hidden & set(cut.dimensions)]


def grains(each: Fact) -> tuple[str, ...]:
    """Grains of a fact, its own first."""
    return _GRAINS if each.grain == "month" else _GRAINS[1:]


def _compare(connection: duckdb.DuckDBPyConnection, each: Fact, months: Span) -> None:
    """Make the table ``difference``: what units show with a plus, what records say with a minus."""
    time = each.time.name
    truth = folded_records(connection, each)
    above = areas_above(each, "record")
    own = [f"record.{field.name}" for field in (each.time, *each.dimensions)]
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE difference AS
        SELECT * RENAME (size AS weight) FROM release.{each.id} WHERE {time} BETWEEN $1 AND $2
        UNION ALL
        SELECT {", ".join([*own, *above.columns])}, -record.n
        FROM ({truth}) AS record {above.joins}
        WHERE record.{time} BETWEEN $1 AND $2""",  # noqa: S608
        [months.start.first_day, months.end.first_day],
    )


def _errors_told(
    connection: duckdb.DuckDBPyConnection, each: Fact, means: Mapping[Cut, Mapping[str, _Mean]]
) -> Iterator[tuple[Cut, str, float]]:
    """The error to tell of each cut at each grain."""
    (base, exact) = cast(
        "tuple[int, bool]",
        connection.execute(
            """SELECT base, (SELECT coalesce(bool_and(exact), true) FROM release.block_total
                WHERE fact = $fact) FROM release.protection WHERE fact = $fact""",
            {"fact": each.id},
        ).fetchone(),
    )
    for grain in grains(each):
        many = [by_grain[grain].error for by_grain in means.values() if by_grain[grain].may_be_told]
        usual = max([base / 2, *many])
        for cut, by_grain in means.items():
            mean = by_grain[grain]
            # That all totals are exact, a release says itself.
            known = 0.0 if exact and not cut.dimensions else usual
            yield cut, grain, mean.error if mean.may_be_told else known


def _means(
    connection: duckdb.DuckDBPyConnection, each: Fact, cut: Cut, months: Span
) -> dict[str, _Mean]:
    """Mean error of a cut at each grain of its fact."""
    sets = {field.name for field in each.dimensions if field.kind.many}
    cells = [f"unnest({n}) AS {n}" if n in sets else n for n in cut.dimensions]
    cells.append(f"{each.time.name} AS period")
    listed = ", ".join(cut.dimensions)
    number = f"(SELECT count(*) FROM (SELECT DISTINCT {listed} FROM cell))" if listed else "1"  # noqa: S608
    own = grains(each)
    sums = ", ".join(_sum(cut, grain) for grain in own)
    row = connection.execute(
        f"""WITH cell AS MATERIALIZED (
            SELECT {", ".join([*cut.dimensions, "period"])}, sum(weight) AS error
            FROM (SELECT {", ".join(cells)}, weight FROM difference)
            GROUP BY ALL
        )
        SELECT {number}, {sums}"""  # noqa: S608
    ).fetchone()
    count, *totals = cast("tuple[float, ...]", row)
    numbers = {grain: max(int(count), 1) * _periods(months, grain) for grain in own}
    return {
        grain: _Mean(total / numbers[grain], numbers[grain])
        for grain, total in zip(own, totals, strict=True)
    }


def _sum(cut: Cut, grain: str) -> str:
    """SQL for the sum of the errors of all cells in all periods of a grain."""
    parts = [*cut.dimensions, *([] if grain == "all" else [f"date_trunc('{grain}', period)"])]
    groups = f"GROUP BY {', '.join(parts)}" if parts else ""
    return f"""(
        SELECT coalesce(sum(abs(error)), 0)::DOUBLE
        FROM (SELECT sum(error) AS error FROM cell {groups})
    )"""  # noqa: S608


def _periods(months: Span, grain: str) -> int:
    """Number of periods of a grain that a span touches."""
    if grain == "all":
        return 1
    if grain == "year":
        return months.end.year - months.start.year + 1
    if grain == "quarter":
        return months.snapped("quarter").months // 3
    return months.months


def _before(members: Errors | None, cut: Cut, grain: str) -> float:
    """Error that the members' release states for what a public cut is made of."""
    if members is None:
        return 0.0
    coarse = tuple(_as_district(cut.fact, name) for name in cut.dimensions)
    for names in (coarse, cut.dimensions):
        error = members.get((cut.fact, ",".join(names), grain))
        if error is not None:
            return error
    return 0.0


def _as_district(fact_id: str, name: str) -> str:
    """The column that holds the district of a place: all that the public sees of one."""
    return f"{parent_prefix(name)}district" if name in fact(fact_id).place_dimensions else name


def _rounded(error: float) -> float:
    return round(error / _STEP) * _STEP
