"""Every fact: errors of what readers ask of it by year, against the records as they are."""

from __future__ import annotations

from dashboard.model.facts import PEOPLE
from tests.attack.events import read_release
from tests.attack.invented.aftermath import population
from tests.attack.invented.published import publisher
from tests.attack.measures.bounds import ASKED, LISTED, MEMBERS, OF_FEW, Figures, named
from tests.attack.measures.errors import Errors, errors

PER_MONTH = 50
#: The same where little is reported.
_FEWER = 20
_PLACE = ("place",)


def every_fact(seed: int, years: int = 3) -> Figures:
    """Errors of one release of all facts, and of one of few people a month."""
    told = population(PER_MONTH, years, seed)
    with publisher(told) as store:
        store.close_all()
        path = store.release(checked=False)
        found: Figures = {}
        for name, asked in ASKED.items():
            truth = store.truth(asked.fact_id)
            seen = errors(truth, read_release(path, truth), asked.view, asked.grain, told.months)
            found[f"{name}, mean error"] = seen.mean
            if name in LISTED:
                found[f"{name}, cells of ten and more that show 0, share"] = seen.overlooked
                found[f"{name}, shown cells where nobody was, share"] = seen.ghosts
    return named(MEMBERS, found | {OF_FEW: _of_few(seed, years).mean})


def _of_few(seed: int, years: int) -> Errors:
    told = population(_FEWER, years, seed).only(PEOPLE.id)
    with publisher(told) as store:
        store.close_all()
        truth = store.truth()
        shown = read_release(store.release(checked=False), truth)
    return errors(truth, shown, _PLACE, "year", told.months)
