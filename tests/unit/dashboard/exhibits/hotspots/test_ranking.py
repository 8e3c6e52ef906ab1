"""The list of areas: what stands below it."""

from __future__ import annotations

from pathlib import Path

from tests.support.usual import UKHIA, opened, units
from tests.unit.dashboard.exhibits.hotspots.test_unusual import asked

DISTRICTS = ("BD3026", "BD4041", "BD4087", "BD6091")


def test_a_sum_of_several_numbers_has_the_range_of_a_sum(tmp_path: Path) -> None:
    few = (units(code, 5, since=35) for code in DISTRICTS)
    with opened(tmp_path, units(UKHIA, 20), *few) as release:
        figure = asked(release, "hotspots.ranking").figure or {}
    (line,) = figure["small"]["lines"]
    assert (line["aside"], line["range"]) == ("20", "0–40")  # of one number 10–30
    assert (figure["rows"][-1]["low"], figure["rows"][-1]["high"]) == (0, 40)
