"""Echoes of a release file made and checked again, which ``etl publish`` does as a part of it.

A command of its own, so that their time and memory are told apart from all else of publishing:
``python -m tests.bench.echoes FILE`` changes the file.
"""

from __future__ import annotations

import sys

import duckdb

from dashboard.model.facts import FACTS
from dashboard.model.release import echo_table
from etl.release.contents.echoes import differing_facts, fill_echoes


def main(path: str) -> None:
    """Take the echoes out of a release, make them again and check them.

    Raises:
        AssertionError: If they are not those that were there.
    """
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS release")
        held = {fact.id: _rows(connection, echo_table(fact)) for fact in FACTS}
        for fact in FACTS:
            connection.execute(f"DELETE FROM release.{echo_table(fact)}")  # noqa: S608
        fill_echoes(connection)
        unlike = differing_facts(connection)
        again = {fact.id: _rows(connection, echo_table(fact)) for fact in FACTS}
    if unlike or held != again:
        raise AssertionError("echoes made again are not those of the release")


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int]:
    """How many rows a table has, and a number that follows from all of them."""
    counted = "count(*), coalesce(bit_xor(hash(row)), 0)"
    return connection.execute(f"SELECT {counted} FROM release.{table} AS row").fetchall()[0]  # noqa: S608


if __name__ == "__main__":
    main(sys.argv[1])
