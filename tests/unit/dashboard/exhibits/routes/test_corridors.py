"""Routes: corridors."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits, queries
from dashboard.exhibits.registry import render
from dashboard.filters import Filters, clause, read_query
from dashboard.model.facts import LEGS, PEOPLE
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.legs import leg, release_of, whole
from tests.support.readings import few_filters, reading
from tests.support.releases import day

exhibits.load()


def test_legs_that_are_not_kept_by_a_filter_say_so_and_corridors_go_to_people(
    protected: Release,
) -> None:
    women = whole(protected, sex=("female",))
    found = render("routes.map", reading(women), protected)
    assert found.offer is not None
    assert found.title.endswith(": not kept by sex")
    corridors = render("routes.corridors", reading(women), protected)
    assert corridors.offer is None
    assert sum(corridors.table.column("people")) == queries.total(
        protected, PEOPLE, women, protected.span
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
        *[leg("BD2022", "MY")] * 5, *[leg("BD2022", "MY", quarter=day("2026-04"))] * 2,
    ])  # fmt: skip
    found = render("routes.corridors", reading(Filters(period=Span.parse("2026-08"))), made)
    assert found.table.column("people") == (50,)
    assert found.table.column("before") == (20,)
    assert found.figure is not None
    assert found.figure["rows"][0]["change"] == "about 30"


@given(data=st.data())
def test_corridors_sum_to_the_total(protected: Release, data: st.DataObject) -> None:
    filters = data.draw(few_filters(protected))
    found = render("routes.corridors", reading(filters), protected)
    assert (found.figure is None) == (found.offer is not None)
    period = filters.period or protected.default_period
    needs_people = clause(LEGS, filters, period).inapplicable
    held = not needs_people and queries.total(protected, LEGS, filters, period)
    fact = LEGS if held else PEOPLE
    total = queries.total(protected, fact, filters, period)
    assert (found.offer is None) == (total > 0)
    if found.figure:
        assert sum(int(size or 0) for size in found.table.column("people")) == total
        assert found.figure["total"] == total


def test_the_description_leaves_out_what_is_not_known_and_what_is_only_a_few(
    tmp_path: Path,
) -> None:
    made = release_of(tmp_path, [
        *[leg("BD2022", "MY")] * 3, leg("BD2022", "IN", corridor="bd_nepal"),
        *[leg("BD2022", "MY", corridor="unknown")] * 6,
    ])  # fmt: skip
    found = render("routes.corridors", reading(whole(made)), made)
    assert found.description.endswith("Largest: Naf River (about 30).")
