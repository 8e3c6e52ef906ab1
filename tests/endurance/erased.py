"""Erased: a person who was planted, published and erased, and every byte in which they could be.

The person's key is made of words that occur nowhere else, so the words and the ids that follow from
them can be looked for in whatever the product writes: both halves of the store, what the web
process keeps, an archive, pages for partners, and all that commands print.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import duckdb

from etl.declaration import find_source
from etl.harmonise.keys import record_key
from etl.secret_files import read_secrets
from etl.settings import Settings
from tests.endurance import stores

#: The two parts of the planted key, as the file writes them.
CASE, PERSON = "PLANTEDCASE7731", "PLANTEDPERSON9"
_KINDS = {"incident": (CASE,), "person": (CASE, PERSON)}


@dataclass(frozen=True)
class Marks:
    """What a planted person would be known by.

    Attributes:
        words: Parts of the key, as typed.
        ids: Ids that follow from them under the store's secret.
    """

    words: tuple[str, ...]
    ids: tuple[str, ...]

    def in_bytes(self, content: bytes) -> Iterator[str]:
        """Marks that some bytes hold: as text of any width, or an id as the number it is."""
        for mark in (*self.words, *self.ids):
            shapes = [mark.encode(), mark.upper().encode(), mark.casefold().encode()]
            shapes += [mark.encode("utf-16-le"), mark.encode("utf-16-be")]
            shapes += [bytes.fromhex(mark), bytes.fromhex(mark)[::-1]] if mark in self.ids else []
            if any(shape in content for shape in shapes):
                yield mark

    def in_values(self, path: Path) -> Iterator[str]:
        """Marks that a database or an extract holds, where its bytes may be compressed."""
        for text in _texts(path):
            yield from (mark for mark in (*self.words, *self.ids) if mark in text)


def plant(settings: Settings, made: Path) -> Marks:
    """Load a file with one person more of the last month, and publish it."""
    with (made / stores.LAST_FILES[0]).open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file, delimiter=";"))
    path = settings.store.parent / "planted.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row), delimiter=";")
        writer.writeheader()
        writer.writerow(row | {"case_id": CASE, "pers_no": PERSON})
    stores.must(settings, "load", str(path), "--source", stores.LAST_SOURCE, "--yes")
    path.unlink()  # what a partner sends is the partner's
    stores.must(settings, "publish", "--as-of", stores.LAST, "--public")
    partner = find_source(settings, stores.LAST_SOURCE).partner
    secret = read_secrets(settings).identifiers
    ids = tuple(record_key(secret, partner, kind, key) for kind, key in _KINDS.items())
    return Marks((CASE, PERSON), ids)


def erase(settings: Settings) -> stores.Said:
    """Erase the planted person."""
    words = ("erase", "--source", stores.LAST_SOURCE, "--record", "incident")
    with patch("sys.stdin", io.StringIO(f"{CASE}\nyes\n")):
        return stores.run(settings, *words)


def holding(folder: Path, marks: Marks) -> dict[str, set[str]]:
    """Files below a folder, members of archives too, that hold a mark, each with its marks."""
    found: dict[str, set[str]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        held = {*marks.in_bytes(path.read_bytes()), *marks.in_values(path)}
        if path.suffix == ".tar":
            held |= set(_in_archive(path, folder, marks))
        if held:
            found[path.relative_to(folder).as_posix()] = held
    return found


def _in_archive(path: Path, folder: Path, marks: Marks) -> Iterator[str]:
    unpacked = folder.with_name(f"{folder.name}-unpacked")
    with tarfile.open(path) as archive:
        archive.extractall(unpacked, filter="data")
    for held in holding(unpacked, marks).values():
        yield from held


def _texts(path: Path) -> Iterator[str]:
    """Every value of every table of a file, as text."""
    if path.suffix == ".parquet":
        with duckdb.connect() as connection:
            rows = connection.execute("SELECT t::VARCHAR FROM read_parquet(?) t", [str(path)])
            yield from (text for (text,) in rows.fetchall())
    elif path.suffix == ".duckdb":
        # A copy, since a dashboard of this process may hold the file open in its own way.
        with (
            TemporaryDirectory() as folder,
            duckdb.connect(str(shutil.copy(path, folder)), read_only=True) as connection,
        ):
            for (table,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
                rows = connection.execute(f'SELECT t::VARCHAR FROM "{table}" t')  # noqa: S608
                yield from (text for (text,) in rows.fetchall())
    elif re.fullmatch(r"\.sqlite3?", path.suffix):
        connection = sqlite3.connect(path)
        try:
            yield from connection.iterdump()
        finally:
            connection.close()
