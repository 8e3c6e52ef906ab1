"""Editions: every one is listed, and an older one can be opened as known then."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.release.description import DamagedRelease
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from tests.support.readings import reading
from tests.support.releases import build_release, point_to

exhibits.load()


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
    assert found.figure is not None
    assert [(item["id"], item["shown"]) for item in found.figure["items"]] == [
        ("2026-09-a", False), ("2026-08-a", True),
    ]  # fmt: skip
    first = found.figure["items"][0]
    assert first["title"] == "Data to Sep 2026"
    assert first["text"] == (
        "Aug – Sep 2026. Months closed on 1 Oct 2026, built on 16 Oct 2026. Approved by: test."
    )


@pytest.mark.parametrize(
    ("band", "cell", "told"),
    [("all", "All", "All partners signed."), ("most", "Most", "Most partners signed."),
     ("some", "Half or fewer", "Half of the partners or fewer signed."),
     ("asked", "Asked", "Partners were asked to sign."), (None, "None asked", "")],
)  # fmt: skip
def test_how_many_partners_signed_is_told_in_bands(
    tmp_path: Path, band: str | None, cell: str, told: str
) -> None:
    path = build_release(tmp_path / "2026-09-a.duckdb", months=2)
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO sign_off SELECT ? WHERE ? IS NOT NULL", [band, band])
    point_to(tmp_path, "2026-09-a")
    found = shown(Releases(tmp_path).current())
    assert found.table.column("signed") == (cell,)
    assert found.figure is not None
    text = found.figure["items"][0]["text"]
    assert text.endswith(told or "Approved by: test.")


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
    assert found.figure is not None
    assert found.figure["damaged"] == ["2026-08-a"]
