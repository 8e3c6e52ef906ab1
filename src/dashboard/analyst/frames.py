"""Frames: a table with its schema as a typed DataFrame, and a map's features as a GeoDataFrame.

``exports.typed`` describes each column; here the description becomes a type of pandas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from dashboard.exports.geo_frame import geo_frame

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_DAYS = ("period_start", "period_end")
_OF_NUMBERS = ("exhibit", "release_id", "measure", "measure_label", "value", "unit", "words")
_KEYS = ("code", "from_code", "to_code")
_TYPES = {"integer": "Int64", "number": "float64", "boolean": "bool", "string": "str"}


def frame_of(table: Mapping[str, Any]) -> pd.DataFrame:
    """A table with types; ``attrs`` hold the texts about it.

    Codes and names beside them are categories in the order of the code list, ordered where they
    rise (age bands); days are datetime64, with NaT where nothing is counted; months, quarters and
    years are periods; whole numbers are Int64, numbers float64, and texts are texts.
    """
    fields = table["schema"]["fields"]
    names, *rows = table["data"]
    frame = pd.DataFrame(
        {
            name: _typed([row[at] for row in rows], field)
            for at, (name, field) in enumerate(zip(names, fields, strict=True))
        }
    )
    frame.attrs.update(table["about"])
    return frame


def wide_of(table: Mapping[str, Any], measures: Sequence[str]) -> pd.DataFrame:
    """A tidy table turned back into the exhibit's own table, with its numbers beside each other.

    A number has the type of its own column; the months of a row are those of its first number.

    Args:
        table: The tidy table.
        measures: The columns of numbers of the exhibit's table, in their order; may be empty.
    """
    tall = frame_of(table)
    if not measures:
        return tall
    header, *rows = table["data"]
    value_index = header.index("value")
    # The tidy table has a row for each number: one row of the exhibit's became so many.
    wide = tall.iloc[:: len(measures)].drop(columns=[*_OF_NUMBERS]).reset_index(drop=True)
    for offset, name in enumerate(measures):
        wide[name] = _measure([row[value_index] for row in rows[offset :: len(measures)]])
    wide.attrs.update(table["about"])
    return wide


def geo_frame_of(content: Mapping[str, Any], layer: Mapping[str, Any]) -> GeoDataFrame:
    """A map's areas, points or flows with their numbers, in EPSG:4326.

    The index holds P-codes; that of flows has two levels, ``from_code`` and ``to_code``. Columns
    are the properties of the features, with days as datetime64. Events without a place on the
    ground have no row: the notes say how many they are.
    """
    frame = geo_frame(layer["features"], content["properties"])
    for name in _DAYS:
        frame[name] = _days(pd.Series(frame[name]))
    keys = [name for name in _KEYS if name in frame.columns]
    if keys:  # none where there is nothing to draw
        frame = cast("GeoDataFrame", frame.set_index(keys))
    frame.attrs.update(content["table"]["about"])
    return frame


def _typed(cells: Sequence[Any], field: Mapping[str, Any]) -> pd.Series:
    """A column of the type that its field describes."""
    if "freq" in field:
        freq = field["freq"]
        periods = [pd.Period(text, freq) if text else pd.NaT for text in cells]
        return pd.Series(pd.PeriodIndex(periods, freq=freq))
    series = pd.Series(cells, dtype=object)
    if "categories" in field:
        kind = pd.CategoricalDtype(field["categories"], ordered=field["categoriesOrdered"])
        return series.astype(kind)
    return _days(series) if field["type"] == "date" else series.astype(_TYPES[field["type"]])


def _measure(cells: Sequence[Any]) -> pd.Series:
    """A column of whole numbers, numbers or texts, by its cells."""
    kinds = {type(cell) for cell in cells if cell is not None}
    kind = "string" if str in kinds else "number" if float in kinds else "integer"
    return pd.Series(cells, dtype=object).astype(_TYPES[kind])


def _days(series: pd.Series) -> pd.Series:
    """A column of days as datetime64; '' becomes NaT."""
    return pd.to_datetime(series.replace("", None)).astype("datetime64[us]")
