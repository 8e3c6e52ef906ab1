"""Forms: how a cross-table becomes a figure, by the forms of all charts where they serve.

Cells are numbers; shares of a row or column, with the error of both; numbers with what the judge of
change says of them; or, where a pair is a direction only, signs for what is surely more or less
than its share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import ceil, floor, hypot
from typing import Any

from dashboard.exhibits.charts import dimensions, forms
from dashboard.exhibits.charts.counts import ALL
from dashboard.exhibits.charts.dimensions import REST, UNKNOWN
from dashboard.exhibits.counts.area_counts import AreaCount, count_areas
from dashboard.exhibits.exhibit import AUTO
from dashboard.exhibits.explore.crosstab import ROWS, Crosstab
from dashboard.exhibits.explore.reader_question import (
    BARS,
    COLUMN,
    LINES,
    LIST,
    MAP,
    MATRIX,
    NUMBER,
    ROW,
)
from dashboard.exhibits.hotspots import unusual
from dashboard.exhibits.hotspots.paints import mark_silent
from dashboard.exhibits.parts import against_usual, area_map, lateness, rankings
from dashboard.exhibits.parts.area_map import Paint
from dashboard.figures import theme
from dashboard.figures.drawing import draw
from dashboard.figures.plot import Number, Plot, Series
from dashboard.figures.theme import Look
from dashboard.model.counted_by import By, dimension_of
from dashboard.model.periods import Span
from dashboard.words import numbers

#: Pixels of a column and of the names of rows: all columns that are drawn fit a wide page.
_COLUMN_WIDTH, _NAMES_WIDTH = 64, 140
#: How a cell becomes a number.
Cells = Callable[[Crosstab, str, str], Number]
#: Looks of dimensions that have their own; the codes of others take these looks in turn.
_LOOKS: Mapping[str, Mapping[str, Look]] = {
    "class_group": theme.CLASS_LOOK,
    "mode": theme.TRANSPORT_LOOK,
    "sex": {code: Look(colour) for code, colour in theme.SEX_COLOUR.items()},
}
_NEXT_LOOKS = (
    Look(theme.BLUE),
    Look(theme.AMBER, "dash"),
    Look(theme.ORCHID, "dot"),
    Look(theme.UMBER, "dashdot"),
    Look(theme.SKY, "longdash"),
)
_OTHERS = Look(theme.NEUTRAL, "longdashdot", "/")


def figure(crosstab: Crosstab) -> Plot | Mapping[str, Any]:
    """The figure of a cross-table that is no larger than there is room for."""
    return _FORMS[crosstab.reader_question.form](crosstab)


def plotly_figure(plot: Plot) -> Mapping[str, Any]:
    """A plot as a plotly figure; the cells of a matrix have room for every column."""
    if plot.form != "matrix":
        return draw(plot)
    return draw(plot, joined=", ", width=_COLUMN_WIDTH, names=_NAMES_WIDTH)


def number(crosstab: Crosstab, row: str, column: str) -> Number:
    """The number or the share of a cell, with its range."""
    size, whole = crosstab.size(row, column), crosstab.whole(row, column)
    (plain,) = crosstab.numbers((size,))
    if crosstab.reader_question.value not in (ROW, COLUMN):
        return plain
    base, lang = crosstab.question.base(crosstab.fact), crosstab.lang
    low, high = share_between(crosstab, row, column)
    share = numbers.share(size, whole, base, lang)
    hover = crosstab.translate("breakdown.shared", number=plain.hover, share=share)
    if low < high:
        reach = crosstab.reach(low, high)
        hover = crosstab.translate("explore.share_between", counted=hover, range=reach)
    percent = round(100 * size / whole) if whole else 0
    return Number(percent, low, high, share if size else plain.text, hover)


def share_between(crosstab: Crosstab, row: str, column: str) -> tuple[int, int]:
    """The range of a share in percent, from the errors of its part and of its whole."""
    size, whole = crosstab.size(row, column), crosstab.whole(row, column)
    if not whole:
        return 0, 0
    share = size / whole
    part_error, whole_error = crosstab.breakdown.error.at(size), crosstab.error_of_whole.at(whole)
    margin = 2 * hypot(part_error.spread, share * whole_error.spread) / whole
    return max(floor(100 * (share - margin)), 0), min(ceil(100 * (share + margin)), 100)


def _row_series(crosstab: Crosstab, cell: Cells = number) -> tuple[Series, ...]:
    """A series for each row, over the columns."""
    looks = _looks(crosstab.by[0], crosstab.rows)
    return tuple(
        Series(
            crosstab.row_name(row),
            tuple(cell(crosstab, row, column) for column in crosstab.columns),
            looks[row].colour,
            dash=looks[row].dash,
        )
        for row in crosstab.rows
    )


def _column_series(crosstab: Crosstab) -> tuple[Series, ...]:
    """A series for each column, over the rows; a single one where there is one dimension."""
    looks = _looks(crosstab.by[-1], crosstab.columns)
    everything = crosstab.fact.label_in(crosstab.lang)
    return tuple(
        Series(
            everything if column == ALL else crosstab.column_name(column),
            tuple(number(crosstab, row, column) for row in crosstab.rows),
            looks[column].colour,
            looks[column].pattern,
        )
        for column in crosstab.columns
    )


def _bars(crosstab: Crosstab) -> Plot:
    """A bar for each row, or bars of its columns side by side."""
    if not crosstab.is_crossed:
        looks = _LOOKS.get(dimension_of(crosstab.by[0]), {})
        colours = {code: look.colour for code, look in looks.items()}
        return forms.bars({REST: theme.NEUTRAL, **colours})(crosstab)
    clicks = dimensions.clicks(crosstab.question, crosstab.fact, crosstab.by[0], crosstab.rows)
    rows = tuple(map(crosstab.row_name, crosstab.rows))
    return Plot("grouped", rows, _column_series(crosstab), clicks=clicks)


def _lines(crosstab: Crosstab) -> Plot:
    """A line for each row over the steps of time, or one for everything."""
    lang, is_share = crosstab.lang, crosstab.reader_question.value != NUMBER
    return Plot(
        "lines",
        tuple(dimensions.step_name(step, lang) for step in crosstab.steps),
        _row_series(crosstab) if crosstab.is_crossed else _column_series(crosstab),
        provisional=late_steps(crosstab),
        provisional_name=crosstab.translate("trend.filling"),
        tick=lambda n: (
            crosstab.translate("numbers.percent", number=n) if is_share else crosstab.number(n)
        ),
    )


def late_steps(crosstab: Crosstab) -> int:
    """How many of the last steps of time hold a provisional month."""
    return lateness.late_steps(crosstab.question, map(Span.named, crosstab.steps))


def _matrix(crosstab: Crosstab) -> Plot:
    """Rows by columns: numbers with their sums, shares, or signs.

    Signs are those against usual or, where the pair is a direction only, against a cell's share.
    """
    cell: Cells = number
    if crosstab.is_direction or crosstab.judged:
        cell = _sign_number if crosstab.is_direction else _usual_number
    columns, rows = tuple(map(crosstab.column_name, crosstab.columns)), _row_series(crosstab, cell)
    if cell is not number:
        return Plot("matrix", columns, rows, meta={"signs": True})
    if crosstab.reader_question.value != NUMBER:
        return Plot("matrix", columns, rows)
    everything = crosstab.translate("explore.all")
    row_sums = [crosstab.row_sums[row] for row in crosstab.rows]
    column_sums = [crosstab.column_sums[column] for column in crosstab.columns]
    last_column = crosstab.numbers(row_sums, crosstab.rows_breakdown.error)
    last_row = (
        *crosstab.numbers(column_sums, crosstab.error_of_whole),
        *crosstab.numbers((crosstab.total,), crosstab.error_by()),
    )
    rows = tuple(
        replace(row, numbers=(*row.numbers, row_sum))
        for row, row_sum in zip(rows, last_column, strict=True)
    )
    rows = (*rows, Series(everything, last_row))
    return Plot("matrix", (*columns, everything), rows, meta={"sums": True})


def _sign_number(crosstab: Crosstab, row: str, column: str) -> Number:
    """A cell of a pair that is a direction only: its sign as a value, and the sign in words."""
    sign, words = sign_of(crosstab, row, column)
    return Number(sign, sign, sign, words if sign else "·", words)


def _usual_number(crosstab: Crosstab, row: str, column: str) -> Number:
    """A cell with the judge's sign as value and the number as text; value 0 if it is not judged."""
    question, plain = crosstab.question, number(crosstab, row, column)
    judged = crosstab.judged.find(row, column) if crosstab.judged else None
    if judged is None:
        return replace(plain, value=0, low=0, high=0, text=plain.text if plain.value else "·")
    comparisons, code = judged
    sign = comparisons.rows[code].direction
    if not (sign or plain.value):
        plain = replace(plain, text="·")
    word = {1: "more", -1: "fewer"}.get(sign, "same")
    text = crosstab.translate(f"explore.usual_{word}", number=plain.text)
    sentence = against_usual.sentence(question, comparisons, code, crosstab.fact)
    return Number(sign, sign, sign, text, sentence)


def sign_of(crosstab: Crosstab, row: str, column: str) -> tuple[int, str]:
    """1 where a cell is surely more than its share, -1 where less, else 0; and that in words."""
    distance = crosstab.beyond.get((row, column), 0.0)
    sign = (distance > 0) - (distance < 0)
    word = {1: "more", -1: "less"}.get(sign, "untold")
    return sign, crosstab.translate(f"explore.sign_{word}")


def _list(crosstab: Crosstab) -> Mapping[str, Any]:
    """Rows, or cells, the largest first; what is not known and all others last.

    Against usual, all that is off usual is listed: below the ROWS largest without a rank, at the
    end, since ``rankings.figure`` cuts off ranked rows alone.
    """
    question, fact = crosstab.question, crosstab.fact
    cells = sorted(crosstab.cells.items(), key=lambda entry: -entry[1])
    comparisons = crosstab.judged.by_filter[ALL] if crosstab.judged else None
    off_usual = comparisons.off_usual if comparisons else []

    def name(row: str, column: str) -> str:
        row_name = crosstab.row_name(row)
        return row_name if column == ALL else f"{row_name}, {crosstab.column_name(column)}"

    rows = [
        rankings.Row(
            row if comparisons else "",
            name(row, column),
            size,
            is_ranked={row, column}.isdisjoint((UNKNOWN, REST))
            and (index < ROWS or row not in off_usual),
            comparison=comparisons.rows.get(row) if comparisons else None,
            usual=against_usual.in_list(question, comparisons, row, fact),
        )
        for index, ((row, column), size) in enumerate(cells)
        if size or comparisons
    ]
    names = (dimensions.title_of(fact, dimension_of(by), crosstab.lang) for by in crosstab.by)
    rows.sort(key=lambda row: not row.is_ranked)
    return rankings.figure(
        question,
        crosstab.breakdown,
        rows,
        label=" · ".join(names),
        top=str(ROWS),
        as_dots=True,
        judged_label=against_usual.header(question, comparisons, fact),
    )


def _map(crosstab: Crosstab) -> Mapping[str, Any]:
    """Rows as areas of a map, without links to the areas around what it opens on."""
    count = areas_of(crosstab)
    return {**area_map.figure(count, paint_of(crosstab, count)), "way": []}


def areas_of(crosstab: Crosstab) -> AreaCount:
    """The rows as areas, empty ones too; the map shows the chosen areas, else the country."""
    is_chosen = bool(crosstab.question.filters.codes_of("area"))
    question = replace(crosstab.question, options={"view": AUTO if is_chosen else "country"})
    rows = crosstab.reader_question.rows
    return count_areas(question, crosstab.fact, rows, every_role=not crosstab.judged)


def paint_of(crosstab: Crosstab, count: AreaCount) -> Paint:
    """Areas by number, or against usual; those from which no agency reported look different."""
    comparisons = crosstab.judged.by_filter[ALL] if crosstab.judged else None
    paint = unusual.paint_of(count, comparisons) if comparisons else area_map.by_number(count)
    return mark_silent(count, paint)


def _looks(by: By, codes: Sequence[str]) -> dict[str, Look]:
    """The look of each code; what is not known, and all others together, are grey."""
    by_code, in_turn = dict(_LOOKS.get(dimension_of(by), {})), iter(_NEXT_LOOKS)
    by_code |= {UNKNOWN: _OTHERS, REST: _OTHERS}
    return {code: by_code.get(code) or next(in_turn, _OTHERS) for code in codes}


_FORMS: Mapping[str, Callable[[Crosstab], Plot | Mapping[str, Any]]] = {
    BARS: _bars,
    LINES: _lines,
    MATRIX: _matrix,
    MAP: _map,
    LIST: _list,
}
