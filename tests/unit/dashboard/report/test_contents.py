"""What a report holds: what falls away is listed, words are guarded, an edition is held back."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from dashboard import door
from dashboard.model.languages import Language
from dashboard.model.periods import Month
from dashboard.model.release import PUBLIC_FOLDER
from dashboard.release.folder import NoRelease, Releases
from dashboard.release.withheld import Withheld
from dashboard.report import sheet
from dashboard.report.contents import NoReport, ReportRequest, make_report
from tests.support.releases import build_release, point_to
from tests.unit.dashboard.report.conftest import MEMBERS, PUBLIC

ASKED = ReportRequest("Report", ("overview.trend", "hotspots.camps"), Month(2026, 9))


def test_what_falls_away_is_listed_with_its_reason(members: Releases, public: Releases) -> None:
    report = make_report(replace(ASKED, audience="public"), members, public)
    assert [page.exhibit.id for page in report.pages] == ["overview.trend"]
    assert report.left_out == ("Camps: Camps are not shown in an edition for the public.",)
    assert report.release_id == PUBLIC


def test_figures_are_numbered_from_one_and_text_is_none(
    members: Releases, public: Releases
) -> None:
    text = ("brief.sentences", "overview.indicators")
    request = replace(ASKED, figures=(*text, *ASKED.figures, text[0]))
    report = make_report(request, members, public)
    assert [page.number for page in report.pages] == [0, 0, 1, 2, 0]
    assert report.name_of(report.pages[2]) == "Figure 1"
    book = openpyxl.load_workbook(io.BytesIO(sheet.as_xlsx(report)))
    assert book.sheetnames[1:] == [
        "(1) Five sentences", "(2) At a glance", "1 Trend", "2 Camps", "(5) Five sentences",
    ]  # fmt: skip


def test_a_place_that_the_public_does_not_know_widens_nothing(
    members: Releases, public: Releases
) -> None:
    """An upazila that is dropped would leave the figure of the whole country under its name."""
    request = replace(ASKED, figures=("overview.trend?area=BD20220094", "overview.trend"))
    assert len(make_report(request, members, public).pages) == 2
    report = make_report(replace(request, audience="public"), members, public)
    assert len(report.pages) == 1
    assert "BD20220094" in report.left_out[0]


def test_the_members_release_is_never_called_public(members: Releases) -> None:
    with pytest.raises(NoReport, match="no edition for the public yet"):
        make_report(replace(ASKED, audience="public"), members, members)


def test_words_of_a_member_stand_in_no_report_for_the_public(
    members: Releases, public: Releases
) -> None:
    words = {0: "Look at September."}
    assert (
        make_report(replace(ASKED, words=words), members, public).pages[0].words
        == "The group adds: Look at September."
    )
    with pytest.raises(NoReport, match="holds no words"):
        make_report(replace(ASKED, words=words, audience="public"), members, public)


@pytest.mark.parametrize(("lang", "drawn"), [
    ("en", ("Small bars", "ring: usual")), ("bn-beng", ("ছোট স্তম্ভ", "বৃত্ত: স্বাভাবিক")),
])  # fmt: skip
def test_what_only_a_page_draws_is_told_in_no_file(
    lang: Language, drawn: tuple[str, ...], members: Releases, public: Releases
) -> None:
    figures = ("routes.corridors", "routes.chains", "overview.exploitation")
    on_pages = [door.answer_exhibit(figure, f"lang={lang}", members).exhibit for figure in figures]
    shown_text = " ".join(text for one in on_pages for text in (one.subtitle, *one.notes))
    assert all(each in shown_text for each in drawn)
    report = make_report(replace(ASKED, figures=figures, lang=lang), members, public)
    assert all(page.notes for page in report.pages)
    book = openpyxl.load_workbook(io.BytesIO(sheet.as_xlsx(report)))
    first = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    file_texts = [text for page in report.pages for text in (page.exhibit.subtitle, *page.notes)]
    assert file_texts[0] in first
    assert not [text for text in (*first, *file_texts) if any(each in text for each in drawn)]


def test_a_month_that_is_not_there_is_said(members: Releases, public: Releases) -> None:
    with pytest.raises(NoReport, match=r"holds Oct 2023 – Sep 2026, and not Oct 2026"):
        make_report(replace(ASKED, month=Month(2026, 10)), members, public)


@pytest.mark.parametrize("figures", [(), ("overview.trend",) * 31, ("nothing.there",)])
def test_figures_that_make_no_report(
    figures: tuple[str, ...], members: Releases, public: Releases
) -> None:
    with pytest.raises(NoReport):
        make_report(replace(ASKED, figures=figures), members, public)


def test_an_edition_that_is_held_back_makes_no_report(folder: Path, tmp_path: Path) -> None:
    withheld = Withheld(tmp_path)
    withheld.withhold(MEMBERS)
    with pytest.raises(NoRelease):
        releases = Releases(folder, holds=withheld.contains)
        make_report(ASKED, releases, Releases(folder / PUBLIC_FOLDER))


def test_what_changed_since_an_edition_is_told_first(tmp_path: Path) -> None:
    before, after = "2026-08-20260916t094000-0a1b2c3d", "2026-09-20261016t094000-0a1b2c3d"
    for name, seed, month, many in (
        (before, 3, Month(2026, 8), 40),
        (after, 4, Month(2026, 9), 160),
    ):
        build_release(
            tmp_path / f"{name}.duckdb", seed=seed, months=36, last_month=month, per_month=many
        )
    point_to(tmp_path, after)
    releases = Releases(tmp_path)
    request = replace(ASKED, figures=("overview.people?period=2025-10..2026-09",), since=before)
    report = make_report(request, releases, releases)
    assert report.since == "Aug 2026"
    assert any("higher than" in text for text in report.changed)
    for wrong in ("nothing", after):
        with pytest.raises(NoReport, match="no earlier edition"):
            make_report(replace(request, since=wrong), releases, releases)
