"""Breakdowns: one fact by one or two of its columns, as bars and a table.

Used by the pages whose exhibits say how people or incidents divide. A page names the columns,
the colours and the words; everything else is the same for all. Shares are of everything counted,
and what is not known is a part with a bar of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard import queries
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, ranges, usual
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made, number_format, total_in_words
from dashboard.exhibits.parts.ladder import Ladder, Rung, climb
from dashboard.exhibits.parts.offers import leading, not_kept, nothing, offered
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.bars import Clicks, bars
from dashboard.model import hxl
from dashboard.model.codes import MIXED
from dashboard.model.counted_by import By, Gathered, column_of
from dashboard.model.facts import Fact
from dashboard.model.filters import filter_named, filter_of
from dashboard.words import numbers
from dashboard.words.catalogue import begin, in_sentence, say

#: A value that was not recorded and one recorded as unknown read the same.
UNKNOWN = "unknown"
#: What the smaller values count under where only the largest are told apart.
REST = "rest"
#: Parts that a description names.
_DESCRIBED = 5
#: Values that are told apart where there are few events.
_LEADING = 2


@dataclass(frozen=True)
class Part:
    """One value of a column: code, label, number, and its share in percent where it may be said."""

    code: str
    label: str
    size: int
    share: int | None


@dataclass(frozen=True)
class Breakdown:
    """A fact by one column, or by groups of its codes: the view's total, and the parts."""

    by: By
    total: int
    parts: tuple[Part, ...]

    @property
    def known(self) -> tuple[Part, ...]:
        """Parts that are an answer and hold something, the largest first; all others last."""
        known = [part for part in self.parts if part.code != UNKNOWN and part.size]
        return tuple(sorted(known, key=lambda part: (part.code == REST, -part.size)))

    @property
    def sizes(self) -> tuple[int, ...]:
        """Sizes of the parts that are an answer."""
        return tuple(part.size for part in self.known)


def break_down(question: Question, fact: Fact, by: By, *, in_order: bool = False) -> Breakdown:
    """Count a fact by one coded column.

    Args:
        question: What the reader looks at.
        fact: What to count.
        by: A coded dimension, or groups of its codes; a set counts once under each.
        in_order: Keep the order of the code list instead of the largest first.
    """
    release, base, column = question.release, question.base(fact), column_of(by)
    rows = queries.counts(release, fact, question.filters, question.period, (by,))
    sizes = unknown_last((code, size) for code, size in rows)
    if fact[column].kind.many:
        asked = (release, fact, question.filters, question.period)
        total = queries.total(*asked)
        if unknown := total - queries.answered(*asked, column):
            sizes[UNKNOWN] = unknown
    else:
        total = sum(sizes.values())
    order = sizes if not in_order else codes_in_order(fact, by, sizes)
    parts = tuple(
        Part(
            code,
            label_of(question, fact, column, code),
            sizes.get(code, 0),
            numbers.percent(sizes.get(code, 0), total, base),
        )
        for code in order
    )
    return Breakdown(by, total, parts)


def unknown_last(rows: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    """Sizes by code in the order of the rows; all others and "unknown" come last."""
    sizes: dict[str, int] = {}
    for code, size in rows:
        sizes[code or UNKNOWN] = sizes.get(code or UNKNOWN, 0) + size
    for last in (REST, UNKNOWN):
        if last in sizes:
            sizes[last] = sizes.pop(last)
    return sizes


def codes_in_order(fact: Fact, by: By, sizes: Mapping[str, int]) -> list[str]:
    """Codes of a column's list, or its groups, in order: all but "unknown", unless it is there."""
    listed = fact[column_of(by)].codes
    values = listed.values if listed else ()
    if isinstance(by, Gathered):
        values = tuple(dict.fromkeys(by.groups.get(code, by.rest or code) for code in values))
    known = [code for code in values if code != UNKNOWN]
    return [*known, *([UNKNOWN] if UNKNOWN in sizes else [])]


def label_of(question: Question, fact: Fact, column: str, code: str) -> str:
    """Label of a code of a column, or of a group of codes."""
    if code in GROUPS:
        return question.say(f"ladder.group.{code}")
    listed = fact[column].codes
    if listed is None or code not in listed:
        return question.release.label("", None, question.lang)
    return question.release.label(listed.id, code, question.lang)


#: Groups of codes that are no code themselves.
GROUPS = (REST, "security_forces", "to_18", "25_and_over", "trafficking")


def by_leading(name: str, column: str) -> Ladder:
    """Rungs of a column without groups: its codes, and its largest ones beside all others."""
    return Ladder(name, (Rung("codes", (column,)), Rung("leading", (column,))))


def count_rung(
    question: Question, fact: Fact, rung: Rung, *, in_order: bool = False
) -> tuple[Breakdown, Drawn]:
    """A breakdown on one rung, and what it would draw."""
    (by,) = rung.by
    counted = break_down(question, fact, by, in_order=in_order)
    if rung.id == "leading":
        largest = {part.code: part.code for part in counted.known[:_LEADING]}
        by = Gathered(column_of(by), largest | {UNKNOWN: UNKNOWN}, rest=REST)
        counted = break_down(question, fact, by)
    return counted, display_rule.drawn(question, fact, (by,), counted.sizes)


def bars_by_code(
    question: Question,
    exhibit_id: str,
    facts: Sequence[Fact],
    ladder: Ladder,
    *,
    phrases: str = "",
    colour: str | Mapping[str, str] = theme.BLUE,
    top: int | None = None,
    in_order: bool = False,
) -> Exhibit:
    """Bars of one column, with the phrases of ``exhibit_id``, or others, in the catalogue.

    The catalogue holds ``leads`` (label, share), ``leads_unshared`` (label) and ``close`` (first,
    second) for the title, each once for every fact that may be counted.

    Args:
        question: What the reader looks at.
        exhibit_id: The exhibit.
        facts: What may be counted: the first that is kept by all filters is.
        ladder: Rungs of one column each.
        phrases: Where the phrases stand, if not under the exhibit.
        colour: Colour of all bars, or by code.
        top: How many of the known parts are drawn; the table has all.
        in_order: Keep the order of the code list instead of the largest first.
    """
    lang = question.lang
    fact = leading(question, *facts)
    if fact is None:
        return offered(exhibit_id, frame(question, facts[0]), not_kept(question, facts[0]))
    step = climb(question, ladder, lambda rung: count_rung(question, fact, rung, in_order=in_order))
    counted = step.counted
    if not counted.total:
        return offered(exhibit_id, frame(question, fact), nothing(question, fact))
    before = usual.sizes(question, fact, counted.by)
    said = number_format(question, fact, error=step.drawn.error, rough=step.is_rough)
    is_set = fact[column_of(counted.by)].kind.many
    around = frame(
        question,
        fact,
        drawn=(step.drawn,),
        what=usual.what(question, fact),
        notes=(say("breakdown.many", lang, unit=fact.unit_in(lang)),) if is_set else (),
        detail=step.detail(question),
    )
    kept = counted.known[:top] if top else counted.known
    shown = [part for part in counted.parts if part in kept or part.code == UNKNOWN]
    return made(
        exhibit_id,
        around,
        title=title_of(question, phrases or exhibit_id, step.drawn, counted),
        figure=bars(
            [part.label for part in shown],
            [part.size for part in shown],
            colour=colour
            if isinstance(colour, str)
            else [colour.get(part.code, theme.BLUE) for part in shown],
            number_format=said,
            texts=[_text(question, part, said.mark(part.size)) for part in shown],
            patterns=["/" if part.code == UNKNOWN else "" for part in shown],
            clicks=clicks(question, fact, counted.by, [part.code for part in shown]),
            usual=[before.get(part.code) for part in shown] if before else None,
        ),
        table=table_of(question, fact, counted, step.drawn, before),
        description=description_of(question, fact, counted),
    )


def clicks(question: Question, fact: Fact, by: By, codes: Sequence[str]) -> Clicks | None:
    """What a click on bars of a column chooses; None where no filter has its codes.

    What is not known, or stands for several codes, cannot be chosen; nor can mixed classes, since
    the filter takes classes of one group that are mixed for mixed as well.
    """
    name = filter_of(fact[column_of(by)])
    if name is None:
        return None
    taken = set(filter_named(name).codes) - {UNKNOWN}
    if column_of(by) == "class_group":
        taken.discard(MIXED.code)
    chosen = [code if code in taken else "" for code in codes]
    labels = [label_of(question, fact, column_of(by), code) for code in codes]
    said = [question.say("breakdown.click", label=in_sentence(label)) for label in labels]
    return Clicks(name, chosen, labels, said)


def title_of(question: Question, exhibit_id: str, drawn: Drawn, counted: Breakdown) -> str:
    """The finding: which part leads and with what share, that two are close, or nothing known."""
    lang, named = question.lang, [part for part in counted.known if part.code != REST]
    if not named:
        return say("breakdown.none_known", lang, unit=drawn.fact.unit_in(lang))
    leader, *others = named
    if others and not drawn.leads([part.size for part in named]):
        second = in_sentence(others[0].label)
        return say(f"{exhibit_id}.close", lang, first=leader.label, second=second)
    if leader.share is None:
        return say(f"{exhibit_id}.leads_unshared", lang, label=leader.label)
    share = say("numbers.percent", lang, number=leader.share)
    unit = drawn.fact.unit_in(lang)
    return say(f"{exhibit_id}.leads", lang, label=leader.label, share=share, unit=unit)


def description_of(question: Question, fact: Fact, counted: Breakdown) -> str:
    """Total, largest parts and what is not known in words."""
    lang, base = question.lang, question.base(fact)
    unknown = [part for part in counted.parts if part.code == UNKNOWN and part.size]
    parts = "; ".join(
        say(
            "breakdown.part",
            lang,
            label=part.label,
            number=numbers.about(part.size, base, lang),
        )
        for part in (*counted.known[:_DESCRIBED], *unknown)
    )
    total = begin(total_in_words(question, fact, counted.total))
    return say("breakdown.description", lang, total=total, unit=fact.unit_in(lang), parts=parts)


def table_of(
    question: Question,
    fact: Fact,
    counted: Breakdown,
    drawn: Drawn,
    before: Mapping[str, int] | None = None,
) -> Table:
    """Code, label, number with its range, share, and the usual number of every part."""
    lang = question.lang
    column = column_of(counted.by)
    unit = fact.unit_in(lang)
    ends = ranges.columns(question, fact, drawn)
    columns = [
        Column("code", say("breakdown.code", lang), hxl=hxl.code_of(column)),
        Column("label", fact[column].label_in(lang), hxl=hxl.name_of(column, lang)),
        Column(fact.unit, fact.label_in(lang), unit),
        *ends,
        Column("share", say("breakdown.share", lang), "%"),
    ]
    if before:
        columns.append(Column("usual", say("breakdown.usual", lang), unit))
    rows: list[tuple[Cell, ...]] = [
        (
            part.code,
            part.label,
            part.size,
            *(drawn.error.interval(part.size) if ends else ()),
            part.share,
            *((before.get(part.code, 0),) if before else ()),
        )
        for part in counted.parts
    ]
    return Table(tuple(columns), tuple(rows))


def _text(question: Question, part: Part, number: str) -> str:
    lang = question.lang
    if part.share is None:
        return number
    return f"{number} · {say('numbers.percent', lang, number=part.share)}"


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

    @property
    def known(self) -> tuple[int, ...]:
        """Sizes of the cells that are an answer by row and column."""
        return tuple(size for codes, size in self.sizes.items() if UNKNOWN not in codes)


def cross(question: Question, fact: Fact, row: By, column: By, *, in_order: bool = False) -> Cross:
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
    rows = codes_in_order(fact, row, by_row) if in_order else list(unknown_last(ranked.items()))
    columns = [code for code in codes_in_order(fact, column, by_column) if code in by_column]
    return Cross(tuple(rows), tuple(columns), sizes)


def row_sums(question: Question, fact: Fact, row: By, cells: Cross) -> Breakdown:
    """The rows of a cross as a breakdown."""
    base = question.base(fact)
    parts = tuple(
        Part(
            code,
            label_of(question, fact, column_of(row), code),
            cells.row_total(code),
            numbers.percent(cells.row_total(code), cells.total, base),
        )
        for code in cells.rows
    )
    return Breakdown(row, cells.total, parts)


def cross_table(
    question: Question,
    fact: Fact,
    row: By,
    column: By,
    cells: Cross,
    drawn: Drawn,
    sums: Drawn | None = None,
) -> Table:
    """Rows by columns with sums at the right, and in files the range of each number.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        row: What its rows are.
        column: What its columns are.
        cells: The numbers.
        drawn: The cut of the cells.
        sums: The cut of the rows, where some page shows it by itself.
    """
    lang, by_row, by_column = question.lang, column_of(row), column_of(column)
    table = Table(
        (
            Column("code", say("breakdown.code", lang), hxl=hxl.code_of(by_row)),
            Column("label", fact[by_row].label_in(lang), hxl=hxl.name_of(by_row, lang)),
            *(
                Column(code, label_of(question, fact, by_column, code), fact.unit_in(lang))
                for code in cells.columns
            ),
            Column("total", say("breakdown.total", lang), fact.unit_in(lang)),
        ),
        tuple(
            (
                code,
                label_of(question, fact, by_row, code),
                *(cells.size(code, other) for other in cells.columns),
                cells.row_total(code),
            )
            for code in cells.rows
        ),
    )
    table = ranges.beside(table, cells.columns, drawn.error, lang)
    return ranges.beside(table, ("total",), sums.error, lang) if sums else table
