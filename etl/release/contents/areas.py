"""Areas: the areas above a place in SQL, as they stood in the month of a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from dashboard.model.facts import PARENT_LEVELS, Fact, parent_prefix
from dashboard.model.release import TABLES
from etl.events.build import ParentRow
from etl.register.access import add_rows


@dataclass(frozen=True)
class Above:
    """What a question adds for the areas above the places of its rows.

    Attributes:
        columns: One expression for each column of areas of the fact, in the contract's order.
        joins: The joins that they need.
    """

    columns: tuple[str, ...]
    joins: str


def create_areas(connection: duckdb.DuckDBPyConnection, areas: Iterable[ParentRow]) -> None:
    """Make the temporary table ``area`` that ``areas_above`` joins."""
    rows = [(*row[:3], row[3] or date(1, 1, 1), row[4] or date(9999, 1, 1)) for row in areas]
    add_rows(connection, "CREATE OR REPLACE TEMP TABLE area AS", TABLES["place_parent"], rows)


def areas_above(fact: Fact, row: str) -> Above:
    """Columns and joins for the areas above a fact's places; a query calls its rows ``row``."""
    columns: list[str] = []
    joins: list[str] = []
    for name in fact.place_dimensions:
        for level in PARENT_LEVELS:
            area = f"{parent_prefix(name)}{level}_of"
            columns.append(f"{area}.parent")
            joins.append(
                f"""LEFT JOIN area AS {area}
                ON {area}.code = {row}.{name} AND {area}.level = '{level}'
                AND {row}.{fact.time.name} >= {area}.valid_from
                AND {row}.{fact.time.name} < {area}.valid_to"""
            )
    return Above(tuple(columns), "\n".join(joins))
