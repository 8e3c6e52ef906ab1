"""What the list of areas has together: those with a few each, by the area around them.

Beside them stands of how much it is told that it lies in that area, and not where. The table has
every area by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import queries
from dashboard.exhibits.counts.area_counts import AreaCount, column_of_level
from dashboard.exhibits.counts.home import way_up
from dashboard.exhibits.hotspots.said import (
    MEASURE,
    elsewhere,
    level_name,
    name_among,
    not_told,
    say_of,
)
from dashboard.exhibits.parts import display_rule, rankings
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.rankings import Row
from dashboard.exhibits.question import Question
from dashboard.model.camps import REGION_OF
from dashboard.model.counted_by import Gathered, column_of
from dashboard.model.protection import is_few

#: Areas with a few that a line names; of more it says how many they are.
_NAMED = 3
#: What small lines have together, by no code of a place.
_REST = ""


def together(question: Question, count: AreaCount) -> list[Row]:
    """Rows without a rank: one for each area around, what is not told of it, and the rest."""
    few = _few(question, count)
    sizes = {around: sum(map(count.sizes.__getitem__, own)) for around, own in few.items()}
    drawn = _drawn(question, count, few, sizes)
    base, rows = question.base(count.fact), list[Row]()
    for around in sorted(
        {*few, *count.within} - {_REST},
        key=lambda code: (-sizes.get(code, 0) - count.within.get(code, 0), code),
    ):
        if around in few:
            rows.append(_line(question, count, around, few[around], sizes[around], drawn))
        if not is_few(count.within.get(around, 0), base) and around in count.within:
            rows.append(_unranked(not_told(question, count, around), count.within[around]))
    if few.get(_REST):
        rows.append(_line(question, count, _REST, few[_REST], sizes[_REST], drawn))
    small = [code for code, size in count.within.items() if is_few(size, base)]
    if small:
        size = sum(count.within[code] for code in small)
        label = (
            not_told(question, count, small[0])
            if len(small) == 1
            else say_of(question, "not_told_in", count, n=len(small))
        )
        rows.append(_unranked(label, size))
    return [*rows, *(_unranked(label, size) for label, size in elsewhere(question, count))]


def _few(question: Question, count: AreaCount) -> dict[str, list[str]]:
    """Areas that the list does not name, by what they lie in; by none where that is little too."""
    named, found = {code for code, _ in count.named}, dict[str, list[str]]()
    for code, _ in count.ranked:
        if code not in named:
            found.setdefault(_around(question, code), []).append(code)
    base = question.base(count.fact)
    small = [
        around
        for around, own in found.items()
        if is_few(sum(map(count.sizes.__getitem__, own)), base)
    ]
    if len(small) > 1:
        found[_REST] = [code for around in small for code in found.pop(around)]
    return found


def _around(question: Question, code: str) -> str:
    return way_up(question.release, code)[1]


def _drawn(
    question: Question,
    count: AreaCount,
    few: Mapping[str, Sequence[str]],
    sizes: Mapping[str, int],
) -> Drawn:
    """The sums of areas as a cut, so that each has its own error."""
    by = column_of_level(count.level)
    # A place may be counted by the code of what others lie in, so their sum has another one.
    group = {code: f"{around}+" for around, own in few.items() for code in own}
    if isinstance(by, Gathered):
        group |= {camp: group[region] for camp, region in REGION_OF.items() if region in group}
    filters = queries.shown_roles(question.filters)
    gathered = Gathered(column_of(by), group)
    return display_rule.drawn(
        question, count.fact, (gathered,), tuple(sizes.values()), filters=filters
    )


def _line(
    question: Question,
    count: AreaCount,
    around: str,
    codes: Sequence[str],
    size: int,
    drawn: Drawn,
) -> Row:
    """Areas with a few each, by the area around them, which its link looks into."""
    levels = level_name(question, count, len(codes)).lower()
    few = question.say("hotspots.ranking.few", n=len(codes), levels=levels)
    if around == _REST:
        return Row(
            "",
            _others(question, codes),
            size,
            None,
            None,
            "",
            note=few,
            is_ranked=False,
            drawn=drawn,
        )
    if len(codes) <= _NAMED:
        names = ", ".join(sorted(map(question.place_name, codes)))
        few = question.say("hotspots.ranking.few_named", few=few, names=names)
    filters = question.filters.with_codes("area", (around,))
    return Row(
        "",
        name_among(question, count, around),
        size,
        None,
        None,
        rankings.query(question, filters, keep=(MEASURE,)),
        note=few,
        is_ranked=False,
        drawn=drawn,
    )


def _others(question: Question, codes: Sequence[str]) -> str:
    """How many areas with little of their own some areas lie in."""
    areas = {_around(question, code) for code in codes}
    level = question.release.places[min(areas)].level
    levels = question.say(f"hotspots.level_{level}", n=len(areas)).lower()
    return question.say("hotspots.ranking.others", n=len(areas), levels=levels)


def _unranked(label: str, size: int) -> Row:
    return Row("", label, size, None, None, "", is_ranked=False)
