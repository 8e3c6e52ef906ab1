"""Along: rows of handed tables that come with the product, in the country's pack.

The census of 2011 is of districts alone, and of residents before the refugees of 2017 came: it
stands in where nobody loaded anything newer of the same people. Examples of targets say that they
are invented, and stand in where nobody loaded any.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence

from etl.handed.kind import Kind, Known, Values
from etl.handed.reader import read_file
from etl.settings import OperatorError, Settings

CENSUS_YEAR = 2011
#: Groups that a census of all residents is older than: those with residents who are no refugees.
_RESIDENTS = ("all", "host")


def census(_: Kind, settings: Settings, kept: Sequence[Values], known: Known) -> Iterator[Values]:
    """Known districts in the census of 2011, but those of which as new a count is kept."""
    newer = {
        row["area_code"]
        for row in kept
        if row["population_group"] in _RESIDENTS and row["year"] >= CENSUS_YEAR
    }
    path = settings.country / "population_2011.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["pcode"]
            if row["level"] == "adm2" and code in known.places and code not in newer:
                yield {
                    "area_code": code,
                    "population": int(row["population"]),
                    "year": CENSUS_YEAR,
                    "boundaries": "adm_v03",
                    "population_group": "host",
                }


def examples(
    kind: Kind, settings: Settings, kept: Sequence[Values], known: Known
) -> Sequence[Values]:
    """The examples of a kind where nothing is kept.

    Raises:
        OperatorError: If the examples break a rule, or targets are awaited from where earlier
            versions read them.
    """
    if os.environ.get("ATLAS_TARGETS"):
        raise OperatorError(
            "ATLAS_TARGETS is read no more: load its file with `tables targets FILE`, and unset it."
        )
    path = settings.country / f"{kind.name}.toml"
    if kept or not path.exists():
        return ()
    read = read_file(path, kind, known)
    if read.findings:
        raise OperatorError(read.sentence)
    return read.rows
