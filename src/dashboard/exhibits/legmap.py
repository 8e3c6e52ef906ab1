"""The map of a leg count: widths, looks, nodes, labels, hover texts, and what it must show.

Which legs there are stands in ``legs``; titles, tables and notes in ``routes``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dashboard.analysis.extents import BANGLADESH, Box
from dashboard.analysis.flows import Point, width_classes
from dashboard.exhibits import splits
from dashboard.exhibits.areas import centre
from dashboard.exhibits.legs import UNKNOWN, LegCount, Pair
from dashboard.exhibits.registry import View
from dashboard.figures.flowmap import Flow, Group, LegendTitles, Node, flowmap
from dashboard.figures.mapstyle import Label
from dashboard.figures.theme import CLASS_LOOK
from dashboard.model.facts import LEGS
from dashboard.words import numbers
from dashboard.words.catalogue import say

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


def figure(view: View, count: LegCount, drawn: Sequence[Pair]) -> dict[str, Any]:
    """The map of the pairs that are drawn."""
    least = view.release.base(LEGS.id)
    widths, lows = width_classes([count.sizes[pair] for pair in drawn], least=least)
    flows = [
        Flow(
            _point(view, pair[0]),
            _point(view, pair[1]),
            _main_part(view, count, pair),
            width,
            _flow_hover(view, count, pair),
        )
        for pair, width in zip(drawn, widths, strict=True)
    ]
    name, box = _box(view, count, drawn)
    return flowmap(
        flows,
        _nodes(view, count, drawn),
        [
            Group(part, _say(view, f"line_{part}"), CLASS_LOOK[part])
            for part in splits.parts_of(LEGS)
        ],
        _width_labels(view, lows) if drawn else [],
        box=box,
        view=name,
        titles=LegendTitles(_say(view, "legend_class"), _say(view, "legend_width")),
        labels=_labels(view, count, drawn),
        notice=say("shell.card.disclaimer", view.filters.lang),
        lang=view.filters.lang,
    )


def _ends(count: LegCount, drawn: Sequence[Pair]) -> tuple[Counter[str], Counter[str]]:
    """People who leave and who reach each place that is drawn."""
    out: Counter[str] = Counter()
    into: Counter[str] = Counter()
    for pair in drawn:
        out[pair[0]] += count.sizes[pair]
        into[pair[1]] += count.sizes[pair]
    return out, into


def _nodes(view: View, count: LegCount, drawn: Sequence[Pair]) -> list[Node]:
    out, into = _ends(count, drawn)
    return [
        Node(
            _point(view, code),
            code,
            [
                place_name(view, code),
                _say(view, "hover_out", number=about(view, out[code])),
                _say(view, "hover_in", number=about(view, into[code])),
            ],
        )
        for code in sorted({*out, *into})
    ]


def _labels(view: View, count: LegCount, drawn: Sequence[Pair]) -> list[Label]:
    """Names of the places with most people, each with the larger of in and out."""
    out, into = _ends(count, drawn)
    most = {code: max(out[code], into[code]) for code in {*out, *into}}
    named = sorted(most, key=lambda code: (-most[code], code))[:_NAMED]
    return [
        Label(place_name(view, code), _number(view, most[code]), *_point(view, code))
        for code in named
    ]


def _number(view: View, size: int) -> str:
    return numbers.at_mark(size, view.release.base(LEGS.id), view.filters.lang)


def _flow_hover(view: View, count: LegCount, pair: Pair) -> list[str]:
    return [
        flow_name(view, pair),
        _say(view, "hover_people", number=about(view, count.sizes[pair])),
        _say(view, "hover_class", label=main_class(view, count, pair)),
    ]


def flow_name(view: View, pair: Pair) -> str:
    """A flow in words: from here to there."""
    return _say(view, "flow", start=place_name(view, pair[0]), end=place_name(view, pair[1]))


def main_class(view: View, count: LegCount, pair: Pair) -> str:
    """The class of most people on a flow."""
    part = _main_part(view, count, pair)
    return _say(view, "unclear_class") if part == "other" else splits.label(part, view.filters.lang)


def _main_part(view: View, count: LegCount, pair: Pair) -> str:
    return splits.main_part(count.parts[pair], view.release.base(LEGS.id))


def _width_labels(view: View, lows: Sequence[int]) -> list[str]:
    said = [(numbers.number(low, view.filters.lang), low) for low in lows]
    closed = [
        _say(view, "width_range", low=low, high=numbers.number(following - 1, view.filters.lang))
        for (low, _), (_, following) in zip(said, said[1:], strict=False)
    ]
    return [*closed, _say(view, "width_open", low=said[-1][0])]


def _box(view: View, count: LegCount, drawn: Sequence[Pair]) -> tuple[str, Box]:
    total = sum(count.sizes[pair] for pair in drawn)
    for name, box in _BOXES:
        inside = sum(
            count.sizes[pair] for pair in drawn if all(_lies_in(_point(view, c), box) for c in pair)
        )
        if inside >= _MOST * total:
            return name, box
    return _BOXES[-1]


def _lies_in(point: Point, box: Box) -> bool:
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north


def _say(view: View, key: str, **values: object) -> str:
    return say(f"routes.{key}", view.filters.lang, **values)


def about(view: View, size: int) -> str:
    """People in words."""
    return numbers.about(size, view.release.base(LEGS.id), view.filters.lang)


def place_name(view: View, code: str) -> str:
    """Name of an end of a leg."""
    if code == UNKNOWN:
        return say("routes.unknown", view.filters.lang)
    return view.release.place_name(code, view.filters.lang)


def _point(view: View, code: str) -> Point:
    point = centre(view.release, code)
    if point is None:
        raise KeyError(f"{code} has no centre")
    return point
