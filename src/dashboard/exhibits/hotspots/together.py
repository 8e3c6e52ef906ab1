"""What the list of areas has together: those with a few each, by the area around them.

Beside them stands of how much it is told that it lies in that area, and not where. The table has
every area by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import queries
from dashboard.exhibits.counts.area_counts import AreaCount, column_of_level
from dashboard.exhibits.counts.home import way_up
from dashboard.exhibits.hotspots import said
from dashboard.exhibits.parts import display_rule, rankings
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.rankings import Row
from dashboard.model.camps import REGION_OF
from dashboard.model.counted_by import Gathered, column_of
from dashboard.model.protection import is_few

#: Areas with a few that a line names; of more it says how many they are.
_NAMED = 3
#: What small lines have together, by no code of a place.
_REST = ""


def together(count: AreaCount) -> list[Row]:
    """Rows without a rank: one for each area around, what is not told of it, and the rest."""
    few, within, base = _few(count), count.within, count.drawn.base
    sizes = {around: sum(map(count.sizes.__getitem__, own)) for around, own in few.items()}
    drawn = _drawn(count, few, sizes)
    small = [code for code, size in within.items() if is_few(size, base)]
    rows: list[Row] = []
    for around in sorted(
        {*few, *within} - {_REST},
        key=lambda code: (-sizes.get(code, 0) - within.get(code, 0), code),
    ):
        if around in few:
            rows.append(_line(count, around, few[around], drawn))
        if around in within and around not in small:
            rows.append(_unranked(said.not_told(count, around), within[around]))
    if few.get(_REST):
        rows.append(_line(count, _REST, few[_REST], drawn))
    if small:
        alone = said.not_told(count, small[0]) if len(small) == 1 else ""
        label = alone or count.say_of("not_told_in", n=len(small))
        rows.append(_unranked(label, sum(within[code] for code in small)))
    return [*rows, *(_unranked(label, size) for label, size in said.elsewhere(count))]


def _unranked(label: str, size: int) -> Row:
    return Row("", label, size, is_ranked=False)


def _few(count: AreaCount) -> dict[str, list[str]]:
    """Areas that the list does not name, by what they lie in; by none where that is little too."""
    named, found = {code for code, _ in count.named}, dict[str, list[str]]()
    for code, _ in count.ranked:
        if code not in named:
            found.setdefault(_around(count, code), []).append(code)
    small = [
        around
        for around, own in found.items()
        if is_few(sum(map(count.sizes.__getitem__, own)), count.drawn.base)
    ]
    if len(small) > 1:
        found[_REST] = [code for around in small for code in found.pop(around)]
    return found


def _around(count: AreaCount, code: str) -> str:
    return way_up(count.question.release, code)[1]


def _drawn(count: AreaCount, few: Mapping[str, Sequence[str]], sizes: Mapping[str, int]) -> Drawn:
    """The sums of areas as a cut, so that each has its own error."""
    by = column_of_level(count.level)
    # A place may be counted by the code of what others lie in, so their sum has another one.
    group = {code: f"{around}+" for around, own in few.items() for code in own}
    if isinstance(by, Gathered):
        group |= {camp: group[region] for camp, region in REGION_OF.items() if region in group}
    gathered, filters = Gathered(column_of(by), group), queries.shown_roles(count.question.filters)
    return display_rule.drawn(
        count.question, count.fact, (gathered,), tuple(sizes.values()), filters=filters
    )


def _line(count: AreaCount, around: str, codes: Sequence[str], drawn: Drawn) -> Row:
    """Areas with a few each, by the area around them, which its link looks into."""
    levels = count.level_name(len(codes)).lower()
    few = count.say("hotspots.ranking.few", n=len(codes), levels=levels)
    if around == _REST:
        label, query = _others(count, codes), ""
    else:
        label = said.name_among(count, around)
        filters = count.question.filters.with_codes("area", (around,))
        query = rankings.query(count.question, filters, keep=(said.MEASURE,))
        if len(codes) <= _NAMED:
            names = ", ".join(sorted(map(count.name, codes)))
            few = count.say("hotspots.ranking.few_named", few=few, names=names)
    size = sum(count.sizes[code] for code in codes)
    return Row("", label, size, query=query, note=few, is_ranked=False, drawn=drawn)


def _others(count: AreaCount, codes: Sequence[str]) -> str:
    """How many areas with little of their own some areas lie in."""
    areas = {_around(count, code) for code in codes}
    level = count.question.release.places[min(areas)].level
    levels = count.say(f"hotspots.level_{level}", n=len(areas)).lower()
    return count.say("hotspots.ranking.others", n=len(areas), levels=levels)
