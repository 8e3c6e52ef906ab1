from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.normalise import casefold, normalise


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert casefold(casefold(text)) == casefold(text)


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    clean = normalise(text)
    assert clean == clean.strip()
    assert "  " not in clean
    assert not set(clean) & set("\u200b\u200c\u200d\ufeff\u00ad")


def test_bangla_digits_full_width_letters_and_hard_spaces_become_plain() -> None:
    assert normalise(" ০১৭১২\u200b৩ ") == "017123"
    assert normalise("Ｆemale\u00a0\u00a0 person") == "Female person"


def test_bangla_words_stay() -> None:
    assert normalise("  কক্সবাজার ") == "কক্সবাজার"
