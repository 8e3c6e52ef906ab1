"""The world around Bangladesh: countries, lakes and international borders.

Only shapes belong here. Names of countries do not: see ``gazetteer`` and ``labels``.
"""

# The types of shapely and geopandas leave keyword arguments unknown.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import shapely

from tools.geography.lens import Lens, repair
from tools.geography.sources import Country, read_countries, read_lakes

#: About 1 km at the coast of Bangladesh, 10 km at 60 degrees from it.
_LENS = Lens(91, 23, reach=3, tolerance=0.008, decimals=3, far_decimals=2)
_NEIGHBOURS = ("IN", "MM")
_GRID = 1e-4  # degrees
_AREA = 2  # dimensions
#: How far a neighbour may grow into land that only the coarser map gives to Bangladesh, degrees.
_FILL = 0.05
#: Territories without a code of their own, drawn with the country around them.
_DRAWN_WITH = {"ESB": "CY", "WSB": "CY", "USG": "CU", "BRT": "EG"}
_LEFT_OUT = {"AQ"}

#: Lakes and borders are drawn where journeys from Bangladesh may lead, degrees.
_DRAWN = shapely.box(-20, -15, 150, 60)

#: What maps of Bangladesh show at home in a card of any width: west, south, east, north, degrees.
REGION = (76, 14, 106, 32)

#: Boundaries that both sides or the United Nations do not call final, by the pair of codes.
_DISPUTED_PAIRS = {
    ("CN", "IN"),
    ("BT", "CN"),
    ("KP", "KR"),
    ("RS", "XK"),
    ("SD", "SS"),
    ("EG", "SD"),
    ("IL", "SY"),
    ("IL", "LB"),
    ("RU", "UA"),
}
_DISPUTED_SIDES = {"EH", "PS"}
#: The line between India and Pakistan is disputed north of this latitude, degrees.
_KASHMIR = 32.3


def read_world(bangladesh: Any) -> tuple[list[Country], dict[str, Any]]:
    """Countries with names, and polygons by code.

    Args:
        bangladesh: The country's own polygon, which replaces the coarser one. India and Myanmar
            are cut and filled so that they meet it.

    Raises:
        MissingSourceError: If the package of countries is not installed.
    """
    countries, shapes = read_countries()
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for position, country in enumerate(countries):
        groups[country.code or _DRAWN_WITH.get(country.key, "")].append(position)
    simple = [
        _or_hull(repair(shape), shapes[position])
        for position, shape in enumerate(_LENS.simplify(shapes))
    ]
    world = {
        code: repair(shapely.union_all([simple[i] for i in positions], grid_size=_GRID))
        for code, positions in sorted(groups.items())
        if code and code not in _LEFT_OUT
    }
    coarse = world["BD"]
    world = {code: _LENS.without_specks(shape) for code, shape in world.items()}
    _fit_neighbours(world, coarse, bangladesh)
    by_code = {country.code: country for country in reversed(countries) if country.code in world}
    return [by_code[code] for code in sorted(by_code)], {
        code: shapely.orient_polygons(shapely.normalize(shape)) for code, shape in world.items()
    }


def _or_hull(simple: Any, original: Any) -> Any:
    """The simplified shape; where nothing is left of it, the hull of the original."""
    if not simple.is_empty:
        return simple
    return shapely.set_precision(shapely.convex_hull(original), _GRID)


def _fit_neighbours(world: dict[str, Any], coarse: Any, bangladesh: Any) -> None:
    """Put the country's own polygon into the world, and make its neighbours meet it, in place.

    Args:
        world: Polygons by code.
        coarse: The country as the world's map has it, before specks were left out.
        bangladesh: Its own polygon.
    """
    gap = shapely.difference(coarse, bangladesh)
    for code in _NEIGHBOURS:
        filled = shapely.intersection(gap, shapely.buffer(world[code], _FILL))
        gap = shapely.difference(gap, filled)
        grown = shapely.difference(shapely.union(world[code], filled), bangladesh)
        # Where the coarse edge crosses the fine one it leaves points on it, which would part from
        # it when rounded. A strip across the fine edge buries them.
        touching = shapely.intersection(shapely.boundary(bangladesh), shapely.buffer(grown, _GRID))
        strip = shapely.buffer(touching, 2 * _GRID)
        grown = shapely.difference(shapely.union(grown, strip), bangladesh)
        # Each point by itself: a common grid would add points to the fine edge.
        rounded = shapely.set_precision(grown, _GRID, mode="pointwise")
        world[code] = _LENS.without_specks(repair(rounded))
    world["BD"] = bangladesh


def visible_lakes() -> list[Any]:
    """Polygons of the lakes that are drawn and can be seen, the largest first.

    Raises:
        MissingSourceError: If the package of lakes is not installed.
    """
    lakes = shapely.get_parts(read_lakes())
    lakes = lakes[shapely.intersects(lakes, _DRAWN)]
    seen_area = shapely.area(shapely.transform(lakes, _LENS.into))
    order = np.argsort(-seen_area, kind="stable")
    visible = lakes[order[seen_area[order] > 6 * _LENS.tolerance**2]]
    simple = (repair(_LENS.simplify(visible[i : i + 1])[0]) for i in range(len(visible)))
    return [shapely.orient_polygons(shapely.normalize(lake)) for lake in simple if lake.area > 0]


def borders(world: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Lines between countries as code of the pair, ``agreed`` or ``disputed``, and line.

    Only lines of the region that is drawn. The line between India and Pakistan comes in two parts.
    """
    codes = sorted(world)
    edges = [shapely.boundary(world[code]) for code in codes]
    tree = shapely.STRtree(edges)
    pairs = np.unique(np.sort(tree.query(edges, predicate="intersects").T, axis=1), axis=0)
    for one, other in pairs:
        if one == other:
            continue
        line = _as_lines(shapely.intersection(edges[one], edges[other]))
        if not line.intersects(_DRAWN):
            continue
        pair = (codes[one], codes[other])
        for kind, part in _agreed_or_disputed(pair, line):
            yield "-".join(pair), kind, part


def in_region(shapes: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """What of polygons or lines by code lies in ``REGION``, cut at its edge; no others."""
    for code, shape in shapes:
        cut = shapely.intersection(shape, shapely.box(*REGION))
        if shapely.get_dimensions(shape) == _AREA:
            # Pointwise, as the neighbours were: a common grid would part them from Bangladesh.
            rounded = shapely.set_precision(cut, _GRID, mode="pointwise")
            cut = shapely.orient_polygons(shapely.normalize(repair(rounded)))
        else:
            cut = _as_lines(cut)
        if not cut.is_empty:
            yield code, cut


def _agreed_or_disputed(pair: tuple[str, str], line: Any) -> Iterator[tuple[str, Any]]:
    """Parts of the line between two countries, each with its kind."""
    if pair == ("IN", "PK"):
        kashmir = shapely.box(60, _KASHMIR, 90, 50)
        yield "agreed", _as_lines(shapely.difference(line, kashmir))
        yield "disputed", _as_lines(shapely.intersection(line, kashmir))
    elif pair in _DISPUTED_PAIRS or _DISPUTED_SIDES.intersection(pair):
        yield "disputed", line
    else:
        yield "agreed", line


def _as_lines(shape: Any) -> Any:
    """The lines of a shape, joined where they meet, without its points."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "LineString"]
    if not parts:
        return shapely.MultiLineString()
    merged = shapely.line_merge(shapely.multilinestrings(parts))
    return shapely.normalize(shapely.set_precision(merged, _GRID))
