"""What each exhibit becomes in a file: charts, a coloured grid, numbers, sentences, map, table.

A neutral figure becomes charts, and most figures that a page draws as HTML have one in ``cards``;
the rest becomes sentences, or the exhibit's table as a page shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Literal, TypeVar

from dashboard.components.table_twin import shown
from dashboard.exhibits.exhibit import Cell, Exhibit, Table
from dashboard.figures import theme
from dashboard.figures.plot import Plot
from dashboard.report import cards, chart, public
from dashboard.report.grid import Grid, matrix, readable_cell, table_of, unit_of
from dashboard.report.letters import line_height
from dashboard.words.catalogue import translate

T = TypeVar("T")
#: Height of the names of bars on a slide, in lines of letters of one millimetre each.
_MOST_HIGH = 8.5
#: Colours of cells that are clearly more or fewer, and the signs before such sentences.
_APART = {"more": theme.MORE, "fewer": theme.FEWER}
_MARKS = {"up": ("▲", theme.MORE), "down": ("▼", theme.FEWER)}


@dataclass(frozen=True)
class Line:
    """A judged sentence in parts.

    Attributes:
        direction: "up" or "down"; anything else is neither.
        lead: What is said first, in bold.
        word: The word of its verdict, or ''.
        text: The rest, or ''.
        when: The months that lead and word are about, where neither says them.
    """

    direction: str
    lead: str
    word: str
    text: str
    when: str = ""

    @property
    def mark(self) -> tuple[str, str]:
        """The sign before it, and the colour of that and of its word."""
        return _MARKS.get(self.direction, ("•", theme.TEXT_2))


@dataclass(frozen=True)
class Form:
    """What an exhibit becomes.

    Attributes:
        kind: Which of the other attributes is shown.
        charts: Neutral figures with their names, which small multiples have.
        grid: The table, which every exhibit has beside what is drawn.
        lines: Sentences.
        figures: Large numbers: what is counted, the number, and its change.
        map: The description of a map.
        listed: What a chart marks, and how many rows it leaves out, in words.
    """

    kind: Literal["charts", "grid", "figures", "lines", "map", "table"]
    grid: Grid
    charts: tuple[tuple[str, Plot], ...] = ()
    lines: tuple[Line, ...] = ()
    figures: tuple[tuple[str, str, str], ...] = ()
    map: Mapping[str, Any] | None = None
    listed: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether it is sentences or large numbers, which are called no figure."""
        return self.kind in ("lines", "figures")

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
        description = public.shown_map(figure, lang) if for_public else figure
        # Flows without a line stand in the notes too; a slide is too low for them and an inset.
        margin = {"margin": None} if "margin" in description else {}
        return replace(table, kind="map", map={**description, **margin})
    kind = str(figure.get("form"))
    if exhibit.plot is None and kind in _HTML_FORMS:
        return _HTML_FORMS[kind](exhibit, table, lang, for_public)
    if exhibit.plot is None and kind in cards.CHARTS:
        is_drawn = not (for_public and kind in cards.MEMBERS_ONLY)
        charts = cards.CHARTS[kind](exhibit, lang) if is_drawn else ()
    elif exhibit.plot and exhibit.plot.categories:
        charts = [("", exhibit.plot)]
    else:
        charts = ()
    if for_public:
        charts = [(name, public.shown_plot(plot, lang)) for name, plot in charts]
    if len(charts) != 1:
        return replace(table, kind="charts", charts=tuple(charts)) if charts else table
    ((_, plot),) = charts
    if plot.form in chart.GRIDS:
        return replace(table, kind="grid", grid=matrix(plot))
    plot, cut_rows = _cut(plot)
    parts = chart.parts_of(plot)
    named_parts = tuple((part.series[0].name if len(parts) > 1 else "", part) for part in parts)
    more = (translate("report.more_rows", lang, n=cut_rows),) if cut_rows else ()
    listed = (*map(_mark_text, plot.marks.listed), *more)
    if for_public:
        listed = tuple(public.in_text(text, lang) for text in listed)
    return replace(table, kind="charts", charts=named_parts, listed=listed)


def _cut(plot: Plot) -> tuple[Plot, int]:
    """As many bars as have a line for their names, and how many are left out.

    The first ones are kept, and the last one: the rest of all, or the smallest.
    """
    bars = len(plot.categories)
    lines = round(_MOST_HIGH / line_height(plot.categories))
    lines //= len(plot.series) if plot.form == "grouped" else 1
    if plot.form not in ("bars", "shares", "grouped", "stacked") or bars <= lines:
        return plot, 0
    positions = (*range(lines - 1), bars - 1)

    def cut_values(values: Sequence[T]) -> tuple[T, ...]:
        return tuple(values[at] for at in positions) if values else ()

    def cut_look(values: str | tuple[str, ...]) -> str | tuple[str, ...]:
        return values if isinstance(values, str) else cut_values(values)

    series = [
        replace(each, numbers=cut_values(each.numbers), colour=cut_look(each.colour),
                pattern=cut_look(each.pattern))
        for each in plot.series
    ]  # fmt: skip
    cut = replace(
        plot, categories=cut_values(plot.categories), series=tuple(series),
        totals=cut_values(plot.totals), texts=cut_values(plot.texts),
        usual=cut_values(plot.usual), clicks=None,
    )  # fmt: skip
    return cut, bars - lines


def _mark_text(mark: Mapping[str, str]) -> str:
    """A mark on a chart over time as text: when, and what."""
    when = f"{mark['when']}: " if mark["when"] else ""
    return f"{when}{mark['text']}"


def sentence(text: str) -> str:
    """A text that ends as a sentence does."""
    return text if text.endswith((".", "।", "!", "?")) else f"{text}."


def split_inset(description: Mapping[str, Any]) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """A map, and before it the inset in its corner: each with its name, to be drawn on its own.

    A title may be about what stands in the corner, and a slide or half a page is too low for that.
    """
    corner = description.get("beside")
    if not corner:
        return (("", description),)
    name = " · ".join(filter(None, (corner["title"], corner["under"])))
    return (name, {**corner, "legend": [], "notice": ""}), ("", {**description, "beside": None})


# --- what a page says as HTML --------------------------------------------------------------------


def _brief(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """The sentences of a brief; for the public the rows of its table, without their ranges."""
    if for_public:
        lines = [_public_line(exhibit.table, row, lang) for row in exhibit.table.rows]
    else:
        items = (exhibit.figure or {})["items"]
        lines = [
            Line(item["direction"], item["lead"], item["word"], item["said"], item["when"])
            for item in items
        ]
    return _with_lines(table, lines)


def _with_lines(table: Form, lines: Iterable[Line]) -> Form:
    """The form with sentences in place of its table."""
    return replace(table, kind="lines", lines=tuple(lines))


def _public_line(table: Table, row: Sequence[Cell], lang: str) -> Line:
    """A row of the brief as a sentence for the public, without its range."""
    cells = {column.code: (cell, column) for column, cell in zip(table.columns, row, strict=True)}

    def cell(code: str) -> Cell:
        return readable_cell(*cells[code], unit_of(table, row), lang, for_public=True)

    label, unit, verdict, window, number = (
        shown(cell(code), lang) for code in ("label", "unit", "verdict", "window", "now")
    )
    # Words in place of a number, such as "under 10", need no "about".
    if not isinstance(cell("now"), str) and cells["now_low"][0] != cells["now_high"][0]:
        number = translate("numbers.about", lang, number=number)
    lead = translate("report.public_sentence", lang, name=label, number=number, unit=unit)
    return Line("", lead, verdict, window, window)


def _changes(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """What changed as sentences, each with what makes it doubtful; for the public the table."""
    if for_public:
        return table
    lines: list[Line] = []
    for item in (exhibit.figure or {})["items"]:
        doubts = "; ".join(doubt["text"] for doubt in item["doubts"])
        lines.append(Line(item["direction"], item["sentence"], item.get("sure", ""), doubts))
    return _with_lines(table, lines) if lines else table


def _watched(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """Places that are off usual now, that may be, and that were; for the public the table."""
    figure = exhibit.figure or {}
    lines = [
        Line(item["direction"], item["label"], item["word"], item["text"], item["text"])
        for part in ("now", "maybe", "earlier")
        for item in figure[part]
    ]
    return table if for_public or not lines else _with_lines(table, lines)


def _reported(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """Sentences about partners that did not report, and about what to allow for."""
    figure = exhibit.figure or {}
    care = (figure["silent"], *figure["care"])
    return _with_lines(table, (Line("", text, "", "") for text in care if text))


def _tiles(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """Large numbers with their changes; for the public without these, small ones in words."""
    items = (exhibit.figure or {})["items"]

    def tile_texts(item: Mapping[str, Any]) -> tuple[str, str, str]:
        small = for_public and public.is_small(item["value"])
        number = translate("report.under", lang, number=public.LEAST) if small else item["text"]
        return item["label"], number, "" if for_public else item["change"]

    return replace(table, kind="figures", figures=tuple(map(tile_texts, items)))


def _coloured_shares(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """Of a hundred of each group, who had a service; what is clearly more or fewer is coloured."""
    figure = exhibit.figure or {}
    if for_public or not figure["rows"]:
        return table

    def cell_text(cell: Mapping[str, Any]) -> str:
        text = f"{cell['text']} ({cell['range']})" if cell["text"] and cell["range"] else ""
        return " ".join(filter(None, (text or cell["text"] or cell["range"], cell["word"])))

    header = (f"{column['label']}: {column['people']}" for column in figure["columns"])
    rows = tuple((row["label"], *map(cell_text, row["cells"])) for row in figure["rows"])
    fills = tuple(
        ("", *(_APART.get(cell["look"], "") for cell in row["cells"])) for row in figure["rows"]
    )
    numeric = (False, *(True for _ in figure["columns"]))
    return replace(
        table, kind="grid", grid=Grid((figure["service"], *header), rows, numeric, fills)
    )


def _prose(exhibit: Exhibit, table: Form, lang: str, for_public: bool) -> Form:
    """Each row of the table as a sentence."""
    texts = (": ".join(filter(None, row)) for row in table.grid.rows)
    return _with_lines(table, (Line("", text, "", "") for text in texts))


#: Figures of HTML, by form, that become sentences, large numbers or a grid of colours.
_HTML_FORMS: Mapping[str, Callable[[Exhibit, Form, str, bool], Form]] = {
    "brief": _brief,
    "changes": _changes,
    "reported": _reported,
    "gaps": _coloured_shares,
    "indicators": _tiles,
    "text": _prose,
    "watch": _watched,
}
