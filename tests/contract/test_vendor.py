"""The plotly bundle of our own is that of the installed package, and draws all that is drawn."""

from __future__ import annotations

import re
from pathlib import Path

import brotli
import pytest
from plotly.offline import get_plotlyjs_version

from dashboard import exhibits
from dashboard.exhibits.registry import definitions, read_view_query, render
from dashboard.release.open_release import Release

VENDOR = Path(__file__).parents[2] / "assets" / "vendor"
BUNDLE = VENDOR / "plotly-atlas.min.js"
exhibits.load()


@pytest.mark.parametrize("name", ["plotly-atlas.min.js", "maps-atlas.min.js"])
def test_a_bundle_has_the_version_of_the_package(name: str) -> None:
    header = (VENDOR / name).read_text(encoding="utf-8")[:120]
    assert re.search(rf"plotly\.js {re.escape(get_plotlyjs_version())}[. ]", header)


@pytest.mark.parametrize("name", ["plotly-atlas.min.js", "maps-atlas.min.js"])
def test_a_compressed_bundle_is_the_bundle(name: str) -> None:
    assert brotli.decompress((VENDOR / f"{name}.br").read_bytes()) == (VENDOR / name).read_bytes()


@pytest.mark.parametrize("exhibit_id", [entry.id for entry in definitions()])
def test_every_trace_is_in_the_bundle(protected: Release, exhibit_id: str) -> None:
    traces = BUNDLE.read_text(encoding="utf-8")[:120].split("(MIT): ")[1].split(".")[0].split(", ")
    whole = read_view_query(f"period={protected.span}", protected, lambda _: False)
    figure = render(exhibit_id, whole, protected).figure or {}
    assert {trace["type"] for trace in figure.get("data", ())} <= set(traces)
