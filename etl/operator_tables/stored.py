"""Stored: the handed tables of a store, each a CSV of its columns in the operator's half.

No rebuild of the register loses it, and it is replaced in one step. It is read by the same reader
and held against the same rules as what an operator hands over, whenever an edition is made: a text
may name a partner that sends files only since.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from etl.declaration.source import FileFormat
from etl.findings import Place
from etl.operator_tables.cells import cell_text
from etl.operator_tables.kind import Cells, Kind, Reference, Values
from etl.operator_tables.reader import CheckedRows, checked_rows, read_table
from etl.read.grid import Unreadable
from etl.register import seal
from etl.register.access import open_register, texts_of
from etl.release.contents.geography import read_geography
from etl.settings import OperatorError, Settings


def stored_file(settings: Settings, kind: Kind) -> Path:
    """Where the rows of a kind are kept."""
    return settings.operator / kind.file_name


def reference_of(settings: Settings, replacing: Iterable[str] = ()) -> Reference:
    """What the rows of a store are held against; takes the store's lock.

    Args:
        settings: Paths of the store.
        replacing: Names of files that are to be written anew and need not be whole.
    """
    with open_register(settings, anew=tuple(replacing)) as connection:
        partners = texts_of(connection, "SELECT DISTINCT partner FROM load")
    return Reference.of(read_geography(settings).places, partners)


def stored_cells(settings: Settings, kind: Kind) -> list[Cells]:
    """The rows that are kept, in the order of their keys; none where nothing was loaded.

    Raises:
        OperatorError: If the file is damaged.
    """
    path = stored_file(settings, kind)
    if not path.exists():
        return []
    try:
        rows, findings = read_table(path, kind, FileFormat("csv"), Place.of(path))
        if findings:
            raise Unreadable(findings)
    except Unreadable as refusal:
        raise OperatorError(
            f"{path.name} in {path.parent} is damaged; restore it from your backup, or load the "
            f"{kind.name} again with `tables {kind.name} FILE --replace`."
        ) from refusal
    return [cells for _, cells in rows]


def read_stored(settings: Settings, kind: Kind, reference: Reference) -> CheckedRows:
    """The rows that are kept, and which rules they break today.

    Raises:
        OperatorError: If the file is damaged.
    """
    rows = list(enumerate(stored_cells(settings, kind), start=2))
    return checked_rows(kind, rows, reference, Place(kind.file_name))


def all_rows(settings: Settings, kind: Kind, reference: Reference) -> Sequence[Values]:
    """The rows that an edition may hold: those that are stored, and those that are shipped.

    Raises:
        OperatorError: With file, row, column and rule, if a row breaks one or the file is damaged.
    """
    checked = read_stored(settings, kind, reference)
    if checked.findings:
        raise OperatorError(checked.sentence)
    return [*checked.rows, *kind.along(kind, settings, checked.rows, reference)]


def store_rows(
    settings: Settings, kind: Kind, rows: Iterable[Values], *, replace: bool = False
) -> int:
    """Keep rows; a new one replaces that of the same key. Call it under the store's lock.

    Args:
        settings: Paths of the store.
        kind: What they are.
        rows: New rows.
        replace: Whether they take the place of all others.

    Returns:
        How many rows the store holds now.
    """
    stored = [] if replace else stored_cells(settings, kind)
    new = [{name: cell_text(value) for name, value in row.items()} for row in rows]
    merged = {tuple(cells[name] for name in kind.key): cells for cells in (*stored, *new)}
    _keep_only(settings, kind, [merged[key] for key in sorted(merged)])
    return len(merged)


def remove(settings: Settings, kind: Kind, row_id: str) -> Cells:
    """Take out and return one row, also one that breaks a rule; call it under the store's lock.

    Raises:
        OperatorError: If no row has the id.
    """
    stored = stored_cells(settings, kind)
    gone = next((cells for cells in stored if id_of(cells) == row_id), None)
    if gone is None:
        raise OperatorError(f"There is no {kind.one} {row_id}; `tables {kind.name}` lists them.")
    _keep_only(settings, kind, [cells for cells in stored if cells is not gone])
    return gone


def id_of(cells: Cells) -> str:
    """Id of a row: 8 hexadecimal digits that follow from its cells."""
    return hashlib.sha256(json.dumps(list(cells.values())).encode()).hexdigest()[:8]


def write_rows(path: Path, rows: Iterable[Cells]) -> None:
    """Write rows of the same columns, one at least, as a CSV that the reader takes."""
    first, *others = rows
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, first, lineterminator="\n")
        writer.writeheader()
        writer.writerows((first, *others))


def _keep_only(settings: Settings, kind: Kind, rows: Sequence[Cells]) -> None:
    """Keep rows in place of all others; without any the file is removed."""
    path = stored_file(settings, kind)
    if rows:
        new = path.with_suffix(".new")
        write_rows(new, rows)
        seal.replace_sealed(settings, new, path)
    else:
        seal.drop(settings, path)
