"""A TOML table read strictly: every key is asked for, and what is left over is an error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from dashboard.model.codes import CodeList
from dashboard.model.fields import Kind
from dashboard.model.normalise import normalise
from dashboard.model.tables import REGISTER, table
from etl.declaration.source import TABLES_OF, RowIs, SourceError, Target

#: Fields that the loader fills by itself.
LOADER_FIELDS = frozenset((
    "incident.partner", "incident_place.place_role", "incident_place.location_precision",
    "movement.leg_no",
))  # fmt: skip


@dataclass(frozen=True)
class TomlTable:
    """A TOML table whose entries are taken one by one; what is left over is an error."""

    file: str
    path: str
    entries: dict[str, Any]

    def error(self, key: str, sentence: str) -> SourceError:
        """An error about a key of this table."""
        where = f"{self.path}.{key}" if self.path and key else self.path or key
        return SourceError(f"{self.file}: {where}: {sentence}")

    def text(self, key: str, default: str | None = None) -> str:
        """A text; needed unless there is a default."""
        value = self.entries.pop(key, default)
        if not isinstance(value, str):
            raise self.error(key, "is missing" if value is None else "must be a text")
        return value

    def optional(self, key: str) -> str | None:
        """A text, or None when the key is absent."""
        return self.text(key) if key in self.entries else None

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of the allowed texts; needed unless there is a default."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.error(key, f"must be one of {', '.join(allowed)}")
        return value

    def chosen(self, key: str, allowed: tuple[str, ...]) -> str | None:
        """One of the allowed texts, or None when the key is absent."""
        return self.choice(key, allowed) if key in self.entries else None

    def number(self, key: str, default: int) -> int:
        """A whole number from 1."""
        value = self.entries.pop(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.error(key, "must be a whole number from 1")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A text or a list of texts; empty when the key is absent."""
        value = self.entries.pop(key, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list):
            raise self.error(key, "must be a text or a list of texts")
        items = cast("list[object]", listed)
        if not all(isinstance(item, str) for item in items):
            raise self.error(key, "must be a text or a list of texts")
        return tuple(str(item) for item in items)

    def table(self, key: str) -> TomlTable:
        """A table inside this one; empty when the key is absent."""
        value = self.entries.pop(key, {})
        if not isinstance(value, dict):
            raise self.error(key, "must be a table")
        return self._inside(key, cast("dict[str, Any]", value))

    def tables(self, key: str) -> tuple[TomlTable, ...]:
        """A table inside this one, or each of a list of tables."""
        value = self.entries[key]
        if not isinstance(value, list):
            return (self.table(key),)
        listed = cast("list[object]", self.entries.pop(key))
        if not listed or not all(isinstance(entry, dict) for entry in listed):
            raise self.error(key, "must be a table or a list of tables")
        return tuple(self._inside(key, cast("dict[str, Any]", entry)) for entry in listed)

    def _inside(self, key: str, entries: dict[str, Any]) -> TomlTable:
        """A table inside this one, under a key, with a copy of its entries."""
        path = f"{self.path}.{key}" if self.path else key
        return TomlTable(self.file, path, {**entries})

    def no_code(self, key: str, text: str, codes: CodeList) -> SourceError:
        """The error that a text is no code of a list, with the codes that it has."""
        there = f"which has {', '.join(codes.values)}"
        return self.error(key, f"{text} is not in the code list {codes.id}, {there}")

    def finish(self) -> None:
        """Raise SourceError for the keys that nobody asked for."""
        if self.entries:
            faults = (str(self.error(key, "is not a key of the format")) for key in self.entries)
            raise SourceError("\n".join(faults))


T = TypeVar("T")


class Faults:
    """What is wrong with a declaration, gathered so that one error names all of it."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def attempt(self, parse: Callable[[], T]) -> T | None:
        """The value of a part of the declaration; None, with the fault noted, where it has one."""
        try:
            return parse()
        except SourceError as fault:
            self.messages.append(str(fault))
            return None

    def finish(self) -> None:
        """Raise SourceError with every fault that was noted."""
        if self.messages:
            raise SourceError("\n".join(dict.fromkeys(self.messages)))


def headers_of(toml_table: TomlTable, key: str) -> tuple[str, ...]:
    """Headers that a key names, normalised; empty when the key is absent."""
    return tuple(normalise(header) for header in toml_table.texts(key))


def register_target(
    toml_table: TomlTable,
    key: str,
    name: str,
    row: RowIs,
    *,
    role: str | None = None,
    leg: int | None = None,
) -> Target:
    """The register field that ``table.field`` names, if a row of this sort may fill it."""
    table_name, _, field_name = name.partition(".")
    if table_name not in {entry.name for entry in REGISTER}:
        raise toml_table.error(key, f"{name} is no field of the register")
    if table_name not in TABLES_OF[row]:
        raise toml_table.error(key, f"a row that is a {row} cannot fill {name}")
    try:
        field = table(table_name)[field_name]
    except KeyError as problem:
        raise toml_table.error(key, f"{name} is no field of the register") from problem
    if field.kind is Kind.KEY or name in LOADER_FIELDS:
        raise toml_table.error(key, f"{name} is filled by the loader")
    return Target(table_name, field, role, leg)
