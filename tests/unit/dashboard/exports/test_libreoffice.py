"""LibreOffice opens the files: numbers are numbers, and nothing of a label runs.

CSV is read with "evaluate formulas" switched on, the worst that a reader can choose. A file without
our rules is read in the same way, so that the proof itself can fail.
"""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.exports.csv import as_csv
from dashboard.exports.xlsx import as_xlsx
from tests.unit.dashboard.exports.planted import PLANTED, exhibit

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
#: Comma, quotation marks, UTF-8, from the first line; the last word evaluates formulas.
_CSV = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1,true"

Cell = tuple[str, str, bool]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Cell]]:
    """Cells of the files as LibreOffice reads them: text, type, and whether it is a formula."""
    program = shutil.which("soffice")
    assert program, "these tests need LibreOffice: apt install libreoffice-calc-nogui"
    folder = tmp_path_factory.mktemp("office")
    planted = exhibit(*((text, 1285 + at) for at, text in enumerate(PLANTED)))
    (folder / "sheet.xlsx").write_bytes(as_xlsx(planted, "/?area=BD20", "en"))
    (folder / "lines.csv").write_bytes(as_csv(planted, "/?area=BD20", "en").encode())
    (folder / "unruled.csv").write_text("label,people\n=1+1,5\n", encoding="utf-8")
    base = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    into = ["--convert-to", "fods", "--outdir", str(folder)]
    for options, names in (
        ([], ["sheet.xlsx"]),
        ([f"--infilter={_CSV}"], ["lines.csv", "unruled.csv"]),
    ):
        paths = [str(folder / name) for name in names]
        subprocess.run([*base, *options, *into, *paths], check=True, timeout=180)
    return {path.stem: list(_cells(path)) for path in folder.glob("*.fods")}


def _cells(path: Path) -> Iterator[Cell]:
    root = ET.parse(path).getroot()  # noqa: S314 -- written by our own program
    for cell in root.iter(f"{_TABLE}table-cell"):
        kind = cell.get(f"{_OFFICE}value-type", "")
        text = cell.get(f"{_OFFICE}value") or "\n".join("".join(p.itertext()) for p in cell)
        if kind:
            yield text, kind, cell.get(f"{_TABLE}formula") is not None


def test_the_proof_sees_a_formula_where_there_is_one(opened: dict[str, list[Cell]]) -> None:
    assert ("2", "float", True) in opened["unruled"]


@pytest.mark.parametrize("file", ["sheet", "lines"])
def test_nothing_planted_runs(opened: dict[str, list[Cell]], file: str) -> None:
    assert not [cell for cell in opened[file] if cell[2]]
    texts = [text for text, kind, _ in opened[file] if kind == "string"]
    assert sum("1+1" in text or "SUM" in text or "calc" in text for text in texts) >= 18


@pytest.mark.parametrize("file", ["sheet", "lines"])
def test_every_number_is_a_number(opened: dict[str, list[Cell]], file: str) -> None:
    numbers = [text for text, kind, _ in opened[file] if kind == "float"]
    assert numbers == [str(1285 + at) for at in range(len(PLANTED))]
