"""Who may open the current edition alone is given no other, whatever is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.release.current_only import CurrentOnly
from dashboard.release.folder import NoRelease, Releases
from tests.support.releases import build_release, point_to


@pytest.fixture
def seen(tmp_path: Path) -> CurrentOnly:
    for name in ("a", "b"):
        build_release(tmp_path / f"{name}.duckdb", months=2, units={})
    point_to(tmp_path, "b")
    return CurrentOnly(Releases(tmp_path))


def test_the_current_edition_is_opened_by_its_id(seen: CurrentOnly) -> None:
    assert seen.current().id == "b"
    assert seen.open("b") is seen.current()
    assert seen.is_edition("b")
    assert [edition.release_id for edition in seen.editions()] == ["b"]
    assert (seen.damaged(), seen.trouble, seen.beside()) == ([], None, None)


def test_an_older_one_is_none(seen: CurrentOnly) -> None:
    assert not seen.is_edition("a")
    with pytest.raises(NoRelease, match="no release a"):
        seen.open("a")
    assert seen.steady("a") is seen.current()


def test_a_new_one_takes_its_place(seen: CurrentOnly) -> None:
    before = seen.fingerprint()
    assert seen.current().id == "b"
    build_release(seen.folder / "c.duckdb", months=2, units={})
    point_to(seen.folder, "c")
    assert seen.fingerprint() != before
    assert seen.current().id == "c"
    assert not seen.is_edition("b")
