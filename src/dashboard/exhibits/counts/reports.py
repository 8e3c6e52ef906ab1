"""Reports: which months of a release may still rise, and what changing partners could explain.

It follows from a release's editions and partners. What it means for a verdict is decided in
``analysis.judge``, how it is worded in ``parts.lateness``.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.analysis.completeness import Share, completeness, provisional_span
from dashboard.analysis.judge import Reports
from dashboard.model.facts import Fact
from dashboard.model.partner_share import Band
from dashboard.model.periods import Span
from dashboard.release.cached import latest
from dashboard.release.open_release import Release

#: The largest share of the compared numbers that partners of a band may have reported.
AT_MOST: Mapping[Band, float] = {"none": 0.0, "under_third": 1 / 3, "more": 1.0, "untold": 1.0}
#: Months before the provisional ones that count as unsettled too, where no edition shows more.
_BESIDE = 1


@latest(20)
def shares_by_age(release: Release, fact: Fact) -> Mapping[int, Share]:
    """How complete a month is by its age at the end of a release; empty where that is not known.

    Months of published sources are final.
    """
    start = release.span.start
    editions = {
        edition.minus(start): {month.minus(start): float(size) for month, size in sizes.items()}
        for edition, sizes in release.edition_series(fact.id).items()
    }
    return completeness(editions, release.span.months - 1)


def reports_of(release: Release, fact: Fact, window: Span, *, is_whole: bool) -> Reports:
    """What is known of how the months of a window were reported.

    Args:
        release: The open release.
        fact: What is counted, by month.
        window: The months; they lie in the release.
        is_whole: Whether all of the country is counted: how much of a part was reported by partners
            who stopped or began is not known.
    """
    start, last_month = release.span.start, release.span.months - 1
    late = provisional_span(release.span, final=release.edition.kind == "published")
    settled = late.start.minus(start) - 1 - _BESIDE if late else last_month
    bands_by_month = release.partner_share(fact.id)
    bands = [bands_by_month[month] for month in window if month in bands_by_month]
    lost_bands, gained_bands = zip(*bands, strict=True) if bands else ((), ())
    lost = max((AT_MOST[band] for band in lost_bands), default=0.0)
    gained = max((AT_MOST[band] for band in gained_bands), default=0.0)
    if not is_whole:
        lost, gained = float(lost > 0), float(gained > 0)
    return Reports(last_month, shares_by_age(release, fact), settled, lost, gained)
