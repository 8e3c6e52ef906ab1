"""A store is written into one file and made again from it, byte for byte, or not at all."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import sys
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.model.periods import Month
from etl.__main__ import main
from etl.backup import archive, contents
from etl.backup.contents import Entry
from etl.register import seal
from etl.settings import Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store with a release for members and public, and a file of an extract."""
    settings = registers.make(tmp_path_factory.mktemp("made"))
    rows = registers.register_rows(invented.people(20, 2, seed=1), referrals=0)
    registers.fill(settings, rows)
    registers.publish_to(settings, Month(2023, 2), public=True)
    return settings


@pytest.fixture
def written(made: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "atlas.tar"
    assert main(["backup", str(path)], made) == 0
    return path


@pytest.fixture
def empty(made: Settings, tmp_path: Path) -> Settings:
    """A machine without a store, with copies of the secrets."""
    shutil.copytree(made.secrets, tmp_path / "machine" / "secrets")
    return replace(
        made, store=tmp_path / "machine" / "store", secrets=tmp_path / "machine" / "secrets"
    )


def files(store: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(store).as_posix(): (path.read_bytes(), path.stat().st_mode)
        for path in store.rglob("*")
        if path.is_file()
    }


def refused(settings: Settings, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(list(words), settings) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_a_restored_store_is_the_same_file_by_file_and_goes_on(
    made: Settings, written: Path, empty: Settings
) -> None:
    assert main(["restore", str(written)], empty) == 0
    assert files(empty.store) == files(made.store)
    assert empty.operator.stat().st_mode & 0o777 == 0o700 or sys.platform == "win32"
    assert main(["status"], empty) == 0
    rows = registers.register_rows(invented.people(20, 3, seed=2), name="b", referrals=0)
    registers.fill(empty, rows)
    assert registers.publish_to(empty, Month(2023, 3)).last_month == "2023-03"


def test_a_store_goes_on_from_the_copies_of_archive_and_secrets_alone(
    made: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "disk").mkdir()
    path, copies = tmp_path / "disk" / "atlas.tar", tmp_path / "safe"
    assert main(["backup", str(path), "--secrets", str(copies)], made) == 0
    there = replace(made, store=tmp_path / "machine", secrets=copies)
    assert main(["restore", str(path)], there) == 0
    capsys.readouterr()
    assert main(["status", "--json"], there) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["secrets"], data["secrets_match"]) == (str(copies), True)
    rows = registers.register_rows(invented.people(20, 3, seed=2), name="b", referrals=0)
    registers.fill(there, rows)
    assert registers.publish_to(there, Month(2023, 3)).last_month == "2023-03"


def test_an_archive_is_checked_without_putting_anything_in_place(
    made: Settings, written: Path, empty: Settings
) -> None:
    assert main(["restore", str(written), "--check"], empty) == 0
    assert not empty.store.exists()
    assert main(["restore", str(written), "--check"], made) == 0


def test_nothing_is_restored_over_but_empty_folders(
    made: Settings, written: Path, empty: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(made.store)
    assert "is not empty" in refused(made, capsys, "restore", str(written))
    assert files(made.store) == before
    empty.store.mkdir()
    (empty.store / "a").write_bytes(b"")
    assert "is not empty" in refused(empty, capsys, "restore", str(written))
    (empty.store / "a").replace(empty.store.with_name("a"))
    (empty.store / "folder").mkdir()
    assert main(["restore", str(written)], empty) == 0
    a_file = replace(empty, store=empty.store.with_name("a"))
    assert "is not empty" in refused(a_file, capsys, "restore", str(written))


def test_no_secret_lies_in_an_archive_and_nobody_else_can_read_it(
    made: Settings, written: Path
) -> None:
    if sys.platform != "win32":
        assert written.stat().st_mode & 0o777 == 0o600
    content = written.read_bytes()
    for secret in made.secrets.iterdir():
        assert secret.read_text().strip().encode() not in content
    with tarfile.open(written) as held:
        assert {(member.uname, member.uid) for member in held} == {("", 0)}


def test_secrets_are_copied_when_asked_for_apart_and_closed(
    made: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "disk").mkdir()
    path, copies = tmp_path / "disk" / "atlas.tar", tmp_path / "safe" / "keys"
    for place in (tmp_path / "disk" / "keys", tmp_path / "disk", made.store / "keys"):
        said = refused(made, capsys, "backup", str(path), "--secrets", str(place))
        assert "apart from store and archive" in said
        assert not path.exists()
    assert main(["backup", str(path), "--secrets", str(copies)], made) == 0
    assert {p.name: p.read_bytes() for p in copies.iterdir()} == {
        p.name: p.read_bytes() for p in made.secrets.iterdir()
    }
    if sys.platform != "win32":
        assert {p.stat().st_mode & 0o777 for p in copies.iterdir()} == {0o600}
        assert copies.stat().st_mode & 0o777 == 0o700
    other = tmp_path / "disk" / "other.tar"
    said = refused(made, capsys, "backup", str(other), "--secrets", str(copies))
    assert "never overwritten" in said


def test_an_archive_lies_outside_the_store_and_overwrites_nothing(
    made: Settings, written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "there already" in refused(made, capsys, "backup", str(written))
    assert "outside" in refused(made, capsys, "backup", str(made.operator / "a.tar"))
    assert "outside" in refused(made, capsys, "backup", str(made.secrets / "a.tar"))
    assert "no folder" in refused(made, capsys, "backup", str(tmp_path / "none" / "a.tar"))


def test_an_interrupted_backup_leaves_nothing_that_looks_whole(
    made: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = tmp_path / "atlas.tar"
    left = tmp_path / "left.tar"

    def stops(unfinished: Path, _: Path) -> None:
        shutil.copyfile(unfinished, left)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archive, "replace_file", stops)
        assert main(["backup", str(path)], made) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["left.tar", "machine"]
    # What a kill leaves is a beginning, whatever it is called.
    whole = left.read_bytes()
    for share in (0, 0.01, 0.3, 0.6, 0.9, 0.99):
        left.write_bytes(whole[: int(len(whole) * share)])
        refused(empty, capsys, "restore", str(left))
        assert not empty.store.exists()
    path.with_name(path.name + archive.UNFINISHED).write_bytes(b"half")
    assert main(["backup", str(path)], made) == 0
    assert not path.with_name(path.name + archive.UNFINISHED).exists()


def test_a_flipped_bit_anywhere_is_found_before_anything_is_in_place(
    written: Path, made: Settings, empty: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = written.read_bytes()
    chance = random.Random(7)
    before = files(made.store)
    found = 0
    for _ in range(40):
        at = chance.randrange(len(whole))
        written.write_bytes(
            whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :]
        )
        if main(["restore", str(written)], empty) == 0:
            # Only what pads the members may differ.
            assert files(empty.store) == before
            shutil.rmtree(empty.store)
        else:
            found += 1
        assert not empty.store.exists()
        assert not any(p.name.endswith(".restoring") for p in empty.store.parent.iterdir())
    capsys.readouterr()
    assert found > 30


def member(name: str, text: bytes = b"x", kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size = len(text) if kind == tarfile.REGTYPE else 0
    made.type = kind
    made.linkname = "/etc/passwd" if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
    return made


@pytest.mark.parametrize("odd", [
    member("../outside"), member("/outside"), member("operator/link", kind=tarfile.SYMTYPE),
    member("operator/link", kind=tarfile.LNKTYPE), member("operator/pipe", kind=tarfile.FIFOTYPE),
    member("operator/device", kind=tarfile.CHRTYPE), member("operator/more.json"),
    member("operator/store.json"), member(contents.NAME),
], ids=lambda odd: f"{odd.name} {odd.type!r}")  # fmt: skip
def test_a_member_that_its_list_does_not_name_ends_the_restoring(
    written: Path, empty: Settings, odd: tarfile.TarInfo, capsys: pytest.CaptureFixture[str]
) -> None:
    with tarfile.open(written, "a") as held:
        held.addfile(odd, io.BytesIO(b"x"))
    assert "not what its list says" in refused(empty, capsys, "restore", str(written))
    assert not empty.store.exists()


def test_a_list_that_names_files_outside_or_is_nested_deeply_is_refused(
    made: Settings, empty: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.tar"
    outside = ("operator/../../x", "/x", "state/x", "operator", "operator\\..\\x")
    sealed = [contents.encode_contents(made, {n: Entry("0" * 64, 1, 0o600)}) for n in outside]
    for text in (*sealed, b"[" * 10**5):
        with tarfile.open(path, "w") as held:
            entry = tarfile.TarInfo(contents.NAME)
            entry.size = len(text)
            held.addfile(entry, io.BytesIO(text))
        refusal = "outside a store" if text in sealed else "is damaged"
        assert refusal in refused(empty, capsys, "restore", str(path))


def test_other_secrets_and_other_files_are_told(
    written: Path, empty: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in (b"", b"no archive", b"PK\x03\x04", os.urandom(5000)):
        (tmp_path / "odd").write_bytes(text)
        refused(empty, capsys, "restore", str(tmp_path / "odd"))
    assert "There is no file" in refused(empty, capsys, "restore", str(tmp_path))
    (empty.secrets / "protection.key").write_text("ab" * 32)
    assert "the secrets are not those" in refused(empty, capsys, "restore", str(written))
    (empty.secrets / "protection.key").unlink()
    assert "is missing" in refused(empty, capsys, "restore", str(written))


def test_a_damaged_store_is_not_backed_up_and_a_damaged_release_is_told(
    made: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(made.store.parent, tmp_path / "copy")
    settings = registers.settings_of(tmp_path / "copy")
    release = max(settings.releases.glob("*.duckdb"))
    release.chmod(0o644)
    release.write_bytes(b"torn")
    capsys.readouterr()
    assert main(["backup", str(tmp_path / "a.tar"), "--json"], settings) == 1
    (told,) = json.loads(capsys.readouterr().out)["not_as_written"]
    assert f"The release {release.stem} is not as it was written" in told
    settings.register.write_bytes(b"torn")
    assert "register" in refused(settings, capsys, "backup", str(tmp_path / "b.tar"))
    assert not (tmp_path / "b.tar").exists()


def test_a_generation_that_a_killed_command_left_behind_is_in_the_archive_as_it_is_then(
    made: Settings, empty: Settings, tmp_path: Path
) -> None:
    shutil.copytree(made.store.parent, tmp_path / "copy")
    settings = registers.settings_of(tmp_path / "copy")
    seal._write_generation(settings, 0)
    assert main(["backup", str(tmp_path / "a.tar")], settings) == 0
    assert main(["restore", str(tmp_path / "a.tar")], empty) == 0
    assert main(["status"], empty) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_file_behind_a_link_is_in_the_archive_itself(
    made: Settings, empty: Settings, tmp_path: Path, link: Callable[[Path, Path], None]
) -> None:
    shutil.copytree(made.store.parent, tmp_path / "copy")
    settings = registers.settings_of(tmp_path / "copy")
    release = max(settings.releases.glob("*.duckdb"))
    for path in (settings.units / "units.duckdb", settings.register, release):
        elsewhere = tmp_path / path.name
        if link is os.symlink:
            path.replace(elsewhere)
            link(elsewhere, path)
        else:
            link(path, elsewhere)
            link(path, settings.releases / f"second-{path.name}")
    before = files(settings.store)
    # A second name among the releases is told as what no command wrote, and is there all the same.
    assert main(["backup", str(tmp_path / "a.tar")], settings) == int(link is os.link)
    assert main(["restore", str(tmp_path / "a.tar")], empty) == 0
    assert {name: text for name, (text, _) in files(empty.store).items()} == {
        name: text for name, (text, _) in before.items()
    }


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
@pytest.mark.parametrize("part", ["operator/units", "releases/public"])
def test_a_folder_behind_a_link_is_not_left_out_in_silence(
    made: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], part: str
) -> None:
    shutil.copytree(made.store.parent, tmp_path / "copy")
    settings = registers.settings_of(tmp_path / "copy")
    folder = settings.store / part
    folder.replace(tmp_path / folder.name)
    folder.symlink_to(tmp_path / folder.name, target_is_directory=True)
    said = refused(settings, capsys, "backup", str(tmp_path / "a.tar"))
    assert f"{part}/" in said
    assert "would be missing in the archive" in said
    assert not list(tmp_path.glob("a.tar*"))
