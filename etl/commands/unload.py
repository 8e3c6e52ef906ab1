"""``unload``: take back one load as a whole, and prove that nothing of it is left."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from etl.commands.answer import Answer, lines_of, says_yes, steps
from etl.declaration import find_source
from etl.erasure import work
from etl.erasure.unloading import Unloading, load_of, loads, reach
from etl.erasure.work import Outcome
from etl.intake.incoming_file import hash_of
from etl.register import decisions
from etl.register.access import locked
from etl.register.extracts import Extract
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """List the loads, or take one back; 0 when nothing of it is found afterwards, else 1.

    Raises:
        OperatorError: If there is no such load, other loads hang on it, or nobody says yes.
    """
    secret = open_secrets(settings).identifiers
    if arguments.file is None and arguments.load is None and arguments.source is None:
        with locked(settings):
            return _list(loads(settings))
    file_hash = _file_hash(arguments, settings, secret)
    with locked(settings):  # nobody has to wait while it is asked about
        unloading = _reach(settings, arguments.load, file_hash)
    _ask_consent(unloading)
    with locked(settings):
        if _reach(settings, arguments.load, file_hash) != unloading:
            raise OperatorError(
                "The store changed in the meantime, so nothing was unloaded; give the command "
                "again."
            )
        with steps(work.STEPS) as bar:
            outcome = work.unload(settings, unloading, bar)
    return _report(unloading, outcome)


def _file_hash(arguments: argparse.Namespace, settings: Settings, secret: bytes) -> str | None:
    """Hash of the file, by which its load is found; None where a number names the load."""
    if arguments.load is not None and (arguments.file is not None or arguments.source is not None):
        raise OperatorError("`unload --load N` takes no file and no source.")
    if arguments.load is not None:
        return None
    if arguments.file is None or arguments.source is None:
        raise OperatorError("`unload` needs FILE and --source NAME, or --load N.")
    source = find_source(settings, arguments.source)
    return hash_of(arguments.file, source, secret)


def _reach(settings: Settings, number: int | None, file_hash: str | None) -> Unloading:
    """What goes with the load of a hash, else of a number; call it under the store's lock."""
    decisions.refuse_unfinished(settings)
    if file_hash is not None:
        return reach(settings, load_of(settings, file_hash))
    matches = [extract for extract in loads(settings) if extract.load_no == number]
    if not matches:
        raise OperatorError(f"There is no load {number}; `unload` alone lists all.")
    return reach(settings, matches[0])


def _list(extracts: tuple[Extract, ...]) -> Answer:
    """The loads of the register, in words and as JSON."""
    entries = [
        {"load": e.load_no, "source": e.source, "rows": e.rows, "loaded_at": e.loaded_at}
        for e in extracts
    ]
    lines = [f"{e.load_no}  {e.loaded_at}  {e.source}: {e.rows} rows" for e in extracts]
    return Answer({"loads": entries}, lines or ["Nothing was loaded yet."])


def _ask_consent(unloading: Unloading) -> None:
    """Say what a load takes with it, and go on only after a yes."""
    if not says_yes("\n".join([*_effect(unloading), "Type yes to unload: "])):
        raise OperatorError("Nothing was unloaded.")


def _effect(unloading: Unloading) -> list[str]:
    """What taking back a load changes, in words."""
    by_month = unloading.open_months.items()
    months = "; ".join(f"{month}: {_list_counts(counts)}" for month, counts in by_month)
    values = {**vars(unloading), "records": _list_counts(unloading.records), "months": months}
    return lines_of("unload_effect", **values)


def _list_counts(records: Mapping[str, int]) -> str:
    """Kinds of record with their counts, in words."""
    return ", ".join(f"{name} {count}" for name, count in records.items())


def _report(unloading: Unloading, outcome: Outcome) -> Answer:
    """The answer of an unloading: what was removed, and the proof."""
    proof = outcome.proof
    document: dict[str, Any] = {
        "load": unloading.extract.load_no,
        "source": unloading.extract.source,
        "records": dict(unloading.records),
        "restored": unloading.restored,
        "open_months": {month: dict(counts) for month, counts in unloading.open_months.items()},
        "removed": asdict(outcome.removed),
        "looked_for": len(proof.looked_for) if proof else 0,
        "found_in": proof.found_in if proof else [],
    }
    sought = f"{len(proof.looked_for)} ids" if proof else ""
    lines = lines_of("unload", **vars(outcome), sought=sought)
    return Answer(document, lines, 0 if outcome.is_clean else 1)
