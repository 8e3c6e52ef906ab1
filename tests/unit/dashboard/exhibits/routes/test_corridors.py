"""Routes: corridors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits, queries
from dashboard.exhibits.registry import render
from dashboard.filters import Filters, clause, read_query
from dashboard.model.facts import JOURNEYS, LEGS, PEOPLE, Fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.legs import leg, release_of, whole
from tests.support.readings import few_filters, reading
from tests.support.releases import day

exhibits.load()


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
    assert found.figure is not None
    naf, missing = found.figure["rows"]
    assert (naf["label"], naf["note"], naf["value"]) == ("Naf River", "Sea", 100)
    assert naf["parts"] == [30, 70, 0]
    linked = read_query(naf["query"], is_place=made.is_place)
    assert linked.filters == whole(made, corridor=("naf_river",))
    assert (missing["label"], missing["query"], missing["rank"]) == ("Unknown", "", None)
    assert found.title.startswith("Most used corridor: Naf River, 91 %")


@pytest.mark.parametrize(
    ("legs", "title"),
    [(1, f"Only a few {LEGS.unit} on each corridor"), (9, "Most used corridor: Naf River")],
)
def test_corridors_of_a_few_people_each_are_not_ranked_in_the_title(
    tmp_path: Path, legs: int, title: str
) -> None:
    other = leg("BD3026", "IN", corridor="air_gulf")
    made = release_of(tmp_path, [*[leg("BD2022", "MY")] * legs, other])
    assert render("routes.corridors", reading(whole(made)), made).title.startswith(title)


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
    found = render("routes.corridors", reading(Filters(period=Span.parse("2026-08"))), made)
    assert found.table.column(LEGS.unit) == (120,)
    assert found.table.column("before") == (20,)
    assert found.figure is not None
    assert found.figure["rows"][0]["change"] == "about 100"


@given(data=st.data(), counted=st.sampled_from([LEGS, JOURNEYS]))
def test_corridors_sum_to_the_total_whichever_are_chosen(
    protected: Release, data: st.DataObject, counted: Fact
) -> None:
    filters = data.draw(few_filters(protected))
    found = render("routes.corridors", reading(filters, measure=counted.id), protected)
    assert (found.figure is None) == (found.offer is not None)
    everywhere = filters.with_codes("corridor", ())
    period = filters.period or protected.default_period
    is_kept = not clause(counted, everywhere, period).inapplicable
    held = is_kept and queries.total(protected, counted, everywhere, period)
    others = (JOURNEYS if counted is LEGS else PEOPLE, PEOPLE, LEGS)
    kept = (fact for fact in others if not clause(fact, everywhere, period).inapplicable)
    fact = (
        counted
        if held
        else next(
            (fact for fact in kept if queries.total(protected, fact, everywhere, period)), PEOPLE
        )
    )
    total = queries.total(protected, fact, everywhere, period)
    assert (found.offer is None) == (total > 0)
    if found.figure:
        assert sum(int(size or 0) for size in found.table.column(fact.unit)) == total
        assert found.figure["total"] == total


def test_a_chosen_corridor_stands_among_all_others_that_can_be_opened(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 6, *[leg("BD3026", "IN", corridor="bd_nepal")] * 3,
    ])  # fmt: skip
    second = whole(made, corridor=("bd_nepal",))
    found = render("routes.corridors", reading(second), made)
    assert found.table == render("routes.corridors", reading(whole(made)), made).table
    assert found.figure is not None
    assert [read_query(row["query"], is_place=made.is_place).filters
            for row in found.figure["rows"]] == [
        whole(made, corridor=("naf_river",)), second,
    ]  # fmt: skip


def _year(made: Release, **more: Any) -> Filters:
    return Filters(period=Span.parse("2026-07..2026-09"), compare="last-year", **more)


def test_the_list_says_which_corridor_grew_most_and_by_which_transport(tmp_path: Path) -> None:
    before = day("2025-07")
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 20, *[leg("BD2022", "MY", quarter=before)] * 19,
        *[leg("BD3026", "AE", corridor="air_gulf", mode="air")] * 15,
        *[leg("BD3026", "AE", corridor="air_gulf", mode="land")] * 4,
        *[leg("BD3026", "AE", corridor="air_gulf", mode="air", quarter=before)] * 3,
        *[leg("BD3026", "AE", corridor="air_gulf", mode="land", quarter=before)] * 5,
    ], base=1)  # fmt: skip
    found = render("routes.corridors", reading(_year(made)), made)
    assert found.figure is not None
    assert found.figure["lead"] == (
        f"By air to the Gulf grew most since Jul – Sep 2025: 110 more {LEGS.unit}, "
        "above all by air."
    )
    grown = {row["code"]: row["change_note"] for row in found.figure["rows"]}
    assert grown == {"naf_river": "Sea", "air_gulf": "Air"}
    assert found.figure["lead"] in found.description


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        ((20, 20), (12, 12), "too close to rank"),
        ((20, 12), (12, 12), "Naf River grew most"),
        ((20, 12), (0, 12), "Naf River is new since"),
        ((12, 12), (12, 12), "No corridor grew clearly since Jul – Sep 2025. "),
    ],
)
def test_only_what_protection_could_not_make_is_said_to_have_grown_most(
    tmp_path: Path, now: tuple[int, int], then: tuple[int, int], said: str
) -> None:
    units = [
        unit
        for corridor, own in zip(
            ("naf_river", "bd_nepal"), zip(now, then, strict=True), strict=True
        )
        for quarter, number in zip((day("2026-07"), day("2025-07")), own, strict=True)
        for unit in [leg("BD2022", "MY", corridor=corridor, quarter=quarter)] * number
    ]
    made = release_of(tmp_path, units)
    found = render("routes.corridors", reading(_year(made)), made)
    assert found.figure is not None
    assert said in found.figure["lead"]


def test_a_corridor_that_an_earlier_year_had_is_back_and_not_new(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 20, *[leg("BD2022", "MY", quarter=day("2025-01"))] * 20,
        *[leg("BD3026", "IN", corridor="bd_nepal", quarter=day("2025-07"))] * 9,
    ])  # fmt: skip
    found = render("routes.corridors", reading(_year(made)), made)
    assert found.figure is not None
    assert found.figure["lead"].startswith("Naf River is back since Jul – Sep 2025")
    assert found.figure["rows"][0]["change"].startswith("back, ")


def test_a_row_names_the_transport_that_grew_only_where_it_grew_itself(tmp_path: Path) -> None:
    before = day("2025-07")
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 9, *[leg("BD2022", "MY", mode="land", quarter=before)] * 9,
    ], base=1)  # fmt: skip
    found = render("routes.corridors", reading(_year(made)), made)
    assert found.figure is not None
    (row,) = found.figure["rows"]
    assert (row["direction"], row["change_note"]) == ("none", "")


def test_rows_have_the_quarters_up_to_the_period_and_say_how_legs_ended(tmp_path: Path) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY", completed="intercepted")] * 30,
        *[leg("BD2022", "MY", completed="completed")] * 10,
        *[leg("BD2022", "MY", quarter=day("2026-04"))] * 20,
    ], base=1)  # fmt: skip
    found = render("routes.corridors", reading(_year(made)), made)
    assert found.figure is not None
    (row,) = found.figure["rows"]
    assert (row["aside"], row["aside_said"]) == ("75 %", "Completed (100); Intercepted (300)")
    assert row["bars"] == [0, 0, 0, 0, 0, 0, 0.5, 1]
    assert found.table.column("2026-Q2") == (200,)
    earlier = Filters(period=Span.parse("2026-04..2026-06"))
    past = render("routes.corridors", reading(earlier), made)
    assert past.figure is not None
    assert past.figure["rows"][0]["bars"][-2:] == [0, 1]


def test_the_description_leaves_out_what_is_not_known_and_what_is_only_a_few(
    tmp_path: Path,
) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 3, leg("BD2022", "IN", corridor="bd_nepal"),
        *[leg("BD2022", "MY", corridor="unknown")] * 6,
    ])  # fmt: skip
    found = render("routes.corridors", reading(whole(made)), made)
    assert found.description.endswith("Largest: Naf River (about 30).")
