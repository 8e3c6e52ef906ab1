"""Corridors as a ranked list: people, transport, classes, season, outcome. Id: routes.corridors.

All corridors stand in it, also where some are chosen: these are marked, so that a reader can go on
to another one. Their order is that of ``counts.corridor_counts``, by people once each or by legs.
How corridors grew is in ``growth``, one corridor in ``corridor``, flows between areas in ``map``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts import splits, windows
from dashboard.exhibits.counts.corridor_counts import (
    COUNTING,
    UNNAMED,
    CorridorCount,
    corridor_count,
    in_list_order,
)
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import (
    against_usual,
    breakdowns,
    flow_ends,
    in_time,
    rankings,
    reporting,
)
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.empty_state import empty_exhibit, leading, nothing
from dashboard.exhibits.parts.frame import frame, make_exhibit, total_in_words
from dashboard.exhibits.parts.rankings import Aside, Row, SideColumns
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.exhibits.routes import growth
from dashboard.exhibits.routes.growth import Growth
from dashboard.model.codes import COMPLETED, CORRIDOR
from dashboard.model.codes.code_list import UNKNOWN
from dashboard.model.counted_by import By
from dashboard.model.facts import JOURNEYS, LEGS, PEOPLE, Fact
from dashboard.model.periods import Span
from dashboard.words import numbers
from dashboard.words.catalogue import begin

_ID = "routes.corridors"
#: What is counted: people once each by their journey, or its legs.
COUNTED = Option("measure", (JOURNEYS.id, LEGS.id), by_link=True)
#: How many corridors a description names.
_DESCRIBED = 5
#: Quarters of the small bars of a row, and months of each.
_QUARTERS, _QUARTER = 8, 3
#: The way a leg ended that has a column of its own on the page.
_INTERCEPTED = "intercepted"
#: How wide the range of a share may be, as a part of all, so that it is shown.
_WIDEST = 0.5


class _Split(NamedTuple):
    """Numbers by corridor, then by a second code, and the same as a cut."""

    sizes: Mapping[str, Mapping[str, int]]
    breakdown: Breakdown


@dataclass(frozen=True, kw_only=True)
class _Corridors(CorridorCount):
    """All corridors of a view, also where some are chosen; ``is_rough`` is about the quarters.

    Attributes:
        grown: The corridors against usual, where that is known.
        quarters: The last quarters up to the end of the period.
        by_quarter: Numbers by corridor, one for each of these quarters.
        outcomes: Legs by corridor and how they ended; None where these numbers are too uncertain,
            or people are counted.
    """

    grown: Growth | None
    quarters: tuple[Span, ...]
    by_quarter: Mapping[str, tuple[int, ...]]
    outcomes: _Split | None

    @property
    def quarter_names(self) -> tuple[str, ...]:
        """The quarters in words."""
        return tuple(in_time.name(span, self.lang) for span in self.quarters)


@exhibit(_ID, facts=("journeys", "people", "legs"), options=(COUNTED,), compares=True)
def routes_corridors(question: Question) -> Exhibit:
    """Corridors by people, with transport, split by class and change; a row filters the pages."""
    everywhere = replace(question, filters=question.filters.with_codes("corridor", ()))
    chosen = question.options[COUNTED.name]
    facts = sorted(COUNTING, key=lambda fact: fact.id != chosen)
    fact = leading(everywhere, *facts) or PEOPLE
    whole = replace(everywhere, period=question.counted_span(fact.grain))
    compared = whole.compared_span
    corridors = _count(everywhere, fact)
    bars_kind = "rough" if corridors.is_rough else "steps"
    around = frame(
        everywhere,
        fact,
        cuts=(corridors.breakdown,),
        what=question.translate(f"routes.what_{fact.id}"),
        note=count_note(question, fact),
        notes=[
            *bars_note(corridors, corridors.quarter_names, bars_kind),
            *_notes_of_growth(corridors),
            *reporting.notes(whole, compared),
        ],
        options={"measure": fact.id},
    )
    rows = _rows(corridors, compared)
    if not rows:
        return empty_exhibit(around, nothing(everywhere, fact))
    return make_exhibit(
        around,
        title=_title(corridors),
        figure=rankings.figure(
            everywhere,
            corridors.breakdown,
            rows,
            label=question.translate("routes.column_corridor"),
            judged_label=corridors.grown.window if corridors.grown else "",
            compared=compared,
            beside=_side_columns(corridors),
        ),
        table=_table(corridors, rows, compared),
        description=_description(corridors, rows),
    )


def headline(question: Question) -> tuple[str, tuple[str, ...], Question]:
    """The title of the page, sentences under it, and the view that they are about.

    They are about the chosen corridor, where there is one. Else they tell which of all corridors
    are off usual, and the largest; where none is, the largest and what would have been noticed.
    """
    everywhere = replace(question, filters=question.filters.with_codes("corridor", ()))
    chosen = question.filters.codes_of("corridor")
    is_one = len(chosen) == 1
    subject = question if is_one else everywhere
    fact = leading(subject, *COUNTING) or PEOPLE
    count = corridor_count(everywhere, fact)
    subject = replace(subject, period=question.counted_span(fact.grain))
    if not count.sizes or (is_one and chosen[0] not in count.sizes):
        return nothing(subject, fact).reason, (), subject
    grown = growth.growth(count)
    if is_one:
        title, under = growth.headline_of_one(grown, chosen[0]) if grown else ("", "")
        return title or title_of_one(count, chosen[0], count.sizes[chosen[0]]), (under,), subject
    if grown is None:
        return _title(count), (), subject
    title = growth.headline(grown)
    first = _largest_text(count) if title else growth.growth_text(grown)
    return title or _title(count), (first, *growth.under_headline(grown)), subject


def title_of_one(count: CorridorCount, code: str, size: int) -> str:
    """A corridor with its number, and its share of all where it is neither a few nor all."""
    question, fact = count.question, count.fact
    name = question.label(CORRIDOR, code or UNKNOWN.code)
    counted = question.counted_of(size, size if count.breakdown.is_few(size) else count.total, fact)
    return question.translate("routes.corridor.title", name=name, counted=counted)


def _largest_text(count: CorridorCount) -> str:
    """A sentence: the largest corridor with its number of all; '' where none clearly leads."""
    question, fact = count.question, count.fact
    sizes = [count.sizes[code] for code in count.named]
    if not sizes or question.is_few(sizes[0], fact) or not count.breakdown.leads(sizes):
        return ""
    if sizes[0] == count.total:
        return title_of_one(count, count.named[0], sizes[0])
    return count.translate(
        "routes.grew.largest",
        name=begin(growth.short_name(question, count.named[0])),
        number=count.about(sizes[0]),
        all=total_in_words(question, fact, count.total),
        unit=count.unit,
    )


def count_note(question: Question, fact: Fact) -> str:
    """How often a journey counts: once, or once a leg; '' where people are counted."""
    return question.translate(f"routes.note_per_{fact.id}") if fact in (JOURNEYS, LEGS) else ""


def _count(everywhere: Question, fact: Fact) -> _Corridors:
    """Counts of all corridors: in the period, by quarter, and by how legs ended."""
    count, quarters = corridor_count(everywhere, fact), quarters_to_end(everywhere)
    grown = growth.growth(count)
    # A headline names what is off usual, also where the list counts nothing there.
    called = [*grown.called(1), *grown.called(-1)] if grown and count.sizes else []
    sizes = in_list_order({**dict.fromkeys(called, 0), **count.sizes})
    sizes_by_quarter = [corridor_count(everywhere, fact, quarter).sizes for quarter in quarters]
    by_quarter = {code: tuple(own.get(code, 0) for own in sizes_by_quarter) for code in sizes}
    bars, by = [size for code in count.named for size in by_quarter[code]], ("corridor",)
    drawn = breakdowns.breakdown_of(everywhere, fact, by, bars, months=_QUARTER)
    return _Corridors(
        **vars(replace(count, is_rough=not drawn.is_informative, sizes=sizes)),
        grown=grown,
        quarters=quarters,
        by_quarter=by_quarter,
        outcomes=_split(everywhere, fact, "completed", UNKNOWN.code) if fact is LEGS else None,
    )


def quarters_to_end(question: Question) -> tuple[Span, ...]:
    """The last quarters of the release up to the end of the period, in order of time."""
    covered = question.period.snapped("quarter").clipped(question.release.span)
    last = (covered or question.release.span).end
    quarters = windows.windows(windows.QUARTER, question.release.span)
    return tuple(span for span in quarters if span.start <= last)[-_QUARTERS:]


def _split(question: Question, fact: Fact, column: By, missing: str = "") -> _Split | None:
    """Numbers by corridor and the codes of a column; None where these are too uncertain to show.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        column: The column, or groups of its codes.
        missing: The code of what has none.
    """
    sizes = defaultdict[str, Counter[str]](Counter)
    by = ("corridor", column)
    for corridor, code, size in question.counts(fact, *by):
        sizes[corridor or UNKNOWN.code][code or missing] += size
    cells = [size for row in sizes.values() for size in row.values()]
    breakdown = breakdowns.breakdown_of(question, fact, by, cells)
    return _Split(sizes, breakdown) if breakdown.is_informative else None


def bars_note(counts: Counted, steps: Sequence[str], kind: str) -> list[str]:
    """A note on what the small bars beside a list are; none where there are no bars.

    Args:
        counts: What the list counts.
        steps: Names of the spans of the bars, in order of time.
        kind: End of the phrase's key: steps for quarters, rough for rough ones, years.
    """
    if not steps:
        return []
    return [counts.translate(f"routes.note_{kind}", first=steps[0], last=steps[-1])]


def _rows(corridors: _Corridors, compared: Span | None) -> list[Row]:
    """Every corridor as a row of the list.

    Args:
        corridors: The corridors.
        compared: Another period whose numbers stand beside, or None.
    """
    everywhere, fact, grown = corridors.question, corridors.fact, corridors.grown
    by_mode = _split(everywhere, fact, "mode")
    by_part = _split(everywhere, fact, splits.by_part())
    before = corridor_count(everywhere, fact, compared).sizes if compared else None
    return [
        Row(
            code,
            everywhere.label(CORRIDOR, code),
            size,
            {part: by_part.sizes[code][part] for part in splits.PARTS} if by_part else None,
            before.get(code, 0) if before is not None else None,
            _link(everywhere, code),
            note=flow_ends.modes_in_words(everywhere, by_mode.sizes[code]) if by_mode else "",
            is_ranked=code not in UNNAMED,
            comparison=grown.comparisons.rows.get(code) if grown else None,
            # What is usual is of people: beside legs it would be another unit.
            usual=grown.noticed(code) if grown and fact != LEGS else "",
            compared_size=grown.compared_size(code) if grown else None,
            grew=grown.mode_label(code) if grown else "",
            steps=corridors.by_quarter[code],
            aside=_aside(corridors, code),
        )
        for code, size in corridors.sizes.items()
    ]


def _link(question: Question, code: str) -> str:
    """Query string of the view of a corridor; '' for unknown ones, which no filter chooses."""
    if code == UNKNOWN.code:
        return ""
    filters = question.filters.with_codes("corridor", (code,))
    return rankings.query(question, filters, keep=(COUNTED,))


def _aside(corridors: _Corridors, code: str) -> Aside | None:
    """The share of a corridor's legs that were intercepted, and in words how all ended.

    The share is '' where its range is too wide. Where outcomes are not shown there is no aside.
    """
    if corridors.outcomes is None:
        return None
    by_corridor, breakdown = corridors.outcomes
    question, outcomes = corridors.question, by_corridor.get(code, {})
    total, number = sum(outcomes.values()), outcomes.get(_INTERCEPTED, 0)
    codes = (code for code in COMPLETED.values if outcomes.get(code))
    parts = (question.named([(question.label(COMPLETED, c), outcomes[c])], LEGS) for c in codes)
    low, high = breakdown.error.interval(number)
    percent = numbers.percent(number, total, breakdown.base)
    if not number or percent is None or high - low > _WIDEST * total:
        return Aside("", 0, "; ".join(parts))
    share = numbers.share(number, total, breakdown.base, question.lang)
    return Aside(share, percent, "; ".join(parts))


def _side_columns(corridors: _Corridors) -> SideColumns:
    """What the list has beside its numbers: small bars, the share intercepted, what is usual."""
    intercepted = corridors.question.label(COMPLETED, _INTERCEPTED)
    return SideColumns(
        steps=corridors.quarter_names,
        steps_label=corridors.translate("routes.quarters_label", n=len(corridors.quarters)),
        is_rough=corridors.is_rough,
        aside_label=intercepted if corridors.outcomes else "",
        has_usual=corridors.fact != LEGS,
    )


def _notes_of_growth(corridors: _Corridors) -> list[str]:
    """Notes: how "usual" is meant, and what is judged where the list counts something else."""
    grown = corridors.grown
    if grown is None:
        return []
    note = against_usual.note(corridors.question, grown.comparisons)
    if grown.comparisons.fact == corridors.fact:
        return [note]
    what = grown.comparisons.fact.label_in(corridors.question.lang)
    return [note, corridors.translate("routes.note_word", what=what, window=grown.window)]


def _table(corridors: _Corridors, rows: Sequence[Row], compared: Span | None) -> Table:
    """The rows of the list, with how legs ended, and in files the quarters of the small bars."""
    question, fact, unit = corridors.question, corridors.fact, corridors.unit
    listed = rankings.table(
        question,
        corridors.breakdown,
        rows,
        column="corridor",
        label=question.translate("routes.column_corridor"),
        note_label=question.translate("routes.transport"),
        compared=compared,
        comparisons=corridors.grown.comparisons if corridors.grown and fact != LEGS else None,
    )
    codes = [*corridors.sizes]
    by_corridor = corridors.outcomes.sizes if corridors.outcomes else {}
    by_quarter = zip(*(corridors.by_quarter[code] for code in codes), strict=True)
    return listed.beside(
        *(
            (
                Column(how, COMPLETED.label_of(how, question.lang), unit),
                [by_corridor.get(code, {}).get(how, 0) for code in codes],
            )
            for how in (COMPLETED.values if by_corridor else ())
        ),
        *(
            (Column(span.start.quarter, name, unit, period=str(span), in_files=True), cells)
            for span, name, cells in zip(
                corridors.quarters, corridors.quarter_names, by_quarter, strict=True
            )
        ),
    )


def _title(count: CorridorCount) -> str:
    """The largest corridor with its share; or that the first have a few, or are close."""
    is_few = count.breakdown.is_few
    if not count.named:
        return count.translate("routes.title_no_corridor")
    name = count.question.label(CORRIDOR, count.named[0])
    sizes = [count.sizes[code] for code in count.named]
    if is_few(sizes[0]):
        key = "few" if len(sizes) > 1 else "few_to_lead"
        return count.translate(f"routes.title_{key}", unit=count.unit)
    if sizes[0] == count.total:
        return title_of_one(count, count.named[0], sizes[0])
    if len(sizes) > 1 and not count.breakdown.leads(sizes):
        if is_few(sizes[1]):
            return count.translate("routes.title_few_to_lead", unit=count.unit)
        second = growth.short_name(count.question, count.named[1])
        return count.translate("routes.title_close", first=name, second=second)
    key, share = f"routes.title_corridors_{count.fact.id}", count.share_of(sizes[0])
    return count.translate(key, corridor=name, share=share)


def _description(corridors: _Corridors, rows: Sequence[Row]) -> str:
    """The largest corridors with their numbers, and which have more than usual, in sentences."""
    question, fact = corridors.question, corridors.fact
    period = question.dated(question.counted_span(fact.grain))
    first, *others = ([row for row in rows if row.is_ranked] or rows)[:_DESCRIBED]
    named_rows = [
        first,
        *(row for row in others if row.value and not question.is_few(row.value, fact)),
    ]
    names = question.named(((row.label, row.value) for row in named_rows), fact)
    text = question.translate("routes.description_corridors", unit=corridors.unit, period=period)
    largest = question.translate("routes.described", names=names)
    # People are judged, so that this would be another unit beside legs.
    grew = growth.growth_text(corridors.grown) if corridors.grown and fact != LEGS else ""
    return " ".join(filter(None, (text, largest, grew)))
