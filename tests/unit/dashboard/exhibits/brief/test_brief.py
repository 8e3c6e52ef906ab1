"""The brief: what it tells and in which order, each event once, each sentence with its figure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.exhibits.brief.choice import MOST, Brief, choose
from dashboard.exhibits.brief.sentences import OPENS
from dashboard.exhibits.counts.reporting import silent_areas
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.overview.changes import GROUPINGS
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters
from dashboard.model.periods import Month, Span
from dashboard.pages import path_of
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate
from tests.support.readings import drawn, reading
from tests.support.releases import LAST_MONTH, World, built, in_bands
from tests.support.steady import Unit, steady

UKHIA, TEKNAF, ANWARA = "BD20220094", "BD20220090", "BD20150004"
KUTUBDIA, PEKUA = "BD20220045", "BD20220056"


def released(folder: Path, contents: Mapping[str, Any] = {}, /, **units: list[Unit]) -> Release:
    """Three years to September 2026."""
    return built(folder, **{"months": 36, "units": units, **contents})


def brief_of(release: Release, month: str = "last", **filters: Any) -> Brief:
    question = question_of(Filters(**filters), release)
    return choose(replace(question, options={"month": month}))


def shown(release: Release, name: str = "brief.sentences", **options: str) -> Exhibit:
    return render(name, reading(Filters(), **options), release)


def items(found: Exhibit) -> list[dict[str, Any]]:
    return drawn(found)["items"]


def leads(found: Exhibit) -> list[str]:
    return [item["lead"] for item in items(found)]


def lead(item: Mapping[str, Any]) -> str:
    """What a sentence is about."""
    return item["lead"].partition(":")[0]


def test_the_country_comes_first_then_what_is_clearest_then_what_waits(tmp_path: Path) -> None:
    incidents = steady(3, 20, place=UKHIA) + steady(3, 12, place=ANWARA)
    units = {"incidents": incidents, "people": incidents, "requests": steady(2, 2)}
    release = released(tmp_path, **units)
    found = shown(release)
    assert [lead.partition(":")[0] for lead in leads(found)] == [
        "480 incidents, usual 90", "480 people, usual 90", "Ukhia", "Anwara",
        "About 360 referrals open",
    ]  # fmt: skip
    items = drawn(found)["items"]
    assert [item["word"] for item in items] == [*["More than usual"] * 4, ""]
    assert found.title == ("More incidents and people than usual since Jul; more: Ukhia and Anwara")
    assert headline("brief", question_of(Filters(), release)).title == found.title


def test_a_corridor_stands_in_the_title_as_in_a_sentence(tmp_path: Path) -> None:
    people = steady(12, 12) + steady(3, 14, corridor="air_gulf")
    release = released(tmp_path, people=people)
    assert shown(release).title == ("More people than usual since Jul; more: by air to the Gulf")


def test_a_title_says_what_is_more_and_what_is_fewer(tmp_path: Path) -> None:
    incidents = [
        *steady(3, 14, place=UKHIA), *steady(14, 3, place=ANWARA), *steady(9, 9, place=TEKNAF)
    ]  # fmt: skip
    release = released(tmp_path, {"kind": "published"}, incidents=incidents)
    found = shown(release)
    assert found.title == "Incidents: about as usual; more: Ukhia; fewer: Anwara"
    marks = {lead(item): item["direction"] for item in items(found)}
    assert marks["Ukhia"] == "up"
    assert marks["Anwara"] == "down"
    bangla = render("brief.sentences", reading(Filters(lang="bn")), release)
    assert bangla.title.endswith("; বেশি: উখিয়া; কম: আনোয়ারা")


def test_a_title_that_is_too_long_does_without_names_and_keeps_its_months(tmp_path: Path) -> None:
    people = [*steady(3, 18, corridor="air_gulf"), *steady(3, 16, place=UKHIA)]
    release = released(tmp_path, people=people)
    assert len(brief_of(release).called) > 1
    assert shown(release).title == "More people than usual since Jul; more: by air to the Gulf"


def test_what_has_no_room_is_named_with_what_was_compared(tmp_path: Path) -> None:
    apart = ("BD20150004", "BD30260014", "BD10040009", "BD40410004", "BD20030004", "BD50100006")
    incidents = [unit for code in apart for unit in steady(3, 14, place=code)]
    release = released(tmp_path, incidents=incidents)
    brief, figure = brief_of(release), shown(release).figure or {}
    (left,) = brief.remaining[:1]
    assert len(brief.called) == MOST - 1
    assert {moved.code for moved in (*brief.called, *brief.remaining)} >= set(apart)
    also = figure["compared"].partition(" compared. ")[2]
    assert also.startswith("Also more: ")
    assert release.place_name(left.code) in also


@pytest.mark.parametrize(
    ("month", "name", "year"),
    [("2023-12", "Dec", "2023-10..2023-12"), ("2024-09", "Sep", "2023-10..2024-09")],
)
def test_without_history_numbers_stand_alone_with_what_pages_find(
    tmp_path: Path, month: str, name: str, year: str
) -> None:
    incidents = steady(6, 6, place=UKHIA)
    release = released(
        tmp_path, incidents=incidents, people=steady(4, 4), requests=steady(2, 2, service="cash")
    )
    found = shown(release, month=month)
    assert found.title == f"30 incidents and 20 people in {name}"
    figure = drawn(found)
    view = reading(Filters(period=Span.parse(year)))
    pages = [render(OPENS[kind][1], view, release) for kind in ("area", "corridor", "open")]
    assert pages[0].title.startswith("Ukhia comes first")
    assert [(item["lead"], item["said"]) for item in figure["items"]] == [
        ("30 incidents", f"In {name}."), ("20 people", f"In {name}."),
        *((page.title, page.subtitle) for page in pages),
    ]  # fmt: skip
    assert {item["word"] for item in figure["items"]} == {""}
    assert figure["compared"] == ("Too little data lies before these months to know what is usual.")
    assert not any(note.startswith("0 ") for note in found.notes)
    assert set(found.table.column("usual")) == {None}
    assert [*found.table.column("label")[2:]] == [page.title for page in pages]
    assert found.subtitle.startswith("What was reported")  # what is usual is not known
    filters = Filters(compare="none")
    without = render("brief.sentences", reading(filters, month=month), release)
    assert without.title == found.title
    assert all("compare=none" in item["query"] for item in items(without))  # of pages it leads to


@pytest.mark.parametrize(
    ("month", "when"), [("2026-09", "over a year ago"), ("2026-07", "before Oct 2025")]
)
def test_open_referrals_are_old_since_a_month_where_a_quarter_is_not_over(
    tmp_path: Path, month: str, when: str
) -> None:
    release = released(tmp_path, incidents=steady(6, 6), requests=steady(2, 2))
    found = shown(release, month=month)
    *_, last = items(found)
    assert last["said"].endswith(f") asked for {when}: close or confirm.")
    assert found.table.column("label")[-1] == f"Asked for {when}"


def test_files_name_the_area_that_all_is_counted_in(tmp_path: Path) -> None:
    release = released(tmp_path, incidents=steady(6, 6, place=UKHIA))
    for area, kinds in (
        ((), "Whole country"),
        ((UKHIA,), "Ukhia"),
        ((UKHIA, TEKNAF), "Ukhia, Teknaf"),
    ):
        found = render("brief.sentences", reading(Filters(area=area)), release)
        assert found.table.column("kind")[0] == kinds


def test_what_shows_in_two_windows_is_told_once_in_the_clearer(tmp_path: Path) -> None:
    # A slow rise is clearer in the area around, which is looked at over half a year.
    for window, now, area in ((3, 12, UKHIA), (6, 6, "BD2022")):
        units = steady(2, now, window=window, place=UKHIA)
        release = released(tmp_path, incidents=units)
        (moved,) = brief_of(release).called
        assert (moved.code, moved.window.months) == (area, window)
        (whole,) = brief_of(release).country
        assert whole.window == moved.window


def test_people_without_a_change_give_way_to_what_is_off_usual(tmp_path: Path) -> None:
    apart = ("BD20150004", "BD30260014", "BD10040009", "BD40410004")
    incidents = [unit for code in apart for unit in steady(3, 14, place=code)]
    units = {"incidents": incidents, "people": steady(9, 9), "requests": steady(2, 2)}
    release = released(tmp_path, **units)
    found = brief_of(release)
    assert [whole.fact.id for whole in found.country] == ["incidents"]
    assert len(found.called) == MOST - 2
    scores = [moved.comparison.score for moved in found.called]
    assert scores == sorted(scores, reverse=True)
    assert len(leads(shown(release))) == MOST


def test_with_nothing_called_it_says_what_would_have_been_noticed(tmp_path: Path) -> None:
    release = released(tmp_path, incidents=steady(6, 6, place=UKHIA))
    found = shown(release)
    assert found.title == "Nothing changed beyond doubt in Sep 2026"
    assert "Of all incidents: usual 30, noticed from" in drawn(found)["said"]
    assert drawn(found)["said"] in found.description


def test_the_month_before_is_told_with_its_own_windows(tmp_path: Path) -> None:
    release = released(tmp_path, incidents=steady(3, 12, window=1, place=UKHIA))
    now, before = brief_of(release), brief_of(release, "2026-08")
    assert (str(now.month), str(before.month)) == ("2026-09..2026-09", "2026-08..2026-08")
    assert now.called or now.country[0].comparison.direction
    assert before.called == ()
    assert before.country[0].comparison.direction == 0
    assert "Aug 2026" in shown(release, month="2026-08").subtitle


def test_a_filter_that_incidents_are_not_kept_by_leaves_people(protected: Release) -> None:
    found = brief_of(protected, sex=["female"])
    assert [whole.fact.id for whole in found.country] == ["people"]
    found = render("brief.sentences", reading(Filters(sex=["female"])), protected)
    first, *rest = leads(found)
    assert " people" in first
    assert not any("incidents" in text for text in (first, *rest))


def test_each_sentence_opens_the_page_on_which_its_figure_stands(protected: Release) -> None:
    assert set(OPENS) == {*GROUPINGS, "country", "open"}
    for page, exhibit_id in OPENS.values():
        assert path_of(exhibit_id) == page
    sentences = items(shown(protected))
    assert sentences
    for item in sentences:
        assert (item["page"], item["exhibit"]) in OPENS.values()
        assert re.search(r"(^|&)period=\d{4}-\d\d\.\.\d{4}-\d\d(&|$)", item["query"])


def test_every_number_of_the_table_has_its_range(protected: Release) -> None:
    found = shown(protected)
    columns = ("now", "now_low", "now_high")
    numbers = list(zip(*map(found.table.column, columns), strict=True))
    assert numbers
    assert all(low <= now <= high for now, low, high in numbers)


def test_without_comparison_nothing_is_judged(protected: Release) -> None:
    found = render("brief.sentences", reading(Filters(compare="none")), protected)
    assert found.offer
    assert found.title == translate("overview.changes.compare_none", "en")


def test_who_reported_is_told_in_bands_for_twelve_months(protected: Release) -> None:
    found = shown(protected, "brief.reported")
    months, first, last = (drawn(found)[part] for part in ("months", "first", "last"))
    assert (first, last) == ("Oct 25", "Sep 26")
    assert len(months) == len(found.table.rows) == 12
    assert months[-1]["band"] in found.title
    assert [month["band"] for month in months] == list(found.table.column("band"))
    earlier = shown(protected, "brief.reported", month="2025-10")
    assert drawn(earlier)["last"] == "Oct 25"


@pytest.mark.parametrize(
    ("bands", "title"),
    [
        (["6_plus"] * 3 + ["3_5"] * 9, "3–5 partners reported since Jan 2026, 6 or more before"),
        (["3_5"] * 2 + ["6_plus"] + ["3_5"] * 9,
         "3–5 partners reported since Jan 2026; before, it varied"),
    ],
)  # fmt: skip
def test_how_many_reported_before_is_said_where_it_was_always_so(
    tmp_path: Path, bands: list[str], title: str
) -> None:
    release = in_bands(tmp_path, bands, units={"incidents": steady(6, 6)[-12:]})
    assert shown(release, "brief.reported").title == title


@pytest.mark.parametrize(
    ("silent", "care"),
    [
        ("none", "Partners who stopped (under 5 % of incidents) hardly explain a fall."),
        ("under_third", "Read a fall since then with care: "
         "who stopped had reported up to a third of incidents."),
    ],
)  # fmt: skip
def test_care_says_of_partners_what_the_page_on_quality_says(
    tmp_path: Path, silent: str, care: str
) -> None:
    bands = ["6_plus"] * 30 + ["3_5"] * 6
    shares = [("incidents", str(at), silent, "none") for at in Span.last(36, until=LAST_MONTH)]
    release = in_bands(tmp_path, bands, shares=shares, units={"incidents": steady(6, 6)})
    found = shown(release, "brief.reported")
    first, *_ = drawn(found)["care"]
    assert first == care == headline("quality", question_of(Filters(), release)).lead[0]
    assert care in found.description
    # Before they stopped nothing is to be said.
    assert care not in drawn(shown(release, "brief.reported", month="2026-03"))["care"]


@pytest.mark.parametrize(
    ("home", "elsewhere", "places"),
    [
        ((), 0, ""),
        ((KUTUBDIA, PEKUA), 0, "in Cox's Bazar Kutubdia, Pekua"),
        ((KUTUBDIA, PEKUA), 2, "in Cox's Bazar Kutubdia, Pekua; elsewhere 2 districts"),
        ((), 1, "one district"),
        ((KUTUBDIA, PEKUA, TEKNAF, UKHIA), 1,
         "in Cox's Bazar Kutubdia, Pekua, Teknaf and 1 more; elsewhere one district"),
    ],
)  # fmt: skip
def test_who_was_not_heard_from_is_said_with_where(
    tmp_path: Path, home: tuple[str, ...], elsewhere: int, places: str
) -> None:
    around = "BD2022"
    upazilas = [(row[0], row[4]) for row in World.read().rows if row[1] == "upazila"]
    districts = sorted({district for _, district in upazilas} - {around})
    gone = {*home, *(code for code, of in upazilas if of in districts[:elsewhere])}
    # Who is gone was heard from until the quarter of the brief.
    heard = [(code, "2023-10", "2026-07" if code in gone else None) for code, _ in upazilas]
    contents = {"home": around, "reporting": heard}
    release = released(tmp_path, contents, incidents=steady(6, 6))
    found = shown(release, "brief.reported")
    whole = f"No agency reporting, Jul – Sep 2026: {places}." if places else ""
    assert drawn(found)["silent"] == whole
    assert whole in found.description
    quarter = Span(Month(2026, 7), Month(2026, 9))
    assert len(silent_areas(release, districts, quarter)) == elsewhere  # as maps dot them
    before = drawn(shown(release, "brief.reported", month="2026-06"))
    assert before["silent"] == ""


def test_an_area_with_incidents_is_not_named_and_months_before_the_data_are_not(
    tmp_path: Path,
) -> None:
    contents = {"home": "BD2022", "reporting": [(UKHIA, "2024-01", None)]}
    release = released(tmp_path, contents, incidents=steady(6, 6, place=PEKUA))
    named = {
        month: drawn(shown(release, "brief.reported", month=month))["silent"]
        for month in ("2023-11", "2026-09")
    }
    assert all(": in Cox's Bazar " in silent for silent in named.values())
    assert not any("Pekua" in silent for silent in named.values())
    assert named["2023-11"].startswith("No agency reporting, Oct \N{EN DASH} Nov 2023: ")


def test_a_release_that_does_not_say_who_reports_names_no_area(tmp_path: Path) -> None:
    release = released(tmp_path, {"home": "BD2022"}, incidents=steady(6, 6))
    assert drawn(shown(release, "brief.reported"))["silent"] == ""


def test_a_period_outside_the_release_leads_to_one_inside(protected: Release) -> None:
    outside = question_of(Filters(), protected).period.following()
    found = render("brief.sentences", reading(Filters(period=outside)), protected)
    assert found.title == "There are no data for Sep 2027."
    assert found.offer
    assert "period=2026-07..2026-09" in found.offer.query
    found = render("brief.reported", reading(Filters(period=outside)), protected)
    assert found.title == "There is no reporting record for Sep 2027."
    assert not found.table.rows
    assert found.figure is None
