"""Hypotheses: whether what a release says of its errors follows from the records themselves.

An earlier release told how far its figures lay from the truth, without noise; an attacker who knew
all records but one made that number again for each that it could be. The records of closed months
are told otherwise here, and the release is made once more: nothing of it may change.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np

from dashboard.model.facts import PEOPLE
from dashboard.model.release import echo_table
from tests.attack.events import Floats, read_release
from tests.attack.invented.aftermath import population
from tests.attack.invented.draws import Draws
from tests.attack.invented.published import publisher
from tests.attack.measures.bounds import ALL_BUT_ONE, CONTROL, Figures, named

PER_MONTH = 50
#: Records of which something else is supposed.
_RECORDS = 60
_OTHERWISE = {"female": "male", "male": "female"}
_TABLES = (PEOPLE.id, echo_table(PEOPLE), "block_total", "protection")


def hypotheses(seed: int, years: int = 1) -> Figures:
    """Rows that other records would change, and how often the error against the truth would."""
    with publisher(population(PER_MONTH, years, seed).only(PEOPLE.id)) as store:
        store.close_all()
        path = store.release(echoed=True)
        before = _rows(path)
        truth = store.truth()
        column, domain = truth.columns["sex"], truth.domains["sex"]
        known = np.flatnonzero(np.isin(column, [domain.index(code) for code in _OTHERWISE]))
        picked = np.sort(Draws(seed).random.choice(known, _RECORDS, replace=False))
        others = [_OTHERWISE[domain[column[at]]] for at in picked]
        shown = read_release(path, truth).table(("sex",), "month", 12 * years)
        own = truth.table(("sex",), "month", 12 * years)
        changed = 0
        for at, other in zip(picked.tolist(), others, strict=True):
            supposed = own.copy()
            supposed[column[at], truth.months[at]] -= 1
            supposed[domain.index(other), truth.months[at]] += 1
            changed += _error(shown, supposed) != _error(shown, own)
        store.correct(store.held().numbers[picked], "sex", others)
        after = _rows(store.release(echoed=True))
    rows, error = len(before ^ after), changed / _RECORDS
    return {
        **named(ALL_BUT_ONE, {"rows of a release that other records would change": rows}),
        **named(CONTROL, {"error against the truth that another record would change": error}),
    }


def _error(shown: Floats, true: Floats) -> float:
    return float(((shown - true) ** 2).sum())


def _rows(path: Path) -> set[str]:
    """Every row of what a release tells of people."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {
            f"{table} {row}"
            for table in _TABLES
            for row in connection.execute(f"SELECT rowid, * FROM {table}").fetchall()  # noqa: S608
        }
