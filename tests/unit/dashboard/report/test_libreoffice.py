"""LibreOffice opens the files: two pages are two, nothing is cut and no letter is too small."""

from __future__ import annotations

import os
import shutil
import subprocess
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont

from dashboard.model.periods import Month
from dashboard.model.shipped import ASSETS
from dashboard.release.folder import Releases
from dashboard.report import files, template
from dashboard.report.contents import Report, make_report, of_template
from dashboard.report.files import Places

#: Points of the smallest letters on slides and on paper, with what rounding takes.
LEAST = {"pptx": 10.9, "docx": 6.9}
KINDS = ("pptx", "docx")
GIVEN = {"area": "BD2022", "corridor": "air_gulf"}


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data with the fonts of the product, which the machine need not have."""
    data = tmp_path_factory.mktemp("data")
    (data / "fonts").mkdir()
    # Others of the same family would stand in for these two weights.
    for name in ("NotoSans-{}-Whole", "NotoSansBengali-{}"):
        for weight in ("Regular", "Bold"):
            stem = name.format(weight)
            with TTFont(ASSETS / "fonts" / f"{stem}.woff2") as font:
                font.flavor = None
                font.save(data / "fonts" / f"{stem}.ttf")
    return data


#: The report of a month in both languages, the others each kind in one.
PRINTED = [
    (name, kind, lang)
    for name in template.names()
    for kind, lang in product(KINDS, ("en", "bn"))
    if name == "monthly" or (kind, lang) in {("pptx", "en"), ("docx", "bn")}
]


@pytest.fixture(scope="module")
def made_reports(
    members: Releases, public: Releases, places: Places, fonts: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[tuple[str, str, str], tuple[Report, Path]]:  # fmt: skip
    """Every report as LibreOffice prints it, by template, kind and language; printed at once."""
    folder = tmp_path_factory.mktemp("reports")
    reports: dict[tuple[str, str, str], tuple[Report, Path]] = {}
    for name, kind, lang in PRINTED:
        request = of_template(template.find(name), Month(2026, 9), lang, **GIVEN)
        report = make_report(request, members, public)
        (file,), _ = files.make([report], [kind], places, {}, name)
        path = folder / f"{name}_{lang}_{kind}.{kind}"
        path.write_bytes(file.content)
        reports[name, kind, lang] = report, path
    office = shutil.which("soffice")
    assert office, (
        "these tests need LibreOffice: apt install libreoffice-impress libreoffice-writer"
    )
    profile = (folder / "profile").as_uri()
    base = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    command = [*base, "--outdir", str(folder), *(str(path) for _, path in reports.values())]
    own = {**os.environ, "XDG_DATA_HOME": str(fonts)}
    subprocess.run(command, check=True, timeout=600, env=own)
    return reports


def pages(path: Path) -> list[ET.Element]:
    """Pages of a printed file, with each run of letters and where it stands."""
    reader = shutil.which("pdftohtml")
    assert reader, "these tests need pdftohtml: apt install poppler-utils"
    xml = path.with_suffix(".xml")
    command = [reader, "-xml", "-i", "-q", "-zoom", "1", str(path.with_suffix(".pdf")), str(xml)]
    subprocess.run(command, check=True, timeout=60)
    return ET.parse(xml).getroot().findall("page")  # noqa: S314 -- written by our own program


@pytest.mark.parametrize(("name", "kind", "lang"), PRINTED)
def test_pages_are_as_many_as_they_should_and_nothing_is_cut_or_too_small(
    name: str, kind: str, lang: str,
    made_reports: dict[tuple[str, str, str], tuple[Report, Path]],
) -> None:  # fmt: skip
    report, path = made_reports[name, kind, lang]
    printed = pages(path)
    if kind == "docx" and report.sides:
        assert len(printed) == report.sides
    if kind == "pptx":
        assert len(printed) >= len(report.pages) - 1
    sizes = {
        font.get("id"): float(font.get("size", 0))
        for page in printed
        for font in page.iter("fontspec")
    }
    for number, page in enumerate(printed, start=1):
        width, height = float(page.get("width", 0)), float(page.get("height", 0))
        for run in page.iter("text"):
            text = "".join(run.itertext()).strip()
            if not text:
                continue
            left, top, wide, high = (
                float(run.get(k, 0)) for k in ("left", "top", "width", "height")
            )
            assert left >= -1, (number, text)
            assert left + wide <= width + 2, (number, text)
            assert top >= -1, (number, text)
            assert top + high <= height + 2, (number, text)
            assert sizes[run.get("font")] >= round(LEAST[kind]), (number, text)
