"""Against usual: the words of the judge of change, as every page, list, map and file has them.

What is judged, and over which months, is in ``counts.comparisons``, the rule in ``analysis.judge``.
"""

from __future__ import annotations

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.counts.comparisons import Comparisons
from dashboard.exhibits.exhibit import Cell, Column
from dashboard.exhibits.question import Question
from dashboard.model.facts import Fact
from dashboard.words.catalogue import begin

#: Share of a number from which more that is still expected is worth telling.
_MATTERS = 0.03
_DIRECTIONS = {1: "up", -1: "down", 0: "none"}


def word(question: Question, comparison: Comparison) -> str:
    """The word of a row: "more than usual", "no clear change"."""
    return question.translate("judge.watched" if comparison.watched else f"judge.{comparison.word}")


def word_with_unit(question: Question, comparison: Comparison, unit: str) -> str:
    """The word of a row with what is counted: "more incidents than usual"."""
    return question.translate(f"judge.said_{comparison.word}", unit=unit)


def why(question: Question, comparison: Comparison) -> str:
    """Why a row is "unsaid" or "unclear", in words; '' where that is chance alone."""
    return question.translate(f"judge.why_{comparison.why}") if comparison.why else ""


def direction(comparison: Comparison) -> str:
    """Direction of an arrow: "up", "down", "none"."""
    return _DIRECTIONS[comparison.direction]


def usual_number(question: Question, comparison: Comparison) -> str:
    """What is usual, as a whole number in words; "under 1" where it rounds to none."""
    number = round(comparison.usual)
    return question.number(number) if number else question.translate("judge.under_one")


def noticed(question: Question, comparison: Comparison) -> str:
    """What is usual and what would be noticed: "usual 4, noticed from 15"; '' where unknown.

    Of what is fewer than usual, up to which number that is.
    """
    if not comparison.has_usual:
        return ""
    usual = usual_number(question, comparison)
    if comparison.direction < 0 or (comparison.word == "unsaid" and comparison.score < 0):
        fewest = question.number(comparison.fewest - 1)
        return question.translate("judge.noticed_fewer", usual=usual, fewest=fewest)
    if comparison.noticed_from is None:
        return question.translate("judge.usual", usual=usual)
    most = question.number(comparison.noticed_from)
    return question.translate("judge.noticed", usual=usual, most=most)


def limit(question: Question, comparison: Comparison) -> str:
    """From which number on a row would be noticed, for a column of that; '' where none would be.

    Of what is fewer than usual, up to which number.
    """
    if comparison.direction < 0:
        return question.translate("judge.and_fewer", fewest=question.number(comparison.fewest - 1))
    limit = comparison.noticed_from
    return "" if limit is None else question.number(limit)


def header(question: Question, comparisons: Comparisons | None, fact: Fact) -> str:
    """Header of the words of a list: the months that are judged, and what, where that differs.

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
    """What is usual of a row, and before it its number where other months or events are judged.

    '' of a row that is not judged.

    Args:
        question: What the reader looks at.
        comparisons: The judged rows.
        code: The row.
        fact: What the list counts.
    """
    comparison = comparisons.rows.get(code) if comparisons else None
    if comparisons is None or comparison is None:
        return ""
    usual = noticed(question, comparison)
    if not usual or (comparisons.window == question.period and comparisons.fact == fact):
        return usual
    number = question.about(round(comparison.now), comparisons.fact)
    return question.translate("judge.of_window", number=number, noticed=usual)


def usual_range(question: Question, comparison: Comparison) -> str:
    """The range of numbers that are as usual: "41 to 55"."""
    low = question.number(comparison.fewest)
    if comparison.most is None:
        return low
    key = "judge.range_so_far" if is_filling(comparison) else "judge.range"
    return question.translate(key, low=low, high=question.number(comparison.most))


def is_filling(comparison: Comparison) -> bool:
    """Whether a number is still expected to rise by so much that it is worth telling."""
    return comparison.expected - comparison.now >= max(_MATTERS * comparison.now, 1.0)


def sentence(question: Question, comparisons: Comparisons, code: str, fact: Fact) -> str:
    """A row in a sentence: its number, its word, what is usual, and what else may explain it."""
    comparison = comparisons.rows.get(code)
    if comparison is None or not comparison.has_usual:
        return why(question, comparison) if comparison else ""
    text = question.translate(
        "judge.sentence_word",
        number=question.about(round(comparison.now), fact),
        window=question.dated(comparisons.window),
        word=word(question, comparison),
        noticed=noticed(question, comparison),
    )
    return " ".join(filter(None, (begin(text), why(question, comparison))))


def note(question: Question, comparisons: Comparisons) -> str:
    """What is usual, and which months the words of a list are about."""
    text = question.translate("judge.note", window=question.dated(comparisons.window))
    is_between = comparisons.window.months > 1 and not comparisons.window.ends_quarter
    return f"{text} {question.translate('judge.note_between')}" if is_between else text


def by_chance(question: Question, number: float) -> str:
    """How many rows chance alone would put on a watch list."""
    n = round(number)
    return question.translate("judge.by_chance" if n else "judge.by_chance_none", n=n)


def columns(
    question: Question, comparisons: Comparisons, *, shows_judged: bool = False
) -> tuple[Column, ...]:
    """Columns of a table that hold each row against usual; ``cells`` fills them.

    Args:
        question: What the reader looks at.
        comparisons: The judged rows.
        shows_judged: Whether pages have the judged numbers, too.
    """
    span, unit = str(comparisons.window), comparisons.fact.unit_in(question.lang)
    labels = (f"judge.column_{key}" for key in ("judged", "usual", "from", "to", "word"))
    judged, usual, from_, to, word = map(question.translate, labels)
    return (
        Column("judged", judged, unit, period=span, in_files=not shows_judged),
        Column("expected", usual, unit, period=span),
        Column("noticed_from", from_, unit, period=span),
        Column("noticed_to", to, unit, period=span, in_files=True),
        Column("verdict", word),
    )


def cells(question: Question, comparisons: Comparisons, code: str) -> tuple[Cell, ...]:
    """The cells of a row under ``columns``."""
    comparison = comparisons.rows.get(code)
    if comparison is None:
        return (None, None, None, None, "")
    usual, limits = round(comparison.usual, 1), (comparison.noticed_from, comparison.noticed_to)
    known = (usual, *limits) if comparison.has_usual else (None,) * 3
    return (round(comparison.now), *known, word(question, comparison))
