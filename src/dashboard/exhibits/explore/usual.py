"""Usual: a question against usual: its rows, or the cells of a pair that units are fitted to.

Verdicts, months and levels are those of all pages (``counts.comparisons``): a cell has the verdict
that its row has there under the filter of its column. Which of the two dimensions is judged, and
which is the filter, does not depend on which is the rows', so that a swap changes no verdict.
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

#: Levels of areas that are judged.
_AREAS = (*LEVELS, REGION)


@dataclass(frozen=True)
class Usual:
    """A reader's question against usual.

    Attributes:
        window: The months that are judged.
        by_filter: The judged codes of one dimension under each code of the other, the filter; under
            ALL where there is one dimension.
        is_turned: Whether columns are judged, and rows are the filter.
        has_areas: Whether areas are judged, which leave checkpoints out.
    """

    window: Span
    by_filter: Mapping[str, Comparisons]
    is_turned: bool
    has_areas: bool

    @property
    def cells(self) -> Mapping[Cell, Comparison]:
        """The judgement of each cell that has one."""
        return {
            (filter_code, code) if self.is_turned else (code, filter_code): comparison
            for filter_code, comparisons in self.by_filter.items()
            for code, comparison in comparisons.rows.items()
        }

    def find(self, row: str, column: str) -> tuple[Comparisons, str] | None:
        """The comparisons that a cell is one of, and its code in them; None if it is not judged."""
        filter_code, code = (row, column) if self.is_turned else (column, row)
        comparisons = self.by_filter.get(filter_code)
        return (comparisons, code) if comparisons and code in comparisons.rows else None


def why_not(question: Question, reader_question: ReaderQuestion) -> str:
    """The phrase that says why a question cannot be compared with usual; '' where it can."""
    if not question.is_compared:
        return "judge.why_not_asked"
    if reader_question.step:
        return "explore.bar.why_usual_time"
    fact, names = reader_question.fact, reader_question.names
    row, *others = _judged_first(fact, names)
    if fact.grain != "month" or not _is_comparable(fact, row):
        return "judge.why_not_kept"
    has_filters = all(_filter_name(fact, other) is not None for other in others)
    if others and not (has_filters and precision(question.release, fact, names) == FITTED):
        return "explore.bar.why_usual_pair"
    window = window_of(question.release, question.period, _level(fact, row))
    if window is None or window.start.minus(question.release.span.start) < LEAST_HISTORY:
        return "judge.why_history"
    return ""


def against(question: Question, reader_question: ReaderQuestion) -> Usual | None:
    """A question against usual; None where its fact is not kept by all chosen filters."""
    fact = reader_question.fact
    row, *others = _judged_first(fact, reader_question.names)
    window = window_of(question.release, question.period, _level(fact, row))
    if window is None:
        return None
    by_filter = {
        filter_code: comparisons
        for filter_code, view in _views(replace(question, period=window), fact, others).items()
        if (comparisons := _comparisons(view, fact, row)) is not None
    }
    is_turned, has_areas = row != reader_question.rows, bool(_level(fact, row))
    return Usual(window, by_filter, is_turned, has_areas) if by_filter else None


def _judged_first(fact: Fact, names: tuple[str, ...]) -> list[str]:
    """Dimensions with the one that is judged first; the other one is the filter.

    Areas are judged, else the one without a filter, else the one with more codes.
    """

    def order(name: str) -> tuple[bool, bool, int]:
        code_list = dimensions.codes_of(fact, by_dimension(name))
        return (not _level(fact, name), _filter_name(fact, name) is not None,
                -len(code_list.values if code_list else ()))  # fmt: skip

    return sorted(dict.fromkeys(sorted(names)), key=order)


def _level(fact: Fact, name: str) -> str:
    """The level of areas that a dimension is, where areas of the fact are judged; else ''.

    They are judged without checkpoints, so only where roles of places are kept.
    """
    place, level = place_of(fact, name) or ("", "")
    is_judged = place == "place" and name != place and "place_role" in fact
    return level if is_judged and level in _AREAS else ""


def _is_comparable(fact: Fact, name: str) -> bool:
    """Whether a dimension has judged rows: areas of a level, or codes of no place."""
    return bool(_level(fact, name)) or (name in fact and place_of(fact, name) is None)


def _filter_name(fact: Fact, name: str) -> str | None:
    """The filter by the codes of a dimension; None of places, which lie in each other."""
    return filter_of(fact[name]) if place_of(fact, name) is None else None


def _views(question: Question, fact: Fact, others: list[str]) -> Mapping[str, Question]:
    """The question filtered by each code of the other dimension, by the code.

    As it is, under ALL, where there is no other.
    """
    if not others:
        return {ALL: question}
    (other,) = others
    by = by_dimension(other)
    whole = replace(question, period=Span(question.release.span.start, question.period.end))
    codes = sorted({code for code, _ in whole.counts(fact, by) if code})
    clicks = dimensions.clicks(question, fact, by, codes)
    if clicks is None:
        return {}
    return {
        code: replace(question, filters=question.filters.with_codes(clicks.name, (code,)))
        for code in clicks.codes
        if code and _is_whole(question, fact, other, code)
    }


def _comparisons(question: Question, fact: Fact, row: str) -> Comparisons | None:
    """The judged codes of a dimension in a view, without those that its filters leave out."""
    by, level = by_dimension(row), _level(fact, row)
    comparisons = (
        unusual.against(question, fact, level) if level else compare_codes(question, fact, by)
    )
    if comparisons is None:
        return None
    span = Span(question.release.span.start, comparisons.window.end)
    present = {code for code, _ in replace(question, period=span).counts(fact, by)}
    return replace(
        comparisons,
        rows={
            code: comparison
            for code, comparison in comparisons.rows.items()
            if code in present and _is_whole(question, fact, row, code)
        },
    )


def _is_whole(question: Question, fact: Fact, name: str, code: str) -> bool:
    """Whether all events of a code are counted: of a filtered set, only those of chosen codes."""
    filter_name = _filter_name(fact, name)
    chosen = question.filters.codes_of(filter_name) if filter_name and fact.is_set(name) else ()
    return not chosen or code in chosen
