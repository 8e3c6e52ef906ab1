"""``tables``: load, list and remove what is told beside the numbers, of every kind."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

from etl.commands.answer import Answer
from etl.commands.check import finding_lines
from etl.findings import Place
from etl.operator_tables.kind import Cells, Kind, Reference
from etl.operator_tables.kinds import KINDS, PARTNERS
from etl.operator_tables.reader import DELIMITERS, CheckedRows, checked_rows, read_file, typed_row
from etl.operator_tables.stored import (
    id_of,
    read_stored,
    reference_of,
    remove,
    store_rows,
    stored_cells,
)
from etl.register.access import locked
from etl.register.store import read_store
from etl.release.partner_states import leave_states
from etl.settings import OperatorError, Settings

VALUES = {
    "tables": tuple(KINDS),
    "delimiters": tuple(DELIMITERS),
    "kinds": "; ".join(f"{k.name} ({', '.join(k.names)}): {k.help}" for k in KINDS.values()),
}
_NEXT = "Readers see them from the next `publish` on."
_AT_ONCE = "Readers who may know see it at once."


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Load all rows or none, remove or list; 1 when a file is refused.

    Raises:
        OperatorError: If the words do not fit together, there is no store, or no such file or row.
    """
    _refuse_unfit(arguments)
    read_store(settings)
    if arguments.kind is None:
        return _overview(settings)
    kind = KINDS[arguments.kind]
    replaces = arguments.clear or arguments.replace or (arguments.file and kind.of_shapes)
    replaced = (kind.file_name,) if replaces else ()
    reference = reference_of(settings, replaced)
    if arguments.file or arguments.row:
        return _load(arguments, settings, kind, reference, replaced)
    if arguments.remove:
        with locked(settings):
            gone = remove(settings, kind, arguments.remove)
            _write_partner_states(settings, kind)
        return Answer({"removed": _row_json(gone)}, [f"Removed: {_row_line(gone)}"])
    if arguments.clear:
        with locked(settings, anew=replaced):
            store_rows(settings, kind, (), replace=True)
            _write_partner_states(settings, kind)
    return _list(settings, kind, reference)


def _refuse_unfit(arguments: argparse.Namespace) -> None:
    """Refuse options that do not fit together."""
    actions = [arguments.file, arguments.row, arguments.remove, arguments.clear]
    options = [arguments.replace, arguments.sheet, arguments.delimiter, arguments.key]
    if any((*actions, *options)) and not arguments.kind:
        raise OperatorError(f"Say which table: {', '.join(KINDS)}.")
    if sum(map(bool, actions)) > 1:
        raise OperatorError("FILE, --row, --remove and --clear go one at a time.")
    if any(options) and not arguments.file:
        raise OperatorError("--replace, --sheet, --delimiter and --key need FILE.")


def _overview(settings: Settings) -> Answer:
    """How many rows each table has."""
    with locked(settings):
        counts = {name: len(stored_cells(settings, kind)) for name, kind in KINDS.items()}
    return Answer(counts, [f"{name}: {number or 'none'}" for name, number in counts.items()])


def _load(
    arguments: argparse.Namespace,
    settings: Settings,
    kind: Kind,
    reference: Reference,
    replaced: Sequence[str],
) -> Answer:
    """Load the rows of a file, or one typed row, all or none; 1 when they are refused."""
    name = arguments.file.name if arguments.file else "--row"
    table = _read_rows(arguments, kind, reference)
    document = {"file": name, "findings": [finding.as_json for finding in table.findings]}
    if table.findings:
        refusal = f"{name} is refused, and nothing of it was loaded."
        lines = [refusal, *finding_lines(table.findings)]
        return Answer({**document, "loaded": 0}, lines, 1)
    with locked(settings, anew=replaced):
        total = store_rows(settings, kind, table.rows, replace=bool(replaced))
        _write_partner_states(settings, kind)
        remarks = kind.remarks(stored_cells(settings, kind), reference)
    number = len(table.rows)
    when = _AT_ONCE if kind is PARTNERS else _NEXT
    lines = [f"{name}: {number} {kind.one if number == 1 else kind.name} loaded; "
             f"the store holds {total}.", *remarks, when]  # fmt: skip
    return Answer({**document, "loaded": number, "held": total}, lines)


def _write_partner_states(settings: Settings, kind: Kind) -> None:
    """Write who reported anew after a change of partners: who no longer agrees is named no more."""
    if kind is PARTNERS:
        leave_states(settings)


def _read_rows(arguments: argparse.Namespace, kind: Kind, reference: Reference) -> CheckedRows:
    """The rows of the file or of ``--row``, with what was found in them."""
    if arguments.row:
        return checked_rows(kind, typed_row(arguments.row, kind), reference, Place("--row"))
    return read_file(
        arguments.file,
        kind,
        reference,
        sheet=arguments.sheet,
        delimiter=arguments.delimiter or "comma",
        key=arguments.key,
    )


def _list(settings: Settings, kind: Kind, reference: Reference) -> Answer:
    """The rows of a table, or their numbers by its grouping columns, with remarks."""
    with locked(settings):
        rows = stored_cells(settings, kind)
        findings = read_stored(settings, kind, reference).findings
    lines = [
        f"{kind.name.capitalize()} that were loaded: {len(rows) or 'none'}",
        *(_count_lines(rows, kind.grouped) if kind.grouped else map(_row_line, rows)),
        *kind.remarks(rows, reference),
        *finding_lines(findings),
    ]
    document = {kind.name: [_row_json(row) for row in rows],
                "findings": [finding.as_json for finding in findings]}  # fmt: skip
    return Answer(document, lines)


def _count_lines(rows: Sequence[Cells], columns: Sequence[str]) -> list[str]:
    """Numbers of rows by the values of some columns, the latest first."""
    counts = Counter(tuple(row[name] for name in columns) for row in rows)
    latest_first = sorted(counts.items(), reverse=True)
    return [f"  {', '.join(values)}: {count}" for values, count in latest_first]


def _row_json(cells: Cells) -> Cells:
    return {"id": id_of(cells), **cells}


def _row_line(cells: Cells) -> str:
    """A row in words: its id and its filled cells."""
    filled = (f"{name}={cell}" for name, cell in cells.items() if cell)
    return "  ".join((id_of(cells), *filled))
