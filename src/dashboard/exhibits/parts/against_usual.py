"""Against usual: the words of the judge of change, as every page, list, map and file has them.

What is judged, and over which months, stands in ``counts.comparisons``; the rule in
``analysis.judge``.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.counts.comparisons import Comparisons
from dashboard.exhibits.exhibit import Cell, Column
from dashboard.exhibits.question import Question
from dashboard.model.facts import Fact
from dashboard.words.catalogue import begin

#: Rows of a watch list that are named; the table has all.
_NAMED = 3
#: Share of a number from which it matters that more is expected.
_MATTERS = 0.03
_DIRECTIONS = {1: "up", -1: "down", 0: "none"}


def word(question: Question, one: Comparison) -> str:
    """What a row is called: "more than usual", "no clear change"."""
    return question.translate("judge.watched" if one.watched else f"judge.{one.word}")


def word_with_unit(question: Question, one: Comparison, unit: str) -> str:
    """The same with what is counted: "more incidents than usual"."""
    return question.translate(f"judge.said_{one.word}", unit=unit)


def why(question: Question, one: Comparison) -> str:
    """What stands against a word; '' where nothing but chance does."""
    return question.translate(f"judge.why_{one.why}") if one.why else ""


def direction(one: Comparison) -> str:
    """Where an arrow points: "up", "down", "none"."""
    return _DIRECTIONS[one.direction]


def usual_number(question: Question, one: Comparison) -> str:
    """What is usual, as a whole number."""
    number = round(one.usual)
    return question.number(number) if number else question.translate("judge.under_one")


def noticed(question: Question, one: Comparison) -> str:
    """What is usual and what would be noticed: "usual 4, noticed from 15"; '' where unknown.

    Of what is fewer than usual it is said from where on that is.
    """
    if one.why == "history":
        return ""
    usual = usual_number(question, one)
    if one.direction < 0 or (one.word == "unsaid" and one.score < 0):
        fewest = question.number(one.fewest - 1)
        return question.translate("judge.noticed_fewer", usual=usual, fewest=fewest)
    if one.most is None:
        return question.translate("judge.usual", usual=usual)
    return question.translate("judge.noticed", usual=usual, most=question.number(one.most + 1))


def limit(question: Question, one: Comparison) -> str:
    """From which count on a row would be called, where a column says so; '' where none would be.

    Of what is fewer than usual it is the count up to which that is said.
    """
    if one.direction < 0:
        return question.translate("judge.and_fewer", fewest=question.number(one.fewest - 1))
    return "" if one.most is None else question.number(one.most + 1)


def header(question: Question, comparisons: Comparisons | None, fact: Fact) -> str:
    """What heads the words of a list: the months that are judged, and what is where that differs.

    Args:
        question: What the reader looks at.
        comparisons: The judged rows, or None.
        fact: What the list counts.
    """
    if comparisons is None:
        return ""
    window = question.dated(comparisons.window)
    if comparisons.fact == fact:
        return question.translate("judge.header", window=window)
    what = comparisons.fact.label_in(question.lang)
    return question.translate("judge.header_of", what=what, window=window)


def in_list(question: Question, comparisons: Comparisons | None, code: str, fact: Fact) -> str:
    """What is usual of a row; first its number where other months or events are judged.

    It is '' of a row of which nothing is said.

    Args:
        question: What the reader looks at.
        comparisons: The judged rows.
        code: The row.
        fact: What the list counts.
    """
    one = comparisons.of.get(code) if comparisons else None
    if comparisons is None or one is None:
        return ""
    usual = noticed(question, one)
    if not usual or (comparisons.window == question.period and comparisons.fact == fact):
        return usual
    number = question.about(round(one.now), comparisons.fact)
    return question.translate("judge.of_window", number=number, noticed=usual)


def usual_range(question: Question, one: Comparison) -> str:
    """Between which counts nothing would be called: "41 to 55"."""
    low = question.number(one.fewest)
    if one.most is None:
        return low
    key = "judge.range_so_far" if is_filling(one) else "judge.range"
    return question.translate(key, low=low, high=question.number(one.most))


def is_filling(one: Comparison) -> bool:
    """Whether more is expected than is shown, by as much as matters."""
    return one.expected - one.now >= max(_MATTERS * one.now, 1.0)


def sentence(question: Question, comparisons: Comparisons, code: str, fact: Fact) -> str:
    """What is said of one row: its number, its word, what is usual, and what stands against it."""
    one = comparisons.of.get(code)
    if one is None:
        return ""
    if one.why == "history":
        return why(question, one)
    text = question.translate(
        "judge.sentence_word",
        number=question.about(round(one.now), fact),
        window=question.dated(comparisons.window),
        word=word(question, one),
        noticed=noticed(question, one),
    )
    return " ".join(filter(None, (begin(text), why(question, one))))


def note(question: Question, comparisons: Comparisons) -> str:
    """What is usual, and which months the words of a list are about."""
    text = question.translate("judge.note", window=question.dated(comparisons.window))
    is_between = comparisons.window.months > 1 and not comparisons.window.ends_quarter
    return f"{text} {question.translate('judge.note_between')}" if is_between else text


def watch_note(question: Question, comparisons: Comparisons, names: Sequence[str]) -> str:
    """Rows that may be more, with how many chance alone would put beside them; '' for none."""
    if not names:
        return ""
    chance = by_chance(question, comparisons.watched_by_chance)
    return question.translate("judge.note_watched", names=", ".join(names[:_NAMED]), chance=chance)


def by_chance(question: Question, number: float) -> str:
    """How many rows chance alone would put on a watch list."""
    n = round(number)
    return question.translate("judge.by_chance" if n else "judge.by_chance_none", n=n)


def columns(question: Question, comparisons: Comparisons) -> tuple[Column, ...]:
    """What tables say of each row beside its number."""
    span, unit = str(comparisons.window), comparisons.fact.unit_in(question.lang)
    return (
        Column(
            "judged", question.translate("judge.column_judged"), unit, period=span, in_files=True
        ),
        Column("expected", question.translate("judge.column_usual"), unit, period=span),
        Column("noticed_from", question.translate("judge.column_from"), unit, period=span),
        Column(
            "noticed_to", question.translate("judge.column_to"), unit, period=span, in_files=True
        ),
        Column("verdict", question.translate("judge.column_word")),
    )


def cells(question: Question, comparisons: Comparisons, code: str) -> tuple[Cell, ...]:
    """The cells of a row under these columns."""
    one = comparisons.of.get(code)
    if one is None:
        return (None, None, None, None, "")
    is_known = one.why != "history"
    ends = (round(one.usual, 1), one.noticed_from, one.noticed_to) if is_known else (None,) * 3
    return (round(one.now), *ends, word(question, one))
