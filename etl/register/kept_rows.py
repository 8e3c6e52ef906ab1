"""Kept rows: a table that an operator handed over, as a CSV in the operator's half.

No rebuild of the register loses it, and it is replaced in one step. What its rows say belongs to
those who keep them: populations, capacities, outlines.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from etl.register import seal
from etl.settings import OperatorError, Settings

Row = TypeVar("Row")


def kept_rows(
    path: Path, header: Sequence[str], of: Callable[[Sequence[str]], Row], *, again: str
) -> tuple[Row, ...]:
    """The rows of a table, in its order; none where there is no file.

    Args:
        path: The file.
        header: Names of its columns.
        of: Makes a row of its cells as text; ValueError where they say nothing.
        again: What an operator does where no backup is at hand.

    Raises:
        OperatorError: If the file is damaged.
    """
    if not path.exists():
        return ()
    try:
        found, *rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        if found != list(header) or any(len(cells) != len(header) for cells in rows):
            raise ValueError("another table")
        return tuple(of(cells) for cells in rows)
    except (ValueError, csv.Error) as problem:
        raise OperatorError(
            f"{path.name} in {path.parent} is damaged; restore it from your backup, or {again}."
        ) from problem


def keep_rows(
    settings: Settings, path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Keep rows in place of all others; without any the file goes. Call it under the lock."""
    held = list(rows)
    if not held:
        seal.drop(settings, path)
        return
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(held)
    seal.keep(settings, new, path)
