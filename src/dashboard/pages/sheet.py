"""Sheet: the working group's own page of a month, one A4 page. Linked, not navigated to."""

from dashboard.pages.arrange import register
from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/sheet",
    name="sheet",
    icon="overview",
    heading="hidden",
    sections=(
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
    listed=False,
)
register(__name__, PAGE, order=8)
