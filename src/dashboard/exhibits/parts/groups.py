"""Groups of numbers about one thing, such as an area or a corridor: each a few rows, and the rest.

A key has its own row where its number tells something; all others together are one row. As data
a group holds ``id``, ``title``, ``unit``, ``codes`` (what it is about, as the filter of its card
takes it), ``largest`` (the longest bar), ``page`` and ``more`` (what leads to it, '' for nothing)
and ``rows`` (code, label, value, text, range, and ``filters``: codes by filter that look into it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.counts import splits
from dashboard.exhibits.exhibit import Cell, Column, Detail, Table
from dashboard.exhibits.parts import breakdowns, ranges
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.question import Question
from dashboard.model.counted_by import By
from dashboard.model.facts import Fact
from dashboard.words import numbers

#: Rows of a group besides the rest, at most.
_MOST = 4
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
        by: What it is counted by: a key has a code of each.
        page: Path of the page that shows more, or ''.
        filters: Filters that choose the codes of a key, in the order of ``by``.
        label: From question, fact and key to the key in words; None for what has no name.
        whole: Whether keys with a small number have their own row too.
    """

    id: str
    by: tuple[By, ...]
    page: str
    filters: tuple[str, ...]
    label: Callable[[Question, Fact, Key], str | None] = field(repr=False)
    whole: bool = False


@dataclass(frozen=True)
class Rows:
    """A group as it is drawn.

    Attributes:
        question: What the reader looks at, with the one thing chosen.
        group: The group.
        title: What its numbers are.
        fact: What is counted.
        breakdown: Its numbers, with their error.
        named_rows: Keys with a row of their own, their name and their number, the largest first.
        rest: The number of all others.
        own_codes: Codes of what it is about, where that is not what its card is about.
        are_known: Whether no key of the rest has an unknown code.
    """

    question: Question
    group: Group
    title: str
    fact: Fact
    breakdown: Breakdown
    named_rows: Sequence[tuple[Key, str, int]]
    rest: int
    own_codes: tuple[str, ...] = ()
    are_known: bool = False

    @property
    def rows(self) -> list[tuple[Key, str, int]]:
        """All rows: those with a name, and that of the rest where there is any."""
        if not self.rest:
            return [*self.named_rows]
        others = "others" if self.are_known else "rest"
        label = self.question.translate(f"groups.{others if self.named_rows else 'all'}")
        return [*self.named_rows, ((), label, self.rest)]

    def breakdown_of(self, key: Key) -> Breakdown:
        """The breakdown of a row, with its error: that of the rest has its own."""
        if key:
            return self.breakdown
        others = [size for *_, size in self.named_rows]
        return breakdowns.rest_of(self.question, self.breakdown, self.rest, others)


@dataclass(frozen=True)
class Strip:
    """What the card of a corridor draws above its groups: its stops or its seasons, if any.

    Attributes:
        figure: What is drawn, as data of ``routes.stops`` or ``routes.seasons``; None for nothing.
        rows: Its numbers as rows of ``table``.
        breakdowns: Its numbers with their errors.
        described: Its numbers in sentences.
        detail: How fine it is.
    """

    figure: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    rows: Sequence[tuple[Cell, ...]] = ()
    breakdowns: Sequence[Breakdown] = ()
    described: Sequence[str] = ()
    detail: Detail | None = None


def part_label(question: Question, fact: Fact, key: Key) -> str | None:
    """The label of a key of one part of the classes."""
    (part,) = key
    return splits.label(part or splits.OTHER, question.lang)


def who_label(question: Question, fact: Fact, key: Key) -> str | None:
    """The label of a key of sex and child: women, men, girls or boys; None for other codes."""
    sex, child = map(str, key)
    who = splits.WHO.get((sex, child))
    return question.translate(f"sheet.age-sex.only_{who}") if who else None


def code_label(
    column: str, unnamed: Sequence[str | None] = _UNNAMED
) -> Callable[[Question, Fact, Key], str | None]:
    """A function that labels the first code of a key, which is one of a column.

    It gives None for the codes ``unnamed``.
    """

    def label(question: Question, fact: Fact, key: Key) -> str | None:
        code, *_ = key
        return None if code in unnamed else dimensions.label(question, fact, column, str(code))

    return label


def counted(question: Question, group: Group, fact: Fact, title: str) -> Rows:
    """The rows of a group: keys surely above 0, a few at most (``_MOST``), and the rest.

    Args:
        question: What the reader looks at, with the one thing chosen.
        group: The group.
        fact: What is counted.
        title: What its numbers are.
    """
    sizes: Counter[Key] = question.sums(fact, *group.by, key=lambda *key: key)
    breakdown = breakdowns.breakdown_of(question, fact, group.by, list(sizes.values()))
    labelled = [(key, group.label(question, fact, key), size) for key, size in sizes.most_common()]
    named_rows = [
        (key, label, size)
        for key, label, size in labelled
        if label is not None and (group.whole or breakdown.error.interval(size)[0] > 0)
    ][:_MOST]
    rest = sizes.total() - sum(size for *_, size in named_rows)
    rest_codes = {code for code, *_ in sizes.keys() - {key for key, *_ in named_rows}}
    are_known = rest_codes.isdisjoint(_UNNAMED)
    return Rows(question, group, title, fact, breakdown, named_rows, rest, are_known=are_known)


def group_data(entry: Rows, codes: Sequence[str], more: str) -> dict[str, Any]:
    """A group as data.

    Args:
        entry: The group with its rows.
        codes: Codes of what its card is about.
        more: Words of the link to its page; '' for no link.
    """
    lang = entry.question.lang
    return {
        "id": entry.group.id,
        "title": entry.title,
        "unit": entry.fact.unit_in(lang),
        "codes": list(entry.own_codes or codes),
        "page": entry.group.page,
        "more": more,
        "largest": max(size for *_, size in entry.rows),
        "rows": [
            {
                "code": _joined(key),
                "label": label,
                "value": size,
                "text": numbers.at_mark(size, entry.breakdown.base, lang),
                "range": ranges.in_words(entry.question, entry.breakdown_of(key), size),
                "filters": _filters(entry.group, key),
            }
            for key, label, size in entry.rows
        ],
    }


def _joined(key: Key) -> str:
    """A key as one code, without what it does not know."""
    return "_".join(code for code in key if code)


def _filters(group: Group, key: Key) -> Mapping[str, str]:
    """Codes by filter that look into a row; none for what no filter chooses."""
    if group.id == "class" and not {*key} <= {*_CHOSEN_CLASSES}:
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
    rows = (
        (
            *(entry.title, _joined(key), label, size),
            *entry.breakdown_of(key).error.interval(size),
            entry.fact.unit_in(question.lang),
        )
        for entry in groups
        for key, label, size in entry.rows
    )
    return Table(
        (
            Column("part", question.translate("groups.column_part")),
            Column("code", question.translate("breakdown.code")),
            Column("label", question.translate("groups.column_label")),
            Column("value", question.translate("groups.column_value"), number=True),
            Column("low", question.translate("breakdown.low"), number=True),
            Column("high", question.translate("breakdown.high"), number=True),
            Column("unit", question.translate("overview.changes.column_unit")),
        ),
        (*first, *rows),
    )


def described(entry: Rows) -> str:
    """A group in a sentence: its rows with a name, or all of it together."""
    sizes = ((label, size) for _, label, size in entry.named_rows or entry.rows)
    return f"{entry.title}: {entry.question.named(sizes, entry.fact)}."
