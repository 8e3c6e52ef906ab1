"""Lines of tiles: an indicator of referrals in each of the last twelve months.

Each is of the same numbers as its tile. Services in time and people who declined have none, since a
month has too few of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import accumulate
from typing import Any

from dashboard import queries
from dashboard.exhibits.question import Question
from dashboard.filters import Filters
from dashboard.model.facts import ENDINGS, PEOPLE, REQUESTS, Fact

_MONTHS = 12


def people_line(question: Question, filters: Filters) -> dict[str, Any]:
    """People identified, of a view with filters of its own."""
    return _line(question, _by_month(question, PEOPLE, filters))


def open_line(question: Question) -> dict[str, Any]:
    """What was open at the end of each month: all that was requested less all that ended."""
    asked, ended = (_by_month(question, fact, question.filters) for fact in (REQUESTS, ENDINGS))
    left = accumulate(asked[start] - ended.get(start, 0) for start in asked)
    return _line(question, {start: max(size, 0) for start, size in zip(asked, left, strict=True)})


def _by_month(question: Question, fact: Fact, filters: Filters) -> dict[date, int]:
    """Sizes by month of the whole release, in order of time."""
    rows = queries.series(question.release, fact, filters, question.release.span)
    return {start: size for start, size in rows}


def _line(question: Question, by_month: Mapping[date, int]) -> dict[str, Any]:
    """The months until the end of the period, as a tile has them."""
    end = question.period.end.first_day
    shown = [(start, size) for start, size in by_month.items() if start <= end][-_MONTHS:]
    return {
        "periods": [str(start)[:7] for start, _ in shown],
        "series": [size for _, size in shown],
    }
