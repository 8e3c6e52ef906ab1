"""Usual: rows of what was asked, and cells of two that units are fitted to, held against usual.

Words, months and levels are those of all pages (``counts.comparisons``): a cell has the word that
its row has there under the filter that its column is. Which of the two is judged, and which is the
filter, does not follow from which lies across, so that a swap changes no word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.analysis.judge import LEAST_HISTORY, Comparison
from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.charts.counts import ALL, Cell
from dashboard.exhibits.counts.area_counts import LEVELS
from dashboard.exhibits.counts.comparisons import Comparisons, compare_codes, window_of
from dashboard.exhibits.explore.reader_question import FITTED, ReaderQuestion, precision
from dashboard.exhibits.hotspots import unusual
from dashboard.exhibits.question import Question
from dashboard.model.counted_by import by_dimension, place_of
from dashboard.model.country import REGION
from dashboard.model.facts import Fact
from dashboard.model.filters import filter_of
from dashboard.model.periods import Span

#: Levels of areas that are judged, of those that anything is counted by.
_AREAS = (*LEVELS, REGION)


@dataclass(frozen=True)
class Usual:
    """What was asked, held against usual.

    Attributes:
        window: The months that are judged.
        by_filter: The judged rows under each code of the other dimension; under ALL where there is
            none.
        is_turned: Whether columns were judged, and rows are the filter.
        has_areas: Whether areas were judged, of which checkpoints are left out.
    """

    window: Span
    by_filter: Mapping[str, Comparisons]
    is_turned: bool
    has_areas: bool

    @property
    def cells(self) -> Mapping[Cell, Comparison]:
        """The judgement of each cell that has one."""
        return {
            (code, row) if self.is_turned else (row, code): one
            for code, found in self.by_filter.items()
            for row, one in found.of.items()
        }

    def of(self, row: str, column: str) -> tuple[Comparisons, str] | None:
        """The judged rows that a cell is one of, and which of them it is; None of no such."""
        code, own = (row, column) if self.is_turned else (column, row)
        found = self.by_filter.get(code)
        return (found, own) if found and own in found.of else None


def why_not(question: Question, reader_question: ReaderQuestion) -> str:
    """The phrase that says why a question is not held against usual; '' where it is."""
    if not question.is_compared:
        return "judge.why_not_asked"
    if reader_question.step:
        return "explore.bar.why_usual_time"
    row, *others = _comparable_first(reader_question.fact, reader_question.names)
    if reader_question.fact.grain != "month" or not _is_comparable(reader_question.fact, row):
        return "judge.why_not_kept"
    if others and (
        _filter(reader_question.fact, others[0]) is None
        or precision(question.release, reader_question.fact, reader_question.names) != FITTED
    ):
        return "explore.bar.why_usual_pair"
    window = window_of(question.release, question.period, _level(reader_question.fact, row))
    if window is None or window.start.minus(question.release.span.start) < LEAST_HISTORY:
        return "judge.why_history"
    return ""


def against(question: Question, reader_question: ReaderQuestion) -> Usual | None:
    """What was asked, held against usual; None where it is not kept by all that was chosen."""
    fact = reader_question.fact
    row, *others = _comparable_first(fact, reader_question.names)
    window = window_of(question.release, question.period, _level(fact, row))
    if window is None:
        return None
    found = {
        code: own
        for code, view in _views(replace(question, period=window), fact, others).items()
        if (own := _rows(view, fact, row)) is not None
    }
    is_turned, has_areas = row != reader_question.rows, bool(_level(fact, row))
    return Usual(window, found, is_turned, has_areas) if found else None


def _comparable_first(fact: Fact, names: tuple[str, ...]) -> list[str]:
    """Areas, or what no filter chooses, or the longer list: what is judged comes first."""

    def order(name: str) -> tuple[bool, bool, int]:
        listed = dimensions.codes_of(fact, by_dimension(name))
        return (not _level(fact, name), _filter(fact, name) is not None,
                -len(listed.values if listed else ()))  # fmt: skip

    return sorted(dict.fromkeys(sorted(names)), key=order)


def _level(fact: Fact, name: str) -> str:
    """The level of areas that a dimension is, where pages judge such; else ''.

    They do without checkpoints, so where roles of places are kept.
    """
    place, level = place_of(fact, name) or ("", "")
    is_judged = place == "place" and name != place and "place_role" in fact
    return level if is_judged and level in _AREAS else ""


def _is_comparable(fact: Fact, name: str) -> bool:
    return bool(_level(fact, name)) or (name in fact and place_of(fact, name) is None)


def _filter(fact: Fact, name: str) -> str | None:
    """The filter that chooses among the codes of a dimension; None of places, which hold others."""
    return filter_of(fact[name]) if place_of(fact, name) is None else None


def _views(question: Question, fact: Fact, others: list[str]) -> Mapping[str, Question]:
    """The question under each code of its other dimension; alone where it has none."""
    if not others:
        return {ALL: question}
    by = by_dimension(others[0])
    ever = replace(question, period=Span(question.release.span.start, question.period.end))
    held = {code for code, _ in ever.counts(fact, by) if code}
    clicks = dimensions.clicks(question, fact, by, sorted(held))
    codes = clicks.codes if clicks else ()
    return {
        code: replace(question, filters=question.filters.with_codes(clicks.name, (code,)))
        for code in codes
        if clicks and code and _is_whole(question, fact, others[0], code)
    }


def _rows(question: Question, fact: Fact, row: str) -> Comparisons | None:
    """The judged rows of a view, of what its filters leave."""
    level = _level(fact, row)
    if level:
        found = unusual.against(question, fact, level)
    else:
        found = compare_codes(question, fact, by_dimension(row))
    if found is None:
        return None
    span = Span(question.release.span.start, found.window.end)
    kept = {code for code, _ in replace(question, period=span).counts(fact, by_dimension(row))}
    of = {c: one for c, one in found.of.items() if c in kept and _is_whole(question, fact, row, c)}
    return replace(found, of=of)


def _is_whole(question: Question, fact: Fact, name: str, code: str) -> bool:
    """Whether all events of a code are counted: of a set that is filtered, of chosen codes only."""
    served = _filter(fact, name)
    chosen = question.filters.codes_of(served) if served and fact.is_set(name) else ()
    return not chosen or code in chosen
