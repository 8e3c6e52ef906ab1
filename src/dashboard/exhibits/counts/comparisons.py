"""Comparisons: all rows of a level with the verdicts of the judge of change, alike on every page.

A verdict depends on the row, on what is counted, on the filters and on the month in which the
period ends; not on the rows that a page shows. So a row's own filter does not count for it, and
windows are fixed by level. How verdicts are worded stands in ``parts.against_usual``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dashboard import queries
from dashboard.analysis.dispersion import TOLD_AS_SEASON, Floats, by_lag, season, seasonal
from dashboard.analysis.expected_error import APART
from dashboard.analysis.judge import BY_CHANCE, Comparison, Spreads, Window, judge
from dashboard.exhibits.counts import splits
from dashboard.exhibits.counts.area_counts import CAMPS, LEVELS, column_of_level
from dashboard.exhibits.counts.expected_error import columns_used, error_of
from dashboard.exhibits.counts.reports import reports_of
from dashboard.exhibits.parts.breakdowns import is_exact_total
from dashboard.exhibits.question import Question
from dashboard.filters import Filters, inapplicable
from dashboard.model.codes import MIXED
from dashboard.model.counted_by import By, column_of
from dashboard.model.country import FIRST, REGION, SECOND, SITE
from dashboard.model.facts import INCIDENTS, JOURNEYS, LEGS, PEOPLE, Fact
from dashboard.model.pairs import unfitted
from dashboard.model.periods import Span
from dashboard.model.protection import RECORDS
from dashboard.release.cached import latest
from dashboard.release.open_release import Release

#: Windows of areas, whatever the period.
_QUARTER, _HALF_YEAR, _YEAR = 3, 6, 12
#: Levels whose areas are judged over half a year, since each holds few events. For camps that finds
#: what a quarter finds, a little later, and slow growth much more often (docs/judge-report.md).
SLOW = (FIRST, SECOND, SITE)
#: Facts that are kept by quarter take the verdict of people, who are kept by month.
_JUDGED_AS = {JOURNEYS: PEOPLE, LEGS: PEOPLE}
#: Codes of what is not known, which is not judged.
_UNKNOWN = (None, "", "unknown")
#: How many must be usual of a row before chance alone may have it watched now and then.
_ENOUGH = 3
#: Bases that a shown 0 is judged as where it may be a base and a half: under filters, and in camp
#: regions, to which units are not fitted. More would lose words that the true numbers get (false
#: "fewer" from 0 under filters on three invented registers went 6 to 1, of nine that the true
#: numbers get too none was lost; of regions on four registers 2 to 0, and none was lost).
_NOUGHT = 0.25


@dataclass(frozen=True)
class Comparisons:
    """The rows of a level, compared with what is usual.

    Attributes:
        fact: The fact that was judged, kept by month: people in place of journeys.
        window: The months that were judged.
        rows: Comparison of each row that had any event until the end of the window, by its code.
    """

    fact: Fact
    window: Span
    rows: Mapping[str, Comparison]

    def called(self, direction: int) -> list[str]:
        """Rows that are more or new (1), or fewer (-1), the clearest first."""
        codes = [code for code, row in self.rows.items() if row.direction == direction]
        return sorted(codes, key=lambda code: (-abs(self.rows[code].score), code))

    @property
    def watched(self) -> list[str]:
        """Rows that would be called more, were they the only ones, the clearest first."""
        codes = [code for code, row in self.rows.items() if row.watched]
        return sorted(codes, key=lambda code: (-self.rows[code].score, code))

    @property
    def off_usual(self) -> list[str]:
        """Rows that are more, then fewer, then those that are watched."""
        return [*self.called(1), *self.called(-1), *self.watched]

    @property
    def watched_by_chance(self) -> float:
        """How many rows are expected to be watched by chance alone."""
        judged = (row for row in self.rows.values() if row.word != "unsaid")
        return BY_CHANCE * sum(row.usual >= _ENOUGH for row in judged)


def with_history(comparison: Comparison | None) -> Comparison | None:
    """A comparison, where it is known what is usual; else None."""
    return comparison if comparison and comparison.has_usual else None


def known_comparison(comparisons: Comparisons | None, code: str) -> Comparison | None:
    """The comparison of a row, where it is known what is usual of it; else None."""
    return with_history(comparisons.rows.get(code) if comparisons else None)


def window_of(release: Release, period: Span, level: str = "") -> Span | None:
    """The months that are judged for a period; None outside the release.

    Args:
        release: The open release.
        period: The period.
        level: Level of areas; '' for all other rows, whose window is the period.
    """
    span = period.clipped(release.span)
    if span is None:
        return None
    if not level:
        return span
    return Span.last(_HALF_YEAR if level in SLOW else _QUARTER, until=span.end)


def compare_areas(question: Question, fact: Fact, level: str) -> Comparisons | None:
    """The areas of a level against usual, without checkpoints unless these are chosen.

    None where the reader wants no comparison, and where ``compare_rows`` has none.
    """
    return compare_codes(question, fact, None, level=level)


def compare_codes(
    question: Question, fact: Fact, by: By | None, *, level: str = "", keeps_own: bool = False
) -> Comparisons | None:
    """The codes of a column of a fact, or groups of them, against usual in the question's period.

    Args:
        question: What the reader looks at.
        fact: What is counted.
        by: The column or groups; None for all events as one row.
        level: Level of areas; '' for all other rows.
        keeps_own: As in ``compare_rows``, whether filters by the codes of the rows stay.

    Returns:
        What ``compare_rows`` answers; None also where the reader wants no comparison.
    """
    release, filters = question.release, question.filters
    window = window_of(release, question.period, level) if question.is_compared else None
    return compare_rows(release, fact, filters, window, by=by, level=level, keeps_own=keeps_own)


def compare_total(question: Question, fact: Fact) -> Comparison | None:
    """All events in the filters against usual; None where no comparison is wanted or possible.

    Filters that choose one row of a list get that row as the list judges it, so that a headline
    says what the list says. The number is what the filters leave, checkpoints included, which lists
    of areas have not; where it does not bear the row's word, it is judged by itself.
    """
    if not question.is_compared:
        return None
    release, filters = question.release, question.filters
    code, by_or_level = _only_row(release, fact, filters)
    window = window_of(release, question.period)
    comparisons = compare_rows(release, fact, filters, window, **by_or_level)
    if comparisons is None or (found := comparisons.rows.get(code)) is None:
        return None
    total = queries.total(release, comparisons.fact, filters, comparisons.window)
    if found.bears(total):
        return replace(found, now=total, expected=found.expected + total - found.now)
    comparisons = compare_rows(release, fact, filters, window)
    return comparisons.rows[""] if comparisons else None


def _only_row(release: Release, fact: Fact, filters: Filters) -> tuple[str, dict[str, Any]]:
    """The one code that filters choose, with ``by`` or ``level`` of its list; else '' and none."""
    match filters.chosen:
        case (("corridor" | "mode" as name, (code,)),) if name in fact and code not in _UNKNOWN:
            return code, {"by": name}
        case (("area", (code,)),) if "place" in fact and code in release.places:
            level = release.places[code].level
            if level in (*LEVELS, *CAMPS) and release.edition.offers_level(level):
                return code, {"level": level}
        case (("class", (MIXED.code,)),) if fact == INCIDENTS:
            pass  # it also takes mixed classes of one group, which the row of that group holds
        case (("class", (code,)),) if code in splits.PARTS and "class_group" in fact:
            return code, {"by": splits.by_part()}
        case (("class", (code,)),) if "class_group" in fact:
            if code in (fact["class_group"].codes or ()):
                return code, {"by": "class_group"}
        case _:
            pass
    return "", {}


def compare_rows(
    release: Release,
    fact: Fact,
    filters: Filters,
    window: Span | None,
    *,
    by: By | None = None,
    level: str = "",
    keeps_own: bool = False,
) -> Comparisons | None:
    """The rows of a level in a window, against usual.

    Args:
        release: The open release.
        fact: What is counted.
        filters: What the reader chose; filters by the rows' own codes do not count.
        window: The months; they may begin before the release, so that nothing can be said.
        by: Column of the rows, or groups of its codes; None for all together.
        level: Level of areas, in place of a column.
        keeps_own: Whether filters by the rows' own codes do count, as where a part of each row is
            chosen.

    Returns:
        None where there is no window, or where the fact cannot be judged: it is not kept by month,
        or some filter does not apply to it.
    """
    judged_fact = _JUDGED_AS.get(fact, fact)
    if window is None or judged_fact.grain != "month":
        return None
    if level:
        if "place" not in judged_fact or not release.edition.offers_level(level):
            return None
        by, filters = column_of_level(level), queries.shown_roles(filters.with_codes("area", ()))
    elif by is not None:
        if column_of(by) not in judged_fact:
            return None
        filters = filters if keeps_own else _without_own(judged_fact, filters, column_of(by))
    if inapplicable(judged_fact, filters):
        return None
    # Exhibits of a page ask for the same, whatever their period and language.
    bare = Filters(chosen=filters.chosen)
    return _compare_rows(release, judged_fact, bare, window, by, level)


@dataclass(frozen=True)
class Season:
    """The season of what a reader looks at.

    Attributes:
        months: Its first and last month of the year, 1 to 12; none where there is no season.
        percent: How many of a hundred events lie in it.
    """

    months: tuple[int, ...] = ()
    percent: int = 0


def season_of(question: Question, fact: Fact) -> Season | None:
    """The season of all events in the filters over the whole release; None in less than two years.

    There is one where quarters of the year differ by more than chance, protection and differences
    between years would make them one time in a hundred. It is a stretch of months.
    """
    release, judged_fact = question.release, _JUDGED_AS.get(fact, fact)
    span, filters = release.span, question.filters
    if span.months < 2 * _YEAR or inapplicable(judged_fact, filters):
        return None
    _, rows, total = _by_month(release, judged_fact, filters, span, by=None, level="")
    spreads = Spreads.of_base(release.base(judged_fact.id))
    apart = float(by_lag(total, _YEAR, spreads.cell))
    if seasonal(rows, apart, spreads.stretch)[0] <= TOLD_AS_SEASON:
        return Season()
    # The last whole years, each from the calendar month with which they begin.
    whole = total[-(span.months // _YEAR * _YEAR) :].reshape(-1, _YEAR).sum(axis=0)
    by_month = np.roll(whole, span.end.month)
    first, length = season(by_month)
    months = [(first - 1 + n) % _YEAR for n in range(length)]
    percent = round(100 * by_month[months].sum() / by_month.sum())
    return Season((months[0] + 1, months[-1] + 1), percent)


def _without_own(fact: Fact, filters: Filters, column: str) -> Filters:
    """Filters without those by the codes of a column."""
    # The filter of classes is also one of their groups.
    for name in filters.active:
        if column in fact.filters.get(name, ()) or (name, column) == ("class", "class_group"):
            filters = filters.with_codes(name, ())
    return filters


@latest(300)
def _compare_rows(
    release: Release, fact: Fact, filters: Filters, window: Span, by: By | None, level: str
) -> Comparisons:
    """What ``compare_rows`` answers, once for all that ask the same; the fact is kept by month."""
    codes, rows, total = _by_month(release, fact, filters, window, by, level)
    is_whole = by is None
    spreads = _spreads(release, fact, filters, window, by, level)
    if is_whole and is_exact_total(release, fact, filters, Span(release.span.start, window.end)):
        spreads = Spreads.of_base(RECORDS)
    is_national = is_whole and not filters.active
    incidents = None
    if fact == PEOPLE and not is_national and release.has(INCIDENTS):
        # The filters that do not count are left out already.
        incidents = compare_rows(
            release, INCIDENTS, filters, window, by=by, level=level, keeps_own=True
        )
    comparisons = judge(
        rows,
        total,
        Window(window.end.minus(release.span.start), window.months, not window.ends_quarter),
        reports_of(release, fact, window, is_whole=is_national),
        spreads,
        is_whole=is_whole,
        is_part=is_whole and not is_national,
        are_corridors=by == "corridor",
        incidents=incidents and [incidents.rows.get(c, Comparison("unclear")) for c in codes],
    )
    return Comparisons(fact, window, dict(zip(codes, comparisons, strict=True)))


def _spreads(
    release: Release, fact: Fact, filters: Filters, window: Span, by: By | None, level: str
) -> Spreads:
    """Protection's error to judge changes with, larger where filters raise it.

    The judge knows the errors of numbers without filters alone; so the base from which they follow,
    the smallest size of a unit, grows by as much as filters make the error larger. Where units are
    not fitted to rows and filters together they fall by chance: a number may then be none though
    fifteen were reported, so each has at least the error that echoes show for its size. That they
    drift towards independence besides is left out, since they do so at all times.
    Areas, which have a ``level``, are listed without checkpoints even where nothing is filtered.
    """
    base, without = release.base(fact.id), queries.shown_roles(Filters()) if level else Filters()
    columns = () if by is None else (by,)
    filtered, unfiltered = (
        error_of(release, fact, each, window, columns) for each in (filters, without)
    )
    if 0 < unfiltered.typical < filtered.typical:
        base = round(base * filtered.typical / unfiltered.typical)
    spreads = Spreads.of_base(base)
    if filters != without or level == REGION:
        spreads = replace(spreads, nought=_NOUGHT * release.base(fact.id))
    if not unfitted(fact, columns_used(fact, filters, columns)):
        return spreads
    drifting, _ = APART
    return replace(spreads, of_size=lambda number: filtered.in_time(number).spread / drifting)


def _by_month(
    release: Release, fact: Fact, filters: Filters, window: Span, by: By | None, level: str
) -> tuple[list[str], Floats, Floats]:
    """Events of each row by month, from the start of the release to the end of a window.

    Returns:
        Codes of the rows; their events, shape (rows, months); all events, shape (months,), those
        without a known code too.
    """
    span = Span(release.span.start, window.end)
    index = {start: n for n, start in enumerate(queries.period_starts(fact, span))}
    total, rows = np.zeros(len(index)), dict[str, Floats]()
    if by is None:
        rows[""] = total
    columns = () if by is None else (by,)
    # Codes below the levels with boundaries are those of any place.
    is_mixed, places = level not in ("", *LEVELS), release.places.items()
    areas = {code for code, place in places if place.level == level} if is_mixed else ()
    for start, *codes, size in queries.series(release, fact, filters, span, columns):
        total[index[start]] += size
        code = codes[0] if codes else None
        if code not in _UNKNOWN and (not is_mixed or code in areas):
            rows.setdefault(code, np.zeros(len(index)))[index[start]] += size
    array = np.array(list(rows.values())) if rows else np.zeros((0, len(index)))
    return list(rows), array, total
