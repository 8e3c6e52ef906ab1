"""``population``: load how many people live in places, or list what was loaded."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from dashboard.model.codes import BOUNDARIES, COUNTED_GROUP
from dashboard.model.population import Population
from etl.commands.answer import answer
from etl.commands.check import finding_lines
from etl.population.counted_file import COLUMNS, Areas, read_counts
from etl.population.counts import FILE_NAME, keep, loaded_counts
from etl.read.plain_table import DELIMITERS
from etl.register.access import locked
from etl.register.store import read_store
from etl.release.contents.geography import Geography, read_geography
from etl.settings import OperatorError, Settings

NAME = "population"
HELP = (
    f"load how many people live in places: a CSV or XLSX with the columns {', '.join(COLUMNS)} "
    f"(boundaries: {', '.join(BOUNDARIES.values)}; groups: {', '.join(COUNTED_GROUP.values)}). "
    "Without FILE, list what was loaded"
)


def configure(parser: argparse.ArgumentParser) -> None:
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


def run(arguments: argparse.Namespace, settings: Settings) -> int:
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
        return _load(arguments, settings, read_geography(settings))
    if arguments.clear:
        with locked(settings, anew=(FILE_NAME,)):
            keep(settings, (), replace=True)
    with locked(settings):
        held = loaded_counts(settings)
    lines = [f"Populations that were loaded: {len(held) or 'none'}", *_summary(held)]
    answer({"populations": _as_json(held)}, lines, as_json=arguments.json)
    return 0


def _load(arguments: argparse.Namespace, settings: Settings, geography: Geography) -> int:
    areas = Areas.of([(place[0], place[1]) for place in geography.places])
    counts, findings = read_counts(
        arguments.file,
        areas,
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
    with locked(settings, anew=(FILE_NAME,) if arguments.replace else ()):
        held = keep(settings, counts, replace=arguments.replace)
    lines = [
        f"{arguments.file.name}: {len(counts)} populations loaded; the store holds {held}.",
        *_summary(counts),
        "Readers see them from the next `publish` on.",
    ]
    answer({**document, "loaded": len(counts), "held": held}, lines, as_json=arguments.json)
    return 0


def _summary(counts: Iterable[Population]) -> list[str]:
    """How many areas each group, year and kind of boundaries has."""
    numbers = Counter((c.year, c.group, c.boundaries) for c in counts)
    return [
        f"  {year}, {group}, {boundaries}: {number} areas"
        for (year, group, boundaries), number in sorted(numbers.items(), reverse=True)
    ]


def _as_json(counts: Iterable[Population]) -> list[dict[str, object]]:
    return [dict(zip(COLUMNS, (c.place, c.people, c.year, c.boundaries, c.group), strict=True))
            for c in counts]  # fmt: skip
