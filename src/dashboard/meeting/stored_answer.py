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
#: What joins the names of a row.
BETWEEN = " · "
#: Columns of remarks on a row, which do not say what it is about.
_REMARKS = frozenset(
    {"rank", "note", "said", "state", "verdict", "doubts", "reporting", "under", "followed",
     "odds", "level", "until", "would_show", "main_class", "main_transport", "source", "unit"}
)  # fmt: skip
#: Starts of the codes of columns that numbers are compared with, in numbers or in words.
_MEASURES = ("change", "usual", "expected", "target", "median", "places", "chance", "population")
#: Starts of the codes of columns of another time, or of such a measure.
_ELSEWHERE = ("before", *_MEASURES)
_OTHER = "other"
#: Codes of all that a table does not name: what it names can differ between two answers.
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
        low, high: Ends of its range, None where the answer has none.
        is_share: Whether it is a percentage and no count.
        is_rest: Whether its row holds all that the other rows do not name.
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
        """Its counts and shares, by the cells that identify a row and then the code of the column.

        Rows that share all those cells are left out.
        """
        content = self._content
        columns = content["table"]["columns"]
        codes = [column["code"] for column in columns]
        keys = [i for i, column in enumerate(columns) if _is_key(column)]
        name_columns = _name_columns(codes, keys)
        numbers: dict[tuple[str, ...], Number] = {}
        rows = [(tuple(str(cells[i]) for i in keys), cells) for cells in content["table"]["rows"]]
        times = Counter(key for key, _ in rows)
        for key, cells in rows:
            if times[key] > 1:
                continue
            is_rest = any(_is_rest(codes[i], cells[i] or "") for i in keys)
            row = _in_words([(codes[i], str(cells[i])) for i in name_columns if cells[i]])
            unit = dict(zip(codes, cells, strict=True)).get("unit") or content["unit"]
            for i, low, high in _values(columns):
                number = _number(row, columns[i], cells, (i, low, high), unit, is_rest=is_rest)
                if number is not None:
                    numbers[*key, codes[i]] = number
        return numbers


def _name_columns(codes: Sequence[str], keys: Sequence[int]) -> Sequence[int]:
    """Indices of the columns that name a row: of ``keys`` those with labels, or all.

    A column of steps names nothing more beside one of months.
    """
    left_out = {"step"} if "month" in codes else set[str]()
    return [i for i in keys if codes[i] in _LABELS - left_out] or keys


def _in_words(parts: Sequence[tuple[str, str]]) -> str:
    """What a row is about, from codes of columns and their cells; an arrow leads to a flow's end.

    >>> _in_words([("from", "Northport"), ("to", "Malaysia")]), _in_words([("label", "Sex")])
    ('Northport → Malaysia', 'Sex')
    """
    first, *others = parts or [("", "")]
    return first[1] + "".join(
        f"{' → ' if code in _ENDS else BETWEEN}{text}" for code, text in others
    )


def _is_key(column: Mapping[str, Any]) -> bool:
    """Whether a column says what its rows are about: no number, measure or remark."""
    code, is_value = column["code"], column["number"] or bool(column["unit"])
    return not is_value and code not in _REMARKS and not code.startswith(_MEASURES)


def is_rest_column(code: str) -> bool:
    """Whether a column, by its code, counts all that the columns beside it do not name."""
    return code in _REST


def _is_rest(code: str, cell: str) -> bool:
    """Whether a row holds all that other rows do not name, by the code of a column and its cell.

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
    """Indices of each column of numbers and of the ends of its range, None where it has none."""
    index_of = {column["code"]: i for i, column in enumerate(columns)}
    next_code = {code: following for code, following in pairwise(index_of)}
    for code, i in index_of.items():
        column = columns[i]
        if not _is_counted(column) or code.endswith(("low", "high")):
            continue
        low, high = index_of.get(f"{code}_low"), index_of.get(f"{code}_high")
        if low is None and next_code.get(code) == "low":
            low, high = index_of["low"], index_of.get("high")
        has_range = low is not None and columns[low]["unit"] == column["unit"]
        yield (i, low, high) if has_range else (i, None, None)


def _is_counted(column: Mapping[str, Any]) -> bool:
    """Whether a column holds counts or shares of what its answer is about, and of its months."""
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
    indices: tuple[int, int | None, int | None],
    unit: str,
    *,
    is_rest: bool,
) -> Number | None:
    """The number of a cell, None for what is no whole number of people, cases or percent.

    Args:
        row: What its row is about, in words.
        column: Its column.
        cells: The cells of its row.
        indices: Where the cell is among them, and the ends of its range, None where it has none.
        unit: The unit of the row, for a column without one.
        is_rest: Whether its row holds all that the other rows do not name.
    """
    index, low, high = indices
    value, unit = cells[index], column["unit"] or unit
    is_share = unit == _PERCENT
    if not _is_whole(value) or not (is_share or unit in _COUNTED):
        return None
    ends = _end(cells, low), _end(cells, high)
    return Number(row, column["label"], value, *ends, is_share, is_rest)


def _end(cells: list[Any], index: int | None) -> int | None:
    """The end of a range in the cell with an index, None where there is none."""
    return cells[index] if index is not None and _is_whole(cells[index]) else None


def _is_whole(value: Any) -> bool:
    """Whether a cell is a whole number, 0 or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
