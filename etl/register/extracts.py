"""Extracts: accepted files, harmonised, from which the register can be built again.

An extract is a Parquet file of wide rows (see ``harmonise``) named by the digest of its content.
Who sent it and in which order it was loaded stands inside it, so that the extracts alone give
the same register, in whatever order they are found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, cast

import duckdb
import numpy as np

from etl.read.coded import Coded
from etl.register.access import texts_of
from etl.register.connections import literal
from etl.settings import OperatorError

_KEY = "situation_atlas"


@dataclass(frozen=True)
class Extract:
    """What an extract says of itself; the columns of the register's ``load`` table.

    Attributes:
        load_no: Its place in the order of loading, from 1.
        extract: Digest of its content, the name of its file.
        source: Name of the declaration it was read with.
        title: Title of the source.
        attribution: Words owed to the publisher, or "".
        partner: Agency that sent it.
        kind: invented, published or real.
        row_is: What a row is.
        file_hash: Keyed hash of the bytes of the file and the name of its source.
        loaded_at: When it was loaded, UTC, ISO 8601 to the second.
        rows: Rows that it holds.
        held: Rows that were held back.
        left_out: Rows that were refused while the others of their file were accepted.
        left_rules: How many of them each rule left out, as ``rule:rows`` divided by blanks; a
            row that breaks several counts under each.
    """

    load_no: int
    extract: str
    source: str
    title: str
    attribution: str
    partner: str
    kind: str
    row_is: str
    file_hash: str
    loaded_at: str
    rows: int
    held: int
    left_out: int
    left_rules: str


_NAMES = tuple(field.name for field in fields(Extract))
#: Where a row comes from: columns of every wide table that hold nothing of a record.
_ORIGIN = ("file_no", "row_no")


def content_digest(
    connection: duckdb.DuckDBPyConnection,
    wide: str,
    columns: Sequence[str],
    identity: Sequence[str],
) -> str:
    """Digest of wide rows, whatever their order in the file or the name of the file.

    Args:
        connection: Has the relation.
        wide: Name of the relation.
        columns: Its columns, origin left out.
        identity: What else makes two files different: partner, kind, sort of row.
    """
    names = sorted(columns)
    row_digests = _digests_of_rows(connection, wide, names, "row")
    content = "\x1e".join(["\x1f".join(identity), "\x1f".join(names), row_digests])
    return hashlib.sha256(content.encode()).hexdigest()


def _digests_of_rows(
    connection: duckdb.DuckDBPyConnection, wide: str, names: Sequence[str], order: str
) -> str:
    """Digests of all rows of a wide relation, joined in an order; "" where it has none."""
    cells = ", ".join(f'coalesce(CAST("{name}" AS VARCHAR), chr(0))' for name in names)
    row = connection.execute(
        f"""SELECT string_agg(row, '' ORDER BY {order})
        FROM (SELECT row_no, md5(concat_ws(chr(31), {cells})) AS row FROM {wide})"""  # noqa: S608
    ).fetchone()
    return str(row[0]) if row and row[0] else ""


def create_wide(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, Coded[str | None]],
    rows: list[int],
    file_no: int,
) -> None:
    """Make a table of wide rows, with ``file_no`` and ``row_no``.

    Args:
        connection: Where it is made.
        name: Its name.
        columns: Column to its texts, coded, in the order of the rows.
        rows: Number of each row in its file.
        file_no: Number of the file.
    """
    arrays: dict[str, Any] = {
        f"c{i}": np.array(texts.values, dtype=object)[texts.codes]
        for i, texts in enumerate(columns.values())
    }
    arrays["row_no"] = np.array(rows, dtype=np.int32)
    connection.register("arrays", arrays)
    chosen = ", ".join(f'CAST(c{i} AS VARCHAR) AS "{column}"' for i, column in enumerate(columns))
    connection.execute(
        f"CREATE TABLE {name} AS SELECT {chosen}, {file_no}::INTEGER AS file_no, row_no "  # noqa: S608
        "FROM arrays"
    )
    connection.unregister("arrays")


def write_extract(
    connection: duckdb.DuckDBPyConnection, wide: str, path: Path, extract: Extract
) -> None:
    """Write a table of wide rows as an extract that says what it is, with digests of both."""
    facts = {**asdict(extract), "content": _rows_digest(connection, wide)}
    about = json.dumps({**facts, "self": _self_digest(facts)}, sort_keys=True)
    connection.execute(
        f"COPY (SELECT * EXCLUDE (file_no) FROM {wide}) TO {literal(path)} "  # noqa: S608
        "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, "
        f"KV_METADATA {{{_KEY}: {literal(about)}}})"
    )


def read_about(connection: duckdb.DuckDBPyConnection, path: Path) -> Extract:
    """What an extract says of itself.

    Raises:
        OperatorError: If the file is no extract, or not as it was written.
    """
    about = _about(connection, path)
    try:
        return Extract(**{name: about[name] for name in _NAMES})
    except KeyError as problem:
        raise _not_as_written(path) from problem


def read_extract(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """Make the table ``wide`` of the rows of an extract; return its columns, origin left out.

    Raises:
        OperatorError: If its rows are not those that were written.
    """
    about = _about(connection, path)
    try:
        connection.execute(
            "CREATE TABLE wide AS SELECT *, 0::INTEGER AS file_no FROM read_parquet(?)", [str(path)]
        )
    except duckdb.Error as problem:
        raise _not_as_written(path) from problem
    if about["content"] != _rows_digest(connection, "wide"):
        raise _not_as_written(path)
    return [name for name in _columns(connection, "wide") if name not in _ORIGIN]


def _about(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, Any]:
    """What an extract says of itself, once the digest of that is right."""
    try:
        row = connection.execute(
            "SELECT value FROM parquet_kv_metadata(?) WHERE key = ?", [str(path), _KEY.encode()]
        ).fetchone()
    except duckdb.Error as problem:
        raise _not_as_written(path) from problem
    if row is None:
        raise OperatorError(f"The file {path.name} among the extracts is no extract.")
    try:
        about = cast("dict[str, Any]", json.loads(cast("bytes", row[0])))
        written_digest = about.pop("self")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise _not_as_written(path) from problem
    if written_digest != _self_digest(about) or path.stem != about["extract"]:
        raise _not_as_written(path)
    return about


def _not_as_written(path: Path) -> OperatorError:
    """The refusal of an extract that is damaged."""
    return OperatorError(
        f"The extract {path.name} is not as it was written: it is damaged. Restore it from your "
        "backup."
    )


def _self_digest(about: Mapping[str, Any]) -> str:
    """Digest of what an extract says of itself."""
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


def _rows_digest(connection: duckdb.DuckDBPyConnection, wide: str) -> str:
    """Digest of wide rows with their numbers, in the order of these, and of their columns."""
    names = sorted(name for name in _columns(connection, wide) if name != "file_no")
    row_digests = _digests_of_rows(connection, wide, names, "row_no, row")
    return hashlib.sha256("\x1e".join(["\x1f".join(names), row_digests]).encode()).hexdigest()


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Names of the columns of a table."""
    query = "SELECT column_name FROM information_schema.columns WHERE table_name = ?"
    return texts_of(connection, query, [table])
