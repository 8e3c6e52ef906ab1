"""Time: all months of the release under the filters, as the strip that a period is chosen on.

It counts what the map counts, whatever period is chosen. How the strip is pressed, dragged and
played stands in ``components/brush.py`` and ``assets/js/brush.js``. Id: hotspots.time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from dashboard import queries
from dashboard.exhibits.charts import tables
from dashboard.exhibits.counts import coverage, windows
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.hotspots import wording
from dashboard.exhibits.parts import event_notes, in_time, lateness
from dashboard.exhibits.parts.empty_state import empty_exhibit, not_recorded_exhibit, nothing
from dashboard.exhibits.parts.frame import frame, make_exhibit
from dashboard.exhibits.parts.in_time import Trend
from dashboard.exhibits.parts.ladder import ChosenDetail, Ladder, choose_detail
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.plot import Number
from dashboard.model.facts import PEOPLE
from dashboard.model.periods import Month, Span
from dashboard.words import dates
from dashboard.words.catalogue import begin

_ID = "hotspots.time"
#: The strip keeps its months, whatever steps a sentence speaks of.
_DRAWN = Ladder.of("steps", month=())


@dataclass(frozen=True, kw_only=True)
class _Strip(Trend):
    """Events by month of the release, and which of these months are marked on the strip.

    Attributes:
        chosen: The months that are chosen, as far as the release has them.
        compared: The months that these are compared with.
        provisional: The last months, whose numbers may still rise.
        fewer: Months in which fewer partners reported than in others.
    """

    chosen: Span | None
    compared: Span | None
    provisional: Span | None
    fewer: frozenset[Month]


@exhibit(
    _ID,
    facts=("incidents", "people"),
    options=(wording.MEASURE, wording.PLAY),
    along=lambda _, span: span,
    compares=True,
)
def hotspots_time(question: Question) -> Exhibit:
    """Events by month over the whole release, with the months that are chosen and compared."""
    fact = wording.counted_fact(question, drawn_span=question.release.span)
    if fact is None:
        return not_recorded_exhibit(question, PEOPLE)
    release, span, options = question.release, question.release.span, {"measure": fact.id}
    whole = replace(wording.with_roles(question), period=span)
    strip = _Strip(
        **vars(in_time.monthly(whole, fact)),
        chosen=question.period.clipped(span),
        compared=question.compared_span,
        provisional=lateness.provisional(release, span),
        fewer=frozenset(coverage.fewer(release, span)),
    )
    if not strip.total:
        empty = frame(whole, fact, options=options)
        return empty_exhibit(empty, nothing(question, fact, as_counted=queries.shown_roles))
    step = ChosenDetail(_DRAWN, _DRAWN.levels[0], strip, strip.breakdown, is_chosen=False)
    detail, notes = step.detail(whole), _notes(strip)
    return make_exhibit(
        frame(whole, fact, cuts=(strip.breakdown,), notes=notes, detail=detail, options=options),
        title=begin(_title(strip)),
        figure=_figure(question, strip, is_rough=step.is_rough),
        table=_table(strip),
        description=_description(strip),
    )


def _title(strip: _Strip) -> str:
    """The month with most events; a quarter or year where numbers of months are too uncertain."""
    step = choose_detail(strip.question, in_time.ladder(strip), partial(in_time.in_steps, strip))
    return in_time.highest(step.counted)


def _figure(question: Question, strip: _Strip, *, is_rough: bool) -> dict[str, Any]:
    """The strip for ``components/brush.py`` and for who reads it as JSON.

    ``months`` from the first to the last; ``notes`` are dated events, each with its ``month``,
    ``label`` and ``text``; ``plays`` has the periods that are played, by what they are played by.
    """
    release, lang, span = question.release, question.lang, question.release.span
    months = [*map(partial(_month, strip), strip.by_month, strip.expected)]
    before, after = windows.around(wording.played(question), question.period, span)
    kinds = windows.available_kinds(release)
    return {
        "form": "brush",
        "unit": strip.unit,
        "rough": is_rough,
        "largest": max(max(month["high"], month["expected"] or 0) for month in months),
        "months": months,
        "chosen": _period(strip.chosen, lang),
        "compared": _period(strip.compared, lang),
        "notes": [
            {
                "month": str(max(note.month, span.start)),
                "label": f"{question.dated(note.span)}, {event_notes.label(release, note, lang)}:",
                "text": note.text(lang),
            }
            for note in event_notes.notes_in(question, span)
        ],
        "play": wording.played(question),
        "plays": {kind: [*map(str, windows.windows(kind, span))] for kind in kinds[1:]},
        "nearest": {
            kind: str(windows.nearest(kind, question.period, span) or question.period)
            for kind in kinds
        },
        "before": _period(before, lang),
        "after": _period(after, lang),
        "usual": str(release.default_period),
    }


def _month(strip: _Strip, month: Month, expected: Number | None) -> dict[str, Any]:
    """A month of the figure: its names, its numbers, and flags that say how it is marked.

    ``value``, ``low``, ``high`` and ``text`` are its number so far, ``mark`` is that in short where
    more is expected; ``fewer`` says that fewer partners reported than in other months.

    Args:
        strip: The strip.
        month: The month.
        expected: What it will come to once all is reported; None where nothing more is expected.
    """
    (number,) = strip.numbers([strip.by_month[month]])
    text = ", ".join(filter(None, (number.hover, expected.hover if expected else "")))
    return {
        "month": str(month),
        "label": strip.month(month),
        "name": strip.translate(f"dates.month_{month.month:02d}"),
        "tick": strip.translate(f"dates.short_{month.month:02d}"),
        "first_tick": dates.month_at_tick(month.first_day, strip.lang),
        "value": number.value,
        "low": number.low,
        "high": number.high,
        "text": text,
        "expected": expected.value if expected else None,
        "mark": number.text if expected else "",
        "chosen": month in (strip.chosen or ()),
        "compared": month in (strip.compared or ()),
        "provisional": month in (strip.provisional or ()),
        "fewer": month in strip.fewer,
    }


def _period(span: Span | None, lang: str) -> Mapping[str, str] | None:
    """A span as the figure has it: as an address names it, and in words."""
    return {"period": str(span), "label": dates.period(span, lang)} if span else None


def _table(strip: _Strip) -> Table:
    """A row a month: its number, what it will come to, and what must be known of it, if any."""
    expected = [number and number.value for number in strip.expected]
    label, state = strip.translate("trend.nowcast"), strip.translate("trend.state")
    return tables.by_column(
        strip,
        (Column("month", strip.translate("trend.of_1")), map(str, strip.by_month)),
        (tables.number(strip), strip.by_month.values()),
        *([(Column("expected", label, strip.unit), expected)] if any(expected) else []),
        *([(Column("state", state), strip.states)] if any(strip.states) else []),
    )


def _notes(strip: _Strip) -> Sequence[str]:
    """Notes on late reports, on months with fewer partners, and on the operator's events."""
    n = len(strip.fewer)
    notes = lateness.notes(strip.question)
    if strip.fewer:
        first, last = min(strip.fewer), max(strip.fewer)
        # "fewer_some" where other months lie between.
        key = "fewer" if last.minus(first) + 1 == n else "fewer_some"
        period = strip.dated(Span(first, last))
        notes.append(strip.translate(f"{_ID}.{key}", period=period, n=n))
    return [*notes, *event_notes.sentences(strip.question)]


def _description(strip: _Strip) -> str:
    """What the strip shows, for who does not see it."""
    sizes = strip.by_month
    highest, last = max(sizes, key=lambda month: sizes[month]), max(sizes)
    text = strip.translate(
        f"{_ID}.description",
        unit=strip.unit,
        period=strip.question.period_in_words,
        highest=strip.about(sizes[highest]),
        month=strip.month(highest),
        last=strip.about(sizes[last]),
    )
    parts = [text]
    if strip.chosen:
        total = sum(sizes[month] for month in strip.chosen)
        period, number = strip.dated(strip.chosen), strip.about(total)
        parts.append(strip.translate(f"{_ID}.described_chosen", period=period, number=number))
    if strip.provisional:
        since = strip.month(strip.provisional.start)
        parts.append(strip.translate("trend.provisional_since", period=since))
    return " ".join(parts)
