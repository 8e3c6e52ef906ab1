"""Said: the title, the table and the notes of what was asked.

A title says what the numbers bear out within the error that protection made: where it holds one
number against another, that of both. Nothing is called a change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard.analysis.expected_error import likelihood_of_lead
from dashboard.exhibits import exhibit
from dashboard.exhibits.charts import dimensions, sentences, tables
from dashboard.exhibits.charts.counts import Cell
from dashboard.exhibits.charts.dimensions import REST, UNKNOWN
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.explore.asked import MAP, NUMBER
from dashboard.exhibits.explore.crossing import COLUMNS, ROWS, Crossing
from dashboard.exhibits.explore.forms import areas_of, late_steps, painted, share_between, sign_of
from dashboard.exhibits.hotspots import paints
from dashboard.exhibits.hotspots.said import parent_name
from dashboard.exhibits.parts import in_time, lateness
from dashboard.exhibits.parts.in_time import Trend
from dashboard.exhibits.question import Question
from dashboard.model import hxl
from dashboard.model.counted_by import STEPS, dimension_of
from dashboard.model.periods import Span
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, in_sentence

#: Rows that a title looks at, and that it names; how sure it must be of each, since it looks at
#: several.
_LOOKED_AT, _NAMED, _SURE = 5, 2, 0.998


def title(found: Crossing) -> str:
    """What leads; of a crossing what its largest rows mostly are; in time when most were."""
    if found.is_direction:
        return _off_share(found)
    if found.asked.step and not found.is_crossed:
        starts = tuple(Span.named(step).start.first_day for step in found.steps)
        sizes = {"": tuple(map(found.size, found.steps))}
        trend = Trend(found.fact, STEPS[found.asked.step], starts, sizes)
        return begin(in_time.highest(found.question, trend, found.drawn))
    named = mostly(found) if found.is_crossed and not found.asked.step else []
    told = (
        found.say("explore.mostly", row=found.row_name(row), column=_inside(found, column))
        for row, column in named
    )
    if named:
        return begin("; ".join(told))
    return sentences.leader("explore")(found) if leads(found) else found.say("explore.few")


def leads(found: Crossing) -> bool:
    """Whether a title may say which row leads: not of a few each, as lists rank none of these."""
    first = next((row for row in found.known if row != REST), None)
    return first is None or found.drawn_rows.names(found.by_row[first])


def mostly(found: Crossing) -> list[Cell]:
    """The largest rows of which one column is more than all others, with the error of both."""
    of_rest = found.drawn.error.less(found.drawn_rows.error)
    known = [column for column in found.columns if column != UNKNOWN]
    held: list[Cell] = []
    for row in [row for row in found.known if row != REST][:_LOOKED_AT]:
        column = max(known, key=lambda column: found.size(row, column), default="")
        size = found.size(row, column)
        if likelihood_of_lead((size, found.row_sums[row] - size), of_rest) >= _SURE:
            held.append((row, column))
    return held[:_NAMED]


def _inside(found: Crossing, column: str) -> str:
    name = found.column_name(column)
    return name if dimensions.are_names(found.fact, found.by[-1]) else in_sentence(name)


def _off_share(found: Crossing) -> str:
    """The cell that is surest more than its share, else less; or that none is."""
    surest = sorted(found.beyond, key=lambda cell: -abs(found.beyond[cell]))
    ordered = sorted(surest, key=lambda cell: found.beyond[cell] < 0)
    if not ordered:
        return found.say("explore.none_off_share")
    row, column = ordered[0]
    return found.say(
        f"explore.{'more' if found.beyond[row, column] > 0 else 'less'}_than_share",
        row=found.row_name(row),
        column=_inside(found, column),
    )


def what(found: Crossing) -> str:
    """What is counted and by what: the first words of the subtitle."""
    names = [dimensions.title_of(found.fact, dimension_of(each), found.lang) for each in found.by]
    return found.say(
        f"explore.what_{len(names)}",
        fact=found.fact.label_in(found.lang),
        **dict(zip(("rows", "columns"), map(in_sentence, names), strict=False)),
    )


def notes(found: Crossing, shown: Crossing, asked: Question) -> list[str]:
    """What is not drawn, which months may still rise, and which steps are counted."""
    said: list[str] = []
    is_cut = (shown.rows, shown.columns) != (found.rows, found.columns)
    if is_cut and found.asked.form != MAP:
        said.append(found.say("explore.note_drawn", rows=ROWS, columns=COLUMNS))
    period = found.question.period
    if period not in (asked.period, asked.period.snapped("quarter")):
        said.append(found.say("explore.note_steps", period=dates.period(period, found.lang)))
    if late_steps(found):
        said += lateness.notes(found.question.release, period, found.lang)
    return said


def table(found: Crossing) -> Table:
    """Everything that was counted, whatever of it is drawn."""
    if found.asked.form == MAP:
        return _areas(found)
    if found.is_direction or found.asked.value != NUMBER:
        return _told(found)
    if len(found.columns) > COLUMNS:
        return _long(found)
    return tables.table(found)


def _areas(found: Crossing) -> Table:
    count = areas_of(found)
    columns = (
        *tables.about(found.fact, found.by[0], found.lang),
        Column("within", found.say("hotspots.column_within")),
    )
    around = lambda code: parent_name(found.question, code)  # noqa: E731
    return paints.table(count, columns, around, painted(count))


def _long(found: Crossing) -> Table:
    """A row a cell, where columns are too many to stand beside each other."""
    across = dimension_of(found.by[1])
    columns = (
        *tables.about(found.fact, found.by[0], found.lang),
        Column("column_code", found.say("breakdown.code"), hxl=hxl.code_of(across)),
        Column("column", dimensions.title_of(found.fact, across, found.lang)),
        tables.number(found),
    )
    cells = (
        (row, found.row_name(row), column, found.column_name(column), found.size(row, column))
        for row in found.rows
        for column in found.columns
        if found.size(row, column) or found.asked.step
    )
    return tables.ranged(found, columns, cells)


def _told(found: Crossing) -> Table:
    """Rows by columns: shares in percent, in files with where each lies, or signs in words."""
    base, columns = found.question.base(found.fact), list[Column]()
    for column in tables.across(found, "" if found.is_direction else "%", base):
        columns.append(column)
        for end in () if found.is_direction else ("low", "high"):
            label = found.say(f"breakdown.{end}_of", label=column.label)
            columns.append(replace(column, code=f"{column.code}_{end}", label=label, in_files=True))

    def cells(row: str) -> Iterator[exhibit.Cell]:
        for column in found.columns:
            if found.is_direction:
                yield sign_of(found, row, column)[1]
                continue
            yield numbers.percent(found.size(row, column), found.whole(row, column), base)
            yield from share_between(found, row, column)

    total = Column("total", found.say("breakdown.total"), found.unit, base=base)
    return Table(
        (*tables.about(found.fact, found.by[0], found.lang), *columns, total),
        tuple((row, found.row_name(row), *cells(row), found.row_sums[row]) for row in found.rows),
    )
