"""The map of a leg count: widths, looks, nodes, labels, hover texts, and what it must show.

Which legs there are stands in ``leg_counts``; titles, tables and notes in ``routes``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dashboard.analysis.extents import BANGLADESH, Box
from dashboard.analysis.flows import Point, width_classes
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import centre
from dashboard.exhibits.counts.leg_counts import ELSEWHERE, UNKNOWN, LegCount, Pair
from dashboard.exhibits.question import Question
from dashboard.figures.flowmap import Flow, Group, LegendTitles, Node, flowmap
from dashboard.figures.map_description import Label
from dashboard.figures.theme import CLASS_LOOK
from dashboard.model.facts import LEGS
from dashboard.words import numbers
from dashboard.words.catalogue import begin

#: How many places a map names.
_NAMED = 12
#: Views from near to far; the nearest that shows most people is taken, so that it rarely moves.
_BOXES: tuple[tuple[str, Box], ...] = (
    ("bangladesh", BANGLADESH),
    ("neighbours", (80.0, 12.0, 102.0, 30.0)),
    ("region", (70.0, -8.0, 116.0, 32.0)),
    ("far", (8.0, -8.0, 116.0, 44.0)),
)
_MOST = 0.9


def figure(question: Question, count: LegCount, drawn: Sequence[Pair]) -> dict[str, Any]:
    """The map of the pairs that are drawn."""
    least = question.base(LEGS)
    widths, lows = width_classes([count.sizes[pair] for pair in drawn], least=least)
    flows = [
        Flow(
            _point(question, pair[0]),
            _point(question, pair[1]),
            _main_part(count, pair),
            width,
            _flow_hover(question, count, pair),
        )
        for pair, width in zip(drawn, widths, strict=True)
    ]
    name, box = _box(question, count, drawn)
    return flowmap(
        flows,
        _nodes(question, count, drawn),
        [
            Group(part, question.say(f"routes.line_{part}"), CLASS_LOOK[part])
            for part in splits.parts_of(LEGS)
        ],
        _width_labels(question, lows) if drawn else [],
        box=box,
        view=name,
        titles=LegendTitles(
            question.say("routes.legend_class"), begin(LEGS.unit_in(question.lang))
        ),
        labels=_labels(question, count, drawn),
        notice=question.say("shell.card.disclaimer"),
        lang=question.lang,
    )


def _ends(count: LegCount, drawn: Sequence[Pair]) -> tuple[Counter[str], Counter[str]]:
    """People who leave and who reach each place that is drawn."""
    out: Counter[str] = Counter()
    into: Counter[str] = Counter()
    for pair in drawn:
        out[pair[0]] += count.sizes[pair]
        into[pair[1]] += count.sizes[pair]
    return out, into


def _nodes(question: Question, count: LegCount, drawn: Sequence[Pair]) -> list[Node]:
    """Every end of a flow, those with most people first."""
    out, into = _ends(count, drawn)
    return [
        Node(
            _point(question, code),
            code,
            [
                place_name(question, code),
                question.say("routes.hover_out", number=question.about(out[code], LEGS)),
                question.say("routes.hover_in", number=question.about(into[code], LEGS)),
            ],
        )
        for code in _most_first(out, into)
    ]


def _labels(question: Question, count: LegCount, drawn: Sequence[Pair]) -> list[Label]:
    """Names of the places with most people, each with the larger of in and out."""
    out, into = _ends(count, drawn)
    return [
        Label(
            place_name(question, code),
            _number(question, max(out[code], into[code])),
            *_point(question, code),
        )
        for code in _most_first(out, into)[:_NAMED]
    ]


def _most_first(out: Counter[str], into: Counter[str]) -> list[str]:
    """Places by the larger of those who leave and those who reach them."""
    return sorted({*out, *into}, key=lambda code: (-max(out[code], into[code]), code))


def _number(question: Question, size: int) -> str:
    return numbers.at_mark(size, question.base(LEGS), question.lang)


def _flow_hover(question: Question, count: LegCount, pair: Pair) -> list[str]:
    return [
        flow_name(question, pair),
        question.say("routes.hover_people", number=question.about(count.sizes[pair], LEGS)),
        question.say("routes.hover_class", label=main_class(question, count, pair)),
    ]


def flow_name(question: Question, pair: Pair) -> str:
    """A flow in words: from here to there."""
    return question.say(
        "routes.flow", start=place_name(question, pair[0]), end=place_name(question, pair[1])
    )


def main_class(question: Question, count: LegCount, pair: Pair) -> str:
    """The class of most people on a flow."""
    part = _main_part(count, pair)
    return (
        question.say("routes.unclear_class")
        if part == "other"
        else splits.label(part, question.lang)
    )


def _main_part(count: LegCount, pair: Pair) -> str:
    return splits.main_part(count.parts[pair], count.by_class.error)


def _width_labels(question: Question, lows: Sequence[int]) -> list[str]:
    labelled = [(numbers.number(low, question.lang), low) for low in lows]
    closed = [
        question.say(
            "routes.width_range", low=low, high=numbers.number(following - 1, question.lang)
        )
        for (low, _), (_, following) in zip(labelled, labelled[1:], strict=False)
    ]
    return [*closed, question.say("routes.width_open", low=labelled[-1][0])]


def _box(question: Question, count: LegCount, drawn: Sequence[Pair]) -> tuple[str, Box]:
    total = sum(count.sizes[pair] for pair in drawn)
    for name, box in _BOXES:
        inside = sum(
            count.sizes[pair]
            for pair in drawn
            if all(_lies_in(_point(question, c), box) for c in pair)
        )
        if inside >= _MOST * total:
            return name, box
    return _BOXES[-1]


def _lies_in(point: Point, box: Box) -> bool:
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north


def place_name(question: Question, code: str) -> str:
    """Name of an end of a leg."""
    if code == UNKNOWN:
        return question.say("routes.unknown")
    if code.startswith(ELSEWHERE):
        area = question.place_name(code.removeprefix(ELSEWHERE))
        return question.say("routes.elsewhere", area=area)
    return question.place_name(code)


def _point(question: Question, code: str) -> Point:
    point = centre(question.release, code)
    if point is None:
        raise KeyError(f"{code} has no centre")
    return point
