"""Odd files where a store has its own: one sentence each, never a traceback."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.model.periods import Month
from dashboard.release.folder import NoRelease, Releases
from etl.__main__ import main
from etl.settings import Settings
from tests.support.sealing import seal_all
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers
from tests.unit.etl.stores import Intake

ODD: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "bytes": lambda path: path.write_bytes(b"\xff\xfe\x00\x81caf\xe9"),
    "list": lambda path: path.write_bytes(b"[]"),
    "object": lambda path: path.write_bytes(b'{"digest": 1}'),
    "folder": Path.mkdir,
}
#: A name whose bytes are no text.
NO_TEXT = "caf\udce9"
SOURCE = ("--source", "line-list")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = registers.make(tmp_path_factory.mktemp("made"))
    rows = registers.register_rows(invented.people(20, 2, seed=1), referrals=0)
    registers.fill(settings, rows)
    for month in (1, 2):
        registers.publish_to(settings, Month(2023, month))
    return settings


@pytest.fixture
def copy(made: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(made.store.parent, tmp_path / "copy")
    return registers.settings_of(tmp_path / "copy")


def put(path: Path, odd: Callable[[Path], object]) -> None:
    if path.exists():
        path.chmod(0o644)
        path.unlink()
    try:
        odd(path)
    except (OSError, UnicodeError):
        pytest.skip("this file system has no such names")


def newest(settings: Settings) -> str:
    return max(path.name for path in settings.releases.glob("*.duckdb"))


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["NEWEST", "NEWEST.sha256", "current", f"{NO_TEXT}.duckdb"])
def test_odd_files_among_the_releases(
    copy: Settings, capsys: pytest.CaptureFixture[str], name: str, odd: str
) -> None:
    put(copy.releases / name.replace("NEWEST", newest(copy)), ODD[odd])
    for words in (["editions"], ["rollback"], ["backup", str(copy.store.parent / "a.tar")]):
        code = main(words, copy)
        assert code in (0, 1)
        assert capsys.readouterr().err.count("\n") <= 1
    folder = Releases(copy.releases)
    try:
        assert folder.current().edition
    except NoRelease:
        assert folder.trouble or name == "current"
    assert NO_TEXT not in [edition.release_id for edition in folder.editions()]


def test_a_copy_that_a_hand_made_among_the_releases_is_none_of_them(
    copy: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.commands.status.read_geography", lambda _: registers.geography())
    last = copy.releases / newest(copy)
    for name in ("old-copy", f"{last.stem}-copy"):
        shutil.copyfile(last, copy.releases / f"{name}.duckdb")
    assert main(["status"], copy) == 1
    said = capsys.readouterr().out
    assert "old-copy.duckdb lies among the releases and no command wrote it there" in said
    assert f"Current release: {last.stem}; 2 kept" in said
    assert registers.publish_to(copy, Month(2023, 3)).release_id > last.stem
    assert main(["rollback"], copy) == 0
    assert f"Readers see {last.stem} again" in capsys.readouterr().out


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("preview.json", ["status"]),
        ("populations.csv", ["tables", "populations"]),
        ("outlines.csv", ["tables"]),
        ("decisions.json", ["duplicates"]),
        ("pending.json", ["status"]),
        ("units/units.duckdb", ["rollback"]),
        ("register.duckdb", ["duplicates"]),
        ("extracts/x.parquet", ["load", "--rebuild"]),
        (f"extracts/{NO_TEXT}.parquet", ["load", "--rebuild"]),
    ],
)
@pytest.mark.parametrize("sealed", [False, True])
def test_odd_files_of_the_operator_are_one_sentence(
    copy: Settings,
    capsys: pytest.CaptureFixture[str],
    name: str,
    command: list[str],
    odd: str,
    sealed: bool,
) -> None:
    put(copy.operator / name, ODD[odd])
    if sealed:  # as only the secret can, so that the file itself is read
        seal_all(copy)
    code = main(command, copy)
    said = capsys.readouterr()
    if code == 1:
        assert said.err.count("\n") == 1
    else:
        assert sealed  # an empty database holds nothing and is whole


def test_a_partners_file_whose_name_is_no_text_is_read_and_told(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = intake.line_list()
    try:
        path = whole.rename(intake.folder / f"{NO_TEXT}.csv")
    except (OSError, UnicodeError):
        pytest.skip("this file system has no such names")
    for words in (["check"], ["check", "--json"], ["load", "--json"], ["load"]):
        assert main(
            [words[0], str(path), "--source", "line-list", *words[1:]], intake.settings
        ) in (
            0,
            1,
        )
    assert "Traceback" not in capsys.readouterr().err
    assert intake.ask("SELECT count(*) FROM person") == [(3,)]


@pytest.mark.parametrize(
    "command",
    [
        ["check", "", *SOURCE],
        ["load", "", *SOURCE],
        ["tables", "notes", ""],
        ["tables", "outlines", ""],
        ["restore", ""],
    ],
)
def test_a_folder_where_a_file_is_expected_is_one_sentence(
    intake: Intake, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    for folder in (intake.folder, intake.folder / "people.csv", intake.folder / "camps.geojson"):
        folder.mkdir(exist_ok=True)
        assert main([word or str(folder) for word in command], intake.settings) == 1
        said = capsys.readouterr()
        assert said.out or said.err.count("\n") == 1
