"""The columns of a declaration: what may stand in a column's table, and what goes together."""

from __future__ import annotations

from types import MappingProxyType
from typing import cast, get_args

from dashboard.model.codes import PLACE_ROLE
from dashboard.model.fields import Kind
from dashboard.model.normalise import casefold, normalise
from dashboard.model.screen import is_personal_header
from etl.declaration.source import Column, How, PointFormat, RowIs, Target, Use
from etl.declaration.toml_table import TomlTable, register_target

_LEVELS = (
    "country",
    "division",
    "district",
    "upazila",
    "camp",
    "camp_region",
    "anchor",
    "sea_area",
)
#: Which kinds of field each way of deriving can fill.
_FILLS: dict[str, tuple[Kind, ...]] = {
    "month": (Kind.MONTH,),
    "age_band": (Kind.CODE,),
    "place": (Kind.PLACE,),
    "point": (Kind.PLACE,),
    "days_between": (Kind.DAYS,),
}
_TAKEN = (Kind.CODE, Kind.CODES, Kind.NAME, Kind.COUNT, Kind.DAYS, Kind.GRADE, Kind.FLAG)


def read_columns(held: TomlTable, row: RowIs) -> tuple[Column, ...]:
    """Every declared column, in the order of the declaration."""
    made: list[Column] = []
    for header in tuple(held.held):
        made.append(_column(held.table(header), normalise(header), row))
    if len({c.header for c in made}) != len(made):
        raise held.error("", "two headers are the same after normalising")
    return tuple(made)


def _column(held: TomlTable, header: str, row: RowIs) -> Column:
    use = cast("Use", held.choice("use", get_args(Use)))
    if use in ("key", "drop"):
        column = Column(header, use)
    elif use == "take":
        column = _taken(held, header, row)
    else:
        column = _derived(held, header, row)
    held.finish()
    return column


def _column_target(held: TomlTable, row: RowIs, name: str) -> Target:
    role, leg = held.optional("role"), None
    if name.startswith("movement."):
        if "leg" not in held.held:
            raise held.error("leg", "is missing")
        leg = held.number("leg", 1)
    if (role is not None) != name.startswith("incident_place."):
        raise held.error("role", "belongs to incident_place.place, which needs it")
    if role is not None and role not in PLACE_ROLE:
        raise held.error("role", f"must be one of {', '.join(PLACE_ROLE.values)}")
    return register_target(held, "field", name, row, role=role, leg=leg)


def _taken(held: TomlTable, header: str, row: RowIs) -> Column:
    target = _column_target(held, row, held.text("field"))
    kind = target.field.kind
    if kind not in _TAKEN:
        raise held.error("use", f"{target.name} must be derived")
    if is_personal_header(header):
        raise held.error("use", "a header that speaks of a personal detail cannot be taken")
    if kind is Kind.NAME and "values" not in held.held:
        raise held.error("values", f"is missing: {target.name} keeps only values listed here")
    if "split" in held.held and kind is not Kind.CODES:
        raise held.error("split", f"{target.name} holds one value")
    summed = "how" in held.held and held.choice("how", ("sum",)) == "sum"
    if summed and kind is not Kind.COUNT:
        raise held.error("how", f"only counts can be added up, and {target.name} is none")
    if summed and "rank" in held.held:
        raise held.error("rank", "does not go with how = sum, which takes all columns")
    return Column(
        header,
        "take",
        summed=summed,
        target=target,
        rank=held.number("rank", 1),
        values=_values(held, target),
        missing=_missing(held),
        split=held.optional("split"),
    )


def _values(held: TomlTable, target: Target) -> MappingProxyType[str, str] | None:
    """Translations, casefolded; a list says that the values stand for themselves."""
    if "values" not in held.held:
        return None
    listed = held.held["values"]
    if isinstance(listed, list):
        pairs = {value: value for value in held.texts("values")}
    else:
        pairs = {key: str(value) for key, value in held.table("values").held.items()}
    translated: dict[str, str] = {}
    for text, code in pairs.items():
        if casefold(text) in translated:
            raise held.error("values", f"{text} stands twice")
        if target.field.kind is Kind.FLAG:
            code = {"true": "true", "yes": "true", "false": "false", "no": "false"}.get(
                code.lower(), code
            )
            if code not in ("true", "false"):
                raise held.error("values", f"{text} must be true or false")
        codes = target.field.codes
        if codes is not None and code not in codes:
            raise held.error("values", f"{code} is not in the code list {codes.id}")
        translated[casefold(text)] = code
    return MappingProxyType(translated)


def _missing(held: TomlTable) -> frozenset[str]:
    return frozenset(casefold(text) for text in held.texts("missing"))


def _derived(held: TomlTable, header: str, row: RowIs) -> Column:
    how = cast("How", held.choice("how", get_args(How)))
    target = None
    if how != "part":
        default = "person.age_band" if how == "age_band" else None
        target = _column_target(held, row, held.text("field", default))
        if target.field.kind not in _FILLS[how]:
            raise held.error("how", f"{how} cannot fill {target.name}")
        if how == "age_band" and target.name != "person.age_band":
            raise held.error("field", "age_band fills person.age_band")
    formats = held.texts("format")
    if how in ("month", "days_between") and not formats:
        raise held.error("format", "is missing")
    if how == "point" and (len(formats) != 1 or formats[0] not in get_args(PointFormat)):
        raise held.error("format", f"must be one of {', '.join(get_args(PointFormat))}")
    if how in ("age_band", "place") and formats:
        raise held.error("format", f"does not belong to {how}")
    levels = held.texts("levels")
    if levels and (how != "place" or not set(levels) <= set(_LEVELS)):
        raise held.error("levels", f"belongs to place and may hold {', '.join(_LEVELS)}")
    column = Column(
        header,
        "derive",
        how=how,
        target=target,
        rank=held.number("rank", 1),
        formats=formats,
        missing=_missing(held),
        within=_header(held, "within"),
        joined=_header(held, "with"),
        since=_header(held, "since"),
        levels=levels,
    )
    _check_partners(held, column)
    return column


def _header(held: TomlTable, key: str) -> str | None:
    text = held.optional(key)
    return None if text is None else normalise(text)


def _check_partners(held: TomlTable, column: Column) -> None:
    if column.within is not None and column.how not in ("place", "part"):
        raise held.error("within", "belongs to a place")
    if (column.since is not None) != (column.how == "days_between"):
        raise held.error("since", "belongs to days_between, which needs it")
    if column.joined is not None and column.how not in ("month", "point", "part"):
        raise held.error("with", "belongs to a month, a point or a part")
