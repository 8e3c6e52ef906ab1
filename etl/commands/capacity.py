"""``capacity``: load how many places services have, or list what was loaded."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from dashboard.model.capacity import Capacity
from dashboard.model.codes import SEX_AGE_GROUP
from etl.capacity.capacities import FILE_NAME, keep_capacities, loaded_capacities
from etl.capacity.capacity_file import COLUMNS, areas_with_services, read_capacities
from etl.commands.answer import answer
from etl.commands.check import finding_lines
from etl.read.plain_table import DELIMITERS
from etl.register.access import locked
from etl.register.store import read_store
from etl.release.contents.geography import Geography, read_geography
from etl.settings import OperatorError, Settings

NAME = "capacity"
HELP = (
    f"load how many places services have: a CSV or XLSX with the columns {', '.join(COLUMNS)} "
    f"(groups: {', '.join(SEX_AGE_GROUP.values)}). Without FILE, list what was loaded"
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
            keep_capacities(settings, (), replace=True)
    with locked(settings):
        held = loaded_capacities(settings)
    lines = [f"Capacities that were loaded: {len(held) or 'none'}", *_summary(held)]
    answer({"capacities": _as_json(held)}, lines, as_json=arguments.json)
    return 0


def _load(arguments: argparse.Namespace, settings: Settings, geography: Geography) -> int:
    capacities, findings = read_capacities(
        arguments.file,
        areas_with_services(geography),
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
        held = keep_capacities(settings, capacities, replace=arguments.replace)
    lines = [
        f"{arguments.file.name}: {len(capacities)} capacities loaded; the store holds {held}.",
        *_summary(capacities),
        "Readers see them from the next `publish` on.",
    ]
    answer({**document, "loaded": len(capacities), "held": held}, lines, as_json=arguments.json)
    return 0


def _summary(capacities: Iterable[Capacity]) -> list[str]:
    """How many areas each service has places in, and when they were counted last."""
    held = list(capacities)
    last: dict[str, date] = {}
    for one in held:
        last[one.service] = max(one.as_of, last.get(one.service, one.as_of))
    areas = Counter(service for service, _ in {(one.service, one.area) for one in held})
    return [
        f"  {service}: {number} areas, last counted on {last[service]}"
        for service, number in sorted(areas.items())
    ]


def _as_json(capacities: Iterable[Capacity]) -> list[dict[str, object]]:
    return [dict(zip(COLUMNS, (*one.row[:4], str(one.as_of)), strict=True)) for one in capacities]
