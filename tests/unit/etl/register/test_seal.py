"""Every file of the operator's half is as a command wrote it, or no command uses the store."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.model.release import TAKEN_BACK_SUFFIX
from etl.__main__ import main
from etl.harmonise.areas import Areas
from etl.protect.ledger import FILE_NAME
from etl.register import seal
from etl.register.access import locked, rewritten
from etl.release.approval import write_note
from etl.release.files import make_folder, point_to, release_path, settle_marks
from etl.secret_files import secret_paths
from etl.settings import OperatorError, Settings
from tests.support.served import ROOT
from tests.unit.etl.register.files import flipped
from tests.unit.etl.stores import TODAY, Intake, copied, new_store


class KilledError(Exception):
    """Stands for a process that is killed."""


@pytest.fixture(scope="module")
def held_once(areas: Areas, tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """A store with a file of every kind."""
    intake = new_store(tmp_path_factory.mktemp("held"), areas)
    settings = intake.settings
    intake.load("line-list", intake.line_list())
    new = settings.units / "units.new"
    new.write_bytes(b"stands for stored units")
    seal.replace_sealed(settings, new, settings.units / FILE_NAME)
    write_note(settings, "digest", TODAY)
    population = intake.write(
        "people.csv", "area_code,population,year,boundaries,population_group",
        "CXB-201,39800,2026,camps_2023,refugees",
    )  # fmt: skip
    assert main(["tables", "populations", str(population)], settings) == 0
    words = ["month=2026-05", "kind=flood", "text=A flood"]
    assert main(["tables", "notes", "--row", *words], settings) == 0
    return intake


@pytest.fixture
def held(held_once: Intake, tmp_path: Path) -> Intake:
    """A copy of it, for a test to change."""
    return copied(held_once, tmp_path)


def sealed_files(settings: Settings) -> list[Path]:
    manifest = json.loads(seal.manifest_file(settings).read_text())
    return [seal.path_of(settings, name) for name in manifest["files"]]


def is_refused(settings: Settings, name: str, *more: str) -> None:
    with pytest.raises(OperatorError) as refused, locked(settings):
        pass
    assert name in str(refused.value)
    assert all(words in str(refused.value) for words in more)


def test_the_manifest_names_every_file_and_a_whole_store_is_used(held: Intake) -> None:
    names = {path.name for path in sealed_files(held.settings)}
    (extract,) = held.settings.extracts.iterdir()
    assert names == {
        "register.duckdb", "store.json", "preview.json", "populations.csv", "notes.csv",
        FILE_NAME, extract.name,
    }  # fmt: skip
    with locked(held.settings):
        pass


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("register.duckdb", "`load --rebuild`"),
        (f"units/{FILE_NAME}", "backup"),
        ("store.json", "backup"),
        ("preview.json", "`publish --preview`"),
        ("notes.csv", "`tables notes FILE --replace`"),
        ("populations.csv", "`tables populations FILE --replace`"),
    ],
)
def test_what_is_changed_or_gone_is_named_with_what_to_do(
    held: Intake, name: str, remedy: str
) -> None:
    path = held.settings.operator / name
    whole = path.read_bytes()
    for harmed in (whole + b"\n", b"", whole[:-1]):
        path.write_bytes(harmed)
        is_refused(held.settings, path.name, "backup" if name == "store.json" else remedy)
    path.unlink()
    is_refused(held.settings, path.name, "missing", remedy)
    path.mkdir()
    if name != "store.json":  # which is read before the lock is taken
        is_refused(held.settings, path.name, "is a folder", remedy)
    path.rmdir()
    path.write_bytes(whole)
    with locked(held.settings):
        pass


@pytest.mark.parametrize("command", [
    ["status"], ["load", "FILE", "--source", "line-list"], ["close", "--month", "2025-03"],
    ["publish", "--as-of", "2026-06-15"], ["publish", "--as-of", "2026-06-15", "--preview"],
    ["erase", "--finish"], ["retain", "--years", "3"], ["duplicates"],
    ["load", "--rebuild"],
])  # fmt: skip
def test_every_command_verifies_before_it_uses(
    held: Intake, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    (extract,) = held.settings.extracts.iterdir()
    extract.write_bytes(flipped(extract.read_bytes(), 100))
    before = held.digest()
    file = held.line_list("9,1,05/03/2025,no,Female,17,undetermined,,,,BD2022,,,,,Rina")
    capsys.readouterr()
    assert main([str(file) if word == "FILE" else word for word in command], held.settings) == 1
    said = capsys.readouterr().err
    assert extract.name in said
    assert "backup" in said
    assert held.digest() == before


def test_a_rollback_waits_for_damaged_units_alone(
    held: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    """Readers must not see a wrong release for longer because a list of notes is damaged."""
    held.settings.register.write_bytes(b"torn")
    assert main(["rollback"], held.settings) == 1
    assert "Nothing was published yet" in capsys.readouterr().err
    (held.settings.units / FILE_NAME).write_bytes(b"torn")
    assert main(["rollback"], held.settings) == 1
    assert f"{FILE_NAME} is not as it was written" in capsys.readouterr().err


@pytest.mark.parametrize("name", [
    "register.duckdb.wal", "decisions.json", "extracts/" + "a" * 64 + ".parquet",
    "units/public.duckdb", "outlines.csv", "extracts/.hidden.parquet", "a folder/",
])  # fmt: skip
def test_a_file_that_no_command_wrote_is_never_taken(held: Intake, name: str) -> None:
    path = held.settings.operator / name
    if name.endswith("/"):
        path.mkdir()
    else:
        path.write_bytes(b"{}")
    is_refused(held.settings, path.name, "no command wrote it there; move it away")


def test_what_a_system_leaves_in_any_folder_is_no_matter(held: Intake) -> None:
    (held.settings.operator / ".DS_Store").write_bytes(b"litter")
    with locked(held.settings):
        pass


def test_a_name_that_is_not_utf_8_is_told_as_it_can_be_printed(
    held: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        (held.settings.operator / "caf\udce9.json").write_bytes(b"{}")
    except (OSError, UnicodeError):
        pytest.skip("this file system has no such names")
    assert main(["status"], held.settings) == 1
    said = capsys.readouterr().err
    assert r"caf\xe9.json lies in the operator's half" in said


def test_the_manifest_cannot_be_changed_without_the_secret(held: Intake) -> None:
    path = seal.manifest_file(held.settings)
    whole = path.read_bytes()
    manifest = json.loads(whole)
    notes = held.settings.operator / "notes.csv"
    notes.write_text("")
    manifest["files"].pop("notes.csv")
    for harmed in (json.dumps(manifest).encode(), b"", b"[]", b"{}", whole[:-20], b"\xff"):
        path.write_bytes(harmed)
        is_refused(held.settings, "manifest.json", "restore the newest backup")


def test_what_is_later_than_the_edition_shown_is_marked_by_a_command(held: Intake) -> None:
    settings, ids = held.settings, [f"2023-0{n}-20230{n}16T094000-0a1b2c3d" for n in (1, 2, 3)]
    make_folder(settings.releases)
    paths = [release_path(settings.releases, each) for each in ids]
    marks = [path.with_name(f"{path.name}{TAKEN_BACK_SUFFIX}") for path in paths]
    for path in (*paths, marks[1]):  # another hand put one mark there
        path.touch()
    point_to(settings, settings.releases, ids[0])
    assert settle_marks(settings, settings.releases) == (ids[2],)
    assert [m.exists() and seal.is_whole(settings, m) for m in marks] == [False, True, True]


def test_a_manifest_that_is_gone_is_not_made_again(
    held: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    seal.manifest_file(held.settings).unlink()
    (held.settings.operator / "notes.csv").write_text("")
    before = held.digest()
    for command in ("status", "init", "load --rebuild", "rollback", "tables notes --clear"):
        assert main(command.split(), held.settings) == int(command != "init")
        said = capsys.readouterr().err
        assert command == "init" or "manifest.json, is not as it was written; restore" in said
    assert held.digest() == before


def killed_at(patch: pytest.MonkeyPatch, at: int) -> Callable[[], int]:
    """Kill before the n-th change of a file; tell how many there were."""
    count = 0

    def wrap(change: Callable[..., None]) -> Callable[..., None]:
        def wrapped(*paths: Path) -> None:
            nonlocal count
            count += 1
            if count == at:
                raise KilledError
            change(*paths)

        return wrapped

    for name in ("replace_file", "remove_file"):
        patch.setattr(seal, name, wrap(getattr(seal, name)))
    return lambda: count


@pytest.mark.parametrize("at", [1, 2, 3, 4])
@pytest.mark.parametrize("goes", [False, True])
def test_a_kill_leaves_the_file_from_before_or_after_and_takes_no_third(
    held: Intake, monkeypatch: pytest.MonkeyPatch, at: int, goes: bool
) -> None:
    settings = held.settings
    path = settings.units / FILE_NAME
    before = path.read_bytes()
    new = path.with_suffix(".new")
    new.write_bytes(b"other units")
    with monkeypatch.context() as patch:
        killed_at(patch, at)
        with pytest.raises(KilledError):
            seal.drop(settings, path) if goes else seal.replace_sealed(settings, new, path)
    left = path.read_bytes() if path.exists() else None
    path.write_bytes(b"exchanged in between")
    is_refused(settings, FILE_NAME)
    if left is None:
        path.unlink()
    else:
        path.write_bytes(left)
    with locked(settings):
        assert (path.read_bytes() if path.exists() else None) == left
    assert left in (before, None if goes else b"other units")
    path.write_bytes(before if left != before else b"other units")
    is_refused(settings, FILE_NAME)


def test_a_database_is_written_on_a_copy_that_a_failure_leaves_out(held: Intake) -> None:
    settings = held.settings
    before = settings.register.read_bytes()
    register = settings.register
    with (
        pytest.raises(KilledError),
        locked(settings),
        rewritten(settings, register) as new,
    ):
        new.write_bytes(b"half")
        raise KilledError
    assert settings.register.read_bytes() == before
    assert not settings.register.with_suffix(".new").exists()


def test_init_makes_no_store_over_one_that_lost_its_facts(
    held: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    (held.settings.operator / "store.json").unlink()
    before = held.digest()
    assert main(["init"], held.settings) == 1
    assert "holds records, but store.json is missing" in capsys.readouterr().err
    assert held.digest() == before


def test_an_empty_store_that_lost_its_facts_is_no_new_one(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init"], settings) == 0
    (settings.operator / "store.json").unlink()
    kept = seal.manifest_file(settings).read_bytes()
    capsys.readouterr()
    assert main(["status"], settings) == 1
    assert "store.json is missing in" in capsys.readouterr().err
    for gone in ((), secret_paths(settings)):
        for path in gone:
            path.unlink()
        assert main(["init"], settings) == 1
        assert "is a store, but store.json is missing in it" in capsys.readouterr().err
        assert seal.manifest_file(settings).read_bytes() == kept
    assert not any(path.exists() for path in secret_paths(settings))


def test_a_file_is_not_checked_as_if_there_were_no_store(
    held: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(held.line_list())
    (held.settings.operator / "store.json").unlink()
    assert main(["check", path, "--source", "line-list"], held.settings) == 1
    assert "store.json is missing in" in capsys.readouterr().err


@pytest.mark.parametrize("at", range(1, 8))
def test_an_init_that_was_killed_is_given_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    with monkeypatch.context() as patch:
        killed_at(patch, at)
        with pytest.raises(KilledError):
            main(["init"], settings)
    assert main(["init"], settings) == 0
    assert main(["status"], settings) == 0


def test_no_other_module_puts_a_file_of_the_operator_in_place() -> None:
    """Whoever writes one by ``durable`` would raise a false alarm at the next command."""
    users = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "etl").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "etl.register.durable"
        and {"replace_file", "remove_file"} & {alias.name for alias in node.names}
    }
    assert users == {
        "etl/register/seal.py",
        "etl/backup/archive.py",  # an archive, outside the store
        "etl/register/journal.py",  # what was half written
    }
