"""The plotly bundle of our own is that of the installed package, and draws all that is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

from dashboard import exhibits
from dashboard.exhibits.registry import definitions, read_view_query, render
from dashboard.releases import Release

BUNDLE = Path(__file__).parents[2] / "assets" / "vendor" / "plotly-atlas.min.js"
exhibits.load()


def test_the_bundle_has_the_version_of_the_package() -> None:
    header = BUNDLE.read_text(encoding="utf-8")[:120]
    assert f"plotly.js {get_plotlyjs_version()} " in header


@pytest.mark.parametrize("exhibit_id", [entry.id for entry in definitions()])
def test_every_trace_is_in_the_bundle(protected: Release, exhibit_id: str) -> None:
    traces = BUNDLE.read_text(encoding="utf-8")[:120].split("(MIT): ")[1].split(".")[0].split(", ")
    whole = read_view_query(f"period={protected.span}", protected, lambda _: False)
    figure = render(exhibit_id, whole, protected).figure or {}
    assert {trace["type"] for trace in figure.get("data", ())} <= set(traces)
