"""Echoes: the tables of a release from which the error of every figure follows.

They are made of the file itself: of its units, its places, its bases and its months. Nothing else
is read, so whoever holds a release can make them again and get the same rows. How an echo is made
stands in ``etl.protect.echoes``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import duckdb
import numpy as np

from dashboard.model.edition import Audience
from dashboard.model.facts import FACTS, LEVELS_ABOVE, Fact
from dashboard.model.periods import Month
from dashboard.model.protection import echoes_of
from dashboard.model.release import echo_table
from etl.events.build import ParentRow
from etl.memory import give_back
from etl.protect.coding import Coding, Parents, with_areas_above
from etl.protect.echoes import Echo, Originals, Repeat
from etl.protect.reading import as_months, occurring, read_rows
from etl.protect.second_process import BLOCK, Answers, is_worth, second_process
from etl.protect.stored_echoes import StoredEcho
from etl.release.contents.areas import areas_above, create_areas
from etl.release.contents.stored_echoes import NO_ECHOES, StoredEchoes

#: Rows that are written at a time, since putting them in order takes room.
_AT_A_TIME = 50_000
#: Rows that are written in the time that one event takes to be protected.
_WRITTEN_PER_EVENT = 12
#: Months of an echo that are made again, about, where earlier blocks are stored.
_MONTHS_MADE_AGAIN = 12


@dataclass(frozen=True)
class Filling:
    """What came of filling the tables of echoes.

    Attributes:
        stored_echoes: The blocks of every echo.
        spoilt: Facts of which nothing could be taken over, though blocks were stored: these are
            damaged, or were made by another version.
    """

    stored_echoes: StoredEchoes
    spoilt: tuple[Fact, ...]


def fill_echoes(connection: duckdb.DuckDBPyConnection, stored: StoredEchoes = NO_ECHOES) -> Filling:
    """Fill the tables of echoes of the file attached as ``release``.

    Args:
        connection: Has the file.
        stored: Blocks of the edition before, which change nothing but how long it takes.

    Returns:
        The echoes to store for the next edition, and facts whose stored blocks were spoilt:
        damaged or of another version, so that their echoes were made anew from the first block.
    """
    stored_echoes: dict[tuple[str, int], StoredEcho] = {}
    spoilt: dict[str, Fact] = {}
    with closing(_make_echoes(_repeats(connection, stored))) as echoes:
        for repeat, echo in echoes:
            fact = repeat.originals.fact
            _insert(connection, repeat, echo, f"release.{echo_table(fact)}")
            stored_echoes[fact.id, repeat.replicate] = echo.stored
            if echo.spoilt:
                spoilt[fact.id] = fact
    return Filling(stored_echoes, tuple(spoilt.values()))


def differing_facts(
    connection: duckdb.DuckDBPyConnection, stored: StoredEchoes = NO_ECHOES
) -> list[Fact]:
    """Facts whose last echo differs in any row from the one that is made again now.

    All echoes of a fact are made alike, so the last one stands for them. Stored blocks are not
    made again.
    """
    facts: list[Fact] = []
    last_repeats = [repeats[-1:] for repeats in _repeats(connection, stored)]
    with closing(_make_echoes(last_repeats, in_parallel=not stored)) as echoes:
        for repeat, echo in echoes:
            fact = repeat.originals.fact
            in_file = f"FROM release.{echo_table(fact)} WHERE replicate = $replicate"
            again = sum(row_sum(connection, *q) for q in _row_queries(connection, repeat, echo))
            if row_sum(connection, in_file, {"replicate": repeat.replicate}) != again:
                facts.append(fact)
    return facts


def row_sum(connection: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, object]) -> int:
    """A number for the rows of a query in any order; others give the same only by chance."""
    rows = connection.execute(
        f"SELECT coalesce(sum(hash(row)::HUGEINT), 0) FROM ({query}) AS row",  # noqa: S608
        values,
    ).fetchall()
    return cast("int", rows[0][0])


def _repeats(connection: duckdb.DuckDBPyConnection, stored: StoredEchoes) -> list[list[Repeat]]:
    """The echoes of each fact that has any; makes the table of areas that their rows need."""
    areas = released_areas(connection)
    create_areas(connection, areas)
    parents = Parents(areas)
    repeats: list[list[Repeat]] = []
    for fact in FACTS:
        if number := number_of_echoes(connection, fact):
            originals = read_originals(connection, fact, parents)
            repeats.append(
                [
                    Repeat(originals, replicate, stored.get((fact.id, replicate)))
                    for replicate in range(1, number + 1)
                ]
            )
    return repeats


def number_of_echoes(connection: duckdb.DuckDBPyConnection, fact: Fact) -> int:
    """How many echoes a fact has in the file attached as ``release``; none without units.

    What was published already was never protected and so has none.
    """
    if fact.published:
        return 0
    rows = connection.execute(
        f"""SELECT base, (SELECT coalesce(sum(size), 0)::BIGINT FROM release.{fact.id})
        FROM release.protection WHERE fact = ?""",  # noqa: S608
        [fact.id],
    ).fetchall()
    base, events = cast("tuple[int, int]", rows[0])
    return echoes_of(events, base) if events else 0


def released_areas(connection: duckdb.DuckDBPyConnection) -> list[ParentRow]:
    """Areas above places as a release has them, each area also above itself.

    A place holds itself at its own level, except while another of that level holds it.
    """
    rows = connection.execute(
        "SELECT code, level, parent, valid_from, valid_to FROM release.place_parent ORDER BY ALL"
    ).fetchall()
    above = [cast(ParentRow, row) for row in rows]
    places = connection.execute(
        "SELECT code, level FROM release.place WHERE list_contains(?, level) ORDER BY code",
        [list(LEVELS_ABOVE)],
    ).fetchall()
    within: dict[tuple[str, str], list[tuple[date | None, date | None]]] = {}
    for code, level, _, start, end in above:
        within.setdefault((code, level), []).append((start, end))
    return above + [
        (code, level, code, start, end)
        for code, level in places
        for start, end in _gaps(within.get((code, level), []))
    ]


def _gaps(
    spans: Sequence[tuple[date | None, date | None]],
) -> Iterator[tuple[date | None, date | None]]:
    """Times outside some spans that do not overlap; None is an open end."""
    since: date | None = None
    for start, end in sorted(spans, key=lambda span: span[0] or date.min):
        if start not in (None, since):
            yield since, start
        if end is None:
            return
        since = end
    yield since, None


def read_originals(
    connection: duckdb.DuckDBPyConnection, fact: Fact, parents: Parents
) -> Originals:
    """The units of a fact in the file attached as ``release``, in an order that follows from them.

    A period whose total the file does not call exact counts as inexact where all its units have
    the smallest size; where some have another, it is late units that made it so. Units of the
    public have other sizes in either case, so there it counts as inexact whatever made it so.
    """
    order = ", ".join(name for name, _ in fact.columns)
    (base, audience, last) = cast(
        "tuple[int, Audience, date]",
        connection.execute(
            """SELECT base, audience, last_month FROM release.protection, release.edition
            WHERE fact = ?""",
            [fact.id],
        ).fetchall()[0],
    )
    heads: dict[str, Any] = connection.execute(
        f"""SELECT unit.{fact.time.name} AS period, size, NOT coalesce(exact, false)
                AND (? OR max(size) OVER (PARTITION BY unit.{fact.time.name}) = ?) AS inexact
        FROM release.{fact.id} AS unit
        LEFT JOIN release.block_total AS total
            ON total.fact = ? AND total.period = unit.{fact.time.name}
        ORDER BY {order}""",  # noqa: S608
        [audience == "public", base, fact.id],
    ).fetchnumpy()
    periods = as_months(heads["period"])
    months = [month.item() for month in np.unique(periods)]
    values = with_areas_above(occurring(connection, fact, ("release",)), fact, parents, months)
    coding = Coding(fact, values, parents, months)
    return Originals(
        fact=fact,
        coding=coding,
        parents=parents,
        base=base,
        audience=audience,
        last=Month.of(last),
        periods=periods,
        sizes=np.asarray(heads["size"], dtype=np.int64),
        rows=read_rows(connection, coding, f"release.{fact.id}", order),
        inexact=np.asarray(heads["inexact"], dtype=bool),
    )


def _make_echoes(
    repeats_of_facts: Sequence[Sequence[Repeat]], *, in_parallel: bool = True
) -> Generator[tuple[Repeat, Echo]]:
    """Every echo of every fact; where there is much to do, about half of it in a second process."""
    every = [repeat for repeats in repeats_of_facts for repeat in repeats]
    costs = [_cost(repeat) for repeat in every]
    events, blocks = sum(events for events, _ in costs), sum(blocks for _, blocks in costs)
    if not (in_parallel and len(every) > 1 and is_worth(events, blocks)):
        yield from ((repeat, repeat.make()) for repeat in every)
        return
    give_back()
    # This process also writes the rows of all echoes, about one for each event.
    rows = sum(int(repeat.originals.sizes.sum()) for repeat in every)
    loads = [events + BLOCK * blocks for events, blocks in costs]
    here, there = _halves(loads, rows // _WRITTEN_PER_EVENT)
    with second_process(every[position] for position in there) as answers:
        yield from zip(every, _in_order(every, here, there, answers), strict=True)


def _in_order(
    every: Sequence[Repeat], here: Sequence[int], there: Sequence[int], answers: Answers[Echo]
) -> Iterator[Echo]:
    """Echoes in their order, few of them in memory at a time.

    Args:
        every: What is to be made.
        here: Positions of what this process makes, in order.
        there: Positions of what the other makes, in order.
        answers: What the other made.
    """
    own, others, echoes = deque(here), deque(there), dict[int, Echo]()
    for position in range(len(every)):
        while position not in echoes:
            if own and (position == own[0] or not answers.is_ready()):
                mine = own.popleft()
                echoes[mine] = every[mine].make()
            else:
                theirs = others.popleft()
                echoes[theirs] = next(answers)
        yield echoes.pop(position)


def _cost(repeat: Repeat) -> tuple[int, int]:
    """About how many events and blocks of an echo are to be made."""
    periods, sizes = repeat.originals.periods, repeat.originals.sizes
    if repeat.stored:
        recent = periods > periods.max() - _MONTHS_MADE_AGAIN
        periods, sizes = periods[recent], sizes[recent]
    return int(sizes.sum()), len(np.unique(periods))


def _halves(costs: Sequence[int], first_load: int = 0) -> tuple[list[int], list[int]]:
    """Positions of costs in two parts that cost about the same.

    The largest come first, each to the part that costs less so far. The first part has
    ``first_load`` to begin with.

    >>> _halves([10, 10, 6, 3, 2])
    ([0, 2], [1, 3, 4])
    >>> _halves([10, 10, 6, 3, 2], 9)
    ([1, 4], [0, 2, 3])
    """
    parts: tuple[list[int], list[int]] = [], []
    loads = [first_load, 0]
    for position in sorted(range(len(costs)), key=lambda position: (-costs[position], position)):
        lighter = int(loads[1] < loads[0])
        parts[lighter].append(position)
        loads[lighter] += costs[position]
    return sorted(parts[0]), sorted(parts[1])


def _insert(connection: duckdb.DuckDBPyConnection, repeat: Repeat, echo: Echo, table: str) -> None:
    """Append an echo to a table with the areas above its places."""
    for query, values in _row_queries(connection, repeat, echo):
        connection.execute(f"INSERT INTO {table} {query} ORDER BY ALL", values)


def _row_queries(
    connection: duckdb.DuckDBPyConnection, repeat: Repeat, echo: Echo
) -> Iterator[tuple[str, dict[str, object]]]:
    """Queries for all rows of an echo, with parameters, each good until the next is asked for.

    The database turns numbers into codes itself, so that no value becomes a Python object.
    """
    fact, coding = repeat.originals.fact, repeat.originals.coding
    values: dict[str, object] = {"replicate": repeat.replicate}
    listed = [f"time::DATE AS {fact.time.name}"]
    for field in fact.dimensions:
        column = coding.columns[field.name]
        values[field.name] = list(column.values)
        # What is not recorded, or an empty slot of a set, stands before or behind the list.
        slots = [f"list_extract(${field.name}::VARCHAR[], at_{n} + 1)" for n in column.positions]
        members = f"nullif(list_filter([{', '.join(slots)}], lambda one: one IS NOT NULL), [])"
        listed.append(f"{members if field.kind.many else slots[0]} AS {field.name}")
    names = [fact.time.name, *(field.name for field in fact.dimensions)]
    above = areas_above(fact, "row")
    chosen = ", ".join([*(f"row.{name}" for name in names), *above.columns, "row.size::INTEGER"])
    query = f"""SELECT $replicate::INTEGER, {chosen}
        FROM (SELECT {", ".join(listed)}, size FROM echo_rows) AS row {above.joins}"""  # noqa: S608
    for start in range(0, len(echo.sizes), _AT_A_TIME):
        rows = slice(start, start + _AT_A_TIME)
        numbers = {f"at_{n}": echo.rows[rows, n] for n in range(coding.own_width)}
        times = echo.periods[rows].astype("datetime64[us]")
        connection.register("echo_rows", {"time": times, **numbers, "size": echo.sizes[rows]})
        yield query, values
        connection.unregister("echo_rows")
