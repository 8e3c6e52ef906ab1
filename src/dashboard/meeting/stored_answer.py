"""A stored answer: its words and numbers, read back from the JSON of the door.

Answers of then and of now are read alike, so that they can be compared.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from dashboard.model.codes import CODE_LISTS
from dashboard.model.country import SITE
from dashboard.model.facts import UNITS
from dashboard.model.languages import LANGUAGES
from dashboard.words.catalogue import translate

#: Units of what is counted, in the words of every language.
_COUNTED = frozenset(UNITS.label_of(unit, lang) for unit in UNITS.values for lang in LANGUAGES)
_PERCENT = "%"
#: What stands between the names of a row.
BETWEEN = " · "
#: Columns of remarks on a row, which do not say what it is about.
_REMARKS = frozenset(
    {"rank", "note", "said", "state", "verdict", "doubts", "reporting", "under", "followed",
     "odds", "level", "until", "would_show", "main_class", "main_transport", "source", "unit"}
)  # fmt: skip
#: Columns of measures to compare numbers with, in numbers or in words.
_MEASURES = ("change", "usual", "expected", "target", "median", "places", "chance", "population")
#: Columns of numbers that are of another time, or such a measure.
_ELSEWHERE = ("before", *_MEASURES)
_OTHER = "other"
#: Codes of what is left over beside the codes that a table names: which those are can move.
_REST = frozenset({"", "rest", _OTHER, "others", "elsewhere"})
#: Phrases of the same.
_REST_PHRASES = (
    "groups.rest", "groups.others", "ladder.group.rest", "hotspots.elsewhere_anywhere",
    "hotspots.quarters.rest", "referrals.bottlenecks.rest", "routes.stops.rest",
    "sheet.destination_elsewhere", "sheet.other_destinations",
)  # fmt: skip
#: Columns with the code of what a row is about.
_CODES = ("code", "from_code", "to_code", "origin_code", "destination_code")
#: Columns that name the end of a flow.
_ENDS = ("to", "destination")
#: Columns that name what another column has the code of.
_LABELS = frozenset(
    {"label", "name", "area", SITE, "service", "agency", "from", "to", "what", "part", "origin",
     "destination", "step", "quarter_name", "month", "kind", "since"}
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
        is_rest: Whether its row is what other rows leave over.
    """

    row: str
    column: str
    value: int
    low: int | None
    high: int | None
    is_share: bool
    is_rest: bool


@dataclass(frozen=True)
class StoredAnswer:
    """What an answer says.

    Attributes:
        text: The answer, as JSON.
    """

    text: str

    @cached_property
    def _content(self) -> Mapping[str, Any]:
        return json.loads(self.text)

    @property
    def title(self) -> str:
        """The finding."""
        return self._content["title"]

    @property
    def subtitle(self) -> str:
        """Unit, filters and period in words."""
        return self._content["subtitle"]

    @property
    def label(self) -> str:
        """The handling label of its release."""
        return self._content["release"]["label"]

    @property
    def detail(self) -> str:
        """How fine it is, '' where it has no ladder."""
        return (self._content["detail"] or {}).get("rung", "")

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to draw."""
        return self._content["figure"] is None

    @property
    def about(self) -> tuple[object, ...]:
        """What its numbers are of: unit, options, and the area or corridor."""
        content = self._content
        figure = content["figure"] or {}
        meta = figure.get("layout", {}).get("meta") or {}
        return (
            content["unit"],
            content["options"],
            figure.get("code"),
            figure.get("codes", meta.get("codes")),
        )

    def numbers(self) -> dict[tuple[str, ...], Number]:
        """Its counts and shares by the cells that identify the row, and the column's code last.

        Rows that share all those cells are left out.
        """
        content = self._content
        columns = content["table"]["columns"]
        codes = [column["code"] for column in columns]
        keys = [at for at, column in enumerate(columns) if _is_key(column)]
        name_columns = _name_columns(codes, keys)
        numbers: dict[tuple[str, ...], Number] = {}
        rows = [(tuple(str(cells[at]) for at in keys), cells) for cells in content["table"]["rows"]]
        times = Counter(key for key, _ in rows)
        for key, cells in rows:
            if times[key] > 1:
                continue
            is_rest = any(_is_rest(codes[at], cells[at] or "") for at in keys)
            row = _in_words([(codes[at], str(cells[at])) for at in name_columns if cells[at]])
            own = dict(zip(codes, cells, strict=True)).get("unit") or content["unit"]
            for at, low, high in _values(columns):
                number = _number(row, columns[at], cells, (at, low, high), own, is_rest=is_rest)
                if number is not None:
                    numbers[*key, codes[at]] = number
        return numbers


def _name_columns(codes: Sequence[str], keys: Sequence[int]) -> Sequence[int]:
    """Columns that name a row; beside a month its step names nothing more."""
    left_out = {"step"} if "month" in codes else set[str]()
    return [at for at in keys if codes[at] in _LABELS - left_out] or keys


def _in_words(parts: Sequence[tuple[str, str]]) -> str:
    """What a row is about: its names, and an arrow before where a flow ends.

    >>> _in_words([("from", "Northport"), ("to", "Malaysia")]), _in_words([("label", "Sex")])
    ('Northport → Malaysia', 'Sex')
    """
    first, *others = parts or [("", "")]
    return first[1] + "".join(
        f"{' → ' if code in _ENDS else BETWEEN}{text}" for code, text in others
    )


def _is_key(column: Mapping[str, Any]) -> bool:
    code, is_value = column["code"], column["number"] or bool(column["unit"])
    return not is_value and code not in _REMARKS and not code.startswith(_MEASURES)


def is_rest_column(code: str) -> bool:
    """Whether a column counts what the columns beside it leave over."""
    return code in _REST


def _is_rest(code: str, cell: str) -> bool:
    """Whether a row is what other rows leave over, by a cell of what it is about.

    >>> _is_rest("code", ""), _is_rest("label", "Other places"), _is_rest("to", "Northport")
    (True, True, False)
    """
    if code in _CODES:
        return cell in _REST
    return cell in _rest_in_words()


@cache
def _rest_in_words() -> frozenset[str]:
    """The names of rows of the rest, in every language."""
    phrases = (translate(key, lang) for key in _REST_PHRASES for lang in LANGUAGES)
    others = (
        listed.label_of(_OTHER, lang)
        for listed in CODE_LISTS
        if _OTHER in listed
        for lang in LANGUAGES
    )
    return frozenset((*phrases, *others))


def _values(columns: list[Mapping[str, Any]]) -> Iterator[tuple[int, int | None, int | None]]:
    """The columns of numbers, each with those of its range; by position."""
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
    *,
    is_rest: bool,
) -> Number | None:
    """The number of a cell, None for what is no whole number of people, cases or percent."""
    at, low, high = where
    value, unit = cells[at], column["unit"] or unit
    is_share = unit == _PERCENT
    if not _is_whole(value) or not (is_share or unit in _COUNTED):
        return None
    ends = _end(cells, low), _end(cells, high)
    return Number(row, column["label"], value, *ends, is_share, is_rest)


def _end(cells: list[Any], at: int | None) -> int | None:
    """One end of a range, None where the table does not say."""
    return cells[at] if at is not None and _is_whole(cells[at]) else None


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
