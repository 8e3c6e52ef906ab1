"""What the map of areas and the tiles of camps show: numbers, shares, rates, what is unusual.

Each paint gives the colours, a title, and the columns that the table has more, or says why it has
nothing to show, so that numbers are shown. How numbers are coloured stands in ``parts.area_map``;
how areas stand against usual in ``unusual``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dashboard.analysis.classes import NumberClass
from dashboard.exhibits.charts import tables
from dashboard.exhibits.counts import windows
from dashboard.exhibits.counts.area_counts import AreaCount
from dashboard.exhibits.counts.comparisons import Comparisons
from dashboard.exhibits.exhibit import AUTO, Cell, Column, Table
from dashboard.exhibits.hotspots import rates, unusual, wording
from dashboard.exhibits.parts import area_map
from dashboard.exhibits.parts.area_map import NUMBER, Paint
from dashboard.exhibits.registry import Option
from dashboard.figures import theme
from dashboard.figures.choropleth import MapClass
from dashboard.release.open_release import Release
from dashboard.words import numbers

#: A paint, or why nothing else than numbers can be shown.
Asked = Paint | str


def by_share(count: AreaCount) -> Paint:
    """Areas by their share of all events, those without an area among them too.

    Classes are those of numbers, so that both maps are coloured alike. While time is played they
    are called by numbers as well: a share is of each frame's own total.
    """
    base, largest = count.breakdown.base, wording.largest_played(count)
    paint = area_map.by_number(count, largest)
    classes = area_map.classes_shown(count, largest)
    shares = {c: numbers.share(n, count.total, base, count.lang) for c, n in count.sizes.items()}
    labels = None if largest else _shares(count, classes)
    if labels:
        none, *looks = paint.classes
        named = [MapClass(each, look.colour) for each, look in zip(labels, looks, strict=False)]
        paint = replace(
            paint,
            legend=count.translate_for_level("map.legend_share"),
            classes=[none, *named, *looks[len(labels) :]],
        )
    return replace(
        paint,
        marks={code: shares[code] for code in paint.marks},
        lines={code: [share, *paint.lines[code]] for code, share in shares.items()},
        title=wording.share_title(count),
        columns=(Column("share", count.translate("hotspots.column_share"), "%", base=base),),
        cells={c: (numbers.percent(size, count.total, base),) for c, size in count.sizes.items()},
    )


def _shares(count: AreaCount, classes: Sequence[NumberClass]) -> list[str] | None:
    """What classes are called as shares; None where the whole is too small for any."""
    base, lang = count.breakdown.base, count.lang
    if numbers.percent(count.total, count.total, base) is None:
        return None

    def percent(value: int) -> str:
        return numbers.share(value, count.total, base, lang)

    return [area_map.class_text(entry, percent, lang) for entry in classes]


def by_usual(count: AreaCount) -> Asked:
    """Areas with more and with fewer than is usual there."""
    found = unusual.against(count.question, count.fact, count.level)
    if found is None:
        wanted = "kept" if count.question.is_compared else "asked"
        return count.translate(f"judge.why_not_{wanted}")
    return replace(
        unusual.paint_of(count, found),
        title=unusual.title(count, found),
        notes=unusual.notes(count, found),
    )


#: Paints by the option that asks for them.
PAINTS: Mapping[str, Callable[[AreaCount], Asked]] = {
    "share": by_share,
    "usual": by_usual,
    "rate": rates.by_rate,
}


def _shows(release: Release) -> tuple[str, ...]:
    """Rates only where a population may stand below them."""
    rated = (name for name in PAINTS if name != "rate" or rates.has_populations(release))
    return (AUTO, NUMBER, *rated)


#: What is shown of areas and of camps: one choice for both. Links of before ask for changes.
SHOW = Option("show", (AUTO, NUMBER, *PAINTS), _shows, former={"change": "usual"})


def choose_paint(count: AreaCount) -> Paint:
    """What was asked for, or numbers where that cannot be said of these areas, with the reason."""
    asked = count.question.options.get(SHOW.name, NUMBER)
    judged = unusual.against(count.question, count.fact, count.level)
    if asked == AUTO:
        asked = "usual" if judged and _is_any_called(count, judged) else NUMBER
    found = PAINTS[asked](count) if asked in PAINTS and count.ranked else ""
    if isinstance(found, Paint):
        paint = replace(found, show=asked)
    else:
        paint = area_map.by_number(count, wording.largest_played(count))
        paint = replace(paint, notes=wording.played_note(count.question), note=found)
    return silenced(count, unusual.worded(count, judged, paint))


def in_corner(count: AreaCount, show: str, classes: Sequence[NumberClass]) -> Paint:
    """Areas of another view as they stand in the corner of a map: as that shows its own.

    Args:
        count: The areas of the other view.
        show: What the map shows, as the address names it.
        classes: The classes of its numbers.
    """
    judged = unusual.against(count.question, count.fact, count.level)
    if show == "usual" and judged:
        return silenced(count, unusual.paint_of(count, judged))
    return silenced(count, area_map.by_number(count, classes=classes))


def _is_any_called(count: AreaCount, judged: Comparisons) -> bool:
    """Whether an area that is shown is off what is usual, or may be; not while time is played."""
    if wording.played(count.question) != windows.OFF:
        return False
    called = (*judged.called(1), *judged.called(-1), *judged.watched)
    return not count.in_view.isdisjoint(called)


def silenced(count: AreaCount, paint: Paint) -> Paint:
    """A paint on which areas from which no agency reported are dotted, whatever it shows."""
    if not count.silent:
        return paint
    silent, none = count.translate("hotspots.silent.said"), (None,) * len(paint.columns)
    dotted = MapClass(silent, theme.SURFACE, dots=theme.BORDER_STRONG)
    return replace(
        paint,
        classes=[dotted, *paint.classes],
        of={code: at + 1 for code, at in paint.of.items()} | dict.fromkeys(count.silent, 0),
        marks={code: mark for code, mark in paint.marks.items() if code not in count.silent},
        lines={**paint.lines, **dict.fromkeys(count.silent, (silent,))},
        columns=(*paint.columns, Column("reporting", count.translate("hotspots.silent.column"))),
        cells={
            **{code: (*cells, None) for code, cells in paint.cells.items()},
            **dict.fromkeys(count.silent, (*none, silent)),
        },
    )


def table(
    count: AreaCount, columns: Sequence[Column], around: Callable[[str], str], paint: Paint
) -> Table:
    """Areas from the largest to the smallest, then what has none of these.

    Args:
        count: The areas.
        columns: Of code, name and what is around an area.
        around: Name of what is around one.
        paint: What the figure shows, with its columns.
    """

    def row(code: str, name: str, within: str, size: int | None) -> tuple[Cell, ...]:
        own = paint.cells.get(code, (None,) * len(paint.columns))
        return (code, name, within, size, *own)

    ranked = sorted(count.sizes.items(), key=lambda entry: (-entry[1], entry[0]))
    rows = [
        row(code, count.name(code), around(code), None if code in count.silent else size)
        for code, size in ranked
    ]
    rows += [row("", label, "", size) for label, size in wording.unmapped(count)]
    return tables.ranged(count, (*columns, tables.number(count), *paint.columns), rows)
