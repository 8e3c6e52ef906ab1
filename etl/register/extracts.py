"""Extracts: accepted files after the gate, from which the register can be built again.

An extract is a Parquet file of wide rows (see ``harmonise``) named by the digest of its content.
Who sent it and in which order it was loaded stands inside it, so that the extracts alone give
the same register, in whatever order they are found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import duckdb
import numpy as np

from etl.read.coded import Coded
from etl.register.bench import literal
from etl.settings import OperatorError

_KEY = "situation_atlas"
_FORMAT = 1


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
    left_out: int = 0


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
    cells = ", ".join(f'coalesce(CAST("{name}" AS VARCHAR), chr(0))' for name in names)
    rows = connection.execute(
        f"""SELECT string_agg(row, '' ORDER BY row)
        FROM (SELECT md5(concat_ws(chr(31), {cells})) AS row FROM {wide})"""  # noqa: S608
    ).fetchone()
    held = str(rows[0]) if rows and rows[0] else ""
    content = "\x1e".join(["\x1f".join(identity), "\x1f".join(names), held])
    return hashlib.sha256(content.encode()).hexdigest()


def create_wide(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, Coded[str | None]],
    rows: list[int],
    file_no: int,
) -> None:
    """Make a table of wide rows, with ``file_no`` and ``row_no``."""
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
    """Write a table of wide rows as an extract."""
    about = json.dumps({"format": _FORMAT, **asdict(extract)}, sort_keys=True)
    connection.execute(
        f"COPY (SELECT * EXCLUDE (file_no) FROM {wide}) TO {literal(path)} "  # noqa: S608
        "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, "
        f"KV_METADATA {{{_KEY}: {literal(about)}}})"
    )


def read_about(connection: duckdb.DuckDBPyConnection, path: Path) -> Extract:
    """What an extract says of itself.

    Raises:
        OperatorError: If the file is no extract.
    """
    try:
        held = connection.execute(
            "SELECT value FROM parquet_kv_metadata(?) WHERE key = ?", [str(path), _KEY.encode()]
        ).fetchone()
    except duckdb.Error as problem:
        raise OperatorError(f"The extract {path.name} cannot be read: it is damaged.") from problem
    if held is None:
        raise OperatorError(f"The file {path.name} among the extracts is no extract.")
    about = cast("dict[str, Any]", json.loads(cast("bytes", held[0])))
    about.pop("format")
    return Extract(**about)


def read_extract(connection: duckdb.DuckDBPyConnection, wide: str, path: Path) -> list[str]:
    """Make a table of wide rows of an extract and return its columns, origin left out."""
    connection.execute(
        f"CREATE TABLE {wide} AS SELECT *, 0::INTEGER AS file_no FROM read_parquet(?)",  # noqa: S608
        [str(path)],
    )
    described = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = ?", [wide]
    ).fetchall()
    return [str(name) for (name,) in described if name not in ("file_no", "row_no")]
