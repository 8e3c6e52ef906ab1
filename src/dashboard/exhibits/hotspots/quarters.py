"""Quarters: the leading areas over the last eight quarters, each as a strip of bars on one scale.

Strips and not eight maps: with some fifty people a month most areas of one quarter hold none or
very few, so eight maps would show the noise of protection as movement, and a map draws no ranges.
Bars of one area beside each other, with their ranges, show whether it moved at all. Id:
hotspots.quarters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from dashboard.analysis.expected_error import TELLING
from dashboard.exhibits.charts import tables
from dashboard.exhibits.counts import windows
from dashboard.exhibits.counts.area_counts import level_ladder, name_of_area
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.hotspots import unusual, wording
from dashboard.exhibits.hotspots.wording import LEVEL, MEASURE, VIEW
from dashboard.exhibits.parts import against_usual, breakdowns, in_time, lateness
from dashboard.exhibits.parts.empty_state import empty_exhibit, not_recorded_exhibit
from dashboard.exhibits.parts.frame import frame, make_exhibit
from dashboard.exhibits.parts.in_time import TimeSeries, last_quarters
from dashboard.exhibits.parts.ladder import DetailLevel, choose_detail
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.plot import Plot, Series
from dashboard.model import hxl
from dashboard.model.facts import PEOPLE, Fact
from dashboard.model.periods import Span
from dashboard.words.catalogue import begin

_ID = "hotspots.quarters"
#: Quarters that are drawn, and areas; the table has all others together.
_QUARTERS, _AREAS = 8, 8
#: How many areas a description names.
_DESCRIBED = 3


@dataclass(frozen=True, kw_only=True)
class _AreaQuarters(TimeSeries):
    """Events by area and quarter: all areas with any event, the largest first.

    Its breakdown is of the quarters of the largest areas, each of three months.

    Attributes:
        level: Level of the areas.
        leading: Codes of the areas that are drawn.
        rest: Events in none of these, by quarter.
    """

    level: str
    leading: tuple[str, ...]
    rest: tuple[int, ...]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of the drawn areas by code; equal names with the area around each."""
        name_of = partial(name_of_area, self.question)
        names = wording.distinct_names(self.question, self.leading, name_of)
        return dict(zip(self.leading, names, strict=True))

    def level_name(self, n: int) -> str:
        """What so many areas of the level are called."""
        return self.translate(f"hotspots.level_{self.level}", n=n)


@exhibit(_ID, facts=("incidents", "people"), options=(MEASURE, LEVEL, VIEW))
def hotspots_quarters(question: Question) -> Exhibit:
    """The largest areas of the last two years by quarter, whatever period is chosen."""
    spans, recent = last_quarters(question, _QUARTERS)
    fact = wording.counted_fact(recent)
    if fact is None:
        return not_recorded_exhibit(question, PEOPLE)
    whole = wording.with_roles(recent)
    total = whole.total(fact)
    step = choose_detail(
        whole,
        level_ladder(question),
        lambda level: _count(whole, fact, level, spans),
        # A level whose areas have only a small part of all events would not show where most were.
        is_shown=lambda breakdown: breakdown.total >= TELLING * total > 0,
    )
    areas = replace(step.counted, is_rough=step.is_rough)
    options = {"measure": fact.id, "level": areas.level}
    if not areas.total:
        # About these quarters, whatever period was chosen.
        empty = frame(whole, fact, options=options)
        return empty_exhibit(empty, wording.nothing_counted(recent, fact))
    detail, notes = step.detail(whole), _notes(areas)
    return make_exhibit(
        frame(whole, fact, cuts=(areas.breakdown,), notes=notes, detail=detail, options=options),
        title=_title(areas),
        plot=_plot(areas),
        table=_table(areas),
        description=_description(areas),
    )


def _plot(areas: _AreaQuarters) -> Plot:
    """A strip of bars for each drawn area, or one of all events where no area has any."""
    strips = [(areas.names[code], areas.sizes[code]) for code in areas.leading]
    rest = (areas.translate("hotspots.quarters.rest"), areas.rest)
    return Plot(
        "strips",
        areas.ticks,
        tuple(Series(name, areas.numbers(sizes)) for name, sizes in strips or [rest]),
        is_rough=areas.is_rough,
        provisional=areas.late,
        provisional_name=areas.translate("trend.provisional"),
    )


def _count(whole: Question, fact: Fact, level: DetailLevel, spans: Sequence[Span]) -> _AreaQuarters:
    """Events of the areas of a level in each quarter, and which areas are drawn.

    Args:
        whole: The question over all quarters.
        fact: What is counted.
        level: Level of the areas.
        spans: The quarters.
    """
    monthly = windows.by_month(whole, fact, level.id, whole.period)
    by_area = {code: tuple(windows.summed(months, spans)) for code, months in monthly.items()}
    ranked = sorted(
        (code for code, sizes in by_area.items() if any(sizes)),
        key=lambda code: (-sum(by_area[code]), code),
    )
    cells = [size for code in ranked[:_AREAS] for size in by_area[code] if size]
    breakdown = breakdowns.breakdown_of(whole, fact, (level.id,), cells, months=3)
    # Areas whose range is above nothing in some quarter; all of them where none's is.
    interval = breakdown.error.interval
    clear = [c for c in ranked[:_AREAS] if any(interval(size)[0] > 0 for size in by_area[c])]
    leading = tuple(clear or ranked[:_AREAS])
    totals = [whole.total(fact, period=span) for span in spans]
    rest = (total - sum(by_area[code][n] for code in leading) for n, total in enumerate(totals))
    return _AreaQuarters(
        question=whole,
        fact=fact,
        total=sum(totals),
        breakdown=breakdown,
        spans=tuple(spans),
        sizes={code: by_area[code] for code in ranked},
        level=level.id,
        leading=leading,
        rest=tuple(rest),
    )


def _title(areas: _AreaQuarters) -> str:
    """The area most clearly off usual, or that none is; the largest where none can be judged."""
    unit, level = areas.unit, areas.level_name(1).lower()
    if not areas.leading:
        return areas.translate("hotspots.map.title_none", level=level, unit=unit)
    comparisons = unusual.against(areas.question, areas.fact, areas.level)
    if comparisons is None or all(one.word == "unsaid" for one in comparisons.rows.values()):
        sizes = [sum(quarters) for quarters in areas.sizes.values()]
        whole = breakdowns.breakdown_of(areas.question, areas.fact, (areas.level,), sizes)
        first, *others = areas.leading
        if others and not whole.leads(sizes):
            if whole.is_few(sum(areas.sizes[others[0]])):
                return areas.translate("breakdown.few", unit=unit)
            names = {"first": areas.names[first], "second": areas.names[others[0]]}
            return areas.translate("hotspots.map.title_close", **names)
        area, total = areas.names[first], areas.about(sum(areas.sizes[first]))
        return areas.translate("hotspots.quarters.first", area=area, number=total, unit=unit)
    off_usual = (*comparisons.called(1), *comparisons.called(-1))
    code = next((code for code in off_usual if code in areas.sizes), None)
    if code is None:
        return areas.translate("hotspots.usual.title_none", level=level)
    comparison = comparisons.rows[code]
    title = areas.translate(
        "hotspots.quarters.called",
        area=areas.names.get(code, areas.question.place_name(code)),
        word=against_usual.word_with_unit(areas.question, comparison, unit),
        window=areas.dated(comparisons.window),
    )
    return begin(title)


def _notes(areas: _AreaQuarters) -> list[str]:
    """Notes on late reports, and on how many areas are not drawn."""
    notes = lateness.notes(areas.question)
    n, levels = len(areas.leading), areas.level_name(2).lower()
    if rest := len(areas.sizes) - n:
        notes.append(areas.translate("hotspots.quarters.left_out", n=n, levels=levels, left=rest))
    return notes


def _table(areas: _AreaQuarters) -> Table:
    """A row for each drawn area and quarter, then a row a quarter for all other events."""
    late, settled = areas.late, len(areas.spans) - areas.late
    states = [*[""] * settled, *[areas.translate("trend.provisional")] * late]
    leading = [(code, areas.names[code], areas.sizes[code]) for code in areas.leading]
    rest = ("", areas.translate("hotspots.quarters.rest"), areas.rest)
    rows: list[tuple[Cell, ...]] = [
        (code, name, in_time.code(span), areas.quarter(span.start), size,
         *((state,) if late else ()))
        for code, name, sizes in (*leading, rest)
        for span, size, state in zip(areas.spans, sizes, states, strict=True)
    ]  # fmt: skip
    columns = (
        Column("code", areas.translate("hotspots.column_code"), hxl=hxl.code_of(areas.level)),
        Column("area", areas.level_name(1), hxl=hxl.name_of(areas.level, areas.lang)),
        *in_time.quarter_columns(areas),
        *((Column("state", areas.translate("trend.state")),) if late else ()),
    )
    # The rest is no number of the breakdown.
    errors = [areas.breakdown.error if code else None for code, *_ in rows]
    return tables.ranged(areas, columns, rows, errors)


def _description(areas: _AreaQuarters) -> str:
    """The first area, and the next with more than a few, by their last and highest quarters."""
    sentences: list[str] = []
    for rank, code in enumerate(areas.leading[:_DESCRIBED]):
        sizes, highest = areas.sizes[code], max(areas.sizes[code])
        if rank == 0 or not areas.breakdown.is_few(highest):
            sentence = areas.translate(
                "hotspots.quarters.described",
                area=areas.names[code],
                last=areas.about(sizes[-1]),
                highest=areas.about(highest),
                quarter=areas.quarter(areas.spans[sizes.index(highest)].start),
            )
            sentences.append(sentence)
    first = areas.translate(
        "hotspots.quarters.description",
        unit=areas.unit,
        level=areas.level_name(1).lower(),
        period=areas.question.period_in_words,
    )
    return " ".join([first, *sentences])
