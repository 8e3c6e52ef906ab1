"""Bands of the list of areas: which ranks are too close to tell apart.

Ranks are in one band where it is not likely enough for a sentence that those above hold more than
those below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.counts.area_counts import AreaCount
from dashboard.exhibits.counts.comparisons import Comparisons, with_history
from dashboard.exhibits.hotspots import wording
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.question import Question
from dashboard.model.facts import Fact
from dashboard.words import numbers

#: From how many ranks on a band has one line about what is usual.
_SHORTEST = 2


def bands(count: AreaCount, sizes: Sequence[int]) -> list[range]:
    """Ranks, counted from 0, as ranges of those that are too close to tell apart.

    Args:
        count: The areas.
        sizes: Events of the ranked ones, the largest first.
    """
    start, ranges = 0, list[range]()
    while start < len(sizes):
        end = start + wording.before_gap(count, sizes[start:])
        ranges.append(range(start, end))
        start = end
    return ranges


def in_bands(
    count: AreaCount, codes: Sequence[str], comparisons: Comparisons | None
) -> dict[str, Any]:
    """Parts of the figure of a list: its bands, and the numbers of each rank against usual.

    Args:
        count: The areas.
        codes: Those that the list ranks and shows, the largest first.
        comparisons: Comparisons of their level, or None.

    Returns:
        ``window``, the months that are judged; ``bands``, each with ``first`` and ``last`` rank,
        counted from 1, and ``said``, one line about all its ranks, or ''; ``against``, texts of
        each rank: ``now``, ``usual`` and ``noticed``.
    """
    question, by_code = count.question, comparisons.rows if comparisons else {}
    by_rank = [by_code.get(code) for code in codes]
    return {
        "window": question.dated(comparisons.window) if comparisons else "",
        "bands": [
            {
                "first": band.start + 1,
                "last": band.stop,
                "said": _band_text(count, by_rank[band.start : band.stop]),
            }
            for band in bands(count, [count.sizes[code] for code in codes])
        ],
        "against": [_usual_texts(question, count.fact, comparison) for comparison in by_rank],
    }


def _usual_texts(question: Question, fact: Fact, comparison: Comparison | None) -> dict[str, str]:
    """The number of a row, the usual one, and where it would be noticed; '' for what is unknown."""
    if comparison is None:
        return {"now": "", "usual": "", "noticed": ""}
    now = numbers.at_mark(round(comparison.now), question.base(fact), question.lang)
    if with_history(comparison) is None:
        return {"now": now, "usual": "", "noticed": ""}
    usual = against_usual.usual_number(question, comparison)
    limit = comparison.noticed_to if comparison.direction < 0 else comparison.noticed_from
    noticed = "" if limit is None else question.number(limit)
    return {"now": now, "usual": usual, "noticed": noticed}


def _band_text(count: AreaCount, comparisons: Sequence[Comparison | None]) -> str:
    """One line about the ranks of a band, where all have no clear change; '' of a single rank."""
    unclear = [one for one in comparisons if one and one.word == "unclear" and one.noticed_from]
    if len(unclear) != len(comparisons) or len(comparisons) < _SHORTEST:
        return ""
    now = [round(one.now) for one in unclear]
    if count.breakdown.is_few(max(now)) or not max(now):
        text = count.translate(f"hotspots.list.now_{'few' if max(now) else 'none'}")
    else:
        text = count.translate("hotspots.list.now", range=_range_text(count, now))
    return count.translate(
        "hotspots.list.together",
        now=text,
        usual=_range_text(count, [round(one.usual) for one in unclear]),
        noticed=_range_text(count, [one.noticed_from or 0 for one in unclear]),
    )


def _range_text(count: AreaCount, values: Sequence[int]) -> str:
    return count.reach(min(values), max(values))
