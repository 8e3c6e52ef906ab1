"""Data and quality: who reported and how late, how right the numbers are, and which editions."""

from dashboard.pages.arrange import register
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
                Slot("quality.coverage", "diagram", 7),
                Slot("quality.lateness", "diagram", 5),
            ),
            name="reported",
        ),
        Section(
            (
                Slot("quality.accuracy", "diagram", 4),
                Slot("quality.completeness", "chart", 4),
                Slot("quality.protection", "text", 4),
            ),
            name="right",
        ),
        Section((Slot("quality.editions", "editions"),), name="editions"),
    ),
)
register(__name__, PAGE, order=5)
