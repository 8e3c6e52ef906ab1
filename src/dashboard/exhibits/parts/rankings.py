"""Ranked lists: rows with a bar split by class or a dot with its range, a number, and a link.

The figure is drawn as HTML. It holds ``label`` and ``value_label`` (headers), ``unit``, ``total``,
``largest`` (length of the longest bar), ``parts`` (code, label, colour, pattern), ``judged_label``
(what heads the words of the judge, where rows have any) and ``rows`` of rank, code, label, note,
value, parts (numbers in the order of ``parts``, or None), known (whether anything is known of its
number), said (the parts in words), share (text, '' of a few and of all), change (the word of the
judge), direction (``up``, ``down``, ``none`` or None), score (how far from usual, to sort by),
usual (what is, and what would be noticed), change_note (what a rise is one of), low and high (what
the number stands for), range (the same in words), between (the same where there is little room, ''
where value_text has it), marks (code and words of what is said of a row) and query; ``left_out``
counts the rows that ``top`` cut off. With ``dots`` rows are dots with lines, and ``most`` is where
the longest one ends. Rows that stand for no value, such as what is elsewhere, have no rank and
come last, as do several together.

Where rows have numbers in steps, ``steps_label`` heads them and
``rough`` says that they tell little; a row then has bars (shares of its own largest number) and
bars_said. Where they have one more number, ``aside_label`` heads it; a row then has aside (its
text, or None), aside_value and aside_said. Where what is usual has columns, ``usual_label`` and
``noticed_label`` head them; a row then has usual_number and noticed (texts, '' for nothing). Where
the period is compared with other months, ``before_label`` heads their numbers instead of what would
be noticed; a row has before (text).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.comparisons import Comparisons, with_history
from dashboard.exhibits.exhibit import BEFORE, Column, FilledColumn, Table
from dashboard.exhibits.parts import against_usual, ranges
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option
from dashboard.filters import Filters
from dashboard.model import hxl
from dashboard.model.periods import Span
from dashboard.words import numbers
from dashboard.words.catalogue import begin


@dataclass(frozen=True)
class Row:
    """One ranked row.

    Attributes:
        code: Code of what is ranked, '' where it has none.
        label: Its name.
        value: Its number.
        split: Its number by part of the classes; None where parts are too small to show.
        before: Its number in the compared period, or None without comparison.
        query: Query string of the view that looks into it.
        note: A second line, such as what it lies in.
        marks: What is said of it in a word, by code.
        is_ranked: Whether it is a value of what is ranked, and not what is elsewhere.
        comparison: What the judge of change says of it, or None.
        usual: What is usual of it, in words.
        compared_size: The number that was judged, where that is not its own.
        breakdown: The cut that its number is one of, where that is not the list's.
        grew: What the rise is one of, such as a transport.
        steps: Its numbers in the steps of ``SideColumns``, in order of time.
        aside: One more number, or None.
        is_known: Whether anything is known of its number; else its marks say why not.
    """

    code: str
    label: str
    value: int
    split: Mapping[str, int] | None = None
    before: int | None = None
    query: str = ""
    note: str = ""
    is_ranked: bool = True
    marks: Mapping[str, str] = field(default_factory=dict[str, str])
    is_known: bool = True
    comparison: Comparison | None = None
    usual: str = ""
    compared_size: int | None = None
    breakdown: Breakdown | None = None
    grew: str = ""
    steps: tuple[int, ...] = ()
    aside: Aside | None = None


class Aside(NamedTuple):
    """One more number of a row: as text, as a number to sort by, and in full words."""

    text: str
    value: int
    long_text: str


@dataclass(frozen=True)
class SideColumns:
    """What a list says beside its rows' own numbers.

    Attributes:
        steps: Names of the steps of its rows in order of time; none where it draws none.
        steps_label: What heads them.
        is_rough: Whether numbers in steps tell little.
        aside_label: What heads the one more number of its rows; '' where they have none.
        has_usual: Whether what is usual, and what would be noticed, have columns of their own.
    """

    steps: tuple[str, ...] = ()
    steps_label: str = ""
    is_rough: bool = False
    aside_label: str = ""
    has_usual: bool = False


_NO_SIDE_COLUMNS = SideColumns()


def figure(
    question: Question,
    breakdown: Breakdown,
    rows: Sequence[Row],
    *,
    label: str,
    top: str = "all",
    as_dots: bool = False,
    judged_label: str = "",
    compared: Span | None = None,
    beside: SideColumns = _NO_SIDE_COLUMNS,
) -> dict[str, Any]:
    """The list of a cut as data.

    Args:
        question: What the reader looks at.
        breakdown: The ranked cut.
        rows: All rows, the largest first.
        label: What heads their names.
        top: How many ranked rows are listed, as the address has it: a number or "all".
        as_dots: Whether rows are dots with ranges, and not bars with parts.
        judged_label: What heads the words of the judge.
        compared: Another period whose numbers stand beside, or None.
        beside: What the list says beside the numbers.
    """
    lang, fact = question.lang, breakdown.fact
    ranked = [row for row in rows if row.is_ranked]
    first = ranked if top == "all" else ranked[: int(top)]
    listed = [*first, *(row for row in rows if not row.is_ranked)]
    split = not as_dots and any(row.split is not None for row in listed)
    total = sum(row.value for row in rows)
    cells = [
        _row(question, breakdown, rank, row, total) | _beside(question, breakdown, row, beside)
        for rank, row in enumerate(listed, start=1)
    ]
    in_columns = beside.has_usual and any(row.comparison for row in listed)
    return {
        "form": "ranking",
        "dots": as_dots,
        "label": label,
        "value_label": begin(fact.unit_in(lang)),
        "unit": fact.unit_in(lang),
        "total": total,
        "largest": max((row.value for row in ranked or listed), default=0),
        "most": max((cell["high"] for cell in cells), default=0),
        "parts": splits.legend(fact, lang) if split else [],
        "judged_label": judged_label if any(row.comparison for row in listed) else "",
        "steps_label": beside.steps_label if beside.steps else "",
        "rough": beside.is_rough,
        "aside_label": beside.aside_label,
        "usual_label": question.translate("judge.column_usual") if in_columns else "",
        "noticed_label": question.translate("judge.column_from") if in_columns else "",
        "before_label": question.dated(compared) if compared else "",
        "rows": cells,
        "left_out": len(rows) - len(listed),
    }


def _row(
    question: Question, breakdown: Breakdown, rank: int, row: Row, total: int
) -> dict[str, Any]:
    """A row as data: its own number with range, share and parts, its word, its link."""
    cut, lang, split = row.breakdown or breakdown, question.lang, row.split
    low, high = cut.error.interval(row.value) if row.is_known else (0, 0)
    # Of a few the text has the range.
    has_number = row.is_known and not breakdown.is_few(row.value)
    share = (row.value, total, breakdown.base, lang)
    parts = {part: split[part] for part in splits.parts_of(breakdown.fact)} if split else {}
    numbers_ = {part: question.about(size, breakdown.fact) for part, size in parts.items() if size}
    part_texts = (
        question.translate("rankings.part", label=splits.label(part, lang), number=number)
        for part, number in numbers_.items()
    )
    return {
        "rank": rank if row.is_ranked else None,
        "code": row.code,
        "label": row.label,
        "note": row.note,
        "value": row.value,
        "known": row.is_known,
        "value_text": ranges.at_mark(question, cut, row.value) if row.is_known else "",
        "parts": None if split is None else [*parts.values()],
        "said": ", ".join(part_texts),
        "share": numbers.share(*share, beside=True) if has_number and row.value < total else "",
        **_change(question, row),
        "low": low,
        "high": high,
        "range": ranges.in_words(question, cut, row.value) if row.is_known else "",
        "between": question.reach(low, high) if has_number and low < high else "",
        "before": "" if row.before is None else numbers.at_mark(row.before, breakdown.base, lang),
        "marks": [{"code": code, "label": label} for code, label in row.marks.items()],
        "query": row.query,
    }


def _beside(
    question: Question, breakdown: Breakdown, row: Row, beside: SideColumns
) -> dict[str, Any]:
    """The numbers of a row beside its own, where its list has any."""
    cells: dict[str, Any] = {}
    if beside.steps:
        most = max(row.steps, default=0)
        texts = [question.about(size, breakdown.fact) for size in row.steps]
        step_texts = [
            question.translate("rankings.step", step=step, number=text)
            for step, text in zip(beside.steps, texts, strict=True)
        ]
        cells["bars"] = [size / most if most else 0.0 for size in row.steps]
        cells["bars_said"] = "; ".join(step_texts)
    if beside.aside_label:
        keys = ("aside", "aside_value", "aside_said")
        cells |= zip(keys, row.aside or (None, None, ""), strict=True)
    if beside.has_usual:
        comparison = with_history(row.comparison)
        cells["usual_number"] = _usual(question, breakdown, row, comparison) if comparison else ""
        cells["noticed"] = against_usual.limit(question, comparison) if comparison else ""
    return cells


def _usual(question: Question, breakdown: Breakdown, row: Row, comparison: Comparison) -> str:
    """What is usual as a number: "5"; with the number that was judged: "5, now 42"."""
    usual = against_usual.usual_number(question, comparison)
    if row.compared_size is None:
        return usual
    now = numbers.at_mark(row.compared_size, breakdown.base, question.lang)
    return question.translate("rankings.usual_now", usual=usual, now=now)


def _change(question: Question, row: Row) -> dict[str, Any]:
    """The word of a row against usual, its direction and score, what is usual, and what rose."""
    comparison = row.comparison
    if comparison is None:
        return {"change": "", "direction": None, "score": 0.0, "usual": "", "change_note": ""}
    return {
        "change": against_usual.word(question, comparison),
        "direction": against_usual.direction(comparison),
        "score": round(comparison.score, 2),
        "usual": row.usual,
        "change_note": row.grew if comparison.direction > 0 else "",
    }


def table(
    question: Question,
    breakdown: Breakdown,
    rows: Sequence[Row],
    *,
    column: str,
    label: str,
    note_label: str,
    compared: Span | None,
    comparisons: Comparisons | None = None,
    as_dots: bool = False,
) -> Table:
    """The table twin: every row, with its parts and the compared period where they are shown.

    Args:
        question: What the reader looks at.
        breakdown: The ranked cut.
        rows: All rows, the largest first; those that the list has together each by itself.
        column: Column of the fact, or level of places, that is ranked.
        label: Its name in words.
        note_label: Header of the second line of a row.
        compared: Another period whose numbers stand beside, or None.
        comparisons: What is said of the rows against what is usual.
        as_dots: Whether the list has shares, and marks in words.
    """
    fact, lang, base = breakdown.fact, question.lang, breakdown.base
    unit, total = fact.unit_in(lang), sum(row.value for row in rows)
    sizes = [row.value if row.is_known else None for row in rows]
    ranks = [rank if row.is_ranked else None for rank, row in enumerate(rows, start=1)]
    code = Column("code", question.translate("rankings.code"), hxl=hxl.code_of(column))
    columns: list[FilledColumn] = [
        (Column("rank", question.translate("rankings.rank")), ranks),
        (code, [row.code for row in rows]),
        (Column("name", label, hxl=hxl.name_of(column, lang)), [row.label for row in rows]),
        (Column("note", note_label), [row.note for row in rows]),
        (Column(fact.unit, begin(unit), unit), sizes),
    ]
    for part in splits.parts_of(fact) if any(row.split is not None for row in rows) else ():
        of_part = [row.split[part] if row.split else None for row in rows]
        columns.append((Column(part, splits.label(part, lang), unit, base=base), of_part))
    if compared:
        before = Column(BEFORE, question.dated(compared), unit, period=str(compared), base=base)
        columns.append((before, [row.before for row in rows]))
    if comparisons:
        judged = (against_usual.cells(question, comparisons, row.code) for row in rows)
        has_other = any(row.compared_size is not None for row in rows)
        heads = against_usual.columns(question, comparisons, shows_judged=has_other)
        columns += zip(heads, zip(*judged, strict=True), strict=True)
    if as_dots:
        share = Column("share", question.translate("rankings.share"), "%", base=base)
        marks = Column("said", question.translate("rankings.said"))
        shares = [numbers.percent(row.value, total, base) if row.is_known else None for row in rows]
        columns += [(share, shares), (marks, [", ".join(row.marks.values()) for row in rows])]
    return ranges.with_ends(Table.by_column(*columns), fact.unit, breakdown.error, lang)


def query(question: Question, filters: Filters, *, keep: Sequence[Option] = ()) -> str:
    """Query string of a row's link: its filters, and the options to keep where they differ."""
    chosen = {
        option.name: question.options[option.name]
        for option in keep
        if question.options[option.name] != option.values[0]
    }
    return "&".join(filter(None, (filters.to_query(), urlencode(sorted(chosen.items())))))
