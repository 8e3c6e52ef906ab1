"""Areas that are shown, those in what was chosen and those that hold it; their one order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from dashboard.exhibits.counts.area_counts import AreaCount, areas_shown, count_areas
from dashboard.exhibits.hotspots.wording import silent_here
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS
from dashboard.release.open_release import Release
from tests.support.readings import reading


def upazilas(release: Release) -> AreaCount:
    question = Question(release, Filters(), release.span, {"view": "country"})
    return count_areas(question, INCIDENTS, "upazila")


def test_each_choice_shows_what_lies_in_it_or_holds_it(protected: Release) -> None:
    everywhere = areas_shown(protected, "upazila", ())
    districts = sorted({protected.parent(code, "district") for code in everywhere} - {None})
    assert len(districts) > 1
    for chosen in (*([code] for code in districts), districts[:2], districts[1::-1]):
        areas = areas_shown(protected, "upazila", chosen)
        assert areas == tuple(
            code for code in everywhere if protected.parent(code, "district") in chosen
        )
    one = everywhere[0]
    assert areas_shown(protected, "district", [one]) == (protected.parent(one, "district"),)
    assert areas_shown(protected, "upazila", [one]) == (one,)


def test_an_area_of_which_a_camp_is_chosen_has_the_name_of_the_camp(protected: Release) -> None:
    around = protected.parent("CXB-201", "upazila")

    def count(*areas: str) -> AreaCount:
        question = Question(protected, Filters(area=areas), protected.span, {})
        return count_areas(question, INCIDENTS, "upazila")

    def name(*areas: str) -> str:
        return count(*areas).name(around)

    assert name("BD2022") == name(around) == "Ukhia"
    assert name("CXB-201") == "Camp 01E (Ukhia)"
    assert count("CXB-201").name("BD2022") == "Cox's Bazar"  # on the way up to the country
    assert name("CXB-201", around) == name("CXB-201", "BD2022") == "Ukhia"  # and all of it
    camps = [code for code, place in protected.places.items() if place.level == "camp"]
    codes = [code for code in camps if protected.parent(code, "upazila") == around]
    quarters = render("hotspots.quarters", reading(Filters(area=codes)), protected)
    assert [series.name for series in quarters.plot.series] == [name(*codes)]
    assert name("CXB-201", "CXB-202") == "Camp 01E and 1 other (Ukhia)"


def test_areas_with_as_many_come_by_code(protected: Release) -> None:
    count = upazilas(protected)
    codes = sorted(count.sizes)
    tied = replace(count, sizes={code: 7 for code in reversed(codes)})
    assert [code for code, _ in tied.ranked] == codes


def test_silent_areas_of_one_name_come_by_code(protected: Release) -> None:
    count = upazilas(protected)
    by_name: dict[str, list[str]] = defaultdict(list)
    for code in sorted(count.sizes):
        by_name[count.name(code)].append(code)
    alike = {name: codes for name, codes in by_name.items() if codes[1:]}
    assert alike
    silent = frozenset(code for codes in alike.values() for code in codes)
    expected = [code for name in sorted(alike) for code in alike[name]]
    assert silent_here(replace(count, silent=silent)) == expected
