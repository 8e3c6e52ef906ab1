"""Breakdowns: one fact by one or two of its columns, as bars and a table.

Used by the pages whose exhibits say how people or incidents divide. A page names the columns,
the colours and the words; everything else is the same for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard import queries
from dashboard.exhibits.exhibit import Column, Exhibit, Offer, Table
from dashboard.exhibits.parts import display_rule, folds
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format, total_in_words
from dashboard.exhibits.parts.offers import none_known, offered, too_small
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.bars import bars
from dashboard.model import hxl
from dashboard.model.facts import Fact
from dashboard.words import numbers
from dashboard.words.catalogue import begin, in_sentence, say

#: A value that was not recorded and one recorded as unknown read the same.
UNKNOWN = "unknown"
#: Parts that a description names.
_DESCRIBED = 5


@dataclass(frozen=True)
class Part:
    """One value of a column: code, label, number, and its share in percent where it may be said."""

    code: str
    label: str
    size: int
    share: int | None


@dataclass(frozen=True)
class Breakdown:
    """A fact by one column: the view's total, events with an answer, and the parts."""

    total: int
    answered: int
    parts: tuple[Part, ...]

    @property
    def known(self) -> tuple[Part, ...]:
        """Parts that are an answer, the largest first."""
        known = (part for part in self.parts if part.code != UNKNOWN)
        return tuple(sorted(known, key=lambda part: -part.size))


def break_down(question: Question, fact: Fact, column: str, *, in_order: bool = False) -> Breakdown:
    """Count a fact by one coded column.

    Args:
        question: What the reader looks at.
        fact: What to count.
        column: A coded dimension; a set counts once under each of its codes.
        in_order: Keep the order of the code list instead of the largest first.
    """
    release, base = question.release, question.base(fact)
    rows = queries.counts(release, fact, question.filters, question.period, (column,))
    sizes = folded((code, size) for code, size in rows)
    total, answered = _sums(question, fact, column, sizes)
    order = sizes if not in_order else codes_in_order(fact, column, sizes)
    parts = tuple(
        Part(
            code,
            label_of(question, fact, column, code),
            sizes.get(code, 0),
            numbers.percent(sizes.get(code, 0), answered, base) if code != UNKNOWN else None,
        )
        for code in order
    )
    return Breakdown(total, answered, parts)


def _sums(question: Question, fact: Fact, column: str, sizes: Mapping[str, int]) -> tuple[int, int]:
    """The view's total, and events with an answer; one of several codes counts once."""
    if fact[column].kind.many:
        asked = (question.release, fact, question.filters, question.period)
        return queries.total(*asked), queries.answered(*asked, column)
    total = sum(sizes.values())
    return total, total - sizes.get(UNKNOWN, 0)


def folded(rows: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    """Sizes by code in the order of the rows, what was not recorded under "unknown", last."""
    sizes: dict[str, int] = {}
    for code, size in rows:
        sizes[code or UNKNOWN] = sizes.get(code or UNKNOWN, 0) + size
    if UNKNOWN in sizes:
        sizes[UNKNOWN] = sizes.pop(UNKNOWN)
    return sizes


def codes_in_order(fact: Fact, column: str, sizes: Mapping[str, int]) -> list[str]:
    """Codes of a column's list in its order: all but "unknown", which needs to be found."""
    listed = fact[column].codes
    values = listed.values if listed else ()
    known = [code for code in values if code != UNKNOWN]
    return [*known, *([UNKNOWN] if UNKNOWN in sizes else [])]


def label_of(question: Question, fact: Fact, column: str, code: str) -> str:
    """Label of a code of a column."""
    if code == UNKNOWN and _codes_under(question, fact, column, code):
        return question.say("shared.unknown_or_folded")
    listed = fact[column].codes
    if listed is None or code not in listed:
        return question.release.label("", None, question.lang)
    return question.release.label(listed.id, code, question.lang)


def label_in_table(question: Question, fact: Fact, column: str, code: str) -> str:
    """Label of a code with the codes beside it that stand under it in the period."""
    label = label_of(question, fact, column, code)
    under = _codes_under(question, fact, column, code)
    if not under:
        return label
    lang = question.lang
    named = (folds.code_label(question.release, fact, column, each, lang) for each in under)
    return say("breakdown.together", lang, label=label, codes=", ".join(map(in_sentence, named)))


def _codes_under(question: Question, fact: Fact, column: str, code: str) -> tuple[str, ...]:
    return folds.codes_under(question.release, fact, column, code, question.period)


def bars_by_code(
    question: Question,
    exhibit_id: str,
    fact: Fact,
    column: str,
    *,
    phrases: str = "",
    colour: str | Mapping[str, str] = theme.BLUE,
    top: int | None = None,
    in_order: bool = False,
) -> Exhibit:
    """Bars of one column, with the phrases of ``exhibit_id``, or others, in the catalogue.

    The catalogue holds ``leads`` (label, share), ``leads_unshared`` (label) and ``close`` (first,
    second) for the title.
    """
    lang = question.lang
    base = question.base(fact)
    counted = break_down(question, fact, column, in_order=in_order)
    drawn = display_rule.drawn(question, fact, (column,), counted.answered)
    many = say(
        "breakdown.many",
        lang,
        number=numbers.about(counted.answered, base, lang),
        unit=fact.unit_in(lang),
    )
    around = frame(question, fact, drawn=(drawn,), notes=(many,) if fact[column].kind.many else ())
    offer = offer_of(question, drawn, counted.total)
    if offer:
        return offered(exhibit_id, around, offer, table_of(question, fact, column, counted))
    shown = counted.parts if top is None else counted.known[:top]
    return made(
        exhibit_id,
        around,
        title=title_of(question, phrases or exhibit_id, drawn, counted),
        figure=bars(
            [part.label for part in shown],
            [part.size for part in shown],
            colour=colour
            if isinstance(colour, str)
            else [colour.get(part.code, theme.BLUE) for part in shown],
            number_format=number_format(question, fact),
            texts=[_text(part, base, lang) for part in shown],
            patterns=["/" if part.code == UNKNOWN else "" for part in shown],
            codes=[part.code for part in shown],
        ),
        table=table_of(question, fact, column, counted),
        description=description_of(question, fact, counted),
    )


def offer_of(question: Question, drawn: Drawn, total: int) -> Offer | None:
    """Why a breakdown is not drawn: nothing matches, nothing is recorded, or too few are."""
    if total and not drawn.total:
        return none_known(question, drawn.fact, total)
    return too_small(question, drawn)


def title_of(question: Question, exhibit_id: str, drawn: Drawn, counted: Breakdown) -> str:
    """The finding: which part leads and with what share, or that two are close."""
    lang = question.lang
    leader, *others = counted.known
    if others and not drawn.leads([part.size for part in counted.known]):
        second = in_sentence(others[0].label)
        return say(f"{exhibit_id}.close", lang, first=leader.label, second=second)
    if leader.share is None:
        return say(f"{exhibit_id}.leads_unshared", lang, label=leader.label)
    share = say("numbers.percent", lang, number=leader.share)
    return say(f"{exhibit_id}.leads", lang, label=leader.label, share=share)


def description_of(question: Question, fact: Fact, counted: Breakdown) -> str:
    """Total and largest parts in words."""
    lang, base = question.lang, question.base(fact)
    parts = "; ".join(
        say(
            "breakdown.part",
            lang,
            label=part.label,
            number=numbers.about(part.size, base, lang),
        )
        for part in counted.known[:_DESCRIBED]
    )
    total = begin(total_in_words(question, fact, counted.total))
    return say("breakdown.description", lang, total=total, unit=fact.unit_in(lang), parts=parts)


def table_of(question: Question, fact: Fact, column: str, counted: Breakdown) -> Table:
    """Code, label, number and share of every part."""
    lang = question.lang
    field = fact[column]
    return Table(
        (
            Column("code", say("breakdown.code", lang), hxl=hxl.code_of(column)),
            Column("label", field.label_in(lang), hxl=hxl.name_of(column, lang)),
            Column(fact.unit, fact.label_in(lang), fact.unit_in(lang)),
            Column("share", say("breakdown.share", lang), "%"),
        ),
        tuple(
            (part.code, label_in_table(question, fact, column, part.code), part.size, part.share)
            for part in counted.parts
        ),
    )


def _text(part: Part, base: int, lang: str) -> str:
    number = numbers.at_mark(part.size, base, lang)
    return (
        number
        if part.share is None
        else f"{number} · {say('numbers.percent', lang, number=part.share)}"
    )


@dataclass(frozen=True)
class Cross:
    """A fact by two columns: codes of rows and columns in order, and sizes by both."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    sizes: Mapping[tuple[str, str], int]

    def size(self, row: str, column: str) -> int:
        """Size of one cell."""
        return self.sizes.get((row, column), 0)

    def row_total(self, row: str) -> int:
        """Sum of a row."""
        return sum(self.size(row, column) for column in self.columns)

    def column_total(self, column: str) -> int:
        """Sum of a column."""
        return sum(self.size(row, column) for row in self.rows)

    @property
    def total(self) -> int:
        """Sum of all cells."""
        return sum(self.sizes.values())


def cross(
    question: Question, fact: Fact, row: str, column: str, *, in_order: bool = False
) -> Cross:
    """Count a fact by two single-valued coded columns; the columns keep their list's order."""
    sizes: dict[tuple[str, str], int] = {}
    by_row: dict[str, int] = {}
    by_column: dict[str, int] = {}
    for first, second, size in queries.counts(
        question.release, fact, question.filters, question.period, (row, column)
    ):
        key = (first or UNKNOWN, second or UNKNOWN)
        sizes[key] = sizes.get(key, 0) + size
        by_row[key[0]] = by_row.get(key[0], 0) + size
        by_column[key[1]] = by_column.get(key[1], 0) + size
    ranked = dict(sorted(by_row.items(), key=lambda entry: -entry[1]))
    rows = codes_in_order(fact, row, by_row) if in_order else list(folded(ranked.items()))
    columns = [code for code in codes_in_order(fact, column, by_column) if code in by_column]
    return Cross(tuple(rows), tuple(columns), sizes)


def cross_table(question: Question, fact: Fact, row: str, column: str, cells: Cross) -> Table:
    """Rows by columns with sums at the right."""
    lang = question.lang
    return Table(
        (
            Column("code", say("breakdown.code", lang), hxl=hxl.code_of(row)),
            Column("label", fact[row].label_in(lang), hxl=hxl.name_of(row, lang)),
            *(
                Column(code, label_of(question, fact, column, code), fact.unit_in(lang))
                for code in cells.columns
            ),
            Column("total", say("breakdown.total", lang), fact.unit_in(lang)),
        ),
        tuple(
            (
                code,
                label_in_table(question, fact, row, code),
                *(cells.size(code, other) for other in cells.columns),
                cells.row_total(code),
            )
            for code in cells.rows
        ),
    )
