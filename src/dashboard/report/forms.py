"""What each exhibit becomes in a file: charts, a coloured grid, numbers, sentences, map, table.

A figure with a neutral form keeps it. Of what a page writes as HTML, lists with ranges and groups
of bars are charts too; the rest is the table that stands beside it, read as a page reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Literal

from dashboard.components.table_twin import header_text, is_numeric, shown
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import ranges
from dashboard.figures import theme
from dashboard.figures.plot import Number, Plot, Series
from dashboard.figures.text import letters
from dashboard.report import chart, public
from dashboard.report.letters import BOLD, LETTER, line_height
from dashboard.words.catalogue import say

#: Rows of a list that are drawn; all stand in the sheet.
_MOST_ROWS = 12
#: Height of the names of bars on a slide, in lines of letters of one millimetre each.
_MOST_HIGH = 9.0
#: What stands before sentences of more and of fewer.
_MARKS = {"up": ("▲", theme.MORE), "down": ("▼", theme.FEWER)}
_CODE = re.compile(r"(?:\w+_)?code|query")


@dataclass(frozen=True)
class Grid:
    """A table as it is read.

    Attributes:
        header: Names of its columns.
        rows: Texts of its cells.
        numeric: Which columns hold numbers.
        fills: Colours of its cells, '' for none; empty where none has one.
        cells: The same cells before they are texts: a number where it may be told, or else words.
        valued: Which columns hold values, and not what a row is about.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    fills: tuple[tuple[str, ...], ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()
    valued: tuple[bool, ...] = ()

    def shares(self, width: float, size: float, margin: float) -> list[float]:
        """Shares of its width: each column holds its longest word whole, and long texts break.

        Args:
            width: Its width in millimetres.
            size: Points of its letters.
            margin: Millimetres beside the text of a cell.
        """
        letter = LETTER * size
        least: list[float] = []
        more: list[float] = []
        for at, name in enumerate(self.header):
            cells = [row[at] for row in self.rows[:20]]
            # Numbers stand whole, and so does what is said in their place.
            words = cells if self.numeric[at] else [word for cell in cells for word in cell.split()]
            held = [1.0 * letters(word) for word in words]
            held += [BOLD * letters(word) for word in name.split()]
            least.append(margin + letter * max(held, default=0.0))
            longest = max(map(letters, cells), default=0)
            more.append(0.0 if self.numeric[at] else letter * min(32, longest))
        spare = max(0.0, width - sum(least))
        wanted = sum(more) or len(more)
        wide = [
            low + spare * (high if sum(more) else 1) / wanted
            for low, high in zip(least, more, strict=True)
        ]
        return [each / sum(wide) for each in wide]

    @property
    def told(self) -> tuple[tuple[str, ...], ...]:
        """What each row is about with its first value; two names where one is not enough."""
        valued = self.valued or self.numeric
        about = [at for at, is_value in enumerate(valued) if not (is_value or self.numeric[at])]
        value = [at for at, is_value in enumerate(valued) if is_value][:1]
        names = {row[at] for row in self.rows for at in about[:1]}
        about = about[: 1 if len(names) == len(self.rows) else 2]
        return tuple(
            (", ".join(row[at] for at in about if row[at]), *(row[at] for at in value))
            for row in self.rows
        )


@dataclass(frozen=True)
class Line:
    """A judged sentence: its direction, what leads it, its word, and what is said then."""

    direction: str
    lead: str
    word: str
    said: str

    @property
    def mark(self) -> tuple[str, str]:
        """What stands before it, and the colour of that and of its word."""
        return _MARKS.get(self.direction, ("•", theme.TEXT_2))


@dataclass(frozen=True)
class Form:
    """What an exhibit becomes.

    Attributes:
        kind: Which of the others it is.
        charts: Neutral figures with their names, which small multiples have.
        grid: The table, which everything has beside what is drawn.
        lines: Sentences.
        figures: Large numbers: what is counted, the number, and what is said of it.
        map: The description of a map.
        listed: What a chart marks, in words.
    """

    kind: Literal["charts", "grid", "figures", "lines", "map", "table"]
    grid: Grid
    charts: tuple[tuple[str, Plot], ...] = ()
    lines: tuple[Line, ...] = ()
    figures: tuple[tuple[str, str, str], ...] = ()
    map: Mapping[str, Any] | None = None
    listed: tuple[str, ...] = ()

    @property
    def raster(self) -> tuple[int, int]:
        """How many charts stand beside each other, and in how many rows."""
        across = {1: 1, 2: 2, 4: 2}.get(len(self.charts), 3)
        return across, ceil(len(self.charts) / across)


def form_of(exhibit: Exhibit, lang: str, *, for_public: bool) -> Form:
    """What an exhibit becomes.

    Args:
        exhibit: An exhibit with a figure.
        lang: Language of words and digits.
        for_public: Whether numbers under ten are left out.
    """
    figure = exhibit.figure or {}
    table = Form("table", table_of(exhibit.table, lang, for_public=for_public))
    if exhibit.is_map:
        drawn = public.shown_map(figure, lang) if for_public else figure
        # What has no line stands in the notes, and a slide is too low for it and an inset.
        flat = {"margin": None} if "margin" in drawn else {}
        return replace(table, kind="map", map={**drawn, **flat})
    made = _FORMS.get(str(figure.get("form")))
    if made and exhibit.plot is None:
        return made(exhibit, table, lang, for_public)
    plot = exhibit.plot
    if plot is None or not plot.categories:
        return table
    if for_public:
        plot = public.shown_plot(plot, lang)
    if plot.form in chart.GRIDS:
        return replace(table, kind="grid", grid=_matrix(plot))
    plot, left = _cut(plot)
    parts = chart.parts_of(plot)
    named = tuple((part.series[0].name if len(parts) > 1 else "", part) for part in parts)
    more = (say("report.more_rows", lang, n=left),) if left else ()
    listed = (*map(_mark, plot.marks.listed), *more)
    if for_public:
        listed = tuple(public.in_text(text, lang) for text in listed)
    return replace(table, kind="charts", charts=named, listed=listed)


def _cut(plot: Plot) -> tuple[Plot, int]:
    """Bars of which each has a line for its name, the first ones, and how many are left."""
    if plot.form not in ("bars", "shares", "grouped", "stacked"):
        return plot, 0
    most = round(_MOST_HIGH / line_height(plot.categories))
    most //= len(plot.series) if plot.form == "grouped" else 1
    left = max(0, len(plot.categories) - most)
    kept = [replace(series, numbers=series.numbers[:most], colour=_first(series.colour, most),
                    pattern=_first(series.pattern, most)) for series in plot.series]  # fmt: skip
    cut = replace(
        plot, categories=plot.categories[:most], series=tuple(kept), totals=plot.totals[:most],
        texts=plot.texts[:most], usual=plot.usual[:most], clicks=None,
    )  # fmt: skip
    return (cut, left) if left else (plot, 0)


def _first(look: str | tuple[str, ...], most: int) -> str | tuple[str, ...]:
    return look if isinstance(look, str) else look[:most]


def _mark(mark: Mapping[str, str]) -> str:
    when = f"{mark['when']}: " if mark["when"] else ""
    return f"{when}{mark['text']}"


def sentence(text: str) -> str:
    """A text that ends as a sentence does."""
    return text if text.endswith((".", "।", "!", "?")) else f"{text}."


# --- tables -------------------------------------------------------------------------------------


def table_of(table: Table, lang: str, *, for_public: bool) -> Grid:
    """A table as a page reads it: few in words, codes left out where names stand beside them.

    Args:
        table: An exhibit's table.
        lang: Language of words and digits.
        for_public: Whether numbers under ten are left out.
    """
    table = table.on_page
    kept = [at for at, column in enumerate(table.columns) if not _CODE.fullmatch(column.code)]
    kept = kept or [*range(len(table.columns))]
    columns = [table.columns[at] for at in kept]
    filled = [
        at
        for at, column in zip(kept, columns, strict=True)
        if any(row[at] not in (None, "") for row in table.rows)
    ]
    cells = tuple(
        tuple(_told(row[at], table.columns[at], _unit(table, row), lang, for_public)
              for at in filled)
        for row in table.rows
    )  # fmt: skip
    rows = tuple(tuple(shown(cell, lang) for cell in row) for row in cells)
    numeric = tuple(is_numeric(tuple(row[at] for row in table.rows)) for at in filled)
    header = tuple(header_text(table.columns[at]) for at in filled)
    valued = tuple(table.columns[at].is_value for at in filled)
    return Grid(header, rows, numeric, cells=cells, valued=valued)


def _unit(table: Table, row: Sequence[Cell]) -> str:
    """Unit of a row, where a table says it row by row."""
    at = next((at for at, column in enumerate(table.columns) if column.code == "unit"), None)
    return "" if at is None else str(row[at] or "")


def _told(cell: Cell, column: Column, unit: str, lang: str, for_public: bool) -> Cell:
    """A cell as it may be told: the number, or the words that stand for it."""
    words = ranges.read_as(cell, column, lang)
    if words:
        return words
    return public.shown_cell(cell, column, unit, lang) if for_public else cell


def _matrix(plot: Plot) -> Grid:
    """A matrix as a table whose cells are the darker the more they count."""
    known = [number.value for series in plot.series for number in series.numbers if number]
    largest = max(known, default=0) or 1
    ramp = theme.SEQUENTIAL["total"]

    def fill(number: Number | None) -> str:
        if number is None or not number.value:
            return ""
        return ramp[min(len(ramp) - 1, round(number.value / largest * (len(ramp) - 1)))]

    rows = tuple(
        (series.name, *(number.text if number else "–" for number in series.numbers))
        for series in plot.series
    )
    fills = tuple(("", *map(fill, series.numbers)) for series in plot.series)
    return Grid(("", *plot.categories), rows, (False, *(True for _ in plot.categories)), fills)


def beside_map(exhibit: Exhibit, grid: Grid, lang: str) -> Grid:
    """What stands beside a map: names, their number and its range.

    Args:
        exhibit: The map.
        grid: Its table as it is read.
        lang: Language of the header.
    """
    names = [at for at, number in enumerate(grid.numeric) if not number]
    counted = next((at for at, number in enumerate(grid.numeric) if number), None)
    if not names or counted is None:
        return Grid((), (), ())
    is_flow = any(column.code == "from_code" for column in exhibit.table.columns)
    named = names[:2] if is_flow else names[:1]
    codes = {column.code for column in exhibit.table.on_page.columns}
    ends = 2 if {"low", "high"} <= codes and len(grid.header) > counted + 2 else 0
    header = (" → ".join(grid.header[at] for at in named), grid.header[counted].partition(" (")[0])
    rows = tuple(
        (
            " → ".join(row[at] for at in named),
            row[counted],
            *([_range(cells[counted + 1], cells[counted + 2], lang)] if ends else []),
        )
        for row, cells in zip(grid.rows, grid.cells, strict=True)
        if row[counted] not in ("–", "")
    )
    header = (*header, say("report.range", lang)) if ends else header
    return Grid(header, rows, (False, *(True for _ in header[1:])))


def apart(drawn: Mapping[str, Any]) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """A map, and before it the one in its corner with its name, each to be drawn in its own room.

    What a title tells of may stand in the corner, for which a slide or half a page is too low.
    """
    corner = drawn.get("beside")
    if not corner:
        return (("", drawn),)
    name = " · ".join(filter(None, (corner["title"], corner["under"])))
    return (name, {**corner, "legend": [], "notice": ""}), ("", {**drawn, "beside": None})


def _range(low: Cell, high: Cell, lang: str) -> str:
    """A range, of whose ends the public may read numbers alone."""
    if high is None or isinstance(high, str):
        return shown(high, lang)
    least, most = shown(low, lang), shown(high, lang)
    return say("report.up_to", lang, number=most) if isinstance(low, str) else f"{least}–{most}"


# --- what a page writes as HTML -----------------------------------------------------------------


def _sentences(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """The sentences of a brief; for the public those that its table tells, without ranges."""
    figure = exhibit.figure or {}
    if for_public:
        lines = tuple(_of_row(exhibit.table, row, lang) for row in exhibit.table.rows)
        return replace(table, kind="lines", lines=lines)
    lines = tuple(
        Line(item["direction"], item["lead"], item["word"], item["said"])
        for item in figure["items"]
    )
    return replace(table, kind="lines", lines=lines)


def _of_row(table: Table, row: Sequence[Cell], lang: str) -> Line:
    cells = {column.code: (cell, column) for column, cell in zip(table.columns, row, strict=True)}

    def told(code: str) -> Cell:
        return _told(*cells[code], _unit(table, row), lang, for_public=True)

    def read(code: str) -> str:
        return shown(told(code), lang)

    number = read("now")
    if not isinstance(told("now"), str) and cells["now_low"][0] != cells["now_high"][0]:
        number = say("numbers.about", lang, number=number)
    lead = say("report.public_sentence", lang, name=read("label"), number=number, unit=read("unit"))
    return Line("none", lead, read("verdict"), read("window"))


def _changes(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    if for_public:
        return table
    lines = tuple(
        Line(
            item["direction"],
            item["sentence"],
            item.get("sure", ""),
            "; ".join(doubt["text"] for doubt in item["doubts"]),
        )
        for item in (exhibit.figure or {})["items"]
    )
    return replace(table, kind="lines", lines=lines) if lines else table


def _reported(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """Who reported, month by month in bands, and what to allow for."""
    figure = exhibit.figure or {}
    care = (figure["silent"], *figure["care"])
    lines = tuple(Line("", text, "", "") for text in care if text)
    return replace(table, kind="lines", lines=lines)


def _figures(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    items = (exhibit.figure or {})["items"]

    def told(item: Mapping[str, Any]) -> tuple[str, str, str]:
        small = for_public and public.is_small(item["value"])
        number = say("report.under", lang, number=public.LEAST) if small else item["text"]
        return item["label"], number, "" if for_public else item["change"]

    return replace(table, kind="figures", figures=tuple(map(told, items)))


def _prose(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    lines = tuple(Line("", ": ".join(filter(None, row)), "", "") for row in table.grid.rows)
    return replace(table, kind="lines", lines=lines)


def _drawn(plot: Plot, table: Form, lang: str, for_public: bool) -> Form:
    drawn = public.shown_plot(plot, lang) if for_public else plot
    return replace(table, kind="charts", charts=(("", drawn),))


def _ranking(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """A list with ranges as bars; what is left over has a quiet colour."""
    rows = [row for row in (exhibit.figure or {})["rows"] if row["known"]][:_MOST_ROWS]
    if not rows:
        return table
    numbers = tuple(
        Number(row["value"], _end(row, "low"), _end(row, "high"), row["value_text"], row["said"])
        for row in rows
    )
    texts = tuple(" · ".join(filter(None, (row["value_text"], row["share"]))) for row in rows)
    colours = tuple(theme.BLUE if row["rank"] else theme.NEUTRAL for row in rows)
    names = tuple(
        row["label"] if row["rank"] or not row["note"] else f"{row['label']}: {row['note']}"
        for row in rows
    )
    plot = Plot("bars", names, (Series("", numbers, colours),), texts=texts)
    return _drawn(plot, table, lang, for_public)


def _end(row: Mapping[str, Any], end: str) -> int:
    return row["value"] if row.get(end) is None else row[end]


def _months(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """The strip of months as columns."""
    months = (exhibit.figure or {})["months"]
    open_months = sum(month["provisional"] for month in months)
    numbers = tuple(Number(m["value"], m["low"], m["high"], "", m["text"]) for m in months)
    names = tuple(month["label"] for month in months)
    plot = Plot("strips", names, (Series("", numbers, theme.BLUE),), provisional=open_months)
    return _drawn(plot, table, lang, for_public)


def _lateness(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    bars = (exhibit.figure or {})["bars"]
    numbers = tuple(Number(b["share"], b["share"], b["share"], b["text"], "") for b in bars)
    plot = Plot("shares", tuple(b["label"] for b in bars), (Series("", numbers, theme.BLUE),))
    return _drawn(plot, table, lang, for_public)


def _errors(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """How far numbers may be off, the largest first in each group as on its page."""
    if for_public:
        return table
    rows = (exhibit.figure or {})["rows"]
    numbers = tuple(Number(row["at"], row["at"], row["at"], row["text"], "") for row in rows)
    names = tuple(f"{row['group']}: {row['label']}" for row in rows)
    return _drawn(Plot("bars", names, (Series("", numbers, theme.BLUE),)), table, lang, for_public)


def _grouped(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """The groups of bars of a card about one area or corridor, in charts beside each other."""
    columns = {column.code: at for at, column in enumerate(exhibit.table.columns)}
    ends = {
        (row[columns["part"]], row[columns["label"]]): (row[columns["low"]], row[columns["high"]])
        for row in exhibit.table.rows
    }

    def number(group: str, row: Mapping[str, Any]) -> Number:
        low, high = (
            end if isinstance(end, int) else row["value"]
            for end in ends.get((group, row["label"]), (None, None))
        )
        return Number(row["value"], low, high, row["text"], row["text"])

    charts: list[tuple[str, Plot]] = []
    for group in (exhibit.figure or {})["groups"]:
        rows = [row for row in group["rows"] if isinstance(row["value"], int)]
        numbers = tuple(number(group["title"], row) for row in rows)
        plot = Plot("bars", tuple(row["label"] for row in rows), (Series("", numbers, theme.BLUE),))
        charts.append((group["title"], public.shown_plot(plot, lang) if for_public else plot))
    return replace(table, kind="charts", charts=tuple(charts)) if charts else table


_Made = Callable[[Exhibit, Form, str, bool], Form]
_FORMS: Mapping[str, _Made] = {
    "area": _grouped,
    "corridor": _grouped,
    "brief": _sentences,
    "changes": _changes,
    "reported": _reported,
    "indicators": _figures,
    "text": _prose,
    "ranking": _ranking,
    "brush": _months,
    "lateness": _lateness,
    "errors": _errors,
}
