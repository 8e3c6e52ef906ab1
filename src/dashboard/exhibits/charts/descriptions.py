"""Descriptions for who does not see a figure: everything, the largest parts, what is not known."""

from __future__ import annotations

from dashboard.exhibits.charts.counts import Counts
from dashboard.exhibits.charts.dimensions import UNKNOWN
from dashboard.exhibits.parts.frame import total_in_words
from dashboard.words.catalogue import begin, say

#: Parts that a description names.
_DESCRIBED = 5


def parts(counts: Counts) -> str:
    """Total, largest rows and what is not known in words."""
    question, lang = counts.question, counts.question.lang
    unknown = [row for row in counts.rows if row == UNKNOWN and counts.by_row[row]]
    named = "; ".join(
        say(
            "breakdown.part", lang,
            label=counts.row_name(row), number=counts.about(counts.by_row[row]),
        )
        for row in (*counts.known[:_DESCRIBED], *unknown)
    )  # fmt: skip
    total = begin(total_in_words(question, counts.fact, counts.total))
    return say(
        "breakdown.description", lang, total=total, unit=counts.fact.unit_in(lang), parts=named
    )
