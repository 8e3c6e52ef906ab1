"""What charts over time mark: notes, who reports, and flags of the areas a reader looks at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dashboard.exhibits.counts.signals import signals
from dashboard.exhibits.parts.time_marks import in_words, time_marks
from dashboard.exhibits.question import Question
from dashboard.figures.marks import Mark, Marks
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.usual import SPAN, STEADY, TEKNAF, UKHIA, opened, risen, units

MONTHS = [Span(month, month) for month in SPAN]
QUARTERS = [Span(span.start, span.start.plus(2)) for span in MONTHS[::3]]


def with_a_rise(tmp_path: Path) -> Release:
    return opened(tmp_path, STEADY, risen(3), units(UKHIA, 20))


def flags(marks: Marks) -> list[Mark]:
    return [mark for mark in marks.ordered if mark.kind in ("more", "fewer")]


def test_a_flag_stands_at_its_last_month_and_says_place_time_and_numbers(tmp_path: Path) -> None:
    with with_a_rise(tmp_path) as release:
        (signal,) = signals(release, INCIDENTS)
        question = Question(release, Filters(), SPAN, {})
        (flag,) = flags(time_marks(question, MONTHS))
        assert MONTHS[flag.at].start == signal.last
        assert flag.when == question.dated(signal.window)
        assert (flag.kind, flag.text) == ("more", "More than usual in Teknaf")
        assert f"{flag.when}: about {signal.comparison.now:.0f}, more" in flag.hover
        (by_quarter,) = flags(time_marks(question, QUARTERS))
        assert QUARTERS[by_quarter.at].start <= signal.last <= QUARTERS[by_quarter.at].end
        assert "More than usual in Teknaf" in in_words(question, time_marks(question, MONTHS))


def test_flags_are_those_of_the_areas_looked_at_and_of_the_months_drawn(tmp_path: Path) -> None:
    with with_a_rise(tmp_path) as release:
        question = Question(release, Filters(), SPAN, {})

        def found(*areas: str, steps: list[Span] = MONTHS) -> int:
            asked = replace(question, filters=Filters(area=areas))
            return len(flags(time_marks(asked, steps)))

        assert (found(), found(TEKNAF), found("BD2022"), found(UKHIA)) == (1, 1, 1, 0)
        assert found(steps=MONTHS[:20]) == 0


def test_a_chart_with_a_test_of_its_own_has_its_own_flags(tmp_path: Path) -> None:
    with with_a_rise(tmp_path) as release:
        question = Question(release, Filters(), SPAN, {})
        assert flags(time_marks(question, MONTHS, [])) == []
        own = [Mark(3, "fewer", "Q1", "Fewer than usual")]
        assert flags(time_marks(question, MONTHS, own)) == own
