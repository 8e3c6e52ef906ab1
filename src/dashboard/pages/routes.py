"""Routes: corridors as a list and on a map, one opened, and boats at sea beside it."""

import dash

from dashboard.pages.arrange import registration
from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/routes",
    name="routes",
    icon="routes",
    key="r",
    heading="finding",
    sections=(
        Section(
            (
                Slot("routes.corridors", "list", 7),
                Slot("routes.map", "map", 5),
                Slot("routes.corridor", "facts", 8),
                Slot("routes.sea", "chart", 4),
            )
        ),
    ),
    more=(
        Slot("routes.chains", "list"),
        Slot("routes.matrix", "chart"),
        Slot("routes.seasons", "chart"),
    ),
)
dash.register_page(__name__, order=3, **registration(PAGE))
for alone in PAGE.alone:
    dash.register_page(f"{__name__}:{alone.path}", **registration(alone))
