"""The files of a report: which kinds there are, what each is called, and the same bytes each time.

The libraries that write them are an extra. Where they are missing a sentence says what to install.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.report.contents import NoReport, Report

if TYPE_CHECKING:
    from dashboard.report.maps import Drawer

#: Media types by ending.
TYPES = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "zip": "application/zip",
}
#: What each of the extra's packages is imported as.
_NEEDS = ("pptx", "docx", "py_mini_racer", "resvg_py", "uharfbuzz", "fontTools")
_INSTALL = "Reports need packages of their own: pip install 'situation-atlas[report]'."
#: The date of every part of a file.
_DATE = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class File:
    """A file of a report.

    Attributes:
        name: What it is called.
        content: Its bytes.
        pages: Slides of a deck, sheets of a workbook, sides that a paper fills; None where
            the program that opens it decides.
    """

    name: str
    content: bytes
    pages: int | None = None


@dataclass(frozen=True)
class Places:
    """Where the product's scripts and fonts lie, and the files of the basemap."""

    assets: Path
    geography: Path


def missing() -> str:
    """What must be installed before a report can be made; '' where nothing is missing."""
    lacks = [name for name in _NEEDS if find_spec(name) is None]
    return _INSTALL if lacks else ""


def make(
    reports: Sequence[Report],
    kinds: Iterable[str],
    places: Places,
    looks: Mapping[str, bytes],
    name: str,
) -> tuple[list[File], list[str]]:
    """Files of a report in each language, and what the group's own templates lack, in sentences.

    Args:
        reports: The same report in each language.
        kinds: Endings; with ``zip`` all others stand in one file.
        places: What drawings need.
        looks: Files in the group's own look, by their endings (pptx, docx), where there are any.
        name: What the report is called in names of files.

    Raises:
        NoReport: If the extra is missing, or a template cannot be read.
    """
    if needed := missing():
        raise NoReport(needed)
    from dashboard.report.maps import Drawer  # noqa: PLC0415 -- an extra, loaded where it is used

    singles = [kind for kind in TYPES if kind != "zip"]
    wanted = set(kinds)
    files: list[File] = []
    lacking: list[str] = []
    with Drawer(places.assets, places.geography) as drawer:
        for report in reports:
            for kind in [kind for kind in singles if kind in wanted] or singles:
                stem = f"{_stem(report, name)}_{report.lang}"
                new, lacks = _files_of(report, kind, stem, drawer, looks)
                files, lacking = files + new, lacking + lacks
    if "zip" in wanted:
        whole = _packed((file.name, file.content) for file in files)
        files = [File(f"{_stem(reports[0], name)}.zip", whole)]
    return files, [*dict.fromkeys(lacking)]


def _files_of(
    report: Report, kind: str, name: str, drawer: Drawer, looks: Mapping[str, bytes]
) -> tuple[list[File], list[str]]:
    """The files of one kind (a picture and its text), and what the group's template lacks."""
    from dashboard.report import paper, picture, sheet, slides  # noqa: PLC0415 -- as above

    if kind in ("pptx", "docx"):
        look = looks.get(kind)
        document = (slides.Deck if kind == "pptx" else paper.Paper)(report, drawer, look)
        document.write()
        stream = io.BytesIO()
        document.file.save(stream)
        # The same parts in their order, of one date: the bytes follow from the contents.
        with zipfile.ZipFile(stream) as saved:
            content = _packed((part, saved.read(part)) for part in saved.namelist())
        # Own words may need a further side, and so may the letters of another look.
        is_planned = look is None and not any(page.words for page in report.pages)
        sides = report.sides if is_planned else None
        pages = len(document.file.slides) if kind == "pptx" else sides
        return [File(f"{name}.{kind}", content, pages)], document.lacks
    if kind == "xlsx":
        return [File(f"{name}.xlsx", sheet.as_xlsx(report), 1 + len(report.pages))], []
    image = File(f"{name}.png", picture.as_png(report, drawer), 1)
    return [image, File(f"{name}.txt", picture.message(report).encode())], []


def _stem(report: Report, name: str) -> str:
    """The beginning of a file name: what it is, its months, for whom, of which release."""
    audience = "_public" if report.for_public else ""
    return f"{name}_{report.file_months}{audience}_release-{report.release_id}"


def _packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP file of parts by name; the same parts give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return stream.getvalue()
