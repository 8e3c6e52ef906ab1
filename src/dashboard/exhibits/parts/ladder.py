"""The ladder: how fine an exhibit shows what it counts, from fine to coarse.

An exhibit declares its levels beside itself and is shown on the finest one whose numbers tell
something; a reader may ask for a finer one, which is drawn as rough. Codes become coarser before
places, places before time, the period itself never. Whether numbers tell something is decided in
``breakdowns``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, TypeVar

from dashboard.exhibits.exhibit import AUTO, Detail
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option
from dashboard.model.counted_by import By
from dashboard.words.catalogue import phrases, translate

Counted = TypeVar("Counted")


@dataclass(frozen=True)
class DetailLevel:
    """One step of detail.

    Attributes:
        id: Its name in addresses and files.
        by: What is counted by.
        largest: How many codes stand alone, all others together; all of them where this is 0.
    """

    id: str
    by: tuple[By, ...] = ()
    largest: int = 0


def has_events(breakdown: Breakdown) -> bool:
    """Whether anything was counted on a level."""
    return breakdown.total > 0


@dataclass(frozen=True)
class Ladder:
    """Levels of detail of an exhibit from fine to coarse.

    Attributes:
        name: Its parameter in addresses.
        levels: At least one.
        is_shown: Whether a level with these numbers may be shown unasked, if it is not the last.
    """

    name: str
    levels: tuple[DetailLevel, ...]
    is_shown: Callable[[Breakdown], bool] = lambda _: True

    @classmethod
    def of(cls, name: str, **levels: Sequence[By]) -> Ladder:
        """A ladder from the ids of its levels, fine to coarse, each with what it counts by."""
        return cls(name, tuple(DetailLevel(level, tuple(by)) for level, by in levels.items()))

    @property
    def option(self) -> Option:
        """The choice among its levels, the usual one first."""
        return Option(self.name, (AUTO, *(level.id for level in self.levels)))


def detail_label(ladder: str, key: str, lang: str) -> str:
    """A phrase of a ladder, ``ladder.<name>.<key>``; where it has none that of any column's codes.

    Args:
        ladder: Name of the ladder.
        key: Id of a level, or ``for_`` and an id: what a coarser one is shown instead of.
        lang: Language.
    """
    own_key = f"ladder.{ladder}.{key}"
    return translate(own_key if own_key in phrases(lang) else f"ladder.codes.{key}", lang)


@dataclass(frozen=True)
class ChosenDetail(Generic[Counted]):
    """The level of a ladder that an exhibit is shown on.

    Attributes:
        ladder: The ladder.
        level: The level that is shown.
        counted: What was counted on it.
        breakdown: What is drawn of that, whose numbers tell something or not.
        is_chosen: Whether the reader asked for this level.
    """

    ladder: Ladder
    level: DetailLevel
    counted: Counted
    breakdown: Breakdown
    is_chosen: bool

    @property
    def is_rough(self) -> bool:
        """Whether its numbers tell little and are drawn so."""
        return not self.breakdown.is_informative

    def detail(self, question: Question) -> Detail:
        """The level as the exhibit holds it, for its page and files."""
        return Detail(
            self.ladder.name,
            self.level.id,
            tuple(level.id for level in self.ladder.levels),
            is_chosen=self.is_chosen,
            is_rough=self.is_rough,
            said=self._reason(question),
        )

    def _reason(self, question: Question) -> str:
        """Which level is shown and why, in one clause; '' for the finest one that tells enough."""
        lang, index = question.lang, self.ladder.levels.index(self.level)
        level = detail_label(self.ladder.name, self.level.id, lang)
        unit = self.breakdown.fact.unit_in(lang)
        if self.is_chosen:
            kind = "chosen_rough" if self.is_rough else "chosen"
            return question.translate(f"ladder.{kind}", rung=level, unit=unit)
        if self.is_rough:
            return question.translate("ladder.rough", rung=level, unit=unit)
        if index == 0:
            return ""
        finer = detail_label(self.ladder.name, f"for_{self.ladder.levels[index - 1].id}", lang)
        return question.translate("ladder.coarser", rung=level, unit=unit, finer=finer)


def choose_detail(
    question: Question,
    ladder: Ladder,
    count: Callable[[DetailLevel], Counted],
    *,
    drawn: Callable[[Counted], Breakdown] = attrgetter("breakdown"),
    is_shown: Callable[[Breakdown], bool] | None = None,
) -> ChosenDetail[Counted]:
    """The level that a reader asked for, else the finest one that tells something, else the last.

    A choice of a level that the ladder does not have, such as years of a short period, is ignored.

    Args:
        question: What the reader looks at.
        ladder: The levels.
        count: Counts on one level.
        drawn: What would be drawn of that.
        is_shown: Stands in for that of the ladder, where it depends on the question.
    """
    is_shown = is_shown or ladder.is_shown
    chosen = question.options.get(ladder.name, AUTO)
    requested = [level for level in ladder.levels if level.id == chosen]
    for level in requested or ladder.levels:
        counted = count(level)
        breakdown = drawn(counted)
        is_last = level is ladder.levels[-1]
        if requested or is_last or (breakdown.is_informative and is_shown(breakdown)):
            return ChosenDetail(ladder, level, counted, breakdown, is_chosen=bool(requested))
    raise ValueError(f"ladder {ladder.name} has no levels")
