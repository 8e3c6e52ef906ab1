"""More than usual: on the map, in the list, on the card and the line of an area, and as signals."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import exhibits
from dashboard.exhibits.counts.usual_areas import usual_quarters
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.event_note import EventNote
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Month, Span
from dashboard.model.population import Population
from dashboard.release.open_release import Release
from tests.support.readings import reading
from tests.support.releases import build_release
from tests.unit.dashboard.exhibits.counts.test_usual_areas import (
    MONTHS,
    QUARTER,
    SPAN,
    TEKNAF,
    UKHIA,
    opened,
    units,
)
from tests.unit.dashboard.exhibits.hotspots.test_paints import painted

exhibits.load()
#: What happens elsewhere stays as it is.
REST = units("BD3026", 60)


def asked(release: Release, exhibit_id: str, *, area: tuple[str, ...] = (), **more: str) -> Exhibit:
    period = Span.parse(more.pop("period", str(QUARTER)))
    return render(exhibit_id, reading(Filters(period=period, area=area), **more), release)


def risen(folder: Path, **more: object):
    """Ukhia has 10 a month and 40 in the last quarter; Teknaf stays at 10."""
    return opened(
        folder,
        REST,
        units(UKHIA, 10, until=33),
        units(UKHIA, 40, since=33),
        units(TEKNAF, 10),
        **more,
    )


USUAL = {"show": "usual", "level": "upazila", "view": "country"}


def test_a_place_with_more_than_its_share_is_painted_and_named(tmp_path: Path) -> None:
    with risen(tmp_path) as release:
        found = asked(release, "hotspots.map", **USUAL)
        assert found.title == "More than usual: Ukhia"
        colours = painted(found)
        assert colours[UKHIA] == "More than usual"
        assert TEKNAF not in colours  # white: as usual
        assert colours["BD20220066"] == "Cannot say"
        rows = {row[0]: row for row in found.table.rows}
        labels = [column.code for column in found.table.columns]
        ukhia = dict(zip(labels, rows[UKHIA], strict=True))
        assert ukhia["verdict"] == "More than usual"
        assert ukhia["expected"] == pytest.approx(30 * 330 / 240, abs=12)
        assert ukhia["chance"] < 0.01
        assert dict(zip(labels, rows["BD20220066"], strict=True))["expected"] is None


def test_what_would_have_shown_stands_where_nothing_did(tmp_path: Path) -> None:
    with opened(tmp_path, REST, units(UKHIA, 10), units(TEKNAF, 10)) as release:
        found = asked(release, "hotspots.map", **USUAL)
        assert found.title == "No upazila has clearly more or fewer than usual"
        card = asked(release, "hotspots.area", area=(UKHIA,))
        verdict = (card.figure or {})["verdict"]
        assert verdict.startswith("As usual: about 30 were to be expected.")
        assert "would have shown" in verdict
        signals = asked(release, "hotspots.signals")
        assert signals.offer is not None
        assert signals.title.startswith("Nothing to flag so far. In Teknaf about 30 are usual")
        assert "would have shown" in signals.title


@pytest.mark.parametrize(
    ("period", "reason"),
    [
        ("2026-09", "Only a quarter or twelve months"),
        (str(Span.last(3, until=SPAN.start.plus(5))), "less than a year of data"),
    ],
)
def test_a_map_that_cannot_say_has_numbers_and_says_why(
    tmp_path: Path, period: str, reason: str
) -> None:
    with risen(tmp_path) as release:
        found = asked(release, "hotspots.map", period=period, **USUAL)
        assert found.options["show"] == "number"
        assert any(reason in note for note in found.notes)


def test_the_list_marks_the_top_three_and_what_is_unusual(tmp_path: Path) -> None:
    others = [units(code, size) for code, size in (("BD20220066", 8), ("BD20220024", 2))]
    with opened(
        tmp_path,
        units(UKHIA, 10, until=33),
        units(UKHIA, 40, since=33),
        units(TEKNAF, 20),
        *others,
    ) as release:
        found = asked(release, "hotspots.ranking", level="upazila")
        marks = {
            row["code"]: [mark["code"] for mark in row["marks"]]
            for row in (found.figure or {})["rows"]
        }
        assert marks[UKHIA] == ["top", "more"]
        assert "top" in marks[TEKNAF]
        assert marks["BD20220066"] == ["top"]
        assert "BD20220024" not in marks  # it has a few
        month = asked(release, "hotspots.ranking", level="upazila", period="2026-09")
        assert all(not row["marks"] for row in (month.figure or {})["rows"])


def test_a_flag_says_since_when_how_much_and_what_followed(tmp_path: Path) -> None:
    with opened(
        tmp_path,
        REST,
        units(UKHIA, 10, until=27),
        units(UKHIA, 60, since=27, until=30),
        units(UKHIA, 10, since=30),
    ) as release:
        found = asked(release, "hotspots.signals")
        flags = [row for row in found.table.rows if row[0] == UKHIA and "More" in str(row[2])]
        (flag,) = flags
        labels = [column.code for column in found.table.columns]
        said = dict(zip(labels, flag, strict=True))
        rose = Span.last(3, until=SPAN.start.plus(29))
        assert said["now"] >= 60
        assert said["chance"] < 0.05
        assert str(said["followed"]).startswith(("Back to usual", "Again"))
        assert Month.parse("2026-09") > rose.end
        # The same flags stand in every view.
        other = render(
            "hotspots.signals", reading(Filters(area=(TEKNAF,), period=QUARTER)), release
        )
        assert other.table == found.table
        assert any("whatever is chosen above" in note for note in other.notes)


def test_the_line_of_an_area_has_its_usual_range_flags_and_notes(tmp_path: Path) -> None:
    flood = EventNote(QUARTER.start, QUARTER.end, "flood", UKHIA, "Flood in the hills", "")
    with risen(tmp_path, notes=[flood]) as release:
        found = asked(release, "hotspots.area-line", area=(UKHIA,))
        assert found.title.startswith("Ukhia: about 120 in Q3 2026, usual ")
        last = found.table.rows[-1]
        labels = [column.code for column in found.table.columns]
        said = dict(zip(labels, last, strict=True))
        assert said["usual_low"] < 40 < said["usual_high"] < 120
        assert said["verdict"] == "More than usual"
        first = dict(zip(labels, found.table.rows[0], strict=True))
        assert first["usual_low"] is None
        listed = str((found.figure or {})["layout"]["meta"]["marks"])
        assert "Flood in the hills" in listed
        assert "More than usual" in listed
        assert "Flood or cyclone in Ukhia" in found.description
        assert (found.figure or {})["layout"]["meta"]["codes"] == [UKHIA]
        band, *_ = (found.figure or {})["data"]
        assert band["y"][0] is None
        teknaf = asked(release, "hotspots.area-line", area=(TEKNAF,))
        assert "Flood" not in teknaf.description


def test_the_line_of_a_district_of_the_home_has_numbers_alone(tmp_path: Path) -> None:
    with risen(tmp_path) as release:
        found = asked(release, "hotspots.area-line", area=("BD2022",))
        assert found.title.startswith("Cox's Bazar: about 150 incidents in Q3 2026")
        assert all(trace["name"] != "What would be usual" for trace in (found.figure or {})["data"])


def people(place: str, number: int, **more: object) -> Population:
    values = {"group": "all", "year": 2025, "boundaries": "adm_v03", **more}
    return Population(place, people=number, **values)  # pyright: ignore[reportArgumentType]


def test_rates_need_a_population_of_the_same_people_lines_and_years(tmp_path: Path) -> None:
    counts = [people(UKHIA, 300_000), people(TEKNAF, 3_000_000), people("BD20220066", 300_000)]
    with risen(tmp_path, populations=counts) as release:
        found = asked(release, "hotspots.map", show="rate", level="upazila", view="country")
        assert found.title.startswith("Highest rate in Ukhia, about ")
        labels = [column.code for column in found.table.columns]
        rows = {row[0]: dict(zip(labels, row, strict=True)) for row in found.table.rows}
        assert rows[UKHIA]["population"] == 300_000
        assert 20 < rows[UKHIA]["rate"] <= 40
        assert rows[UKHIA]["rate"] > rows[TEKNAF]["rate"]
        assert rows["BD20220024"]["rate"] is None
    old = [people(UKHIA, 300_000, year=2011), people(TEKNAF, 300_000, year=2011)]
    with risen(tmp_path / "old", populations=old) as release:
        found = asked(release, "hotspots.map", show="rate", level="upazila", view="country")
        assert found.options["show"] == "number"  # not even offered
    hosts = [people(UKHIA, 300_000, group="host"), people(TEKNAF, 300_000, group="host")]
    with risen(tmp_path / "hosts", populations=hosts) as release:
        found = asked(release, "hotspots.map", show="rate", level="upazila", view="country")
        assert found.options["show"] == "number"
        assert any("has a population of these people" in note for note in found.notes)


def test_nothing_is_judged_where_a_reader_chose_a_part_of_what_is_shown(tmp_path: Path) -> None:
    """What the map shows of an upazila is then its chosen camp alone."""
    camp = units("CXB-201", 5)
    with risen(tmp_path) as release:
        view = {"show": "usual", "level": "upazila"}
        assert asked(release, "hotspots.map", area=(UKHIA,), **view).options["show"] == "usual"
    with opened(tmp_path / "camp", REST, camp) as release:
        found = asked(release, "hotspots.map", area=("CXB-201",), show="usual")
        assert found.options["show"] == "number"
        assert any("Areas of this size" in note for note in found.notes)


def test_women_are_not_divided_by_all_residents(tmp_path: Path) -> None:
    counts = [people(UKHIA, 300_000), people(TEKNAF, 300_000)]
    women = [{**unit, "sex": "female"} for unit in units(UKHIA, 20)]
    path = build_release(
        tmp_path / "women.duckdb", months=MONTHS, units={"people": women}, populations=counts
    )
    release = Release(path)
    filters = Filters(period=QUARTER, sex=("female",))
    view = reading(filters, show="rate", level="upazila", view="country", measure="people")
    assert render("hotspots.map", view, release).options["show"] == "number"


def test_a_usual_range_lies_around_what_is_usual(tmp_path: Path) -> None:
    with risen(tmp_path) as release:
        found = usual_quarters(release, INCIDENTS, Filters(), "upazila", UKHIA)
        told = [usual for usual in found.values() if usual]
        assert len(told) == 8  # the first year is history
        assert all(usual.low < 30 < usual.high for usual in told[:-1])
        assert all(usual.high - usual.low < 50 for usual in told)
        assert [usual.verdict for usual in told] == ["none"] * 7 + ["more"]


def test_the_months_of_the_release_are_those_of_the_units() -> None:
    assert SPAN.months == MONTHS
