"""Wording: the title, the table and the notes of a crossing.

A title says what the numbers bear out within the error that protection made; where it compares two
numbers, within the error of both. The judge alone says what is a change.
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
from dashboard.exhibits.explore.crossing import COLUMNS, Crossing, plot_limits
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

#: How many of the largest rows a title looks at, and how many names it says.
_LEADING, _NAMED_AT_MOST = 5, 2
#: By how much titles widen errors before they compare two numbers: of all that may be asked, fewer
#: than one title in three hundred must be false (``tests/words/truth.py``). Where protection moves
#: numbers towards independence, the factor of strong pairs (the last of APART) widens them, too.
_WIDER = 2.0
#: What a title says of cells against usual: the first of these that holds of any cell.
_OFF_USUAL: Mapping[str, Callable[[Comparison], bool]] = {
    "more": lambda comparison: comparison.direction > 0,
    "fewer": lambda comparison: comparison.direction < 0,
    "watched": lambda comparison: comparison.watched,
}


def title(crossing: Crossing) -> str:
    """What leads; of two dimensions, what the largest rows mostly are; in time, when most were."""
    if crossing.is_direction:
        return _off_share(crossing)
    if crossing.usual_of:
        return _off_usual(crossing, crossing.usual_of)
    if _is_unsure(crossing):
        return crossing.translate("explore.unsure")
    if crossing.reader_question.step and not crossing.is_crossed:
        breakdown, steps = _widened(crossing, crossing.breakdown), crossing.steps
        sizes = {in_time.ALL: tuple(map(crossing.size, steps))}
        series = TimeSeries(
            crossing.question, crossing.fact, crossing.total, breakdown,
            spans=tuple(map(Span.named, steps)), sizes=sizes,
        )  # fmt: skip
        return begin(in_time.highest(series))
    if leading := mostly(crossing):
        rows_by_column: dict[str, list[str]] = {}
        for row, column in leading:
            rows = rows_by_column.setdefault(_column_inside(crossing, column), [])
            rows.append(crossing.row_name(row))
        parts = (
            crossing.translate("explore.mostly", row=", ".join(rows), column=column)
            for column, rows in rows_by_column.items()
        )
        return begin("; ".join(parts))
    if crossing.answered_rows and not largest(crossing):
        return _no_leader(crossing)
    return sentences.leader("explore")(crossing)


def largest(crossing: Crossing) -> str:
    """The row, or the step of time, that a title calls the largest; '' where it calls none so."""
    if _is_unsure(crossing):
        return ""
    if crossing.reader_question.step and not crossing.is_crossed:
        ranked = sorted(crossing.steps, key=lambda step: -crossing.size(step))
        leads = _widened(crossing, crossing.breakdown).leads([*map(crossing.size, ranked)])
        return ranked[0] if leads else ""
    rows = crossing.answered_rows
    if not rows or not _is_nameable(crossing):
        return ""
    # A row that is shown as nothing may hold something.
    sizes = [*map(crossing.by_row.__getitem__, rows), 0]
    return rows[0] if _widened(crossing, crossing.rows_breakdown).leads(sizes) else ""


def _is_unsure(crossing: Crossing) -> bool:
    """Whether numbers are a direction only, as they may be by filters alone."""
    return crossing.breakdown.error.is_direction or crossing.rows_breakdown.error.is_direction


def _is_nameable(crossing: Crossing) -> bool:
    """Whether the largest row is more than a few."""
    return crossing.rows_breakdown.is_nameable(crossing.by_row[crossing.answered_rows[0]])


def _no_leader(crossing: Crossing) -> str:
    """The title where no row surely leads: they are too close, or a few each."""
    if not _is_nameable(crossing):
        return crossing.translate("explore.few")
    first, *others = map(crossing.row_name, crossing.answered_rows)
    if not others:
        return crossing.translate("explore.alone", label=first)
    second = dimensions.inside(crossing.fact, crossing.by[0], others[0])
    return crossing.translate("explore.close", first=first, second=second)


def mostly(crossing: Crossing) -> list[Cell]:
    """Cells of the largest rows that surely hold more than all others of their row together.

    None where units are not fitted to the pair: protection moves such a cell towards the share that
    chance would give it, so that it may hold what is other rows'.
    """
    is_pair = crossing.is_crossed and not crossing.reader_question.step
    names = crossing.reader_question.names
    if not (is_pair and is_fitted(crossing.question, crossing.fact, names)):
        return []
    # The error of a column less all others of its row.
    difference = breakdowns.difference(crossing.breakdown, crossing.rows_breakdown, ())
    difference = _widened(crossing, difference)
    columns = [column for column in crossing.columns if column != UNKNOWN]
    cells: list[Cell] = []
    for row in crossing.answered_rows[:_LEADING]:
        column = max(columns, key=lambda column: crossing.size(row, column), default="")
        size = crossing.size(row, column)
        if difference.leads((size, crossing.row_sums[row] - size)):
            cells.append((row, column))
    return cells[:_NAMED_AT_MOST]


def _widened(crossing: Crossing, breakdown: Breakdown) -> Breakdown:
    """A breakdown with the wider error with which titles compare its numbers.

    It is twice as wide (``_WIDER``), and more where units are not fitted to the rows together with
    the filters, since protection then moves sums of rows towards what chance alone would give.
    Cells that are not fitted never come here.
    """
    are_fitted = is_fitted(crossing.question, crossing.fact, crossing.reader_question.names[:1])
    wide = breakdown.error.wider(_WIDER * (1 if are_fitted else APART[-1]))
    sizes = tuple(replace(size, spread=max(size.spread, wide.error)) for size in wide.sizes)
    return breakdowns.with_error(breakdown, lambda: replace(wide, sizes=sizes))


def _column_inside(crossing: Crossing, column: str) -> str:
    """The label of a column as it reads in the middle of a sentence."""
    return dimensions.inside(crossing.fact, crossing.by[-1], crossing.column_name(column))


def _off_share(crossing: Crossing) -> str:
    """The title of a direction only: which cell is most surely above its share, else below it."""
    beyond = crossing.beyond
    if not beyond:
        return crossing.translate("explore.none_off_share")
    row, column = min(beyond, key=lambda cell: (beyond[cell] < 0, -abs(beyond[cell])))
    return crossing.translate(
        f"explore.{'more' if beyond[row, column] > 0 else 'less'}_than_share",
        row=crossing.row_name(row),
        column=_column_inside(crossing, column),
    )


def _off_usual(crossing: Crossing, usual: Usual) -> str:
    """The title of a question against usual: what is more, else fewer, else watched.

    Or that nothing is, or that nothing can be judged.
    """
    cells = usual.cells
    clearest = sorted(cells, key=lambda cell: -abs(cells[cell].score))
    for how, is_so in _OFF_USUAL.items():
        if all_names := [_cell_name(crossing, *cell) for cell in clearest if is_so(cells[cell])]:
            names = crossing.first_of(all_names, _NAMED_AT_MOST)
            return crossing.translate(f"explore.off_{how}", names=names, unit=crossing.unit)
    can_say = any(comparison.word != "unsaid" for comparison in cells.values())
    return crossing.translate(f"explore.off_{'none' if can_say else 'unsaid'}")


def _cell_name(crossing: Crossing, row: str, column: str) -> str:
    """The row of a cell in words, with its column where there is one."""
    name = crossing.row_name(row)
    if not column:
        return name
    return crossing.translate("shared.named", name=name, number=_column_inside(crossing, column))


def what(crossing: Crossing) -> str:
    """What is counted and by what: the first words of the subtitle.

    They also say whether numbers are against usual, where that was asked for.
    """
    fact, lang = crossing.fact, crossing.lang
    names = [dimensions.title_of(fact, dimension_of(by), lang) for by in crossing.by]
    text = crossing.translate(
        f"explore.what_{len(names)}",
        fact=fact.label_in(lang),
        **dict(zip(("rows", "columns"), map(in_sentence, names), strict=False)),
    )
    if crossing.usual_of:
        return crossing.translate("explore.against_usual", what=text)
    if crossing.question.options["value"] == USUAL:
        return crossing.translate("explore.not_against_usual", what=in_sentence(text))
    return text


def notes(crossing: Crossing, drawn: Crossing, question: Question) -> list[str]:
    """What is not drawn, why nothing is judged, which whole steps count, which months may rise."""
    texts: list[str] = []
    is_cut = (drawn.rows, drawn.columns) != (crossing.rows, crossing.columns)
    if is_cut and crossing.reader_question.form != MAP:
        rows, columns = plot_limits(crossing)
        key = "note_drawn" if crossing.is_crossed else "note_drawn_rows"
        texts.append(crossing.translate(f"explore.{key}", rows=rows, columns=columns))
    if crossing.usual_of:
        return [*texts, *_notes_of_usual(crossing, crossing.usual_of)]
    if crossing.question.options["value"] == USUAL:
        texts.append(crossing.translate(crossing.unjudged))
    period = crossing.question.period
    if period not in (question.period, question.period.snapped("quarter")):
        texts.append(crossing.translate("explore.note_steps", period=crossing.dated(period)))
    if late_steps(crossing):
        texts += lateness.notes(crossing.question)
    return texts


def _notes_of_usual(crossing: Crossing, usual: Usual) -> Iterator[str]:
    """What signs mean, what is usual, and which events maps and lists of areas leave out."""
    comparisons = next(iter(usual.by_filter.values()))
    yield against_usual.note(crossing.question, comparisons)
    if crossing.is_crossed:
        yield crossing.translate("explore.note_usual")
    if usual.has_areas and "place_role" not in crossing.reader_question.names:
        yield crossing.translate("explore.note_no_checkpoints")


def table(crossing: Crossing) -> Table:
    """The table of everything that was counted, also of what is not drawn."""
    if crossing.reader_question.form == MAP:
        return _area_table(crossing)
    if crossing.usual_of:
        return _usual_table(crossing, crossing.usual_of)
    if crossing.is_direction or crossing.reader_question.value != NUMBER:
        return _cross_table(crossing)
    if len(crossing.columns) > COLUMNS:
        return _cell_table(crossing)
    return tables.table(crossing)


def _area_table(crossing: Crossing) -> Table:
    """A table row for each area of the map, with the area around it."""
    count = areas_of(crossing)
    columns = (
        *tables.about(crossing.fact, crossing.by[0], crossing.lang),
        Column("within", crossing.translate("hotspots.column_within")),
    )
    name_around = partial(parent_name, crossing.question)
    return paints.table(count, columns, name_around, paint_of(crossing, count))


def _cell_table(crossing: Crossing) -> Table:
    """A table row for each cell, where columns are too many to stand beside each other."""
    rows = (
        (row, crossing.row_name(row), column, crossing.column_name(column), size)
        for row in crossing.rows
        for column in crossing.columns
        if (size := crossing.size(row, column)) or crossing.reader_question.step
    )
    return tables.ranged(crossing, _cell_columns(crossing), rows)


def _cell_columns(crossing: Crossing) -> tuple[Column, ...]:
    """Columns of a table of cells: code and name of its dimensions, and the number."""
    columns = tables.about(crossing.fact, crossing.by[0], crossing.lang)
    if crossing.is_crossed:
        across = dimension_of(crossing.by[1])
        code = Column("column_code", crossing.translate("breakdown.code"), hxl=hxl.code_of(across))
        name = Column("column", dimensions.title_of(crossing.fact, across, crossing.lang))
        columns = (*columns, code, name)
    return (*columns, tables.number(crossing))


def _usual_table(crossing: Crossing, usual: Usual) -> Table:
    """A table row for each cell: what is usual of it, from where on it is noticed, its verdict."""
    any_comparisons = next(iter(usual.by_filter.values()))
    not_judged, rows = replace(any_comparisons, of={}), list[tuple[exhibit.Cell, ...]]()
    for row in crossing.rows:
        for column in crossing.columns:
            comparisons, code = usual.of(row, column) or (not_judged, "")
            size = crossing.size(row, column)
            if size or code:
                verdict = against_usual.cells(crossing.question, comparisons, code)
                names = (column, crossing.column_name(column)) if crossing.is_crossed else ()
                rows.append((row, crossing.row_name(row), *names, size, *verdict))
    columns = against_usual.columns(crossing.question, any_comparisons)
    return tables.ranged(crossing, (*_cell_columns(crossing), *columns), rows)


def _cross_table(crossing: Crossing) -> Table:
    """Rows by columns: shares in percent, in files with the range of each, or signs in words."""
    base, columns = crossing.question.base(crossing.fact), list[Column]()
    for column in tables.across(crossing, "" if crossing.is_direction else "%", base):
        columns.append(column)
        for end in () if crossing.is_direction else ("low", "high"):
            label = crossing.translate(f"breakdown.{end}_of", label=column.label)
            columns.append(replace(column, code=f"{column.code}_{end}", label=label, in_files=True))

    def cells(row: str) -> Iterator[exhibit.Cell]:
        for column in crossing.columns:
            if crossing.is_direction:
                _, sign_in_words = sign_of(crossing, row, column)
                yield sign_in_words
                continue
            yield numbers.percent(crossing.size(row, column), crossing.whole(row, column), base)
            yield from share_between(crossing, row, column)

    total = Column("total", crossing.translate("breakdown.total"), crossing.unit, base=base)
    about, sums = tables.about(crossing.fact, crossing.by[0], crossing.lang), crossing.row_sums
    rows = ((row, crossing.row_name(row), *cells(row), sums[row]) for row in crossing.rows)
    return Table((*about, *columns, total), tuple(rows))
