"""Staging: the harmonised files of a set become relations, beside what the register holds.

The rules read the schema ``staged``; ``wide_0`` holds the rows of file number 0 as harmonising left
them, and ``wide`` those of all files whose rows are people.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from etl.declaration.source import Source
from etl.harmonise.areas import Areas
from etl.intake.incoming_file import CodedFile, StagedFile
from etl.register.access import add_rows, texts_of
from etl.register.extracts import content_digest, create_wide
from etl.register.records import create_unreplaced, note_records
from etl.register.split import create_staged, stage


def create_countries(connection: duckdb.DuckDBPyConnection, areas: Areas) -> None:
    """Make the table ``place_country``: the country of every place."""
    columns = (("code", "VARCHAR"), ("country", "VARCHAR"))
    add_rows(connection, "CREATE TABLE place_country AS", columns, areas.countries())


def stage_files(
    connection: duckdb.DuckDBPyConnection, coded: Sequence[CodedFile], source: Source
) -> tuple[StagedFile, ...]:
    """Stage a set anew; rows of files that the register knows are not among the staged.

    Args:
        connection: Has the register attached as ``register``, and the countries of places.
        coded: The files as they were harmonised.
        source: Their declaration.
    """
    connection.execute("DROP SCHEMA IF EXISTS held CASCADE")
    connection.execute("DROP SCHEMA IF EXISTS staged CASCADE")
    connection.execute("DROP VIEW IF EXISTS wide")
    create_staged(connection)
    create_unreplaced(connection)
    connection.execute("CREATE VIEW staged.place_country AS FROM main.place_country")
    connection.execute("INSERT INTO staged.source VALUES (?)", [source.name])
    staged: list[StagedFile] = []
    known_digests = _known_digests(connection)
    for number, file in enumerate(coded):
        digest = _make_wide(connection, number, file, source)
        digests = {digest, file.original.file_hash} - {""}
        staged.append(StagedFile(file, number, digest, is_known=bool(digests & known_digests)))
        known_digests |= digests
        if file.content and staged[-1].is_fresh:
            stage(connection, f"wide_{number}", list(file.content.columns), source.row)
    fresh = [f"FROM wide_{file.number}" for file in staged if file.is_fresh]
    if source.row == "person" and fresh:
        connection.execute(f"CREATE VIEW wide AS {' UNION ALL BY NAME '.join(fresh)}")
    note_records(connection)
    return tuple(staged)


def _known_digests(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Digests and hashes of files from which the register was built.

    A file of which rows were left out when it was loaded is not known by its bytes.
    """
    query = """SELECT extract FROM register.load
        UNION SELECT file_hash FROM register.load WHERE left_out = 0"""
    return set(texts_of(connection, query))


def _make_wide(
    connection: duckdb.DuckDBPyConnection, number: int, file: CodedFile, source: Source
) -> str:
    """Make the wide relation of a file and return the digest of its content, or "".

    A file without rows has no digest, unless they were left out: that goes on record.
    """
    harmonised = file.content
    if harmonised is None:
        return ""
    wide = f"wide_{number}"
    connection.execute(f"DROP TABLE IF EXISTS {wide}")
    create_wide(connection, wide, harmonised.columns, harmonised.rows, number)
    identity = (source.partner, source.kind, source.row)
    if not harmonised.rows:
        if not file.left_out:
            return ""
        # Without rows no content tells one file from another.
        identity = (*identity, file.original.file_hash)
    return content_digest(connection, wide, list(harmonised.columns), identity)
