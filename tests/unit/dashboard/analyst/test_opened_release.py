"""Opening a release: by file or by folder, and what is said where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analyst import CannotBeAsked, NoRelease, OpenedRelease, open_release
from dashboard.model.release import DIGEST_SUFFIX, TAKEN_BACK_SUFFIX
from dashboard.release.open_release import Release
from tests.support.releases import build_release, point_to


@pytest.fixture
def folder(tmp_path: Path, protected: Release) -> Path:
    """A folder of two releases and no word on which is the current one."""
    folder = tmp_path / "releases"
    folder.mkdir()
    shutil.copy(protected.path, folder / "protected.duckdb")
    build_release(folder / "later.duckdb", months=3, per_month=10)
    return folder


@pytest.mark.parametrize("kind", [str, Path])
def test_a_release_opens_by_its_file(protected: Release, kind: type) -> None:
    with open_release(kind(protected.path)) as release:
        assert release.name == "protected"
        assert (release.title, release.kind, release.audience) == (
            "Test edition",
            "invented",
            "member",
        )
        assert release.months.equals(pd.period_range("2023-10", "2026-09", freq="M"))
        assert repr(release) == "<release protected, invented, 2023-10 to 2026-09>"


@pytest.mark.parametrize("current", ["protected", "later"])
def test_of_a_folder_the_current_release_opens(folder: Path, current: str) -> None:
    point_to(folder, current)
    with open_release(folder) as release:
        assert release.name == current
        listed = release.exhibit("quality.editions").frame()
        assert set(listed["release"]) == {"protected", "later"}


def test_of_a_folder_with_one_release_that_one_opens(folder: Path) -> None:
    (folder / "later.duckdb").unlink()
    with open_release(folder) as release:
        assert release.name == "protected"


def test_where_none_is_the_current_one_all_are_named(folder: Path) -> None:
    with pytest.raises(NoRelease, match=r"does not say.*later\.duckdb, protected\.duckdb"):
        open_release(folder)


def test_a_folder_without_releases_says_where_they_may_be(folder: Path) -> None:
    with pytest.raises(NoRelease, match="Releases of a store lie in"):
        open_release(folder.parent)
    empty = folder.parent / "empty"
    empty.mkdir()
    with pytest.raises(NoRelease, match=r"No file in it ends in \.duckdb"):
        open_release(empty)


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nothing at .*no-such"):
        open_release(tmp_path / "no-such.duckdb")


def test_a_file_of_another_kind_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("a,b\n")
    with pytest.raises(NoRelease, match=r"table\.csv is no release; .* \.duckdb"):
        open_release(tmp_path / "table.csv")
    (tmp_path / "table.duckdb").write_text("a,b\n")
    with pytest.raises(NoRelease, match="cannot be opened as a release"):
        open_release(tmp_path / "table.duckdb")


def test_a_release_that_was_taken_back_or_changed_does_not_open(folder: Path) -> None:
    file = folder / "later.duckdb"
    digest = folder / f"later.duckdb{DIGEST_SUFFIX}"
    digest.write_text(f"{'0' * 64}  later.duckdb\n")
    with pytest.raises(NoRelease, match="not as it was published"):
        open_release(file)
    digest.unlink()
    (folder / f"later.duckdb{TAKEN_BACK_SUFFIX}").touch()
    with pytest.raises(NoRelease, match="taken back"):
        open_release(file)


def test_a_damaged_current_release_is_told_with_what_else_is_there(folder: Path) -> None:
    point_to(folder, "later")
    (folder / "later.duckdb").write_bytes(b"")
    with pytest.raises(NoRelease, match=r"cannot be shown.*protected\.duckdb"):
        open_release(folder)


def test_answers_stay_when_the_release_is_closed(protected: Release) -> None:
    with open_release(protected.path) as release:
        exhibit = release.exhibit("hotspots.map", measure="people")
    assert exhibit.geoframe()["people"].sum() > 0
    assert len(exhibit.figure().data) > 64
    assert exhibit.frame()["value"].sum() > 0
    assert exhibit.text()


def test_what_another_measure_would_answer_is_refused(opened: OpenedRelease) -> None:
    with pytest.raises(ValueError, match=r"measure='incidents': not in this view. Allowed: people"):
        opened.exhibit("hotspots.map", measure="incidents", sex="female")
    assert opened.exhibit("hotspots.map", sex="female").frame().columns[-1]


def test_the_list_of_exhibits_says_what_each_can_be_asked(opened: OpenedRelease) -> None:
    row = opened.exhibits().loc["hotspots.map"]
    assert row["counts"] == "incidents, people"
    assert row["map"] == "areas"
    assert "area, class, role, sex" in row["filters"]
    assert row["options"] == (
        "measure: incidents, people; show: auto, number, share, usual; "
        "level: auto, division, district, upazila; "
        "view: auto, district, division, country; play: off, quarter, year"
    )
    assert opened.exhibits("bn").loc["hotspots.map", "shows"] != row["shows"]


def test_parameters_say_every_value_that_is_allowed(opened: OpenedRelease) -> None:
    parameters = opened.parameters("hotspots.map")
    assert parameters.loc["level", "values"] == ("auto", "division", "district", "upazila")
    assert {"BD", "BD2022", "MY"} <= set(parameters.loc["area", "values"])
    assert parameters.loc["edition", "values"] == ("protected",)
    assert parameters.loc["area", "many"]
    with pytest.raises(CannotBeAsked, match=r"'brief\.report': .* Allowed: brief\.reported, "):
        opened.parameters("brief.report")


def test_another_edition_of_a_folder_opens_by_its_id(folder: Path) -> None:
    point_to(folder, "later")
    with open_release(folder, edition="protected") as release:
        assert release.name == "protected"
        assert release.editions()["is_open"].to_dict() == {"protected": True, "later": False}
    with pytest.raises(NoRelease, match=r"no release gone\. There are later\.duckdb, protected"):
        open_release(folder, edition="gone")
    with pytest.raises(NoRelease, match="is not the edition later"):
        open_release(folder / "protected.duckdb", edition="later")


def test_the_lists_say_what_may_be_asked(opened: OpenedRelease) -> None:
    assert opened.period == "2025-10..2026-09"
    areas = opened.areas()
    assert tuple(areas.loc["BD20220094", ["name_en", "level", "district_code"]]) == (
        "Ukhia", "upazila", "BD2022",
    )  # fmt: skip
    filters = opened.filters("bn")
    assert {"class", "sex", "mode"} <= set(filters["filter"])
    assert set(filters.loc[filters["code"] == "female", "label"]) == {"নারী"}
    legs = opened.dimensions("legs")
    assert set(legs["steps"]) == {"quarter, year"}
    assert "from_district" in set(legs["dimension"])
    for row in opened.dimensions().itertuples():
        opened.count(str(row.counted), str(row.dimension))
    with pytest.raises(CannotBeAsked, match="of='leg': unknown value. Allowed: legs, people"):
        opened.dimensions("leg")


def test_the_list_of_exhibits_is_short_where_an_option_has_many_values(
    opened: OpenedRelease,
) -> None:
    assert opened.exhibits()["options"].str.len().max() < 600
    assert "more" in opened.exhibits().loc["brief.sentences", "options"]
