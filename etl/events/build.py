"""Run the statements of all facts over an attached register and hold them to the registry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import duckdb

from dashboard.model.facts import FACTS, Fact
from dashboard.model.release import TABLES
from etl.events.incidents import INCIDENT_CLASS, INCIDENT_LEG, INCIDENTS
from etl.events.movements import JOURNEYS, LEGS
from etl.events.partners import PARTNER
from etl.events.people import PEOPLE
from etl.events.reclassifications import RECLASSIFICATIONS
from etl.events.referrals import ENDINGS, REQUESTS
from etl.events.relations import SHARED
from etl.events.voyages import BOATS, VOYAGE_SOURCE, VOYAGES
from etl.register.access import add_rows

#: An area that holds a place (a place holds itself): code, level, area, first month, and first
#: month in which it no longer holds; None is an open end.
ParentRow = tuple[str, str, str, date | None, date | None]

#: What is kept beside the facts.
_BESIDE_FACTS = ("place_parent", "partner")
_STATEMENTS = (
    *SHARED, PEOPLE, INCIDENT_CLASS, INCIDENT_LEG, INCIDENTS, LEGS, JOURNEYS, REQUESTS, ENDINGS,
    RECLASSIFICATIONS, VOYAGE_SOURCE, VOYAGES, BOATS, PARTNER,
)  # fmt: skip


def event_columns(fact: Fact) -> tuple[str, ...]:
    """Columns of a fact's event relation: key, holder, weight, period, dimensions.

    The holder is the counted incident of an event, the person where no incident is known: what one
    holder alone has is never a unit's (``etl.protect.donors``).
    """
    return ("record_key", "holder", "n", fact.time.name, *(field.name for field in fact.dimensions))


def build_events(connection: duckdb.DuckDBPyConnection, parents: Iterable[ParentRow]) -> None:
    """Create the schema ``events`` with one relation per fact, and who reported each event.

    What the statements share is dropped at the end, since it is as large as the events.

    Args:
        connection: Has the register attached as ``register``.
        parents: Dated areas above places, each area also above itself.

    Raises:
        RuntimeError: If a relation does not have exactly the columns of its fact.
    """
    create_schema(connection, parents)
    for statement in _STATEMENTS:
        connection.execute(statement)
    assert_columns(connection)
    shared = connection.execute(
        """SELECT table_name FROM duckdb_tables() WHERE schema_name = 'events'
        AND NOT list_contains(?, table_name)""",
        [[*(fact.id for fact in FACTS), *_BESIDE_FACTS]],
    ).fetchall()
    for (name,) in shared:
        connection.execute(f"DROP TABLE events.{name}")


def create_schema(connection: duckdb.DuckDBPyConnection, parents: Iterable[ParentRow]) -> None:
    """Create the schema ``events`` with nothing in it but the areas above places."""
    connection.execute("CREATE SCHEMA events")
    add_rows(connection, "CREATE TABLE events.place_parent AS", TABLES["place_parent"], parents)


def assert_columns(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise RuntimeError when a relation does not have exactly the columns of its fact."""
    for fact in FACTS:
        columns = connection.execute(f"SELECT * FROM events.{fact.id} LIMIT 0").description or []  # noqa: S608
        names = tuple(name for name, *_ in columns)
        if names != event_columns(fact):
            raise RuntimeError(f"events of {fact.id} have the columns {names}")
