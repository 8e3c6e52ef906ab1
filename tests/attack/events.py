"""Events as arrays: what a register holds and what a release shows, counted in the same way.

Values are numbers of a code in ``Events.domains``; the truth, the units of a release and the
attackers' candidates are all this one value. Who may count what belongs to the attacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from dashboard.model.facts import Fact
from dashboard.model.periods import Month

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: Month 0 of every array.
FIRST = Month(2021, 1)
#: Codes of a set that are kept, as everywhere in protection.
SLOTS = 3
#: Length of a grain in months; "all" is longer than any release.
GRAINS = {"month": 1, "quarter": 3, "year": 12, "all": 1200}


@dataclass(frozen=True)
class Events:
    """Events of one fact, or units that stand for several.

    Attributes:
        fact: The fact.
        months: Month of each event after ``FIRST``, shape (events,).
        sizes: How many events each row stands for, shape (events,).
        columns: Column of the fact's release table to numbers of its codes, shape (events,), or
            (events, SLOTS) for a set; -1 where nothing is recorded or a slot is empty.
        domains: The codes of each column, in the order of their numbers.
    """

    fact: Fact
    months: Ints
    sizes: Ints
    columns: Mapping[str, Ints]
    domains: Mapping[str, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.months)

    def where(self, chosen: Flags | Ints) -> Events:
        """The events of a mask or of some numbers."""
        return replace(
            self, months=self.months[chosen], sizes=self.sizes[chosen],
            columns={name: values[chosen] for name, values in self.columns.items()},
        )  # fmt: skip

    def first(self, name: str) -> Ints:
        """The leading code of a column, shape (events,)."""
        values = self.columns[name]
        return values if values.ndim == 1 else values[:, 0]

    def cells(self, *names: str) -> int:
        """Number of values of a column with "not recorded", or of several multiplied."""
        return int(np.prod([len(self.domains[name]) + 1 for name in names]))

    def table(self, names: tuple[str, ...], grain: str, months: int) -> Floats:
        """How many events each combination of values has in each period of so many months.

        Args:
            names: Columns; an event counts once under each code of a set.
            grain: month, quarter, year or all.
            months: Months that the table covers from ``FIRST``.

        Returns:
            Shape (values of the first column, ..., periods). The last value of a column is "not
            recorded".
        """
        step = GRAINS[grain]
        shape = (*(self.cells(name) for name in names), (months - 1) // step + 1)
        counted = np.zeros(shape)
        known = self.months < months
        for slots in product(*(_slots(self.columns[name]) for name in names)):
            chosen, codes = known, []
            for number, name in zip(slots, names, strict=True):
                code, present = self._slot(name, number)
                chosen = chosen & present
                codes.append(code)
            index = tuple(code[chosen] for code in (*codes, self.months // step))
            np.add.at(counted, index, self.sizes[chosen])
        return counted

    def _slot(self, name: str, number: int) -> tuple[Ints, Flags]:
        """Numbers of one slot of a column with "not recorded", and where there is one."""
        values, missing = self.columns[name], len(self.domains[name])
        if values.ndim == 1:
            return np.where(values < 0, missing, values), np.ones(len(self), dtype=bool)
        own = values[:, number]
        if number == 0:
            return np.where(own < 0, missing, own), np.ones(len(self), dtype=bool)
        return own, own >= 0


def with_area(events: Events) -> Events:
    """Events with a further column ``area``: the upazila where it is known, else the district."""
    fine, coarse = events.domains["upazila"], events.domains["district"]
    domain = tuple(sorted({*fine, *coarse}))
    upazila, district = (
        np.array([*map(domain.index, listed), -1])[events.columns[name]]
        for name, listed in (("upazila", fine), ("district", coarse))
    )
    area = np.where(upazila >= 0, upazila, district)
    return replace(
        events, columns={**events.columns, "area": area}, domains={**events.domains, "area": domain}
    )


def added(earlier: Events, later: Events) -> Events:
    """Units of a later edition that an earlier one did not have."""
    both = [
        np.column_stack([part.months, part.sizes, *part.columns.values()])
        for part in (earlier, later)
    ]
    numbers = np.unique(np.concatenate(both), axis=0, return_inverse=True)[1].ravel()
    left = np.bincount(numbers[: len(earlier)], minlength=numbers.max() + 1)
    kept = []
    for row, number in enumerate(numbers[len(earlier) :].tolist()):
        if left[number]:
            left[number] -= 1
        else:
            kept.append(row)
    return later.where(np.array(kept, dtype=np.int64))


def joined(parts: Sequence[Events]) -> Events:
    """Events of several editions as one."""
    return replace(
        parts[0],
        months=np.concatenate([part.months for part in parts]),
        sizes=np.concatenate([part.sizes for part in parts]),
        columns={
            name: np.concatenate([part.columns[name] for part in parts])
            for name in parts[0].columns
        },
    )


def _slots(values: Ints) -> range:
    return range(1 if values.ndim == 1 else values.shape[1])


def read_release(
    path: Path, like: Events, condition: str = "TRUE", *, table: str | None = None
) -> Events:
    """The units of a release file.

    Args:
        path: The file.
        like: Events of the same fact, for their domains.
        condition: Further SQL over the table.
        table: The fact's own unless another with its columns is named.
    """
    fact = like.fact
    names = [name for name, _ in fact.columns if name not in (fact.time.name, "size")]
    with duckdb.connect(str(path), read_only=True) as connection:
        return read_rows(connection, table or fact.id, names, like, condition)


def read_rows(
    connection: duckdb.DuckDBPyConnection, table: str, names: Sequence[str], like: Events,
    condition: str = "TRUE",
) -> Events:  # fmt: skip
    """Some columns of a table of units, as of a release; other arguments as there."""
    fact = like.fact
    rows = connection.execute(
        f"""SELECT date_diff('month', ?, {fact.time.name}), size, {", ".join(names)}
        FROM {table} WHERE {condition}""",  # noqa: S608
        [FIRST.first_day],
    ).fetchall()
    columns = list(zip(*rows, strict=True)) if rows else [()] * (2 + len(names))
    return Events(
        fact,
        np.array(columns[0], dtype=np.int64),
        np.array(columns[1], dtype=np.int64),
        {
            name: _numbers(values, like.domains[name], many=like.columns[name].ndim > 1)
            for name, values in zip(names, columns[2:], strict=True)
        },
        like.domains,
    )


def _numbers(values: tuple[object, ...], domain: tuple[str, ...], *, many: bool) -> Ints:
    index: dict[object, int] = {code: number for number, code in enumerate(domain)}
    index[None] = -1
    if not many:
        return np.array([index[value] for value in values], dtype=np.int64)
    numbers = np.full((len(values), SLOTS), -1, dtype=np.int64)
    for row, codes in enumerate(values):
        listed = codes if isinstance(codes, list) else []
        for slot, code in enumerate(dict.fromkeys(listed)):
            if slot < SLOTS:
                numbers[row, slot] = index[code]
    return numbers
