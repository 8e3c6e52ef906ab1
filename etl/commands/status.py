"""``status``: what the store holds, what waits, and whether every file is as it was written."""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict
from datetime import date
from typing import Any

import duckdb

from dashboard.model.facts import FACTS
from dashboard.model.protection import TOLD_APART
from dashboard.model.tables import REGISTER
from etl.commands.answer import Answer, lines_of
from etl.commands.next_step import next_step
from etl.declaration import undeclared
from etl.declaration.reader import drafts_folder, unusable
from etl.duplicates.joining import count_open
from etl.operator_tables.kinds import KINDS
from etl.operator_tables.stored import all_rows, reference_of, stored_cells
from etl.protect import ledger
from etl.protect.due_blocks import due_blocks
from etl.protect.partners import periods_of_three
from etl.register import decisions, journal, seal
from etl.register.access import locked, number_of_rows, open_register, texts_of
from etl.register.left_out import rows_left_out
from etl.register.store import is_open_to_others, read_store
from etl.release import record
from etl.release.approval import is_older, read_note
from etl.release.closing.draft import open_draft
from etl.release.closing.months import last_closed_month
from etl.release.closing.workbench import with_member_events
from etl.release.contents.context import is_changed, read_context
from etl.release.contents.geography import Geography, read_geography
from etl.release.editions import current_edition
from etl.release.files import follows_contract, newest_readable, release_ids, release_path
from etl.release.missing_reports import missing_reports
from etl.release.signoff.rounds import open_round
from etl.release.signoff.rule import read_rule
from etl.release.waiting import waiting_records
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """The state of the store.

    1 when a secret does not match, a change is unfinished or a file is not as it was written.
    """
    read_store(settings)
    try:
        open_secrets(settings)
    except OperatorError as problem:
        # Without its secret nothing of a store can be believed.
        document = {"store": str(settings.store), "secrets": str(settings.secrets)}
        trouble = {"secrets_trouble": str(problem), "secrets_match": False}
        return Answer({**document, **trouble}, [f"Store: {settings.store}", str(problem)], 1)
    document = read_state(settings)
    sentence = next_step(document, date.today())
    code = 1 if document["unfinished"] or document["not_as_written"] else 0
    beside = [f"{document[name]} {name}" for name in KINDS]
    lines = lines_of("status", **document, beside=beside, told_apart=TOLD_APART)
    return Answer({"next": sentence, **document}, [sentence, *lines], code)


def read_state(settings: Settings) -> dict[str, Any]:
    """The state of a store whose secrets match, as ``status --json`` tells it."""
    facts = read_store(settings)
    stopped = bool(journal.noted_extracts(settings))
    inspection = _inspect(settings)
    with open_register(settings) as connection:
        register = _register_status(connection)
    geography = read_geography(settings)
    stored = record.read_stored_record(settings)
    lost = undeclared(settings, register["sources"])
    return {
        "store": str(settings.store),
        "base": facts.base,
        "public": facts.public,
        **register,
        "extracts": len(list(settings.extracts.glob("*.parquet"))),
        "load_was_stopped": stopped,
        **_publication_status(settings, geography),
        "undeclared": lost,
        "missing": [] if lost == register["sources"] else _missing_sources(settings),
        **_decision_status(settings, geography),
        **_table_status(settings, geography),
        "retention_years": facts.years,
        **inspection,
        "record": stored.sentence if stored else None,
        "record_breaks": list(stored.breaks) if stored else [],
        "open_to_others": is_open_to_others(settings),
        "declarations": str(settings.sources),
        "secrets": str(settings.secrets),
        "secrets_trouble": None,
        "secrets_match": True,
        "drafts": [path.stem for path in sorted(drafts_folder(settings).glob("*.toml"))],
        "unusable": list(unusable(settings)),
    }


def _inspect(settings: Settings) -> dict[str, Any]:
    """Every file of both halves, read to its end; the lock alone verifies that of the operator."""
    begun = time.monotonic()
    with locked(settings):
        inspection = seal.read_releases(settings)
    return {
        "files": inspection.files,
        "bytes": inspection.size,
        "seconds": round(time.monotonic() - begun, 2),
        "not_as_written": list(inspection.faults),
    }


def _register_status(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """What the register holds: kinds of data, loads, rows of each table, and months."""
    kinds = connection.execute("SELECT DISTINCT kind FROM load ORDER BY ALL").fetchall()
    months = connection.execute(
        """SELECT DISTINCT strftime(incident_month, '%Y-%m') FROM incident
           UNION SELECT DISTINCT strftime(requested_month, '%Y-%m') FROM referral
           UNION SELECT DISTINCT strftime(month, '%Y-%m') FROM voyage ORDER BY 1"""
    ).fetchall()
    tables = {entry.name: number_of_rows(connection, entry.name) for entry in REGISTER}
    totals = connection.execute("SELECT count(*), coalesce(sum(held), 0) FROM load").fetchone()
    loads, held_back = totals or (0, 0)
    return {
        "kind": kinds[0][0] if kinds else None,
        "loads": int(loads),
        "held": int(held_back),
        "left_out": [{**asdict(e), "sentence": e.sentence} for e in rows_left_out(connection)],
        "sources": texts_of(connection, "SELECT DISTINCT source FROM load ORDER BY source"),
        "tables": tables,
        "months": [month for (month,) in months],
    }


def _missing_sources(settings: Settings) -> list[dict[str, Any]]:
    """Awaited sources that sent nothing for months that can close today."""
    with locked(settings):
        missing = missing_reports(settings, last_closed_month(date.today()))
    return [{**asdict(entry), "sentence": entry.sentence} for entry in missing]


def _publication_status(settings: Settings, geography: Geography) -> dict[str, Any]:
    """What may be closed today, what was previewed, is being signed and was published."""
    after = decisions.read(settings).horizon
    with (
        locked(settings),
        open_draft(settings) as draft,
        with_member_events(settings, draft, geography) as connection,
    ):
        due = due_blocks(connection, last_closed_month(date.today()), after=after)
        waiting = [
            {**entry.as_json, "lines": entry.lines}
            for entry in waiting_records(connection, settings, due, after, date.today())
        ]
        closed = ledger.block_count(connection) - ledger.released_block_count(connection)
        labels = {fact.id: fact.label for fact in FACTS}
        of_three = [(labels[fact], f"{day:%Y-%m}") for fact, day in periods_of_three(connection)]
    current = current_edition(settings)
    note = read_note(settings)
    rule = read_rule(settings)
    sign_off_round = open_round(settings) if rule.is_required else None
    return {
        "waiting": waiting,
        "closed_unpublished": max(closed, 0),
        "told_to_two": [{"label": label, "period": period} for label, period in of_three],
        "release": current.release_id if current else None,
        "approved_by": (current.approved_by or None) if current else None,
        "release_is_damaged": current is not None and current.damaged,
        "editions": len(release_ids(settings.releases)),
        "previewed_as_of": note.as_of if note else None,
        "changed_since_preview": note is not None and is_older(settings),
        "sign_off": rule.sentence,
        "round_ends": sign_off_round.ends if sign_off_round else None,
    }


def _decision_status(settings: Settings, geography: Geography) -> dict[str, Any]:
    """What was decided about records, and what is left to decide or to finish."""
    decided = decisions.read(settings)
    duplicates = count_open(settings, geography.areas)
    return {
        "unfinished": decisions.unfinished(settings),
        "undecided_duplicates": duplicates.count,
        "proposed_duplicates": duplicates.likely,
        "unclear_duplicates": duplicates.unclear,
        "erased": len(decided.erased),
        "retention_horizon": str(decided.horizon) if decided.horizon else None,
    }


def _table_status(settings: Settings, geography: Geography) -> dict[str, Any]:
    """How many rows each operator's table has, or what is wrong with one: no publication then.

    Also whether readers see them so.
    """
    newest = newest_readable(settings.releases)
    try:
        reference = reference_of(settings)
        with locked(settings):
            for kind in KINDS.values():
                all_rows(settings, kind, reference)
            counts = {name: len(stored_cells(settings, kind)) for name, kind in KINDS.items()}
            context = read_context(settings, geography, sorted(reference.partners))
    except OperatorError as problem:
        return {**dict.fromkeys(KINDS), "beside_trouble": str(problem), "beside_changed": False}
    path = release_path(settings.releases, newest) if newest else None
    changed = path is not None and follows_contract(path) and is_changed(path, context, geography)
    return {**counts, "beside_trouble": None, "beside_changed": changed}
