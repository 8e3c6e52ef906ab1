"""The attacker at the door: asks the running dashboard for exhibits and keeps their numbers.

Nothing is known here but addresses and what comes back as JSON. An exhibit rounds nothing, so its
table is all that any reader, file or link can give away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import numpy as np
from flask.testing import FlaskClient

from dashboard.model.filters import CODED_FILTERS
from dashboard.model.periods import Month, Span

#: Query parameters to the codes chosen.
Question = Mapping[str, tuple[str, ...]]
#: Number by where it stands: exhibit, row, column.
Numbers = dict[tuple[str, ...], int]

_UNITS = ("people", "incidents", "legs", "referrals")
#: The indicators of the first page, and the fact of each.
INDICATORS = {
    "incidents": "incidents", "people": "people", "first_referrals": "requests",
    "services": "endings",
}  # fmt: skip
#: Exhibits with the options that give their finest numbers, so that rows are the same whatever is
#: filtered, and the fact counted.
#: Those that fold small rows into one are left out: there a row is not the same in two views.
EXHIBITS: tuple[tuple[str, str, str], ...] = (
    ("overview.indicators", "", ""), ("sheet.people", "", "people"),
    ("sheet.age-sex", "ages=bands", "people"),
    ("sheet.recruitment-place", "recruited=place_sex", "people"),
    ("sheet.transport-destination", "transport=mode_country", "people"),
    ("sheet.rescuing-authority", "authorities=codes", "people"),
    ("sheet.promises", "promises=codes", "people"),
    ("overview.exploitation", "by=form&forms=codes", "people"),
    ("overview.exploitation", "by=stage&forms=codes", "people"),
    ("hotspots.ranking", "measure=people&level=upazila", "people"),
    ("hotspots.ranking", "measure=incidents&level=upazila", "incidents"),
    ("sheet.types", "classes=groups", "incidents"), ("sheet.months", "steps=month", "incidents"),
    ("routes.corridors", "measure=legs", "legs"), ("routes.map", "level=division", "legs"),
)  # fmt: skip


@dataclass
class Door:
    """The door of a running dashboard, as one reader finds it.

    Attributes:
        client: A client of the application.
        asked: How many questions were put.
        facts: Facts of which any number came back.
    """

    client: FlaskClient
    asked: int = 0
    facts: set[str] = field(default_factory=set)

    def numbers(self, exhibit: tuple[str, str, str], question: Question) -> Numbers:
        """Every number of an exhibit for some filters, by where it stands."""
        exhibit_id, option, fact = exhibit
        value = self._exhibit(exhibit_id, option, question)
        if exhibit_id == "overview.indicators":
            found = dict(_indicator_numbers(value))
        else:
            found: Numbers = {}
            counted = _counted(fact, value)
            for where, number in _table_numbers(exhibit_id, counted, value["table"]):
                # Rows without a code (elsewhere, not known) are one.
                found[where] = found.get(where, 0) + number
        self.facts |= {where[0] for where in found}
        return found

    def total(self, indicator: str, question: Question) -> int:
        """One of the four indicators for some filters."""
        fact = INDICATORS[indicator]
        return self.numbers(EXHIBITS[0], question)[fact, indicator, "value"]

    def _exhibit(self, exhibit_id: str, option: str, question: Question) -> dict[str, Any]:
        query = urlencode({name: ",".join(codes) for name, codes in question.items() if codes})
        address = f"/exhibit/{exhibit_id}.json?{query}&{option}&compare=none"
        answer = self.client.get(address)
        self.asked += 1
        if answer.status_code == 400:  # noqa: PLR2004 -- it says what it answers instead
            for refused in json.loads(answer.data)["errors"]:
                name = f"{refused['parameter']}="
                other = "".join(f"{name}{value}" for value in refused["allowed"])
                address = address.replace(f"{name}{refused['value']}", other)
            answer = self.client.get(address)
        if answer.status_code != 200:  # noqa: PLR2004
            raise AssertionError(f"{exhibit_id}?{query} answered {answer.status_code}")
        return json.loads(answer.data)


#: What a number may stand for, and the mean of a year by month: both follow from what is shown.
_NO_COUNTS = ("usual", "low", "high")
_OF_A_NUMBER = ("_low", "_high")


def _indicator_numbers(value: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], int]]:
    for item in value["figure"]["items"]:
        if item["value"] is None:
            continue  # not kept by a filter of the question
        where = INDICATORS[item["id"]], item["id"]
        yield (*where, "value"), item["value"]
        for period, size in zip(item["periods"], item["series"], strict=True):
            yield (*where, period), size


def _counted(fact: str, value: dict[str, Any]) -> str:
    """The fact that was counted: people where the usual one is not kept by a filter."""
    return "people" if value["unit"] == "people" else fact


def _table_numbers(
    exhibit_id: str, fact: str, table: dict[str, Any]
) -> Iterator[tuple[tuple[str, ...], int]]:
    counts = [
        number
        for number, column in enumerate(table["columns"])
        if column["unit"] in _UNITS
        and column["code"] not in _NO_COUNTS
        and not column["code"].endswith(_OF_A_NUMBER)
    ]
    for row in table["rows"]:
        codes = [row[n] for n, column in enumerate(table["columns"]) if _names(column["code"])]
        for number in counts:
            if row[number] is not None:
                column = table["columns"][number]["code"]
                yield (fact, exhibit_id, *map(str, codes), column), int(row[number])


def _names(code: str) -> bool:
    """Whether a column names its row; ranks and labels do not stay the same."""
    return code in ("code", "from_code", "to_code", "period", "month", "area")


def too_small(found: Numbers, bases: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Where numbers lie between 0 and the base of their fact."""
    return [where for where, n in found.items() if not (n == 0 or n >= bases[where[0]])]


def left(wide: Numbers, narrow: Numbers) -> Numbers:
    """What is left of each number of a wide view when a narrower one is taken off."""
    return {where: n - narrow.get(where, 0) for where, n in wide.items()} if narrow else {}


def random_pair(
    places: Iterable[str], span: Span, random: np.random.Generator
) -> tuple[Question, Question]:
    """Two questions of which the first holds the second.

    Maps leave some roles out where none is chosen, so a narrower role needs a wider choice.
    """
    names = ["area", *CODED_FILTERS]
    wide: dict[str, tuple[str, ...]] = {"period": (_period(span, random),)}
    for name in random.choice(names, random.integers(0, 3), replace=False).tolist():
        wide[name] = _codes(name, places, random)
    added = random.choice([name for name in names if name not in wide]).item()
    if added == "role":
        wide[added] = CODED_FILTERS[added]
    return wide, {**wide, added: _codes(added, places, random)}


def _period(span: Span, random: np.random.Generator) -> str:
    first, last = sorted(random.integers(0, span.months, 2).tolist())
    return str(Span(span.start.plus(first), span.start.plus(last)))


def _codes(name: str, places: Iterable[str], random: np.random.Generator) -> tuple[str, ...]:
    values = [*places] if name == "area" else [c for c in CODED_FILTERS[name] if c != "mixed"]
    count = random.integers(1, max(2, len(values) // 2))
    return tuple(random.choice(values, count, replace=False).tolist())


def until(first: Month, last: Month) -> tuple[str, ...]:
    """The parameter of a period."""
    return (str(Span(first, last)),)
