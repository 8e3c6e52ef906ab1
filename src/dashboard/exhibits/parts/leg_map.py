"""The map of chosen legs: widths, looks, nodes, labels, hover texts, margin, what it must show.

Which legs there are stands in ``leg_counts`` and ``leg_choice``; titles, tables and notes in
``routes``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from dashboard.analysis.extents import BANGLADESH, Box
from dashboard.analysis.flows import Point, width_classes
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import centre
from dashboard.exhibits.counts.home import COUNTRY
from dashboard.exhibits.counts.leg_choice import NOT_KNOWN, Choice, is_at_home
from dashboard.exhibits.counts.leg_counts import (
    REST,
    UNKNOWN,
    UNTOLD,
    WITHIN,
    LegCount,
    Pair,
    area_of,
    is_place,
)
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option
from dashboard.figures.flowmap import (
    Flow,
    Group,
    Inset,
    Left,
    LegendTitles,
    Margin,
    Node,
    flowmap,
)
from dashboard.figures.map_description import Label
from dashboard.figures.theme import CLASS_LOOK, TRANSPORT_LOOK, Look
from dashboard.model.facts import LEGS
from dashboard.words import numbers
from dashboard.words.catalogue import begin

#: What hue and dash mean.
COLOUR = Option("colour", ("class", "transport"))
#: How many places a map names.
_NAMED = 30
#: What an area is divided into, where that is finer than all that is told of an end.
_FINER = {"country": "division", "division": "district"}
#: Views from near to far; the nearest that shows half of what crosses the border is taken, so it
#: rarely moves. Places farther away are named at its edge.
_BOXES: tuple[tuple[str, Box], ...] = (
    ("neighbours", (80.0, 12.0, 102.0, 30.0)),
    ("region", (70.0, -8.0, 116.0, 32.0)),
    ("far", (8.0, -8.0, 116.0, 44.0)),
)
_HALF = 0.5
#: Share of what crosses the border from which on a map looks beyond Bangladesh.
_ABROAD = 0.1


def figure(question: Question, choice: Choice) -> dict[str, Any]:
    """The map of what is chosen, with the rest around it."""
    sizes = [choice.count.sizes[pair] for pair in choice.lit] or [
        choice.around.sizes[pair] for pair in choice.faint
    ]
    _, lows = width_classes(sizes, least=question.base(LEGS))
    name, box = _box(question, choice)
    nodes = _nodes(question, choice)
    return flowmap(
        [*_faint_flows(question, choice, lows), *_lit_flows(question, choice, lows)],
        nodes,
        [Group(*group) for group in _groups(question)],
        _width_labels(question, lows) if sizes else [],
        box=box,
        view=name,
        titles=_legend_titles(question, nodes),
        labels=_labels(question, choice),
        margin=_margin(question, choice, nodes, name),
        notice=question.say("shell.card.disclaimer"),
        lang=question.lang,
    )


def _is_by_transport(question: Question) -> bool:
    return question.options[COLOUR.name] == "transport"


def _groups(question: Question) -> Iterator[tuple[str, str, Look]]:
    if _is_by_transport(question):
        for mode, look in TRANSPORT_LOOK.items():
            yield mode, question.say(f"routes.line_mode_{mode}"), look
        return
    for part in splits.parts_of(LEGS):
        yield part, question.say(f"routes.line_{part}"), CLASS_LOOK[part]


def _legend_titles(question: Question, nodes: Sequence[Node]) -> LegendTitles:
    about = "transport" if _is_by_transport(question) else "class"
    circles = any(node.leaving or node.arriving for node in nodes)
    return LegendTitles(
        question.say(f"routes.legend_{about}"),
        begin(LEGS.unit_in(question.lang)),
        halves=question.say("routes.legend_halves") if circles else "",
        faint=question.say("routes.line_faint"),
    )


def _lit_flows(question: Question, choice: Choice, lows: Sequence[int]) -> Iterator[Flow]:
    count = choice.count
    groups = count.main_modes if _is_by_transport(question) else count.main_parts
    for pair in choice.lit:
        yield Flow(
            _point(question, pair[0]),
            _point(question, pair[1]),
            groups[pair],
            _width(count.sizes[pair], lows),
            _flow_hover(question, count, pair),
            pair,
        )


def _faint_flows(question: Question, choice: Choice, lows: Sequence[int]) -> Iterator[Flow]:
    for pair in choice.faint:
        size = choice.around.sizes[pair]
        lines = [
            flow_name(question, pair),
            question.say("routes.hover_faint", number=question.about(size, LEGS)),
        ]
        ends = _point(question, pair[0]), _point(question, pair[1])
        yield Flow(*ends, "", _width(size, lows), lines, pair, is_faint=True)


def _width(size: int, lows: Sequence[int]) -> int:
    return max(0, bisect_right(lows, size) - 1)


def _nodes(question: Question, choice: Choice) -> list[Node]:
    """Every end of a lit flow, those with most legs first; then those of faint ones alone."""
    shown = _most_first(question, choice)
    faint = sorted({end for pair in choice.faint for end in pair} - set(shown))
    return [
        *(_node(question, choice, code) for code in shown),
        *(_faint_node(question, code) for code in faint),
    ]


def _node(question: Question, choice: Choice, code: str) -> Node:
    out, into, within = choice.leaving[code], choice.arriving[code], choice.within(code)
    lines = [
        place_name(question, code),
        question.say("routes.hover_out", number=question.about(out, LEGS)),
        question.say("routes.hover_in", number=question.about(into, LEGS)),
    ]
    if within:
        lines.append(question.say("routes.hover_within", number=question.about(within, LEGS)))
    is_home = is_at_home(question.release, code)
    return Node(
        _point(question, code), code, lines, out, into, is_home, _edges(question, choice, code)
    )


def _faint_node(question: Question, code: str) -> Node:
    is_home = is_at_home(question.release, code)
    return Node(_point(question, code), code, [place_name(question, code)], is_home=is_home)


def _edges(
    question: Question, choice: Choice, code: str
) -> tuple[tuple[str, str], tuple[str, str]]:
    """What the edge of a map says of a place beyond it: legs on lines to it, and from it."""
    name, said = place_name(question, code), []
    for key, sizes in (("edge_to", choice.drawn_to), ("edge_from", choice.drawn_from)):
        size = sizes[code]
        named = (question.say(f"routes.{key}", place=name), _number(question, size))
        said.append(named if size else ("", ""))
    return said[0], said[1]


def _labels(question: Question, choice: Choice) -> list[Label]:
    """Names of the places with most legs, each with the larger of in and out."""
    out, into = choice.leaving, choice.arriving
    return [
        Label(
            place_name(question, code),
            _number(question, max(out[code], into[code])),
            *_point(question, code),
            code,
        )
        for code in _most_first(question, choice)[:_NAMED]
        if out[code] or into[code]
    ]


def _most_first(question: Question, choice: Choice) -> list[str]:
    """Ends that are drawn as lit, by the larger of the legs from there and to there.

    They are the ends of lit flows and of legs within one place; where ends that are not known are
    chosen, all that share a leg with one.
    """
    shares = choice.place == UNKNOWN
    ends = {
        end
        for pair in choice.pairs
        for end in pair
        if (shares or (pair[0] == pair[1] and is_place(end))) and _has_point(question, end)
    }
    ends.update(end for pair in choice.lit for end in pair)
    out, into = choice.leaving, choice.arriving
    return sorted(ends, key=lambda code: (-max(out[code], into[code]), code))


def _margin(question: Question, choice: Choice, nodes: Sequence[Node], view: str) -> Margin:
    at_home = sum(node.is_home for node in nodes)
    # What has no line is chosen among the others of its kind, which stay in sight.
    shown = replace(choice, place=None) if choice.place == UNKNOWN else choice
    needs_inset = view != "bangladesh" and at_home > 1
    return Margin(
        question.say("routes.margin_title"),
        [_left(question, choice, kind, shown.left[kind]) for kind in _KINDS if kind in shown.left],
        Inset(
            BANGLADESH, question.place_name(COUNTRY), question.say("routes.inset_note")
        ) if needs_inset else None,
        _chosen(choice),
    )  # fmt: skip


def _chosen(choice: Choice) -> str:
    return "" if choice.place is None else (choice.place or NOT_KNOWN)


#: What legs without a line count under, in the order of the margin.
_KINDS = (UNTOLD, UNKNOWN, WITHIN, REST)


def _left(question: Question, choice: Choice, kind: str, size: int) -> Left:
    label = left_name(question, choice, kind)
    lines = [label, question.say("routes.hover_legs", number=question.about(size, LEGS))]
    code = NOT_KNOWN if kind == UNKNOWN else ""
    return Left(code, label, _number(question, size), lines)


def left_name(question: Question, choice: Choice, kind: str) -> str:
    """Legs without a line in words: why they have none."""
    if kind == UNKNOWN:
        return question.say("routes.unknown")
    level = question.say(f"routes.level_{choice.count.level}")
    return begin(question.say(f"routes.{kind}", level=level))


def _number(question: Question, size: int) -> str:
    return numbers.at_mark(size, question.base(LEGS), question.lang)


def _flow_hover(question: Question, count: LegCount, pair: Pair) -> list[str]:
    return [
        flow_name(question, pair),
        question.say("routes.hover_legs", number=question.about(count.sizes[pair], LEGS)),
        question.say("routes.hover_class", label=main_class(question, count, pair)),
        question.say("routes.hover_mode", label=main_transport(question, count, pair)),
    ]


def flow_name(question: Question, pair: Pair) -> str:
    """A flow in words: from here to there."""
    return question.say(
        "routes.flow", start=place_name(question, pair[0]), end=place_name(question, pair[1])
    )


def main_class(question: Question, count: LegCount, pair: Pair) -> str:
    """The class of most legs on a flow."""
    part = count.main_parts[pair]
    return (
        question.say("routes.unclear_class")
        if part == splits.OTHER
        else splits.label(part, question.lang)
    )


def main_transport(question: Question, count: LegCount, pair: Pair) -> str:
    """The transport of most legs on a flow."""
    mode = count.main_modes[pair]
    if mode == splits.OTHER:
        return question.say("routes.unclear_mode")
    return question.release.label("mode", mode, question.lang)


def _width_labels(question: Question, lows: Sequence[int]) -> list[str]:
    labelled = [(numbers.number(low, question.lang), low) for low in lows]
    closed = [
        question.say(
            "routes.width_range", low=low, high=numbers.number(following - 1, question.lang)
        )
        for (low, _), (_, following) in zip(labelled, labelled[1:], strict=False)
    ]
    return [*closed, question.say("routes.width_open", low=labelled[-1][0])]


def _box(question: Question, choice: Choice) -> tuple[str, Box]:
    """What the map must show: Bangladesh, or as far as half of what crosses its border goes."""
    if not choice.lit and any(choice.within(start) for start, _ in choice.pairs):
        return "bangladesh", BANGLADESH
    count, pairs = (choice.count, choice.lit) if choice.lit else (choice.around, choice.faint)
    at_home = {code for pair in pairs for code in pair if is_at_home(question.release, code)}
    abroad = [pair for pair in pairs if not at_home.issuperset(pair)]
    crossing = sum(count.sizes[pair] for pair in abroad)
    if crossing <= _ABROAD * sum(count.sizes[pair] for pair in pairs):
        return "bangladesh", BANGLADESH
    for name, box in _BOXES:
        inside = sum(
            count.sizes[pair]
            for pair in abroad
            if all(_lies_in(_point(question, code), box) for code in pair)
        )
        if inside >= _HALF * crossing:
            return name, box
    return _BOXES[-1]


def _lies_in(point: Point, box: Box) -> bool:
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north


def place_name(question: Question, code: str) -> str:
    """Name of an end of a leg: of an area that is all that is told, with what is not told."""
    if code == UNKNOWN:
        return question.say("routes.unknown")
    name = question.place_name(area_of(code))
    if is_place(code):
        return name
    finer = _FINER[question.release.places[area_of(code)].level]
    level = question.say(f"routes.level_{finer}")
    return question.say("shared.not_told", area=name, level=level)


def _has_point(question: Question, end: str) -> bool:
    return centre(question.release, area_of(end)) is not None


def _point(question: Question, end: str) -> Point:
    point = centre(question.release, area_of(end))
    if point is None:
        raise KeyError(f"{end} has no centre")
    return point
