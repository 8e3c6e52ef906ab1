"""The hint of a first visit is one short line, hidden until the browser shows it."""

from __future__ import annotations

import pytest

from dashboard.components.hints import hint


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_the_hint_is_one_line_and_hidden_at_first(lang: str) -> None:
    line = hint(lang).to_plotly_json()["props"]
    assert line["hidden"] is True
    assert 20 < len(line["children"]) < 60
    assert "“?”" in line["children"]
