"""One declaration from its file: the top of it, keys, constants and months."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast, get_args

from dashboard.model.codes import EVENT
from dashboard.model.fields import Kind
from dashboard.model.normalise import casefold, normalise
from dashboard.model.periods import Month
from dashboard.model.shipped import CHECKOUT, DATA
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
from etl.declaration.toml_table import Faults, TomlTable, headers_of, register_target
from etl.settings import OperatorError, Settings


def expected_sources(settings: Settings, loaded: Collection[str]) -> tuple[Source, ...]:
    """Every declaration that awaits a file regularly, by name.

    One that cannot be used blocks nothing before a file of it is loaded; ``unusable`` names it.

    Args:
        settings: Paths of the store.
        loaded: Names of the sources of which the register holds a load.

    Raises:
        SourceError: If a declaration of a source that sent files already cannot be used.
    """
    sources: list[Source] = []
    for name, source in _every_source(settings):
        if isinstance(source, Source):
            sources.append(source)
        elif name in loaded:
            raise source
    return tuple(source for source in sources if source.expects is not None)


def undeclared(settings: Settings, loaded: Collection[str]) -> list[str]:
    """Sources that sent files and have no declaration in the folder, by name."""
    return sorted(name for name in loaded if not (settings.sources / f"{name}.toml").is_file())


def usable_sources(settings: Settings) -> list[Source]:
    """Every declaration that can be used, by name."""
    return [source for _, source in _every_source(settings) if isinstance(source, Source)]


def unusable(settings: Settings) -> tuple[str, ...]:
    """The first fault of each declaration that cannot be used."""
    faults = (fault for _, fault in _every_source(settings) if isinstance(fault, SourceError))
    return tuple(str(fault).partition("\n")[0] for fault in faults)


def _every_source(settings: Settings) -> Iterator[tuple[str, Source | SourceError]]:
    """Name of each declaration, and what it becomes or why it cannot be used."""
    for path in sorted(settings.sources.glob("*.toml")):
        try:
            yield path.stem, read_source(path)
        except SourceError as fault:
            yield path.stem, fault


def drafts_folder(settings: Settings) -> Path:
    """Folder of the declarations that nobody has accepted yet; they load and block nothing."""
    return settings.sources / "drafts"


def writable_sources(settings: Settings) -> Settings:
    """The settings, if new declarations may be written into their folder.

    Raises:
        OperatorError: If it lies in an installed package, which nobody writes into.
    """
    if CHECKOUT is None and settings.sources == DATA / "sources":
        raise OperatorError("Set ATLAS_SOURCES to a folder of your own first, for declarations.")
    return settings


def find_source(settings: Settings, name: str, *, drafted: bool = False) -> Source:
    """The declaration of a name.

    Args:
        settings: Paths of the store.
        name: Its name.
        drafted: Whether it may be a draft, as where nothing is loaded.

    Raises:
        OperatorError: If there is none, with the names that there are.
        SourceError: If it cannot be used.
    """
    path, draft = settings.sources / f"{name}.toml", drafts_folder(settings) / f"{name}.toml"
    names = sorted(p.stem for p in settings.sources.glob("*.toml"))
    if name in names:
        return read_source(path)
    if not draft.is_file() or name != draft.stem:
        known = f"known in {settings.sources} are: {', '.join(names) or 'none'}"
        raise OperatorError(f"No source is called {name}; {known}.")
    if not drafted:
        raise OperatorError(f"{name} is a draft: accept it with `draft --accept {name}` first.")
    return read_source(draft)


def read_source(path: Path) -> Source:
    """Read one declaration; raise SourceError naming file and key."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise SourceError(f"{path.name}: is not valid TOML: {problem}") from problem
    return parse_source(path.name, text)


# A publication asks for every declaration several times, and each takes as long as a small query.
@lru_cache(maxsize=256)
def parse_source(file: str, text: str) -> Source:
    """The declaration that a text is, under the name of its file.

    Raises:
        SourceError: If it cannot be used, naming file and key.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise SourceError(f"{file}: is not valid TOML: {problem}") from problem
    top, faults = TomlTable(file, "", data), Faults()
    ask = faults.attempt
    name = ask(lambda: _name(top))
    # What a row is decides what every column may fill, so without it nothing else is judged.
    row = cast("RowIs", top.choice("row", get_args(RowIs)))
    table = ask(lambda: top.table("columns")) or TomlTable(file, "columns", {})
    headers = {normalise(header) for header in table.entries}
    columns = ask(lambda: read_columns(table, row, faults)) or ()
    source = Source(
        name=name or "",
        title=ask(lambda: top.text("title")) or "",
        partner=ask(lambda: top.text("partner")) or "",
        kind=cast("DataKind", ask(lambda: top.choice("kind", get_args(DataKind))) or "real"),
        row=row,
        attribution=ask(lambda: top.text("attribution", "")) or "",
        file=ask(lambda: _file(top.table("file"))) or FileFormat("csv"),
        keys=MappingProxyType(ask(lambda: _keys(top.table("keys"))) or {}),
        constants=(
            *(ask(lambda: _event(top, row)) or ()),
            *(ask(lambda: _constants(top.table("constants"), row)) or ()),
        ),
        months=ask(lambda: _months(top.table("months"), row)) or (),
        columns=columns,
        areas=ask(lambda: _areas(top)) or (),
        expects=cast("Expects | None", ask(lambda: top.chosen("expects", get_args(Expects)))),
        leave_out=ask(lambda: _leave_out(top.table("leave_out"))) or MappingProxyType({}),
        drops_others=bool(ask(lambda: top.chosen("other_columns", ("drop",)))),
        files=cast(
            "Files", ask(lambda: top.choice("files", get_args(Files), "months")) or "months"
        ),
    )
    ask(top.finish)
    check_coherence(source, file, faults, headers - {column.header for column in columns})
    faults.finish()
    return source


def _name(top: TomlTable) -> str:
    """The name of the declaration, which is that of its file."""
    name = top.text("name")
    if name != Path(top.file).stem:
        raise top.error("name", "must be the name of the file")
    return name


def _leave_out(table: TomlTable) -> MappingProxyType[str, frozenset[str]]:
    """Texts by which a row is no data, by the header of their column."""
    leave_out: dict[str, frozenset[str]] = {}
    for header in tuple(table.entries):
        texts = table.texts(header)
        if not texts:
            raise table.error(header, "names no text")
        leave_out[normalise(header)] = frozenset(casefold(text) for text in texts)
    return MappingProxyType(leave_out)


def _event(top: TomlTable, row: RowIs) -> tuple[tuple[Target, str], ...]:
    """Constant kind of a source's incidents that are not about the two crimes, such as fires."""
    kind = top.chosen("event", EVENT.values)
    if kind is None:
        return ()
    if row not in ("incident", "person"):
        raise top.error("event", f"a row that is a {row} is no event")
    return ((register_target(top, "event", "incident.event", row), kind),)


def _areas(top: TomlTable) -> tuple[str, ...]:
    """Codes of the areas in which the partner works, each once, in capitals."""
    codes = tuple(code.strip().upper() for code in top.texts("areas"))
    if repeated := next((code for code in codes if codes.count(code) > 1), None):
        raise top.error("areas", f"{repeated} stands there twice")
    return codes


def _file(table: TomlTable) -> FileFormat:
    """How the file is laid out: format, sheet or delimiter, and where header and data begin."""
    format_name = cast("Literal['csv', 'xlsx']", table.choice("format", ("csv", "xlsx")))
    is_csv = format_name == "csv"
    form = FileFormat(
        format_name,
        sheet=None if is_csv else table.text("sheet"),
        delimiter=table.text("delimiter", ",") if is_csv else ",",
        encoding=cast(
            "Encoding", table.choice("encoding", get_args(Encoding), "utf-8") if is_csv else "utf-8"
        ),
        header_row=table.number("header_row", 1),
        header_rows=table.number("header_rows", 1),
        first_row=table.number("first_row", 1) if "first_row" in table.entries else None,
        parent=table.text("parent") if not is_csv and "parent" in table.entries else None,
    )
    if form.header_rows > 2:
        raise table.error("header_rows", "must be 1 or 2")
    if form.data_row < form.header_row + form.header_rows:
        raise table.error("first_row", "must lie below the header")
    if len(form.delimiter) != 1 or form.delimiter in '"\r\n ':
        raise table.error("delimiter", "must be one character that is no quote, space or newline")
    table.finish()
    return form


def _keys(table: TomlTable) -> dict[str, tuple[str, ...]]:
    """Headers of the key columns of each kind of record that has keys."""
    keys = {
        kind: headers_of(table, kind)
        for kind in ("incident", "person", "referral", "voyage")
        if kind in table.entries
    }
    table.finish()
    return keys


def _constants(table: TomlTable, row: RowIs) -> tuple[tuple[Target, str], ...]:
    """Fields that have one value in every row, with that value as text."""
    constants: list[tuple[Target, str]] = []
    for key in tuple(table.entries):
        value = table.entries.pop(key)
        text = str(value).lower() if isinstance(value, bool) else str(value)
        target = register_target(table, key, key, row)
        if target.table == "incident_place":
            raise table.error(key, "a place needs a column with its role")
        _check_constant(table, key, target, text)
        constants.append((target, text))
    return tuple(constants)


def _check_constant(table: TomlTable, key: str, target: Target, text: str) -> None:
    """Refuse a constant that its field cannot hold."""
    kind, codes = target.field.kind, target.field.codes
    if codes is not None:
        for code in text.split(";") if kind is Kind.CODES else [text]:
            if code not in codes:
                raise table.no_code(key, code, codes)
    elif kind is Kind.MONTH:
        try:
            Month.parse(text)
        except ValueError as problem:
            raise table.error(key, "must be a month, YYYY-MM") from problem
    elif kind in (Kind.COUNT, Kind.DAYS, Kind.GRADE) and not (text.isascii() and text.isdigit()):
        raise table.error(key, "must be a whole number")
    elif kind is Kind.FLAG and text not in ("true", "false"):
        raise table.error(key, "must be true or false")


def _months(table: TomlTable, row: RowIs) -> tuple[MonthRule, ...]:
    """Rules by which a month of a record follows from days of other columns."""
    rules: list[MonthRule] = []
    for key in tuple(table.entries):
        rule = table.table(key)
        target = register_target(table, key, key, row)
        if target.field.kind is not Kind.MONTH or target.table == "movement":
            raise table.error(key, "is not a month of a record")
        rules.append(MonthRule(target, headers_of(rule, "from"), headers_of(rule, "plus")))
        if not rules[-1].columns:
            raise rule.error("from", "is missing")
        rule.finish()
    return tuple(rules)
