"""Arcs: layers as the lines that their shapes share, which is how a browser is sent them.

Two areas that meet have the line between them twice in GeoJSON, and a district has the lines of its
upazilas once more. Here each line is written once, as TopoJSON does it (github.com/topojson), in
whole steps from point to point; and a finer layer holds only the lines that coarser ones lack. How
layers are simplified does not belong here: shapes come out as they went in.
"""

# The types of shapely leave arguments unknown.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import shapely

#: Steps of a degree in which layers are written.
STEPS = 10_000
_KINDS = frozenset({"Polygon", "MultiPolygon", "LineString", "MultiLineString"})
Point = tuple[int, int]
Line = tuple[Point, ...]
#: Features of a layer: id, properties and shape.
Features = Iterable[tuple[str, Mapping[str, Any], Any]]


class OffGridError(ValueError):
    """A point lies between the steps in which layers are written."""


@dataclass
class Arcs:
    """Lines of some layers, each once, from the coarsest layer to the finest."""

    _numbers: dict[Line, int] = field(default_factory=dict)

    def number(self, line: Line) -> int:
        """Number of a line, from 0; ``~number`` where it is known in the other direction."""
        if line in self._numbers:
            return self._numbers[line]
        back = line[::-1]
        if back in self._numbers:
            return ~self._numbers[back]
        self._numbers[line] = len(self._numbers)
        return self._numbers[line]

    def after(self, first: int) -> list[list[int]]:
        """Lines from a number on, each as a row of numbers: its first point, then its steps."""
        return [_steps(line) for line in [*self._numbers][first:]]

    def __len__(self) -> int:
        return len(self._numbers)


def shared(layers: Mapping[str, Features]) -> dict[str, dict[str, Any]]:
    """Layers of areas and lines with their lines shared.

    Args:
        layers: Features of each, the coarsest first.

    Returns:
        For each layer ``after`` (the coarser layer whose lines are counted before its own, or ""),
        ``steps`` (of a degree), ``arcs`` (its own lines) and ``features``: ``id``, ``properties``
        but for ``code``, and ``areas`` (polygons of rings of numbers of lines) or ``lines``.

    Raises:
        OffGridError: If a point is not on a step.
        ValueError: If a shape is neither of areas nor of lines.
    """
    parts = {
        name: [
            (code, properties, shape.geom_type, _parts(shape)) for code, properties, shape in layer
        ]
        for name, layer in layers.items()
    }
    knots = _knots(
        line for layer in parts.values() for *_, lines in layer for part in lines for line in part
    )
    arcs, result, before = Arcs(), dict[str, dict[str, Any]](), ""
    for name, layer in parts.items():
        first = len(arcs)
        features = [_feature(arcs, knots, *feature) for feature in layer]
        result[name] = {
            "after": before, "steps": STEPS, "arcs": arcs.after(first), "features": features,
        }  # fmt: skip
        before = name
    return result


def _feature(
    arcs: Arcs,
    knots: frozenset[Point],
    code: str,
    properties: Mapping[str, Any],
    kind: str,
    parts: Sequence[Sequence[Line]],
) -> dict[str, Any]:
    """A feature whose shape is given by numbers of lines, which are cut at the knots first."""
    if kind not in _KINDS:
        raise ValueError(f"{code}: {kind} is neither of areas nor of lines")
    numbers = [
        [[arcs.number(piece) for piece in _pieces(line, knots)] for line in part] for part in parts
    ]
    others = {name: value for name, value in properties.items() if name != "code"}
    shape = {"areas": numbers} if kind.endswith("Polygon") else {"lines": [n for (n,) in numbers]}
    return {"id": code, **({"properties": others} if others else {}), **shape}


def _parts(shape: Any) -> list[list[Line]]:
    """The parts of a shape as lines: of a polygon its rings, the outer one first."""
    parts: list[list[Line]] = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            parts.append([_line(ring) for ring in (part.exterior, *part.interiors)])
        elif part.geom_type == "LineString":
            parts.append([_line(part)])
    return parts


def _line(shape: Any) -> Line:
    """Points of a line or ring in whole steps.

    Raises:
        OffGridError: If a point is not on a step.
    """
    points = shapely.get_coordinates(shape) * STEPS
    rounded = points.round()
    if abs(points - rounded).max() > 1e-3:  # noqa: PLR2004 -- far above what floats lose
        raise OffGridError(f"a point lies between steps of 1/{STEPS} of a degree")
    return tuple((int(x), int(y)) for x, y in rounded)


def _knots(lines: Iterable[Line]) -> frozenset[Point]:
    """Points at which lines meet, part or end: their neighbours are not the same two everywhere."""
    neighbours_of: dict[Point, frozenset[Point]] = {}
    knots = set[Point]()
    for line in lines:
        is_ring = line[0] == line[-1]
        if not is_ring:
            knots.update((line[0], line[-1]))
        points = (line[-2], *line) if is_ring else line
        for before, here, after in zip(points, points[1:], points[2:], strict=False):
            neighbours = frozenset((before, after))
            if neighbours_of.setdefault(here, neighbours) != neighbours:
                knots.add(here)
    return frozenset(knots)


def _pieces(line: Line, knots: frozenset[Point]) -> Iterator[Line]:
    """A line cut at its knots; a ring begins at a knot, or at its least point if it has none."""
    if line[0] == line[-1]:
        ring = line[:-1]
        starts = [at for at, point in enumerate(ring) if point in knots]
        start = starts[0] if starts else ring.index(min(ring))
        line = (*ring[start:], *ring[: start + 1])
    inner = [at for at in range(1, len(line) - 1) if line[at] in knots]
    for start, end in pairwise((0, *inner, len(line) - 1)):
        yield line[start : end + 1]


def _steps(line: Line) -> list[int]:
    """A line as one row of numbers: its first point, then how far it goes each time."""
    numbers = [*line[0]]
    for (x, y), (to_x, to_y) in pairwise(line):
        numbers += (to_x - x, to_y - y)
    return numbers
