"""Filling the register: staged rows of one file into it, and all of it again from extracts."""

from __future__ import annotations

from pathlib import Path

import duckdb

from dashboard.model.tables import REGISTER
from etl.register.access import CONFIG, assert_no_wal, create, locked, replace_file, transaction
from etl.register.extracts import Extract, read_about, read_extract
from etl.register.split import create_staged, stage
from etl.register.tables import ARRIVALS, LOAD_COLUMNS
from etl.settings import Settings

#: The class of a person is that of the latest decision about them.
_CURRENT_CLASS = """
    UPDATE register.person SET class = latest.class FROM (
        SELECT person_id, arg_max(class, seq) AS class FROM register.classification
        GROUP BY person_id
    ) latest
    WHERE person.person_id = latest.person_id AND person.class <> latest.class
"""


def insert(connection: duckdb.DuckDBPyConnection, extract: Extract, *, file_no: int) -> None:
    """Move the staged rows of one file into the attached database ``register``.

    Args:
        connection: Has the schema ``staged`` and the attached ``register``.
        extract: What was loaded.
        file_no: Number of its file among the staged ones.
    """
    for entry in REGISTER:
        names = ", ".join(f'"{name}"' for name in entry.names)
        connection.execute(
            f"INSERT INTO register.{entry.name} SELECT {names} FROM staged.{entry.name} "  # noqa: S608
            "WHERE file_no = ? ORDER BY row_no",
            [file_no],
        )
    for name, key in ARRIVALS:
        connection.execute(
            f"INSERT INTO register.arrival SELECT ?, {key}, ?, row_no FROM staged.{name} "  # noqa: S608
            "WHERE file_no = ? ORDER BY row_no",
            [name, extract.load_no, file_no],
        )
    marks = ", ".join("?" for _ in LOAD_COLUMNS)
    connection.execute(
        f"INSERT INTO register.load VALUES ({marks})",  # noqa: S608
        [getattr(extract, name) for name, _ in LOAD_COLUMNS],
    )
    connection.execute(_CURRENT_CLASS)


def rebuild(settings: Settings) -> int:
    """Build the register again from its extracts and return how many there were.

    The result depends on the extracts alone, not on the order in which they are found.

    Raises:
        OperatorError: If there is no store, it is in use, or an extract is damaged.
    """
    path = settings.register.with_suffix(".new")
    path.unlink(missing_ok=True)
    with locked(settings):
        create(path)
        with duckdb.connect(":memory:", config=CONFIG) as connection:
            quoted = str(path).replace("'", "''")
            connection.execute(f"ATTACH '{quoted}' AS register")
            files = sorted(
                ((read_about(connection, p), p) for p in settings.extracts.glob("*.parquet")),
                key=lambda pair: (pair[0].load_no, pair[0].extract),
            )
            for extract, file in files:
                _replay(connection, extract, file)
            connection.execute("CHECKPOINT register")
            connection.execute("DETACH register")
        assert_no_wal(path)
        replace_file(path, settings.register)
    return len(files)


def _replay(connection: duckdb.DuckDBPyConnection, extract: Extract, file: Path) -> None:
    create_staged(connection)
    columns = read_extract(connection, "wide", file)
    stage(connection, "wide", columns, extract.row_is)
    with transaction(connection):
        insert(connection, extract, file_no=0)
    connection.execute("DROP SCHEMA staged CASCADE")
    connection.execute("DROP TABLE wide")
