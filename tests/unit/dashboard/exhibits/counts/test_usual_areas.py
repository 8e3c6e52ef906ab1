"""Which areas of a release can be judged against their past, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import isfinite
from pathlib import Path

import pytest

from dashboard.exhibits.counts.usual_areas import (
    Level,
    Unsaid,
    UsualAreas,
    offered,
    usual_areas,
)
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS, LEGS
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.releases import LAST_MONTH, build_release

MONTHS = 36
SPAN = Span.last(MONTHS, until=LAST_MONTH)
QUARTER = Span.last(3, until=LAST_MONTH)
YEAR = Span.last(12, until=LAST_MONTH)
CAMP, OTHER_CAMP, UKHIA, TEKNAF = "CXB-017", "CXB-025", "BD20220094", "BD20220090"
Unit = Mapping[str, object]


def units(place: str | None, each: int, *, since: int = 0, until: int = MONTHS) -> list[Unit]:
    """One unit a month of a place, from a month on and until another."""
    return [
        {"month": month.first_day, "place": place, "place_role": "recruitment", "size": each}
        for month in list(SPAN)[since:until]
    ]


@contextmanager
def opened(
    folder: Path,
    *of: Sequence[Unit],
    **more: object,
) -> Iterator[Release]:
    listed = [unit for own in of for unit in own]
    path = build_release(
        folder / "usual.duckdb",
        **{"months": MONTHS, "units": {"incidents": listed}, **more},  # type: ignore[arg-type]
    )
    release = Release(path)
    yield release
    release.close()


def asked(
    release: Release,
    level: Level = "upazila",
    window: Span = QUARTER,
    filters: Filters | None = None,
) -> UsualAreas | Unsaid:
    return usual_areas(release, INCIDENTS, filters or Filters(), level, window)


def told(found: UsualAreas | Unsaid) -> UsualAreas:
    assert isinstance(found, UsualAreas), found
    return found


STEADY = units("BD3026", 60)


def test_an_upazila_that_rose_is_more_and_its_history_is_eight_windows(tmp_path: Path) -> None:
    risen = [*units(TEKNAF, 5, until=33), *units(TEKNAF, 25, since=33)]
    with opened(tmp_path, STEADY, risen, units(UKHIA, 20)) as release:
        found = told(asked(release))
        areas = {area.code: area for area in found.areas}
        assert found.history == Span.last(24, until=QUARTER.start.plus(-1))
        assert areas[TEKNAF].judgement is not None
        assert areas[TEKNAF].now == 75
        assert areas[TEKNAF].judgement.expected == pytest.approx(15 * 105 / 85)
        assert [area.code for area in found.called("more")] == [TEKNAF]
        assert areas[UKHIA].noticed in (1.5, 2.0)


def test_an_upazila_counts_its_camps_and_a_region_its_own_units(tmp_path: Path) -> None:
    region = "CXB-TEKNAF-SOUTH"
    with opened(tmp_path, STEADY, units(TEKNAF, 10), units(CAMP, 10), units(region, 5)) as release:
        (found,) = told(asked(release)).testable
        assert (found.code, found.now) == (TEKNAF, 75)
        (found,) = told(asked(release, "camp_region")).testable
        assert (found.code, found.now) == (region, 45)


def test_a_camp_is_judged_from_its_first_record_on(tmp_path: Path) -> None:
    with opened(tmp_path, STEADY, units(CAMP, 10, since=33), units(OTHER_CAMP, 10)) as release:
        found = {area.code: area for area in told(asked(release, "camp")).areas}
        assert found.keys() == {CAMP, OTHER_CAMP}
        assert [area.code for area in told(asked(release, "camp")).called("more")] == [CAMP]
        before = Span.last(3, until=QUARTER.start.plus(-1))
        assert [a.code for a in told(asked(release, "camp", before)).areas] == [OTHER_CAMP]


def test_a_chosen_area_or_a_checkpoint_changes_nothing(tmp_path: Path) -> None:
    stopped = [{**unit, "place_role": "interception"} for unit in units(TEKNAF, 50, since=33)]
    with opened(tmp_path, STEADY, units(TEKNAF, 10), stopped) as release:
        everything = told(asked(release))
        chosen = told(asked(release, filters=Filters(area=[TEKNAF])))
        assert chosen == everything
        assert everything.called("more") == ()


@pytest.mark.parametrize(
    ("level", "window", "more", "reason"),
    [
        ("camp", Span(LAST_MONTH, LAST_MONTH), {}, "length"),
        ("upazila", Span.last(5, until=LAST_MONTH), {}, "length"),
        ("country", QUARTER, {}, "length"),
        ("upazila", Span.last(3, until=LAST_MONTH.plus(1)), {}, "outside"),
        ("upazila", Span.last(3, until=LAST_MONTH.plus(-24)), {}, "short"),
        ("district", QUARTER, {}, "few"),
        ("upazila", QUARTER, {"audience": "public", "base": 10, "units": {}}, "level"),
        ("upazila", QUARTER, {"units": {"incidents": []}}, "none"),
    ],
)
def test_where_nothing_can_be_said_it_says_why(
    tmp_path: Path, level: Level, window: Span, more: Mapping[str, object], reason: str
) -> None:
    with opened(tmp_path, STEADY, **more) as release:
        assert asked(release, level, window) == Unsaid(reason)  # type: ignore[arg-type]


def test_a_fact_that_is_counted_by_quarter_is_not_judged(tmp_path: Path) -> None:
    with opened(tmp_path, STEADY) as release:
        found = usual_areas(release, LEGS, Filters(), "upazila", QUARTER)
        assert found == Unsaid("grain")


def test_districts_outside_the_home_are_judged_where_there_are_enough_events(
    tmp_path: Path,
) -> None:
    with opened(
        tmp_path,
        units("BD2022", 90),
        units("BD3026", 20),
        home="BD2022",
    ) as release:
        assert [area.code for area in told(asked(release, "district")).areas] == ["BD3026"]


@pytest.mark.parametrize("level", ["country", "sea_area", "upazila", "camp", "district"])
@pytest.mark.parametrize("window", [QUARTER, YEAR], ids=["quarter", "year"])
def test_where_nothing_is_protected_every_area_can_be_judged(
    tmp_path: Path, level: Level, window: Span
) -> None:
    with opened(
        tmp_path,
        units("SEA-BOB", 1),
        units("MY", 1),
        units(TEKNAF, 2),
        units(CAMP, 1),
        units("BD3026", 2, since=34),
        units(None, 1),
        base=1,
        home="BD2022",
    ) as release:
        found = told(asked(release, level, window))
        assert found.areas
        assert found.testable == found.areas
        assert (found.setting.spread_now, found.setting.spread_before) == (0, 0)
        for area in found.testable:
            assert area.judgement is not None
            numbers = (area.judgement.expected, area.judgement.p_more, area.judgement.p_fewer)
            assert all(isfinite(number) for number in numbers)


def test_the_error_is_that_of_the_echoes_where_there_are_and_else_grows_with_the_base(
    tmp_path: Path,
) -> None:
    with opened(tmp_path, STEADY, units(TEKNAF, 10)) as release:
        setting = told(asked(release)).setting
        assert (setting.spread_now, setting.spread_before) == (2.6, 3.5)
    path = build_release(tmp_path / "drawn.duckdb", months=MONTHS)  # type: ignore[list-item]
    release = Release(path)
    setting = told(asked(release)).setting
    assert setting.spread_now not in (0, 2.6)
    release.close()


def test_what_is_offered() -> None:
    levels = ("upazila", "camp_region", "camp", "district", "country", "sea_area", "division")
    assert [level for level in levels if offered(level, 3)] == list(levels[:4])
    assert [level for level in levels if offered(level, 12)] == list(levels[:4])
    assert not any(offered(level, 1) for level in levels)
    assert offered("sea_area", 12, protected=False)
