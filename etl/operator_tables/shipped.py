"""Shipped: rows of handed tables that come with the product, in the country's pack.

A pack may bring the last census: its counts hold where nobody loaded one as new of the same
people. Examples of targets say that they are invented, and hold where nobody loaded any.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from dashboard.model.codes import MEMBERS_OF
from dashboard.model.country import read_csv
from etl.operator_tables.kind import Kind, Reference, Values
from etl.operator_tables.reader import read_file
from etl.settings import OperatorError, Settings


def census(
    _: Kind, settings: Settings, stored: Sequence[Values], reference: Reference
) -> Iterator[Values]:
    """The pack's counts of known places, but where a stored count of the people is as new."""
    for row in read_csv(settings.country / "populations.csv"):
        count = row | {"population": int(row["population"]), "year": int(row["year"])}
        is_replaced = any(
            stored_count["area_code"] == row["area_code"]
            and stored_count["year"] >= count["year"]
            and _shares_people(stored_count["population_group"], row["population_group"])
            for stored_count in stored
        )
        if row["area_code"] in reference.places and not is_replaced:
            yield count


def _shares_people(group: str, other: str) -> bool:
    """Whether anybody belongs to both of two population groups."""
    return not set(MEMBERS_OF[group]).isdisjoint(MEMBERS_OF[other])


def examples(
    kind: Kind, settings: Settings, stored: Sequence[Values], reference: Reference
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
    if stored or not path.exists():
        return ()
    checked = read_file(path, kind, reference)
    if checked.findings:
        raise OperatorError(checked.sentence)
    return checked.rows
