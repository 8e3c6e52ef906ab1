"""Brief: what a meeting must know of the last closed month, on one screen. The first page."""

from dashboard.pages.arrange import register
from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/",
    name="brief",
    icon="brief",
    key="b",
    heading="finding",
    sections=(Section((Slot("brief.sentences", "brief", 8), Slot("brief.reported", "facts", 4))),),
    is_meeting=True,
)
register(__name__, PAGE, order=0)
