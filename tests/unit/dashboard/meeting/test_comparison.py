"""What can be said of then and now, and when nothing can."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.meeting.comparison import Lengths, compare_answers
from dashboard.meeting.stored_answer import StoredAnswer

_PLAIN = {"unit": "", "number": False, "period": "", "hxl": "", "in_files": False}
CODE = {**_PLAIN, "code": "code", "label": "Code"}
LABEL = {**_PLAIN, "code": "label", "label": "Area"}
PEOPLE = {**_PLAIN, "code": "people", "label": "People", "unit": "people"}
LOW = {**_PLAIN, "code": "low", "label": "At least", "unit": "people"}
HIGH = {**_PLAIN, "code": "high", "label": "At most", "unit": "people"}
YEAR = (12,), (12,)


def told(
    rows: Sequence[Sequence[Any]],
    columns: Sequence[dict[str, Any]] = (CODE, LABEL, PEOPLE, LOW, HIGH),
    *,
    rung: str = "",
    empty: bool = False,
    unit: str = "people",
    figure: dict[str, Any] | None = None,
    options: dict[str, str] | None = None,
) -> StoredAnswer:
    """An answer with a table."""
    return StoredAnswer(
        json.dumps(
            {"title": "x", "subtitle": "y", "unit": unit, "options": options or {},
             "detail": {"rung": rung} if rung else None, "figure": None if empty else figure or {},
             "table": {"columns": columns, "rows": rows}}
        )
    )  # fmt: skip


def said(then: Sequence[Sequence[Any]], now: Sequence[Sequence[Any]]) -> dict[str, str]:
    comparison = compare_answers(told(then), told(now), months=YEAR, base=5)
    return {pair.number.row: pair.direction for pair in comparison.pairs}


def test_a_number_is_higher_or_lower_only_beyond_its_doubt() -> None:
    then = [["a", "A", 40, 30, 50], ["b", "B", 40, 30, 50], ["c", "C", 90, 80, 100]]
    now = [["a", "A", 48, 38, 58], ["b", "B", 120, 110, 130], ["c", "C", 20, 10, 30]]
    assert said(then, now) == {"A": "cannot", "B": "higher", "C": "lower"}


def test_what_can_be_said_stands_first_then_the_largest() -> None:
    then = [["a", "A", 100, 90, 110], ["b", "B", 40, 30, 50], ["c", "C", 60, 50, 70]]
    now = [["a", "A", 101, 91, 111], ["b", "B", 120, 110, 130], ["d", "D", 500, 490, 510]]
    assert list(said(then, now)) == ["B", "A", "D", "C"]
    assert said(then, now)["D"] == "alone"


@pytest.mark.parametrize(
    ("then", "now", "months", "why"),
    [
        (told([], empty=True), told([["a", "A", 1, 1, 1]]), YEAR, "empty"),
        (told([["a", "A", 1, 1, 1]]), told([], empty=True), YEAR, "empty"),
        (told([["a", "A", 9, 9, 9]], rung="camp"), told([["a", "A", 90, 90, 90]], rung="upazila"),
         YEAR, "detail"),
        (told([["a", "A", 9, 9, 9]]), told([["a", "A", 90, 90, 90]]), ((12,), (11,)), "length"),
        (told([["a", "A", 9, 9, 9]]), told([["a", "A", 90, 90, 90]]), ((12, 9), (12, 12)),
         "length"),
        (told([["a", "A", 9, 9, 9]]), told([["a", "A", 90, 90, 90]]), ((2, None), (2, None)),
         "length"),
        (told([["a", "A", 9, 9, 9]]), told([["a", "A", 90, 90, 90]], unit="incidents"), YEAR,
         "about"),
        (told([["a", "A", 9, 9, 9]], options={"measure": "people"}),
         told([["a", "A", 90, 90, 90]], options={"measure": "incidents"}), YEAR, "about"),
        (told([["a", "A", 9, 9, 9]], figure={"code": "bay"}),
         told([["a", "A", 90, 90, 90]], figure={"code": "land"}), YEAR, "about"),
        (told([["a", "A", 9, 9, 9]], figure={"codes": ["BD2022"]}),
         told([["a", "A", 90, 90, 90]], figure={"codes": []}), YEAR, "about"),
        (told([["a", "A", 9, 9, 9]], figure={"layout": {"meta": {"codes": ["BD2022"]}}}),
         told([["a", "A", 90, 90, 90]], figure={"layout": {"meta": {"codes": ["BD20"]}}}), YEAR,
         "about"),
        (told([["a", "A", 9, 9, 9]]), told([["b", "B", 9, 9, 9]]), YEAR, "none"),
        (told([]), told([]), YEAR, "none"),
    ],
)  # fmt: skip
def test_why_nothing_can_be_said_of_the_whole(
    then: StoredAnswer, now: StoredAnswer, months: tuple[Lengths, Lengths], why: str
) -> None:
    comparison = compare_answers(then, now, months=months, base=5)
    assert (comparison.why, comparison.pairs) == (why, ())


def test_a_count_without_a_range_has_the_doubt_of_a_unit() -> None:
    columns = CODE, PEOPLE
    then, now = told([["a", 20]], columns), told([["a", 31]], columns)
    assert compare_answers(then, now, months=YEAR, base=5).clear == 0
    more = told([["a", 80]], columns)
    assert compare_answers(then, more, months=YEAR, base=5).clear == 1


def test_a_share_without_a_range_says_nothing_and_one_with_a_range_does() -> None:
    share = {**PEOPLE, "code": "share", "unit": "%"}
    alone = compare_answers(
        told([["a", 10]], (CODE, share)), told([["a", 90]], (CODE, share)), months=YEAR, base=5
    )
    assert [pair.direction for pair in alone.pairs] == ["cannot"]
    ends = [{**share, "code": f"share_{end}"} for end in ("low", "high")]
    columns = CODE, share, *ends
    then = told([["a", 10, 5, 15]], columns)
    for now, expected in (([20, 16, 30], "higher"), ([12, 8, 16], "cannot"), ([2, 0, 4], "lower")):
        comparison = compare_answers(then, told([["a", *now]], columns), months=YEAR, base=5)
        assert [pair.direction for pair in comparison.pairs] == [expected]


def test_a_range_of_another_measure_is_no_doubt_of_a_number() -> None:
    """The indicators' low and high are those of their change in percent."""
    value = {**_PLAIN, "code": "value", "label": "Value", "number": True}
    change = [{**LOW, "unit": "%"}, {**HIGH, "unit": "%"}]
    (number,) = told([["a", 545, -7, 20]], (CODE, value, *change)).numbers().values()
    assert (number.value, number.low, number.high, number.is_share) == (545, None, None, False)


def test_what_was_before_and_what_is_usual_is_no_number_of_now() -> None:
    columns = [CODE, *({**PEOPLE, "code": code} for code in ("before", "usual", "2026-Q1"))]
    assert told([["a", 1, 2, 3]], columns).numbers() == {}


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 60), st.integers(0, 60))
def test_a_judgement_turned_round_is_the_opposite(
    first: int, second: int, one: int, other: int
) -> None:
    rows = [
        [["a", "A", value, max(0, value - reach), value + reach]]
        for value, reach in ((first, one), (second, other))
    ]
    there, back = said(rows[0], rows[1])["A"], said(rows[1], rows[0])["A"]
    assert (there, back) in {("higher", "lower"), ("lower", "higher"), ("cannot", "cannot")}
    if there == "higher":
        assert second > first


def test_a_row_is_told_by_its_names_and_a_flow_by_its_ends() -> None:
    ends = [{**_PLAIN, "code": code, "label": code} for code in ("from_code", "from", "to_code",
                                                               "to")]  # fmt: skip
    (flow,) = told([["A", "Teknaf", "A", "Teknaf", 9]], (*ends, PEOPLE)).numbers().values()
    assert flow.row == "Teknaf → Teknaf"
    month, step = ({**_PLAIN, "code": code, "label": code} for code in ("month", "step"))
    (first,) = told([["2026-01", "Jan", 9]], (month, step, PEOPLE)).numbers().values()
    assert first.row == "2026-01"
    (field,) = (
        told([["sex", "Sex", 9]], ({**CODE, "code": "field"}, LABEL, PEOPLE)).numbers().values()
    )
    assert field.row == "Sex"


def of_columns(then: dict[str, Any], now: dict[str, Any]) -> str:
    """What is said of a number that rose clearly, under these two columns."""
    (pair,) = compare_answers(
        told([["a", 10]], (CODE, then)), told([["a", 90]], (CODE, now)), months=YEAR, base=1
    ).pairs
    return pair.direction


def test_a_column_that_another_time_gave_its_name_says_nothing() -> None:
    """Who waits since a quarter are other people in each edition; a plain value is not."""
    since = {**PEOPLE, "code": "this"}
    then, now = ({**since, "label": f"Since {quarter}"} for quarter in ("Jul", "Oct"))
    assert of_columns(then, then) == "higher"
    assert of_columns(then, now) == "cannot"
    value = {**PEOPLE, "code": "value"}
    assert of_columns({**value, "label": "2025"}, {**value, "label": "2026"}) == "higher"


@pytest.mark.parametrize(
    "rest",
    [["", "All others"], ["", "Place not known"], ["rest", "x"], ["other", "x"],
     ["x", "Other places"], ["x", "অন্যান্য"]],
)  # fmt: skip
def test_a_row_of_the_rest_is_another_where_other_rows_stand_beside_it(rest: list[str]) -> None:
    then = [["a", "A", 40, 40, 40], [*rest, 10, 10, 10]]
    same = [["a", "A", 40, 40, 40], [*rest, 90, 90, 90]]
    fewer = [["b", "B", 40, 40, 40], [*rest, 90, 90, 90]]
    assert said(then, same)[rest[1]] == "higher"
    assert said(then, fewer)[rest[1]] == "cannot"


def test_a_column_of_the_rest_is_another_where_other_columns_stand_beside_it() -> None:
    named, other, more = ({**PEOPLE, "code": code} for code in ("health", "other", "shelter"))
    then = told([["a", 40, 10]], (CODE, named, other))
    for columns, expected in (((CODE, named, other), "higher"), ((CODE, more, other), "cannot")):
        comparison = compare_answers(then, told([["a", 40, 90]], columns), months=YEAR, base=1)
        assert "higher" in {pair.direction for pair in comparison.pairs} or expected == "cannot"
        (rest,) = [pair for pair in comparison.pairs if pair.now and pair.now.value == 90]
        assert rest.direction == expected


def test_rows_that_a_table_does_not_tell_apart_have_no_numbers() -> None:
    twice = told([["a", "A", 9, 9, 9], ["a", "A", 90, 90, 90], ["b", "B", 5, 5, 5]])
    assert [number.row for number in twice.numbers().values()] == ["B"]


def test_two_flags_of_an_area_are_told_apart_by_when_they_began() -> None:
    since, now = {**_PLAIN, "code": "since", "label": "Since"}, {**PEOPLE, "code": "now"}
    columns = CODE, since, now
    comparison = compare_answers(
        told([["a", "Jan 2026", 9]], columns), told([["a", "Jun 2026", 90]], columns),
        months=YEAR, base=1,
    )  # fmt: skip
    assert comparison.why == "none"
    (flag,) = told([["a", "Ukhia", "Jan 2026", 9]], (CODE, LABEL, since, PEOPLE)).numbers().values()
    assert flag.row == "Ukhia · Jan 2026"


def test_a_row_of_every_area_is_no_rest() -> None:
    """A target without an area or a group is one of all of them."""
    around = {**_PLAIN, "code": "area_code", "label": "Area"}
    (one,) = told([["a", "", 9]], (CODE, around, PEOPLE)).numbers().values()
    assert not one.is_rest


def test_a_measure_in_words_is_no_part_of_what_a_row_is_about() -> None:
    """How long half waited, or what would show, is another in each edition."""
    words = [{**_PLAIN, "code": code, "label": code}
             for code in ("median", "median_low", "change", "would_show")]  # fmt: skip
    columns = CODE, *words, PEOPLE
    then = told([["a", "2 months", "1", "fell", "7", 10]], columns)
    now = told([["a", "not reached", "3", "rose", "9", 90]], columns)
    (pair,) = compare_answers(then, now, months=YEAR, base=1).pairs
    assert pair.direction == "higher"


def test_the_population_of_a_rate_is_no_number_of_what_is_counted() -> None:
    counted = {**_PLAIN, "code": "population", "label": "Population", "number": True}
    assert told([["a", 90_000]], (CODE, counted)).numbers() == {}


def test_what_was_a_class_before_is_what_a_row_is_about() -> None:
    """It says of whom, and is no number of the time before."""
    before, after = ({**_PLAIN, "code": code, "label": code} for code in ("before", "after"))
    assert len(told([["x", "z", 9], ["y", "z", 9]], (before, after, PEOPLE)).numbers()) == 2
