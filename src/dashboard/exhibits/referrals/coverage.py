"""Gaps: how many of those identified are referred to which service. Id: referrals.coverage.

Rows are the services asked for most, and safe shelter; columns are groups or areas with the people
identified there. A cell is the referrals of a hundred people identified: they are not matched, so
one person may be referred twice, or have been identified before the period. A cell is coloured and
named where it differs from all others (``analysis.between_groups``); places of services, where any
are known, stand in the table. Areas are third areas where those tell something. Where every cell is
too few to say, the card leaves its page.

The figure is drawn as HTML (``components.gaps``): ``columns`` with ``label`` and ``people``;
``rows`` with ``label`` and ``cells``, each with ``low``, ``high`` and ``dot`` (shares of the width;
no dot where too few to say), ``text``, ``range``, ``word``, ``look`` and ``said``; and ``few``,
which columns are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, floor, hypot
from typing import Any

import numpy as np

from dashboard.analysis.between_groups import limit, scores
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import LEVELS, available_levels, level_ladder
from dashboard.exhibits.counts.capacities import Places, count_places, groups_in_filters
from dashboard.exhibits.counts.referral_counts import OTHER, Pair
from dashboard.exhibits.exhibit import AUTO, Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import breakdowns, ranges
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.empty_state import (
    empty_exhibit,
    is_reported,
    not_recorded_exhibit,
    nothing,
    too_little,
)
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder, choose_detail
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import Option, exhibit
from dashboard.filters import Filters
from dashboard.model.codes import SERVICE
from dashboard.model.facts import INCIDENTS, PEOPLE, REQUESTS
from dashboard.queries import summed
from dashboard.words import dates, numbers
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import in_sentence

_ID = "referrals.coverage"
_BY = Option("by", ("group", "area"))
_LEVEL = Option("level", (AUTO, *LEVELS), lambda release: (AUTO, *available_levels(release)))
_BY_GROUP = Ladder.of("group", group=("sex", "is_child"))
#: What belongs to no group or area of its own, and what is in no place that is known.
_REST, _UNKNOWN = "rest", "unknown"
#: Areas that are told apart, and services.
_AREAS, _SERVICES = 4, 8
#: The need whose gap a title names, and that always has a row.
_SHELTER = "safe_shelter"
#: Services that are for some groups, so that others do not lack them.
_FOR = {"child_protection": ("girls", "boys")}
#: A range of more percent than this has no dot: too few to say.
_WIDEST = 30
#: How many people come together where no incidents are told.
_TOGETHER = 2.0


@dataclass(frozen=True)
class _Share:
    """Referrals of a hundred people identified: about, at least and at most."""

    value: int
    low: int
    high: int

    @property
    def is_precise(self) -> bool:
        """Whether the range is so narrow that a number says something."""
        return self.high - self.low <= _WIDEST


@dataclass(frozen=True, kw_only=True)
class _Gaps(Counted):
    """People identified by column, and referrals by (service, column).

    Attributes:
        kind: ``group``, or the level of its areas.
        columns: Groups or areas in the order drawn.
        people: People identified by column.
        identified: The same as they would be drawn.
        referred: Referrals.
    """

    kind: str
    columns: tuple[str, ...]
    people: Counter[str]
    identified: Breakdown
    referred: Counter[Pair]

    @property
    def side(self) -> str:
        """Whether columns are groups or areas, for the key of a phrase."""
        return "group" if self.kind == "group" else "area"

    def name(self, column: str) -> str:
        """A group or area in words."""
        if column in (_REST, _UNKNOWN):
            return self.translate(f"{_ID}.{column}_{self.side}")
        is_group = self.side == "group"
        return self.translate(f"{_ID}.{column}") if is_group else self.question.place_name(column)

    @cached_property
    def services(self) -> tuple[str, ...]:
        """Services that have a row, the one asked for most first."""
        asked = summed(self.referred.items(), lambda pair: pair[0]) + Counter()
        # Where few are referred, those who are not are told of what others are referred to.
        everybody = replace(self.question, filters=Filters(lang=self.lang))
        usual = everybody.sums(REQUESTS, "service", under=lambda code: code or OTHER)
        ranked = (code for own in (asked, usual) for code, _ in own.most_common())
        known = dict.fromkeys((*ranked, *SERVICE.values))
        first = [code for code in known if code != OTHER][:_SERVICES]
        if _SHELTER not in first:
            first[_SERVICES - 1 :] = [_SHELTER]
        return tuple(first)

    @property
    def shown_columns(self) -> tuple[str, ...]:
        """Columns that a reader is told of; the table has all."""
        hidden = (_UNKNOWN,) if self.side == "area" else (_REST, _UNKNOWN)
        return tuple(column for column in self.columns if column not in hidden)

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """Those with people enough for a share, which the figure has."""
        return tuple(column for column in self.shown_columns if self.share(_SHELTER, column))

    def share(self, service: str, column: str) -> _Share | None:
        """Referrals of a hundred people identified; None of too few of these."""
        size, people = self.referred[service, column], self.people[column]
        value = self.percent(service, column)
        if value is None:
            return None
        error, off = self.breakdown.error.interval(size), self.identified.error.interval(people)
        moved = size / people * (off[1] - off[0]) / 2
        low, high = (
            100 * (size + side * hypot(end - size, moved)) / people
            for side, end in zip((-1, 1), error, strict=True)
        )
        return _Share(value, max(min(floor(low), value), 0), max(ceil(high), value))

    def percent(self, service: str, *columns: str) -> int | None:
        """About how many those are, of some columns together."""
        size = sum(self.referred[service, column] for column in columns)
        people = sum(self.people[column] for column in columns)
        return numbers.percent(size, people, self.question.base(PEOPLE))

    @cached_property
    def scored(self) -> Mapping[Pair, float]:
        """Scores of all cells that are compared, each with all others of its service."""
        found, together = dict[Pair, float](), _together(self.question)
        for service in self.services:
            columns = _compared(self, service)
            if len(columns) < 2:  # noqa: PLR2004 -- nobody to compare with
                continue
            sizes = [self.referred[service, c] for c in columns]
            told = [self.breakdown.error.of(size) for size in sizes]
            counts = [size - one.shift for size, one in zip(sizes, told, strict=True)]
            score = scores(
                np.array([counts], dtype=float),
                np.array([self.people[c] for c in columns], dtype=float),
                np.array([[t.spread for t in told]]),
                self.identified.error.error,
                together,
            )[0].tolist()
            found |= {(service, c): each for c, each in zip(columns, score, strict=True)}
        return found

    @cached_property
    def apart(self) -> Mapping[Pair, float]:
        """Scores of cells that differ from all others, the clearest first."""
        cut = limit(len(self.scored))
        clear = [
            (pair, score) for pair, score in self.scored.items()
            if abs(score) > cut and pair[1] != _REST
        ]  # fmt: skip
        return dict(sorted(clear, key=lambda entry: -abs(entry[1])))

    def has_dot(self, service: str, column: str) -> bool:
        """Whether a cell has a number: it is told, or differs from all others."""
        share = self.share(service, column)
        return share is not None and (share.is_precise or (service, column) in self.apart)


def _compared(gaps: _Gaps, service: str) -> tuple[str, ...]:
    """Columns that are compared with each other of one service."""
    own = _FOR.get(service)
    if own is None or gaps.side == "area":
        return gaps.shown
    return tuple(column for column in gaps.shown if column in own)


@exhibit(_ID, facts=("requests",), options=(_BY, _LEVEL))
def referrals_coverage(question: Question) -> Exhibit:
    """Referrals of a hundred people identified, by service and by group or area."""
    if not is_reported(question, REQUESTS):
        return not_recorded_exhibit(_ID, question, REQUESTS)
    is_group = question.options["by"] == "group"
    places = count_places(question)
    ladder = _BY_GROUP if is_group else level_ladder(question)
    step = choose_detail(question, ladder, lambda level: _count(question, level))
    found = step.counted
    notes = [question.translate("shared.note.rough")] if is_group and step.is_rough else []
    around = frame(
        question,
        REQUESTS,
        drawn=(found.breakdown,),
        what=question.translate(f"{_ID}.what_{found.side}"),
        note=_note(found),
        notes=[
            *notes,
            question.translate(f"{_ID}.note_apart"),
            *([question.translate(f"{_ID}.note_for")] if is_group else []),
            *_place_notes(question, places),
        ],
        detail=None if is_group else step.detail(question),
    )
    if not found.total and not found.shown:
        return empty_exhibit(_ID, around, nothing(question, REQUESTS))
    if not any(found.has_dot(service, c) for service in found.services for c in found.shown):
        return empty_exhibit(_ID, around, too_little(question, REQUESTS))
    return made(
        _ID,
        around,
        title=_title(found),
        figure=_figure(found),
        table=_table(found, places),
        description=_description(found),
    )


def _count(question: Question, level: DetailLevel) -> tuple[_Gaps, Breakdown]:
    is_group = level.id == "group"
    apart = level.by if is_group else (*level.by, "place")
    column = _group if is_group else _area
    people = question.sums(PEOPLE, *apart, under=column)
    referred: Counter[Pair] = question.sums(
        REQUESTS, *apart, "service",
        under=lambda one, other, service: (service or OTHER, column(one, other)),
    )  # fmt: skip
    # A group that the filters exclude lacks nothing.
    columns = groups_in_filters(question.filters)
    if not is_group:
        sums = people + summed(referred.items(), lambda pair: pair[1])
        largest = (code for code, _ in sums.most_common() if code not in (_REST, _UNKNOWN))
        columns = tuple(largest)[:_AREAS]
    # All other areas stand together, beside what is in no known place.
    kept = {*columns, _UNKNOWN}
    people = summed(people.items(), lambda code: code if code in kept else _REST)
    referred = summed(
        referred.items(), lambda pair: (pair[0], pair[1] if pair[1] in kept else _REST)
    )
    of_referred = {column for _, column in referred}
    columns += tuple(c for c in (_REST, _UNKNOWN) if people[c] or c in of_referred)
    by, sizes = (*level.by, "service"), tuple(referred.values())
    gaps = _Gaps(
        question=question,
        fact=REQUESTS,
        total=referred.total(),
        breakdown=breakdowns.breakdown_of(question, REQUESTS, by, sizes),
        kind=level.id,
        columns=columns,
        people=people,
        identified=breakdowns.breakdown_of(question, PEOPLE, level.by, tuple(people.values())),
        referred=referred,
    )
    return gaps, gaps.breakdown


def _note(gaps: _Gaps) -> str:
    """How cells are read; what a colour means only where any is coloured."""
    note = gaps.translate(f"{_ID}.note")
    return f"{gaps.translate(f'{_ID}.note_coloured')} {note}" if gaps.apart else note


def _together(question: Question) -> float:
    """How many people an incident has, since those who come together are referred alike."""
    if not question.release.has(INCIDENTS):
        return _TOGETHER
    people, incidents = (question.total(fact, Filters()) for fact in (PEOPLE, INCIDENTS))
    return max(people / incidents, 1.0) if incidents else _TOGETHER


def _group(sex: str, child: str) -> str:
    return splits.WHO.get((sex, child), _REST)


def _area(area: str | None, place: str | None) -> str:
    return area or (_REST if place else _UNKNOWN)


def _figure(gaps: _Gaps) -> Mapping[str, Any]:
    base = gaps.question.base(PEOPLE)
    few = [gaps.name(column) for column in gaps.shown_columns if column not in gaps.shown]
    return {
        "form": "gaps",
        "service": gaps.translate("referrals.column_service"),
        "columns": [
            {
                "label": gaps.name(column),
                "people": gaps.translate(
                    f"{_ID}.identified",
                    number=numbers.at_mark(gaps.people[column], base, gaps.lang),
                ),
            }
            for column in gaps.shown
        ],
        "rows": [
            {
                "label": names.service(gaps.question, service),
                "cells": [
                    _cell(gaps, service, column, share)
                    for column in gaps.shown
                    if (share := gaps.share(service, column))
                ],
            }
            for service in gaps.services
        ],
        # Which columns are left out, since too few people are identified.
        "few": gaps.translate(f"{_ID}.few", names=", ".join(few)) if few else "",
    }


def _cell(gaps: _Gaps, service: str, column: str, share: _Share) -> Mapping[str, Any]:
    score = gaps.apart.get((service, column), 0.0)
    way = "more" if score > 0 else "fewer" if score < 0 else ""
    names_ = {"name": gaps.name(column), "service": names.service(gaps.question, service)}
    value = gaps.number(share.value)
    range_ = gaps.from_to(share.low, share.high) if share.low < share.high else ""
    is_told = gaps.has_dot(service, column)
    number = gaps.translate("referrals.indicators.too_few")
    if is_told:
        number = gaps.translate(
            f"{_ID}.of_hundred", number=value if share.value else gaps.translate(_NONE)
        )
    text = gaps.translate(f"{_ID}.said", number=number, range=range_ or value, **names_)
    return {
        "low": min(share.low / 100, 1.0),
        "high": min(share.high / 100, 1.0),
        "dot": min(share.value / 100, 1.0) if is_told else None,
        "text": value if is_told and share.value else "",
        "range": range_,
        "word": gaps.translate(f"{_ID}.{way}") if way else "",
        "look": way or ("" if is_told else "few"),
        "said": text,
    }


_NONE = "numbers.none_or_very_few"


def _title(found: _Gaps) -> str:
    """Areas of which none or very few were referred to shelter, else the cell that differs most.

    Of a few people identified, or of hardly more than nobody, none is no gap.
    """
    gaps = _gaps(found) if found.side == "area" else []
    shelter = names.service(found.question, _SHELTER)
    if len(gaps) > 2:  # noqa: PLR2004 -- more than a title holds
        number = found.number(len(gaps))
        return found.translate(f"{_ID}.gaps_{found.kind}", service=shelter, number=number)
    if gaps:
        named = filter_words.either(gaps, found.lang)
        return found.translate(f"{_ID}.gap_area", service=shelter, names=named)
    if found.apart:
        service, column = next(iter(found.apart))
        others = [other for other in _compared(found, service) if other != column]
        number, rest = (
            found.number(each) if each else found.translate(_NONE)
            for each in (found.percent(service, column), found.percent(service, *others))
        )
        name = found.name(column)
        return found.translate(
            f"{_ID}.apart_{found.side}",
            service=names.service(found.question, service),
            name=in_sentence(name) if found.side == "group" else name,
            number=number,
            others=rest,
        )
    if not found.total:
        return found.translate(f"{_ID}.title_nobody")
    if len(found.shown_columns) == 1:
        (only,) = found.shown_columns
        return found.translate(f"{_ID}.title_only", name=found.name(only))
    if not found.scored:
        return found.translate(f"{_ID}.title_one")
    return found.translate(f"{_ID}.title_same", n=len(found.scored))


def _gaps(gaps: _Gaps) -> list[str]:
    """Names of areas where people are identified and nobody is referred to safe shelter."""
    return [
        gaps.name(column)
        for column in gaps.columns
        if column not in (_REST, _UNKNOWN)
        and gaps.people[column]
        and not gaps.referred[_SHELTER, column]
        and gaps.identified.is_nameable(gaps.people[column])
    ]


def _table(gaps: _Gaps, places: Places | None) -> Table:
    """Referrals and people by column; in files what is referred of a hundred, and places."""
    columns, services = gaps.columns, SERVICE.values
    rows: list[tuple[Cell, ...]] = [
        (code, names.service(gaps.question, code), *(gaps.referred[code, c] for c in columns))
        for code in services
    ]
    rows.append(("people", PEOPLE.label_in(gaps.lang), *(gaps.people[c] for c in columns)))
    own = (Column(column, gaps.name(column), number=True) for column in columns)
    table = Table((*names.service_columns(gaps.question), *own), tuple(rows))
    error, last = gaps.breakdown.error, gaps.identified.error
    table = ranges.beside(table, columns, error, gaps.lang, last=last)
    shares = {c: [*(gaps.share(code, c) for code in services), None] for c in columns}
    told = (
        (_in_files(gaps, f"of_100_{c}{end}", f"share{end}", c),
         [share and getattr(share, end[1:] or "value") for share in shares[c]])
        for c in columns
        for end in ("", "_low", "_high")
    )  # fmt: skip
    return table.beside(*told, *_places(gaps, places, (*services, "")))


def _in_files(gaps: _Gaps, code: str, key: str, of: str) -> Column:
    """A column of numbers in files alone, about a group or an area."""
    label = gaps.translate(f"{_ID}.column_{key}", name=gaps.name(of))
    return Column(code, label, number=True, in_files=True)


def _places(
    gaps: _Gaps, places: Places | None, services: Sequence[str]
) -> Iterator[tuple[Column, Sequence[int | None]]]:
    """All places of each service, and in files those of each column, where any are known."""
    if places is None or not places.by_service:
        return
    known = {**places.by_group, **places.by_area}
    label = gaps.translate(f"{_ID}.column_places")
    yield Column("places", label, number=True), [*map(places.by_service.get, services)]
    for of in gaps.columns:
        if any(column == of for _, column in known):
            each = [known.get((service, of)) for service in services]
            yield _in_files(gaps, f"places_{of}", "places_of", of), each


def _place_notes(question: Question, places: Places | None) -> list[str]:
    """When places were counted, where any are known, and which of them are left out."""
    notes: list[str] = []
    if places and places.days:
        first, last = (dates.day(day, question.lang) for day in places.days)
        both = question.translate(f"{_ID}.days", first=first, last=last)
        notes.append(
            question.translate(f"{_ID}.note_places", days=first if first == last else both)
        )
    if places and places.is_left_out:
        notes.append(question.translate(f"{_ID}.note_places_left_out"))
    return notes


def _description(gaps: _Gaps) -> str:
    told = (
        (share.value, service, column)
        for service in gaps.services
        for column in gaps.shown
        if (share := gaps.share(service, column)) and share.is_precise
    )
    text = gaps.translate(
        f"{_ID}.description_{gaps.side}",
        period=gaps.question.period_in_words,
        people=gaps.question.named(
            ((gaps.name(column), gaps.people[column]) for column in gaps.shown or gaps.columns),
            PEOPLE,
        ),
    )
    if not (highest := max(told, default=None)) or not highest[0]:
        return text
    value, service, column = highest
    most = gaps.translate(
        f"{_ID}.highest",
        name=gaps.name(column),
        service=names.service(gaps.question, service),
        number=gaps.number(value),
    )
    return f"{text} {most}"
