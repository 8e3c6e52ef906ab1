"""The watch list: areas off usual now, those that may be, and what followed earlier flags.

Id: hotspots.signals. A flag is an area that had more or fewer than usual in the quarter, of a
district in the half-year, that a month ended. It is of all events in the areas that a reader chose,
whatever else is chosen, so that the same flags stand in every view; ``etl signals`` prints them.
The figure is HTML: ``now``, ``maybe`` and ``earlier`` are rows of ``label``, ``query``, ``text``,
``word`` and ``direction`` ("up", "down" or ''), ``maybe_said`` is how many chance alone would put
in ``maybe``. The table has every flag of all months.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.analysis.judge import Comparison
from dashboard.exhibits.charts.tables import columns, windows
from dashboard.exhibits.counts.comparisons import (
    Comparisons,
    compare_rows,
    window_of,
    with_history,
)
from dashboard.exhibits.counts.home import is_inside, way_up
from dashboard.exhibits.counts.signals import LEVELS, Signal, signals
from dashboard.exhibits.exhibit import Cell, Column, EmptyState, Exhibit, Table
from dashboard.exhibits.hotspots.wording import distinct_names
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.parts.empty_state import empty_exhibit, not_reported
from dashboard.exhibits.parts.frame import frame, make_exhibit
from dashboard.exhibits.parts.time_marks import described
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.filters import Filters
from dashboard.model.country import THIRD
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Span
from dashboard.words import numbers

_ID = "hotspots.signals"
#: Earlier flags that the list names; the table has all.
_EARLIER = 5
#: Verdicts by ``Comparison.direction``.
_VERDICTS = {1: "more", -1: "fewer"}
#: The direction as the figure has it; none of an area that only may have more.
_ARROWS = {1: "up", -1: "down", 0: ""}
#: Months of the window whose limit is the example where nothing is flagged.
_QUARTER = 3
#: Chances below one in so many all read alike.
_RAREST = 1000


@exhibit(_ID, facts=("incidents",))
def hotspots_signals(question: Question) -> Exhibit:
    """Flags of all months, the latest first; where there are none, what would be flagged."""
    release = question.release
    areas = question.filters.codes_of("area")
    filters = Filters(lang=question.lang, edition=question.filters.edition)
    filters = filters.with_codes("area", areas)
    whole = replace(question, filters=queries.shown_roles(filters), period=release.span)
    flags = sorted(
        (signal for signal in signals(release, INCIDENTS) if _is_inside(question, signal.area)),
        key=lambda signal: (signal.first, signal.last),
        reverse=True,
    )
    # Flags stay those of all events where a reader chose some.
    is_narrowed = question.filters.with_codes("area", ()).active
    same = question.translate(f"{_ID}.note_all{'_areas' if areas else ''}") if is_narrowed else ""
    around = frame(whole, INCIDENTS, note=same, notes=[question.translate(f"{_ID}.note")])
    if not flags:
        return empty_exhibit(around, _none_flagged(question))
    now = [signal for signal in flags if signal.last == release.span.end]
    return make_exhibit(
        around,
        title=_title(question, now),
        figure=_figure(question, now, [signal for signal in flags if signal not in now]),
        table=_table(question, flags),
        description=" ".join(described(question, signal) for signal in flags[:3]),
    )


def _is_inside(question: Question, code: str) -> bool:
    """Whether an area lies in those that the reader chose."""
    chosen = question.filters.codes_of("area")
    return is_inside(question.release, code, chosen)


def _title(question: Question, now: Sequence[Signal]) -> str:
    """Which areas are off usual now: one or two by name, more by their number."""
    match distinct_names(question, [signal.area for signal in now]):
        case []:
            return question.translate(f"{_ID}.title_none")
        case [name]:
            return question.translate(f"{_ID}.title_one", name=name)
        case [first, second]:
            return question.translate(f"{_ID}.title_two", first=first, second=second)
        case names:
            return question.translate(f"{_ID}.title_many", n=len(names))


def _figure(question: Question, now: Sequence[Signal], earlier: Sequence[Signal]) -> dict[str, Any]:
    """The figure; an area that may have more is left out where one inside it is listed.

    Args:
        question: What the reader looks at.
        now: Flags of windows that end with the release.
        earlier: All others, the latest first.
    """
    release, by_level = question.release, dict[str, Comparisons]()
    for level in LEVELS:
        window = window_of(release, Span.last(1, until=release.span.end), level)
        if comparisons := compare_rows(release, INCIDENTS, Filters(), window, level=level):
            by_level[level] = comparisons
    listed, maybe = {signal.area for signal in now}, list[dict[str, str]]()
    for level, comparisons in by_level.items():
        for code in comparisons.watched:
            is_around = any(code in way_up(release, other) for other in listed)
            if _is_inside(question, code) and not is_around:
                listed.add(code)
                maybe.append(_entry(question, code, level, comparisons))
    chance = sum(comparisons.watched_by_chance for comparisons in by_level.values())
    text = against_usual.by_chance(question, chance)
    return {
        "form": "watch",
        "now": [_entry(question, one.area, one.level, by_level[one.level]) for one in now],
        "maybe": maybe,
        "maybe_said": text if maybe else question.translate(f"{_ID}.maybe_none", chance=text),
        "earlier": [_earlier_entry(question, signal) for signal in earlier[:_EARLIER]],
    }


def _entry(question: Question, code: str, level: str, comparisons: Comparisons) -> dict[str, str]:
    """A row of the figure: an area as it is in the last window of its level."""
    comparison = comparisons.rows[code]
    return _area_facts(question, code, level, comparisons.window, comparison) | {
        "word": against_usual.word(question, comparison),
        "direction": _ARROWS[comparison.direction],
    }


def _earlier_entry(question: Question, signal: Signal) -> dict[str, str]:
    """A row of the figure: an earlier flag, its verdict, and what followed."""
    word = question.translate(f"{_ID}.was_{signal.verdict}")
    return _area_facts(question, signal.area, signal.level, signal.window, signal.comparison) | {
        "word": question.translate(f"{_ID}.then_{_outcome(signal)}", word=word),
        "direction": "",
    }


def _area_facts(
    question: Question, code: str, level: str, window: Span, comparison: Comparison
) -> dict[str, str]:
    """Name, link and numbers of an area in the window of a comparison: part of a row."""
    now, base = round(comparison.now), question.base(INCIDENTS)
    text = question.translate(
        f"{_ID}.row",
        level=question.translate(f"hotspots.level_{level}", n=1),
        window=question.dated(window),
        number=numbers.at_mark(now, base, question.lang),
        usual=against_usual.usual_number(question, comparison),
    )
    query = question.filters.with_codes("area", (code,)).to_query()
    return {"label": question.place_name(code), "query": query, "text": text}


def _outcome(signal: Signal) -> str:
    """What the window after a flag's last one was: the end of a phrase's key.

    "open" while it is not over, "again" where the verdict is the same, else "more", "fewer" or
    "usual".
    """
    if signal.followed is None:
        return "open"
    verdict = _VERDICTS.get(signal.followed.direction, "usual")
    return "again" if verdict == signal.verdict else verdict


def _none_flagged(question: Question) -> EmptyState:
    """That nothing is flagged, and from which number on the area with most events would be."""
    release = question.release
    if not release.has(INCIDENTS):
        return not_reported(question, INCIDENTS)
    if release.edition.is_public:
        return EmptyState(question.translate(f"{_ID}.public"))
    last = Span.last(_QUARTER, until=release.span.end)
    comparisons = compare_rows(release, INCIDENTS, Filters(), last, level=THIRD)
    rows = comparisons.rows if comparisons else {}
    if rows and not any(map(with_history, rows.values())):
        return EmptyState(question.translate("judge.why_history"))
    codes = [code for code in rows if _is_inside(question, code)]
    example = ""
    if codes:
        code = max(codes, key=lambda code: rows[code].now)
        if noticed := against_usual.noticed(question, rows[code]):
            name = question.place_name(code)
            example = question.translate(f"{_ID}.none_of", name=name, noticed=noticed)
    return EmptyState(question.translate(f"{_ID}.none", said=example).strip())


def _table(question: Question, flags: Sequence[Signal]) -> Table:
    """A row a flag, under the columns of ``_row``."""
    unit, phrases = INCIDENTS.unit_in(question.lang), f"{_ID}.column_"
    return Table(
        (
            *columns(question, "hotspots.column_", "code", in_files=True),
            *columns(question, phrases, "area", "verdict"),
            *windows(question),
            *columns(question, phrases, "now", unit=unit),
            Column("expected", question.translate("judge.column_usual"), unit),
            *columns(question, phrases, "odds"),
            *columns(question, phrases, "chance", number=True, in_files=True),
            *columns(question, phrases, "since", "followed", "level"),
        ),
        tuple(_row(question, signal) for signal in flags),
    )


def _row(question: Question, signal: Signal) -> tuple[Cell, ...]:
    """The cells of a flag: area, word, last window, its number and what was usual then.

    Then how likely chance alone would be, the first month flagged, what followed
    the first, and the level of the area.
    """
    return (
        signal.area,
        question.place_name(signal.area),
        against_usual.word(question, signal.comparison),
        question.dated(signal.window),
        str(signal.window),
        round(signal.comparison.now),
        round(signal.comparison.usual, 1),
        _odds(question, signal.chance),
        round(signal.chance, 4),
        question.month(signal.first.first_day),
        _followed(question, signal),
        question.translate(f"hotspots.level_{signal.level}", n=1),
    )


def _followed(question: Question, signal: Signal) -> str:
    """What came in the window after a flag's last one, in words."""
    followed = signal.followed
    if followed is None:
        return question.translate(f"{_ID}.followed_open")
    number = question.about(round(followed.now), INCIDENTS)
    usual = against_usual.usual_number(question, followed)
    return question.translate(f"{_ID}.followed_{_outcome(signal)}", number=number, usual=usual)


def _odds(question: Question, chance: float) -> str:
    """A chance from 0 to 1 in words: "one in 40"."""
    if chance * _RAREST < 1:
        return question.translate(f"{_ID}.rarer", n=_RAREST)
    return question.translate(f"{_ID}.one_in", n=round(1 / chance))
