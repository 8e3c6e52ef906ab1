"""Said: the title, the table and the notes of what was asked.

A title says what the numbers bear out within the error that protection made: where it holds one
number against another, that of both. What is a change is told by the judge alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from dashboard.analysis.expected_error import APART
from dashboard.analysis.judge import Judgement
from dashboard.exhibits import exhibit
from dashboard.exhibits.charts import dimensions, sentences, tables
from dashboard.exhibits.charts.counts import Cell
from dashboard.exhibits.charts.dimensions import REST, UNKNOWN
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.explore.asked import MAP, NUMBER, USUAL, is_fitted
from dashboard.exhibits.explore.crossing import COLUMNS, ROWS, Crossing
from dashboard.exhibits.explore.forms import areas_of, late_steps, painted, share_between, sign_of
from dashboard.exhibits.explore.usual import Usual
from dashboard.exhibits.hotspots import paints
from dashboard.exhibits.hotspots.said import parent_name
from dashboard.exhibits.parts import against_usual, display_rule, in_time, lateness
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.in_time import Trend
from dashboard.exhibits.question import Question
from dashboard.model import hxl
from dashboard.model.counted_by import STEPS, dimension_of
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
_OFF: Mapping[str, Callable[[Judgement], bool]] = {
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
        return found.say("explore.unsure")
    if found.asked.step and not found.is_crossed:
        sizes = {"": tuple(map(found.size, found.steps))}
        spans = tuple(map(Span.named, found.steps))
        trend = Trend(found.fact, STEPS[found.asked.step], spans, sizes)
        return begin(in_time.highest(found.question, trend, _sure(found, found.drawn)))
    if named := mostly(found):
        rows: dict[str, list[str]] = {}
        for row, column in named:
            rows.setdefault(column, []).append(found.row_name(row))
        told = (
            found.say("explore.mostly", row=", ".join(own), column=_inside(found, column))
            for column, own in rows.items()
        )
        return begin("; ".join(told))
    if found.known and not largest(found):
        return _unranked(found)
    return sentences.leader("explore")(found)


def largest(found: Crossing) -> str:
    """The row, or the step of time, that a title calls the largest; '' where it calls none so."""
    if _is_unsure(found):
        return ""
    if found.asked.step and not found.is_crossed:
        ranked = sorted(found.steps, key=lambda step: -found.size(step))
        return ranked[0] if _sure(found, found.drawn).leads([*map(found.size, ranked)]) else ""
    named = [row for row in found.known if row != REST]
    if not named or not _names(found):
        return ""
    # What is shown as nothing may be something too.
    sizes = [*(found.by_row[row] for row in named), 0]
    return named[0] if _sure(found, found.drawn_rows).leads(sizes) else ""


def _is_unsure(found: Crossing) -> bool:
    """Whether numbers are a direction only, as they may be by filters alone."""
    return found.drawn.error.is_direction or found.drawn_rows.error.is_direction


def _names(found: Crossing) -> bool:
    """Whether the largest row is one that lists name: not of a few each."""
    return found.drawn_rows.names(found.by_row[found.known[0]])


def _unranked(found: Crossing) -> str:
    """That rows are too close to rank, or too few."""
    if not _names(found):
        return found.say("explore.few")
    first, *others = (found.row_name(row) for row in found.known if row != REST)
    if not others:
        return found.say("explore.alone", label=first)
    second = others[0]
    second = second if dimensions.are_names(found.fact, found.by[0]) else in_sentence(second)
    return found.say("explore.close", first=first, second=second)


def mostly(found: Crossing) -> list[Cell]:
    """The largest rows of which one column is more than all others, with the error of both.

    Only of two that units are fitted to: what leans towards its share is more of all other rows.
    """
    is_pair = found.is_crossed and not found.asked.step
    if not (is_pair and is_fitted(found.question, found.fact, found.asked.names)):
        return []
    of_rest = _sure(found, display_rule.difference(found.drawn, found.drawn_rows, ()))
    known = [column for column in found.columns if column != UNKNOWN]
    held: list[Cell] = []
    for row in [row for row in found.known if row != REST][:_LOOKED_AT]:
        column = max(known, key=lambda column: found.size(row, column), default="")
        size = found.size(row, column)
        if of_rest.leads((size, found.row_sums[row] - size)):
            held.append((row, column))
    return held[:_NAMED]


def _sure(found: Crossing, shown: Drawn) -> Drawn:
    """Numbers as a title of any question holds them against each other: see ``_WIDER``.

    Sums of rows lean where units are not fitted to all filters; of cells none is here that leans.
    """
    leans = not is_fitted(found.question, found.fact, found.asked.names[:1])
    wide = shown.error.wider(_WIDER * (APART[-1] if leans else 1))
    sizes = tuple(replace(size, spread=max(size.spread, wide.error)) for size in wide.sizes)
    return display_rule.read_with(shown, lambda: replace(wide, sizes=sizes))


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


def _off_usual(found: Crossing, held: Usual) -> str:
    """What is more than usual, or fewer, or may be more; or that nothing is, or can be said."""
    cells = held.cells
    off = sorted((cell for cell, one in cells.items() if one.direction or one.watched),
                 key=lambda cell: -abs(cells[cell].score))  # fmt: skip
    for key, is_so in _OFF.items():
        if named := [cell for cell in off if is_so(cells[cell])]:
            names = ", ".join(_called(found, *cell) for cell in named[:_NAMED])
            left = len(named[_NAMED:])
            names = found.say("routes.grew.and_others", names=names, n=left) if left else names
            return found.say(f"explore.off_{key}", names=names, unit=found.unit)
    can_say = any(one.word != "unsaid" for one in cells.values())
    return found.say(f"explore.off_{'none' if can_say else 'unsaid'}")


def _called(found: Crossing, row: str, column: str) -> str:
    name = found.row_name(row)
    return found.say("shared.named", name=name, number=_inside(found, column)) if column else name


def what(found: Crossing) -> str:
    """What is counted and by what: the first words of the subtitle.

    Where cells show something else than was asked, they say that and why.
    """
    names = [dimensions.title_of(found.fact, dimension_of(each), found.lang) for each in found.by]
    said = found.say(
        f"explore.what_{len(names)}",
        fact=found.fact.label_in(found.lang),
        **dict(zip(("rows", "columns"), map(in_sentence, names), strict=False)),
    )
    if found.usual_of:
        return found.say("explore.against_usual", what=said)
    if found.question.options["value"] == USUAL:
        return found.say("explore.not_against_usual", what=in_sentence(said))
    return said


def notes(found: Crossing, shown: Crossing, asked: Question) -> list[str]:
    """What is not drawn, which months may still rise, and which steps are counted."""
    said: list[str] = []
    is_cut = (shown.rows, shown.columns) != (found.rows, found.columns)
    if is_cut and found.asked.form != MAP:
        said.append(found.say("explore.note_drawn", rows=ROWS, columns=COLUMNS))
    if found.usual_of:
        return [*said, *_notes_of_usual(found, found.usual_of)]
    if found.question.options["value"] == USUAL:
        said.append(found.say(found.unjudged))
    period = found.question.period
    if period not in (asked.period, asked.period.snapped("quarter")):
        said.append(found.say("explore.note_steps", period=found.dated(period)))
    if late_steps(found):
        said += lateness.notes(found.question)
    return said


def _notes_of_usual(found: Crossing, held: Usual) -> Iterator[str]:
    """What signs mean, what is usual, and which events maps and lists of areas leave out."""
    judged = next(iter(held.by_filter.values()))
    yield against_usual.note(found.question, judged)
    if found.is_crossed:
        yield found.say("explore.note_usual")
    if held.has_areas and "place_role" not in found.asked.names:
        yield found.say("explore.note_no_checkpoints")


def table(found: Crossing) -> Table:
    """Everything that was counted, whatever of it is drawn."""
    if found.asked.form == MAP:
        return _areas(found)
    if found.usual_of:
        return _of_usual(found, found.usual_of)
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
    return paints.table(count, columns, around, painted(found, count))


def _long(found: Crossing) -> Table:
    """A row a cell, where columns are too many to stand beside each other."""
    cells = (
        (row, found.row_name(row), column, found.column_name(column), found.size(row, column))
        for row in found.rows
        for column in found.columns
        if found.size(row, column) or found.asked.step
    )
    return tables.ranged(found, _cells(found), cells)


def _cells(found: Crossing) -> tuple[Column, ...]:
    """What a row is about that is a cell, and its number."""
    about = tables.about(found.fact, found.by[0], found.lang)
    if not found.is_crossed:
        return (*about, tables.number(found))
    across = dimension_of(found.by[1])
    return (
        *about,
        Column("column_code", found.say("breakdown.code"), hxl=hxl.code_of(across)),
        Column("column", dimensions.title_of(found.fact, across, found.lang)),
        tables.number(found),
    )


def _of_usual(found: Crossing, held: Usual) -> Table:
    """A row a cell, with what is usual of it, from where on it is noticed, and its word."""
    around = next(iter(held.by_filter.values()))
    columns = _cells(found)
    rows: list[tuple[exhibit.Cell, ...]] = []
    for row in found.rows:
        for column in found.columns:
            judged, code = held.of(row, column) or (replace(around, of={}), "")
            size = found.size(row, column)
            if size or code:
                told = against_usual.cells(found.question, judged, code)
                names = (column, found.column_name(column)) if found.is_crossed else ()
                rows.append((row, found.row_name(row), *names, size, *told))
    judging = against_usual.columns(found.question, around)
    return tables.ranged(found, (*columns, *judging), rows)


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
