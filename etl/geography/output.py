"""Writing layers and tables: the same bytes for the same content.

Only formats belong here. What the layers and tables say does not.
"""

# The types of shapely, geopandas and brotli leave arguments unknown or are missing.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import brotli
import shapely

Feature = tuple[str, dict[str, Any], Any]


def write_layer(
    path: Path, features: Iterable[Feature], *, box: Sequence[float] | None = None
) -> int:
    """Write features (id, properties, shape) as GeoJSON, one a line; returns their number.

    box: West, south, east and north of what the layer is about, where it was cut from a larger one.
    Beside it lies the same text compressed as well as can be, which takes too long to be done when
    a browser asks.
    """
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "id": code,
                "properties": properties,
                "geometry": json.loads(shapely.to_geojson(shape)),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for code, properties, shape in features
    ]
    bbox = "" if box is None else f'"bbox":{json.dumps(box, separators=(",", ":"))},'
    text = f'{{"type":"FeatureCollection",{bbox}"features":[\n' + ",\n".join(lines) + "\n]}\n"
    content = text.encode("utf-8")
    path.write_bytes(content)
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content, quality=11))
    return len(lines)


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
