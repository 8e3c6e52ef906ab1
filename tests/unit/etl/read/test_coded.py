from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from etl.read import coded, combined, constant
from etl.read.coded import numbers_of

CELLS = st.lists(st.sampled_from(["a", "b", "", "unknown", None]), max_size=20)


@given(CELLS)
def test_a_column_gives_its_cells_back(cells: list[str | None]) -> None:
    column = coded(cells)
    assert column.cells() == cells
    assert len(column.values) == len(set(cells))


@given(CELLS)
def test_a_question_is_asked_once_of_each_value(cells: list[str | None]) -> None:
    asked: list[str | None] = []

    def ask(value: str | None) -> int:
        asked.append(value)
        return len(value or "")

    answers = coded(cells).mapped(ask)
    assert answers.cells() == [len(cell or "") for cell in cells]
    assert len(asked) == len(set(cells))
    assert len(answers.values) == len(set(answers.values))


@given(st.lists(st.tuples(*[st.sampled_from("abc")] * 3), min_size=1, max_size=20))
def test_columns_are_combined_row_by_row(told: list[tuple[str, str, str]]) -> None:
    columns = [coded([row[i] for row in told]) for i in range(3)]
    assert combined(columns).cells() == told


def test_many_wide_columns_are_combined_without_overflow() -> None:
    size = 5000
    columns = [coded(list(np.random.default_rng(i).permutation(size).tolist())) for i in range(8)]
    together = combined(columns)
    assert together.cells() == list(zip(*(column.cells() for column in columns), strict=True))


def test_rows_and_masks() -> None:
    column = coded(["a", "b", "a"])
    mask = column.where(lambda value: value == "a")
    assert mask.tolist() == [True, False, True]
    assert column.rows(mask).cells() == ["a", "a"]
    assert numbers_of(mask, [5, 6, 9]) == [5, 9]
    assert constant("x", 2).cells() == ["x", "x"]
