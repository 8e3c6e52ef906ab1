"""Routes: chains of places, the matrix of ends, and seasons; their sums are those of the list."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import queries
from dashboard.exhibits.counts.home import COUNTRY
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters, inapplicable
from dashboard.model.facts import JOURNEYS, LEGS, PEOPLE, Fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.examples import examples
from tests.support.legs import leg, release_of, whole
from tests.support.readings import drawn, few_filters, reading
from tests.support.releases import built, day

LEVELS = ("district", "division", "country")


def people(found: Exhibit) -> int:
    """Sum of the numbers of an exhibit."""
    if found.offer is not None:
        return 0
    (unit,) = {"people", LEGS.unit} & {column.code for column in found.table.columns}
    return sum(int(size or 0) for size in found.table.column(unit))


def drawn_sum(found: Exhibit) -> int:
    """Sum of what the figure itself draws."""
    figure = drawn(found)
    if figure.get("form") == "ranking":
        return sum(row["value"] for row in figure["rows"])
    return sum(int(size or 0) for line in figure["data"][0]["z"] for size in line)


@settings(max_examples=examples(100))
@given(data=st.data(), level=st.sampled_from(["auto", *LEVELS]))
def test_matrix_chains_and_total_are_one_number(
    protected: Release, data: st.DataObject, level: str
) -> None:
    filters = data.draw(few_filters(protected))
    period = filters.period or protected.default_period
    for name, fact in (("routes.matrix", LEGS), ("routes.chains", JOURNEYS)):
        if inapplicable(fact, filters):
            continue
        found = render(name, reading(filters, level=level), protected)
        total = queries.total(protected, fact, filters, period)
        assert people(found) == total
        if found.figure:
            assert drawn_sum(found) == total


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("fact", "name", "column"), [
    (LEGS, "routes.matrix", "from"), (JOURNEYS, "routes.chains", "origin"),
])  # fmt: skip
def test_an_end_that_is_known_by_its_area_stands_there_to_the_row(
    protected: Release, fact: Fact, name: str, column: str, level: str
) -> None:
    filters = Filters(period=protected.span)
    found = render(name, reading(filters, level=level), protected)
    place = "from_place" if fact is LEGS else "origin"
    start = column if fact is LEGS else "origin"
    expected: Counter[str] = Counter()
    rows = protected.query(f"SELECT {place}, {start}_{level}, {start}_country, size FROM {fact.id}")  # noqa: S608
    for code, area, country, size in rows:
        if area is None and country == COUNTRY:
            finer = "division" if code == COUNTRY else "district"
            expected[f"{protected.place_name(code)}, {finer} not told"] += size
        elif area is None and country is None and not is_sea(protected, code):
            expected["Not known"] += size
    shown: Counter[str] = Counter()
    for label, size in zip(found.table.column(column), found.table.column(fact.unit), strict=True):
        if str(label).endswith(" not told") or label == "Not known":
            shown[str(label)] += int(size or 0)
    assert shown == expected


def is_sea(release: Release, code: str | None) -> bool:
    known = release.places.get(code or "")
    return known is not None and known.level == "sea_area"


def test_an_end_known_by_its_area_is_named_and_only_a_missing_one_is_not_known(
    tmp_path: Path,
) -> None:
    made = release_of(tmp_path, [
        *[leg("BD20", "MY")] * 3, *[leg(None, "MY")] * 2, *[leg("BD2022", "MY")] * 5,
    ], base=1)  # fmt: skip
    found = render("routes.matrix", reading(whole(made)), made)
    starts = dict(zip(found.table.column("from"), found.table.column(LEGS.unit), strict=True))
    assert starts == {"Cox's Bazar": 50, "Chattogram, district not told": 30, "Not known": 20}
    assert found.title == "All legs lead out of Bangladesh"


def test_chains_are_ranked_with_their_years_and_what_is_not_known_stays_last(
    tmp_path: Path,
) -> None:
    def journey(quarter: str, *stops: str | None, between: list[str] | None = None) -> object:
        start, end = stops
        return {
            "quarter": day(quarter), "origin": start, "transit": between, "destination": end,
            "corridor": "air_gulf", "class_group": "smuggling", "size": 10,
        }  # fmt: skip

    units = [
        *[journey("2026-07", "BD4041", "SA", between=["BD3026"])] * 4,
        *[journey("2024-07", "BD4041", "SA", between=["BD3026"])] * 2,
        *[journey("2026-07", None, "SA")] * 9,
        journey("2026-07", "BD2022", "MY"),
    ]
    made = built(tmp_path, units={"journeys": units}, base=1)
    year = Filters(period=Span.parse("2025-10..2026-09"))
    found = render("routes.chains", reading(year), made)
    figure = drawn(found)
    assert [(row["rank"], row["label"], row["value"]) for row in figure["rows"]] == [
        (1, "Jashore → Dhaka → Saudi Arabia", 40), (2, "Cox's Bazar → Malaysia", 10),
        (None, "A place is not known", 90),
    ]  # fmt: skip
    assert found.title == "Most used: Jashore → Dhaka → Saudi Arabia, 29 % of journeys"
    assert found.table.column("transit") == ("", "Dhaka", "")


@given(data=st.data(), steps=st.sampled_from(["auto", "month", "quarter"]))
def test_seasons_hold_everybody_of_the_release(
    protected: Release, data: st.DataObject, steps: str
) -> None:
    filters = data.draw(few_filters(protected))
    found = render("routes.seasons", reading(filters, steps=steps), protected)
    # All years are shown, whatever period is chosen, so none was widened to quarters.
    assert not any("whole quarters" in note for note in found.notes)
    by_month = found.detail is None or found.detail.rung == "month"
    journeys = not by_month and not inapplicable(JOURNEYS, filters)
    total = queries.total(protected, JOURNEYS if journeys else PEOPLE, filters, protected.span)
    assert people(found) == total
    if found.figure is not None:
        assert drawn_sum(found) == total
        named = [Span.named(str(step)) for step in found.table.column(found.detail.rung)]
        assert (named[0].start, named[-1].end) == (protected.span.start, protected.span.end)


def test_a_season_is_a_span_of_months_and_told_only_where_years_agree(tmp_path: Path) -> None:
    def person(month: str) -> object:
        return {"month": day(month), "corridor": "naf_river", "size": 5}

    winters = [person(f"{year}-{month}") for year in (2024, 2025) for month in ("11", "12")] * 8
    others = [person(f"{year}-{month}") for year in (2025, 2026) for month in ("02", "05", "08")]
    for units, said in (
        (winters + others, "Naf River: most people from Nov to Dec (84 %)"),
        (winters[:2] + others, "Naf River: no season stands out clearly"),
        (winters[:2] * 9 + others * 3, "Naf River: no season stands out clearly"),
    ):
        made = built(tmp_path, units={"people": units}, base=1)
        found = render("routes.seasons", reading(whole(made, corridor=("naf_river",))), made)
        assert found.title == said
