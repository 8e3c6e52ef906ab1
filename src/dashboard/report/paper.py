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
from dashboard.report.forms import sentence, split_inset
from dashboard.report.grid import Grid, beside_map
from dashboard.report.letters import FAMILY, LATIN, LETTER
from dashboard.report.maps import Drawer
from dashboard.report.public import protection_starts
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

    def __init__(self, report: Report, drawer: Drawer, look: bytes | None) -> None:
        """Open it, for a report whose maps a drawer draws.

        Args:
            report: The report.
            drawer: What draws its maps.
            look: A DOCX file with the look of the group's own; None for the product's.

        Raises:
            NoReport: If the template is no DOCX file.
        """
        self.report, self.drawer = report, drawer
        self.file: Any = _open(look)
        styles = {style.name for style in self.file.styles}
        lacks = [name for name in STYLES if name not in styles]
        self.lacks = [f"The template has no style {name!r}." for name in lacks]
        self.charts = 0
        if look is None:
            self._set_look()
        self.is_short = report.sides is not None

    def _set_look(self) -> None:
        """Give the document the product's own look."""
        section = self.file.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = map(Mm, _A4)
        section.left_margin = section.right_margin = Mm(_MARGIN)
        section.top_margin, section.bottom_margin = Mm(13), Mm(_FOOT)
        section.header_distance = section.footer_distance = Mm(6)
        sizes = {"Title": 18, "Heading 1": 12, "Heading 2": 10, "Normal": _BODY}
        for name, size in sizes.items():
            style = self.file.styles[name]
            _set_letters(style.font, size, bold=name != "Normal")
            style.paragraph_format.space_before = Pt(0)
            style.paragraph_format.space_after = Pt(2)
            for line in style.element.iter(qn("w:pBdr")):
                line.getparent().remove(line)

    def write(self) -> None:
        """Write the whole paper."""
        report = self.report
        report.describe(self.file.core_properties)
        _footer(self.file.sections[0].footer, report)
        head = self._paragraph(style="Normal")
        _add_run(head, f"{report.title} · {report.month}   ", _BODY, theme.BLUE, bold=True)
        _add_run(head, report.handling, _BODY, theme.TEXT_2, bold=True)
        size = 18 if letters(report.opening) < 80 else 15  # noqa: PLR2004
        _add_run(self._paragraph(style="Title"), report.opening, size, bold=True)
        if report.changed:
            self._heading(report.phrase("since", when=report.since))
            for text in report.changed:
                _add_run(self._paragraph(), f"• {text}", _BODY)
        if self.is_short:
            self._two_sides()
        else:
            for page in report.pages:
                self._figure(page)
        self._limits()

    # --- figures ------------------------------------------------------------------------------

    def _two_sides(self) -> None:
        """Sentences and large numbers at full width, then other figures two by two."""
        others: list[Page] = []
        for page in self.report.pages:
            if page.form.is_text:
                self._text_of(page)
            else:
                others.append(page)
        for pages in _rows_of(others):
            self._row(pages)

    def _row(self, pages: Sequence[Page]) -> None:
        """One figure, or two beside each other."""
        wide = _HALF if len(pages) > 1 else _TEXT
        table = self.file.add_table(1, len(pages))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _narrow_margins(table)
        _widths(table, [wide + 3] * len(pages))
        for cell, page in zip(table.rows[0].cells, pages, strict=False):
            title = cell.paragraphs[0]
            number = self.report.name_of(page)
            _add_run(title, f"{number}  ", 8, theme.BLUE, bold=True)
            _add_run(title, page.exhibit.title, 9.5, bold=True)
            _set_spacing(title)
            _write(cell.add_paragraph(), page.exhibit.subtitle, _NOTE, theme.TEXT_2)
            high = 62 if page.form.kind == "map" else (52 if len(pages) == 1 else 47)
            self._draw(page, cell, (wide, high), _SMALL, _ROWS)
            self._write_under(page, cell, most=1 if len(pages) > 1 else 2)
        _mark_rows(table.rows, "w:cantSplit")

    def _figure(self, page: Page) -> None:
        """A figure with the whole width, under its heading."""
        if page.form.is_text:
            self._text_of(page)
            return
        self._heading(page.exhibit.title, self.report.name_of(page))
        _write(self._paragraph(), page.exhibit.subtitle, 8.5, theme.TEXT_2, keep=True)
        plots = [plot for _, plot in page.form.charts[:1]]
        rows = sum(len(p.categories) * (len(p.series) if p.form == "grouped" else 1) for p in plots)
        least = 70 if any(plot.form in OVER_TIME for plot in plots) else 40
        high = 100 if page.form.kind == "map" else min(110, max(least, 6 * rows + 14))
        if len(page.form.charts) > 1:
            high = 38 * page.form.raster[1] + 10
        self._draw(page, self.file, (_TEXT, high), _ALONE, _ROWS_ALONE)
        self._write_under(page, self.file, most=6)

    def _text_of(self, page: Page) -> None:
        """A figure of sentences, or of large numbers in a row, with what is written under it."""
        if page is not self.report.pages[0]:
            self._heading(page.exhibit.title)
        _add_run(self._paragraph(), page.exhibit.subtitle, 8.5, theme.TEXT_2)
        for line in page.form.lines:
            arrow, colour = line.mark
            paragraph = self._paragraph()
            _add_run(paragraph, f"{arrow} ", _BODY, colour, bold=True)
            _add_run(paragraph, line.lead, _BODY, bold=bool(line.word or line.text))
            _add_run(paragraph, f" {line.word}", _BODY, colour, bold=True)
            _add_run(paragraph, f" {line.text}", _BODY, theme.TEXT_2)
            _set_spacing(paragraph)
        if page.form.figures:
            self._tiles(page)
        self._write_under(page, self.file, most=1 if self.is_short else 3)

    def _tiles(self, page: Page) -> None:
        """A row of shaded cells, each with a label, its large number and its change."""
        tiles = page.form.figures
        table = self.file.add_table(1, len(tiles))
        _narrow_margins(table)
        for cell, (label, number, change) in zip(table.rows[0].cells, tiles, strict=True):
            _shade(cell, theme.SUNKEN)
            _write(cell.paragraphs[0], label, 8.5, theme.TEXT_2, bold=True)
            _write(cell.add_paragraph(), number, 16 if len(number) < 14 else 11, bold=True)  # noqa: PLR2004
            _write(cell.add_paragraph(), change, _NOTE, theme.TEXT_2)
        _set_spacing(self._paragraph())

    def _draw(
        self, page: Page, where: Any, size: tuple[float, float], points: float, rows: int
    ) -> None:
        """Draw a figure: charts, a map or a table.

        Args:
            page: The figure.
            where: The document or the cell of a table that holds it.
            size: Its width and height in millimetres.
            points: Size of its letters.
            rows: The most rows of a table.
        """
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
        """A map, and beside it as many first rows of its table as the height holds."""
        high = size[1]
        # Half a page is too low for a map in the corner of another.
        maps = split_inset(description) if high < _HIGH else (("", description),)
        wide = size[0] * (0.62 if len(maps) == 1 else 0.66)
        widths = [wide] if len(maps) == 1 else [0.36 * wide, 0.64 * wide - 2]
        table = where.add_table(1, len(maps) + 1)
        table.autofit = False
        _narrow_margins(table)
        *cells, right = table.rows[0].cells
        _widths(table, [*(width + 2 for width in widths), size[0] - sum(widths) - 4])
        for cell, (name, part), width in zip(cells, maps, widths, strict=True):
            tall = high - _NAMED if name else high
            picture = self.drawer.map(part, round(width * _PIXELS), round(tall * _PIXELS))
            paragraph = cell.paragraphs[0]
            if name:
                _write(paragraph, name, points, bold=True)
                paragraph = cell.add_paragraph()
            placed = paragraph.add_run().add_picture(io.BytesIO(picture), Mm(width), Mm(tall))
            _set_alt_text(placed._inline.docPr, page, name)  # noqa: SLF001 -- alt text has no other way
            _set_spacing(paragraph)
        grid = beside_map(page.exhibit, page.form.grid, self.report.lang)
        room, letter_size = size[0] - sum(widths) - 6, max(7, points - 1)
        columns = [share * room - _CELL for share in grid.shares(room, letter_size, _CELL)]
        lines, fitting = int((high - 6) / (points * 0.62)), 0
        for row in grid.rows:
            texts = zip(row, columns, strict=True)
            lines -= max(ceil(letters(text) * LETTER * letter_size / w) for text, w in texts)
            if lines < 0:
                break
            fitting += 1
        if grid.rows:
            self._grid(grid, right, size[0] - sum(widths) - 6, points, fitting, page)

    def _charts(self, page: Page, where: Any, size: tuple[float, float], points: float) -> None:
        """One chart, or small multiples in a grid, each under its name."""
        plots = page.form.charts
        if len(plots) == 1:
            self._chart(page, plots[0][1], where.add_paragraph(), size, points, 0)
            return
        across, down = page.form.raster
        scale_end = max(chart.highest(plot) for _, plot in plots)
        table = where.add_table(down, across)
        _narrow_margins(table)
        _mark_rows(table.rows, "w:cantSplit")
        for at, (name, plot) in enumerate(plots):
            cell = table.rows[at // across].cells[at % across]
            _write(cell.paragraphs[0], name, points, bold=True)
            small_size = (size[0] / across - 4, (size[1] - 6 * down) / down)
            self._chart(page, plot, cell.add_paragraph(), small_size, max(7, points - 1), scale_end)

    def _chart(
        self, page: Page, plot: Plot, paragraph: Any, size: tuple[float, float], points: float,
        scale_end: float,
    ) -> None:  # fmt: skip
        """A native chart with its workbook; ``scale_end`` is 0 for a scale of its own."""
        self.charts += 1
        look = Look(points, *size, self.report.lang)
        native, number = chart.native(plot, look, scale_end), self.charts
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
        """A table of the first rows, at most so many, and a line that counts the others."""
        rows = grid.rows[:most]
        table = where.add_table(1 + len(rows), len(grid.header))
        table.autofit = False
        _narrow_margins(table)
        shares = grid.shares(width, max(7, points - 1), _CELL)
        _widths(table, [width * share for share in shares])
        for at, row in enumerate((grid.header, *rows)):
            for cell, text, numeric, fill in zip(
                table.rows[at].cells, row, grid.numeric, grid.fills_of(at), strict=True
            ):
                ink = theme.ink_on(fill)[0] if fill else theme.TEXT
                keep = where is self.file and at < len(rows)
                _write(cell.paragraphs[0], text, max(7, points - 1), ink, bold=at == 0, keep=keep)
                if numeric:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
                if fill or at == 0:
                    _shade(cell, fill or theme.SUNKEN)
        _mark_rows(table.rows[:1], "w:tblHeader")
        _set_table_alt_text(table, page)
        if more := len(grid.rows) - len(rows):
            text = self.report.phrase("more_rows", n=more)
            _write(where.add_paragraph(), text, _NOTE, theme.TEXT_2)

    def _write_under(self, page: Page, where: Any, most: int) -> None:
        """The group's words, then the first marks and notes, at most so many."""
        if page.words:
            _write(where.add_paragraph(), page.words, _BODY - 1, bold=True)
        notes = (*page.form.listed[:2], *page.notes)
        # How far numbers may be off is never left out.
        starts = protection_starts(self.report.lang)
        texts = [text for at, text in enumerate(notes) if at < most or text.startswith(starts)]
        text = " ".join(map(sentence, texts))
        if page.foot != self.report.foot:
            text = f"{text} {page.foot}"
        _write(where.add_paragraph(), text, _NOTE, theme.TEXT_2, after=3)

    def _limits(self) -> None:
        """What falls away, what holds for all figures, and the boundary notice last."""
        report = self.report
        if report.left_out:
            self._heading(report.phrase("left_out"))
            for text in report.left_out:
                _add_run(self._paragraph(), f"• {text}", 8.5)
        self._heading(report.phrase("limits"))
        for text in report.limits[:-1]:
            _add_run(self._paragraph(), text, 8.5)
        _add_run(self._paragraph(), report.limits[-1], _NOTE, theme.TEXT_2)

    # --- text ---------------------------------------------------------------------------------

    def _paragraph(self, style: str = "Normal") -> Any:
        """A new paragraph at the end, in a style if the template has it."""
        has_style = any(each.name == style for each in self.file.styles)
        paragraph = self.file.add_paragraph(style=style if has_style else None)
        _set_spacing(paragraph)
        return paragraph

    def _heading(self, text: str, lead: str = "") -> None:
        """A heading that stays with what follows; ``lead`` stands before it, smaller."""
        paragraph = self._paragraph("Heading 1")
        paragraph.paragraph_format.space_before = Pt(5)
        paragraph.paragraph_format.keep_with_next = True
        if lead:
            _add_run(paragraph, f"{lead}  ", 9, theme.BLUE, bold=True)
        _add_run(paragraph, text, 12, bold=True)


def _rows_of(pages: Sequence[Page]) -> list[list[Page]]:
    """Figures two by two; maps, lines over time and the last of an odd number have a row alone."""
    rows: list[list[Page]] = []
    unpaired: list[Page] = []
    for page in pages:
        charts = page.form.charts
        is_wide = len(charts) > 1 or (charts and charts[0][1].form in _WIDE)
        if page.form.kind == "map" or is_wide:
            rows.append([page])
        elif unpaired:
            rows.append([unpaired.pop(), page])
        else:
            unpaired.append(page)
    return [*rows, unpaired] if unpaired else rows


def _open(look: bytes | None) -> Any:
    """The document to write into: a template keeps its look and loses its text.

    Raises:
        NoReport: If a group's own template cannot be read.
    """
    if look is None:
        document = Document()
        # Another set of the library's own styles, which differs from those in use.
        for name, relation in [*document.part.rels.items()]:
            if relation.reltype.endswith("/stylesWithEffects"):
                document.part.drop_rel(name)
        return document
    try:
        document = Document(io.BytesIO(look))
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
    _add_run(paragraph, f"{report.foot} · ", 7, theme.TEXT_2)
    for code in ("PAGE", "NUMPAGES"):
        run = paragraph.add_run("1")
        _set_letters(run.font, 7, theme.TEXT_2)
        field = _element("fldSimple", instr=code)
        run._r.addprevious(field)  # noqa: SLF001 -- python-docx writes no fields
        field.append(run._r)  # noqa: SLF001
        if code == "PAGE":
            _add_run(paragraph, " / ", 7, theme.TEXT_2)


def _add_run(
    paragraph: Any, text: str, size: float, colour: str = theme.TEXT, *, bold: bool = False
) -> None:
    """Add a piece of text to a paragraph, unless it is blank."""
    if text.strip():
        _set_letters(paragraph.add_run(text).font, size, colour, bold=bold)


def _write(
    paragraph: Any, text: str, size: float, colour: str = theme.TEXT, *, bold: bool = False,
    after: float = 1, keep: bool = False,
) -> None:  # fmt: skip
    """Write a whole paragraph in one look, with so many points after it."""
    _add_run(paragraph, text, size, colour, bold=bold)
    _set_spacing(paragraph, after, keep=keep)


def _set_letters(font: Any, size: float, colour: str = theme.TEXT, *, bold: bool = False) -> None:
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
    """Points after a paragraph; ``keep`` holds it on the page of the next one."""
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(0), Pt(after), 1.0
    layout.keep_with_next = keep


def _narrow_margins(table: Any) -> None:
    """Give the cells of a table narrow margins, so that figures keep the edges of the text."""
    look = table._tbl.tblPr  # noqa: SLF001 -- python-docx has no cell margins
    margins = _element("tblCellMar")
    margins.extend(_element(side, w=40, type="dxa") for side in ("left", "right"))
    next_property = look.find(qn("w:tblLook"))
    if next_property is None:
        look.append(margins)
    else:
        next_property.addprevious(margins)


def _widths(table: Any, widths: Sequence[float]) -> None:
    """Widths of columns in millimetres, which programs read from the grid or from the cells."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _mark_rows(rows: Iterable[Any], tag: str) -> None:
    """Give rows a property: not to break over pages, or to be repeated as a header."""
    for row in rows:
        row._tr.get_or_add_trPr().append(OxmlElement(tag))  # noqa: SLF001 -- python-docx has none


def _shade(cell: Any, colour: str) -> None:
    """Give a cell a ground of a colour."""
    shade = _element("shd", val="clear", color="auto", fill=colour.lstrip("#"))
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 -- python-docx has no shading


def _set_alt_text(about: Any, page: Page, name: str = "") -> None:
    """Alt text of a chart or a map, whose own name may be another than the figure's."""
    about.set("descr", page.alt)
    about.set("title", name or page.exhibit.title)


def _set_table_alt_text(table: Any, page: Page) -> None:
    """Alt text of a table: the title and the description of its figure."""
    for tag, text in (("tblCaption", page.exhibit.title), ("tblDescription", page.alt)):
        table._tbl.tblPr.append(_element(tag, val=text))  # noqa: SLF001 -- alt text has no other way


def _element(tag: str, **values: object) -> Any:
    """An element of a document, with values of its own namespace."""
    return OxmlElement(f"w:{tag}", {qn(f"w:{name}"): str(text) for name, text in values.items()})
