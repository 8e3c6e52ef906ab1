"""Handed tables: commands that load a table of an operator's, or list what was loaded.

How a file is read and where its rows are kept belong to those whose rows they are.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from etl.commands.answer import answer
from etl.commands.check import finding_lines
from etl.findings import Finding
from etl.read.plain_table import DELIMITERS
from etl.register.access import locked
from etl.register.store import read_store
from etl.release.contents.geography import Geography, read_geography
from etl.settings import OperatorError, Settings

Row = TypeVar("Row")
Given = TypeVar("Given", contravariant=True)


class Read(Protocol[Row]):
    """Reads a file, by the sheet or the delimiter that the operator named."""

    def __call__(
        self, path: Path, geography: Geography, today: date, *, sheet: str | None, delimiter: str
    ) -> tuple[list[Row], list[Finding]]:
        """The rows of a file, and what is wrong with it."""
        ...


class Keep(Protocol[Given]):
    """Keeps rows in the store, together with those of before or in place of them."""

    def __call__(self, settings: Settings, given: Sequence[Given], *, replace: bool) -> int:
        """How many rows the store holds now."""
        ...


@dataclass(frozen=True)
class HandedTable(Generic[Row]):
    """What a command loads.

    Attributes:
        many: What its rows are called.
        file_name: Name of the file that keeps them.
        read: Reads a file.
        keep: Keeps rows.
        loaded: What was loaded.
        summary: What rows hold, in lines.
        as_json: A row as JSON.
    """

    many: str
    file_name: str
    read: Read[Row]
    keep: Keep[Row]
    loaded: Callable[[Settings], Sequence[Row]]
    summary: Callable[[Sequence[Row]], list[str]]
    as_json: Callable[[Row], dict[str, object]]


def configure_table(parser: argparse.ArgumentParser) -> None:
    """The file, how it is read, and what becomes of what was loaded before."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="CSV or XLSX")
    parser.add_argument("--sheet", metavar="NAME", help="sheet of a workbook; its first without it")
    parser.add_argument(
        "--delimiter", choices=tuple(DELIMITERS), default="comma", help="of a CSV (comma)"
    )
    parser.add_argument(
        "--replace", action="store_true", help="forget everything that was loaded before"
    )
    parser.add_argument("--clear", action="store_true", help="forget everything that was loaded")


def run_table(table: HandedTable[Row], arguments: argparse.Namespace, settings: Settings) -> int:
    """Load all rows or none, or list; 1 when the file is refused.

    Raises:
        OperatorError: If the words do not fit together, there is no store, or no such file.
    """
    if arguments.clear and (arguments.file or arguments.replace):
        raise OperatorError("--clear goes with nothing else.")
    if arguments.replace and not arguments.file:
        raise OperatorError("--replace needs FILE; --clear forgets everything.")
    read_store(settings)
    if arguments.file:
        return _load(table, arguments, settings, read_geography(settings))
    if arguments.clear:
        with locked(settings, anew=(table.file_name,)):
            table.keep(settings, (), replace=True)
    with locked(settings):
        held = table.loaded(settings)
    lines = [
        f"{table.many.capitalize()} that were loaded: {len(held) or 'none'}",
        *table.summary(held),
    ]
    answer({table.many: [table.as_json(row) for row in held]}, lines, as_json=arguments.json)
    return 0


def _load(
    table: HandedTable[Row],
    arguments: argparse.Namespace,
    settings: Settings,
    geography: Geography,
) -> int:
    rows, findings = table.read(
        arguments.file,
        geography,
        date.today(),
        sheet=arguments.sheet,
        delimiter=arguments.delimiter,
    )
    document = {"file": arguments.file.name, "findings": [f.as_json for f in findings]}
    if findings:
        refused = f"{arguments.file.name} is refused, and nothing of it was loaded."
        answer(
            {**document, "loaded": 0}, [refused, *finding_lines(findings)], as_json=arguments.json
        )
        return 1
    with locked(settings, anew=(table.file_name,) if arguments.replace else ()):
        held = table.keep(settings, rows, replace=arguments.replace)
    lines = [
        f"{arguments.file.name}: {len(rows)} {table.many} loaded; the store holds {held}.",
        *table.summary(rows),
        "Readers see them from the next `publish` on.",
    ]
    answer({**document, "loaded": len(rows), "held": held}, lines, as_json=arguments.json)
    return 0
