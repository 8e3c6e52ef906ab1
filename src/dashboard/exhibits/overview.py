"""Overview: what people were exploited for.

Id: overview.exploitation. The numbers at a glance stand in ``indicators``, what
moved in ``trend`` and ``changes``, the map in ``hotspots``.
"""

from __future__ import annotations

from dashboard.exhibits import breakdown
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import Option, View, exhibit
from dashboard.figures import theme
from dashboard.model.facts import PEOPLE


@exhibit("overview.exploitation", facts=("people",), options=(Option("by", ("form", "stage")),))
def exploitation(view: View) -> Exhibit:
    """People by form of exploitation, or by how far it had gone; two forms count under both."""
    column, phrases = {
        "form": ("exploitation", "overview.exploitation"),
        "stage": ("exploitation_stage", "overview.stage"),
    }[view.options["by"]]
    return breakdown.bars_by_code(
        view, "overview.exploitation", PEOPLE, column, phrases=phrases, colour=theme.PURPLE
    )
