"""What no linter sees: scripts share one namespace, and style sheets dress what others make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "assets" / "js").rglob("*.js"))
STYLES = sorted((ROOT / "assets" / "css").glob("*.css"))
#: Style sheets that lie beside what they dress.
BESIDE = [ROOT / "src" / "atlas_map" / "atlas_map.css", ROOT / "etl" / "page.css"]
TEMPLATES = [path for room in ("src", "etl") for path in sorted((ROOT / room).rglob("*.html"))]
#: Sides of the page that stay where they are whichever way lines run, by why they do.
PHYSICAL = {
    "units stand below units": {
        "area.css .area-number", "base.css .number", "forms.css .ranking .number, .table .number",
        "measures.css .measure-range", "measures.css .measures .number", "page.css .n",
        "targets.css .bullet-text, .bullet .measure-range",
    },
    "two sides of a box that is turned draw a tick or an arrowhead": {
        "detail.css .notes > summary::after",
        "explore.css .question-menu > summary::after",
        "glossary.css .glossary-index summary > :first-child::before",
        'rows.css .rank-pick[aria-checked="true"]::before',
    },
    "others put it right": {'controls.css [dir="rtl"] .form-select'},
    "a script works out the place": {"definition.css .definition"},
    "the arrow between two stops points down": {"strip.css .strip-stop > .icon"},
    "time runs to the right": {
        "brush.css .brush-step--after .icon",
        "brush.css .brush-step--before .icon",
    },
}  # fmt: skip
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


def four(value: str) -> list[str]:
    """Top, right, bottom and left of a shorthand, or its corners from the upper left on."""
    parts = re.findall(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+", value)
    return {1: parts * 4, 2: parts * 2, 3: [*parts, *parts[1:2]]}.get(len(parts), parts)


def names_a_side(name: str, value: str) -> bool:
    """Whether a declaration means left or right of the page, and not the start or end of a line."""
    if re.search(r"(?<![\w-])(left|right)(?![\w-])", f"{name.replace('-', ' ')} {value}"):
        return not name.startswith("--")
    if "var(--sa-inline)" in value:
        return False
    if name in ("margin", "padding", "inset") or re.fullmatch(r"border-(width|style|color)", name):
        _, right, _, left = four(value)
        return right != left
    if name == "border-radius":
        one, two, three, last = four(value)
        return (one, last) != (two, three)
    if name == "box-shadow":
        return bool(re.search(r"(?:^|,)\s*(?:inset )?-?[1-9.]", value))
    return bool(re.search(r"translate(X?)\((?!0[,)])|^-?90deg|rotate\(-?90deg", value))


def declarations(text: str) -> Iterator[tuple[str, str]]:
    """Names and values of what stands in a rule or a style attribute."""
    for declaration in re.split(r";(?![^(]*\))", text):
        name, _, value = declaration.partition(":")
        if value:
            yield name.strip(), " ".join(value.split())


@pytest.mark.parametrize(("declaration", "found"), [
    ("margin-left: 4px", True), ("margin-inline-start: 4px", False), ("left: 0", True),
    ("inset: 0 auto auto 0", True), ("inset: auto 0 0", False), ("padding: 1px 2px 3px", False),
    ("padding: calc((1lh - 2px) / 2) 6px 0 26px", True), ("border-top-left-radius: 4px", True),
    ("border-radius: 4px 0", True), ("border-radius: 4px 4px 0 0", False),
    ("border-radius: 4px 0 0", True), ("text-align: right", True), ("text-align: end", False),
    ("background: linear-gradient(to right, red, blue)", True),
    ("--sa-icon: url(arrow-right.svg)", False), ("box-shadow: inset 3px 0 0 red", True),
    ("box-shadow: 0 1px 2px red, 0 2px 6px blue", False), ("transform: translateX(-50%)", True),
    ("transform: translate(calc(var(--sa-inline) * -50%), -50%)", False),
    ("transform: translateY(-50%)", False), ("transform: rotate(-90deg)", True),
    ("rotate: 90deg", True),
])  # fmt: skip
def test_a_side_of_the_page_is_known_by_its_declaration(declaration: str, found: bool) -> None:
    assert [names_a_side(*one) for one in declarations(declaration)] == [found]


def test_styles_speak_of_the_start_and_end_of_a_line_not_of_left_and_right() -> None:
    """A language that is written from right to left has no style sheet of its own."""
    found = {
        f"{path.name} {' '.join(selector.split())}"
        for path in [*STYLES, *BESIDE]
        for selector, rule in re.findall(r"([^{};]+)\{([^{}]*)\}", read(path))
        if any(names_a_side(*one) for one in declarations(rule))
    }
    assert found == set().union(*PHYSICAL.values())


def test_templates_speak_of_the_start_and_end_of_a_line_not_of_left_and_right() -> None:
    written = {
        (path.name, style)
        for path in TEMPLATES
        for style in re.findall(r'style="(.*?)"', re.sub(r"\{\{.*?\}\}", "0", read(path)))
    }
    assert ("changes.html", "inset-inline-start:0;width:0") in written
    assert [one for one in written if any(names_a_side(*d) for d in declarations(one[1]))] == []
