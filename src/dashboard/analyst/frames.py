"""Frames: an exhibit's numbers as a typed DataFrame, and a map's as a GeoDataFrame.

The rectangle is that of the tidy CSV; only the types are added here. What a row holds is decided
in ``exports.tidy`` and ``exports.map_layer``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from dashboard.exhibits.exhibit import Cell, Column
from dashboard.exhibits.registry import definitions
from dashboard.exports.about import texts_about
from dashboard.exports.geopackage import geo_frame
from dashboard.exports.map_layer import map_layer
from dashboard.exports.source import Source
from dashboard.exports.tidy import subjects, tidy_table
from dashboard.model import codes, hxl
from dashboard.model.codes import CodeList

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

#: Columns of days, and those of a few texts that come again and again.
_DAYS = ("period_start", "period_end")
_REPEATED = ("exhibit", "release_id", "measure", "measure_label", "unit")
#: Columns that hold a period, and its length in the words of pandas.
_PERIODS = {"month": "M", "quarter": "Q"}
#: Lists whose codes stand from less to more, so that comparing them means something.
_RISING = (codes.AGE_BAND,)


def frame_of(source: Source) -> pd.DataFrame:
    """The tidy table with types, one value a row; ``attrs`` say what must be said of it.

    Columns and types:
        ``exhibit``, ``release_id``, ``measure``, ``measure_label``, ``unit``: categories, in the
            order of the table.
        ``period_start``, ``period_end``: days, both included (datetime64); NaT where nothing is
            counted.
        ``month``, ``quarter``: periods of that length.
        Codes: categories in the order of their code list; ordered where they rise (age bands).
        Names beside codes: categories in the same order.
        ``value``: Int64 where all are whole numbers, float64 where not, text where any is a text
            such as a band; missing where a number may not be said.
        Other columns: Int64, float64 or text by what they hold.
    """
    tidy = tidy_table(source.exhibit, source.period, source.lang)
    columns = [
        pd.Series([row[i] for row in tidy.rows], dtype=object) for i in range(len(tidy.header))
    ]
    by_name = dict(zip(tidy.header, columns, strict=True))
    own = {column.code: column for column in subjects(source.exhibit.table.columns)}
    typed = {
        name: _own(series, own[name], source) if name in own else _shared(name, series)
        for name, series in by_name.items()
    }
    for code, name in _named(source.exhibit.table.columns):
        if code in typed and isinstance(typed[code].dtype, pd.CategoricalDtype):
            typed[name] = _in_order_of(typed[code], by_name[name])
    frame = pd.DataFrame(typed)
    frame.attrs.update(attrs_of(source))
    return frame


def geo_frame_of(source: Source) -> GeoDataFrame:
    """A map's areas, points or flows with their numbers, in degrees of longitude and latitude.

    The coordinate system is EPSG:4326.

    The index holds P-codes; that of flows has two levels, ``from_code`` and ``to_code``. Columns
    are the properties of ``exports.map_layer``, with days as datetime64. What has no place on the
    ground is no row: the notes say how much it is.

    Raises:
        ValueError: If the exhibit is no map.
    """
    if source.geometry is None:
        maps = ", ".join(entry.id for entry in definitions() if entry.geometry)
        raise ValueError(
            f"{source.exhibit.id} is no map, so its rows have no shapes: frame() holds them. "
            f"Maps are {maps}."
        )
    frame = geo_frame(map_layer(source))
    for name in _DAYS:
        frame[name] = _days(pd.Series(frame[name]))
    keys = [name for name in ("code", "from_code", "to_code") if name in frame.columns]
    if keys:  # none where there is nothing to draw
        frame = cast("GeoDataFrame", frame.set_index(keys))
    frame.attrs.update(attrs_of(source))
    return frame


def attrs_of(source: Source) -> dict[str, Any]:
    """What a frame says beside its numbers, by kind; texts, and lists of texts for notes.

    ``exhibit``, ``release``, ``title``, ``filters``, ``unit`` (what a number counts),
    ``protection``, ``notes``, ``boundaries`` (maps), ``description``, ``source``, ``handling`` and
    ``view`` (where the same numbers are shown).
    """
    said = texts_about(source.exhibit, source.address, source.lang)
    stamp = source.exhibit.release
    texts = {key: held[0] for key, held in said.items() if key not in ("note", "release")}
    return {
        "exhibit": source.exhibit.id,
        "release": stamp.release_id,
        **texts,
        "notes": said.get("note", []),
    }


def _shared(name: str, series: pd.Series) -> pd.Series:
    """A column that every tidy table has."""
    if name in _DAYS:
        return _days(series)
    if name in _REPEATED:
        return series.astype(pd.CategoricalDtype(series.dropna().unique()))
    return _by_content(series)


def _days(series: pd.Series) -> pd.Series:
    return pd.to_datetime(series.replace("", None)).astype("datetime64[us]")


def _own(series: pd.Series, column: Column, source: Source) -> pd.Series:
    """A column that says what a row is about."""
    if column.code in _PERIODS:
        freq = _PERIODS[column.code]
        return pd.Series(pd.PeriodIndex([pd.Period(text, freq) for text in series], freq=freq))
    code_list = _list_of(column, series, source)
    if code_list is None:
        return _by_content(series)
    listed = [entry.code for entry in code_list]
    more = [code for code in series.unique() if code not in listed]
    rising = code_list in _RISING and not more
    return series.astype(pd.CategoricalDtype([*listed, *more], ordered=rising))


def _by_content(series: pd.Series) -> pd.Series:
    """Whole numbers, numbers or texts, by what is there."""
    held: list[Cell] = [cell for cell in series if cell is not None]
    if any(isinstance(cell, str) for cell in held):
        return series.astype("str")
    whole = all(isinstance(cell, int) for cell in held)
    return series.astype("Int64" if whole else "float64")


def _list_of(column: Column, series: pd.Series, source: Source) -> CodeList | None:
    """The code list of a column: of those with its hashtag the one that knows most of its codes."""
    lists = [
        field.codes
        for fact in source.facts
        for field in fact.dimensions
        if field.codes is not None and hxl.code_of(field.name) == column.hxl
    ]
    held = set(series)
    known = {code_list.id: len(held.intersection(code_list.values)) for code_list in lists}
    best = max(lists, key=lambda code_list: known[code_list.id], default=None)
    return best if best is not None and known[best.id] else None


def _named(columns: Sequence[Column]) -> list[tuple[str, str]]:
    """Columns of codes, each with the column of their names behind it."""
    tags = [column.hxl.partition("+name")[0] for column in columns]
    return [
        (code.code, name.code)
        for code, name, tag in zip(columns, columns[1:], tags[1:], strict=False)
        if tag and code.hxl == f"{tag}+code"
    ]


def _in_order_of(code: pd.Series, name: pd.Series) -> pd.Series:
    """Names as categories in the order of their codes."""
    first = pd.DataFrame({"code": code, "name": name}).sort_values("code", kind="stable")
    ordered = bool(code.cat.ordered)
    return name.astype(pd.CategoricalDtype(first["name"].dropna().unique(), ordered=ordered))
