"""Invented registers of incidents, each protected by the product and kept as small tables.

A register has four years of incidents in the invented country, camps by Zipf's law. In a null one
nothing ever changes; in the others a camp and an upazila rise in each window and fall back after
it. Only the fact of incidents is protected, in memory; units and echoes are those that a store
would make. What is told from them stands in ``measures``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from dashboard.model.facts import INCIDENTS
from etl.protect.block import Block, BlockKind, late_quarters, turn
from etl.protect.chance import Chance
from etl.protect.coding import Coding, Parents, Value, with_areas_above
from etl.protect.echoes import Repeat, Shown
from etl.protect.history import History
from etl.protect.task import task_of
from tests.attack.events import FIRST, Events, Floats, Ints
from tests.attack.invented.aftermath import population
from tests.attack.invented.country import CAMPS, DISTRICTS, PLACES, UPAZILAS, areas, geography
from tests.attack.invented.draws import Draws

#: Months of a register, and the first month of a window: two years of history at least.
MONTHS, START = 48, 24
#: Share of all events that lie in camps, in upazilas outside them and in other districts.
IN_CAMPS, IN_UPAZILAS, ELSEWHERE = 0.50, 0.38, 0.12
#: Camps that rise are among the largest so many.
RISING = 17
REPLICATES = 2
_PEOPLE = 60
_LATE = 0.10


@dataclass(frozen=True)
class Kind:
    """A kind of register.

    Attributes:
        per_month: Incidents a month.
        rise: By how many times one place has more in each window; 1 where nothing changes.
        window: Length of the windows in months.
    """

    per_month: int
    rise: float = 1.0
    window: int = 3

    @property
    def name(self) -> str:
        """Its name, as files have it."""
        return f"{self.per_month}-{self.rise:g}-{self.window}"

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """First month of each window and the one after its last."""
        return windows(self.window)


def windows(months: int) -> tuple[tuple[int, int], ...]:
    """Windows of a length, one after the other to the end of a register."""
    return tuple((start, start + months) for start in range(START, MONTHS, months))


@dataclass(frozen=True)
class Register:
    """A protected register, by place and month; places are those of ``PLACES``.

    Attributes:
        truth: Incidents that went into blocks where they happened, shape (places, months).
        shown: What units show, same shape.
        shares: Share of all incidents of each place where nothing changed, shape (places,).
        rises: Place, first month and month after the last of every rise, shape (rises, 3).
        echo_shown: What echoes show, shape (replicates, places, months); none without echoes.
        echo_error: How much that is above what they are made of, same shape.
    """

    truth: Floats
    shown: Floats
    shares: Floats
    rises: Ints
    echo_shown: Floats
    echo_error: Floats


def register(kind: Kind, seed: int, folder: Path, *, echoed: bool = False) -> Register:
    """A register, made once for each kind and seed and kept in a folder."""
    file = folder / f"{kind.name}-{seed}{'-echoed' if echoed else ''}.npz"
    if not file.exists():
        made = _made(kind, seed, echoed=echoed)
        building = file.with_suffix(".building.npz")
        np.savez_compressed(building, **vars(made))
        building.replace(file)
    with np.load(file) as held:
        return Register(**{name: held[name] for name in held.files})


def is_kept(kind: Kind, seed: int, folder: Path, *, echoed: bool = False) -> bool:
    """Whether a register was made already."""
    return (folder / f"{kind.name}-{seed}{'-echoed' if echoed else ''}.npz").exists()


def _made(kind: Kind, seed: int, *, echoed: bool) -> Register:
    random = np.random.default_rng([seed, kind.per_month, round(10 * kind.rise), kind.window])
    shares = _shares(Draws(int(random.integers(2**31))))
    rates = np.tile(shares[:, None] * kind.per_month, MONTHS)
    rises = _rises(kind, shares, random)
    for place, start, stop in rises.tolist():
        rates[place, start:stop] *= kind.rise
    counts = random.poisson(rates)
    place, month = (
        np.repeat(index, counts.ravel()) for index in map(np.ravel, np.indices(counts.shape))
    )
    order = random.permutation(len(place))
    place, month = place[order], month[order]
    history = _history(place, month, random)
    blocks = _closed(history, kind, seed)
    taken = np.concatenate([np.array(block.keys, dtype=np.int64) for block in blocks if block.keys])
    units = [block for block in blocks if len(block.sizes)]
    shown = _table(
        history.coding,
        np.concatenate([block.rows for block in units]),
        np.concatenate([block.months for block in units]),
        np.concatenate([block.sizes for block in units]).astype(float),
    )
    echoes = _echoes(history, units) if echoed else []
    empty = np.zeros((0, len(PLACES), MONTHS))
    return Register(
        truth=_counted(place[taken], month[taken], np.ones(len(taken))),
        shown=shown,
        shares=shares,
        rises=rises,
        echo_shown=np.stack([one for one, _ in echoes]) if echoes else empty,
        echo_error=np.stack([one for _, one in echoes]) if echoes else empty,
    )


def _shares(draws: Draws) -> Floats:
    shares = np.zeros(len(PLACES))
    for codes, weights, whole in (
        (CAMPS, draws.camps, IN_CAMPS),
        (UPAZILAS, draws.upazilas, IN_UPAZILAS),
        (DISTRICTS, draws.districts, ELSEWHERE),
    ):
        shares[[PLACES.index(code) for code in codes]] = whole * weights / weights.sum()
    return shares


def _rises(kind: Kind, shares: Floats, random: np.random.Generator) -> Ints:
    """In each window one camp and one upazila, three camps in a year; none again soon."""
    if kind.rise == 1:
        return np.zeros((0, 3), dtype=np.int64)
    camps = sorted(range(len(CAMPS)), key=lambda camp: -shares[camp])[:RISING]
    camps = random.permutation(camps).tolist()
    upazilas = random.permutation([PLACES.index(code) for code in UPAZILAS[2:]]).tolist()
    each = 3 if kind.window == 12 else 1
    found: list[tuple[int, int, int]] = []
    for number, (start, stop) in enumerate(kind.windows):
        chosen = camps[each * number : each * (number + 1)]
        chosen.append(upazilas[number % len(upazilas)])
        found += [(int(place), start, stop) for place in chosen]
    return np.array(found, dtype=np.int64)


def _history(place: Ints, month: Ints, random: np.random.Generator) -> History:
    """Incidents with attributes that whole other incidents have."""
    donors, count = _donors(), len(place)
    own = random.integers(len(donors), size=count)
    records: dict[str, Sequence[Value]] = {
        name: _decoded(donors.columns[name][own], donors.domains[name])
        for name in (field.name for field in INCIDENTS.dimensions)
    }
    records["place"] = [PLACES[number] for number in place.tolist()]
    records["place_role"] = ["recruitment"] * count
    months = [FIRST.plus(step).first_day for step in range(MONTHS)]
    values = {
        field.name: {str(value) for value in records[field.name] if value}
        for field in INCIDENTS.dimensions
        if field.codes is None
    }
    parents = Parents(geography().areas)
    coding = Coding(
        INCIDENTS, with_areas_above(values, INCIDENTS, parents, months), parents, months
    )
    first = np.datetime64(FIRST.first_day, "M")
    arrival = month + random.integers(1, 4, count)
    late = random.random(count) < _LATE
    return History(
        fact=INCIDENTS,
        coding=coding,
        parents=parents,
        keys=np.array([f"{number:08d}" for number in range(count)], dtype=object),
        periods=first + month,
        n=np.ones(count, dtype=np.int64),
        holders=np.arange(count),
        rows=coding.encode(records, count),
        published=np.zeros(count, dtype=bool),
        late_from=np.where(late, first + arrival - arrival % 3, np.datetime64("NaT")),
        reports=np.column_stack([np.arange(count), random.integers(0, 4, count)]),
        unit_periods=np.zeros(0, dtype="datetime64[M]"),
        unit_sizes=np.zeros(0, dtype=np.int64),
        unit_rows=np.zeros((0, coding.width), dtype=np.int32),
    )


@cache
def _donors() -> Events:
    return population(_PEOPLE, 3, 77).facts[INCIDENTS.id].events


def _decoded(numbers: Ints, domain: Sequence[str]) -> list[Value]:
    if numbers.ndim == 2:
        return [[domain[n] for n in row if n >= 0] for row in numbers.tolist()]
    return [domain[n] if n >= 0 else None for n in numbers.tolist()]


def _closed(history: History, kind: Kind, seed: int) -> Sequence[Block]:
    secret = hashlib.sha256(f"{kind.name} {seed}".encode()).digest()
    task = task_of(history, _due(), base=INCIDENTS.base, audience="member", chance=Chance(secret))
    return task.done()


def _due() -> list[tuple[date, BlockKind]]:
    every = [FIRST.plus(month) for month in range(MONTHS)]
    closed: list[tuple[date, BlockKind]] = [(month.first_day, "closed") for month in every]
    quarters = late_quarters(every[0].first_day, every[-1])
    late: list[tuple[date, BlockKind]] = [(quarter.first_day, "late") for quarter in quarters]
    return sorted(closed + late, key=lambda block: turn(*block, INCIDENTS.grain))


def _table(coding: Coding, rows: Ints, months: Ints, sizes: Floats) -> Floats:
    """Sizes by place and month, shape (places, months)."""
    column = coding.columns["place"]
    known = np.array([*(PLACES.index(code) for code in column.values), -1])
    place = known[rows[:, column.positions[0]]]
    month = (months.astype("datetime64[M]") - np.datetime64(FIRST.first_day, "M")).astype(int)
    held = place >= 0
    return _counted(place[held], month[held], sizes[held])


def _counted(place: Ints, month: Ints, sizes: Floats) -> Floats:
    counted = np.zeros((len(PLACES), MONTHS))
    np.add.at(counted, (place, month), sizes)
    return counted


def _echoes(history: History, units: Sequence[Block]) -> list[tuple[Floats, Floats]]:
    """What each echo shows by place and month, and by how much too much."""
    shown = Shown(
        fact=INCIDENTS,
        coding=history.coding,
        parents=history.parents,
        base=INCIDENTS.base,
        audience="member",
        last=FIRST.plus(MONTHS - 1),
        periods=np.concatenate([block.months for block in units]),
        sizes=np.concatenate([block.sizes for block in units]),
        rows=np.concatenate([block.rows for block in units]),
        inexact=np.zeros(sum(len(block.sizes) for block in units), dtype=bool),
    )
    found: list[tuple[Floats, Floats]] = []
    for replicate in range(1, REPLICATES + 1):
        echo = Repeat(shown, replicate).done()
        sizes = echo.sizes.astype(float)
        told = (history.coding, echo.rows, echo.periods)
        found.append((_table(*told, np.maximum(sizes, 0)), _table(*told, sizes)))
    return found


def in_upazilas(table: Floats) -> Floats:
    """Sums by upazila of the first axis of a table by place, places below them included."""
    within = [[i for i, code in enumerate(PLACES) if areas(code).get("upazila") == upazila]
              for upazila in UPAZILAS]  # fmt: skip
    return np.stack([table[..., own, :].sum(axis=-2) for own in within], axis=-2)
