"""Brief: what a meeting must know of the last closed month, on one screen. The first page."""

import dash

from dashboard.pages.arrange import registration
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
dash.register_page(__name__, order=0, **registration(PAGE))
