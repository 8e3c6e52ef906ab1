"""Values of one incident: whether a unit of any fact shows what one incident alone holds."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch

from dashboard.model.facts import MEMBER_FACTS, PEOPLE
from tests.attack.attackers.held_values import held_by_one
from tests.attack.invented.aftermath import population
from tests.attack.invented.population import Population
from tests.attack.invented.published import publisher
from tests.attack.measures.bounds import ALL_BUT_ONE, CONTROL, HELD_BY_ONE, Figures, named

PER_MONTH = 50


def held_values(seed: int, years: int = 2, per_month: int = PER_MONTH) -> Figures:
    """Values of a bundle that one incident alone holds, in every fact."""
    told = population(per_month, years, seed)
    shares = _shares(told, [fact.id for fact in MEMBER_FACTS])
    return named(ALL_BUT_ONE, {f"{name}: {HELD_BY_ONE}": share for name, share in shares.items()})


def held_values_control(seed: int, years: int = 1) -> Figures:
    """The same where a unit may take any value."""
    told = population(PER_MONTH, years, seed).only(PEOPLE.id)
    with patch("etl.protect.task.HOLDERS", 1):
        shares = _shares(told, [PEOPLE.id])
    return named(CONTROL, {f"{PEOPLE.id}: {HELD_BY_ONE}": shares[PEOPLE.id]})


def _shares(told: Population, ids: Sequence[str]) -> Figures:
    """Share of what units say, of each fact, that one incident alone holds."""
    with publisher(told) as store:
        # By quarter: each closing reads the whole history of every fact.
        for month in range(2, told.months, 3):
            store.close(month)
        return {
            fact_id: held_by_one(store.blocks("member", fact_id), told.facts[fact_id])
            for fact_id in ids
        }
