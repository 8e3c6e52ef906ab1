"""What of the releases a reader may open, by their role."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.exceptions import Forbidden

from dashboard.access.reader import Reader, reader
from dashboard.access.roles import BY_NAME, OPEN, ROLES, Role
from dashboard.release.current_only import CurrentOnly
from dashboard.release.folder import Releases
from tests.support.releases import build_release, point_to


@pytest.fixture
def folder(tmp_path: Path) -> Releases:
    build_release(tmp_path / "a.duckdb", months=2, units={})
    point_to(tmp_path, "a")
    return Releases(tmp_path)


def test_a_role_opens_releases_of_its_audiences_alone(folder: Releases) -> None:
    outside = replace(BY_NAME["analyst"], audiences=frozenset({"public"}))
    with pytest.raises(Forbidden):
        Reader("analyst", outside).releases(folder)
    assert Reader("analyst", BY_NAME["analyst"]).releases(folder) is folder


def test_older_editions_are_for_those_whose_role_says_so(folder: Releases) -> None:
    given = {role.name: Reader("x", role).releases(folder) for role in ROLES}
    assert {name for name, seen in given.items() if seen is folder} == {"analyst", "administrator"}
    assert {type(seen) for name, seen in given.items() if not BY_NAME[name].older} == {CurrentOnly}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_file_is_refused_unless_the_role_names_its_ending(role: Role) -> None:
    for ending in ("csv", "json", "xlsx", "geojson", "gpkg", "html", ""):
        if ending in role.files:
            Reader("x", role).refuse_file(ending)
        else:
            with pytest.raises(Forbidden):
                Reader("x", role).refuse_file(ending)


def test_outside_of_a_server_with_accounts_everything_is_open(tmp_path: Path) -> None:
    assert reader().role is OPEN
    nothing = Releases(tmp_path)
    assert reader().releases(nothing) is nothing
