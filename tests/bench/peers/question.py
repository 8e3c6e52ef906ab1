"""What every peer is asked: people by district, as the product's map of districts counts them.

Peers run in an environment of their own, so nothing here imports the product. That both count the
same is held by ``tests/contract/test_peers.py``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

#: Names of the variables that tell a peer its release file and its port.
RELEASE, PORT = "PEER_RELEASE", "PEER_PORT"
#: By menu, the codes that a peer offers and the columns of the release that serve them.
MENUS = {
    "mode": (("land", "sea"), ("mode",)), "group": (("rohingya_refugee",), ("population_group",)),
    "sex": (("female",), ("sex",)), "class": (("smuggling",), ("class", "class_group")),
}  # fmt: skip
_BOUNDARIES = Path(__file__).parents[3] / "data/countries/bgd/geography/adm2.geojson"
#: The last twelve months, and the roles of places that a map shows.
_COUNTED = """
    people.month BETWEEN (SELECT last_month - INTERVAL 11 MONTH FROM edition)
        AND (SELECT last_month FROM edition)
    AND people.place_role IN ('recruitment', 'exploitation', 'transit')"""

Row = tuple[str, int]


def opened() -> duckdb.DuckDBPyConnection:
    """The release that is named in the environment."""
    return duckdb.connect(os.environ[RELEASE], read_only=True)


def people_by_district(
    connection: duckdb.DuckDBPyConnection, chosen: Mapping[str, Sequence[str]]
) -> list[Row]:
    """Code of each district and its people, the empty ones too.

    Args:
        connection: A release; each call asks on a cursor of its own.
        chosen: Chosen codes by menu; none is no restriction.
    """
    tests = [_COUNTED]
    values: list[list[str]] = []
    for menu, codes in chosen.items():
        if codes:
            columns = MENUS[menu][1]
            tests.append(f"({' OR '.join(f'list_contains(?, people.{c})' for c in columns)})")
            values += [list(codes)] * len(columns)
    sql = f"""
        SELECT place.code, coalesce(sum(people.size), 0)::BIGINT
        FROM place LEFT JOIN people ON people.district = place.code AND {" AND ".join(tests)}
        WHERE place.level = 'district' GROUP BY place.code ORDER BY place.code"""  # noqa: S608
    return connection.cursor().execute(sql, values).fetchall()


def boundaries() -> dict[str, Any]:
    """Boundaries of the districts as GeoJSON; ids are their codes."""
    return json.loads(_BOUNDARIES.read_text(encoding="utf-8"))
