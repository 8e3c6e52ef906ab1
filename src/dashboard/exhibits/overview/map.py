"""The small map of the overview: that of the hotspots page at its usual level.

Id: overview.map.
"""

from __future__ import annotations

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.hotspots.areas import number_map
from dashboard.exhibits.hotspots.said import VIEW
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit


@exhibit("overview.map", facts=("incidents", "people"), options=(VIEW,), geometry="areas")
def overview_map(question: Question) -> Exhibit:
    """Incidents by area, for the first page; people where incidents are not kept by a filter."""
    return number_map("overview.map", question)
