"""The ladder: how fine an exhibit shows what it counts, from fine to coarse.

An exhibit declares its rungs beside itself and is shown on the finest one whose numbers tell
something; a reader may ask for a finer one, which is drawn as rough. What gives way first is what
stands in a rung: codes before places, places before time, never the period itself. Whether numbers
tell something stands in ``display_rule``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from dashboard.exhibits.exhibit import AUTO, Detail
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option
from dashboard.model.counted_by import By
from dashboard.words.catalogue import phrases, say

Counted = TypeVar("Counted")


@dataclass(frozen=True)
class Rung:
    """One step of detail.

    Attributes:
        id: Its name in addresses and files.
        by: What is counted by.
        largest: How many codes stand alone, all others together; all of them where this is 0.
    """

    id: str
    by: tuple[By, ...] = ()
    largest: int = 0


def is_held(drawn: Drawn) -> bool:
    """Whether anything was counted on a rung."""
    return drawn.total > 0


@dataclass(frozen=True)
class Ladder:
    """Rungs of an exhibit from fine to coarse.

    Attributes:
        name: Its parameter in addresses.
        rungs: At least one.
        stands: Whether anything stands on a rung at all.
    """

    name: str
    rungs: tuple[Rung, ...]
    stands: Callable[[Drawn], bool] = lambda _: True

    @classmethod
    def of(cls, name: str, **rungs: Sequence[By]) -> Ladder:
        """A ladder by the names of its rungs, each with what it counts by."""
        return cls(name, tuple(Rung(rung, tuple(by)) for rung, by in rungs.items()))

    @property
    def option(self) -> Option:
        """The choice among its rungs, the usual one first."""
        return Option(self.name, (AUTO, *(rung.id for rung in self.rungs)))


def detail_label(ladder: str, key: str, lang: str) -> str:
    """A phrase of a ladder, ``ladder.<name>.<key>``; where it has none that of any column's codes.

    Args:
        ladder: Name of the ladder.
        key: Id of a rung, or ``for_`` and an id: what a coarser one is shown instead of.
        lang: Language.
    """
    own = f"ladder.{ladder}.{key}"
    return say(own if own in phrases(lang) else f"ladder.codes.{key}", lang)


@dataclass(frozen=True)
class Step(Generic[Counted]):
    """Where an exhibit stands on its ladder.

    Attributes:
        ladder: The ladder.
        rung: The rung that is shown.
        counted: What was counted on it.
        drawn: The same for the display rule.
        is_chosen: Whether the reader asked for this rung.
    """

    ladder: Ladder
    rung: Rung
    counted: Counted
    drawn: Drawn
    is_chosen: bool

    @property
    def is_rough(self) -> bool:
        """Whether its numbers tell little and are drawn so."""
        return not self.drawn.holds

    def detail(self, question: Question) -> Detail:
        """What page and files say of it."""
        return Detail(
            self.ladder.name,
            self.rung.id,
            tuple(rung.id for rung in self.ladder.rungs),
            is_chosen=self.is_chosen,
            is_rough=self.is_rough,
            said=self._said(question),
        )

    def _said(self, question: Question) -> str:
        """Which rung is shown and why, in one clause; '' for the finest one that tells enough."""
        lang, at = question.lang, self.ladder.rungs.index(self.rung)
        rung = detail_label(self.ladder.name, self.rung.id, lang)
        unit = self.drawn.fact.unit_in(lang)
        if self.is_chosen:
            kind = "chosen_rough" if self.is_rough else "chosen"
            return question.say(f"ladder.{kind}", rung=rung, unit=unit)
        if self.is_rough:
            return question.say("ladder.rough", rung=rung, unit=unit)
        if at == 0:
            return ""
        finer = detail_label(self.ladder.name, f"for_{self.ladder.rungs[at - 1].id}", lang)
        return question.say("ladder.coarser", rung=rung, unit=unit, finer=finer)


def climb(
    question: Question,
    ladder: Ladder,
    count: Callable[[Rung], tuple[Counted, Drawn]],
    *,
    stands: Callable[[Drawn], bool] | None = None,
) -> Step[Counted]:
    """The rung that a reader asked for, else the finest one that tells something, else the last.

    A rung that the ladder does not have here, such as years of a short range, is not asked for.

    Args:
        question: What the reader looks at.
        ladder: The rungs.
        count: Counts on one rung, and what it would draw.
        stands: The ladder's own, where that follows from what is asked.
    """
    stands = stands or ladder.stands
    asked = question.options.get(ladder.name, AUTO)
    for rung in ladder.rungs:
        if rung.id == asked:
            return Step(ladder, rung, *count(rung), is_chosen=True)
    for rung in ladder.rungs:
        counted, drawn = count(rung)
        if (drawn.holds and stands(drawn)) or rung is ladder.rungs[-1]:
            return Step(ladder, rung, counted, drawn, is_chosen=False)
    raise ValueError(f"ladder {ladder.name} has no rungs")
