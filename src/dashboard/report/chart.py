"""Native charts: a neutral figure as a chart that an office program edits, with its workbook.

Slides and paper hold the same two parts. The workbook has a cell for everything that is drawn, and
nothing else: ranges are error bars that follow from cells, months that still fill up are series of
their own, and a number that is read as "a few" has that as its format, so that no program shows a
digit for it. Where a chart stands on a page belongs to ``slides`` and ``paper``.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape as escaped
from itertools import count
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from dashboard.figures import theme
from dashboard.figures.plot import Plot
from dashboard.figures.text import letters, nice_ceiling
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
_NO_TITLE = '<c:autoTitleDeleted val="1"/>'
_DASHES = {"solid": "solid", "dash": "dash", "dot": "sysDot", "dashdot": "dashDot"}
#: What may stand at a point; of these only its value does, in the words of the exhibit.
_SHOWS = (
    "showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize",
)  # fmt: skip
_NAME_SHARE = 0.42
#: Lines that names of both sides take, with what programs leave above a title.
_SIDES = 1.8
_FACES = f'<a:latin typeface="{LATIN}"/><a:cs typeface="{FAMILY}"/>'
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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


def native(plot: Plot, look: Look, top: float = 0) -> NativeChart:
    """A neutral figure as a native chart.

    Args:
        plot: What is drawn; of small multiples one of ``parts_of``.
        look: Its letters, room and language.
        top: Where the scale of small multiples ends, so that they share one.
    """
    categories, series = chart_series(plot, look.lang)
    sheet = _Sheet(categories, series)
    if plot.form in OVER_TIME:
        body = _over_time(sheet, look, top or highest(plot))
    else:
        body = _horizontal(plot, sheet, look)
    return NativeChart(_space(body, look), sheet.as_bytes())


def highest(plot: Plot) -> float:
    """The end of a scale that holds all numbers of a figure, with their ranges."""
    each = [n for s in plot.series for n in (*s.numbers, *s.expected, *s.usual) if n]
    ends = [max(n.value, n.high) for n in (*each, *(n for n in plot.usual if n))]
    return nice_ceiling(max(ends, default=1))


# --- the workbook -------------------------------------------------------------------------------


class _Sheet:
    """The cells of a chart: names in the first column, then each series with its ranges."""

    def __init__(self, categories: Sequence[str], series: Sequence[ChartSeries]) -> None:
        self.categories, self.series = tuple(categories), tuple(series)
        self.labels = self.categories
        column = count(1)
        self.column_of = {id(s): next(column) for s in self.series}
        self.end_columns_of = {id(s): (next(column), next(column)) for s in self.series if s.ends}

    def cells(self, column: int) -> str:
        """The cells of a column, as a formula names them."""
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
        for series in self.series:
            own_column = self.column_of[id(series)]
            sheet.write_string(0, own_column, series.name)
            for row, value in enumerate(series.values, start=1):
                if value is not None:
                    words = series.texts[row - 1] if series.texts else ""
                    look = book.add_format({"num_format": _format(words)}) if words else None
                    sheet.write_number(row, own_column, value, look)
            for side, column in enumerate(self.end_columns_of.get(id(series), ())):
                sheet.write_string(0, column, f"{series.name} {'-+'[side]}")
                for row, amount in enumerate(self.amounts(series, side), start=1):
                    sheet.write_number(row, column, amount)
        book.close()
        return stream.getvalue()


def _format(words: str) -> str:
    """A number format that shows words whatever the number is."""
    quoted = '"' + words.replace('"', "'") + '"'
    return f"{quoted};{quoted};{quoted}"


# --- the chart ----------------------------------------------------------------------------------


def _horizontal(plot: Plot, sheet: _Sheet, look: Look) -> str:
    """Bars one below the other, the first on top."""
    is_mirrored, is_stack = plot.form == "mirrored", plot.form == "stacked"
    if is_mirrored:
        title, legend, rows = _sides(plot, look), "", _SIDES
    else:
        title, (legend, rows) = _NO_TITLE, _legend(sheet, look)
    head = (rows * look.size * LINE + 1.5) / look.height if rows else 0.01
    row = look.height * (0.985 - head) / max(1, len(sheet.categories))
    high = line_height(sheet.categories)
    fits = min(look.size, max(7, int(2 * row / high) / 2))
    most = (_NAME_SHARE * look.width - 4) / (look.size * LETTER)
    lines = max(1, min(3, int(0.8 * row / (fits * high))))
    sheet.labels = tuple(shortened(name, most, lines) for name in sheet.categories)
    longest = max((letters(line) for name in sheet.labels for line in name.split("\n")), default=1)
    names = longest * look.size * LETTER + 4
    words = [letters(word) for series in sheet.series for word in series.words]
    room = (max(words, default=0) + 2) * look.size * LETTER
    plot_width = look.width - names - 3
    sums = [
        sum(abs(v or 0) for v in column)
        for column in zip(*(s.values for s in sheet.series), strict=True)
    ]
    reach = max(sums if is_stack else _reaches(sheet), default=1) or 1
    if plot.totals:
        reach = max(reach, *(total.high for total in plot.totals))
    if plot.form == "shares":
        reach = max(reach, 100)
    share = (2 if is_mirrored else 1) * room / plot_width
    top = reach / max(0.3, 1 - min(share, 0.7))
    layout = _layout(names / look.width, head, plot_width / look.width, 0.985 - head)
    overlap = 100 if is_stack or is_mirrored or any(s.carrier for s in sheet.series) else 0
    bars = "".join(_series(s, sheet, look) for s in sheet.series)
    return (
        f'{title}<c:plotArea>{layout}<c:barChart><c:barDir val="bar"/>'
        f'<c:grouping val="{"stacked" if is_stack else "clustered"}"/><c:varyColors val="0"/>{bars}'
        f'<c:gapWidth val="{40 if row > 5 else 25}"/><c:overlap val="{overlap}"/>'
        '<c:axId val="1"/><c:axId val="2"/></c:barChart>'
        + _category_axis("l", fits, reverse=True)
        + _value_axis(look, "t", top, -top if is_mirrored else 0, visible=False)
        + f"</c:plotArea>{legend}"
    )


def _sides(plot: Plot, look: Look) -> str:
    """The names of both sides in their colours: programs hide other entries of such a legend."""
    runs = "".join(
        f"<a:r>{_run(look.size, colour)}<a:t>{_safe(text)}</a:t></a:r>"
        for series in plot.series
        for text, colour in (("■ ", str(series.colour)), (f"{series.name}     ", theme.TEXT))
    )
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p>{runs}</a:p></c:rich></c:tx><c:overlay val="1"/>'
        '</c:title><c:autoTitleDeleted val="0"/>'
    )


def _reaches(sheet: _Sheet) -> list[int]:
    """How far each number and each end of a range lies from nought."""
    values = [abs(v) for s in sheet.series for v in s.values if v is not None]
    return values + [max(abs(e[0]), abs(e[1])) for s in sheet.series for e in s.ends if e]


def _over_time(sheet: _Sheet, look: Look, top: float) -> str:
    """Lines or columns over time, with an axis of numbers."""
    words = [letters(word) for s in sheet.series if s.kind == "line" for word in s.words]
    right = (max(words) + 2) * look.size * LETTER if words else 2
    left = (len(f"{top:,.0f}") + 2) * look.size * LETTER
    legend, rows = _legend(sheet, look)
    head = (rows * look.size * LINE + 2.5) / look.height
    foot = (2 * look.size * LINE + 2) / look.height
    layout = _layout(left / look.width, head, 1 - (left + right) / look.width, 1 - head - foot)
    room = (look.width - left - right) / max(1, len(sheet.categories))
    # The words of a name stand below each other; where that has no room, some names are left out.
    words_of = [letters(word) for name in sheet.categories for word in name.split()]
    wide = (max(words_of, default=1) + 0.5) * look.size * LETTER
    if wide > room:
        sheet.labels = _thinned(sheet.categories, room, look)
    by_kind = {
        kind: "".join(_series(s, sheet, look) for s in sheet.series if s.kind == kind)
        for kind in ("area", "bar", "line")
    }
    axes = '<c:axId val="1"/><c:axId val="2"/>'
    charts = "".join(
        f'<c:{kind}Chart>{begin}<c:varyColors val="0"/>{by_kind[kind]}{end}{axes}</c:{kind}Chart>'
        for kind, begin, end in (
            ("area", '<c:grouping val="stacked"/>', ""),
            ("bar", '<c:barDir val="col"/><c:grouping val="clustered"/>', '<c:gapWidth val="30"/>'),
            ("line", '<c:grouping val="standard"/>', '<c:marker val="1"/>'),
        )
        if by_kind[kind]
    )
    return (
        f"{_NO_TITLE}<c:plotArea>{layout}{charts}"
        + _category_axis("b", look.size, reverse=False, level=wide > room)
        + _value_axis(look, "l", top, 0, visible=True)
        + f"</c:plotArea>{legend}"
    )


def _thinned(names: Sequence[str], room: float, look: Look) -> tuple[str, ...]:
    """Names of periods with most of them blank: every so many is shown, the last one always."""
    wide = (max(map(letters, names)) + 2) * look.size * LETTER
    step, last = max(1, ceil(wide / room)), len(names) - 1
    return tuple(name if (last - at) % step == 0 else "" for at, name in enumerate(names))


def _space(body: str, look: Look) -> bytes:
    """The chart part around a plot area and a legend."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace xmlns:c="{_C}" '
        f'xmlns:a="{_A}" xmlns:r="{_R}"><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart>{body}<c:plotVisOnly val="1"/>'
        '<c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{_text(look.size, theme.TEXT_2)}<c:externalData r:id="rId1">'
        '<c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def _series(series: ChartSeries, sheet: _Sheet, look: Look) -> str:
    column, number = sheet.column_of[id(series)], sheet.series.index(series)
    name = f"{_SHEET}!${xl_col_to_name(column)}$1"
    start = (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>{name}</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{_safe(series.name)}</c:v></c:pt>'
        "</c:strCache></c:strRef></c:tx>"
    )
    data = (
        f"<c:cat><c:strRef><c:f>{sheet.cells(0)}</c:f>{_strings(sheet.labels)}</c:strRef></c:cat>"
        f"<c:val>{_numbers(sheet.cells(column), series.values, series.texts)}</c:val>"
    )
    labels, bars = _labels(series, look), _error_bars(series, sheet)
    if series.kind == "area":
        fill = _fill(str(series.colour)) if series.colour else "<a:noFill/>"
        return f"{start}<c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr>{data}</c:ser>"
    if series.kind == "line":
        return f'{start}{_line_look(series)}{labels}{bars}{data}<c:smooth val="0"/></c:ser>'
    if series.carrier:
        fill, points = "<a:noFill/>", ""
    else:
        each = series.colour if isinstance(series.colour, tuple) else ()
        fill = _fill(each[0] if each else str(series.colour))
        points = "".join(
            f'<c:dPt><c:idx val="{i}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
            f"<c:spPr>{_fill(colour)}</c:spPr></c:dPt>"
            for i, colour in enumerate(each)
        )
    return (
        f"{start}<c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:invertIfNegative val="0"/>{points}{labels}{bars}{data}</c:ser>'
    )


def _line_look(series: ChartSeries) -> str:
    """A line, or rings alone for what was reported so far; a dot where words stand."""
    colour = str(series.colour)
    stroke = f'<a:ln w="{int(series.width * 12700)}" cap="rnd">{_fill(colour)}'
    stroke += f'<a:prstDash val="{_DASHES.get(series.dash, "lgDashDot")}"/><a:round/></a:ln>'
    if series.rings:
        # No white: LibreOffice draws a mark without its rim.
        ring = _marker(colour, theme.SEQUENTIAL["total"][1])
        return f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{ring}"
    points = "".join(
        f'<c:dPt><c:idx val="{i}"/>{_marker(colour, colour)}<c:bubble3D val="0"/>'
        f"<c:spPr>{stroke}</c:spPr></c:dPt>"
        for i, word in enumerate(series.words)
        if word
    )
    return f'<c:spPr>{stroke}</c:spPr><c:marker><c:symbol val="none"/></c:marker>{points}'


def _marker(line: str, fill: str) -> str:
    return (
        '<c:marker><c:symbol val="circle"/><c:size val="7"/><c:spPr>'
        f'{_fill(fill)}<a:ln w="15875">{_fill(line)}</a:ln></c:spPr></c:marker>'
    )


def _labels(series: ChartSeries, look: Look) -> str:
    """The words at points: the exhibit's own, never a number that a program writes."""
    if not any(series.words) or (series.kind == "bar" and series.ends):
        return ""
    # What is expected stands right of a line's end, what was reported so far below it.
    place = ("b" if series.rings else "r") if series.kind == "line" else "outEnd"
    gap = "" if series.rings else _GAP
    shows = "".join(f'<c:{name} val="{int(name == "showVal")}"/>' for name in _SHOWS)
    each = "".join(
        f'<c:dLbl><c:idx val="{i}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:p>'
        f"<a:r>{_run(look.size, theme.TEXT)}<a:t>{gap}{_safe(word)}</a:t></a:r></a:p></c:rich>"
        "</c:tx>"
        f'<c:dLblPos val="{place}"/>{shows}</c:dLbl>'
        for i, word in enumerate(series.words)
        if word
    )
    hidden = shows.replace('showVal val="1"', 'showVal val="0"')
    return f"<c:dLbls>{each}{hidden}</c:dLbls>"


def _error_bars(series: ChartSeries, sheet: _Sheet) -> str:
    if not series.ends:
        return ""
    columns = sheet.end_columns_of[id(series)]
    is_line = series.kind == "line"
    colour = str(series.colour) if is_line else theme.TEXT_2
    # Of a bar to the left, up is towards nought.
    sides = [_numbers(sheet.cells(c), sheet.amounts(series, i)) for i, c in enumerate(columns)]
    fill = _fill(colour, 40 if is_line else 100)
    direction = '<c:errDir val="y"/>' if is_line else ""
    return (
        f"<c:errBars>{direction}"
        '<c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="{int(is_line)}"/><c:plus>{sides[1]}</c:plus>'
        f"<c:minus>{sides[0]}</c:minus>"
        f'<c:spPr><a:ln w="9525">{fill}</a:ln></c:spPr></c:errBars>'
    )


def _category_axis(side: str, size: float, *, reverse: bool, level: bool = False) -> str:
    order = "maxMin" if reverse else "minMax"
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{side}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="9525">{_fill(theme.BORDER_STRONG)}</a:ln></c:spPr>'
        f'{_text(size, theme.TEXT_2, level=level)}<c:crossAx val="2"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="40"/><c:tickLblSkip val="1"/>'
        '<c:tickMarkSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(look: Look, side: str, top: float, bottom: float, *, visible: bool) -> str:
    line = f'<a:ln w="6350">{_fill(theme.GRID)}</a:ln>'
    grid = f"<c:majorGridlines><c:spPr>{line}</c:spPr></c:majorGridlines>"
    digits = f"[$-{OWN.office_digits}]" if look.lang == LANGUAGES[-1] else ""
    return (
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{top:.10g}"/><c:min val="{bottom:.10g}"/></c:scaling>'
        f'<c:delete val="{int(not visible)}"/><c:axPos val="{side}"/>{grid if visible else ""}'
        f'<c:numFmt formatCode="{digits}#,##0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text(look.size, theme.TEXT_2)}"
        '<c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _legend(sheet: _Sheet, look: Look) -> tuple[str, int]:
    """The legend above the chart, without series that only carry words or begin a band; its lines.

    Its columns are as wide as its longest name with its key.
    """
    entries = [series for series in sheet.series if series.listed and series.name]
    if len(entries) <= 1:
        return "", 0
    wide = max(width_of(series.name, look.size) for series in entries) + 1.6 * look.size
    hidden = "".join(
        f'<c:legendEntry><c:idx val="{at}"/><c:delete val="1"/></c:legendEntry>'
        for at, series in enumerate(sheet.series)
        if series not in entries
    )
    legend = (
        f'<c:legend><c:legendPos val="t"/>{hidden}<c:overlay val="0"/>'
        f"{_text(look.size, theme.TEXT_2)}</c:legend>"
    )
    return legend, ceil(len(entries) / max(1, int(0.95 * look.width / wide)))


def _layout(x: float, y: float, width: float, height: float) -> str:
    places = {"x": x, "y": y, "w": width, "h": height}
    modes = '<c:xMode val="edge"/><c:yMode val="edge"/>'
    values = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in places.items())
    return (
        f'<c:layout><c:manualLayout><c:layoutTarget val="inner"/>{modes}{values}'
        "</c:manualLayout></c:layout>"
    )


def _strings(texts: Sequence[str]) -> str:
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{_safe(text)}</c:v></c:pt>' for i, text in enumerate(texts)
    )
    return f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache>'


def _numbers(cells: str, values: Sequence[int | None], texts: Sequence[str] = ()) -> str:
    """Numbers of cells; one with a text is shown as that, so that "a few" never shows a digit."""
    formats = [f' formatCode="{escaped(_format(text))}"' if text else "" for text in texts]
    points = "".join(
        f'<c:pt idx="{i}"{formats[i] if formats else ""}><c:v>{value}</c:v></c:pt>'
        for i, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>{cells}</c:f><c:numCache><c:formatCode>#,##0;#,##0</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def _safe(text: str) -> str:
    """A text inside of an element."""
    return escaped(text, quote=False)


def _fill(colour: str, percent: int = 100) -> str:
    alpha = f'<a:alpha val="{percent * 1000}"/>' if percent < 100 else ""  # noqa: PLR2004
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}">{alpha}</a:srgbClr></a:solidFill>'


def _run(size: float, colour: str) -> str:
    return f'<a:rPr lang="en-GB" sz="{round(size * 100)}" b="0">{_fill(colour)}{_FACES}</a:rPr>'


def _text(size: float, colour: str, *, level: bool = False) -> str:
    # LibreOffice breaks names that are not turned into the width of one period.
    body = '<a:bodyPr rot="-1000" vert="horz"/>' if level else "<a:bodyPr/>"
    look = f'<a:defRPr sz="{round(size * 100)}" b="0">{_fill(colour)}{_FACES}</a:defRPr>'
    return f'<c:txPr>{body}<a:p><a:pPr>{look}</a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
