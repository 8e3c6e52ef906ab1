"""Real and published figures travel the whole way: file, register, release, exhibit.

The same commands that an operator types, and the same door that a reader's page goes through.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from math import isfinite
from pathlib import Path

import pytest

from dashboard import exhibits
from dashboard.exhibits.counts.comparisons import compare_rows
from dashboard.exhibits.counts.signals import LEVELS, signals
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import definitions, read_view_query, render
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Span
from dashboard.model.shipped import COUNTRY
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from etl.__main__ import main
from etl.places.gazetteer import Gazetteer
from etl.settings import Settings
from tests.support.served import ROOT

CASES = ROOT / "tests" / "cases"
MISSING_MIGRANTS = ROOT.parent / "shared" / "cases" / "missing-migrants-asia-2014-2022.csv"


@contextmanager
def released(folder: Path, file: Path, source: str, as_of: str) -> Iterator[Release]:
    """The release of one published file, with base 1."""
    settings = Settings(store=folder / "store", secrets=folder / "secrets")
    assert main(["init"], settings) == 0
    assert main(["load", str(file), "--source", source], settings) == 0
    assert main(["publish", "--as-of", as_of, "--base", "1"], settings) == 0
    exhibits.load()
    release = Releases(settings.releases).current()
    yield release
    release.close()


def shown(release: Release, exhibit_id: str, query: str = "") -> Exhibit:
    """An exhibit as a page asks for it."""
    return render(exhibit_id, read_view_query(query, release, lambda _: False), release)


def sizes(found: Exhibit, value: str = "people") -> dict[object, object]:
    """Code to one column of an exhibit's table."""
    return dict(zip(found.table.column("code"), found.table.column(value), strict=True))


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    folder = tmp_path_factory.mktemp("sheet")
    file = CASES / "working-group-2020-11.csv"
    with released(folder, file, "published-sheet", "2020-12-20") as made:
        yield made


@pytest.fixture(scope="module")
def iom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    folder = tmp_path_factory.mktemp("iom")
    with released(folder, CASES / "iom-2018.csv", "published-iom", "2018-10-20") as made:
        yield made


def test_the_sheet_of_november_2020_shows_its_people(sheet: Release) -> None:
    assert sizes(shown(sheet, "sheet.people"))["female"] == 26
    assert sizes(shown(sheet, "sheet.people"))["male"] == 23
    assert "49" in shown(sheet, "sheet.people").title
    ages = shown(sheet, "sheet.age-sex").table
    bands = ("under_15", "15_18", "25_49", "50_60", "over_60")
    rows = dict(zip(ages.column("code"), zip(ages.column("female"), ages.column("male"),
                strict=True), strict=True))  # fmt: skip
    assert [rows[band][0] for band in bands] == [5, 7, 2, 4, 8]
    assert [rows[band][1] for band in bands] == [5, 6, 1, 3, 8]
    assert sum(ages.column("female")) == 26  # the sixth cell of either sex is 0
    assert sum(ages.column("male")) == 23


def test_the_sheet_shows_where_people_were_recruited_and_how_they_travelled(sheet: Release) -> None:
    places = shown(sheet, "sheet.recruitment-place")
    assert sizes(places, "female") == {"home": 23, "market": 1, "workplace": 2}
    assert sizes(places, "male") == {"home": 20, "market": 3, "workplace": 0}
    land = shown(sheet, "sheet.transport-destination")
    assert sizes(land, "total")["land"] == 47


def test_the_table_of_2018_closes_in_both_directions(iom: Release) -> None:
    queries = {
        "girls": "sex=female&child=yes", "women": "sex=female&child=no",
        "boys": "sex=male&child=yes", "men": "sex=male&child=no", "all": "",
    }  # fmt: skip
    expected = {
        "girls": (31, 4, 0, 35), "women": (26, 5, 0, 31), "boys": (4, 0, 4, 8),
        "men": (25, 0, 0, 25), "all": (86, 9, 4, 99),
    }  # fmt: skip
    found = {}
    for who, query in queries.items():
        forms = sizes(shown(iom, "overview.exploitation", query))
        stages = sizes(shown(iom, "overview.exploitation", f"{query}&by=stage"))
        people = dict(
            zip(*(shown(iom, "overview.indicators", query).table.column(c)
                  for c in ("code", "value")), strict=True)
        )["people"]  # fmt: skip
        found[who] = (
            forms.get("forced_labour", 0), forms.get("sexual_exploitation", 0),
            stages.get("none_yet", 0), people,
        )  # fmt: skip
    assert found == expected


@pytest.mark.skipif(not MISSING_MIGRANTS.exists(), reason="the shared cases are not here")
def test_every_real_incident_of_the_missing_migrants_file_reaches_the_release(
    tmp_path: Path,
) -> None:
    with released(tmp_path, MISSING_MIGRANTS, "missing-migrants", "2022-06-01") as made:
        assert made.query("SELECT sum(size)::BIGINT FROM incidents") == [(1623,)]
        whole = f"period={made.span}"
        values = shown(made, "overview.indicators", whole).table.column("value")
        assert values[0] == 1623
        for entry in definitions():
            drawn = shown(made, entry.id, whole)
            assert drawn.release.kind == "published"
        _areas_are_judged(made)


def test_the_boats_since_2022_are_shown_as_the_agency_counts_them(tmp_path: Path) -> None:
    file = CASES / "unhcr-sea-2022.csv"
    with released(tmp_path, file, "published-sea", "2022-03-01") as made:
        found = shown(made, "routes.sea")
        row = {column.code: cell for column, cell in zip(
            found.table.columns, found.table.rows[0], strict=True)}  # fmt: skip
        assert len(found.table.rows) == 1
        counted = ("boats", "set_out", "arrived", "dead_or_missing", "unknown")
        assert [row[name] for name in counted] == [74, 7117, 5817, 573, 727]
        assert row["arrived"] + row["dead_or_missing"] + row["unknown"] == row["set_out"]
        assert found.title == "573 of 7,117 people are dead or missing at sea"
        # 100 * 573 / 7117 = 8.05.
        assert [row[f"per_hundred{end}"] for end in ("", "_low", "_high")] == [8.1, 7.4, 8.7]
        assert found.release.kind == "published"
        assert "UNHCR" in found.source
        for entry in definitions():
            assert shown(made, entry.id).release.kind == "published"


@pytest.mark.skipif(not MISSING_MIGRANTS.exists(), reason="the shared cases are not here")
def test_every_real_incident_at_sea_stands_in_the_ledger_of_its_year(tmp_path: Path) -> None:
    with released(tmp_path, MISSING_MIGRANTS, "missing-migrants-sea", "2022-06-01") as made:
        found = shown(made, "routes.sea")
        ids = made.query("SELECT sum(size)::INT FROM voyages WHERE sea_outcome = 'survived'")
        years = [str(row)[:4] for row in found.table.column("year")]
        assert years == [str(year) for year in range(2014, 2023)]
        columns = (found.table.column(c) for c in ("set_out", "survived", "dead_or_missing"))
        told = dict(zip(years, zip(*columns, strict=True), strict=True))
        assert all(whole == alive + dead for whole, alive, dead in told.values())
        assert [(sum(alive for _, alive, _ in told.values()),)] == ids
        assert told == _counted_by_hand()
        assert "boats" not in [column.code for column in found.table.columns]
        assert "Only incidents with deaths are listed" in found.note


def _counted_by_hand() -> dict[str, tuple[int, int, int]]:
    """People in incidents, survivors and dead or missing by year, of points that lie at sea."""
    places = Gazetteer.load(COUNTRY)
    told: dict[str, tuple[int, int, int]] = {}
    with MISSING_MIGRANTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    points = [row["Coordinates"].removeprefix("POINT (").removesuffix(")") for row in rows]
    ends = [tuple(map(float, point.split())) for point in points]
    for row, code in zip(rows, places.locate(ends), strict=True):  # type: ignore[arg-type]
        if code is not None and places.level(code) == "sea_area":
            dead = int(row["Total Number of Dead and Missing"])
            alive = max(0, int(float(row["Number of Survivors"] or 0)))
            before = told.get(row["Incident year"], (0, 0, 0))
            added = (dead + alive, alive, dead)
            told[row["Incident year"]] = tuple(map(sum, zip(before, added, strict=True)))  # pyright: ignore[reportArgumentType]
    return dict(sorted(told.items()))


def _areas_are_judged(release: Release) -> None:
    """Sea areas and countries of real incidents, where nothing is protected and much is empty."""
    found: set[str] = set()
    for level, months, end in product(("sea_area", "country"), (3, 12), [*release.span][13::6]):
        window = Span.last(months, until=end)
        comparisons = compare_rows(release, INCIDENTS, Filters(), window, level=level)
        assert comparisons is not None
        assert {release.places[code].level for code in comparisons.rows} <= {level}
        for one in comparisons.rows.values():
            found.add(one.word)
            assert all(map(isfinite, (one.now, one.expected, one.usual, one.score, one.low)))
            assert one.now == round(one.now)
            assert one.low <= one.high or one.word == "unsaid"
            if one.direction > 0:
                assert one.most is not None
                assert one.now > one.most
            elif one.direction < 0:
                assert one.now < one.fewest
    assert {"more", "new", "unclear", "unsaid"} <= found
    assert {signal.level for signal in signals(release, INCIDENTS)} <= set(LEVELS)
