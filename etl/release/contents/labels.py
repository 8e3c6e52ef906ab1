"""Labels: the registry's words as rows of a release, so that a release describes itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from enum import Enum
from functools import cache

from dashboard.model.codes import CODE_LISTS
from dashboard.model.facts import FACTS
from dashboard.model.fields import Field, Kind
from dashboard.model.filters import filter_of
from dashboard.model.release import CONTRACT_VERSION, TABLES
from dashboard.model.tables import REGISTER

Row = tuple[object, ...]


def dimension_rows() -> list[Row]:
    """Time and dimensions of each fact, in the contract's columns."""
    return [
        (
            fact.id,
            field.name,
            field.label,
            field.label_local,
            field.kind.value,
            code_list_of(field),
            filter_of(field),
            field.standard_name,
            position,
        )
        for fact in FACTS
        for position, field in enumerate((fact.time, *fact.dimensions))
    ]


def code_list_of(field: Field) -> str | None:
    """Id of the list of a field's codes: names are listed under the field; places have none."""
    if field.codes is not None:
        return field.codes.id
    return field.name if field.kind is Kind.NAME else None


def code_rows(names: Mapping[str, Iterable[str]]) -> list[Row]:
    """Every code of the registry, and names by their field, which are their own labels."""
    listed: list[Row] = [
        (codes.id, code.code, code.en, code.local, codes.standard, code.standard_code, position)
        for codes in CODE_LISTS
        for position, code in enumerate(codes)
    ]
    return listed + [
        (field, name, name, "", "", "", position)
        for field, of_field in names.items()
        for position, name in enumerate(sorted(of_field))
    ]


@cache
def registry_digest() -> str:
    """SHA-256 of the registry's description: equal registries, equal digests."""
    described = {
        "contract": CONTRACT_VERSION,
        "tables": TABLES,
        "register": [asdict(table) for table in REGISTER],
        "facts": [asdict(fact) for fact in FACTS],
        "codes": [asdict(codes) for codes in CODE_LISTS],
    }
    text = json.dumps(described, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    """What JSON holds in place of an enum or a dataclass; anything else is a TypeError."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"the registry holds a {type(value).__name__}")
