"""The judge of change: the one place that says "more", "fewer", "new" or "about the same".

A row of a level (an area, a corridor, a class, the whole) is compared with its usual number: its
own last three years, or the same months of earlier years where it has a season. Chance counts by
groups, since people come together; protection is an error of both counts; a word that late reports,
or partners who stopped or began, could explain is taken back. All rows of a level are judged
together and once, so that lists, maps and titles agree. Procedure and limits are measured by
``make judge`` (docs/judge-report.md). Rows, months and partners come from
``exhibits.counts.comparisons``; words stand in the catalogues.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from statistics import NormalDist
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from dashboard.analysis.completeness import WHOLE, Share
from dashboard.analysis.dispersion import (
    COMPARED_BY_SEASON,
    Flags,
    Floats,
    about_mean,
    by_lag,
    of_level,
    of_rows,
    seasonal,
)
from dashboard.analysis.ratio import end_of, score_of
from dashboard.model.protection import BASE, NOISE_BASES, is_protected

Word = Literal["new", "more", "fewer", "same", "unclear", "unsaid"]
#: Why a row is "unsaid" or "unclear": less than a year lies before; late reports, or partners who
#: stopped or began, could explain it; its incidents do not support the change of people.
Why = Literal["", "history", "late", "partner", "group"]

#: Months with which a row is compared at most, and at least.
HISTORY, LEAST_HISTORY = 36, 12
#: Two counts are about the same up to this ratio and down to its inverse: 80 to 125 %, the usual
#: limits of equivalence (Schuirmann 1987).
LEVEL = 1.25
#: Share of levels on which chance alone calls any row, the same for a single number, and the normal
#: score from which a row is put on the watch list.
CALLED_BY_CHANCE, _BY_CHANCE_ALONE, _WATCHED = 0.05, 0.02, 1.64
#: Factor on that share for windows of several months that end inside a quarter. Such a window is
#: one more look at the same months, which sequential tests pay for (Armitage and others 1969), and
#: late reports are added when the quarter ends.
_BETWEEN = 0.1
#: Score that incidents of a row must have before their people are called more.
_SUPPORT = 2.4
_NORMAL = 1.96
#: Normal score at which a count is beyond what partners who stopped or began could explain: their
#: share is known of a year, and that of a window lies around it (one in a thousand is beyond).
_BEYOND_PARTNERS = 3.3
#: Months before a window that are left out of the dispersion: they may be part of a change.
_GUARD = 4
#: Months without anything after which events are new.
_NEVER = 24
#: Corridors are compared by season in windows from half a year on, whether they show one or not.
_HALF_YEAR, _YEAR = 6, 12
#: What is added to a count for the lower and the upper end of its rate: between Garwood's ends.
_ENDS = (0.5, 1.0)
#: Fewest events that protection's error is spread over.
_FEWEST = 1.25
#: Counts beyond which no limit is looked for.
_MOST = 2.0**20


#: How likely chance alone puts a row on the watch list.
BY_CHANCE = NormalDist().cdf(-_WATCHED)


@dataclass(frozen=True)
class Window:
    """The months that are judged, as numbers of months of the release.

    Attributes:
        last: The last one.
        months: How many.
        in_quarter: Whether it ends before a quarter does.
    """

    last: int
    months: int
    in_quarter: bool = False

    @property
    def start(self) -> int:
        """The first one."""
        return self.last - self.months + 1

    def called_above(self, chance: float) -> float:
        """Normal score above which a row is called, where chance may call this share of rows.

        A window of several months that ends inside a quarter gets ``_BETWEEN`` of the share.
        """
        is_between = self.in_quarter and self.months > 1
        return NormalDist().inv_cdf(1 - chance * (_BETWEEN if is_between else 1))


@dataclass(frozen=True)
class Reports:
    """How completely the months of a release are reported.

    Attributes:
        last_month: Number of its last month.
        by_age: Share of a month's reports that has arrived, by its age; empty where not known.
        settled: Number of the last month without late reports to come, for an empty ``by_age``.
        lost: Largest share of the usual number that came from partners who stopped; 1 where no
            share may be published.
        gained: Largest share of the window that comes from partners who began.
    """

    last_month: int
    by_age: Mapping[int, Share] = field(default_factory=dict[int, Share])
    settled: int = -1
    lost: float = 0.0
    gained: float = 0.0

    def share(self, month: int) -> Share:
        """How complete a month is."""
        return self.by_age.get(self.last_month - month, WHOLE)

    def is_filling(self, month: int) -> bool:
        """Whether an unknown number of reports of a month is still to come."""
        return not self.by_age and month > self.settled


@dataclass(frozen=True)
class Spreads:
    """Standard deviations of protection's error in counts, by what is counted.

    Attributes:
        total: A month of all rows together.
        cell: A month or a quarter of a row.
        stretch: More months of a row.
        window: The window of a row that has its usual number.
        base: The months with which a row is compared: pairs of the most months and the deviation,
            in order of months.
        whole: The months with which the whole is compared.
        unit: Smallest size of a unit, in events; no deviation.
        of_size: Deviation of a number of a size, where that is larger; None where it never is.
        nought: Events that a shown 0 may stand for; no deviation.
    """

    total: float
    cell: float
    stretch: float
    window: float
    base: Sequence[tuple[int, float]]
    whole: float
    unit: float
    of_size: Callable[[float], float] | None = None
    nought: float = 0.0

    @classmethod
    def of_base(cls, base: int) -> Spreads:
        """Deviations for units of a base, as measured on invented registers; 0 where it is 1."""
        k = base / BASE if is_protected(base) else 0.0
        by_length = ((6, 1.8 * k), (12, 2.5 * k), (24, 3.0 * k), (HISTORY, 3.5 * k))
        return cls(total=2.0 * k, cell=2.2 * k, stretch=2.5 * k, window=1.8 * k, base=by_length,
                   whole=2.5 * k, unit=float(base))  # fmt: skip

    @property
    def are_units(self) -> bool:
        """Whether two units in an empty row are more than chance, as two records may not be."""
        return is_protected(int(self.unit))

    @property
    def least(self) -> float:
        """Fewest events that may be called more."""
        return NOISE_BASES * self.unit

    def in_window(self, usual: Floats) -> Floats:
        """Deviation of each row's window, from its usual number; both of shape (rows,)."""
        return self._at_least(np.full(len(usual), self.window), usual)

    def of_whole(self, events: Floats) -> Floats:
        """Deviation of the whole in the months with which it is compared, as ``of_history``."""
        return self._at_least(np.full(len(events), self.whole), events)

    def of_history(self, events: Floats, months: Floats) -> Floats:
        """Deviation of each row's events in so many months; for few events that of the shortest.

        Args:
            events: Events of each row, shape (rows,).
            months: In how many months these were, shape (rows,).
        """
        spread_of = np.full(len(events), self.base[-1][1])
        for most, spread in reversed(self.base):
            spread_of = np.where(months <= most, spread, spread_of)
        return self._at_least(np.where(events < self.least, self.base[0][1], spread_of), events)

    def _at_least(self, spread: Floats, events: Floats) -> Floats:
        """Deviations of rows, or those of numbers of their size where these are larger."""
        if self.of_size is None:
            return spread
        return np.maximum(spread, [self.of_size(number) for number in events.tolist()])


@dataclass(frozen=True)
class Comparison:
    """The judgement of a row.

    Attributes:
        word: The word for it.
        why: Why it is "unsaid" or "unclear", where that is not chance alone.
        now: Its events of the window, as they are shown.
        expected: Their expected number once all is reported.
        usual: The usual number of so many months, as completely reported as these.
        fewest, most: Counts that are as usual, both included: none is called, nor watched; ``most``
            is None where no count would be.
        noticed_from: The count from which it would be called more; None where none would be, as
            where its incidents do not support more.
        low, high: Range of the ratio of the true number to the usual one, 95 %.
        score: Normal score of so many events, had nothing changed.
        watched: Whether it would be called more, were it the only row.
        by_season: Whether it is compared with the same months of earlier years alone.
    """

    word: Word
    why: Why = ""
    now: float = 0.0
    expected: float = 0.0
    usual: float = 0.0
    fewest: int = 0
    most: int | None = None
    noticed_from: int | None = None
    low: float = 0.0
    high: float = inf
    score: float = 0.0
    watched: bool = False
    by_season: bool = False

    @property
    def has_usual(self) -> bool:
        """Whether it is known what is usual: a year or more lies before the window."""
        return self.why != "history"

    @property
    def direction(self) -> int:
        """1 where it is called more or new, -1 where fewer, else 0."""
        return {"more": 1, "new": 1, "fewer": -1}.get(self.word, 0)

    @property
    def noticed_to(self) -> int | None:
        """The count up to which it would be called fewer; None where none would be."""
        return self.fewest - 1 if self.fewest else None

    def bears(self, number: float) -> bool:
        """Whether another number of the same events would have the word that its own has."""
        return self._limits_passed(number) == self._limits_passed(self.now)

    def _limits_passed(self, number: float) -> int:
        """How many limits lie under a number: of fewer, of as usual, and of more."""
        above = (self.fewest - 1, self.most, self.noticed_from and self.noticed_from - 1)
        return sum(limit is not None and number > limit for limit in above)


def judge(
    rows: Floats,
    total: Floats,
    window: Window,
    reports: Reports,
    spreads: Spreads,
    *,
    is_whole: bool = False,
    is_part: bool = False,
    are_corridors: bool = False,
    incidents: Sequence[Comparison] | None = None,
) -> tuple[Comparison, ...]:
    """Judge all rows of a level together.

    Args:
        rows: Events of each row by month of the release, shape (rows, months).
        total: All events by month, whichever row they stand in, shape (months,).
        window: The months that are judged.
        reports: How the months were reported.
        spreads: Protection's error in these counts.
        is_whole: Whether the only row is the whole, which is judged by itself.
        is_part: Whether this whole is only a part of the country, whose events may be two units.
        are_corridors: Whether the rows are corridors, which have seasons.
        incidents: Judgements of the incidents of the same rows, where people are judged.

    Returns:
        One for each row, in their order.
    """
    if window.start < LEAST_HISTORY:
        now = rows[:, max(window.start, 0) : window.last + 1].sum(axis=1).tolist()
        return tuple(Comparison("unsaid", "history", now=size, expected=size) for size in now)
    scale = _Scale.of(
        rows, total, window, reports, spreads, is_whole=is_whole, are_corridors=are_corridors
    )
    if is_part:
        scale = replace(scale, is_whole=False, least=np.full(len(rows), spreads.least))
    low, high = scale.between()
    fewest, most, called = scale.limits(_WATCHED if not is_whole else scale.cut)
    score, reported = scale.score(scale.now), scale.e1 / window.months
    per_row = zip(
        scale.now.tolist(), scale.usual.tolist(), low.tolist(), high.tolist(), score.tolist(),
        fewest.tolist(), most.tolist(), called.tolist(),
        scale.is_new.tolist(), scale.by_season.tolist(), strict=True,
    )  # fmt: skip
    comparisons: list[Comparison] = []
    for row, of_row in enumerate(per_row):
        now, usual, low, high, score, fewest, most, called, is_new, by_season = of_row
        without_word = Comparison(
            "unclear",
            now=now,
            expected=now / reported,
            usual=usual,
            fewest=int(fewest),
            most=int(most) if called < inf else None,
            noticed_from=int(called) + 1 if called < inf else None,
            low=low,
            high=high,
            score=score,
            by_season=by_season,
        )
        support = incidents[row].score if incidents else inf
        comparisons.append(
            _with_word(without_word, scale, support, is_new=is_new, is_alone=is_whole)
        )
    return tuple(comparisons)


def _with_word(
    judged: Comparison, scale: _Scale, support: float, *, is_new: bool, is_alone: bool
) -> Comparison:
    """The comparison of a row with its word, the reason of that, and whether it is watched.

    Args:
        judged: The comparison with its numbers.
        scale: The scale of its level.
        support: Score of the row's incidents; infinite where these are not judged.
        is_new: Whether it had no events in two years and more.
        is_alone: Whether it is the whole, which is on no watch list.
    """
    reports, spreads = scale.reports, scale.spreads
    is_enough = judged.now >= (0 if scale.is_whole and not is_new else spreads.least)
    word: Word = "unclear"
    why: Why = ""
    if is_enough and (judged.score > scale.cut or (is_new and spreads.are_units)):
        word = "new" if is_new else "more"
        if reports.gained and judged.low <= 1:
            word, why = "unsaid", "partner"
        elif support < _SUPPORT:
            judged, word, why = replace(judged, noticed_from=None), "unclear", "group"
    elif judged.score < -scale.cut:
        word = "fewer"
        if reports.lost and judged.high >= 1:
            word, why = "unsaid", "partner"
        elif reports.is_filling(scale.window.last):
            word, why = "unsaid", "late"
    elif _is_same(judged.low, judged.high):
        word = "same"
    watched = word == "unclear" and is_enough and judged.score > _WATCHED and not is_alone
    return replace(judged, word=word, why=why, watched=watched)


@dataclass(frozen=True)
class _Scale:
    """The scale on which the counts of a window are judged; every array is of shape (rows,).

    Attributes:
        window: The months that are judged.
        reports: How the months were reported.
        spreads: Protection's error in the counts.
        is_whole: Whether the only row is the whole, so that a few are enough for a word.
        now: Events of the window.
        usual: Events that are usual in the window, as far as it is reported.
        base: Events of the months with which the rows are compared.
        is_new: Rows without any event in two years and more before the window.
        is_called_new: New rows that two units are enough to call so; none without protection.
        by_season: Rows that are compared with the same months of earlier years.
        cut: Normal score from which a row is called.
        reach: Normal score of the ends of a range.
        least: Fewest events that are called more or new.
        c1, c0: Dispersion with protection's error: in the window, in the base.
        e1, e0: Months of the window and of the base, times their completeness.
        doubt: Relative variance of that completeness.
    """

    window: Window
    reports: Reports
    spreads: Spreads
    is_whole: bool
    now: Floats
    usual: Floats
    base: Floats
    is_new: Flags
    is_called_new: Flags
    by_season: Flags
    cut: float
    reach: float
    least: Floats
    c1: Floats
    c0: Floats
    e1: float
    e0: Floats
    doubt: Floats

    @classmethod
    def of(
        cls,
        rows: Floats,
        total: Floats,
        window: Window,
        reports: Reports,
        spreads: Spreads,
        *,
        is_whole: bool,
        are_corridors: bool,
    ) -> _Scale:
        """The scale of the rows of a level; what is given is as ``judge`` has it."""
        before, all_before = rows[:, : window.start - _GUARD], total[: window.start - _GUARD]
        common = float(
            max(about_mean(all_before, spreads.total), by_lag(all_before, 1, spreads.total))
        )
        if not is_whole:
            common = of_level(before, spreads.cell, spreads.unit, common)
        # The same for all windows of a release, or a season would come and go from month to month.
        history = rows[..., : reports.last_month + 1 - window.months - _GUARD]
        has_season = seasonal(history, common, spreads.stretch) > COMPARED_BY_SEASON
        dispersion = np.where(
            has_season,
            np.maximum(common, by_lag(before, 12, spreads.cell)),
            of_rows(before, window.months, common, spreads.cell, spreads.stretch),
        )
        by_season = has_season | (are_corridors and window.months >= _HALF_YEAR)
        by_season &= window.months <= _YEAR  # more than a year holds every season
        months = np.arange(window.start, window.last + 1)
        season = np.array([m for y in (12, 24, 36) for m in months - y if m >= 0], dtype=int)
        recent = np.arange(max(0, window.start - HISTORY), window.start)
        # Months as fully reported ones (e) and the variance of that (v): of the window, of the same
        # months of earlier years, and of the last three years.
        (e1, v1), (es, vs), (er, vr) = (
            _reported(reports, some_months) for some_months in (months, season, recent)
        )
        e0, v0 = np.where(by_season, es, er), np.where(by_season, vs, vr)
        length = np.where(by_season, len(season), len(recent))
        of_season, of_all = _events_in(rows, season), _events_in(rows, recent)
        base = np.where(by_season, of_season, of_all)
        usual = base / e0 * e1
        blur = spreads.of_whole(base) if is_whole else spreads.of_history(base, length)
        is_new = (of_all == 0) & (len(recent) >= _NEVER)
        alive = max(int((rows[:, : window.last + 1].sum(axis=1) > 0).sum()), 1)
        cut = window.called_above(_BY_CHANCE_ALONE if is_whole else CALLED_BY_CHANCE / alive)
        return cls(
            window,
            reports,
            spreads,
            is_whole,
            now=_events_in(rows, months),
            usual=usual,
            base=base,
            is_new=is_new,
            is_called_new=is_new & spreads.are_units,
            by_season=by_season,
            cut=cut,
            reach=cut if is_whole else _NORMAL,
            least=np.where(is_new | (not is_whole), spreads.least, 0.0),
            c1=dispersion + spreads.in_window(usual) ** 2 / np.maximum(usual, _FEWEST),
            c0=dispersion + blur**2 / np.maximum(base, _FEWEST),
            e1=e1,
            e0=e0,
            doubt=v1 + v0,
        )

    def score(self, now: Floats) -> Floats:
        """Normal score of so many events in each row, had nothing changed.

        0 where the lower end of the ratio of rates is below 1 and the upper one above it.
        """
        # Effective events of window and base, and the ratio, for its lower and its upper end.
        (k1, k0, low), (n1, n0, high) = (self._rates(now, more) for more in _ENDS)
        above, below = -score_of(1 / low, k1, k0), -score_of(1 / high, n1, n0)
        return np.where(above > 0, above, np.minimum(below, 0))

    def between(self) -> tuple[Floats, Floats]:
        """Ends of each row's true ratio to usual, widened for late reports and changed partners.

        All reports of a partner may lie in one row; of the whole its share is known.
        """
        reports = self.reports
        low, _ = self.ends(_BEYOND_PARTNERS if reports.gained else self.reach)
        _, high = self.ends(_BEYOND_PARTNERS if reports.lost else self.reach)
        if not self.is_whole:
            low = np.where(self.now < self.spreads.least, 0.0, low)
        if reports.gained:
            low = low * (1 - reports.gained) if self.is_whole else np.zeros_like(low)
        is_open = reports.is_filling(self.window.last) or reports.lost >= 1
        if is_open or (reports.lost and not self.is_whole):
            return low, np.full_like(high, inf)
        return low, high / (1 - reports.lost)

    def ends(self, reach: float) -> tuple[Floats, Floats]:
        """Ends of the range of each row's true ratio to usual, at a normal score of so much."""
        (k1, k0, low), (n1, n0, high) = (self._rates(self.now, more) for more in _ENDS)
        return low * end_of(k1, k0, -reach), high * end_of(n1, n0, reach)

    def _rates(self, now: Floats, more: float) -> tuple[Floats, Floats, Floats]:
        """Effective events of window and base, as if they came singly; the ratio of their rates.

        Args:
            now: Events of the window.
            more: Added to them, so that a rate without events is not nought: one of ``_ENDS``, for
                the low or the high end of a range.
        """
        at_least = self.spreads.nought if more == _ENDS[1] else 0.0
        in_window = np.maximum(now, at_least) / self.c1 + more
        in_base = self.base / self.c0 + _ENDS[0]
        ratio = in_window * self.c1 / self.e1 / (in_base * self.c0 / self.e0)
        return 1 / (1 / in_window + self.doubt), in_base, ratio

    def limits(self, watched: float) -> tuple[Floats, Floats, Floats]:
        """Each row's least and largest count as usual, and its largest that is not called more.

        The first is 0 where none is called fewer, the others infinite where none is called more.

        Args:
            watched: Normal score from which a row is on the watch list, or is called.
        """

        def is_not_more(now: Floats) -> Flags:
            return (now < self.least) | ((self.score(now) <= self.cut) & ~self.is_called_new)

        def is_usual(now: Floats) -> Flags:
            low, high = replace(self, now=now).between()
            is_quiet = (self.score(now) <= watched) | _is_same(low, high)
            return is_not_more(now) & ((now < self.least) | is_quiet)

        def is_fewer(now: Floats) -> Flags:
            return self.score(now) < -self.cut

        rows = len(self.now)
        fewest = _last_count(is_fewer, rows) + 1
        return fewest, _last_count(is_usual, rows), _last_count(is_not_more, rows)


def _is_same(low: Any, high: Any) -> Any:
    """Whether a ratio between these ends is about the same."""
    return (low >= 1 / LEVEL) & (high <= LEVEL)


def _events_in(rows: Floats, months: npt.NDArray[np.integer[Any]]) -> Floats:
    """Events of each row in some months."""
    return rows[:, months].sum(axis=1)


def _reported(reports: Reports, months: npt.NDArray[np.integer[Any]]) -> tuple[float, float]:
    """Some months as a number of fully reported ones, and the relative variance of that number."""
    shares = [reports.share(int(month)) for month in months]
    whole = sum(share.value for share in shares)
    return whole, sum(share.variance * share.value**2 for share in shares) / whole**2


def _last_count(holds: Callable[[Floats], Flags], rows: int) -> Floats:
    """Each row's last count from 0 on for which something holds: -1 for none, infinite for all."""
    low, high = np.full(rows, -1.0), np.ones(rows)
    while (still := holds(high)).any() and high.max() < _MOST:
        low, high = np.where(still, high, low), np.where(still, 2 * high, high)
    while (high - low > 1).any():
        middle = np.maximum(np.floor((low + high) / 2), 0)
        still = holds(middle)
        low, high = np.where(still, middle, low), np.where(still, high, middle)
    return np.where(high > _MOST / 2, inf, low)
