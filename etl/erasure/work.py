"""Work: erasing a record, all past keeping, or one load, so that a kill at any point is mended.

What is to go is written down before anything is touched; load and publication refuse until it is
gone. Whoever finds an erasure that was begun does all its steps again: each leaves alone what an
earlier attempt finished.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from dashboard.model.periods import Month
from dashboard.model.tables import REGISTER
from etl.duplicates import last_search
from etl.erasure import holdings, proof, rewriting
from etl.erasure.holdings import Reach
from etl.erasure.proof import Proof
from etl.erasure.unloading import Unloading
from etl.progress import OnStep
from etl.register import decisions, journal, seal
from etl.register.access import locked, number_of_rows, open_register, reading, texts_of
from etl.register.connections import attach, in_memory
from etl.register.decisions import Decisions, Erased, ErasedTable, Unfinished
from etl.register.extracts import read_about
from etl.register.replay import rebuild_locked
from etl.register.store import read_store
from etl.register.tables import KEYS
from etl.release.closing.draft import clear_scratch
from etl.settings import OperatorError, Settings

#: Steps that an erasure tells of.
STEPS = 5


@dataclass(frozen=True)
class Record:
    """A record that is to be erased: the register table it stands in, and its id."""

    table: ErasedTable
    id: str


@dataclass(frozen=True)
class Removed:
    """What one run removed.

    Attributes:
        extract_rows: Rows of extracts.
        extracts: Extracts that were written anew.
        register: Register table to the rows that left it.
        ledger: Rows of the ledger of published records.
    """

    extract_rows: int
    extracts: int
    register: dict[str, int]
    ledger: int


@dataclass(frozen=True)
class Outcome:
    """What an erasure did: what was removed, and what a search found afterwards.

    Attributes:
        removed: What this run removed.
        proof: Search for the ids; None where records went by age.
        rows_left: Rows past keeping that are still there; 0 where one record was erased.
        same_event_elsewhere: Incidents of other partners that tell of the same event and stay.
        finished_before: Whether an erasure that was stopped was finished first.
    """

    removed: Removed
    proof: Proof | None
    rows_left: int = 0
    same_event_elsewhere: int = 0
    finished_before: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left."""
        return not self.rows_left and not (self.proof and self.proof.found_in)


def reach(settings: Settings, record: Record) -> Reach:
    """What would go with a record.

    Raises:
        OperatorError: If nothing of it is held and it was not erased before.
    """
    with locked(settings), _with_holdings(settings) as connection:
        reached = holdings.reach_of(connection, record.table, record.id)
        ledger = rewriting.ledger_rows(connection, settings)
    erased = decisions.read(settings).erased_ids
    if not reached.rows and not ledger and record.id not in erased:
        raise OperatorError(
            "The store holds no record of this key; nothing was erased. "
            "Check the source, the kind of record and the key."
        )
    return reached


def record_at(
    settings: Settings, source: str, table: ErasedTable, load_no: int, row: int
) -> Record:
    """The record that a row of a load became.

    Raises:
        OperatorError: If the register holds none, or a later file has it again.
    """
    with open_register(settings) as connection:
        keys = texts_of(
            connection,
            """SELECT key FROM arrival JOIN load USING (load_no)
            WHERE load.source = ? AND table_name = ? AND load_no = ? AND row_no = ?""",
            [source, table, load_no, row],
        )
    if len(keys) != 1:
        raise OperatorError(
            f"Row {row} of load {load_no} of {source} holds no {table} that the register knows "
            "from there; nothing was erased."
        )
    return Record(table, keys[0])


def erase(settings: Settings, record: Record, today: date, on_step: OnStep) -> Outcome:
    """Erase a record with everything that hangs on it, and look whether anything is left.

    Raises:
        OperatorError: If the store is missing or in use.
    """
    with locked(settings):
        unfinished = _unfinished_erasure(settings)
        if unfinished:
            _finish(settings, unfinished, on_step)
        on_step("Looking for the record")
        with _with_holdings(settings) as connection:
            reached = holdings.reach_of(connection, record.table, record.id)
        earlier = decisions.read(settings)
        going_ids = {*reached.ids, *reached.bare}
        spellings = _spellings(settings, going_ids)
        begun = Unfinished("erase", reached.ids, reached.bare)
        erased = _add_erased(earlier.erased, reached, today)
        remaining = _without(earlier, going_ids)
        decisions.write(settings, replace(remaining, erased=erased, unfinished=begun))
        removed = _finish(settings, begun, on_step)
        on_step("Searching every file")
        stopped = (*unfinished.ids, *unfinished.bare) if unfinished else ()
        sought = going_ids.union(spellings, stopped)
        elsewhere = _joined_with_erased(earlier, going_ids)
        return Outcome(
            removed, proof.search(settings, sought), 0, elsewhere, unfinished is not None
        )


def _record_ids(keys: Iterable[str]) -> tuple[str, ...]:
    """The ids among keys of records; that of a decision is its person's, who may stay."""
    return tuple(key for key in keys if "|" not in key)


def unload(settings: Settings, unloading: Unloading, on_step: OnStep) -> Outcome:
    """Take back one load as a whole, and look whether anything of it is left.

    The lock is held by the caller, who found out what goes.
    """
    earlier = decisions.read(settings)
    gone = set(unloading.gone)
    begun = Unfinished("unload", unloading.gone, (), unloading.extract.extract)
    decisions.write(settings, replace(_without(earlier, gone), unfinished=begun))
    removed = _finish(settings, begun, on_step)
    on_step("Searching every file")
    return Outcome(removed, proof.search(settings, _record_ids(unloading.gone)))


def finish(settings: Settings, on_step: OnStep) -> Outcome | None:
    """Finish an erasure that was begun; None where there is none."""
    with locked(settings):
        unfinished = _unfinished_erasure(settings)
        if unfinished is None:
            return None
        removed = _finish(settings, unfinished, on_step)
        on_step("Searching every file")
        if unfinished.work == "retain":
            return Outcome(removed, None, _rows_left(settings))
        return Outcome(
            removed, proof.search(settings, _record_ids((*unfinished.ids, *unfinished.bare)))
        )


def retain(settings: Settings, as_of: date, on_step: OnStep) -> tuple[Month, Outcome]:
    """Remove all records past keeping on a day; return the horizon and what was removed.

    Raises:
        OperatorError: If no period is set, or the store is missing or in use.
    """
    with locked(settings):
        unfinished = _unfinished_erasure(settings)
        if unfinished:
            _finish(settings, unfinished, on_step)
        on_step("Looking for records past keeping")
        horizon = _horizon(settings, as_of)
        with _with_holdings(settings) as connection:
            holdings.mark_past_keeping(connection, horizon)
            gone = set(texts_of(connection, "FROM gone"))
        remaining = _without(decisions.read(settings), gone)
        begun = Unfinished("retain")
        decisions.write(settings, replace(remaining, horizon=horizon, unfinished=begun))
        removed = _finish(settings, begun, on_step)
        on_step("Searching every file")
        rows_left = _rows_left(settings)
        return horizon, Outcome(removed, None, rows_left, finished_before=unfinished is not None)


def past_keeping(settings: Settings, as_of: date) -> tuple[Month, Removed]:
    """What a removal of records past keeping would take, without touching anything."""
    with locked(settings), _with_holdings(settings) as connection:
        horizon = _horizon(settings, as_of)
        holdings.mark_past_keeping(connection, horizon)
        rows, files = holdings.count_going(connection)
        ledger = rewriting.ledger_rows(connection, settings)
        return horizon, Removed(rows, files, _leaving(connection, settings), ledger)


@contextmanager
def _with_holdings(settings: Settings) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection in memory with the ids and months of every row of the extracts."""
    with in_memory(settings) as connection:
        holdings.gather(connection, settings)
        yield connection


def _unfinished_erasure(settings: Settings) -> Unfinished | None:
    """The erasure that was begun; a decision about duplicates is carried by every rebuild."""
    unfinished = decisions.read(settings).unfinished
    return None if unfinished is None or unfinished.work == "join" else unfinished


def _finish(settings: Settings, unfinished: Unfinished, on_step: OnStep) -> Removed:
    """Do every step of the erasure that is written down.

    The ledger comes before the extracts, which tell what goes.
    """
    clear_scratch(settings)
    last_search.forget(settings)
    before = _register_counts(settings)
    with in_memory(settings) as connection:
        rows, files = _mark(connection, settings, unfinished)
        on_step("Writing the ledger anew")
        ledger = rewriting.rewrite_units(connection, settings)
        if unfinished.work == "unload":
            on_step("Removing the extract")
            seal.drop(settings, journal.extract_path(settings, unfinished.extract))
        else:
            on_step("Writing the extracts anew")
            rewriting.rewrite_extracts(connection, settings)
    on_step("Building the register anew")
    rebuild_locked(settings)
    after = _register_counts(settings)
    decisions.write(settings, replace(decisions.read(settings), unfinished=None))
    gone = {name: count - after[name] for name, count in before.items()}
    return Removed(rows, files, gone, ledger)


def _mark(
    connection: duckdb.DuckDBPyConnection, settings: Settings, unfinished: Unfinished
) -> tuple[int, int]:
    """Write the ids to erase into ``gone``, the rows into ``going`` unless a whole load goes.

    Returns:
        How many rows go, and of how many extracts.
    """
    if unfinished.work == "unload":
        path = journal.extract_path(settings, unfinished.extract)
        holdings.name_gone(connection, unfinished.ids)
        return read_about(connection, path).rows if path.exists() else 0, 1
    holdings.gather(connection, settings)
    if unfinished.work == "erase":
        holdings.mark_erased(connection, unfinished.ids, unfinished.bare)
    else:
        holdings.mark_past_keeping(connection, _recorded_horizon(settings))
    return holdings.count_going(connection)


def _add_erased(erased: tuple[Erased, ...], reached: Reach, today: date) -> tuple[Erased, ...]:
    """The list of erased records with new ones added.

    Referrals of an erased person need no entry: they are known by their person.
    """
    listed = {entry.id for entry in erased}
    fresh = (
        Erased(table, id_, today)
        for table, ids in reached.records.items()
        if table != "referral" or not reached.records["person"]
        for id_ in ids
        if id_ not in listed
    )
    return (*erased, *fresh)


def _spellings(settings: Settings, ids: set[str]) -> set[str]:
    """Hashes of the plain spelling of keys that stand for these records and no others."""
    with reading(settings.register) as connection:
        query = """SELECT spelling FROM arrival WHERE spelling IS NOT NULL
            GROUP BY spelling HAVING bool_and(key IN (SELECT unnest(?::VARCHAR[])))"""
        return set(texts_of(connection, query, [sorted(ids)]))


def _without(earlier: Decisions, gone: set[str]) -> Decisions:
    """The decisions without those about incidents that go."""
    duplicates = tuple(entry for entry in earlier.duplicates if not gone & set(entry.incidents))
    return replace(earlier, duplicates=duplicates)


def _joined_with_erased(earlier: Decisions, gone: set[str]) -> int:
    """Incidents that stay and were joined with one that goes."""
    pairs = (set(d.incidents) for d in earlier.duplicates if d.decision == "same")
    return len({id_ for pair in pairs if pair & gone for id_ in pair - gone})


def _horizon(settings: Settings, as_of: date) -> Month:
    """Last month whose records are past keeping on a day; never before one applied earlier."""
    years = read_store(settings).years
    if years is None:
        raise OperatorError("No retention period is set; run `retain --years N` first.")
    earlier = decisions.read(settings).horizon
    # Records are kept for whole calendar years after their own.
    horizon = Month(as_of.year - years - 1, 12)
    return horizon if earlier is None else max(horizon, earlier)


def _recorded_horizon(settings: Settings) -> Month:
    """The horizon that the begun removal by age has written down."""
    horizon = decisions.read(settings).horizon
    if horizon is None:
        raise RuntimeError("a removal by age was begun without a horizon")
    return horizon


def _rows_left(settings: Settings) -> int:
    """Rows past keeping that the extracts still hold."""
    with _with_holdings(settings) as connection:
        holdings.mark_past_keeping(connection, _recorded_horizon(settings))
        rows, _ = holdings.count_going(connection)
        return rows


def _register_counts(settings: Settings) -> dict[str, int]:
    """Rows of each register table."""
    with reading(settings.register) as connection:
        return {entry.name: number_of_rows(connection, entry.name) for entry in REGISTER}


def _leaving(connection: duckdb.DuckDBPyConnection, settings: Settings) -> dict[str, int]:
    """How many rows each register table has of the ids to erase, those of ``gone``."""
    attach(connection, settings.register, "register")
    counts: dict[str, int] = {}
    for entry in REGISTER:
        keys = [name for name in entry.names if name in KEYS]
        hit = " OR ".join(f"{key} IN (FROM gone)" for key in keys)
        counts[entry.name] = number_of_rows(connection, f"register.{entry.name} WHERE {hit}")
    connection.execute("DETACH register")
    return counts
