"""Flags: what the group says of areas that had more or fewer incidents than usual.

An explanation is somebody's word beside a result: it changes no number and no verdict. It belongs
to one flag and is shown until the window after that flag is over; then the figure itself says what
followed. What holds for months and stays is a note of the operator, which an edition carries.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from dashboard.access.accounts import Accounts, change_recorded
from dashboard.exhibits.counts.signals import Signal, signals
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Month
from dashboard.release.open_release import Release

Reason = Literal[
    "looked_into", "real_change", "new_reports", "campaign", "event", "policy", "data_fault"
]
REASONS: tuple[Reason, ...] = get_args(Reason)
#: Characters of a text.
LONGEST = 160


@dataclass(frozen=True)
class Key:
    """What tells one flag from another, in every edition that has it.

    Attributes:
        area: Code of its area.
        verdict: "more" or "fewer".
        first: Month that ended its first window.
    """

    area: str
    verdict: str
    first: Month

    def __str__(self) -> str:
        return f"{self.area}.{self.verdict}.{self.first}"


@dataclass(frozen=True)
class Explanation:
    """What the group says of a flag.

    Attributes:
        reason: Why, a code.
        words: More about it, or ''.
        role: Role of who wrote it.
        made_at: When, in seconds since 1970.
    """

    reason: Reason
    words: str
    role: str
    made_at: int


def open_flags(release: Release) -> dict[Key, Signal]:
    """The flags of an edition that may be explained: the window after theirs is not over."""
    if not release.has(INCIDENTS):
        return {}
    last = release.span.end
    recent = [flag for flag in signals(release, INCIDENTS) if last <= flag.window.following().end]
    recent.sort(key=lambda flag: (flag.first, flag.last), reverse=True)
    return {Key(flag.area, flag.verdict, flag.first): flag for flag in recent}


def explain(
    accounts: Accounts, key: Key, reason: Reason, words: str, *, role: str, who: str
) -> None:
    """Store the explanation of a flag, in place of one before."""
    change_recorded(
        accounts,
        "INSERT OR REPLACE INTO explanation "
        "(area, verdict, first, reason, words, role, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [key.area, key.verdict, str(key.first), reason, words, role, accounts.clock()],
        "flag explained", who, flag=str(key), reason=reason,
    )  # fmt: skip


def explanations(accounts: Accounts) -> Mapping[Key, Explanation]:
    """The explanations of all flags, also of those that no edition has any more."""
    return dict(map(_entry, accounts.store.rows("SELECT * FROM explanation")))


def _entry(row: sqlite3.Row) -> tuple[Key, Explanation]:
    key = Key(row["area"], row["verdict"], Month.parse(row["first"]))
    return key, Explanation(row["reason"], row["words"], row["role"], row["made_at"])
