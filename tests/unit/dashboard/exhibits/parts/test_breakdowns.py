"""The display rule: which numbers hold, how far they are off, and what is said of that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard import exhibits
from dashboard.analysis.expected_error import FEW, NO_ERROR, ExpectedError, Spread, assumed
from dashboard.exhibits.counts.expected_error import error_of
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.frame import error_note, frame
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import definitions, render
from dashboard.filters import Filters
from dashboard.model.counted_by import By, Gathered, column_of
from dashboard.model.cuts import CUTS
from dashboard.model.facts import INCIDENTS, LEGS, PEOPLE, Fact
from dashboard.model.periods import Month, Span
from dashboard.model.protection import BASE
from dashboard.release.open_release import Release
from dashboard.words import numbers
from tests.support.readings import reading
from tests.support.releases import build_release, built

exhibits.load()


def view(release: Release, filters: Filters = Filters(), **options: str) -> Question:  # noqa: B008
    return Question(release, filters, filters.period or release.default_period, options)


def ages(
    view: Question, *sizes: int, error: ExpectedError | None = None, **more: bool
) -> Breakdown:
    """Some numbers of age by sex, with their own error or another one."""
    breakdown = breakdowns.breakdown_of(view, PEOPLE, ("age_band", "sex"), sizes, **more)
    return breakdown if error is None else replace(breakdown, _read_error=lambda: error)


@pytest.mark.parametrize(
    ("sizes", "alike", "holds"),
    [
        ((20, 12, 5), False, True), ((9, 8, 5), False, False), ((90, 5, 5), False, True),
        ((90, 5, 5), True, False), ((20, 12), True, True), ((10,), False, False),
        ((11,), False, True), ((), False, True), ((0, 0), False, True),
    ],
)  # fmt: skip
def test_numbers_hold_where_most_of_them_tell_something(
    protected: Release, sizes: tuple[int, ...], alike: bool, holds: bool
) -> None:
    shown = ages(view(protected), *sizes, error=assumed(5), are_alike=alike)
    assert shown.is_informative is holds


def test_a_place_that_leads_is_an_answer_whatever_the_others_are(protected: Release) -> None:
    def tell(*sizes: int, **more: bool) -> bool:
        return ages(view(protected), *sizes, error=assumed(5), **more).is_informative

    assert not tell(5, 5, 22, 5, 5)
    assert tell(5, 5, 22, 5, 5, may_lead=True)
    assert not tell(5, 14, 18, 5, 5, 5, 5, may_lead=True)  # too close to rank
    assert not tell(10, may_lead=True)


def test_numbers_are_judged_by_their_own_error(protected: Release) -> None:
    asked = view(protected)
    assert ages(asked, 9, 8, 5, error=assumed(2)).is_informative
    assert not ages(asked, 20, 12, 5, error=assumed(20)).is_informative
    assert not ages(asked, 1, 1, 1).is_informative  # by the echoes of the release


def test_a_number_leads_only_beyond_the_error_of_its_cut(protected: Release) -> None:
    shown = ages(view(protected), 40, 30, error=assumed(5))
    assert not shown.leads(shown.sizes)
    assert shown.leads([40, 20])


def test_groups_of_codes_are_a_cut_of_their_column_with_an_error_of_their_own(
    protected: Release,
) -> None:
    asked = view(protected)
    young = Gathered("age_band", {"under_15": "to_18", "15_18": "to_18"}, rest="rest")
    grouped = breakdowns.breakdown_of(asked, PEOPLE, (young, "sex"), (20,))
    assert grouped.error == error_of(protected, PEOPLE, Filters(), asked.period, (young, "sex"))
    assert grouped.error != ages(asked, 20).error


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), "None"),
        (Filters(compare="previous"), "2024-10..2025-09"),
        (Filters(compare="last-year"), "2024-10..2025-09"),
        (Filters(period=Span(Month(2026, 4), Month(2026, 6)), compare="previous"),
         "2026-01..2026-03"),
        (Filters(period=Span(Month(2026, 4), Month(2026, 6)), compare="last-year"),
         "2025-04..2025-06"),
        (Filters(compare="none"), "None"),
        (Filters(period=Span(Month(2023, 10), Month(2023, 12)), compare="previous"), "None"),
        (Filters(period=Span(Month(2026, 8), Month(2026, 12)), compare="previous"), "None"),
    ],
)  # fmt: skip
def test_only_months_that_have_data_stand_beside_and_none_unasked(
    protected: Release, filters: Filters, expected: str
) -> None:
    assert str(view(protected, filters).compared_span) == expected


def test_the_frame_says_unit_period_filters_and_what_does_not_apply(protected: Release) -> None:
    period = Span(Month(2026, 2), Month(2026, 4))
    filters = Filters(period=period, area=("BD2022",), identified_by=("police",))
    around = frame(view(protected, filters), LEGS)
    assert around.subtitle == "Legs of journeys, Jan – Jun 2026, Cox's Bazar"
    notes = " ".join(around.notes)
    assert "Legs of journeys are not kept by identifying agency" in notes
    assert "whole quarters" in notes
    assert f"right to about 10 {LEGS.unit}, sometimes 20" in notes
    assert "not prevalence" in notes
    assert around.release.label == "INVENTED DATA"
    assert around.release.data_until == "Sep 2026"


def test_records_say_that_they_are_not_protected(sheet: Release) -> None:
    around = frame(view(sheet), PEOPLE)
    assert "already published" in " ".join(around.notes)
    assert around.release.label == "PUBLISHED FIGURES"


@pytest.mark.parametrize("direction", [True, False])
def test_a_frame_says_where_numbers_are_a_direction_only(
    protected: Release, direction: bool
) -> None:
    asked = view(protected)
    shown = [
        ages(asked, 40, error=assumed(5)),
        ages(asked, 20, error=replace(assumed(5), is_direction=direction)),
    ]
    said = [text for text in frame(asked, PEOPLE, cuts=shown).notes if "direction only" in text]
    assert len(said) == direction
    nothing = [ages(asked, 0, error=replace(assumed(5), is_direction=True))]
    assert "direction only" not in " ".join(frame(asked, PEOPLE, cuts=nothing).notes)


@pytest.mark.parametrize(
    ("kind", "audience", "label"),
    [
        ("real", "member", "For the working group"),
        ("real", "public", "Public"),
        ("invented", "member", "INVENTED DATA"),
        ("invented", "public", "INVENTED DATA · Public"),
    ],
)
def test_the_label_is_that_of_the_release_and_never_of_the_address(
    tmp_path: Path, kind: str, audience: str, label: str
) -> None:
    release = built(tmp_path, months=2, kind=kind, audience=audience)
    for claimed in ("member", "public"):
        asked = replace(view(release), filters=Filters(audience=claimed))
        assert frame(asked, PEOPLE).release.label == label


def test_every_table_that_units_are_fitted_to_is_drawn_by_an_exhibit(
    protected: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[tuple[str, frozenset[str]]] = set()
    made = breakdowns.Breakdown

    def noted(fact: Fact, by: tuple[By, ...], *rest: Any) -> breakdowns.Breakdown:
        asked.add((fact.id, frozenset(map(column_of, by))))
        return made(fact, by, *rest)

    monkeypatch.setattr(breakdowns, "Breakdown", noted)
    for entry in definitions():
        chosen = [{}, *({o.name: value} for o in entry.options for value in o.values[1:])]
        for options in chosen:
            for people in ({}, {"identified_by": ("police",)}):  # kept of people alone
                filters = Filters(period=protected.span, **people)
                render(entry.id, reading(filters, **options), protected)
    assert asked >= {(entry.fact, frozenset(entry.dimensions)) for entry in CUTS}


@pytest.mark.parametrize("months", [1, 3, 7, 12])
def test_the_expected_error_is_that_of_numbers_over_so_many_months(
    protected: Release, months: int
) -> None:
    shown = breakdowns.breakdown_of(view(protected), PEOPLE, ("sex",), (100,), months=months)
    last = Span.last(months, until=view(protected).period.end)
    assert shown.error == error_of(protected, PEOPLE, Filters(), last, ("sex",))
    assert shown.error.typical > 0


def test_a_total_that_was_reported_has_no_error_and_under_a_filter_it_has(
    protected: Release,
) -> None:
    assert breakdowns.breakdown_of(view(protected), PEOPLE, (), (100,)).error == NO_ERROR
    women = view(protected, Filters(sex=("female",)))
    assert breakdowns.breakdown_of(women, PEOPLE, (), (100,)).error.typical > 0


def test_figures_say_how_far_their_own_numbers_are_off(protected: Release, tmp_path: Path) -> None:
    quarter = Span(Month(2026, 7), Month(2026, 9))

    def said(release: Release, sex: tuple[str, ...] = ()) -> str:
        found = render("sheet.people", reading(Filters(period=quarter, sex=sex)), release)
        return " ".join(found.notes)

    error = error_of(protected, PEOPLE, Filters(), quarter, ("sex",))
    first, double = numbers.up(error.typical), numbers.up(2 * error.typical)
    told = said(protected)
    assert f"Parts are protected: right to about {first} people, sometimes {double}." in told
    assert "0 means none or very few." in told  # no echo shows a sex as 0
    assert "under these filters" in said(protected, ("female",))
    silent = built(tmp_path, base=1, months=3)
    assert "right to about" not in said(silent)
    silent.close()
    alone = built(tmp_path, months=3, echoes=0)
    assert "Parts are protected: right to about 5 people, sometimes 10." in said(alone)


def test_a_note_says_what_a_zero_may_stand_for_and_how_few_numbers_speak(
    protected: Release,
) -> None:
    def said(*told: ExpectedError) -> str:
        shown = ages(view(protected), 900)
        return error_note(
            view(protected), [replace(shown, _read_error=lambda own=own: own) for own in told]
        )

    some = Spread(0.0, 3.0, FEW)
    expected_error = ExpectedError(3.2, FEW, (Spread(-0.5, 1.2, FEW), some, some, some, some), BASE)
    assert said(expected_error) == (
        "Parts are protected: right to about 4 people, sometimes 7. "
        "0 means none, or about 3 at most."
    )
    rarely = ExpectedError(3.9, FEW - 1, (Spread(-0.5, 1.2, FEW - 1), some, some, some, some), BASE)
    assert said(expected_error, rarely) == (
        "Parts are protected: right to about 4 people, sometimes 8. 0 means none or very few. "
        "Estimated from few numbers."
    )
    assert said(expected_error, assumed(5)) == ""
    assert said(NO_ERROR) == ""


@pytest.mark.parametrize("exact", [True, False])
def test_a_total_is_exact_only_where_the_release_says_so(tmp_path: Path, exact: bool) -> None:
    release = built(tmp_path, months=6, exact=exact)
    title = render("sheet.people", reading(), release).title
    assert title.startswith("About ") is not exact
    items = render("overview.indicators", reading(), release).figure["items"]
    assert [item["text"].startswith("about ") for item in items] == [
        not exact, not exact, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "people", "incidents"),
    [
        (Filters(), True, True),
        (Filters(sex=("female",)), False, True),  # incidents know no sex, so nothing is left out
        (Filters(area=("BD20",)), False, False),
        (Filters(period=Span(Month(2030, 1), Month(2030, 2))), False, False),
    ],
)
def test_a_filter_makes_a_total_a_part(
    protected: Release, filters: Filters, people: bool, incidents: bool
) -> None:
    period = filters.period or protected.default_period
    for fact, exact in ((PEOPLE, people), (INCIDENTS, incidents)):
        assert breakdowns.is_exact_total(protected, fact, filters, period) is exact


def test_one_month_that_is_not_exact_makes_the_whole_total_about(tmp_path: Path) -> None:
    path = build_release(tmp_path / "late.duckdb", months=6)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE block_total SET exact = false WHERE period = '2026-06-01'")
    release = Release(path)
    spans = {"2026-05..2026-07": False, "2026-07..2026-09": True, "2026-06": False}
    for period, exact in spans.items():
        assert breakdowns.is_exact_total(release, PEOPLE, Filters(), Span.parse(period)) is exact
