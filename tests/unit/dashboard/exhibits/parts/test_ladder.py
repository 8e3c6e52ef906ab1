"""The ladder: the finest level whose numbers tell something, and the one that a reader asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import exhibits
from dashboard.analysis.expected_error import assumed
from dashboard.exhibits.exhibit import AUTO, Exhibit
from dashboard.exhibits.overview.exploitation import _CHARTS
from dashboard.exhibits.parts import breakdowns, in_time
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.ladder import (
    ChosenDetail,
    DetailLevel,
    Ladder,
    choose_detail,
    detail_label,
)
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import definition, definitions, render
from dashboard.exhibits.sheet.age_sex import AGES
from dashboard.exhibits.sheet.panels import _AUTHORITIES
from dashboard.filters import Filters
from dashboard.model.counted_by import Gathered
from dashboard.model.facts import FACTS, PEOPLE
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from tests.support.examples import examples
from tests.support.readings import few_filters, reading
from tests.support.releases import build_release, built, day

exhibits.load()
#: Options whose first value leaves the choice to the product and that have no levels.
_NO_LADDERS = ("view", "show", "rows", "columns", "as")
#: Groups of codes that stand beside codes without a group.
BY_GROUPS = tuple(
    by
    for ladder in (_AUTHORITIES, AGES)
    for rung in ladder.levels
    for by in rung.by
    if isinstance(by, Gathered)
)
SEPTEMBER = Filters(period=Span(Month(2026, 9), Month(2026, 9)))
AGES = Ladder(
    "ages", (DetailLevel("bands"), DetailLevel("groups"), DetailLevel("child"), DetailLevel("sex"))
)
#: Sizes on each level: the first that holds with an error of 5 is that of child and adult.
SIZES = {"bands": (5, 5, 5), "groups": (9, 6), "child": (15,), "sex": (15,)}


def view(release: Release, **options: str) -> Question:
    return Question(release, Filters(), release.default_period, options)


def step(
    release: Release, sizes: Mapping[str, tuple[int, ...]] = SIZES, **options: str
) -> ChosenDetail:
    asked = view(release, **options)

    def count(rung: DetailLevel) -> Breakdown:
        breakdown = breakdowns.breakdown_of(asked, PEOPLE, ("age_band", "sex"), sizes[rung.id])
        return replace(breakdown, _read_error=lambda: assumed(5))

    return choose_detail(asked, AGES, count, drawn=lambda breakdown: breakdown)


@pytest.mark.parametrize(
    ("sizes", "rung", "rough"),
    [
        ({}, "child", False),
        ({"bands": (20, 20, 5)}, "bands", False),
        ({"groups": (11, 5)}, "groups", False),
        ({"child": (9,)}, "sex", False),
        ({"child": (9,), "sex": (9,)}, "sex", True),
    ],
)
def test_the_finest_rung_that_tells_something_is_shown_else_the_last_as_rough(
    protected: Release, sizes: dict[str, tuple[int, ...]], rung: str, rough: bool
) -> None:
    found = step(protected, SIZES | sizes)
    assert (found.level.id, found.is_rough, found.is_chosen) == (rung, rough, False)
    assert found.breakdown.sizes == (SIZES | sizes)[rung]


@pytest.mark.parametrize(
    ("asked", "rough"), [("bands", True), ("groups", True), ("child", False), ("sex", False)]
)
def test_a_reader_may_ask_for_any_rung_and_a_finer_one_is_rough(
    protected: Release, asked: str, rough: bool
) -> None:
    found = step(protected, ages=asked)
    assert (found.level.id, found.is_rough, found.is_chosen) == (asked, rough, True)


def test_only_rungs_that_are_needed_are_counted(protected: Release) -> None:
    counted: list[str] = []

    def count(rung: DetailLevel) -> Breakdown:
        counted.append(rung.id)
        breakdown = breakdowns.breakdown_of(view(protected), PEOPLE, ("sex",), (30,))
        return replace(breakdown, _read_error=lambda: assumed(5))

    choose_detail(view(protected, ages="child"), AGES, count, drawn=lambda breakdown: breakdown)
    assert counted == ["child"]
    choose_detail(view(protected), AGES, count, drawn=lambda breakdown: breakdown)
    assert counted == ["child", "bands"]


@pytest.mark.parametrize(
    ("sizes", "options", "said"),
    [
        ({"bands": (90,)}, {}, ""),
        ({}, {}, "by child and adult: too few people for ages"),
        ({"child": (9,), "sex": (9,)}, {}, "by sex; rough, since there are few people"),
        ({"bands": (90,)}, {"ages": "bands"}, "by age band and sex, as you chose"),
        ({}, {"ages": "bands"},
         "by age band and sex, as you chose; rough, since there are few people"),
    ],
)  # fmt: skip
def test_one_clause_says_which_rung_and_why(
    protected: Release, sizes: dict[str, tuple[int, ...]], options: dict[str, str], said: str
) -> None:
    detail = step(protected, SIZES | sizes, **options).detail(view(protected, **options))
    assert detail.said == said
    assert detail.rungs == ("bands", "groups", "child", "sex")


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_every_rung_has_its_words(protected: Release, lang: str) -> None:
    ladders = {
        option.name: option.values[1:]
        for entry in definitions()
        for option in entry.options
        if option.values[0] == AUTO and option.name not in _NO_LADDERS
    }
    assert {"ages", "steps", "classes", "authorities", "promises", "recruited", "transport",
            "forms", "kinds", "cells", "level", "changes",
            "who"} == set(ladders)  # fmt: skip
    for name, levels in ladders.items():
        for level in levels:
            assert detail_label(name, level, lang)
        for level in levels[:-1] if name != "level" else ("upazila", "district", "division"):
            assert detail_label(name, f"for_{level}", lang)


def some(number: int, **values: object) -> list[Mapping[str, object]]:
    return [{"month": day("2026-09"), "size": 5, **values}] * number


def shown(release: Release, exhibit_id: str, **options: str) -> Exhibit:
    return render(exhibit_id, reading(SEPTEMBER, **options), release)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A month of 45 people, one unit in each age but one."""
    people = [
        unit
        for sex, ages in (("female", ("under_15", "15_18", "19_24", "25_49", "over_60")),
                          ("male", ("under_15", "19_24", "25_49", "50_60")))
        for age in ages
        for unit in some(1, sex=sex, age_band=age, is_child="yes" if "15" in age else "no",
                         mode="sea", scope="external", promise=["job"],
                         recruitment_place="home", rescuing_authority="police")
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("few") / "few.duckdb"
    return Release(build_release(path, months=24, units={"people": people}))


def test_a_month_of_few_people_is_shown_by_sex_and_the_subtitle_says_so(few: Release) -> None:
    found = shown(few, "sheet.age-sex")
    assert found.offer is None
    assert (found.detail.rung, found.detail.is_rough) == ("child", False)
    assert found.subtitle.endswith(" · by child and adult: too few people for ages")


def test_a_finer_rung_is_drawn_as_ranges_and_pale_and_that_is_said(few: Release) -> None:
    found = shown(few, "sheet.age-sex", ages="bands")
    assert found.detail.is_rough
    assert found.detail.is_chosen
    assert len(found.table.rows) == 6
    bar, texts = found.figure["data"][0], found.figure["data"][2]
    assert 0 < bar["opacity"] < 1
    assert {text.strip() for text in texts["text"]} == {"0–15", "0–10"}
    assert any(note.startswith("Rough:") for note in found.notes)
    assert "Rough" not in " ".join(shown(few, "sheet.age-sex").notes)


@pytest.mark.parametrize(
    ("exhibit_id", "rung"),
    [
        ("sheet.age-sex", "child"), ("sheet.transport-destination", "mode_country"),
        ("sheet.promises", "codes"), ("sheet.recruitment-place", "place_sex"),
        ("sheet.rescuing-authority", "codes"),
    ],
)  # fmt: skip
def test_what_holds_on_its_finest_rung_is_shown_on_it(
    few: Release, exhibit_id: str, rung: str
) -> None:
    found = shown(few, exhibit_id)
    assert (found.detail.rung, found.detail.is_rough) == (rung, False)
    assert (" · " in found.subtitle) == (rung == "child")


def test_parts_of_a_set_are_counted_once_where_the_leading_two_are_told_apart(
    tmp_path: Path,
) -> None:
    people = [
        *some(5, exploitation=["forced_labour"]),
        *some(4, exploitation=["sexual_exploitation"]),
        *[unit for form in ("organ_removal", "forced_marriage", "begging", "domestic_servitude")
          for unit in some(2, exploitation=[form, "other"])],
    ]  # fmt: skip
    release = built(tmp_path, months=12, units={"people": people})
    found = shown(release, "overview.exploitation", forms="leading")
    sizes = dict(zip(found.table.column("code"), found.table.column("people"), strict=True))
    assert sum(int(size or 0) for size in sizes.values()) >= 45
    assert list(sizes)[-1] == "rest"
    assert dict(zip(found.table.column("code"), found.table.column("label"), strict=True))[
        "rest"
    ] == ("All others")
    assert "All others" not in found.title


def test_a_trend_keeps_its_range_and_has_coarser_steps(protected: Release) -> None:
    spans = {}
    for level in ("month", "quarter", "year"):
        found = render("overview.trend", reading(steps=level), protected)
        assert found.detail.rung == level
        spans[level] = (found.subtitle.split(" · ")[0], len(found.table.rows))
    assert len({subtitle for subtitle, _ in spans.values()}) == 1
    assert [rows for _, rows in spans.values()] == [24, 8, 2]


#: Choices of exhibits that have levels in one of their forms only: groups have none, areas do.
_WITH_RUNGS = {"referrals.coverage": {"by": "area"}}


@pytest.mark.parametrize("exhibit_id", [entry.id for entry in definitions()])
@settings(max_examples=examples(8))
@given(data=st.data())
def test_every_rung_of_every_exhibit_is_drawn_as_asked_and_holds_or_is_rough(
    protected: Release, exhibit_id: str, data: st.DataObject
) -> None:
    ladders = [
        o
        for o in definition(exhibit_id).options
        if o.values[0] == AUTO and o.name not in _NO_LADDERS
    ]
    if not ladders:
        return
    (option,) = ladders
    filters = data.draw(few_filters(protected))
    level = data.draw(st.sampled_from(option.values))
    asked = {**_WITH_RUNGS.get(exhibit_id, {}), option.name: level}
    found = render(exhibit_id, reading(filters, **asked), protected)
    if found.offer is not None or (found.figure or {}).get("strip", True) is None:
        return  # a corridor without stops, since its journeys are not kept, has no ladder
    detail = found.detail
    assert detail.ladder == option.name
    assert detail.rung in detail.rungs
    assert set(detail.rungs) <= set(option.values)
    assert detail.is_chosen == (level in detail.rungs)
    if detail.is_chosen:
        assert detail.rung == level
    assert ("as you chose" in detail.said) == detail.is_chosen
    assert detail.said == "" or found.subtitle.endswith(f" · {detail.said}")
    assert any(note.startswith("Rough:") for note in found.notes) == detail.is_rough
    if not detail.is_chosen and detail.is_rough:
        # Two years are two points: a trend has rough quarters rather.
        at = -2 if detail.rung == "quarter" and detail.rungs[-1] == "year" else -1
        assert detail.rung == detail.rungs[at]


def test_both_ladders_of_one_exhibit_have_one_name() -> None:
    assert _CHARTS["form"].details.option == _CHARTS["stage"].details.option
    assert in_time.STEPS.option.values == ("auto", "month", "quarter", "year")


@pytest.mark.parametrize("entry", [entry for entry in BY_GROUPS], ids=lambda entry: entry.column)
def test_a_group_is_called_like_no_code_that_is_shown_beside_it(entry: Gathered) -> None:
    """A name of both would be labelled as the group where the code stands by itself."""
    found = next(f for f in FACTS if entry.column in f)
    listed = found[entry.column].codes
    assert {*entry.groups.values()} & {*listed.values} == set()
