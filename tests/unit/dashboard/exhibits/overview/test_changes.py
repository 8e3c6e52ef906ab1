"""What changed: what the judge calls, the clearest first, each told once and with its link."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dashboard.analysis.expected_error import assumed
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.overview.changes import GROUPINGS, TOP, leader, look_through
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters, read_query
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate
from tests.support.readings import drawn, reading
from tests.support.releases import built
from tests.support.steady import Unit, steady

QUARTER = Filters(period=Span(Month(2026, 7), Month(2026, 9)))
UKHIA, TEKNAF = "BD20220094", "BD20220090"
#: Upazilas of as many districts.
APART = ("BD20150004", "BD30260014", "BD10040009", "BD40410004", "BD50810010", "BD60910008")


def released(folder: Path, *, months: int = 36, **rest: Any) -> Release:
    """Three years to September 2026."""
    return built(folder, months=months, **rest)


def shown(release: Release, filters: Filters = QUARTER) -> Exhibit:
    return render("overview.changes", reading(filters), release)


def items(found: Exhibit) -> list[dict[str, Any]]:
    return drawn(found)["items"]


def rose(**values: object) -> list[Unit]:
    return steady(3, 12, **values)


def test_a_place_that_is_more_is_said_with_what_is_usual_and_links_to_itself(
    tmp_path: Path,
) -> None:
    release = released(tmp_path, units={"incidents": rose(place=UKHIA)})
    found = shown(release)
    (item,) = items(found)
    assert found.title == "Of 3 places, corridors and classes, 1 rose"
    text = "Ukhia: about 180 incidents in Jul – Sep 2026, more than usual"
    assert item["sentence"].startswith(f"{text}; usual 45, noticed from ")
    assert item["under"] == "Incidents, Jul – Sep 2026"
    assert (item["now_text"], item["usual_text"]) == ("180", "45")
    assert item["word"] == {"id": "more", "text": "more"}
    assert (item["direction"], item["now"], item["usual"]) == ("up", 180, 45.0)
    assert (item["doubts"], item["sure"]) == ([], "More than chance")
    assert (item["filter"], item["code"]) == ("area", UKHIA)
    row = dict(zip((c.code for c in found.table.columns), found.table.rows[0], strict=True))
    assert (row["verdict"], row["now"], row["usual"]) == ("more than usual", 180, 45.0)
    assert row["now_judged"] == 180
    assert 45 < row["noticed_from"] == item["noticed"] < 180
    assert found.description == f"{item['sentence']} (More than chance)"


def test_of_areas_around_each_other_the_smallest_that_holds_it_is_told(tmp_path: Path) -> None:
    release = released(tmp_path, units={"incidents": rose(place=UKHIA)})
    assert shown(release).table.column("code") == (UKHIA,)
    few = ("BD60910008", "BD60910017", "BD60910020", "BD60910027", "BD60910031")
    spread = [unit for code in few for unit in steady(1, 2, window=6, place=code)]
    release = released(tmp_path, units={"incidents": [*spread, *rose(place=UKHIA)]})
    assert set(shown(release).table.column("code")) == {"BD6091", UKHIA}


def test_what_lies_in_an_area_that_is_told_is_not_listed_beside_it(tmp_path: Path) -> None:
    few = ("BD60910008", "BD60910017", "BD60910020", "BD60910027", "BD60910031")
    rising = [unit for code in few for unit in steady(1, 3, window=6, place=code)]
    falling = steady(2, 1, place="BD60910035")
    quiet = [unit for code in APART[:5] for unit in steady(3, 3, place=code)]
    release = released(tmp_path, units={"incidents": [*rising, *falling, *quiet]})
    changes = look_through(question_of(QUARTER, release))
    assert [moved.code for moved in changes.called if moved.group == "area"] == ["BD6091"]
    assert [moved.code for moved in (*changes.watched, *changes.unsaid)] == []


def test_rows_that_share_most_of_their_events_are_told_as_one(tmp_path: Path) -> None:
    same = rose(place=TEKNAF, corridor="naf_river", mode="river", class_group="smuggling")
    other = steady(6, 6, place=UKHIA, corridor="bd_internal", mode="land")
    units = {"incidents": [*same, *other], "people": [*same, *other]}
    release = released(tmp_path, units=units)
    (item,) = items(shown(release))
    assert item["label"] == "Teknaf"
    names = item["sentence"].partition("Mostly the same: ")[2]
    assert {"River", "Naf River", "Smuggling of migrants"} == set(names[:-1].split(", "))
    assert item["under"].endswith(f"Mostly the same: {names}")


def test_rows_that_share_events_only_as_far_as_protection_tells_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = rose(place=TEKNAF, mode="river")
    other = steady(6, 6, place=UKHIA, mode="land")
    release = released(tmp_path, units={"incidents": [*same, *other]})
    monkeypatch.setattr(breakdowns, "error_of", lambda *_: assumed(len(same)))
    assert {item["label"] for item in items(shown(release))} == {"Teknaf", "River"}


def test_what_happens_in_different_places_is_told_by_itself(tmp_path: Path) -> None:
    apart = rose(place=UKHIA, mode="land") + rose(place=APART[0], mode="sea")
    release = released(tmp_path, units={"incidents": apart})
    assert {item["label"] for item in items(shown(release))} == {"Ukhia", "Anwara"}


@pytest.mark.parametrize(
    ("fact", "values", "sentence", "leads"),
    [
        ("people", {"corridor": "naf_river"},
         "The corridor Naf River: about 180 people in ", ("corridor", "", "")),
        ("incidents", {"class_group": "smuggling"},
         "Smuggling of migrants: about 180 incidents in ", ("class", "", "")),
        ("people", {"mode": "sea"}, "Transport: Sea: about 180 people in ", ("mode", "", "")),
        ("people", {"exploitation": ["forced_labour"]},
         "Forced labour: about 180 people in ", ("", "overview.exploitation", "")),
        ("people", {"promise": ["job"]},
         "Job as a promise: about 180 people in ", ("", "sheet.promises", "/sheet")),
        ("requests", {"service": "health"},
         "Requests for Health care: about 180 referrals in ",
         ("", "referrals.matrix", "/referrals")),
    ],
)  # fmt: skip
def test_a_change_names_its_kind_and_leads_to_a_filter_or_a_panel(
    tmp_path: Path, fact: str, values: Any, sentence: str, leads: tuple[str, str, str]
) -> None:
    release = released(tmp_path, units={fact: rose(**values)})
    (item,) = items(shown(release))
    assert item["sentence"].startswith(sentence)
    assert item["label"] in item["sentence"]
    assert (item["filter"], item["panel"], item["page"]) == leads


def test_every_grouping_is_looked_through(tmp_path: Path) -> None:
    people = rose(corridor="naf_river") + rose(exploitation=["forced_labour"])
    people += rose(promise=["job"])
    incidents = rose(place=UKHIA) + rose(mode="sea") + rose(class_group="smuggling")
    incidents += rose(corridor="naf_river")
    units = {"people": people, "incidents": incidents, "requests": rose(service="health")}
    release = released(tmp_path, units=units)
    changes = look_through(question_of(QUARTER, release))
    called = [each for moved in changes.called for each in (moved, *moved.others)]
    assert {moved.group for moved in called} == set(GROUPINGS)


def test_what_was_never_there_is_new(tmp_path: Path) -> None:
    units = [*steady(3, 3, place=UKHIA), *steady(0, 4, place=APART[0])]
    release = released(tmp_path, units={"incidents": units})
    item = next(item for item in items(shown(release)) if item["label"] == "Anwara")
    assert ", new; usual under 1, noticed from 10" in item["sentence"]


def test_a_fall_of_months_that_still_fill_up_is_not_called(tmp_path: Path) -> None:
    fell = steady(20, 2, place=UKHIA)
    release = released(tmp_path, units={"incidents": fell})
    found = shown(release)
    (item,) = items(found)
    assert found.title == "1 cannot be said"
    assert (item["word"]["id"], item["direction"], item["sure"]) == ("unsaid", "down", "")
    late = translate("judge.why_late", "en")
    assert item["under"] == f"Incidents, Jul – Sep 2026. {late}"
    assert item["doubts"] == [{"id": "late", "text": late}]
    assert f"noticed at {item['noticed']} and fewer" in item["sentence"]
    settled = steady(20, 2, window=12, place=UKHIA)
    then = Filters(period=Span(Month(2025, 10), Month(2025, 12)))
    release = released(tmp_path, units={"incidents": settled})
    (item,) = items(shown(release, then))
    assert (item["label"], item["direction"]) == ("Ukhia", "down")


@pytest.mark.parametrize(("band", "word"), [("none", "more"), ("under_third", "unsaid")])
def test_what_new_partners_could_explain_is_not_called(
    tmp_path: Path, band: str, word: str
) -> None:
    shares = [("incidents", "2026-08", "none", band)]
    release = released(tmp_path, units={"incidents": rose(place=UKHIA)}, shares=shares)
    (item,) = items(shown(release))
    assert (item["label"], item["word"]["id"]) == ("Ukhia", word)


def test_what_may_be_more_is_listed_where_nothing_is_called(tmp_path: Path) -> None:
    # Twice as many of few are more for one row alone, and not for one of many.
    quiet = [unit for code in APART for unit in steady(3, 3, place=code)]
    release = released(
        tmp_path, units={"incidents": [*steady(1, 2, window=2, place=UKHIA), *quiet]}
    )
    found = shown(release)
    (item,) = items(found)
    assert found.title == "Nothing is clearly off usual; one may be"
    assert (item["label"], [doubt["id"] for doubt in item["doubts"]]) == ("Ukhia", ["chance"])
    assert "maybe more" in item["sentence"]
    assert any(note.startswith("Maybe more: Ukhia. Chance alone would") for note in found.notes)


def test_where_nothing_is_off_usual_it_says_what_would_have_been_noticed(tmp_path: Path) -> None:
    release = released(tmp_path, units={"incidents": steady(10, 11, place=UKHIA)})
    found = shown(release)
    assert found.offer is None
    assert (items(found), found.table.rows) == ([], ())
    # The upazila, its district and its division.
    assert found.title == "Nothing is off usual, in 3 values looked at"
    assert drawn(found)["said"].startswith("Of all incidents: usual 150, noticed from ")
    assert drawn(found)["said"] in found.description


def test_at_most_five_are_drawn_and_the_table_has_all(tmp_path: Path) -> None:
    units = [unit for code in (UKHIA, *APART) for unit in rose(place=code)]
    release = released(tmp_path, units={"incidents": units})
    found = shown(release)
    assert len(items(found)) == TOP
    assert drawn(found)["left_out"] == len(found.table.rows) - TOP > 0
    assert found.title.endswith(f"classes, {len(found.table.rows)} rose")
    n = look_through(question_of(QUARTER, release)).value_count
    compared, _, chance = drawn(found)["compared"].partition(" compared. ")
    assert compared == f"{n} places, corridors and classes"
    assert chance in found.notes


def test_the_one_that_leads_moved_as_all_did(tmp_path: Path) -> None:
    units = [*rose(place=UKHIA), *steady(3, 3, place=TEKNAF)]
    release = released(tmp_path, units={"incidents": units})
    question = question_of(QUARTER, release)
    led = leader(question, 1)
    assert led
    assert led.code == UKHIA
    assert leader(question, -1) is None


@pytest.mark.parametrize(
    ("values", "area"),
    [({"class_group": "other"}, ""), ({"place": "BD6091"}, "BD60")],
    ids=["a class without a name", "an area by the name of the chosen one"],
)
def test_a_headline_names_nobody_whose_name_says_nothing(
    tmp_path: Path, values: Any, area: str
) -> None:
    release = released(tmp_path, units={"incidents": rose(**values)})
    filters = QUARTER.with_codes("area", (area,) if area else ())
    assert shown(release, filters).table.column("code") == tuple(values.values())
    assert leader(question_of(filters, release), 1) is None


def test_what_the_reader_has_chosen_is_not_told_of_itself(tmp_path: Path) -> None:
    units = rose(place=UKHIA, class_group="smuggling", mode="sea")
    release = released(tmp_path, units={"incidents": units})
    for name, code in (("class", "smuggling"), ("mode", "sea"), ("area", UKHIA)):
        chosen = shown(release, QUARTER.with_codes(name, (code,)))
        assert name not in {row[0].lower() for row in chosen.table.rows}, name


def test_areas_are_those_inside_what_is_chosen(tmp_path: Path) -> None:
    units = rose(place=UKHIA) + rose(place=APART[0])
    release = released(tmp_path, units={"incidents": units})
    chosen = shown(release, QUARTER.with_codes("area", ("BD2022",)))
    assert chosen.table.column("code") == (UKHIA,)


def test_people_are_looked_through_where_incidents_are_not_kept(tmp_path: Path) -> None:
    units = {"people": rose(place=UKHIA, sex="female"), "incidents": rose(place=TEKNAF)}
    release = released(tmp_path, units=units)
    found = shown(release, QUARTER.with_codes("sex", ("female",)))
    assert found.table.column("unit") == ("people",)
    assert [item["label"] for item in items(found)] == ["Ukhia"]


def test_before_a_year_of_data_a_later_view_is_offered(tmp_path: Path) -> None:
    units: Sequence[Unit] = steady(3, 3, months=14, place=UKHIA)
    release = released(tmp_path, units={"incidents": units}, months=14)
    found = shown(release, Filters(period=release.span))
    assert found.title.startswith("Too little data lies before these months")
    read = read_query(drawn(found)["query"], is_place=release.is_place)
    assert str(read.filters.period) == "2026-09..2026-09"


def test_who_wants_no_comparison_gets_none_and_a_way_back(protected: Release) -> None:
    found = shown(protected, Filters(compare="none"))
    assert found.title == "Nothing is held against what is usual."
    assert (items(found), drawn(found)["left_out"]) == ([], 0)
    assert (drawn(found)["action"], drawn(found)["query"]) == ("Compare with what is usual", "")


def test_the_description_is_true_to_the_table(protected: Release) -> None:
    found = shown(protected, Filters())
    columns = [column.code for column in found.table.columns]
    for item, row in zip(items(found), found.table.rows, strict=False):
        cells = dict(zip(columns, row, strict=True))
        assert (item["now"], item["usual"]) == (cells["now"], cells["usual"])
        assert item["sentence"] in found.description
