"""Bench: connections in memory, on which the files of a store are attached.

What does not fit into memory goes to ``operator/spill`` and never to the folder in which a command
happens to be given: it is as restricted as the register. What a killed command left there is
cleared by the next.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import duckdb

from etl.register.access import CONFIG
from etl.settings import OperatorError, Settings

#: Seconds that a writer waits for a dry run, and between two looks.
_PATIENCE, _PAUSE = 10.0, 0.05


@contextmanager
def bench(settings: Settings) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection in memory for work on a store."""
    config = {**CONFIG, "temp_directory": str(settings.spill)}
    with duckdb.connect(":memory:", config=config) as connection:
        yield connection


def attach(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, *, write: bool = False
) -> None:
    """Attach a database file under a name, read-only unless ``write``.

    Who writes waits a little for a dry run that is copying the file without the store's lock.
    """
    mode = "" if write else " (READ_ONLY)"
    patience = monotonic() + (_PATIENCE if write else 0)
    while True:
        try:
            connection.execute(f"ATTACH {literal(path)} AS {name}{mode}")
            return
        except duckdb.IOException as problem:
            if not is_held(problem) or monotonic() > patience:
                raise
        sleep(_PAUSE)


def is_held(problem: duckdb.Error) -> bool:
    """Whether another process has the database open in a way that excludes this one."""
    return isinstance(problem, duckdb.IOException) and "Could not set lock" in str(problem)


def copy_register(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Copy the register into the attached, empty database ``register``, without the store's lock.

    The file is held only while it is copied. It shows the last load that was finished.

    Raises:
        OperatorError: If another command writes it at this moment, or it cannot be read.
    """
    try:
        attach(connection, settings.register, "kept")
        connection.execute("COPY FROM DATABASE kept TO register")
        connection.execute("DETACH kept")
    except duckdb.IOException as problem:
        if not is_held(problem):
            raise
        raise OperatorError(
            "Another command is writing to the register; try again when it is done."
        ) from problem


def literal(text: Path | str) -> str:
    """A text as it stands in SQL where nothing can be bound."""
    return "'" + str(text).replace("'", "''") + "'"
