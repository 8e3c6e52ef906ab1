"""Editions: every one is listed, and an older one can be opened as known then."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.model.periods import Month
from dashboard.release.description import DamagedRelease
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from tests.support.readings import drawn, reading
from tests.support.releases import build_release, point_to


def shown(release: Release) -> Exhibit:
    return render("quality.editions", reading(), release)


def test_every_edition_is_listed_and_the_open_one_is_marked(tmp_path: Path) -> None:
    for release_id in ("2026-08-a", "2026-09-a"):
        build_release(tmp_path / f"{release_id}.duckdb", months=2)
    point_to(tmp_path, "2026-09-a")
    found = shown(Releases(tmp_path).open("2026-08-a"))
    assert found.table.column("release") == ("2026-09-a", "2026-08-a")
    assert found.table.column("shown") == ("", "Yes")
    assert found.title.startswith("2 editions are published")
    assert [(item["id"], item["shown"]) for item in drawn(found)["items"]] == [
        ("2026-09-a", False), ("2026-08-a", True),
    ]  # fmt: skip
    first = drawn(found)["items"][0]
    assert first["title"] == "Data to Sep 2026"
    assert first["cells"] == {
        "period": "Aug – Sep 2026", "as_of": "1 Oct 2026", "built_at": "16 Oct 2026",
        "approved_by": "test", "changed": "Not told in this edition",
    }  # fmt: skip


def test_where_the_file_of_every_edition_went_away_none_is_listed(tmp_path: Path) -> None:
    build_release(tmp_path / "2026-09-a.duckdb", months=2)
    point_to(tmp_path, "2026-09-a")
    release = Releases(tmp_path).current()
    (tmp_path / "2026-09-a.duckdb").unlink()
    assert release.editions() == []
    assert shown(release).table.rows == ()


def test_what_an_edition_added_to_the_months_of_the_one_before_is_told(tmp_path: Path) -> None:
    july, august, september = "2026-07", "2026-08", "2026-09"
    series = [
        ("incidents", july, july, 40),
        ("incidents", august, july, 35),  # some were erased
        ("incidents", august, august, 30),
        ("incidents", september, july, 45),
        ("incidents", september, august, 35),
        ("incidents", september, september, 45),
    ]
    for month in (7, 8, 9):
        path = tmp_path / f"2026-0{month}-a.duckdb"
        build_release(path, months=2, last_month=Month(2026, month), series=series)
    point_to(tmp_path, "2026-09-a")
    found = shown(Releases(tmp_path).current())
    assert found.table.column("changed") == (
        "about 15 late incidents added", "No late incidents", "First edition: nothing to compare",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("band", "cell", "sentence"),
    [("all", "All", "All partners signed."), ("most", "Most", "Most partners signed."),
     ("some", "Half or fewer", "Half of the partners or fewer signed."),
     ("asked", "Asked", "Partners were asked to sign."), (None, "None asked", "")],
)  # fmt: skip
def test_how_many_partners_signed_is_told_in_bands(
    tmp_path: Path, band: str | None, cell: str, sentence: str
) -> None:
    path = build_release(tmp_path / "2026-09-a.duckdb", months=2)
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO sign_off SELECT ? WHERE ? IS NOT NULL", [band, band])
    point_to(tmp_path, "2026-09-a")
    found = shown(Releases(tmp_path).current())
    assert found.table.column("signed") == (cell,)
    approved = drawn(found)["items"][0]["cells"]["approved_by"]
    assert approved == (f"test. {sentence}" if sentence else "test")


@pytest.mark.parametrize("bands", [("nearly all",), ("all", "most")])
def test_an_edition_that_tells_no_band_is_damaged(tmp_path: Path, bands: tuple[str, ...]) -> None:
    path = build_release(tmp_path / "2026-09-a.duckdb", months=2)
    with duckdb.connect(str(path)) as connection:
        connection.executemany("INSERT INTO sign_off VALUES (?)", [[band] for band in bands])
    with pytest.raises(DamagedRelease, match="no band"):
        Release(path)


def test_the_public_is_not_told_that_none_was_asked(tmp_path: Path) -> None:
    build_release(tmp_path / "2026-09-a.duckdb", months=2, audience="public")
    point_to(tmp_path, "2026-09-a")
    assert shown(Releases(tmp_path).current()).table.column("signed") == ("Not told here",)


def test_a_damaged_file_is_named_in_the_list(tmp_path: Path) -> None:
    build_release(tmp_path / "2026-09-a.duckdb", months=2)
    (tmp_path / "2026-08-a.duckdb").write_bytes(b"no release")
    point_to(tmp_path, "2026-09-a")
    found = shown(Releases(tmp_path).current())
    assert found.table.column("release") == ("2026-09-a", "2026-08-a")
    assert found.table.column("name")[1] == "Damaged file: cannot be shown"
    assert any("2026-08-a is damaged" in note for note in found.notes)
    assert found.title.startswith("1 edition is published")
    assert drawn(found)["damaged"] == ["2026-08-a"]
