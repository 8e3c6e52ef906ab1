"""Asides: what the operator's own screen may show of a refused file, and nothing else ever does.

Headers and values of a file help to see why it does not fit its declaration. They may tell of
people, so they are no part of a finding, of JSON or of a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.declaration.source import Source
from etl.intake.incoming_file import CodedFile
from etl.nearest import nearest
from etl.read.sheet import shown_headers

#: Headers of one file, and values of one column, that are shown.
_HEADERS, _VALUES = 40, 12


def asides(files: Sequence[CodedFile], source: Source) -> tuple[str, ...]:
    """Lines about headers that were found and values that are not declared.

    Args:
        files: The files as they were harmonised.
        source: Their declaration.
    """
    return tuple(line for file in files for line in (*_headers(file, source), *_values(file)))


def _headers(file: CodedFile, source: Source) -> Iterator[str]:
    """Headers that a file has, and their nearest declared ones, where the declared are missing."""
    if not any(finding.rule == "no_header" for finding in file.original.findings):
        return
    headers = shown_headers(file.original.path, source)
    declared = [column.header for column in source.columns]
    yield f"{file.name}: row {source.file.header_row} holds: {', '.join(headers[:_HEADERS])}"
    near = [(header, nearest(header, declared)) for header in headers[:_HEADERS]]
    alike = [f"{header} -> {match}" for header, match in near if match is not None]
    yield f"{file.name}: nearest declared: {', '.join(alike) or 'none is alike'}"


def _values(file: CodedFile) -> Iterator[str]:
    """A line a column with its values that are not declared, each with its rows."""
    entries = file.content.unmatched if file.content is not None else ()
    for column in dict.fromkeys(entry.column for entry in entries):
        of_column = [entry for entry in entries if entry.column == column][:_VALUES]
        values = ", ".join(
            f"{entry.value} ({entry.rows} rows{f'; nearest: {entry.near}' if entry.near else ''})"
            for entry in of_column
        )
        yield f"{file.name}: column {column}: not declared: {values}"
