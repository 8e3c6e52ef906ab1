"""Native charts: a neutral figure as a chart that an office program edits, with its workbook.

Slides and paper hold the same two parts. The workbook has a cell for everything that is drawn, and
nothing else: ranges are error bars that follow from cells, months that still fill up are series of
their own, and a number that is read as "a few" has that as its format, so that no program shows a
digit for it. The chart part is written in ``chart.xml`` of ``templates``; where a chart stands on a
page belongs to ``slides`` and ``paper``.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import count
from math import ceil
from pathlib import Path
from typing import Any

from jinja2 import Template
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from dashboard.figures import theme
from dashboard.figures.plot import Plot
from dashboard.figures.text import letters, nice_ceiling
from dashboard.model.html import templates
from dashboard.model.languages import LANGUAGES, OWN
from dashboard.report.letters import FAMILY, LATIN, LETTER, LINE, line_height, shortened, width_of
from dashboard.report.series import OVER_TIME, ChartSeries, chart_series

#: Forms whose series are drawn in a small chart each.
SPLIT = ("panels", "strips")
#: Forms that become a table of coloured cells, since no office program draws them as a chart.
GRIDS = ("matrix",)
_SHEET = "Data"
#: Between a range and the words behind it.
_GAP = "\u2002"
#: An XLSX file wants a date of making; the release says when the numbers were made.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, not a time
_DASHES = {
    "solid": "solid", "dash": "dash", "dot": "sysDot", "dashdot": "dashDot",
    "longdash": "lgDashDot", "longdashdot": "lgDashDot",
}  # fmt: skip
_GROUPINGS = {"area": "stacked", "bar": "clustered", "line": "standard"}
#: Share of the width that names of one line may take, and those of several.
_NAME_SHARE, _NAME_SHARE_BROKEN = 0.57, 0.42
#: Lines that names of both sides take, with what programs leave above a title.
_SIDES = 1.8


@dataclass(frozen=True)
class Look:
    """How a chart looks where it stands.

    Attributes:
        size: Points of its letters.
        width, height: Its room in millimetres.
        lang: Language of its words.
    """

    size: float
    width: float
    height: float
    lang: str


@dataclass(frozen=True)
class NativeChart:
    """The XML of a chart part, whose workbook has the relation ``rId1``, and that workbook."""

    xml: bytes
    workbook: bytes


def parts_of(plot: Plot) -> tuple[Plot, ...]:
    """The charts that a figure becomes: small multiples one each, all others one."""
    if plot.form not in SPLIT:
        return (plot,)
    return tuple(
        replace(plot, series=(series,), usual=series.usual or plot.usual) for series in plot.series
    )


def native(plot: Plot, look: Look, scale_end: float = 0) -> NativeChart:
    """A neutral figure as a native chart.

    Args:
        plot: What is drawn; of small multiples one of ``parts_of``.
        look: Its letters, room and language.
        scale_end: The end of the scale that small multiples share; 0 for the figure's own.
    """
    categories, series = chart_series(plot, look.lang)
    sheet = _Sheet(categories, series)
    if plot.form in OVER_TIME:
        frame = _over_time(sheet, look, scale_end or highest(plot))
    else:
        frame = _horizontal(plot, sheet, look)
    xml = _template().render(
        plot=plot,
        sheet=sheet,
        look=look,
        frame=frame,
        kinds={each.kind for each in series},
        groupings=_GROUPINGS | ({"bar": "stacked"} if plot.form == "stacked" else {}),
        digits=f"[$-{OWN.office_digits}]" if look.lang == LANGUAGES[-1] else "",
    )
    return NativeChart(xml.encode(), sheet.as_bytes())


@cache
def _template() -> Template:
    """The template of a chart part, with what it uses of this module."""
    values = {"latin": LATIN, "own": FAMILY, "gap": _GAP, "dashes": _DASHES, "as_format": _format}
    folder = Path(__file__).with_name("templates")
    return templates(folder, theme=theme, **values).get_template("chart.xml")


def highest(plot: Plot) -> float:
    """The end of a scale that holds all numbers of a figure, with their ranges."""
    drawn = [n for s in plot.series for n in (*s.numbers, *s.expected, *s.usual) if n]
    ends = [max(n.value, n.high) for n in (*drawn, *(n for n in plot.usual if n))]
    return nice_ceiling(max(ends, default=1))


# --- the workbook -------------------------------------------------------------------------------


class _Sheet:
    """The cells of a chart: names in the first column, then each series, then their ranges.

    Attributes:
        end_columns: For each series the columns of its ranges, down and up; () where it has none.
    """

    def __init__(self, categories: Sequence[str], series: Sequence[ChartSeries]) -> None:
        self.categories, self.series = tuple(categories), tuple(series)
        column = count(1 + len(series))
        self.end_columns = [(next(column), next(column)) if s.ends else () for s in series]

    def head(self, column: int) -> str:
        """The first cell of a column, as a formula names it."""
        return f"{_SHEET}!${xl_col_to_name(column)}$1"

    def cells(self, column: int) -> str:
        """All cells of a column but the first, as a formula names them."""
        name = xl_col_to_name(column)
        return f"{_SHEET}!${name}$2:${name}${len(self.categories) + 1}"

    def amounts(self, series: ChartSeries, side: int) -> list[int]:
        """How far each range reaches down (0) or up (1) from its number."""
        pairs = zip(series.values, series.ends, strict=True)
        return [0 if v is None or end is None else abs(end[side] - v) for v, end in pairs]

    def as_bytes(self) -> bytes:
        """The workbook."""
        stream = io.BytesIO()
        book = Workbook(stream, {"in_memory": True})
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(_SHEET)
        sheet.set_column(0, 0, 32)
        for row, name in enumerate(self.categories, start=1):
            sheet.write_string(row, 0, name)
        columns = zip(self.series, self.end_columns, strict=True)
        for column, (series, end_columns) in enumerate(columns, start=1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, start=1):
                if value is not None:
                    words = series.texts[row - 1] if series.texts else ""
                    cell_format = book.add_format({"num_format": _format(words)}) if words else None
                    sheet.write_number(row, column, value, cell_format)
            for side, end_column in enumerate(end_columns):
                sheet.write_string(0, end_column, f"{series.name} {'-+'[side]}")
                sheet.write_column(1, end_column, self.amounts(series, side))
        book.close()
        return stream.getvalue()


def _format(words: str) -> str:
    """A number format that shows words whatever the number is."""
    quoted = '"' + words.replace('"', "'") + '"'
    return f"{quoted};{quoted};{quoted}"


# --- its room -----------------------------------------------------------------------------------


def _horizontal(plot: Plot, sheet: _Sheet, look: Look) -> dict[str, Any]:
    """The layout of bars one below the other, the first on top: ``frame`` of ``chart.xml``."""
    is_mirrored, is_stack = plot.form == "mirrored", plot.form == "stacked"
    unlisted, legend_lines = (None, _SIDES) if is_mirrored else _legend(sheet, look)
    # The share of the height above the bars; all else below is in millimetres, or in points.
    head = (legend_lines * look.size * LINE + 1.5) / look.height if legend_lines else 0.01
    row_height = look.height * (0.985 - head) / max(1, len(sheet.categories))
    line_mm = line_height(sheet.categories)
    label_size = min(look.size, max(7, int(2 * row_height / line_mm) / 2))
    label_lines = max(1, min(3, int(0.8 * row_height / (label_size * line_mm))))
    names_share = _NAME_SHARE if label_lines == 1 else _NAME_SHARE_BROKEN
    if label_lines == 1:
        longest = max(map(letters, sheet.categories), default=1)
        fitting = (names_share * look.width - 4) / (longest * LETTER)
        label_size = min(label_size, max(7, int(2 * fitting) / 2))
    most_letters = (names_share * look.width - 4) / (label_size * LETTER)
    labels = [shortened(name, most_letters, label_lines) for name in sheet.categories]
    longest_name = max((letters(line) for name in labels for line in name.split("\n")), default=1)
    names_width = longest_name * label_size * LETTER + 4
    word_lengths = [letters(word) for series in sheet.series for word in series.words]
    words_width = (max(word_lengths, default=0) + 2) * look.size * LETTER
    plot_width = look.width - names_width - 3
    stack_totals = [
        sum(abs(v or 0) for v in column)
        for column in zip(*(s.values for s in sheet.series), strict=True)
    ]
    longest_bar = max(stack_totals if is_stack else _reaches(sheet), default=1) or 1
    if plot.totals:
        longest_bar = max(longest_bar, *(total.high for total in plot.totals))
    if plot.form == "shares":
        longest_bar = max(longest_bar, 100)
    # The scale ends so far behind the longest bar that its words have room there.
    words_share = (2 if is_mirrored else 1) * words_width / plot_width
    top = longest_bar / max(0.3, 1 - min(words_share, 0.7))
    overlap = 100 if is_stack or is_mirrored or any(s.words_only for s in sheet.series) else 0
    return {
        "is_upright": False,
        "is_level": False,
        "labels": labels,
        "letters": label_size,
        "places": _layout(names_width / look.width, head, plot_width / look.width, 0.985 - head),
        "bottom": -top if is_mirrored else 0,
        "top": top,
        "gap": 40 if row_height > 5 else 25,  # noqa: PLR2004
        "overlap": overlap,
        "hidden": unlisted,
    }


def _reaches(sheet: _Sheet) -> list[int]:
    """How far each number and each end of a range lies from nought."""
    values = [abs(v) for s in sheet.series for v in s.values if v is not None]
    return values + [max(map(abs, end)) for s in sheet.series for end in s.ends if end]


def _over_time(sheet: _Sheet, look: Look, scale_end: float) -> dict[str, Any]:
    """The layout of lines or columns over time: ``frame`` of ``chart.xml``."""
    word_lengths = [letters(word) for s in sheet.series if s.kind == "line" for word in s.words]
    # Millimetres beside the lines: for words at their ends, and for the numbers of the axis.
    right = (max(word_lengths) + 2) * look.size * LETTER if word_lengths else 2
    left = (len(f"{scale_end:,.0f}") + 2) * look.size * LETTER
    unlisted, legend_lines = _legend(sheet, look)
    head = (legend_lines * look.size * LINE + 2.5) / look.height
    foot = (2 * look.size * LINE + 2) / look.height
    period_width = (look.width - left - right) / max(1, len(sheet.categories))
    # The words of a name stand below each other; where that has no room, some names are left out.
    name_lengths = [letters(word) for name in sheet.categories for word in name.split()]
    name_width = (max(name_lengths, default=1) + 0.5) * look.size * LETTER
    is_level = name_width > period_width
    return {
        "is_upright": True,
        "is_level": is_level,
        "labels": _thinned(sheet.categories, period_width, look) if is_level else sheet.categories,
        "letters": look.size,
        "places": _layout(
            left / look.width, head, 1 - (left + right) / look.width, 1 - head - foot
        ),
        "bottom": 0,
        "top": scale_end,
        "gap": 30,
        "hidden": unlisted,
    }


def _thinned(names: Sequence[str], period_width: float, look: Look) -> tuple[str, ...]:
    """Names of periods, most of them blank: every so many is shown, the last one always."""
    name_width = (max(map(letters, names)) + 2) * look.size * LETTER
    step, last = max(1, ceil(name_width / period_width)), len(names) - 1
    return tuple(name if (last - at) % step == 0 else "" for at, name in enumerate(names))


def _legend(sheet: _Sheet, look: Look) -> tuple[list[int] | None, int]:
    """Indices of series that the legend above a chart leaves out, and its number of lines.

    Some only carry words or begin a band. None for the indices says that there is no legend. Its
    columns are as wide as its longest name with its key.
    """
    entries = [series for series in sheet.series if series.listed and series.name]
    if len(entries) <= 1:
        return None, 0
    wide = max(width_of(series.name, look.size) for series in entries) + 1.6 * look.size
    unlisted = [at for at, series in enumerate(sheet.series) if series not in entries]
    return unlisted, ceil(len(entries) / max(1, int(0.95 * look.width / wide)))


def _layout(x: float, y: float, width: float, height: float) -> dict[str, float]:
    """Where the axes of a chart begin and how far they reach, as shares of the whole chart."""
    return {"x": x, "y": y, "w": width, "h": height}
