"""The sea ledger: what became of people who set out by boat, as published sources count them.

Id: routes.sea. Its numbers come from the newest published release and stand by themselves: they
are never summed with what partners report, nor those of one source with another's. Nothing in them
is protected, so they have no error of protection and no cut of ``model.cuts``. Corridors, which
partners report, stand in ``corridors``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dashboard import queries
from dashboard.analysis.wilson import wilson
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Offer, Table
from dashboard.exhibits.parts.frame import Frame, made, number_format, stamp
from dashboard.exhibits.parts.offers import not_kept, offered, query_of, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures import theme
from dashboard.figures.plot import Plot, Series
from dashboard.filters import Filters
from dashboard.model.codes import SEA_OUTCOME
from dashboard.model.facts import BOATS, VOYAGES, Fact
from dashboard.model.languages import digits
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words import dates, numbers
from dashboard.words.catalogue import say

_DEAD, _SURVIVED = "dead_or_missing", "survived"
_HUNDRED = 100
#: Months drawn at most, the last ones; the table holds them all.
_DRAWN = 36
#: Periods that a description names.
_DESCRIBED = 12
#: The way by sea out of Bangladesh and Myanmar.
_BAY = ("SEA-BOB", "SEA-AND")
_MOST = "most"
_LOOK: Mapping[str, tuple[str, str]] = {
    "arrived": (theme.SKY, ""),
    "intercepted_or_returned": (theme.ORCHID, ""),
    "survived": (theme.SKY, "."),
    _DEAD: (theme.SLATE, ""),
    "unknown": (theme.BORDER_STRONG, "/"),
}


def _sources(release: Release) -> tuple[str, ...]:
    """Names of the sources, the one that tells of most people first."""
    if not release.holds(VOYAGES):
        return ()
    rows = queries.counts(release, VOYAGES, Filters(), release.span, ("source",))
    return tuple(str(source or "") for source, _ in rows)


def _name(source: str) -> str:
    """A source as an address names it."""
    return re.sub(r"[^a-z0-9]+", "-", source.lower()).strip("-") or "unnamed"


def _offered_sources(release: Release) -> tuple[str, ...]:
    sources = _sources(release)
    return (_MOST, *map(_name, sources)) if len(sources) > 1 else (_MOST,)


_EACH = Option("each", ("year", "month"))
_WATERS = Option("waters", ("all", "bay"))
_SOURCE = Option(
    "source",
    (_MOST,),
    _offered_sources,
    lambda release: {_name(source): source for source in _sources(release)},
)


@dataclass(frozen=True)
class Line:
    """A year or a month of the ledger.

    Attributes:
        span: Its months.
        boats: Boats, None where the source counts none.
        people: Outcome to people; all that the source tells of.
    """

    span: Span
    boats: int | None
    people: Mapping[str, int]

    @property
    def whole(self) -> int:
        """People who set out: the sum of what became of them."""
        return sum(self.people.values())

    @property
    def dead(self) -> int:
        """People dead or missing."""
        return self.people.get(_DEAD, 0)

    @property
    def per_hundred(self) -> tuple[float, float, float] | None:
        """Dead or missing of a hundred who set out, with both ends; None where nobody did."""
        if not self.whole:
            return None
        low, high = wilson(self.dead, self.whole)
        return _HUNDRED * self.dead / self.whole, _HUNDRED * low, _HUNDRED * high


@dataclass(frozen=True)
class Ledger:
    """What one source counts.

    Attributes:
        source: Its name, '' where it has none.
        each: What a line is: ``year`` or ``month``.
        outcomes: Outcomes that the source tells of in any month, in their order.
        lines: Lines in order of time.
    """

    source: str
    each: str
    outcomes: tuple[str, ...]
    lines: tuple[Line, ...]

    @cached_property
    def sum(self) -> Line:
        """All lines together."""
        boats = [line.boats for line in self.lines if line.boats is not None]
        people = Counter[str]()
        for line in self.lines:
            people.update(line.people)
        span = Span(self.lines[0].span.start, self.lines[-1].span.end)
        return Line(span, sum(boats) if boats else None, people)

    @property
    def is_of_incidents(self) -> bool:
        """Whether the source lists incidents with their survivors, and not all who set out."""
        return _SURVIVED in self.outcomes


@exhibit(
    "routes.sea",
    facts=("voyages", "boats"),
    options=(_EACH, _WATERS, _SOURCE),
    published=True,
)
def sea(question: Question) -> Exhibit:
    """Boats, and people by what became of them, a line for each year or month of one source."""
    asked = question.release
    if not asked.holds(VOYAGES):
        # A published release may tell of other things alone.
        reason = "none_of_boats" if asked.is_published_source else "none"
        offer = Offer(question.say(f"routes.sea.{reason}"))
        return offered("routes.sea", _bare(question), offer)
    whole = replace(question, period=question.period.clipped(asked.span) or question.period)
    if unkept(question, VOYAGES):
        return offered("routes.sea", _bare(question), not_kept(question, VOYAGES))
    ledger = _ledger(whole)
    if not ledger.lines or not ledger.sum.whole:
        return offered("routes.sea", _bare(question), _nothing(question))
    return made(
        "routes.sea",
        _frame(whole, ledger),
        title=_title(question, ledger),
        plot=_plot(question, ledger),
        table=_table(question, ledger),
        description=_description(question, ledger),
    )


def _ledger(question: Question) -> Ledger:
    """The ledger of the source that is asked for, else of the one that tells of most people."""
    release = question.release
    sources = _sources(release)
    named = (source for source in sources if _name(source) == question.options["source"])
    source = next(named, sources[0])
    seen = _BAY if question.options["waters"] == "bay" else None
    people = _by_month(question, VOYAGES, source, seen)
    boats = _by_month(question, BOATS, source, seen)
    told = _told(release, source)
    seen_in = question.period.clipped(told.span)
    lines = (
        Line(
            span,
            sum(boats[(month, "")] for month in span) if told.boats else None,
            {code: sum(people[(month, code)] for month in span) for code in told.outcomes},
        )
        for span in (_spans(seen_in, question.options["each"]) if seen_in else ())
    )
    return Ledger(source, question.options["each"], told.outcomes, tuple(lines))


def _nothing(question: Question) -> Offer:
    """That the source counts nobody then, and all of its months where it counts anybody."""
    lang = question.lang
    ledger = _ledger(replace(question, period=question.release.span))
    every, span = ledger.sum.whole, ledger.sum.span
    reason = question.say(
        "shared.offer.empty",
        unit=VOYAGES.unit_in(lang),
        period=dates.period(question.period, lang),
    )
    if not every:
        return Offer(reason)
    where = question.say("shared.offer.in_period", period=dates.period(span, lang))
    number = numbers.number(every, lang)
    action = question.say("shared.offer.wider", where=where, number=number)
    return Offer(reason, action, query_of(question, replace(question.filters, period=span)))


def _by_month(
    question: Question, fact: Fact, source: str, waters: Sequence[str] | None
) -> Counter[tuple[Month, str]]:
    """Sizes of one source by month and outcome ('' for boats)."""
    by = ("source", "sea_area", *(["sea_outcome"] if fact is VOYAGES else []))
    sizes: Counter[tuple[Month, str]] = Counter()
    rows = queries.series(question.release, fact, question.filters, question.period, by)
    for start, told_by, water, *outcome, size in rows:
        if (told_by or "") == source and (waters is None or water in waters):
            sizes[(Month.of(start), outcome[0] if outcome else "")] += size
    return sizes


@dataclass(frozen=True)
class _Told:
    """What a source tells of at all: its months, outcomes in their order, whether boats."""

    span: Span
    outcomes: tuple[str, ...]
    boats: bool


def _told(release: Release, source: str) -> _Told:
    """What one source tells of; outside its months it says nothing, which is not none."""
    every = (release, Filters(), release.span)
    people = _own(source, VOYAGES, *every, ("source", "month", "sea_outcome"))
    boats = _own(source, BOATS, *every, ("source", "month"))
    months = sorted({Month.of(row[1]) for row in (*people, *boats)})
    outcomes = {row[2] for row in people}
    return _Told(
        Span(months[0], months[-1]),
        tuple(code for code in SEA_OUTCOME.values if code in outcomes),
        bool(boats),
    )


def _own(
    source: str, fact: Fact, release: Release, filters: Filters, span: Span, by: Sequence[str]
) -> list[queries.Row]:
    rows = queries.counts(release, fact, filters, span, by)
    return [row for row in rows if (row[0] or "") == source]


def _spans(period: Span, each: str) -> Iterator[Span]:
    """Calendar years of a period, cut at its ends, or its months."""
    if each == "month":
        yield from (Span(month, month) for month in period)
        return
    for year in range(period.start.year, period.end.year + 1):
        yield Span(max(period.start, Month(year, 1)), min(period.end, Month(year, 12)))


def _line_name(line: Line, lang: str) -> str:
    """A year or month in words; a year that is cut off names its months."""
    if line.span.months == 12:  # noqa: PLR2004 -- of a year
        return digits(str(line.span.start.year), lang)
    return dates.period(line.span, lang)


def _bare(question: Question) -> Frame:
    """The frame where nothing is drawn."""
    lang, release = question.lang, question.release
    return Frame(
        say("routes.sea.subtitle_bare", lang),
        VOYAGES.unit_in(lang),
        (say("routes.sea.note_by_itself", lang),),
        _source(question, ""),
        stamp(release, question.filters),
    )


def _frame(question: Question, ledger: Ledger) -> Frame:
    """Subtitle, notes and source of one source's ledger; only the period narrows it."""
    lang, release = question.lang, question.release
    kind = "incidents" if ledger.is_of_incidents else "voyages"
    waters = question.options["waters"]
    protection = say(
        "shared.note.unprotected", lang, kind=say(f"shared.note.kind_{release.edition.kind}", lang)
    )
    drawn = len(ledger.lines) > _DRAWN
    notes = (
        *([say("routes.sea.note_incidents", lang)] if ledger.is_of_incidents else []),
        say("routes.sea.note_interval", lang),
        say("routes.sea.note_by_itself", lang),
        *([say("routes.sea.note_drawn", lang, n=_DRAWN)] if drawn else []),
        protection,
    )
    return Frame(
        say(
            "routes.sea.subtitle",
            lang,
            what=say(f"routes.sea.what_{kind}", lang),
            each=say(f"routes.sea.each_{ledger.each}", lang),
            waters=say(f"routes.sea.waters_{waters}", lang),
            period=dates.period(ledger.sum.span, lang),
        ),
        VOYAGES.unit_in(lang),
        notes,
        _source(question, ledger.source),
        stamp(release, question.filters, protection),
        note=_rate_note(question, ledger),
        options={**question.options, "source": _name(ledger.source)},
    )


def _source(question: Question, source: str) -> str:
    """The source line: the one source that was counted, else what the release says of itself."""
    named = source or question.release.edition.source_note
    return question.say("shared.source", source=named)


def _rate_note(question: Question, ledger: Ledger) -> str:
    """How many of a hundred are dead or missing, with both ends."""
    rate = ledger.sum.per_hundred
    if rate is None:
        return ""
    value, low, high = (digits(f"{end:.1f}", question.lang) for end in rate)
    kind = "incidents" if ledger.is_of_incidents else "voyages"
    return question.say(f"routes.sea.rate_{kind}", value=value, low=low, high=high)


def _title(question: Question, ledger: Ledger) -> str:
    total = ledger.sum
    kind = "incidents" if ledger.is_of_incidents else "voyages"
    key = f"title_{kind}" if total.dead else f"title_{kind}_none"
    return question.say(
        f"routes.sea.{key}",
        dead=numbers.number(total.dead, question.lang),
        people=numbers.number(total.whole, question.lang),
    )


def _plot(question: Question, ledger: Ledger) -> Plot:
    """Outcomes stacked by year or month, with who set out behind each stack."""
    lang = question.lang
    shown = ledger.lines[-_DRAWN:]
    said = number_format(question, VOYAGES)
    outcomes = [
        Series(
            SEA_OUTCOME.label_of(code, lang),
            said.numbers(line.people[code] for line in shown),
            *_LOOK[code],
        )
        for code in ledger.outcomes
    ]
    sums = (sum(line.people[code] for code in ledger.outcomes) for line in shown)
    return Plot(
        "stacked",
        tuple(_line_name(line, lang) for line in shown),
        tuple(outcomes),
        totals=tuple(map(said.number, sums)),
    )


def _table(question: Question, ledger: Ledger) -> Table:
    """A row for each year or month: boats, who set out, what became of them, the rate."""
    lang, people = question.lang, VOYAGES.unit_in(question.lang)
    has_boats = ledger.sum.boats is not None
    kind = "incidents" if ledger.is_of_incidents else "voyages"
    rate = question.say("routes.sea.unit_rate")
    columns = (
        Column("when", question.say(f"routes.sea.{ledger.each}")),
        Column(
            "month" if ledger.each == "month" else "year",
            question.say("routes.sea.months"),
            in_files=True,
        ),
        *([Column("boats", BOATS.unit_in(lang).capitalize(), BOATS.unit_in(lang))]
          if has_boats else []),
        Column("set_out", question.say(f"routes.sea.whole_{kind}"), people),
        *(Column(code, SEA_OUTCOME.label_of(code, lang), people) for code in ledger.outcomes),
        Column("per_hundred", question.say("routes.sea.per_hundred"), rate),
        Column("per_hundred_low", question.say("routes.sea.per_hundred_low"), rate),
        Column("per_hundred_high", question.say("routes.sea.per_hundred_high"), rate),
    )  # fmt: skip
    return Table(columns, tuple(tuple(_cells(line, ledger, lang)) for line in ledger.lines))


def _cells(line: Line, ledger: Ledger, lang: str) -> Iterator[Cell]:
    yield _line_name(line, lang)
    yield str(line.span.start) if line.span.months == 1 else str(line.span)
    if line.boats is not None:
        yield line.boats
    yield line.whole
    yield from (line.people[code] for code in ledger.outcomes)
    rate = line.per_hundred
    yield from (round(end, 1) for end in rate) if rate else (None, None, None)


def _description(question: Question, ledger: Ledger) -> str:
    """What the figure shows, the last lines first to last."""
    shown = ledger.lines[-_DESCRIBED:]
    return question.say(
        "routes.sea.description",
        period=dates.period(ledger.sum.span, question.lang),
        lines="; ".join(_line_in_words(question, line, ledger) for line in shown),
    )


def _line_in_words(question: Question, line: Line, ledger: Ledger) -> str:
    lang = question.lang
    parts = ", ".join(
        question.say(
            "routes.sea.part",
            outcome=SEA_OUTCOME.label_of(code, lang),
            number=numbers.number(line.people[code], lang),
        )
        for code in ledger.outcomes
    )
    return question.say(
        "routes.sea.line",
        when=_line_name(line, lang),
        people=numbers.number(line.whole, lang),
        parts=parts,
    )
