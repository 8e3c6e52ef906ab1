"""Partners: what the exact totals of a release tell one of them of another.

A partner takes its own number away from an exact total; two may put theirs together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from unittest.mock import patch

import numpy as np

from dashboard.model.facts import PEOPLE
from dashboard.model.protection import EXACT_REMAINDER, EXACT_SHARE
from tests.attack.attackers.all_but_one import as_rows, coding_of
from tests.attack.events import Ints
from tests.attack.invented.aftermath import population
from tests.attack.invented.draws import Draws
from tests.attack.invented.in_memory import numbers, protected
from tests.attack.measures.bounds import CONTROL, PARTNERS, Figures, named

PER_MONTH = 50
#: Shares of the partners of each register.
_OF_ONE = (0.93, 0.03, 0.02, 0.02)
_REGISTERS = ((0.40, 0.30, 0.20, 0.10), (0.55, 0.35, 0.07, 0.03), (0.50, 0.45, 0.05), _OF_ONE)
_SMALL = 2


def partners(seed: int, years: int = 1) -> Figures:
    """What exact totals tell in registers of three and four partners of unequal size."""
    months = [month for shares in _REGISTERS for month in _months(seed, years, shares)]
    exact = [month.told for month in months if month.exact]
    if not exact:
        raise RuntimeError("no total is exact")
    by_two = [told for told in exact if len(told) == 3]
    found = {
        "exact totals by which one partner reads another's number": _share(
            len(told) <= 2 for told in exact
        ),
        _REST: _share(_rest_is_small(told) for told in exact),
        "exact totals where a partner reports more than its share": _share(
            told.max() > EXACT_SHARE * told.sum() for told in exact
        ),
        "exact totals in all, share of months": len(exact) / len(months),
        "exact totals by which two partners read the third's number": len(by_two) / len(exact),
        "exact totals by which two partners read a number of 2 or less": sum(
            told.min() <= _SMALL for told in by_two
        )
        / len(exact),
    }
    return named(PARTNERS, found)


def partners_control(seed: int, years: int = 1) -> Figures:
    """The same where every total is exact and one partner reports most."""
    with patch("etl.protect.walk.hides_partners", return_value=True):
        months = _months(seed, years, _OF_ONE)
    share = _share(_rest_is_small(month.told) for month in months if month.exact)
    return named(CONTROL, {"totals always exact: a partner's rest is fewer than two units": share})


_REST = "exact totals of which one partner's rest is fewer than two units"


@dataclass(frozen=True)
class _Month:
    """A closed month: whether its total is exact, and what each partner in it reported."""

    exact: bool
    told: Ints


def _months(seed: int, years: int, shares: Sequence[float]) -> list[_Month]:
    """The closed months of a register whose partners have such shares."""
    told = population(PER_MONTH, years, seed).only(PEOPLE.id).people
    partner = Draws(seed).one(shares, len(told.events))
    told = replace(told, partner=partner)
    coding = coding_of([told.events])
    rows = as_rows(coding, told.events)
    closed = protected(told, coding, rows, 12 * years, f"{seed}".encode())
    return [
        _Month(block.exact, np.unique(partner[numbers(block)], return_counts=True)[1])
        for block in closed
        if block.kind == "closed"
    ]


def _rest_is_small(told: Ints) -> bool:
    """Whether what all but the largest partner reported is fewer than two units."""
    return bool(told.sum() - told.max() < EXACT_REMAINDER * PEOPLE.base)


def _share(chosen: Iterable[bool]) -> float:
    return float(np.mean(list(chosen)))
