"""Said: the title, the table and the notes of what was asked.

A title says what the numbers bear out within the error that protection made: where it holds one
number against another, that of both. What is a change is told by the judge alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from dashboard.analysis.expected_error import APART
from dashboard.analysis.judge import Comparison
from dashboard.exhibits import exhibit
from dashboard.exhibits.charts import dimensions, sentences, tables
from dashboard.exhibits.charts.counts import Cell
from dashboard.exhibits.charts.dimensions import UNKNOWN
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.explore.crossing import COLUMNS, ROWS, Crossing
from dashboard.exhibits.explore.forms import areas_of, late_steps, paint_of, share_between, sign_of
from dashboard.exhibits.explore.reader_question import MAP, NUMBER, USUAL, is_fitted
from dashboard.exhibits.explore.usual import Usual
from dashboard.exhibits.hotspots import paints
from dashboard.exhibits.hotspots.wording import parent_name
from dashboard.exhibits.parts import against_usual, breakdowns, in_time, lateness
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.in_time import TimeSeries
from dashboard.exhibits.question import Question
from dashboard.model import hxl
from dashboard.model.counted_by import dimension_of
from dashboard.model.periods import Span
from dashboard.words import numbers
from dashboard.words.catalogue import begin, in_sentence

#: Rows that a title looks at, and that it names.
_LOOKED_AT, _NAMED = 5, 2
#: By how much wider the errors are with which titles hold numbers against each other, none of them
#: less than usual: of what anybody may ask one title in twenty must not be false, nor one in three
#: hundred (``tests/words/truth.py``). Numbers that lean to their share have those of strong pairs.
_WIDER = 2.0
#: What a title says of cells against usual: the first of these that any of them is.
_OFF: Mapping[str, Callable[[Comparison], bool]] = {
    "more": lambda one: one.direction > 0,
    "fewer": lambda one: one.direction < 0,
    "watched": lambda one: one.watched,
}


def title(found: Crossing) -> str:
    """What leads; of a crossing what its largest rows mostly are; in time when most were."""
    if found.is_direction:
        return _off_share(found)
    if found.usual_of:
        return _off_usual(found, found.usual_of)
    if _is_unsure(found):
        return found.translate("explore.unsure")
    if found.reader_question.step and not found.is_crossed:
        series = TimeSeries(
            question=found.question,
            fact=found.fact,
            total=found.total,
            breakdown=_sure(found, found.breakdown),
            spans=tuple(map(Span.named, found.steps)),
            sizes={in_time.ALL: tuple(map(found.size, found.steps))},
        )
        return begin(in_time.highest(series))
    if named := mostly(found):
        rows: dict[str, list[str]] = {}
        for row, column in named:
            rows.setdefault(column, []).append(found.row_name(row))
        told = (
            found.translate("explore.mostly", row=", ".join(own), column=_inside(found, column))
            for column, own in rows.items()
        )
        return begin("; ".join(told))
    if found.answered_rows and not largest(found):
        return _unranked(found)
    return sentences.leader("explore")(found)


def largest(found: Crossing) -> str:
    """The row, or the step of time, that a title calls the largest; '' where it calls none so."""
    if _is_unsure(found):
        return ""
    if found.reader_question.step and not found.is_crossed:
        ranked = sorted(found.steps, key=lambda step: -found.size(step))
        return ranked[0] if _sure(found, found.breakdown).leads([*map(found.size, ranked)]) else ""
    rows = found.answered_rows
    if not rows or not _names(found):
        return ""
    # What is shown as nothing may be something too.
    sizes = [*map(found.by_row.__getitem__, rows), 0]
    return rows[0] if _sure(found, found.rows_breakdown).leads(sizes) else ""


def _is_unsure(crossing: Crossing) -> bool:
    """Whether numbers are a direction only, as they may be by filters alone."""
    return crossing.breakdown.error.is_direction or crossing.rows_breakdown.error.is_direction


def _names(crossing: Crossing) -> bool:
    """Whether the largest row is one that lists name: not of a few each."""
    return crossing.rows_breakdown.is_nameable(crossing.by_row[crossing.answered_rows[0]])


def _unranked(crossing: Crossing) -> str:
    """That rows are too close to rank, or too few."""
    if not _names(crossing):
        return crossing.translate("explore.few")
    first, *others = map(crossing.row_name, crossing.answered_rows)
    if not others:
        return crossing.translate("explore.alone", label=first)
    second = dimensions.inside(crossing.fact, crossing.by[0], others[0])
    return crossing.translate("explore.close", first=first, second=second)


def mostly(found: Crossing) -> list[Cell]:
    """The largest rows of which one column is more than all others, with the error of both.

    Only of two that units are fitted to: what leans towards its share is more of all other rows.
    """
    is_pair = found.is_crossed and not found.reader_question.step
    if not (is_pair and is_fitted(found.question, found.fact, found.reader_question.names)):
        return []
    of_rest = _sure(found, breakdowns.difference(found.breakdown, found.rows_breakdown, ()))
    known = [column for column in found.columns if column != UNKNOWN]
    held: list[Cell] = []
    for row in found.answered_rows[:_LOOKED_AT]:
        column = max(known, key=lambda column: found.size(row, column), default="")
        size = found.size(row, column)
        if of_rest.leads((size, found.row_sums[row] - size)):
            held.append((row, column))
    return held[:_NAMED]


def _sure(crossing: Crossing, shown: Breakdown) -> Breakdown:
    """Numbers as a title of any question holds them against each other: see ``_WIDER``.

    Sums of rows lean where units are not fitted to all filters; of cells none is here that leans.
    """
    leans = not is_fitted(crossing.question, crossing.fact, crossing.reader_question.names[:1])
    wide = shown.error.wider(_WIDER * (APART[-1] if leans else 1))
    sizes = tuple(replace(size, spread=max(size.spread, wide.error)) for size in wide.sizes)
    return breakdowns.with_error(shown, lambda: replace(wide, sizes=sizes))


def _inside(crossing: Crossing, column: str) -> str:
    return dimensions.inside(crossing.fact, crossing.by[-1], crossing.column_name(column))


def _off_share(crossing: Crossing) -> str:
    """The cell that is surest more than its share, else less; or that none is."""
    surest = sorted(crossing.beyond, key=lambda cell: -abs(crossing.beyond[cell]))
    ordered = sorted(surest, key=lambda cell: crossing.beyond[cell] < 0)
    if not ordered:
        return crossing.translate("explore.none_off_share")
    row, column = ordered[0]
    return crossing.translate(
        f"explore.{'more' if crossing.beyond[row, column] > 0 else 'less'}_than_share",
        row=crossing.row_name(row),
        column=_inside(crossing, column),
    )


def _off_usual(crossing: Crossing, usual: Usual) -> str:
    """What is more than usual, or fewer, or may be more; or that nothing is, or can be said."""
    cells = usual.cells
    off = sorted((cell for cell, one in cells.items() if one.direction or one.watched),
                 key=lambda cell: -abs(cells[cell].score))  # fmt: skip
    for key, is_so in _OFF.items():
        if named := [_called(crossing, *cell) for cell in off if is_so(cells[cell])]:
            names = crossing.first_of(named, _NAMED)
            return crossing.translate(f"explore.off_{key}", names=names, unit=crossing.unit)
    can_say = any(one.word != "unsaid" for one in cells.values())
    return crossing.translate(f"explore.off_{'none' if can_say else 'unsaid'}")


def _called(crossing: Crossing, row: str, column: str) -> str:
    name = crossing.row_name(row)
    if not column:
        return name
    return crossing.translate("shared.named", name=name, number=_inside(crossing, column))


def what(found: Crossing) -> str:
    """What is counted and by what: the first words of the subtitle.

    Where cells show something else than was asked, they say that and why.
    """
    names = [dimensions.title_of(found.fact, dimension_of(each), found.lang) for each in found.by]
    text = found.translate(
        f"explore.what_{len(names)}",
        fact=found.fact.label_in(found.lang),
        **dict(zip(("rows", "columns"), map(in_sentence, names), strict=False)),
    )
    if found.usual_of:
        return found.translate("explore.against_usual", what=text)
    if found.question.options["value"] == USUAL:
        return found.translate("explore.not_against_usual", what=in_sentence(text))
    return text


def notes(crossing: Crossing, shown: Crossing, question: Question) -> list[str]:
    """What is not drawn, which months may still rise, and which steps are counted."""
    said: list[str] = []
    is_cut = (shown.rows, shown.columns) != (crossing.rows, crossing.columns)
    if is_cut and crossing.reader_question.form != MAP:
        said.append(crossing.translate("explore.note_drawn", rows=ROWS, columns=COLUMNS))
    if crossing.usual_of:
        return [*said, *_notes_of_usual(crossing, crossing.usual_of)]
    if crossing.question.options["value"] == USUAL:
        said.append(crossing.translate(crossing.unjudged))
    period = crossing.question.period
    if period not in (question.period, question.period.snapped("quarter")):
        said.append(crossing.translate("explore.note_steps", period=crossing.dated(period)))
    if late_steps(crossing):
        said += lateness.notes(crossing.question)
    return said


def _notes_of_usual(crossing: Crossing, usual: Usual) -> Iterator[str]:
    """What signs mean, what is usual, and which events maps and lists of areas leave out."""
    judged = next(iter(usual.by_filter.values()))
    yield against_usual.note(crossing.question, judged)
    if crossing.is_crossed:
        yield crossing.translate("explore.note_usual")
    if usual.has_areas and "place_role" not in crossing.reader_question.names:
        yield crossing.translate("explore.note_no_checkpoints")


def table(crossing: Crossing) -> Table:
    """Everything that was counted, whatever of it is drawn."""
    if crossing.reader_question.form == MAP:
        return _areas(crossing)
    if crossing.usual_of:
        return _of_usual(crossing, crossing.usual_of)
    if crossing.is_direction or crossing.reader_question.value != NUMBER:
        return _table(crossing)
    if len(crossing.columns) > COLUMNS:
        return _long(crossing)
    return tables.table(crossing)


def _areas(crossing: Crossing) -> Table:
    count = areas_of(crossing)
    columns = (
        *tables.about(crossing.fact, crossing.by[0], crossing.lang),
        Column("within", crossing.translate("hotspots.column_within")),
    )
    around = partial(parent_name, crossing.question)
    return paints.table(count, columns, around, paint_of(crossing, count))


def _long(found: Crossing) -> Table:
    """A row a cell, where columns are too many to stand beside each other."""
    cells = (
        (row, found.row_name(row), column, found.column_name(column), found.size(row, column))
        for row in found.rows
        for column in found.columns
        if found.size(row, column) or found.reader_question.step
    )
    return tables.ranged(found, _cells(found), cells)


def _cells(crossing: Crossing) -> tuple[Column, ...]:
    """What a row is about that is a cell, and its number."""
    about = tables.about(crossing.fact, crossing.by[0], crossing.lang)
    if not crossing.is_crossed:
        return (*about, tables.number(crossing))
    across = dimension_of(crossing.by[1])
    return (
        *about,
        Column("column_code", crossing.translate("breakdown.code"), hxl=hxl.code_of(across)),
        Column("column", dimensions.title_of(crossing.fact, across, crossing.lang)),
        tables.number(crossing),
    )


def _of_usual(crossing: Crossing, usual: Usual) -> Table:
    """A row a cell, with what is usual of it, from where on it is noticed, and its word."""
    around = next(iter(usual.by_filter.values()))
    columns = _cells(crossing)
    rows: list[tuple[exhibit.Cell, ...]] = []
    for row in crossing.rows:
        for column in crossing.columns:
            judged, code = usual.of(row, column) or (replace(around, of={}), "")
            size = crossing.size(row, column)
            if size or code:
                told = against_usual.cells(crossing.question, judged, code)
                names = (column, crossing.column_name(column)) if crossing.is_crossed else ()
                rows.append((row, crossing.row_name(row), *names, size, *told))
    judging = against_usual.columns(crossing.question, around)
    return tables.ranged(crossing, (*columns, *judging), rows)


def _table(found: Crossing) -> Table:
    """Rows by columns: shares in percent, in files with where each lies, or signs in words."""
    base, columns = found.question.base(found.fact), list[Column]()
    for column in tables.across(found, "" if found.is_direction else "%", base):
        columns.append(column)
        for end in () if found.is_direction else ("low", "high"):
            label = found.translate(f"breakdown.{end}_of", label=column.label)
            columns.append(replace(column, code=f"{column.code}_{end}", label=label, in_files=True))

    def cells(row: str) -> Iterator[exhibit.Cell]:
        for column in found.columns:
            if found.is_direction:
                yield sign_of(found, row, column)[1]
                continue
            yield numbers.percent(found.size(row, column), found.whole(row, column), base)
            yield from share_between(found, row, column)

    total = Column("total", found.translate("breakdown.total"), found.unit, base=base)
    return Table(
        (*tables.about(found.fact, found.by[0], found.lang), *columns, total),
        tuple((row, found.row_name(row), *cells(row), found.row_sums[row]) for row in found.rows),
    )
