"""Connections in memory, on which the files of a store are attached.

What does not fit into memory goes to ``operator/spill`` and never to the folder in which a command
happens to be given: it is as restricted as the register. What a killed command left there is
cleared by the next.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl.register.access import CONFIG
from etl.settings import Settings


@contextmanager
def in_memory(settings: Settings) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection in memory for work on a store."""
    config = {**CONFIG, "temp_directory": str(settings.spill)}
    with duckdb.connect(":memory:", config=config) as connection:
        yield connection


@contextmanager
def in_memory_only() -> Generator[duckdb.DuckDBPyConnection]:
    """A connection in memory that writes nothing anywhere."""
    with duckdb.connect(":memory:", config={**CONFIG, "temp_directory": ""}) as connection:
        yield connection


def attach(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, *, write: bool = False
) -> None:
    """Attach a database file under a name, read-only unless ``write``."""
    mode = "" if write else " (READ_ONLY)"
    connection.execute(f"ATTACH {literal(path)} AS {name}{mode}")


def copy_register(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Copy the register into the attached, empty database ``register``, without the store's lock.

    It shows the last load that was finished: no command writes the file in place.
    """
    attach(connection, settings.register, "kept")
    connection.execute("COPY FROM DATABASE kept TO register")
    connection.execute("DETACH kept")


def literal(text: Path | str) -> str:
    """A text as it stands in SQL where nothing can be bound."""
    return "'" + str(text).replace("'", "''") + "'"
