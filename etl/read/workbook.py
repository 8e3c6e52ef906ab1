"""Workbook: what lies in an XLSX file's archive, looked at before anything makes room for it.

The parts are read as XML, as a stream, by a parser that takes no document type and so no entities.
What the cells say is read by ``xlsx_file``; here stands only where they lie and which of them hold
a fault that reads as an empty cell.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal
from xml.parsers import expat

from etl.settings import most_unpacked

#: More cells than any line list has; a reader makes room for all that lie between the outermost.
MOST_CELLS = 20_000_000
#: The outermost row and column of a sheet in this format (ECMA-376, 18.3.1.73 and 18.3.1.13).
_ROWS, _COLUMNS = 1_048_576, 16_384
_NUMBER = re.compile(r"[0-9]{1,7}")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
#: How the format writes that something holds (XML Schema, boolean).
_TRUE = ("1", "true")
_CHUNK_BYTES = 1 << 20
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
#: What ``zipfile`` raises while a damaged archive is read: KeyError where a part is not there, and
#: RuntimeError where a flag asks for a password or a compression that no workbook has. (One that is
#: locked by a password is no such archive: ``xlsx_file`` tells of it.)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError)

#: What a workbook may hold beside cells, by what its parts are named (ECMA-376, 12.3; MS-XLSM).
_ACTIVE = {
    "macros": ("vbaproject", "xl/macrosheets/"),
    "links to other files": ("xl/externallinks/", "xl/connections.xml"),
    "embedded objects": ("xl/embeddings/", "xl/activex/"),
}

Fault = Literal["error", "no_value"]
Attributes = dict[str, str]


class NoWorkbook(Exception):  # noqa: N818 - a refusal, not a fault of the program
    """The archive is no workbook, is damaged, or holds more than a line list does."""


class NoSheet(NoWorkbook):
    """The workbook has no sheet of that name."""


@dataclass
class SheetFacts:
    """Where the cells of a sheet lie.

    Attributes:
        rows: The outermost row that has a cell, from 1; 0 where there is none.
        columns: The outermost column that has one, from 1.
        faults: Row from 1 and column from 0 of each cell with the error of a formula, or with a
            formula whose value was never stored.
        hidden: Whether the sheet itself is hidden.
        hidden_sheets: Names of the hidden sheets of the workbook.
        other_sheets: Names of all its sheets but this one.
        hidden_rows: Numbers of the rows that are hidden, by hand or by a filter.
        hidden_columns: First and last number of each run of hidden columns.
        active: What of the workbook could act or lead elsewhere, in words.
    """

    rows: int = 0
    columns: int = 0
    faults: list[tuple[int, int, Fault]] = field(default_factory=list[tuple[int, int, Fault]])
    hidden: bool = False
    hidden_sheets: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    active: tuple[str, ...] = ()


def inspect(path: Path, sheet: str) -> SheetFacts:
    """Look at a sheet of a workbook, and at how much the workbook would unpack to.

    Raises:
        NoSheet: If there is no such sheet.
        NoWorkbook: If it is damaged, is none, or holds more than can be read safely; the message
            is a sentence for its sender.
        OperatorError: If the setting of what a workbook may unpack to is none.
    """
    with _open_archive(path) as archive:
        sheets = _sheets(archive)
        facts = _sheet_facts(archive, _sheet_path(archive, sheet, sheets))
        names = [name.lower() for name in archive.namelist()]
    hidden = tuple(listed.name for listed in sheets if listed.hidden)
    facts.hidden, facts.hidden_sheets = sheet in hidden, hidden
    facts.active = tuple(
        words for words, marks in _ACTIVE.items() if any(m in name for m in marks for name in names)
    )
    facts.other_sheets = tuple(listed.name for listed in sheets if listed.name != sheet)
    return facts


def sheet_names(path: Path) -> tuple[str, ...]:
    """Names of the sheets of a workbook in their order, hidden ones too.

    Raises:
        NoWorkbook: If it is damaged, is none, or holds more than can be read safely.
        OperatorError: If the setting of what a workbook may unpack to is none.
    """
    with _open_archive(path) as archive:
        return tuple(sheet.name for sheet in _sheets(archive))


@contextmanager
def _open_archive(path: Path) -> Generator[zipfile.ZipFile]:
    """A workbook's archive, once it is known that it does not unpack to too much."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_too_much(archive)
            yield archive
    except _DAMAGE as problem:
        raise NoWorkbook("The workbook is damaged.") from problem
    except expat.ExpatError as problem:
        raise NoWorkbook("A part of the workbook is no XML.") from problem


def _refuse_too_much(archive: zipfile.ZipFile) -> None:
    """Unpack every part once, a little at a time: what an archive says of its size may be false.

    A part is read as far as its own size is told; one that goes on fails its checksum.
    """
    declared, most = sum(info.file_size for info in archive.infolist()), most_unpacked()
    if declared > most:
        raise NoWorkbook(_too_much(declared, most))
    for info in archive.infolist():
        for _ in _read(archive, info):
            pass


def _too_much(size: int, most: int) -> str:
    """Why a workbook is not read that unpacks to more bytes than may be read."""
    unpacked, read = (round(number / 1024 / 1024) for number in (size, most))
    return f"It unpacks to {unpacked} MB or more; at most {read} MB are read."


def _read(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part of an archive, a chunk at a time."""
    with archive.open(name) as part:
        while content := part.read(_CHUNK_BYTES):
            yield content


def _parse(archive: zipfile.ZipFile, name: str, parser: expat.XMLParserType) -> None:
    """Read a part of an archive as XML; the parser calls its handlers."""
    for content in _read(archive, name):
        parser.Parse(content, False)
    parser.Parse(b"", True)


def _parser(start: Callable[[str, Attributes], None]) -> expat.XMLParserType:
    """A parser that calls ``start`` with the local name and attributes of every element."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise NoWorkbook("A part of the workbook declares a document type.")

    parser.StartDoctypeDeclHandler = refuse

    def begin(name: str, attributes: Attributes) -> None:
        # What a prefix stands for is the writer's choice, and few write one.
        start(name.rpartition(":")[2] if ":" in name else name, attributes)

    parser.StartElementHandler = begin
    return parser


@dataclass(frozen=True)
class _ListedSheet:
    """A sheet as the workbook lists it: its name, its relations, and whether it is hidden."""

    name: str
    relations: tuple[str, ...]
    hidden: bool


def _sheets(archive: zipfile.ZipFile) -> list[_ListedSheet]:
    """The sheets of a workbook in their order."""
    listed: list[_ListedSheet] = []

    def note_sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            relations = tuple(value for key, value in attributes.items() if key.endswith(":id"))
            hidden = attributes.get("state", "visible") != "visible"
            listed.append(_ListedSheet(attributes.get("name", ""), relations, hidden))

    _parse(archive, _WORKBOOK, _parser(note_sheet))
    return listed


def _sheet_path(archive: zipfile.ZipFile, sheet: str, sheets: list[_ListedSheet]) -> str:
    """Path of the part of the archive that holds a sheet."""
    relations = [id_ for listed in sheets if listed.name == sheet for id_ in listed.relations]
    path_of: dict[str, str] = {}

    def note_relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and {"Id", "Target"} <= attributes.keys():
            path_of[attributes["Id"]] = attributes["Target"]

    if not relations:
        raise NoSheet("The declared sheet is not in the workbook.")
    _parse(archive, _RELATIONS, _parser(note_relation))
    if relations[0] not in path_of:
        raise NoWorkbook("The workbook is damaged.")
    return posixpath.normpath(posixpath.join("/xl", path_of[relations[0]])).lstrip("/")


def _sheet_facts(archive: zipfile.ZipFile, part: str) -> SheetFacts:
    """Where the cells of a sheet lie and which hold a fault, by the path of its part.

    A cell without a reference stands beside the one before it, a row without a number below the
    one before it (ECMA-376, 18.3.1.4 and 18.3.1.73).
    """
    walk = _Walk()
    walk.parser = _parser(walk.start)
    _parse(archive, part, walk.parser)
    walk.leave()
    return walk.facts


class _Walk:
    """The state of a walk through a sheet: which cell it is in, and what that holds.

    A sheet has millions of elements, so ends and texts are listened to in formulas alone.
    """

    parser: expat.XMLParserType

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self._row = self._column = 0
        self._kind = ""
        self._awaits_value = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element: a cell, row or run of columns, a formula or its value."""
        if name == "c":
            self.leave()
            self._enter(attributes)
        elif name == "row":
            number = attributes.get("r")
            if number is not None and not _NUMBER.fullmatch(number):
                raise NoWorkbook("A row has no place in the sheet.")
            self._row, self._column = self._row + 1 if number is None else int(number), 0
            if attributes.get("hidden") in _TRUE:
                self.facts.hidden_rows.add(self._row)
        elif name == "col" and attributes.get("hidden") in _TRUE:
            self.facts.hidden_columns.append(_column_run(attributes))
        elif name == "f":
            # A formula whose result is the empty text has a value of that kind.
            self._awaits_value = self._kind != "str"
        elif name == "v" and self._awaits_value:
            self.parser.CharacterDataHandler = self._note_value
            self.parser.EndElementHandler = self._ignore_texts

    def leave(self) -> None:
        """Note the fault of the cell that ends here, if it has one."""
        if self._kind == "e":
            self.facts.faults.append((self._row, self._column - 1, "error"))
        elif self._awaits_value:
            self.facts.faults.append((self._row, self._column - 1, "no_value"))

    def _enter(self, attributes: Attributes) -> None:
        """Move to the cell that begins here, and note how far out it lies."""
        if "r" in attributes:
            self._row, self._column = _row_and_column(attributes["r"])
        else:
            self._column += 1
        if not (0 < self._row <= _ROWS and 0 < self._column <= _COLUMNS):
            raise NoWorkbook("A cell lies outside of any sheet.")
        self._kind, self._awaits_value = attributes.get("t", "n"), False
        facts = self.facts
        if self._row > facts.rows or self._column > facts.columns:
            facts.rows, facts.columns = max(facts.rows, self._row), max(facts.columns, self._column)
            if facts.rows * facts.columns > MOST_CELLS:
                raise NoWorkbook("Cells lie far outside its table.")

    def _note_value(self, _text: str) -> None:
        """Note that the formula of the cell has a value, which is not read."""
        self._awaits_value = False
        self._ignore_texts()

    def _ignore_texts(self, _name: str = "") -> None:
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None


def _row_and_column(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as AB12, both from 1."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise NoWorkbook("A cell has no place in the sheet.")
    return int(match[2]), _column(match[1])


def _column_run(attributes: Attributes) -> tuple[int, int]:
    """First and last column of which an element speaks."""
    first, last = attributes.get("min", ""), attributes.get("max", "")
    if not (_NUMBER.fullmatch(first) and _NUMBER.fullmatch(last)):
        raise NoWorkbook("A column has no place in the sheet.")
    return int(first), int(last)


@cache
def _column(letters: str) -> int:
    """Number of a column by its letters, of which the pattern allows few."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column
