"""The sea ledger: what became of people who set out by boat, as published sources count them.

Id: routes.sea. Its numbers come from the newest published release and stand by themselves: they
are never summed with what partners report, nor those of one source with another's. Nothing in them
is protected, so they have no error of protection and no cut of ``model.cuts``. Corridors, which
partners report, stand in ``corridors``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from dashboard import queries
from dashboard.analysis.resampling import rate_of_groups
from dashboard.exhibits.exhibit import Cell, Column, EmptyState, Exhibit, Frame, Table
from dashboard.exhibits.parts.empty_state import (
    empty_exhibit,
    is_without_data,
    not_recorded,
    query_of,
    unkept,
)
from dashboard.exhibits.parts.frame import make_exhibit, number_format, protection_note, stamp
from dashboard.exhibits.parts.frame import source as source_of
from dashboard.exhibits.question import InWords, Question
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures import theme
from dashboard.figures.plot import Plot, Series
from dashboard.filters import Filters
from dashboard.model.codes import SEA_OUTCOME
from dashboard.model.country import PACK
from dashboard.model.facts import BOATS, VOYAGES, Fact
from dashboard.model.languages import Language, digits
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words import dates

_ID = "routes.sea"
_DEAD, _SURVIVED = "dead_or_missing", "survived"
#: Months drawn at most, the last ones; the table holds them all.
_DRAWN = 36
#: Years or months that a description names.
_DESCRIBED = 12
#: The value of ``_SOURCE`` that asks for the source with most people.
_MOST = "most"
#: Fields that tell boats of one month and waters apart, as far as a release has them.
_WAY = ("departure", "bound_for")
#: Stands in the place of an outcome in rows that count boats.
_BOATS = ""
#: Colour and pattern of each outcome.
_LOOK: Mapping[str, tuple[str, str]] = {
    "arrived": (theme.SKY, ""),
    "intercepted_or_returned": (theme.ORCHID, ""),
    "survived": (theme.SKY, "."),
    _DEAD: (theme.SLATE, ""),
    "unknown": (theme.BORDER_STRONG, "/"),
}


def _sources(release: Release) -> tuple[str, ...]:
    """Names of the sources, the one that counts most people first; '' for one without a name."""
    if not release.has(VOYAGES):
        return ()
    rows = queries.counts(release, VOYAGES, Filters(), release.span, ("source",))
    return tuple(str(source or "") for source, _ in rows)


def _source_code(source: str) -> str:
    """A source as an address names it; names in other scripts are told apart by their digest."""
    name = re.sub(r"[^a-z0-9]+", "-", source.lower()).strip("-") or "unnamed"
    return name if source.isascii() else f"{name}-{sha256(source.encode()).hexdigest()[:8]}"


def _available_sources(release: Release) -> tuple[str, ...]:
    """Sources that a reader may choose in a release; the one with most people alone if it has one.

    They are values of the option ``_SOURCE``; ``_MOST`` asks for the source with most people.
    """
    sources = _sources(release)
    return (_MOST, *map(_source_code, sources)) if len(sources) > 1 else (_MOST,)


#: What a line is, of which waters, and by which source.
_EACH = Option("each", ("year", "month"))
_WATERS = Option("waters", ("all", "bay"))
_SOURCE = Option(
    "source",
    (_MOST,),
    _available_sources,
    lambda release: {_source_code(source): source for source in _sources(release)},
)


@dataclass(frozen=True)
class Line:
    """A year or a month of the ledger.

    Attributes:
        span: Its months.
        boats: Boats, None where the source counts none.
        people: People by outcome, for every outcome of the source.
        groups: People of one month, waters and way, which is as near as a release comes to a boat:
            dead or missing, and all.
    """

    span: Span
    boats: int | None
    people: Mapping[str, int]
    groups: tuple[tuple[int, int], ...]

    @property
    def whole(self) -> int:
        """People who set out: the sum of what became of them."""
        return sum(self.people.values())

    @property
    def dead(self) -> int:
        """People dead or missing."""
        return self.people.get(_DEAD, 0)

    @property
    def per_hundred(self) -> tuple[float, ...]:
        """Dead or missing of a hundred who set out, and the least and most; () where nobody did."""
        if not self.whole:
            return ()
        return tuple(100 * rate for rate in (self.dead / self.whole, *rate_of_groups(self.groups)))

    def name(self, lang: str) -> str:
        """A year or month in words; a year that is cut off names its months."""
        if self.span.months == 12:  # noqa: PLR2004 -- of a year
            return digits(str(self.span.start.year), lang)
        return dates.period(self.span, lang)


@dataclass(frozen=True)
class Ledger(InWords):
    """What one source counts.

    Attributes:
        question: What the reader looks at; its options say what a line is, and of which waters.
        source: Its name, '' where it has none.
        outcomes: Codes of the outcomes that the source has in any month, in order of the list.
        lines: Lines in order of time.
    """

    question: Question
    source: str
    outcomes: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def lang(self) -> Language:
        """Language of words and digits."""
        return self.question.lang

    @cached_property
    def sum(self) -> Line:
        """All lines together as one; there is at least one."""
        boats = [line.boats for line in self.lines if line.boats is not None]
        people = sum((Counter(line.people) for line in self.lines), Counter[str]())
        span = Span(self.lines[0].span.start, self.lines[-1].span.end)
        groups = tuple(group for line in self.lines for group in line.groups)
        return Line(span, sum(boats) if boats else None, people, groups)

    @property
    def kind(self) -> str:
        """Whether the source lists incidents with their survivors, or all who set out."""
        return "incidents" if _SURVIVED in self.outcomes else "voyages"

    def phrase(self, key: str, **values: object) -> str:
        """A phrase of this exhibit, by the end of its key."""
        return self.translate(f"{_ID}.{key}", **values)

    def label(self, outcome: str) -> str:
        """What became of people, in words."""
        return SEA_OUTCOME.label_of(outcome, self.lang)


@exhibit(_ID, facts=("voyages", "boats"), options=(_EACH, _WATERS, _SOURCE), published=True)
def sea(question: Question) -> Exhibit:
    """Boats, and people by what became of them, a line for each year or month of one source.

    Corridors are those of partners' reports: which one is open beside it changes nothing here.
    """
    question = replace(question, filters=question.filters.with_codes("corridor", ()))
    release, base = question.release, _base_frame(question)
    if not release.has(VOYAGES):
        # A published release may have other facts alone.
        reason = "none_of_boats" if release.is_published_source else "none"
        return empty_exhibit(base, EmptyState(question.translate(f"{_ID}.{reason}")))
    if unkept(question, VOYAGES):
        return empty_exhibit(base, not_recorded(question, VOYAGES))
    whole = replace(question, period=question.period.clipped(release.span) or question.period)
    ledger = _ledger(whole)
    if not ledger.lines or not ledger.sum.whole:
        return empty_exhibit(base, _nobody_counted(question))
    return make_exhibit(
        _frame(ledger),
        title=_title(ledger),
        plot=_plot(ledger),
        table=Table.of(_cells(line, ledger) for line in ledger.lines),
        description=_description(ledger),
    )


def _ledger(question: Question) -> Ledger:
    """The ledger of the source that is asked for, else of the one that counts most people.

    It has no lines outside the months that the source covers, since none counted is not nobody.
    """
    release, each = question.release, question.options["each"]
    sources, chosen = _sources(release), question.options["source"]
    source = next((source for source in sources if _source_code(source) == chosen), sources[0])
    people = _sea_events(release, source, VOYAGES, "sea_outcome", *_WAY)
    boats = _sea_events(release, source, BOATS)
    months = sorted(month for month, *_ in (*people, *boats))
    codes = {outcome for _, _, (outcome, *_), _ in people}
    outcomes = tuple(code for code in SEA_OUTCOME.values if code in codes)
    is_bay = question.options["waters"] == "bay"
    sizes = Counter[tuple[Month, str]]()
    groups: dict[Month, dict[tuple[str, ...], Counter[str]]] = {}
    for month, water, (outcome, *way), size in (*people, *boats):
        if not is_bay or water in PACK.waters:
            sizes[month, outcome] += size
            if outcome != _BOATS:
                outcome_sizes = groups.setdefault(month, {}).setdefault((water, *way), Counter())
                outcome_sizes[outcome] += size
    covered = question.period.clipped(Span(months[0], months[-1]))
    lines = (
        Line(
            span,
            sum(sizes[month, _BOATS] for month in span) if boats else None,
            {code: sum(sizes[month, code] for month in span) for code in outcomes},
            tuple(
                (outcome_sizes[_DEAD], outcome_sizes.total())
                for month in span
                for outcome_sizes in groups.get(month, {}).values()
            ),
        )
        for span in (_spans(covered, each) if covered else ())
    )
    return Ledger(question, source, outcomes, tuple(lines))


def _sea_events(
    release: Release, source: str, fact: Fact, *columns: str
) -> list[tuple[Month, str, tuple[str, ...], int]]:
    """Rows of one source: month, waters, codes of the columns, number.

    Codes are the outcome and the way, of people; of boats, without columns, they are ``_BOATS``.
    """
    by = ("source", "month", "sea_area", *columns)
    rows = queries.counts(release, fact, Filters(), release.span, by)
    return [
        (Month.of(month), water, tuple(map(str, codes)) or (_BOATS,), size)
        for row_source, month, water, *codes, size in rows
        if (row_source or "") == source
    ]


def _nobody_counted(question: Question) -> EmptyState:
    """That the source counts nobody in the period, and a view of all its months if any has some."""
    ledger = _ledger(replace(question, period=question.release.span))
    total, span = ledger.sum.whole, ledger.sum.span
    unit, period = VOYAGES.unit_in(question.lang), question.period_in_words
    why = "no_data" if is_without_data(question) else "empty"
    reason = question.translate(f"shared.offer.{why}", unit=unit, period=period)
    if not total:
        return EmptyState(reason)
    where = question.translate("shared.offer.in_period", period=question.dated(span))
    action = question.translate("shared.offer.wider", where=where, number=ledger.number(total))
    return EmptyState(reason, action, query_of(question, replace(question.filters, period=span)))


def _spans(period: Span, each: str) -> Iterator[Span]:
    """Calendar years of a period, cut at its ends, or its months, where each line is a "month"."""
    if each == "month":
        yield from (Span(month, month) for month in period)
        return
    for year in range(period.start.year, period.end.year + 1):
        yield Span(max(period.start, Month(year, 1)), min(period.end, Month(year, 12)))


def _base_frame(question: Question) -> Frame:
    """The frame where nothing is drawn: what stands around the figure of any source."""
    return Frame(
        subtitle=question.translate(f"{_ID}.subtitle_bare"),
        unit=VOYAGES.unit_in(question.lang),
        notes=(question.translate(f"{_ID}.note_by_itself"),),
        source=source_of(question.release, question.lang),
        release=stamp(question.release, question.filters),
    )


def _frame(ledger: Ledger) -> Frame:
    """The frame of one source's ledger, with the rate of those dead or missing as its note."""
    question, options, base = ledger.question, ledger.question.options, _base_frame(ledger.question)
    protection = protection_note(question.release, (VOYAGES,), question.lang)
    notes = (
        ledger.phrase("note_incidents") if ledger.kind == "incidents" else "",
        ledger.phrase("note_interval"),
        *base.notes,
        ledger.phrase("note_drawn", n=_DRAWN) if len(ledger.lines) > _DRAWN else "",
        protection,
    )
    # How many of a hundred are dead or missing, with both ends.
    value, low, high = (digits(f"{rate:.1f}", ledger.lang) for rate in ledger.sum.per_hundred)
    return replace(
        base,
        subtitle=ledger.phrase(
            "subtitle",
            what=ledger.phrase(f"what_{ledger.kind}"),
            each=ledger.phrase(f"each_{options['each']}"),
            waters=ledger.phrase(f"waters_{options['waters']}"),
            period=question.dated(ledger.sum.span),
        ),
        notes=tuple(filter(None, notes)),
        source=question.translate("shared.source", source=ledger.source)
        if ledger.source
        else base.source,
        release=stamp(question.release, question.filters, protection),
        note=ledger.phrase(f"rate_{ledger.kind}", value=value, low=low, high=high),
        options={**options, "source": _source_code(ledger.source)},
    )


def _title(ledger: Ledger) -> str:
    """How many are dead or missing of how many who set out."""
    dead, people = ledger.sum.dead, ledger.number(ledger.sum.whole)
    key = f"title_{ledger.kind}{'' if dead else '_none'}"
    return ledger.phrase(key, dead=ledger.number(dead), people=people)


def _plot(ledger: Ledger) -> Plot:
    """Outcomes stacked by year or month, with all who set out as the total of each stack."""
    lines, style = ledger.lines[-_DRAWN:], number_format(ledger.question, VOYAGES)
    return Plot(
        "stacked",
        tuple(line.name(ledger.lang) for line in lines),
        tuple(
            Series(
                ledger.label(code), style.numbers(line.people[code] for line in lines), *_LOOK[code]
            )
            for code in ledger.outcomes
        ),
        totals=tuple(style.number(line.whole) for line in lines),
    )


def _cells(line: Line, ledger: Ledger) -> Iterator[tuple[Column, Cell]]:
    """The columns of a line with its cells: boats, who set out, what became of them, the rate."""
    lang, people, boats = ledger.lang, VOYAGES.unit_in(ledger.lang), BOATS.unit_in(ledger.lang)
    each, span = ledger.question.options["each"], line.span
    months = str(span.start if span.months == 1 else span)
    yield Column("when", ledger.phrase(each)), line.name(lang)
    yield Column(each, ledger.phrase("months"), in_files=True), months
    if line.boats is not None:
        yield Column("boats", boats.capitalize(), boats), line.boats
    yield Column("set_out", ledger.phrase(f"whole_{ledger.kind}"), people), line.whole
    for code in ledger.outcomes:
        yield Column(code, ledger.label(code), people), line.people[code]
    rates = [round(rate, 1) for rate in line.per_hundred] or (None, None, None)
    for end, rate in zip(("", "_low", "_high"), rates, strict=True):
        name = f"per_hundred{end}"
        yield Column(name, ledger.phrase(name), ledger.phrase("unit_rate")), rate


def _description(ledger: Ledger) -> str:
    """The last lines in words, in order of time, for who does not see the figure."""
    lines = "; ".join(_line_in_words(line, ledger) for line in ledger.lines[-_DESCRIBED:])
    return ledger.phrase("description", period=ledger.dated(ledger.sum.span), lines=lines)


def _line_in_words(line: Line, ledger: Ledger) -> str:
    """A year or month, who set out, and how many had each outcome."""
    parts = ", ".join(
        ledger.phrase("part", outcome=ledger.label(code), number=ledger.number(line.people[code]))
        for code in ledger.outcomes
    )
    when, people = line.name(ledger.lang), ledger.number(line.whole)
    return ledger.phrase("line", when=when, people=people, parts=parts)
