"""The palette: every colour of the product by name, in the light and the dark theme.

Figures take their colours from here through ``theme``; ``tokens.css`` and ``tokens-dark.css`` in
``assets/css`` repeat the same names for the page, and a test holds them together and every contrast
to its least.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Pair(NamedTuple):
    """One colour in both themes, as six hexadecimal digits."""

    light: str
    dark: str


#: Grounds, lines and text.
GROUND: Mapping[str, Pair] = {
    "canvas": Pair("#F4F5F2", "#0D151E"),
    "surface": Pair("#FFFFFF", "#15202B"),
    "sunken": Pair("#ECEFF0", "#101922"),
    "border": Pair("#D3DAE0", "#2A3947"),
    "border-strong": Pair("#7C8A98", "#7E90A2"),
    "text": Pair("#12202E", "#E9EFF5"),
    "text-2": Pair("#43566A", "#B7C4D1"),
    "text-3": Pair("#5B6C7D", "#97A7B6"),
    "land": Pair("#DFE3E1", "#22303D"),
    "sea": Pair("#E9F1F7", "#101A26"),
    "sea-ink": Pair("#3B6E99", "#7FB0DB"),
    "boundary": Pair("#A8AAAD", "#5D6C7A"),
    "grid": Pair("#E3E7EB", "#243240"),
}

#: What happened: more and fewer are orange and blue, and red is kept for failures.
SIGNALS: Mapping[str, Pair] = {
    "more": Pair("#96530B", "#F0B266"),
    "more-soft": Pair("#F8E7CF", "#3A2A12"),
    "fewer": Pair("#1B4F8F", "#8DB9EE"),
    "fewer-soft": Pair("#DBE8F5", "#15304D"),
    "ok": Pair("#1E7048", "#6CCB9A"),
    "warn": Pair("#80530A", "#F0C060"),
    "warn-soft": Pair("#FBF1DC", "#33290F"),
    "error": Pair("#A3312A", "#F2958E"),
}

#: Controls and the bar at the top of the page; no figure has them.
CONTROLS: Mapping[str, Pair] = {
    "accent": Pair("#0B5CAD", "#7DB8F5"),
    "accent-hover": Pair("#084A8C", "#A6CFFA"),
    "accent-soft": Pair("#E4EEF8", "#17304A"),
    "accent-soft-hover": Pair("#D3E3F3", "#1F3D5E"),
    "on-accent": Pair("#FFFFFF", "#0D151E"),
    "chrome": Pair("#10243A", "#0A1118"),
    "chrome-2": Pair("#1B3652", "#182634"),
    "on-chrome": Pair("#FFFFFF", "#FFFFFF"),
    "on-chrome-2": Pair("#B9C9DA", "#A9BACB"),
    "focus": Pair("#0B5CAD", "#9CCBFF"),
    "focus-chrome": Pair("#9CCBFF", "#9CCBFF"),
}

#: Hues of marks. Purple is trafficking, teal smuggling, slate under review, blue everything.
MARKS: Mapping[str, Pair] = {
    "purple": Pair("#5F2C82", "#C893EA"),
    "purple-2": Pair("#8459AE", "#A974D4"),
    "purple-3": Pair("#A57FC6", "#8A5AB5"),
    "teal": Pair("#1F8F7B", "#5CE0BE"),
    "amber": Pair("#D67A05", "#FC9A2A"),
    "blue": Pair("#2C60CC", "#4F7BDB"),
    "orchid": Pair("#A76CA4", "#A87295"),
    "umber": Pair("#854812", "#B05A3A"),
    "sky": Pair("#5A94E5", "#B6DDFC"),
    "slate": Pair("#3C4146", "#ABAFB6"),
}

#: Text in the hue of a mark, where the mark itself is too light or too dark to be read.
INKS: Mapping[str, Pair] = {
    "purple": Pair("#5F2C82", "#C893EA"),
    "purple-2": Pair("#754A9F", "#B98FE0"),
    "purple-3": Pair("#6F4796", "#B592DB"),
    "teal": Pair("#0B6455", "#5CE0BE"),
    "amber": Pair("#80530A", "#F0C060"),
    "blue": Pair("#2C60CC", "#84A6EC"),
    "orchid": Pair("#6B3C69", "#D3A3C3"),
    "umber": Pair("#854812", "#E0946F"),
    "sky": Pair("#1B4F8F", "#B6DDFC"),
    "slate": Pair("#3C4146", "#ABAFB6"),
}

#: Ramps from few to many: darker on white, lighter on black.
RAMPS: Mapping[str, tuple[Pair, ...]] = {
    "total": (
        Pair("#E3EBF3", "#1B3046"),
        Pair("#B5CBE1", "#24425F"),
        Pair("#7BA3C9", "#35638D"),
        Pair("#3F76A9", "#508CC2"),
        Pair("#14497C", "#83B4DE"),
        Pair("#0A2A4A", "#CBE3F8"),
    ),
    "trafficking": (
        Pair("#EDE6F4", "#382544"),
        Pair("#D0BBE3", "#502F65"),
        Pair("#AC8ACB", "#7B41A0"),
        Pair("#8459AE", "#AA5DDB"),
        Pair("#5F2C82", "#CE91F5"),
        Pair("#381257", "#EDD5F8"),
    ),
    "smuggling": (
        Pair("#DFF1EC", "#12352B"),
        Pair("#ABDACE", "#034A3B"),
        Pair("#6CBBAA", "#086E59"),
        Pair("#1F8F7B", "#0C987D"),
        Pair("#0B6455", "#3DC6A5"),
        Pair("#053D34", "#C0EADA"),
    ),
}
