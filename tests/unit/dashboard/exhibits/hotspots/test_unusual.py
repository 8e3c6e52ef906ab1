"""More than usual: on the map, in the list, on the card and the line of an area, and as signals."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters
from dashboard.model.event_note import EventNote
from dashboard.model.periods import Span
from dashboard.model.population import Population
from dashboard.release.open_release import Release
from tests.support.readings import reading
from tests.support.releases import built
from tests.support.usual import MONTHS, QUARTER, SPAN, STEADY, TEKNAF, UKHIA, Unit, opened, units
from tests.unit.dashboard.exhibits.hotspots.test_paints import painted

exhibits.load()


def asked(release: Release, exhibit_id: str, *, area: tuple[str, ...] = (), **more: str) -> Exhibit:
    period = Span.parse(more.pop("period", str(QUARTER)))
    return render(exhibit_id, reading(Filters(period=period, area=area), **more), release)


def risen(folder: Path, *rows: Sequence[Unit], **more: object) -> AbstractContextManager[Release]:
    """Ukhia has 10 a month and 40 in the last quarter; Teknaf stays at 10."""
    return opened(
        folder,
        STEADY,
        *rows,
        units(UKHIA, 10, until=33),
        units(UKHIA, 40, since=33),
        units(TEKNAF, 10),
        **more,
    )


USUAL = {"show": "usual", "level": "upazila", "view": "country"}
#: What is said of 10 a month.
TEN = "usual 30, noticed from 43"


def row_of(found: Exhibit, code: str) -> dict[str, object]:
    """The row of an area in the table, by column."""
    (row,) = [row for row in found.table.rows if code in row[:2]]
    return dict(zip([column.code for column in found.table.columns], row, strict=True))


def lines_of(found: Exhibit, code: str) -> list[str]:
    """What the map says of an area."""
    (area,) = [a for a in (found.figure or {})["layers"][0]["areas"] if a["code"] == code]
    return area["lines"]


def listed(found: Exhibit) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in (found.figure or {})["rows"]}


def test_a_place_with_more_than_usual_is_painted_named_and_explained(tmp_path: Path) -> None:
    with risen(tmp_path) as release:
        found = asked(release, "hotspots.map", **USUAL)
        assert found.title == "More than usual, Jul – Sep 2026: Ukhia"
        colours = painted(found)
        assert colours[UKHIA] == "More than usual"
        assert colours[TEKNAF] == "No clear change"
        assert "BD20220066" not in colours  # white: it never had any
        assert colours["BD30260014"] == "180 more, upazila not known"
        ukhia, teknaf = row_of(found, UKHIA), row_of(found, TEKNAF)
        assert (ukhia["judged"], ukhia["expected"], ukhia["verdict"]) == (
            120, 30.0, "more than usual",
        )  # fmt: skip
        assert (teknaf["judged"], teknaf["verdict"]) == (30, "no clear change")
        for row in (ukhia, teknaf):
            assert (row["noticed_from"], row["noticed_to"]) == (43, 18)
        nothing = row_of(found, "BD20220066")
        assert (nothing["judged"], nothing["verdict"]) == (None, "")
        assert f"Teknaf: About 30 in Jul – Sep 2026, no clear change; {TEN}." in found.notes


def test_map_list_card_and_line_say_the_same_of_an_area(tmp_path: Path) -> None:
    with risen(tmp_path) as release:
        rows = listed(asked(release, "hotspots.ranking", level="upazila"))
        for code, word in ((UKHIA, "more than usual"), (TEKNAF, "no clear change")):
            assert row_of(asked(release, "hotspots.map", **USUAL), code)["verdict"] == word
            assert (rows[code]["change"], rows[code]["usual"]) == (word, TEN)
            verdict = (asked(release, "hotspots.area", area=(code,)).figure or {})["verdict"]
            assert f"{word}; {TEN}." in verdict
            line = asked(release, "hotspots.area-line", area=(code,))
            assert line.table.column("verdict")[-1] == word


@pytest.mark.parametrize(
    ("compare", "before"), [("usual", None), ("previous", 30), ("last-year", 60)]
)
def test_another_period_stands_beside_and_changes_no_word(
    tmp_path: Path, compare: str, before: int | None
) -> None:
    with risen(tmp_path, units(UKHIA, 10, since=21, until=24)) as release:
        filters = Filters(period=QUARTER, compare=compare)  # pyright: ignore[reportArgumentType]
        found = render("hotspots.ranking", reading(filters, level="upazila"), release)
        assert row_of(found, UKHIA).get("before") == before
        usual = asked(release, "hotspots.ranking", level="upazila")
        assert found.title == usual.title
        kept = [
            {code: row | {"query": "", "before": ""} for code, row in listed(each).items()}
            for each in (found, usual)
        ]
        assert kept[0] == kept[1]
        assert kept[0][UKHIA]["change"] == "more than usual"
        shown = render("hotspots.map", reading(filters, **USUAL), release)
        assert shown.title == "More than usual, Jul – Sep 2026: Ukhia"


def test_nothing_is_held_against_usual_where_a_reader_wants_none(tmp_path: Path) -> None:
    with risen(tmp_path) as release:
        filters = Filters(period=QUARTER, compare="none")
        found = render("hotspots.ranking", reading(filters, level="upazila"), release)
        assert (found.figure or {})["judged_label"] == ""
        assert {row["direction"] for row in listed(found).values()} == {None}
        assert {"judged", "before"}.isdisjoint(column.code for column in found.table.columns)


def test_a_number_is_called_from_where_it_is_said_to_be_noticed(tmp_path: Path) -> None:
    found = {}
    for now in (6, 7, 12, 13, 14, 15):
        last = units(UKHIA, now, since=33)
        rows = STEADY, units(UKHIA, 10, until=33), last
        with opened(tmp_path / str(now), *rows, kind="published") as release:
            row = row_of(asked(release, "hotspots.map", **USUAL), UKHIA)
        found[now] = row["verdict"], row["noticed_from"], row["noticed_to"]
        word = "more" if 3 * now >= row["noticed_from"] else "no clear change"
        word = "fewer" if 3 * now <= row["noticed_to"] else word
        assert str(row["verdict"]).startswith(word), (now, row)
    assert len({word for word, *_ in found.values()}) == 3


def test_fewer_is_not_called_while_late_reports_are_expected(tmp_path: Path) -> None:
    with opened(tmp_path, STEADY, units(UKHIA, 10, until=33), units(TEKNAF, 10)) as release:
        found = asked(release, "hotspots.map", **USUAL)
        assert row_of(found, UKHIA)["verdict"] == "cannot be said"
        assert "Late reports are still expected" in str(lines_of(found, UKHIA))
        assert asked(release, "hotspots.map", **USUAL, period="2026-01..2026-03").title == (
            "No upazila has clearly more or fewer than usual"
        )
    gone = units(UKHIA, 10, until=27), units(UKHIA, 10, since=30)
    with opened(tmp_path / "settled", STEADY, *gone, units(TEKNAF, 10)) as release:
        found = asked(release, "hotspots.map", **USUAL, period="2026-01..2026-03")
        assert found.title == "Fewer than usual, Jan – Mar 2026: Ukhia"


def test_what_would_be_noticed_stands_where_nothing_was_and_an_old_link_asks_for_it(
    tmp_path: Path,
) -> None:
    with opened(tmp_path, STEADY, units(UKHIA, 10), units(TEKNAF, 10)) as release:
        found = asked(release, "hotspots.map", **USUAL)
        assert found.title == "No upazila has clearly more or fewer than usual"
        assert asked(release, "hotspots.map").options["show"] == "number"  # nothing is called
        assert asked(release, "hotspots.map", show="change").options["show"] == "usual"
        signals = asked(release, "hotspots.signals")
        assert signals.offer is not None
        assert signals.title == f"Nothing to flag so far. In Teknaf: {TEN}."


def test_nothing_is_told_of_an_area_whose_usual_number_nobody_knows_yet(tmp_path: Path) -> None:
    with opened(tmp_path, units(TEKNAF, 10, since=35), months=1) as release:
        why = "Too little data lies before these months to know what is usual."
        assert asked(release, "hotspots.signals").title == why


def test_what_is_called_or_watched_is_painted_unasked(tmp_path: Path) -> None:
    with risen(tmp_path) as release:
        view = {"level": "upazila", "view": "country"}
        for more in ({}, {"period": "2026-09"}):
            assert asked(release, "hotspots.map", **view, **more).options["show"] == "usual"
        assert asked(release, "hotspots.map", show="number", **view).options["show"] == "number"
        alone = Filters(period=QUARTER, compare="none")
        for show in ("auto", "usual"):
            found = render("hotspots.map", reading(alone, show=show, **view), release)
            assert found.options["show"] == "number"
    # Several of which one may be: of many the cut is higher than of one alone.
    steady = [units(code, 10) for code in ("BD20220066", "BD20220024", "BD20220016", TEKNAF)]
    maybe = [
        units(UKHIA, 10, until=33),
        units(UKHIA, 14, since=33, until=34),
        units(UKHIA, 15, since=34),
    ]
    with opened(tmp_path / "maybe", STEADY, *steady, *maybe) as release:
        found = asked(release, "hotspots.map", **view)
        assert found.options["show"] == "usual"
        assert found.title == "No upazila is clearly off usual; maybe more: Ukhia"
        assert painted(found)[UKHIA] == "Maybe more"
        assert "Maybe more: Ukhia. Chance alone would seldom put one on this list." in found.notes
        rows = listed(asked(release, "hotspots.ranking", level="upazila"))
        assert (rows[UKHIA]["change"], rows[UKHIA]["direction"]) == ("maybe more", "none")


def test_months_without_a_year_before_them_cannot_be_called(tmp_path: Path) -> None:
    with risen(tmp_path) as release:
        early = str(Span.last(3, until=SPAN.start.plus(5)))
        found = asked(release, "hotspots.map", period=early, **USUAL)
        assert found.title == "No upazila can be compared with what is usual"
        assert painted(found)[UKHIA] == painted(found)[TEKNAF] == "Cannot say"
        row = row_of(found, UKHIA)
        assert (row["judged"], row["expected"], row["verdict"]) == (30, None, "cannot be said")
        assert any("Too little data lies before these months" in note for note in found.notes)
        assert asked(release, "hotspots.map", period=early).options["show"] == "number"


def test_the_list_marks_the_top_three_and_says_which_months_are_judged(tmp_path: Path) -> None:
    others = [units(code, size) for code, size in (("BD20220066", 8), ("BD20220024", 2))]
    with opened(
        tmp_path, units(UKHIA, 10, until=33), units(UKHIA, 40, since=33), units(TEKNAF, 20), *others
    ) as release:
        rows = listed(asked(release, "hotspots.ranking", level="upazila"))
        marks = {code: [mark["code"] for mark in row["marks"]] for code, row in rows.items()}
        assert marks[UKHIA] == ["top"]
        assert "top" in marks[TEKNAF]
        assert marks["BD20220066"] == ["top"]
        assert "BD20220024" not in marks  # it has a few
        label = "Against usual, Jul – Sep 2026"
        assert (asked(release, "hotspots.ranking").figure or {})["judged_label"] == label
        # A month tells no top three; its words are about the quarter that it ends, and say so.
        found = asked(release, "hotspots.ranking", level="upazila", period="2026-09")
        assert (found.figure or {})["judged_label"] == label
        month = listed(found)[UKHIA]
        assert (month["value"], month["marks"]) == (40, [])
        assert month["usual"].startswith("about 120; usual 30, noticed from ")


def test_a_flag_says_since_when_how_much_and_what_followed(tmp_path: Path) -> None:
    with opened(
        tmp_path,
        STEADY,
        units(UKHIA, 10, until=27),
        units(UKHIA, 60, since=27, until=30),
        units(UKHIA, 10, since=30),
    ) as release:
        found = asked(release, "hotspots.signals")
        assert [c.code for c in found.table.columns if c.in_files] == [
            "code",
            "row_months",
            "chance",
        ]
        flag = row_of(found, UKHIA)
        assert flag["verdict"] == "more than usual"
        assert flag["since"] == "Jan 2026"
        # What is described, listed and filed are the same months and numbers.
        listed = (found.figure or {})["earlier"][0]["text"]
        assert f"{flag['window']}: {flag['now']}, usual {flag['expected']:.0f}" in listed
        assert f"{flag['window']}: about {flag['now']}, more" in found.description
        assert flag["chance"] < 0.0001
        assert flag["odds"] == "under 1 in 1000"
        assert str(flag["followed"]).startswith("Back to usual: about 30")
        # The same flags stand in every view, of the areas that a reader chose.
        filters = Filters(class_=("smuggling",), period=QUARTER)
        other = render("hotspots.signals", reading(filters), release)
        assert other.table == found.table
        assert "whatever is chosen above" in other.note
        ukhia = asked(release, "hotspots.signals", area=(UKHIA,))
        assert (ukhia.table, ukhia.note) == (found.table, "")
        teknaf = asked(release, "hotspots.signals", area=(TEKNAF,))
        assert teknaf.figure is None
        assert teknaf.title.startswith("Nothing to flag so far.")


def test_page_and_map_name_the_areas_of_the_watch_list_each_with_its_months(tmp_path: Path) -> None:
    """A district is judged over half a year, an upazila over a quarter."""
    sylhet = [*units("BD6091", 2, until=30), *units("BD6091", 20, since=30)]
    rows = units(UKHIA, 60), units(TEKNAF, 5, until=33), units(TEKNAF, 40, since=33), sylhet
    with opened(tmp_path, *rows) as release:
        assert asked(release, "hotspots.signals").title == "Off usual now: Teknaf and Sylhet"
        found = asked(release, "hotspots.map")
        assert found.title == "More than usual: Teknaf and Sylhet"
        corner = (found.figure or {})["beside"]
        assert (corner["title"], corner["under"]) == ("Bangladesh: districts", "Apr – Sep 2026")
        # Numbers in the corner are of the months above them, whatever the period.
        month = asked(release, "hotspots.map", period="2026-09")
        assert (month.figure or {})["beside"] == corner
        assert ("Sylhet", "120") in [(each["text"], each["emphasis"]) for each in corner["labels"]]
        assert not (asked(release, "hotspots.map", show="number").figure or {})["beside"]["under"]
        told = headline("hotspots", question_of(Filters(period=QUARTER), release))
        assert told.title == "More than usual: Teknaf and Sylhet"
        assert told.lead[:2] == (
            "Teknaf: 120 incidents since Jul 2026, usual 15.",
            "Sylhet (district): 120 incidents since Apr 2026, usual 12.",
        )
        inside = headline("hotspots", question_of(Filters(period=QUARTER, area=("BD60",)), release))
        assert inside.title.startswith("Sylhet had more than usual: 120 incidents since Apr 2026")
        alone = asked(release, "hotspots.map", level="upazila")  # what was chosen is told alone
        assert alone.title == "More than usual, Jul – Sep 2026: Teknaf"


def test_the_line_of_an_area_has_its_usual_range_flags_and_notes(tmp_path: Path) -> None:
    flood = EventNote(QUARTER.start, QUARTER.end, "flood", UKHIA, "Flood in the hills", "")
    with risen(tmp_path, notes=[flood]) as release:
        found = asked(release, "hotspots.area-line", area=(UKHIA,))
        assert found.title == "Ukhia: about 120 in Q3 2026, more than usual (usual 19 to 40)"
        lows, highs = found.table.column("usual_low"), found.table.column("usual_high")
        assert (lows[:4], highs[:4]) == ((None,) * 4, (None,) * 4)  # the first year is history
        assert all(12 < low < 30 < high < 48 for low, high in zip(lows[4:], highs[4:], strict=True))
        words = found.table.column("verdict")
        assert words == ("",) * 4 + ("no clear change",) * 7 + ("more than usual",)
        listed = str((found.figure or {})["layout"]["meta"]["marks"])
        assert "Flood in the hills" in listed
        assert "more than usual" in listed
        assert "Flood or cyclone in Ukhia" in found.description
        assert (found.figure or {})["layout"]["meta"]["codes"] == [UKHIA]
        band, *_ = (found.figure or {})["data"]
        assert band["name"] == "What would be usual"
        assert band["y"][0] is None
        teknaf = asked(release, "hotspots.area-line", area=(TEKNAF,))
        assert "Flood" not in teknaf.description


@pytest.mark.parametrize(
    ("areas", "compare", "title"),
    [
        ((UKHIA,), "none", "Ukhia: about 120"),
        ((UKHIA, TEKNAF), "usual", "Ukhia, Teknaf: about 150"),
    ],
)
def test_a_line_has_numbers_alone_where_nothing_is_compared_or_of_several_areas(
    tmp_path: Path, areas: tuple[str, ...], compare: str, title: str
) -> None:
    with risen(tmp_path) as release:
        filters = Filters(period=QUARTER, area=areas, compare=compare)
        found = render("hotspots.area-line", reading(filters), release)
        assert found.title == f"{title} incidents in Q3 2026"
        assert all(trace["name"] != "What would be usual" for trace in (found.figure or {})["data"])
        assert set(found.table.column("usual_low")) == {None}
        assert set(found.table.column("verdict")) == {""}


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
        assert found.options["show"] == "usual"  # not even offered, so what there is unasked
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
    with opened(tmp_path / "camp", STEADY, camp) as release:
        found = asked(release, "hotspots.map", area=("CXB-201",), show="usual")
        assert found.options["show"] == "number"
        assert found.note == "What is counted here is not compared with what is usual."


def test_women_are_not_divided_by_all_residents(tmp_path: Path) -> None:
    counts = [people(UKHIA, 300_000), people(TEKNAF, 300_000)]
    women = [{**unit, "sex": "female"} for unit in units(UKHIA, 20)]
    release = built(tmp_path, months=MONTHS, units={"people": women}, populations=counts)
    filters = Filters(period=QUARTER, sex=("female",))
    view = reading(filters, show="rate", level="upazila", view="country", measure="people")
    assert render("hotspots.map", view, release).options["show"] == "number"
