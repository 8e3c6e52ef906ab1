"""Geography: from packages that carry boundaries and names to the files that the product ships.

Built by hand when a boundary changes, never while the product runs. Layers are written as GeoJSON,
which everybody reads, and those of areas and lines as arcs, which pages ask for. What reads the
files does not belong here: places are looked up by ``etl.places``, maps are drawn by
``dashboard.figures``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from etl.progress import OnStep, silent
from tools.geography import aliases, gazetteer
from tools.geography.arcs import shared
from tools.geography.boundaries import CODE_LENGTH, read_bangladesh
from tools.geography.gazetteer import gazetteer_rows
from tools.geography.labels import label_features
from tools.geography.lens import BrokenCoverageError
from tools.geography.output import Feature, write_arcs, write_layer, write_table
from tools.geography.sources import MissingSourceError
from tools.geography.world import REGION, borders, in_region, read_world, visible_lakes

__all__ = [
    "BrokenCoverageError",
    "GeographyReport",
    "MissingSourceError",
    "WrittenFile",
    "build_geography",
]

_LAYERS = dict(zip(CODE_LENGTH, ("adm1", "adm2", "adm3"), strict=True))


@dataclass(frozen=True)
class WrittenFile:
    """A file that was built: path below the data folder, bytes, and rows or features."""

    path: str
    size: int
    count: int


@dataclass(frozen=True)
class GeographyReport:
    """What ``build_geography`` wrote."""

    files: tuple[WrittenFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def build_geography(country: Path, *, on_step: OnStep = silent) -> GeographyReport:
    """Rebuild layers, gazetteer and aliases; the same packages give the same bytes.

    Args:
        country: Folder of the country's pack, with the tables kept by hand.
        on_step: Told the name of each file before it is written.

    Raises:
        MissingSourceError: If a package of the group ``geography`` is not installed.
        BrokenCoverageError: If simplified areas overlap.
        OSError: If a table kept by hand cannot be read or a file cannot be written.
    """
    layers = country / "geography"
    layers.mkdir(parents=True, exist_ok=True)
    written: list[WrittenFile] = []

    def write(path: Path, action: Callable[[Path], int]) -> None:
        name = path.relative_to(country).as_posix()
        on_step(name)
        count = action(path)
        written.append(WrittenFile(name, path.stat().st_size, count))

    bangladesh = read_bangladesh()
    countries, world = read_world(bangladesh.country)
    places = gazetteer_rows(country, bangladesh, countries, world)
    lakes = {f"lake-{number}": lake for number, lake in enumerate(visible_lakes(), 1)}
    lines = {f"{pair}-{kind}": (kind, line) for pair, kind, line in borders(world)}
    areas = {name: _area_features(bangladesh.shapes[level]) for level, name in _LAYERS.items()}
    around = {"countries": _area_features(world), "borders": _border_features(lines)}
    region = {"region": _region_features(world, lakes, lines)}
    for name, features in (areas | around).items():
        write(layers / f"{name}.geojson", partial(write_layer, features=features))
    for family in (areas, around, region):
        box = REGION if family is region else None
        for name, layer in shared(family).items():
            write(layers / f"{name}.arcs.json", partial(write_arcs, layer=layer, box=box))
    points = label_features(places, countries)
    for name, features in (("lakes", _lake_features(lakes)), ("labels", points)):
        write_one = partial(write_layer, features=features, for_browsers=True)
        write(layers / f"{name}.geojson", write_one)
    for name, columns, rows in (
        ("gazetteer", gazetteer.COLUMNS, (place.cells() for place in places)),
        ("place_aliases", aliases.COLUMNS, aliases.alias_rows(country, places, countries)),
    ):
        write(country / f"{name}.csv", partial(write_table, columns=columns, rows=rows))
    return GeographyReport(tuple(written))


def _area_features(shapes: Mapping[str, Any]) -> list[Feature]:
    """Features of areas, from their shapes by code."""
    return [(code, {"code": code}, shape) for code, shape in shapes.items()]


def _lake_features(lakes: Mapping[str, Any]) -> list[Feature]:
    return [(code, {}, lake) for code, lake in lakes.items()]


def _border_features(lines: Mapping[str, tuple[str, Any]]) -> list[Feature]:
    return [(code, _border(kind), line) for code, (kind, line) in lines.items()]


def _border(kind: str) -> dict[str, Any]:
    """What a border says of itself; ``kind`` is agreed or disputed."""
    return {"kind": kind, "disputed": kind == "disputed"}


def _region_features(
    world: Mapping[str, Any], lakes: Mapping[str, Any], lines: Mapping[str, tuple[str, Any]]
) -> list[Feature]:
    """The three layers of the world, near Bangladesh alone and in one file.

    Bangladesh itself is left out: maps draw it from its divisions.
    """
    features = [
        *((code, {"layer": "countries"}, s) for code, s in world.items() if code != "BD"),
        *((code, {"layer": "lakes"}, lake) for code, lake in lakes.items()),
        *((code, {"layer": "borders", **_border(k)}, line) for code, (k, line) in lines.items()),
    ]
    properties = {code: own for code, own, _ in features}
    near = in_region((code, shape) for code, _, shape in features)
    return [(code, properties[code], shape) for code, shape in near]
