"""One declaration from its file: the top of it, keys, constants and months."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast, get_args

from dashboard.model.codes import EVENT
from dashboard.model.fields import Kind
from dashboard.model.periods import Month
from etl.declaration.coherence import check_coherence
from etl.declaration.columns import read_columns
from etl.declaration.source import (
    DataKind,
    Encoding,
    Expects,
    FileFormat,
    Files,
    MonthRule,
    RowIs,
    Source,
    SourceError,
    Target,
)
from etl.declaration.toml_table import TomlTable, headers_of, register_target
from etl.settings import OperatorError, Settings


def expected_sources(settings: Settings) -> tuple[Source, ...]:
    """Every declaration that awaits a file regularly, by name.

    Raises:
        SourceError: If a declaration cannot be used.
    """
    declared = (read_source(path) for path in sorted(settings.sources.glob("*.toml")))
    return tuple(source for source in declared if source.expects is not None)


def find_source(settings: Settings, name: str) -> Source:
    """The declaration of a name.

    Raises:
        OperatorError: If there is none, with the names that there are.
        SourceError: If it cannot be used.
    """
    path = settings.sources / f"{name}.toml"
    known = sorted(p.stem for p in settings.sources.glob("*.toml"))
    if name not in known:
        raise OperatorError(f"No source is called {name}; known are: {', '.join(known) or 'none'}.")
    return read_source(path)


def read_source(path: Path) -> Source:
    """Read one declaration; raise SourceError naming file and key."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise SourceError(f"{path.name}: is not valid TOML: {problem}") from problem
    return _declared(path.name, text)


# A publication asks for every declaration several times, and each takes as long as a small query.
@lru_cache(maxsize=256)
def _declared(file: str, text: str) -> Source:
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise SourceError(f"{file}: is not valid TOML: {problem}") from problem
    top = TomlTable(file, "", held)
    name = top.text("name")
    if name != Path(file).stem:
        raise top.error("name", "must be the name of the file")
    row = cast("RowIs", top.choice("row", get_args(RowIs)))
    source = Source(
        name=name,
        title=top.text("title"),
        partner=top.text("partner"),
        kind=cast("DataKind", top.choice("kind", get_args(DataKind))),
        row=row,
        attribution=top.text("attribution", ""),
        file=_file(top.table("file")),
        keys=MappingProxyType(_keys(top.table("keys"))),
        constants=(*_event(top, row), *_constants(top.table("constants"), row)),
        months=_months(top.table("months"), row),
        columns=read_columns(top.table("columns"), row),
        areas=_areas(top),
        expects=_expects(top),
        files=_files(top),
    )
    top.finish()
    check_coherence(source, file)
    return source


def _event(top: TomlTable, row: RowIs) -> tuple[tuple[Target, str], ...]:
    """The kind of every incident of a source whose rows are not about the two crimes."""
    if "event" not in top.held:
        return ()
    kind = top.choice("event", EVENT.values)
    if row not in ("incident", "person"):
        raise top.error("event", f"a row that is a {row} is no event")
    return ((register_target(top, "event", "incident.event", row), kind),)


def _expects(top: TomlTable) -> Expects | None:
    if "expects" not in top.held:
        return None
    return cast("Expects", top.choice("expects", get_args(Expects)))


def _files(top: TomlTable) -> Files:
    return cast("Files", top.choice("files", get_args(Files))) if "files" in top.held else "months"


def _areas(top: TomlTable) -> tuple[str, ...]:
    codes = tuple(code.strip().upper() for code in top.texts("areas"))
    if again := next((code for code in codes if codes.count(code) > 1), None):
        raise top.error("areas", f"{again} stands there twice")
    return codes


def _file(held: TomlTable) -> FileFormat:
    format_ = cast("Literal['csv', 'xlsx']", held.choice("format", ("csv", "xlsx")))
    made = FileFormat(
        format_,
        sheet=held.text("sheet") if format_ == "xlsx" else None,
        delimiter=held.text("delimiter", ",") if format_ == "csv" else ",",
        encoding=_encoding(held) if format_ == "csv" else "utf-8",
        header_row=held.number("header_row", 1),
    )
    if len(made.delimiter) != 1 or made.delimiter in '"\r\n ':
        raise held.error("delimiter", "must be one character that is no quote, space or newline")
    held.finish()
    return made


def _encoding(held: TomlTable) -> Encoding:
    if "encoding" not in held.held:
        return "utf-8"
    return cast("Encoding", held.choice("encoding", get_args(Encoding)))


def _keys(held: TomlTable) -> dict[str, tuple[str, ...]]:
    made = {
        kind: headers_of(held, kind)
        for kind in ("incident", "person", "referral", "voyage")
        if kind in held.held
    }
    held.finish()
    return made


def _constants(held: TomlTable, row: RowIs) -> tuple[tuple[Target, str], ...]:
    made: list[tuple[Target, str]] = []
    for key in tuple(held.held):
        value = held.held.pop(key)
        text = str(value).lower() if isinstance(value, bool) else str(value)
        target = register_target(held, key, key, row)
        if target.table == "incident_place":
            raise held.error(key, "a place needs a column with its role")
        _check_constant(held, key, target, text)
        made.append((target, text))
    return tuple(made)


def _check_constant(held: TomlTable, key: str, target: Target, text: str) -> None:
    kind, codes = target.field.kind, target.field.codes
    if codes is not None:
        for code in text.split(";") if kind is Kind.CODES else [text]:
            if code not in codes:
                raise held.error(key, f"{code} is not in the code list {codes.id}")
    elif kind is Kind.MONTH:
        try:
            Month.parse(text)
        except ValueError as problem:
            raise held.error(key, "must be a month, YYYY-MM") from problem
    elif kind in (Kind.COUNT, Kind.DAYS, Kind.GRADE) and not (text.isascii() and text.isdigit()):
        raise held.error(key, "must be a whole number")
    elif kind is Kind.FLAG and text not in ("true", "false"):
        raise held.error(key, "must be true or false")


def _months(held: TomlTable, row: RowIs) -> tuple[MonthRule, ...]:
    made: list[MonthRule] = []
    for key in tuple(held.held):
        rule = held.table(key)
        target = register_target(held, key, key, row)
        if target.field.kind is not Kind.MONTH or target.table == "movement":
            raise held.error(key, "is not a month of a record")
        made.append(MonthRule(target, headers_of(rule, "from"), headers_of(rule, "plus")))
        if not made[-1].columns:
            raise rule.error("from", "is missing")
        rule.finish()
    return tuple(made)
