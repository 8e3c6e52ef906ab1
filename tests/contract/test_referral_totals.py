"""Referrals have one total wherever they are told: on the sample, under random filters.

What is expected is asked in plain SQL here, with none of the product's own conditions or sums.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import render
from dashboard.filters import Filters
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.contract.views import random_filters
from tests.support.readings import reading

exhibits.load()

_VIEWS = 100
#: Filters that referrals are kept by, with the columns in which a code may stand.
_KEPT = {
    "area": ("place", "upazila", "district", "division", "country"),
    "class": ("class", "class_group"), "sex": ("sex",), "child": ("is_child",),
    "group": ("population_group",),
}  # fmt: skip
_TRAFFICKING = ("trafficking_sexual", "trafficking_labour", "trafficking_other")
#: How many quarters before its ending a referral was requested.
_ASKED = """date_trunc('quarter', month)
    - to_months(CASE lag_quarters WHEN '0' THEN 0 WHEN '1' THEN 3 ELSE 6 END)"""


def views(release: Release) -> Iterator[Filters]:
    """Random views in whole quarters, by what referrals are kept by."""
    seed = found = 0
    while found < _VIEWS:
        filters = random_filters(release, random.Random(seed))
        seed += 1
        if set(filters.active) <= set(_KEPT) and filters.period:
            found += 1
            yield replace(filters, period=filters.period.snapped("quarter"))


@dataclass(frozen=True)
class Asked:
    """One view, asked in plain SQL."""

    release: Release
    filters: Filters

    @property
    def period(self) -> Span:
        assert self.filters.period is not None
        return self.filters.period

    def sum(self, table: str, condition: str, *values: object) -> int:
        """Events of a table under the filters of the view and a further condition."""
        parts, bound = [condition], list(values)
        for name, codes in self.filters.chosen:
            chosen = [
                c for code in codes for c in (_TRAFFICKING if code == "trafficking" else (code,))
            ]
            parts.append(f"({' OR '.join(f'list_contains(?, {c})' for c in _KEPT[name])})")
            bound += [chosen] * len(_KEPT[name])
        sql = f"SELECT coalesce(sum(size), 0)::BIGINT FROM {table} WHERE {' AND '.join(parts)}"  # noqa: S608
        return int(self.release.query(sql, bound)[0][0])

    def within(self, table: str, condition: str = "TRUE") -> int:
        """Events of the period."""
        ends = self.period.start.first_day, self.period.end.first_day
        return self.sum(table, f"month BETWEEN ? AND ? AND {condition}", *ends)

    def until(self, table: str) -> int:
        """Events until the end of the period."""
        return self.sum(table, "month <= ?", self.period.end.first_day)

    def asked_within(self) -> int:
        """Endings, whenever they were, of what the period requested."""
        ends = self.period.start.first_day, self.period.end.first_day
        return self.sum("endings", f"{_ASKED} BETWEEN ? AND ?", *ends)

    def show(self, exhibit_id: str, **options: str) -> Exhibit:
        return render(exhibit_id, reading(self.filters, **options), self.release)


def total(found: Exhibit, column: str, **where: str) -> int:
    """Sum of a column over the rows whose cells are those named; 0 where nothing is drawn."""
    if found.offer is not None:
        return 0
    rows = zip(
        found.table.column(column), *(found.table.column(name) for name in where), strict=True
    )
    return sum(int(size or 0) for size, *cells in rows if cells == list(where.values()))


@pytest.fixture(scope="module")
def asked(sample: Release) -> list[Asked]:
    return [Asked(sample, filters) for filters in views(sample)]


@pytest.mark.parametrize("number", range(_VIEWS))
def test_every_figure_of_referrals_has_the_same_totals(number: int, asked: list[Asked]) -> None:
    view = asked[number]
    requested, ended = view.within("requests"), view.within("endings")
    tiles = {item["id"]: item for item in (view.show("referrals.indicators").figure or {})["items"]}
    open_now = max(view.until("requests") - view.until("endings"), 0)
    declined = "status <> 'done' AND no_service_reason = 'declined_by_person'"
    assert tiles["open"]["value"] == open_now
    assert tiles["declined"]["value"] == view.within("endings", declined)
    assert tiles["people"]["value"] == view.within("people")

    waiting = view.show("referrals.waiting")
    assert total(waiting, "open", code="all") == (0 if waiting.offer else open_now)
    assert total(waiting, "requested", code="all") == (0 if waiting.offer else requested)
    assert total(waiting, "ended", code="all") == (0 if waiting.offer else ended)

    matrix = view.show("referrals.matrix")
    drawn = [column.code for column in matrix.table.on_page.columns if column.is_value]
    assert sum(total(matrix, code) for code in drawn) == requested
    for by in ("group", "area"):
        gaps = view.show("referrals.coverage", by=by)
        numbers = [column.code for column in gaps.table.on_page.columns if column.number]
        columns = [code for code in numbers if not code.startswith("places")]
        people = sum(total(gaps, code, code="people") for code in columns)
        assert sum(total(gaps, code) for code in columns) - people == (
            0 if gaps.offer else requested
        )
        assert people == (0 if gaps.offer else view.within("people"))

    pathway = view.show("referrals.pathway")
    assert total(pathway, "referrals", part="Requested") == (0 if pathway.offer else requested)
    left = total(pathway, "referrals", part="Outcome") - total(
        pathway, "referrals", to="Open", part="Outcome"
    )
    assert left == (0 if pathway.offer else view.asked_within())
    # Each service's own are never below nothing, so that some are open though as many ended of all.
    of_services = total(pathway, "referrals", to="Open", part="Outcome")
    still_open = max(requested - view.asked_within(), 0) or of_services
    assert total(pathway, "referrals", to="Open", part="All") == (
        0 if pathway.offer else still_open
    )

    outcomes = view.show("referrals.outcomes")
    assert total(outcomes, "referrals", part="Ended as", service="All") == ended
    assert total(outcomes, "referrals", part="Ended as") == 2 * ended
    steps = view.show("referrals.steps", by="event")
    first = "step = 'first'"
    assert total(steps, "people", code="first") == view.within("requests", first)
    done = f"{first} AND status = 'done'"
    assert total(steps, "people", code="served") == view.within("endings", done)
    ended_without = view.within("endings", first) - view.within("endings", done)
    assert total(steps, "people", code="ended") == ended_without


def test_the_views_hold_referrals_and_differ(asked: list[Asked]) -> None:
    sizes = [view.within("requests") for view in asked]
    assert sum(size > 0 for size in sizes) > _VIEWS / 2
    assert len({view.filters.to_query() for view in asked}) > _VIEWS / 2
