"""A report as a paper of A4: two sides with figures beside each other, or a longer one.

Charts are the same native parts as on slides. A group's own template gives styles, letterhead and
logo; the report says which styles it lacks.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dashboard.figures import theme
from dashboard.figures.plot import Plot
from dashboard.figures.text import letters
from dashboard.report import chart
from dashboard.report.chart import Look
from dashboard.report.contents import NoReport, Page, Report
from dashboard.report.forms import apart, sentence
from dashboard.report.grid import Grid, beside_map
from dashboard.report.letters import FAMILY, LATIN, LETTER
from dashboard.report.maps import Drawer
from dashboard.report.public import protection
from dashboard.report.series import OVER_TIME

#: Styles that are used, as Word itself calls them.
STYLES = ("Title", "Heading 1", "Heading 2", "Normal")
_A4, _MARGIN, _FOOT = (210.0, 297.0), 15.0, 13.0
#: Width of the text, and of one of two figures beside each other, in millimetres.
_TEXT, _HALF = _A4[0] - 2 * _MARGIN, (_A4[0] - 2 * _MARGIN - 6) / 2
#: Points: of charts beside each other and alone, of text, of notes under a figure.
_SMALL, _ALONE, _BODY, _NOTE = 7.5, 9.0, 9.5, 7.5
_ROWS, _ROWS_ALONE = 8, 18
#: Millimetres beside the text of a cell.
_CELL = 2.0
#: Forms of charts that need the whole width.
_WIDE = ("lines", "strips", "stacked")
#: Millimetres of a map that has room for another in its corner, and of two lines above one.
_HIGH, _NAMED = 90.0, 7.0
#: Pixels of a map for a millimetre: its smallest letters have eleven, and stand in seven points.
_PIXELS = 4.4
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Paper:
    """A paper that is being written.

    Attributes:
        file: The paper, to be saved.
        lacks: What the group's own template lacks.
    """

    def __init__(self, report: Report, drawer: Drawer, own: bytes | None) -> None:
        """Open it, for a report whose maps a drawer draws, in the look of a DOCX file or its own.

        Raises:
            NoReport: If the template is no DOCX file.
        """
        self.report, self.drawer = report, drawer
        self.file: Any = _open(own)
        styles = {style.name for style in self.file.styles}
        lacks = [name for name in STYLES if name not in styles]
        self.lacks = [f"The template has no style {name!r}." for name in lacks]
        self.charts = 0
        if own is None:
            self._look()
        self.is_short = report.sides is not None

    def _look(self) -> None:
        """The product's own look, where a group brings none."""
        section = self.file.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = map(Mm, _A4)
        section.left_margin = section.right_margin = Mm(_MARGIN)
        section.top_margin, section.bottom_margin = Mm(13), Mm(_FOOT)
        section.header_distance = section.footer_distance = Mm(6)
        sizes = {"Title": 18, "Heading 1": 12, "Heading 2": 10, "Normal": _BODY}
        for name, size in sizes.items():
            style = self.file.styles[name]
            _letters(style.font, size, bold=name != "Normal")
            style.paragraph_format.space_before = Pt(0)
            style.paragraph_format.space_after = Pt(2)
            for line in style.element.iter(qn("w:pBdr")):
                line.getparent().remove(line)

    def write(self) -> None:
        """All of it."""
        report = self.report
        report.describe(self.file.core_properties)
        _footer(self.file.sections[0].footer, report)
        head = self._paragraph(style="Normal")
        _run(head, f"{report.title} · {report.month}   ", _BODY, theme.BLUE, bold=True)
        _run(head, report.handling, _BODY, theme.TEXT_2, bold=True)
        size = 18 if letters(report.opening) < 80 else 15  # noqa: PLR2004
        _run(self._paragraph(style="Title"), report.opening, size, bold=True)
        if report.changed:
            self._heading(report.of("since", when=report.since))
            for text in report.changed:
                _run(self._paragraph(), f"• {text}", _BODY)
        if self.is_short:
            self._short()
        else:
            for page in report.pages:
                self._alone(page)
        self._limits()

    # --- figures ------------------------------------------------------------------------------

    def _short(self) -> None:
        """Sentences and numbers at full width, then figures two by two."""
        beside: list[Page] = []
        for page in self.report.pages:
            if page.form.is_text:
                self._text_of(page)
            else:
                beside.append(page)
        for pages in _rows_of(beside):
            self._row(pages)

    def _row(self, pages: Sequence[Page]) -> None:
        """One figure, or two beside each other."""
        wide = _HALF if len(pages) > 1 else _TEXT
        table = self.file.add_table(1, len(pages))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _plain(table)
        _widths(table, [wide + 3] * len(pages))
        for cell, page in zip(table.rows[0].cells, pages, strict=False):
            title = cell.paragraphs[0]
            number = self.report.name_of(page)
            _run(title, f"{number}  ", 8, theme.BLUE, bold=True)
            _run(title, page.exhibit.title, 9.5, bold=True)
            _set_spacing(title)
            _line(cell.add_paragraph(), page.exhibit.subtitle, _NOTE, theme.TEXT_2)
            high = 62 if page.form.kind == "map" else (52 if len(pages) == 1 else 47)
            self._draw(page, cell, (wide, high), _SMALL, _ROWS)
            self._write_under(page, cell, most=1 if len(pages) > 1 else 2)
        _rows_look(table.rows, "w:cantSplit")

    def _alone(self, page: Page) -> None:
        """A figure with the whole width."""
        if page.form.is_text:
            self._text_of(page)
            return
        self._heading(page.exhibit.title, self.report.name_of(page))
        _line(self._paragraph(), page.exhibit.subtitle, 8.5, theme.TEXT_2, keep=True)
        plots = [plot for _, plot in page.form.charts[:1]]
        rows = sum(len(p.categories) * (len(p.series) if p.form == "grouped" else 1) for p in plots)
        least = 70 if any(plot.form in OVER_TIME for plot in plots) else 40
        high = 100 if page.form.kind == "map" else min(110, max(least, 6 * rows + 14))
        if len(page.form.charts) > 1:
            high = 38 * page.form.raster[1] + 10
        self._draw(page, self.file, (_TEXT, high), _ALONE, _ROWS_ALONE)
        self._write_under(page, self.file, most=6)

    def _text_of(self, page: Page) -> None:
        """Sentences, or large numbers in a row."""
        if page is not self.report.pages[0]:
            self._heading(page.exhibit.title)
        _run(self._paragraph(), page.exhibit.subtitle, 8.5, theme.TEXT_2)
        for line in page.form.lines:
            arrow, colour = line.mark
            paragraph = self._paragraph()
            _run(paragraph, f"{arrow} ", _BODY, colour, bold=True)
            _run(paragraph, line.lead, _BODY, bold=bool(line.word or line.text))
            _run(paragraph, f" {line.word}", _BODY, colour, bold=True)
            _run(paragraph, f" {line.text}", _BODY, theme.TEXT_2)
            _set_spacing(paragraph)
        if page.form.figures:
            self._tiles(page)
        self._write_under(page, self.file, most=1 if self.is_short else 3)

    def _tiles(self, page: Page) -> None:
        tiles = page.form.figures
        table = self.file.add_table(1, len(tiles))
        _plain(table)
        for cell, (label, number, change) in zip(table.rows[0].cells, tiles, strict=True):
            _shade(cell, theme.SUNKEN)
            _line(cell.paragraphs[0], label, 8.5, theme.TEXT_2, bold=True)
            _line(cell.add_paragraph(), number, 16 if len(number) < 14 else 11, bold=True)  # noqa: PLR2004
            _line(cell.add_paragraph(), change, _NOTE, theme.TEXT_2)
        _set_spacing(self._paragraph())

    def _draw(
        self, page: Page, where: Any, size: tuple[float, float], points: float, rows: int
    ) -> None:
        form = page.form
        if form.kind == "charts":
            self._charts(page, where, size, points)
        elif form.kind == "map" and form.map is not None:
            self._map(page, form.map, where, size, points)
        else:
            self._grid(form.grid, where, size[0], points, rows, page)

    def _map(
        self, page: Page, description: Any, where: Any, size: tuple[float, float], points: float
    ) -> None:
        """A map, and beside it the first rows of its table."""
        high = size[1]
        # Half a page is too low for a map in the corner of another.
        maps = apart(description) if high < _HIGH else (("", description),)
        wide = size[0] * (0.62 if len(maps) == 1 else 0.66)
        widths = [wide] if len(maps) == 1 else [0.36 * wide, 0.64 * wide - 2]
        table = where.add_table(1, len(maps) + 1)
        table.autofit = False
        _plain(table)
        *cells, right = table.rows[0].cells
        _widths(table, [*(across + 2 for across in widths), size[0] - sum(widths) - 4])
        for cell, (name, one), across in zip(cells, maps, widths, strict=True):
            tall = high - _NAMED if name else high
            picture = self.drawer.map(one, round(across * _PIXELS), round(tall * _PIXELS))
            paragraph = cell.paragraphs[0]
            if name:
                _line(paragraph, name, points, bold=True)
                paragraph = cell.add_paragraph()
            placed = paragraph.add_run().add_picture(io.BytesIO(picture), Mm(across), Mm(tall))
            _set_alt_text(placed._inline.docPr, page, name)  # noqa: SLF001 -- alt text has no other way
            _set_spacing(paragraph)
        grid = beside_map(page.exhibit, page.form.grid, self.report.lang)
        room, size_of = size[0] - sum(widths) - 6, max(7, points - 1)
        wide = [share * room - _CELL for share in grid.shares(room, size_of, _CELL)]
        lines, rows = int((high - 6) / (points * 0.62)), 0
        for row in grid.rows:
            each = zip(row, wide, strict=True)
            lines -= max(ceil(letters(cell) * LETTER * size_of / w) for cell, w in each)
            if lines < 0:
                break
            rows += 1
        if grid.rows:
            self._grid(grid, right, size[0] - sum(widths) - 6, points, rows, page)

    def _charts(self, page: Page, where: Any, size: tuple[float, float], points: float) -> None:
        """One chart, or small multiples in rows of three."""
        plots = page.form.charts
        if len(plots) == 1:
            self._chart(page, plots[0][1], where.add_paragraph(), size, points, 0)
            return
        across, down = page.form.raster
        top = max(chart.highest(plot) for _, plot in plots)
        table = where.add_table(down, across)
        _plain(table)
        _rows_look(table.rows, "w:cantSplit")
        for at, (name, plot) in enumerate(plots):
            cell = table.rows[at // across].cells[at % across]
            _line(cell.paragraphs[0], name, points, bold=True)
            one = (size[0] / across - 4, (size[1] - 6 * down) / down)
            self._chart(page, plot, cell.add_paragraph(), one, max(7, points - 1), top)

    def _chart(
        self, page: Page, plot: Plot, paragraph: Any, size: tuple[float, float], points: float,
        top: float,
    ) -> None:  # fmt: skip
        """A native chart with its workbook."""
        self.charts += 1
        look = Look(points, *size, self.report.lang)
        native, number = chart.native(plot, look, top), self.charts
        package = self.file.part.package
        part = Part(
            PackURI(f"/word/charts/chart{number}.xml"),
            "application/vnd.openxmlformats-officedocument.drawingml.chart+xml", native.xml,
            package,
        )  # fmt: skip
        book = Part(
            PackURI(f"/word/embeddings/sheet{number}.xlsx"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", native.workbook,
            package,
        )  # fmt: skip
        part.relate_to(book, f"{_RELATIONS}/package")
        relation = self.file.part.relate_to(part, f"{_RELATIONS}/chart")
        wide, high = (Mm(length) for length in size)
        drawing = parse_xml(
            '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            f'<wp:inline><wp:extent cx="{wide}" cy="{high}"/>'
            f'<wp:docPr id="{1000 + number}" name="Figure {page.number}"/>'
            f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" '
            f'xmlns:r="{_RELATIONS}" r:id="{relation}"/></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )
        _set_alt_text(next(drawing.iter(qn("wp:docPr"))), page)
        paragraph.add_run()._r.append(drawing)  # noqa: SLF001 -- python-docx writes no charts
        _set_spacing(paragraph)

    def _grid(
        self, grid: Grid, where: Any, width: float, points: float, most: int, page: Page
    ) -> None:
        rows = grid.rows[:most]
        table = where.add_table(1 + len(rows), len(grid.header))
        table.autofit = False
        _plain(table)
        shares = grid.shares(width, max(7, points - 1), _CELL)
        _widths(table, [width * share for share in shares])
        for at, row in enumerate((grid.header, *rows)):
            for cell, text, numeric, fill in zip(
                table.rows[at].cells, row, grid.numeric, grid.fills_of(at), strict=True
            ):
                ink = theme.ink_on(fill)[0] if fill else theme.TEXT
                keep = where is self.file and at < len(rows)
                _line(cell.paragraphs[0], text, max(7, points - 1), ink, bold=at == 0, keep=keep)
                if numeric:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
                if fill or at == 0:
                    _shade(cell, fill or theme.SUNKEN)
        _rows_look(table.rows[:1], "w:tblHeader")
        _set_table_alt_text(table, page)
        if more := len(grid.rows) - len(rows):
            _line(where.add_paragraph(), self.report.of("more_rows", n=more), _NOTE, theme.TEXT_2)

    def _write_under(self, page: Page, where: Any, most: int) -> None:
        """Own words, marks and notes."""
        if page.words:
            _line(where.add_paragraph(), page.words, _BODY - 1, bold=True)
        notes = (*page.form.listed[:2], *page.notes)
        # How far numbers may be off is never left out.
        starts = protection(self.report.lang)
        texts = [text for at, text in enumerate(notes) if at < most or text.startswith(starts)]
        text = " ".join(map(sentence, texts))
        if page.foot != self.report.foot:
            text = f"{text} {page.foot}"
        _line(where.add_paragraph(), text, _NOTE, theme.TEXT_2, after=3)

    def _limits(self) -> None:
        """What falls away, what holds for all figures, and the boundary notice last."""
        report = self.report
        if report.left_out:
            self._heading(report.of("left_out"))
            for text in report.left_out:
                _run(self._paragraph(), f"• {text}", 8.5)
        self._heading(report.of("limits"))
        for text in report.limits[:-1]:
            _run(self._paragraph(), text, 8.5)
        _run(self._paragraph(), report.limits[-1], _NOTE, theme.TEXT_2)

    # --- text ---------------------------------------------------------------------------------

    def _paragraph(self, style: str = "Normal") -> Any:
        has_style = any(each.name == style for each in self.file.styles)
        paragraph = self.file.add_paragraph(style=style if has_style else None)
        _set_spacing(paragraph)
        return paragraph

    def _heading(self, text: str, lead: str = "") -> None:
        paragraph = self._paragraph("Heading 1")
        paragraph.paragraph_format.space_before = Pt(5)
        paragraph.paragraph_format.keep_with_next = True
        if lead:
            _run(paragraph, f"{lead}  ", 9, theme.BLUE, bold=True)
        _run(paragraph, text, 12, bold=True)


def _rows_of(pages: Sequence[Page]) -> list[list[Page]]:
    """Figures two by two; maps, lines over time and the last of an odd number have a row alone."""
    rows: list[list[Page]] = []
    waiting: list[Page] = []
    for page in pages:
        charts = page.form.charts
        is_wide = len(charts) > 1 or (charts and charts[0][1].form in _WIDE)
        if page.form.kind == "map" or is_wide:
            rows.append([page])
        elif waiting:
            rows.append([waiting.pop(), page])
        else:
            waiting.append(page)
    return [*rows, waiting] if waiting else rows


def _open(own: bytes | None) -> Any:
    """The document to write into: a template keeps its look and loses its text.

    Raises:
        NoReport: If a group's own template cannot be read.
    """
    if own is None:
        document = Document()
        # Another set of the library's own styles, which differs from those in use.
        for name, relation in [*document.part.rels.items()]:
            if relation.reltype.endswith("/stylesWithEffects"):
                document.part.drop_rel(name)
        return document
    try:
        document = Document(io.BytesIO(own))
    except Exception as error:
        # python-docx raises the errors of many libraries.
        raise NoReport("The template is no DOCX file that can be opened.") from error
    body = document.element.body
    for element in [*body]:
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    return document


def _footer(footer: Any, report: Report) -> None:
    """Source, release and handling on each page, and its number; a letterhead stays above."""
    footer.is_linked_to_previous = False
    paragraph = footer.add_paragraph() if footer.paragraphs[0].text else footer.paragraphs[0]
    _run(paragraph, f"{report.foot} · ", 7, theme.TEXT_2)
    for code in ("PAGE", "NUMPAGES"):
        run = paragraph.add_run("1")
        _letters(run.font, 7, theme.TEXT_2)
        field = _element("fldSimple", instr=code)
        run._r.addprevious(field)  # noqa: SLF001 -- python-docx writes no fields
        field.append(run._r)  # noqa: SLF001
        if code == "PAGE":
            _run(paragraph, " / ", 7, theme.TEXT_2)


def _run(
    paragraph: Any, text: str, size: float, colour: str = theme.TEXT, *, bold: bool = False
) -> None:
    if text.strip():
        _letters(paragraph.add_run(text).font, size, colour, bold=bold)


def _line(
    paragraph: Any, text: str, size: float, colour: str = theme.TEXT, *, bold: bool = False,
    after: float = 1, keep: bool = False,
) -> None:  # fmt: skip
    """A whole paragraph of one look."""
    _run(paragraph, text, size, colour, bold=bold)
    _set_spacing(paragraph, after, keep=keep)


def _letters(font: Any, size: float, colour: str = theme.TEXT, *, bold: bool = False) -> None:
    """Set size, face and colour; Word has attributes of their own for letters not Latin."""
    font.size, font.bold, font.cs_bold = Pt(size), bold, bold or None
    font.name, font.color.rgb = LATIN, RGBColor.from_string(colour.lstrip("#"))
    look = font.element.rPr
    for name in [name for name in look.rFonts.attrib if "Theme" in name]:
        del look.rFonts.attrib[name]
    look.rFonts.set(qn("w:cs"), FAMILY)
    for old in look.findall(qn("w:szCs")):
        look.remove(old)
    look.sz.addnext(_element("szCs", val=round(2 * size)))


def _set_spacing(paragraph: Any, after: float = 1, *, keep: bool = False) -> None:
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(0), Pt(after), 1.0
    layout.keep_with_next = keep


def _plain(table: Any) -> None:
    """No margins of its own: figures keep the edges of the text."""
    look = table._tbl.tblPr  # noqa: SLF001 -- python-docx has no cell margins
    margins = _element("tblCellMar")
    margins.extend(_element(side, w=40, type="dxa") for side in ("left", "right"))
    before = look.find(qn("w:tblLook"))
    if before is None:
        look.append(margins)
    else:
        before.addprevious(margins)


def _widths(table: Any, widths: Sequence[float]) -> None:
    """Widths of columns in millimetres, which programs read from the grid or from the cells."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _rows_look(rows: Iterable[Any], tag: str) -> None:
    for row in rows:
        row._tr.get_or_add_trPr().append(OxmlElement(tag))  # noqa: SLF001 -- python-docx has none


def _shade(cell: Any, colour: str) -> None:
    shade = _element("shd", val="clear", color="auto", fill=colour.lstrip("#"))
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 -- python-docx has no shading


def _set_alt_text(about: Any, page: Page, name: str = "") -> None:
    about.set("descr", page.alt)
    about.set("title", name or page.exhibit.title)


def _set_table_alt_text(table: Any, page: Page) -> None:
    for tag, text in (("tblCaption", page.exhibit.title), ("tblDescription", page.alt)):
        table._tbl.tblPr.append(_element(tag, val=text))  # noqa: SLF001 -- alt text has no other way


def _element(tag: str, **values: object) -> Any:
    """An element of a document, with values of its own namespace."""
    return OxmlElement(f"w:{tag}", {qn(f"w:{name}"): str(text) for name, text in values.items()})
