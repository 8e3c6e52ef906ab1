"""Counts: the populations that a store holds, and the census that comes along.

What was loaded lies in ``operator/population.csv``, where no rebuild of the register loses it; it
is replaced in one step. The census of 2011 is of districts alone, and of residents before the
refugees of 2017 came: it stands in where nobody loaded anything newer of the same people.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from dashboard.model.population import Population
from etl.register import seal
from etl.settings import OperatorError, Settings

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
    path = counts_file(settings)
    if not path.exists():
        return ()
    try:
        header, *rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        if tuple(header) != _HEADER:
            raise ValueError("another header")
        return tuple(Population(p, g, int(year), b, int(n)) for p, g, year, b, n in rows)
    except (ValueError, csv.Error) as problem:
        raise OperatorError(
            f"{path.name} in {path.parent} is damaged; restore it from your backup, or load the "
            "populations again with `population FILE --replace`."
        ) from problem


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
    path = counts_file(settings)
    if not merged:
        seal.drop(settings, path)
        return 0
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER)
        writer.writerows(merged[key].row for key in sorted(merged))
    seal.keep(settings, new, path)
    return len(merged)


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
