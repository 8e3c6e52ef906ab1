"""Digest: what two files of releases must share to be the same numbers.

Whoever clears an edition has seen a preview; the digest makes sure that this is what readers get.
The id, the title, the day, the time of building, the name of who cleared it and how many partners
signed it are left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import duckdb

from dashboard.model.release import TABLES
from etl.register.access import CONFIG

_DIGITS = 32
#: Tables and columns that are no part of the digest.
_NOT_CLEARED = frozenset({"sign_off"})
_LEFT_OUT = {"edition": ("release_id", "title", "as_of", "built_at", "approved_by")}


def content_digest(paths: Iterable[Path]) -> str:
    """Digest of the content of finished release files, hexadecimal digits in fours.

    Nobody finds other content with the digest that was signed (128 bits); people can compare two.
    """
    content = hashlib.sha256()
    for path in paths:
        with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
            for table, columns in sorted(TABLES.items()):
                if table in _NOT_CLEARED:
                    continue
                names = [name for name, _ in columns if name not in _LEFT_OUT.get(table, ())]
                content.update(f"{table}:{_table_digest(connection, table, names)}\n".encode())
    text = content.hexdigest()[:_DIGITS]
    return " ".join(text[n : n + 4] for n in range(0, _DIGITS, 4))


def _table_digest(connection: duckdb.DuckDBPyConnection, table: str, names: list[str]) -> str:
    """Digest of the rows of a table, whatever their order."""
    row = connection.execute(
        f"""SELECT coalesce(sha256(string_agg(line, chr(10) ORDER BY line)), '')
        FROM (SELECT sha256(row({", ".join(names)})::VARCHAR) AS line FROM {table})"""  # noqa: S608
    ).fetchone()
    return cast("tuple[str]", row)[0]
