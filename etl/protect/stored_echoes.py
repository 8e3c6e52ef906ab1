"""Stored echoes: the blocks of an echo, from which that of the next edition goes on.

A block of an echo follows from the records that were drawn up to its month, from the blocks before
it and from the program. A digest of all that is kept beside its units, so that they are taken over
only where they would be made again as they are. Values stand under names of their own: the numbers
that a coding gives them change with every value that is new.

Units and digests follow from a release, so nothing here is secret. Where they are stored stands in
``etl.release.contents.stored_echoes``.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from dashboard import model
from etl.protect.block import Block, BlockKind, Months
from etl.protect.chance import Keys
from etl.protect.coding import Coding, Rows
from etl.protect.fit import Sizes
from etl.protect.history import History

_PACKED = np.dtype("<u8")


@dataclass(frozen=True)
class Units:
    """The units of one block of an echo, none where its records were too few.

    Attributes:
        months: Period each unit stands for, shape (units,).
        rows: The units without areas, shape (units, width).
        sizes: Events each unit stands for, shape (units,).
    """

    months: Months
    rows: Rows
    sizes: Sizes

    @classmethod
    def of(cls, block: Block, coding: Coding) -> Units:
        """The units of a block that was made, without areas."""
        rows = block.rows.copy()
        rows[:, coding.own_width :] = -1
        return cls(block.months, rows, block.sizes)


@dataclass(frozen=True)
class StoredBlock:
    """One due block of an echo.

    Attributes:
        follows: Digest of everything that it follows from.
        units: Its units, step by step, as ``pack_block`` packs them.
        digest: Digest of both, which shows damage.
    """

    follows: str
    units: bytes
    digest: str


@dataclass(frozen=True)
class StoredEcho:
    """The blocks of an echo.

    Attributes:
        terms: Digest of what all of them follow from: seed, sizes, areas and program.
        blocks: The due blocks in the order of closing.
    """

    terms: str
    blocks: tuple[StoredBlock, ...]


class Names:
    """Hashes in place of values, so that rows do not depend on what else a coding knows.

    Attributes:
        width: Positions of a row that are not areas.
    """

    def __init__(self, coding: Coding) -> None:
        self._coding = coding
        self.width = coding.own_width
        #: Own position to the hash of each number: of values, "not recorded" and an empty slot.
        self._hashes = [
            (position, np.array([*map(_hash, column.values), _hash(""), 0], dtype=np.uint64))
            for column in coding.columns.values()
            if column.source is None
            for position in column.positions
        ]

    def of(self, rows: Rows) -> Keys:
        """Rows as hashes, position by position, shape (width, rows)."""
        return np.array([hashes[rows[:, position]] for position, hashes in self._hashes])

    def rows(self, keys: Keys) -> Rows:
        """The rows of such hashes, without areas.

        Raises:
            ValueError: If a value is not known to the coding.
        """
        rows = np.full((keys.shape[1], self._coding.width), -1, dtype=np.int32)
        for (position, hashes), column in zip(self._hashes, keys, strict=True):
            order = np.argsort(hashes)
            numbers = order[hashes[order].searchsorted(column) % len(hashes)]
            if not np.array_equal(hashes[numbers], column):
                raise ValueError("a kept unit has a value that the coding does not know")
            rows[:, position] = np.where(numbers == len(hashes) - 1, -1, numbers)
        return rows


def _hash(value: str) -> int:
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=8).digest(), "big")


def terms_of(coding: Coding, areas_digest: str, *terms: object) -> str:
    """Digest of what every block of an echo follows from.

    Args:
        coding: How its units are written.
        areas_digest: That of the areas above places.
        terms: Its seed and the steps in which it is protected.
    """
    parts = [coding.fact.id, [*coding.columns], areas_digest, *terms, _program()]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache
def _program() -> str:
    """Digest of the program by which units are made; another version may make others."""
    program = hashlib.sha256(np.__version__.encode())
    folders = [Path(__file__).parent, *map(Path, model.__path__)]
    for source in sorted(path for folder in folders for path in folder.rglob("*.py")):
        program.update(source.read_bytes())
    return program.hexdigest()


def follows_from(
    terms: str, records: History, due: Sequence[tuple[date, BlockKind]], names: Names
) -> list[str]:
    """For each due block a digest of what it follows from: all that is due up to it.

    Args:
        terms: What every block follows from.
        records: The records of the echo, in the order of their periods.
        due: First day and kind of each block, in order.
        names: Hashes of their values.
    """
    keys = names.of(records.rows)
    link = hashlib.sha256(terms.encode())
    follows: list[str] = []
    for period, kind in due:
        link.update(f"{period} {kind}".encode())
        if kind == "closed":
            month = np.datetime64(period, "M")
            own = slice(*np.searchsorted(records.periods, [month, month + 1]))
            for part in (keys[:, own], records.late_from[own], records.reports[own, 1]):
                link.update(np.ascontiguousarray(part.astype(np.int64)).data)
        follows.append(link.hexdigest())
    return follows


def pack_block(follows: str, steps: Sequence[Units], names: Names) -> StoredBlock:
    """A block with the units that each of its steps made, packed."""
    table = np.hstack([_table(number, units, names) for number, units in enumerate(steps)])
    packed = zlib.compress(table.tobytes(), level=1)
    return StoredBlock(follows, packed, _digest(follows, packed))


def _table(number: int, units: Units, names: Names) -> Keys:
    """Units of a step as a table: rows for step, month and size, then a row for each position."""
    heads = np.vstack([
        np.full(len(units.sizes), number),
        units.months.astype(np.int64),
        units.sizes,
    ])  # fmt: skip
    return np.vstack([heads.astype(_PACKED), names.of(units.rows)])


def taken_over(
    stored: StoredEcho, terms: str, follows: Sequence[str], steps: int, names: Names
) -> list[tuple[Units, ...]]:
    """Units of the stored blocks before the first that follows from something else by now.

    For each block it gives the units of each step.

    Raises:
        ValueError: If they were made on other terms, or are not as they were made.
    """
    if stored.terms != terms:
        raise ValueError("echoes were kept on other terms")
    units: list[tuple[Units, ...]] = []
    for block, now in zip(stored.blocks, follows, strict=False):
        if block.follows != now:
            break
        if block.digest != _digest(block.follows, block.units):
            raise ValueError("a kept block of an echo is not as it was made")
        units.append(tuple(_unpacked(block.units, steps, names)))
    return units


def _digest(follows: str, packed: bytes) -> str:
    """Digest of a stored block."""
    return hashlib.sha256(follows.encode() + packed).hexdigest()


def _unpacked(packed: bytes, steps: int, names: Names) -> Iterator[Units]:
    """The units of each step of a packed block."""
    table = np.frombuffer(zlib.decompress(packed), dtype=_PACKED).reshape(3 + names.width, -1)
    for number in range(steps):
        months, sizes, *values = table[1:, table[0] == number].astype(np.uint64)
        yield Units(
            months.astype(np.int64).astype("datetime64[M]"),
            names.rows(np.array(values)),
            sizes.astype(np.int64),
        )
