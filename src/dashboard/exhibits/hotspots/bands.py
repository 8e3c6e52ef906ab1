"""The list of areas beside its rows: which ranks are too close to tell apart, and what is small.

Ranks stand in one band where it cannot be said, as likely as a sentence needs, that those above
hold more than those below. Small areas stand in one line for each area around them, with how many
events are known by that alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.counts.area_counts import CAMPS, AreaCount
from dashboard.exhibits.counts.comparisons import Comparisons
from dashboard.exhibits.hotspots import wording
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.question import Question
from dashboard.model.facts import Fact
from dashboard.words import numbers

#: Small areas that a line names; of more it says how many they are.
_NAMED = 5
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


def areas_around(count: AreaCount, few: Mapping[str, Sequence[str]]) -> list[str]:
    """Areas that have a line since something small lies in them, or more that is told of no finer.

    Args:
        count: The areas.
        few: As ``small`` has it.
    """
    held = Counter(count.within)
    held.update({code: sum(map(count.sizes.__getitem__, own)) for code, own in few.items()})
    large = {code for code, size in count.within.items() if not count.breakdown.is_few(size)}
    return sorted(({*few} | large) - {""}, key=lambda code: (-held[code], code))


def small(
    count: AreaCount,
    few: Mapping[str, Sequence[str]],
    others: Callable[[Sequence[str]], str],
    link: Callable[[str], str],
) -> dict[str, Any]:
    """Areas that the list does not rank, a line for each area around them.

    Args:
        count: The areas.
        few: Areas with a few each by the area around them; by '' those where that is little too.
        others: What the latter are called together.
        link: Query string of the view that looks into an area.

    Returns:
        ``label`` and ``aside_label``, what heads the lines and their numbers, and ``lines``, each
        with ``label``, ``query``, ``names``, ``aside`` (the number known by that area alone) and
        ``range`` (what that stands for).
    """
    within, around = count.within, areas_around(count, few)
    lines = [
        _line(
            wording.name_among(count, code),
            _names(count, few.get(code, ())),
            link(code) if code in few else "",
            *_aside(count, within.get(code, 0)),
        )
        for code in around
    ]
    if few.get(""):
        lines.append(_line(others(few[""]), _names(count, few[""])))
    rest = [size for code, size in within.items() if code not in around]
    if rest:
        lines.append(
            _line(
                count.translate_for_level("list.more", n=len(rest)),
                "",
                "",
                *_aside(count, sum(rest)),
            )
        )
    lines += [
        _line(label, "", "", *_aside(count, size)) for label, size in wording.elsewhere(count)
    ]
    if silent := wording.silent_here(count):
        lines.append(
            _line(wording.areas_named(count, silent), count.translate("hotspots.silent.said"))
        )
    aside = "list.outside" if count.level in CAMPS else "list.unknown"
    return {
        "label": count.translate_for_level("list.few"),
        "aside_label": count.translate_for_level(aside),
        "lines": lines,
    }


def _line(
    label: str, names: str, query: str = "", aside: str = "", reach: str = ""
) -> dict[str, str]:
    return {"label": label, "names": names, "query": query, "aside": aside, "range": reach}


def _names(count: AreaCount, codes: Sequence[str]) -> str:
    """A few areas by name, more by their number."""
    if len(codes) > _NAMED:
        levels = count.level_name(len(codes)).lower()
        return count.translate("hotspots.many", n=count.number(len(codes)), levels=levels)
    return ", ".join(sorted(map(count.name, codes)))


def _aside(count: AreaCount, size: int) -> tuple[str, str]:
    """A number that is known by an area around alone, and what it stands for."""
    return count.numbered(size) if size else ("", "")
