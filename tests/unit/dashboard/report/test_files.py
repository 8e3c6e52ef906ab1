"""Files: the same bytes each time, small, with a group's own look, and what must be installed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation

from dashboard.model.periods import Month
from dashboard.release.folder import Releases
from dashboard.report import files, template
from dashboard.report.contents import NoReport, Report, ReportRequest, make_report, of_template
from dashboard.report.files import File, Places
from tests.unit.dashboard.report.reading import faults_of, slide_texts

MONTH = Month(2026, 9)
KINDS = ("pptx", "docx", "xlsx", "png")


@pytest.fixture(scope="module")
def monthly(members: Releases, public: Releases) -> Report:
    return make_report(of_template(template.find("monthly"), MONTH, "bn"), members, public)


@pytest.fixture(scope="module")
def written(monthly: Report, places: Places) -> dict[str, File]:
    """The files of the brief by their ending."""
    made_files, _ = files.make([monthly], KINDS, places, {}, "monthly")
    return {file.name.rpartition(".")[2]: file for file in made_files}


def test_the_same_report_is_the_same_bytes(
    monthly: Report, written: dict[str, File], places: Places
) -> None:
    again, _ = files.make([monthly], KINDS, places, {}, "monthly")
    assert again == [*written.values()]
    assert all(len(file.content) < 1_000_000 for file in again)


def test_a_deck_and_a_workbook_say_how_many_pages_they_have(
    monthly: Report, written: dict[str, File]
) -> None:
    assert written["pptx"].pages == len(Presentation(io.BytesIO(written["pptx"].content)).slides)
    assert written["xlsx"].pages == 1 + len(monthly.pages)
    assert [written[kind].pages for kind in ("docx", "png", "txt")] == [2, 1, None]


def test_a_zip_holds_all_others(monthly: Report, places: Places) -> None:
    (packed,), _ = files.make([monthly], ["zip"], places, {}, "monthly")
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert [name.rpartition(".")[2] for name in archive.namelist()] == [*KINDS, "txt"]


def test_each_side_says_source_release_and_handling(
    monthly: Report, written: dict[str, File]
) -> None:
    texts = slide_texts(written["pptx"].content)
    for text in texts:
        assert monthly.source in text
        assert monthly.release_id in text
        assert monthly.handling in text
    assert texts[-1].index(monthly.limits[-1]) > texts[-1].index(monthly.limits[0])


def test_every_picture_chart_and_table_has_an_alt_text(written: dict[str, File]) -> None:
    deck, paper = written["pptx"], written["docx"]
    shapes = [
        shape._element
        for slide in Presentation(io.BytesIO(deck.content)).slides
        for shape in slide.shapes
        if shape.has_chart or shape.has_table or shape.shape_type == 13
    ]
    assert len(shapes) >= 5
    for element in shapes:
        about = next(element.iter("{*}cNvPr"))
        assert len(about.get("descr")) > 20
        assert about.get("title")
    inline = list(Document(io.BytesIO(paper.content)).element.body.iter("{*}docPr"))
    assert len(inline) >= 5
    assert all(len(one.get("descr")) > 20 for one in inline)
    rows = [table.rows[0].cells for table in Document(io.BytesIO(paper.content)).tables]
    charts = [[len([*cell._element.iter("{*}inline")]) for cell in cells] for cells in rows]
    assert [1, 1] in charts, "small figures stand two by two"


def test_a_groups_own_look_is_taken_by_the_names_of_its_layouts(
    monthly: Report, places: Places
) -> None:
    own = Presentation()
    own.slides.add_slide(own.slide_layouts[0])  # what stands in a template is not sent on
    for layout in own.slide_layouts:
        if layout.name == "Title Only":
            layout.name = "Titel"
    stream = io.BytesIO()
    own.save(stream)
    (deck,), lacks = files.make([monthly], ["pptx"], places, {"pptx": stream.getvalue()}, "ours")
    assert len(lacks) == 1
    assert "no layout 'Title Only'" in lacks[0]
    slides = Presentation(io.BytesIO(deck.content))
    assert slides.slide_width == own.slide_width
    assert slides.slides[0].slide_layout.name == "Title Slide"
    assert slides.slides[0].shapes.title.text == monthly.opening


def test_a_letterhead_of_a_paper_stays(monthly: Report, places: Places) -> None:
    own = Document()
    own.sections[0].header.paragraphs[0].text = "Our group"
    own.add_paragraph("Old text")
    stream = io.BytesIO()
    own.save(stream)
    (paper,), lacks = files.make([monthly], ["docx"], places, {"docx": stream.getvalue()}, "ours")
    document = Document(io.BytesIO(paper.content))
    assert lacks == []
    assert document.sections[0].header.paragraphs[0].text == "Our group"
    assert "Old text" not in "\n".join(p.text for p in document.paragraphs)


@pytest.mark.parametrize("kind", ["pptx", "docx"])
@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04" + b"\x00" * 40, b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 9]
)
def test_a_look_that_is_no_such_file_is_one_sentence(
    kind: str, content: bytes, monthly: Report, places: Places
) -> None:
    with pytest.raises(NoReport, match=f"no {kind.upper()} file that can be opened"):
        files.make([monthly], [kind], places, {kind: content}, "ours")


def test_without_the_extra_a_sentence_says_what_to_install(
    monthly: Report, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_NEEDS", ("no_such_package_anywhere",))
    assert "situation-atlas[report]" in files.missing()
    with pytest.raises(NoReport, match="pip install"):
        files.make([monthly], ["pptx"], places, {}, "monthly")


def test_longest_titles_leave_room_for_the_figure(
    members: Releases, public: Releases, places: Places
) -> None:
    request = ReportRequest("T" * 60, ("overview.trend",), MONTH, "bn")
    report = make_report(request, members, public)
    page = report.pages[0]
    long = replace(page.exhibit, title="শব্দ " * 40)
    grown = replace(report, pages=(replace(page, exhibit=long),))
    (deck,), _ = files.make([grown], ["pptx"], places, {}, "long")
    slide = Presentation(io.BytesIO(deck.content)).slides[1]
    (chart,) = (shape for shape in slide.shapes if shape.has_chart)
    title = slide.shapes.title
    assert title.top + title.height <= chart.top
    assert chart.height > 40 * 36000


def test_files_are_as_old_as_their_release_and_name_no_printer(written: dict[str, File]) -> None:
    deck, paper = written["pptx"], written["docx"]
    for about in (
        Presentation(io.BytesIO(deck.content)).core_properties,
        Document(io.BytesIO(paper.content)).core_properties,
    ):
        assert about.created == about.modified
        assert str(about.created).startswith("2026-10-16 09:40:00")
    with zipfile.ZipFile(io.BytesIO(deck.content)) as archive:
        assert not [name for name in archive.namelist() if "printer" in name.lower()]


def test_a_paper_always_says_how_far_numbers_are_off(
    members: Releases, public: Releases, places: Places
) -> None:
    figure = "overview.trend?period=2025-10..2026-09"
    request = ReportRequest("Paper", (figure,), MONTH, pages=2)
    report = make_report(request, members, public)
    note = "Parts are protected: right to about 9 people. 0 means none or very few."
    notes = ("First.", "Second.", "Third.", note)
    page = replace(report.pages[0], notes=notes)
    (paper,), _ = files.make([replace(report, pages=(page,))], ["docx"], places, {}, "paper")
    body = "".join(t.text or "" for t in Document(io.BytesIO(paper.content)).element.iter("{*}t"))
    assert note in body
    assert "Third." not in body


#: What stands in a chart or beside it, and what breaks its schema.
BROKEN = [
    ('<c:errBarType val="both"/><c:errValType val="cust"/>',
     '<c:errValType val="cust"/><c:errBarType val="both"/>'),
    ('<c:order val="0"/>', ""), ('<c:gapWidth val="', '<c:gapWidth val="9'),
    ('<c:axId val="2"/>', '<c:axId val="two"/>'), ("<c:crosses ", "<c:crossed "),
    ("<p:cNvPr id=", "<p:cNvPr number="),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong"), BROKEN, ids=range(len(BROKEN)))
def test_what_breaks_a_schema_would_be_found(
    right: str, wrong: str, written: dict[str, File], tmp_path: Path
) -> None:
    deck = written["pptx"].content
    stream, times = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(deck)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            times += part.count(right.encode())
            new.writestr(name, part.replace(right.encode(), wrong.encode()))
    assert times
    assert faults_of(deck, "pptx", tmp_path) == []
    assert faults_of(stream.getvalue(), "pptx", tmp_path)
