"""Held back: a server shows the edition before, at once and in every process, until told else."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.model.release import TAKEN_BACK_SUFFIX
from dashboard.release.folder import NoRelease, Releases
from dashboard.release.held_back import FILE, HeldBack
from tests.support.releases import LAST_MONTH, build_release, point_to

FIRST, SECOND, THIRD = (
    f"2026-{month:02d}-2026{month + 1:02d}16t094000-0a1b2c3{month}" for month in (7, 8, 9)
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three editions, the last of which is current; the pointer is never believed."""
    monkeypatch.setattr("dashboard.release.folder.POINTER_SECONDS", 0.0)
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


def test_the_edition_before_is_shown_at_once_and_the_held_one_opens_for_nobody(
    folder: Path, held: HeldBack
) -> None:
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


def test_it_is_shown_again_at_once(folder: Path, held: HeldBack) -> None:
    releases = Releases(folder, held=held.ids)
    for release in (THIRD, SECOND):
        held.hold(release)
    assert releases.current().id == FIRST
    held.show(THIRD)
    assert releases.current().id == THIRD
    assert held.ids() == {SECOND}
    held.show(SECOND)
    assert releases.steady(SECOND).id == SECOND


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


def test_the_list_is_kept_for_its_user_alone(held: HeldBack, tmp_path: Path) -> None:
    held.hold(FIRST)
    held.hold(SECOND)
    held.show(FIRST)
    file = tmp_path / "state" / FILE
    assert file.read_text(encoding="ascii") == f"{SECOND}\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert HeldBack(tmp_path / "nowhere").ids() == frozenset()
