"""Every fact: what readers ask of it by year, and whether it shows what one incident holds."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from dashboard.model.facts import MEMBER_FACTS, PEOPLE
from tests.attack.attackers.held_values import held_by_one
from tests.attack.events import read_release
from tests.attack.invented.aftermath import population
from tests.attack.invented.published import Publisher, publisher
from tests.attack.measures import bounds
from tests.attack.measures.errors import errors

PER_MONTH = 50
#: The same where little is reported.
_FEW = 20


def every_fact(seed: int, years: int = 3) -> bounds.Figures:
    """Errors of one release of all facts against the records as they are, and its values."""
    with publisher(population(PER_MONTH, years, seed)) as store:
        store.close_all()
        asked = _asked(store, store.release(checked=False))
        held = {f"{fact.id}: {bounds.HELD_BY_ONE}": _held(store, fact.id) for fact in MEMBER_FACTS}
    asked[bounds.OF_FEW] = _of_few(seed, years)
    return bounds.named(bounds.MEMBERS, asked) | bounds.named(bounds.ALL_BUT_ONE, held)


def held_control(seed: int, years: int = 1) -> bounds.Figures:
    """Values of one incident where a unit may take any."""
    told = population(PER_MONTH, years, seed).only(PEOPLE.id)
    with patch("etl.protect.task.HOLDERS", 1), publisher(told) as store:
        store.close_all()
        return bounds.named(
            bounds.CONTROL, {f"{PEOPLE.id}: {bounds.HELD_BY_ONE}": _held(store, PEOPLE.id)}
        )


def _asked(store: Publisher, path: Path) -> bounds.Figures:
    found: bounds.Figures = {}
    for name, asked in bounds.ASKED.items():
        truth = store.truth(asked.fact_id)
        shown = read_release(path, truth)
        seen = errors(truth, shown, asked.view, asked.grain, store.told.months)
        found[f"{name}, mean error"] = seen.mean
        if name in bounds.LISTED:
            found[f"{name}, cells of ten and more that show 0, share"] = seen.overlooked
            found[f"{name}, shown cells where nobody was, share"] = seen.ghosts
    return found


def _held(store: Publisher, fact_id: str) -> float:
    """Share of what units say that one incident alone holds."""
    return held_by_one(store.blocks("member", fact_id), store.told.facts[fact_id])


def _of_few(seed: int, years: int) -> float:
    """Mean error of places where few people are reported."""
    with publisher(population(_FEW, years, seed).only(PEOPLE.id)) as store:
        store.close_all()
        truth = store.truth()
        shown = read_release(store.release(checked=False), truth)
        return errors(truth, shown, ("place",), "year", store.told.months).mean
