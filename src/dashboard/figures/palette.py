"""The palette: every colour of the product by name, in the light and the dark theme.

``palette.toml`` has them, and says what each table of them is for. Figures take their colours from
here through ``theme``; ``tokens.css`` and ``tokens-dark.css`` in ``assets/css`` repeat the same
names for the page, and a test holds them together and every contrast to its least.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Pair(NamedTuple):
    """One colour in both themes, as six hexadecimal digits."""

    light: str
    dark: str


_TABLES = tomllib.loads(Path(__file__).with_name("palette.toml").read_text(encoding="utf-8"))


def _pairs(table: str) -> Mapping[str, Pair]:
    return {name: Pair(*pair) for name, pair in _TABLES[table].items()}


GROUND, SIGNALS, CONTROLS, MARKS, INKS = map(
    _pairs, ("ground", "signals", "controls", "marks", "inks")
)
#: Steps from few to many, by name.
RAMPS: Mapping[str, tuple[Pair, ...]] = {
    name: tuple(Pair(*step) for step in steps) for name, steps in _TABLES["ramps"].items()
}
