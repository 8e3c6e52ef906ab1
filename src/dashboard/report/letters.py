"""Room that letters take in files of reports, Latin and the country's own, in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from dashboard.figures.text import letters
from dashboard.model.languages import OWN, is_own

#: Names of the fonts of Latin and of own letters; a chart names both wherever it names a size.
LATIN = "Noto Sans"
FAMILY = OWN.fonts[0] if OWN.fonts else LATIN
#: Width of a letter and height of a line in millimetres, of letters of one point.
LETTER, LINE = 0.195, 0.5
#: Width of a letter of running Latin text of one point, in millimetres; and how much bold is wider.
RUNNING, BOLD = 0.175, 1.06
#: How much wider a word of own letters may be than these are on average.
_MORE = 1.2


def width_of(text: str, size: float) -> float:
    """Millimetres of a text in one line of letters of some points; of own letters, at most."""
    return letters(text) * size * LETTER * (_MORE if is_own(text) else 1)


def line_height(texts: Sequence[str]) -> float:
    """Height of a line of letters of one point, in millimetres: own ones may stand higher."""
    return LINE * (OWN.height if any(map(is_own, texts)) else 1)


def shortened(name: str, most: float, lines: int = 1) -> str:
    r"""A name beside its bar, in lines of at most so many letters, cut between words.

    >>> shortened("Services for gender-based violence", 20)
    'Services for …'
    >>> shortened("Services for gender-based violence", 20, lines=2)
    'Services for\ngender-based …'
    """
    if letters(name) <= most:
        return name
    breaks = [at for at, sign in enumerate(name) if sign == " " and letters(name[:at]) <= most]
    if lines > 1 and breaks:
        return f"{name[: breaks[-1]]}\n{shortened(name[breaks[-1] + 1 :], most, lines - 1)}"
    start = name
    while start and letters(start) + 2 > most:
        start = start.rpartition(" ")[0] if " " in start else start[:-1]
    return f"{start.rstrip(',:;')} …"


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes: width in millimetres, size in points; long words are broken."""
    letter_width = LETTER if is_own(text) else RUNNING
    room, lines, used = max(1.0, width / (size * letter_width)), 1, 0.0
    for word in text.split():
        length = float(letters(word))
        if used and used + 1 + length > room:
            lines, used = lines + 1, 0.0
        used += length + (1 if used else 0)
        broken = ceil(used / room - 1e-6) - 1
        lines, used = lines + broken, used - broken * room
    return lines
