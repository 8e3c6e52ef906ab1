"""``erase``: take one record out of everything that the store keeps, and prove it.

The key is asked for and never an argument, so that no history of commands and no list of
processes shows it. A record that `check` says is no longer listed is named by its load and row.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import asdict
from datetime import date
from typing import Any, get_args

from dashboard.model.normalise import normalise
from etl.commands.answer import Answer, lines_of, says_yes, steps
from etl.declaration import find_source
from etl.declaration.source import Source
from etl.erasure import work
from etl.erasure.holdings import Reach
from etl.erasure.work import Outcome, Record
from etl.harmonise.keys import record_key
from etl.register.decisions import ErasedTable
from etl.register.store import read_store
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings

VALUES = {"tables": get_args(ErasedTable)}


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Erase a record, 0 when nothing of it is found afterwards and 1 when something is."""
    secrets = open_secrets(settings)
    if arguments.finish:
        options = (arguments.source, arguments.record, arguments.load, arguments.row)
        if any(value is not None for value in options):
            raise OperatorError(
                "`erase --finish` takes no source, no kind of record, no load and no row."
            )
        return _finish(settings)
    if not arguments.source or not arguments.record:
        raise OperatorError("`erase` needs --source NAME and --record KIND, or --finish.")
    if (arguments.load is None) != (arguments.row is None):
        raise OperatorError("--load N and --row N go together.")
    source = find_source(settings, arguments.source)
    if arguments.row is not None:
        record = work.record_at(
            settings, source.name, arguments.record, arguments.load, arguments.row
        )
    else:
        key = _ask_key(source, arguments.record)
        id_ = record_key(secrets.identifiers, source.partner, arguments.record, key)
        record = Record(arguments.record, id_)
    reach = work.reach(settings, record)
    _ask_consent(reach)
    with steps(work.STEPS) as bar:
        outcome = work.erase(settings, record, date.today(), bar)
    return _report(outcome, read_store(settings).base)


def _finish(settings: Settings) -> Answer:
    """Finish an erasure that was stopped, if there is one."""
    with steps(work.STEPS) as bar:
        outcome = work.finish(settings, bar)
    if outcome is None:
        return Answer({"finished": False}, ["No erasure was left unfinished."])
    report = _report(outcome, read_store(settings).base)
    return report._replace(document={"finished": True, **report.document})


def _ask_key(source: Source, table: str) -> tuple[str, ...]:
    """Values of a record's key columns, as the operator types them without echo."""
    headers = source.keys.get(table)
    if headers is None:
        kinds = " or ".join(source.keys)
        raise OperatorError(f"The source {source.name} has keys for {kinds}, not for {table}.")
    values: list[str] = []
    for header in headers:
        prompt = f"{header} (not shown): "
        typed = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
        value = normalise(typed)
        if not value:
            raise OperatorError(f"{header} is part of the key and cannot be empty.")
        values.append(value)
    return tuple(values)


def _ask_consent(reach: Reach) -> None:
    """Say what goes, and go on only after a yes."""
    effect = f"{_counts_in_words(reach)}; {reach.rows} rows of {reach.files} extracts."
    if not says_yes(f"This takes out for good: {effect}\nType yes to erase: "):
        raise OperatorError("Nothing was erased.")


def _counts_in_words(reach: Reach) -> str:
    """How many records of each kind go, in words."""
    counts = {table: len(ids) for table, ids in reach.records.items()}
    words = (
        f"incidents: {counts['incident'] + len(reach.bare)}, people: {counts['person']}, "
        f"referrals: {counts['referral']}"
    )
    return words + (f", rows of voyages: {counts['voyage']}" if counts["voyage"] else "")


def _report(outcome: Outcome, base: int | None) -> Answer:
    """The answer of an erasure: what was removed, the proof, and what stays elsewhere."""
    proof = outcome.proof
    document: dict[str, Any] = {
        "removed": asdict(outcome.removed),
        "left": outcome.rows_left,
        "finished_before": outcome.finished_before,
        **({"proof": asdict(proof)} if proof else {}),
        "same_event_elsewhere": outcome.same_event_elsewhere,
    }
    sought = ", ".join(proof.looked_for) if proof else ""
    lines = lines_of("erase", **vars(outcome), sought=sought, base=base)
    return Answer(document, lines, 0 if outcome.is_clean else 1)
