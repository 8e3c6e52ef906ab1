"""What the map of areas and the tiles of camps show: numbers, shares, rates, what is unusual.

Each paint gives the colours, a title and further columns of the table, or the reason why numbers
are shown instead. How numbers are coloured is in ``parts.area_map``, areas against usual in
``unusual``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dashboard.analysis.classes import NumberClass
from dashboard.exhibits.charts import tables
from dashboard.exhibits.counts import windows
from dashboard.exhibits.counts.area_counts import AreaCount
from dashboard.exhibits.exhibit import AUTO, Cell, Column, Table
from dashboard.exhibits.hotspots import rates, unusual, wording
from dashboard.exhibits.parts import area_map
from dashboard.exhibits.parts.area_map import NUMBER, Paint
from dashboard.exhibits.registry import Option
from dashboard.figures import theme
from dashboard.figures.choropleth import MapClass
from dashboard.release.open_release import Release
from dashboard.words import numbers

#: A paint, or why only numbers can be shown.
PaintOrReason = Paint | str


def by_share(count: AreaCount) -> Paint:
    """Areas by their share of all events, among them those without an area.

    Classes are those of numbers, so that both maps are coloured alike. While time is played their
    labels are numbers too: a share is of each window's own total.
    """
    base, largest = count.breakdown.base, wording.largest_played(count)
    paint = area_map.by_number(count, largest)
    classes = area_map.classes_shown(count, largest)

    def share(value: int) -> str:
        return numbers.share(value, count.total, base, count.lang)

    # The whole may be too small for any share.
    if not largest and numbers.percent(count.total, count.total, base) is not None:
        labels = [area_map.class_text(entry, share, count.lang) for entry in classes]
        none, *looks = paint.classes
        labelled = [MapClass(text, look.colour) for text, look in zip(labels, looks, strict=False)]
        paint = replace(
            paint,
            legend=count.translate_for_level("map.legend_share"),
            classes=[none, *labelled, *looks[len(labels) :]],
        )
    return replace(
        paint,
        marks={code: share(count.sizes[code]) for code in paint.marks},
        lines={code: [share(size), *paint.lines[code]] for code, size in count.sizes.items()},
        title=wording.share_title(count),
        columns=(Column("share", count.translate("hotspots.column_share"), "%", base=base),),
        cells=lambda code: (numbers.percent(count.sizes[code], count.total, base),),
    )


def by_usual(count: AreaCount) -> PaintOrReason:
    """Areas by whether they have more or fewer than usual, or why that cannot be shown."""
    comparisons = unusual.against(count.question, count.fact, count.level)
    if comparisons is None:
        reason = "kept" if count.question.is_compared else "asked"
        return count.translate(f"judge.why_not_{reason}")
    return replace(
        unusual.paint_of(count, comparisons),
        title=unusual.title(count, comparisons),
        notes=unusual.notes(count, comparisons),
    )


#: What makes each paint, by the value of ``SHOW`` that asks for it.
PAINTS: Mapping[str, Callable[[AreaCount], PaintOrReason]] = {
    "share": by_share,
    "usual": by_usual,
    "rate": rates.by_rate,
}


def _available_paints(release: Release) -> tuple[str, ...]:
    """Paints of a release; rates only where a population serves them."""
    available = (name for name in PAINTS if name != "rate" or rates.has_populations(release))
    return (AUTO, NUMBER, *available)


#: What is shown of areas and of camps: one choice for both. Old links ask for "change".
SHOW = Option("show", (AUTO, NUMBER, *PAINTS), _available_paints, former={"change": "usual"})


def choose_paint(count: AreaCount) -> Paint:
    """The paint that was asked for, or numbers with the reason why it cannot be shown.

    Where the choice is left to the map it shows what is off usual if any area in view is.
    """
    show, kind = count.question.options.get(SHOW.name, NUMBER), wording.played(count.question)
    comparisons = unusual.against(count.question, count.fact, count.level)
    if show == AUTO:
        off_usual = comparisons.off_usual if comparisons and kind == windows.OFF else []
        show = NUMBER if count.in_view.isdisjoint(off_usual) else "usual"
    chosen = PAINTS[show](count) if show in PAINTS and count.ranked else ""
    if isinstance(chosen, Paint):
        paint = replace(chosen, show=show)
    else:
        paint = area_map.by_number(count, wording.largest_played(count))
        # Colours mean the same in all that is played.
        notes = [] if kind == windows.OFF else [count.translate(f"hotspots.map.note_{kind}")]
        paint = replace(paint, notes=notes, note=chosen)
    return mark_silent(count, unusual.with_words(count, comparisons, paint))


def corner_paint(count: AreaCount, show: str, classes: Sequence[NumberClass]) -> Paint:
    """The paint of areas of another view in the corner of a map, as the map is painted.

    Args:
        count: The areas in the corner.
        show: What the map shows, as the address names it.
        classes: The classes of the map's numbers, which its corner takes too.
    """
    comparisons = unusual.against(count.question, count.fact, count.level)
    if show == "usual" and comparisons:
        return mark_silent(count, unusual.paint_of(count, comparisons))
    return mark_silent(count, area_map.by_number(count, classes=classes))


def mark_silent(count: AreaCount, paint: Paint) -> Paint:
    """The paint with a dotted class, the first, for areas from which no agency reported."""
    if not count.silent:
        return paint
    silent = count.translate("hotspots.silent.said")
    return replace(
        paint,
        classes=[MapClass(silent, theme.SURFACE, dots=theme.BORDER_STRONG), *paint.classes],
        class_of={c: n + 1 for c, n in paint.class_of.items()} | dict.fromkeys(count.silent, 0),
        marks={code: mark for code, mark in paint.marks.items() if code not in count.silent},
        lines={**paint.lines, **dict.fromkeys(count.silent, (silent,))},
    )


def table(
    count: AreaCount, columns: Sequence[Column], around: Callable[[str], str], paint: Paint
) -> Table:
    """The table of a map: areas from the largest to the smallest, then what lies in none of them.

    Args:
        count: The areas.
        columns: The first columns: code, name and what is around an area.
        around: Gives the name of what is around the area of a code.
        paint: What the figure shows, with its columns and cells.
    """
    none: tuple[Cell, ...] = (None,) * len(paint.columns)
    rows: list[tuple[Cell, ...]] = []
    for code, size in sorted(count.sizes.items(), key=lambda entry: (-entry[1], entry[0])):
        # A silent area has no number: nothing is known of it.
        cells = (None, *none) if code in count.silent else (size, *paint.cells(code))
        rows.append((code, count.name(code), around(code), *cells))
    rows += [("", label, "", size, *none) for label, size in wording.unmapped(count)]
    columns = (*columns, tables.number(count), *paint.columns)
    if count.silent:
        text = count.translate("hotspots.silent.said")
        columns = (*columns, Column("reporting", count.translate("hotspots.silent.column")))
        rows = [(code, *rest, text if code in count.silent else None) for code, *rest in rows]
    return tables.ranged(count, columns, rows)
