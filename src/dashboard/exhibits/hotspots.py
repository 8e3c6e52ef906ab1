"""Hotspots: where, on a map and in a ranked list that does all that the map does.

Counts only; rates, tests and clusters have exhibits of their own. Ids: hotspots.map,
hotspots.ranking, overview.map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard import queries
from dashboard.analysis.classes import is_few
from dashboard.exhibits import areamap, making, rankings, splits
from dashboard.exhibits.areas import (
    LEVELS,
    AreaCount,
    ancestors,
    count_areas,
    drawn_areas,
    levels_offered,
    map_level,
)
from dashboard.exhibits.breakdown import is_close
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.registry import Option, View, exhibit
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.words import dates, numbers
from dashboard.words.catalogue import say

_FACTS = {"incidents": INCIDENTS, "people": PEOPLE}
_MEASURE = Option("measure", ("incidents", "people"))
_LEVEL = Option("level", ("auto", *LEVELS), lambda release: ("auto", *levels_offered(release)))
_TOP = Option("top", ("15", "50", "all"))
#: How many places a description names.
_DESCRIBED = 5
#: A finding may say that so many areas together hold half.
_MOST_FOR_HALF = 10


@exhibit("hotspots.map", facts=("incidents", "people"), options=(_MEASURE, _LEVEL))
def hotspots_map(view: View) -> Exhibit:
    """Areas in number classes; a click gives the code of the area to look into."""
    return _map("hotspots.map", view, view.options["measure"], view.options["level"])


@exhibit("overview.map", facts=("incidents",))
def overview_map(view: View) -> Exhibit:
    """The same map at its usual level, for the first page."""
    return _map("overview.map", view, "incidents", "auto")


@exhibit("hotspots.ranking", facts=("incidents", "people"), options=(_MEASURE, _LEVEL, _TOP))
def hotspots_ranking(view: View) -> Exhibit:
    """Areas by number, split by class, each with its change and the link that looks into it."""
    level = map_level(view.release, view.filters, view.options["level"])
    fact = _FACTS[view.options["measure"]]
    count = count_areas(view, fact, level)
    split = _split(view, count)
    compared = making.compared_span(view)
    before = count_areas(view, fact, level, compared).sizes if compared else None
    offer = _offer(view, count)
    if offer:
        return making.offered("hotspots.ranking", _frame(view, count), offer)
    notes = [*_notes(view, count), *([] if split else [_say(view, "ranking.unsplit", count)])]
    ranked = [
        rankings.Row(
            code,
            view.release.place_name(code, view.filters.lang),
            size,
            split.get(code) if split else None,
            before.get(code, 0) if before is not None else None,
            rankings.query(view, view.filters.with_codes("area", (code,)), keep=(_MEASURE,)),
            note=_parent_name(view, code),
        )
        for code, size in count.ranked
    ]
    return making.made(
        "hotspots.ranking",
        _frame(view, count, [*notes, *rankings.notes(view, compared)]),
        title=_ranking_title(view, count),
        figure=rankings.figure(
            view, fact, ranked, label=_level(view, count, 1), top=view.options["top"]
        ),
        table=rankings.table(
            view,
            fact,
            ranked,
            label=_level(view, count, 1),
            note_label=say("hotspots.column_within", view.filters.lang),
            compared=compared,
        ),
        description=_description(view, count, "ranking"),
    )


def _map(exhibit_id: str, view: View, measure: str, asked_level: str) -> Exhibit:
    level = map_level(view.release, view.filters, asked_level)
    count = count_areas(view, _FACTS[measure], level)
    offer = _offer(view, count)
    if offer:
        return making.offered(exhibit_id, _frame(view, count), offer)
    return making.made(
        exhibit_id,
        _frame(view, count, _notes(view, count)),
        title=_map_title(view, count),
        figure=areamap.figure(view, count),
        table=_map_table(view, count),
        description=_description(view, count, "map"),
    )


def _offer(view: View, count: AreaCount) -> Offer | None:
    """Why areas are not drawn; what has no area at all is not called empty."""
    return making.too_small(view, replace(count.drawn, total=count.mapped or count.total))


def _frame(view: View, count: AreaCount, notes: Sequence[str] = ()) -> making.Frame:
    """The frame with the place roles that are counted, so that the subtitle names them."""
    counted = replace(view, filters=queries.shown_roles(view.filters))
    public = view.release.edition.is_public
    ends = [say("shared.note.public_levels", view.filters.lang)] if public else []
    return making.frame(counted, count.fact, drawn=(count.drawn,), notes=[*notes, *ends])


def _split(view: View, count: AreaCount) -> dict[str, dict[str, int]] | None:
    """Sizes by area and part, or None where the cells are too small to split."""
    by = (count.level, "class_group")
    if not drawn_areas(view, count.fact, by, count.chosen, count.mapped).may_be_drawn:
        return None
    rows = queries.counts(
        view.release, count.fact, queries.shown_roles(view.filters), view.period, by
    )
    return splits.split(rows)


def _map_table(view: View, count: AreaCount) -> Table:
    lang, counted = view.filters.lang, count.fact.unit
    ranked = sorted(count.sizes.items(), key=lambda entry: -entry[1])
    rows: list[tuple[Cell, ...]] = [
        (code, view.release.place_name(code, lang), _parent_name(view, code), size)
        for code, size in ranked
    ]
    rows += [
        ("", _say(view, f"elsewhere_{where}", count), "", size)
        for where, size in count.elsewhere.items()
        if size
    ]
    return Table(
        (
            Column("code", say("hotspots.column_code", lang)),
            Column("area", _level(view, count, 1)),
            Column("within", say("hotspots.column_within", lang)),
            Column(counted, say(f"hotspots.column_{counted}", lang), count.fact.unit_in(lang)),
        ),
        tuple(rows),
    )


def _parent_name(view: View, code: str) -> str:
    above = ancestors(view.release, code)
    return view.release.place_name(above[1], view.filters.lang) if len(above) > 1 else ""


def _level(view: View, count: AreaCount, n: int) -> str:
    return say(f"hotspots.level_{count.level}", view.filters.lang, n=n)


def _say(view: View, key: str, count: AreaCount, **values: object) -> str:
    lang, level, levels = view.filters.lang, _level(view, count, 1), _level(view, count, 2)
    return say(
        f"hotspots.{key}", lang, unit=count.fact.unit_in(lang), level=level.lower(),
        levels=levels.lower(), **values,
    )  # fmt: skip


def _map_title(view: View, count: AreaCount) -> str:
    """The fewest areas that together hold half, or the first one where that says little."""
    base = view.release.base(count.fact.id)
    if not count.ranked:
        return _say(view, "map.title_none", count)
    first = view.release.place_name(count.ranked[0][0], view.filters.lang)
    held, needed = 0, 0
    for _, size in count.ranked:
        held, needed = held + size, needed + 1
        if 2 * held >= count.mapped:
            break
    share = numbers.share(held, count.mapped, base, view.filters.lang)
    if needed == 1 and _two_lead(view, count):
        return _close_title(view, count)
    if share is None or needed > _MOST_FOR_HALF or len(count.ranked) == 1:
        if _two_lead(view, count):
            return _close_title(view, count)
        number = numbers.about(count.ranked[0][1], base, view.filters.lang)
        return _say(view, "map.title_first", count, first=first, number=number)
    if needed == 1:
        return _say(view, "map.title_one", count, first=first, share=share)
    if _two_lead(view, count):
        return _say(view, "map.title_half_close", count, n=needed, share=share)
    return _say(view, "map.title_half", count, n=needed, share=share, first=first)


def _two_lead(view: View, count: AreaCount) -> bool:
    """Whether protection could have put the first two areas in the other order."""
    sizes = [size for _, size in count.ranked]
    return len(sizes) > 1 and is_close(sizes[0], sizes[1], view.release.base(count.fact.id))


def _close_title(view: View, count: AreaCount) -> str:
    name = view.release.place_name
    first, second = (name(code, view.filters.lang) for code, _ in count.ranked[:2])
    return _say(view, "map.title_close", count, first=first, second=second)


def _ranking_title(view: View, count: AreaCount) -> str:
    if not count.ranked:
        return _say(view, "map.title_none", count)
    if _two_lead(view, count):
        return _close_title(view, count)
    code, size = count.ranked[0]
    base, lang = view.release.base(count.fact.id), view.filters.lang
    first = view.release.place_name(code, lang)
    share = numbers.share(size, count.mapped, base, lang)
    if share is None or len(count.ranked) == 1:
        number = numbers.about(size, base, lang)
        return _say(view, "map.title_first", count, first=first, number=number)
    return _say(view, "ranking.title", count, first=first, share=share)


def _description(view: View, count: AreaCount, form: str) -> str:
    lang, base = view.filters.lang, view.release.base(count.fact.id)
    named = [
        say("hotspots.named", lang, name=view.release.place_name(code, lang),
            number=numbers.about(size, base, lang))
        for code, size in count.ranked[:_DESCRIBED]
        if not is_few(size, base)
    ]  # fmt: skip
    empty = len(count.sizes) - len(count.ranked)
    period = dates.period(view.period, lang)
    parts = [_say(view, f"{form}.description", count, period=period)]
    if named:
        parts.append(say("hotspots.described", lang, names=", ".join(named)))
    if empty and form == "map":
        levels = _level(view, count, empty).lower()
        parts.append(say("hotspots.described_empty", lang, n=empty, levels=levels))
    return " ".join(parts)


def _notes(view: View, count: AreaCount) -> list[str]:
    """What is left out (events without such an area, checkpoints), and how rough the rest is."""
    base, lang = view.release.base(count.fact.id), view.filters.lang
    away = [
        say(f"hotspots.away_{where}", lang, number=numbers.about(size, base, lang),
            level=_level(view, count, 1).lower())
        for where, size in count.elsewhere.items()
        if size
    ]  # fmt: skip
    notes = [_say(view, "note_away", count, parts="; ".join(away))] if away else []
    if not view.filters.role:
        everywhere = queries.total(view.release, count.fact, view.filters, view.period)
        stopped = everywhere - count.total
        if stopped:
            number = numbers.about(stopped, base, lang)
            notes.append(_say(view, "note_stopped", count, number=number))
    return notes
