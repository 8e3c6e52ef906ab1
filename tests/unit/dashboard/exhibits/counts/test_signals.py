"""Past flags: each with what was known then, runs of months as one, and what followed."""

from __future__ import annotations

from pathlib import Path

from dashboard.exhibits.counts.signals import signals
from dashboard.exhibits.counts.usual_areas import UsualAreas, usual_areas
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Span
from tests.unit.dashboard.exhibits.counts.test_usual_areas import (
    CAMP,
    SPAN,
    STEADY,
    TEKNAF,
    UKHIA,
    opened,
    units,
)

RISE = 24


def risen(months: int) -> list[dict[str, object]]:
    return [
        dict(unit)
        for part in (
            units(TEKNAF, 5, until=RISE),
            units(TEKNAF, 30, since=RISE, until=RISE + months),
            units(TEKNAF, 5, since=RISE + months),
        )
        for unit in part
    ]


def test_a_rise_of_a_quarter_is_one_signal_that_says_when_it_began_and_that_it_ended(
    tmp_path: Path,
) -> None:
    with opened(tmp_path, STEADY, risen(3), units(UKHIA, 20)) as release:
        (signal,) = signals(release, INCIDENTS, "upazila")
        assert (signal.area, signal.verdict) == (TEKNAF, "more")
        assert signal.first == SPAN.start.plus(RISE)
        # quarters that hold a month or two of it are called so while it is enough of them
        assert 2 <= signal.last.minus(signal.first) <= 4
        assert signal.now == 40
        assert signal.window == Span.last(3, until=signal.first)
        assert signal.followed is not None
        assert signal.followed.now == 65
        assert signal.followed.again
        assert signal.p < 0.05


def test_a_signal_at_the_end_has_no_follow_up_yet_and_is_what_the_map_says(tmp_path: Path) -> None:
    rise = [*units(TEKNAF, 5, until=34), *units(TEKNAF, 30, since=34)]
    with opened(tmp_path, STEADY, rise) as release:
        (signal,) = signals(release, INCIDENTS, "upazila")
        assert signal.followed is None
        assert signal.last == SPAN.end
        found = usual_areas(release, INCIDENTS, Filters(), "upazila", Span.last(3, until=SPAN.end))
        assert isinstance(found, UsualAreas)
        assert [area.code for area in found.called("more")] == [TEKNAF]


def test_what_came_later_changes_no_earlier_signal(tmp_path: Path) -> None:
    found = []
    for later in ([], units(UKHIA, 90, since=31)):
        folder = tmp_path / str(len(later))
        with opened(folder, STEADY, risen(3), later) as release:
            early = [s for s in signals(release, INCIDENTS, "upazila") if s.area == TEKNAF]
            found.append([(s.first, s.now, s.expected) for s in early])
    assert found[0] == found[1]


def test_a_camp_that_begins_to_hold_something_raises_one(tmp_path: Path) -> None:
    with opened(tmp_path, STEADY, units(CAMP, 20, since=26)) as release:
        (signal,) = signals(release, INCIDENTS, "camp")
        assert (signal.area, signal.verdict, signal.expected) == (CAMP, "more", 0)
        assert signal.first == SPAN.start.plus(26)


def test_where_nothing_changes_there_are_none_and_they_are_made_once(tmp_path: Path) -> None:
    with opened(tmp_path, STEADY, units(TEKNAF, 10)) as release:
        assert signals(release, INCIDENTS, "upazila") == ()
        assert signals(release, INCIDENTS, "upazila") is signals(release, INCIDENTS, "upazila")
        assert signals(release, INCIDENTS, "district") == ()
