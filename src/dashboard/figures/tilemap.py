"""Tile maps: places as equal hexagons, as a description that the browser draws.

Callers decide the tile, class and label of each place. There is no ground: no land, no sea, no
boundaries; the notice in place of that of boundaries says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from dashboard.figures import theme
from dashboard.figures.choropleth import DASH, MapClass, legend_of
from dashboard.figures.map_description import Layer, description
from dashboard.figures.theme import Figure
from dashboard.model.hexagons import ACROSS, centre

#: Pixels of the line around chosen tiles.
_STRONG = 2.4
#: Radii above a group in which its name stands.
_NAME = 1.4
_DECIMALS = 4


@dataclass(frozen=True)
class Tile:
    """One place: its tile, its class and its texts.

    Attributes:
        code: Its code, which a click gives.
        label: Its label, a few letters.
        group: Code of its group.
        column: Column of its tile.
        row: Row of its tile, counted downwards; odd rows stand half a tile to the right.
        class_index: Index of its class.
        number: The number under the label where there is room, or ''.
        lines: The text when it is pointed at, as plain lines.
    """

    code: str
    label: str
    group: str
    column: int
    row: int
    class_index: int
    number: str
    lines: Sequence[str]

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle in radii."""
        return centre(self.column, self.row)


@dataclass(frozen=True)
class TileGroup:
    """Places that stand together, apart from others, in a line of their own.

    Attributes:
        code: Code of the group.
        name: Its name.
        number: Its number, or ''.
        notes: The range of the number, and notes on it.
    """

    code: str
    name: str
    number: str = ""
    notes: Sequence[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class PanelRow:
    """A number beside the tiles: its name, the number, and what that stands for.

    Attributes:
        label: What it is of.
        number: The number as a text, or ''.
        range: What it stands for, or ''.
        low, at, high: Where its range begins, the number lies and the range ends, as shares of the
            longest one; None without a dot.
    """

    label: str
    number: str
    range: str = ""
    low: float | None = None
    at: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class PanelPart:
    """Rows under a title."""

    title: str
    rows: Sequence[PanelRow]


def tilemap(
    tiles: Sequence[Tile],
    classes: Sequence[MapClass],
    *,
    groups: Sequence[TileGroup],
    view: str,
    legend_title: str,
    notice: str,
    lang: str,
    outlined: Sequence[str] = (),
    panel: Sequence[PanelPart] = (),
) -> Figure:
    """A map of tiles, always seen whole.

    Args:
        tiles: Every tile to draw, at least one, in the order in which a reader without a pointer
            goes through them.
        classes: Classes that ``Tile.class_index`` counts into, from low to high; those that say no
            number come last.
        groups: Groups, whose names stand as small headings above their tiles.
        view: Changes only when another choice of tiles is asked for.
        legend_title: What the classes count.
        notice: What the tiles do not mean.
        lang: Language of the words.
        outlined: Codes of tiles with a strong line: the chosen ones.
        panel: Rows beside the tiles.
    """
    layer: Layer = {
        "kind": "tiles",
        "classes": [_look(entry) for entry in classes],
        "tiles": [_tile(tile) for tile in tiles],
        "groups": [_group(group, tiles) for group in groups if _tiles_of(group, tiles)],
        "outlined": list(outlined),
        "line": theme.TEXT,
        "width": _STRONG,
        "ink": theme.TEXT_2,
    }
    figure = description(
        [layer],
        box=_box(tiles),
        view=view,
        legend=[legend_of(legend_title, classes, apart_line=theme.BOUNDARY)],
        labels=(),
        notice=notice,
        lang=lang,
        ground=False,
    )
    return figure | {"panel": [asdict(part) for part in panel if part.rows]}


def _box(tiles: Sequence[Tile]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all tiles in radii."""
    xs, ys = zip(*(tile.middle for tile in tiles), strict=True)
    half = ACROSS / 2
    return (
        round(min(xs) - half, _DECIMALS), round(min(ys) - 1, _DECIMALS),
        round(max(xs) + half, _DECIMALS), round(max(ys) + 1, _DECIMALS),
    )  # fmt: skip


def _tile(tile: Tile) -> dict[str, Any]:
    """A tile as data, with its middle in radii."""
    return {
        "code": tile.code,
        "group": tile.group,
        "class": tile.class_index,
        "at": [round(value, _DECIMALS) for value in tile.middle],
        "label": tile.label,
        "number": tile.number,
        "lines": list(tile.lines),
    }


def _tiles_of(group: TileGroup, tiles: Sequence[Tile]) -> list[Tile]:
    """The tiles that belong to a group."""
    return [tile for tile in tiles if tile.group == group.code]


def _group(group: TileGroup, tiles: Sequence[Tile]) -> dict[str, Any]:
    """A group as data: ``at``, where its name begins, and ``end``, where it must end, in radii.

    It begins above its first tile, at the left of the group, or of that tile where another group is
    in the way. ``end`` is None where nothing stands beside it.
    """
    half = ACROSS / 2
    middles = [tile.middle for tile in _tiles_of(group, tiles)]
    # The first tile: the leftmost of the highest ones.
    first_x, first_y = min(middles, key=lambda middle: (middle[1], middle[0]))
    top = first_y - 1
    others = [tile.middle for tile in tiles if tile.group != group.code]
    beside = [x for x, y in others if top - _NAME - 1 < y < top + 1]
    left = min(x for x, _ in middles)
    if any(left - ACROSS < x < first_x for x in beside):
        left = first_x
    ends = [x - half for x in beside if x > first_x]
    return asdict(group) | {
        "at": [round(left - half, _DECIMALS), round(top, _DECIMALS)],
        "end": round(min(ends), _DECIMALS) if ends else None,
    }


def _look(entry: MapClass) -> dict[str, Any]:
    """Fill, line and ink of a class; one without a number is paler than all with one."""
    is_plain = entry.colour in (theme.SURFACE, theme.SUNKEN)
    line = theme.BORDER_STRONG if is_plain else ""
    ink, halo = (theme.TEXT_2, "") if entry.apart else theme.ink_on(entry.colour)
    return {
        "fillcolor": entry.colour,
        "line": theme.BOUNDARY if entry.apart else line,
        "dash": list(DASH) if entry.apart else [],
        "ink": ink,
        "halo": halo or (theme.SURFACE if entry.dots else ""),
        "dots": entry.dots,
    }
