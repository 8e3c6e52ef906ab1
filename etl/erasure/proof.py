"""Proof: whether any file of either half of the store still holds an erased id.

Tables are asked value by value, since databases and extracts store texts compressed; and the raw
bytes of every file are searched, for what no table shows. The list of erased ids is the one
place where they stay. Releases never hold one; they are searched all the same.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import duckdb

from etl.register import seal
from etl.register.access import texts_of
from etl.register.connections import attach, in_memory, literal
from etl.register.decisions import decisions_file
from etl.settings import Settings

#: Characters of the short form of an id, which may be shown.
SHORT = 8
#: Ids are 32 hexadecimal digits, as ``etl.harmonise.keys`` makes them.
_ID = re.compile(rb"(?=([0-9a-f]{32}))")


@dataclass(frozen=True)
class Proof:
    """What was looked for, where, and what was found.

    Attributes:
        looked_for: Short forms of the ids.
        extracts: Extracts that were searched.
        databases: Databases that were searched.
        other_files: Other files that were searched.
        found_in: Names of files that still hold one, as the manifest calls them.
    """

    looked_for: tuple[str, ...]
    extracts: int
    databases: int
    other_files: int
    found_in: tuple[str, ...]


def search(settings: Settings, ids: Iterable[str]) -> Proof:
    """Look for ids in every file of both halves but the list of erased ids."""
    wanted_ids = frozenset(ids)
    halves = (settings.operator, settings.releases)
    files = sorted(p for half in halves for p in half.rglob("*") if p.is_file())
    files = [path for path in files if path != decisions_file(settings)]
    holding: list[str] = []
    with in_memory(settings) as connection:
        connection.execute(
            "CREATE TABLE wanted AS SELECT unnest(?::VARCHAR[]) AS id", [sorted(wanted_ids)]
        )
        for path in files:
            if _in_bytes(path, wanted_ids) or _in_values(connection, path):
                holding.append(seal.name_of(settings, path))
    extracts = sum(path.suffix == ".parquet" for path in files)
    databases = sum(path.suffix == ".duckdb" for path in files)
    return Proof(
        tuple(sorted(id_[:SHORT] for id_ in wanted_ids)),
        extracts,
        databases,
        len(files) - extracts - databases,
        tuple(holding),
    )


def _in_bytes(path: Path, wanted_ids: frozenset[str]) -> bool:
    """Whether the raw bytes of a file hold one of the ids."""
    if not path.stat().st_size:
        return False
    patterns = {id_.encode() for id_ in wanted_ids}
    with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return any(match[1] in patterns for match in _ID.finditer(data))


def _in_values(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Whether a text of a database or an extract is one of the ids of the table ``wanted``."""
    if path.suffix == ".parquet":
        texts = "SELECT name FROM parquet_schema(?) WHERE type = 'BYTE_ARRAY'"
        names = texts_of(connection, texts, [str(path)])
        return _contains(connection, f"read_parquet({literal(path)})", names)
    if path.suffix != ".duckdb":
        return False
    attach(connection, path, "searched")
    try:
        columns = connection.execute(
            """SELECT table_name, list(column_name) FROM duckdb_columns()
            WHERE database_name = 'searched' AND data_type = 'VARCHAR' GROUP BY table_name"""
        ).fetchall()
        return any(
            _contains(connection, f'searched."{table}"', names)
            for table, names in cast("list[tuple[str, list[str]]]", columns)
        )
    finally:
        connection.execute("DETACH searched")


def _contains(connection: duckdb.DuckDBPyConnection, relation: str, names: list[str]) -> bool:
    """Whether a text column holds a wanted id, alone or before a bar and a number."""
    if not names:
        return False
    texts = ", ".join(f'"{name}"' for name in names)
    row = connection.execute(
        f"""SELECT 1 FROM (SELECT unnest([{texts}]) AS text FROM {relation})
        WHERE split_part(text, '|', 1) IN (FROM wanted) LIMIT 1"""  # noqa: S608
    ).fetchone()
    return row is not None
