"""Explore: a question of the reader's own, its answer, and what else may be asked."""

import dash

from dashboard.pages.arrange import registration
from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/explore",
    name="explore",
    icon="explore",
    key="e",
    heading="shown",
    sections=(
        Section(
            (Slot("explore.answer", "either", 9),),
            above="explore-question",
            beside="explore-beside",
        ),
    ),
)
dash.register_page(__name__, order=6, **registration(PAGE))
