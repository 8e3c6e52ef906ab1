"""The area that a reader looks at, by quarter over three years, with a band of what is usual.

Id: hotspots.area-line. Flags and what the operator noted stand above the quarters they are about.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from dashboard import queries
from dashboard.analysis.judge import Comparison
from dashboard.exhibits.charts import tables
from dashboard.exhibits.counts.area_counts import CAMPS, LEVELS
from dashboard.exhibits.counts.comparisons import SLOW, compare_rows, known_comparison
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.hotspots import wording
from dashboard.exhibits.hotspots.area import areas_of, name_of
from dashboard.exhibits.parts import against_usual, event_notes, in_time, lateness
from dashboard.exhibits.parts.empty_state import empty_exhibit, not_recorded_exhibit, nothing
from dashboard.exhibits.parts.frame import frame, make_exhibit
from dashboard.exhibits.parts.in_time import Trend, last_quarters
from dashboard.exhibits.parts.time_marks import in_words, time_marks
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.marks import Mark, Marks
from dashboard.figures.plot import Number, Plot, Series
from dashboard.model.facts import PEOPLE, Fact
from dashboard.model.periods import Span
from dashboard.words.catalogue import begin

_ID = "hotspots.area-line"
#: Quarters of an area that are looked at, at most: three years.
_QUARTERS = 12


@dataclass(frozen=True, kw_only=True)
class _Line(Trend):
    """An area, several, or everywhere by quarter.

    Attributes:
        codes: The areas; none is everywhere.
        comparisons: Each quarter against usual; None where that is not known.
        is_slow: Whether such areas are judged over half a year.
    """

    codes: tuple[str, ...]
    comparisons: tuple[Comparison | None, ...]
    is_slow: bool

    @property
    def quarters(self) -> dict[Span, int]:
        """Numbers by quarter."""
        return dict(zip(self.spans, self.sizes[in_time.ALL], strict=True))


@exhibit(_ID, facts=("incidents", "people"), options=(wording.MEASURE,))
def hotspots_area_line(question: Question) -> Exhibit:
    """One line over the last quarters, with a shaded band of the numbers that would be usual."""
    spans, recent = last_quarters(question, _QUARTERS)
    fact = wording.counted_fact(recent)
    if fact is None:
        return not_recorded_exhibit(question, PEOPLE)
    codes, options = areas_of(question, fact), {"measure": fact.id}
    scoped = wording.with_roles(replace(recent, filters=question.filters.with_codes("area", codes)))
    line = _count(scoped, fact, codes)
    if not line.total:
        empty = frame(scoped, fact, options=options)
        return empty_exhibit(empty, nothing(recent, fact, as_counted=queries.shown_roles))
    marks = time_marks(scoped, spans, _flags_off_usual(line))
    around = frame(
        scoped,
        fact,
        cuts=(line.breakdown,),
        note=question.translate(f"{_ID}.note") if any(line.comparisons) else "",
        notes=[*lateness.notes(scoped), *event_notes.sentences(scoped)],
        options=options,
    )
    return make_exhibit(
        around,
        title=_title(line),
        plot=_plot(line, marks),
        table=_table(line),
        description=f"{_description(line)} {in_words(question, marks)}".strip(),
    )


def _count(question: Question, fact: Fact, codes: tuple[str, ...]) -> _Line:
    """Events of some areas by quarter; of a single area each quarter is compared with usual.

    Args:
        question: The question about these areas, over the quarters that are drawn.
        fact: What is counted.
        codes: The areas; none is everywhere.
    """
    release = question.release
    trend = in_time.in_steps(in_time.monthly(question, fact), in_time.QUARTER)
    level = release.places[codes[0]].level if len(codes) == 1 and codes[0] in release.places else ""
    known: list[Comparison | None] = [None] * len(trend.spans)
    if question.is_compared and level in (*LEVELS, *CAMPS):
        compare = partial(compare_rows, release, fact, question.filters, level=level)
        known = [known_comparison(compare(span), codes[0]) for span in trend.spans]
    return _Line(**vars(trend), codes=codes, comparisons=tuple(known), is_slow=level in SLOW)


def _plot(line: _Line, marks: Marks) -> Plot:
    """The line, its expected end, its usual band and its marks."""
    # A band has two ends; the number between them is shown nowhere.
    band = [
        Number((one.fewest + one.most) // 2, one.fewest, one.most, "", "")
        if one and one.most is not None
        else None
        for one in line.comparisons
    ]
    return Plot(
        "lines",
        line.ticks,
        (
            Series(begin(line.unit), line.numbers(line.quarters.values()), theme.BLUE),
            *lateness.line(line.question, line.expected),
        ),
        usual=tuple(band) if any(line.comparisons) else (),
        usual_name=line.translate(f"{_ID}.band"),
        provisional=line.late,
        provisional_name=line.translate("trend.provisional"),
        marks=marks,
        tick=line.number,
        # For comparing two areas.
        meta={"codes": list(line.codes)},
    )


def _flags_off_usual(line: _Line) -> list[Mark]:
    """A mark above each quarter in which the area had more or fewer than usual."""
    return [
        Mark(
            index,
            "more" if comparison.direction > 0 else "fewer",
            line.quarter(span.start),
            against_usual.word(line.question, comparison),
        )
        for index, (span, comparison) in enumerate(zip(line.spans, line.comparisons, strict=True))
        # What is judged over half a year raises no flag in a quarter of it.
        if comparison and comparison.direction and not line.is_slow
    ]


def _title(line: _Line) -> str:
    """The number of the last quarter, with its word and the usual range where these are known.

    Areas that are judged over half a year have no word of a quarter.
    """
    span, comparison = line.spans[-1], line.comparisons[-1]
    values = {
        "name": name_of(line.question, line.codes),
        "number": line.about(line.quarters[span]),
        "quarter": line.quarter(span.start),
    }
    if comparison is None:
        return line.translate(f"{_ID}.title", **values, unit=line.unit)
    word = against_usual.word(line.question, comparison)
    reach = against_usual.usual_range(line.question, comparison)
    key = f"{_ID}.title_{'range' if line.is_slow else 'usual'}"
    return line.translate(key, **values, word=word, range=reach)


def _table(line: _Line) -> Table:
    """A row a quarter: its number, its usual range, its word, and whether it may still rise."""
    code, name, number = in_time.quarter_columns(line)
    words = [
        against_usual.word(line.question, one) if one and not line.is_slow else ""
        for one in line.comparisons
    ]
    low, high = line.translate(f"{_ID}.column_low"), line.translate(f"{_ID}.column_high")
    return tables.by_column(
        line,
        (code, map(in_time.code, line.spans)),
        (name, [line.quarter(span.start) for span in line.spans]),
        (number, line.quarters.values()),
        (Column("usual_low", low, line.unit), [one and one.fewest for one in line.comparisons]),
        (Column("usual_high", high, line.unit), [one and one.most for one in line.comparisons]),
        (Column("verdict", line.translate("judge.column_word")), words),
        (Column("state", line.translate("trend.state")), line.states),
    )


def _description(line: _Line) -> str:
    """The area and its highest quarter, for who does not see the line."""
    highest = max(line.quarters, key=line.quarters.__getitem__)
    return line.translate(
        f"{_ID}.description",
        name=name_of(line.question, line.codes),
        unit=line.unit,
        highest=line.about(line.quarters[highest]),
        quarter=line.quarter(highest.start),
    )
