"""Writing layers and tables: the same bytes for the same content.

Only formats belong here. What the layers and tables say does not.
"""

# The types of shapely, geopandas and brotli leave arguments unknown or are missing.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import brotli
import shapely

Feature = tuple[str, dict[str, Any], Any]


def write_layer(path: Path, features: Iterable[Feature], *, for_browsers: bool = False) -> int:
    """Write features as GeoJSON, one a line; returns their number.

    Args:
        path: Where to.
        features: Id, properties and shape of each.
        for_browsers: Whether pages ask for it, so that the same lies compressed beside it.
    """
    lines = [
        _compact(
            {
                "type": "Feature",
                "id": code,
                "properties": properties,
                "geometry": json.loads(shapely.to_geojson(shape)),
            }
        )
        for code, properties, shape in features
    ]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    content = text.encode("utf-8")
    path.write_bytes(content)
    if for_browsers:
        _compress(path, content)
    return len(lines)


def write_arcs(path: Path, layer: Mapping[str, Any], *, box: Sequence[float] | None = None) -> int:
    """Write a layer, a feature a line, and the same compressed; returns the number of features.

    Args:
        path: Where to.
        layer: One of ``arcs.shared``.
        box: West, south, east and north of what it is about, where it was cut from a larger one.
    """
    *head, (_, features) = layer.items()
    top = dict(head) if box is None else {"bbox": list(box), **dict(head)}
    parts = [f"{json.dumps(name)}:{_compact(value)}" for name, value in top.items()]
    rows = ",\n".join(_compact(feature) for feature in features)
    content = f'{{{",".join(parts)},"features":[\n{rows}\n]}}\n'.encode()
    path.write_bytes(content)
    _compress(path, content)
    return len(features)


def _compact(value: object) -> str:
    """A value as JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _compress(path: Path, content: bytes) -> None:
    """Put the same beside it compressed as well as can be, too slow for when a browser asks."""
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content, quality=11))


def read_table(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file by column name.

    Raises:
        OSError: If the file cannot be read.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a CSV file with a header; returns the number of rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        count = 0
        for count, row in enumerate(rows, 1):  # noqa: B007
            writer.writerow(row)
    return count
