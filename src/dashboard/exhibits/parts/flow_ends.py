"""Flows in words and tables: where each begins and ends, its main class, the largest of them.

An end may be an area, a country or a part of the sea; one that is not known has a name and no
code. Which ends there are stands in ``counts.leg_counts``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import islice

from dashboard.exhibits.charts import tables
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.leg_counts import UNKNOWN, FlowCount, Pair, area_of, is_place
from dashboard.exhibits.exhibit import Cell, Column, FilledColumn, Table
from dashboard.exhibits.question import Question
from dashboard.model import hxl
from dashboard.model.codes import MODE
from dashboard.model.country import FIRST, SECOND, THIRD
from dashboard.words.catalogue import begin

#: Ends by the name of their columns, with the HXL attribute of each.
_ENDS = {"from": "+origin", "to": "+dest"}
#: The next finer level, which is not known where an end is told as an area.
_FINER = {"country": FIRST, FIRST: SECOND, SECOND: THIRD}
#: Transport that is named: at most two, each with at least a fifth of the people.
_MODES, _LEAST_MODE = 2, 0.2
#: How many flows a description names.
_DESCRIBED = 5


def place_name(question: Question, code: str) -> str:
    """Name of an end of a leg; of one that is known by its area only, with the level it lacks."""
    if code == UNKNOWN:
        return question.translate("routes.unknown")
    name = question.place_name(area_of(code))
    if is_place(code):
        return name
    finer = _FINER[question.release.places[area_of(code)].level]
    level = question.translate(f"routes.level_{finer}")
    return question.translate("shared.not_told", area=name, level=level)


def flow_name(question: Question, pair: Pair) -> str:
    """A flow in words: from here to there."""
    start, end = (place_name(question, code) for code in pair)
    return question.translate("routes.flow", start=start, end=end)


def left_name(count: FlowCount, kind: str) -> str:
    """Why flows have no line, in words.

    Args:
        count: The flows.
        kind: The reason, as ``FlowCount.without_line`` gives it: UNKNOWN, WITHIN, UNTOLD or REST.
    """
    if kind == UNKNOWN:
        return count.translate("routes.end_unknown")
    level = count.translate(f"routes.level_{count.level}")
    return begin(count.translate(f"routes.{kind}", level=level))


def main_class(count: FlowCount, pair: Pair) -> str:
    """The main class of a flow in words, or that it is not clear."""
    part = count.main_part(pair)
    unclear = part == splits.OTHER
    return count.translate("routes.unclear_class") if unclear else splits.label(part, count.lang)


def main_transport(count: FlowCount, pair: Pair) -> str:
    """The main transport of a flow in words, or that it is not clear."""
    mode = count.main_mode(pair)
    unclear = mode == splits.OTHER
    return count.translate("routes.unclear_mode") if unclear else count.question.label(MODE, mode)


def modes_in_words(question: Question, sizes: Mapping[str, int]) -> str:
    """Transport of people on one way: the main one, or the two that carry most, '' for none."""
    least = _LEAST_MODE * sum(sizes.values())
    modes = [
        question.label(MODE, mode)
        for mode, size in Counter(sizes).most_common(_MODES)
        if mode and size >= least
    ]
    return ", ".join(modes)


def table(
    count: FlowCount,
    pairs: Sequence[Pair],
    more: Sequence[tuple[Column, Callable[[FlowCount, Pair], Cell]]] = (),
) -> Table:
    """Code and name of both ends of some flows, their number with the range, and more of each.

    Args:
        count: What was counted.
        pairs: The flows.
        more: Further columns, each with a function that gives the cell of a flow.
    """
    name = cache(partial(place_name, count.question))
    columns: list[FilledColumn] = []
    for side, (end, about) in enumerate(_ENDS.items()):
        codes = [pair[side] for pair in pairs]
        code_label, label = (count.translate(f"routes.column_{end}{of}") for of in ("_code", ""))
        code_tag, tag = hxl.code_of("place", about), hxl.name_of("place", count.lang, about)
        columns.append((Column(f"{end}_code", code_label, hxl=code_tag), map(area_of, codes)))
        columns.append((Column(end, label, hxl=tag), map(name, codes)))
    columns.append((tables.number(count), map(count.sizes.__getitem__, pairs)))
    columns += [(column, [cell(count, pair) for pair in pairs]) for column, cell in more]
    return tables.by_column(count, *columns)


def cells(question: Question, code: str) -> tuple[str, str]:
    """Code and name of one end."""
    return area_of(code), place_name(question, code)


def description(counts: Counted, key: str, sizes: Iterable[tuple[str, int]]) -> str:
    """What is shown of which months, and the largest flows or chains with more than a few.

    Args:
        counts: What was counted.
        key: Phrase of what is shown.
        sizes: Names with numbers, the largest first.
    """
    question, fact = counts.question, counts.fact
    period = counts.dated(question.counted_span(fact.grain))
    is_few, text = counts.breakdown.is_few, counts.translate(key, period=period)
    largest = ((name, size) for name, size in islice(sizes, _DESCRIBED) if not is_few(size))
    names = question.named(largest, fact)
    return f"{text} {counts.translate('routes.described', names=names)}" if names else text
