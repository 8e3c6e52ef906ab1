"""Trend: incidents or people by month, for the overview and the monthly sheet.

Ids: overview.trend, sheet.months. Everything is one line; by class trafficking is the sum of its
three purposes and stands beside smuggling, the two are never one line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from dashboard.analysis.judge import Comparison
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.comparisons import (
    Comparisons,
    compare_codes,
    compare_total,
    known_comparison,
    with_history,
)
from dashboard.exhibits.exhibit import Column, Exhibit, Frame, Table
from dashboard.exhibits.parts import against_usual, event_notes, in_time, lateness, ranges, usual
from dashboard.exhibits.parts.empty_state import empty_exhibit, leading, not_recorded, nothing
from dashboard.exhibits.parts.frame import frame, make_exhibit, total_in_words
from dashboard.exhibits.parts.goals import goal_line, goal_of
from dashboard.exhibits.parts.in_time import Trend
from dashboard.exhibits.parts.ladder import ChosenDetail, choose_detail
from dashboard.exhibits.parts.time_marks import in_words, newest_flags, reporting_mark, time_marks
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures import theme
from dashboard.figures.marks import Marks
from dashboard.figures.plot import Form, Number, Plot, Series
from dashboard.model.facts import INCIDENTS, PEOPLE, Fact
from dashboard.model.periods import Span
from dashboard.words import numbers
from dashboard.words.catalogue import begin

_FACTS = (INCIDENTS, PEOPLE)
#: Months that are drawn at least, so that a short period stands within its year.
_CONTEXT, _YEAR, _QUARTER = 24, 12, 3
#: Everything together, or each class by itself.
SPLIT = Option("split", ("all", "class"))
_STEPS = in_time.STEPS.option
#: The comparison of a class that never had any event.
_NO_EVENTS = Comparison("unclear")


def _with_context(period: Span, available: Span, months: int = _CONTEXT) -> Span:
    """The period, with months before it where it is shorter than what is drawn at least.

    Args:
        period: The period; outside of the release it stays as it is.
        available: The months of the release.
        months: How many are drawn at least.
    """
    span = period.clipped(available)
    if span is None:
        return period
    return Span(min(span.start, span.end.plus(1 - months)), span.end).clipped(available) or span


@exhibit(
    "overview.trend",
    facts=("incidents", "people"),
    options=(Option("measure", ("incidents", "people")), SPLIT, _STEPS),
    along=_with_context,
)
def trend(question: Question) -> Exhibit:
    """Everything as one line with its usual band, or a panel a class, over two years at least.

    The band of a step is what the judge would call neither more, maybe more nor fewer, were it
    the period that a reader looks at. It is of as much as is reported: of a month whose reports are
    not all in it is a little lower.
    """
    facts = _FACTS if question.options["measure"] == "incidents" else tuple(reversed(_FACTS))
    span = _with_context(question.period, question.release.span)
    is_split = question.options[SPLIT.name] == "class"
    draw = _by_class if is_split else _as_one_line
    return _in_time(question, facts, span, draw, split=is_split)


@exhibit(
    "sheet.months", facts=("incidents", "people"), options=(in_time.STEPS.option,), by_month=True
)
def months(question: Question) -> Exhibit:
    """Incidents by month, all classes together: a year, or the period where that is longer.

    People by month where a filter, such as that by sex, does not apply to incidents.
    """
    span = _with_context(question.period, question.release.span, _YEAR)
    return _in_time(question, _FACTS, span, _for_sheet)


#: Makes the frame of a trend, with the note that changes how it is read, if any, and further notes.
_MakeFrame = Callable[..., Frame]


def _in_time(
    question: Question,
    facts: Sequence[Fact],
    span: Span,
    draw: Callable[[Question, Trend, _MakeFrame], Exhibit],
    *,
    split: bool = False,
) -> Exhibit:
    """The exhibit of a trend over a span; where there is nothing, of the next wider view.

    Args:
        question: What the reader looks at.
        facts: What may be counted: the first that filters apply to.
        span: The months that are drawn.
        draw: Draws it from the question, the counts of the span in steps, and what frames it.
        split: Whether each class is a line of its own.
    """
    whole = replace(question, period=span)
    fact = leading(question, *facts, drawn_span=span)
    if fact is None:
        return empty_exhibit(frame(whole, facts[0]), not_recorded(question, facts[0]))
    options = {"measure": fact.id}
    monthly = in_time.monthly(whole, fact, split=split)
    if not monthly.total:
        return empty_exhibit(frame(whole, fact, options=options), nothing(question, fact))
    step = _choose_detail(monthly)

    def around(note: str = "", *notes: str) -> Frame:
        return frame(
            whole,
            fact,
            cuts=(step.breakdown,),
            what=usual.what(question, fact),
            note=note,
            notes=[*lateness.notes(whole), *event_notes.sentences(whole), *notes],
            detail=step.detail(whole),
            options=options,
        )

    return draw(question, replace(step.counted, is_rough=step.is_rough), around)


def _choose_detail(monthly: Trend) -> ChosenDetail[Trend]:
    """The step that a trend is drawn in, and its numbers in such steps.

    Instead of years it is quarters, though rough, where one of these is more than a few: two years
    are two points, which hide when anything happened. A single month of a class is mostly chance,
    so that classes begin with quarters.
    """
    ladder, count = in_time.ladder(monthly), partial(in_time.in_steps, monthly)
    is_whole = in_time.ALL in monthly.sizes
    step = choose_detail(
        monthly.question, ladder, count, is_shown=lambda breakdown: is_whole or breakdown.months > 1
    )
    finer = next((level for level in ladder.levels if level.id == "quarter"), None)
    if step.is_chosen or step.level.id != "year" or finer is None:
        return step
    quarters = count(finer)
    if all(quarters.breakdown.is_few(size) or not size for size in quarters.breakdown.sizes):
        return step
    return ChosenDetail(ladder, finer, quarters, quarters.breakdown, is_chosen=False)


def _as_one_line(question: Question, trend: Trend, around: _MakeFrame) -> Exhibit:
    """The trend as one line, with a band of what is usual in each step."""
    # What the judge says of each step by itself; None where no usual number is known.
    judgements = [
        with_history(compare_total(replace(trend.question, period=span), trend.fact))
        for span in trend.spans
    ]
    band, marks = _band(question, judgements), reporting_mark(trend.question, trend.spans)
    usual_name, columns = _band_name(trend, band), _usual_columns(question, judgements)
    return make_exhibit(
        around(_quarter_note(question, trend.fact)),
        title=begin(_title(trend, judgements[-1])),
        plot=_plot(trend, "lines", _line(trend), usual=band, usual_name=usual_name, marks=marks),
        table=_table(trend).beside(*columns, *_expected_columns(trend)),
        description=_description(trend, marks),
    )


def _for_sheet(question: Question, trend: Trend, around: _MakeFrame) -> Exhibit:
    """The trend of the monthly sheet: one line with the target of a plan, and all marks."""
    whole, spans = trend.question, trend.spans
    marks, goal = time_marks(whole, spans, newest_flags(whole, spans)), goal_of(trend)
    lines, columns, notes = [_line(trend)], list[_CellColumn](), list[str]()
    if goal:
        lines.append(goal_line(question, goal))
        columns = [(Column("target", question.translate("trend.target"), number=True), goal.parts)]
        notes = [question.translate("trend.note_target", source=goal.target.source)]
    return make_exhibit(
        around("", *notes),
        title=begin(in_time.highest(trend)),
        plot=_plot(trend, "lines", *lines, marks=marks),
        table=_table(trend).beside(*columns, *_expected_columns(trend)),
        description=_description(trend, marks),
    )


def _plot(trend: Trend, form: Form, *lines: Series, **more: Any) -> Plot:
    """Lines or panels over the steps of a trend, the last of which may be provisional."""
    return Plot(
        form,
        trend.ticks,
        lines,
        is_rough=trend.is_rough,
        provisional=trend.late,
        provisional_name=trend.translate("trend.filling"),
        tick=trend.number,
        **more,
    )


def _line(trend: Trend) -> Series:
    """The line of a trend that has one; numbers whose reports are not all in say "so far"."""
    settled, expected = len(trend.spans) - trend.late, trend.expected
    (sizes,) = trend.sizes.values()
    points = [
        replace(number, text=trend.translate("trend.so_far", number=number.text))
        if step >= settled and expected[step]
        else number
        for step, number in enumerate(trend.numbers(sizes))
    ]
    look = theme.CLASS_LOOK[in_time.ALL]
    return Series(begin(trend.unit), tuple(points), look.colour, expected=expected)


def _band(question: Question, judgements: Sequence[Comparison | None]) -> tuple[Number | None, ...]:
    """The usual range of each step, None where it is not known; () where none is known."""

    def usual_as_number(judgement: Comparison | None) -> Number | None:
        """The usual number with its range and both in words, as the band of a step has them."""
        if judgement is None or judgement.most is None:
            return None
        text = against_usual.usual_number(question, judgement)
        reach = against_usual.usual_range(question, judgement)
        return Number(round(judgement.usual), judgement.fewest, judgement.most, text, reach)

    band = tuple(map(usual_as_number, judgements))
    return band if any(band) else ()


def _band_name(trend: Trend, band: Sequence[Number | None]) -> str:
    """The name of the band, with the range of the last step that has one."""
    for when, number in reversed([*zip(trend.ticks, band, strict=False)]):
        if number:
            return trend.translate("trend.band", when=when, range=number.hover)
    return ""


def _title(trend: Trend, judgement: Comparison | None) -> str:
    """The last step: its number, and what that will come to or else how it compares.

    Args:
        trend: The trend, as one line.
        judgement: The comparison of the last step, or None.
    """
    (sizes,) = trend.sizes.values()
    expected, last = trend.expected[-1], trend.spans[-1]
    number = total_in_words(trend.question, trend.fact, sizes[-1], last)
    values = {"when": in_time.name(last, trend.lang), "number": number}
    if trend.late and expected:
        return trend.translate("trend.title_filling", **values, expected=expected.text)
    if judgement is None:
        return trend.translate("trend.title_plain", **values, unit=trend.unit)
    word = against_usual.word(trend.question, judgement)
    return trend.translate("trend.title_word", **values, unit=trend.unit, word=word)


def last_quarter(question: Question, fact: Fact, period: Comparison) -> str:
    """A sentence: how the last quarter compares; '' where it moved as the period did.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        period: The comparison of the whole period.
    """
    last = _last_months(question)
    judgement = with_history(compare_total(last, fact))
    if judgement is None or judgement.direction == period.direction:
        return ""
    return _comparison_text(last, judgement, fact)


def _quarter_note(question: Question, fact: Fact) -> str:
    """Sentences on the last months of the period, three at most: how they and classes compare."""
    last = _last_months(question)
    judgement = compare_total(last, fact)
    if judgement is None:
        return ""
    reason = against_usual.why(question, judgement)
    if with_history(judgement) is None:
        return reason
    texts = (_comparison_text(last, judgement, fact), reason, _classes_text(last, fact))
    return " ".join(filter(None, texts))


def _last_months(question: Question) -> Question:
    """The view of the last months of the period, three at most."""
    span = question.period.clipped(question.release.span) or question.period
    return replace(question, period=Span.last(min(_QUARTER, span.months), until=span.end))


def _comparison_text(question: Question, comparison: Comparison, fact: Fact) -> str:
    """A sentence: all events of a view's period, their word, and the usual range."""
    text = question.translate(
        "trend.last",
        period=question.period_in_words,
        number=total_in_words(question, fact, round(comparison.now), question.period),
        word=against_usual.word(question, comparison),
        range=against_usual.usual_range(question, comparison),
    )
    return begin(text)


def _classes_text(question: Question, fact: Fact) -> str:
    """A sentence: which classes are off usual, or that none is; '' where a reader chose some."""
    if question.filters.codes_of("class"):
        return ""
    comparisons = compare_codes(question, fact, splits.by_part())
    if comparisons is None:
        return ""
    called = [
        question.translate(
            "trend.title_one",
            part=splits.label(part, question.lang),
            word=against_usual.word(question, comparisons.rows[part]),
        )
        for part in (*comparisons.called(1), *comparisons.called(-1))
    ]
    if not called:
        return question.translate("trend.no_class")
    return question.translate("shared.as_sentence", text="; ".join(called))


def _by_class(question: Question, trend: Trend, around: _MakeFrame) -> Exhibit:
    """A panel a class, on one scale, each with its own usual band and its word of the period."""
    fact = trend.fact
    of_period = _compare_parts(question, fact)
    of_steps = [_compare_parts(replace(question, period=span), fact) for span in trend.spans]
    judgements = {part: [known_comparison(step, part) for step in of_steps] for part in trend.sizes}
    panels = (
        Series(
            splits.label(part, question.lang),
            trend.numbers(sizes),
            theme.CLASS_LOOK[part].colour,
            usual=_band(question, judgements[part]),
            subtitle=_panel_text(question, fact, part, of_period),
        )
        for part, sizes in trend.sizes.items()
    )
    usual_of = (_usual_columns(question, own, part) for part, own in judgements.items())
    return make_exhibit(
        around(),
        title=begin(_classes_title(question, fact, of_period)),
        plot=_plot(trend, "panels", *panels),
        table=_table(trend).beside(*chain.from_iterable(usual_of)),
        description=_description(trend, Marks()),
    )


def _compare_parts(question: Question, fact: Fact) -> Comparisons | None:
    """Each part of the classes against usual; None where that is unwanted or unknown."""
    # What is chosen may be a part of a class.
    chosen = bool(question.filters.codes_of("class"))
    return compare_codes(question, fact, splits.by_part(), keeps_own=chosen)


def _panel_text(question: Question, fact: Fact, part: str, comparisons: Comparisons | None) -> str:
    """The text of a class's panel: its number in the period, the usual one, and its word below.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        part: The class, one of ``splits.PARTS``.
        comparisons: Those of all classes in the period, or None.
    """
    size = _by_part(question, fact)[part]
    number = numbers.at_mark(size, question.base(fact), question.lang)
    verdict = known_comparison(comparisons, part)
    if verdict is None:
        return number
    beside = question.translate("judge.usual", usual=against_usual.usual_number(question, verdict))
    return f"{number} · {beside}\n{against_usual.word(question, verdict)}"


#: A column of a table, and its cells.
_CellColumn = tuple[Column, Sequence[int | None]]


def _usual_columns(
    question: Question, judgements: Sequence[Comparison | None], part: str = ""
) -> list[_CellColumn]:
    """Columns with both ends of the usual range of each step; none where none is known.

    Args:
        question: What the reader looks at.
        judgements: The comparison of each step, or None.
        part: The class, whose columns stand in files alone; '' for everything together.
    """
    if not any(judgements):
        return []
    label, prefix = (splits.label(part, question.lang), f"{part}_") if part else ("", "")
    columns: list[_CellColumn] = []
    for end, limit in (("low", "fewest"), ("high", "most")):
        key = f"trend.column_usual_{end}" if part else f"overview.indicators.{limit}"
        name = question.translate(key, part=label)
        column = Column(f"{prefix}usual_{end}", name, number=True, in_files=bool(part))
        columns.append((column, [step and getattr(step, limit) for step in judgements]))
    return columns


def _expected_columns(trend: Trend) -> list[_CellColumn]:
    """Columns with what steps will come to and both ends of that; none where all are reported."""
    attributes = {"expected": "value", "expected_low": "low", "expected_high": "high"}
    return [
        (
            Column(name, trend.translate(f"trend.column_{name}"), number=True),
            [number and getattr(number, attribute) for number in trend.expected],
        )
        for name, attribute in (attributes if any(trend.expected) else {}).items()
    ]


def _classes_title(question: Question, fact: Fact, comparisons: Comparisons | None) -> str:
    """A title: the word of trafficking and of smuggling, or of the part that a reader chose.

    Without comparisons it has their numbers.
    """
    unit, now = fact.unit_in(question.lang), _by_part(question, fact)
    if comparisons is None:
        texts = {part: question.about(now[part], fact) for part in ("trafficking", "smuggling")}
        period = question.period_in_words
        return question.translate("trend.uncompared", unit=unit, period=period, **texts)

    def word(part: str) -> str:
        return against_usual.word_with_unit(question, comparisons.rows.get(part, _NO_EVENTS), unit)

    if only := _only_part(question, now):
        # What is chosen may be a part of the class.
        judgement = compare_total(question, fact) or _NO_EVENTS
        text = against_usual.word_with_unit(question, judgement, unit)
        part = splits.label(only, question.lang)
        return question.translate("trend.title_one", part=part, word=text)
    trafficking, smuggling = word("trafficking"), word("smuggling")
    if trafficking == smuggling:
        return question.translate("trend.title_same", word=trafficking)
    return question.translate("trend.title", trafficking=trafficking, smuggling=smuggling)


def _only_part(question: Question, now: Mapping[str, int]) -> str | None:
    """The part of the classes that a reader chose, the one with most events of several.

    None without a choice, and where both trafficking and smuggling have events.

    Args:
        question: What the reader looks at.
        now: Events by part.
    """
    if not question.filters.codes_of("class"):
        return None
    present = [part for part, size in now.items() if size]
    if {"trafficking", "smuggling"} <= set(present):
        return None
    return max(now, key=lambda part: now[part])


def _by_part(question: Question, fact: Fact) -> dict[str, int]:
    """Events of the period by part of the classes, the empty ones too."""
    return dict.fromkeys(splits.PARTS, 0) | dict(question.counts(fact, splits.by_part()))


def _table(trend: Trend) -> Table:
    """A row a step with its numbers; the last column says what is provisional or lacks partners.

    A single line has the range of its numbers beside it; those of several stand in files.
    """
    lang, error, states = trend.lang, trend.breakdown.error, trend.states
    time = next(name for name, months in in_time.MONTHS.items() if months == trend.months)
    table = Table(
        (Column(time, trend.translate(f"trend.of_{trend.months}")),),
        tuple((in_time.code(span),) for span in trend.spans),
    ).beside(
        *(
            (Column(part, splits.label(part, lang), trend.unit), sizes)
            for part, sizes in trend.sizes.items()
        ),
        *([(Column("state", trend.translate("trend.state")), states)] if any(states) else []),
    )
    if len(trend.sizes) == 1:
        return ranges.with_ends(table, table.columns[1].code, error, lang)
    return ranges.with_ends_in_files(table, trend.sizes, error, lang)


def _description(trend: Trend, marks: Marks) -> str:
    """Each line in words, what is expected of its end, and what is marked."""
    lang, spans = trend.lang, trend.spans
    parts = [
        trend.translate(
            "trend.line",
            label=splits.label(part, lang),
            last=trend.about(sizes[-1]),
            highest=trend.about(max(sizes)),
            month=in_time.name(spans[sizes.index(max(sizes))], lang),
        )
        for part, sizes in trend.sizes.items()
    ]
    if trend.late:
        since = in_time.name(spans[-trend.late], lang)
        parts.append(trend.translate("trend.provisional_since", period=since))
    expected = trend.expected[-1] if in_time.ALL in trend.sizes else None
    if expected:
        parts.append(trend.translate("shared.as_sentence", text=begin(expected.hover)))
    return " ".join(filter(None, (*parts, in_words(trend.question, marks))))
