"""Own words stand in every kind of file, and nothing stands over anything."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from pptx import Presentation

from dashboard.model.periods import Month
from dashboard.release.folder import Releases
from dashboard.report import files, picture, template
from dashboard.report.contents import Report, make_report, of_template
from dashboard.report.files import Places
from dashboard.report.grid import Grid

SHORT = "We watch this."
LONG = {"en": "word and another one " * 19, "bn": "আমরা এই জেলায় আরও কাজ করব ও দেখব। " * 11}


def written(words: str, members: Releases, public: Releases, lang: str = "en") -> Report:
    request = of_template(template.find("monthly"), Month(2026, 9), lang)  # pyright: ignore[reportArgumentType]
    each = {at: f"{words.strip()} {at}" for at in range(len(request.figures))}
    return make_report(replace(request, words=each), members, public)


def test_words_under_every_figure_stand_in_every_file(
    members: Releases, public: Releases, places: Places
) -> None:
    report = written(SHORT, members, public)
    (deck, paper), _ = files.make([report], ["pptx", "docx"], places, {}, "monthly")
    slides: Any = Presentation(io.BytesIO(deck.content)).slides
    text = "\n".join(s.text_frame.text for one in slides for s in one.shapes if s.has_text_frame)
    body = "\n".join(t.text or "" for t in Document(io.BytesIO(paper.content)).element.iter("{*}t"))
    for page in report.pages:
        assert page.words in text
        assert page.words in body
    assert report.phrase("group_said", text=f"{SHORT} 0") in picture.message(report)


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_a_message_says_what_it_leaves_to_the_picture(
    lang: str, members: Releases, public: Releases
) -> None:
    report = written(LONG[lang][:395], members, public, lang)
    text = picture.message(report)
    assert text.endswith(report.phrase("message_words"))
    assert text.count("\n") >= 3  # what is short still stands
    assert len(text) <= picture.MOST_TEXT
    first, *others = (replace(page, words="") for page in report.pages)
    full = replace(report, pages=(first, *others), opening="word " * 55)
    assert picture.message(full).endswith(report.phrase("message_more"))
    whole = picture.message(replace(report, pages=(replace(first, words=SHORT),)))
    assert SHORT in whole
    assert all(line.lead.rstrip(".") in whole for line in first.form.lines)
    assert not whole.endswith((report.phrase("message_more"), report.phrase("message_words")))


def test_each_number_of_a_message_has_its_months_where_its_title_has_others(
    members: Releases, public: Releases
) -> None:
    request = of_template(template.find("monthly"), Month(2026, 9), "en")  # pyright: ignore[reportArgumentType]
    brief, _, numbers, *_ = (report := make_report(request, members, public)).pages
    text = picture.message(replace(report, pages=(numbers,)))
    assert "\nIncidents reported, Oct 2025 \N{EN DASH} Sep 2026: " in text
    month = replace(request, figures=("overview.indicators?period=2026-09..2026-09",))
    assert "\nIncidents reported: " in picture.message(make_report(month, members, public))
    line = brief.form.lines[0]
    assert f"\n{line.lead} · {line.word} · in " in picture.message(report)


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_long_words_stand_clear_of_the_numbers(
    lang: str, members: Releases, public: Releases, places: Places
) -> None:
    report = written(LONG[lang][:395], members, public, lang)
    (deck,), _ = files.make([report], ["pptx"], places, {}, "monthly")
    slides: list[Any] = [*Presentation(io.BytesIO(deck.content)).slides]
    label = report.pages[2].form.figures[0][0]
    first, *others = (
        [s for s in slide.shapes if s.has_text_frame and s.text_frame.text.startswith(label)]
        for slide in slides
    )
    assert not first
    assert any(others)


def test_columns_hold_their_longest_word_in_bold() -> None:
    grid = Grid(
        ("Upazila", "Incidents", "Range"),
        (("Sadar Dakkhin", "a few", "0–9"), ("Bishwanath", "16", "114–143")), (False, True, True),
    )  # fmt: skip
    letter = 0.19 * 11
    for width in (70.0, 80.0, 120.0):
        wide = [width * share - 4 for share in grid.shares(width, 11, 4)]
        assert sum(wide) == pytest.approx(width - 12)
        assert all(room >= n * letter for room, n in zip(wide, (10, 9, 7), strict=True))
    # What is left over goes to texts, or to all where every column holds numbers.
    assert [120 * share for share in grid.shares(120, 11, 4)[1:]] == pytest.approx(
        [80 * share for share in grid.shares(80, 11, 4)[1:]]
    )
    assert Grid(("1", "2"), (("3", "4"),), (True, True)).shares(50, 11, 4) == [0.5, 0.5]


@pytest.mark.parametrize("many", [1, 6, 24])
@pytest.mark.parametrize("width", [20.0, 60.0, 200.0])
def test_columns_share_even_a_room_that_is_too_narrow(many: int, width: float) -> None:
    header = ("Upazila", *(f"Column {at}" for at in range(many)))
    rows = (("Brahmanbaria", *("114–143" for _ in range(many))),)
    shares = Grid(header, rows, (False, *(True for _ in range(many)))).shares(width, 11, 4)
    assert sum(shares) == pytest.approx(1)
    assert all(share > 0 for share in shares)
