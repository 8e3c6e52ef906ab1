"""Bands of the list of areas: which ranks are too close to tell apart.

Ranks stand in one band where it cannot be said, as likely as a sentence needs, that those above
hold more than those below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.counts.area_counts import AreaCount
from dashboard.exhibits.counts.comparisons import Comparisons
from dashboard.exhibits.hotspots import wording
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.question import Question
from dashboard.model.facts import Fact
from dashboard.words import numbers

#: Ranks that stand together have one line about what is usual from so many on.
_TOGETHER = 2


def bands(count: AreaCount, sizes: Sequence[int]) -> list[range]:
    """Ranks from 0 on that are too close to tell apart, each with its neighbours.

    Args:
        count: The areas.
        sizes: What the ranked ones hold, the largest first.
    """
    found: list[range] = []
    for start in range(len(sizes)):
        if found and start < found[-1].stop:
            continue
        found.append(range(start, start + wording.together(count, sizes[start:])))
    return found


def in_bands(
    count: AreaCount, codes: Sequence[str], comparisons: Comparisons | None
) -> dict[str, Any]:
    """What a list of areas says of its ranks.

    Args:
        count: The areas.
        codes: Those that the list ranks and shows, the largest first.
        comparisons: What is said of them against what is usual, or None.

    Returns:
        ``window``, the months that are judged; ``bands``, each with ``first`` and ``last`` rank and
        ``said``, which stands once for all its ranks, or ''; ``against``, the numbers of each rank:
        ``now``, ``usual`` and ``noticed``.
    """
    question, judged = count.question, comparisons.of if comparisons else {}
    own = [judged.get(code) for code in codes]
    return {
        "window": question.dated(comparisons.window) if comparisons else "",
        "bands": [
            {
                "first": band.start + 1,
                "last": band.stop,
                "said": _together(count, own[band.start : band.stop]),
            }
            for band in bands(count, [count.sizes[code] for code in codes])
        ],
        "against": [_against(question, count.fact, one) for one in own],
    }


def _against(question: Question, fact: Fact, one: Comparison | None) -> dict[str, str]:
    """Numbers of a row against what is usual, as texts."""
    if one is None:
        return dict.fromkeys(("now", "usual", "noticed"), "")
    now = numbers.at_cell(round(one.now), question.base(fact), question.lang)
    if one.why == "history":
        return {"now": now, "usual": "", "noticed": ""}
    usual = against_usual.usual_number(question, one)
    limit = one.noticed_to if one.direction < 0 else one.noticed_from
    noticed = "" if limit is None else question.number(limit)
    return {"now": now, "usual": usual, "noticed": noticed}


def _together(count: AreaCount, own: Sequence[Comparison | None]) -> str:
    """What is said once of ranks that stand together; '' where one of them differs."""
    known = [one for one in own if one and one.word == "unclear" and one.most is not None]
    if len(known) != len(own) or len(own) < _TOGETHER:
        return ""
    now = [round(one.now) for one in known]
    if count.breakdown.is_few(max(now)) or not max(now):
        text = count.translate(f"hotspots.list.now_{'few' if max(now) else 'none'}")
    else:
        text = count.translate("hotspots.list.now", range=_reach(count, now))
    return count.translate(
        "hotspots.list.together",
        now=text,
        usual=_reach(count, [round(one.usual) for one in known]),
        noticed=_reach(count, [(one.most or 0) + 1 for one in known]),
    )


def _reach(count: AreaCount, values: Sequence[int]) -> str:
    return count.reach(min(values), max(values))
