"""What folding does between two periods: what started, what is unclear, and what gathers alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.exhibits.parts import folds
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.model.periods import Span
from dashboard.model.protection import BASES_A_YEAR
from dashboard.release.open_release import Release
from tests.support.releases import build_release

NOW, BEFORE = Span.parse("2026-01..2026-03"), Span.parse("2025-10..2025-12")
Codes = frozenset[str]


def released(folder: Path, *folded: tuple[str, str, str]) -> Release:
    """A year with promises by code, what each stands under, and since when."""
    listed = [("people", "promise", code, under, month) for code, under, month in folded]
    return Release(build_release(folder / "m.duckdb", months=12, units={}, folds=listed))


def moved(release: Release) -> tuple[Codes, Codes, Codes]:
    return folds.moves(release, PEOPLE, "promise", NOW, BEFORE)


NONE: Codes = frozenset()


@pytest.mark.parametrize(
    ("folded", "expected"),
    [
        ((), (NONE, NONE, NONE)),
        # folded all through the earlier period and by itself all through the later one
        ((("loan", "other", "2025-10"), ("loan", "loan", "2026-01")),
         ({"loan"}, {"other"}, NONE)),
        # folded from the later period on: the fall may be one of folding
        ((("loan", "other", "2026-01"),), (NONE, {"loan", "other"}, NONE)),
        # folded in a part of a period
        ((("loan", "other", "2026-02"),), (NONE, {"loan", "other"}, NONE)),
        ((("loan", "other", "2025-10"), ("loan", "loan", "2025-12")),
         (NONE, {"loan", "other"}, NONE)),
        ((("loan", "other", "2025-10"), ("loan", "loan", "2026-02")),
         (NONE, {"loan", "other"}, NONE)),
        # folded in both all through: what stands under "other" is the same
        ((("loan", "other", "2025-10"),), (NONE, {"loan"}, {"other"})),
        ((("loan", "other", "2025-10"), ("visa", "other", "2025-10")),
         (NONE, {"loan", "visa"}, {"other"})),
        # one of two under "other" is not the same
        ((("loan", "other", "2025-10"), ("visa", "other", "2026-02")),
         (NONE, {"loan", "visa", "other"}, NONE)),
        # folded after both periods only
        ((("loan", "other", "2026-05"),), (NONE, NONE, NONE)),
    ],
)  # fmt: skip
def test_codes_are_compared_only_where_folding_is_the_same(
    tmp_path: Path,
    folded: tuple[tuple[str, str, str], ...],
    expected: tuple[set[str], set[str], set[str]],
) -> None:
    release = released(tmp_path, *folded)
    assert moved(release) == tuple(map(frozenset, expected))
    release.close()


def test_other_columns_and_facts_have_folds_of_their_own(tmp_path: Path) -> None:
    release = released(tmp_path, ("loan", "other", "2026-01"))
    assert folds.moves(release, PEOPLE, "mode", NOW, BEFORE) == (NONE, NONE, NONE)
    assert folds.moves(release, INCIDENTS, "corridor", NOW, BEFORE) == (NONE, NONE, NONE)
    release.close()


def test_months_of_a_fold_in_a_span(tmp_path: Path) -> None:
    release = released(tmp_path, ("loan", "other", "2025-12"), ("loan", "loan", "2026-03"))
    (entry,) = folds.folded_spans(release)
    spans = {"2025-10..2025-11": 0, "2025-10..2025-12": 1, "2026-01..2026-03": 2,
             "2025-10..2026-09": 3, "2026-03": 0}  # fmt: skip
    assert {text: entry.months_in(Span.parse(text)) for text in spans} == spans
    assert [entry.in_span(Span.parse(text)) for text in spans] == [bool(n) for n in spans.values()]
    release.close()


@pytest.mark.parametrize(
    ("since", "until", "started", "unsteady"),
    [
        ("2026-01", None, True, True), ("2025-12", None, False, True),
        ("2026-02", None, False, True), ("2025-10", None, False, False),
        ("2026-01", "2026-03", False, True), ("2026-01", "2026-04", True, True),
        ("2026-04", None, False, False),
    ],
)  # fmt: skip
def test_a_place_started_where_it_stands_all_through_a_period_and_never_before(
    tmp_path: Path, since: str, until: str | None, started: bool, unsteady: bool
) -> None:
    release = Release(
        build_release(
            tmp_path / "p.duckdb", months=12, units={},
            standings=[("incidents", "place", "BD2022", since, until)],
        )
    )  # fmt: skip
    found = folds.started_places(release, INCIDENTS, NOW, BEFORE)
    assert found == frozenset({"BD2022"} if started else ())
    assert ("BD2022" in folds.unsteady_places(release, INCIDENTS, NOW, BEFORE)) == unsteady
    assert folds.started_places(release, PEOPLE, NOW, BEFORE) == frozenset()
    release.close()


@pytest.mark.parametrize(("months", "share"), [(12, 1.0), (3, 0.25), (1, 1 / 12)])
def test_what_was_folded_held_so_much_at_most(tmp_path: Path, months: int, share: float) -> None:
    release = released(tmp_path)
    span = Span.last(months, until=release.span.end)
    most = folds.most_while_folded(release, PEOPLE, span)
    assert 0 <= most - (BASES_A_YEAR + 1) * 5 * share < 1
    release.close()
