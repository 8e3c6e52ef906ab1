"""The map of chosen legs: widths, looks, nodes, labels, hover texts, margin, what it must show.

Which legs there are stands in ``leg_counts`` and ``leg_choice``; titles, tables and notes in
``routes``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.analysis.extents import BANGLADESH, Box
from dashboard.analysis.flows import Point, width_classes
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import centre
from dashboard.exhibits.counts.home import COUNTRY
from dashboard.exhibits.counts.leg_choice import NOT_KNOWN, Choice, is_at_home
from dashboard.exhibits.counts.leg_counts import (
    ELSEWHERE,
    REST,
    UNKNOWN,
    WITHIN,
    LegCount,
    Pair,
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
#: How many places a map names, and how many areas its margin.
_NAMED, _AREAS = 30, 5
#: Views from near to far; the nearest that shows half of who cross the border is taken, so that it
#: rarely moves. Places farther away are named at its edge.
_BOXES: tuple[tuple[str, Box], ...] = (
    ("neighbours", (80.0, 12.0, 102.0, 30.0)),
    ("region", (70.0, -8.0, 116.0, 32.0)),
    ("far", (8.0, -8.0, 116.0, 44.0)),
)
_HALF = 0.5
#: Share of who cross the border from which on a map looks beyond Bangladesh.
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
    """Every end of a lit flow, those with most people first; then those of faint ones alone."""
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
    """What the edge of a map says of a place beyond it: people on lines to it, and from it."""
    name, said = place_name(question, code), []
    for key, sizes in (("edge_to", choice.drawn_to), ("edge_from", choice.drawn_from)):
        size = sizes[code]
        named = (question.say(f"routes.{key}", place=name), _number(question, size))
        said.append(named if size else ("", ""))
    return said[0], said[1]


def _labels(question: Question, choice: Choice) -> list[Label]:
    """Names of the places with most people, each with the larger of in and out."""
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
    """Places that are drawn as lit, by the larger of those who leave and those who reach them.

    They are the ends of lit flows and of legs within one place; where the choice is no place but
    what stands for one, all places that share a leg with it.
    """
    shares = choice.place is not None and not choice.ends
    ends = {
        end
        for pair in choice.pairs
        for end in pair
        if (shares or pair[0] == pair[1]) and _has_point(question, end)
    }
    ends.update(end for pair in choice.lit for end in pair)
    out, into = choice.leaving, choice.arriving
    return sorted(ends, key=lambda code: (-max(out[code], into[code]), code))


def _margin(question: Question, choice: Choice, nodes: Sequence[Node], view: str) -> Margin:
    at_home = sum(node.is_home for node in nodes)
    # What stands for a place is chosen among the others of its kind, which stay in sight.
    shown = choice if choice.ends else replace(choice, place=None)
    needs_inset = view != "bangladesh" and at_home > 1
    return Margin(
        question.say("routes.margin_title"),
        [_left(question, choice, code, size) for code, size in left_over(shown).items()],
        Inset(
            BANGLADESH, question.place_name(COUNTRY), question.say("routes.inset_note")
        ) if needs_inset else None,
        _chosen(choice),
    )  # fmt: skip


def _chosen(choice: Choice) -> str:
    return "" if choice.place is None else (choice.place or NOT_KNOWN)


def left_over(choice: Choice) -> Mapping[str, int]:
    """People without a line by name in the margin; beyond the largest areas under ELSEWHERE."""
    areas = [code for code in choice.left if is_elsewhere(code)]
    kept = areas if len(areas) <= _AREAS + 1 else areas[:_AREAS]
    rest = sum(choice.left[code] for code in areas if code not in kept)
    last = [code for code in (UNKNOWN, WITHIN, REST) if code in choice.left]
    sizes = {code: choice.left[code] for code in kept}
    sizes |= {ELSEWHERE: rest} if rest else {}
    return sizes | {code: choice.left[code] for code in last}


def _left(question: Question, choice: Choice, code: str, size: int) -> Left:
    is_end = code == UNKNOWN or code.removeprefix(ELSEWHERE) in question.release.places
    label = (
        question.say("routes.elsewhere_more")
        if code == ELSEWHERE
        else left_name(question, choice, code)
    )
    lines = [label, question.say("routes.hover_people", number=question.about(size, LEGS))]
    return Left((code or NOT_KNOWN) if is_end else "", label, _number(question, size), lines)


def is_elsewhere(code: str) -> bool:
    """Whether people without a line are counted under an area around their place."""
    return code.startswith(ELSEWHERE)


def left_name(question: Question, choice: Choice, code: str) -> str:
    """People without a line in words: where they are counted instead."""
    if code == ELSEWHERE:
        return question.say("routes.elsewhere_all")
    if code == WITHIN:
        level = question.say(f"routes.level_{choice.count.level}")
        return question.say("routes.within", level=level)
    return question.say("routes.rest") if code == REST else place_name(question, code)


def _number(question: Question, size: int) -> str:
    return numbers.at_mark(size, question.base(LEGS), question.lang)


def _flow_hover(question: Question, count: LegCount, pair: Pair) -> list[str]:
    return [
        flow_name(question, pair),
        question.say("routes.hover_people", number=question.about(count.sizes[pair], LEGS)),
        question.say("routes.hover_class", label=main_class(question, count, pair)),
        question.say("routes.hover_mode", label=main_transport(question, count, pair)),
    ]


def flow_name(question: Question, pair: Pair) -> str:
    """A flow in words: from here to there."""
    return question.say(
        "routes.flow", start=place_name(question, pair[0]), end=place_name(question, pair[1])
    )


def main_class(question: Question, count: LegCount, pair: Pair) -> str:
    """The class of most people on a flow."""
    part = count.main_parts[pair]
    return (
        question.say("routes.unclear_class")
        if part == splits.OTHER
        else splits.label(part, question.lang)
    )


def main_transport(question: Question, count: LegCount, pair: Pair) -> str:
    """The transport of most people on a flow."""
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
    """What the map must show: Bangladesh, or as far as half of who cross its border go."""
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
    """Name of an end of a leg."""
    if code == UNKNOWN:
        return question.say("routes.unknown")
    if not is_place(code):
        area = question.place_name(code.removeprefix(ELSEWHERE))
        return question.say("routes.elsewhere", area=area)
    return question.place_name(code)


def _has_point(question: Question, code: str) -> bool:
    return is_place(code) and centre(question.release, code) is not None


def _point(question: Question, code: str) -> Point:
    point = centre(question.release, code)
    if point is None:
        raise KeyError(f"{code} has no centre")
    return point
