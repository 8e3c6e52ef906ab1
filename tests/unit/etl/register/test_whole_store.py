"""A store of which any file was harmed is never said to be as it was written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.protect.ledger import FILE_NAME
from etl.register import faults, seal
from etl.register.access import locked
from etl.settings import OperatorError, Settings
from tests.unit.etl.release import registers

ID, NEWER = "2025-02-20250320T101500-0a1b2c3d", "2025-03-20250420T101500-0a1b2c3d"
#: Names of files of every kind of both halves, as paths within the store.
PLACES = (
    "operator/register.duckdb",
    "operator/store.json",
    "operator/decisions.json",
    "operator/notes.csv",
    "operator/extracts/" + "e" * 64 + ".parquet",
    f"operator/units/{FILE_NAME}",
    f"releases/{ID}.duckdb",
    f"releases/{ID}.duckdb.sha256",
    f"releases/{NEWER}.duckdb",
    f"releases/{NEWER}.duckdb.taken-back",
    "releases/current",
    "releases/partners.json",
    "releases/sign-off/round.json",
    f"releases/public/{ID}.duckdb",
    "releases/public/current",
    "releases/generation",
    "operator/manifest.json",
)
#: Those that hold nothing, of which nothing can be overwritten.
EMPTY = (f"releases/{NEWER}.duckdb.taken-back",)
#: Those that one later command puts right by itself, or that only it reads.
NOT_SEALED = ("operator/manifest.json", "releases/generation")


@dataclass(frozen=True)
class Trial:
    """What a harm may use: the file, what it held before its last change, and the store."""

    path: Path
    older: bytes
    settings: Settings


def truncated(trial: Trial) -> None:
    trial.path.write_bytes(trial.path.read_bytes()[:-7])


def overwritten(trial: Trial) -> None:
    whole = trial.path.read_bytes()
    at = len(whole) // 2
    trial.path.write_bytes(whole[:at] + bytes(255 - b for b in whole[at : at + 2000]) +
                           whole[at + 2000 :])  # fmt: skip


def zeroed(trial: Trial) -> None:
    trial.path.write_bytes(bytes(trial.path.stat().st_size))


def emptied(trial: Trial) -> None:
    trial.path.write_bytes(b"")


def flipped(trial: Trial) -> None:
    whole = bytearray(trial.path.read_bytes())
    whole[0] ^= 1
    trial.path.write_bytes(bytes(whole))


def longer(trial: Trial) -> None:
    trial.path.write_bytes(trial.path.read_bytes() + b"\n")


def put_back(trial: Trial) -> None:
    trial.path.write_bytes(trial.older)


def exchanged(trial: Trial) -> None:
    """It and another file have each other's names."""
    path = trial.path
    notes, decisions = (trial.settings.operator / n for n in ("notes.csv", "decisions.json"))
    other = decisions if path == notes else notes
    mine, others = path.read_bytes(), other.read_bytes()
    path.write_bytes(others)
    other.write_bytes(mine)


def deleted(trial: Trial) -> None:
    trial.path.unlink()


def renamed(trial: Trial) -> None:
    trial.path.rename(trial.path.with_name(f"{trial.path.name}.old"))


def copied_beside(trial: Trial) -> None:
    shutil.copy(trial.path, trial.path.with_name(f"copy of {trial.path.name}"))


def a_folder(trial: Trial) -> None:
    trial.path.unlink()
    trial.path.mkdir()


def a_link_to_nowhere(trial: Trial) -> None:
    trial.path.unlink()
    trial.path.symlink_to(trial.path.with_name("nowhere"))


def a_link_to_itself(trial: Trial) -> None:
    trial.path.unlink()
    trial.path.symlink_to(trial.path)


def no_plain_file(trial: Trial) -> None:
    if trial.path.name != "store.json":  # which is read to know the store at all
        trial.path.unlink()
        os.mkfifo(trial.path)
    else:
        emptied(trial)


HARMS: tuple[Callable[[Trial], None], ...] = (
    truncated, overwritten, zeroed, emptied, flipped, longer, put_back, exchanged, deleted,
    renamed, copied_beside, a_folder, a_link_to_nowhere, a_link_to_itself, no_plain_file,
)  # fmt: skip
#: An empty line more changes nothing that these two say; and a generation that is behind, beside
#: files that are all as they were written, is what a killed command leaves.
SAYS_THE_SAME = {
    ("operator/manifest.json", longer),
    ("releases/generation", longer),
    ("releases/generation", put_back),
}
#: Harms that leave a file without content as it is.
_NONE_OF_EMPTY = (truncated, overwritten, zeroed, emptied, flipped, put_back)


def _kept(settings: Settings, name: str, content: bytes) -> None:
    """Put a file as a command does."""
    path = settings.store / name
    path.parent.mkdir(exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content)
    seal.replace_sealed(settings, new, path)


@dataclass(frozen=True)
class Made:
    """A store with a file of every kind, and both halves as they were before the last change."""

    folder: Path

    @property
    def earlier(self) -> Path:
        return self.folder / "earlier"

    @property
    def later(self) -> Path:
        return self.folder / "later"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    found = Made(tmp_path_factory.mktemp("made"))
    settings = registers.make(found.folder / "work")
    written = [name for name in PLACES if name not in NOT_SEALED and "store.json" not in name]
    for name in written:
        _kept(settings, name, b"" if name in EMPTY else f"{name}: before\n".encode() * 200)
    shutil.copytree(found.folder / "work", found.earlier)
    for name in written:
        if name not in EMPTY:
            _kept(settings, name, f"{name}: as it is\n".encode() * 200)
    shutil.copytree(found.folder / "work", found.later)
    return found


@pytest.fixture
def settings(made: Made, tmp_path: Path) -> Settings:
    """A copy of the store, to be harmed."""
    shutil.copytree(made.later, tmp_path / "copy")
    return registers.settings_of(tmp_path / "copy")


def told(settings: Settings) -> str:
    """All that is said against a store, as every command and ``status`` read it; '' for nothing."""
    try:
        with locked(settings):
            return " ".join(seal.read_releases(settings).faults)
    except (OperatorError, OSError) as problem:
        return str(problem)


def test_nothing_is_said_against_a_store_that_no_other_hand_touched(settings: Settings) -> None:
    assert told(settings) == ""
    with locked(settings):
        read = seal.read_releases(settings)
    assert read.files == len(PLACES) - len(NOT_SEALED)
    sealed = (settings.store / name for name in PLACES if name not in NOT_SEALED)
    assert read.size == sum(path.stat().st_size for path in sealed)


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
@pytest.mark.parametrize("place", PLACES)
def test_every_harm_of_every_file_is_told_with_its_name_and_what_to_do(
    made: Made, settings: Settings, place: str, harm: Callable[[Trial], None]
) -> None:
    if place in EMPTY and harm in _NONE_OF_EMPTY:
        return
    earlier = registers.settings_of(made.earlier).store / place
    trial = Trial(settings.store / place, earlier.read_bytes(), settings)
    if harm is put_back and trial.older == trial.path.read_bytes():
        return
    harm(trial)
    said = told(settings)
    if (place, harm) in SAYS_THE_SAME:
        assert said == ""
        return
    named = (Path(place).name, Path(place).stem, ID, "notes.csv")
    assert any(name in said for name in named), said
    assert any(word in said for word in ("backup", "`rollback", "move it away", "run `", "`publish",
                                         "Too many levels", "Is a directory")), said  # fmt: skip


def test_an_older_operators_half_under_newer_releases_is_refused_with_what_to_do(
    made: Made, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(settings.operator)
    shutil.copytree(registers.settings_of(made.earlier).operator, settings.operator)
    assert told(settings) == faults.OLDER_HALF
    capsys.readouterr()
    assert main(["status"], settings) == 1
    said = capsys.readouterr()
    assert faults.OLDER_HALF in said.err
    assert "as it was written" not in said.out


def test_older_releases_under_a_newer_half_are_told_with_each_file(
    made: Made, settings: Settings
) -> None:
    shutil.rmtree(settings.releases)
    shutil.copytree(registers.settings_of(made.earlier).releases, settings.releases)
    said = told(settings)
    assert said.startswith(faults.OLDER_RELEASES)
    assert "The pointer to the release that members see (current) is not as it was written" in said


def test_the_releases_of_another_store_are_told(settings: Settings, tmp_path: Path) -> None:
    other = registers.make(tmp_path / "other", secret=b"o" * 32)
    shutil.rmtree(settings.releases)
    shutil.copytree(other.releases, settings.releases)
    assert told(settings).startswith(faults.LOST_GENERATION)


def test_a_pointer_to_another_edition_is_told_and_put_right_by_naming_one(
    settings: Settings,
) -> None:
    _kept(settings, "releases/current", f"{NEWER}\n".encode())
    (settings.releases / "current").write_text(f"{ID}\n")
    assert "names" not in told(settings)
    assert "name the release that readers are to see with `rollback --to ID`" in told(settings)


def test_a_generation_that_is_behind_after_a_kill_is_written_anew(settings: Settings) -> None:
    path = seal.generation_file(settings)
    before = path.read_bytes()
    seal._write_generation(settings, 0)
    assert told(settings) == ""
    assert path.read_bytes() == before


def test_no_reader_learns_from_the_generation_how_often_anything_was_changed(
    settings: Settings,
) -> None:
    codes = {seal.generation_file(settings).read_bytes()}
    for number in range(3):
        _kept(settings, "operator/notes.csv", b"another" * number)
        codes.add(seal.generation_file(settings).read_bytes())
    assert len(codes) == 4
    assert {len(code) for code in codes} == {65}
