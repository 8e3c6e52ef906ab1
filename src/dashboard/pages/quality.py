"""Data and quality: what stands behind the figures and how far they may be trusted."""

from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/quality",
    name="quality",
    icon="quality",
    key="d",
    heading="finding",
    sections=(
        Section(
            (
                Slot("quality.coverage", "chart", 7),
                Slot("quality.completeness", "chart", 5, rows=2),
                Slot("quality.editions", "editions", 7),
                Slot("quality.protection", "text", 5),
                Slot("quality.accuracy", "table", 7),
            )
        ),
    ),
)
