"""What no linter sees: scripts share one namespace, and style sheets dress what others make."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "assets" / "js").rglob("*.js"))
STYLES = sorted((ROOT / "assets" / "css").glob("*.css"))
#: Names of one namespace as scripts write them, and whether they are given a value there.
_NAME = r"(?<![\w$.-])(?:window\.)?{}\.(\w+)(\s*(?:\?\?)?=(?!=))?"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def read(path: Path) -> str:
    """A file without its comments."""
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


def names_of(namespace: str) -> tuple[set[str], set[str]]:
    """What scripts offer in a namespace, and what they ask of it."""
    offered, asked = set[str](), set[str]()
    for path in SCRIPTS:
        for name, given in re.findall(_NAME.format(namespace), read(path)):
            (offered if given else asked).add(name)
    return offered, asked


def test_what_one_script_asks_of_another_is_offered_and_nothing_is_offered_in_vain() -> None:
    offered, asked = names_of("atlas")
    assert {"go", "refit", "pictures"} <= offered
    assert asked - offered == set()
    # The first is taken apart where it is made, the second asked for by the controls of others.
    assert offered - asked == {"pictures", "listOfPlaces"}
    controls = (ROOT / "assets" / "vendor" / "controls-atlas.min.js").read_text(encoding="utf-8")
    assert "window.atlas.listOfPlaces()" in controls
    offered, asked = names_of("pictures")
    assert "mark" in offered
    assert offered == asked


def test_callbacks_in_the_browser_and_scripts_name_the_same_functions() -> None:
    registered = set(
        re.findall(r'browser\(\s*"(\w+)"', read(ROOT / "src" / "dashboard" / "callbacks.py"))
    )
    offered, _ = names_of("clientside")
    assert {"ask", "controlsFromAddress"} <= registered
    assert offered == registered


def test_what_a_map_draws_with_is_kept_on_the_processor() -> None:
    """A graphics card would be waited for at each change, and its stand-in much longer."""
    drawn = read(ROOT / "src" / "atlas_map" / "source" / "map" / "canvas.js")
    assert re.findall(r"getContext\(([^)]*)\)", drawn) == ['"2d", { willReadFrequently: true }']


def test_no_style_asks_what_an_element_holds() -> None:
    """A browser asks again at each mark that a chart draws, and styles 150 elements anew."""
    assert [path.name for path in STYLES if ":has(" in read(path)] == []


def test_no_style_is_for_a_class_that_nothing_has() -> None:
    written = sorted((ROOT / "src" / "dashboard").rglob("*.py"))
    makers = [*SCRIPTS, *written, *sorted((ROOT / "src" / "dashboard").rglob("*.html"))]
    made = "\n".join(path.read_text(encoding="utf-8") for path in makers)
    words = set(re.findall(r"[\w-]+", made))
    composed = set(re.findall(r"([a-z][a-z-]*-)\$?\{", made))
    styled = {
        name
        for path in STYLES
        for selector in re.findall(r"([^{}]+)\{", read(path))
        for name in re.findall(r"\.([a-zA-Z_][\w-]*)", selector)
    }
    assert len(styled) > 200
    # What components of Dash and of Bootstrap give their own parts is theirs to name.
    theirs = set(
        re.findall(r"\.([a-zA-Z_][\w-]*)", read(ROOT / "assets" / "vendor" / "bootstrap-atlas.css"))
    )
    unknown = {name for name in styled - words - theirs if not name.startswith("dash-")}
    assert {n for n in unknown if not any(n.startswith(stem) for stem in composed)} == set()
