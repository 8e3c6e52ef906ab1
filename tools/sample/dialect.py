"""Dialects: how a partner writes codes, months, flags and places.

The words come from the partner's own source declaration, so a sample always fits it. Where a
declaration lists several words for one code, they are used in turn, as several hands would.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.model.codes import CodeList
from tools.sample.draws import NONE, Codes, Numbers
from tools.sample.world import Spot, World

#: Cells of one column, as a file writer takes them.
Cells = NDArray[np.object_]

_FLAG = ("false", "true")
_CAMP = re.compile(r"Camp\s*0*(\d+)\s*(E|W)?\s*(Ext\w*)?", re.IGNORECASE)
_BANGLA_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


class Dialect:
    """The words of one source declaration."""

    def __init__(self, path: Path) -> None:
        """Read the declaration; raise OSError or TOMLDecodeError where that is not possible."""
        declaration: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        self.name = path.stem
        self.columns: dict[str, dict[str, Any]] = declaration["columns"]
        self.headers = tuple(self.columns)

    def code(self, header: str, code_list: CodeList, codes: Codes) -> Cells:
        """Words of single codes (n,), or of sets (n, k), joined as the declaration splits them.

        NONE is an empty cell.
        """
        if codes.ndim == 1:
            return self._spelled(header, code_list.values, codes)
        split = str(self.columns[header].get("split", ""))
        separator = f"{split} " if split == ";" else split
        # Sets are few: each distinct one is spelled once.
        distinct, member = np.unique(codes, axis=0, return_inverse=True)
        columns = [self.code(header, code_list, distinct[:, k]) for k in range(codes.shape[1])]
        texts = [separator.join(filter(None, row)) for row in zip(*columns, strict=True)]
        return np.array(texts, dtype=object)[member.reshape(-1)]

    def flag(self, header: str, flags: Codes) -> Cells:
        """Words of flags: 1 is yes, 0 is no, NONE an empty cell."""
        return self._spelled(header, _FLAG, flags)

    def _spelled(self, header: str, codes: Sequence[str], positions: Codes) -> Cells:
        """Words of codes by position, in turn where a code has several; '' for NONE."""
        spellings = [self._words(header, code) for code in codes]
        turns = max(map(len, spellings))
        # NONE is -1, so it takes the last column.
        table = np.array([[w[turn % len(w)] for w in spellings] + [""] for turn in range(turns)],
                         dtype=object)  # fmt: skip
        return table[np.arange(len(positions)) % turns, positions]

    def _words(self, header: str, code: str) -> list[str]:
        """Words of the declaration for a code; the code itself where it lists none."""
        declared = self.columns[header]
        values = declared.get("values")
        if values is None or isinstance(values, list):
            return [code]
        texts = [text for text, value in values.items() if str(value).lower() == code]
        return texts or list(declared.get("missing", ()))[:1] or [""]


def numbers(values: Codes | Numbers, *, bangla: bool = False) -> Cells:
    """Whole numbers as text, '' for NONE."""
    texts = ["" if value == NONE else str(value) for value in values.tolist()]
    if bangla:
        texts = [text.translate(_BANGLA_DIGITS) for text in texts]
    return np.array(texts, dtype=object)


def place_names(
    world: World, spots: Numbers, levels: Sequence[str] | None, spell: Callable[[Spot], str]
) -> Cells:
    """Names of spots; one of another level gives the name of the area that holds it, if any.

    Args:
        world: The world that has the spots.
        spots: Indices of spots, or NONE.
        levels: Levels that the column may name, or None for all.
        spell: How the partner writes a spot.
    """
    texts: list[str] = []
    for start in range(len(world.spots)):
        index = start
        while levels and index != NONE and world.spots[index].level not in levels:
            index = int(world.parent[index])
        texts.append("" if index == NONE else spell(world.spots[index]))
    return np.array([*texts, ""], dtype=object)[spots]  # NONE is -1, so it takes the last one


def spell_in_words(spot: Spot) -> str:
    """A name as people write it in a line list: ``Camp 4 Ext``, ``Camp 1E``, ``Kutupalong RC``."""
    match = _CAMP.fullmatch(spot.name)
    if match is None:
        return _OLD_SPELLINGS.get(spot.name, spot.name)
    return f"Camp {match[1]}{match[2] or ''}{' Ext' if match[3] else ''}"


def spell_short(spot: Spot) -> str:
    """A name as a form's choice list has it: ``C04X``, ``C01E``, ``KTP``."""
    match = _CAMP.fullmatch(spot.name)
    if match is None:
        return _SHORT.get(spot.code, spot.name)
    return f"C{int(match[1]):02d}{match[2] or ''}{'X' if match[3] else ''}"


_SHORT = {"CXB-221": "KTP", "CXB-089": "NYP"}
_OLD_SPELLINGS = {
    "Ukhia": "Ukhiya",
    "Jashore": "Jessore",
    "Chattogram": "Chittagong",
    "Cumilla": "Comilla",
    "Barishal": "Barisal",
    "Bogura": "Bogra",
}
