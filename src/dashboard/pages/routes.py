"""Routes: corridors as a list and on a map, one opened, and boats at sea beside it."""

from dashboard.pages.arrange import register
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
register(__name__, PAGE, order=3)
