"""The working group's sheet: an unprotected release of its people shows exactly its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import queries
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import definitions, render
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import drawn, reading
from tests.support.releases import build_release, day

SHEET = tuple(entry.id for entry in definitions() if entry.id.startswith("sheet."))
_AGES = "sheet.age-sex"


def shown(release: Release, exhibit_id: str) -> Exhibit:
    return render(exhibit_id, reading(Filters()), release)


def cells(exhibit: Exhibit, column: str) -> dict[object, object]:
    found = zip(exhibit.table.column("code"), exhibit.table.column(column), strict=True)
    return dict(found)


def test_age_and_sex_lead_to_girls_boys_women_and_men(protected: Release) -> None:
    found = shown(protected, "sheet.age-sex")
    people = {
        group["name"]: queries.total(protected, PEOPLE, Filters(**group["codes"]), protected.span)
        for group in drawn(found)["layout"]["meta"]["only"]
    }
    both = ("sex", "is_child")
    rows = queries.counts(protected, PEOPLE, Filters(), protected.span, both)
    sizes = {(sex, child): size for sex, child, size in rows}
    assert people == {
        "Girls": sizes["female", "yes"],
        "Boys": sizes["male", "yes"],
        "Women": sizes["female", "no"],
        "Men": sizes["male", "no"],
    }


def test_what_a_filter_leaves_out_is_neither_drawn_nor_told_as_none(protected: Release) -> None:
    women = Filters(sex=("female",))
    people, ages = (
        render(exhibit_id, reading(women), protected) for exhibit_id in ("sheet.people", _AGES)
    )
    assert people.table.column("code") == ("female",)
    assert [series.name for series in ages.plot.series] == ["Female"] if ages.plot else False
    assert "men and boys" not in ages.description
    young = render(_AGES, reading(Filters(age=("19_24",))), protected)
    assert young.table.column("code") == ("19_24",)


def test_47_of_49_by_land(sheet: Release) -> None:
    found = shown(sheet, "sheet.transport-destination")
    assert cells(found, "total") == {"land": 47, "sea": 2}
    assert found.title == "Land is the transport of 96 % of people"


def test_an_unlabelled_share_of_35_percent_is_17(sheet: Release) -> None:
    found = shown(sheet, "sheet.promises")
    assert cells(found, "people") == {"job": 49, "marriage": 17}
    assert cells(found, "share") == {"job": 100, "marriage": 35}


def test_destinations_that_are_not_known_are_drawn_apart_from_all_others(
    tmp_path: Path,
) -> None:
    one = {"month": day("2026-05"), "mode": "sea", "scope": "cross_border", "size": 20}
    ends = {"MY": 9, "TH": 8, "ID": 7, "IN": 6, "MM": 5, None: 4}
    people = [one | {"destination": end} for end, units in ends.items() for _ in range(units)]
    path = build_release(tmp_path / "made.duckdb", units={"people": people})
    whole = reading(Filters(period=Span.parse("2026-05..2026-05")), transport="mode_country")
    found = render("sheet.transport-destination", whole, Release(path))
    sums = {trace["name"]: sum(trace["x"]) for trace in drawn(found)["data"] if "name" in trace}
    assert sums["Other destinations"] == 20 * (6 + 5)
    assert sums["Not known"] == 20 * 4


def test_destinations_are_inside_by_country_or_elsewhere(protected: Release) -> None:
    found = shown(protected, "sheet.transport-destination")
    assert "inside" in {column.code for column in found.table.columns}
    assert "BD" not in {column.code for column in found.table.columns}
    for row in found.table.on_page.rows:
        assert sum(row[2:-1]) == row[-1]
    names = {trace["name"] for trace in drawn(found)["data"] if "name" in trace}
    assert "Inside Bangladesh" in names
    assert len(names) <= 5


def test_types_stand_in_the_order_of_the_sheet(protected: Release) -> None:
    found = shown(protected, "sheet.types")
    assert found.table.column("code")[:4] == (
        "trafficking_sexual", "trafficking_labour", "trafficking_other", "smuggling",
    )  # fmt: skip


def test_five_promises_are_drawn_and_all_stand_in_the_table(protected: Release) -> None:
    year = Filters(period=protected.default_period)
    found = render("sheet.promises", reading(year), protected)
    lengths = drawn(found)["data"][0]["x"]
    assert len(lengths) == 6
    sizes = cells(found, "people")
    unknown = sizes.pop("unknown")
    ranked = sorted(sizes.values(), reverse=True)
    assert len(ranked) > 6
    assert lengths == [*ranked[:5], unknown]


def test_a_click_chooses_what_a_filter_has_and_is_known(protected: Release) -> None:
    year = reading(Filters(period=protected.default_period))
    found = {name: render(name, year, protected) for name in SHEET}
    clicks = {name: drawn(each)["layout"]["meta"].get("click") for name, each in found.items()}
    assert clicks["sheet.people"] == "sex"
    assert clicks["sheet.types"] == "class"
    assert clicks["sheet.transport-destination"] == "mode"
    assert clicks["sheet.promises"] is None  # no filter takes promises
    modes = found["sheet.transport-destination"]
    codes = ["" if code == "unknown" else code for code in modes.table.column("code")]
    parts = [trace for trace in drawn(modes)["data"] if trace["type"] == "bar"]
    assert [part["customdata"] for part in parts] == [codes] * len(parts)


def test_files_have_the_range_of_every_number_of_a_cross(protected: Release) -> None:
    year = reading(Filters(period=protected.default_period))
    for name in ("sheet.recruitment-place", "sheet.transport-destination", "sheet.age-sex"):
        table = render(name, year, protected).table
        shown = [column.code for column in table.on_page.columns]
        rest = ("code", "label", *(("total",) if name == "sheet.age-sex" else ()))
        numbers = [code for code in shown if code not in rest]
        assert len(numbers) > 1
        for code in numbers:
            ends = (table.column(end) for end in (code, f"{code}_low", f"{code}_high"))
            for value, low, high in zip(*ends, strict=True):
                assert 0 <= low <= value <= high
        assert not [code for code in shown if code.endswith(("_low", "_high"))]


def test_ends_of_ranges_are_numbers_and_not_told_in_words(protected: Release) -> None:
    table = shown(protected, "sheet.recruitment-place").table
    assert {column.base for column in table.columns if column.code.endswith("_low")} == {1}
    assert not any("at least" in str(words) for words in table.column("in_words"))


def test_numbers_as_reported_have_no_range_in_files(sheet: Release) -> None:
    codes = [column.code for column in shown(sheet, "sheet.age-sex").table.columns]
    assert codes == ["code", "label", "female", "male", "total"]


@pytest.mark.parametrize("exhibit_id", SHEET)
def test_without_a_period_a_panel_is_that_of_the_last_closed_month(
    protected: Release, exhibit_id: str
) -> None:
    found = shown(protected, exhibit_id)
    month = Filters(period=Span.parse("2026-09"))
    assert found == render(exhibit_id, reading(month), protected)
    assert "Sep 2026" in found.subtitle
    year = render(exhibit_id, reading(Filters(period=protected.default_period)), protected)
    assert "Oct 2025 – Sep 2026" in year.subtitle


def test_only_the_sheet_and_the_brief_are_by_month() -> None:
    by_month = {entry.id for entry in definitions() if entry.by_month}
    assert by_month == {*SHEET, "brief.sentences", "brief.reported"}
    assert len(SHEET) == 8


@pytest.mark.parametrize("exhibit_id", SHEET)
def test_shares_are_of_everybody_and_the_unknown_is_a_part(
    protected: Release, exhibit_id: str
) -> None:
    year = Filters(period=protected.default_period)
    found = render(exhibit_id, reading(year), protected)
    codes = {column.code for column in found.table.columns}
    if "share" not in codes:
        return
    total = queries.total(
        protected, INCIDENTS if found.unit == "incidents" else PEOPLE, year, year.period
    )
    sizes = cells(found, found.unit)
    for code, share in cells(found, "share").items():
        assert abs(share - 100 * sizes[code] / total) <= 2.5
    if exhibit_id != "sheet.promises":
        assert sum(sizes.values()) == total
