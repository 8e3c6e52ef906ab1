"""An exhibit's table as a Data Package (version 2): a ZIP of plain CSV and its description.

Nothing stands around the table: title, notes, handling and source travel in ``datapackage.json``,
with the name, type and unit of each column (Table Schema). The same exhibit gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exports.about import texts_about
from dashboard.exports.csv import rows_as_csv
from dashboard.exports.source import Source
from dashboard.exports.times import time_of
from dashboard.exports.typed import type_of
from dashboard.model import hxl
from dashboard.model.protection import is_protected

CONTENT_TYPE = "application/zip"
_PROFILES = "https://datapackage.org/profiles/2.0"
#: Names of its types for months and days as they are written here.
_TIMES = {"month": "yearmonth", "day": "date"}


def as_data_package(source: Source) -> bytes:
    """The ZIP: ``datapackage.json`` and the table, named after the exhibit."""
    table = _table(source.exhibit)
    codes = [column.code for column in table.columns]
    content = rows_as_csv([codes, *table.rows]).encode("utf-8")
    name = f"{source.exhibit.id}.csv"
    package = _description(source, name, table, content)
    description = json.dumps(package, ensure_ascii=False, indent=2).encode("utf-8")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, part in (("datapackage.json", description), (name, content)):
            member = zipfile.ZipInfo(path)  # of 1980, whenever it is made
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, part)
    return stream.getvalue()


def _table(exhibit: Exhibit) -> Table:
    """The exhibit's table; without one, a row with the reason, since a package is never empty."""
    if exhibit.table.columns:
        return exhibit.table
    return Table((Column("reason", ""),), ((exhibit.title,),))


def _description(source: Source, path: str, table: Table, content: bytes) -> dict[str, Any]:
    """What ``datapackage.json`` says: the package, and the table as its one resource."""
    exhibit, texts = source.exhibit, texts_about(source.exhibit, source.address, source.lang)
    resource = {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": exhibit.id,
        "path": path,
        "type": "table",
        "title": exhibit.subtitle,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": [_field(table, at) for at in range(len(table.columns))],
            "missingValues": [""],
        },
    }
    period = source.period
    months = {"start": str(period.start), "end": str(period.end)} if period else None
    package = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": exhibit.id,
        "title": exhibit.title,
        "description": exhibit.description,
        "version": exhibit.release.release_id,
        "created": f"{source.release.edition.built_at:%Y-%m-%dT%H:%M:%SZ}",
        "sources": [{"title": text} for text in texts.get("source", ())],
        "handling": exhibit.release.label,
        "period": months,
        "about": texts,
        "resources": [resource],
    }
    return {name: value for name, value in package.items() if value}


def _field(table: Table, index: int) -> dict[str, Any]:
    """A column by its index as a field of Table Schema, with unit, months, base and hashtag."""
    column = table.columns[index]
    cells = [row[index] for row in table.rows if row[index] not in (None, "")]
    by_content = type_of(cells) if cells else "number" if column.is_value else "string"
    time = time_of(cells)
    tag = "" if column.is_value else column.hxl or hxl.hashtag(column.code)
    field = {
        "name": column.code,
        "type": _TIMES[time] if time else by_content,
        "title": column.label,
        "unit": column.unit,
        "period": column.period,
        "protectionBase": column.base if is_protected(column.base) else 0,
        "hxl": tag,
    }
    return {name: value for name, value in field.items() if value}
