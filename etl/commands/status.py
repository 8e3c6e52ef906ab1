"""``status``: what the store holds, what waits, and whether the secrets are the right ones."""

from __future__ import annotations

import argparse
from typing import Any

import duckdb

from dashboard.model.tables import REGISTER
from etl.commands.answer import answer
from etl.register.access import open_register
from etl.register.store import exists, read_store
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings

NAME = "status"
HELP = "say what the store holds and what waits for publishing"


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the state of the store; 1 when a secret is missing or changed."""
    if not exists(settings):
        raise OperatorError(f"There is no store at {settings.store}; run `init` first.")
    trouble = _secrets_trouble(settings)
    with open_register(settings) as connection:
        held = _held(connection)
    release = _current(settings)
    document: dict[str, Any] = {
        "store": str(settings.store),
        "base": read_store(settings).base,
        **held,
        "extracts": len(list(settings.extracts.glob("*.parquet"))),
        "release": release,
        "waiting_months": [m for m in held["months"] if release is None or m > release[:7]],
        "secrets": str(settings.secrets),
        "secrets_match": trouble is None,
    }
    answer(document, _lines(document, trouble), as_json=arguments.json)
    return 0 if trouble is None else 1


def _secrets_trouble(settings: Settings) -> str | None:
    try:
        open_secrets(settings)
    except OperatorError as problem:
        return str(problem)
    return None


def _held(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    kinds = connection.execute("SELECT DISTINCT kind FROM load ORDER BY ALL").fetchall()
    months = connection.execute(
        """SELECT DISTINCT strftime(incident_month, '%Y-%m') FROM incident
           UNION SELECT DISTINCT strftime(requested_month, '%Y-%m') FROM referral ORDER BY 1"""
    ).fetchall()
    tables: dict[str, int] = {}
    for entry in REGISTER:
        row = connection.execute(f"SELECT count(*) FROM {entry.name}").fetchone()  # noqa: S608
        tables[entry.name] = int(row[0]) if row else 0
    totals = connection.execute("SELECT count(*), coalesce(sum(held), 0) FROM load").fetchone()
    loads, held = totals or (0, 0)
    return {
        "kind": kinds[0][0] if kinds else None,
        "loads": int(loads),
        "held": int(held),
        "tables": tables,
        "months": [month for (month,) in months],
    }


def _current(settings: Settings) -> str | None:
    pointer = settings.releases / "current"
    return pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None


def _lines(document: dict[str, Any], trouble: str | None) -> list[str]:
    months, waiting = document["months"], document["waiting_months"]
    span = f"{months[0]} to {months[-1]}" if months else "none"
    base = document["base"]
    return [
        f"Store: {document['store']}",
        f"Kind of data: {document['kind'] or 'none yet'}",
        f"Protection base: {base if base is not None else 'none yet'}",
        f"Files loaded: {document['loads']} ({document['extracts']} extracts), "
        f"{document['held']} rows held back",
        *(f"  {name}: {count}" for name, count in document["tables"].items()),
        f"Months: {span}",
        f"Months after the last release: {', '.join(waiting[-12:]) or 'none'}",
        f"Last release: {document['release'] or 'none'}",
        trouble or f"Secrets: {document['secrets']}, both match the store",
    ]
