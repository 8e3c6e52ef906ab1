"""Overview: what happened, to whom, where, and the working group's monthly sheet."""

from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/",
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
        Section(
            (
                Slot("sheet.people", "chart", 4),
                Slot("sheet.age-sex", "chart", 4),
                Slot("sheet.months", "chart", 4),
                Slot("sheet.types", "chart", 4),
                Slot("sheet.transport-destination", "chart", 4),
                Slot("sheet.rescuing-authority", "chart", 4),
                Slot("sheet.promises", "chart", 6),
                Slot("sheet.recruitment-place", "chart", 6),
            ),
            name="sheet",
        ),
    ),
)
