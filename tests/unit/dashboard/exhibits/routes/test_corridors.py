"""Routes: corridors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard import queries
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters, read_query
from dashboard.model.facts import LEGS, PEOPLE
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from tests.support.legs import leg, release_of, whole
from tests.support.readings import drawn, reading
from tests.support.releases import build_release, built, day
from tests.support.sources import source
from tests.support.steady import Unit, steady


def test_legs_that_are_not_kept_by_a_filter_say_so_and_corridors_go_to_people(
    protected: Release,
) -> None:
    known = whole(protected, identified_by=("police",))
    found = render("routes.map", reading(known), protected)
    assert found.offer is not None
    assert found.title.endswith(": not kept by identifying agency")
    corridors = render("routes.corridors", reading(known), protected)
    assert corridors.offer is None
    assert sum(corridors.table.column("people")) == queries.total(
        protected, PEOPLE, known, protected.span
    )
    assert "once" not in corridors.note
    assert render("routes.corridors", reading(whole(protected)), protected).note


def test_a_corridor_says_its_transport_its_classes_and_links_to_itself(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 6, *[leg("BD2022", "MY", class_group="trafficking_sexual")] * 3,
        leg("BD2022", "MY", mode="land"), leg("BD3026", "IN", corridor=None),
    ])  # fmt: skip
    found = render("routes.corridors", reading(whole(made)), made)
    naf, missing = drawn(found)["rows"]
    assert (naf["label"], naf["note"], naf["value"]) == ("Naf River", "Sea", 100)
    assert naf["parts"] == [30, 70, 0]
    linked = read_query(naf["query"], is_place=made.is_place)
    assert linked.filters == whole(made, corridor=("naf_river",))
    assert (missing["label"], missing["query"], missing["rank"]) == ("Unknown", "", None)
    assert found.title.startswith("Most used corridor: Naf River, 91 %")


@pytest.mark.parametrize(
    ("legs", "title"),
    [
        (1, f"Only a few {LEGS.unit} on each corridor"),
        (2, f"Too few {LEGS.unit} to say which corridor is most used"),  # a few are no second
        (9, "Most used corridor: Naf River"),
    ],
)
def test_corridors_of_a_few_people_each_are_not_ranked_in_the_title(
    tmp_path: Path, legs: int, title: str
) -> None:
    other = leg("BD3026", "IN", corridor="air_gulf")
    made = release_of(tmp_path, [*[leg("BD2022", "MY")] * legs, other])
    assert render("routes.corridors", reading(whole(made)), made).title.startswith(title)
    close = release_of(tmp_path / "close", [*[leg("BD2022", "MY")] * 9, *[other] * 8])
    said = render("routes.corridors", reading(whole(close)), close).title
    assert said == "Naf River and by air to the Gulf are the most used corridors"


def test_what_is_not_known_comes_last_however_large(tmp_path: Path) -> None:
    made = release_of(
        tmp_path,
        [*[leg("BD2022", "MY", corridor="unknown")] * 5, *[leg("BD2022", "MY")] * 2],
    )
    found = render("routes.corridors", reading(whole(made)), made)
    assert found.table.column("code") == ("naf_river", "unknown")
    assert "Naf River" in found.title


def test_compared_quarters_never_overlap_with_those_shown(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 12, *[leg("BD2022", "MY", quarter=day("2026-04"))] * 2,
    ])  # fmt: skip
    august = Filters(period=Span.parse("2026-08"), compare="previous")
    found = render("routes.corridors", reading(august), made)
    assert found.table.column(LEGS.unit) == (120,)
    assert found.table.column("before") == (20,)
    assert (drawn(found)["before_label"], by_code(found)["naf_river"]["before"]) == (
        "Apr – Jun 2026", "20",
    )  # fmt: skip


def test_a_chosen_corridor_stands_among_all_others_that_can_be_opened(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 6, *[leg("BD3026", "IN", corridor="bd_nepal")] * 3,
    ])  # fmt: skip
    second = whole(made, corridor=("bd_nepal",))
    found = render("routes.corridors", reading(second), made)
    assert found.table == render("routes.corridors", reading(whole(made)), made).table
    assert [read_query(row["query"], is_place=made.is_place).filters
            for row in drawn(found)["rows"]] == [
        whole(made, corridor=("naf_river",)), second,
    ]  # fmt: skip


QUARTER = Filters(period=Span.parse("2026-07..2026-09"))


def judged(folder: Path, people: Sequence[Unit], **filters: Any) -> Exhibit:
    path = folder / f"judged{len(list(folder.iterdir()))}.duckdb"
    made = Release(build_release(path, months=36, units={"people": people}))
    return render("routes.corridors", reading(replace(QUARTER, **filters)), made)


def by_code(found: Exhibit) -> dict[str, Any]:
    return {row["code"]: row for row in drawn(found)["rows"]}


def test_the_list_says_which_corridor_is_more_and_by_which_transport(tmp_path: Path) -> None:
    found = judged(tmp_path, [
        *steady(4, 4, corridor="naf_river", mode="sea"),
        *steady(3, 12, corridor="air_gulf", mode="air"),
        *steady(2, 2, corridor="air_gulf", mode="land"),
    ])  # fmt: skip
    assert (
        "By air to the Gulf: about 210 people in Jul – Sep 2026, more than usual, "
        "above all by air; usual 75, noticed from "
    ) in found.description
    rows = by_code(found)
    assert {code: (row["change"], row["change_note"]) for code, row in rows.items()} == {
        "air_gulf": ("more than usual", "Air"), "naf_river": ("no clear change", ""),
    }  # fmt: skip
    assert rows["air_gulf"]["usual"].startswith("usual 75, noticed from ")
    assert rows["air_gulf"]["usual_number"] == "75"
    assert rows["air_gulf"]["usual"].endswith(f" {rows['air_gulf']['noticed']}")
    assert float(rows["air_gulf"]["score"]) > float(rows["naf_river"]["score"])


@pytest.mark.parametrize(
    ("naf_river", "nepal", "said"),
    [
        ((3, 13), (3, 12), "More than usual in Jul – Sep 2026: Naf River, Overland to Nepal."),
        ((3, 12), (3, 3), "Naf River: about 180 people in Jul – Sep 2026, more than usual; usual"),
        ((0, 12), (3, 3), "Naf River: about 180 people in Jul – Sep 2026, new; usual under 1"),
        ((4, 4), (3, 3), "No corridor is clearly more than usual in Jul – Sep 2026. Naf River: "),
    ],
)
def test_only_what_is_off_usual_is_said_to_be_more(
    tmp_path: Path, naf_river: tuple[int, int], nepal: tuple[int, int], said: str
) -> None:
    people = [*steady(*naf_river, corridor="naf_river"), *steady(*nepal, corridor="bd_nepal")]
    found = judged(tmp_path, people)
    assert said in found.description


@pytest.mark.parametrize(
    ("naf_river", "nepal", "title", "under"),
    [
        ((3, 13), (3, 12), "More people than usual: Naf River, overland to Nepal",
         ["Naf River is the largest: about 195 of 375 people."]),
        ((3, 12), (4, 4), "More people than usual: Naf River",
         ["Naf River is the largest: about 180 of 240 people."]),
        ((12, 2), (4, 4), "Most used corridor: Overland to Nepal, 65 % of people identified",
         ["No corridor is clearly more than usual in Jul – Sep 2026. "
          "Overland to Nepal: usual 60, noticed from 77.",
          "Naf River looks lower; a fall cannot be said while reports come in."]),
    ],
)  # fmt: skip
def test_the_page_opens_with_what_is_off_usual_else_with_what_is_used_most(
    tmp_path: Path,
    naf_river: tuple[int, int],
    nepal: tuple[int, int],
    title: str,
    under: list[str],
) -> None:
    people = [*steady(*naf_river, corridor="naf_river"), *steady(*nepal, corridor="bd_nepal")]
    made = built(tmp_path, months=36, units={"people": people})
    found = headline("routes", question_of(QUARTER, made))
    assert found.title == title
    assert [*found.lead[:-1]] == under


def test_words_of_corridors_are_the_same_whatever_a_list_shows(tmp_path: Path) -> None:
    """A shown period, another period beside and a chosen corridor change no word."""
    people = [*steady(3, 12, corridor="naf_river"), *steady(3, 3, corridor="bd_nepal")]
    alone = by_code(judged(tmp_path, people))
    for more in ({"compare": "last-year"}, {"chosen": (("corridor", ("bd_nepal",)),)}):
        rows = by_code(judged(tmp_path, people, **more))
        assert {c: r["change"] for c, r in rows.items()} == {
            c: r["change"] for c, r in alone.items()
        }
    none = by_code(judged(tmp_path, people, compare="none"))
    assert {row["change"] for row in none.values()} == {""}


def test_people_who_came_in_groups_do_not_make_a_corridor_more(tmp_path: Path) -> None:
    people = [*steady(3, 12, corridor="naf_river"), *steady(9, 9, corridor="bd_nepal")]
    incidents = [*steady(2, 2, corridor="naf_river"), *steady(5, 5, corridor="bd_nepal")]
    units = {"people": people, "incidents": incidents}
    made = built(tmp_path, months=36, units=units)
    rows = by_code(render("routes.corridors", reading(QUARTER), made))
    assert (rows["naf_river"]["change"], rows["naf_river"]["direction"]) == ("maybe more", "none")


def test_beside_legs_a_corridor_has_its_word_and_no_number_of_people(tmp_path: Path) -> None:
    people = [*steady(3, 12, corridor="naf_river"), *steady(3, 3, corridor="bd_nepal")]
    units = {"people": people, "legs": [leg("BD2022", "MY")] * 12}
    made = built(tmp_path, months=36, units=units)
    found = render("routes.corridors", reading(QUARTER, measure=LEGS.id), made)
    (row,) = drawn(found)["rows"]
    assert (row["change"], row["usual"], drawn(found)["usual_label"]) == ("more than usual", "", "")
    assert "usual" not in found.description
    assert "expected" not in {column.code for column in found.table.columns}


def test_rows_have_the_quarters_up_to_the_period_and_say_how_legs_ended(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY", completed="intercepted")] * 30,
        *[leg("BD2022", "MY", completed="completed")] * 10,
        *[leg("BD2022", "MY", quarter=day("2026-04"))] * 20,
    ], base=1)  # fmt: skip
    found = render("routes.corridors", reading(replace(QUARTER, compare="last-year")), made)
    (row,) = drawn(found)["rows"]
    assert (row["aside"], row["aside_said"]) == ("75 %", "Completed (100); Intercepted (300)")
    assert row["bars"] == [0, 0, 0, 0, 0, 0, 0.5, 1]
    assert found.table.column("2026-Q2") == (200,)
    earlier = Filters(period=Span.parse("2026-04..2026-06"))
    past = render("routes.corridors", reading(earlier), made)
    assert drawn(past)["rows"][0]["bars"][-2:] == [0, 1]


def test_the_description_leaves_out_what_is_not_known_and_what_is_only_a_few(
    tmp_path: Path,
) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 3, leg("BD2022", "IN", corridor="bd_nepal"),
        *[leg("BD2022", "MY", corridor="unknown")] * 6,
    ])  # fmt: skip
    found = render("routes.corridors", reading(whole(made)), made)
    assert found.description.endswith("Largest: Naf River (about 30).")


def test_with_one_corridor_chosen_the_page_opens_with_it_with_several_with_all(
    tmp_path: Path,
) -> None:
    people = [
        *steady(3, 12, corridor="air_gulf", mode="air"), *steady(4, 4, corridor="naf_river"),
        *steady(4, 4, corridor="bd_india_northeast"),
        *steady(9, 9, corridor="bd_internal"), *steady(1, 0, window=12, corridor="bd_nepal"),
    ]  # fmt: skip
    made = built(tmp_path, months=36, units={"people": people})

    def said(*codes: str, **more: Any) -> tuple[str, tuple[str, ...]]:
        filters = replace(QUARTER, **more).with_codes("corridor", codes)
        found = headline("routes", question_of(filters, made))
        return found.title, found.lead

    title, (first, view) = said("air_gulf")
    assert title == "By air to the Gulf: about 180 people, more than usual"
    assert first.startswith("Above all by air; usual 45, noticed from ")
    assert view == "Jul – Sep 2026, all areas, corridor: By air to the Gulf."
    assert said("naf_river")[0] == "Naf River: about 60 people, no clear change"
    assert said("bd_india_northeast")[0] == "North-east border: about 60 people, no clear change"
    assert said("naf_river", compare="none")[0] == "Naf River: about 60 people, 14 % of all"
    everything = said()
    assert everything[1][-1] == "Jul – Sep 2026, all areas."
    assert said("air_gulf", "naf_river") == everything
    assert said("bd_nepal")[0].startswith("None or very few people match these filters")


def test_beside_an_area_stands_how_many_were_judged(tmp_path: Path) -> None:
    """Journeys begin or end in an area, and people are identified in it: usual is of these."""
    people = steady(1, 4, place="BD6091", corridor="bd_india_northeast", mode="land")
    # Nobody travels on this one: people there are others, whom the list of an area does not show.
    people += steady(1, 9, place="BD6091", corridor="naf_river", mode="river")
    journeys = [
        {"quarter": day("2026-07"), "origin": "BD6091", "destination": "IN", "mode": "land",
         "corridor": "bd_india_northeast", "class_group": "smuggling", "size": 90}
    ]  # fmt: skip
    units = {"people": people, "journeys": journeys}
    made = built(tmp_path, months=36, units=units)
    said = "about 60 identified there, usual 15, noticed from "
    area, beside = {"area": ("BD6091",)}, "15, now\N{NO-BREAK SPACE}60"
    for chosen, usual in (({}, "15"), (area, beside)):
        filters = Filters(period=QUARTER.period, **chosen)
        row = by_code(render("routes.corridors", reading(filters), made))["bd_india_northeast"]
        assert (row["value"], row["usual_number"]) == (90, usual)
        card = drawn(render("routes.corridor", reading(filters), made))
        assert (said in card["said"]) == bool(chosen)
        assert (said in headline_of(made, filters)) == bool(chosen)
        title = headline("routes", question_of(filters, made)).title
        assert ("Naf River" in title) != bool(chosen)
        river = by_code(render("routes.corridors", reading(filters), made)).get("naf_river")
        assert (river and (river["value"], river["usual_number"])) == (
            None if chosen else (0, "15, now\N{NO-BREAK SPACE}135")
        )


@pytest.mark.parametrize(
    ("journeys", "people", "word", "beside"),
    [(65, 4, "more than usual", ""), (5, 4, "more than usual", ", now\N{NO-BREAK SPACE}60"),
     (20, 1, "no clear change", ""), (90, 1, "no clear change", ", now\N{NO-BREAK SPACE}15")],
)  # fmt: skip
def test_a_number_that_does_not_bear_its_word_has_the_judged_one_beside_it(
    tmp_path: Path, journeys: int, people: int, word: str, beside: str
) -> None:
    """Journeys and people are protected apart: of one may be few where of the other are many."""
    of_quarter = {"quarter": day("2026-07"), "corridor": "bd_nepal", "size": journeys}
    units = {"people": steady(1, people, corridor="bd_nepal"), "journeys": [of_quarter]}
    made = built(tmp_path, months=36, units=units)
    found = render("routes.corridors", reading(QUARTER), made)
    row = by_code(found)["bd_nepal"]
    assert (row["value"], row["change"], row["usual_number"]) == (journeys, word, f"15{beside}")
    (judged,) = (column for column in found.table.columns if column.code == "judged")
    assert judged.in_files == (not beside)
    told = render("overview.changes", reading(QUARTER), made).table.column("now")
    assert told == ((60 if beside else 65,) if people > 1 else ())


def headline_of(release: Release, filters: Filters) -> str:
    asked = filters.with_codes("corridor", ("bd_india_northeast",))
    return " ".join(headline("routes", question_of(asked, release)).lead)


def test_a_number_is_said_once_and_a_few_have_no_share(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 30, {**leg("BD2022", "IN"), "size": 5, "corridor": "bd_nepal"},
    ])  # fmt: skip
    naf, nepal = by_code(render("routes.corridors", reading(whole(made)), made)).values()
    assert (naf["value_text"], naf["share"]) == ("300", "98 %")
    assert naf["between"] == f"{naf['low']}–{naf['high']}"
    assert nepal["value_text"].startswith("a few, ")
    assert (nepal["share"], nepal["between"]) == ("", "")
    alone = release_of(tmp_path / "alone", [leg("BD2022", "MY")] * 3)
    found = render("routes.corridors", reading(whole(alone)), alone)
    assert found.title == "Naf River: about 30 legs"
    assert by_code(found)["naf_river"]["share"] == ""


def test_whole_quarters_end_where_the_last_one_is_over_and_begin_with_the_data(
    tmp_path: Path,
) -> None:
    units = {"journeys": [{"quarter": day("2026-07"), "corridor": "naf_river", "size": 40}]}
    made = built(tmp_path, units=units, months=27, last_month=Month(2026, 10))
    found = render("routes.corridors", reading(Filters(compare="last-year")), made)
    assert "Oct 2025 – Sep 2026" in found.subtitle
    assert drawn(found)["before_label"] == "Oct 2024 – Sep 2025"
    assert "Counted by whole quarters, so the period shown is Oct 2025 – Sep 2026." in found.notes
    young = built(tmp_path, units=units, months=3, last_month=Month(2026, 10))
    found = render("routes.corridors", reading(Filters()), young)
    assert "Aug – Sep 2026" in found.subtitle
    asked = "?period=2026-01..2026-12"
    assert source("routes.corridors", made, asked).period == Span.parse("2026-01..2026-09")
