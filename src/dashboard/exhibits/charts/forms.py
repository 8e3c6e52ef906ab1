"""Forms: how counts become a neutral figure. How that is drawn stands in ``figures``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import repeat

from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.charts.counts import Counts
from dashboard.exhibits.charts.dimensions import UNKNOWN
from dashboard.figures import plot, theme
from dashboard.figures.plot import Number, Plot, Series
from dashboard.words import numbers

Form = Callable[[Counts], Plot]
#: Columns that are drawn as one: their name, their codes and their colour.
Group = tuple[str, Sequence[str], str]
Groups = Callable[[Counts], Sequence[Group]]


def bars(
    colour: str | Mapping[str, str] = theme.BLUE, *, top: int | None = None, shares: bool = True
) -> Form:
    """A form that draws rows that hold something as bars, with the usual number of each.

    Args:
        colour: Colour of all bars, or by code.
        top: How many of the known rows are drawn; the table has all.
        shares: Whether each bar says its share too.
    """

    def form(counts: Counts) -> Plot:
        drawn = counts.answered_rows[:top]
        rows = [
            row for row in counts.rows if row in drawn or (row == UNKNOWN and counts.by_row[row])
        ]
        numbers_ = counts.numbers([counts.by_row[row] for row in rows])
        by_code = {UNKNOWN: theme.NEUTRAL, **(colour if isinstance(colour, Mapping) else {})}
        by_row = tuple(by_code.get(row, theme.BLUE) for row in rows)
        colours = colour if isinstance(colour, str) else by_row
        return Plot(
            "bars",
            tuple(map(counts.row_name, rows)),
            (Series("", numbers_, colours, tuple("/" if row == UNKNOWN else "" for row in rows)),),
            is_rough=counts.is_rough,
            texts=tuple(map(_with_share, repeat(counts), rows, numbers_)) if shares else (),
            usual=counts.format_of().numbers(map(counts.usual.get, rows)) if counts.usual else (),
            clicks=dimensions.clicks(counts.question, counts.fact, counts.by[0], rows),
        )  # fmt: skip

    return form


def _with_share(counts: Counts, row: str, number: Number) -> str:
    """A number with its share: "30 · 45 %", "15 of 18".

    One of a range alone, or a few, which could not be told from none, has none; nor has the whole.
    """
    base, size = counts.question.base(counts.fact), counts.by_row[row]
    if counts.is_rough or counts.breakdown.is_few(size) or size == counts.total:
        return number.text
    alone = numbers.share(size, counts.total, base, counts.lang)
    if alone != numbers.share(size, counts.total, base, counts.lang, beside=True):
        return alone
    return counts.translate("breakdown.shared", number=number.text, share=alone)


def by_column(colours: Sequence[str] | Mapping[str, str]) -> Groups:
    """Groups of one column each, in colours by code or in turn; the unknown one in grey."""

    def groups(counts: Counts) -> Sequence[Group]:
        in_turn = zip(counts.columns, colours, strict=False)
        by_code = dict(colours if isinstance(colours, Mapping) else in_turn) | {UNKNOWN: ""}
        return [
            (counts.column_name(code), [code], by_code.get(code) or theme.NEUTRAL)
            for code in counts.columns
        ]

    return groups


def parts(groups: Groups, *, stacked: bool = False) -> Form:
    """A form that divides rows by columns: bars side by side, or parts of one bar with its sum."""

    def form(counts: Counts) -> Plot:
        return _divided(counts, "stacked" if stacked else "grouped", groups(counts))

    return form


def mirrored(left: str, right: str, colours: Mapping[str, str]) -> Form:
    """A form that draws two columns back to back; others stand in the description."""

    def form(counts: Counts) -> Plot:
        name = partial(dimensions.label, counts.question, counts.fact, counts.by[-1])
        return _divided(
            counts, "mirrored", [(name(code), [code], colours[code]) for code in (left, right)]
        )

    return form


def _divided(counts: Counts, form: plot.Form, groups: Sequence[Group]) -> Plot:
    """Rows as categories, with a series for each group of columns."""

    def series(name: str, codes: Sequence[str], colour: str) -> Series:
        sizes = [sum(counts.size(row, code) for code in codes) for row in counts.rows]
        return Series(name, counts.numbers(sizes), colour)

    # Rows can be clicked where they are one of two dimensions.
    by, rows = counts.by, counts.rows
    clicks = dimensions.clicks(counts.question, counts.fact, by[0], rows) if len(by) > 1 else None
    return Plot(
        form,
        tuple(map(counts.row_name, rows)),
        tuple(series(*group) for group in groups),
        is_rough=counts.is_rough,
        totals=counts.sums() if form == "stacked" else (),
        clicks=clicks,
    )


def matrix(counts: Counts) -> Plot:
    """Rows by columns with the number in each cell: a series for each row."""
    return Plot(
        "matrix",
        tuple(map(counts.column_name, counts.columns)),
        tuple(
            Series(
                counts.row_name(row), counts.numbers([counts.size(row, c) for c in counts.columns])
            )
            for row in counts.rows
        ),
        is_rough=counts.is_rough,
    )
