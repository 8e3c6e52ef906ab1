"""Groups of numbers about one thing, such as an area or a corridor: each a few rows, and the rest.

A row stands for itself where its number tells something; all others together are one row. As data
a group holds ``id``, ``title``, ``unit``, ``codes`` (what it is about, as the filter of its card
takes it), ``largest`` (the longest bar), ``page`` and ``more`` (what leads to it, '' for nothing)
and ``rows`` (code, label, value, text, range, and ``filters``: codes by filter that look into it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard import queries
from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.counts import splits
from dashboard.exhibits.exhibit import Cell, Column, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.question import Question
from dashboard.model.counted_by import By
from dashboard.model.facts import Fact
from dashboard.words import numbers
from dashboard.words.catalogue import say

#: Rows of a group that stand for themselves at most.
_MOST = 4
#: Women and men, girls and boys: sex and child, by the name of their phrase.
_WHO = {
    ("female", "yes"): "girls",
    ("male", "yes"): "boys",
    ("female", "no"): "women",
    ("male", "no"): "men",
}
#: Codes that say nothing of their own.
_UNNAMED = (None, "", "unknown")
#: Classes that a filter chooses.
_CHOSEN_CLASSES = ("trafficking", "smuggling")

Key = tuple[str | None, ...]


@dataclass(frozen=True)
class Group:
    """Numbers of one kind about one thing.

    Attributes:
        id: Its name in the figure and the catalogue.
        by: What it is counted by.
        page: Path of the page that shows more, or ''.
        filters: Filters that choose the codes of a key, in the order of ``by``.
        label: A key in words, or None for what has no name.
        whole: Whether every key stands for itself, however small.
    """

    id: str
    by: tuple[By, ...]
    page: str
    filters: tuple[str, ...]
    label: Callable[[Question, Fact, Key], str | None] = field(repr=False)
    whole: bool = False


@dataclass(frozen=True)
class Rows:
    """A group as it is drawn: its title, its rows, largest first, and what stands in none of them.

    ``around`` is what it is about where that is not what its card is about. ``are_known`` says
    whether nothing unknown is in the rest.
    """

    group: Group
    title: str
    fact: Fact
    drawn: Drawn
    rows: Sequence[tuple[Key, str, int]]
    rest: int
    around: tuple[str, ...] = ()
    are_known: bool = False


def part_label(question: Question, fact: Fact, key: Key) -> str | None:
    """A part of the classes in words."""
    return splits.label(key[0] or splits.OTHER, question.lang)


def who_label(question: Question, fact: Fact, key: Key) -> str | None:
    """Women, men, girls or boys, of a key of sex and child."""
    name = _WHO.get((str(key[0]), str(key[1])))
    return question.say(f"sheet.age-sex.only_{name}") if name else None


def code_label(column: str) -> Callable[[Question, Fact, Key], str | None]:
    """What says the first code of a key, which is one of a column; nothing of what is unknown."""

    def label(question: Question, fact: Fact, key: Key) -> str | None:
        code = key[0]
        return None if code in _UNNAMED else dimensions.label(question, fact, column, str(code))

    return label


def counted(inside: Question, group: Group, fact: Fact, title: str) -> Rows:
    """The rows of a group: keys whose number tells something, at most a few, and the rest."""
    sizes: Counter[Key] = Counter()
    for *key, size in queries.counts(inside.release, fact, inside.filters, inside.period, group.by):
        sizes[tuple(key)] += size
    drawn = display_rule.drawn(inside, fact, group.by, list(sizes.values()), filters=inside.filters)
    named = [(key, group.label(inside, fact, key), size) for key, size in sizes.most_common()]
    kept = [
        (key, label, size)
        for key, label, size in named
        if label is not None and (group.whole or drawn.error.interval(size)[0] > 0)
    ][:_MOST]
    rest = sizes.total() - sum(size for *_, size in kept)
    shown = {key for key, *_ in kept}
    left = {key[0] for key in sizes if key not in shown}
    return Rows(group, title, fact, drawn, kept, rest, are_known=not left.intersection(_UNNAMED))


def drawn_group(question: Question, entry: Rows, codes: Sequence[str], more: str) -> dict[str, Any]:
    """A group as data, about some codes, with the words that lead to its page."""
    rows = _with_rest(question, entry)
    base, lang = question.base(entry.fact), question.lang
    return {
        "id": entry.group.id,
        "title": entry.title,
        "unit": entry.fact.unit_in(lang),
        "codes": list(entry.around or codes),
        "page": entry.group.page,
        "more": more,
        "largest": max(size for *_, size in rows),
        "rows": [
            {
                "code": _joined(key),
                "label": label,
                "value": size,
                "text": numbers.at_mark(size, base, lang),
                "range": ranges.in_words(question, entry.drawn, size),
                "filters": _filters(entry.group, key),
            }
            for key, label, size in rows
        ],
    }


def _with_rest(question: Question, entry: Rows) -> list[tuple[Key, str, int]]:
    """The rows of a group with the row of the rest, where there is any."""
    rows = list(entry.rows)
    if entry.rest:
        rows.append(((), question.say(f"groups.{_rest_name(entry)}"), entry.rest))
    return rows


def _rest_name(entry: Rows) -> str:
    """What stands in no row of its own, by the name of its phrase."""
    if not entry.rows:
        return "all"
    return "others" if entry.are_known else "rest"


def _joined(key: Key) -> str:
    return "_".join(code for code in key if code)


def _filters(group: Group, key: Key) -> Mapping[str, str]:
    """Codes by filter that look into a row; none for what no filter chooses."""
    if group.id == "class" and key and key[0] not in _CHOSEN_CLASSES:
        return {}
    return {name: str(code) for name, code in zip(group.filters, key, strict=False) if code}


def table(
    question: Question, groups: Sequence[Rows], first: Sequence[tuple[Cell, ...]] = ()
) -> Table:
    """Every number of some groups: what it is about, code, label, number, range, and unit.

    Args:
        question: What the reader looks at.
        groups: The groups.
        first: Rows of the same columns that come before them.
    """
    rows: list[tuple[Cell, ...]] = [*first]
    for entry in groups:
        unit = entry.fact.unit_in(question.lang)
        rows += [
            (entry.title, _joined(key), label, size, *entry.drawn.error.interval(size), unit)
            for key, label, size in _with_rest(question, entry)
        ]
    return Table(
        (
            Column("part", question.say("groups.column_part")),
            Column("code", question.say("breakdown.code")),
            Column("label", question.say("groups.column_label")),
            Column("value", question.say("groups.column_value"), number=True),
            Column("low", question.say("breakdown.low"), number=True),
            Column("high", question.say("breakdown.high"), number=True),
            Column("unit", question.say("overview.changes.column_unit")),
        ),
        tuple(rows),
    )


def described(question: Question, entry: Rows) -> str:
    """A group in a sentence."""
    lang, base = question.lang, question.base(entry.fact)
    told = [
        say("shared.named", lang, name=label, number=numbers.about(size, base, lang))
        for _, label, size in entry.rows
    ]
    if not told:
        number = numbers.about(entry.rest, base, lang)
        told = [say("shared.named", lang, name=question.say("groups.all"), number=number)]
    return f"{entry.title}: {', '.join(told)}."
