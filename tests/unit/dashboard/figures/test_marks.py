"""Marks above a chart never cover each other, and the list under it says each of them."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.marks import Kind, Mark, Marks, boxes, room_above, rows, stems

KINDS: tuple[Kind, ...] = ("note", "reporting", "more", "fewer")
#: Pixels of the narrowest plot of a chart, on a phone.
PHONE = 210


def marks(*placed: tuple[int, Kind]) -> Marks:
    return Marks(
        [Mark(at, kind, f"in {at}", f"{kind} at {at}", "<b>more</b>") for at, kind in placed],
        [str(number) for number in range(1, len(placed) + 1)],
    )


@given(
    st.integers(2, 60).flatmap(
        lambda periods: st.tuples(
            st.just(periods),
            st.lists(st.tuples(st.integers(0, periods - 1), st.sampled_from(KINDS)), max_size=12),
        )
    )
)
def test_no_box_covers_another_on_the_narrowest_chart(
    drawn: tuple[int, list[tuple[int, Kind]]],
) -> None:
    periods, placed = drawn
    some = marks(*placed)
    figures = boxes(some, periods)
    for one, other in combinations(figures, 2):
        beside = abs(one["x"] - other["x"]) * PHONE / periods >= 20
        assert beside or abs(one["yshift"] - other["yshift"]) >= 16
    highest = max((box["yshift"] for box in figures), default=-1)
    assert room_above(some, periods) > highest
    assert len(rows(some, periods)) == len(figures) == len(placed)


def test_marks_are_numbered_in_order_of_time_and_flags_have_an_arrow() -> None:
    listed = marks((9, "fewer"), (2, "note"), (5, "more"), (5, "note")).listed
    assert [entry["number"] for entry in listed] == ["1", "2", "↑3", "↓4"]
    assert [entry["text"] for entry in listed] == [
        "note at 2",
        "note at 5",
        "more at 5",
        "fewer at 9",
    ]


def test_a_box_says_all_of_its_mark_where_a_reader_points_and_nothing_runs() -> None:
    (box,) = boxes(marks((3, "note")), 12)
    assert box["text"] == "1"
    assert box["hovertext"] == "<b>in 3</b><br>note at 3<br>&lt;b&gt;more&lt;/b&gt;"


def test_a_flag_stands_on_its_month_and_all_else_where_one_begins() -> None:
    figures = boxes(marks((0, "note"), (4, "note"), (8, "more")), 12)
    assert [box["x"] for box in figures] == [-0.3, 3.5, 8.0]
    assert len({box["bordercolor"] for box in figures}) == 2


def test_each_box_has_a_line_to_the_axis_also_from_a_higher_row() -> None:
    low, *high = stems(marks((4, "note"), (4, "reporting")), 12)
    assert (low["y0"], low["y1"], low["x0"]) == (0, 1, 3.5)
    assert [shape["x0"] for shape in high] == [3.5, 3.5]
    assert high[-1]["ysizemode"] == "pixel"
    assert high[-1]["y1"] > 16


def test_periods_in_which_fewer_partners_reported_have_a_bar_and_are_said_once() -> None:
    some = Marks(lacking=[3, 4], lacking_text="fewer reported")
    assert [(bar["x0"], bar["x1"]) for bar in stems(some, 12)] == [(2.6, 3.4), (3.6, 4.4)]
    assert [(entry["number"], entry["text"]) for entry in some.listed] == [("", "fewer reported")]
    assert boxes(some, 12) == []
    assert Marks(lacking_text="fewer reported").listed == []
