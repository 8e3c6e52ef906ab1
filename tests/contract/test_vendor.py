"""What others made and lies here: plotly for charts, d3 for maps, controls, Bootstrap's style."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import brotli
import pytest
from dash import dcc
from plotly.offline import get_plotlyjs_version

from dashboard import exhibits
from dashboard.exhibits.registry import definitions, read_view_query, render
from dashboard.model.shipped import MAP
from dashboard.release.open_release import Release

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "assets" / "vendor"
BUNDLE = VENDOR / "plotly-atlas.min.js"
STYLE = (VENDOR / "bootstrap-atlas.css").read_text(encoding="utf-8")
OWN_STYLES = sorted((VENDOR.parent / "css").glob("*.css"))
#: Parts of Bootstrap whose classes the product styles further.
SHARED = re.compile(r"form-(check|check-input|check-label|control|select)$")
exhibits.load()


def head_of(name: str) -> str:
    return (VENDOR / name).read_text(encoding="utf-8")[:120]


def test_the_bundle_of_charts_has_the_version_of_the_package() -> None:
    assert f"plotly.js {get_plotlyjs_version()} (MIT)" in head_of("plotly-atlas.min.js")


def test_the_library_of_maps_is_the_one_that_the_readme_says_how_to_build() -> None:
    head = (MAP / "source" / "d3-atlas.min.js").read_text(encoding="utf-8")[:120]
    versions = re.findall(r"(d3-\w+) ([\d.]+)", head.split(" (ISC)")[0])
    assert [name for name, _ in versions] == ["d3-geo", "d3-selection", "d3-zoom"]
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    for name, version in versions:
        assert f"{name}@{version}" in readme
        assert f"{name} {version}" in readme
    # It lacks what draws the way from one view to the next, so nothing may ask for that.
    for path in [*(VENDOR.parent / "js").rglob("*.js"), *(MAP / "source" / "map").glob("*.js")]:
        script = path.read_text(encoding="utf-8")
        assert not re.search(r"\.(transition|interpolate|duration)\(", script), path
    licence = (MAP / "d3-LICENSE.txt").read_text(encoding="utf-8")
    assert "Mike Bostock" in licence
    assert "Permission to use, copy, modify, and/or distribute" in licence


def test_the_controls_are_those_that_pages_have_in_the_version_of_dash() -> None:
    script = (VENDOR / "controls-atlas.min.js").read_text(encoding="utf-8")
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    versions = dict(re.findall(r"(dash-\w+-components) ([\w.-]+)", script[:120]))
    assert versions["dash-core-components"] == dcc.__version__
    assert all(f"{name}@{version}" in readme for name, version in versions.items())
    written = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    for short, name in (("dcc", "dash_core_components"), ("dbc", "dash_bootstrap_components")):
        match = re.search(rf"window\.{name}=\{{(.*?)\}}", script)
        assert match
        held = {part.partition(":")[0] for part in match[1].split(",")}
        used = {part for text in written for part in re.findall(rf"\b{short}\.([A-Z]\w+)", text)}
        assert held == used


def test_nothing_that_needs_a_graphics_card_or_a_worker_is_left() -> None:
    scripts = [*VENDOR.glob("*.js"), *(VENDOR.parent / "js").rglob("*.js"), *MAP.rglob("*.js")]
    assert len(scripts) > 20
    banned = re.compile(r"maplibre|mapbox-gl|getContext\([\"']webgl|new Worker\(")
    assert {path.name for path in scripts if banned.search(path.read_text("utf-8"))} == set()


@pytest.mark.parametrize(
    "name", ["plotly-atlas.min.js", "controls-atlas.min.js", "list-atlas.min.js"]
)
def test_a_compressed_bundle_is_the_bundle(name: str) -> None:
    assert brotli.decompress((VENDOR / f"{name}.br").read_bytes()) == (VENDOR / name).read_bytes()


#: Parts of plotly.js that the bundle lacks, by what a figure would have to name.
LACKING = {
    "images", "updatemenus", "sliders", "rangeslider", "rangeselector", "selections", "scene",
}  # fmt: skip
#: Notations of colours that the bundle reads; names are words.
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|(?:rgb|hsl)a?\([\d.,%\s]+\)|[a-z]+")


def parts(value: object) -> Iterator[tuple[str, object]]:
    """Every name in a figure with what stands under it."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield str(name), inner
            yield from parts(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from parts(inner)


@pytest.mark.parametrize("exhibit_id", [entry.id for entry in definitions()])
def test_no_figure_has_what_the_bundle_lacks(protected: Release, exhibit_id: str) -> None:
    whole = read_view_query(f"period={protected.span}", protected, lambda _: False)
    figure = dict(render(exhibit_id, whole, protected).figure or {})
    if "form" in figure or "data" not in figure:
        return  # no chart: our own scripts draw it, or there is nothing to draw here
    layout = {name: part for name, part in figure["layout"].items() if name != "meta"}
    traces = BUNDLE.read_text(encoding="utf-8")[:120].split("(MIT): ")[1].split(".")[0].split(", ")
    assert {trace["type"] for trace in figure["data"]} <= set(traces)
    named = list(parts({"data": figure["data"], "layout": layout}))
    assert not {name for name, _ in named} & LACKING
    assert all(part in (False, None) for name, part in named if name == "dragmode")
    colours = [part for name, part in named if name.endswith("color") and isinstance(part, str)]
    assert [colour for colour in colours if not COLOUR.fullmatch(colour)] == []


def test_what_the_bundle_lacks_is_what_its_source_leaves_out() -> None:
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    unused = re.search(r"const unused = \[(.*?)\]", readme)
    assert unused
    assert set(re.findall(r"'(\w+)'", unused[1])) - {"annotations3d"} == LACKING - {"scene"}
    bundle = BUNDLE.read_text(encoding="utf-8")
    assert not [
        each for each in ("rangeslider-container", "updatemenu-container") if each in bundle
    ]


def test_the_style_is_that_of_the_documented_bootstrap_and_small() -> None:
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    (version,) = set(re.findall(r"bootstrap@([\d.]+)", readme))
    assert f" v{version} " in STYLE[:200]
    assert "Licensed under MIT" in STYLE[:300]
    assert "MIT License" in (VENDOR / "bootstrap-LICENSE.txt").read_text(encoding="utf-8")
    assert len(gzip.compress(STYLE.encode(), 9)) < 12_000


def test_the_style_lies_in_one_layer_below_that_of_the_product() -> None:
    rules = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL).strip()
    assert rules.startswith("@layer bootstrap{")
    depth, ends = 0, []
    for at, sign in enumerate(rules):
        depth += (sign == "{") - (sign == "}")
        if sign == "}" and depth == 0:
            ends.append(at)
    assert ends == [len(rules) - 1]
    assert not [path.name for path in OWN_STYLES if "@layer" in path.read_text(encoding="utf-8")]


def test_the_style_takes_its_colours_from_tokens_that_there_are() -> None:
    tokens = (VENDOR.parent / "css" / "tokens.css").read_text(encoding="utf-8")
    known = set(re.findall(r"(--sa-[\w-]+):", tokens))
    assert set(re.findall(r"var\((--sa-[\w-]+)", STYLE)) <= known
    unset = set(re.findall(r"var\((--bs-[\w-]+)\)", STYLE)) - set(
        re.findall(r"(--bs-[\w-]+):", STYLE)
    )
    assert unset == set()


def test_no_class_name_means_two_things() -> None:
    name = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
    plain = re.sub(r"url\(.*?\)|/\*.*?\*/", "", STYLE, flags=re.DOTALL)
    theirs = {found for part in re.findall(r"([^{}]+)\{", plain) for found in name.findall(part)}
    ours = {
        found
        for path in OWN_STYLES
        for part in re.findall(r"([^{};]+)\{", path.read_text(encoding="utf-8"))
        for found in name.findall(re.sub(r"/\*.*?\*/", "", part, flags=re.DOTALL))
    }
    assert len(theirs) > 50
    assert {found for found in theirs & ours if not SHARED.match(found)} == set()
