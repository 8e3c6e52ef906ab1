"""Damage: which file of the operator's half cannot be used, and what an operator does about it.

Asked only when a command stopped at an error of the database, since every file is read in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from etl.register.access import CONFIG, MADE_BY_ANOTHER, has_every_table, reading, texts_of
from etl.register.extracts import read_extract
from etl.settings import OperatorError, Settings


def damage(settings: Settings) -> str | None:
    """One sentence for each file of a store that cannot be used; None where all can."""
    return " ".join(_damaged_files(settings)) or None


def _damaged_files(settings: Settings) -> Iterator[str]:
    """A sentence for each file of the operator's half that cannot be used."""
    if not settings.register.is_file():
        yield "The register is missing; run `load --rebuild` to build it again from its extracts."
    elif not _is_readable(settings.register):
        yield ("The register is damaged; run `load --rebuild` to build it again from its extracts.")
    elif not _is_current(settings.register):
        yield MADE_BY_ANOTHER
    for path in sorted(settings.units.glob("*.duckdb")):
        if not _is_readable(path):
            yield (
                f"The stored units in {path.name} are damaged; restore the newest backup of "
                f"{settings.operator}."
            )
    for path in sorted(settings.extracts.glob("*.parquet")):
        try:
            with duckdb.connect(":memory:", config=CONFIG) as connection:
                read_extract(connection, path)
        except OperatorError as problem:
            yield str(problem)


def _is_readable(path: Path) -> bool:
    """Whether every table of a database can be read to its end."""
    try:
        with reading(path) as connection:
            for table in texts_of(connection, "SELECT table_name FROM duckdb_tables()"):
                connection.execute(f'SELECT bit_xor(hash(t)) FROM "{table}" t').fetchall()  # noqa: S608
    except duckdb.Error:
        return False
    return True


def _is_current(path: Path) -> bool:
    """Whether a register that can be read has the tables of this version."""
    with reading(path) as connection:
        return has_every_table(connection, path.stem)
