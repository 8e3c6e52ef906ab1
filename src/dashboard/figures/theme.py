"""The look of figures: design tokens of the light theme and the layout all charts begin with.

Colours stand here and nowhere else in Python. Each channel has one meaning: hue is the class,
lightness is how many, and no red is used for data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]

FONT = (
    "'Noto Sans','Noto Sans Bengali','Nirmala UI',Vrinda,system-ui,'Segoe UI',Roboto,Arial,"
    "sans-serif"
)
TEXT, TEXT_2, TEXT_3 = "#12202E", "#43566A", "#5B6C7D"
SURFACE, BORDER, BORDER_STRONG = "#FFFFFF", "#D3DAE0", "#7C8A98"
LAND, SEA, BOUNDARY, GRID = "#DFE3E1", "#E9F1F7", "#A8AAAD", "#E3E7EB"
SEA_INK = "#3B6E99"
TRANSPARENT = "rgba(0,0,0,0)"

PURPLE, TEAL, AMBER, BLUE = "#5F2C82", "#1F8F7B", "#D67A05", "#2C60CC"
ORCHID, UMBER, SKY, SLATE = "#A76CA4", "#854812", "#5A94E5", "#3C4146"
#: An outcome that is neither good nor bad, such as a person who declines.
NEUTRAL = "#7C8A98"

#: Ramps from few to many.
SEQUENTIAL: Mapping[str, tuple[str, ...]] = {
    "total": ("#E3EBF3", "#B5CBE1", "#7BA3C9", "#3F76A9", "#14497C", "#0A2A4A"),
    "trafficking": ("#EDE6F4", "#D0BBE3", "#AC8ACB", "#8459AE", "#5F2C82", "#381257"),
    "smuggling": ("#DFF1EC", "#ABDACE", "#6CBBAA", "#1F8F7B", "#0B6455", "#053D34"),
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


#: Looks by class group; ``trafficking`` is the three trafficking groups together.
CLASS_LOOK: Mapping[str, Look] = {
    "trafficking": Look(PURPLE),
    "trafficking_sexual": Look(PURPLE),
    "trafficking_labour": Look("#8459AE"),
    "trafficking_other": Look("#AC8ACB"),
    "smuggling": Look(TEAL, "dash"),
    "other": Look(SLATE, "dot", "/"),
    "mixed": Look(BLUE, "dashdot"),
    "all": Look(BLUE),
}

#: The two sexes of the age chart, in hues that stand for no class and no stereotype.
SEX_COLOUR: Mapping[str, str] = {"female": AMBER, "male": BLUE}

#: Darker inks for text in a hue whose fill is too light to read on white.
_INK = {TEAL: "#0B6455", AMBER: "#80530A", ORCHID: "#6B3C69", SKY: "#1B4F8F"}

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


def ink(colour: str) -> str:
    """The colour for text about something drawn in ``colour``; at least 4.5 to 1 on white."""
    return _INK.get(colour, colour)


def axis(**changes: object) -> dict[str, Any]:
    """A chart axis: no grid unless asked for, no zoom, room for its labels."""
    return {**_AXIS, "showgrid": False, **changes}


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
