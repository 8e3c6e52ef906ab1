"""Joining: what was decided about pairs of incidents, kept and carried into the register.

A decision is written down first and carried into the register after; until then nothing is loaded
or published, and the next look at the duplicates carries it.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Literal

import duckdb

from etl.duplicates import candidates, last_search, sheet
from etl.duplicates.candidates import Candidate, find_candidates, pair_name
from etl.duplicates.groups import Group, group_pairs
from etl.events.build import ParentRow
from etl.register import decisions
from etl.register.access import (
    MADE_BY_ANOTHER,
    has_every_table,
    locked,
    rewritten,
    transaction,
)
from etl.register.connections import attach, in_memory
from etl.register.decisions import Decisions, Duplicate, Unfinished
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings


@dataclass(frozen=True)
class Open:
    """Pairs that wait for a decision.

    Attributes:
        groups: The best groups of them.
        count: How many pairs there are.
        group_count: In how many groups.
        likely: How many of the groups are likelier one event than not.
        unclear: Pairs in no group, since others are as good or better, or a decision stands
            against them.
    """

    groups: tuple[Group, ...]
    count: int
    group_count: int
    likely: int
    unclear: int


@dataclass(frozen=True)
class Decided:
    """A pair that was decided.

    Attributes:
        id: Its short name.
        decision: same or apart.
        kept: A or B, whichever counts; None for apart or where an incident is gone.
        partners: The two partners, in order of their names; empty where an incident is gone.
        by: Who decided.
        on: When.
    """

    id: str
    decision: Literal["same", "apart"]
    kept: Literal["A", "B"] | None
    partners: tuple[str, ...]
    by: str
    on: date


@dataclass(frozen=True)
class Answered:
    """What became of answers of partners; numbers are pairs.

    Attributes:
        same: Recorded as one event.
        apart: Recorded as two events.
        known: Decided so before.
        contested: Answered in two ways, or decided otherwise before; left as they are.
        gone: No longer held or no longer alike.
    """

    same: int
    apart: int
    known: int
    contested: tuple[str, ...]
    gone: int


def open_pairs(settings: Settings, parents: Sequence[ParentRow], *, limit: int) -> Open:
    """Pairs that wait for a decision, in groups, best first.

    Raises:
        OperatorError: If there is no store, it is in use, or an erasure is unfinished.
    """
    with _locked_decisions(settings, anew=(last_search.FILE,)) as earlier:
        duplicates = earlier.duplicates
        waiting = _search(settings, parents, duplicates, limit)
        counts = {name: n for name, n in vars(waiting).items() if name != "groups"}
        digest = last_search.inputs_digest(settings, parents, duplicates)
        last_search.write(settings, digest, counts)
    return waiting


def count_open(settings: Settings, parents: Sequence[ParentRow]) -> Open:
    """How many pairs and groups wait, without any of them, also while something is unfinished.

    The counts of the last ``open_pairs`` serve while nothing changed that they depend on.
    Nothing is written.
    """
    with locked(settings):
        duplicates = decisions.read(settings).duplicates
        digest = last_search.inputs_digest(settings, parents, duplicates)
        counts = last_search.read(settings, digest)
        return Open((), **counts) if counts else _search(settings, parents, duplicates, 0)


def _search(
    settings: Settings, parents: Sequence[ParentRow], duplicates: Sequence[Duplicate], limit: int
) -> Open:
    """Open pairs in their best groups, ``limit`` of them, with counts of all."""
    with _attached_register(settings) as connection:
        pairs, groups = _find_groups(connection, parents, duplicates)
    unclear = len(pairs) - sum(len(group.pairs) for group in groups)
    likely = sum(group.weakest.likely for group in groups)
    return Open(groups[:limit], len(pairs), len(groups), likely, unclear)


def decided_pairs(settings: Settings) -> tuple[Decided, ...]:
    """Pairs that were decided, in the order of their decisions."""
    with _locked_decisions(settings) as earlier, _attached_register(settings) as connection:
        partners = _partners(connection, earlier.duplicates)
    return tuple(_decided(entry, partners) for entry in earlier.duplicates)


def decide(
    settings: Settings,
    parents: Sequence[ParentRow],
    pair: str,
    decision: Literal["same", "apart"],
    *,
    keep: Literal["A", "B"] | None,
    by: str,
    today: date,
) -> Decided:
    """Record what was decided about an open pair.

    Args:
        settings: Paths of the store.
        parents: Dated areas above places.
        pair: Short name of the pair.
        decision: same (one event, reported twice) or apart (two events).
        keep: The side that counts, for ``same``; the one that tells of more people, else A,
            unless given.
        by: Who decided.
        today: When.

    Raises:
        OperatorError: If no open pair has the name, or the decision contradicts an earlier one.
    """
    with _locked_decisions(settings) as earlier:
        with _attached_register(settings) as connection:
            find_candidates(connection, parents, earlier.duplicates)
            matches = candidates.candidates_of(connection, pair)
        if len(matches) != 1:
            raise OperatorError(_no_pair(earlier, pair, len(matches)))
        entry = _decision(matches[0], decision, keep, by, today)
        _add(settings, earlier, [entry])
        return _decided(entry, {s.incident_id: s.partner for s in (matches[0].a, matches[0].b)})


def write_partner_sheet(
    settings: Settings,
    parents: Sequence[ParentRow],
    partner: str,
    files: Sequence[Path],
    path: Path,
    *,
    limit: int,
) -> int:
    """Write what one partner is to be asked, from the best groups; return how many questions.

    Args:
        settings: Paths of the store.
        parents: Dated areas above places.
        partner: The partner.
        files: Its files, from which case numbers are read again.
        path: Where the sheet is written.
        limit: Groups that are asked about.

    Raises:
        OperatorError: If a file was not loaded of the partner as it is now, or cannot be read.
    """
    secret = open_secrets(settings).identifiers
    with _locked_decisions(settings) as earlier, _attached_register(settings) as connection:
        _, groups = _find_groups(connection, parents, earlier.duplicates)
        rows = sheet.source_rows(connection, settings, partner, files, secret)
    pairs = [pair for group in groups[:limit] for pair in group.pairs]
    return sheet.write_sheet(pairs, partner, rows, path)


def take_answers(
    settings: Settings,
    parents: Sequence[ParentRow],
    answers: Sequence[Mapping[str, bool]],
    *,
    by: str,
    today: date,
) -> Answered:
    """Record what partners answered, each pair as one event or as two.

    Args:
        settings: Paths of the store.
        parents: Dated areas above places.
        answers: Of each sheet, name of the pair to whether it is one event.
        by: Who asked.
        today: When.

    Raises:
        OperatorError: If answers together contradict an earlier decision; then none is recorded.
    """
    replies: dict[str, set[bool]] = {}
    for sheet_answers in answers:
        for name, same in sheet_answers.items():
            replies.setdefault(name, set()).add(same)
    with _locked_decisions(settings) as earlier:
        decided = {pair_name(d.incidents): d.decision == "same" for d in earlier.duplicates}
        with _attached_register(settings) as connection:
            pairs, _ = _find_groups(connection, parents, earlier.duplicates)
        by_name: dict[str, list[Candidate]] = {}
        for pair in pairs:
            by_name.setdefault(pair.id, []).append(pair)
        contested = [
            name
            for name, values in replies.items()
            if len(values) > 1 or (name in decided and decided[name] not in values)
        ]
        fresh = replies.keys() - decided.keys() - set(contested)
        verdicts = {
            name: True in values
            for name, values in replies.items()
            if name in fresh and len(by_name.get(name, ())) == 1
        }
        entries = [
            _decision(by_name[name][0], "same" if same else "apart", None, by, today)
            for name, same in verdicts.items()
        ]
        _add(settings, earlier, entries)
    return Answered(
        sum(verdicts.values()),
        len(verdicts) - sum(verdicts.values()),
        sum(name in decided and name not in contested for name in replies),
        tuple(contested),
        len(fresh) - len(verdicts),
    )


def _decision(
    pair: Candidate,
    decision: Literal["same", "apart"],
    keep: Literal["A", "B"] | None,
    by: str,
    today: date,
) -> Duplicate:
    """What is decided about a pair; the incident with more people counts, else A, unless given."""
    chosen = keep or ("B" if pair.b.people > pair.a.people else "A")
    kept = (pair.a if chosen == "A" else pair.b).incident_id if decision == "same" else None
    first, second = sorted((pair.a.incident_id, pair.b.incident_id))
    return Duplicate((first, second), decision, kept, by, today)


def decide_above(
    settings: Settings, parents: Sequence[ParentRow], percent: int, *, by: str, today: date
) -> tuple[Group, ...]:
    """Record every group whose weakest pair is so likely as one event each.

    Args:
        settings: Paths of the store.
        parents: Dated areas above places.
        percent: The least probability.
        by: Who decided.
        today: When.

    Raises:
        OperatorError: If all of them together contradict an earlier decision; then none is
            recorded.
    """
    with _locked_decisions(settings) as earlier:
        with _attached_register(settings) as connection:
            _, groups = _find_groups(connection, parents, earlier.duplicates)
        accepted = tuple(group for group in groups if group.weakest.percent >= percent)
        entries = [entry for group in accepted for entry in _as_one(group, by, today)]
        _add(settings, earlier, entries)
    return accepted


def _find_groups(
    connection: duckdb.DuckDBPyConnection,
    parents: Sequence[ParentRow],
    duplicates: Sequence[Duplicate],
) -> tuple[tuple[Candidate, ...], tuple[Group, ...]]:
    """Open pairs and their groups, beside what was decided before."""
    find_candidates(connection, parents, duplicates)
    pairs = candidates.all_candidates(connection)
    counting = _counting_partners(connection)
    return pairs, group_pairs(pairs, counting=counting, apart=_pairs_apart(duplicates))


def _counting_partners(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Partners whose incidents count under another, by the id of the one that counts."""
    partners: dict[str, set[str]] = {}
    for counting_id, partner in connection.execute(
        "SELECT duplicate_of, partner FROM register.incident WHERE duplicate_of IS NOT NULL"
    ).fetchall():
        partners.setdefault(str(counting_id), set()).add(str(partner))
    return partners


def _pairs_apart(duplicates: Sequence[Duplicate]) -> frozenset[frozenset[str]]:
    """Pairs of incidents decided to be two events, by themselves or by what counts them."""
    duplicate_of = decisions.counted_incidents(duplicates)
    events: dict[str, set[str]] = {}
    for id_ in {id_ for entry in duplicates for id_ in entry.incidents}:
        events.setdefault(duplicate_of.get(id_, id_), set()).add(id_)
    return frozenset(
        frozenset(pair)
        for entry in duplicates
        if entry.decision == "apart"
        for pair in product(*(events[duplicate_of.get(id_, id_)] for id_ in entry.incidents))
    )


def _as_one(group: Group, by: str, today: date) -> list[Duplicate]:
    """Decisions that every other incident of a group is the one that is kept."""
    kept = group.counting_side.incident_id
    others = (side.incident_id for side in group.sides if side.incident_id != kept)
    pairs = (sorted((kept, other)) for other in others)
    return [Duplicate((first, second), "same", kept, by, today) for first, second in pairs]


def undo(settings: Settings, pair: str) -> Decided:
    """Take a decision back.

    Raises:
        OperatorError: If no decided pair has the name.
    """
    with _locked_decisions(settings) as earlier:
        matches = [entry for entry in earlier.duplicates if pair_name(entry.incidents) == pair]
        if not matches:
            raise OperatorError(f"No decided pair is called {pair}; see `duplicates --decided`.")
        with _attached_register(settings) as connection:
            partners = _partners(connection, matches)
        remaining = tuple(entry for entry in earlier.duplicates if entry not in matches)
        _record(settings, replace(earlier, duplicates=remaining))
        return _decided(matches[0], partners)


@contextmanager
def _locked_decisions(settings: Settings, *, anew: Collection[str] = ()) -> Generator[Decisions]:
    """The lock of the store (see ``locked``), with what was decided before.

    A decision that a killed command only wrote down is carried into the register first.
    """
    with locked(settings, anew=anew):
        unfinished = decisions.read(settings).unfinished
        if unfinished is not None and unfinished.work == "join":
            _apply(settings)
        decisions.refuse_unfinished(settings)
        yield decisions.read(settings)


def _add(settings: Settings, earlier: Decisions, entries: Sequence[Duplicate]) -> None:
    """Record further decisions, if there are any, that contradict none."""
    if entries:
        after = replace(earlier, duplicates=(*earlier.duplicates, *entries))
        _refuse_contradiction(after)
        _record(settings, after)


def _record(settings: Settings, after: Decisions) -> None:
    """Write decisions down, then carry them into the register."""
    decisions.write(settings, replace(after, unfinished=Unfinished("join")))
    _apply(settings)


def _apply(settings: Settings) -> None:
    """Carry the decisions that are written down into a new copy of the register."""
    with rewritten(settings, settings.register) as copy, in_memory(settings) as connection:
        attach(connection, copy, "register", write=True)
        with transaction(connection):
            decisions.apply(connection, settings)
        connection.execute("CHECKPOINT register")
        connection.execute("DETACH register")
    decisions.write(settings, replace(decisions.read(settings), unfinished=None))


@contextmanager
def _attached_register(settings: Settings) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection in memory with the register attached.

    Raises:
        OperatorError: If another version made the register.
    """
    with in_memory(settings) as connection:
        attach(connection, settings.register, "register")
        if not has_every_table(connection, "register"):
            raise OperatorError(MADE_BY_ANOTHER)
        yield connection


def _no_pair(earlier: Decisions, pair: str, matches: int) -> str:
    """Why a name stands for no open pair."""
    if matches:
        return f"{matches} pairs are called {pair}, so it cannot be decided by its name."
    for entry in earlier.duplicates:
        if pair_name(entry.incidents) == pair:
            return f"The pair {pair} was decided by {entry.by} on {entry.on}; undo it first."
    return f"No open pair is called {pair}; see `duplicates`."


def _refuse_contradiction(after: Decisions) -> None:
    """Refuse to join what was decided to be two events."""
    duplicate_of = decisions.counted_incidents(after.duplicates)
    for entry in after.duplicates:
        first, second = (duplicate_of.get(id_, id_) for id_ in entry.incidents)
        if entry.decision == "apart" and first == second:
            raise OperatorError(
                f"{entry.by} decided on {entry.on} that the pair {pair_name(entry.incidents)} is "
                "two events, and this would make it one; undo one of them."
            )


def _partners(
    connection: duckdb.DuckDBPyConnection, duplicates: Sequence[Duplicate]
) -> dict[str, str]:
    """Partner of each decided incident that the register holds."""
    rows = connection.execute(
        """SELECT incident_id, partner FROM register.incident
        WHERE incident_id IN (SELECT unnest(?::VARCHAR[]))""",
        [[id_ for entry in duplicates for id_ in entry.incidents]],
    ).fetchall()
    return dict(rows)


def _decided(entry: Duplicate, partners: dict[str, str]) -> Decided:
    """A decision as it is shown, without ids; partners are by incident, if still held."""
    sides = sorted((partners[id_], id_) for id_ in entry.incidents if id_ in partners)
    ids = [id_ for _, id_ in sides]
    kept: Literal["A", "B"] | None = None
    if len(sides) == len(entry.incidents) and entry.kept is not None:
        kept = "A" if ids.index(entry.kept) == 0 else "B"
    return Decided(
        pair_name(entry.incidents),
        entry.decision,
        kept,
        tuple(partner for partner, _ in sides),
        entry.by,
        entry.on,
    )
