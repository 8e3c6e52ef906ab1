"""A report as a deck: one figure a slide, charts that can be edited, notes for the speaker.

Of a group's own template two layouts are used, by name: one for the first slide, one with a title
for all others. Where one is missing the report says so, and another layout stands in.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.oxml.shapes.graphfrm import CT_GraphicalObjectFrame
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.util import Mm, Pt

from dashboard.figures import theme
from dashboard.model.languages import is_own
from dashboard.report import chart, letters
from dashboard.report.chart import Look
from dashboard.report.contents import NoReport, Page, Report
from dashboard.report.forms import sentence, split_inset
from dashboard.report.grid import Grid, beside_map
from dashboard.report.letters import BOLD, FAMILY, LATIN, LETTER, RUNNING
from dashboard.report.maps import Drawer

#: Names of the layouts that are used, as PowerPoint itself calls them.
FIRST, WITH_TITLE = "Title Slide", "Title Only"
#: Millimetres of a slide and of its margin, points of its smallest letters, rows of a table.
_WIDTH, _HEIGHT, _MARGIN, _SMALL, _MOST_ROWS = 338.67, 190.5, 14.0, 11, 20
_TITLE, _TITLE_LONG, _SUBTITLE = 24, 20, 13
#: Pixels of a map for a millimetre: its smallest letters have eleven, and stand in eleven points.
_PIXELS = 2.8
#: Width of a map of the country as a share of its height.
_COUNTRY = 0.68
_ACCENT = theme.BLUE
#: Lines that notes take on a slide.
_NOTE_LINES = 3
#: Millimetres beside the text of a cell, the margins of both sides and what rounding takes.
_CELL = 4.0
#: Height of large numbers on the first slide, and points between sentences.
_TILES, _GAP = 44.0, 4.0
#: Millimetres of a point, and the units of the file in a millimetre.
_POINT, _EMU = 0.3528, 36_000


@dataclass(frozen=True)
class _Box:
    """A rectangle of a slide, in millimetres."""

    x: float
    y: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """x, y, width and height in units of the file (EMU)."""
        return Mm(self.x), Mm(self.y), Mm(self.width), Mm(self.height)


class Deck:
    """A deck that is being written.

    Attributes:
        file: The deck, to be saved.
        lacks: What the group's own template lacks, in sentences.
        is_own: Whether its look is the group's own.
        width, height: Of its slides in millimetres.
        first, titled: Layouts of the first slide and of all others.
        opening_pages: Figures that the first slide holds.
        numbers_page: Page of large numbers that may stand there too, or None.
    """

    def __init__(self, report: Report, drawer: Drawer, look: bytes | None) -> None:
        """Open it, for a report whose maps a drawer draws.

        Args:
            report: The report.
            drawer: What draws its maps.
            look: A PPTX file with the look of the group's own; None for the product's.

        Raises:
            NoReport: If the template is no PPTX file.
        """
        self.report, self.drawer, self.lacks = report, drawer, list[str]()
        self.file = _open(look)
        self.is_own = look is not None
        if not self.is_own:
            self.file.slide_width, self.file.slide_height = Mm(_WIDTH), Mm(_HEIGHT)
        self.width = (self.file.slide_width or 0) / _EMU
        self.height = (self.file.slide_height or 0) / _EMU
        self.first, self.titled = self._layout(FIRST, 0), self._layout(WITH_TITLE, 5)
        # The first slide has the sentences that a report begins with, and the large numbers after
        # them where there is room.
        first = report.pages[: 2 if report.pages[0].form.kind == "lines" else 0]
        self.opening_pages = [page for page in first if page.form.kind == "lines"]
        following = report.pages[len(self.opening_pages) : len(self.opening_pages) + 1]
        has_tiles = self.opening_pages and following and following[0].form.kind == "figures"
        self.numbers_page = following[0] if has_tiles else None

    def _layout(self, name: str, stand_in: int) -> Any:
        """The layout of a name; where the template lacks it, the one at the index ``stand_in``."""
        layouts = self.file.slide_layouts
        layout = layouts.get_by_name(name)
        if layout is None:
            there = ", ".join(layout.name for layout in layouts)
            self.lacks.append(f"The template has no layout {name!r}; it has {there}.")
            layout = layouts[min(stand_in, len(layouts) - 1)]
        return layout

    def write(self) -> None:
        """Write all slides."""
        self.report.describe(self.file.core_properties)
        self._opening()
        for page in self.report.pages[len(self.opening_pages) :]:
            self._figure(page)
        self._limits()

    # --- slides -------------------------------------------------------------------------------

    def _opening(self) -> None:
        """The first slide: its sentences, and large numbers under them where there is room."""
        report = self.report
        slide = self._slide(self.first, report.opening, f"{report.title} · {report.month}")
        for holder in [*slide.placeholders]:
            if holder.placeholder_format.idx:
                holder.element.getparent().remove(holder.element)
        box, lines = self._below_title(slide), self._opening_lines()
        if self.numbers_page:
            lines = self._write_tiles(slide, self.numbers_page, box, lines)
        _write(slide, box, _fitting(lines, box, _GAP), gap=_GAP)
        self._foot(slide)
        slide.notes_slide.notes_text_frame.text = "\n\n".join(map(self._notes, self.opening_pages))

    def _write_tiles(
        self, slide: Any, page: Page, box: _Box, lines: Sequence[Sequence[_Run]]
    ) -> Sequence[Sequence[_Run]]:
        """Write the figures of a page as large numbers under the sentences, if there is room.

        Returns:
            The sentences, in smaller letters where the numbers were written and need their room.
        """
        heading: list[Sequence[_Run]] = [[_Run(page.exhibit.title, 16, bold=True)]]
        if page.words:
            heading.append([_Run(page.words, 12, bold=True)])
        heading_height = _height(heading, box, 0)
        above = _Box(box.x, box.y, box.width, box.height - _TILES - heading_height - 2)
        smaller = _fitting(lines, above, _GAP)
        if _height(smaller, above, _GAP) > above.height:
            return lines
        top = above.y + above.height + 2
        _write(slide, _Box(box.x, top, box.width, heading_height), heading)
        self.figures(slide, page, _Box(box.x, top + heading_height, box.width, _TILES))
        self.opening_pages.append(page)
        return smaller

    def _opening_lines(self) -> list[Sequence[_Run]]:
        """The text of the first slide under its title."""
        report = self.report
        lines: list[Sequence[_Run]] = []
        if report.changed:
            lines.append([_Run(report.phrase("since", when=report.since), 14, bold=True)])
            lines += [[_Run(f"• {text}", 13)] for text in report.changed]
        for page in self.opening_pages:
            if page is not report.pages[0]:
                lines.append([_Run(page.exhibit.title, 16, bold=True)])
            lines.append([_Run(page.exhibit.subtitle, 12, theme.TEXT_2)])
            lines += _sentence_runs(page)
            if page.words:
                lines.append([_Run(page.words, 13, bold=True)])
            lines.append([_Run(" ".join(map(sentence, page.notes[:1])), _SMALL, theme.TEXT_2)])
        if not self.opening_pages:
            titles = (f"{report.name_of(page)}  {page.exhibit.title}" for page in report.pages)
            lines += [[_Run(title, 14)] for title in titles]
        return lines

    def _figure(self, page: Page) -> None:
        """A slide of one figure, with its subtitle above and its notes under it."""
        report, exhibit = self.report, page.exhibit
        name = f"{report.name_of(page)}: {page.kind}" if page.number else page.kind
        kicker = f"{report.title} · {report.month} · {name}"
        slide = self._slide(self.titled, exhibit.title, kicker)
        box = self._below_title(slide)
        top = _Box(box.x, box.y, box.width, 8)
        used = _write(slide, top, [[_Run(exhibit.subtitle, _SUBTITLE, theme.TEXT_2)]])
        below = self._write_under(slide, page, box)
        inside = _Box(box.x, box.y + used + 1, box.width, below - box.y - used - 3)
        _DRAWERS[page.form.kind](self, slide, page, inside)
        self._foot(slide, page.foot)
        slide.notes_slide.notes_text_frame.text = self._notes(page)

    def _limits(self) -> None:
        """What holds for all figures, and the boundary notice at the very end."""
        report = self.report
        subtitle = f"{report.title} · {report.month}"
        slide = self._slide(self.titled, report.phrase("limits"), subtitle)
        box = self._below_title(slide)
        lines: list[Sequence[_Run]] = [[_Run(text, 14)] for text in report.limits[:-1]]
        if report.left_out:
            lines.append([_Run(report.phrase("left_out"), 14, bold=True)])
            lines += [[_Run(f"• {text}", 13)] for text in report.left_out]
        lines.append([_Run(report.limits[-1], 12, theme.TEXT_2)])
        _write(slide, box, _fitting(lines, box, _GAP), gap=_GAP)
        self._foot(slide)

    def _slide(self, layout: Any, title: str, kicker: str) -> Any:
        """A new slide with its title; the product's own look adds bar, kicker and handling."""
        slide = self.file.slides.add_slide(layout)
        box = slide.shapes.title
        if box is None:
            box = slide.shapes.add_textbox(*_Box(_MARGIN, 12, self.width - 2 * _MARGIN, 20).emu)
        if not self.is_own:
            bar = slide.shapes.add_shape(1, 0, 0, self.file.slide_width, Mm(2))
            bar.fill.solid()
            bar.fill.fore_color.rgb = _rgb(_ACCENT)
            bar.line.fill.background()
            bar.shadow.inherit = False
            bar._element.nvSpPr.cNvPr.set("descr", "")  # noqa: SLF001 -- nothing to be read out
            width = self.width - 2 * _MARGIN
            fits_in_two = letters.lines_of(title, width, BOLD * _TITLE) <= 2  # noqa: PLR2004
            size = _TITLE if fits_in_two else _TITLE_LONG
            lines = min(3, letters.lines_of(title, width, BOLD * size))
            height = letters.line_height([title]) * size * lines + 1
            box.left, box.top, box.width, box.height = _Box(_MARGIN, 12, width, height).emu
            _fill(box.text_frame, [[_Run(title, size, bold=True)]])
            handling = _Box(self.width - _MARGIN - 90, 5, 90, 6)
            _write(slide, handling, [[_Run(self.report.handling, _SMALL, bold=True)]], right=True)
            kicker_room = _Box(_MARGIN, 5, self.width - 2 * _MARGIN - 92, 6)
            _write(slide, kicker_room, [[_Run(kicker, _SMALL, _ACCENT, bold=True)]])
        else:
            box.text_frame.text = title
        return slide

    def _below_title(self, slide: Any) -> _Box:
        """Where a slide has room: under its title, above its foot."""
        title = slide.shapes.title
        top = 34.0 if title is None else (title.top + title.height) / _EMU
        left = max(_MARGIN, 0 if title is None else title.left / _EMU) if self.is_own else _MARGIN
        return _Box(left, top + 1, self.width - 2 * left, self.height - top - 15)

    def _write_under(self, slide: Any, page: Page, box: _Box) -> float:
        """Write the group's words, marks and notes above the foot of a slide.

        Returns:
            Where they begin, in millimetres from the top.
        """
        lines: list[Sequence[_Run]] = []
        if page.words:
            lines.append([_Run(page.words, 12, bold=True)])
        text = ""
        for note in (*page.form.listed, *page.notes):
            if letters.lines_of(f"{text} {note}", box.width, _SMALL) > _NOTE_LINES:
                text = f"{text} {self.report.phrase('more_notes')}"
                break
            text = f"{text} {sentence(note)}".strip()
        if text:
            lines.append([_Run(text, _SMALL, theme.TEXT_2)])
        height = _height(lines, box, 3)
        top = box.y + box.height - height
        if lines:
            _write(slide, _Box(box.x, top, box.width, height), lines, gap=1)
        return top

    def _foot(self, slide: Any, text: str = "") -> None:
        """Source, release and handling, those of a figure where it has its own, and the number."""
        slides = 2 + len(self.report.pages) - len(self.opening_pages)
        report, text = self.report, text or self.report.foot
        box = _Box(_MARGIN, self.height - 10, self.width - 2 * _MARGIN - 40, 7)
        if letters.lines_of(text, box.width, _SMALL) > 1:
            box = _Box(box.x, self.height - 14, box.width, 11)
        _write(slide, box, [[_Run(text, _SMALL, theme.TEXT_2)]])
        corner = _Box(self.width - _MARGIN - 38, self.height - 10, 38, 7)
        page_number = report.phrase("side", n=len(self.file.slides), all=slides)
        _write(slide, corner, [[_Run(page_number, _SMALL, theme.TEXT_2)]], right=True)

    def _notes(self, page: Page) -> str:
        """Notes for the speaker: title, filters, description, all notes, source and link."""
        report = self.report
        parts = [
            page.exhibit.title,
            report.phrase("shows", text=page.exhibit.subtitle),
            page.alt,
            *page.form.listed,
            *page.notes,
            page.foot,
            report.phrase("link", address=page.link) if page.link else "",
        ]
        return "\n".join(dict.fromkeys(filter(None, parts)))

    # --- figures ------------------------------------------------------------------------------

    def charts(self, slide: Any, page: Page, box: _Box) -> None:
        """One chart, or small multiples on one scale."""
        plots = page.form.charts
        across, down = page.form.raster
        wide, high = box.width / across, box.height / down
        scale_end = max(chart.highest(plot) for _, plot in plots) if len(plots) > 1 else 0
        for at, (name, plot) in enumerate(plots):
            x, y = box.x + wide * (at % across), box.y + high * (at // across)
            head = 6.5 if name else 0
            if name:
                _write(slide, _Box(x, y, wide, 6), [[_Run(name, 12, bold=True)]])
            self._chart(slide, page, plot, _Box(x, y + head, wide - 3, high - head - 1), scale_end)

    def _chart(self, slide: Any, page: Page, plot: Any, box: _Box, scale_end: float) -> None:
        """A native chart with its workbook; ``scale_end`` is 0 for a scale of its own."""
        look = Look(_SMALL, box.width, box.height, self.report.lang)
        native = chart.native(plot, look, scale_end)
        package = slide.part.package
        part = ChartPart.load(
            package.next_partname(ChartPart.partname_template), CONTENT_TYPE.DML_CHART,
            package, native.xml,
        )  # fmt: skip
        part.relate_to(EmbeddedXlsxPart.new(native.workbook, package), RELATIONSHIP_TYPE.PACKAGE)
        relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        number = max(int(shape.shape_id) for shape in slide.shapes) + 1
        frame = CT_GraphicalObjectFrame.new_chart_graphicFrame(number, "", relation, *box.emu)
        slide.shapes._spTree.append(frame)  # noqa: SLF001 -- python-pptx writes its own charts alone
        _set_alt_text(frame, page)

    def map(self, slide: Any, page: Page, box: _Box) -> None:
        """The map, and beside it the first rows of its table."""
        if page.form.map is None:
            return
        maps = split_inset(page.form.map)
        wide = min(box.width * (0.7 if len(maps) == 1 else 0.76), box.height * 1.9)
        x, widths = box.x, (wide,)
        if len(maps) > 1:
            inset_width = min(box.height * _COUNTRY, 0.4 * wide)
            widths = inset_width, wide - inset_width - 3
        for (name, description), across in zip(maps, widths, strict=True):
            head = _write(slide, _Box(x, box.y, across, 6), [[_Run(name, _SMALL, bold=True)]], 1
                          ) if name else 0  # fmt: skip
            place = _Box(x, box.y + head, across, box.height - head)
            size = round(place.width * _PIXELS), round(place.height * _PIXELS)
            picture = io.BytesIO(self.drawer.map(description, *size))
            placed = slide.shapes.add_picture(picture, *place.emu)
            _set_alt_text(placed._element, page, name)  # noqa: SLF001 -- alt text has no other way
            x += across + 3
        beside = _Box(box.x + wide + 5, box.y, box.width - wide - 5, box.height)
        self._grid(slide, beside_map(page.exhibit, page.form.grid, self.report.lang), beside, page)

    def table(self, slide: Any, page: Page, box: _Box) -> None:
        """The table as its page shows it."""
        self._grid(slide, page.form.grid, box, page)

    def lines(self, slide: Any, page: Page, box: _Box) -> None:
        """Judged sentences, each with its word."""
        _write(slide, box, _fitting(_sentence_runs(page), box, _GAP), gap=_GAP)

    def figures(self, slide: Any, page: Page, box: _Box) -> None:
        """Large numbers beside each other, four in a row."""
        tiles = page.form.figures
        wide = box.width / max(1, min(4, len(tiles)))
        for at, (label, number, change) in enumerate(tiles):
            tile = _Box(box.x + wide * (at % 4), box.y + 4 + 52 * (at // 4), wide - 5, 46)
            lines = [
                [_Run(label, 14, theme.TEXT_2)],
                [_Run(number, 32 if len(number) < 14 else 20, bold=True)],  # noqa: PLR2004
                [_Run(change, 12, theme.TEXT_2)],
            ]
            _write(slide, tile, lines, gap=2)

    def _grid(self, slide: Any, grid: Grid, box: _Box, page: Page) -> None:
        """A table of as many first rows as fit, and a line that counts the others."""
        if not grid.rows or box.width < 30:  # noqa: PLR2004
            return
        shown, shares, heights = _as_fits(replace(grid, rows=grid.rows[:_MOST_ROWS]), box)
        rows, height = shown.rows, sum(heights)
        corners = _Box(box.x, box.y, box.width, height).emu
        frame = slide.shapes.add_table(1 + len(rows), len(grid.header), *corners)
        _set_alt_text(frame._element, page)  # noqa: SLF001 -- alt text has no other way
        table = frame.table
        table.horz_banding = False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Mm(box.width * share)
        for at, row in enumerate((grid.header, *rows)):
            table.rows[at].height = Mm(heights[at])
            for cell, text, numeric, fill in zip(
                table.rows[at].cells, row, grid.numeric, grid.fills_of(at), strict=True
            ):
                _fill_cell(cell, text, fill, numeric=numeric, is_head=at == 0)
        if more := len(grid.rows) - len(rows):
            under = _Box(box.x, box.y + height + 1, box.width, 6)
            text = self.report.phrase("more_rows", n=more)
            _write(slide, under, [[_Run(text, _SMALL, theme.TEXT_2)]])


_DRAWERS: dict[str, Callable[[Deck, Any, Page, _Box], None]] = {
    "charts": Deck.charts,
    "map": Deck.map,
    "table": Deck.table,
    "grid": Deck.table,
    "lines": Deck.lines,
    "figures": Deck.figures,
}


def _as_fits(grid: Grid, box: _Box) -> tuple[Grid, list[float], list[float]]:
    """A table of the first rows that fit, shares of its columns, and heights of header and rows.

    Columns are as wide as what is shown needs, so a table that is cut is laid out anew.
    """
    shares = grid.shares(box.width, _SMALL, _CELL)
    heights = list[float]()
    for at, row in enumerate((grid.header, *grid.rows)):
        heights.append(_row_height(row, shares, box.width, bold=at == 0))
        if at and sum(heights) > box.height - 7:  # noqa: PLR2004
            return _as_fits(replace(grid, rows=grid.rows[: at - 1]), box)
    return grid, shares, heights


def _sentence_runs(page: Page) -> list[Sequence[_Run]]:
    """Judged sentences with their arrows and words."""
    lines: list[Sequence[_Run]] = []
    for line in page.form.lines:
        arrow, colour = line.mark
        lines.append(
            [
                _Run(f"{arrow} ", 14, colour, bold=True),
                _Run(line.lead, 14, bold=bool(line.word or line.text)),
                _Run(f" {line.word}" if line.word else "", 13, colour, bold=True),
                _Run(f" {line.text}" if line.text else "", 13, theme.TEXT_2),
            ]
        )
    return lines


# --- text ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Run:
    """A piece of text with its letters."""

    text: str
    size: float
    colour: str = theme.TEXT
    bold: bool = False


def _open(look: bytes | None) -> Any:
    """The deck that slides are added to.

    Raises:
        NoReport: If a group's own template cannot be read.
    """
    if look is None:
        deck = Presentation()
        # Printer settings that lie in the library's own template.
        for name, relation in [*deck.part.rels.items()]:
            if relation.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS:
                deck.part.drop_rel(name)
        return deck
    try:
        deck = Presentation(io.BytesIO(look))
    except Exception as error:
        # python-pptx raises the errors of many libraries.
        raise NoReport("The template is no PPTX file that can be opened.") from error
    for entry in list(deck.slides._sldIdLst):  # noqa: SLF001 -- nothing else takes slides away
        deck.part.drop_rel(entry.rId)
        deck.slides._sldIdLst.remove(entry)  # noqa: SLF001
    return deck


def _write(
    slide: Any, box: _Box, lines: Sequence[Sequence[_Run]], gap: float = 0, *, right: bool = False
) -> float:
    """Put paragraphs into a rectangle, ``gap`` points apart; returns the millimetres they take."""
    textbox = slide.shapes.add_textbox(*box.emu)
    _fill(textbox.text_frame, lines, gap, right=right)
    return _height(lines, box, gap)


def _fill(
    frame: Any, lines: Sequence[Sequence[_Run]], gap: float = 0, *, right: bool = False
) -> None:
    """Fill a text frame with paragraphs, each a sequence of runs."""
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        paragraph.space_after = Pt(gap)
        for run in line:
            if run.text:
                _set_run(paragraph.add_run(), run)


def _set_run(target: Any, run: _Run) -> None:
    """Give a run of the file the text and the letters of one of ours."""
    target.text = run.text
    font = target.font
    font.size, font.bold, font.color.rgb = Pt(run.size), run.bold, _rgb(run.colour)
    look = font._element  # noqa: SLF001 -- python-pptx names the font of Latin letters alone
    for tag, face in (("a:latin", LATIN), ("a:cs", FAMILY)):
        element = look.makeelement(qn(tag), {"typeface": face})
        look.append(element)


def _fill_cell(cell: Any, text: str, fill: str, *, numeric: bool, is_head: bool) -> None:
    """Fill a cell of a table; ``fill`` is its colour, or '' for the usual one."""
    cell.fill.solid()
    cell.fill.fore_color.rgb = _rgb(fill or (theme.SUNKEN if is_head else theme.SURFACE))
    ink = theme.ink_on(fill)[0] if fill else theme.TEXT
    _fill(cell.text_frame, [[_Run(text, _SMALL, ink, bold=is_head)]], right=numeric)
    cell.margin_left = cell.margin_right = Mm(1.5)
    cell.margin_top = cell.margin_bottom = Mm(0.6)


def _row_height(row: Sequence[str], shares: Sequence[float], width: float, *, bold: bool) -> float:
    """Height of a row of a table in millimetres; ``shares`` are those of its columns."""
    # ``lines_of`` counts letters as wide as in running text. In a narrow cell they may be wider, so
    # Latin ones are counted as larger; own letters are counted at their full width anyway.
    latin_size = _SMALL * LETTER / RUNNING * (BOLD if bold else 1)
    lines = max(
        letters.lines_of(cell, width * share - _CELL, _SMALL if is_own(cell) else latin_size)
        for cell, share in zip(row, shares, strict=True)
    )
    return lines * _SMALL * letters.line_height(row) + 1.8


def _fitting(lines: Sequence[Sequence[_Run]], box: _Box, gap: float) -> Sequence[Sequence[_Run]]:
    """Paragraphs in letters small enough to fit into a rectangle, but not below the smallest."""
    largest = max((run.size for line in lines for run in line), default=_SMALL)
    while _height(lines, box, gap) > box.height and largest > _SMALL:
        largest -= 1
        lines = [
            [_Run(run.text, min(run.size, largest), run.colour, run.bold) for run in line]
            for line in lines
        ]
    return lines


def _height(lines: Sequence[Sequence[_Run]], box: _Box, gap: float) -> float:
    """Millimetres that paragraphs take in a rectangle, with so many points after each."""

    def height(line: Sequence[_Run]) -> float:
        size = max(run.size for run in line)
        # Letters of a line are counted as bold where most of them are.
        bold = sum(len(run.text) * (1 if run.bold else -1) for run in line) > 0
        letter_size = size * (BOLD if bold else 1)
        rows = letters.lines_of("".join(run.text for run in line), box.width, letter_size)
        return rows * size * letters.line_height([run.text for run in line]) + gap * _POINT

    return sum(map(height, lines))


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#"))


def _set_alt_text(element: Any, page: Page, name: str = "") -> None:
    """Alt text of a chart, a map or a table, whose own name may be another than the figure's."""
    about = next(element.iter(qn("p:cNvPr")))
    about.set("descr", page.alt)
    about.set("title", name or page.exhibit.title)
    about.set("name", f"Figure {page.number}")
