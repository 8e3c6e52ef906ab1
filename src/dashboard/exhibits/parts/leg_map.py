"""The map of chosen flows: widths, looks, nodes, labels, hover texts, margin, what it must show.

Which flows there are stands in ``leg_counts`` and ``leg_choice``; how ends and flows are named in
``flow_ends``; titles and notes in ``routes``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

from dashboard.analysis.extents import Box
from dashboard.analysis.flows import Point, width_classes
from dashboard.exhibits.counts import leg_counts as legs
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import centre
from dashboard.exhibits.counts.home import COUNTRY
from dashboard.exhibits.counts.leg_choice import NOT_KNOWN, Choice, is_at_home
from dashboard.exhibits.counts.leg_counts import Pair
from dashboard.exhibits.parts import flow_ends
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option
from dashboard.figures import flowmap, theme
from dashboard.figures.flowmap import Flow, Node
from dashboard.figures.map_description import Label
from dashboard.figures.theme import CLASS_LOOK, TRANSPORT_LOOK, Look
from dashboard.model.country import PACK
from dashboard.words.catalogue import begin

#: What hue and dash mean: what is chosen, the class, or the transport.
COLOUR = Option("colour", ("corridor", "class", "transport"))
#: Width classes at most.
_WIDTHS = 4
#: Groups of lines by neither class nor transport: all lines, or those that are chosen.
_ALL, _CHOSEN = "all", "chosen"
_LOOKS = {_ALL: Look(theme.TEXT_3), _CHOSEN: Look(theme.BLUE)}
#: How many places a map names.
_NAMED = 30
#: Views from near to far; the nearest that shows half of what crosses the border is taken, so it
#: rarely moves. Places farther away are named at its edge.
_HOME = PACK.names["en"].casefold()
_BOXES = tuple(PACK.views.items())
_HALF = 0.5
#: From which share of people crossing the border on a map looks beyond the country.
_ABROAD = 0.1
#: What flows without a line count under, in the order of the margin.
_WITHOUT_LINE = (legs.UNTOLD, legs.UNKNOWN, legs.WITHIN, legs.REST)


def figure(choice: Choice) -> dict[str, Any]:
    """The map of the chosen flows as data, with all others as faint lines around them."""
    question = choice.question
    sizes = [choice.count.sizes[pair] for pair in choice.lit] or [
        choice.around.sizes[pair] for pair in choice.faint
    ]
    _, lows = width_classes(sizes, least=choice.count.smallest_line, classes=_WIDTHS)
    name, box = _box(choice)
    nodes = _nodes(choice)
    circles = any(node.leaving or node.arriving for node in nodes)
    has_inset = name != _HOME and sum(node.is_home for node in nodes) > 1
    return flowmap.flowmap(
        [*_faint_flows(choice, lows), *_lit_flows(choice, lows)],
        nodes,
        [flowmap.Group(*group) for group in _groups(choice)],
        _width_labels(question, lows) if sizes else [],
        box=box,
        view=name,
        hue_title=question.translate(f"routes.legend_{_colour(question)}"),
        width_title=begin(choice.unit),
        halves=question.translate("routes.legend_halves") if circles else "",
        faint=question.translate("routes.line_faint"),
        labels=_labels(choice),
        margin_title=question.translate("routes.margin_title"),
        without_line=_without_line(choice),
        inset=(PACK.box, question.place_name(COUNTRY)) if has_inset else None,
        chosen="" if choice.place is None else (choice.place or NOT_KNOWN),
        notice=question.translate("shell.card.disclaimer"),
        lang=question.lang,
    )


def _colour(question: Question) -> str:
    """What the colour of lines means in a question: "corridor" (what is chosen) or another."""
    return question.options[COLOUR.name]


def _groups(choice: Choice) -> Iterator[tuple[str, str, Look]]:
    """Code, label and look of the groups of lines that the legend has."""
    match _colour(choice.question):
        case "transport":
            for mode, look in TRANSPORT_LOOK.items():
                yield mode, choice.translate(f"routes.line_mode_{mode}"), look
        case "class":
            for part in splits.parts_of(choice.fact):
                yield part, choice.translate(f"routes.line_{part}"), CLASS_LOOK[part]
        case _:
            yield _ALL, choice.translate("routes.seasons.all"), _LOOKS[_ALL]
            yield _CHOSEN, choice.translate("routes.line_chosen"), _LOOKS[_CHOSEN]


def _lit_flows(choice: Choice, lows: Sequence[int]) -> Iterator[Flow]:
    """Lines of the chosen flows, in the group of their class, transport or choice.

    Args:
        choice: The flows.
        lows: Smallest number of each width class.
    """
    count, one_group = choice.count, _CHOSEN if choice.is_part else _ALL
    group_functions = {"transport": count.main_mode, "class": count.main_part}
    group_of = group_functions.get(_colour(choice.question))
    for pair in choice.lit:
        group = group_of(pair) if group_of else one_group
        size = count.sizes[pair]
        lines = [
            flow_ends.flow_name(choice.question, pair),
            _counted(choice, size),
            choice.translate("routes.hover_class", label=flow_ends.main_class(count, pair)),
            choice.translate("routes.hover_mode", label=flow_ends.main_transport(count, pair)),
        ]
        yield Flow(*_ends(choice, pair), group, _width(size, lows), lines, pair)


def _faint_flows(choice: Choice, lows: Sequence[int]) -> Iterator[Flow]:
    """Lines of the flows that are not chosen, with their numbers in all corridors.

    Args:
        choice: The flows.
        lows: Smallest number of each width class, as in ``_lit_flows``.
    """
    for pair in choice.faint:
        size = choice.around.sizes[pair]
        text = choice.translate("routes.hover_faint", number=choice.about(size), unit=choice.unit)
        lines, ends = [flow_ends.flow_name(choice.question, pair), text], _ends(choice, pair)
        yield Flow(*ends, "", _width(size, lows), lines, pair, is_faint=True)


def _ends(choice: Choice, pair: Pair) -> tuple[Point, Point]:
    """The points that the line of a pair joins."""
    return _point(choice.question, pair[0]), _point(choice.question, pair[1])


def _width(size: int, lows: Sequence[int]) -> int:
    """Index of a number's width class, from the smallest number of each class."""
    return max(0, bisect_right(lows, size) - 1)


def _nodes(choice: Choice) -> list[Node]:
    """Every end of a flow that is chosen (lit), the largest first; then those of others (faint)."""
    question, lit_ends = choice.question, _lit_ends(choice)
    nodes = [_node(choice, code) for code in lit_ends]
    for code in sorted({end for pair in choice.faint for end in pair}.difference(lit_ends)):
        name, is_home = flow_ends.place_name(question, code), is_at_home(question.release, code)
        nodes.append(Node(_point(question, code), code, [name], is_home=is_home))
    return nodes


def _node(choice: Choice, code: str) -> Node:
    """The circle of an end of chosen flows: how many of these begin, end and stay there."""
    out, into = (sizes[code] for sizes in choice.by_end)
    within = choice.within(code)
    name = flow_ends.place_name(choice.question, code)
    lines = [
        name,
        choice.translate("routes.hover_out", number=choice.about(out)),
        choice.translate("routes.hover_in", number=choice.about(into)),
    ]
    if within:
        lines.append(choice.translate("routes.hover_within", number=choice.about(within)))

    def at_edge(key: str, size: int) -> tuple[str, str]:
        return (choice.translate(key, place=name), choice.mark(size)) if size else ("", "")

    lit_out, lit_into = (sizes[code] for sizes in choice.lit_by_end)
    # What the edge of a map says of a place beyond it: numbers of lines to it, and from it.
    edges = at_edge("routes.edge_to", lit_into), at_edge("routes.edge_from", lit_out)
    is_home = is_at_home(choice.question.release, code)
    return Node(_point(choice.question, code), code, lines, out, into, is_home, edges)


def _labels(choice: Choice) -> list[Label]:
    """Names of the largest places, each with the larger of in and out."""
    question, (out, into) = choice.question, choice.by_end
    sizes = {code: max(out[code], into[code]) for code in _lit_ends(choice)[:_NAMED]}
    name = partial(flow_ends.place_name, question)
    return [
        Label(name(code), choice.mark(size), *_point(question, code), code)
        for code, size in sizes.items()
        if size
    ]


def _lit_ends(choice: Choice) -> list[str]:
    """Ends that are drawn as chosen, by the larger of the numbers from there and to there.

    They are the ends of lit flows and of those within one place; where ends that are not known are
    chosen, all that share a flow with one.
    """
    release, takes_all = choice.question.release, choice.place == legs.UNKNOWN
    ends = {
        end
        for start, destination in choice.pairs
        for end in (start, destination)
        if (takes_all or (start == destination and legs.is_place(end)))
        and centre(release, legs.area_of(end)) is not None
    }
    ends.update(end for pair in choice.lit for end in pair)
    out, into = choice.by_end
    return sorted(ends, key=lambda code: (-max(out[code], into[code]), code))


def _without_line(choice: Choice) -> list[flowmap.WithoutLine]:
    """What stands in the margin: chosen flows without a line, by why they have none."""
    # Where ends that are not known are chosen, all others without a line stay in sight.
    sizes = (replace(choice, place=None) if choice.place == legs.UNKNOWN else choice).without_line
    flows: list[flowmap.WithoutLine] = []
    for kind in filter(sizes.__contains__, _WITHOUT_LINE):
        label, size = flow_ends.left_name(choice.count, kind), sizes[kind]
        code = NOT_KNOWN if kind == legs.UNKNOWN else ""
        lines = [label, _counted(choice, size)]
        flows.append(flowmap.WithoutLine(code, label, choice.mark(size), lines))
    return flows


def _counted(choice: Choice, size: int) -> str:
    """A number in words with its unit."""
    return choice.translate("shared.counted", number=choice.about(size), unit=choice.unit)


def _width_labels(question: Question, lows: Sequence[int]) -> list[str]:
    """The width classes in words, from the smallest number of each; the last one is open."""
    closed = [question.reach(low, following - 1) for low, following in pairwise(lows)]
    last = question.number(lows[-1])
    return [*closed, question.translate("routes.width_open", low=last)]


def _box(choice: Choice) -> tuple[str, Box]:
    """Name and box of a view: the country, or the nearest with half of what crosses its border."""
    question = choice.question
    if not choice.lit and any(choice.within(start) for start, _ in choice.pairs):
        return _HOME, PACK.box
    count, pairs = (choice.count, choice.lit) if choice.lit else (choice.around, choice.faint)
    at_home = {code for pair in pairs for code in pair if is_at_home(question.release, code)}
    abroad = [pair for pair in pairs if not at_home.issuperset(pair)]
    crossing = sum(count.sizes[pair] for pair in abroad)
    if crossing <= _ABROAD * sum(count.sizes[pair] for pair in pairs):
        return _HOME, PACK.box
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
    (lon, lat), (west, south, east, north) = point, box
    return west <= lon <= east and south <= lat <= north


def _point(question: Question, end: str) -> Point:
    """Where an end is drawn: its centre; KeyError for one that has none."""
    point = centre(question.release, legs.area_of(end))
    if point is None:
        raise KeyError(f"{end} has no centre")
    return point
