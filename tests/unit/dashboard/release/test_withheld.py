"""Held back: a server shows the edition before, at once and in every process, until told else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.model.release import TAKEN_BACK_SUFFIX
from dashboard.release.description import DamagedRelease
from dashboard.release.folder import NoRelease, Releases
from dashboard.release.open_release import Release
from dashboard.release.withheld import FILE, SHOWN, Withheld
from tests.support.releases import LAST_MONTH, copy_of_release, point_to

FIRST, SECOND, THIRD = (
    f"2026-{month:02d}-2026{month + 1:02d}16t094000-0a1b2c3{month}" for month in (7, 8, 9)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three editions, the last of which is current."""
    for ago, release in enumerate((THIRD, SECOND, FIRST)):
        copy_of_release(tmp_path / f"{release}.duckdb", seed=ago, months=3, per_month=20,
                        last_month=LAST_MONTH.plus(-ago))  # fmt: skip
    point_to(tmp_path, THIRD)
    return tmp_path


@pytest.fixture
def held(tmp_path: Path) -> Withheld:
    """What is held back, which is nothing yet."""
    (tmp_path / "state").mkdir()
    return Withheld(tmp_path / "state")


def test_the_edition_before_is_shown_at_once_and_the_held_one_opens_for_nobody(
    folder: Path, held: Withheld
) -> None:
    releases = Releases(folder, holds=held.contains)
    other = Releases(folder, holds=Withheld(folder / "state").contains)  # of another process
    assert releases.current().id == other.current().id == THIRD
    held.withhold(THIRD)
    for each in (releases, other):
        assert each.current().id == SECOND
        assert each.steady(THIRD).id == SECOND
        assert each.trouble is None
        assert [edition.release_id for edition in each.editions()] == [SECOND, FIRST]
        with pytest.raises(NoRelease):
            each.open(THIRD)
    held.withhold(SECOND)
    assert releases.current().id == other.current().id == FIRST


def test_it_is_shown_again(folder: Path, held: Withheld) -> None:
    releases = Releases(folder, holds=held.contains)
    for release in (THIRD, SECOND):
        held.withhold(release)
    assert releases.current().id == FIRST
    held.show(THIRD)
    assert releases.current().id == THIRD
    assert held.ids() == {SECOND}
    held.show(SECOND)
    assert releases.steady(SECOND).id == SECOND


def test_where_all_are_held_back_nothing_is_shown_until_one_is_again(
    folder: Path, held: Withheld
) -> None:
    releases = Releases(folder, holds=held.contains)
    assert releases.current().id == THIRD
    for release in (FIRST, SECOND, THIRD):
        held.withhold(release)
    with pytest.raises(NoRelease, match="held back or waits, and none before it is shown"):
        releases.current()
    assert Releases(folder, holds=held.contains).editions() == []
    held.show(THIRD)
    assert releases.current().id == THIRD
    assert releases.trouble is None


def test_what_cannot_be_opened_is_not_the_edition_before(folder: Path, held: Withheld) -> None:
    releases = Releases(folder, holds=held.contains)
    (folder / f"{SECOND}.duckdb").write_bytes(b"damaged")
    held.withhold(THIRD)
    assert releases.current().id == FIRST


def test_a_newer_edition_is_shown_and_what_was_taken_back_is_not(
    folder: Path, held: Withheld
) -> None:
    releases = Releases(folder, holds=held.contains)
    held.withhold(SECOND)
    assert releases.current().id == THIRD
    (folder / f"{FIRST}.duckdb{TAKEN_BACK_SUFFIX}").touch()
    held.withhold(THIRD)
    with pytest.raises(NoRelease):
        releases.current()


def test_one_that_reads_well_and_is_not_whole_is_not_shown_either(
    folder: Path, held: Withheld, monkeypatch: pytest.MonkeyPatch
) -> None:
    releases = Releases(folder, holds=held.contains)
    scan = Release.scan

    def scanned(release: Release) -> None:
        if release.id == SECOND:
            raise DamagedRelease("damaged further on")
        scan(release)

    monkeypatch.setattr(Release, "scan", scanned)
    held.withhold(THIRD)
    assert releases.current().id == FIRST
    assert releases.trouble is None


def test_where_the_newest_is_damaged_and_what_is_shown_is_held_the_one_before_is_shown(
    folder: Path, held: Withheld
) -> None:
    releases = Releases(folder, holds=held.contains)
    point_to(folder, SECOND)
    assert releases.current().id == SECOND
    (folder / f"{THIRD}.duckdb").write_bytes(b"damaged")
    point_to(folder, THIRD)
    assert releases.current().id == SECOND
    held.withhold(SECOND)
    assert releases.current().id == FIRST


def test_what_is_open_goes_on_to_be_shown_where_its_file_went_away(
    folder: Path, held: Withheld
) -> None:
    releases = Releases(folder, holds=held.contains)
    held.withhold(THIRD)
    assert releases.current().id == SECOND
    for release in (SECOND, FIRST):
        (folder / f"{release}.duckdb").unlink()
    assert releases.current().id == SECOND


@pytest.mark.parametrize("content", [b"", b"\0" * 40, "\u0989".encode(), b"2026-13 x\n"])
def test_a_torn_list_stops_nothing(folder: Path, held: Withheld, content: bytes) -> None:
    (folder / "state" / FILE).write_bytes(content)
    releases = Releases(folder, holds=held.contains)
    assert releases.current().id == THIRD
    held.withhold(THIRD)
    assert releases.current().id == SECOND


def test_the_list_is_kept_for_its_user_alone(held: Withheld, tmp_path: Path) -> None:
    held.withhold(FIRST)
    held.withhold(SECOND)
    held.show(FIRST)
    file = tmp_path / "state" / FILE
    assert file.read_text(encoding="ascii") == f"{SECOND}\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert Withheld(tmp_path / "nowhere").ids() == frozenset()


@pytest.fixture
def waits(held: Withheld, tmp_path: Path) -> Withheld:
    """What is held back where editions wait."""
    return Withheld(tmp_path / "state", editions_wait=True)


def test_where_editions_wait_only_what_was_shown_is_seen(
    folder: Path, waits: Withheld, tmp_path: Path
) -> None:
    """By every process, also by one that begins later."""
    releases = Releases(folder, holds=waits.contains)
    with pytest.raises(NoRelease):
        releases.current()
    assert releases.trouble
    assert releases.trouble.kind == "held"
    assert releases.withheld() == {FIRST, SECOND, THIRD}
    other = Withheld(tmp_path / "state", editions_wait=True)
    others = Releases(folder, holds=other.contains)
    other.show(SECOND)
    for each in (releases, others):
        assert each.current().id == SECOND
        assert not each.is_edition(THIRD)
        assert each.steady(THIRD).id == SECOND
        assert [edition.release_id for edition in each.editions()] == [SECOND]
    other.show(THIRD)
    assert releases.current().id == others.current().id == THIRD
    assert not waits.waits(THIRD)
    waits.withhold(THIRD)
    assert (other.contains(THIRD), other.waits(THIRD)) == (True, False)
    assert others.current().id == SECOND
    other.show(THIRD)
    assert releases.current().id == THIRD


def test_what_waits_goes_on_waiting_when_the_setting_was_off_or_the_list_is_lost(
    folder: Path, waits: Withheld, tmp_path: Path
) -> None:
    waits.show(FIRST)
    assert not Withheld(tmp_path / "state").contains(SECOND)  # while it is off
    again = Withheld(tmp_path / "state", editions_wait=True)
    assert [again.waits(each) for each in (FIRST, SECOND)] == [False, True]
    (tmp_path / "state" / SHOWN).unlink()
    assert [again.waits(each) for each in (FIRST, SECOND)] == [True, True]


def test_what_the_operator_took_back_waits_for_nobody(folder: Path, waits: Withheld) -> None:
    (folder / f"{SECOND}.duckdb{TAKEN_BACK_SUFFIX}").touch()
    assert Releases(folder, holds=waits.contains).withheld() == {FIRST, THIRD}


def test_two_who_write_at_once_leave_a_whole_list(waits: Withheld, tmp_path: Path) -> None:
    """Who writes holds the lock of accounts; if ever two did, no list is torn or in the way."""
    lists = [Withheld(tmp_path / "state", editions_wait=True) for _ in range(8)]
    with ThreadPoolExecutor(8) as several:
        for _ in several.map(lambda each: each.show(FIRST), lists):
            pass
    assert not waits.waits(FIRST)
    assert sorted(path.name for path in (tmp_path / "state").iterdir()) == [FILE, SHOWN]


@pytest.mark.parametrize("shown_again", [False, True])
def test_what_an_administrator_says_is_waited_for_while_another_edition_is_opened(
    folder: Path, held: Withheld, shown_again: bool
) -> None:
    releases = Releases(folder, holds=held.contains)
    held.withhold(THIRD)
    assert releases.current().id == SECOND
    with ThreadPoolExecutor(1) as threads:
        with releases._lock:
            held.show(THIRD) if shown_again else held.withhold(SECOND)
            answer = threads.submit(releases.current)
            with pytest.raises(TimeoutError):
                answer.result(0.05)
        assert answer.result(20).id == (THIRD if shown_again else FIRST)
