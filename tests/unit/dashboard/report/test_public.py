"""A bulletin for the public, attacked like a page: nothing small, finer, hidden or leading back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.exhibits.registry import definitions
from dashboard.model.periods import Month
from dashboard.release.folder import Releases
from dashboard.report import files
from dashboard.report.contents import Asked, Report, made
from dashboard.report.files import Own, Places
from tests.unit.dashboard.report.reading import (
    cells_of,
    charts_of_deck,
    charts_of_paper,
    every_text,
    tables_of_deck,
)

FINE = re.compile(r"BD\d{8}|CXB-\w+")
#: A number that stands alone as a cell of a table, or as the end of a range.
ALONE, RANGE = re.compile(r"[1-9]"), re.compile(r"(?<![\d.,–])[1-9]\s?–\s?\d")


@pytest.fixture(scope="module")
def bulletin(members: Releases, public: Releases) -> Report:
    """Every exhibit, so that nothing escapes which a template happens not to name."""
    ids = tuple(entry.id for entry in definitions())
    both = [
        made(Asked("All", part, Month(2026, 9), audience="public"), members, public)
        for part in (ids[:24], ids[24:])
    ]
    assert both[0].for_public
    pages = (*both[0].pages, *both[1].pages)
    numbered = tuple(replace(page, number=at) for at, page in enumerate(pages, start=1))
    return replace(both[0], pages=numbered)


@pytest.fixture(scope="module")
def made_files(bulletin: Report, places: Places) -> dict[str, bytes]:
    found, _ = files.made([bulletin], ["pptx", "docx", "xlsx", "png"], places, Own(), "public")
    return {file.name.rpartition(".")[2]: file.content for file in found}


@pytest.mark.parametrize("kind", ["pptx", "docx"])
def test_no_chart_holds_a_number_from_one_to_nine(
    kind: str, made_files: dict[str, bytes], bulletin: Report
) -> None:
    charts = (charts_of_deck if kind == "pptx" else charts_of_paper)(made_files[kind])
    assert len(charts) > 20
    shares = {"quality.completeness", "quality.lateness"}
    for chart in charts:
        if bulletin.pages[chart.figure - 1].exhibit.id in shares:
            continue
        for name, column in chart.columns.items():
            small = [value for value in column if isinstance(value, int) and 0 < value < 10]
            assert small == [], (chart.figure, name)
        for said in chart.labels:
            assert not [word for word in said if RANGE.search(word) or ALONE.fullmatch(word)], said


def test_nothing_stands_in_a_workbook_that_is_not_drawn(made_files: dict[str, bytes]) -> None:
    for chart in charts_of_deck(made_files["pptx"]):
        assert list(chart.columns) == [name for name, _ in chart.cached]
        assert not [name for name in chart.columns if name.endswith((" +", " -", " >"))]
    assert list(cells_of(made_files["xlsx"]))  # which asserts that each sheet is in sight


def test_tables_say_small_counts_in_words(made_files: dict[str, bytes], bulletin: Report) -> None:
    of_shares = ("%", "of 100", "days")
    checked = 0
    for number, rows in tables_of_deck(made_files["pptx"]).items():
        for row in rows[1:]:
            for name, text in zip(rows[0], row, strict=True):
                if name in COUNTS and not any(unit in name for unit in of_shares):
                    assert not ALONE.fullmatch(text), (number, name, row)
                assert not RANGE.match(text) or name not in COUNTS, (number, name, row)
                checked += 1
    assert checked > 100


#: Columns of counts, as their headers are.
COUNTS = frozenset(
    {"Incidents", "People", "Number", "Range", "At least", "At most", "Usual", "Now", "Open",
     "People identified", "Incidents (incidents)", "At least (incidents)", "At most (people)"}
)  # fmt: skip


@pytest.mark.parametrize("kind", ["pptx", "docx", "xlsx"])
def test_no_place_below_a_district_and_no_way_to_the_server(
    kind: str, made_files: dict[str, bytes]
) -> None:
    parts = 0
    for name, text in every_text(made_files[kind]):
        assert not FINE.search(text), name
        assert "127.0.0.1" not in text, name
        assert "edition=" not in text, name
        assert not re.search(r"/(overview|hotspots|routes|referrals|quality)\?", text), name
        parts += 1
    assert parts > 10


def test_the_same_of_the_members_has_ranges_and_a_link(
    members: Releases, public: Releases, places: Places
) -> None:
    """The attacks find what they look for, where it may stand."""
    asked = Asked("All", ("overview.exploitation", "hotspots.ranking"), Month(2026, 9),
                  host="http://127.0.0.1:8050")  # fmt: skip
    (deck,), _ = files.made([made(asked, members, public)], ["pptx"], places, Own(), "all")
    names = {name for chart in charts_of_deck(deck.content) for name in chart.columns}
    assert any(name.endswith(" +") for name in names)
    assert any("127.0.0.1" in text for _, text in every_text(deck.content))


def test_the_map_of_the_public_holds_no_small_range(bulletin: Report) -> None:
    maps = [page.form.map for page in bulletin.pages if page.form.kind == "map"]
    assert maps
    for description in maps:
        texts = re.findall(r"'([^']*)'", str(description))
        assert not [text for text in texts if RANGE.search(text) and "few" not in text]


def test_the_picture_is_small_and_its_text_short(made_files: dict[str, bytes]) -> None:
    assert len(made_files["png"]) <= 150_000
    assert len(made_files["txt"].decode("utf-8")) <= 400
