"""The look of figures: the colours and the layout that all charts begin with.

A figure is made in the light colours of ``palette``, so that it can be kept and looks the same in
every file; ``in_the_dark`` tells the browser what each of them is in the dark theme. Each channel
has one meaning: hue is the class, lightness is how many, and no red is used for data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from dashboard.figures.palette import GROUND, INKS, MARKS, RAMPS, SIGNALS
from dashboard.model import codes
from dashboard.model.country import PACK

Figure = dict[str, Any]

_FAMILIES = (
    *("Noto Sans", *(font for language in PACK.languages.values() for font in language.fonts)),
    *("system-ui", "Segoe UI", "Roboto", "Arial", "sans-serif"),
)
FONT = ",".join(f"'{name}'" if " " in name else name for name in _FAMILIES)
TEXT, TEXT_2, TEXT_3 = (GROUND[name].light for name in ("text", "text-2", "text-3"))
SURFACE, BORDER, BORDER_STRONG = (
    GROUND[name].light for name in ("surface", "border", "border-strong")
)
LAND, SEA, SEA_INK = (GROUND[name].light for name in ("land", "sea", "sea-ink"))
#: More and fewer, clearly and a little.
MORE, MORE_SOFT = (SIGNALS[name].light for name in ("more", "more-soft"))
FEWER, FEWER_SOFT = (SIGNALS[name].light for name in ("fewer", "fewer-soft"))
BOUNDARY, GRID, SUNKEN = (GROUND[name].light for name in ("boundary", "grid", "sunken"))
TRANSPARENT = "rgba(0,0,0,0)"

PURPLE, TEAL, AMBER, BLUE = (MARKS[name].light for name in ("purple", "teal", "amber", "blue"))
ORCHID, UMBER, SKY, SLATE = (MARKS[name].light for name in ("orchid", "umber", "sky", "slate"))
#: An outcome that is neither good nor bad, such as a person who declines.
NEUTRAL = BORDER_STRONG

#: Ramps from few to many.
SEQUENTIAL: Mapping[str, tuple[str, ...]] = {
    name: tuple(step.light for step in ramp) for name, ramp in RAMPS.items()
}


@dataclass(frozen=True)
class Look:
    """How one class is drawn everywhere.

    Attributes:
        colour: Hue of lines, bars and dots.
        dash: Line style, so that colour is never the only difference.
        pattern: Bar fill pattern, '' for none.
    """

    colour: str
    dash: str = "solid"
    pattern: str = ""


#: Looks by class group and by part of a split (see ``exhibits.counts.splits``), of which
#: ``trafficking`` is the three trafficking groups together.
CLASS_LOOK: Mapping[str, Look] = {
    "trafficking": Look(PURPLE),
    codes.TRAFFICKING_SEXUAL.code: Look(PURPLE),
    codes.TRAFFICKING_LABOUR.code: Look(MARKS["purple-2"].light),
    codes.TRAFFICKING_OTHER.code: Look(MARKS["purple-3"].light),
    "smuggling": Look(TEAL, "dash"),
    "other": Look(SLATE, "dot", "/"),
    "mixed": Look(BLUE, "dashdot"),
    "all": Look(BLUE),
}

#: Looks by transport, each with a hue and a dash of its own; none is that of a class.
TRANSPORT_LOOK: Mapping[str, Look] = {
    "land": Look(UMBER),
    "river": Look(SKY, "dash"),
    "sea": Look(BLUE, "dashdot"),
    "air": Look(AMBER, "dot"),
    "mixed": Look(ORCHID, "longdash"),
    "other": Look(SLATE, "longdashdot"),
}

#: The two sexes, in one hue that stands for no class, no change and no stereotype.
SEX_COLOUR: Mapping[str, str] = {"female": BLUE, "male": SKY}

#: Luminance from which a fill has dark letters, the contrast that letters need, and the opacity of
#: the rim of letters with less.
_LIGHT, _READABLE, _RIM = 0.25, 4.5, 0.4
_FILL_IN_THE_DARK = {pair.light: pair.dark for pair in chain(SIGNALS.values(), *RAMPS.values())}

_INK = {mark.light: INKS[name].light for name, mark in MARKS.items()}

_TICKS = {"size": 12, "color": TEXT_2}
_AXIS = {
    "zeroline": False,
    "showline": False,
    "gridcolor": GRID,
    "ticks": "",
    "tickfont": _TICKS,
    "automargin": True,
    "fixedrange": True,
}


def pale(ramp: str) -> str:
    """A pale colour of a ramp, still different from the sea."""
    return SEQUENTIAL[ramp][1]


def shades(ramp: str, classes: int) -> list[str]:
    """Colours of so many classes from few to many, on maps and in files of maps.

    They are spread evenly over the ramp, whose palest one is left out.

    >>> [SEQUENTIAL["total"].index(colour) for colour in shades("total", 3)]
    [1, 3, 5]
    """
    colours = SEQUENTIAL[ramp]
    if classes == 1:
        return [colours[len(colours) // 2]]
    last = len(colours) - 2
    return [colours[1 + round(index * last / (classes - 1))] for index in range(classes)]


def ink(colour: str) -> str:
    """The colour for text about something drawn in ``colour``; at least 4.5 to 1 on white."""
    return _INK.get(colour, colour)


def ink_on(fill: str) -> tuple[str, str]:
    """The colour for letters on a fill, and of the rim behind them, '' for none.

    The palette's ramps go the other way in the dark, and so do the inks, so that one answer serves
    both themes. Between the two inks neither has 4.5 to 1 on every ramp: there letters have a rim.

    >>> few, *_, many = SEQUENTIAL["total"]
    >>> ink_on(few) == (TEXT, ""), ink_on(many) == (SURFACE, "")
    (True, True)
    """
    if _luminance(fill) >= _LIGHT:
        return TEXT, ""
    both = ((SURFACE, fill), (GROUND["surface"].dark, _FILL_IN_THE_DARK.get(fill, fill)))
    least = min(contrast(ink, ground) for ink, ground in both)
    return SURFACE, "" if least >= _READABLE else faded(TEXT, _RIM)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2.2 defines it, 1 to 21.

    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of a colour, 0 to 1."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faded(colour: str, opacity: float) -> str:
    """A colour of some opacity.

    >>> faded("#2C60CC", 0.26)
    'rgba(44,96,204,0.26)'
    """
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def in_the_dark() -> dict[str, dict[str, str]]:
    """The dark theme's colour for each light one of a figure, by the kind of thing it colours.

    A colour can be a step of a ramp in one place and a hue in another. ``ramps`` holds for colour
    scales and the legends of maps, ``texts`` for fonts, and ``marks`` for everything else and for
    what the other two do not name. ``assets/js/recolour.js`` reads it once.
    """
    marks = chain(RAMPS["total"], GROUND.values(), SIGNALS.values(), MARKS.values())
    return {
        "marks": {pair.light: pair.dark for pair in marks},
        "ramps": {pair.light: pair.dark for ramp in RAMPS.values() for pair in ramp},
        "texts": {pair.light: pair.dark for pair in INKS.values()},
    }


def axis(**changes: object) -> dict[str, Any]:
    """A chart axis: no grid unless asked for, no zoom, room for its labels."""
    return {**_AXIS, "showgrid": False, **changes}


def annotation(
    text: str, x: float, y: float, *, size: int = 12, colour: str = TEXT, **look: Any
) -> Figure:
    """Words at a place, by default of the horizontal axis.

    Args:
        text: The words, as plotly reads them.
        x: Where, on the horizontal axis.
        y: Where, as a share of the plot's height.
        size: Size of the letters.
        colour: Their colour.
        **look: What else plotly takes.
    """
    return {
        "x": x,
        "xref": "x",
        "y": y,
        "yref": "paper",
        "yanchor": "bottom",
        "text": text,
        "font": {"size": size, "color": colour},
        "showarrow": False,
        **look,
    }


def label(text: str, x: float, y: float, **look: Any) -> Figure:
    """Words on a chart as an ``annotation`` whose x is where they begin, a share of the width."""
    return annotation(text, x, y, **{"xref": "paper", "xanchor": "left", "align": "left", **look})


def ground(x0: float, x1: float, colour: str, **look: Any) -> Figure:
    """A rectangle behind a part of the horizontal axis, as a shape."""
    place = {"type": "rect", "x0": x0, "x1": x1, "xref": "x", "yref": "paper", "layer": "below"}
    return {**place, "fillcolor": colour, "line": {"width": 0}, **look}


def layout(**changes: object) -> dict[str, Any]:
    """The layout every figure begins with: transparent, untitled, in the product's font.

    Titles stand in HTML and are drawn into image files by the browser, so never in a figure.
    """
    base: dict[str, Any] = {
        "font": {"family": FONT, "size": 13, "color": TEXT},
        "paper_bgcolor": TRANSPARENT,
        "plot_bgcolor": TRANSPARENT,
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "separators": ".,",
        "bargap": 0.32,
        "hoverlabel": {
            "bgcolor": TEXT,
            "bordercolor": TEXT,
            "font": {"family": FONT, "size": 13, "color": SURFACE},
            "align": "left",
            "namelength": -1,
        },
    }
    return {**base, **changes}
