"""The columns of a declaration: what may stand in a column's table, and what goes together."""

from __future__ import annotations

from types import MappingProxyType
from typing import cast, get_args

from dashboard.model.codes import AGE_BAND, PLACE_ROLE
from dashboard.model.country import FIRST, REGION, SECOND, SITE, THIRD
from dashboard.model.fields import Kind
from dashboard.model.normalise import casefold, normalise
from dashboard.model.screen import is_personal_header
from etl.declaration.source import (
    AS_MISSING,
    ROW_NUMBER,
    Column,
    How,
    PointFormat,
    RowIs,
    Target,
    Use,
)
from etl.declaration.toml_table import Faults, TomlTable, register_target

_LEVELS = ("country", FIRST, SECOND, THIRD, SITE, REGION, "anchor", "sea_area")
#: Which kinds of field each way of deriving can fill.
_FILLS: dict[str, tuple[Kind, ...]] = {
    "month": (Kind.MONTH,),
    "age_band": (Kind.CODE,),
    "birth_date": (Kind.CODE,),
    "place": (Kind.PLACE,),
    "point": (Kind.PLACE,),
    "days_between": (Kind.DAYS,),
}
#: Ways of deriving that give age band and child or adult.
AGES = ("age_band", "birth_date")
#: Kinds of field whose values are written as numbers.
_NUMBERS = (Kind.COUNT, Kind.DAYS, Kind.GRADE)
_TAKEN = (Kind.CODE, Kind.CODES, Kind.NAME, Kind.COUNT, Kind.DAYS, Kind.GRADE, Kind.FLAG)


def read_columns(table: TomlTable, row: RowIs, faults: Faults) -> tuple[Column, ...]:
    """Every use of every declared column, in the order of the declaration; faults are noted."""
    columns: list[Column] = []
    headers = [normalise(header) for header in table.entries]
    if len(set(headers)) != len(headers):
        faults.messages.append(str(table.error("", "two headers are the same after normalising")))
    for header, name in zip(tuple(table.entries), headers, strict=True):
        uses = faults.attempt(lambda header=header, name=name: _uses(table, header, name, row))
        columns += uses or ()
    return tuple(columns)


def _uses(toml_table: TomlTable, header: str, name: str, row: RowIs) -> list[Column]:
    """The uses of one column, by its header as written and normalised; several are a list."""
    if name == ROW_NUMBER:
        raise toml_table.error(header, "stands for the number of a row in a key and is no column")
    tables = toml_table.tables(header)
    uses = [_column(table, name, row) for table in tables]
    exclusive = [column.use for column in uses if column.use in ("key", "drop")]
    if "drop" in exclusive and len(uses) > 1 or len(exclusive) != len(set(exclusive)):
        raise toml_table.error(
            header, "a column is a key once, and one that is dropped has no other use"
        )
    return uses


def _column(table: TomlTable, header: str, row: RowIs) -> Column:
    """One use of a column, of which every key was asked for."""
    use = cast("Use", table.choice("use", get_args(Use)))
    if use in ("key", "drop"):
        column = Column(header, use)
    elif use == "take":
        column = _taken_column(table, header, row)
    else:
        column = _derived_column(table, header, row)
    table.finish()
    return column


def _column_target(table: TomlTable, row: RowIs, name: str) -> Target:
    """The register field that a column fills, with the role or leg that it declares."""
    role, leg = table.optional("role"), None
    if name.startswith("movement."):
        if "leg" not in table.entries:
            raise table.error("leg", "is missing")
        leg = table.number("leg", 1)
    if (role is not None) != name.startswith("incident_place."):
        raise table.error("role", "belongs to incident_place.place, which needs it")
    if role is not None and role not in PLACE_ROLE:
        raise table.error("role", f"must be one of {', '.join(PLACE_ROLE.values)}")
    return register_target(table, "field", name, row, role=role, leg=leg)


def _taken_column(table: TomlTable, header: str, row: RowIs) -> Column:
    """A column whose values are kept, as codes, numbers or flags."""
    target = _column_target(table, row, table.text("field"))
    kind = target.field.kind
    if kind not in _TAKEN:
        raise table.error("use", f"{target.name} must be derived")
    if is_personal_header(header):
        raise table.error("use", "a header that speaks of a personal detail cannot be taken")
    if kind is Kind.NAME and "values" not in table.entries:
        raise table.error("values", f"is missing: {target.name} keeps only values listed here")
    if "split" in table.entries and kind is not Kind.CODES:
        raise table.error("split", f"{target.name} holds one value")
    summed = table.chosen("how", ("sum",)) is not None
    if summed and kind is not Kind.COUNT:
        raise table.error("how", f"only counts can be added up, and {target.name} is none")
    if summed and "rank" in table.entries:
        raise table.error("rank", "does not go with how = sum, which takes all columns")
    return Column(
        header,
        "take",
        summed=summed,
        target=target,
        rank=table.number("rank", 1),
        values=_values(table, target),
        missing=_missing_texts(table),
        split=table.optional("split"),
        around=_around(table, allowed=kind in _NUMBERS),
        others=_others(table, target),
    )


def _around(table: TomlTable, *, allowed: bool) -> tuple[str, ...]:
    """Texts beside a number, the longest first, so that none hides a part of another."""
    texts = [casefold(text) for text in table.texts("around")]
    if texts and not allowed:
        raise table.error("around", "belongs to numbers and ages")
    if any(not text or any(map(str.isdigit, text)) for text in texts):
        raise table.error("around", "may hold no number and no empty text")
    return tuple(sorted(texts, key=len, reverse=True))


def _others(table: TomlTable, target: Target) -> str | None:
    """What values become that are not listed; None where they refuse their row."""
    text, codes = table.optional("others"), target.field.codes
    if text not in (None, AS_MISSING) and (codes is None or text not in codes):
        raise table.error("others", f"must be {AS_MISSING} or a code of the field")
    return text


def _values(table: TomlTable, target: Target) -> MappingProxyType[str, str] | None:
    """Code of each casefolded value; a list names values that are codes; None without the key."""
    if "values" not in table.entries:
        return None
    listed = table.entries["values"]
    if isinstance(listed, list):
        pairs = {value: value for value in table.texts("values")}
    else:
        pairs = {key: str(value) for key, value in table.table("values").entries.items()}
    translated: dict[str, str] = {}
    for text, code in pairs.items():
        if casefold(text) in translated:
            raise table.error("values", f"{text} stands twice")
        if target.field.kind is Kind.FLAG:
            code = {"true": "true", "yes": "true", "false": "false", "no": "false"}.get(
                code.lower(), code
            )
            if code not in ("true", "false"):
                raise table.error("values", f"{text} must be true or false")
        codes = target.field.codes
        if codes is not None and code not in codes:
            raise table.no_code("values", code, codes)
        translated[casefold(text)] = code
    return MappingProxyType(translated)


def _missing_texts(table: TomlTable) -> frozenset[str]:
    """Casefolded texts that stand for a value that is not known."""
    return frozenset(casefold(text) for text in table.texts("missing"))


def _derived_column(table: TomlTable, header: str, row: RowIs) -> Column:
    """A column of which only what follows from its values is kept."""
    how = cast("How", table.choice("how", get_args(How)))
    target = None
    if how != "part":
        default = "person.age_band" if how in AGES else None
        target = _column_target(table, row, table.text("field", default))
        if target.field.kind not in _FILLS[how]:
            raise table.error("how", f"{how} cannot fill {target.name}")
        if how in AGES and target.name != "person.age_band":
            raise table.error("field", f"{how} fills person.age_band")
    formats = table.texts("format")
    if how in ("month", "days_between", "birth_date") and not formats:
        raise table.error("format", "is missing")
    if how != "point" and (plain := next((text for text in formats if "%" not in text), None)):
        raise table.error(
            "format", f"{plain} has no mark of a day, month or year, such as %d/%m/%Y"
        )
    if how == "point" and (len(formats) != 1 or formats[0] not in get_args(PointFormat)):
        raise table.error("format", f"must be one of {', '.join(get_args(PointFormat))}")
    if how in ("age_band", "place") and formats:
        raise table.error("format", f"does not belong to {how}")
    levels = table.texts("levels")
    if levels and (how != "place" or not set(levels) <= set(_LEVELS)):
        raise table.error("levels", f"belongs to place and may hold {', '.join(_LEVELS)}")
    column = Column(
        header,
        "derive",
        how=how,
        target=target,
        rank=table.number("rank", 1),
        formats=formats,
        missing=_missing_texts(table),
        within=_header(table, "within"),
        joined=_header(table, "with"),
        since=_header(table, "since"),
        levels=levels,
        on=_header(table, "on"),
        around=_around(table, allowed=how == "age_band"),
        values=_derived_values(table, how),
        others=_others(table, target) if how in ("place", "age_band") and target else None,
    )
    _check_references(table, column)
    return column


def _derived_values(table: TomlTable, how: How) -> MappingProxyType[str, str] | None:
    """What texts of an age or a place stand for: years or a band, a code of the gazetteer."""
    if "values" not in table.entries:
        return None
    if how not in ("age_band", "place"):
        raise table.error("values", f"does not belong to {how}")
    pairs = {casefold(key): str(value) for key, value in table.table("values").entries.items()}
    if how == "age_band":
        for text, years in pairs.items():
            if not (years.isascii() and years.isdigit()) and years not in AGE_BAND:
                raise table.error("values", f"{text} must be whole years or an age band")
    return MappingProxyType(pairs)


def _header(table: TomlTable, key: str) -> str | None:
    """The header that a key names, normalised; None when the key is absent."""
    text = table.optional(key)
    return None if text is None else normalise(text)


def _check_references(table: TomlTable, column: Column) -> None:
    """Refuse headers of other columns that do not belong to how this one is derived."""
    if column.within is not None and column.how not in ("place", "part"):
        raise table.error("within", "belongs to a place")
    if (column.on is not None) != (column.how == "birth_date"):
        raise table.error("on", "belongs to birth_date, which needs it")
    if (column.since is not None) != (column.how == "days_between"):
        raise table.error("since", "belongs to days_between, which needs it")
    if column.joined is not None and column.how not in ("month", "point", "part"):
        raise table.error("with", "belongs to a month, a point or a part")
