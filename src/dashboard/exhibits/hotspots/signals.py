"""Signals: every flag that the months of the release raised, past and present, and what followed.

Id: hotspots.signals. A flag is an area that had more or fewer than usual in the quarter, of a camp
in the twelve months, that a month ended. It is of all events, whatever a reader chose, so that the
same flags stand in every view; ``etl signals`` prints them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard import queries
from dashboard.exhibits.counts.signals import LEVELS, Signal, signals
from dashboard.exhibits.counts.usual_areas import Unsaid, usual_areas
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.hotspots.unusual import odds, why_not, would_show
from dashboard.exhibits.parts.frame import Frame, frame, made
from dashboard.exhibits.parts.offers import not_reported, offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Span
from dashboard.words import dates
from dashboard.words.catalogue import say

_ID = "hotspots.signals"
#: Months of the window by which it is said what would have shown.
_QUARTER = 3


@exhibit(_ID, facts=("incidents",))
def hotspots_signals(question: Question) -> Exhibit:
    """Flags of all months, the latest first, or what would have been flagged."""
    release = question.release
    filters = Filters(lang=question.lang, edition=question.filters.edition)
    whole = replace(question, filters=queries.shown_roles(filters), period=release.span)
    found = sorted(
        (signal for level in LEVELS for signal in signals(release, INCIDENTS, level)),
        key=lambda signal: (signal.first, signal.last),
        reverse=True,
    )
    around = frame(whole, INCIDENTS, note=_same(question), notes=[question.say(f"{_ID}.note")])
    if not found:
        return _nothing(question, around)
    return made(
        _ID,
        around,
        title=_title(question, found),
        figure={"form": "table"},
        table=_table(question, found),
        description=" ".join(_described(question, signal) for signal in found[:3]),
    )


def _same(question: Question) -> str:
    """That flags stay those of all events where a reader chose some."""
    return question.say(f"{_ID}.note_all") if question.filters.active else ""


def _nothing(question: Question, around: Frame) -> Exhibit:
    """Nothing to flag: what would have been, in the area with the most events."""
    release = question.release
    if not release.holds(INCIDENTS):
        return offered(_ID, around, not_reported(question, INCIDENTS))
    if release.edition.is_public:
        return offered(_ID, around, Offer(question.say(f"{_ID}.public")))
    last = Span.last(_QUARTER, until=release.span.end)
    judged = usual_areas(release, INCIDENTS, Filters(), "upazila", last)
    if isinstance(judged, Unsaid):
        return offered(_ID, around, Offer(why_not(question, judged)))
    first = next(iter(judged.testable), None)
    said = ""
    if first and first.judgement:
        said = question.say(
            f"{_ID}.none_of",
            name=question.place_name(first.code),
            usual=question.about(round(first.judgement.expected), INCIDENTS),
            said=would_show(question, first),
        )
    return offered(_ID, around, Offer(question.say(f"{_ID}.none", said=said).strip()))


def _title(question: Question, found: Sequence[Signal]) -> str:
    last = found[0]
    return question.say(
        f"{_ID}.title_{last.verdict}",
        n=len(found),
        name=question.place_name(last.area),
        period=dates.period(last.window, question.lang),
    )


def _table(question: Question, found: Sequence[Signal]) -> Table:
    lang, unit = question.lang, INCIDENTS.unit_in(question.lang)

    def named(name: str) -> Column:
        return Column(name, say(f"{_ID}.column_{name}", lang))

    return Table(
        (
            Column("code", say("hotspots.column_code", lang), in_files=True),
            named("area"),
            named("verdict"),
            named("since"),
            Column("now", say(f"{_ID}.column_now", lang), unit),
            Column("expected", say("hotspots.usual.column_expected", lang), unit),
            named("odds"),
            Column("chance", say("hotspots.usual.column_chance", lang), number=True, in_files=True),
            named("until"),
            named("followed"),
            named("level"),
        ),
        tuple(_row(question, signal) for signal in found),
    )


def _row(question: Question, signal: Signal) -> tuple[Cell, ...]:
    lang = question.lang
    return (
        signal.area,
        question.place_name(signal.area),
        question.say(f"hotspots.usual.{signal.verdict}"),
        dates.period(signal.window, lang),
        signal.now,
        round(signal.expected, 1),
        odds(question, signal.p),
        round(signal.p, 4),
        dates.month(signal.last.first_day, lang),
        _followed(question, signal),
        question.say(f"hotspots.level_{signal.level}", n=1),
    )


def _followed(question: Question, signal: Signal) -> str:
    """What came in the window after the first one of a flag."""
    after = signal.followed
    if after is None:
        return question.say(f"{_ID}.followed_open")
    kind = "again" if after.again else "usual" if after.verdict == "none" else after.verdict
    number = question.about(after.now, INCIDENTS)
    usual = question.about(round(after.expected), INCIDENTS)
    return question.say(f"{_ID}.followed_{kind}", number=number, usual=usual)


def _described(question: Question, signal: Signal) -> str:
    return question.say(
        f"{_ID}.described_{signal.verdict}",
        name=question.place_name(signal.area),
        period=dates.period(signal.window, question.lang),
        number=question.about(signal.now, INCIDENTS),
        usual=question.about(round(signal.expected), INCIDENTS),
    )
