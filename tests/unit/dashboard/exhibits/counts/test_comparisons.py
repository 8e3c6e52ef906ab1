"""Whole levels with the words of the judge: which months, which rows, and whose word they take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.analysis.expected_error import assumed
from dashboard.analysis.judge import BY_CHANCE
from dashboard.exhibits.counts import comparisons as compared
from dashboard.exhibits.counts.comparisons import (
    Comparisons,
    compare_areas,
    compare_codes,
    compare_rows,
    compare_total,
    season_of,
    window_of,
)
from dashboard.exhibits.counts.splits import by_part
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.question import Question
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS, JOURNEYS, LEGS, PEOPLE, RECLASSIFICATIONS
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.releases import built
from tests.support.usual import CAMP, MONTHS, QUARTER, SPAN, STEADY, TEKNAF, UKHIA, Unit, units

BOATS, LAND, AIR = "bay_of_bengal_andaman", "bd_india_southwest", "air_gulf"
YEAR = Span.last(12, until=SPAN.end)
#: Nothing is late in what was published, so that fewer may be said.
PUBLISHED = {"kind": "published"}


def people(corridor: str, *by_month: int, **more: object) -> list[Unit]:
    """One unit of a corridor a month, of sizes that come again and again."""
    return [
        {"month": month.first_day, "corridor": corridor, "sex": "male", **more, "size": size}
        for at, month in enumerate(SPAN)
        if (size := by_month[at % len(by_month)])
    ]


def risen(corridor: str, before: int, now: int, **more: object) -> list[Unit]:
    """As many a month, and in the last quarter as many."""
    return people(corridor, *[before] * (MONTHS - 3), *[now] * 3, **more)


@contextmanager
def opened(folder: Path, *, people: Sequence[Unit] = (), incidents: Sequence[Unit] = (),
           **more: object) -> Iterator[Release]:  # fmt: skip
    options: Mapping[str, object] = {"months": MONTHS, **PUBLISHED, **more}
    rows = {"people": people, "incidents": incidents}
    release = built(folder, units=rows, **options)
    yield release
    release.close()


def view(release: Release, period: Span = QUARTER, **filters: object) -> Question:
    chosen = Filters(period=period, **filters)  # pyright: ignore[reportArgumentType]
    return Question(release, chosen, period, {})


def words(comparisons: Comparisons | None) -> dict[str, str]:
    return {code: one.word for code, one in comparisons.rows.items()}


@pytest.mark.parametrize(
    ("level", "months", "judged_months"),
    [
        ("upazila", 1, 3), ("camp_region", 2, 3), ("camp", 3, 6), ("camp", 5, 6),
        ("upazila", 6, 3), ("camp", 12, 6), ("upazila", MONTHS, 3),
        ("district", 1, 6), ("division", 3, 6), ("district", 12, 6),
        ("", 1, 1), ("", 3, 3), ("", 12, 12), ("", MONTHS, MONTHS),
    ],
)  # fmt: skip
def test_areas_have_windows_of_their_level_and_all_others_the_period(
    tmp_path: Path, level: str, months: int, judged_months: int
) -> None:
    with opened(tmp_path) as release:
        period = Span.last(months, until=SPAN.end)
        assert window_of(release, period, level) == Span.last(judged_months, until=SPAN.end)
        beyond = Span(period.start, SPAN.end.plus(2))
        span = window_of(release, beyond, level)
        assert span.end == SPAN.end
        after = Span(SPAN.end.plus(1), SPAN.end.plus(3))
        assert window_of(release, after, level) is None
        assert compare_rows(release, INCIDENTS, Filters(), None, level=level or "camp") is None


def test_a_filter_among_the_rows_changes_no_word_and_every_other_does(tmp_path: Path) -> None:
    rows = risen(BOATS, 10, 40, mode="sea"), people(LAND, 90, mode="land"), people(AIR, 5)
    women = risen(LAND, 15, 5, sex="female")
    with opened(tmp_path, people=[*sum(rows, []), *women]) as release:
        everything = compare_codes(view(release), PEOPLE, "corridor")
        assert words(everything) == {BOATS: "more", LAND: "same", AIR: "unclear"}
        chosen = compare_codes(view(release, corridor=(LAND,)), PEOPLE, "corridor")
        assert chosen == everything
        other = compare_codes(view(release, corridor=(LAND,), sex=("female",)), PEOPLE, "corridor")
        assert words(other) == {LAND: "fewer"}
        by_mode = compare_codes(view(release, mode=("sea",)), PEOPLE, "mode")
        assert by_mode == compare_codes(view(release), PEOPLE, "mode")
        assert words(by_mode)["sea"] == "more"


def test_a_chosen_area_or_a_checkpoint_changes_nothing(tmp_path: Path) -> None:
    stopped = [{**unit, "place_role": "interception"} for unit in units(TEKNAF, 50, since=33)]
    rows = [*STEADY, *units(TEKNAF, 10), *units(UKHIA, 20), *units("BD2022", 5), *stopped]
    with opened(tmp_path, incidents=rows) as release:
        comparisons = compare_areas(view(release), INCIDENTS, "upazila")
        assert words(comparisons) == {TEKNAF: "unclear", UKHIA: "unclear"}
        assert compare_areas(view(release, area=(TEKNAF,)), INCIDENTS, "upazila") == comparisons
        # Whoever asks for where people were stopped is told of those alone.
        stops = compare_areas(view(release, role=("interception",)), INCIDENTS, "upazila")
        assert words(stops) == {TEKNAF: "new"}


def test_an_upazila_counts_its_camps_and_a_region_its_own_units(tmp_path: Path) -> None:
    region = "CXB-TEKNAF-SOUTH"
    rows = [*units(TEKNAF, 10), *units(CAMP, 10), *units(region, 5)]
    with opened(tmp_path, incidents=rows) as release:
        for level, code, now in (
            ("camp", CAMP, 60), ("camp_region", region, 45), ("upazila", TEKNAF, 75),
        ):  # fmt: skip
            comparisons = compare_areas(view(release), INCIDENTS, level)
            assert {area: one.now for area, one in comparisons.rows.items()} == {code: now}


def test_none_in_a_camp_region_is_fewer_only_where_many_are_usual(tmp_path: Path) -> None:
    region = "CXB-TEKNAF-SOUTH"

    def stopped(place: str, in_five: Iterable[int]) -> list[Unit]:
        return [unit for at in in_five for unit in units(place, 5, until=MONTHS - 3)[at::5]]

    for in_five, word in (((0, 2), "unclear"), (range(5), "fewer")):
        rows = [*STEADY, *stopped(region, in_five), *stopped(UKHIA, in_five)]
        with opened(tmp_path, incidents=rows) as release:
            for level, code, own in (("camp_region", region, word), ("upazila", UKHIA, "fewer")):
                assert words(compare_areas(view(release), INCIDENTS, level))[code] == own


def test_a_headline_of_one_corridor_or_transport_is_its_row_of_the_list(tmp_path: Path) -> None:
    rows = [*risen(BOATS, 10, 17, mode="sea"), *people(LAND, 20, mode="land"), *people(AIR, 5)]
    with opened(tmp_path, people=rows) as release:
        listed = compare_codes(view(release), PEOPLE, "corridor")
        modes = compare_codes(view(release), PEOPLE, "mode")
        for code in (BOATS, LAND, AIR):
            assert compare_total(view(release, corridor=(code,)), PEOPLE) == listed.rows[code]
        assert compare_total(view(release, mode=("sea",)), PEOPLE) == modes.rows["sea"]
        assert compare_total(view(release, corridor=("naf_river",)), PEOPLE) is None
        # All others are judged by themselves: with no cut of a level.
        for filters, now in (({}, 126), ({"corridor": (BOATS, LAND)}, 111),
                             ({"corridor": (BOATS,), "mode": ("sea",)}, 51)):  # fmt: skip
            comparison = compare_total(view(release, **filters), PEOPLE)
            assert comparison.now == now
        alone = compare_total(view(release, corridor=(BOATS,), mode=("sea",)), PEOPLE)
        assert alone != listed.rows[BOATS]


def test_a_number_that_no_row_counts_is_judged_by_itself(tmp_path: Path) -> None:
    """Lists of areas leave checkpoints out; the row of mixed classes has not those of one group."""
    for each, word in ((1, "unclear"), (50, "more")):
        stops = [{**unit, "place_role": "interception"} for unit in units(TEKNAF, each, since=33)]
        with opened(tmp_path, incidents=[*STEADY, *units(TEKNAF, 10), *stops]) as release:
            row = compare_areas(view(release), INCIDENTS, "upazila").rows[TEKNAF]
            found = compare_total(view(release, area=(TEKNAF,)), INCIDENTS)
            more = 3 * each
            assert (row.now, row.word, found.word) == (30, "unclear", word)
            assert (found.now, found.expected) == (30 + more, row.expected + more)
            assert (found.fewest == row.fewest) == (word == row.word)
    mixed = [
        {**unit, "class": "mixed", "class_group": group}
        for group in ("mixed", "trafficking_labour") for unit in units(TEKNAF, 10)
    ]  # fmt: skip
    with opened(tmp_path, incidents=mixed) as release:
        assert compare_codes(view(release), INCIDENTS, by_part()).rows["mixed"].usual == 30
        assert compare_total(view(release, class_=("mixed",)), INCIDENTS).usual == 60


def test_months_that_end_inside_a_quarter_need_a_clearer_difference_and_it_is_said(
    tmp_path: Path,
) -> None:
    rows = [*people(BOATS, *[10] * (MONTHS - 4), *[16] * 4), *people(LAND, 90)]
    with opened(tmp_path, people=rows, incidents=rows) as release:
        for period, word, is_said in (
            (QUARTER, "more", False),
            (Span.last(3, until=SPAN.end.plus(-1)), "unclear", True),
            (Span.last(1, until=SPAN.end.plus(-1)), "unclear", False),
        ):
            question = view(release, period)
            comparisons = compare_codes(question, PEOPLE, "corridor")
            assert comparisons.rows[BOATS].word == word
            note = against_usual.note(question, comparisons)
            assert (question.translate("judge.note_between") in note) == is_said


@pytest.mark.parametrize("fact", [JOURNEYS, LEGS])
def test_what_is_counted_by_quarter_takes_the_word_of_people(tmp_path: Path, fact: object) -> None:
    with opened(tmp_path, people=[*risen(BOATS, 10, 40), *people(LAND, 20)]) as release:
        rows = compare_codes(view(release), fact, "corridor")  # type: ignore[arg-type]
        assert rows.fact == PEOPLE
        assert rows == compare_codes(view(release), PEOPLE, "corridor")
        assert words(rows)[BOATS] == "more"


def test_what_is_not_kept_is_not_judged(tmp_path: Path) -> None:
    with opened(tmp_path, people=people(BOATS, 20), incidents=units(UKHIA, 20)) as release:
        women = view(release, sex=("female",))
        assert compare_areas(women, INCIDENTS, "upazila") is None
        assert compare_total(women, INCIDENTS) is None
        assert season_of(women, INCIDENTS) is None
        assert compare_codes(view(release), INCIDENTS, "sex") is None
        assert compare_areas(view(release), JOURNEYS, "upazila") is not None  # that of people
        assert compare_total(view(release), RECLASSIFICATIONS) is None
    with opened(tmp_path / "public", incidents=units(UKHIA, 20), audience="public") as release:
        assert compare_areas(view(release), INCIDENTS, "upazila") is None
        assert compare_areas(view(release), INCIDENTS, "district") is not None


@pytest.mark.parametrize(("base", "word"), [(1, "new"), (5, "unclear")])
def test_records_are_called_where_protection_could_have_made_a_unit(
    tmp_path: Path, base: int, word: str
) -> None:
    rows = [*people(LAND, 20), *people(AIR, *[0] * (MONTHS - 1), 8)]
    with opened(tmp_path, people=rows, base=base) as release:
        assert words(compare_codes(view(release), PEOPLE, "corridor"))[AIR] == word


def test_people_are_called_more_only_where_their_incidents_are(tmp_path: Path) -> None:
    crowd = risen(BOATS, 10, 40)
    few, many = people(BOATS, 10), risen(BOATS, 10, 40)
    cases = {"few": (few, ("unclear", "group")), "many": (many, ("more", "")),
            "none": ([], ("more", ""))}  # fmt: skip
    for name, (incidents, verdict) in cases.items():
        with opened(tmp_path / name, people=crowd, incidents=incidents) as release:
            comparisons = compare_codes(view(release), PEOPLE, "corridor")
            assert (comparisons.rows[BOATS].word, comparisons.rows[BOATS].why) == verdict
            # No incident has a sex, so none can stand against it.
            male = compare_codes(view(release, sex=("male",)), PEOPLE, "corridor")
            assert words(male) == {BOATS: "more"}


def test_beside_a_part_of_a_row_stand_the_incidents_of_that_part(tmp_path: Path) -> None:
    sexual, labour = ({"class_group": f"trafficking_{name}"} for name in ("sexual", "labour"))
    incidents = [*risen(BOATS, 10, 40, **sexual), *risen(BOATS, 40, 10, **labour)]
    with opened(tmp_path, people=risen(BOATS, 10, 40, **sexual), incidents=incidents) as release:
        chosen = view(release, class_=("trafficking_sexual",))
        parts = compare_codes(chosen, PEOPLE, by_part(), keeps_own=True)
        assert words(parts) == {"trafficking": "more"}


def test_an_exact_total_is_judged_without_the_error_of_protection(tmp_path: Path) -> None:
    rows = risen(BOATS, 10, 16)
    with opened(tmp_path, people=rows) as exact, opened(
        tmp_path / "rough", people=rows, exact=False
    ) as rough:  # fmt: skip
        one, other = compare_total(view(exact), PEOPLE), compare_total(view(rough), PEOPLE)
        assert one.score > other.score > 0
        part = compare_total(view(exact, sex=("male",)), PEOPLE)
        assert part.score == other.score


def test_called_and_watched_stand_the_clearest_first_with_what_chance_would_watch(
    tmp_path: Path,
) -> None:
    rows = [
        *risen(BOATS, 10, 30), *risen(LAND, 10, 60), *risen(AIR, 20, 8),
        *risen("naf_river", 20, 26), *people("bd_nepal", 20), *people("other", 5, *[0] * 11),
        *people("unknown", 20),
    ]  # fmt: skip
    with opened(tmp_path, people=rows) as release:
        comparisons = compare_codes(view(release), PEOPLE, "corridor")
        assert "unknown" not in comparisons.rows
        assert (comparisons.called(1), comparisons.called(-1)) == ([LAND, BOATS], [AIR])
        assert comparisons.watched == ["naf_river"]
        # Of "other" there are too few for chance to make two units of them in a quarter.
        assert 0 < comparisons.rows["other"].usual < 3
        assert comparisons.watched_by_chance == pytest.approx(BY_CHANCE * 5)


def test_boats_have_their_season_and_what_stays_the_same_none(tmp_path: Path) -> None:
    """From October on, as the release begins: six months of 40 and six of 2 or none."""
    boats = people(BOATS, 40, 45, 40, 35, 40, 40, 5, 0, 0, 0, 0, 0)
    rows = [*boats, *people(LAND, 20, 25, 15, 20), *people(AIR, 5)]
    with opened(tmp_path, people=rows) as release:
        season = season_of(view(release, corridor=(BOATS,)), JOURNEYS)
        assert (season.months, season.percent) == ((10, 3), 98)
        # Whatever period is looked at; a month of the season is compared with its like.
        short = view(release, Span(SPAN.end, SPAN.end), corridor=(BOATS,))
        assert season_of(short, JOURNEYS) == season
        flat = season_of(view(release, corridor=(LAND,)), JOURNEYS)
        assert flat.months == ()
        last = compare_codes(view(release, Span.last(3, until=SPAN.end)), PEOPLE, "corridor")
        assert {code: one.by_season for code, one in last.rows.items()} == {
            BOATS: True, LAND: False, AIR: False,
        }  # fmt: skip
        assert last.rows[BOATS].usual == 0  # of July to September
        # From half-years on every corridor is compared with the same months of earlier years.
        half = compare_codes(view(release, Span.last(6, until=SPAN.end)), PEOPLE, "corridor")
        assert all(one.by_season for one in half.rows.values())
    with opened(tmp_path / "short", people=boats, months=20) as release:
        assert season_of(view(release, corridor=(BOATS,)), JOURNEYS) is None


def test_two_units_are_no_news_where_a_filter_makes_numbers_err_three_times_as_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def error(_release: Release, _fact: object, filters: Filters, *_: object) -> object:
        return SimpleNamespace(typical=12.0 if filters.active else 4.0)

    monkeypatch.setattr(compared, "error_of", error)
    rows = [*risen(LAND, 20, 20), *risen(AIR, 0, 5), *risen(BOATS, 0, 15)]
    with opened(tmp_path, people=rows) as release:
        everybody, men = (
            compare_codes(view(release, **filters), PEOPLE, "corridor")
            for filters in ({}, {"sex": ["male"]})
        )
        assert words(everybody) == {LAND: "unclear", AIR: "new", BOATS: "new"}
        assert words(men) == {LAND: "unclear", AIR: "unclear", BOATS: "new"}


def test_a_number_of_a_pair_that_is_not_fitted_errs_as_echoes_of_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compared, "error_of", lambda *_: assumed(5, 9.0))
    # Promises are fitted to the sexes, not to corridors.
    rows = people(LAND, 5, promise=["job"])[: MONTHS - 3]
    rows += people(LAND, 6, promise=["loan"])
    with opened(tmp_path, people=rows) as release:
        by_sex, by_way = (
            words(compare_codes(view(release, **filters), PEOPLE, "promise"))
            for filters in ({"sex": ["male"]}, {"corridor": [LAND]})
        )
        assert by_sex == {"job": "fewer", "loan": "unclear"}
        assert by_way == {"job": "unclear", "loan": "unclear"}
