"""Signals: every flag that the months of the release raised, past and present, and what followed.

Id: hotspots.signals. A flag is an area that had more or fewer than usual in the quarter, of a
district in the half-year, that a month ended. It is of all events, whatever a reader chose, so that
the same flags stand in every view; ``etl signals`` prints them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard import queries
from dashboard.exhibits.counts.judged import judged_areas
from dashboard.exhibits.counts.signals import Signal, signals
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.offers import not_reported, offered
from dashboard.exhibits.parts.time_marks import described
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Span
from dashboard.words import dates

_ID = "hotspots.signals"
#: Months of the window by which it is said what would have shown.
_QUARTER = 3
#: Chances below one in so many are not told apart.
_RAREST = 1000


@exhibit(_ID, facts=("incidents",))
def hotspots_signals(question: Question) -> Exhibit:
    """Flags of all months, the latest first, or what would have been flagged."""
    release = question.release
    filters = Filters(lang=question.lang, edition=question.filters.edition)
    whole = replace(question, filters=queries.shown_roles(filters), period=release.span)
    found = sorted(
        signals(release, INCIDENTS),
        key=lambda signal: (signal.first, signal.last),
        reverse=True,
    )
    # Flags stay those of all events where a reader chose some.
    same = question.say(f"{_ID}.note_all") if question.filters.active else ""
    around = frame(whole, INCIDENTS, note=same, notes=[question.say(f"{_ID}.note")])
    if not found:
        return offered(_ID, around, _nothing(question))
    last = found[0]
    return made(
        _ID,
        around,
        title=question.say(
            f"{_ID}.title_{last.verdict}",
            n=len(found),
            name=question.place_name(last.area),
            period=dates.period(last.window, question.lang),
        ),
        figure={"form": "table"},
        table=_table(question, found),
        description=" ".join(described(question, signal) for signal in found[:3]),
    )


def _nothing(question: Question) -> Offer:
    """Nothing to flag: what would have been, in the area with the most events."""
    release = question.release
    if not release.holds(INCIDENTS):
        return not_reported(question, INCIDENTS)
    if release.edition.is_public:
        return Offer(question.say(f"{_ID}.public"))
    last = Span.last(_QUARTER, until=release.span.end)
    judged = judged_areas(replace(question, filters=Filters(), period=last), INCIDENTS, "upazila")
    said = ""
    if judged and judged.of:
        first = max(judged.of, key=lambda code: judged.of[code].now)
        noticed = against_usual.noticed(question, judged.of[first])
        said = question.say(f"{_ID}.none_of", name=question.place_name(first), noticed=noticed)
    return Offer(question.say(f"{_ID}.none", said=said).strip())


def _table(question: Question, found: Sequence[Signal]) -> Table:
    unit = INCIDENTS.unit_in(question.lang)

    def column(name: str, of: str = _ID, unit: str = "") -> Column:
        return Column(name, question.say(f"{of}.column_{name}"), unit)

    chance = question.say("hotspots.signals.column_chance")
    return Table(
        (
            Column("code", question.say("hotspots.column_code"), in_files=True),
            *map(column, ("area", "verdict", "since")),
            column("now", unit=unit),
            Column("expected", question.say("judge.column_usual"), unit),
            column("odds"),
            Column("chance", chance, number=True, in_files=True),
            *map(column, ("until", "followed", "level")),
        ),
        tuple(_row(question, signal) for signal in found),
    )


def _row(question: Question, signal: Signal) -> tuple[Cell, ...]:
    lang = question.lang
    return (
        signal.area,
        question.place_name(signal.area),
        against_usual.word(question, signal.judged),
        dates.period(signal.window, lang),
        round(signal.judged.now),
        round(signal.judged.usual, 1),
        _odds(question, signal.chance),
        round(signal.chance, 4),
        dates.month(signal.last.first_day, lang),
        _followed(question, signal),
        question.say(f"hotspots.level_{signal.level}", n=1),
    )


def _followed(question: Question, signal: Signal) -> str:
    """What came in the window after the first one of a flag."""
    after = signal.followed
    if after is None:
        return question.say(f"{_ID}.followed_open")
    own = after.judged
    kind = "again" if after.again else {1: "more", -1: "fewer"}.get(own.direction, "usual")
    number = question.about(round(own.now), INCIDENTS)
    usual = against_usual.usual_number(question, own)
    return question.say(f"{_ID}.followed_{kind}", number=number, usual=usual)


def _odds(question: Question, chance: float) -> str:
    """How likely chance alone would be, as one in so many."""
    if chance * _RAREST < 1:
        return question.say(f"{_ID}.rarer", n=_RAREST)
    return question.say(f"{_ID}.one_in", n=round(1 / chance))
