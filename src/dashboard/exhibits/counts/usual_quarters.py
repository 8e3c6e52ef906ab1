"""Quarters of an area: how much each held, and what would have been usual in it.

Each quarter is judged with nothing that came later, as in ``signals``, but under the filters of a
reader. Words and drawing stand with the exhibit.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, sqrt

from dashboard import queries
from dashboard.analysis.more_than_usual import Judgement, Setting, Verdict
from dashboard.analysis.own_past import Window
from dashboard.exhibits.counts.area_months import Level, events_by_month, told_of
from dashboard.exhibits.counts.usual_areas import QUARTER, is_too_few, refused
from dashboard.exhibits.counts.windows import windows
from dashboard.filters import Filters
from dashboard.model.facts import Fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release

#: Quarters that are looked at, at most: three years.
QUARTERS = 12
#: Nine numbers in ten lie within so many standard deviations.
_NINE_IN_TEN = 1.645


@dataclass(frozen=True)
class Usual:
    """What would have been usual in a quarter.

    Attributes:
        low: Least number that would have been, nine times in ten between both.
        high: Most of them.
        verdict: Whether the quarter had more or fewer, or "none".
    """

    low: int
    high: int
    verdict: Verdict


def usual_quarters(
    release: Release, fact: Fact, filters: Filters, level: Level, code: str
) -> dict[Span, Usual | None]:
    """What would have been usual in each of the last quarters of an area, None where nobody knows.

    Args:
        release: The open release.
        fact: What is counted, by month.
        filters: What the reader chose; a chosen area does not count.
        level: Level of the area.
        code: The area.
    """
    spans = windows("quarter", release.span)[-QUARTERS:]
    if not spans or refused(release, fact, level, spans[-1]):
        return dict.fromkeys(spans)
    asked = queries.shown_roles(filters.with_codes("area", ()))
    table = events_by_month(release, fact, asked, level, release.span)
    if code not in table.codes:
        return dict.fromkeys(spans)
    at = table.codes.index(code)
    found: dict[Span, Usual | None] = dict.fromkeys(spans)
    by_window = {
        Window.of(span.start.minus(release.span.start), QUARTER): span for span in reversed(spans)
    }
    for judged in told_of(release, fact, asked, level, table, *by_window):
        own = judged.judgements.get(at)
        if own and not is_too_few(release, fact, level, table, judged.window):
            found[by_window[judged.window]] = _usual(judged.setting, own)
    return found


def _usual(setting: Setting, own: Judgement) -> Usual:
    """Nine in ten of the numbers that chance and protection make of what was to be expected."""
    ratio = setting.total_now / max(setting.total_before, 1)
    by_rate = (setting.dispersion * own.expected) ** 2
    chance = own.expected * (1 + ratio) * setting.together + by_rate
    spread = sqrt(chance + setting.spread_now**2 + (ratio * setting.spread_before) ** 2)
    low, high = (own.expected + side * _NINE_IN_TEN * spread for side in (-1, 1))
    return Usual(max(floor(low), 0), ceil(high), own.verdict)
