"""Types of frames, so that sorting, comparing and adding up work as they are."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.analyst import OpenedRelease
from dashboard.model import codes


def test_whole_numbers_may_be_missing(opened: OpenedRelease) -> None:
    parameters = {"measure": "people", "level": "division"}
    frame = opened.exhibit("hotspots.ranking", **parameters, compare="none").frame()
    assert str(frame["value"].dtype) == "Int64"
    assert frame["value"].isna().any()  # what is elsewhere is not split by class
    assert frame["value"].sum() > 0
    ranking = opened.exhibit("hotspots.ranking", **parameters).frame()
    usual = ranking[ranking["measure"] == "expected"]["value"]
    assert (usual % 1 > 0).any()  # what is usual is no whole number


def test_errors_are_whole_numbers_and_bands_are_text(opened: OpenedRelease) -> None:
    assert str(opened.exhibit("quality.accuracy").frame()["value"].dtype) == "Int64"
    assert str(opened.exhibit("quality.coverage").frame()["value"].dtype) == "str"


def test_age_bands_rise(opened: OpenedRelease) -> None:
    frame = opened.exhibit("sheet.age-sex").frame()
    assert frame["code"].cat.ordered
    assert list(frame["code"].cat.categories) == [code.code for code in codes.AGE_BAND]
    young = frame[frame["code"] <= "15_18"]
    assert set(young["label"]) == {"Under 15", "15–18"}
    assert list(frame.sort_values("label", ascending=False)["label"])[-1] == "Under 15"


def test_codes_stand_in_the_order_of_their_list_without_being_more_or_less(
    opened: OpenedRelease,
) -> None:
    frame = opened.exhibit("sheet.people").frame()
    assert not frame["code"].cat.ordered
    assert list(frame["code"].cat.categories) == [code.code for code in codes.SEX]
    by_label = frame[frame["measure"] == "people"].groupby("label")["value"].sum()
    assert list(by_label.index)[:2] == ["Female", "Male"]


def test_months_and_quarters_are_periods(opened: OpenedRelease) -> None:
    months = opened.exhibit("overview.trend", measure="people", period="2025-10..2026-09").frame()
    times = [name for name in ("month", "quarter") if name in months]
    assert [str(months[name].dtype) for name in times] in (["period[M]"], ["period[Q-DEC]"])
    assert (months[times[0]].dt.start_time == months["period_start"]).all()
    assert str(opened.exhibit("quality.coverage").frame()["month"].dtype) == "period[M]"


def test_days_are_both_included_and_missing_where_nothing_is_counted(
    opened: OpenedRelease,
) -> None:
    frame = opened.exhibit("sheet.people", period="2026-07..2026-09").frame()
    assert set(frame["period_start"]) == {pd.Timestamp("2026-07-01")}
    assert set(frame["period_end"]) == {pd.Timestamp("2026-09-30")}
    accuracy = opened.exhibit("quality.accuracy").frame()
    assert accuracy["period_start"].isna().all()
    assert accuracy["period_start"].dtype == frame["period_start"].dtype


def test_a_table_says_the_word_of_the_judge_beside_each_area(opened: OpenedRelease) -> None:
    table = opened.exhibit("hotspots.ranking", level="upazila").table()
    assert table.loc[table["code"] != "", "code"].is_unique
    assert {"no clear change", ""} <= set(table["verdict"])
    assert str(table["incidents"].dtype) == "Int64"
    assert table.attrs == opened.exhibit("hotspots.ranking", level="upazila").frame().attrs


def test_numbers_of_a_map_join_to_its_shapes(opened: OpenedRelease) -> None:
    exhibit = opened.exhibit("hotspots.map", level="upazila", measure="people", area="BD2022")
    listed = exhibit.frame()
    frame = listed[listed["measure"] == "people"].set_index("code")["value"]
    shapes = exhibit.geoframe()
    assert len(shapes) == 9
    assert (shapes["people"] == frame[shapes.index]).all()
    assert shapes["period_start"].iloc[0] == pd.Timestamp("2025-10-01")


@pytest.mark.parametrize(("lang", "name"), [("en", "Cox's Bazar"), ("bn", "কক্সবাজার")])
def test_names_are_in_the_language_that_was_asked(
    opened: OpenedRelease, lang: str, name: str
) -> None:
    frame = opened.exhibit("hotspots.map", lang=lang).frame()
    assert set(frame.loc[frame["code"] == "BD2022", "area"]) == {name}


def test_a_verdict_and_its_numbers_are_of_the_months_that_a_note_names(
    opened: OpenedRelease,
) -> None:
    exhibit = opened.exhibit("hotspots.map")
    frame = exhibit.frame().set_index("measure")
    verdicts = frame.loc[["judged", "expected", "noticed_from", "noticed_to"]]
    assert {*verdicts["period_start"]} == {pd.Timestamp("2026-04-01")}
    assert {*verdicts["period_end"]} == {pd.Timestamp("2026-09-30")}
    assert {*frame.loc["incidents", "period_start"]} == {pd.Timestamp("2025-10-01")}
    assert any("Words are about Apr – Sep 2026" in note for note in exhibit.notes)
