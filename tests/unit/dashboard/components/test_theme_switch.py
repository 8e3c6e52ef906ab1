"""The theme switch: one button, two labels, of which the style sheet shows the one that is true."""

from __future__ import annotations

import pytest

from dashboard.components.theme_switch import theme_switch
from tests.unit.dashboard.components.test_filter_status import props, texts


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_the_switch_says_in_words_what_it_does_in_either_theme(lang: str) -> None:
    button = theme_switch(lang)
    labels = props(button, "title")
    assert len(set(labels)) == 2
    assert texts(button) == "".join(labels)


def test_each_label_has_the_class_of_what_it_leads_to() -> None:
    classes = props(theme_switch("en"), "className")
    assert [name for name in classes if name.startswith("to-")] == ["to-dark", "to-light"]
    assert theme_switch("en").children[0].title == "Use dark colours"
