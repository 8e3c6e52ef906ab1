"""Brief: what a meeting must know of the last closed month, on one screen. The first page."""

from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/",
    name="brief",
    icon="brief",
    key="b",
    heading="shown",
    sections=(
        Section(
            (
                Slot("overview.indicators", "tiles"),
                Slot("overview.changes", "changes", 5),
                Slot("quality.coverage", "chart", 7),
            )
        ),
    ),
    links=("sheet", "overview"),
)
