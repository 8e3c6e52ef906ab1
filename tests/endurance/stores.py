"""Small stores for trials: made by the commands of the operator, copied, and compared.

Two stores are compared by what they hold, not by their bytes: the rows of every table and
extract, the releases in their order, and which files there are. Times and the ids of releases
differ between two runs of the same command and are left out.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dashboard.model.release import DIGEST_SUFFIX
from dashboard.release.open_release import Release
from etl.__main__ import main
from etl.backup import contents
from etl.backup.restoring import read_archive
from etl.release.files import folders
from etl.settings import Settings
from tests.unit.etl.release.registers import settings_of
from tools.sample.__main__ import main as invent_files

#: A quarter and the month before it: closing the last month also closes the quarter.
MONTHS, LAST_MONTH = 4, "2025-03"
#: Days on which the months before the last one, and the last one, are closed.
BEFORE_LAST, LAST = "2025-03-20", "2025-04-20"
#: Day on which the first month is past keeping, when records are kept for a year.
RETAINED = "2026-11-01"
PEOPLE = 210
#: Exit code of a command that ends with a traceback instead of a sentence.
TRACEBACK = 70

#: Source and file of each set of invented files, in an order in which they can be loaded.
FIRST_FILES = (
    ("sample-a-people", "partner-a-line-list-INVENTED.xlsx"),
    ("sample-a-referrals", "partner-a-line-list-INVENTED.xlsx"),
    ("sample-b-people", "people-1.csv"),
    ("sample-c-people", "partner-c-people-INVENTED.csv"),
    ("sample-c-referrals", "partner-c-referrals-INVENTED.csv"),
)
#: Files of the last month's people of partner B.
LAST_FILES = ("people-2.csv", "people-3.csv")
LAST_SOURCE = "sample-b-people"

#: What a backup is called in a trial; it lies beside the store.
ARCHIVE = "atlas.tar"
#: What is typed to erase one of the people: the two parts of the key, and the consent.
ERASED = "erased.txt"
#: What is typed where only the consent is asked for.
CONSENT = "consent.txt"
#: A note and a population, which every store holds beside what partners sent.
_NOTE = (f"month={LAST_MONTH}", "kind=flood", "text=An invented flood")
_POPULATION = "population.csv"
_COUNTS = (
    {"area_code": "BD2022", "population": "2823265", "year": "2022",
     "boundaries": "adm_v03", "population_group": "host"},
)  # fmt: skip

_RELEASE_ID = re.compile(r"\d{4}-\d{2}-\d{8}T\d{6}-[0-9a-f]{8}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")
#: Columns that differ between two runs of one command, beside times.
_OF_THE_RUN = ("release_id",)

#: What was read of files, by a digest of their bytes: most trials leave most files alone.
KNOWN: dict[str, Any] = {}


@dataclass(frozen=True)
class Said:
    """How a command ended: its exit code, ``TRACEBACK`` for none, and what it printed."""

    code: int
    text: str


def run(settings: Settings, *words: str, typed: str = "") -> Said:
    """One command of the operator in this process.

    Args:
        settings: The store.
        words: Words of the command.
        typed: What is typed when it asks.
    """
    out, err = io.StringIO(), io.StringIO()
    if typed:
        _type(typed)
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(words, settings)
        except Exception:
            code = TRACEBACK
            err.write("\n".join(traceback.format_exc().strip().splitlines()[-5:]))
    return Said(code, f"{out.getvalue()}{err.getvalue()}".strip())


def must(settings: Settings, *words: str) -> Said:
    """One command that succeeds."""
    said = run(settings, *words)
    if said.code != 0:
        raise AssertionError(f"{' '.join(words)}: {said.text}")
    return said


def make(folder: Path) -> None:
    """Make the invented files and the stores of all trials.

    All hold a note and a population. ``empty`` holds no file of a partner; ``published`` closed
    and published all months but the last, of which it has the people of two partners; ``loaded``
    also has those of the third; ``complete`` has published the last month as well.
    """
    make_files(folder)
    empty = settings_of(folder / "empty")
    must(empty, "init")
    must(empty, "tables", "notes", "--row", *_NOTE)
    must(empty, "tables", "populations", str(folder / _POPULATION))
    published = copied(folder / "empty", folder / "published")
    for source, name in FIRST_FILES:
        must(published, "load", str(folder / name), "--source", source, "--yes")
    must(published, "publish", "--as-of", BEFORE_LAST, "--public")
    loaded = copied(folder / "published", folder / "loaded")
    names = [str(folder / name) for name in LAST_FILES]
    must(loaded, "load", *names, "--source", LAST_SOURCE, "--yes")
    complete = copied(folder / "loaded", folder / "complete")
    must(complete, "publish", "--as-of", LAST)


def make_files(folder: Path) -> None:
    """Invented files of some months; the people of one partner cut before their last month."""
    invent_files(["--people", str(PEOPLE), "--months", str(MONTHS), "--until", LAST_MONTH,
                  "--seed", "3", "--out", str(folder)])  # fmt: skip
    whole = folder / "partner-b-people-INVENTED.csv"
    with whole.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    last = [row for row in rows if row["inc_month"] == LAST_MONTH]
    cases = sorted({row["case_id"] for row in last})
    half = set(cases[: len(cases) // 2])
    _write(folder / "people-1.csv", [row for row in rows if row["inc_month"] < LAST_MONTH])
    _write(folder / LAST_FILES[0], [row for row in last if row["case_id"] in half])
    _write(folder / LAST_FILES[1], [row for row in last if row["case_id"] not in half])
    erased = rows[0]
    (folder / ERASED).write_text(f"{erased['case_id']}\n{erased['pers_no']}\nyes\n")
    (folder / CONSENT).write_text("yes\n")
    _write(folder / _POPULATION, _COUNTS, delimiter=",")


def _write(path: Path, rows: Sequence[dict[str, str]], *, delimiter: str = ";") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def copied(template: Path, folder: Path) -> Settings:
    """A copy of a store with its secrets, in the place of what stood there before."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    return settings_of(folder)


def two_releases(made: Path) -> tuple[Path, Path]:
    """Files of the two releases for members that ``make`` published, the earlier one first."""
    first, second = sorted(settings_of(made / "complete").releases.glob("*.duckdb"))
    return first, second


def content(settings: Settings) -> dict[str, Any]:
    """What a store holds, in a shape that JSON keeps.

    ``files`` are the shapes of their names, ``extracts`` their digests and rows; each database
    file of the operator's half has the rows of its tables, and what the operator handed over
    (notes, populations) is there as it stands; each folder of releases has the tables of its
    releases, and the place of the current one among them. An archive beside the store is there with
    what its list says of each file, once it was read to its end.
    """
    found: dict[str, Any] = {
        "files": sorted(
            shape(str(path.relative_to(settings.store)))
            for path in settings.store.rglob("*")
            if path.is_file()
        ),
        "extracts": sorted(
            f"{path.stem}: {rows(path)}" for path in settings.extracts.glob("*.parquet")
        ),
    }
    for path in sorted(settings.operator.rglob("*.duckdb")):
        found[str(path.relative_to(settings.store))] = tables(path)
    for path in sorted(settings.operator.glob("*.json")):
        data = json.loads(shape(path.read_text(encoding="utf-8")))
        data.pop("generation", None)  # a command that was given again made more changes
        found[str(path.relative_to(settings.store))] = data
    for path in sorted(settings.operator.glob("*.csv")):
        found[str(path.relative_to(settings.store))] = path.read_text(encoding="utf-8")
    for folder in folders(settings):
        if folder.is_dir():
            name = str(folder.relative_to(settings.store))
            found[name] = [tables(path) for path in sorted(folder.glob("*.duckdb"))]
            found[f"{name} current"] = _current(folder)
    archive = settings.store.parent / ARCHIVE
    if archive.is_file():
        found[ARCHIVE] = _archived(settings, archive)
    found["beside"] = sorted(p.name for p in settings.store.parent.iterdir() if p.is_file())
    return json.loads(json.dumps(found))


def _archived(settings: Settings, archive: Path) -> dict[str, str]:
    """Digests of the files of an archive by their names, after each was compared with its list."""
    read_archive(settings, archive)
    with tarfile.open(archive) as held:
        listed = held.extractfile(contents.NAME)
        return {n: e.sha256 for n, e in contents.decode_contents(settings, listed.read()).items()}


def other_shown(settings: Settings, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Folders of releases that show neither what they did before a command nor after it."""
    told: list[str] = []
    for folder in folders(settings):
        name = f"{folder.relative_to(settings.store)} current"
        if folder.is_dir() and _current(folder) not in (before.get(name), after.get(name)):
            told.append(f"readers are shown another release: {name} is {_current(folder)}")
    return told


def tables(path: Path) -> dict[str, object]:
    """Number of rows and a hash of the content of every table of a database file."""
    return _known("tables", (path, Path(f"{path}.wal")), lambda: _tables(path))


def rows(path: Path) -> list[object]:
    """Number of rows of an extract and a hash of them."""
    return _known("rows", (path,), lambda: _rows(path))


def _tables(path: Path) -> dict[str, object]:
    with duckdb.connect(str(path), read_only=True) as connection:
        columns: dict[str, list[str]] = {}
        for table, column, type_ in connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        ).fetchall():
            if column not in _OF_THE_RUN and type_ != "TIMESTAMP":
                columns.setdefault(table, []).append(f'"{column}"')
        return {
            table: connection.execute(
                f"SELECT count(*), sum(hash({', '.join(names)})::HUGEINT)::VARCHAR FROM {table}"  # noqa: S608
            ).fetchone()
            for table, names in sorted(columns.items())
        }


def _rows(path: Path) -> tuple[object, ...] | None:
    with duckdb.connect() as connection:
        return connection.execute(
            "SELECT count(*), sum(hash(held)::HUGEINT)::VARCHAR FROM read_parquet(?) AS held",
            [str(path)],
        ).fetchone()


def _known(question: str, paths: Sequence[Path], read: Callable[[], Any]) -> Any:
    """The answer about some files, read once for the same bytes; as JSON keeps it."""
    held = [path.read_bytes() if path.exists() else b"" for path in paths]
    digest = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in held))
    key = f"{question} {digest.hexdigest()}"
    if key not in KNOWN:
        KNOWN[key] = json.loads(json.dumps(read()))
    return KNOWN[key]


def difference(found: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """In what the contents of two stores differ, in words."""
    told: list[str] = []
    for part in sorted({*found, *expected}):
        mine, other = found.get(part), expected.get(part)
        if mine == other:
            continue
        if isinstance(mine, dict) and isinstance(other, dict):
            names = sorted(n for n in {*mine, *other} if mine.get(n) != other.get(n))
            told.append(f"{part} differs in {', '.join(names)}")
        elif part in ("files", "extracts") and isinstance(mine, list) and isinstance(other, list):
            more = sorted(set(mine) - set(other)) or "none"
            less = sorted(set(other) - set(mine)) or "none"
            told.append(f"{part}: {len(mine)} for {len(other)}, too many {more}, missing {less}")
        elif isinstance(mine, list) and isinstance(other, list):
            alike = "as many, with other rows" if len(mine) == len(other) else "other releases"
            told.append(f"{part}: {len(mine)} for {len(other)}, {alike}")
        else:
            told.append(f"{part}: {mine} for {other}")
    return told


def halves(
    found: dict[str, Any], before: dict[str, Any], after: dict[str, Any], *, told: bool = False
) -> list[str]:
    """Tables, and the set of extracts, that are neither as before a command nor as after it.

    Args:
        found: Content of a store after a command that was stopped.
        before: Content before the command.
        after: Content after the command was finished.
        told: Whether the store tells that something is unfinished and refuses to go on; some of
            its extracts may then be as before and some as after.
    """
    wrong: list[str] = []
    extracts = set(found["extracts"])
    whole = [set(before["extracts"]), set(after["extracts"])]
    if not (extracts <= set.union(*whole) if told else extracts in whole):
        wrong.append("a part of the extracts is there")
    for part, held in found.items():
        if isinstance(held, dict):
            was, will = before.get(part, {}), after.get(part, {})
            wrong += [
                f"a part of {table} of {part} is there"
                for table, rows_ in held.items()
                if part.endswith(".duckdb") and rows_ not in (was.get(table), will.get(table))
            ]
    return wrong


def state(settings: Settings) -> str:
    """A digest of every file of a store and beside it, equal where all are to the last byte."""
    digest = hashlib.sha256()
    for path in sorted(settings.store.parent.rglob("*")):
        if path.is_file():
            name = str(path.relative_to(settings.store.parent))
            digest.update(f"{name}\n{path.stat().st_mode}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def shape(name: str) -> str:
    """A name or text, with a mark instead of what differs from run to run."""
    return _TIME.sub("TIME", _DIGEST.sub("DIGEST", _RELEASE_ID.sub("ID", name)))


def _current(folder: Path) -> int | None:
    """Which release of a folder the pointer names; the file must be whole."""
    pointer = folder / "current"
    if not pointer.is_file():
        return None
    path = folder / f"{pointer.read_text(encoding='ascii').strip()}.duckdb"
    _known("scan", (path, path.with_name(path.name + DIGEST_SUFFIX)), lambda: _scan(path))
    return sorted(folder.glob("*.duckdb")).index(path)


def _scan(path: Path) -> None:
    """Read a release to its end, as a dashboard does before it shows it."""
    release = Release(path)
    release.scan()
    release.close()


def _type(text: str) -> None:
    """Let the next reads of the standard input get a text."""
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    os.dup2(reading, 0)
    os.close(reading)
