"""A preview and its edition: which record was erased, corrected or told between the two?

Partners see a preview before they agree to it. If something changes then, the block that was
drafted is made anew of other records with the same noise, and the two drafts differ by little but
the change. Somebody who saw the preview, holds the editions before and after it and knows all other
records compares what the two tell; if he got hold of the preview's file, the units of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from dashboard.model.facts import PEOPLE
from etl.release.preview.comparison import Differences, compare
from tests.attack.attackers import all_but_one
from tests.attack.attackers.changes import (
    corrected,
    records_of,
    which_came,
    which_was_corrected,
    which_was_erased,
    with_more,
)
from tests.attack.attackers.preview import cells_told, every_cell, evidence_of, told_by
from tests.attack.events import Events, Floats, Ints, added, joined, read_release
from tests.attack.invented.aftermath import population
from tests.attack.invented.population import Arriving, Population
from tests.attack.invented.published import PROTECTED, RECORDS, Made, Publisher, publisher
from tests.attack.measures.bounds import BETWEEN, BY_CODES, CONTROL, EDITIONS, Figures, named

#: People a month of whom half are in the data.
PER_MONTH = 200
#: Records erased, corrected and told between a preview and its edition; their numbers differ, so
#: that a total changes.
_ERASED, _CORRECTED, _TOLD = 12, 12, 9
_NEVER = 10_000
#: How freely three sorts of evidence are weighed against each other.
_STRENGTH = 1.0


def previews(
    seed: int, quarters: Sequence[int] = tuple(range(1, 12)), per_month: int = PER_MONTH
) -> Figures:
    """Changes between the preview and the edition that close some quarters.

    Args:
        seed: Seed of the register.
        quarters: Numbers of the quarters.
        per_month: People a month of whom half are in the data.
    """
    seen = _seen(seed, quarters, per_month, PROTECTED)
    found: Figures = {
        "exact totals of a preview and its edition that tell a change of less than a unit": float(
            np.mean([each.exact for each in seen])
        )
    }
    for change in BETWEEN:
        name, answers = f"{change} after a preview", [each.answers[change] for each in seen]
        found |= {
            f"{name}, told from another by what both tell": _share(a.told for a in answers),
            f"{name}, told from another by the units of both": _share(a.units for a in answers),
            f"placebo, {name}: how far from .5": abs(_share(a.placebo for a in answers) - 0.5),
            f"{name}: gain of holding the preview beside the edition": gain(answers),
        }
    return named(EDITIONS, found)


def previews_control(
    seed: int, quarters: Sequence[int] = (1, 2), per_month: int = PER_MONTH
) -> Figures:
    """The same where nothing is protected and a preview tells the total of every code."""
    seen, found = _seen(seed, quarters, per_month, RECORDS), {}
    for change in BETWEEN:
        name = f"{change} after a preview, told from another"
        answers = [each.answers[change] for each in seen]
        found[f"{name} by the records of both"] = _share(a.units for a in answers)
        if change in BY_CODES:
            found[f"{name} by the total of every code"] = _share(a.told for a in answers)
    return named(CONTROL, found)


def _share(told: Iterable[Floats]) -> float:
    return all_but_one.right(np.concatenate([*told]))


def gain(answers: Sequence[Answers]) -> float:
    """Gain of the preview and its units, weighed in one half of the quarters for the other."""
    halves = [
        np.concatenate([np.column_stack([a.edition, a.told, a.units]) for a in answers[begin::2]])
        for begin in (0, 1)
    ]
    weighed = [
        all_but_one.as_learned(known, asked, _STRENGTH)
        for asked, known in zip(halves, halves[::-1], strict=True)
    ]
    return _share(weighed) - _share(half[:, 0] for half in halves)


@dataclass(frozen=True)
class _Seen:
    """What was seen of one quarter.

    Attributes:
        exact: Whether exact totals tell how many came less how many went.
        answers: What is read of each kind of change.
    """

    exact: bool
    answers: Mapping[str, Answers]


@dataclass(frozen=True)
class Answers:
    """Evidence for the truth against a guess, one row a question.

    Attributes:
        told: By what the preview tells, against the edition.
        units: By the units of the preview's file, against the edition.
        placebo: The same of two guesses of which neither is true.
        edition: By the edition alone.
    """

    told: Floats
    units: Floats
    placebo: Floats
    edition: Floats


def _seen(seed: int, quarters: Sequence[int], per_month: int, base: Literal[1, 5]) -> list[_Seen]:
    """Every quarter of a register that changes between a preview and its edition."""
    years = max(quarters) // 4 + 1
    inside, outside = population(per_month, years, seed).only(PEOPLE.id).halves(seed)
    trial = _trial(inside, outside, quarters, seed)
    seen: list[_Seen] = []
    with publisher(replace(inside, facts={PEOPLE.id: trial.told}), base=base) as store:
        for quarter in range(max(quarters) + 1):
            first, second, last = range(3 * quarter, 3 * quarter + 3)
            store.close(first)
            store.close(second)
            if quarter not in quarters:
                store.close(last)
                continue
            before, drafted = store.release(), store.preview(last)
            change = trial.change(store, last)
            store.close(last)
            files = _Files(before, drafted, store.release())
            answers = change.answers(store, files, every_code=base == RECORDS)
            seen.append(_Seen(_reads_the_change(files, _TOLD - _ERASED), answers))
            trial = replace(trial, people=change.now)
    return seen


@dataclass(frozen=True)
class _Files:
    """The edition before, the file of the preview, and the edition that followed."""

    before: Path
    drafted: Path
    after: Path

    def told(self) -> tuple[Differences, Differences]:
        """What the preview tells, and what it would tell of the edition."""
        return compare(self.drafted, self.before), compare(self.after, self.before)


def _reads_the_change(files: _Files, by: int) -> bool:
    """Whether the exact totals of the month that closes differ by what came less what went."""
    drafted, after = (
        {
            total.period: total.now
            for total in differences.totals
            if total.fact == PEOPLE.label and total.exact and total.before is None
        }
        for differences in files.told()
    )
    return any(after[period] - drafted[period] == by for period in drafted.keys() & after.keys())


@dataclass(frozen=True)
class _Trial:
    """A register in which some of each quarter's last month are told only when asked to.

    Attributes:
        told: All who are told at some time.
        outside: People who are never in the data.
        people: They as they are now.
        random: Source of draws.
    """

    told: Arriving
    outside: Events
    people: Events
    random: np.random.Generator

    def change(self, store: Publisher, last: int) -> _Change:
        """Erase, correct and tell some people of a month that a preview has drafted."""
        people = self.people
        own = np.flatnonzero((people.months == last) & (self.told.arrival == last))
        chosen = self.random.permutation(own)[: _ERASED + _CORRECTED]
        erased, changed = chosen[:_ERASED], chosen[_ERASED:]
        came = np.flatnonzero((people.months == last) & (self.told.arrival == _NEVER))
        now = corrected(people, changed, self.outside, store, self.random)
        store.erase(erased)
        store.arrive(came, last)
        pool = np.setdiff1d(own, chosen)
        return _Change(people, now, self.outside, erased, changed, came, pool, self.random)


def _trial(inside: Population, outside: Population, quarters: Sequence[int], seed: int) -> _Trial:
    random = np.random.default_rng([seed, 17])
    people, others = inside.people, outside.people
    month = others.events.months
    held = np.concatenate(
        [
            random.choice(np.flatnonzero(month == 3 * quarter + 2), _TOLD, replace=False)
            for quarter in quarters
        ]
    )
    told, rest = with_more(people, others, held, np.full(len(held), _NEVER))
    return _Trial(told, rest, told.events, random)


@dataclass(frozen=True)
class _Change:
    """What changed between a preview and its edition, and what is asked about it.

    Attributes:
        before: People as they were at the preview, erased ones too.
        now: People as they are in the edition.
        outside: People who are never in the data.
        erased, corrected, came: Numbers of those who changed.
        pool: Numbers of the others of the month.
        random: Source of draws.
    """

    before: Events
    now: Events
    outside: Events
    erased: Ints
    corrected: Ints
    came: Ints
    pool: Ints
    random: np.random.Generator

    def answers(self, store: Publisher, files: _Files, *, every_code: bool) -> dict[str, Answers]:
        """What is read of each kind of change.

        Args:
            store: The store after the edition.
            files: What was seen.
            every_code: Whether the preview tells the total of every code, not of new ones alone.
        """
        made, now, before = store.blocks(), self.now, self.before
        last = max(block.last for block in made)
        old = _together([block for block in made if block.last < last], now)
        new = _together([block for block in made if block.last == last], now)
        earlier, drafted, edition = (
            read_release(path, now) for path in (files.before, files.drafted, files.after)
        )
        came = joined([now.where(self.came), now.where(self.corrected)])
        went = joined([before.where(self.erased), before.where(self.corrected)])
        between = all_but_one.Added(
            joined([new.units, went]), joined([added(earlier, drafted), came])
        )
        if every_code:
            numbers = every_cell(drafted)
        else:
            numbers = cells_told(files.told()[0], files.drafted, now)
        told = told_by(numbers, edition, came, went)
        found: dict[str, Answers] = {}
        asked = (
            which_was_erased(self.erased, self.pool, before, now, 0, self.random),
            which_was_corrected(self.corrected, self.pool, before, now, 0, self.random),
            which_came(self.came, self.outside, now, 0, self.random),
        )
        for name, (true, placebo) in zip(BETWEEN, asked, strict=True):
            parts = [part for each in (old, new, between) for part in (each.units, each.records)]
            totals = all_but_one.Totals(all_but_one.coding_of([*parts, *records_of(true, placebo)]))
            later = replace(true, block=np.ones_like(true.block))
            found[name] = Answers(
                evidence_of(told, true),
                all_but_one.as_fitted(totals, all_but_one.evidence(totals, [between], true)),
                all_but_one.as_fitted(totals, all_but_one.evidence(totals, [between], placebo)),
                all_but_one.as_fitted(totals, all_but_one.evidence(totals, [old, new], later)),
            )
        return found


def _together(blocks: Sequence[Made], people: Events) -> all_but_one.Added:
    """Several blocks as one."""
    numbers = np.concatenate([block.numbers for block in blocks])
    return all_but_one.Added(joined([block.units for block in blocks]), people.where(numbers))
