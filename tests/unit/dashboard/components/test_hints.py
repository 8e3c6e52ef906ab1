"""Hints of a first visit say of the numbers only what holds for the release."""

from __future__ import annotations

import pytest

from dashboard.components.hints import hints


@pytest.mark.parametrize(
    ("base", "lang", "said"),
    [
        (5, "en", "right to about 5 people"),
        (10, "en", "right to about 10 people"),
        (10, "bn-beng", "প্রায় ১০ জন"),
    ],
)
def test_a_hint_says_how_far_the_numbers_of_this_release_are_right(
    base: int, lang: str, said: str
) -> None:
    assert said in str(hints(base, lang).to_plotly_json())


def test_where_nothing_is_protected_no_hint_says_so() -> None:
    unprotected = str(hints(1, "en").to_plotly_json())
    assert "protected" not in unprotected
    assert "Every figure is also a table." in unprotected
