"""Tiles: a few numbers at a glance, each with its change in words and a line of months.

As data a tile holds id, label, value, low and high (at least and at most), text (the value, or why
there is none), unit, before, before_text (of the other period that is seen beside), change (text),
word (what the judge of change says), usual, fewest and most (between which nothing is called),
direction (rose, fell, none or None), arrow (up, down, level or None), periods and series. What they
count stands with the exhibits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.charts import tables
from dashboard.exhibits.exhibit import BEFORE, Cell, Column, Table
from dashboard.exhibits.parts import against_usual, ranges
from dashboard.exhibits.question import Question
from dashboard.model.periods import Month
from dashboard.words.catalogue import begin

Tile = dict[str, Any]
#: Months of the line of a tile.
_MONTHS = 12
_ARROWS = {"more": "up", "new": "up", "fewer": "down", "same": "level"}


def tile(
    question: Question,
    code: str,
    label: str,
    unit: str,
    *,
    text: str,
    value: int | None = None,
    ends: tuple[int, int] | None = None,
    line: Mapping[Month, int] | None = None,
    comparison: Comparison | None = None,
    said: str = "",
    before: tuple[int, str] | None = None,
    first: str = "",
    last: str = "",
) -> Tile:
    """A number with its change in words, as data.

    The change comes before other numbers, or it would be read as theirs.

    Args:
        question: What the reader looks at.
        code: Its id.
        label: Its name.
        unit: What is counted.
        text: The number in words, or why there is none.
        value: The number.
        ends: What it stands for at least and at most.
        line: Sizes by month in order of time, of which the last are drawn.
        comparison: What the judge of change says of it.
        said: A reason for having no usual number that stands elsewhere already.
        before: The number of the other period that is seen beside, and the same in words.
        first: A sentence before what is said of its change.
        last: A sentence after that.
    """
    judgement, beside = _with_comparison(question, comparison, said), ""
    if before:
        size, text_before = before
        period = question.dated(question.compared_span or question.period)
        beside = question.translate("overview.before", number=text_before, period=period)
        judgement |= {"before": size, "before_text": text_before}
    months = [*(line or {}).items()][-_MONTHS:]
    return {
        "id": code,
        "label": label,
        "value": value,
        **dict(zip(("low", "high"), ends or (None, None), strict=True)),
        "text": text,
        "unit": unit,
        "periods": [str(start) for start, _ in months],
        "series": [size for _, size in months],
        **judgement,
        "change": " ".join(filter(None, (first, judgement["change"], beside, last))),
    }


def _with_comparison(question: Question, comparison: Comparison | None, said: str) -> Tile:
    """The parts of a tile that the judge of change fills; '' and None without a comparison."""
    judgement: Tile = {
        **dict.fromkeys(("before_text", "change", "word"), ""),
        **dict.fromkeys(("before", "usual", "fewest", "most", "direction", "arrow")),
    }
    if comparison is None:
        return judgement
    reason = against_usual.why(question, comparison)
    if not comparison.has_usual:
        change = "" if reason == said else reason
        return judgement | {"change": change, "word": comparison.word}
    text = question.translate(
        f"overview.change{'_filling' if against_usual.is_filling(comparison) else ''}",
        word=against_usual.word(question, comparison),
        range=against_usual.usual_range(question, comparison),
        expected=question.number(round(comparison.expected)),
    )
    return judgement | {
        "change": begin(" ".join(filter(None, (text, reason)))),
        "word": comparison.word,
        "usual": round(comparison.usual, 1),
        "fewest": comparison.fewest,
        "most": comparison.most,
        "direction": {1: "rose", -1: "fell", 0: "none"}[comparison.direction],
        "arrow": _ARROWS.get(comparison.word),
    }


def table(question: Question, tiles: Sequence[Tile], *, is_judged: bool = False) -> Table:
    """A row for each tile, with what is usual where tiles are judged, and the other period."""
    before = question.compared_span
    columns = [
        Column("code", question.translate("breakdown.code")),
        Column("label", question.translate("overview.indicators.label")),
        Column("unit", question.translate("overview.changes.column_unit")),
        Column("value", question.period_in_words, number=True),
        *tables.columns(question, "breakdown.", "low", "high", number=True, in_files=True),
    ]
    if is_judged:
        columns += [
            Column("usual", question.translate("judge.column_usual"), number=True),
            *tables.columns(question, "overview.indicators.", "fewest", "most", number=True),
            Column("word", question.translate("judge.column_word")),
        ]
    if before:
        columns.append(Column(BEFORE, question.dated(before), number=True, period=str(before)))
    columns += tables.columns(question, "breakdown.", ranges.IN_WORDS, in_files=True)

    def row(tile: Tile) -> tuple[Cell, ...]:
        word = question.translate(f"judge.{tile['word']}") if tile["word"] else ""
        own = {"code": tile["id"], "unit": tile["unit"] or "%", "word": word}
        cells = {**tile, **own, ranges.IN_WORDS: _in_words(question, tile)}
        return tuple(cells[column.code] for column in columns)

    return Table(tuple(columns), tuple(map(row, tiles)))


def _in_words(question: Question, tile: Tile) -> str:
    """The number of a tile as its page says it; with the other period where that is beside."""
    before = question.compared_span
    if before is None or not tile["before_text"]:
        return tile["text"]
    texts = (question.period_in_words, tile["text"]), (question.dated(before), tile["before_text"])
    return "; ".join(
        question.translate("breakdown.in_words_of", label=label, words=text)
        for label, text in texts
    )
