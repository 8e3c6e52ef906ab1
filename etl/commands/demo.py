"""``demo``: the invented sample through every step of the README, unless releases are there.

Two stores are made: that of the members, and beside it one of what published sources tell.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from etl.commands.answer import Answer, lines_of, steps
from etl.commands.check import finding_lines
from etl.commands.init import make_missing
from etl.declaration import find_source
from etl.harmonise.areas import Areas
from etl.intake.load import STEPS as LOAD_STEPS
from etl.intake.load import load_files
from etl.manifest import Entry, read_manifest, table_file
from etl.operator_tables.kind import Kind
from etl.operator_tables.kinds import KINDS
from etl.operator_tables.reader import read_file
from etl.operator_tables.stored import reference_of, store_rows
from etl.places.gazetteer import Gazetteer
from etl.progress import OnStep
from etl.register.access import locked
from etl.release.publication import STEPS, publish
from etl.settings import OperatorError, Settings

#: Folder of the sample with what stands for a published source.
PUBLISHED = "published"


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Make each store, load each file of its manifest, publish; say one line about each.

    Raises:
        OperatorError: If a file of the sample is refused, or nothing can be published.
    """
    sample = arguments.sample or settings.data / "sample"
    document, lines = _make_store(settings, sample, arguments.as_of, "Invented sample")
    if (folder := sample / PUBLISHED).is_dir():
        title = "Invented boats at sea"
        published, more_lines = _make_store(settings.beside, folder, arguments.as_of, title)
        document |= {"published": published}
        lines += more_lines
    return Answer(document, lines)


def _make_store(
    settings: Settings, sample: Path, as_of: date, title: str
) -> tuple[dict[str, Any], list[str]]:
    """Make a store of a folder of the sample, if it has no release; the answer and its lines."""
    if (settings.releases / "current").is_file():
        current = (settings.releases / "current").read_text(encoding="ascii").strip()
        unchanged: dict[str, Any] = {"release": current, "made": False, "files": [], "tables": {}}
        return unchanged, [f"Release {current} is there."]
    entries = _entries(sample)
    make_missing(settings)
    today = date.today()
    with steps(1 + (1 + LOAD_STEPS) * len(entries) + STEPS) as bar:
        bar("Opening the gazetteer")
        gazetteer = Gazetteer.load(settings.country)
        areas = Areas(gazetteer, today)
        files = [_load_file(settings, entry, areas, today, bar) for entry in entries]
        tables = {
            name: _load_table(settings, kind, sample / table_file(kind))
            for name, kind in KINDS.items()
            if (sample / table_file(kind)).is_file()
        }
        release = publish(settings, as_of=as_of, title=title, on_step=bar)
    document = {"release": release.release_id, "made": True, "files": files, "tables": tables}
    values = {"files": files, "tables": tables, "release": release, "kinds": KINDS}
    return document, lines_of("demo", **values, table_file=table_file)


def _entries(sample: Path) -> tuple[Entry, ...]:
    """The files to load that the manifest of a sample names, at least one."""
    try:
        entries = read_manifest(sample)
    except ValueError as problem:
        raise OperatorError(f"The sample's manifest cannot be read: {problem}.") from problem
    if not entries:
        raise OperatorError("The sample's manifest names no file.")
    return entries


def _load_file(
    settings: Settings, entry: Entry, areas: Areas, today: date, bar: OnStep
) -> dict[str, Any]:
    """Load one file of the sample; a refused one stops the command with its findings."""
    source = find_source(settings, entry.source)
    report = load_files(settings, [entry.file], source, areas, today, bar)
    if not report.accepted:
        refused = [f for f in report.findings if f.severity == "error"]
        raise OperatorError("\n".join(["The sample is refused.", *finding_lines(refused)]))
    return {**vars(report.files[0]), "source": entry.source}


def _load_table(settings: Settings, kind: Kind, path: Path) -> int:
    """Load an operator's table of the sample; return how many rows the store has of it."""
    table = read_file(path, kind, reference_of(settings))
    if table.findings:
        raise OperatorError("\n".join(["The sample is refused.", *finding_lines(table.findings)]))
    with locked(settings):
        return store_rows(settings, kind, table.rows)
