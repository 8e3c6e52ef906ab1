"""The brief: what it tells and in which order, each event once, each sentence with its figure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard import exhibits
from dashboard.exhibits.brief.choice import MOST, Brief, chosen
from dashboard.exhibits.brief.sentences import OPENS
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.overview.changes import GROUPINGS
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters
from dashboard.pages import path_of
from dashboard.release.open_release import Release
from dashboard.words.catalogue import say
from tests.support.readings import reading
from tests.support.releases import build_release
from tests.support.steady import Unit, steady

exhibits.load()
UKHIA, TEKNAF, ANWARA = "BD20220094", "BD20220090", "BD20150004"


@contextmanager
def released(folder: Path, **units: list[Unit]) -> Iterator[Release]:
    """Three years to September 2026."""
    release = Release(build_release(folder / "brief.duckdb", months=36, units=units))
    yield release
    release.close()


def brief_of(release: Release, month: str = "last", **filters: Any) -> Brief:
    question = question_of(Filters(**filters), release)
    return chosen(replace(question, options={"month": month}))


def shown(release: Release, name: str = "brief.sentences", **options: str) -> Exhibit:
    return render(name, reading(**options), release)


def leads(found: Exhibit) -> list[str]:
    return [item["lead"] for item in (found.figure or {})["items"]]


def test_the_country_comes_first_then_what_is_clearest_then_what_waits(tmp_path: Path) -> None:
    incidents = steady(3, 20, place=UKHIA) + steady(3, 12, place=ANWARA)
    units = {"incidents": incidents, "people": incidents, "requests": steady(2, 2)}
    with released(tmp_path, **units) as release:
        found = shown(release)
        assert [lead.partition(":")[0] for lead in leads(found)] == [
            "480 incidents, usual 90", "480 people, usual 90", "Ukhia", "Anwara",
            "About 360 referrals open",
        ]  # fmt: skip
        items = (found.figure or {})["items"]
        assert [item["word"] for item in items] == [*["More than usual"] * 4, ""]
        assert found.title == (
            "More incidents than usual since Jul; more people than usual since Jul; "
            "Ukhia and Anwara stand out"
        )
        assert headline("brief", question_of(Filters(), release)).title == found.title


def test_a_corridor_stands_in_the_title_as_in_a_sentence(tmp_path: Path) -> None:
    people = steady(12, 12) + steady(3, 14, corridor="air_gulf")
    with released(tmp_path, people=people) as release:
        assert shown(release).title.endswith("; by air to the Gulf stands out")


def test_what_shows_in_two_windows_is_told_once_in_the_clearer(tmp_path: Path) -> None:
    # A slow rise is clearer in the area around, which is looked at over half a year.
    for window, now, told in ((3, 12, UKHIA), (6, 6, "BD2022")):
        folder = tmp_path / str(window)
        folder.mkdir()
        units = steady(2, now, window=window, place=UKHIA)
        with released(folder, incidents=units) as release:
            (moved,) = brief_of(release).called
            assert (moved.code, moved.window.months) == (told, window)
            (whole,) = brief_of(release).country
            assert whole.window == moved.window


def test_people_without_a_change_give_way_to_what_is_off_usual(tmp_path: Path) -> None:
    apart = ("BD20150004", "BD30260014", "BD10040009", "BD40410004")
    incidents = [unit for code in apart for unit in steady(3, 14, place=code)]
    units = {"incidents": incidents, "people": steady(9, 9), "requests": steady(2, 2)}
    with released(tmp_path, **units) as release:
        found = brief_of(release)
        assert [whole.fact.id for whole in found.country] == ["incidents"]
        assert len(found.called) == MOST - 2
        scores = [moved.judged.score for moved in found.called]
        assert scores == sorted(scores, reverse=True)
        assert len(leads(shown(release))) == MOST


def test_with_nothing_called_it_says_what_would_have_been_noticed(tmp_path: Path) -> None:
    with released(tmp_path, incidents=steady(6, 6, place=UKHIA)) as release:
        found = shown(release)
        assert found.title == "Nothing changed beyond doubt in Sep 2026"
        assert "Of all incidents: usual 30, noticed from" in (found.figure or {})["said"]
        assert (found.figure or {})["said"] in found.description


def test_the_month_before_is_told_with_its_own_windows(tmp_path: Path) -> None:
    with released(tmp_path, incidents=steady(3, 12, window=1, place=UKHIA)) as release:
        now, before = brief_of(release), brief_of(release, "2026-08")
        assert (str(now.month), str(before.month)) == ("2026-09..2026-09", "2026-08..2026-08")
        assert now.called or now.country[0].judged.direction
        assert before.called == ()
        assert before.country[0].judged.direction == 0
        assert "Aug 2026" in shown(release, month="2026-08").subtitle


def test_a_filter_that_incidents_are_not_kept_by_leaves_people(protected: Release) -> None:
    found = brief_of(protected, sex=["female"])
    assert [whole.fact.id for whole in found.country] == ["people"]
    found = render("brief.sentences", reading(Filters(sex=["female"])), protected)
    assert all("incidents" not in lead for lead in leads(found)[:1])


def test_each_sentence_opens_the_page_on_which_its_figure_stands(protected: Release) -> None:
    assert set(OPENS) == {*GROUPINGS, "country", "open"}
    for page, exhibit_id in OPENS.values():
        assert path_of(exhibit_id) == page
    for item in (shown(protected).figure or {})["items"]:
        assert "period=" in item["query"]


def test_every_number_of_the_table_has_its_range(protected: Release) -> None:
    found = shown(protected)
    columns = ("now", "now_low", "now_high")
    numbers = list(zip(*map(found.table.column, columns), strict=True))
    assert numbers
    assert all(low <= now <= high for now, low, high in numbers)


def test_without_comparison_nothing_is_judged(protected: Release) -> None:
    found = render("brief.sentences", reading(Filters(compare="none")), protected)
    assert found.offer
    assert found.title == say("overview.changes.compare_none", "en")


def test_who_reported_is_told_in_bands_for_twelve_months(protected: Release) -> None:
    found = shown(protected, "brief.reported")
    months = (found.figure or {})["months"]
    assert len(months) == len(found.table.rows) == 12
    assert months[-1]["band"] in found.title
    assert [month["band"] for month in months] == list(found.table.column("band"))
    earlier = shown(protected, "brief.reported", month="2025-10")
    assert (earlier.figure or {})["last"] == "Oct 25"


@pytest.mark.parametrize("name", ["brief.sentences", "brief.reported"])
def test_a_period_outside_the_release_is_an_offer(protected: Release, name: str) -> None:
    outside = question_of(Filters(), protected).period.following()
    found = render(name, reading(Filters(period=outside)), protected)
    assert found.offer
    assert isinstance(question_of(Filters(period=outside), protected), Question)
