"""Workbench: connections on which blocks are made and releases are built.

That of the members has the register and its events beside the units; that of the public has only
units of the members, so that nothing public can be made from a record.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl.events.build import build_events
from etl.protect import ledger
from etl.protect.public import build_public_events
from etl.register.access import assert_no_wal
from etl.register.connections import attach, in_memory
from etl.release.closing.draft import Draft
from etl.release.contents.geography import Geography
from etl.settings import Settings


@contextmanager
def with_register(settings: Settings) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection in memory with the register attached as ``register``, read-only."""
    with in_memory(settings) as connection:
        attach(connection, settings.register, "register")
        yield connection


@contextmanager
def with_member_events(
    settings: Settings, draft: Draft, geography: Geography
) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection with the register's events as ``events`` and a draft's units as ``units``.

    The events are compressed, since the connection's own memory never is: they take a quarter.
    """
    with with_register(settings) as connection, _attached_units(connection, draft.members):
        connection.execute("ATTACH ':memory:' AS work (COMPRESS)")
        connection.execute("USE work")
        build_events(connection, geography.areas)
        connection.execute("CHECKPOINT work")
        yield connection


@contextmanager
def with_public_events(
    settings: Settings, draft: Draft, geography: Geography
) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection with a draft's members' units as ``events``, its public ones as ``units``."""
    with (
        in_memory(settings) as connection,
        _attached_units(connection, draft.public),
    ):
        attach(connection, draft.members, "members")
        build_public_events(connection, geography.areas)
        yield connection


@contextmanager
def _attached_units(connection: duckdb.DuckDBPyConnection, path: Path) -> Generator[None]:
    """Stored units attached as ``units``; written to their file when the ``with`` ends well."""
    attach(connection, path, "units", write=True)
    ledger.ensure_tables(connection)
    yield
    connection.execute("CHECKPOINT units")
    connection.execute("DETACH units")
    assert_no_wal(path)
