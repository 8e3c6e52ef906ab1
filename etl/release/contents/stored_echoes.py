"""Stored echoes: the blocks of echoes from one edition to the next, beside the stored units.

The table ``echo`` of the stored units has a row for each due block of each echo of the latest
edition. What a block holds, and when it is taken over, stands in ``etl.protect.stored_echoes``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import duckdb

from etl.protect.stored_echoes import StoredBlock, StoredEcho
from etl.register.access import transaction

#: Fact and replicate of each echo to its blocks.
StoredEchoes = Mapping[tuple[str, int], StoredEcho]

#: Last blocks of an echo that a publication makes twice.
_COMPARED = 2

NO_ECHOES: StoredEchoes = MappingProxyType({})


def read_stored(connection: duckdb.DuckDBPyConnection) -> StoredEchoes:
    """The blocks that are stored in the file attached as ``units``."""
    rows = connection.execute(
        """SELECT fact, replicate, terms, list((follows, units, digest) ORDER BY number)
        FROM units.echo GROUP BY ALL"""
    ).fetchall()
    return {
        (fact, replicate): StoredEcho(terms, tuple(StoredBlock(*block) for block in blocks))
        for fact, replicate, terms, blocks in rows
    }


def but_last(echoes: StoredEchoes) -> StoredEchoes:
    """Echoes without the last blocks of each, which are made again to compare them."""
    return {key: replace(echo, blocks=echo.blocks[:-_COMPARED]) for key, echo in echoes.items()}


def store_echoes(connection: duckdb.DuckDBPyConnection, echoes: StoredEchoes) -> None:
    """Store the blocks of every echo of a release in place of those before."""
    rows = [
        (fact, replicate, number, stored.terms, block.follows, block.units, block.digest)
        for (fact, replicate), stored in echoes.items()
        for number, block in enumerate(stored.blocks)
    ]
    columns: list[list[object]] = [[row[column] for row in rows] for column in range(7)]
    with transaction(connection):
        connection.execute("DELETE FROM units.echo")
        connection.execute(
            """INSERT INTO units.echo SELECT unnest(?::VARCHAR[]), unnest(?::INTEGER[]),
                unnest(?::INTEGER[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]),
                unnest(?::BLOB[]), unnest(?::VARCHAR[])""",
            columns,
        )
