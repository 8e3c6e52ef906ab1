"""The palette: every text and every mark can be seen, in both themes, in figures and on the page.

Contrast as WCAG 2.2 defines it: text at least 4.5 to 1, marks and edges of controls 3 to 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dashboard.figures import theme
from dashboard.figures.palette import CONTROLS, GROUND, INKS, MARKS, RAMPS, SIGNALS, Pair
from dashboard.figures.theme import contrast
from tests.unit.dashboard.figures.figures import every

_STYLES = Path(__file__).parents[4] / "assets" / "css"
TOKENS = (_STYLES / "tokens.css", _STYLES / "tokens-dark.css")
NAMED: Mapping[str, Pair] = {**GROUND, **SIGNALS, **CONTROLS, **MARKS}
THEMES = ("light", "dark")

TEXTS = (
    *(("text", ground) for ground in ("canvas", "surface", "sunken", "accent-soft", "land")),
    *(("text-2", ground) for ground in ("canvas", "surface", "sunken", "accent-soft", "land")),
    *(("text-3", ground) for ground in ("canvas", "surface", "sunken", "accent-soft")),
    *(("accent", g) for g in ("canvas", "surface", "sunken", "accent-soft", "accent-soft-hover")),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-chrome", "chrome"),
    ("on-chrome", "chrome-2"),
    ("on-chrome-2", "chrome"),
    ("on-chrome-2", "chrome-2"),
    ("focus-chrome", "chrome"),
    ("warn", "warn-soft"),
    ("more", "more-soft"),
    ("fewer", "fewer-soft"),
    ("error", "surface"),
    ("sea-ink", "sea"),
)
EDGES = (
    ("border-strong", "surface"),
    ("border-strong", "canvas"),
    ("focus", "surface"),
    ("focus", "canvas"),
    ("focus-chrome", "chrome"),
    ("ok", "surface"),
    ("more", "surface"),
    ("fewer", "surface"),
)


def test_contrast_is_that_of_the_standard() -> None:
    greys = [round(contrast(grey, "#FFFFFF"), 2) for grey in ("#767676", "#949494", "#FFFFFF")]
    assert greys == [4.54, 3.03, 1.0]  # the lightest greys of text and of marks on white
    assert [round(contrast("#000000", hue), 2) for hue in ("#FF0000", "#0000FF")] == [5.25, 2.44]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read_on_every_ground_it_stands_on(name: str, text: str, ground: str) -> None:
    assert contrast(getattr(NAMED[text], name), getattr(NAMED[ground], name)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_and_signs_can_be_seen(name: str, edge: str, ground: str) -> None:
    assert contrast(getattr(NAMED[edge], name), getattr(NAMED[ground], name)) >= 3


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("mark", MARKS)
def test_marks_can_be_seen_and_words_in_their_hue_can_be_read(name: str, mark: str) -> None:
    surface = getattr(GROUND["surface"], name)
    assert contrast(getattr(MARKS[mark], name), surface) >= 3
    assert contrast(getattr(INKS[mark], name), surface) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ramp", RAMPS)
def test_more_stands_out_more_and_a_number_can_be_read_on_every_step(name: str, ramp: str) -> None:
    surface, text = (getattr(GROUND[ground], name) for ground in ("surface", "text"))
    steps = [getattr(step, name) for step in RAMPS[ramp]]
    contrasts = [contrast(step, surface) for step in steps]
    assert all(more > 1.15 * fewer for fewer, more in pairwise([1, *contrasts]))
    assert all(contrast(text, step) >= 4.5 for step in steps[:3])
    assert all(contrast(surface, step) >= 4.5 for step in steps[4:])
    if ramp == "total":  # the one that carries numbers
        assert contrast(surface, steps[3]) >= 4.5


def test_trafficking_and_smuggling_are_told_apart_by_lightness_too() -> None:
    for name in THEMES:
        trafficking, smuggling = (getattr(MARKS[mark], name) for mark in ("purple", "teal"))
        assert contrast(trafficking, smuggling) > 1.4


def colours(value: Any) -> Iterator[str]:
    """Every colour in a figure, as hexadecimal digits."""
    if isinstance(value, str):
        if re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
            yield value
        yield from re.findall(r"color:(#[0-9A-Fa-f]{6})", value)
        faded = re.fullmatch(r"rgba\((\d+),(\d+),(\d+),[\d.]+\)", value)
        if faded and value != theme.TRANSPARENT:
            yield "#" + "".join(f"{int(part):02X}" for part in faded.groups())
    elif isinstance(value, Mapping):
        for entry in value.values():
            yield from colours(entry)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from colours(entry)


@pytest.mark.parametrize("form", every())
def test_every_colour_of_a_figure_has_one_for_the_dark(form: str) -> None:
    dark = theme.in_the_dark()
    for colour in colours(every()[form]):
        assert any(colour.upper() in kind for kind in dark.values()), colour


def test_a_colour_of_a_figure_has_one_meaning_in_the_dark() -> None:
    for kind in ({**GROUND, **SIGNALS, **MARKS}, INKS):
        pairs = {(pair.light, pair.dark) for pair in kind.values()}
        assert len(pairs) == len({light for light, _ in pairs})


def test_style_sheet_and_figures_have_the_same_colours() -> None:
    for index, sheet in enumerate(TOKENS):
        text = sheet.read_text(encoding="utf-8")
        tokens = dict(re.findall(r"--sa-([a-z0-9-]+): (#[0-9a-f]{6});", text))
        assert tokens == {name: pair[index].lower() for name, pair in NAMED.items()}


def test_only_the_tokens_name_colours() -> None:
    for sheet in sorted(_STYLES.glob("*.css")):
        if sheet in TOKENS:
            continue
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", text) == [], sheet.name


@pytest.mark.parametrize("ramp", RAMPS)
@pytest.mark.parametrize("classes", range(1, 6))
def test_colours_of_classes_grow_darker_and_leave_the_palest_out(ramp: str, classes: int) -> None:
    steps = [theme.SEQUENTIAL[ramp].index(colour) for colour in theme.shades(ramp, classes)]
    assert len(steps) == classes
    assert steps == sorted(set(steps))
    assert steps[0] >= 1


def test_every_colour_that_a_script_has_is_the_light_one_of_the_palette() -> None:
    lights = {pair.light for pair in NAMED.values()}
    scripts = sorted((_STYLES.parent / "js").rglob("*.js"))
    assert scripts
    for path in scripts:
        in_script = re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8"))
        assert {colour.upper() for colour in in_script} <= lights, path.name
