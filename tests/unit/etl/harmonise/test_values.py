from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import fields as f
from dashboard.model.fields import Field
from etl.declaration.source import Column, Target
from etl.harmonise.cells import CellResult
from etl.harmonise.unmatched import Unmatched, find_unmatched
from etl.harmonise.values import joined_codes, take, total
from etl.read import coded


def column(field: Field, **other: object) -> Column:
    return Column("C", "take", target=Target("person", field), **other)  # pyright: ignore


def test_codes_are_taken_in_any_case() -> None:
    assert take(column(f.SEX), "Female").value == "female"


def test_only_declared_values_are_translated() -> None:
    declared = column(f.SEX, values={"f": "female"})
    assert take(declared, "F").value == "female"
    assert take(declared, "female").rule == "unknown_code"


def test_the_operator_is_shown_what_several_rows_hold_and_no_declaration_knows() -> None:
    cells = coded([*["Dhak"] * 3, *["Ramu"] * 2, *["01712 345678"] * 3, *["many"] * 3])
    faults = [(row, "unknown_place" if row < 8 else "bad_number") for row in range(11)]
    assert find_unmatched("Place", cells, faults, ["Dhaka"]) == [
        Unmatched("Place", "Dhak", 3, "Dhaka")
    ]


def test_missing_is_unknown_where_the_list_has_it_and_nothing_elsewhere() -> None:
    assert take(column(f.SEX), "").value == "unknown"
    assert take(column(f.PRIORITY, missing=frozenset({"na"})), "NA") == CellResult()
    assert take(column(f.EXPLOITATION, split=";"), "") == CellResult()


def test_several_codes_keep_their_order_and_stand_once() -> None:
    declared = column(f.EXPLOITATION, split=";", missing=frozenset({"none"}))
    cell = "forced_labour; servitude;forced_labour;none"
    assert take(declared, cell).value == "forced_labour;servitude"
    assert take(declared, "forced_labour;slavery").rule == "unknown_code"


def test_columns_of_one_field_add_up() -> None:
    columns = [coded(["a", None, None]), coded(["b;a", "c", None])]
    assert joined_codes(columns).cells() == ["a;b", "c", None]


@given(st.integers(0, 2**31 - 1))
def test_whole_numbers_are_taken_as_workbooks_write_them(number: int) -> None:
    if number < 1000:
        assert take(column(f.PERSONS_COUNT), f"{number}.0").value == str(number)
        assert take(column(f.PERSONS_COUNT), str(number)).value == str(number)
    assert take(column(f.PERSONS_COUNT), f"-{number}").value is None


@pytest.mark.parametrize("text", ["5.5", "five", "1e3", "99999999999", "9" * 5000, "٥"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    assert take(column(f.PERSONS_COUNT), text).rule is not None


def test_a_duration_beyond_a_lifetime_is_refused() -> None:
    assert take(column(f.DAYS_TO_SERVICE), "36500").value == "36500"
    assert take(column(f.DAYS_TO_SERVICE), "36501").rule == "bad_number"


def test_grades_go_from_one_to_five() -> None:
    assert take(column(f.SOURCE_QUALITY), "5.0").value == "5"
    assert take(column(f.SOURCE_QUALITY), "0").rule == "bad_grade"
    assert take(column(f.SOURCE_QUALITY), "6").rule == "bad_grade"


def test_flags_are_yes_or_no() -> None:
    assert [take(column(f.RANSOM), text).value for text in ("Yes", "no", "TRUE", "")] == [
        "true",
        "false",
        "true",
        None,
    ]
    assert take(column(f.RANSOM), "perhaps").rule == "bad_flag"


def test_a_screen_wins_over_an_unknown_code() -> None:
    assert take(column(f.SEX), "01712345678").rule == "phone_number"
    assert take(column(f.EXPLOITATION, split=";"), "servitude;a@b.org").rule == "email"


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=1, max_size=5))
def test_counts_add_up_and_nothing_is_not_none(parts: list[int | None]) -> None:
    known = [part for part in parts if part is not None]
    answer = total(tuple(None if part is None else str(part) for part in parts))
    assert answer.value == (str(sum(known)) if known else None)


def test_a_sum_that_no_table_holds_is_refused() -> None:
    assert total((str(2**31 - 1), "1")).rule == "bad_number"
