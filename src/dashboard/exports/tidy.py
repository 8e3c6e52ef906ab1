"""An exhibit as a tidy table: machine names, one value a row, and nothing around it.

Every row holds one number, what it is about, its period, unit and release; a table without numbers
keeps its own rows. Written as CSV it is UTF-8 without a byte order mark, with HXL hashtags under
the header where they are asked for. The table with texts for people around it is ``csv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.exhibits.exhibit import BEFORE, ROW_MONTHS, Cell, Column, Exhibit
from dashboard.exhibits.parts.ranges import IN_WORDS, read_as
from dashboard.exports.csv import rows_as_csv
from dashboard.model import hxl
from dashboard.model.facts import UNITS
from dashboard.model.languages import words_of
from dashboard.model.periods import Span

#: Columns of a table that say which months a row counts, and which unit it has.
_TIMES = ("month", "quarter", "year", ROW_MONTHS)
_UNIT = "unit"
#: The unit of shares in words, since a spreadsheet could take the sign for a formula.
_PERCENT = "percent"


@dataclass(frozen=True)
class Tidy:
    """A tidy table: header, hashtags and rows of equal length."""

    header: tuple[str, ...]
    hashtags: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_tidy(exhibit: Exhibit, period: Span | None, lang: str, *, with_hxl: bool = False) -> str:
    """The table as text.

    Args:
        exhibit: What to write.
        period: Months that it counts, or None where it counts nothing.
        lang: Language of its labels.
        with_hxl: Whether hashtags stand under the header.
    """
    tidy = tidy_table(exhibit, period, lang)
    return rows_as_csv([tidy.header, *([tidy.hashtags] if with_hxl else []), *tidy.rows])


def tidy_table(exhibit: Exhibit, period: Span | None, lang: str) -> Tidy:
    """An exhibit's table as one value a row.

    Columns: ``exhibit``, ``release_id``, ``period_start`` and ``period_end`` (days, both
    included), what the row is about under the codes of the table's own columns, ``measure``,
    ``measure_label``, ``value``, ``unit`` and ``words`` ("a few", where a number is read so); the
    last five only where the table holds numbers.

    Args:
        exhibit: What to write.
        period: Months that it counts, or None where it counts nothing.
        lang: Language of its labels.
    """
    columns = exhibit.table.columns
    about = subjects(columns)
    rows = tuple(_rows(exhibit, about, period, lang))
    parts: list[tuple[str, str]] = [
        ("exhibit", "#meta+exhibit+code"),
        ("release_id", "#meta+release+id"),
        ("period_start", "#date+start"),
        ("period_end", "#date+end"),
        *((column.code, column.hxl or hxl.hashtag(column.code)) for column in about),
    ]
    if _has_values(columns):
        parts += [
            ("measure", "#indicator+code"),
            ("measure_label", f"#indicator+name+i_{words_of(lang)}"),
            ("value", _value_tag(rows, lang)),
            ("unit", "#indicator+unit"),
            ("words", f"#indicator+text+i_{words_of(lang)}"),
        ]
    return Tidy(tuple(name for name, _ in parts), tuple(tag for _, tag in parts), rows)


def subjects(columns: Sequence[Column]) -> list[Column]:
    """The columns that say what a row is about, and not how its numbers are read."""
    of_numbers = (_UNIT, IN_WORDS, ROW_MONTHS)
    return [column for column in columns if not column.is_value and column.code not in of_numbers]


def _has_values(columns: Sequence[Column]) -> bool:
    return any(column.is_value for column in columns)


def _rows(
    exhibit: Exhibit, subject_columns: Sequence[Column], period: Span | None, lang: str
) -> Iterator[tuple[Cell, ...]]:
    """A row for each number of the table; of one without numbers the row itself."""
    columns = exhibit.table.columns
    for cells in exhibit.table.rows:
        row = dict(zip((column.code for column in columns), cells, strict=True))
        start = (exhibit.id, exhibit.release.release_id)
        subject = tuple(row[column.code] for column in subject_columns)
        row_months = _months_of(row) or period
        if not _has_values(columns):
            yield (*start, *_first_and_last_day(row_months), *subject)
        for column in columns:
            if column.is_value:
                months = Span.parse(column.period) if column.period else row_months
                if column.code == BEFORE and ROW_MONTHS in row and months:
                    months = months.last_year()
                unit = column.unit or row.get(_UNIT) or exhibit.unit
                unit = _PERCENT if unit == "%" else unit
                cell = row[column.code]
                value = (column.code, column.label, cell, unit, read_as(cell, column, lang))
                yield (*start, *_first_and_last_day(months), *subject, *value)


def _months_of(row: dict[str, Cell]) -> Span | None:
    """The months that a row names in a column of its own; None if it has none."""
    return next(filter(None, (named_months(row.get(code)) for code in _TIMES)), None)


def named_months(cell: Cell) -> Span | None:
    """The months that a cell names; None where it names none, as in the row of all."""
    try:
        return Span.named(cell) if isinstance(cell, str) else None
    except ValueError:
        return None


def _first_and_last_day(span: Span | None) -> tuple[str, str]:
    """The first and the last day of some months; '' for both where there are none."""
    if span is None:
        return "", ""
    return str(span.start.first_day), str(span.end.last_day)


def _value_tag(rows: Sequence[tuple[Cell, ...]], lang: str) -> str:
    """The hashtag of the values: people where all are, text where any is no number.

    Rows end with the value, its unit and its words.
    """
    if any(isinstance(value, str) for *_, value, _, _ in rows):
        return "#indicator+value+text"
    people = UNITS.label_of("people", lang)
    return hxl.PEOPLE if rows and all(unit == people for *_, unit, _ in rows) else hxl.NUMBER
