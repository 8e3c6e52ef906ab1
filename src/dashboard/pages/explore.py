"""Explore: a question of the reader's own, its answer, and what else may be asked."""

from dashboard.pages.arrange import register
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
register(__name__, PAGE, order=6)
