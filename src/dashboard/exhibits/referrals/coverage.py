"""Gaps: how many of those identified are referred to which service. Id: referrals.coverage.

Rows are the services asked for most, and safe shelter; columns are groups or areas with the people
identified there. A cell is the referrals per hundred people identified: they are not matched, so
one person may be referred twice, or have been identified before the period. A cell is coloured and
named where it differs from all others (``analysis.between_groups``); places of services, where any
are known, stand in the table. Areas are third areas where those tell something. Where every cell is
too few to say, the card leaves its page.

The figure is drawn as HTML (``components.gaps``): ``columns`` with ``label`` and ``people``;
``rows`` with ``label`` and ``cells``, each with ``low``, ``high`` and ``dot`` (shares of the width;
no dot where too few to say), ``text``, ``range``, ``word``, ``look`` and ``said``; and ``few``,
which columns are left out. Where the range of a cell tells nothing it holds that of the area around
or of all together, by name, and no ``low`` and ``high``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
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
from dashboard.exhibits.parts import breakdowns, empty_state, ranges
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.frame import frame, make_exhibit
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
#: Columns of what has no group or area of its own, and of what is in no known place.
_REST, _UNKNOWN = "rest", "unknown"
#: Areas with a column, and services with a row, at most.
_AREAS, _SERVICES = 4, 8
#: The need whose gap a title names, and that always has a row.
_SHELTER = "safe_shelter"
#: Groups that a service is meant for, so that others do not lack it.
_MEANT_FOR = {"child_protection": ("girls", "boys")}
#: A range of more percent than this has no dot: too few to say.
_WIDEST = 30
#: A range of more tells nothing, so that a coarser one stands in its place.
_TELLS_NOTHING = 60
#: What stands for a number of 0, which protection may have made of a few.
_NONE = "numbers.none_or_very_few"
#: People of one incident, where the release has no incidents.
_PEOPLE_PER_INCIDENT = 2.0


@dataclass(frozen=True)
class _Share:
    """Referrals per hundred people identified: about, at least and at most."""

    value: int
    low: int
    high: int

    @property
    def is_precise(self) -> bool:
        """Whether the range is narrow enough to show a number."""
        return self.high - self.low <= _WIDEST

    @property
    def is_uninformative(self) -> bool:
        """Whether nearly any number may be the true one."""
        return self.high - self.low > _TELLS_NOTHING


@dataclass(frozen=True, kw_only=True)
class _Gaps(Counted):
    """People identified by column, and referrals by (service, column).

    Attributes:
        kind: ``group``, or the level of its areas.
        columns: Codes of groups or areas in the order drawn, then _REST and _UNKNOWN.
        people: People identified by column.
        identified: The same as a breakdown, with its error.
        referred: Referrals by (service, column), the numbers of ``breakdown``.
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
        """Services that have a row, eight with safe shelter, the one asked for most first."""
        by_service = (
            summed(self.referred.items(), lambda service_column: service_column[0]) + Counter()
        )
        # Where few are referred, the services that everybody else is referred to have rows too.
        everybody = replace(self.question, filters=Filters(lang=self.lang))
        usual = everybody.sums(REQUESTS, "service", key=lambda code: code or OTHER)
        ranked = (code for sizes in (by_service, usual) for code, _ in sizes.most_common())
        codes = dict.fromkeys((*ranked, *SERVICE.values))
        first = [code for code in codes if code != OTHER][:_SERVICES]
        if _SHELTER not in first:
            first[_SERVICES - 1 :] = [_SHELTER]
        return tuple(first)

    @property
    def shown_columns(self) -> tuple[str, ...]:
        """Columns that the page names: all but what has no group or place; the table has all."""
        hidden = (_UNKNOWN,) if self.side == "area" else (_REST, _UNKNOWN)
        return tuple(column for column in self.columns if column not in hidden)

    @cached_property
    def plotted_columns(self) -> tuple[str, ...]:
        """Columns with people enough for a share; the page has these alone."""
        return tuple(column for column in self.shown_columns if self.share(_SHELTER, column))

    def share(self, service: str, column: str) -> _Share | None:
        """Referrals per hundred people identified of a cell; None of too few people."""
        size, people = self.referred[service, column], self.people[column]
        value = self.percent(service, column)
        if value is None:
            return None
        fewest, most = self.identified.error.interval(people)
        error_of_people = size / people * (most - fewest) / 2
        low, high = (
            100 * (size + side * hypot(end - size, error_of_people)) / people
            for side, end in zip((-1, 1), self.breakdown.error.interval(size), strict=True)
        )
        return _Share(value, max(min(floor(low), value), 0), max(ceil(high), value))

    @cached_property
    def coarser(self) -> Sequence[_Gaps]:
        """The same by the areas around, the next first; then all in the filters together."""
        levels = [] if self.side == "group" else level_ladder(self.question).levels
        at = [level.id for level in levels].index(self.kind) if levels else 0
        return [_count(self.question, level) for level in (*levels[at + 1 :], DetailLevel(_REST))]

    def around(self, service: str, column: str) -> tuple[str, _Share] | None:
        """Name and share of the nearest of ``coarser`` that tells something."""
        for gaps in self.coarser:
            is_all = gaps.kind == _REST
            code = _REST if is_all else self.question.release.parent(column, gaps.kind)
            share = gaps.share(service, code or "")
            if share and share.is_precise:
                return self.translate(f"{_ID}.all") if is_all else gaps.name(code or ""), share
        return None

    def percent(self, service: str, *columns: str) -> int | None:
        """Referrals per hundred people of some columns together; None of too few people."""
        size = sum(self.referred[service, column] for column in columns)
        people = sum(self.people[column] for column in columns)
        return numbers.percent(size, people, self.question.base(PEOPLE))

    @cached_property
    def cell_scores(self) -> Mapping[Pair, float]:
        """Normal scores by (service, column), each cell compared with all others of its service.

        Above 0 has more than the others; services with a single column to compare have none.
        """
        by_cell, per_incident = dict[Pair, float](), _people_per_incident(self.question)
        for service in self.services:
            columns = _compared_columns(self, service)
            if len(columns) < 2:  # noqa: PLR2004 -- nobody to compare with
                continue
            sizes = [self.referred[service, c] for c in columns]
            errors = [self.breakdown.error.at(size) for size in sizes]
            counts = [size - error.shift for size, error in zip(sizes, errors, strict=True)]
            row_scores = scores(
                np.array([counts], dtype=float),
                np.array([self.people[c] for c in columns], dtype=float),
                np.array([[error.spread for error in errors]]),
                self.identified.error.typical,
                per_incident,
            )[0].tolist()
            by_cell |= {(service, c): score for c, score in zip(columns, row_scores, strict=True)}
        return by_cell

    @cached_property
    def outliers(self) -> Mapping[Pair, float]:
        """Scores of cells that clearly differ from the rest of their row, the clearest first."""
        least = limit(len(self.cell_scores))
        clear = [
            ((service, column), score) for (service, column), score in self.cell_scores.items()
            if abs(score) > least and column != _REST
        ]  # fmt: skip
        return dict(sorted(clear, key=lambda entry: -abs(entry[1])))

    def has_dot(self, service: str, column: str) -> bool:
        """Whether a cell is drawn as a dot: its share is precise, or far from others of its row."""
        share = self.share(service, column)
        return share is not None and (share.is_precise or (service, column) in self.outliers)


def _compared_columns(gaps: _Gaps, service: str) -> tuple[str, ...]:
    """Columns that are compared with each other in the row of a service.

    Groups are those that the service is meant for.
    """
    groups = _MEANT_FOR.get(service)
    if groups is None or gaps.side == "area":
        return gaps.plotted_columns
    return tuple(column for column in gaps.plotted_columns if column in groups)


@exhibit(_ID, facts=("requests",), options=(_BY, _LEVEL))
def referrals_coverage(question: Question) -> Exhibit:
    """Referrals per hundred people identified, by service and by group or area."""
    if not empty_state.is_reported(question, REQUESTS):
        return empty_state.not_recorded_exhibit(question, REQUESTS)
    is_group = question.options["by"] == "group"
    places = count_places(question)
    ladder = _BY_GROUP if is_group else level_ladder(question)
    step = choose_detail(question, ladder, partial(_count, question))
    gaps = step.counted
    notes = [question.translate("shared.note.rough")] if is_group and step.is_rough else []
    around = frame(
        question,
        REQUESTS,
        cuts=(gaps.breakdown,),
        what=question.translate(f"{_ID}.what_{gaps.side}"),
        note=_note(gaps),
        notes=[
            *notes,
            question.translate(f"{_ID}.note_apart"),
            *([question.translate(f"{_ID}.note_for")] if is_group else []),
            *_place_notes(question, places),
        ],
        detail=None if is_group else step.detail(question),
    )
    if not gaps.total and not gaps.plotted_columns:
        return empty_state.empty_exhibit(around, empty_state.nothing(question, REQUESTS))
    if not any(gaps.has_dot(service, c) for service in gaps.services for c in gaps.plotted_columns):
        return empty_state.empty_exhibit(around, empty_state.too_little(question, REQUESTS))
    return make_exhibit(
        around,
        title=_title(gaps),
        figure=_figure(gaps),
        table=_table(gaps, places),
        description=_description(gaps),
    )


def _count(question: Question, level: DetailLevel) -> _Gaps:
    """People identified and referrals, by group, by the largest areas of a level, or all as one."""
    is_group = level.id == "group"
    by = level.by if is_group or not level.by else (*level.by, "place")
    column: Callable[..., str] = _group if is_group else _area if by else _everyone
    people = question.sums(PEOPLE, *by, key=column)
    referred: Counter[Pair] = question.sums(
        REQUESTS, *by, "service",
        key=lambda *codes: (codes[-1] or OTHER, column(*codes[:-1])),
    )  # fmt: skip
    # A group that the filters exclude lacks nothing.
    columns = groups_in_filters(question.filters)
    if not is_group:
        sums = people + summed(referred.items(), lambda service_column: service_column[1])
        largest = (code for code, _ in sums.most_common() if code not in (_REST, _UNKNOWN))
        columns = tuple(largest)[:_AREAS]
    # All other areas stand together, beside what is in no known place.
    own_columns = {*columns, _UNKNOWN}

    people = summed(people.items(), lambda code: code if code in own_columns else _REST)
    referred = summed(
        referred.items(), lambda pair: (pair[0], pair[1] if pair[1] in own_columns else _REST)
    )
    of_referred = {column for _, column in referred}
    columns += tuple(c for c in (_REST, _UNKNOWN) if people[c] or c in of_referred)
    breakdown = breakdowns.breakdown_of(
        question, REQUESTS, (*level.by, "service"), tuple(referred.values())
    )
    identified = breakdowns.breakdown_of(question, PEOPLE, level.by, tuple(people.values()))
    return _Gaps(
        question, REQUESTS, referred.total(), breakdown, kind=level.id, columns=columns,
        people=people, identified=identified, referred=referred,
    )  # fmt: skip


def _note(gaps: _Gaps) -> str:
    """How cells are read; what a colour means only where any is coloured."""
    note = gaps.translate(f"{_ID}.note")
    return f"{gaps.translate(f'{_ID}.note_coloured')} {note}" if gaps.outliers else note


def _people_per_incident(question: Question) -> float:
    """People of an incident on average, since those who come together are referred alike."""
    if not question.release.has(INCIDENTS):
        return _PEOPLE_PER_INCIDENT
    people, incidents = (question.total(fact, Filters()) for fact in (PEOPLE, INCIDENTS))
    return max(people / incidents, 1.0) if incidents else _PEOPLE_PER_INCIDENT


def _group(sex: str, child: str) -> str:
    """The column of a sex and whether it is a child: women, men, girls, boys, or _REST."""
    return splits.WHO.get((sex, child), _REST)


def _area(area: str | None, place: str | None) -> str:
    """The column of an area of the level; without one that of a known or an unknown place."""
    return area or (_REST if place else _UNKNOWN)


def _everyone() -> str:
    """The one column of all in the filters."""
    return _REST


def _figure(gaps: _Gaps) -> Mapping[str, Any]:
    """The figure: services as rows, groups or areas with people enough as columns."""
    base = gaps.question.base(PEOPLE)
    few = [gaps.name(column) for column in gaps.shown_columns if column not in gaps.plotted_columns]
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
            for column in gaps.plotted_columns
        ],
        "rows": [
            {
                "label": names.service(gaps.question, service),
                "cells": [
                    _cell(gaps, service, column, share)
                    for column in gaps.plotted_columns
                    if (share := gaps.share(service, column))
                ],
            }
            for service in gaps.services
        ],
        # Which columns are left out, since too few people are identified.
        "few": gaps.translate(f"{_ID}.few", names=", ".join(few)) if few else "",
    }


def _cell(gaps: _Gaps, service: str, column: str, share: _Share) -> Mapping[str, Any]:
    """A cell of the figure; its colour and word say whether it differs from all others."""
    score = gaps.outliers.get((service, column), 0.0)
    direction = "more" if score > 0 else "fewer" if score < 0 else ""
    cell_names = {"name": gaps.name(column), "service": names.service(gaps.question, service)}
    value = gaps.number(share.value)
    between = gaps.from_to(share.low, share.high) if share.low < share.high else ""
    has_dot = gaps.has_dot(service, column)
    number = gaps.translate("referrals.indicators.too_few")
    if has_dot:
        number = gaps.translate(
            f"{_ID}.of_hundred", number=value if share.value else gaps.translate(_NONE)
        )
    text = gaps.translate(f"{_ID}.said", number=number, range=between or value, **cell_names)
    is_drawn = has_dot or not share.is_uninformative
    if not is_drawn:
        text, between = _said_around(gaps, service, column)
    return {
        "low": min(share.low / 100, 1.0) if is_drawn else None,
        "high": min(share.high / 100, 1.0) if is_drawn else None,
        "dot": min(share.value / 100, 1.0) if has_dot else None,
        "text": value if has_dot and share.value else "",
        "range": between,
        "word": gaps.translate(f"{_ID}.{direction}") if direction else "",
        "look": direction or ("" if has_dot else "few"),
        "said": text,
    }


def _said_around(gaps: _Gaps, service: str, column: str) -> tuple[str, str]:
    """That a cell has too few to tell, with the nearest coarser share; the same in short."""
    too_few = gaps.translate("referrals.indicators.too_few")
    values = {"name": gaps.name(column), "service": names.service(gaps.question, service)}
    around = gaps.around(service, column)
    if around is None:
        return gaps.translate(f"{_ID}.said_few", number=too_few, **values), too_few
    name, share = around
    reach = gaps.from_to(share.low, share.high)
    beside = {"around": name, "range": reach}
    text = gaps.translate(f"{_ID}.said_around", number=too_few, **beside, **values)
    return text, gaps.translate(f"{_ID}.around", **beside)


def _title(gaps: _Gaps) -> str:
    """Areas from which nobody, or very few, were referred to shelter, else the clearest outlier.

    Without any it is that there is nothing to compare, or that no cell differs.
    """
    gap_areas = _areas_without_shelter(gaps) if gaps.side == "area" else []
    shelter = names.service(gaps.question, _SHELTER)
    if len(gap_areas) > 2:  # noqa: PLR2004 -- more than a title holds
        number = gaps.number(len(gap_areas))
        return gaps.translate(f"{_ID}.gaps_{gaps.kind}", service=shelter, number=number)
    if gap_areas:
        area_names = filter_words.either(gap_areas, gaps.lang)
        return gaps.translate(f"{_ID}.gap_area", service=shelter, names=area_names)
    if gaps.outliers:
        service, column = next(iter(gaps.outliers))
        other_columns = [other for other in _compared_columns(gaps, service) if other != column]
        number, others_number = (
            gaps.number(percent) if percent else gaps.translate(_NONE)
            for percent in (gaps.percent(service, column), gaps.percent(service, *other_columns))
        )
        name = gaps.name(column)
        return gaps.translate(
            f"{_ID}.apart_{gaps.side}",
            service=names.service(gaps.question, service),
            name=in_sentence(name) if gaps.side == "group" else name,
            number=number,
            others=others_number,
        )
    if not gaps.total:
        return gaps.translate(f"{_ID}.title_nobody")
    if len(gaps.shown_columns) == 1:
        (only,) = gaps.shown_columns
        return gaps.translate(f"{_ID}.title_only", name=gaps.name(only))
    if not gaps.cell_scores:
        return gaps.translate(f"{_ID}.title_one")
    return gaps.translate(f"{_ID}.title_same", n=len(gaps.cell_scores))


def _areas_without_shelter(gaps: _Gaps) -> list[str]:
    """Names of areas whose cell tells that nobody is referred to safe shelter."""
    return [
        gaps.name(column)
        for column in gaps.plotted_columns
        if column != _REST
        and not gaps.referred[_SHELTER, column]
        and gaps.has_dot(_SHELTER, column)
    ]


def _table(gaps: _Gaps, places: Places | None) -> Table:
    """Referrals and people by column; in files referrals per hundred people, and places."""
    columns, services = gaps.columns, SERVICE.values
    rows: list[tuple[Cell, ...]] = [
        (code, names.service(gaps.question, code), *(gaps.referred[code, c] for c in columns))
        for code in services
    ]
    rows.append(("people", PEOPLE.label_in(gaps.lang), *(gaps.people[c] for c in columns)))
    head_columns = (Column(column, gaps.name(column), number=True) for column in columns)
    table = Table((*names.service_columns(gaps.question), *head_columns), tuple(rows))
    error, last = gaps.breakdown.error, gaps.identified.error
    table = ranges.with_ends_in_files(table, columns, error, gaps.lang, last=last)
    shares = {c: [*(gaps.share(code, c) for code in services), None] for c in columns}
    share_columns = (
        (_in_files(gaps, f"of_100_{c}{end}", f"share{end}", c),
         [share and getattr(share, attribute) for share in shares[c]])
        for c in columns
        for end, attribute in {"": "value", "_low": "low", "_high": "high"}.items()
    )  # fmt: skip
    return table.beside(*share_columns, *_places(gaps, places, (*services, "")))


def _in_files(gaps: _Gaps, code: str, key: str, column: str) -> Column:
    """A column of numbers that only files have, about a group or an area.

    Args:
        gaps: The counts.
        code: Its code in the file.
        key: End of the key of its label, which names the group or area.
        column: That group or area.
    """
    label = gaps.translate(f"{_ID}.column_{key}", name=gaps.name(column))
    return Column(code, label, number=True, in_files=True)


def _places(
    gaps: _Gaps, places: Places | None, services: Sequence[str]
) -> Iterator[tuple[Column, Sequence[int | None]]]:
    """Columns with the places of each service, and in files those of each group or area.

    None where no places are known.

    Args:
        gaps: The counts.
        places: The places of services, or None.
        services: Codes in the order of the table's rows; '' for a row that is no service.
    """
    if places is None or not places.by_service:
        return
    by_column = {**places.by_group, **places.by_area}
    label = gaps.translate(f"{_ID}.column_places")
    yield Column("places", label, number=True), [*map(places.by_service.get, services)]
    for column in gaps.columns:
        if any(own == column for _, own in by_column):
            sizes = [by_column.get((service, column)) for service in services]
            yield _in_files(gaps, f"places_{column}", "places_of", column), sizes


def _place_notes(question: Question, places: Places | None) -> list[str]:
    """Notes: when places were counted, and that some are left out; none where none are known."""
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
    """People identified by column, and the cell with the highest share that is precise."""
    precise_shares = (
        (share.value, service, column)
        for service in gaps.services
        for column in gaps.plotted_columns
        if (share := gaps.share(service, column)) and share.is_precise
    )
    columns = gaps.plotted_columns or gaps.columns
    people = ((gaps.name(column), gaps.people[column]) for column in columns)
    text = gaps.translate(
        f"{_ID}.description_{gaps.side}",
        period=gaps.question.period_in_words,
        people=gaps.question.named(people, PEOPLE),
    )
    value, service, column = max(precise_shares, default=(0, "", ""))
    if not value:
        return text
    most = gaps.translate(
        f"{_ID}.highest",
        name=gaps.name(column),
        service=names.service(gaps.question, service),
        number=gaps.number(value),
    )
    return f"{text} {most}"
