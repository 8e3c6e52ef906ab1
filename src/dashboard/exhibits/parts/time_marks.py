"""Time marks: what charts over time mark beside their lines, and the list of it under them.

Three things, told apart: what an operator noted, months from which lastingly more or fewer partners
report, and flags of the test of all incidents (``counts.signals``). A flag is an analysis result;
what explains it stands beside it and is somebody's word. Only those about the areas that a reader
looks at are marked. How marks are drawn stands in ``figures.marks``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.exhibits.counts import coverage
from dashboard.exhibits.counts.signals import Signal, signals
from dashboard.exhibits.parts import against_usual, event_notes
from dashboard.exhibits.question import Question
from dashboard.figures.marks import Mark, Marks
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Month, Span

#: Months of a quarter.
_QUARTER = 3


def time_marks(
    question: Question, steps: Sequence[Span], flags: Sequence[Mark] | None = None
) -> Marks:
    """Marks of a chart over time: reporting, notes and flags, and steps that lack partners.

    Args:
        question: What a reader asked; its area says which notes and flags concern them.
        steps: The months of each step, which follow each other; at least one.
        flags: Flags of the chart's own test; None for those of the months of the release.
    """
    whole = Span(steps[0].start, steps[-1].end)
    marks = [
        *_reporting(question, steps, whole),
        *_notes(question, steps, whole),
        *(_flags(question, steps) if flags is None else flags),
    ]
    lacking = {_step_of(steps, month) for month in coverage.fewer(question.release, whole)}
    return Marks(
        marks,
        [question.number(number) for number in range(1, len(marks) + 1)],
        sorted(index for index in lacking if index is not None),
        question.translate("marks.lacking"),
    )


def reporting_mark(question: Question, steps: Sequence[Span]) -> Marks:
    """The last month from which lastingly more or fewer partners report, named at its line.

    No mark where there is no such month.
    """
    *_, last = (None, *_reporting(question, steps, Span(steps[0].start, steps[-1].end)))
    if last is None:
        return Marks()
    text = question.translate("trend.partners_from", text=last.text, when=last.when)
    return Marks([replace(last, text=text)], are_named=True)


def in_words(question: Question, marks: Marks) -> str:
    """The marks as sentences, for who does not see them; '' for none."""
    if marks.are_named:
        return " ".join(
            question.translate("shared.as_sentence", text=mark.text) for mark in marks.marks
        )
    return " ".join(
        question.translate("marks.described", when=entry["when"], text=entry["text"])
        if entry["when"]
        else question.translate("marks.described_lacking")
        for entry in marks.listed
    )


def _step_of(steps: Sequence[Span], month: Month) -> int | None:
    """Index of the step that a month lies in; None where it lies in none."""
    return next((n for n, span in enumerate(steps) if span.start <= month <= span.end), None)


def _reporting(question: Question, steps: Sequence[Span], whole: Span) -> Iterator[Mark]:
    """A mark where lastingly more or fewer partners report than in the step before."""
    for step in coverage.steps(question.release, whole):
        index = _step_of(steps, step.month)
        if index:  # the first step has none before it
            text = question.translate(f"trend.partners_{'more' if step.sign > 0 else 'fewer'}")
            yield Mark(index, "reporting", question.month(step.month.first_day), text)


def _notes(question: Question, steps: Sequence[Span], whole: Span) -> Iterator[Mark]:
    """A mark for each note of the operator, in the first step that it is about."""
    for note in event_notes.notes_in(question, whole):
        index = _step_of(steps, max(note.month, whole.start))
        if index is not None:
            when = question.dated(note.span)
            text = event_notes.label(question.release, note, question.lang)
            yield Mark(index, "note", when, text, note.text(question.lang))


def _flags(question: Question, steps: Sequence[Span]) -> Iterator[Mark]:
    """A mark for each signal of a chosen area, in the step of the first month that raised it."""
    for signal in signals(question.release, INCIDENTS):
        index = _step_of(steps, max(signal.first, min(signal.last, steps[-1].end)))
        if index is not None and event_notes.concerns(question, signal.area):
            when, name = signal.window, question.place_name(signal.area)
            text = question.translate(f"marks.flag_{signal.verdict}", name=name)
            hover = described(question, signal)
            yield Mark(index, signal.verdict, question.dated(when), text, hover)


def newest_flags(question: Question, steps: Sequence[Span]) -> list[Mark]:
    """Flags of the last quarter of a chart, for one that has no room for earlier ones."""
    since = steps[-1].end.plus(1 - _QUARTER)
    return [flag for flag in _flags(question, steps) if steps[flag.at].end >= since]


def described(question: Question, signal: Signal) -> str:
    """A flag in a sentence: what an area had, and what would have been usual."""
    return question.translate(
        f"hotspots.signals.described_{signal.verdict}",
        name=question.place_name(signal.area),
        period=question.dated(signal.window),
        number=question.about(round(signal.comparison.now), INCIDENTS),
        usual=against_usual.usual_number(question, signal.comparison),
    )
