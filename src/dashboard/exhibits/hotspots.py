"""Hotspots: where, on a map and in a ranked list that does all that the map does.

Counts only; rates, tests and clusters have exhibits of their own. Ids: hotspots.map,
hotspots.ranking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard import queries
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import (
    COUNTRY,
    LEVELS,
    AreaCount,
    ancestors,
    count_areas,
    drawn_areas,
    levels_offered,
    map_level,
)
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.parts import area_map, folds, rankings
from dashboard.exhibits.parts.frame import Frame, frame, made
from dashboard.exhibits.parts.offers import offered, too_small
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.model import hxl
from dashboard.model.facts import INCIDENTS, PEOPLE
from dashboard.model.protection import is_few
from dashboard.words import dates, numbers
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import begin, say

_FACTS = {"incidents": INCIDENTS, "people": PEOPLE}
_MEASURE = Option("measure", ("incidents", "people"))
_LEVEL = Option("level", ("auto", *LEVELS), lambda release: ("auto", *levels_offered(release)))
_TOP = Option("top", ("15", "50", "all"))
#: How many places a description names.
_DESCRIBED = 5
#: A finding may say that so many areas together hold half.
_MOST_FOR_HALF = 10


@exhibit(
    "hotspots.map", facts=("incidents", "people"), options=(_MEASURE, _LEVEL), geometry="areas"
)
def hotspots_map(question: Question) -> Exhibit:
    """Areas in number classes; a click gives the code of the area to look into."""
    return number_map(
        "hotspots.map", question, question.options["measure"], question.options["level"]
    )


@exhibit("hotspots.ranking", facts=("incidents", "people"), options=(_MEASURE, _LEVEL, _TOP))
def hotspots_ranking(question: Question) -> Exhibit:
    """Areas by number, split by class, each with its change and the link that looks into it."""
    level = map_level(question.release, question.filters, question.options["level"])
    fact = _FACTS[question.options["measure"]]
    count = count_areas(question, fact, level)
    split = _split(question, count)
    compared = question.compared_span
    before = count_areas(question, fact, level, compared).sizes if compared else None
    moved = (
        folds.unsteady_places(question.release, fact, question.period, compared)
        if compared
        else frozenset[str]()
    )
    offer = _offer(question, count)
    if offer:
        return offered("hotspots.ranking", _frame(question, count), offer)
    notes = [
        *_notes(question, count),
        *([] if split else [_say(question, "ranking.unsplit", count)]),
    ]
    if apart := [code for code, _ in count.ranked if code in moved]:
        names = ", ".join(map(question.place_name, apart))
        notes.append(_say(question, "ranking.not_compared", count, names=names))
    ranked = [
        rankings.Row(
            code,
            question.place_name(code),
            size,
            split.get(code) if split else None,
            before.get(code, 0) if before is not None and code not in moved else None,
            rankings.query(
                question, question.filters.with_codes("area", (code,)), keep=(_MEASURE,)
            ),
            note=_parent_name(question, code),
        )
        for code, size in count.ranked
    ]
    return made(
        "hotspots.ranking",
        _frame(question, count, [*notes, *rankings.notes(question, compared)]),
        title=_ranking_title(question, count),
        figure=rankings.figure(
            question,
            count.drawn,
            ranked,
            label=_level(question, count, 1),
            top=question.options["top"],
        ),
        table=rankings.table(
            question,
            fact,
            ranked,
            column=count.level,
            label=_level(question, count, 1),
            note_label=question.say("hotspots.column_within"),
            compared=compared,
        ),
        description=_description(question, count, "ranking"),
    )


def number_map(exhibit_id: str, question: Question, measure: str, asked_level: str) -> Exhibit:
    """The map of a measure as an exhibit of any page; ``auto`` takes the usual level."""
    level = map_level(question.release, question.filters, asked_level)
    count = count_areas(question, _FACTS[measure], level)
    offer = _offer(question, count)
    if offer:
        return offered(exhibit_id, _frame(question, count), offer)
    return made(
        exhibit_id,
        _frame(question, count, _notes(question, count)),
        title=_map_title(question, count),
        figure=area_map.figure(question, count),
        table=_map_table(question, count),
        description=_description(question, count, "map"),
    )


def _offer(question: Question, count: AreaCount) -> Offer | None:
    """Why areas are not drawn; what has no area at all is not called empty."""
    return too_small(question, replace(count.drawn, total=count.mapped or count.total))


def _frame(question: Question, count: AreaCount, notes: Sequence[str] = ()) -> Frame:
    """The frame with the place roles that are counted, so that the subtitle names them."""
    counted = replace(question, filters=queries.shown_roles(question.filters))
    public = question.release.edition.is_public
    ends = [question.say("shared.note.public_levels")] if public else []
    return frame(counted, count.fact, drawn=(count.drawn,), notes=[*notes, *ends])


def _split(question: Question, count: AreaCount) -> dict[str, dict[str, int]] | None:
    """Sizes by area and part, or None where the cells are too small to split."""
    by = (count.level, "class_group")
    if not drawn_areas(question, count.fact, by, count.chosen, count.mapped).may_be_drawn:
        return None
    rows = queries.counts(
        question.release, count.fact, queries.shown_roles(question.filters), question.period, by
    )
    return splits.split(rows)


def _map_table(question: Question, count: AreaCount) -> Table:
    lang, unit = question.lang, count.fact.unit_in(question.lang)
    ranked = sorted(count.sizes.items(), key=lambda entry: -entry[1])
    rows: list[tuple[Cell, ...]] = [
        (code, question.place_name(code), _parent_name(question, code), size)
        for code, size in ranked
    ]
    rows += [
        ("", _say(question, f"elsewhere_{where}", count), "", size)
        for where, size in count.elsewhere.items()
        if size
    ]
    return Table(
        (
            Column("code", say("hotspots.column_code", lang), hxl=hxl.code_of(count.level)),
            Column("area", _level(question, count, 1), hxl=hxl.name_of(count.level, lang)),
            Column("within", say("hotspots.column_within", lang)),
            Column(count.fact.unit, begin(unit), unit),
        ),
        tuple(rows),
    )


def _parent_name(question: Question, code: str) -> str:
    above = ancestors(question.release, code)
    return question.place_name(above[1]) if len(above) > 1 else ""


def _level(question: Question, count: AreaCount, n: int) -> str:
    return question.say(f"hotspots.level_{count.level}", n=n)


def _say(question: Question, key: str, count: AreaCount, **values: object) -> str:
    lang, level, levels = question.lang, _level(question, count, 1), _level(question, count, 2)
    return say(
        f"hotspots.{key}", lang, unit=count.fact.unit_in(lang), level=level.lower(),
        levels=levels.lower(), around=_around(question, count), **values,
    )  # fmt: skip


def _around(question: Question, count: AreaCount) -> str:
    """The area that the areas shown lie in, for what is elsewhere in it."""
    chosen = count.chosen or (COUNTRY,)
    return filter_words.either([question.place_name(code) for code in chosen], question.lang)


def _map_title(question: Question, count: AreaCount) -> str:
    """The fewest areas that together hold half, or the first one where that says little."""
    base = question.base(count.fact)
    if not count.ranked:
        return _say(question, "map.title_none", count)
    first = question.place_name(count.ranked[0][0])
    held, needed = 0, 0
    for _, size in count.ranked:
        held, needed = held + size, needed + 1
        if 2 * held >= count.mapped:
            break
    share = numbers.share(held, count.mapped, base, question.lang)
    if needed == 1 and _two_lead(count):
        return _close_title(question, count)
    if share is None or needed > _MOST_FOR_HALF or len(count.ranked) == 1:
        if _two_lead(count):
            return _close_title(question, count)
        number = numbers.about(count.ranked[0][1], base, question.lang)
        return _say(question, "map.title_first", count, first=first, number=number)
    if needed == 1:
        return _say(question, "map.title_one", count, first=first, share=share)
    if _two_lead(count):
        return _say(question, "map.title_half_close", count, n=needed, share=share)
    return _say(question, "map.title_half", count, n=needed, share=share, first=first)


def _two_lead(count: AreaCount) -> bool:
    """Whether another area may hold as much as the first."""
    sizes = [size for _, size in count.ranked]
    return len(sizes) > 1 and not count.drawn.leads(sizes)


def _close_title(question: Question, count: AreaCount) -> str:
    name = question.release.place_name
    first, second = (name(code, question.lang) for code, _ in count.ranked[:2])
    return _say(question, "map.title_close", count, first=first, second=second)


def _ranking_title(question: Question, count: AreaCount) -> str:
    if not count.ranked:
        return _say(question, "map.title_none", count)
    if _two_lead(count):
        return _close_title(question, count)
    code, size = count.ranked[0]
    base, lang = question.base(count.fact), question.lang
    first = question.place_name(code)
    share = numbers.share(size, count.mapped, base, lang)
    if share is None or len(count.ranked) == 1:
        number = numbers.about(size, base, lang)
        return _say(question, "map.title_first", count, first=first, number=number)
    return _say(question, "ranking.title", count, first=first, share=share)


def _description(question: Question, count: AreaCount, form: str) -> str:
    lang, base = question.lang, question.base(count.fact)
    named = [
        say("hotspots.named", lang, name=question.place_name(code),
            number=numbers.about(size, base, lang))
        for code, size in count.ranked[:_DESCRIBED]
        if not is_few(size, base)
    ]  # fmt: skip
    empty = len(count.sizes) - len(count.ranked)
    period = dates.period(question.period, lang)
    parts = [_say(question, f"{form}.description", count, period=period)]
    if named:
        parts.append(say("hotspots.described", lang, names=", ".join(named)))
    if empty and form == "map":
        levels = _level(question, count, empty).lower()
        parts.append(say("hotspots.described_empty", lang, n=empty, levels=levels))
    return " ".join(parts)


def _notes(question: Question, count: AreaCount) -> list[str]:
    """What is left out (events without such an area, checkpoints), and how rough the rest is."""
    base, lang = question.base(count.fact), question.lang
    away = [
        _say(question, f"away_{where}", count, number=numbers.about(size, base, lang))
        for where, size in count.elsewhere.items()
        if size
    ]  # fmt: skip
    notes = [_say(question, "note_away", count, parts="; ".join(away))] if away else []
    unsteady = folds.unsteady_places(question.release, count.fact, question.period)
    if own := [code for code, _ in count.ranked if code in unsteady]:
        notes.append(folds.unsteady_note(question.release, own, lang))
    if not question.filters.codes_of("role"):
        everywhere = queries.total(question.release, count.fact, question.filters, question.period)
        stopped = everywhere - count.total
        if stopped:
            number = numbers.about(stopped, base, lang)
            notes.append(_say(question, "note_stopped", count, number=number))
    return notes
