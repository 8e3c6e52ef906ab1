"""``outlines``: load the outlines of camps, or list what was loaded."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from etl.commands.answer import answer
from etl.outlines.outline_file import CODES, FORMATS, Fault, read_outlines
from etl.outlines.outlines import FILE_NAME, keep_outlines, loaded_outlines
from etl.register.access import locked
from etl.register.store import read_store
from etl.release.contents.geography import Geography, read_geography
from etl.settings import OperatorError, Settings

NAME = "outlines"
HELP = (
    f"load the outlines of camps ({', '.join(FORMATS)}; WGS 84) in place of those loaded before; "
    "without FILE, list what was loaded"
)
_CAMP = "camp"


def configure(parser: argparse.ArgumentParser) -> None:
    """The file, and which property has the code of a camp."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="GeoJSON or GeoPackage")
    parser.add_argument(
        "--key", metavar="NAME", help=f"property with the code of a camp ({' or '.join(CODES)})"
    )
    parser.add_argument("--clear", action="store_true", help="forget what was loaded")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Load all features or none, or list; 1 when the file is refused.

    Raises:
        OperatorError: If the words do not fit together, there is no store, or no such file.
    """
    if arguments.clear and (arguments.file or arguments.key):
        raise OperatorError("--clear goes with nothing else.")
    if arguments.key and not arguments.file:
        raise OperatorError("--key needs FILE.")
    read_store(settings)
    geography = read_geography(settings)
    if arguments.file:
        return _load(arguments, settings, geography)
    if arguments.clear:
        with locked(settings, anew=(FILE_NAME,)):
            keep_outlines(settings, ())
    with locked(settings):
        held = [outline.place for outline in loaded_outlines(settings)]
    lines = [f"Camps with an outline: {len(held) or 'none'}", *_without(held, geography)]
    answer({"outlines": held}, lines, as_json=arguments.json)
    return 0


def _load(arguments: argparse.Namespace, settings: Settings, geography: Geography) -> int:
    outlines, faults = read_outlines(arguments.file, _camps(geography), key=arguments.key)
    name = arguments.file.name
    document: dict[str, object] = {"file": name, "faults": [_as_json(fault) for fault in faults]}
    if faults:
        lines = [f"{name} is refused, and nothing of it was loaded.", *map(str, faults)]
        answer({**document, "outlines": []}, lines, as_json=arguments.json)
        return 1
    with locked(settings, anew=(FILE_NAME,)):
        keep_outlines(settings, outlines)
    held = [outline.place for outline in outlines]
    lines = [
        f"{name}: {len(held)} outlines loaded.",
        *_without(held, geography),
        "Readers see them from the next `publish` on.",
    ]
    answer({**document, "outlines": held}, lines, as_json=arguments.json)
    return 0


def _camps(geography: Geography) -> dict[str, tuple[float, float] | None]:
    """Codes of camps with their points."""
    return {
        code: (lon, lat) if lon is not None and lat is not None else None
        for code, level, _, _, lon, lat, *_ in geography.places
        if level == _CAMP
    }


def _without(held: Iterable[str], geography: Geography) -> list[str]:
    """Which camps have no outline, where any has one: only their tiles are drawn."""
    known = set(held)
    missing = [
        f"{place[2]} ({place[0]})"
        for place in geography.places
        if place[1] == _CAMP and place[0] not in known
    ]
    return [f"Without an outline: {', '.join(missing)}"] if known and missing else []


def _as_json(fault: Fault) -> dict[str, object]:
    return {"feature": fault.feature, "rule": fault.rule}
