"""Wording: the title, the table and the notes of a cross-table.

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
from dashboard.exhibits.explore.crosstab import COLUMNS, Crosstab, plot_limits
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


def title(crosstab: Crosstab) -> str:
    """What leads; of two dimensions, what the largest rows mostly are; in time, when most were."""
    if crosstab.is_direction:
        return _off_share(crosstab)
    if crosstab.judged:
        return _off_usual(crosstab, crosstab.judged)
    if _is_unsure(crosstab):
        return crosstab.translate("explore.unsure")
    if crosstab.reader_question.step and not crosstab.is_crossed:
        breakdown, steps = _widened(crosstab, crosstab.breakdown), crosstab.steps
        sizes = {in_time.ALL: tuple(map(crosstab.size, steps))}
        series = TimeSeries(
            crosstab.question, crosstab.fact, crosstab.total, breakdown,
            spans=tuple(map(Span.named, steps)), sizes=sizes,
        )  # fmt: skip
        return begin(in_time.highest(series))
    if leading := mostly(crosstab):
        rows_by_column: dict[str, list[str]] = {}
        for row, column in leading:
            rows = rows_by_column.setdefault(_column_inside(crosstab, column), [])
            rows.append(crosstab.row_name(row))
        parts = (
            crosstab.translate("explore.mostly", row=", ".join(rows), column=column)
            for column, rows in rows_by_column.items()
        )
        return begin("; ".join(parts))
    if crosstab.answered_rows and not largest(crosstab):
        return _no_leader(crosstab)
    return sentences.leader("explore")(crosstab)


def largest(crosstab: Crosstab) -> str:
    """The row, or the step of time, that a title calls the largest; '' where it calls none so."""
    if _is_unsure(crosstab):
        return ""
    if crosstab.reader_question.step and not crosstab.is_crossed:
        ranked = sorted(crosstab.steps, key=lambda step: -crosstab.size(step))
        leads = _widened(crosstab, crosstab.breakdown).leads([*map(crosstab.size, ranked)])
        return ranked[0] if leads else ""
    rows = crosstab.answered_rows
    if not rows or not _is_nameable(crosstab):
        return ""
    # A row that is shown as nothing may hold something.
    sizes = [*map(crosstab.by_row.__getitem__, rows), 0]
    return rows[0] if _widened(crosstab, crosstab.rows_breakdown).leads(sizes) else ""


def _is_unsure(crosstab: Crosstab) -> bool:
    """Whether numbers are a direction only, as they may be by filters alone."""
    return crosstab.breakdown.error.is_direction or crosstab.rows_breakdown.error.is_direction


def _is_nameable(crosstab: Crosstab) -> bool:
    """Whether the largest row is more than a few."""
    return crosstab.rows_breakdown.is_nameable(crosstab.by_row[crosstab.answered_rows[0]])


def _no_leader(crosstab: Crosstab) -> str:
    """The title where no row surely leads: they are too close, or a few each."""
    if not _is_nameable(crosstab):
        return crosstab.translate("explore.few")
    first, *others = map(crosstab.row_name, crosstab.answered_rows)
    if not others:
        return crosstab.translate("explore.alone", label=first)
    second = dimensions.inside(crosstab.fact, crosstab.by[0], others[0])
    return crosstab.translate("explore.close", first=first, second=second)


def mostly(crosstab: Crosstab) -> list[Cell]:
    """Cells of the largest rows that surely hold more than all others of their row together.

    None where units are not fitted to the pair: protection moves such a cell towards the share that
    chance would give it, so that it may hold what is other rows'.
    """
    is_pair = crosstab.is_crossed and not crosstab.reader_question.step
    names = crosstab.reader_question.names
    if not (is_pair and is_fitted(crosstab.question, crosstab.fact, names)):
        return []
    # The error of a column less all others of its row.
    difference = breakdowns.difference(crosstab.breakdown, crosstab.rows_breakdown, ())
    difference = _widened(crosstab, difference)
    columns = [column for column in crosstab.columns if column != UNKNOWN]
    cells: list[Cell] = []
    for row in crosstab.answered_rows[:_LEADING]:
        column = max(columns, key=lambda column: crosstab.size(row, column), default="")
        size = crosstab.size(row, column)
        if difference.leads((size, crosstab.row_sums[row] - size)):
            cells.append((row, column))
    return cells[:_NAMED_AT_MOST]


def _widened(crosstab: Crosstab, breakdown: Breakdown) -> Breakdown:
    """A breakdown with the wider error with which titles compare its numbers.

    It is twice as wide (``_WIDER``), and more where units are not fitted to the rows together with
    the filters, since protection then moves sums of rows towards what chance alone would give.
    Cells that are not fitted never come here.
    """
    are_fitted = is_fitted(crosstab.question, crosstab.fact, crosstab.reader_question.names[:1])
    wide = breakdown.error.wider(_WIDER * (1 if are_fitted else APART[-1]))
    sizes = tuple(replace(size, spread=max(size.spread, wide.typical)) for size in wide.sizes)
    return breakdowns.with_error(breakdown, lambda: replace(wide, sizes=sizes))


def _column_inside(crosstab: Crosstab, column: str) -> str:
    """The label of a column as it reads in the middle of a sentence."""
    return dimensions.inside(crosstab.fact, crosstab.by[-1], crosstab.column_name(column))


def _off_share(crosstab: Crosstab) -> str:
    """The title of a direction only: which cell is most surely above its share, else below it."""
    beyond = crosstab.beyond
    if not beyond:
        return crosstab.translate("explore.none_off_share")
    row, column = min(beyond, key=lambda cell: (beyond[cell] < 0, -abs(beyond[cell])))
    return crosstab.translate(
        f"explore.{'more' if beyond[row, column] > 0 else 'less'}_than_share",
        row=crosstab.row_name(row),
        column=_column_inside(crosstab, column),
    )


def _off_usual(crosstab: Crosstab, usual: Usual) -> str:
    """The title of a question against usual: what is more, else fewer, else watched.

    Or that nothing is, or that nothing can be judged.
    """
    cells = usual.cells
    clearest = sorted(cells, key=lambda cell: -abs(cells[cell].score))
    for how, is_so in _OFF_USUAL.items():
        if all_names := [_cell_name(crosstab, *cell) for cell in clearest if is_so(cells[cell])]:
            names = crosstab.first_of(all_names, _NAMED_AT_MOST)
            return crosstab.translate(f"explore.off_{how}", names=names, unit=crosstab.unit)
    can_say = any(comparison.word != "unsaid" for comparison in cells.values())
    return crosstab.translate(f"explore.off_{'none' if can_say else 'unsaid'}")


def _cell_name(crosstab: Crosstab, row: str, column: str) -> str:
    """The row of a cell in words, with its column where there is one."""
    name = crosstab.row_name(row)
    if not column:
        return name
    return crosstab.translate("shared.named", name=name, number=_column_inside(crosstab, column))


def what(crosstab: Crosstab) -> str:
    """What is counted and by what: the first words of the subtitle.

    They also say whether numbers are against usual, where that was asked for.
    """
    fact, lang = crosstab.fact, crosstab.lang
    names = [dimensions.title_of(fact, dimension_of(by), lang) for by in crosstab.by]
    text = crosstab.translate(
        f"explore.what_{len(names)}",
        fact=fact.label_in(lang),
        **dict(zip(("rows", "columns"), map(in_sentence, names), strict=False)),
    )
    if crosstab.judged:
        return crosstab.translate("explore.against_usual", what=text)
    if crosstab.question.options["value"] == USUAL:
        return crosstab.translate("explore.not_against_usual", what=in_sentence(text))
    return text


def notes(crosstab: Crosstab, drawn: Crosstab, question: Question) -> list[str]:
    """What is not drawn, why nothing is judged, which whole steps count, which months may rise."""
    texts: list[str] = []
    is_cut = (drawn.rows, drawn.columns) != (crosstab.rows, crosstab.columns)
    if is_cut and crosstab.reader_question.form != MAP:
        rows, columns = plot_limits(crosstab)
        key = "note_drawn" if crosstab.is_crossed else "note_drawn_rows"
        texts.append(crosstab.translate(f"explore.{key}", rows=rows, columns=columns))
    if crosstab.judged:
        return [*texts, *_notes_of_usual(crosstab, crosstab.judged)]
    if crosstab.question.options["value"] == USUAL:
        texts.append(crosstab.translate(crosstab.unjudged))
    period = crosstab.question.period
    if period not in (question.period, question.period.snapped("quarter")):
        texts.append(crosstab.translate("explore.note_steps", period=crosstab.dated(period)))
    if late_steps(crosstab):
        texts += lateness.notes(crosstab.question)
    return texts


def _notes_of_usual(crosstab: Crosstab, usual: Usual) -> Iterator[str]:
    """What signs mean, what is usual, and which events maps and lists of areas leave out."""
    comparisons = next(iter(usual.by_filter.values()))
    yield against_usual.note(crosstab.question, comparisons)
    if crosstab.is_crossed:
        yield crosstab.translate("explore.note_usual")
    if usual.has_areas and "place_role" not in crosstab.reader_question.names:
        yield crosstab.translate("explore.note_no_checkpoints")


def table(crosstab: Crosstab) -> Table:
    """The table of everything that was counted, also of what is not drawn."""
    if crosstab.reader_question.form == MAP:
        return _area_table(crosstab)
    if crosstab.judged:
        return _usual_table(crosstab, crosstab.judged)
    if crosstab.is_direction or crosstab.reader_question.value != NUMBER:
        return _cross_table(crosstab)
    if len(crosstab.columns) > COLUMNS:
        return _cell_table(crosstab)
    return tables.table(crosstab)


def _area_table(crosstab: Crosstab) -> Table:
    """A table row for each area of the map, with the area around it."""
    count = areas_of(crosstab)
    columns = (
        *tables.about(crosstab.fact, crosstab.by[0], crosstab.lang),
        Column("within", crosstab.translate("hotspots.column_within")),
    )
    name_around = partial(parent_name, crosstab.question)
    return paints.table(count, columns, name_around, paint_of(crosstab, count))


def _cell_table(crosstab: Crosstab) -> Table:
    """A table row for each cell, where columns are too many to stand beside each other."""
    rows = (
        (row, crosstab.row_name(row), column, crosstab.column_name(column), size)
        for row in crosstab.rows
        for column in crosstab.columns
        if (size := crosstab.size(row, column)) or crosstab.reader_question.step
    )
    return tables.ranged(crosstab, _cell_columns(crosstab), rows)


def _cell_columns(crosstab: Crosstab) -> tuple[Column, ...]:
    """Columns of a table of cells: code and name of its dimensions, and the number."""
    columns = tables.about(crosstab.fact, crosstab.by[0], crosstab.lang)
    if crosstab.is_crossed:
        across = dimension_of(crosstab.by[1])
        code = Column("column_code", crosstab.translate("breakdown.code"), hxl=hxl.code_of(across))
        name = Column("column", dimensions.title_of(crosstab.fact, across, crosstab.lang))
        columns = (*columns, code, name)
    return (*columns, tables.number(crosstab))


def _usual_table(crosstab: Crosstab, usual: Usual) -> Table:
    """A table row for each cell: what is usual of it, from where on it is noticed, its verdict."""
    any_comparisons = next(iter(usual.by_filter.values()))
    not_judged, rows = replace(any_comparisons, rows={}), list[tuple[exhibit.Cell, ...]]()
    for row in crosstab.rows:
        for column in crosstab.columns:
            comparisons, code = usual.find(row, column) or (not_judged, "")
            size = crosstab.size(row, column)
            if size or code:
                verdict = against_usual.cells(crosstab.question, comparisons, code)
                names = (column, crosstab.column_name(column)) if crosstab.is_crossed else ()
                rows.append((row, crosstab.row_name(row), *names, size, *verdict))
    columns = against_usual.columns(crosstab.question, any_comparisons)
    return tables.ranged(crosstab, (*_cell_columns(crosstab), *columns), rows)


def _cross_table(crosstab: Crosstab) -> Table:
    """Rows by columns: shares in percent, in files with the range of each, or signs in words."""
    base, columns = crosstab.question.base(crosstab.fact), list[Column]()
    for column in tables.across(crosstab, "" if crosstab.is_direction else "%", base):
        columns.append(column)
        for end in () if crosstab.is_direction else ("low", "high"):
            label = crosstab.translate(f"breakdown.{end}_of", label=column.label)
            columns.append(replace(column, code=f"{column.code}_{end}", label=label, in_files=True))

    def cells(row: str) -> Iterator[exhibit.Cell]:
        for column in crosstab.columns:
            if crosstab.is_direction:
                _, sign_in_words = sign_of(crosstab, row, column)
                yield sign_in_words
                continue
            yield numbers.percent(crosstab.size(row, column), crosstab.whole(row, column), base)
            yield from share_between(crosstab, row, column)

    total = Column("total", crosstab.translate("breakdown.total"), crosstab.unit, base=base)
    about, sums = tables.about(crosstab.fact, crosstab.by[0], crosstab.lang), crosstab.row_sums
    rows = ((row, crosstab.row_name(row), *cells(row), sums[row]) for row in crosstab.rows)
    return Table((*about, *columns, total), tuple(rows))
