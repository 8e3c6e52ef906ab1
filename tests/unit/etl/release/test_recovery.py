"""What a killed command left is finished or cleared by the next one, and no unit is made twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import Mock

import pytest

from dashboard.model.periods import Month
from etl.protect.ledger import FILE_NAME
from etl.register.access import locked
from etl.register.seal import GENERATION, MANIFEST, read_releases
from etl.release import publication
from etl.release.approval import read_note
from etl.release.closing.draft import PUBLIC_FILE_NAME, scratch
from etl.release.files import folders, pointed_to, release_ids, release_path
from etl.settings import OperatorError, Settings
from tests.support.sealing import seal_all
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

JANUARY, FEBRUARY, MARCH = (Month(2023, month) for month in (1, 2, 3))
SECRET = b"s" * 32
#: Renamings of a publication for members and public: two files of units, the store's facts
#: twice, digest, file and pointer of each release, two releases written down, and who reported.
FILES = 13
#: With those of the seal around each, which leave the file from before or after, as its own tests
#: show: the manifest twice, and the generation.
RENAMINGS = 4 * FILES


class Killed(BaseException):
    """The process ends here."""


def store_of(folder: Path) -> Settings:
    settings = registers.make(folder, secret=SECRET)
    registers.fill(settings, registers.register_rows(invented.people(20, 3, seed=5), referrals=0))
    return settings


def units(settings: Settings) -> list[list[tuple]]:
    """Units and blocks of members and public."""
    return [
        registers.ask(settings.units / name, f"FROM {table} ORDER BY ALL")  # noqa: S608
        for name in (FILE_NAME, PUBLIC_FILE_NAME)
        for table in ("people", "incidents", "legs", "block", "ledger")
    ]


@dataclass(frozen=True)
class Kept:
    """A publication that nobody disturbed, and copies of what lay on the disk in its course.

    Attributes:
        settings: The store in the end.
        at_renaming: The store right before each file was put in its place, but for the seal's.
        at_writing_down: The store right before each release was written down.
    """

    settings: Settings
    at_renaming: list[Settings]
    at_writing_down: list[Settings]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """One publication for all kills: a process that is killed leaves what is on the disk."""
    settings = store_of(tmp_path_factory.mktemp("undisturbed"))
    made = Kept(settings, [], [])

    def copying(change: Callable[..., object], copies: list[Settings]) -> Callable[..., object]:
        def copied_first(*arguments: object) -> object:
            copies.append(registers.copied(settings, [], tmp_path_factory.mktemp("killed"))[0])
            return change(*arguments)

        return copied_first

    with pytest.MonkeyPatch.context() as patched:
        replace, copied_first = Path.replace, copying(Path.replace, made.at_renaming)

        def named(path: Path, new: Path) -> object:
            is_sealing = new.name in (MANIFEST, GENERATION)
            return (replace if is_sealing else copied_first)(path, new)

        patched.setattr(Path, "replace", named)
        record_release = copying(publication.record_release, made.at_writing_down)
        patched.setattr(publication, "record_release", record_release)
        registers.publish_to(settings, MARCH, public=True)
    return made


def dies_at(patched: pytest.MonkeyPatch, owner: object, name: str, number: int) -> None:
    """End the process right before something is done for the so-many-th time."""
    change = getattr(owner, name)
    count = 0

    def counted(*arguments: object) -> object:
        nonlocal count
        count += 1
        if count == number:
            raise Killed
        return change(*arguments)

    patched.setattr(owner, name, counted)


def dies_at_writing_down(patched: pytest.MonkeyPatch, number: int) -> None:
    """End the process right before the so-many-th release is written down."""
    dies_at(patched, publication, "record_release", number)


@pytest.mark.parametrize(
    ("point", "number"),
    [
        *(("at_renaming", number) for number in range(1, FILES + 1)),
        *(("at_writing_down", number) for number in (1, 2)),
    ],
)
def test_a_killed_publication_is_completed_by_the_next(kept: Kept, point: str, number: int) -> None:
    settings = getattr(kept, point)[number - 1]
    # Before the last all is done, and who reported is yet to be told.
    is_completed(settings, kept, done=point == "at_renaming" and number == FILES)


@pytest.mark.parametrize("number", [1, RENAMINGS // 2, RENAMINGS])
def test_an_interrupted_publication_which_still_tidies_up_is_completed_by_the_next(
    kept: Kept, tmp_path: Path, number: int
) -> None:
    settings = store_of(tmp_path)
    with pytest.MonkeyPatch.context() as patched:
        dies_at(patched, Path, "replace", number)
        with pytest.raises(Killed):
            registers.publish_to(settings, MARCH, public=True)
    is_completed(settings, kept, done=number >= RENAMINGS - 4)


def is_completed(settings: Settings, kept: Kept, *, done: bool) -> None:
    """Publish again, and find what an undisturbed publication leaves and nothing else."""
    try:
        registers.publish_to(settings, MARCH, public=True)
    except OperatorError as nothing_left:
        assert done or "which was stopped, is complete now" in str(nothing_left)
    assert units(settings) == units(kept.settings)
    for folder, name in zip(folders(settings), (FILE_NAME, PUBLIC_FILE_NAME), strict=True):
        (release_id,) = release_ids(folder)
        assert pointed_to(folder) == release_id
        assert registers.ask(settings.units / name, "SELECT release_id FROM edition") == [
            (release_id,)
        ]
        path = release_path(folder, release_id)
        assert path.stat().st_mode & 0o222 == 0
        assert sorted(entry.name for entry in folder.iterdir() if entry.is_file()) == [
            path.name,
            f"{path.name}.sha256",
            "current",
            *(["generation", "partners.json"] if folder == settings.releases else []),
        ]
    assert not scratch(settings).exists()


def test_there_are_as_many_renamings_as_are_tested(kept: Kept) -> None:
    assert (len(kept.at_renaming), len(kept.at_writing_down)) == (FILES, 2)


def test_what_a_killed_publication_left_is_cleared(tmp_path: Path) -> None:
    settings = store_of(tmp_path)
    members, public = folders(settings)
    public.mkdir()
    for folder in (members, public):
        for name in ("x.duckdb.building", "x.duckdb.building.wal", "x.duckdb.building.wal.recovery",
                     "current.new"):  # fmt: skip
            (folder / name).write_bytes(b"half")
    scratch(settings).mkdir()
    (scratch(settings) / FILE_NAME).write_bytes(b"half")
    with locked(settings):
        assert read_releases(settings).faults == ()
    release = registers.publish_to(settings, MARCH)
    assert {path.name for path in members.rglob("*") if path.is_file()} == {
        release.path.name,
        f"{release.path.name}.sha256",
        "current",
        "generation",
        "partners.json",
    }
    assert not scratch(settings).exists()


def test_a_preview_that_a_killed_publication_left_is_forgotten(tmp_path: Path) -> None:
    settings = store_of(tmp_path)
    registers.preview_to(settings, FEBRUARY)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(publication, "forget_note", Mock(side_effect=Killed))
        with pytest.raises(Killed):
            registers.publish_to(settings, FEBRUARY)
    assert read_note(settings) is not None
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(settings, FEBRUARY)
    assert read_note(settings) is None
    registers.preview_to(settings, MARCH)
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(settings, FEBRUARY)
    assert read_note(settings) is not None, "it is of a month that is still to come"


def test_units_of_an_old_backup_are_refused(tmp_path: Path) -> None:
    settings = store_of(tmp_path)
    registers.publish_to(settings, JANUARY)
    backup = shutil.copyfile(settings.units / FILE_NAME, tmp_path / "backup")
    registers.publish_to(settings, FEBRUARY)
    shutil.copyfile(backup, settings.units / FILE_NAME)
    with pytest.raises(OperatorError, match=r"units\.duckdb is not as it was written"):
        registers.publish_to(settings, MARCH)
    seal_all(settings)
    before = registers.content(settings)
    for again in (registers.publish_to, registers.close_to):
        with pytest.raises(OperatorError, match="months could be closed twice"):
            again(settings, MARCH)
    assert registers.content(settings) == before


def test_releases_without_units_are_refused(tmp_path: Path) -> None:
    settings = store_of(tmp_path)
    registers.publish_to(settings, JANUARY)
    (settings.units / FILE_NAME).unlink()
    with pytest.raises(OperatorError, match=r"units\.duckdb is missing; restore the newest"):
        registers.publish_to(settings, FEBRUARY)
    seal_all(settings)
    with pytest.raises(OperatorError, match=r"units\.duckdb is missing; restore it"):
        registers.publish_to(settings, FEBRUARY)


def test_a_damaged_current_release_does_not_stop_the_next(tmp_path: Path) -> None:
    settings = store_of(tmp_path)
    first = registers.publish_to(settings, JANUARY)
    first.path.chmod(0o644)
    first.path.write_bytes(b"no database")
    assert registers.publish_to(settings, FEBRUARY).last_month == "2023-02"


def test_a_damaged_release_that_nobody_saw_is_not_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = store_of(tmp_path)
    with monkeypatch.context() as patched:
        dies_at_writing_down(patched, 1)
        with pytest.raises(Killed):
            registers.publish_to(settings, JANUARY)
    (release_id,) = release_ids(settings.releases)
    path = release_path(settings.releases, release_id)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(OperatorError, match="is damaged and was never published; move it away"):
        registers.publish_to(settings, FEBRUARY)
