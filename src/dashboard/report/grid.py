"""Tables of a report: the texts of their cells, and how wide their columns are.

Which exhibits become tables belongs to ``forms``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.table_twin import shown
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table, is_numeric
from dashboard.exhibits.parts import ranges
from dashboard.figures import theme
from dashboard.figures.heatmap import says_none, without_sums
from dashboard.figures.plot import Number, Plot
from dashboard.figures.text import letters
from dashboard.model.languages import arrow
from dashboard.report import public
from dashboard.report.letters import BOLD, LETTER, width_of
from dashboard.words.catalogue import translate

_CODE = re.compile(r"(?:\w+_)?code|query")


@dataclass(frozen=True)
class Grid:
    """A table as texts.

    Attributes:
        header: Names of its columns.
        rows: Texts of its cells.
        numeric: Which columns hold numbers.
        fills: Colours of its cells, '' for none; empty where none has one.
        cells: The cells as values: a number where it may be shown, else words.
        valued: Which columns hold values, and not what a row is about.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    fills: tuple[tuple[str, ...], ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()
    valued: tuple[bool, ...] = ()

    def shares(self, width: float, size: float, margin: float) -> list[float]:
        """Each column's share of the width: its longest word fits, and long texts break.

        Of a grid of colours all columns grow alike.

        Args:
            width: Its width in millimetres.
            size: Points of its letters.
            margin: Millimetres beside the text of a cell.
        """
        letter = LETTER * size
        least: list[float] = []
        weights: list[float] = []
        for at, name in enumerate(self.header):
            cells = [row[at] for row in self.rows[:20]]
            # Numbers do not break, nor do words that stand in their place.
            words = cells if self.numeric[at] else [word for cell in cells for word in cell.split()]
            widths = [letter * letters(word) for word in words]
            widths += [BOLD * width_of(word, size) for word in name.split()]
            least.append(margin + max(widths, default=0.0))
            longest = max(map(letters, cells), default=0)
            weight = 1 if self.fills else 0 if self.numeric[at] else min(32, longest)
            weights.append(letter * weight)
        spare = width - sum(least)
        if spare < 0:  # texts break rather than numbers, as far as they can
            columns = zip(least, self.numeric, strict=True)
            texts = [0.0 if is_number else low for low, is_number in columns]
            weights = texts if sum(texts) > -2 * spare else least
        growth = weights if any(weights) else [1.0] * len(weights)
        wide = [low + spare * part / sum(growth) for low, part in zip(least, growth, strict=True)]
        return [column / sum(wide) for column in wide]

    def fills_of(self, line: int) -> Sequence[str]:
        """Colours of the cells of a line, '' for none; line 0 is the header, which has none."""
        return self.fills[line - 1] if line and self.fills else [""] * len(self.header)

    @property
    def row_labels(self) -> tuple[tuple[str, ...], ...]:
        """What each row is about, with a second name if the first repeats, and its first value."""
        valued = self.valued or self.numeric
        about = [at for at, is_value in enumerate(valued) if not (is_value or self.numeric[at])]
        first_value = [at for at, is_value in enumerate(valued) if is_value][:1]
        names = {row[at] for row in self.rows for at in about[:1]}
        about = about[: 1 if len(names) == len(self.rows) else 2]
        return tuple(
            (", ".join(row[at] for at in about if row[at]), *(row[at] for at in first_value))
            for row in self.rows
        )


def table_of(table: Table, lang: str, *, for_public: bool) -> Grid:
    """A table as a page shows it: "a few" in words, codes left out where names stand beside them.

    Args:
        table: An exhibit's table.
        lang: Language of words and digits.
        for_public: Whether numbers under ten are left out.
    """
    table = table.on_page
    uncoded = [at for at, column in enumerate(table.columns) if not _CODE.fullmatch(column.code)]
    uncoded = uncoded or [*range(len(table.columns))]
    filled = [at for at in uncoded if any(row[at] not in (None, "") for row in table.rows)]
    cells = tuple(
        tuple(readable_cell(row[at], table.columns[at], unit_of(table, row), lang, for_public)
              for at in filled)
        for row in table.rows
    )  # fmt: skip
    rows = tuple(tuple(shown(cell, lang) for cell in row) for row in cells)
    numeric = tuple(is_numeric(row[at] for row in table.rows) for at in filled)
    columns = [table.columns[at] for at in filled]
    header = tuple(column.heading for column in columns)
    valued = tuple(column.is_value for column in columns)
    return Grid(header, rows, numeric, cells=cells, valued=valued)


def unit_of(table: Table, row: Sequence[Cell]) -> str:
    """Unit of a row, where a table has one for each row; else ''."""
    at = next((at for at, column in enumerate(table.columns) if column.code == "unit"), None)
    return "" if at is None else str(row[at] or "")


def readable_cell(cell: Cell, column: Column, unit: str, lang: str, for_public: bool) -> Cell:
    """A cell as it may be shown: the number, or the words that stand for it.

    Args:
        cell: The cell.
        column: Its column.
        unit: Unit of its row, where the column has none.
        lang: Language of its words.
        for_public: Whether numbers under ten are left out.
    """
    words = ranges.read_as(cell, column, lang)
    if words:
        return words
    return public.shown_cell(cell, column, unit, lang) if for_public else cell


def matrix(plot: Plot) -> Grid:
    """A matrix as a table whose cells are the darker the more they count; sums have no colour."""
    every = [series.numbers for series in plot.series]
    inner = without_sums(every) if plot.meta.get("sums") else every
    counts = [number.value for row in inner for number in row if number]
    largest = max(counts, default=0) or 1
    ramp = theme.SEQUENTIAL["total"]

    def fill(number: Number | None) -> str:
        if number is None or not number.value:
            return ""
        if plot.meta.get("signs"):
            return theme.MORE_SOFT if number.value > 0 else theme.FEWER_SOFT
        return ramp[min(len(ramp) - 1, round(number.value / largest * (len(ramp) - 1)))]

    def text(number: Number | None) -> str:
        if number is None:
            return "–"
        return number.text if number.value or says_none(plot) else ""

    rows = tuple((series.name, *(map(text, series.numbers))) for series in plot.series)
    wide = len(plot.categories)
    # A last row of sums, which ``inner`` does not have, is one without colours.
    fills = tuple(
        ("", *map(fill, row), *[""] * (wide - len(row))) for row in (*inner, ())[: len(every)]
    )
    return Grid(("", *plot.categories), rows, (False, *(True for _ in plot.categories)), fills)


def beside_map(exhibit: Exhibit, grid: Grid, lang: str) -> Grid:
    """The table beside a map: names, their number and its range; an empty one without these.

    Args:
        exhibit: The map.
        grid: Its table as texts.
        lang: Language of the header.
    """
    names = [at for at, number in enumerate(grid.numeric) if not number]
    value_at = next((at for at, number in enumerate(grid.numeric) if number), None)
    if not names or value_at is None:
        return Grid((), (), ())
    is_flow = any(column.code == "from_code" for column in exhibit.table.columns)
    label_at = names[:2] if is_flow else names[:1]
    codes = {column.code for column in exhibit.table.on_page.columns}
    has_range = {"low", "high"} <= codes and len(grid.header) > value_at + 2
    between = arrow(lang)
    header = (
        between.join(grid.header[at] for at in label_at),
        grid.header[value_at].partition(" (")[0],
    )
    rows = tuple(
        (
            between.join(row[at] for at in label_at),
            row[value_at],
            *([_range(cells[value_at + 1], cells[value_at + 2], lang)] if has_range else []),
        )
        for row, cells in zip(grid.rows, grid.cells, strict=True)
        if row[value_at] not in ("–", "")
    )
    header = (*header, translate("report.range", lang)) if has_range else header
    return Grid(header, rows, (False, *(True for _ in header[1:])))


def _range(low: Cell, high: Cell, lang: str) -> str:
    """A range as text; for the public an end may be words already."""
    if high is None or isinstance(high, str):
        return shown(high, lang)
    least, most = shown(low, lang), shown(high, lang)
    return (
        translate("report.up_to", lang, number=most) if isinstance(low, str) else f"{least}–{most}"
    )
