"""Forms: how a crossing becomes a figure, by the forms of all charts where they serve.

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
from dashboard.exhibits.explore.crossing import ROWS, Crossing
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
Cells = Callable[[Crossing, str, str], Number]
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


def figure(crossing: Crossing) -> Plot | Mapping[str, Any]:
    """The figure of a crossing that is no larger than there is room for."""
    return _FORMS[crossing.reader_question.form](crossing)


def plotly_figure(plot: Plot) -> Mapping[str, Any]:
    """A plot as a plotly figure; the cells of a matrix have room for every column."""
    if plot.form != "matrix":
        return draw(plot)
    return draw(plot, joined=", ", width=_COLUMN_WIDTH, names=_NAMES_WIDTH)


def number(crossing: Crossing, row: str, column: str) -> Number:
    """The number or the share of a cell, with its range."""
    size, whole = crossing.size(row, column), crossing.whole(row, column)
    (plain,) = crossing.numbers((size,))
    if crossing.reader_question.value not in (ROW, COLUMN):
        return plain
    base, lang = crossing.question.base(crossing.fact), crossing.lang
    low, high = share_between(crossing, row, column)
    share = numbers.share(size, whole, base, lang)
    hover = crossing.translate("breakdown.shared", number=plain.hover, share=share)
    if low < high:
        reach = crossing.reach(low, high)
        hover = crossing.translate("explore.share_between", counted=hover, range=reach)
    percent = round(100 * size / whole) if whole else 0
    return Number(percent, low, high, share if size else plain.text, hover)


def share_between(crossing: Crossing, row: str, column: str) -> tuple[int, int]:
    """The range of a share in percent, from the errors of its part and of its whole."""
    size, whole = crossing.size(row, column), crossing.whole(row, column)
    if not whole:
        return 0, 0
    share = size / whole
    part_error, whole_error = crossing.breakdown.error.of(size), crossing.error_of_whole.of(whole)
    margin = 2 * hypot(part_error.spread, share * whole_error.spread) / whole
    return max(floor(100 * (share - margin)), 0), min(ceil(100 * (share + margin)), 100)


def _row_series(crossing: Crossing, cell: Cells = number) -> tuple[Series, ...]:
    """A series for each row, over the columns."""
    looks = _looks(crossing.by[0], crossing.rows)
    return tuple(
        Series(
            crossing.row_name(row),
            tuple(cell(crossing, row, column) for column in crossing.columns),
            looks[row].colour,
            dash=looks[row].dash,
        )
        for row in crossing.rows
    )


def _column_series(crossing: Crossing) -> tuple[Series, ...]:
    """A series for each column, over the rows; a single one where there is one dimension."""
    looks = _looks(crossing.by[-1], crossing.columns)
    everything = crossing.fact.label_in(crossing.lang)
    return tuple(
        Series(
            everything if column == ALL else crossing.column_name(column),
            tuple(number(crossing, row, column) for row in crossing.rows),
            looks[column].colour,
            looks[column].pattern,
        )
        for column in crossing.columns
    )


def _bars(crossing: Crossing) -> Plot:
    """A bar for each row, or bars of its columns side by side."""
    if not crossing.is_crossed:
        looks = _LOOKS.get(dimension_of(crossing.by[0]), {})
        colours = {code: look.colour for code, look in looks.items()}
        return forms.bars({REST: theme.NEUTRAL, **colours})(crossing)
    clicks = dimensions.clicks(crossing.question, crossing.fact, crossing.by[0], crossing.rows)
    rows = tuple(map(crossing.row_name, crossing.rows))
    return Plot("grouped", rows, _column_series(crossing), clicks=clicks)


def _lines(crossing: Crossing) -> Plot:
    """A line for each row over the steps of time, or one for everything."""
    lang, is_share = crossing.lang, crossing.reader_question.value != NUMBER
    return Plot(
        "lines",
        tuple(dimensions.step_name(step, lang) for step in crossing.steps),
        _row_series(crossing) if crossing.is_crossed else _column_series(crossing),
        provisional=late_steps(crossing),
        provisional_name=crossing.translate("trend.filling"),
        tick=lambda n: (
            crossing.translate("numbers.percent", number=n) if is_share else crossing.number(n)
        ),
    )


def late_steps(crossing: Crossing) -> int:
    """How many of the last steps of time hold a provisional month."""
    return lateness.late_steps(crossing.question, map(Span.named, crossing.steps))


def _matrix(crossing: Crossing) -> Plot:
    """Rows by columns: numbers with their sums, shares, or signs.

    Signs are those against usual or, where the pair is a direction only, against a cell's share.
    """
    cell: Cells = number
    if crossing.is_direction or crossing.usual_of:
        cell = _sign_number if crossing.is_direction else _usual_number
    columns, rows = tuple(map(crossing.column_name, crossing.columns)), _row_series(crossing, cell)
    if cell is not number:
        return Plot("matrix", columns, rows, meta={"signs": True})
    if crossing.reader_question.value != NUMBER:
        return Plot("matrix", columns, rows)
    everything = crossing.translate("explore.all")
    row_sums = [crossing.row_sums[row] for row in crossing.rows]
    column_sums = [crossing.column_sums[column] for column in crossing.columns]
    last_column = crossing.numbers(row_sums, crossing.rows_breakdown.error)
    last_row = (
        *crossing.numbers(column_sums, crossing.error_of_whole),
        *crossing.numbers((crossing.total,), crossing.error_by()),
    )
    rows = tuple(
        replace(row, numbers=(*row.numbers, row_sum))
        for row, row_sum in zip(rows, last_column, strict=True)
    )
    rows = (*rows, Series(everything, last_row))
    return Plot("matrix", (*columns, everything), rows, meta={"sums": True})


def _sign_number(crossing: Crossing, row: str, column: str) -> Number:
    """A cell of a pair that is a direction only: its sign as a value, and the sign in words."""
    sign, words = sign_of(crossing, row, column)
    return Number(sign, sign, sign, words if sign else "·", words)


def _usual_number(crossing: Crossing, row: str, column: str) -> Number:
    """A number with the judge's sign and sentence; the number alone where it is not judged."""
    question, plain = crossing.question, number(crossing, row, column)
    judged = crossing.usual_of.of(row, column) if crossing.usual_of else None
    if judged is None:
        return replace(plain, value=0, low=0, high=0, text=plain.text if plain.value else "·")
    comparisons, code = judged
    sign = comparisons.of[code].direction
    if not (sign or plain.value):
        plain = replace(plain, text="·")
    word = {1: "more", -1: "fewer"}.get(sign, "same")
    text = crossing.translate(f"explore.usual_{word}", number=plain.text)
    sentence = against_usual.sentence(question, comparisons, code, crossing.fact)
    return Number(sign, sign, sign, text, sentence)


def sign_of(crossing: Crossing, row: str, column: str) -> tuple[int, str]:
    """1 where a cell is surely more than its share, -1 where less, else 0; and that in words."""
    distance = crossing.beyond.get((row, column), 0.0)
    sign = (distance > 0) - (distance < 0)
    word = {1: "more", -1: "less"}.get(sign, "untold")
    return sign, crossing.translate(f"explore.sign_{word}")


def _list(crossing: Crossing) -> Mapping[str, Any]:
    """Rows, or cells, the largest first; what is not known and all others last.

    Against usual, all that is off usual is listed: below the ROWS largest without a rank, at the
    end, since ``rankings.figure`` cuts off ranked rows alone.
    """
    question, fact = crossing.question, crossing.fact
    cells = sorted(crossing.cells.items(), key=lambda entry: -entry[1])
    comparisons = crossing.usual_of.by_filter[ALL] if crossing.usual_of else None
    off_usual = comparisons.off_usual if comparisons else []

    def name(row: str, column: str) -> str:
        row_name = crossing.row_name(row)
        return row_name if column == ALL else f"{row_name}, {crossing.column_name(column)}"

    rows = [
        rankings.Row(
            row if comparisons else "",
            name(row, column),
            size,
            is_ranked={row, column}.isdisjoint((UNKNOWN, REST))
            and (index < ROWS or row not in off_usual),
            comparison=comparisons.of.get(row) if comparisons else None,
            usual=against_usual.in_list(question, comparisons, row, fact),
        )
        for index, ((row, column), size) in enumerate(cells)
        if size or comparisons
    ]
    names = (dimensions.title_of(fact, dimension_of(by), crossing.lang) for by in crossing.by)
    rows.sort(key=lambda row: not row.is_ranked)
    return rankings.figure(
        question,
        crossing.breakdown,
        rows,
        label=" · ".join(names),
        top=str(ROWS),
        as_dots=True,
        judged_label=against_usual.header(question, comparisons, fact),
    )


def _map(crossing: Crossing) -> Mapping[str, Any]:
    """Rows as areas of a map, without links to the areas around what it opens on."""
    count = areas_of(crossing)
    return {**area_map.figure(count, paint_of(crossing, count)), "way": []}


def areas_of(crossing: Crossing) -> AreaCount:
    """The rows as areas, empty ones too; the map shows the chosen areas, else the country."""
    is_chosen = bool(crossing.question.filters.codes_of("area"))
    question = replace(crossing.question, options={"view": AUTO if is_chosen else "country"})
    return count_areas(
        question, crossing.fact, crossing.reader_question.rows, every_role=not crossing.usual_of
    )


def paint_of(crossing: Crossing, count: AreaCount) -> Paint:
    """Areas by number, or against usual; those from which no agency reported look different."""
    comparisons = crossing.usual_of.by_filter[ALL] if crossing.usual_of else None
    paint = unusual.paint_of(count, comparisons) if comparisons else area_map.by_number(count)
    return mark_silent(count, paint)


def _looks(by: By, codes: Sequence[str]) -> dict[str, Look]:
    """The look of each code; what is not known, and all others together, are grey."""
    by_code, in_turn = dict(_LOOKS.get(dimension_of(by), {})), iter(_NEXT_LOOKS)
    by_code |= {UNKNOWN: _OTHERS, REST: _OTHERS}
    return {code: by_code.get(code) or next(in_turn, _OTHERS) for code in codes}


_FORMS: Mapping[str, Callable[[Crossing], Plot | Mapping[str, Any]]] = {
    BARS: _bars,
    LINES: _lines,
    MATRIX: _matrix,
    MAP: _map,
    LIST: _list,
}
