"""Columns: what they hold of a table is what a statement finds there, whatever is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import pytest

from dashboard import queries
from dashboard.columns import Columns
from dashboard.filters import Filters
from dashboard.model.counted_by import By, Gathered, Whole
from dashboard.model.facts import LEGS, PEOPLE, Fact
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from tests.support.counted import answered_statement, counted_rows
from tests.support.releases import copy_of_release

QUESTIONS: tuple[tuple[By, ...], ...] = (
    (), ("sex",), ("month", "class_group"), ("exploitation", "promise"),
    (Whole("promise"), "exploitation"), ("district", "sex"),
    (Gathered("promise", {"job": "work"}, rest="other", missing="none"),),
)  # fmt: skip
FILTERS = (Filters(), Filters(sex=("female",)),
           Filters(status=("refugee", "stateless"), mode=("land", "air")),
           Filters(area=("BD2022",), class_=("smuggling",)))  # fmt: skip


@contextmanager
def changed(folder: Path, *statements: str) -> Iterator[Release]:
    """A release whose file was changed so after it was built."""
    path = copy_of_release(folder / "2026-09-a.duckdb", months=6)
    with duckdb.connect(str(path)) as connection:
        for sql in statements:
            connection.execute(sql)
    with closing(Release(path)) as release:
        yield release


def agrees(release: Release, counted: Fact, by: Sequence[By], filters: Filters) -> bool:
    period = release.span
    found = queries.counts(release, counted, filters, period, by)
    return found == counted_rows(release, counted, filters, period, by)


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM people WHERE sex = 'male' OR place_role = 'transit'", "DELETE FROM people",
     "UPDATE people SET promise = []", "UPDATE people SET promise = NULL, sex = NULL",
     "UPDATE people SET promise = ['job', 'job', 'loan']",
     "UPDATE people SET month = month - INTERVAL 40 YEAR WHERE sex = 'female'"],
)  # fmt: skip
def test_columns_of_any_table_count_what_a_statement_counts(tmp_path: Path, statement: str) -> None:
    with changed(tmp_path, statement) as release:
        for by in QUESTIONS:
            for filters in FILTERS:
                assert agrees(release, PEOPLE, by, filters), (by, filters)
        asked = PEOPLE, Filters(), release.span, ("promise", "sex")
        assert [queries.known_sizes(release, *asked)] == release.query(*answered_statement(*asked))


def test_nothing_in_a_set_is_no_code_of_it(tmp_path: Path) -> None:
    with changed(tmp_path, "UPDATE people SET promise = ['job', NULL]") as release:
        rows = queries.counts(release, PEOPLE, Filters(), release.span, ("promise",))
        assert [code for code, _ in rows] == ["job"]


def test_a_period_is_widened_to_whole_ones_of_the_fact(tmp_path: Path) -> None:
    with changed(tmp_path) as release:
        middle = Span(Month(2026, 8), Month(2026, 8))
        quarter = Span(Month(2026, 7), Month(2026, 9))
        legs = Columns(release, LEGS, "legs")
        assert len(legs.rows(Filters(), quarter))
        assert legs.rows(Filters(), middle).tolist() == legs.rows(Filters(), quarter).tolist()


def test_each_release_has_columns_of_its_own(tmp_path: Path) -> None:
    with (
        changed(tmp_path / "one") as one,
        changed(tmp_path / "two", "DELETE FROM people WHERE sex = 'female'") as two,
    ):
        for release in (one, two, one):
            assert all(agrees(release, PEOPLE, ("sex",), filters) for filters in FILTERS)


def test_more_combinations_than_whole_numbers_are_refused(protected: Release) -> None:
    """Their numbers would begin again at nothing, and count what is apart as one."""
    by = [name for name, kind in PEOPLE.columns if kind == "VARCHAR"]
    asked = [by[:n] for n in range(1, len(by) + 1)]
    some, all_ = next(found for found in asked if len(found) == 8), asked[-1]
    assert agrees(protected, PEOPLE, some, Filters())
    with pytest.raises(OverflowError, match="people by"):
        queries.counts(protected, PEOPLE, Filters(), protected.span, all_)
