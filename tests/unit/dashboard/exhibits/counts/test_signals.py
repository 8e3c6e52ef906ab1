"""Past flags: each with what was known then, runs of months as one, and what followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.exhibits.counts.comparisons import compare_rows, window_of
from dashboard.exhibits.counts.signals import signals
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.usual import (
    CAMP,
    MONTHS,
    RISE,
    SPAN,
    STEADY,
    TEKNAF,
    UKHIA,
    opened,
    risen,
    units,
)


def test_a_rise_of_a_quarter_is_one_signal_that_says_when_it_began_and_that_it_ended(
    tmp_path: Path,
) -> None:
    with opened(tmp_path, STEADY, risen(3), units(UKHIA, 20)) as release:
        (signal,) = signals(release, INCIDENTS)
        assert (signal.area, signal.level, signal.verdict) == (TEKNAF, "upazila", "more")
        assert signal.first == SPAN.start.plus(RISE)
        # quarters that hold a month or two of it are called so while it is enough of them
        assert 2 <= signal.last.minus(signal.first) <= 4
        assert (signal.comparison.now, signal.comparison.usual) == (40, 15)
        assert signal.window == Span.last(3, until=signal.last)
        assert (signal.followed.now, signal.followed.direction) == (15, 0)
        assert 0 < signal.chance < 0.001


def test_what_followed_a_single_month_is_back_to_usual(tmp_path: Path) -> None:
    once = [*units(UKHIA, 10, until=24), *units(UKHIA, 60, since=24, until=25)]
    with opened(tmp_path, STEADY, once, units(UKHIA, 10, since=25), units(TEKNAF, 10)) as release:
        (signal,) = signals(release, INCIDENTS)
        assert (signal.followed.word, signal.followed.direction) == ("unclear", 0)


def test_a_signal_is_what_the_judge_says_of_the_window_then(tmp_path: Path) -> None:
    rise = [*units(TEKNAF, 5, until=34), *units(TEKNAF, 30, since=34)]
    with opened(tmp_path, STEADY, rise) as release:
        (signal,) = signals(release, INCIDENTS)
        assert signal.followed is None
        assert signal.last == SPAN.end
        window = window_of(release, Span(signal.last, signal.last), "upazila")
        comparisons = compare_rows(release, INCIDENTS, Filters(), window, level="upazila")
        assert (comparisons.window, comparisons.rows[TEKNAF]) == (
            signal.window,
            signal.comparison,
        )


def test_what_came_later_changes_no_earlier_signal(tmp_path: Path) -> None:
    signals_before = []
    for later in ([], units(UKHIA, 90, since=31)):
        with opened(tmp_path / str(len(later)), STEADY, risen(3), later) as release:
            early = [s for s in signals(release, INCIDENTS) if s.area == TEKNAF]
            signals_before.append([(s.first, s.comparison) for s in early])
    assert signals_before[0] == signals_before[1] != []


def areas(release: Release) -> dict[str, str]:
    return {signal.area: signal.level for signal in signals(release, INCIDENTS)}


def test_one_event_is_told_of_the_smallest_area_that_was_called(tmp_path: Path) -> None:
    """Its upazila and district are called too, by what happened in the camp."""
    with opened(tmp_path, STEADY, units(CAMP, 20, since=29)) as release:
        for level in ("upazila", "district"):
            window = window_of(release, Span(SPAN.end, SPAN.end), level)
            comparisons = compare_rows(release, INCIDENTS, Filters(), window, level=level)
            assert comparisons.called(1)
        (signal,) = signals(release, INCIDENTS)
        assert (signal.area, signal.level, signal.verdict) == (CAMP, "camp", "more")
        assert signal.first == SPAN.start.plus(29)
    # What falls while a camp inside rises is another event.
    falls = [*units(UKHIA, 60, until=28), *units(UKHIA, 5, since=28)]
    camp = [*units("CXB-201", 5, until=28), *units("CXB-201", 20, since=28)]
    with opened(tmp_path / "both", STEADY, falls, camp) as release:
        assert areas(release).items() >= {"CXB-201": "camp", UKHIA: "upazila"}.items()


def test_what_goes_on_around_a_smaller_area_after_its_flag_is_told_too(tmp_path: Path) -> None:
    """A district that is still off usual stands among those of now, whatever began inside it."""
    around = [*units("BD2022", 10, until=RISE), *units("BD2022", 40, since=RISE)]
    with opened(tmp_path, STEADY, risen(3), around) as release:
        by_area = {signal.area: signal for signal in signals(release, INCIDENTS)}
        assert by_area[TEKNAF].last < SPAN.end
        assert (by_area["BD2022"].level, by_area["BD2022"].last) == ("district", SPAN.end)


@pytest.mark.parametrize("audience", ["member", "public"])
def test_where_nothing_changes_there_are_none_and_they_are_made_once(
    tmp_path: Path, audience: str
) -> None:
    with opened(tmp_path, STEADY, units(TEKNAF, 10), audience=audience) as release:
        assert signals(release, INCIDENTS) == ()
        assert signals(release, INCIDENTS) is signals(release, INCIDENTS)


def test_fewer_is_flagged_once_late_reports_are_in(tmp_path: Path) -> None:
    gone = MONTHS - 9
    with opened(tmp_path, STEADY, units(TEKNAF, 20, until=gone), units(UKHIA, 20)) as release:
        (signal,) = signals(release, INCIDENTS)
        assert (signal.area, signal.verdict) == (TEKNAF, "fewer")
        assert signal.first.minus(SPAN.start) in (gone, gone + 1)
        assert signal.last < SPAN.end  # of the last months it cannot be said
