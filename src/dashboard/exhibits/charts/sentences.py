"""Sentences by rule: titles that the numbers bear out within the error that protection made.

And descriptions for those who cannot see a figure: total, largest parts, what is not known.
"""

from __future__ import annotations

from collections.abc import Callable

from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.charts.counts import Counts
from dashboard.exhibits.charts.dimensions import REST, UNKNOWN
from dashboard.exhibits.parts.frame import total_in_words
from dashboard.words.catalogue import begin

#: Parts that a description names.
_DESCRIBED = 5


def leader(words: str) -> Callable[[Counts], str]:
    """A title: which row leads, with its share; or that two are close, all few, or none known.

    Args:
        words: Where the catalogue holds ``leads`` (label, share, unit) and ``close``
            (first, second), each once for every fact that may be counted.
    """

    def title(counts: Counts) -> str:
        unit = counts.unit
        rows = [row for row in counts.answered_rows if row != REST]
        if not rows:
            return counts.translate("breakdown.none_known", unit=unit)
        sizes = [counts.by_row[row] for row in rows]
        if not counts.rows_breakdown.is_nameable(sizes[0]):
            return counts.translate("breakdown.few", unit=unit)
        first, *others = map(counts.row_name, rows)
        if others and not counts.rows_breakdown.leads(sizes):
            second = dimensions.inside(counts.fact, counts.by[0], others[0])
            return counts.translate(f"{words}.close", first=first, second=second)
        share = counts.share_of(sizes[0])
        return begin(counts.translate(f"{words}.leads", label=first, share=share, unit=unit))

    return title


def described(counts: Counts) -> str:
    """Total, largest rows and what is not known in words."""
    question = counts.question
    unknown = [row for row in counts.rows if row == UNKNOWN and counts.by_row[row]]
    parts = "; ".join(
        counts.translate(
            "breakdown.part",
            label=counts.row_name(row), number=counts.about(counts.by_row[row])
        )
        for row in (*counts.answered_rows[:_DESCRIBED], *unknown)
    )  # fmt: skip
    total = begin(total_in_words(question, counts.fact, counts.total))
    return counts.translate("breakdown.description", total=total, unit=counts.unit, parts=parts)
