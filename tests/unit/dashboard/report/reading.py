"""Files of reports read back by the libraries of others alone: nothing here is shared with what
writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
from docx import Document
from openxml_audit import FileFormat, OpenXmlValidator
from pptx import Presentation

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
VALIDATOR = OpenXmlValidator(FileFormat.OFFICE_2019, max_errors=20)


@dataclass(frozen=True)
class ReadChart:
    """A chart: number of its figure, its workbook, what is cached of it, and what is said."""

    figure: int
    names: list[str]
    columns: dict[str, list[Any]]
    formats: dict[str, list[str]]
    cached: list[tuple[str, list[float | None]]]
    labels: list[list[str]]


def _cached(root: ET.Element) -> Iterator[tuple[str, list[float | None], list[str]]]:
    for series in root.iter(f"{_C}ser"):
        name = series.findtext(f".//{_C}tx//{_C}v") or ""
        cache = series.find(f"{_C}val//{_C}numCache")
        assert cache is not None
        size = int(cache.find(f"{_C}ptCount").attrib["val"])  # pyright: ignore[reportOptionalMemberAccess]
        points = {
            int(p.attrib["idx"]): float(p.findtext(f"{_C}v") or "") for p in cache.iter(f"{_C}pt")
        }
        words_at = [
            "".join(t.text or "" for t in label.iter(f"{_A}t")).strip()
            for label in series.iter(f"{_C}dLbl")
        ]
        yield name, [points.get(at) for at in range(size)], words_at


def chart_of(figure: str, xml: bytes, workbook: bytes) -> ReadChart:
    """A chart part with its workbook."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    held = {str(head.value or ""): cells for head, *cells in [*zip(*rows, strict=True)][1:]}
    columns = {name: [cell.value for cell in cells] for name, cells in held.items()}
    formats = {name: [cell.number_format for cell in cells] for name, cells in held.items()}
    cached = list(_cached(ET.fromstring(xml)))  # noqa: S314 -- written by our own program
    return ReadChart(
        int(figure.removeprefix("Figure ")),
        [str(row[0].value) for row in rows[1:]], columns, formats,
        [(name, values) for name, values, _ in cached], [words for _, _, words in cached],
    )  # fmt: skip


def charts_of_deck(content: bytes) -> list[ReadChart]:
    """Charts of a deck in order."""
    return [
        chart_of(
            shape._element.nvGraphicFramePr.cNvPr.get("name"),
            shape.chart.part.blob, shape.chart.part.chart_workbook.xlsx_part.blob,
        )
        for slide in Presentation(io.BytesIO(content)).slides
        for shape in slide.shapes
        if shape.has_chart
    ]  # fmt: skip


def charts_of_paper(content: bytes) -> list[ReadChart]:
    """Charts of a paper in order."""
    document = Document(io.BytesIO(content))
    charts: list[ReadChart] = []
    for drawing in document.element.body.iter("{*}inline"):
        chart = next(drawing.iter(f"{_C}chart"), None)
        if chart is not None:
            relation = chart.attrib[
                "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
            ]
            part = document.part.related_parts[relation]
            (book,) = part.related_parts.values()
            name = next(drawing.iter("{*}docPr")).get("name")
            charts.append(chart_of(name, part.blob, book.blob))
    return charts


def tables_of_deck(content: bytes) -> dict[int, list[list[str]]]:
    """Cells of tables by the number of their figure."""
    return {
        int(shape._element.nvGraphicFramePr.cNvPr.get("name").removeprefix("Figure ")): [
            [cell.text for cell in row.cells] for row in shape.table.rows
        ]
        for slide in Presentation(io.BytesIO(content)).slides
        for shape in slide.shapes
        if shape.has_table
    }


def slide_texts(content: bytes) -> list[str]:
    """All text of each slide, without its notes."""
    return [
        "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
        for slide in Presentation(io.BytesIO(content)).slides
    ]


def every_text(content: bytes) -> Iterator[tuple[str, str]]:
    """Every text and value of every part of an office file, workbooks inside included."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith(".xlsx"):
                yield from ((f"{name}/{inner}", text) for inner, text in every_text(part))
            elif name.endswith((".xml", ".rels")):
                yield name, part.decode("utf-8")


def faults_of(content: bytes, kind: str, folder: Path) -> list[str]:
    """What the schemas of Office Open XML say against a file, and the workbooks inside of it."""
    path = folder / f"checked.{kind}"
    path.write_bytes(content)
    faults = [f"{each.part_uri}: {each.description}" for each in VALIDATOR.validate(path).errors]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        books = [name for name in archive.namelist() if name.endswith(".xlsx")]
        for name in books:
            faults += [f"{name}{fault}" for fault in faults_of(archive.read(name), "xlsx", folder)]
    return faults


def cells_of(content: bytes) -> Iterator[Any]:
    """Every cell of every workbook of an office file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        books = [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]
    if not books:
        books = [content]
    for book in books:
        for sheet in openpyxl.load_workbook(io.BytesIO(book)).worksheets:
            assert sheet.sheet_state == "visible"
            for row in sheet.iter_rows():
                yield from (cell.value for cell in row if cell.value is not None)
