"""Areas that are shown: those in what was chosen, and those that hold it."""

from __future__ import annotations

from dashboard.exhibits.counts.area_counts import areas_shown
from dashboard.release.open_release import Release


def test_each_choice_shows_what_lies_in_it_or_holds_it(protected: Release) -> None:
    everywhere = areas_shown(protected, "upazila", ())
    districts = sorted({protected.parent(code, "district") for code in everywhere} - {None})
    assert len(districts) > 1
    for chosen in (*([code] for code in districts), districts[:2], districts[1::-1]):
        shown = areas_shown(protected, "upazila", chosen)
        assert shown == tuple(
            code for code in everywhere if protected.parent(code, "district") in chosen
        )
    one = everywhere[0]
    assert areas_shown(protected, "district", [one]) == (protected.parent(one, "district"),)
    assert areas_shown(protected, "upazila", [one]) == (one,)
