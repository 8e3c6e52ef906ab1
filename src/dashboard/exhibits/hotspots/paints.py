"""What the map of areas and the tiles of camps show: numbers, shares, changes, what is unusual.

Each paint gives the colours, a title, and the columns that the table has more, or says why it has
nothing to show, so that numbers are shown. How numbers are coloured stands in ``parts.area_map``;
how verdicts are said in ``unusual``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.analysis.changes import Change, Counted, strongest
from dashboard.analysis.classes import NumberClass
from dashboard.analysis.compare import clear_change
from dashboard.exhibits.counts import coverage
from dashboard.exhibits.counts.area_counts import AreaCount, count_areas
from dashboard.exhibits.counts.new_values import news_of_areas
from dashboard.exhibits.counts.populations import has_recent
from dashboard.exhibits.counts.usual_areas import Unsaid
from dashboard.exhibits.exhibit import Cell, Column
from dashboard.exhibits.hotspots import rates, unusual
from dashboard.exhibits.hotspots.said import (
    areas_named,
    largest_played,
    played_note,
    say_of,
    share_title,
)
from dashboard.exhibits.parts import area_map, lateness, rankings, reporting
from dashboard.exhibits.parts.area_map import Painted, number_lines
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option
from dashboard.figures import theme
from dashboard.figures.choropleth import MapClass
from dashboard.model.periods import Span
from dashboard.model.protection import is_few
from dashboard.release.open_release import Release
from dashboard.words import dates, numbers

#: Classes of a change, in the order of its legend; doubtful are those that chance, few cases, late
#: reports or reporting could explain.
_FEWER, _FEWER_DOUBTED, _SAME, _MORE_DOUBTED, _MORE = range(5)

#: The paint that there always is.
NUMBER = "number"


@dataclass(frozen=True)
class Paint:
    """What a map shows and what is said of it.

    Attributes:
        painted: Colours and marks.
        title: The finding, or None for that of the numbers.
        columns: Columns that the table has beside the numbers.
        cells: Their cells by area.
        notes: What must be known to read it.
        show: Which paint it is, as the address names it.
        why: Why it is numbers although something else was asked for, or ''.
    """

    painted: Painted
    title: str | None = None
    columns: Sequence[Column] = ()
    cells: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict[str, tuple[Cell, ...]])
    notes: Sequence[str] = ()
    show: str = NUMBER
    why: str = ""


@dataclass(frozen=True)
class Unpainted:
    """That nothing else than numbers can be shown, and why."""

    why: str


def by_share(question: Question, count: AreaCount) -> Paint:
    """Areas by their share of all events, those without an area among them too.

    Classes are those of numbers, so that both maps are coloured alike. While time is played they
    are called by numbers as well: a share is of each frame's own total.
    """
    lang, base = question.lang, question.base(count.fact)
    largest = largest_played(question, count)
    numbered = area_map.by_number(question, count, largest)
    classes = area_map.classes_of(count, base, largest)
    shares = {code: numbers.percent(size, count.total, base) for code, size in count.sizes.items()}
    said = {
        code: numbers.share(size, count.total, base, lang) for code, size in count.sizes.items()
    }
    labels = None if largest else _shares(question, count, classes)
    painted = numbered
    if labels:
        painted = replace(
            numbered,
            title=say_of(question, "map.legend_share", count),
            classes=[
                numbered.classes[0],
                *(
                    MapClass(label, entry.colour)
                    for label, entry in zip(labels, numbered.classes[1:], strict=False)
                ),
                *numbered.classes[1 + len(labels) :],
            ],
        )
    painted = replace(
        painted,
        marks={code: said[code] or mark for code, mark in numbered.marks.items()},
        lines={
            code: [*([text] if (text := said[code]) else []), *numbered.lines[code]]
            for code in count.sizes
        },
    )
    column = Column("share", question.say("hotspots.column_share"), "%")
    cells = {code: (share,) for code, share in shares.items()}
    return Paint(painted, share_title(question, count), (column,), cells)


def _shares(
    question: Question, count: AreaCount, classes: Sequence[NumberClass]
) -> list[str] | None:
    """What classes are called as shares; None where the whole is too small for any."""
    base, lang = question.base(count.fact), question.lang
    if numbers.percent(count.total, count.total, base) is None:
        return None

    def percent(value: int) -> str:
        return numbers.share(value, count.total, base, lang) or numbers.number(value, lang)

    def label(entry: NumberClass) -> str:
        low = percent(entry.low)
        if entry.high is None:
            return question.say("hotspots.map.class_open", low=low)
        high = percent(entry.high)
        return low if low == high else question.say("hotspots.map.class_range", low=low, high=high)

    return [label(entry) for entry in classes]


def by_change(question: Question, count: AreaCount) -> Paint | Unpainted:
    """Areas that have clearly more or fewer than in the compared period."""
    before = question.compared_span
    if before is None:
        return Unpainted(" ".join(rankings.notes(question, None)))
    lang, fact, error = question.lang, count.fact, count.drawn.error
    sizes = count_areas(question, fact, count.level, before).sizes
    clear = {
        code: 0 if code in count.silent else clear_change(size, sizes[code], error)
        for code, size in count.sizes.items()
    }
    news = news_of_areas(question, count)

    def said(code: str) -> str:
        if not clear[code]:
            return question.say("rankings.no_clear_change")
        if code in news:
            number = question.about(clear[code], fact)
            return question.say(f"rankings.{news[code]}", number=number)
        more = "more" if clear[code] > 0 else "fewer"
        number = question.about(abs(clear[code]), fact)
        return question.say(f"hotspots.change.by_{more}", number=number)

    changes = _strongest(question, count, sizes, before)
    sure = {change.counted.code for change in changes if not change.doubts}
    period = dates.period(before, lang)
    marks = sorted((code for code, by in clear.items() if by), key=lambda code: -abs(clear[code]))
    lines = number_lines(question, count)
    painted = Painted(
        question.say("hotspots.change.legend", period=period),
        [
            MapClass(question.say("hotspots.change.fewer"), theme.FEWER),
            MapClass(question.say("hotspots.change.fewer_doubted"), theme.FEWER_SOFT),
            MapClass(question.say("rankings.no_clear_change"), theme.SURFACE),
            MapClass(question.say("hotspots.change.more_doubted"), theme.MORE_SOFT),
            MapClass(question.say("hotspots.change.more"), theme.MORE),
        ],
        {code: _change_class(by, is_sure=code in sure) for code, by in clear.items()},
        {
            code: question.say(
                f"hotspots.change.mark_{'more' if clear[code] > 0 else 'fewer'}",
                number=numbers.number(abs(clear[code]), lang),
            )
            for code in marks
            if not is_few(abs(clear[code]), question.base(fact))
        },
        {code: [said(code), *lines[code]] for code in count.sizes},
        {code: question.say(f"hotspots.map.mark_{kind}") for code, kind in news.items()},
    )
    columns = (
        Column("before", period, fact.unit_in(lang), period=str(before)),
        Column("change", question.say("shell.card.change")),
    )
    return Paint(
        painted,
        _change_title(question, count, changes, before),
        columns,
        {code: (sizes[code], said(code)) for code in count.sizes},
        reporting.notes(question, before),
    )


def _change_class(by: int, *, is_sure: bool) -> int:
    if not by:
        return _SAME
    if by > 0:
        return _MORE if is_sure else _MORE_DOUBTED
    return _FEWER if is_sure else _FEWER_DOUBTED


def _strongest(
    question: Question,
    count: AreaCount,
    before: Mapping[str, int],
    compared: Span,
) -> tuple[Change, ...]:
    """Changes beyond protection, each with what speaks against it; all were looked through."""
    base = question.base(count.fact)
    counted = [
        Counted("area", code, size, before[code], base, count.drawn.error)
        for code, size in count.sizes.items()
        if code not in count.silent
    ]
    return strongest(
        counted,
        partners=coverage.moved(question.release, question.period, compared),
        late=lateness.waits(question.release, question.period, compared),
    )


def _change_title(
    question: Question, count: AreaCount, changes: Sequence[Change], compared: Span
) -> str:
    """Areas whose change nothing speaks against, else the strongest with that it may be chance."""
    sure = [change.counted for change in changes if not change.doubts]
    more = [entry.code for entry in sure if entry.difference > 0]
    fewer = [entry.code for entry in sure if entry.difference < 0]
    period = dates.period(compared, question.lang)
    if more and fewer:
        names = {"more": areas_named(question, count, more)}
        return say_of(
            question, "change.title_both", count, **names, fewer=areas_named(question, count, fewer)
        )
    for name, codes in (("more", more), ("fewer", fewer)):
        if codes:
            named = areas_named(question, count, codes)
            return say_of(question, f"change.title_{name}", count, names=named, period=period)
    if changes:
        first = changes[0].counted
        name = "more" if first.difference > 0 else "fewer"
        place = question.place_name(first.code)
        return say_of(question, f"change.doubt_{name}", count, name=place, period=period)
    return say_of(question, "change.title_none", count, period=period)


def by_usual(question: Question, count: AreaCount) -> Paint | Unpainted:
    """Areas with more and with fewer than their own past share of all events."""
    found = unusual.against_usual(question, count.fact, count.level)
    if isinstance(found, Unsaid):
        return Unpainted(unusual.why_not(question, found))
    areas = {area.code: area for area in found.areas}
    return Paint(
        unusual.painted(question, count, found),
        unusual.title(question, count, found),
        unusual.columns(question, count.fact),
        {code: unusual.cells(question, count.fact, areas.get(code)) for code in count.sizes},
        unusual.notes(question, count, found),
    )


def by_rate(question: Question, count: AreaCount) -> Paint | Unpainted:
    """Areas by events per 100,000 people, where populations match what is counted."""
    people = rates.populations(question, count)
    if len(people) < rates.FEWEST:
        return Unpainted(say_of(question, "rate.unknown", count))
    by = rates.rates(count.sizes, people)
    return Paint(
        rates.painted(question, count, people, by),
        rates.title(question, count, by, people),
        rates.columns(question),
        rates.cells(by, people),
        (question.say("hotspots.rate.note"),),
    )


#: Paints by the option that asks for them.
PAINTS: Mapping[str, Callable[[Question, AreaCount], Paint | Unpainted]] = {
    "share": by_share,
    "change": by_change,
    "usual": by_usual,
    "rate": by_rate,
}


def _shows(release: Release) -> tuple[str, ...]:
    """Rates only where a population may stand below them."""
    return (NUMBER, *(name for name in PAINTS if name != "rate" or has_recent(release)))


#: What is shown of areas and of camps: one choice for both.
SHOW = Option("show", (NUMBER, *PAINTS), _shows)


def paint(question: Question, count: AreaCount) -> Paint:
    """What was asked for, or numbers where that cannot be said of these areas, with the reason."""
    asked = question.options.get(SHOW.name, NUMBER)
    found = PAINTS[asked](question, count) if asked in PAINTS and count.ranked else None
    if isinstance(found, Paint):
        return _silenced(question, count, replace(found, show=asked))
    numbered = Paint(
        area_map.by_number(question, count, largest_played(question, count)),
        notes=played_note(question),
        why=found.why if found else "",
    )
    return _silenced(question, count, numbered)


def _silenced(question: Question, count: AreaCount, shown: Paint) -> Paint:
    """A paint on which areas from which no agency reported are dotted, whatever it shows."""
    if not count.silent:
        return shown
    said, painted = question.say("hotspots.silent.said"), shown.painted
    own = {code: (None,) * len(shown.columns) for code in count.silent}
    return replace(
        shown,
        painted=replace(
            painted,
            classes=[MapClass(said, theme.SURFACE, dots=theme.BORDER_STRONG), *painted.classes],
            of={code: 0 if code in count.silent else at + 1 for code, at in painted.of.items()},
            marks={code: mark for code, mark in painted.marks.items() if code not in count.silent},
            lines={
                code: (said,) if code in count.silent else lines
                for code, lines in painted.lines.items()
            },
        ),
        columns=(*shown.columns, Column("reporting", question.say("hotspots.silent.column"))),
        cells={
            **{code: (*cells, None) for code, cells in shown.cells.items()},
            **{code: (*cells, said) for code, cells in own.items()},
        },
    )
