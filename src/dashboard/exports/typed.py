"""Typed: tables as data with a Table Schema, from which programs make columns of the right types.

Rows and columns of an exhibit are those of the tidy CSV; here each column gets its type. What a
notebook makes of them, from a file or from a server, stands in ``analyst.frames``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.exhibits.exhibit import Cell, Column
from dashboard.exports.about import texts_about
from dashboard.exports.map_layer import schema_of
from dashboard.exports.source import Source
from dashboard.exports.text import text_of
from dashboard.exports.tidy import named_months, subjects, tidy_table
from dashboard.model import codes, hxl
from dashboard.model.codes import CodeList

#: A field of a Table Schema (Frictionless): its name and type; ``categories`` of codes; and
#: ``freq`` of a period, its length as pandas says it.
Field = dict[str, Any]
#: A Tabular Data Resource: ``schema``, ``data`` with a header, and texts ``about`` it.
Resource = dict[str, Any]

_DAYS = ("period_start", "period_end")
#: Columns of a few texts that come again and again.
_REPEATED = ("exhibit", "release_id", "measure", "measure_label", "unit")
#: Columns that hold a period, and its length.
_PERIODS = {"month": "M", "quarter": "Q"}
#: Lists whose codes stand from less to more, so that comparing them means something.
_RISING = (codes.AGE_BAND,)


def resource(
    name: str, fields: Sequence[Field], rows: Iterable[Sequence[object]], about: Mapping[str, Any]
) -> Resource:
    """A table with its schema.

    Args:
        name: What it is called.
        fields: Its columns.
        rows: Its cells: texts, numbers, or None for what may not be shown.
        about: What a reader must know of it.
    """
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "schema": {"fields": [*fields]},
        "data": [[field["name"] for field in fields], *(list(row) for row in rows)],
        "about": dict(about),
    }


def typed_exhibit(source: Source) -> dict[str, Any]:
    """What a notebook shows of an exhibit: its words, its typed table, and its shapes.

    ``measures`` are the columns of numbers of its own table; each cell of them is a row of the
    typed one. ``properties`` are those of the features of a map with their types; None if no map.
    """
    exhibit = source.exhibit
    page = exhibit.table.on_page
    return {
        "id": exhibit.id,
        "title": exhibit.title,
        "subtitle": exhibit.subtitle,
        "notes": list(exhibit.notes),
        "source": f"{exhibit.source} · {exhibit.release.release_id} · {exhibit.release.label}",
        "why_empty": exhibit.offer.reason if exhibit.offer else "",
        "address": source.address,
        "text": text_of(source),
        "on_page": {
            "header": [column.heading for column in page.columns],
            "rows": [list(row) for row in page.rows],
        },
        "table": _table(source),
        "measures": [column.code for column in exhibit.table.columns if column.is_value],
        "properties": schema_of(source),
    }


def about(source: Source) -> dict[str, Any]:
    """The texts beside the numbers of a frame, by kind; for notes a list of texts.

    ``exhibit``, ``release``, ``title``, ``filters``, ``unit`` (what a number counts),
    ``protection``, ``notes``, ``boundaries`` (maps), ``description``, ``source``, ``handling`` and
    ``view`` (where the same numbers are shown).
    """
    lists = texts_about(source.exhibit, source.address, source.lang)
    texts = {kind: first for kind, (first, *_) in lists.items() if kind not in ("note", "release")}
    return {
        "exhibit": source.exhibit.id,
        "release": source.exhibit.release.release_id,
        **texts,
        "notes": lists.get("note", []),
    }


def code_field(name: str, cells: Iterable[object], code_list: CodeList | None) -> Field:
    """A field of codes: those of their list in its order, and others in the order they come.

    Args:
        name: The field.
        cells: Its cells.
        code_list: Their list; None of places and names.
    """
    listed = [*code_list.values] if code_list else []
    unlisted = [code for code in dict.fromkeys(cells) if code is not None and code not in listed]
    is_rising = code_list in _RISING and not unlisted
    return _categories(name, [*listed, *unlisted], is_rising=is_rising)


def name_field(name: str, cells: Iterable[object], keys: Iterable[object], coded: Field) -> Field:
    """A field of names, as categories in the order of the codes that ``keys`` has beside them."""
    order = {code: index for index, code in enumerate(coded["categories"])}
    pairs = sorted(zip(keys, cells, strict=True), key=lambda pair: order.get(pair[0], len(order)))
    names = [*dict.fromkeys(name for _, name in pairs if name is not None)]
    return _categories(name, names, is_rising=coded["categoriesOrdered"])


def content_field(name: str, cells: Iterable[object]) -> Field:
    """A field whose type follows from its cells."""
    return {"name": name, "type": type_of([cell for cell in cells if cell is not None])}


def type_of(cells: Sequence[object]) -> str:
    """The type of cells that are not empty: whole numbers, numbers or texts."""
    if any(isinstance(cell, str) for cell in cells):
        return "string"
    return "integer" if all(isinstance(cell, int) for cell in cells) else "number"


def period_field(name: str, freq: str) -> Field:
    """A field of periods of one length: "M", "Q" or "Y"."""
    return {"name": name, "type": "string", "freq": freq}


def _categories(name: str, values: Sequence[object], *, is_rising: bool = False) -> Field:
    """A field of texts that come again and again; rising ones can be compared."""
    return {
        "name": name,
        "type": "string",
        "categories": [*values],
        "categoriesOrdered": is_rising,
    }


def _table(source: Source) -> Resource:
    """The tidy table with the type of each column; names are in the order of their codes."""
    tidy = tidy_table(source.exhibit, source.period, source.lang)
    cells_of = {name: [row[at] for row in tidy.rows] for at, name in enumerate(tidy.header)}
    columns = source.exhibit.table.columns
    fields = {name: _shared_field(name, cells) for name, cells in cells_of.items()}
    for column in subjects(columns):
        fields[column.code] = _subject_field(column, cells_of[column.code], source)
    for code, name in _codes_and_names(columns):
        if "categories" in fields.get(code, {}):
            fields[name] = name_field(name, cells_of[name], cells_of[code], fields[code])
    return resource(source.exhibit.id, [*fields.values()], tidy.rows, about(source))


def _shared_field(name: str, cells: Sequence[Cell]) -> Field:
    """A column that every tidy table has."""
    if name in _DAYS:
        return {"name": name, "type": "date"}
    return code_field(name, cells, None) if name in _REPEATED else content_field(name, cells)


def _subject_field(column: Column, cells: Sequence[Cell], source: Source) -> Field:
    """A column that says what a row is about."""
    if column.code in _PERIODS and all(map(named_months, cells)):
        return period_field(column.code, _PERIODS[column.code])
    listed = _code_list_of(column, cells, source)
    return code_field(column.code, cells, listed) if listed else content_field(column.code, cells)


def _code_list_of(column: Column, cells: Sequence[Cell], source: Source) -> CodeList | None:
    """The code list of a column: of those with its hashtag, the one with most of its codes."""
    lists = [
        field.codes
        for fact in source.facts
        for field in fact.dimensions
        if field.codes is not None and hxl.code_of(field.name) == column.hxl
    ]
    hits = {code_list.id: len({*cells}.intersection(code_list.values)) for code_list in lists}
    best = max(lists, key=lambda code_list: hits[code_list.id], default=None)
    return best if best is not None and hits[best.id] else None


def _codes_and_names(columns: Sequence[Column]) -> list[tuple[str, str]]:
    """Columns of codes, each with the column of their names, which follows it."""
    tags = [column.hxl.partition("+name")[0] for column in columns]
    return [
        (code.code, name.code)
        for code, name, tag in zip(columns, columns[1:], tags[1:], strict=False)
        if tag and code.hxl == f"{tag}+code"
    ]
