"""Points: read as declared and consumed at once; only the place that holds them is kept."""

from __future__ import annotations

import re

from dashboard.model.normalise import casefold
from etl.declaration.source import Column
from etl.harmonise.cells import CellResult
from etl.read import Cell

_NUMBER = r"([-+]?\d{1,3}(?:\.\d+)?)"
_WKT = re.compile(rf"point\s?\(\s?{_NUMBER}\s{_NUMBER}\s?\)")
_PAIR = re.compile(rf"{_NUMBER}\s?[,;\s]\s?{_NUMBER}(?:[,;\s].*)?")


def point(column: Column, cell: tuple[Cell, ...]) -> CellResult[tuple[float, float]]:
    """Longitude and latitude, in degrees, of a cell and that of the column joined to it."""
    text = casefold(" ".join(str(part) for part in cell if part != ""))
    if not text or text in column.missing:
        return CellResult()
    form = column.formats[0]
    match = _WKT.fullmatch(text) if form == "wkt" else _PAIR.fullmatch(text.strip("()[] "))
    if match is None:
        return CellResult(rule="bad_point")
    lon, lat = float(match[1]), float(match[2])
    if form == "lat_lon":
        lon, lat = lat, lon
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return CellResult(rule="bad_point")
    return CellResult((lon, lat))
