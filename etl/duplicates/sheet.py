"""Sheet: questions to a partner about its own records that may be duplicates, and its answers.

A row is a pair. The partner finds its record by file, row and case number; the number is read from
the file again when the sheet is made and kept nowhere. Of another partner's record it is told
nothing but in what both agree. The sheet lies where the operator puts it and is no part of the
store; what is answered becomes a decision in ``joining``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.model.languages import ENGLISH, LOCAL
from dashboard.model.normalise import casefold
from etl.declaration import find_source
from etl.declaration.source import FileFormat, Source
from etl.duplicates.candidates import Candidate, Side
from etl.findings import Place
from etl.intake.incoming_file import hash_of
from etl.local import both, local
from etl.read import read_sheet
from etl.read.grid import Unreadable
from etl.read.xlsx_file import read_xlsx
from etl.register.access import number_of_rows
from etl.settings import OperatorError, Settings
from etl.visible import visible
from etl.workbook import headed_sheet, new_workbook, sheet_name, write_row

_NAME = sheet_name(both("Questions"))
_ID, _ANSWER = both("Question"), both("The same event?")
_AGREE = "Both agree in"
_HEADINGS = (
    (_ID, 13),
    (both("Your file"), 26),
    (both("Row"), 7),
    (both("Case number"), 18),
    (both("Month"), 10),
    (both("The other: file"), 26),
    (both("The other: row"), 9),
    (both("The other: case number"), 18),
    (_AGREE, 34),
    (local(_AGREE) or _AGREE, 34),
    (_ANSWER, 16),
)
_CHOICES = (both("yes"), both("no"))
#: What an answer may be: spellings of a pack stand in one text.
_YES, _NO = (
    frozenset(word for text in texts for word in casefold(text).split())
    for texts in (
        ("yes y", local("yes"), local("yes, spelled otherwise")),
        ("no n", local("no"), local("no, spelled otherwise")),
    )
)
_ANOTHER = both("another partner")


@dataclass(frozen=True)
class SourceRow:
    """The row of a file in which a partner reported an incident.

    Attributes:
        file: Name of its file, or which load it was where the file is not at hand.
        row: Row in it.
        key: Case number, or "" where the file is not at hand.
    """

    file: str
    row: int
    key: str


def source_rows(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    partner: str,
    files: Sequence[Path],
    secret: bytes,
) -> dict[str, SourceRow]:
    """The row in which a partner reported each of its incidents, by incident id.

    Args:
        connection: Has the attached ``register``.
        settings: Paths of the store.
        partner: The partner.
        files: Its files, as they were loaded.
        secret: The identifiers secret.

    Raises:
        OperatorError: If one of the files is not there, cannot be read, or is no file that was
            loaded of the partner.
    """
    rows = connection.execute(
        """SELECT arrival.key, arrival.row_no, load.load_no, load.source, load.file_hash,
            load.loaded_at::DATE::VARCHAR
        FROM register.arrival AS arrival JOIN register.load AS load USING (load_no)
        WHERE arrival.table_name = 'incident' AND load.partner = ?""",
        [partner],
    ).fetchall()
    loads = connection.execute(
        "SELECT DISTINCT source, file_hash FROM register.load WHERE partner = ?", [partner]
    ).fetchall()
    if not number_of_rows(connection, "register.incident WHERE partner = ?", [partner]):
        raise OperatorError(f"No partner called {partner} has sent an incident.")
    sources = {str(name): find_source(settings, str(name)) for name, _ in loads}
    # File name and case numbers by row, of each load (source and hash) whose file is at hand.
    at_hand: dict[tuple[str, str], tuple[str, dict[int, str]]] = {}
    for path in files:
        hashes = {(name, hash_of(path, source, secret)) for name, source in sources.items()}
        loaded = hashes & {(str(name), str(hash_)) for name, hash_ in loads}
        if not loaded:
            raise OperatorError(
                f"{visible(path.name)} is no file that {partner} sent as it is now; nothing was "
                "written. Give the file that was loaded."
            )
        for name, file_hash in loaded:
            if "incident" in sources[name].keys:
                at_hand[name, file_hash] = visible(path.name), _case_numbers(path, sources[name])
    by_incident: dict[str, SourceRow] = {}
    for key, row, load_no, source, file_hash, on in rows:
        name, keys = at_hand.get((str(source), str(file_hash)), (f"load {load_no} of {on}", {}))
        by_incident[str(key)] = SourceRow(name, int(row), keys.get(int(row), ""))
    return by_incident


def _case_numbers(path: Path, source: Source) -> dict[int, str]:
    """Case number of each row of a file, as the partner writes it."""
    sheet, findings = read_sheet(path, source)
    if sheet is None:
        raise OperatorError("\n".join(f"{f.where}: {f.message}" for f in findings))
    columns = [sheet.columns[header].cells() for header in source.keys["incident"]]
    parts = zip(*columns, strict=True)
    return {row: " / ".join(map(str, key)) for row, key in zip(sheet.rows, parts, strict=True)}


def write_sheet(
    pairs: Sequence[Candidate], partner: str, rows: Mapping[str, SourceRow], path: Path
) -> int:
    """Write the questions to one partner; return how many there are.

    Args:
        pairs: Open pairs, best first.
        partner: The partner.
        rows: The row in which it reported each of its incidents, by incident id.
        path: Where the sheet is written.

    Raises:
        OperatorError: If the folder of the file is not there.
    """
    questions = [(pair, *sides) for pair in pairs if (sides := _sides(pair, partner)) is not None]
    if not questions:
        return 0
    with new_workbook(path) as book:
        sheet = headed_sheet(book, _NAME, _HEADINGS, 1)
        text = book.add_format({"text_wrap": True, "valign": "top"})
        for line, (pair, mine, other) in enumerate(questions, 1):
            write_row(sheet, line, _cells(pair, mine, other, rows), text)
        last_column = len(_HEADINGS) - 1
        offered = {"validate": "list", "source": list(_CHOICES), "error_type": "warning"}
        sheet.data_validation(1, last_column, len(questions), last_column, offered)
    return len(questions)


def _sides(pair: Candidate, partner: str) -> tuple[Side, Side] | None:
    """A partner's own incident of a pair, and the other one; None where neither is its own."""
    if pair.a.partner == partner:
        return pair.a, pair.b
    return (pair.b, pair.a) if pair.b.partner == partner else None


def _cells(
    pair: Candidate, mine: Side, other: Side, rows: Mapping[str, SourceRow]
) -> Iterator[str | int]:
    """Cells of the row that asks about a pair; of another partner's record only what agrees."""
    unknown = SourceRow("", 0, "")
    own_row = rows.get(mine.incident_id, unknown)
    other_row = rows.get(other.incident_id, unknown) if other.partner == mine.partner else None
    yield pair.id
    yield from (own_row.file, own_row.row, own_row.key, f"{pair.month:%Y-%m}")
    yield from (other_row.file, other_row.row, other_row.key) if other_row else (_ANOTHER, "", "")
    yield from (pair.agreeing(ENGLISH), pair.agreeing(LOCAL), "")


def read_answers(path: Path) -> dict[str, bool]:
    """Answers of a sheet that came back: name of the pair to whether it is one event.

    Questions without an answer are left out.

    Raises:
        OperatorError: With file and row, if it is no such sheet or an answer is neither yes nor no.
    """
    if not path.is_file():
        raise OperatorError(f"There is no file {visible(str(path))}.")
    place = Place.of(path, _NAME)
    try:
        grid = read_xlsx(path, FileFormat("xlsx", sheet=_NAME), place)
    except Unreadable as problem:
        sentences = [f"{finding.where}: {finding.message}" for finding in problem.findings]
        raise OperatorError("\n".join(sentences)) from problem
    if not {_ID, _ANSWER} <= set(grid.header):
        raise OperatorError(f"{place.file}: this is no sheet of `duplicates --sheet`.")
    ids, texts = (grid.columns[grid.header.index(name)].cells() for name in (_ID, _ANSWER))
    answers: dict[str, bool] = {}
    for row, id_, text in zip(grid.numbers, map(str, ids), map(str, texts), strict=True):
        words = frozenset(casefold(text).replace("·", " ").split())
        if not words:
            continue
        says_yes, says_no = bool(words & _YES), bool(words & _NO)
        if says_yes == says_no or answers.get(id_, says_yes) != says_yes:
            raise OperatorError(
                f"{place.file}, row {row}: the answer is neither yes nor no, or the question was "
                "answered otherwise above; nothing was recorded."
            )
        answers[id_] = says_yes
    return answers
