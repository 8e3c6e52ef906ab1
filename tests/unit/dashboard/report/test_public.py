"""A bulletin for the public, attacked like a page: nothing small, finer, hidden or leading back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from dashboard.exhibits.exhibit import Column, Exhibit, Stamp, Table
from dashboard.exhibits.registry import definitions
from dashboard.model.languages import Language
from dashboard.model.periods import Month
from dashboard.release.folder import Releases
from dashboard.report import files, grid, template
from dashboard.report import public as public_words
from dashboard.report.contents import Report, ReportRequest, make_report, of_template
from dashboard.report.files import Places
from tests.unit.dashboard.report.reading import (
    cells_of,
    charts_of_deck,
    charts_of_paper,
    every_text,
    faults_of,
    tables_of_deck,
)

FINE = re.compile(r"BD\d{8}|CXB-\w+")
#: A number that stands alone as a cell of a table, or as the end of a range.
ALONE, RANGE = re.compile(r"[1-9]"), re.compile(r"(?<![\d.,–])[1-9]\s?–\s?\d")
#: The same in running text of both languages, but of what counts neither people nor cases.
SAID = re.compile(
    r"(?<![\w.,–-])[1-9১-৯](?:\s?–\s?|\sto\s|\sথেকে\s)[\d০-৯,]+"
    r"(?![\d০-৯]|\s?(?:%|of 100|partners|days|months|অংশীদার|দিন|মাস|সাল))"
)
#: How far numbers are off, in people or cases.
OFF = re.compile(
    r"about [1-9] (?:people|incidents|referrals|legs|journeys)"
    r"|(?:ব্যক্তি|ঘটনা|রেফারেল|ধাপ|যাত্রা) প্রায় [1-9১-৯](?!,?[\d০-৯])"
)
#: Bands of partners, which stand alone in a cell or in a text about partners.
BAND, PARTNERS = re.compile("1–2|3–5|১–২|৩–৫"), re.compile("[Pp]artner|অংশীদার")


@pytest.fixture(scope="module")
def bulletin(members: Releases, public: Releases) -> Report:
    """Every exhibit, so that nothing escapes which a template happens not to name."""
    ids = tuple(entry.id for entry in definitions())
    both = [
        make_report(ReportRequest("All", part, Month(2026, 9), audience="public"), members, public)
        for part in (ids[:24], ids[24:])
    ]
    assert both[0].for_public
    pages = (*both[0].pages, *both[1].pages)
    numbered = tuple(replace(page, number=at) for at, page in enumerate(pages, start=1))
    return replace(both[0], pages=numbered)


@pytest.fixture(scope="module")
def made_files(bulletin: Report, places: Places) -> dict[str, bytes]:
    made, _ = files.make([bulletin], ["pptx", "docx", "xlsx", "png"], places, {}, "public")
    return {file.name.rpartition(".")[2]: file.content for file in made}


@pytest.mark.parametrize("kind", ["pptx", "docx", "xlsx"])
def test_files_keep_to_the_schemas(kind: str, made_files: dict[str, bytes], tmp_path: Path) -> None:
    assert faults_of(made_files[kind], kind, tmp_path) == []


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
        for row in chart.labels:
            assert not [word for word in row if RANGE.search(word) or ALONE.fullmatch(word)], row


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


def test_no_text_of_any_exhibit_tells_a_small_range(made_files: dict[str, bytes]) -> None:
    assert sum(check(f"all.{kind}", content) for kind, content in made_files.items())


def check(name: str, content: bytes) -> int:
    """No text of a file tells a small range; how many texts it has."""
    texts = [*_told(name, content)]
    for part, text in texts:
        rest = BAND.sub("", text) if PARTNERS.search(text) or BAND.fullmatch(text) else text
        assert not SAID.search(rest), (name, part, text[:200])
        assert not OFF.search(text), (name, part, text[:200])
    return len(texts)


def _told(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Every text that a file tells: of its paragraphs and cells, and beside its drawings."""
    if name.endswith(".png"):
        return
    if name.endswith(".txt"):
        yield name, content.decode("utf-8")
        return
    for part, xml in every_text(content):
        paragraphs = re.split(r"</(?:a:p|w:p|si|is|c:v|c:pt|dc:title|dc:subject)>", xml)
        yield from ((part, re.sub(r"<[^>]+>", "", each)) for each in paragraphs)
        yield from ((part, each) for each in re.findall(r'(?:descr|title|val)="([^"]*)"', xml))


@pytest.mark.usefixtures("one_map")
@pytest.mark.parametrize("lang", ["en", "bn-beng"])
def test_no_text_of_a_public_file_has_a_range_that_ends_under_ten(
    lang: Language, members: Releases, public: Releases, places: Places
) -> None:
    month, ranges, off, checked = Month(2026, 9), 0, 0, 0
    ranked = make_report(
        ReportRequest("A", ("hotspots.ranking",), month, audience="public"), members, public
    )
    area = str(ranked.pages[0].exhibit.table.column("code")[0])
    codes = {"area": area, "corridor": "hill_tracts_myanmar"}
    names = template.names() if lang != "en" else ("area", "corridor")  # all else stands above
    every = [of_template(template.find(name), month, lang, **codes) for name in names]
    # Titles have ranges where numbers are small.
    small = ("referrals.outcomes?corridor=naf_river&period=2026-07..2026-09",
             f"overview.trend?area={area}&sex=male&period=2026-09")  # fmt: skip
    for template_asked in (*every, ReportRequest("Small", small, month, lang)):
        request = replace(template_asked, audience="public")
        report = make_report(request, members, public)
        # The same question as members read it has such ranges in its titles.
        member_report = make_report(replace(request, audience="member"), public, public)
        ranges += sum(bool(SAID.search(page.exhibit.title)) for page in member_report.pages)
        off += sum(bool(OFF.search(note)) for page in member_report.pages for note in page.notes)
        (packed,), _ = files.make([report], ["zip"], places, {}, "a")
        with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
            checked += sum(check(file, archive.read(file)) for file in archive.namelist())
    assert ranges
    assert off
    assert checked > 2000


@pytest.mark.parametrize(("lang", "text", "told"), [
    ("en", "Male: about 22 (3–22) of 22 people", "Male: about 22 (up to 22) of 22 people"),
    ("en", "usual 9 to 1,086", "usual up to 1,086"),
    ("en", "about 23 people, from 8–35", "about 23 people, up to 35"),
    ("en", "From 3 to 7", "Under 10"),
    ("en", "0–9 people, 0–19 people", "under 10 people, 0–19 people"),
    ("en", "10–35", "10–35"),
    ("en", "3–5 partners since Apr 2026", "3–5 partners since Apr 2026"),
    ("en", "6 to 12 months ago: 11 days (7 to 13)", "6 to 12 months ago: 11 days (7 to 13)"),
    ("en", "1 to 4 of 100 periods", "1 to 4 of 100 periods"),
    ("bn", "প্রায় 22 (3–22) মানুষ", "প্রায় 22 (22 পর্যন্ত) মানুষ"),
    ("bn-beng", "পরিসর ৩ থেকে ৪৯, গত বছর", "৪৯ পর্যন্ত, গত বছর"),
    ("bn-beng", "৩–৮", "১০-এর কম"),
    ("bn-beng", "ত্রৈমাসিক ৪ থেকে ২০২৬ সালের ত্রৈমাসিক ৩", "ত্রৈমাসিক ৪ থেকে ২০২৬ সালের ত্রৈমাসিক ৩"),
])  # fmt: skip
def test_a_range_of_a_sentence_is_said_in_words(lang: str, text: str, told: str) -> None:
    assert public_words.in_text(text, lang) == told


@pytest.mark.parametrize("lang", ["en", "bn-beng"])
def test_bands_of_partners_stay_and_numbers_are_numbers(
    lang: Language, members: Releases, public: Releases, places: Places
) -> None:
    figures = ("brief.reported", "overview.people")
    request = ReportRequest("A", figures, Month(2026, 9), lang, "public")
    report = make_report(request, members, public)
    by_id = {page.exhibit.id: page for page in report.pages}
    (book,), _ = files.make([report], ["xlsx"], places, {}, "a")
    sheets = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[1:]
    cells = [[*sheet.iter_rows(min_row=2, values_only=True)] for sheet in sheets]
    bands = by_id["brief.reported"].exhibit.table.column("band")
    assert [row[1] for row in cells[0]] == [*bands]
    assert not any("10" in str(band) for band in bands)
    # A count is a number too where it may be told, and words where it may not.
    people = [*by_id["overview.people"].exhibit.table.column("people")]
    assert [cell for row in cells[1] for cell in row[1:2]] == people
    assert all(isinstance(value, int) for value in people)


def test_the_table_beside_a_map_reads_small_ends_in_both_languages() -> None:
    columns = (Column("area", "Area"), *(Column(c, c, "ঘটনা") for c in ("n", "low", "high")))
    rows = (("A", 20, 3, 35), ("B", 20, 12, 35), ("C", 10, 0, 7), ("D", 12, 0, 30))
    exhibit = Exhibit(
        id="a.b", title="A", subtitle="", unit="ঘটনা", figure={"form": "map"},
        table=Table(columns, rows), description="A", notes=(), source="",
        release=Stamp("1", "invented", "", ""),
    )  # fmt: skip
    for lang, words in {
        "en": ["up to 35", "12–35", "under 10", "0–30"],
        "bn": ["35 পর্যন্ত", "12–35", "10-এর কম", "0–30"],
        "bn-beng": ["৩৫ পর্যন্ত", "১২–৩৫", "১০-এর কম", "০–৩০"],
    }.items():
        grid_read = grid.table_of(exhibit.table, lang, for_public=True)
        assert [row[-1] for row in grid.beside_map(exhibit, grid_read, lang).rows] == words


def test_what_counts_nobody_stays_a_number() -> None:
    """By the unit of the column, or by that of the row where it has none."""
    columns = (Column("label", "L"), Column("unit", "U"), Column("n", "N", number=True),
               Column("days", "D", "days"), Column("band", "B", "partners"))  # fmt: skip
    rows = (("A", "people", 7, 7, "3–5"), ("B", "%", 7, 7, "3–5"), ("C", "days", 7.5, 7, "1–2"))
    cells = grid.table_of(Table(columns, rows), "en", for_public=True).cells
    assert cells == (("A", "people", "under 10", 7, "3–5"), *rows[1:])


def test_what_a_public_figure_shows_has_its_numbers(members: Releases, public: Releases) -> None:
    request = ReportRequest("A", ("hotspots.ranking",), Month(2026, 9), audience="public")
    (page,) = make_report(request, members, public).pages
    counts = [count for count in page.exhibit.table.column("incidents") if count]
    numbers = re.findall(r"[^;]+: ([\d,]+|a few)(?=[;.])", page.alt)
    assert len(numbers) >= 10
    assert numbers[0] == str(counts[0])
    assert "1: " not in page.alt


def test_the_same_of_the_members_has_ranges_and_a_link(
    members: Releases, public: Releases, places: Places
) -> None:
    """The attacks find what they look for, where it may stand."""
    request = ReportRequest("All", ("overview.exploitation", "hotspots.ranking"), Month(2026, 9),
                  host="http://127.0.0.1:8050")  # fmt: skip
    (deck,), _ = files.make([make_report(request, members, public)], ["pptx"], places, {}, "all")
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
