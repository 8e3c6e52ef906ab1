"""The overview: exploitation, age by sex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.figures import theme
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import drawn, reading
from tests.support.releases import built, day
from tests.support.steady import steady


def shown(release: Release, exhibit_id: str, filters: Filters = Filters()) -> Exhibit:  # noqa: B008
    return render(exhibit_id, reading(filters), release)


def made_of(folder: Path, base: int, **units: list[Mapping[str, object]]) -> Release:
    """Two months: August and September 2026."""
    return built(folder, base=base, months=2, units=units)


def units(month: str, count: int, size: int = 5, **values: object) -> list[Mapping[str, object]]:
    return [{"month": day(month), "size": size, **values}] * count


def test_exploitation_is_a_share_of_everybody_and_the_unknown_is_a_part(tmp_path: Path) -> None:
    people = [
        *units("2026-09", 6, exploitation=["forced_labour"]),
        *units("2026-09", 2, exploitation=["forced_labour", "sexual_exploitation"]),
        *units("2026-09", 4, exploitation=["sexual_exploitation"]),
        *units("2026-09", 8, exploitation=[]),
    ]
    release = made_of(tmp_path, 1, people=people)
    found = shown(release, "overview.exploitation")
    assert found.title == "Forced labour is reported for 40 % of people; not recorded: 40 %"
    rows = {row[0]: row[2:] for row in found.table.rows}
    assert rows == {
        "forced_labour": (40, 40), "sexual_exploitation": (30, 30), "unknown": (40, 40),
    }  # fmt: skip
    assert list(rows)[-1] == "unknown"
    bar = drawn(found)["data"][0]
    assert list(bar["x"]) == [40, 30, 40]  # the unknown has a bar of its own
    assert list(bar["marker"]["color"]) == [theme.BLUE, theme.BLUE, theme.NEUTRAL]
    assert any("add up to more than everybody" in note for note in found.notes)
    assert found.description.startswith("100 people in all.")


def test_two_forms_within_protections_error_are_called_close(tmp_path: Path) -> None:
    people = [
        *units("2026-09", 10, exploitation=["forced_labour"]),
        *units("2026-09", 9, exploitation=["sexual_exploitation"]),
    ]
    release = made_of(tmp_path, 5, people=people)
    assert shown(release, "overview.exploitation").title == (
        "Purpose: Forced labour and sexual exploitation are about equal"
    )


def test_a_field_that_was_never_recorded_is_not_called_empty(tmp_path: Path) -> None:
    release = made_of(tmp_path, 5, people=units("2026-09", 10))
    found = shown(release, "overview.exploitation")
    assert found.offer is None
    assert found.title == "Not recorded for any of these people"
    assert [row[0] for row in found.table.rows] == ["unknown"]
    assert found.table.column("people") == (50,)


def test_parts_of_protected_people_have_the_range_in_which_they_lie(tmp_path: Path) -> None:
    people = units("2026-09", 8, exploitation=["forced_labour"])
    release = made_of(tmp_path, 5, people=people)
    found = shown(release, "overview.exploitation")
    codes = [column.code for column in found.table.columns]
    assert codes == ["code", "label", "people", "low", "high", "share", "in_words"]
    assert found.table.rows[0][2:5] == (40, 30, 50)
    assert found.title == "Forced labour is reported for about 40 (30–40) of 40 people"
    assert drawn(found)["data"][0]["error_x"]["array"] == [10]
    assert any("19 times in 20" in note for note in found.notes)


def test_what_is_usual_of_a_form_is_what_the_judge_holds_for_usual(tmp_path: Path) -> None:
    people = steady(4, 12, exploitation=["forced_labour"]) + steady(2, 2, exploitation=[])
    release = built(tmp_path, months=36, units={"people": people})
    filters = Filters(period=Span.parse("2026-07..2026-09"))
    found = shown(release, "overview.exploitation", filters)
    assert found.table.column("usual") == (60, None)
    assert [number and number.value for number in found.plot.usual] == [60, None]
    assert "(ring: usual)" in found.subtitle
    alone = shown(release, "overview.exploitation", replace(filters, compare="none"))
    assert alone.plot is not None and not alone.plot.usual


def test_women_men_girls_and_boys_are_told_with_who_is_none_of_them(tmp_path: Path) -> None:
    people = [
        *units("2026-09", 20, sex="female", is_child="no"),
        *units("2026-09", 14, sex="male", is_child="no"),
        *units("2026-09", 6, sex="male", is_child="yes"),
        *units("2026-09", 5, sex="female", is_child="unknown"),
        *units("2026-09", 5, sex="hijra_or_other", is_child="no"),
    ]
    release = made_of(tmp_path, 5, people=people)
    found = shown(release, "overview.people")
    rows = dict(zip(found.table.column("code"), found.table.column("people"), strict=True))
    assert rows == {"women": 100, "men": 70, "boys": 30, "unknown": 50}
    assert found.table.column("share") == (40, 28, 12, 20)
    # Also those of another sex.
    assert found.title == "78 % of people are adults"
    assert "Women about 100" in found.description
    boys = shown(release, "overview.people", Filters(sex=("male",), child=("yes",)))
    assert boys.title == "Boys: about 30"
    assert boys.figure is None  # who was chosen is everybody: a card of one bar tells nothing
    assert boys.offer is not None
    men = shown(release, "overview.people", Filters(sex=("male",)))
    assert men.table.column("code") == ("men", "boys")


def test_few_people_are_told_by_sex(tmp_path: Path) -> None:
    people = [
        unit
        for sex in ("female", "male")
        for child in ("yes", "no")
        for unit in units("2026-09", 1, sex=sex, is_child=child)
    ]
    release = made_of(tmp_path, 5, people=people)
    found = shown(release, "overview.people")
    assert found.detail is not None and found.detail.rung == "sex"
    assert found.table.column("people")[:2] == (10, 10)
    # Who is left out by a filter is not compared with.
    women = shown(release, "sheet.age-sex", Filters(sex=("female",)))
    assert women.title == "Women and girls: about 10"


def test_the_small_map_says_who_has_most_and_who_has_more_than_usual(tmp_path: Path) -> None:
    incidents = steady(12, 12, place="BD20220094") + steady(3, 9, place="BD20220090")
    release = built(tmp_path, months=36, units={"incidents": incidents})
    quarter = Span.parse("2026-07..2026-09")
    found = shown(release, "overview.map", Filters(period=quarter))
    assert found.title == ("Ukhia comes first; more than usual: Teknaf")
    alone = shown(release, "overview.map", Filters(period=quarter, area=("BD20220090",)))
    assert alone.title == "Teknaf: about 135 incidents, more than usual"
    assert drawn(found)["legend"] == []
    assert [label["text"] for label in drawn(found)["labels"]] == ["Ukhia", "Teknaf"]


def test_of_two_areas_too_close_to_rank_the_small_map_says_which_has_more_than_usual(
    tmp_path: Path,
) -> None:
    """The first two are named without an order, and what is said of one is said by its name."""
    incidents = steady(12, 12, place="BD20220094") + steady(3, 12, place="BD20220090")
    release = built(tmp_path, months=36, units={"incidents": incidents})
    found = shown(release, "overview.map", Filters(period=Span.parse("2026-07..2026-09")))
    assert found.title == "Teknaf and Ukhia come first; more than usual: Teknaf"


def test_age_by_sex_names_the_largest_group(tmp_path: Path) -> None:
    people = [
        *units("2026-09", 20, sex="female", age_band="25_49"),
        *units("2026-09", 10, sex="male", age_band="under_15"),
        *units("2026-09", 2, sex="unknown", age_band="unknown"),
    ]
    release = made_of(tmp_path, 5, people=people)
    found = shown(release, "sheet.age-sex")
    assert found.title == "Largest group: women and girls aged 25–49, 63 % of people"
    assert found.table.column("female") == (0, 0, 0, 100, 0, 0, 0)
    assert found.table.column("male") == (50, 0, 0, 0, 0, 0, 0)
    assert found.table.column("unknown") == (0, 0, 0, 0, 0, 0, 10)
    assert any(note.startswith("About 10 people of other or unknown sex") for note in found.notes)


def test_people_of_other_or_unknown_sex_alone_are_said_and_not_called_none(tmp_path: Path) -> None:
    people = units("2026-09", 20, sex="hijra_or_other", age_band="25_49")
    release = made_of(tmp_path, 5, people=people)
    found = shown(release, "sheet.age-sex")
    assert found.title == "Everyone identified here is of other or unknown sex"
    assert (
        "25–49: women and girls none or very few, men and boys none or very few, other or unk"
        in (found.description)
    )
