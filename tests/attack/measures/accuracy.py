"""Accuracy of the releases of one seed: fifty people a month, all of them in the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from unittest.mock import patch

import numpy as np

from dashboard.model.edition import Audience
from dashboard.model.facts import PEOPLE
from etl.protect.carry import Carry
from etl.protect.chance import Chance
from etl.protect.layout import Layout
from tests.attack.events import Events, Floats, read_release
from tests.attack.invented.aftermath import population
from tests.attack.invented.population import Population
from tests.attack.invented.published import Publisher, publisher
from tests.attack.invented.truth import for_public
from tests.attack.measures import bounds
from tests.attack.measures.errors import Errors, errors

PER_MONTH = 50
_ALL_TIME = "any one-way total over 5 years, largest error"


def accuracy(seed: int, years: int = 3, in_all: int = 5) -> bounds.Figures:
    """Errors of the members' release, of the public one made from it, and over more years.

    Args:
        seed: Seed of the register.
        years: Years after which both are released and their views looked at.
        in_all: Years of the register; after these the totals over all time are looked at.
    """
    told = population(PER_MONTH, in_all, seed).only(PEOPLE.id)
    with publisher(told) as store:
        for month in range(12 * years):
            store.close(month)
        truth = store.truth()
        found = _compared(store, "member", truth, bounds.MEMBERS, 12 * years)
        found |= _compared(store, "public", for_public(truth), bounds.PUBLIC, 12 * years)
        for month in range(12 * years, told.months):
            store.close(month)
        found |= bounds.named(bounds.MEMBERS, _all_time(store))
    return {name: value for name, value in found.items() if name in bounds.BOUNDS}


def accuracy_at_ten(seed: int, years: int = 3) -> bounds.Figures:
    """Errors of units of twice the base that are made of records."""
    told = population(PER_MONTH, years, seed).only(PEOPLE.id)
    with publisher(told, doubled=True) as store:
        store.close_all()
        truth = store.truth()
        found = _compared(store, "member", truth, bounds.TEN, told.months)
    return {name: value for name, value in found.items() if name in bounds.BOUNDS}


def _compared(
    store: Publisher, audience: Audience, truth: Events, section: str, months: int
) -> bounds.Figures:
    """Errors of one release that covers so many months."""
    shown = read_release(store.release(audience), truth)
    two_units = 20 if section == bounds.TEN else 10
    exact, close = _errors_at_close(store, audience, months, two_units)
    at_close = {
        "block total at close, error": exact,
        "block total at close where it is not exact, error": close,
    }
    return bounds.named(
        section,
        {
            **at_close, **_totals(truth, shown, months), **_views(truth, shown, months),
            **_quarters(truth, shown, months),
        },
    )  # fmt: skip


def _errors_at_close(
    store: Publisher, audience: Audience, months: int, two_units: int
) -> tuple[int, int]:
    """Largest errors of a month as it was closed, against what had arrived by then.

    The first is of months that no partner could read another's number from, the second of others.
    """
    people = store.told.people
    in_time = people.where(people.arrival <= people.events.months)
    closed = store.closed_blocks(audience)
    errors: dict[bool, list[int]] = {True: [0], False: [0]}
    for month in range(months):
        own = in_time.events.months == month
        total = int(own.sum())
        told = np.unique(in_time.partner[own], return_counts=True)[1]
        largest = int(told.max(initial=0))
        is_exact = len(told) >= 3 and largest <= 0.7 * total and total - largest >= two_units
        errors[is_exact].append(abs(closed.get(month, 0) - total))
    return max(errors[True]), max(errors[False])


def _totals(truth: Events, shown: Events, months: int) -> bounds.Figures:
    """Largest error of a whole month, quarter and year once late records are in."""
    return {
        f"total of a {grain} after late blocks, largest error": errors(
            truth, shown, (), grain, months
        ).worst
        for grain in ("month", "quarter", "year")
    }


def _views(truth: Events, shown: Events, months: int) -> bounds.Figures:
    def of(view: tuple[str, ...], grain: str = "year") -> Errors:
        return errors(truth, shown, view, grain, months)

    found = {
        f"class by {grain}, mean error": of(("class_group",), grain).mean
        for grain in ("month", "quarter", "year")
    }
    found |= {f"{name} by year, mean error": of(view).mean for name, view in bounds.YEARLY.items()}
    place = of(("place",))
    return found | {
        "place by year, mean error": place.mean,
        "place by year, relative error": place.relative,
        "place by year, rank correlation": place.rank_correlation,
        "place by year, share of the top ten": place.top,
        **{f"{n} by year, relative error": of(v).relative for n, v in bounds.UNSEEN_PAIRS.items()},
    }


def _quarters(truth: Events, shown: Events, months: int) -> bounds.Figures:
    return {
        f"{name} by quarter, mean error": errors(
            truth, shown, bounds.YEARLY[name], "quarter", months
        ).mean
        for name in bounds.QUARTERLY
    }


def _all_time(store: Publisher) -> bounds.Figures:
    """The largest error of any one-way total over all time.

    Units tell a place that one incident alone holds by the area above it, so what stands under no
    area of a level is no total of that level; how many people of a district stand so is told apart.
    """
    truth = store.truth()
    shown = read_release(store.release(), truth)
    months = store.told.months
    above = {column for name in PEOPLE.place_dimensions for column in PEOPLE.parents(name)}
    largest = max(
        np.abs(shown.table((name,), "all", months) - truth.table((name,), "all", months))[
            : -1 if name in above else None
        ].max()
        for name in shown.columns
    )
    untold = [part.table(("district",), "all", months)[-1].sum() for part in (shown, truth)]
    return {_ALL_TIME: largest, bounds.UNTOLD: untold[0] - untold[1]}


def worth_of_the_carry(seed: int, years: int = 3) -> bounds.Figures:
    """Error of places by year as the product makes them, over that of blocks that forget."""
    told = _in_time(population(PER_MONTH, years, seed).only(PEOPLE.id))
    carried = _place_error(told)
    with patch("etl.protect.walk.Carry", _Forgetful):
        alone = _place_error(told)
    ratio = carried / alone
    return bounds.named(
        bounds.MEMBERS, {"place by year, error with carry over error without": ratio}
    )


def _in_time(told: Population) -> Population:
    """The same people, of whom nobody is late: then every block is a month's own."""
    facts = {name: replace(part, arrival=part.events.months) for name, part in told.facts.items()}
    return replace(told, facts=facts)


def _place_error(told: Population) -> float:
    with publisher(told) as store:
        store.close_at_once()
        truth = store.truth()
        shown = read_release(store.release(), truth)
    return errors(truth, shown, ("place",), "year", told.months).mean


class _Forgetful:
    """A carry that knows nothing of the blocks before the present one.

    A block begins with its records, after the units of the one before were fitted.
    """

    def __init__(
        self, layout: Layout, periods: Sequence[date], *, base: int, chance: Chance
    ) -> None:
        self._anew = partial(Carry, layout, periods, base=base, chance=chance)
        self._carry = self._anew()
        self._fitted = False

    def add_records(self, period: date, counts: Floats) -> None:
        """Records of a block."""
        if self._fitted:
            self._carry = self._anew()
            self._fitted = False
        self._carry.add_records(period, counts)

    def add_units(self, period: date, counts: Floats) -> None:
        """Units of the block, or less than there were."""
        self._carry.add_units(period, counts)

    def pull(self, period: date) -> Floats:
        """Weighted error of each cell."""
        self._fitted = True
        return self._carry.pull(period)
