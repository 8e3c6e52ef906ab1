"""Forms: what is drawn of what was asked, by the grammar's own forms where they serve.

Numbers, or shares of a row or column with the error of both; numbers with what the judge of change
calls them; of pairs that are a direction only, which cells are surely more or less than their
share.
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
from dashboard.exhibits.hotspots.paints import silenced
from dashboard.exhibits.parts import against_usual, area_map, lateness, rankings
from dashboard.exhibits.parts.area_map import Paint
from dashboard.figures import theme
from dashboard.figures.drawing import draw
from dashboard.figures.plot import Number, Plot, Series
from dashboard.figures.theme import Look
from dashboard.model.counted_by import By, dimension_of
from dashboard.model.periods import Span
from dashboard.words import numbers

#: Pixels of a column and of the names of rows: as many columns as are drawn fit a wide page.
_COLUMN, _NAMES = 64, 140
#: How a cell becomes a number.
Cells = Callable[[Crossing, str, str], Number]
#: Looks of dimensions that have their own; others take the next of a row of looks.
_LOOKS: Mapping[str, Mapping[str, Look]] = {
    "class_group": theme.CLASS_LOOK,
    "mode": theme.TRANSPORT_LOOK,
    "sex": {code: Look(colour) for code, colour in theme.SEX_COLOUR.items()},
}
_IN_TURN = (
    Look(theme.BLUE),
    Look(theme.AMBER, "dash"),
    Look(theme.ORCHID, "dot"),
    Look(theme.UMBER, "dashdot"),
    Look(theme.SKY, "longdash"),
)
_OTHERS = Look(theme.NEUTRAL, "longdashdot", "/")


def figure(shown: Crossing) -> Plot | Mapping[str, Any]:
    """What a crossing is drawn as, of as much as there is room for."""
    return _FORMS[shown.reader_question.form](shown)


def plotly_figure(plot: Plot) -> Mapping[str, Any]:
    """A plot as a plotly figure."""
    if plot.form != "matrix":
        return draw(plot)
    return draw(plot, joined=", ", width=_COLUMN, names=_NAMES)


def number(shown: Crossing, row: str, column: str) -> Number:
    """A cell as it is said: how many, or which share, with where it lies."""
    size, whole = shown.size(row, column), shown.whole(row, column)
    (plain,) = shown.numbers((size,))
    if shown.reader_question.value not in (ROW, COLUMN):
        return plain
    base, lang = shown.question.base(shown.fact), shown.lang
    low, high = share_between(shown, row, column)
    share = numbers.share(size, whole, base, lang)
    said = shown.translate("breakdown.shared", number=plain.hover, share=share)
    reach = shown.reach(low, high)
    percent = round(100 * size / whole) if whole else 0
    said = (
        shown.translate("explore.share_between", counted=said, range=reach) if low < high else said
    )
    return Number(percent, low, high, share if size else plain.text, said)


def share_between(shown: Crossing, row: str, column: str) -> tuple[int, int]:
    """What a share is at least and at most, in percent: with the errors of its part and whole."""
    size, whole = shown.size(row, column), shown.whole(row, column)
    if not whole:
        return 0, 0
    share = size / whole
    part, all_ = shown.breakdown.error.of(size), shown.error_of_whole.of(whole)
    off = 2 * hypot(part.spread, share * all_.spread) / whole
    return max(floor(100 * (share - off)), 0), min(ceil(100 * (share + off)), 100)


def _rows(shown: Crossing, cell: Cells = number) -> tuple[Series, ...]:
    """A series a row, over the columns."""
    looks = _looks(shown.by[0], shown.rows)
    return tuple(
        Series(
            shown.row_name(row),
            tuple(cell(shown, row, column) for column in shown.columns),
            looks[row].colour,
            dash=looks[row].dash,
        )
        for row in shown.rows
    )


def _columns(shown: Crossing) -> tuple[Series, ...]:
    """A series a column, over the rows; of one dimension the only one."""
    looks = _looks(shown.by[-1], shown.columns)
    return tuple(
        Series(
            shown.column_name(column) if column != ALL else shown.fact.label_in(shown.lang),
            tuple(number(shown, row, column) for row in shown.rows),
            looks[column].colour,
            looks[column].pattern,
        )
        for column in shown.columns
    )


def _bars(shown: Crossing) -> Plot:
    if not shown.is_crossed:
        own = _LOOKS.get(dimension_of(shown.by[0]), {})
        colours = {code: look.colour for code, look in own.items()}
        return forms.bars({REST: theme.NEUTRAL, **colours})(shown)
    clicks = dimensions.clicks(shown.question, shown.fact, shown.by[0], shown.rows)
    return Plot("grouped", tuple(map(shown.row_name, shown.rows)), _columns(shown), clicks=clicks)


def _lines(shown: Crossing) -> Plot:
    """A line a row over the steps of time, or one of all."""
    lang, is_share = shown.lang, shown.reader_question.value != NUMBER
    return Plot(
        "lines",
        tuple(dimensions.step_name(step, lang) for step in shown.steps),
        _rows(shown) if shown.is_crossed else _columns(shown),
        provisional=late_steps(shown),
        provisional_name=shown.translate("trend.filling"),
        tick=lambda n: (
            shown.translate("numbers.percent", number=n) if is_share else shown.number(n)
        ),
    )


def late_steps(shown: Crossing) -> int:
    """How many of the last steps of time hold a provisional month."""
    return lateness.late_steps(shown.question, map(Span.named, shown.steps))


def _matrix(shown: Crossing) -> Plot:
    """Numbers with their sums, shares, or which cells are more or fewer: than usual, than share."""
    cell: Cells = _sign if shown.is_direction else _against if shown.usual_of else number
    columns, rows = tuple(map(shown.column_name, shown.columns)), _rows(shown, cell)
    if cell is not number:
        return Plot("matrix", columns, rows, meta={"signs": True})
    if shown.reader_question.value != NUMBER:
        return Plot("matrix", columns, rows)
    all_, total = shown.translate("explore.all"), shown.numbers((shown.total,), shown.error_by())
    down = shown.numbers(map(shown.row_sums.__getitem__, shown.rows), shown.rows_breakdown.error)
    rows = tuple(
        replace(row, numbers=(*row.numbers, own)) for row, own in zip(rows, down, strict=True)
    )
    across = shown.numbers(map(shown.column_sums.__getitem__, shown.columns), shown.error_of_whole)
    return Plot("matrix", (*columns, all_), (*rows, Series(all_, (*across, *total))),
                meta={"sums": True})  # fmt: skip


def _sign(shown: Crossing, row: str, column: str) -> Number:
    sign, said = sign_of(shown, row, column)
    return Number(sign, sign, sign, said if sign else "·", said)


def _against(shown: Crossing, row: str, column: str) -> Number:
    """A number as the judge of change calls it; of what is not judged the number alone."""
    question, plain = shown.question, number(shown, row, column)
    found = shown.usual_of.of(row, column) if shown.usual_of else None
    if found is None:
        return replace(plain, value=0, low=0, high=0, text=plain.text if plain.value else "·")
    held, code = found
    sign = held.of[code].direction
    if not (sign or plain.value):
        plain = replace(plain, text="·")
    text = shown.translate(f"explore.usual_{('same', 'more', 'fewer')[sign]}", number=plain.text)
    said = against_usual.sentence(question, held, code, shown.fact)
    return Number(sign, sign, sign, text, said)


def sign_of(shown: Crossing, row: str, column: str) -> tuple[int, str]:
    """Whether a cell is surely more than its share (1), less (-1) or neither, and that in words."""
    far = shown.beyond.get((row, column), 0.0)
    sign = (far > 0) - (far < 0)
    return sign, shown.translate(f"explore.sign_{('untold', 'more', 'less')[sign]}")


def _list(shown: Crossing) -> Mapping[str, Any]:
    """Rows, or cells, the largest first; what is not known and all others last.

    Before these stands what is off usual, however little it is.
    """
    pairs = sorted(shown.cells.items(), key=lambda entry: -entry[1])
    held = shown.usual_of.by_filter[ALL] if shown.usual_of else None
    off = {*held.called(1), *held.called(-1), *held.watched} if held else set[str]()
    rows = [
        rankings.Row(
            row if held else "",
            ", ".join(filter(None, (shown.row_name(row), column and shown.column_name(column)))),
            size,
            is_ranked={row, column}.isdisjoint((UNKNOWN, REST)) and (at < ROWS or row not in off),
            comparison=held.of.get(row) if held else None,
            usual=against_usual.in_list(shown.question, held, row, shown.fact),
        )
        for at, ((row, column), size) in enumerate(pairs)
        if size or held
    ]
    names = (dimensions.title_of(shown.fact, dimension_of(by), shown.lang) for by in shown.by)
    rows.sort(key=lambda row: not row.is_ranked)
    return rankings.figure(
        shown.question,
        shown.breakdown,
        rows,
        label=" · ".join(names),
        top=str(ROWS),
        as_dots=True,
        judged_label=against_usual.header(shown.question, held, shown.fact),
    )


def _map(shown: Crossing) -> Mapping[str, Any]:
    count = areas_of(shown)
    return {**area_map.figure(count, paint_of(shown, count)), "way": []}


def areas_of(shown: Crossing) -> AreaCount:
    """The same numbers by area, the empty ones too; a map looks at what is chosen, or at all."""
    is_chosen = bool(shown.question.filters.codes_of("area"))
    question = replace(shown.question, options={"view": AUTO if is_chosen else "country"})
    return count_areas(
        question, shown.fact, shown.reader_question.rows, every_role=not shown.usual_of
    )


def paint_of(shown: Crossing, count: AreaCount) -> Paint:
    """Areas by number, or against usual; those from which no agency reported are told apart."""
    held = shown.usual_of.by_filter[ALL] if shown.usual_of else None
    return silenced(count, unusual.paint_of(count, held) if held else area_map.by_number(count))


def _looks(by: By, codes: Sequence[str]) -> dict[str, Look]:
    """How each code is drawn; what is not known, and all others together, in grey."""
    own, free = _LOOKS.get(dimension_of(by), {}), iter(_IN_TURN)
    return {
        code: _OTHERS if code in (UNKNOWN, REST) else own.get(code) or next(free, _OTHERS)
        for code in codes
    }


_FORMS: Mapping[str, Callable[[Crossing], Plot | Mapping[str, Any]]] = {
    BARS: _bars,
    LINES: _lines,
    MATRIX: _matrix,
    MAP: _map,
    LIST: _list,
}
