"""Overview: what happened, to whom and where."""

import dash

from dashboard.pages.arrange import registration
from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/overview",
    name="overview",
    icon="overview",
    key="o",
    heading="finding",
    sections=(
        Section(
            (
                Slot("overview.indicators", "tiles"),
                Slot("overview.trend", "chart", 8),
                Slot("overview.changes", "changes", 4),
                Slot("overview.exploitation", "chart", 4),
                Slot("overview.people", "chart", 4),
                Slot("overview.map", "map", 4),
            )
        ),
    ),
    links=("sheet",),
)
dash.register_page(__name__, order=1, **registration(PAGE))
