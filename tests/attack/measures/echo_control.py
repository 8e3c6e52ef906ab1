"""What echoes cost, and echoes that must fail: units expanded to equal records in time.

Records of true echoes are drawn from the units; copies of whole units are such clumps as are fitted
too well, and a month would seem half as far off as it is.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import duckdb
import numpy as np

from dashboard.model.facts import PEOPLE
from etl.protect.coding import Parents, Rows
from etl.protect.echoes import Originals, Repeat
from etl.release.contents.echoes import read_originals, released_areas
from tests.attack.invented.aftermath import population
from tests.attack.invented.published import publisher
from tests.attack.measures.bounds import ECHO, Figures, named
from tests.attack.measures.echo_figures import Figure, Name, count, ratios
from tests.attack.measures.echoes import PER_MONTH

#: Filters and grain at which expanded units are looked at.
_LOOKED_AT = ("none", "month")
NAIVE = "units expanded to equal records, expected over true error of a month"


def echo_control(seed: int, years: int = 3) -> Figures:
    """What expanded units let expect of a month, and what true echoes cost."""
    found: defaultdict[Name, Figure] = defaultdict(Figure)
    with publisher(population(PER_MONTH, years, seed).only(PEOPLE.id)) as store:
        store.close_all()
        figures = _cost(store.release(echoed=True))
        with naive():
            path = store.release(echoed=True)
            count(found, path, store.truth(), "member")
    own = {name: figure for name, figure in found.items() if name[2:] == _LOOKED_AT}
    return named(ECHO, figures | {NAIVE: float(np.median(ratios(own)))})


def _cost(path: Path) -> Figures:
    """Time of one echo, and how much a file grows by all of a fact."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS release (READ_ONLY)")
        originals = read_originals(connection, PEOPLE, Parents(released_areas(connection)))
        started = time.process_time()
        Repeat(originals, 1).make()
        seconds = time.process_time() - started
        ((blocks,),) = connection.execute(
            "SELECT count(DISTINCT block_id) FROM pragma_storage_info('release.echo_people') "
            "WHERE block_id >= 0"
        ).fetchall()
        ((size,),) = connection.execute(
            "SELECT block_size FROM pragma_database_size() WHERE database_name = 'release'"
        ).fetchall()
    return {
        "three years of people, processor seconds an echo": seconds,
        "three years of people, megabytes": blocks * size / 1e6,
    }


@contextmanager
def naive() -> Iterator[None]:
    """Echoes of units expanded to equal records in time, which clump as no records do.

    All are made in this process, since another would make them as they are.
    """
    with (
        patch("etl.protect.echoes._draw_records", _expanded),
        patch("etl.protect.echoes._late_from", _in_time),
        patch("etl.release.contents.echoes.is_worth", lambda *_: False),
    ):
        yield


def _expanded(
    originals: Originals, pool: Rows, periods: np.ndarray, period: np.datetime64, count: int,
    generator: np.random.Generator,
) -> Rows:  # fmt: skip
    return pool[periods == period]


def _in_time(
    originals: Originals, period: np.datetime64, count: int, generator: np.random.Generator
) -> np.ndarray:
    return np.full(count, np.datetime64("NaT"), dtype="datetime64[M]")
