"""Routes: the sea ledger of published sources."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analyst import open_release
from dashboard.application import create_app
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import available_options, definition, render
from dashboard.filters import Filters
from dashboard.model.codes import SEA_OUTCOME
from dashboard.model.filters import CODED_FILTERS, NAMES
from dashboard.model.periods import Span
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from dashboard.settings import Settings
from tests.support.application import RELEASE, card_of, client_of
from tests.support.readings import drawn, reading, spans
from tests.support.releases import build_release, built, point_to
from tests.support.voyages import ADEN, ANDAMAN, published, published_folder, voyage

#: Two sources that tell of the same boats. B lists incidents, and counts no boats.
VOYAGES = (
    voyage("2024-11", boats=2, arrived=150, intercepted_or_returned=30, dead_or_missing=20),
    voyage("2025-03", boats=1, sea=ANDAMAN, arrived=60, dead_or_missing=10, unknown=30),
    voyage("2025-12", boats=3, arrived=200, dead_or_missing=0, unknown=4),
    voyage("2025-03", source="Publisher B", sea=ANDAMAN, survived=60, dead_or_missing=12),
    voyage("2025-04", source="Publisher B", sea=ADEN, survived=5, dead_or_missing=3),
)


@pytest.fixture(scope="module")
def sea(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    release = Release(published(tmp_path_factory.mktemp("sea") / "2026-09-sea.duckdb", VOYAGES))
    release.scan()
    yield release
    release.close()


def shown(release: Release, filters: Filters = Filters(), **options: str) -> Exhibit:  # noqa: B008
    return render("routes.sea", reading(filters, **options), release)


def columns(found: Exhibit, *codes: str) -> list[tuple[Any, ...]]:
    return list(zip(*(found.table.column(code) for code in codes), strict=True))


def test_a_ledger_by_year_has_what_the_source_tells(sea: Release) -> None:
    found = shown(sea)
    told = ("year", "boats", "set_out", "arrived", "intercepted_or_returned", "dead_or_missing",
            "unknown")  # fmt: skip
    assert columns(found, *told) == [
        ("2024-11..2024-12", 2, 200, 150, 30, 20, 0),
        ("2025-01..2025-12", 4, 304, 260, 0, 10, 34),
    ]
    assert found.title == "30 of 504 people are dead or missing at sea"
    assert "survived" not in [column.code for column in found.table.columns]
    assert found.source == "Source: Publisher A"
    assert (found.release.release_id, found.release.kind) == ("2026-09-sea", "published")


def test_deaths_of_a_hundred_are_of_boats_and_never_surer_than_of_people(sea: Release) -> None:
    alone, among = columns(shown(sea), "per_hundred", "per_hundred_low", "per_hundred_high")
    # Two boats of one way are one group, so Wilson's ends stand:
    # 20 of 200: (20 + 1.9207 -+ 1.96 sqrt(20 * 180 / 200 + 0.9604)) / 203.8415 = .0657, .1494.
    assert alone == (10.0, 6.6, 14.9)
    # All ten of 304 were on one boat of a hundred: without it none, with it alone ten of a hundred.
    assert among == (3.3, 0.0, 10.0)
    assert "share its fate" in " ".join(shown(sea).notes)


def test_by_month_the_same_numbers_stand_in_their_months(sea: Release) -> None:
    found = shown(sea, each="month")
    rows = {month: rest for month, *rest in columns(found, "month", "boats", "set_out")}
    # From the first month that the source tells of to the last; before and after it says nothing.
    assert (min(rows), max(rows), len(rows)) == ("2024-11", "2025-12", 14)
    assert {month: rest for month, rest in rows.items() if rest != [0, 0]} == {
        "2024-11": [2, 200],
        "2025-03": [1, 100],
        "2025-12": [3, 204],
    }


def test_the_figure_stacks_what_the_table_holds(sea: Release) -> None:
    found = shown(sea)
    bars = {trace["name"]: trace["x"] for trace in drawn(found)["data"] if trace["type"] == "bar"}
    assert bars == {
        SEA_OUTCOME.label_of(code, "en"): list(found.table.column(code))
        for code in ("arrived", "intercepted_or_returned", "dead_or_missing", "unknown")
    }
    assert drawn(found)["data"][-1]["text"] == ["\u2002200", "\u2002304"]


def test_sources_are_chosen_and_never_summed(sea: Release) -> None:
    other = shown(sea, source="publisher-b")
    assert columns(other, "set_out", "survived", "dead_or_missing") == [(80, 65, 15)]
    codes = [column.code for column in other.table.columns]
    assert "boats" not in codes
    assert "arrived" not in codes
    assert other.source == "Source: Publisher B"
    assert "Only incidents with deaths are listed" in other.note
    assert other.title == "15 people are dead or missing in incidents at sea"
    assert shown(sea, source="nobody").table == shown(sea).table
    assert shown(sea, source="publisher-a").table == shown(sea).table


def test_the_waters_around_can_be_left_out(sea: Release) -> None:
    other = shown(sea, source="publisher-b", waters="bay")
    assert columns(other, "set_out", "dead_or_missing") == [(72, 12)]
    assert "Bay of Bengal and Andaman Sea" in other.subtitle


@given(data=st.data())
def test_parts_are_the_whole_in_every_line_source_and_period(
    sea: Release, data: st.DataObject
) -> None:
    period = data.draw(st.none() | spans(sea))
    options = {
        "each": data.draw(st.sampled_from(("year", "month"))),
        "waters": data.draw(st.sampled_from(("all", "bay"))),
        "source": data.draw(st.sampled_from(("most", "publisher-a", "publisher-b"))),
    }
    found = shown(sea, Filters(period=period), **options)
    source = "Publisher B" if options["source"] == "publisher-b" else "Publisher A"
    within = (period or sea.span).clipped(sea.span)
    seen = ("SEA-BOB", "SEA-AND") if options["waters"] == "bay" else tuple(sea.places)
    told = within and sea.query(
        """SELECT coalesce(sum(size), 0)::INT FROM voyages WHERE source = ?
        AND month BETWEEN ? AND ? AND list_contains(?, sea_area)""",
        [source, within.start.first_day, within.end.first_day, list(seen)],
    )[0][0]  # fmt: skip
    assert (found.offer is not None) == (not told)
    if found.offer is not None:
        return
    outcomes = [c.code for c in found.table.columns if c.code in SEA_OUTCOME]
    for whole, *parts in columns(found, "set_out", *outcomes):
        assert whole == sum(parts)
    assert sum(found.table.column("set_out")) == told


def test_a_period_without_voyages_offers_all_months(sea: Release) -> None:
    found = shown(sea, Filters(period=Span.parse("2026-01..2026-03")))
    # Of the one source alone: 504 people, and not the 80 of the other.
    assert found.offer.action == "In Nov 2024 – Dec 2025: 504"
    assert "period=2024-11..2025-12" in found.offer.query
    before = shown(sea, Filters(period=Span.parse("2010-01..2010-05")))
    assert before.title == "There are no data for Jan – May 2010."


def test_which_corridor_is_open_beside_it_changes_nothing(sea: Release) -> None:
    chosen = shown(sea, Filters(corridor=("naf_river",)))
    assert chosen.table == shown(sea, Filters()).table


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("area", "corridor")])
def test_what_no_source_keeps_has_no_number(sea: Release, name: str) -> None:
    found = shown(sea, Filters().with_codes(name, CODED_FILTERS[name][-1:]))
    assert found.offer is not None
    assert "not kept by" in found.title
    assert found.table.rows == ()


def test_an_area_has_no_number(sea: Release) -> None:
    assert "not kept by area" in shown(sea, Filters(area=("BD20",))).title


def test_without_a_published_source_one_line_says_so(tmp_path: Path) -> None:
    release = built(tmp_path, months=3)
    release.scan()
    found = shown(release)
    assert found.title == "No published source is loaded."
    assert (found.figure, found.table.rows) == (None, ())


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of the members' releases, and one of published ones."""
    releases = tmp_path / "releases"
    releases.mkdir()
    build_release(releases / f"{RELEASE}.duckdb", months=6, per_month=20)
    point_to(releases, RELEASE)
    return releases, published_folder(tmp_path / "published", VOYAGES)


def test_page_and_files_answer_from_the_published_release(folders: tuple[Path, Path]) -> None:
    releases, beside = folders
    app = create_app(Settings(releases, releases, published=beside))
    value = client_of(app).get("/exhibit/routes.sea.json?each=year").json
    assert value is not None
    assert value["title"] == "30 of 504 people are dead or missing at sea"
    assert value["release"]["release_id"] == "2026-09-sea"
    card = card_of(app, "routes.sea")
    assert "2026-09-sea" in card["parts"]["foot"]
    assert "Publisher A" in card["parts"]["foot"]
    assert "Publisher B" in card["parts"]["options"]
    text = client_of(app).get("/exhibit/routes.sea.csv?source=publisher-b").text
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert ["Mar – Apr 2025", "2025-03..2025-04", "80"] in [row[:3] for row in rows]
    assert ["# Source", "Publisher B"] in [row[:2] for row in rows]
    for ending in ("xlsx", "json"):
        assert client_of(app).get(f"/exhibit/routes.sea.{ending}").status_code == 200
    refused = client_of(app).get("/exhibit/routes.sea.json?source=publisher-c")
    assert refused.status_code == 400
    published(beside / "2026-10-sea.duckdb", (*VOYAGES, voyage("2025-05", source="", arrived=3)))
    point_to(beside, "2026-10-sea")
    assert "A source without a name" in card_of(app, "routes.sea")["parts"]["options"]
    # The members' figures are those of their own release.
    other = client_of(app).get("/exhibit/routes.corridors.json").json
    assert other is not None
    assert other["release"]["release_id"] == RELEASE


def test_sources_whose_names_have_no_latin_letter_have_addresses_of_their_own(
    tmp_path: Path,
) -> None:
    sources = ("ক প্রকাশক", "খ প্রকাশক")
    voyages = [voyage("2025-03", source=source, arrived=60) for source in sources]
    release = Release(published(tmp_path / "2026-09-sea.duckdb", voyages))
    options = available_options(definition("routes.sea"), release)
    _, *addresses = next(option.values for option in options if option.name == "source")
    assert {shown(release, source=address).source for address in addresses} == {
        f"Source: {source}" for source in sources
    }


def test_a_new_published_release_changes_the_answer_and_its_tag(
    folders: tuple[Path, Path],
) -> None:
    releases, beside = folders
    app = create_app(Settings(releases, releases, published=beside))
    first = client_of(app).get("/exhibit/routes.sea.json")
    kept = client_of(app).get(
        "/exhibit/routes.sea.json", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert kept.status_code == 304
    published(beside / "2026-10-sea.duckdb", VOYAGES[:1])
    point_to(beside, "2026-10-sea")
    members = Releases(releases, beside=Releases(beside))
    assert shown(members.current()).release.release_id == "2026-10-sea"


def test_an_analyst_asks_it_of_either_release(folders: tuple[Path, Path]) -> None:
    releases, beside = folders
    with open_release(releases) as members:
        assert members.exhibit("routes.sea").frame().empty
    for opened in (open_release(releases, beside), open_release(beside)):
        with opened as release:
            frame = release.exhibit("routes.sea", source="publisher-b").frame()
            assert list(frame[frame["measure"] == "set_out"]["value"]) == [80]
