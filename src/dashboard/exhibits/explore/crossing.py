"""Crossing: what was asked, counted: every number with what it is off, and what is drawn of them.

What may be asked stands in ``asked``, how it is drawn and said in ``forms`` and ``said``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter

from dashboard.analysis.association import beyond_share
from dashboard.analysis.expected_error import ExpectedError
from dashboard.exhibits.charts import dimensions
from dashboard.exhibits.charts.counts import ALL, Cell, Counts, Name
from dashboard.exhibits.charts.dimensions import REST, UNKNOWN
from dashboard.exhibits.explore.reader_question import (
    BARS,
    COLUMN,
    LINES,
    ROW,
    USUAL,
    ReaderQuestion,
    leaning,
    read,
)
from dashboard.exhibits.explore.usual import Usual, against, why_not
from dashboard.exhibits.hotspots.wording import parent_name
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.question import Question
from dashboard.model.counted_by import STEPS, By, Gathered, column_of, splits
from dashboard.model.facts import Fact
from dashboard.queries import summed

#: Rows and columns that a figure draws at most, what is not known and all others among them.
ROWS, COLUMNS, PARTS = 15, 12, 5
#: Errors from its share from which a cell is said to be more or less than that: at 2.6 one sign in
#: a hundred was wrong on invented registers with planted pairs (``tests/words/truth.py``).
SURE = 3.0
_ANY = "any"


@dataclass(frozen=True, kw_only=True)
class Crossing(Counts):
    """What was asked, counted.

    Attributes:
        reader_question: The question, as it came to.
        row_sums, column_sums: Events of each row and column; of a set not the sums of the cells.
        is_direction: Whether its numbers are a direction only, filters and all.
        unjudged: The phrase that says why it cannot be held against usual; '' where it can.
        usual_of: It held against usual, where that was asked.
    """

    reader_question: ReaderQuestion
    row_sums: Mapping[str, int]
    column_sums: Mapping[str, int]
    is_direction: bool
    unjudged: str = ""
    usual_of: Usual | None = None

    @cached_property
    def by_row(self) -> Mapping[str, int]:
        """Events of the rows."""
        return self.row_sums

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of time that it is counted by; none where it is by something else."""
        return (self.columns if self.is_crossed else self.rows) if self.reader_question.step else ()

    def whole(self, row: str, column: str) -> int:
        """What a cell is told as a share of; 0 where it is told as a number."""
        if self.reader_question.value not in (ROW, COLUMN):
            return 0
        return self.row_sums[row] if self.reader_question.value == ROW else self.column_sums[column]

    @cached_property
    def error_of_whole(self) -> ExpectedError:
        """The error of what cells are a share of."""
        if self.reader_question.value == ROW:
            return self.rows_breakdown.error
        across = [each for each in self.by[1:] if not dimensions.is_time(self.fact, each)]
        return self.error_by(across, STEPS.get(self.reader_question.step))

    def error_by(self, by: Sequence[By] = (), months: int | None = None) -> ExpectedError:
        """The error of sums by a part of its dimensions, in steps of so many months; of all."""
        return breakdowns.breakdown_of(self.question, self.fact, by, (), months=months).error

    @cached_property
    def beyond(self) -> Mapping[Cell, float]:
        """How far each cell is from its share, where it surely is more or less than that.

        Not where units are not fitted to a filter either: of a part of them even sums are unsure.
        """
        if len(leaning(self.question, self.reader_question)) > 1:
            return {}
        base = self.question.base(self.fact)
        found = {
            (row, column): beyond_share(
                self.size(row, column),
                self.row_sums[row],
                self.column_sums[column],
                self.total,
                base,
            )
            for row in self.rows
            for column in self.columns
            if UNKNOWN not in (row, column)
        }
        return {cell: far for cell, far in found.items() if abs(far) >= SURE}


def answered(question: Question) -> Crossing:
    """A question of a reader's own counted over its months, as the one that it comes to."""
    asked = read(question)
    whole = asked.whole(question)
    found = counted(whole, asked, asked.by(whole))
    why = "explore.bar.why_usual_pair" if found.is_direction else why_not(question, asked)
    held = against(question, asked) if asked.value == USUAL and not why else None
    if held:
        whole = replace(whole, period=held.window)
        found = _with_comparisons(counted(whole, asked, asked.by(whole)), held)
    elif asked.value == USUAL:
        why = why or "judge.why_not_kept"
    came = asked.came_to(as_direction=found.is_direction, is_judged=not why)
    return replace(found, reader_question=came, unjudged=why)


def _with_comparisons(crossing: Crossing, usual: Usual) -> Crossing:
    """The same by the numbers that are judged; what is called stands where it is drawn."""
    judged = {
        cell: one for cell, one in usual.cells.items() if round(one.now) or one.now < one.fewest
    }
    cells = {cell: size for cell, size in crossing.cells.items() if UNKNOWN in cell}
    cells |= {cell: round(one.now) for cell, one in judged.items()}
    sums = [summed(cells.items(), itemgetter(side)) for side in (0, 1)]

    def in_order(side: int, most: int) -> tuple[str, ...]:
        codes = _ordered(crossing.fact, crossing.by[side], sums[side], by_list=bool(side))
        called = {cell[side] for cell, one in judged.items() if one.direction or one.watched}
        return codes if len(codes) <= most else tuple(sorted(codes, key=lambda c: c not in called))

    return replace(
        crossing,
        cells=cells,
        rows=in_order(0, ROWS),
        columns=in_order(1, COLUMNS) if crossing.is_crossed else crossing.columns,
        row_sums=sums[0],
        column_sums=sums[1],
        usual_of=usual,
    )


def largest_of(crossing: Crossing) -> Crossing:
    """What a figure has room for: the largest rows and columns, and all others together.

    It is counted again, so that those have an error of their own. Of time it holds the last steps.
    """
    if crossing.usual_of:
        return replace(crossing, rows=crossing.rows[:ROWS], columns=crossing.columns[:COLUMNS])
    form = crossing.reader_question.form
    most = (PARTS if form == LINES else ROWS, PARTS if form == BARS else COLUMNS)
    sums = (crossing.row_sums, crossing.column_sums)
    by = tuple(
        _gathered(crossing.fact, each, own, n)
        for each, own, n in zip(crossing.by, sums, most, strict=False)
    )
    shown = (
        crossing if by == crossing.by else counted(crossing.question, crossing.reader_question, by)
    )
    if form == LINES or not dimensions.is_time(crossing.fact, by[-1]):
        return shown
    return replace(shown, columns=shown.columns[-COLUMNS:])


def _gathered(fact: Fact, by: By, sums: Mapping[str, int], most: int) -> By:
    """A dimension with its largest codes alone and all others together, where it has too many."""
    if dimensions.is_time(fact, by) or len(sums) <= most:
        return by
    known = sorted((code for code in sums if code != UNKNOWN), key=lambda code: -sums[code])
    kept = {code: code for code in (*known[: most - 1 - (UNKNOWN in sums)], UNKNOWN)}
    groups = by.groups if isinstance(by, Gathered) else {}
    inside = {code: group for code, group in groups.items() if group in kept}
    return Gathered(column_of(by), {**inside, **kept}, rest=REST)


def counted(question: Question, reader_question: ReaderQuestion, by: tuple[By, ...]) -> Crossing:
    """A question counted by one or two dimensions, as they stand."""
    fact = reader_question.fact
    rows, *columns = (
        # A step of time may hold nothing.
        dict.fromkeys(
            dimensions.in_order(fact, each, {}) if dimensions.is_time(fact, each) else (), 0
        )
        | {code: size for (code,), size in sums_of(question, fact, (each,)).items()}
        for each in by
    )
    cells = {(key[0], (*key, ALL)[1]): n for key, n in sums_of(question, fact, by).items()}
    known = sorted((size for key, size in cells.items() if UNKNOWN not in key), reverse=True)
    breakdown = breakdowns.breakdown_of(
        question,
        fact,
        [each for each in by if not dimensions.is_time(fact, each)],
        known,
        months=STEPS.get(reader_question.step),
    )

    return Crossing(
        question=question,
        fact=fact,
        total=question.total(fact),
        breakdown=breakdown,
        by=by,
        rows=_ordered(fact, by[0], rows, by_list=False),
        columns=_ordered(fact, by[1], columns[0], by_list=True) if columns else (ALL,),
        cells=cells,
        row_name=_named(question, fact, by[0], rows),
        column_name=_named(question, fact, by[-1], columns[0] if columns else rows),
        usual_values={} if reader_question.step or columns else None,
        reader_question=reader_question,
        row_sums=rows,
        column_sums=columns[0] if columns else {},
        is_direction=len(reader_question.names) > 1 and breakdown.error.is_direction,
    )


def _named(question: Question, fact: Fact, by: By, codes: Iterable[str]) -> Name:
    """Codes in words; areas that share a name, as third areas do, with what they lie in."""
    names = {code: dimensions.label(question, fact, by, code) for code in codes}
    shared = {name for name, number in Counter(names.values()).items() if number > 1}

    def name(code: str) -> str:
        own = names.get(code) or dimensions.label(question, fact, by, code)
        around = parent_name(question, code) if own in shared else ""
        return question.translate("shared.named", name=own, number=around) if around else own

    return name


def _ordered(fact: Fact, by: By, sums: Mapping[str, int], *, by_list: bool) -> tuple[str, ...]:
    """Codes that hold anything, the largest first; time, scales and columns in their own order."""
    listed = dimensions.codes_of(fact, by)
    if dimensions.is_time(fact, by):
        return tuple(sums)
    if listed and (by_list or listed.is_scale):
        return tuple(code for code in dimensions.in_order(fact, by, sums) if code in sums)
    return tuple(dimensions.unknown_last(sorted(sums, key=lambda code: -sums[code])))


def sums_of(question: Question, fact: Fact, by: tuple[By, ...]) -> Counter[tuple[str, ...]]:
    """Events by codes; what is not known counts too, also of a set without any known code."""
    sums = question.sums(fact, *by, under=_known)
    for at, each in enumerate(by):
        if splits(fact, each):
            around = (*by[:at], *by[at + 1 :])
            gathered = Gathered(column_of(each), {UNKNOWN: UNKNOWN}, rest=_ANY)
            rows = question.counts(fact, *by[:at], gathered, *by[at + 1 :])
            held = (row[:at] + row[at + 1 :] for row in rows if row[at] == _ANY)
            told = summed(held, _known)
            whole = sums_of(question, fact, around) if around else {(): question.total(fact)}
            for key, size in whole.items():
                sums[(*key[:at], UNKNOWN, *key[at:])] = size - told[key]
    return +sums


def _known(*codes: str | None) -> tuple[str, ...]:
    return tuple(code or UNKNOWN for code in codes)
