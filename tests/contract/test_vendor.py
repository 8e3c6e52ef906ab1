"""Scripts of others are those that are named, charts come of the installed package, maps of d3."""

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


def head_of(name: str) -> str:
    return (VENDOR / name).read_text(encoding="utf-8")[:120]


def test_the_bundle_of_charts_has_the_version_of_the_package() -> None:
    assert f"plotly.js {get_plotlyjs_version()} (MIT)" in head_of("plotly-atlas.min.js")


def test_the_library_of_maps_is_the_one_that_the_readme_says_how_to_build() -> None:
    versions = re.findall(r"(d3-\w+) ([\d.]+)", head_of("d3-atlas.min.js").split(" (ISC)")[0])
    assert [name for name, _ in versions] == ["d3-geo", "d3-selection", "d3-zoom"]
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    for name, version in versions:
        assert f"{name}@{version}" in readme
        assert f"{name} {version}" in readme
    licence = (VENDOR / "d3-LICENSE.txt").read_text(encoding="utf-8")
    assert "Mike Bostock" in licence
    assert "Permission to use, copy, modify, and/or distribute" in licence


def test_nothing_that_needs_a_graphics_card_or_a_worker_is_left() -> None:
    scripts = [*VENDOR.glob("*.js"), *(VENDOR.parent / "js").rglob("*.js")]
    assert len(scripts) > 20
    banned = re.compile(r"maplibre|mapbox-gl|getContext\([\"']webgl|new Worker\(")
    assert {path.name for path in scripts if banned.search(path.read_text("utf-8"))} == set()


@pytest.mark.parametrize("name", ["plotly-atlas.min.js", "d3-atlas.min.js"])
def test_a_compressed_bundle_is_the_bundle(name: str) -> None:
    assert brotli.decompress((VENDOR / f"{name}.br").read_bytes()) == (VENDOR / name).read_bytes()


@pytest.mark.parametrize("exhibit_id", [entry.id for entry in definitions()])
def test_every_trace_is_in_the_bundle(protected: Release, exhibit_id: str) -> None:
    traces = BUNDLE.read_text(encoding="utf-8")[:120].split("(MIT): ")[1].split(".")[0].split(", ")
    whole = read_view_query(f"period={protected.span}", protected, lambda _: False)
    figure = render(exhibit_id, whole, protected).figure or {}
    assert {trace["type"] for trace in figure.get("data", ())} <= set(traces)
