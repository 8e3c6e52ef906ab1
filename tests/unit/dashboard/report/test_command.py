"""``atlas report``: files that are whole, one JSON document, and what each code says."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from dashboard import server
from tests.unit.dashboard.report.conftest import MEMBERS, PUBLIC

#: Arguments, the code with which the command ends, and a word of its sentence.
WRONG = [
    (["monthly", "--month", "2026-10"], 3, "ends with 2026-09"),
    (["monthly", "--month", "2026"], 1, "--month"),
    (["monthly", "--month", "September"], 1, "YYYY-MM"),
    (["nothing"], 1, "no template"),
    (["monthly", "--lang", "fr"], 1, "--lang"),
    (["monthly", "--lang", ""], 1, "--lang"),
    (["monthly", "--to", "exe"], 1, "--to"),
    (["monthly", "--to", "pptx,"], 1, "--to"),
    (["corridor"], 1, "--corridor"),
    (["corridor", "--corridor", "BD-IN"], 1, "no 'BD-IN'; it may be air_"),
    (["area", "--area", "BD99"], 1, "--area knows no 'BD99'; it may be "),
    (["area", "--area", "BD20220094", "--audience", "public"], 1, "--area knows no 'BD20220094'"),
    (["monthly", "--since", "nothing"], 1, "no earlier edition"),
    (["monthly", "--out", "gone"], 1, "no folder"),
    (["monthly", "--look", "gone.pptx"], 1, "cannot be read"),
    (["monthly", "--look", "look.odp"], 1, "a look is"),
]  # fmt: skip


@pytest.fixture
def here(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("ATLAS_PUBLISHED", "ATLAS_SECRET_FILE", "ATLAS_STATE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ATLAS_RELEASES", str(folder))
    monkeypatch.setenv("ATLAS_STORE", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_writes_what_it_tells(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_PUBLIC_HOST", "atlas.example")
    monkeypatch.setenv("ATLAS_SECRET_FILE", str(here / "secret"))
    out = here / "out"
    out.mkdir()
    args = ["report", "monthly", "--month", "2026-08", "--lang", "bn,bn-beng", "--to", "xlsx,png"]
    assert server.main([*args, "--out", str(out)]) == 0
    doc = json.loads(capsys.readouterr().out)
    assert (doc["month"], doc["release"], doc["audience"]) == ("2026-08", MEMBERS, "member")
    assert len(doc["files"]) == 6  # a text goes with each picture
    assert {one["file"] for one in doc["files"]} == {path.name for path in out.iterdir()}
    for one in doc["files"]:
        content = (out / one["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one["sha256"]
        assert len(content) == one["bytes"]
        if one["file"].endswith(".xlsx"):  # each figure leads back to the server
            with zipfile.ZipFile(out / one["file"]) as book:
                texts = [book.read(part).decode() for part in book.namelist()]
            assert "https://atlas.example/" in "".join(texts)
        # A first sheet and one for each figure; one picture; a text has none.
        assert one["pages"] == {"xlsx": 9, "png": 1, "txt": None}[one["file"].rpartition(".")[2]]


def test_the_public_bulletin_is_of_the_edition_for_the_public(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert server.main(["report", "public", "--to", "png"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["release"], data["audience"]) == (PUBLIC, "public")
    assert all("_public_" in one["file"] for one in data["files"])


@pytest.mark.parametrize(("arguments", "code", "word"), WRONG, ids=lambda value: str(value)[:40])
def test_what_cannot_be_made_is_one_sentence_and_nothing_is_left_behind(
    arguments: list[str], code: int, word: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert server.main(["report", *arguments]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert word in printed.err
    assert printed.err.count("\n") == 1
    assert [path.name for path in here.iterdir() if path.name != "store"] == []


def test_a_disk_that_fills_leaves_no_part_of_a_file(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:9])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fill)
    assert server.main(["report", "public", "--to", "png"]) == 1
    assert "cannot be written (No space left" in capsys.readouterr().err
    assert [path.name for path in here.iterdir() if path.name != "store"] == []


def test_without_a_release_a_scheduler_tries_again(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_RELEASES", str(here / "none"))
    assert server.main(["report", "monthly"]) == 3
    assert "published yet" in capsys.readouterr().err
