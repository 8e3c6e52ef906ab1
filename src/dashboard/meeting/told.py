"""Told: what an answer says in words and numbers, read back from the JSON of the door.

What was then and what is now are read alike, so that they can be held against each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dashboard.model.facts import UNITS
from dashboard.model.languages import LANGUAGES

#: Units of what is counted, in the words of every language.
_COUNTED = frozenset(UNITS.label_of(unit, lang) for unit in UNITS.values for lang in LANGUAGES)
_PERCENT = "%"
#: What stands between the names of a row.
BETWEEN = " · "
#: Columns that say how a row is to be read, and not what it is about.
_SAID = frozenset(
    {"rank", "note", "said", "state", "verdict", "doubts", "reporting", "under", "followed",
     "odds", "level", "since", "until", "main_class", "main_transport", "source", "unit"}
)  # fmt: skip
#: Columns of numbers that are of another time, or a measure to hold numbers against.
_ELSEWHERE = ("before", "change", "usual", "expected", "target", "median", "places", "chance")
#: Columns that name the end of a flow.
_ENDS = ("to", "destination")
#: Columns that name what another column has the code of.
_LABELS = frozenset(
    {"label", "name", "area", "camp", "service", "agency", "from", "to", "what", "part", "origin",
     "destination", "step", "quarter_name", "month", "kind"}
)  # fmt: skip


@dataclass(frozen=True)
class Number:
    """One number of an answer.

    Attributes:
        row: What its row is about, in words.
        column: What it counts, in words.
        value: The number.
        low, high: What it stands for at least and at most, None where the answer does not say.
        is_share: Whether it is a percentage and no count.
    """

    row: str
    column: str
    value: int
    low: int | None
    high: int | None
    is_share: bool


@dataclass(frozen=True)
class Told:
    """What an answer says.

    Attributes:
        text: The answer, as JSON.
    """

    text: str

    @property
    def _read(self) -> Mapping[str, Any]:
        return json.loads(self.text)

    @property
    def title(self) -> str:
        """The finding."""
        return self._read["title"]

    @property
    def subtitle(self) -> str:
        """Unit, filters and period in words."""
        return self._read["subtitle"]

    @property
    def label(self) -> str:
        """The handling label of its release."""
        return self._read["release"]["label"]

    @property
    def rung(self) -> str:
        """How fine it is, '' where it has no ladder."""
        return (self._read["detail"] or {}).get("rung", "")

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to draw."""
        return self._read["figure"] is None

    def numbers(self) -> dict[tuple[str, ...], Number]:
        """Its counts and shares by what their row and column are about."""
        read = self._read
        columns = read["table"]["columns"]
        codes = [column["code"] for column in columns]
        keys = [at for at, column in enumerate(columns) if _is_key(column)]
        named = _named(codes, keys)
        found: dict[tuple[str, ...], Number] = {}
        for cells in read["table"]["rows"]:
            key = tuple(str(cells[at]) for at in keys)
            row = _in_words([(codes[at], str(cells[at])) for at in named if cells[at]])
            own = dict(zip(codes, cells, strict=True)).get("unit") or read["unit"]
            for at, low, high in _values(columns):
                number = _number(row, columns[at], cells, (at, low, high), own)
                if number is not None:
                    found[*key, codes[at]] = number
        return found


def _named(codes: Sequence[str], keys: Sequence[int]) -> Sequence[int]:
    """Where the names of a row stand; a month says its name itself."""
    left_out = {"step"} if "month" in codes else set[str]()
    return [at for at in keys if codes[at] in _LABELS - left_out] or keys


def _in_words(parts: Sequence[tuple[str, str]]) -> str:
    """What a row is about: its names, and an arrow before where a flow ends.

    >>> _in_words([("from", "Teknaf"), ("to", "Malaysia")]), _in_words([("label", "Sex")])
    ('Teknaf → Malaysia', 'Sex')
    """
    first, *others = parts or [("", "")]
    return first[1] + "".join(
        f"{' → ' if code in _ENDS else BETWEEN}{text}" for code, text in others
    )


def _is_key(column: Mapping[str, Any]) -> bool:
    is_value = column["number"] or bool(column["unit"])
    return not is_value and column["code"] not in _SAID


def _values(columns: list[Mapping[str, Any]]) -> Iterator[tuple[int, int | None, int | None]]:
    """Where the numbers of a table stand, each with where its range stands."""
    where = {column["code"]: at for at, column in enumerate(columns)}
    followed = {first: then for first, then in pairwise(where)}
    for code, at in where.items():
        column = columns[at]
        if not _is_counted(column) or code.endswith(("low", "high")):
            continue
        low, high = where.get(f"{code}_low"), where.get(f"{code}_high")
        if low is None and followed.get(code) == "low":
            low, high = where["low"], where.get("high")
        alike = low is not None and columns[low]["unit"] == column["unit"]
        yield (at, low, high) if alike else (at, None, None)


def _is_counted(column: Mapping[str, Any]) -> bool:
    code = column["code"]
    is_value = column["number"] or column["unit"] in (*_COUNTED, _PERCENT)
    return (
        is_value
        and not column["period"]
        and not code[:1].isdigit()
        and not code.startswith(_ELSEWHERE)
    )


def _number(
    row: str,
    column: Mapping[str, Any],
    cells: list[Any],
    where: tuple[int, int | None, int | None],
    unit: str,
) -> Number | None:
    """The number of a cell, None for what is no whole number of people, cases or percent."""
    at, low, high = where
    value, unit = cells[at], column["unit"] or unit
    is_share = unit == _PERCENT
    if not _is_whole(value) or not (is_share or unit in _COUNTED):
        return None
    return Number(row, column["label"], value, _end(cells, low), _end(cells, high), is_share)


def _end(cells: list[Any], at: int | None) -> int | None:
    """One end of a range, None where the table does not say."""
    return cells[at] if at is not None and _is_whole(cells[at]) else None


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
