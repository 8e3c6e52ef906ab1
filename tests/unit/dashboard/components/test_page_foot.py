"""The foot of a page: caveat and source once, and one line that opens to what holds for all."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import exhibits
from dashboard.components.writer import write
from dashboard.exhibits import reading
from dashboard.exhibits.question import Question
from dashboard.filters import Filters
from dashboard.model.facts import LEGS, PEOPLE
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support import fragments
from tests.unit.dashboard.components.test_exhibit_card import VALUE

exhibits.load()


def sentences(release: Release, period: str = "", *facts: object) -> str:
    span = Span.parse(period) if period else release.default_period
    question = Question(release, Filters(period=span), span, {})
    return " ".join(reading.page_notes(question, facts or (PEOPLE,)))


def page_foot(sentences: Sequence[str], lang: str) -> str:
    source, stamp = "Source: tests", VALUE.release
    return write("page_foot", lang, source=source, stamp=stamp, sentences=sentences)


def test_it_is_one_line_that_opens_to_every_sentence_and_the_methods() -> None:
    told = ["Parts are protected.", "A ring is the usual month."]
    caveat, origin, found = fragments.parsed(page_foot(told, "en"))
    assert "not prevalence" in fragments.said([caveat])
    assert fragments.said([origin]) == "Source: tests · data to Sep 2026 · release 2026-09-x"
    assert isinstance(found, fragments.Element)
    assert (found.tag, "open" in found.attributes) == ("details", False)
    summary, listed, _ = found.children
    assert fragments.said([summary]) == "How to read these numbers"
    assert isinstance(listed, fragments.Element)
    assert [fragments.said([entry]) for entry in listed.children] == told
    assert fragments.values(found, "href") == ["/methods"]


def test_a_page_without_figures_has_caveat_and_source_alone() -> None:
    assert len(fragments.parsed(page_foot((), "en"))) == 2


def test_its_language_is_that_of_the_page() -> None:
    found = page_foot(["x"], "bn")
    assert "How to read these numbers" not in found
    assert fragments.values(found, "href") == ["/methods?lang=bn"]


def test_a_page_of_protected_numbers_says_how_far_they_go_and_what_lines_and_ranges_are(
    protected: Release,
) -> None:
    said = sentences(protected, "", PEOPLE, LEGS)
    assert "not prevalence" not in said  # the caveat above has it
    assert "right to about 5 people, sometimes 10" in said
    assert "about 10 legs, sometimes 20" in said
    assert "19 times in 20" in said
    assert "Paler bars show ranges" in said
    assert said.count("provisional") == 1


def test_records_have_no_lines_and_no_ranges(unprotected: Release) -> None:
    said = sentences(unprotected)
    assert "without protection" in said
    assert "19 times in 20" not in said
    assert "ranges" not in said


def test_a_ring_is_told_of_only_where_a_single_month_is_shown(protected: Release) -> None:
    assert "A ring marks the mean of the twelve months" in sentences(protected, "2026-06")
    assert "ring marks" not in sentences(protected, "2026-05..2026-06")


def test_months_without_data_and_those_that_may_still_rise_are_said(protected: Release) -> None:
    assert "Data exist for Oct 2023 – Sep 2026 only." in sentences(protected, "2026-08..2027-02")
    settled = sentences(protected, "2026-01..2026-03")
    assert "Data exist" not in settled
    assert "provisional" not in settled
