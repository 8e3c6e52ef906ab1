from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.declaration.source import FileFormat
from etl.findings import Place
from etl.read import coded, combined, constant, csv_file
from etl.read.coded import numbers_of
from etl.read.csv_file import read_csv
from etl.read.plain_csv import plain_columns
from tests.support.examples import examples
from tests.unit.etl.read.test_readers import rows

CELLS = st.lists(st.sampled_from(["a", "b", "", "unknown", None]), max_size=20)
TABLE = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.text("abঅ০ ;\t'#=\\", max_size=4), min_size=width, max_size=width),
        min_size=2,
        max_size=12,
    )
)


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


@settings(max_examples=examples(60), deadline=None)
@given(TABLE, st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_plain_file_is_read_as_the_careful_reader_does(
    table: list[list[str]], delimiter: str, line_end: str, ends: bool
) -> None:
    form = FileFormat("csv", delimiter=delimiter)
    text = line_end.join(delimiter.join(row) for row in table) + (line_end if ends else "")
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "a.csv"
        path.write_bytes(b"x" if not text.strip() else text.encode())

        def outcome() -> object:
            try:
                grid = read_csv(path, form, Place("x"))
            except Exception as problem:
                return [f.rule for f in getattr(problem, "findings", [problem])]
            return grid.header, rows(grid), grid.numbers, grid.findings

        fast = outcome()
        patch.setattr(csv_file, "plain_columns", lambda *_: None)
        assert fast == outcome()


@pytest.mark.parametrize(
    "text",
    [
        'A,B\n"1",2\n',
        "A,B\n1,2\n\n3,4\n",
        "A,B\n1,2\r\n3,4\n",
        "A,B\n1,2,3\n4,5\n",
        "A,B\n1\n2,3,4\n",
        "A,B\n",
        "A,B\n1,2\r3,4\n",
    ],
    ids=["quote", "empty line", "mixed ends", "longer", "shorter", "no row", "lone return"],
)
def test_what_is_not_plain_is_left_to_the_careful_reader(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode())
    assert plain_columns(path, text, FileFormat("csv"), 2) is None


def test_a_plain_file_is_read_fast(tmp_path: Path) -> None:
    text = "A,B\n1,\n,2\n1,NULL\n"
    path = tmp_path / "a.csv"
    path.write_text(text)
    columns = plain_columns(path, text, FileFormat("csv"), 2)
    assert columns is not None
    assert [column.cells() for column in columns] == [["1", "", "1"], ["", "2", "NULL"]]
