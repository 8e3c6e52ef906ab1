"""Shipped: rows of handed tables that come with the product, in the country's pack.

A pack may bring the last census: it stands in where nobody loaded anything as new of the same
people. Examples of targets say that they are invented, and stand in where nobody loaded any.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence

from dashboard.model.codes import MEMBERS_OF
from etl.operator_tables.kind import Kind, Reference, Values
from etl.operator_tables.reader import read_file
from etl.settings import OperatorError, Settings


def census(
    _: Kind, settings: Settings, kept: Sequence[Values], reference: Reference
) -> Iterator[Values]:
    """The pack's census of known places, but those of which as new a count is kept."""
    path = settings.country / "populations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            counted = row | {"population": int(row["population"]), "year": int(row["year"])}
            newer = any(
                count["area_code"] == row["area_code"]
                and count["year"] >= counted["year"]
                and _shares_people(count["population_group"], row["population_group"])
                for count in kept
            )
            if row["area_code"] in reference.places and not newer:
                yield counted


def _shares_people(one: str, other: str) -> bool:
    return not set(MEMBERS_OF[one]).isdisjoint(MEMBERS_OF[other])


def examples(
    kind: Kind, settings: Settings, kept: Sequence[Values], reference: Reference
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
    read = read_file(path, kind, reference)
    if read.findings:
        raise OperatorError(read.sentence)
    return read.rows
