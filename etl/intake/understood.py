"""Understood: what a file was taken to say, told before anything of it is stored.

For the operator's own screen: values in few rows stand together. How it is told in words and as a
page stands in ``commands.understanding``, how it differs from earlier files in ``differences``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from dashboard.model.fields import Kind
from dashboard.model.periods import Month
from etl.declaration.source import Source
from etl.harmonise.areas import Areas
from etl.harmonise.orders import DateOrder
from etl.intake.differences import FEW, Difference, differences
from etl.intake.incoming_file import CodedFile
from etl.intake.shape import Shape, field_of, label_of, shape_of
from etl.read.grid import Hidden, shown_header
from etl.register.content import MONTH_OF

#: Rows with dates from which an order that no day shows is odd: by chance one column in 10,000.
_MANY_DATES = 10
#: What stands for values that are not named by themselves.
OTHER = f"other (each in fewer than {FEW} rows)"
UNTOLD = "nothing told"
_WORDS = {"true": "yes", "false": "no"}

#: A value in words and the rows that have it.
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class FieldCounts:
    """The values of one field, most rows first; those in few rows together at the end."""

    field: str
    counts: Counts


@dataclass(frozen=True)
class Understood:
    """What one file says, as far as it could be harmonised.

    Attributes:
        file: Its name.
        sheet: Its sheet, or None.
        rows: Rows.
        month: Label of the month by which rows are counted.
        months: Rows of each month, months as 2026-10.
        places: Rows of each place, by field.
        codes: Rows of each code, by field.
        dates: In which order dates were read.
        empty: Headers of columns that are empty in all rows.
        sums: Sum of each field that counts something, as the rows give it.
        hidden: What the file holds and does not show.
        unread: Names of its sheets that are not the declared one; nothing of them is read.
        passed_over: Headers of its columns that are not declared, where these are dropped.
        compared: Earlier files of the source with which it was compared.
        unlike: How it differs from them.
    """

    file: str
    sheet: str | None
    rows: int
    month: str
    months: Counts
    places: tuple[FieldCounts, ...]
    codes: tuple[FieldCounts, ...]
    dates: tuple[DateOrder, ...]
    empty: tuple[str, ...]
    sums: Counts
    hidden: Hidden
    unread: tuple[str, ...]
    passed_over: tuple[str, ...]
    compared: int
    unlike: tuple[Difference, ...]

    @property
    def odd(self) -> tuple[str, ...]:
        """What somebody should look at before the file is loaded."""
        return tuple(entry.sentence for entry in self.unlike if entry.odd)

    @property
    def as_json(self) -> dict[str, object]:
        """The entry with plain values; headers of empty columns are declared ones."""
        return {**asdict(self), "odd": list(self.odd)}


def understand(
    file: CodedFile, source: Source, areas: Areas, earlier: Sequence[Shape]
) -> Understood | None:
    """What a file says; None where nothing of it could be read.

    Args:
        file: The file as it was harmonised.
        source: Its declaration.
        areas: The gazetteer, for names of places.
        earlier: The last files of the source.
    """
    sheet, harmonised = file.original.sheet, file.content
    if sheet is None or harmonised is None:
        return None
    shape = shape_of(harmonised.columns, len(harmonised.rows))
    names = {place.code: place.name_en for place in areas.gazetteer.places()}
    month = MONTH_OF[source.row]
    hidden = replace(sheet.hidden, sheets=_sheet_names(sheet.hidden.sheets))
    unlike = (*_oddities(hidden, harmonised.orders), *differences(shape, earlier, month, names))
    return Understood(
        file=file.name,
        sheet=file.original.place.sheet,
        rows=shape.rows,
        month=label_of(month),
        months=_months(shape, month),
        places=_field_counts(shape, (Kind.PLACE,), names),
        codes=_field_counts(shape, (Kind.CODE, Kind.CODES, Kind.FLAG), names),
        dates=harmonised.orders,
        empty=tuple(h for h, cells in sheet.columns.items() if set(cells.values) <= {""}),
        sums=_sums(shape),
        hidden=hidden,
        unread=_sheet_names(sheet.unread),
        passed_over=sheet.passed_over,
        compared=len(earlier),
        unlike=unlike,
    )


def other_months(files: Sequence[Understood], expected: Sequence[Month]) -> dict[Month, int]:
    """Months beside the expected ones, with their rows."""
    rows: Counter[Month] = Counter()
    for file in files:
        for month, count in file.months:
            rows[Month.parse(month)] += count
    return {month: count for month, count in sorted(rows.items()) if month not in expected}


def _sheet_names(sheets: Sequence[str]) -> tuple[str, ...]:
    """Names of sheets as they may be shown; one that could itself be a value is only counted."""
    return tuple(shown_header(name, at) for at, name in enumerate(sheets))


def _oddities(hidden: Hidden, orders: Sequence[DateOrder]) -> Iterator[Difference]:
    """What is odd of a file whatever came before it."""
    if hidden.rows:
        yield Difference(f"{hidden.rows} hidden rows are read as well.", odd=True)
    if hidden.sheet:
        yield Difference("The declared sheet is hidden.", odd=True)
    if hidden.active:
        words = f"The workbook holds {', '.join(hidden.active)}; nothing of it is run or followed."
        yield Difference(words, odd=True)
    for entry in orders:
        if not entry.is_shown:
            words = f"Column {entry.column}: no day is above 12; taken as {entry.order}."
            yield Difference(words, odd=entry.rows >= _MANY_DATES)


def _months(shape: Shape, column: str) -> Counts:
    """Rows of each month, months as 2026-10, in order."""
    counts = shape.values.get(column, Counter[str | None]())
    return tuple(sorted((value[:7], rows) for value, rows in counts.items() if value is not None))


def _field_counts(
    shape: Shape, kinds: Sequence[Kind], names: dict[str, str]
) -> tuple[FieldCounts, ...]:
    """The values of each field of some kinds, with their rows."""
    return tuple(
        FieldCounts(label_of(column), _few_together(column, counts, names))
        for column, counts in shape.values.items()
        if field_of(column).kind in kinds
    )


def _few_together(column: str, counts: Counter[str | None], names: dict[str, str]) -> Counts:
    """Values in words with their rows, most first; then those in few rows together, and none."""
    codes = field_of(column).codes
    pairs: list[tuple[str, int]] = []
    few = 0
    for value, rows in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0] or "")):
        if value is not None and rows >= FEW:
            label = codes.label_of(value) if codes is not None else _WORDS.get(value, value)
            label = names.get(value, label)
            pairs.append((label, rows))
        elif value is not None:
            few += rows
    pairs += [(OTHER, few)] if few else []
    return (*pairs, *([(UNTOLD, counts[None])] if counts[None] else []))


def _sums(shape: Shape) -> Counts:
    """Sum of each field that counts something."""
    return tuple(
        (label_of(column), sum(int(value) * n for value, n in counts.items() if value is not None))
        for column, counts in shape.values.items()
        if field_of(column).kind is Kind.COUNT
    )
