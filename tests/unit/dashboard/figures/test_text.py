"""Text inside figures."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.text import nice_ceiling, wrapped


@given(value=st.floats(0.01, 1e7))
def test_a_scale_ends_above_its_largest_value_and_not_far_above(value: float) -> None:
    top = nice_ceiling(value)
    assert value <= top * (1 + 1e-6)
    assert top <= 2 * value * (1 + 1e-6)


def test_long_labels_break_between_words_and_no_word_is_cut() -> None:
    assert wrapped("Public place in a camp", 12) == "Public place<br>in a camp"
    assert wrapped("স্বাস্থ্যসেবা ও মনোসামাজিক সহায়তা", 12) == ("স্বাস্থ্যসেবা ও<br>মনোসামাজিক<br>সহায়তা")


def test_signs_on_letters_take_no_room() -> None:
    assert wrapped("কক্সবাজার জেলা", 11) == "কক্সবাজার জেলা"
