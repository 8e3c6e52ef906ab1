"""Quarters: the leading areas over the last eight quarters, each as a strip of bars on one scale.

Strips and not eight maps: with some fifty people a month most areas of one quarter hold none or
very few, so eight maps would show the noise of protection as movement, and a map draws no ranges.
Bars of one area beside each other, with their ranges, show whether it moved at all. Id:
hotspots.quarters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.expected_error import TELLING, ExpectedError
from dashboard.exhibits.charts import tables
from dashboard.exhibits.counts import windows
from dashboard.exhibits.counts.area_counts import level_ladder
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.hotspots import unusual, wording
from dashboard.exhibits.hotspots.wording import LEVEL, MEASURE, VIEW
from dashboard.exhibits.parts import against_usual, breakdowns, in_time, lateness
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.empty_state import empty_exhibit, not_recorded_exhibit
from dashboard.exhibits.parts.frame import frame, made
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
class _Moves(TimeSeries):
    """Areas by quarter, all that hold anything, the largest first.

    Its breakdown is of the quarters of the largest ones, each of three months.

    Attributes:
        level: Level of the areas.
        leading: The areas that are drawn.
        rest: What stands in none of these, by quarter.
    """

    level: str
    leading: tuple[str, ...]
    rest: tuple[int, ...]

    def level_name(self, n: int) -> str:
        """What so many areas of the level are called."""
        return self.translate(f"hotspots.level_{self.level}", n=n)


@exhibit(_ID, facts=("incidents", "people"), options=(MEASURE, LEVEL, VIEW))
def hotspots_quarters(question: Question) -> Exhibit:
    """The largest areas of the last two years by quarter, whatever period is chosen."""
    spans, asked = last_quarters(question, _QUARTERS)
    fact = wording.counted_fact(asked)
    if fact is None:
        return not_recorded_exhibit(_ID, question, PEOPLE)
    whole = wording.with_roles(asked)
    total = whole.total(fact)
    step = choose_detail(
        whole,
        level_ladder(question),
        lambda level: _count(whole, fact, level, spans),
        # Areas that hold little of all would not tell where it was.
        stands=lambda drawn: drawn.total >= TELLING * total > 0,
    )
    moves = replace(step.counted, is_rough=step.is_rough)
    options = {"measure": fact.id, "level": moves.level}
    if not moves.total:
        # Of these quarters it is said, whatever period was chosen.
        empty = frame(whole, fact, options=options)
        return empty_exhibit(_ID, empty, wording.nothing_counted(asked, fact))
    detail, notes = step.detail(whole), _notes(moves)
    return made(
        _ID,
        frame(whole, fact, drawn=(moves.breakdown,), notes=notes, detail=detail, options=options),
        title=_title(moves),
        plot=_plot(moves),
        table=_table(moves),
        description=_description(moves),
    )


def _plot(moves: _Moves) -> Plot:
    """A strip for each leading area, or one of everything where none holds anything."""
    names = {moves.question.place_name(code): moves.sizes[code] for code in moves.leading}
    strips = names or {moves.translate("hotspots.quarters.rest"): moves.rest}
    return Plot(
        "strips",
        moves.ticks,
        tuple(Series(name, moves.numbers(sizes)) for name, sizes in strips.items()),
        is_rough=moves.is_rough,
        provisional=moves.late,
        provisional_name=moves.translate("trend.provisional"),
    )


def _count(
    whole: Question, fact: Fact, level: DetailLevel, spans: Sequence[Span]
) -> tuple[_Moves, Breakdown]:
    areas = windows.by_month(whole, fact, level.id, whole.period)
    found = {code: tuple(windows.summed(own, spans)) for code, own in areas.items()}
    ranked = sorted(
        (code for code, sizes in found.items() if any(sizes)),
        key=lambda code: (-sum(found[code]), code),
    )
    cells = [size for code in ranked[:_AREAS] for size in found[code] if size]
    breakdown = breakdowns.breakdown_of(whole, fact, (level.id,), cells, months=3)
    leading = _telling(ranked[:_AREAS], found, breakdown.error)
    totals = [whole.total(fact, period=span) for span in spans]
    rest = (total - sum(found[code][at] for code in leading) for at, total in enumerate(totals))
    moves = _Moves(
        question=whole,
        fact=fact,
        total=sum(totals),
        breakdown=breakdown,
        spans=tuple(spans),
        sizes={code: found[code] for code in ranked},
        level=level.id,
        leading=leading,
        rest=tuple(rest),
    )
    return moves, breakdown


def _telling(
    codes: Sequence[str], found: Mapping[str, Sequence[int]], error: ExpectedError
) -> tuple[str, ...]:
    """Areas that stand above nothing in some quarter; all of them where none does."""
    above = (code for code in codes if any(error.interval(size)[0] > 0 for size in found[code]))
    return tuple(above) or tuple(codes)


def _title(moves: _Moves) -> str:
    """The area that is off what is usual, or that none is; the largest where nobody can know."""
    unit, level = moves.unit, moves.level_name(1).lower()
    if not moves.leading:
        return moves.translate("hotspots.map.title_none", level=level, unit=unit)
    judged = unusual.against(moves.question, moves.fact, moves.level)
    if judged is None or all(one.word == "unsaid" for one in judged.of.values()):
        first = moves.leading[0]
        area, total = moves.question.place_name(first), moves.about(sum(moves.sizes[first]))
        return moves.translate("hotspots.quarters.first", area=area, number=total, unit=unit)
    every = (*judged.called(1), *judged.called(-1))
    called = [code for code in every if code in moves.sizes]
    if not called:
        return moves.translate("hotspots.usual.title_none", level=level)
    one = judged.of[called[0]]
    title = moves.translate(
        "hotspots.quarters.called",
        area=moves.question.place_name(called[0]),
        word=against_usual.word_with_unit(moves.question, one, unit),
        window=moves.dated(judged.window),
    )
    return begin(title)


def _notes(moves: _Moves) -> list[str]:
    notes = lateness.notes(moves.question)
    n, levels = len(moves.leading), moves.level_name(2).lower()
    if left := len(moves.sizes) - n:
        notes.append(moves.translate("hotspots.quarters.left_out", n=n, levels=levels, left=left))
    return notes


def _table(moves: _Moves) -> Table:
    """One row an area and quarter; what stands in no area that is drawn comes last."""
    late, settled = moves.late, len(moves.spans) - moves.late
    states = [
        moves.translate("trend.provisional") if n >= settled else ""
        for n in range(len(moves.spans))
    ]
    areas = [(code, moves.question.place_name(code), moves.sizes[code]) for code in moves.leading]
    rows: list[tuple[Cell, ...]] = [
        (code, name, in_time.code(span), moves.quarter(span.start), size,
         *((state,) if late else ()))
        for code, name, sizes in (
            *areas,
            ("", moves.translate("hotspots.quarters.rest"), moves.rest),
        )
        for span, size, state in zip(moves.spans, sizes, states, strict=True)
    ]  # fmt: skip
    columns = (
        Column("code", moves.translate("hotspots.column_code"), hxl=hxl.code_of(moves.level)),
        Column("area", moves.level_name(1), hxl=hxl.name_of(moves.level, moves.lang)),
        *in_time.quarter_columns(moves),
        *((Column("state", moves.translate("trend.state")),) if late else ()),
    )
    # What stands in no area is no number of the cut.
    each = [moves.breakdown.error if row[0] else None for row in rows]
    return tables.ranged(moves, columns, rows, each)


def _description(moves: _Moves) -> str:
    areas: list[str] = []
    for at, code in enumerate(moves.leading[:_DESCRIBED]):
        sizes, highest = moves.sizes[code], max(moves.sizes[code])
        if at == 0 or not moves.breakdown.is_few(highest):
            area = moves.translate(
                "hotspots.quarters.described",
                area=moves.question.place_name(code),
                last=moves.about(sizes[-1]),
                highest=moves.about(highest),
                quarter=moves.quarter(moves.spans[sizes.index(highest)].start),
            )
            areas.append(area)
    first = moves.translate(
        "hotspots.quarters.description",
        unit=moves.unit,
        level=moves.level_name(1).lower(),
        period=moves.question.period_in_words,
    )
    return " ".join([first, *areas])
