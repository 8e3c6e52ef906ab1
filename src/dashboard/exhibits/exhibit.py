"""The exhibit: one finding with its figure, its table and everything a reader needs to trust it.

Screen, table twin, files, slides and JSON render this one value, so they cannot disagree. How an
exhibit is computed stands in the module of its page; how it is asked for in ``registry``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.figures.plot import Plot
from dashboard.model.protection import RECORDS

Cell = str | int | float | None
#: The cells of a table beside each other.
Row = tuple[Cell, ...]
#: Value of an option that leaves the choice to the exhibit.
AUTO = "auto"
#: The column with the months of a row (``2025-10..2026-03``), where rows count different ones.
ROW_MONTHS = "row_months"
#: The column with the number of the same months a year earlier.
BEFORE = "before"


@dataclass(frozen=True)
class Column:
    """A column of an exhibit's table.

    Attributes:
        code: A stable name.
        label: Its name in words.
        unit: Unit of its numbers, where they all have one.
        number: Whether it holds numbers although it has no unit, as where units differ by row.
        period: Months that it counts (``2025-10..2026-03``), where they are not the exhibit's own.
        hxl: HXL hashtag of its cells, where they say what a row is about.
        in_files: Whether it stands in files and answers alone, not in the table of a page.
        base: Smallest size of a unit that its numbers are sums of, by which a few are read in
            words; 1 for exact ones.
    """

    code: str
    label: str
    unit: str = ""
    number: bool = False
    period: str = ""
    hxl: str = ""
    in_files: bool = False
    base: int = RECORDS

    @property
    def is_value(self) -> bool:
        """Whether its cells are values, and not what a row is about."""
        return self.number or bool(self.unit)

    @property
    def heading(self) -> str:
        """Its label with its unit, where the label does not say that."""
        if not self.unit or self.unit.lower() in self.label.lower():
            return self.label
        return f"{self.label} ({self.unit})"


#: A column with its cells.
FilledColumn = tuple[Column, Iterable[Cell]]


def is_numeric(cells: Iterable[Cell]) -> bool:
    """Whether cells of a column are numbers, perhaps with gaps."""
    filled = [cell for cell in cells if cell is not None]
    return bool(filled) and not any(isinstance(cell, str) for cell in filled)


@dataclass(frozen=True)
class Table:
    """The numbers behind a figure: what the table twin, CSV and JSON show.

    Raises:
        ValueError: If a row has another length than the columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"row of {len(row)} cells under {len(self.columns)} columns")

    @classmethod
    def of(cls, rows: Iterable[Iterable[tuple[Column, Cell]]]) -> Table:
        """A table of at least one row, from rows of pairs of column and cell.

        >>> Table.of([[(Column("code", "Code"), "a"), (Column("size", "People"), 1)]]).rows
        (('a', 1),)
        """
        cells = [[*row] for row in rows]
        columns = tuple(column for column, _ in cells[0])
        return cls(columns, tuple(tuple(cell for _, cell in row) for row in cells))

    @classmethod
    def by_column(cls, *columns: FilledColumn) -> Table:
        """A table from columns, each with its cells.

        >>> Table.by_column((Column("code", "Code"), "ab"), (Column("size", "People"), (1, 2))).rows
        (('a', 1), ('b', 2))
        """
        heads, cells = zip(*columns, strict=True)
        return cls(heads, tuple(zip(*cells, strict=True)))

    @property
    def on_page(self) -> Table:
        """The table without what stands in files alone."""
        indices = [index for index, column in enumerate(self.columns) if not column.in_files]
        rows = tuple(tuple(row[index] for index in indices) for row in self.rows)
        return Table(tuple(self.columns[index] for index in indices), rows)

    def beside(self, *more: FilledColumn) -> Table:
        """The table with more columns behind its own, each with its cells."""
        rows = zip(self.rows, *(cells for _, cells in more), strict=True)
        columns = (*self.columns, *(column for column, _ in more))
        return Table(columns, tuple((*row, *added) for row, *added in rows))

    def column(self, code: str) -> tuple[Cell, ...]:
        """One column's cells; KeyError for no such column."""
        for index, column in enumerate(self.columns):
            if column.code == code:
                return tuple(row[index] for row in self.rows)
        raise KeyError(f"no column {code!r}")


@dataclass(frozen=True)
class EmptyState:
    """Why there is nothing to draw, and the next step that a reader can take.

    Attributes:
        reason: One sentence.
        action: Label of the link, or '' when there is no next step.
        query: Query string of the wider view, without '?'.
    """

    reason: str
    action: str = ""
    query: str = ""


@dataclass(frozen=True)
class Detail:
    """How fine an exhibit shows its numbers, where it may show them finer or coarser.

    Attributes:
        ladder: Name of the choice in addresses.
        rung: The level of detail that is shown, as the address names it.
        rungs: Levels of detail that may be asked for in this view, from fine to coarse.
        is_chosen: Whether the reader asked for the level.
        is_rough: Whether most of its numbers may be nought in truth, so that ranges are drawn.
        said: A clause that names the level and says why it is shown; '' for the finest level that
            needs no reason.
    """

    ladder: str
    rung: str
    rungs: tuple[str, ...]
    is_chosen: bool
    is_rough: bool
    said: str


@dataclass(frozen=True)
class Stamp:
    """Which release an exhibit was made from, as every file must say.

    Attributes:
        release_id: Id of the release.
        kind: invented, published or real.
        label: Handling label in words ("INVENTED DATA", or the audience).
        data_until: Last month in the release, in words.
        protection: How far its numbers may be trusted, in one sentence.
    """

    release_id: str
    kind: str
    label: str
    data_until: str
    protection: str = ""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What surrounds a figure.

    Attributes:
        subtitle: Unit, filters in words, period.
        unit: What is counted: people, incidents or referrals.
        notes: What a reader must know who sees this exhibit alone.
        source: Where the numbers come from.
        release: The release's stamp.
        note: The note that changes how the figure is read, or ''; a page shows it alone.
        detail: How fine the numbers are, where the exhibit has a ladder.
        options: The values of options that are shown, where these are not those asked for.
        ask: The query string that asks explore for the same numbers; '' where there is none.
    """

    subtitle: str
    unit: str
    notes: tuple[str, ...]
    source: str
    release: Stamp
    note: str = ""
    detail: Detail | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    ask: str = ""


@dataclass(frozen=True, kw_only=True)
class Exhibit(Frame):
    """One exhibit.

    Attributes:
        id: Public id, ``page.name``, which the registry gives it.
        title: The finding, as a sentence.
        figure: A plotly figure as a plain dict (``data``, ``layout``); the description of a map
            (``form`` is ``map``); a dict with another ``form`` (``indicators``, ``ranking``,
            ``brush``, ``table``, ``text``) for what is drawn as HTML; or None with an offer.
        table: The figure's table twin.
        description: What the figure shows, for screen readers and alt texts.
        offer: Set when there is nothing to draw.
        plot: The neutral figure that ``figure`` was drawn from, where it is a chart.

    Raises:
        ValueError: If title or description is empty, or neither figure nor offer is given.
    """

    id: str = ""
    title: str
    figure: Mapping[str, Any] | None
    table: Table
    description: str
    offer: EmptyState | None = None
    plot: Plot | None = None

    def __post_init__(self) -> None:
        if not (self.title and self.description):
            raise ValueError("an exhibit requires a title and a description")
        if (self.figure is None) == (self.offer is None):
            raise ValueError("an exhibit needs either a figure or an offer")

    def as_shown(
        self, options: Mapping[str, str], offered: Mapping[str, Sequence[str]]
    ) -> dict[str, str]:
        """The values that are shown for requested options, by name; "auto" stays as it is.

        Args:
            options: Requested values by name.
            offered: Values that may be requested, by name; what is shown instead of one and is none
                of these is left out.
        """
        detail = {self.detail.ladder: self.detail.rung} if self.detail else {}
        actual = {**options, **detail, **self.options}
        shown = {n: AUTO if asked == AUTO else actual[n] for n, asked in options.items()}
        return {n: value for n, value in shown.items() if value in (options[n], *offered[n])}

    @property
    def is_map(self) -> bool:
        """Whether a map is drawn."""
        return (self.figure or {}).get("form") == "map"
