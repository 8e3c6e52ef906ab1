"""Counts: the populations that a store holds, and the census that comes along.

What was loaded lies in ``operator/population.csv``, where no rebuild of the register loses it; it
is replaced in one step. The census of 2011 is of districts alone, and of residents before the
refugees of 2017 came: it stands in where nobody loaded anything newer of the same people.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from dashboard.model.population import Population
from etl.register.kept_rows import keep_rows, kept_rows
from etl.settings import Settings

FILE_NAME = "population.csv"
CENSUS_YEAR = 2011
_HEADER = ("place", "group", "year", "boundaries", "people")
#: Groups that a census of all residents is older than: those with residents who are no refugees.
_RESIDENTS = ("all", "host")


def counts_file(settings: Settings) -> Path:
    """Where the populations of a store are kept."""
    return settings.operator / FILE_NAME


def loaded_counts(settings: Settings) -> tuple[Population, ...]:
    """What was loaded, by place, group and year.

    Raises:
        OperatorError: If the file is damaged.
    """
    return kept_rows(
        counts_file(settings),
        _HEADER,
        _count,
        again="load the populations again with `population FILE --replace`",
    )


def _count(cells: Sequence[str]) -> Population:
    place, group, year, boundaries, people = cells
    return Population(place, group, int(year), boundaries, int(people))


def keep(settings: Settings, given: Iterable[Population], *, replace: bool = False) -> int:
    """Keep counts; those of the same place, group and year are replaced.

    Call it under the store's lock.

    Args:
        settings: Paths of the store.
        given: New counts.
        replace: Whether they take the place of all others.

    Returns:
        How many counts the store holds now.
    """
    held = () if replace else loaded_counts(settings)
    merged = {(c.place, c.group, c.year): c for c in (*held, *given)}
    rows = [merged[key].row for key in sorted(merged)]
    keep_rows(settings, counts_file(settings), _HEADER, rows)
    return len(rows)


def census(settings: Settings, loaded: Sequence[Population]) -> Iterator[Population]:
    """Districts in the census of 2011, but those of which as new a count was loaded."""
    newer = {c.place for c in loaded if c.group in _RESIDENTS and c.year >= CENSUS_YEAR}
    path = settings.data / "reference" / "population_2011.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["level"] == "adm2" and row["pcode"] not in newer:
                yield Population(
                    row["pcode"], "host", CENSUS_YEAR, "adm_v03", int(row["population"])
                )


def all_counts(settings: Settings, places: Collection[str]) -> tuple[Population, ...]:
    """Every count of the places that a release may name: what was loaded and the census."""
    loaded = loaded_counts(settings)
    known = (c for c in (*loaded, *census(settings, loaded)) if c.place in places)
    return tuple(sorted(known, key=lambda c: (c.place, c.group, c.year)))
