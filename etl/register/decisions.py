"""Decisions about records: which are erased, which tell of one event, which are past keeping.

They are kept in ``operator/decisions.json``, where no rebuild loses them. The file is replaced in
one step and durably. Keys of records stand in it only as the keyed hashes
that the register also uses. What a decision does to files stands in ``etl.erasure``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import duckdb

from dashboard.model.periods import Month
from dashboard.model.tables import REGISTER
from etl.register import seal
from etl.register.access import texts_of
from etl.register.tables import KEYS
from etl.settings import OperatorError, Settings

#: Tables whose records can be erased.
ErasedTable = Literal["incident", "person", "referral", "voyage"]
Work = Literal["erase", "retain", "join", "unload"]

_SENTENCES: dict[Work, str] = {
    "erase": "An erasure was begun and not finished; run `erase --finish` first.",
    "retain": (
        "The removal of records past keeping was begun and not finished; "
        "run `erase --finish` first."
    ),
    "unload": "The unloading of a file was begun and not finished; run `erase --finish` first.",
    "join": "A decision about duplicates was not carried out yet; run `duplicates` first.",
}


@dataclass(frozen=True)
class Erased:
    """A record that was erased and is never loaded again.

    Attributes:
        table: Register table of the record.
        id: Keyed hash of its key, as in the register.
        on: Day on which it was put on the list.
    """

    table: ErasedTable
    id: str
    on: date


@dataclass(frozen=True)
class Duplicate:
    """What somebody decided about two incidents.

    Attributes:
        incidents: Ids of the two, in order of their text.
        decision: same (one event, reported twice) or apart (two events).
        kept: The incident that counts, for ``same``; None for ``apart``.
        by: Who decided.
        on: When.
    """

    incidents: tuple[str, str]
    decision: Literal["same", "apart"]
    kept: str | None
    by: str
    on: date


@dataclass(frozen=True)
class Unfinished:
    """A change of the store that was begun; nothing is loaded or published before its end.

    Attributes:
        work: erase (one record), retain (all records past keeping), unload (one file) or join
            (duplicates, which the register does not name yet).
        extract: Name of the extract that is unloaded, else "".
        ids: Ids of every record that goes; all records that share them go as well.
        bare: Incidents that were in no other row; they are erased and may be loaded again.
    """

    work: Work
    ids: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    extract: str = ""


@dataclass(frozen=True)
class Decisions:
    """Everything that was decided.

    Attributes:
        erased: Erased records, in the order of erasing.
        duplicates: Decisions about pairs, in the order in which they were made.
        horizon: Last month past keeping, or None where no retention was applied yet.
        unfinished: The change that was begun and not finished, or None.
    """

    erased: tuple[Erased, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    horizon: Month | None = None
    unfinished: Unfinished | None = None

    @property
    def erased_ids(self) -> frozenset[str]:
        """Ids of every erased record; hashes of different tables never meet."""
        return frozenset(entry.id for entry in self.erased)


def read(settings: Settings) -> Decisions:
    """The decisions of a store; none where nothing was decided yet.

    Raises:
        OperatorError: If the file is damaged.
    """
    path = decisions_file(settings)
    if not path.exists():
        return Decisions()
    try:
        return _decode(seal.read_json(path))
    except (ValueError, KeyError, TypeError) as problem:
        raise OperatorError(
            f"{path.name} in {path.parent} is damaged; restore it from your backup."
        ) from problem


def write(settings: Settings, decisions: Decisions) -> None:
    """Keep the decisions in place of the earlier ones; call it under the store's lock."""
    seal.write_json(settings, decisions_file(settings), _encode(decisions))


def decisions_file(settings: Settings) -> Path:
    """The file of the decisions."""
    return settings.operator / "decisions.json"


def unfinished(settings: Settings) -> str | None:
    """A sentence about a change that was begun and not finished, or None.

    Nothing may be loaded or published before it is finished.
    """
    pending = read(settings).unfinished
    return None if pending is None else _SENTENCES[pending.work]


def refuse_unfinished(settings: Settings) -> None:
    """Raise OperatorError when a change was begun and not finished."""
    sentence = unfinished(settings)
    if sentence is not None:
        raise OperatorError(sentence)


def counted_incidents(duplicates: Sequence[Duplicate]) -> dict[str, str]:
    """Each incident that repeats another, to the one incident that counts for both.

    Decisions are followed in the order in which they were made: what two partners tell of becomes
    one event with everything that either was joined to before, and counts as the kept one does.
    """
    duplicate_of: dict[str, str] = {}
    for entry in duplicates:
        if entry.decision != "same" or entry.kept is None:
            continue
        first, second = (duplicate_of.get(id_, id_) for id_ in entry.incidents)
        counting_id = duplicate_of.get(entry.kept, entry.kept)
        for loser in {first, second} - {counting_id}:
            for id_, under in list(duplicate_of.items()):
                if under == loser:
                    duplicate_of[id_] = counting_id
            duplicate_of[loser] = counting_id
    return duplicate_of


def apply(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Make an attached ``register`` follow the decisions, inside the caller's transaction.

    Erased records are removed with everything that hangs on them, and ``duplicate_of`` names the
    incident that counts.
    """
    decisions = read(settings)
    if decisions.erased:
        _remove(connection, sorted(decisions.erased_ids))
    connection.execute(
        "UPDATE register.incident SET duplicate_of = NULL WHERE duplicate_of IS NOT NULL"
    )
    present = _present(connection, decisions.duplicates)
    applicable = [d for d in decisions.duplicates if set(d.incidents) <= present]
    duplicate_of = counted_incidents(applicable)
    if duplicate_of:
        connection.execute(
            """UPDATE register.incident SET duplicate_of = joined.kept
            FROM (SELECT unnest(?::VARCHAR[]) AS id, unnest(?::VARCHAR[]) AS kept) AS joined
            WHERE incident.incident_id = joined.id""",
            [list(duplicate_of), list(duplicate_of.values())],
        )


def _remove(connection: duckdb.DuckDBPyConnection, erased: list[str]) -> None:
    """Remove erased records, people of erased incidents, and all rows that belong to either."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE erased_record AS SELECT unnest(?::VARCHAR[]) AS id", [erased]
    )
    connection.execute(
        """INSERT INTO erased_record SELECT person_id FROM register.person
        WHERE incident_id IN (FROM erased_record)"""
    )
    connection.execute(
        """INSERT INTO erased_record SELECT referral_id FROM register.referral
        WHERE person_id IN (FROM erased_record)"""
    )
    for entry in REGISTER:
        keys = [name for name in entry.names if name in KEYS]
        hit = " OR ".join(f"{key} IN (FROM erased_record)" for key in keys)
        connection.execute(f"DELETE FROM register.{entry.name} WHERE {hit}")  # noqa: S608
    connection.execute(
        "DELETE FROM register.arrival WHERE split_part(key, '|', 1) IN (FROM erased_record)"
    )
    connection.execute("DROP TABLE erased_record")


def _present(connection: duckdb.DuckDBPyConnection, duplicates: Sequence[Duplicate]) -> set[str]:
    """Ids of decided incidents that the register holds."""
    ids = sorted({id_ for entry in duplicates for id_ in entry.incidents})
    query = """SELECT incident_id FROM register.incident
        WHERE incident_id IN (SELECT unnest(?::VARCHAR[]))"""
    return set(texts_of(connection, query, [ids]))


def _encode(decisions: Decisions) -> dict[str, Any]:
    """Decisions as they are written in JSON."""
    pending = decisions.unfinished
    return {
        "erased": [{**asdict(e), "on": e.on.isoformat()} for e in decisions.erased],
        "duplicates": [{**asdict(d), "on": d.on.isoformat()} for d in decisions.duplicates],
        "horizon": str(decisions.horizon) if decisions.horizon else None,
        "unfinished": asdict(pending) if pending else None,
    }


def _decode(document: dict[str, Any]) -> Decisions:
    """Decisions of a document that ``_encode`` made."""
    pending, horizon = document["unfinished"], document["horizon"]
    return Decisions(
        tuple(Erased(e["table"], e["id"], date.fromisoformat(e["on"])) for e in document["erased"]),
        tuple(_duplicate(entry) for entry in document["duplicates"]),
        Month.parse(horizon) if horizon else None,
        _unfinished(pending) if pending else None,
    )


def _unfinished(pending: dict[str, Any]) -> Unfinished:
    ids, bare = tuple(pending["ids"]), tuple(pending["bare"])
    return Unfinished(pending["work"], ids, bare, pending["extract"])


def _duplicate(entry: dict[str, Any]) -> Duplicate:
    first, second = entry["incidents"]
    on = date.fromisoformat(entry["on"])
    return Duplicate((first, second), entry["decision"], entry["kept"], entry["by"], on)
