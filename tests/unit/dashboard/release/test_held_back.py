"""Held back: a server shows the edition before, at once and in every process, until told else."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.model.release import TAKEN_BACK_SUFFIX
from dashboard.release.description import DamagedRelease
from dashboard.release.folder import NoRelease, Releases
from dashboard.release.held_back import FILE, HeldBack
from dashboard.release.open_release import Release
from tests.support.releases import LAST_MONTH, build_release, point_to

FIRST, SECOND, THIRD = (
    f"2026-{month:02d}-2026{month + 1:02d}16t094000-0a1b2c3{month}" for month in (7, 8, 9)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three editions, the last of which is current."""
    for ago, release in enumerate((THIRD, SECOND, FIRST)):
        build_release(
            tmp_path / f"{release}.duckdb",
            seed=ago,
            months=3,
            per_month=20,
            last_month=LAST_MONTH.plus(-ago),
        )
    point_to(tmp_path, THIRD)
    return tmp_path


@pytest.fixture
def held(tmp_path: Path) -> HeldBack:
    """What is held back, which is nothing yet."""
    (tmp_path / "state").mkdir()
    return HeldBack(tmp_path / "state")


@pytest.fixture
def unbelieved(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pointer is read for every question."""
    monkeypatch.setattr("dashboard.release.folder.POINTER_SECONDS", 0.0)


def test_the_edition_before_is_shown_at_once_and_the_held_one_opens_for_nobody(
    folder: Path, held: HeldBack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a pointer once read is believed."""
    monkeypatch.setattr("dashboard.release.folder.POINTER_SECONDS", 3600.0)
    releases = Releases(folder, held=held.ids)
    other = Releases(folder, held=HeldBack(folder / "state").ids)  # of another process
    assert releases.current().id == other.current().id == THIRD
    held.hold(THIRD)
    for each in (releases, other):
        assert each.current().id == SECOND
        assert each.steady(THIRD).id == SECOND
        assert each.trouble is None
        assert [edition.release_id for edition in each.editions()] == [SECOND, FIRST]
        with pytest.raises(NoRelease):
            each.open(THIRD)
    held.hold(SECOND)
    assert releases.current().id == other.current().id == FIRST


@pytest.mark.usefixtures("unbelieved")
def test_it_is_shown_again(folder: Path, held: HeldBack) -> None:
    releases = Releases(folder, held=held.ids)
    for release in (THIRD, SECOND):
        held.hold(release)
    assert releases.current().id == FIRST
    held.show(THIRD)
    assert releases.current().id == THIRD
    assert held.ids() == {SECOND}
    held.show(SECOND)
    assert releases.steady(SECOND).id == SECOND


@pytest.mark.usefixtures("unbelieved")
def test_where_all_are_held_back_nothing_is_shown_until_one_is_again(
    folder: Path, held: HeldBack
) -> None:
    releases = Releases(folder, held=held.ids)
    assert releases.current().id == THIRD
    for release in (FIRST, SECOND, THIRD):
        held.hold(release)
    with pytest.raises(NoRelease, match="held back, and there is none before it"):
        releases.current()
    assert Releases(folder, held=held.ids).editions() == []
    held.show(THIRD)
    assert releases.current().id == THIRD
    assert releases.trouble is None


def test_what_cannot_be_opened_is_not_the_edition_before(folder: Path, held: HeldBack) -> None:
    releases = Releases(folder, held=held.ids)
    (folder / f"{SECOND}.duckdb").write_bytes(b"damaged")
    held.hold(THIRD)
    assert releases.current().id == FIRST


@pytest.mark.usefixtures("unbelieved")
def test_a_newer_edition_is_shown_and_what_was_taken_back_is_not(
    folder: Path, held: HeldBack
) -> None:
    releases = Releases(folder, held=held.ids)
    held.hold(SECOND)
    assert releases.current().id == THIRD
    (folder / f"{FIRST}.duckdb{TAKEN_BACK_SUFFIX}").touch()
    held.hold(THIRD)
    with pytest.raises(NoRelease):
        releases.current()


def test_one_that_reads_well_and_is_not_whole_is_not_shown_either(
    folder: Path, held: HeldBack, monkeypatch: pytest.MonkeyPatch
) -> None:
    releases = Releases(folder, held=held.ids)
    scan = Release.scan

    def scanned(release: Release) -> None:
        if release.id == SECOND:
            raise DamagedRelease("damaged further on")
        scan(release)

    monkeypatch.setattr(Release, "scan", scanned)
    held.hold(THIRD)
    assert releases.current().id == FIRST
    assert releases.trouble is None


@pytest.mark.usefixtures("unbelieved")
def test_where_the_newest_is_damaged_and_what_is_shown_is_held_the_one_before_is_shown(
    folder: Path, held: HeldBack
) -> None:
    releases = Releases(folder, held=held.ids)
    point_to(folder, SECOND)
    assert releases.current().id == SECOND
    (folder / f"{THIRD}.duckdb").write_bytes(b"damaged")
    point_to(folder, THIRD)
    assert releases.current().id == SECOND
    held.hold(SECOND)
    assert releases.current().id == FIRST


@pytest.mark.usefixtures("unbelieved")
def test_what_is_open_goes_on_to_be_shown_where_its_file_went_away(
    folder: Path, held: HeldBack
) -> None:
    releases = Releases(folder, held=held.ids)
    held.hold(THIRD)
    assert releases.current().id == SECOND
    for release in (SECOND, FIRST):
        (folder / f"{release}.duckdb").unlink()
    assert releases.current().id == SECOND


@pytest.mark.parametrize("content", [b"", b"\0" * 40, "\u0989".encode(), b"2026-13 x\n"])
def test_a_torn_list_stops_nothing(folder: Path, held: HeldBack, content: bytes) -> None:
    (folder / "state" / FILE).write_bytes(content)
    releases = Releases(folder, held=held.ids)
    assert releases.current().id == THIRD
    held.hold(THIRD)
    assert releases.current().id == SECOND


def test_the_list_is_kept_for_its_user_alone(held: HeldBack, tmp_path: Path) -> None:
    held.hold(FIRST)
    held.hold(SECOND)
    held.show(FIRST)
    file = tmp_path / "state" / FILE
    assert file.read_text(encoding="ascii") == f"{SECOND}\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert HeldBack(tmp_path / "nowhere").ids() == frozenset()


def test_where_new_editions_wait_only_what_was_there_or_was_shown_is_seen(
    folder: Path, unbelieved: None
) -> None:
    """By every process, also by one that begins later."""
    state, newest = folder / "state", "2026-10-20261116t094000-0a1b2c39"
    state.mkdir()
    waits = HeldBack(state, [folder])
    releases = Releases(folder, held=waits.ids)
    assert releases.current().id == THIRD
    assert waits.ids() == frozenset()
    build_release(folder / f"{newest}.duckdb", seed=7, months=3, per_month=20,
                  last_month=LAST_MONTH.plus(1))  # fmt: skip
    point_to(folder, newest)
    other = HeldBack(state, [folder])
    others = Releases(folder, held=other.ids)
    for each in (releases, others):
        assert each.current().id == THIRD
        assert not each.is_edition(newest)
        assert each.steady(newest).id == THIRD
    assert waits.waiting() == other.waiting() == {newest}
    other.show(newest)
    assert (waits.waiting(), waits.ids()) == (frozenset(), frozenset())
    assert releases.current().id == others.current().id == newest
    waits.hold(newest)
    assert (other.waiting(), other.ids()) == (frozenset(), {newest})
    assert others.current().id == THIRD


def test_where_nothing_was_there_the_first_edition_waits_too(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "releases").mkdir()
    waits = HeldBack(tmp_path / "state", [tmp_path / "releases"])
    build_release(tmp_path / "releases" / f"{FIRST}.duckdb", months=3, per_month=20)
    point_to(tmp_path / "releases", FIRST)
    releases = Releases(tmp_path / "releases", held=waits.ids)
    with pytest.raises(NoRelease):
        releases.current()
    assert releases.trouble
    assert releases.trouble.kind == "held"
    waits.show(FIRST)
    assert releases.is_edition(FIRST)
