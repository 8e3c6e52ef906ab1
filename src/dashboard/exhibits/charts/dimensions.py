"""Dimensions: how the codes that a fact is counted by are named, ordered, grouped and chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dashboard.exhibits.parts.ladder import Ladder, Rung
from dashboard.exhibits.question import Question
from dashboard.figures.plot import Clicks
from dashboard.model.codes import MIXED
from dashboard.model.counted_by import By, Gathered, column_of
from dashboard.model.facts import Fact
from dashboard.model.filters import filter_named, filter_of
from dashboard.words.catalogue import in_sentence

#: A value that was not recorded and one recorded as unknown read the same.
UNKNOWN = "unknown"
#: What the smaller values count under where only the largest are told apart.
REST = "rest"
#: Values that are told apart where there are few events.
_LEADING = 2
#: Groups of codes that are no code themselves.
GROUPS = (REST, "security_forces", "to_18", "25_and_over", "trafficking")


def by_leading(name: str, column: str) -> Ladder:
    """A column without groups: each of its codes, or its largest ones beside all others."""
    return Ladder(name, (Rung("codes", (column,)), Rung("leading", (column,), largest=_LEADING)))


def label(question: Question, fact: Fact, by: By, code: str) -> str:
    """Label of a code of a column, or of a group of codes."""
    if code in GROUPS:
        return question.say(f"ladder.group.{code}")
    listed = fact[column_of(by)].codes
    if listed is None or code not in listed:
        return question.release.label("", None, question.lang)
    return question.release.label(listed.id, code, question.lang)


def unknown_last(codes: Iterable[str]) -> list[str]:
    """Codes in their order; all others and what is not known come last."""
    return sorted(codes, key=lambda code: (code == UNKNOWN, code == REST))


def in_order(fact: Fact, by: By, present: Mapping[str, int]) -> list[str]:
    """Codes of a column's list, or its groups, in order: all but "unknown", unless it is there."""
    listed = fact[column_of(by)].codes
    values = listed.values if listed else ()
    if isinstance(by, Gathered):
        values = tuple(dict.fromkeys(by.groups.get(code, by.rest or code) for code in values))
    known = [code for code in values if code != UNKNOWN]
    return [*known, *([UNKNOWN] if UNKNOWN in present else [])]


def clicks(question: Question, fact: Fact, by: By, codes: Sequence[str]) -> Clicks | None:
    """What a click on codes of a column chooses; None where no filter has its codes.

    What is not known, or stands for several codes, cannot be chosen; nor can mixed classes, since
    the filter takes classes of one group that are mixed for mixed as well.
    """
    name = filter_of(fact[column_of(by)])
    if name is None:
        return None
    taken = set(filter_named(name).codes) - {UNKNOWN}
    if column_of(by) == "class_group":
        taken.discard(MIXED.code)
    labels = [label(question, fact, by, code) for code in codes]
    said = [question.say("breakdown.click", label=in_sentence(each)) for each in labels]
    return Clicks(name, [code if code in taken else "" for code in codes], labels, said)
