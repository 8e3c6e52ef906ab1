"""Which release may be shown, where, and beside which."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dashboard.release import admission
from dashboard.release.description import DamagedRelease
from dashboard.release.folder import NoRelease, Releases
from dashboard.release.open_release import Release
from tests.support.releases import build_release, point_to
from tests.support.voyages import published, voyage

VOYAGES = [voyage("2026-05", boats=1, arrived=10)]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Any]:
    every: list[Release] = []

    def opening(**rest: Any) -> Release:
        every.append(Release(build_release(tmp_path / f"{len(every)}.duckdb", months=2, **rest)))
        return every[-1]

    yield opening
    for release in every:
        release.close()


@pytest.mark.parametrize(
    ("kind", "base", "as_members", "as_published"),
    [
        # What may be shown (on this machine, anywhere) by itself, and beside the members' release.
        ("real", 5, (True, True), (False, False)),
        ("invented", 5, (True, True), (False, False)),
        ("published", 5, (True, True), (False, False)),
        ("real", 1, (False, False), (False, False)),
        ("invented", 1, (True, False), (True, False)),
        ("published", 1, (True, False), (True, True)),
    ],
)
def test_records_themselves_are_shown_anywhere_only_if_published_and_beside_the_members(
    opened: Any,
    kind: str,
    base: int,
    as_members: tuple[bool, bool],
    as_published: tuple[bool, bool],
) -> None:
    release = opened(kind=kind, base=base, units={})
    to_members = partial(admission.members, accounts=True)
    for admits, allowed in ((to_members, as_members), (admission.beside, as_published)):
        admitted = tuple(admits(release, local=local) is None for local in (True, False))
        assert admitted == allowed


@pytest.mark.parametrize(
    ("kind", "local", "shown"),
    [("published", False, True), ("invented", True, True), ("invented", False, False)],
)
def test_a_folder_of_published_releases_shows_what_its_host_allows(
    tmp_path: Path, kind: str, local: bool, shown: bool
) -> None:
    published(tmp_path / "a.duckdb", VOYAGES, kind=kind)
    point_to(tmp_path, "a")
    beside = Releases(tmp_path, admits=partial(admission.beside, local=local))
    members = Releases(tmp_path / "none", beside=beside)
    release = members.beside()
    assert (release is not None) == shown
    if not shown:
        with pytest.raises(NoRelease, match="is invented, which only this machine may be shown"):
            beside.current()


@pytest.mark.parametrize(
    ("kind", "audience", "shown"),
    [("real", "member", False), ("real", "public", True), ("invented", "member", True),
     ("published", "member", True)],
)  # fmt: skip
def test_without_accounts_nobody_is_shown_what_partners_reported_to_members(
    opened: Any, kind: str, audience: str, shown: bool
) -> None:
    release = opened(kind=kind, audience=audience, base=10)
    assert (admission.members(release, local=True, accounts=False) is None) == shown
    assert admission.members(release, local=True, accounts=True) is None


def test_only_editions_that_may_be_shown_are_listed_or_opened(tmp_path: Path) -> None:
    build_release(tmp_path / "2026-09-a.duckdb", months=2, kind="real", audience="public", base=10)
    build_release(tmp_path / "2026-08-b.duckdb", months=2, kind="real")
    (tmp_path / "2026-07-a.duckdb").write_bytes(b"torn")
    point_to(tmp_path, "2026-09-a")
    local = partial(admission.members, local=True)
    for accounts, listed in ((False, ["2026-09-a"]), (True, ["2026-09-a", "2026-08-b"])):
        releases = Releases(tmp_path, admits=partial(local, accounts=accounts))
        assert [edition.release_id for edition in releases.current().editions()] == listed
        assert releases.is_edition("2026-08-b") == accounts
        assert releases.damaged() == ["2026-07-a"]


def test_a_release_that_is_pointed_to_and_may_not_be_shown_is_not_called_damaged(
    tmp_path: Path,
) -> None:
    build_release(tmp_path / "a.duckdb", months=2, kind="real")
    point_to(tmp_path, "a")
    releases = Releases(tmp_path, admits=partial(admission.members, local=True, accounts=False))
    with pytest.raises(NoRelease, match="is for members"):
        releases.current()
    assert (releases.editions(), releases.damaged()) == ([], [])


def test_a_published_release_is_no_members_release_beyond_this_machine(tmp_path: Path) -> None:
    published(tmp_path / "a.duckdb", VOYAGES)
    point_to(tmp_path, "a")
    here = Releases(tmp_path, admits=partial(admission.members, local=True, accounts=False))
    assert here.current().id == "a"
    elsewhere = Releases(tmp_path, admits=partial(admission.members, local=False, accounts=True))
    with pytest.raises(NoRelease, match="which only this machine may be shown"):
        elsewhere.current()
    with pytest.raises(NoRelease):
        elsewhere.open("a")


def test_a_members_release_never_stands_beside_another(tmp_path: Path) -> None:
    build_release(tmp_path / "a.duckdb", months=2, kind="real")
    point_to(tmp_path, "a")
    beside = Releases(tmp_path, admits=partial(admission.beside, local=True))
    with pytest.raises(NoRelease, match="is no release of published sources"):
        beside.current()


@pytest.mark.parametrize("rest", [{"kind": "real"}, {"base": 5, "echoes": 0}])
def test_a_release_of_the_members_that_holds_voyages_is_damaged(
    tmp_path: Path, rest: dict[str, Any]
) -> None:
    voyages = [voyage("2026-05", boats=10, arrived=10)]
    release = Release(published(tmp_path / "a.duckdb", voyages, **rest))
    with pytest.raises(DamagedRelease, match="holds voyages and is no published source"):
        release.scan()
    release.close()


def test_nothing_is_beside_where_no_folder_was_named(tmp_path: Path) -> None:
    build_release(tmp_path / "a.duckdb", months=2)
    point_to(tmp_path, "a")
    release = Releases(tmp_path).current()
    assert release.beside() is None
    empty = Releases(tmp_path, beside=Releases(tmp_path / "none"))
    assert empty.current().beside() is None
