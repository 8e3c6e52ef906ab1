"""Overview: what happened, to whom and where."""

from dashboard.pages.arrange import register
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
register(__name__, PAGE, order=1)
